//! Where the dossier's claims stand, for readers who see the home page only.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use super::special;
use crate::base::date::{Edtf, PartialDate};
use crate::kinds::words::Status;
use crate::kinds::{Article, Claim, KindId};
use crate::link::{Entity, EntityIx, layout};
use crate::reader::Reader;
use crate::shown::{Html, Standing, StatusCount};

/// Where the claims stand; `None` if the dossier has none, or if this article is not its home.
pub(crate) fn of(reader: Reader<'_>, entity: &Entity, article: &Article) -> Option<Standing> {
    let (graph, locale, evidence) = (reader.graph, reader.locale, reader.site.evidence());
    let claims: Vec<EntityIx> = graph.all::<Claim>().map(|(ix, ..)| ix).collect();
    if claims.is_empty() || !layout::is_home(entity) {
        return None;
    }
    let mut counts: BTreeMap<Status, usize> = BTreeMap::new();
    let mut voices: BTreeSet<EntityIx> = BTreeSet::new();
    for &ix in &claims {
        if let Some(status) = graph.entity(ix).status {
            *counts.entry(status).or_default() += 1;
        }
        let origins = evidence.origins(graph, ix);
        let speakers = origins.iter().flat_map(|origin| &origin.voices);
        voices.extend(speakers.map(|voice| evidence.voices.head(*voice)));
    }
    let shown = graph.as_of.map(|day| Edtf::Date(PartialDate::of(day)));
    let day = shown.or_else(|| {
        let own = entity.common().updated.as_ref().or_else(|| entity.date())?;
        // A claim that was made later was added later.
        let claims = claims.iter().filter_map(|&ix| graph.entity(ix).date());
        claims.chain([own]).map(|date| date.value).max_by_key(|date| date.latest())
    });
    let said = [
        ("date", day.map(|day| locale.date(day)).unwrap_or_default()),
        ("claims", locale.counted("kinds.claim.count", claims.len() as u64)),
        ("origins", locale.counted("standing.origins", voices.len() as u64)),
    ];
    let said: Vec<(&str, &str)> = said.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let summary = match day {
        Some(_) => locale.fill("standing.dated", &said),
        None => locale.fill("standing.undated", &said[1..]),
    };
    let statuses: Vec<StatusCount> =
        counts.iter().map(|(status, count)| StatusCount { status: status.word(), count: *count }).collect();
    Some(Standing {
        summary,
        bar: bar(&statuses),
        statuses,
        claims: layout::encoded(&reader.listing_path(KindId::Claim)),
        method: reader.previews_at(article.backstory.iter()),
        terms: special::named(reader, "terms"),
        corrections: special::named(reader, "corrections"),
        corrected: corrected(reader),
    })
}

/// The number of corrections and withdrawals.
fn corrected(reader: Reader<'_>) -> usize {
    let of = |entity: &Entity| {
        entity.common().corrections.len() + usize::from(entity.common().withdrawn.is_some())
    };
    reader.graph.iter().map(|(_, entity)| of(entity)).sum()
}

/// The claims by status, as parts of a bar, which is not there without the style sheet that colours it.
fn bar(statuses: &[StatusCount]) -> Html {
    let total: usize = statuses.iter().map(|status| status.count).sum();
    let mut svg = format!(
        "<svg class=\"bar\" viewBox=\"0 0 {total} 1\" width=\"0\" height=\"0\" preserveAspectRatio=\"none\" aria-hidden=\"true\">"
    );
    let mut from = 0;
    for StatusCount { status, count } in statuses {
        // Writing to a string cannot fail.
        let _ = write!(svg, "<rect class=\"status-{status}\" x=\"{from}\" width=\"{count}\" height=\"1\"/>");
        from += count;
    }
    Html(svg + "</svg>")
}
