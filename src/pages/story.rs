//! A route as a story: a frame for each leg, and one for what is not known of them.

use std::collections::BTreeMap;

use super::claim::speakers_of_denials;
use super::legs::{Told, told};
use super::maps::leg_map;
use crate::base::date::Edtf;
use crate::evidence::voices::targets;
use crate::geo::{Course, Line};
use crate::kinds::words::{Certainty, Mode};
use crate::kinds::{Claim, Leg, Ref, Role, Route};
use crate::link::EntityIx;
use crate::reader::Reader;
use crate::shown::{AccountOfLeg, DatedAccount, FactRow, LegFrame, Medium, Story};

/// The most frames; the table of legs has the others.
const FRAMES: usize = 24;

/// The most claims in a frame.
const CLAIMS: usize = 6;

/// The story of a route with legs. A book has none: its table of legs says the same.
pub(super) fn story(reader: Reader<'_>, ix: EntityIx, root: &str) -> Option<Story> {
    let route = reader.graph.entity(ix).as_kind::<Route>()?;
    if route.legs.is_empty() || reader.medium == Medium::Book {
        return None;
    }
    let lines = reader.site.courses().lines(reader.graph, ix);
    let all = || route.legs.iter().zip(&*lines).enumerate();
    let frames = all().take(FRAMES).map(|(at, (leg, line))| LegFrame {
        number: reader.locale.ordinal(at + 1),
        leg: at + 1,
        from: name(reader, &leg.from),
        to: name(reader, &leg.to),
        map: leg_map(reader, ix, route, at, root),
        facts: facts(reader, leg, line.as_deref()),
        dates: dates(reader, leg),
        claims: accounts(reader, leg).take(CLAIMS).collect(),
        more: leg.claims.len().saturating_sub(CLAIMS),
        text: leg.text.as_ref().map(|text| reader.text(text)),
    });
    let frames = frames.collect();
    let unknown = all().flat_map(|(at, (leg, line))| unknown(reader, at, leg, line.as_deref())).collect();
    Some(Story { frames, more: route.legs.len().saturating_sub(FRAMES), unknown })
}

fn name(reader: Reader<'_>, reference: &Ref) -> String {
    let ix = reader.graph.by_id(&reference.id);
    ix.map_or_else(|| reference.id.clone(), |ix| reader.preview(ix).title.clone())
}

/// What the table of legs says of a leg, but for its ends and its claims.
fn facts(reader: Reader<'_>, leg: &Leg, line: Option<&Line>) -> Vec<FactRow> {
    let Told { mode, departed, arrived, carrier, cargo, distance, .. } = told(reader, leg, line);
    let rows = [
        ("mode", mode),
        ("distance", distance),
        ("departed", departed),
        ("arrived", arrived),
        ("carrier", carrier),
        ("cargo", cargo),
    ];
    let rows = rows.into_iter().map(|(label, values)| FactRow { label, values });
    rows.filter(|row| !row.values.is_empty()).collect()
}

/// The claims that a leg rests on.
fn claims<'r>(reader: Reader<'r>, leg: &Leg) -> impl Iterator<Item = (EntityIx, &'r Claim)> {
    let claims = leg.claims.iter().filter_map(move |claim| reader.graph.by_id(&claim.id));
    claims.filter_map(move |ix| Some((ix, reader.graph.entity(ix).as_kind::<Claim>()?)))
}

/// When it was, as each account has it, if any says more than the leg itself.
fn dates(reader: Reader<'_>, leg: &Leg) -> Vec<DatedAccount> {
    let mut by_date: BTreeMap<String, (Edtf, Vec<EntityIx>)> = BTreeMap::new();
    for (ix, claim) in claims(reader, leg) {
        let Some(when) = &claim.when else { continue };
        let (_, who) = by_date.entry(when.to_string()).or_insert((when.value, Vec::new()));
        who.extend(
            targets(reader.graph, ix, Role::By)
                .into_iter()
                .filter(|by| !who.contains(by))
                .collect::<Vec<_>>(),
        );
    }
    let account =
        |(date, who): (Edtf, Vec<EntityIx>)| DatedAccount { date: reader.date(date), who: reader.who(&who) };
    by_date.into_values().map(account).collect()
}

/// Who says what of it, and who denies that.
fn accounts<'r>(reader: Reader<'r>, leg: &Leg) -> impl Iterator<Item = AccountOfLeg> {
    claims(reader, leg).map(move |(ix, _)| AccountOfLeg {
        claim: reader.preview(ix).clone(),
        by: reader.who(&targets(reader.graph, ix, Role::By)),
        denied_by: reader.who(&speakers_of_denials(reader, ix)),
    })
}

/// What nobody says of a leg, in sentences.
fn unknown(reader: Reader<'_>, at: usize, leg: &Leg, line: Option<&Line>) -> Vec<String> {
    let mut keys = Vec::new();
    match line.map(|line| line.course) {
        _ if leg.certainty == Certainty::Inferred => keys.push("route.unknown_leg"),
        Some(Course::Seaway) => keys.push("route.unknown_course"),
        Some(Course::Shortest | Course::NoSeaway) => keys.push("route.unknown_path"),
        Some(Course::Given) | None => {}
    }
    let is_dated = || claims(reader, leg).any(|(_, claim)| claim.when.is_some());
    if leg.departed.is_none() && leg.arrived.is_none() && !is_dated() {
        keys.push("route.unknown_time");
    }
    if leg.carrier.is_none() && matches!(leg.mode, Mode::Sea | Mode::Rail | Mode::Road | Mode::Air) {
        keys.push("route.unknown_carrier");
    }
    if leg.claims.is_empty() {
        keys.push("route.unknown_source");
    }
    let locale = reader.locale;
    let number = locale.ordinal(at + 1);
    let (from, to) = (name(reader, &leg.from), name(reader, &leg.to));
    let values =
        [("number", number.as_str()), ("from", &locale.isolated(&from)), ("to", &locale.isolated(&to))];
    keys.into_iter().map(|key| locale.fill(key, &values)).collect()
}
