//! The picture of a divergence: its accounts on one scale, or their wordings side by side.

use std::collections::BTreeMap;

use super::accounts::{between, path, said_of, title, word};
use crate::base::bidi::Direction;
use crate::base::date::{Day, Edtf, PartialDate};
use crate::draw::plot::{Extent, Open, Scale, Sign};
use crate::draw::strip;
use crate::evidence::divergence::{Account, Divergence, On};
use crate::evidence::origins;
use crate::evidence::quantities::{Range, unit};
use crate::evidence::voices::targets;
use crate::evidence::wording;
use crate::kinds::words::Comparator;
use crate::kinds::{Claim, Quantity, Role};
use crate::link::{Edition, EntityIx, Target};
use crate::parse::prose::LinkUse;
use crate::reader::{Reader, capital};
use crate::shown::{Html, Plot, PlotGroup, PlotRow, PlotSign, Wording};
use crate::values::Known;

/// The most rows of a picture, and the most sources below it.
const MOST_ROWS: usize = 40;
const MOST_SOURCES: usize = 6;

/// The pictures of the divergences that a text embeds (`![[claim#=accounts]]`), by the number of the link.
pub(crate) fn embedded(reader: Reader<'_>, own: EntityIx, edition: &Edition) -> BTreeMap<u32, Plot> {
    let links = edition.prose().links.iter().zip(&edition.links).enumerate();
    let embeds = links.filter(|(_, (link, _))| link.usage == LinkUse::Embed);
    let site = reader.site;
    let known = Known { graph: reader.graph, evidence: site.evidence(), courses: site.courses() };
    let plot = |(at, (_, target)): (usize, (_, &Target))| {
        let (of, name) = target.printed(own)?;
        Some((at as u32, plot(reader, known.drawn(of, name).ok()?)))
    };
    embeds.filter_map(plot).collect()
}

/// Accounts of one origin that say the same.
struct Row<'a> {
    accounts: Vec<&'a Account>,
    said: String,
    between: Option<String>,
    extent: Option<Extent>,
}

/// The picture of the divergence with this number.
pub(crate) fn plot(reader: Reader<'_>, number: usize) -> Plot {
    let divergence = &reader.site.evidence().divergences[number];
    let mut groups = grouped(reader, divergence);
    let drawn = groups.iter().flat_map(|(_, rows)| rows);
    let count: usize = drawn.map(|row| row.accounts.len()).sum();
    cut(&mut groups);
    let rows = || groups.iter().flat_map(|(_, rows)| rows);
    let shown: usize = rows().map(|row| row.accounts.len()).sum();
    let extents: Vec<Extent> = rows().filter_map(|row| row.extent).collect();
    let scale = scale(reader, divergence, &extents);
    let sources = rows().flat_map(|row| &row.accounts);
    let sources = sources.flat_map(|account| targets(reader.graph, account.claim, Role::Source)).collect();
    let sources = origins::distinct(sources);
    let signs = Sign::ALL.into_iter().filter(|sign| extents.iter().any(|extent| sign.is_in(extent)));
    let direction = reader.locale.direction;
    Plot {
        on: word(divergence.on),
        subject: title(reader, divergence),
        path: path(reader, number),
        title: caption(reader, divergence, &groups),
        unit: unit_of(reader, divergence),
        axis: scale.as_ref().map(|scale| Html(scale.axis())),
        cut: scale.as_ref().is_some_and(|scale| !scale.starts_at_zero),
        more: count - shown,
        signs: signs.map(|sign| sign_shown(sign, direction)).collect(),
        more_sources: sources.len().saturating_sub(MOST_SOURCES),
        sources: sources.into_iter().take(MOST_SOURCES).map(|ix| reader.preview(ix).clone()).collect(),
        groups: shown_groups(reader, divergence.on, groups, scale.as_ref()),
    }
}

fn sign_shown(sign: Sign, direction: Direction) -> PlotSign {
    PlotSign { word: sign.word(), drawing: Html(sign.drawn(direction)) }
}

