//! The legs of a route: the table of them, what may stand beside each on a map, and the distances that claims state.

use std::collections::BTreeSet;

use crate::base::date::Edtf;
use crate::base::point::Point;
use crate::base::span::Spanned;
use crate::base::text::Text;
use crate::course::position;
use crate::evidence::quantities::{Measure, unit};
use crate::geo::{Course, Line, LonLat};
use crate::kinds::words::{Certainty, Mode};
use crate::kinds::{self, Claim, Leg, Quantity, Role, Route};
use crate::link::EntityIx;
use crate::reader::{Reader, figure_text};
use crate::shown::{FactTable, Medium, Value};
use crate::values::{kilometres_between, nearest_border};

/// Kilometres to a nautical mile.
const NAUTICAL_MILE: f64 = 1.852;

/// What may stand beside a leg on the map, from the longest to the shortest: its dates, its length, who says so.
pub(super) fn notes(reader: Reader<'_>, leg: &Leg, line: &Line) -> Vec<String> {
    let locale = reader.locale;
    let when = match (&leg.departed, &leg.arrived) {
        (Some(from), Some(to)) => Some(from.value.until(to.value)),
        (one, other) => one.as_ref().or(other.as_ref()).map(|date| date.value),
    };
    let when = when.map(|date| reader.date(date).text);
    let who = voices(reader, leg);
    let more = match who.len().saturating_sub(1) {
        0 => String::new(),
        more => format!(" +{}", locale.ordinal(more)),
    };
    let who = who.first().map(|first| format!("{}{more}", locale.isolated(&reader.preview(*first).title)));
    let km = Some(kilometres(reader, line.direct_km));
    let parts = [[when.clone(), km.clone(), who], [when, km.clone(), None], [None, km, None]];
    let mut notes: Vec<String> =
        parts.into_iter().map(|parts| parts.into_iter().flatten().collect::<Vec<_>>().join(" · ")).collect();
    notes.dedup();
    notes
}

/// Who makes the claims that a leg rests on.
fn voices(reader: Reader<'_>, leg: &Leg) -> Vec<EntityIx> {
    let claims = leg.claims.iter().filter_map(|claim| reader.graph.by_id(&claim.id));
    let mut who: Vec<EntityIx> = Vec::new();
    for claim in claims.filter_map(|claim| reader.graph.entity(claim).as_kind::<Claim>()) {
        for by in claim.by.iter().filter_map(|by| reader.graph.by_id(&by.id)) {
            if !who.contains(&by) {
                who.push(by);
            }
        }
    }
    who
}