/// The rows, those of one origin together; groups and rows in the order of the scale, then of their dates.
fn grouped<'a>(reader: Reader<'_>, divergence: &'a Divergence) -> Vec<(Option<EntityIx>, Vec<Row<'a>>)> {
    let (graph, on) = (reader.graph, divergence.on);
    let voices = &reader.site.evidence().voices;
    let mut groups: Vec<(Option<EntityIx>, Vec<Row<'a>>)> = Vec::new();
    for account in &divergence.accounts {
        let extent = match on {
            On::Figure => account.figure(graph).map(figure_extent),
            On::When => account.when(graph).and_then(date_extent),
            On::Words => None,
        };
        let is_computed = graph.entity(account.claim).as_kind().is_some_and(Claim::is_computed);
        let extent = extent.map(|extent| Extent { is_computed, ..extent });
        let origin = origins::first(graph, voices, account.claim).filter(|_| !is_computed);
        let row = Row {
            accounts: vec![account],
            said: said_of(reader, on, account),
            between: between(reader, account.figure(graph)),
            extent,
        };
        let group = groups.iter_mut().find(|(of, _)| origin.is_some() && *of == origin);
        let Some((_, rows)) = group else {
            groups.push((origin, vec![row]));
            continue;
        };
        match rows.iter_mut().find(|other| other.said == row.said && other.between == row.between) {
            Some(same) => same.accounts.push(account),
            None => rows.push(row),
        }
    }
    // Sorting is stable, and accounts are in the order of their dates.
    let place = |row: &Row<'_>| row.extent.map_or(f64::INFINITY, |extent| extent.said.0 + extent.said.1);
    for (_, rows) in &mut groups {
        rows.sort_by(|a, b| place(a).total_cmp(&place(b)));
    }
    groups.sort_by(|(_, a), (_, b)| place(&a[0]).total_cmp(&place(&b[0])));
    groups
}

/// Keeps the first rows of all groups in turn, so that what is left out is what a group has most of.
fn cut(groups: &mut Vec<(Option<EntityIx>, Vec<Row<'_>>)>) {
    groups.truncate(MOST_ROWS);
    while groups.iter().map(|(_, rows)| rows.len()).sum::<usize>() > MOST_ROWS {
        let longest = groups.iter_mut().max_by_key(|(_, rows)| rows.len());
        if let Some((_, rows)) = longest {
            // The ends of the scale stay.
            rows.remove(rows.len() / 2);
        }
    }
}

fn figure_extent(figure: &Quantity) -> Extent {
    let Range { low, high, above, below } = Range::of(figure);
    let factor = unit(figure).map_or(1.0, |(_, factor)| factor);
    let said = (figure.value.from * factor, figure.value.to * factor);
    let open = match (low.is_infinite(), high.is_infinite()) {
        (true, _) => Open::Below,
        (_, true) => Open::Above,
        _ => Open::No,
    };
    let read = (figure.comparator == Some(Comparator::About)).then_some((low, high));
    Extent { said, read, open, without: above || below, is_computed: false }
}

fn date_extent(date: Edtf) -> Option<Extent> {
    let (start, end) = (date.earliest(), date.latest());
    let number = |day: Day| f64::from(day.number());
    let said = (number(start.or(end)?), number(end.or(start)?));
    let open = match (start, end) {
        (None, _) => Open::Below,
        (_, None) => Open::Above,
        _ => Open::No,
    };
    Some(Extent { said, read: None, open, without: false, is_computed: false })
}

/// The scale of the rows; `None` if there is nothing to measure.
fn scale(reader: Reader<'_>, divergence: &Divergence, extents: &[Extent]) -> Option<Scale> {
    let (graph, locale) = (reader.graph, reader.locale);
    match divergence.on {
        _ if extents.is_empty() => None,
        On::Words => None,
        On::Figure => {
            // Extents are in the base unit of their measure, and the scale is in the unit of the first figure.
            let factor =
                divergence.accounts[0].figure(graph).and_then(unit).map_or(1.0, |(_, factor)| factor);
            let write = |number: f64| locale.number(rounded(number));
            Some(Scale::of_figures(extents, factor, locale.direction, &write))
        }
        On::When => {
            let dates = || divergence.accounts.iter().filter_map(|account| account.when(graph));
            let ends = || dates().flat_map(|date| [date.earliest(), date.latest()]).flatten();
            let (first, last) = (ends().min()?, ends().max()?);
            let ticks = |each| strip::ticks(first, last, locale, false, each);
            Some(Scale::of_days(extents, &ticks, locale.direction))
        }
    }
}

/// A number without the digits that a conversion of units adds.
fn rounded(number: f64) -> f64 {
    format!("{number:.12e}").parse().unwrap_or(number)
}

/// The unit of the scale.
fn unit_of(reader: Reader<'_>, divergence: &Divergence) -> Option<String> {
    let first = divergence.accounts.first()?.figure(reader.graph)?;
    Some(reader.text(first.unit.as_ref()?))
}

/// What the picture shows, in a sentence.
fn caption(
    reader: Reader<'_>,
    divergence: &Divergence,
    groups: &[(Option<EntityIx>, Vec<Row<'_>>)],
) -> String {
    let locale = reader.locale;
    let rows = || groups.iter().flat_map(|(_, rows)| rows).filter(|row| row.extent.is_some());
    let end = |row: &Row<'_>, of: fn(Extent) -> f64| row.extent.map_or(0.0, of);
    match divergence.on {
        On::Figure => {
            let least = rows().min_by(|a, b| end(a, |e| e.said.0).total_cmp(&end(b, |e| e.said.0)));
            let most = rows().max_by(|a, b| end(a, |e| e.said.1).total_cmp(&end(b, |e| e.said.1)));
            let said = |row: Option<&Row<'_>>| row.map_or_else(String::new, |row| row.said.clone());
            let (least, most) = (said(least), said(most));
            capital(&locale.fill("special.divergence.shows_figure", &[("least", &least), ("most", &most)]))
        }
        On::When => {
            let dates = || divergence.accounts.iter().filter_map(|account| account.when(reader.graph));
            let ends = || dates().flat_map(|date| [date.earliest(), date.latest()]).flatten();
            let day = |day: Option<Day>| {
                day.map(|day| locale.date(Edtf::Date(PartialDate::of(day)))).unwrap_or_default()
            };
            let (first, last) = (day(ends().min()), day(ends().max()));
            capital(&locale.fill("special.divergence.shows_when", &[("first", &first), ("last", &last)]))
        }
        On::Words => locale.fill("special.divergence.shows_words", &[]),
    }
}

fn shown_groups(
    reader: Reader<'_>,
    on: On,
    groups: Vec<(Option<EntityIx>, Vec<Row<'_>>)>,
    scale: Option<&Scale>,
) -> Vec<PlotGroup> {
    let wordings = match on {
        On::Words => {
            let said = groups.iter().flat_map(|(_, rows)| rows).map(|row| row.said.as_str());
            wording::compared(&said.collect::<Vec<_>>())
        }
        On::Figure | On::When => Vec::new(),
    };
    let mut wordings = wordings.into_iter();
    let mut shown = Vec::with_capacity(groups.len());
    for (origin, rows) in groups {
        // The origin as its first account calls it: a voice may have several names.
        let by = |row: &Row<'_>| targets(reader.graph, row.accounts[0].claim, Role::By).first().copied();
        let origin = origin
            .filter(|_| rows.len() > 1)
            .map(|ix| reader.who_is(rows.first().and_then(by).unwrap_or(ix)));
        let mut shown_rows = Vec::with_capacity(rows.len());
        for row in rows {
            let said = match wordings.next() {
                Some(pieces) => pieces
                    .into_iter()
                    .map(|piece| Wording { text: piece.text, differs: piece.differs })
                    .collect(),
                None => vec![Wording { text: row.said, differs: false }],
            };
            let claim = row.accounts[0].claim;
            shown_rows.push(PlotRow {
                said,
                between: row.between,
                preview: reader.preview(claim).clone(),
                who: narrator(reader, claim),
                more: row.accounts.len() - 1,
                track: row.extent.as_ref().and_then(|extent| Some(Html(scale?.track(extent)))),
            });
        }
        shown.push(PlotGroup { origin, rows: shown_rows });
    }
    shown
}

/// Who told us last, whom they cite, and when: `The Hindu, citing the NIS, 1 November 2023`. If nobody did, the title.
fn narrator(reader: Reader<'_>, claim: EntityIx) -> String {
    let locale = reader.locale;
    let name = |role| {
        let actors = targets(reader.graph, claim, role);
        let last = if role == Role::Via { actors.last() } else { actors.first() };
        last.map(|ix| locale.isolated(&reader.called(*ix)).into_owned())
    };
    let words = match (name(Role::Via), name(Role::By)) {
        (Some(relay), Some(by)) => Some(relay + &locale.fill("chain.citing", &[("name", &by)])),
        (relay, by) => relay.or(by),
    };
    let Some(mut words) = words else { return reader.preview(claim).title.clone() };
    if let Some(date) = reader.graph.entity(claim).date() {
        words.push_str(locale.comma());
        words.push_str(&locale.date(date.value));
    }
    capital(&words)
}