/// The legs as a table, with all the information that the map shows.
pub(super) fn legs(reader: Reader<'_>, ix: EntityIx, route: &Route) -> FactTable {
    let lines = reader.site.courses().lines(reader.graph, ix);
    let rows: Vec<Vec<(&'static str, Vec<Value>)>> = route
        .legs
        .iter()
        .zip(&*lines)
        .map(|(leg, line)| {
            let cells = told(reader, leg, line.as_deref());
            // On a page, the story has the author's words.
            let text = leg.text.as_ref().filter(|_| reader.medium == Medium::Book);
            vec![
                (Role::From.word(), cells.from),
                (Role::To.word(), cells.to),
                ("mode", cells.mode),
                ("departed", cells.departed),
                ("arrived", cells.arrived),
                ("carrier", cells.carrier),
                ("cargo", cells.cargo),
                ("distance", cells.distance),
                ("reported_by", cells.who),
                (Role::Claims.word(), cells.claims),
                ("text", text.map(|text| Value::text(reader.text(text))).into_iter().collect()),
            ]
        })
        .collect();
    // Leave out columns that are empty for every leg.
    let columns = rows.first().map_or(0, Vec::len);
    let said: Vec<usize> = (0..columns).filter(|&at| rows.iter().any(|row| !row[at].1.is_empty())).collect();
    let columns = said.iter().filter_map(|&at| Some(rows.first()?.get(at)?.0)).collect();
    let rows = rows.into_iter().map(|row| {
        let cells = row.into_iter().enumerate().filter(|(at, _)| said.contains(at));
        cells.map(|(_, (_, cell))| cell).collect()
    });
    FactTable { label: "legs", columns, rows: rows.collect() }
}

/// What is told of a leg.
pub(super) struct Told {
    pub from: Vec<Value>,
    pub to: Vec<Value>,
    pub mode: Vec<Value>,
    pub departed: Vec<Value>,
    pub arrived: Vec<Value>,
    pub carrier: Vec<Value>,
    pub cargo: Vec<Value>,
    pub distance: Vec<Value>,
    pub who: Vec<Value>,
    pub claims: Vec<Value>,
}

pub(super) fn told(reader: Reader<'_>, leg: &Leg, line: Option<&Line>) -> Told {
    let value = |value: kinds::Value<'_>| reader.value(&value).into_iter().collect::<Vec<Value>>();
    let date =
        |date: &Option<Spanned<Edtf>>| date.iter().flat_map(|date| value(kinds::Value::Date(date))).collect();
    let text = |text: &Option<Text>| text.iter().flat_map(|text| value(kinds::Value::Text(text))).collect();
    let link = |ix: EntityIx| Value::link(reader.preview(ix).clone());
    let mut mode = value(kinds::Value::Term(Mode::VOCABULARY, leg.mode.word()));
    mode.extend(value(kinds::Value::Term(Certainty::VOCABULARY, leg.certainty.word())));
    let claims = leg.claims.iter().filter_map(|claim| reader.graph.by_id(&claim.id));
    Told {
        from: value(kinds::Value::Ref(&leg.from, Role::From)),
        to: value(kinds::Value::Ref(&leg.to, Role::To)),
        mode,
        departed: date(&leg.departed),
        arrived: date(&leg.arrived),
        carrier: text(&leg.carrier),
        cargo: text(&leg.cargo),
        distance: line.into_iter().flat_map(|line| leg_distance(reader, leg, line)).collect(),
        who: voices(reader, leg).into_iter().map(link).collect(),
        claims: claims.map(link).collect(),
    }
}

/// The length of a leg: from end to end, and along the line if that is longer.
fn leg_distance(reader: Reader<'_>, leg: &Leg, line: &Line) -> Vec<Value> {
    let locale = reader.locale;
    let length = |km: f64| {
        let km_text = kilometres(reader, km);
        match leg.mode {
            Mode::Sea => {
                let miles = locale.number(rounded(km / NAUTICAL_MILE));
                locale.fill("map.km_and_miles", &[("km", &km_text), ("miles", &miles)])
            }
            _ => km_text,
        }
    };
    let text = Value::text;
    let mut cell = vec![text(locale.fill("map.direct", &[("distance", &length(line.direct_km))]))];
    if line.km > line.direct_km * 1.01 {
        let key = if line.course == Course::Given { "map.along_path" } else { "map.along_water" };
        cell.push(text(locale.fill(key, &[("distance", &length(line.km))])));
    }
    cell
}

/// `6,920 km`
pub(super) fn kilometres(reader: Reader<'_>, km: f64) -> String {
    let locale = reader.locale;
    locale.fill("map.km", &[("n", &locale.number(rounded(km)))])
}

/// The distances that claims state between the route's stops and other places, each next to the computed
/// distance.
pub(super) fn claimed_distances(reader: Reader<'_>, ix: EntityIx, route: &Route) -> Option<FactTable> {
    let mut claims: BTreeSet<EntityIx> = reader.graph.incoming(ix).map(|reference| reference.from).collect();
    let stops: BTreeSet<&str> =
        route.legs.iter().flat_map(|leg| [leg.from.id.as_str(), leg.to.id.as_str()]).collect();
    for stop in stops.iter().filter_map(|stop| reader.graph.by_id(stop)) {
        let between = reader.graph.incoming(stop).filter(|reference| reference.role == Role::Between);
        claims.extend(between.map(|reference| reference.from));
    }
    let mut rows = Vec::new();
    for (claim_ix, claim) in
        claims.iter().filter_map(|&claim| Some((claim, reader.graph.entity(claim).as_kind::<Claim>()?)))
    {
        for quantity in &claim.quantities {
            let [from, to] = quantity.between.as_slice() else { continue };
            let about = [from, to].iter().any(|end| stops.contains(end.id.as_str()));
            if !about || !matches!(unit(quantity), Some((Measure::Length, _))) {
                continue;
            }
            let value = |value: kinds::Value<'_>| reader.value(&value);
            let link = Value::link(reader.preview(claim_ix).clone());
            let by = claim.by.iter().filter_map(|by| value(kinds::Value::Ref(by, Role::By)));
            let ends = [from, to].into_iter().filter_map(|end| value(kinds::Value::Ref(end, Role::Between)));
            rows.push(vec![
                vec![Value::text(stated(reader, quantity))],
                by.collect(),
                ends.collect(),
                vec![Value::text(computed(reader, &from.id, &to.id))],
                vec![link],
            ]);
        }
    }
    let columns = vec!["stated", Role::By.word(), Role::Between.word(), "computed", "claim"];
    (!rows.is_empty()).then_some(FactTable { label: "distances", columns, rows })
}

/// A stated distance, without its end points.
fn stated(reader: Reader<'_>, quantity: &Quantity) -> String {
    let bare = Quantity { between: Vec::new(), of: None, ..quantity.clone() };
    figure_text(reader, &bare)
}

/// The distance between two places, in a straight line; with the point that it was measured to, if one of them is a
/// country.
fn computed(reader: Reader<'_>, from: &str, to: &str) -> String {
    let (locale, graph) = (reader.locale, reader.graph);
    let border = |point: LonLat, country: &str| {
        let (near, km, code) = nearest_border(graph, point, country)?;
        let near = locale.point(Point { lat: hundredth(near[1]), lon: hundredth(near[0]) });
        let values =
            [("distance", kilometres(reader, km)), ("country", locale.country(code)), ("point", near)];
        let values: Vec<(&str, &str)> = values.iter().map(|(name, value)| (*name, value.as_str())).collect();
        Some(locale.fill("map.to_border", &values))
    };
    let distance = match (position(graph, from), position(graph, to)) {
        (Some(a), None) => border(a, to),
        (None, Some(b)) => border(b, from),
        _ => kilometres_between(graph, from, to).map(|km| kilometres(reader, km)),
    };
    distance.unwrap_or_else(|| locale.word("map.not_computed").unwrap_or("–").to_owned())
}

/// Rounds to a sensible precision: a tenth below 10, and ten above 1000.
fn rounded(number: f64) -> f64 {
    match number {
        n if n < 10.0 => (n * 10.0).round() / 10.0,
        n if n < 1000.0 => n.round(),
        n => (n / 10.0).round() * 10.0,
    }
}

fn hundredth(degrees: f64) -> f64 {
    (degrees * 100.0).round() / 100.0
}
