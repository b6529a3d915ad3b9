//! The maps of entities: a route with its table of legs, the location of a place or an event, and the
//! overview map.

use std::collections::{BTreeMap, BTreeSet};

use super::head::HeadParts;
use crate::base::path::SitePath;
use crate::base::point::Point;
use crate::course::position;
use crate::evidence::quantities::{Measure, unit};
use crate::geo::{Course, Line, LonLat};
use crate::kinds::words::{Certainty, Mode};
use crate::kinds::{self, Claim, Event, Leg, Place, Quantity, Role, Route};
use crate::link::{Edition, EntityIx, Target, layout};
use crate::map::{self, Size, Spec, Stop, Words, locator};
use crate::parse::prose::LinkUse;
use crate::reader::{Reader, Site, figure_text};
use crate::shown::{
    Download, FactTable, Html, KindPart, Map, MapKey, MapKeyPlace, MapPage, Medium, PlacePart, RoutePart,
    Value,
};
use crate::values::{kilometres_between, nearest_border, two_digits};

/// Kilometres to a nautical mile.
const NAUTICAL_MILE: f64 = 1.852;

impl Site<'_> {
    /// The path of the overview map.
    pub(crate) fn map_path(&self, lang: usize) -> SitePath {
        layout::map(&self.locales()[lang].lang, self.graph().default_language())
    }
}

/// The page of the overview map.
pub(crate) fn page(reader: Reader<'_>) -> MapPage {
    let locale = reader.locale;
    let path = reader.site.map_path(reader.lang);
    let root = path.to_root();
    let title = locale.word("map.all").unwrap_or("Map").to_owned();
    let summary = locale.word("map.all_about").map(str::to_owned);
    let mut spec = Spec {
        key: "map-all".into(),
        title: title.clone(),
        description: summary.clone().unwrap_or_default(),
        apart: true,
        ..Spec::default()
    };
    for (ix, _, place) in reader.graph.all::<Place>() {
        let Some(point) = place.point() else { continue };
        spec.stops.push(stop(reader, ix, [point.lon, point.lat], None, &root));
    }
    for (ix, _, route) in reader.graph.all::<Route>() {
        let href = format!("{root}{}", reader.preview(ix).path);
        add_legs(reader, ix, route, Some(&href), &mut spec);
    }
    let edition = |lang: usize| Some(reader.site.map_path(lang));
    let parts = HeadParts {
        summary,
        crumbs: vec![reader.labels.home.clone()],
        draws: true,
        ..HeadParts::new("map.html", path, title, &edition)
    };
    MapPage {
        head: parts.head(reader),
        map: drawn(reader, &spec, &sizes(reader, Size::WIDE)),
        downloads: vec![Download { path: "map.geojson".into(), format: "GeoJSON" }],
    }
}

/// The drawings of an entity.
pub(crate) struct OfEntity {
    /// The part that only its kind has.
    pub part: KindPart,
    /// The files of geographic data.
    pub downloads: Vec<Download>,
    /// Whether a map is drawn.
    pub draws: bool,
}

/// Draws what can be drawn of an entity. `root` is the relative path from the page to the site's root. For a
/// route, `tables` receives its legs and the distances that claims state.
pub(crate) fn of_entity(
    reader: Reader<'_>,
    ix: EntityIx,
    root: &str,
    tables: &mut Vec<FactTable>,
) -> OfEntity {
    let entity = reader.graph.entity(ix);
    let data = |extension: &'static str, format: &'static str| Download {
        path: layout::encoded(&layout::data(reader.graph, entity, extension)),
        format,
    };
    if let Some(route) = entity.as_kind::<Route>() {
        tables.retain(|table| table.label != "legs");
        if !route.legs.is_empty() {
            tables.insert(0, legs(reader, ix, route));
        }
        tables.extend(claimed_distances(reader, ix, route));
        let map = route_map(reader, ix, "", &sizes(reader, Size::WIDE), root, "map");
        let draws = map.is_some();
        let downloads = match draws {
            true => vec![data("geojson", "GeoJSON"), data("gpx", "GPX"), data("kml", "KML")],
            false => Vec::new(),
        };
        return OfEntity { part: KindPart::Route(RoutePart { map }), downloads, draws };
    }
    let mut downloads = Vec::new();
    let locator = if let Some(place) = entity.as_kind::<Place>() {
        let point = place.point().map(|point| [point.lon, point.lat]);
        downloads.extend(point.map(|_| data("geojson", "GeoJSON")));
        locator(point.as_slice())
    } else if let Some(event) = entity.as_kind::<Event>() {
        let points = event.places.iter().filter_map(|place| position(reader.graph, &place.id));
        locator(&points.collect::<Vec<LonLat>>())
    } else {
        return OfEntity { part: KindPart::Other, downloads, draws: false };
    };
    let draws = locator.is_some();
    OfEntity { part: KindPart::Place(PlacePart { locator }), downloads, draws }
}

/// The sizes to draw a map in. The site also needs one for narrow screens.
fn sizes(reader: Reader<'_>, wide: Size) -> Vec<Size> {
    match reader.medium {
        Medium::Site => vec![wide, Size::NARROW],
        Medium::Book => vec![wide],
    }
}

/// The maps of the routes that a text embeds.
pub(crate) fn embedded(reader: Reader<'_>, edition: &Edition, root: &str) -> BTreeMap<u32, Map> {
    let links = edition.prose().links.iter().zip(&edition.links).enumerate();
    let embeds = links.filter(|(_, (link, _))| link.usage == LinkUse::Embed);
    let map = |(at, (_, target)): (usize, (_, &Target))| {
        let Target::Entity(ix, _) = target else { return None };
        let preview = reader.preview(*ix);
        let (href, key) = (format!("{root}{}", preview.path), format!("map-{}", at + 1));
        Some((at as u32, route_map(reader, *ix, &href, &sizes(reader, Size::COLUMN), root, &key)?))
    };
    embeds.filter_map(map).collect()
}

/// The map on the social card of a route: one `svg` element.
pub(crate) fn on_card(reader: Reader<'_>, ix: EntityIx, size: &Size) -> Option<String> {
    let map = route_map(reader, ix, "", std::slice::from_ref(size), "", "map")?;
    Some(map.svg.0)
}

/// The map of a route. `page` is the page with the table of its legs; `None` if the map is on that page.
fn route_map(
    reader: Reader<'_>,
    ix: EntityIx,
    page: &str,
    sizes: &[Size],
    root: &str,
    key: &str,
) -> Option<Map> {
    let (entity, locale) = (reader.graph.entity(ix), reader.locale);
    let route = entity.as_kind::<Route>()?;
    let preview = reader.preview(ix);
    // Beside a map on another page, the embed's title leads to this one.
    let skipped = !page.is_empty();
    let mut spec = Spec { key: key.to_owned(), insets: true, skipped, ..Spec::default() };
    add_legs(reader, ix, route, Some(page), &mut spec);
    // The stops in travel order. Each appears once, with all its numbers.
    let mut numbers: Vec<(EntityIx, LonLat, Vec<usize>)> = Vec::new();
    let mut count = 0;
    let mut last = None;
    for leg in &route.legs {
        for reference in [&leg.from, &leg.to] {
            let Some(stop) = reader.graph.by_id(&reference.id) else { continue };
            let Some(at) = position(reader.graph, &reference.id).filter(|_| last != Some(stop)) else {
                continue;
            };
            last = Some(stop);
            count += 1;
            match numbers.iter_mut().find(|(known, ..)| *known == stop) {
                Some((_, _, all)) => all.push(count),
                None => numbers.push((stop, at, vec![count])),
            }
        }
    }
    for (place, at, numbers) in numbers {
        let numbers: Vec<String> = numbers.iter().map(|number| locale.ordinal(number)).collect();
        spec.stops.push(stop(reader, place, at, Some(numbers.join(locale.comma())), root));
    }
    spec.title = locale.fill("map.of", &[("title", &preview.title)]);
    let legs: Vec<&str> = spec.legs.iter().map(|leg| leg.title.as_str()).collect();
    spec.description = legs.join(locale.semicolon());
    drawn(reader, &spec, sizes)
}

fn drawn(reader: Reader<'_>, spec: &Spec, sizes: &[Size]) -> Option<Map> {
    let locale = reader.locale;
    let words = Words {
        country: &|code| locale.country(code),
        kilometres: &|km| locale.fill("map.km", &[("n", &locale.number(two_digits(km)))]),
        ordinal: &|number| locale.ordinal(number),
    };
    let map::Drawing { svg, keys } = map::draw(spec, &words, sizes);
    if svg.is_empty() {
        return None;
    }
    let key = |(class, stops): (&'static str, Vec<(String, usize)>)| {
        let stop = |(number, at): (String, usize)| {
            let Stop { label, href, .. } = &spec.stops[at];
            MapKeyPlace { number, label: label.clone(), href: href.clone() }
        };
        MapKey { class, places: stops.into_iter().map(stop).collect() }
    };
    let modes: BTreeSet<&str> = spec.legs.iter().map(|leg| leg.mode).collect();
    let has = |course: Course| spec.legs.iter().any(|leg| leg.line.course == course);
    Some(Map {
        svg: Html(svg),
        keys: keys.into_iter().filter(|(_, stops)| !stops.is_empty()).map(key).collect(),
        modes: Mode::WORDS.iter().copied().filter(|mode| modes.contains(mode)).collect(),
        reported: spec.legs.iter().any(|leg| leg.path() == "reported"),
        computed: spec.legs.iter().any(|leg| leg.path() == "computed"),
        unknown: spec.legs.iter().any(|leg| leg.path() == "unknown"),
        inferred: spec.legs.iter().any(|leg| leg.inferred || !leg.line.gaps.is_empty()),
        by_water: has(Course::Seaway),
        shortest: has(Course::Shortest) || has(Course::NoSeaway),
    })
}

fn stop(reader: Reader<'_>, ix: EntityIx, at: LonLat, number: Option<String>, root: &str) -> Stop {
    let preview = reader.preview(ix);
    Stop { at, label: preview.title.clone(), number, href: format!("{root}{}", preview.path) }
}

/// Adds the legs of a route that can be drawn. Each links to its row of the table on `page`.
fn add_legs(reader: Reader<'_>, ix: EntityIx, route: &Route, page: Option<&str>, spec: &mut Spec) {
    let lines = reader.site.courses().lines(reader.graph, ix);
    let locale = reader.locale;
    for (number, (leg, line)) in route.legs.iter().zip(&*lines).enumerate() {
        let Some(line) = line else { continue };
        let name = |reference: &kinds::Ref| {
            let ix = reader.graph.by_id(&reference.id);
            ix.map_or_else(|| reference.id.clone(), |ix| reader.preview(ix).title.clone())
        };
        let term = |list: &str, word: &str| {
            locale.word(&format!("terms.{list}.{word}.label")).unwrap_or(word).to_owned()
        };
        let mut drawn = map::Leg {
            line: line.clone(),
            mode: leg.mode.word(),
            inferred: leg.certainty == Certainty::Inferred,
            title: String::new(),
            href: page.map(|page| format!("{page}#leg-{}", number + 1)),
        };
        let certainty = match drawn.path() {
            path @ ("computed" | "unknown") => {
                locale.word(&format!("route.path_{path}")).unwrap_or_default().to_owned()
            }
            _ => term("certainty", leg.certainty.word()),
        };
        let values = [
            ("number", locale.ordinal(number + 1)),
            ("from", name(&leg.from)),
            ("to", name(&leg.to)),
            ("mode", term("mode", leg.mode.word())),
            ("certainty", certainty),
            ("distance", kilometres(reader, line.direct_km)),
        ];
        let values: Vec<(&str, &str)> = values.iter().map(|(name, value)| (*name, value.as_str())).collect();
        drawn.title = locale.fill("map.leg", &values);
        spec.legs.push(drawn);
    }
}

/// The legs as a table, with all the information that the map shows.
fn legs(reader: Reader<'_>, ix: EntityIx, route: &Route) -> FactTable {
    let lines = reader.site.courses().lines(reader.graph, ix);
    let columns = vec![
        Role::From.word(),
        Role::To.word(),
        "mode",
        "departed",
        "arrived",
        "carrier",
        "cargo",
        "distance",
        "reported_by",
        Role::Claims.word(),
    ];
    let rows: Vec<Vec<Vec<Value>>> = route
        .legs
        .iter()
        .zip(&*lines)
        .map(|(leg, line)| {
            let mut cells = leg_cells(reader, leg);
            let distance = line.iter().flat_map(|line| leg_distance(reader, leg, line)).collect();
            cells.insert(7, distance);
            cells
        })
        .collect();
    // Leave out columns that are empty for every leg.
    let said: Vec<usize> =
        (0..columns.len()).filter(|&at| rows.iter().any(|row| !row[at].is_empty())).collect();
    let rows = rows.into_iter().map(|row| {
        let cells = row.into_iter().enumerate().filter(|(at, _)| said.contains(at));
        cells.map(|(_, cell)| cell).collect()
    });
    let rows = rows.collect();
    FactTable { label: "legs", columns: said.iter().map(|&at| columns[at]).collect(), rows }
}

fn leg_cells(reader: Reader<'_>, leg: &Leg) -> Vec<Vec<Value>> {
    let value = |value: kinds::Value<'_>| reader.value(&value);
    let claims: Vec<EntityIx> = leg.claims.iter().filter_map(|claim| reader.graph.by_id(&claim.id)).collect();
    let mut who: Vec<EntityIx> = Vec::new();
    for claim in claims.iter().filter_map(|&claim| reader.graph.entity(claim).as_kind::<Claim>()) {
        for by in claim.by.iter().filter_map(|by| reader.graph.by_id(&by.id)) {
            if !who.contains(&by) {
                who.push(by);
            }
        }
    }
    let link = |ix: &EntityIx| Value::link(reader.preview(*ix).clone());
    let term = |list, word| value(kinds::Value::Term(list, word));
    let one = |value: Option<Value>| value.into_iter().collect::<Vec<Value>>();
    vec![
        one(value(kinds::Value::Ref(&leg.from, Role::From))),
        one(value(kinds::Value::Ref(&leg.to, Role::To))),
        [term(Mode::VOCABULARY, leg.mode.word()), term(Certainty::VOCABULARY, leg.certainty.word())]
            .into_iter()
            .flatten()
            .collect(),
        one(leg.departed.as_ref().and_then(|date| value(kinds::Value::Date(date)))),
        one(leg.arrived.as_ref().and_then(|date| value(kinds::Value::Date(date)))),
        one(leg.carrier.as_ref().and_then(|text| value(kinds::Value::Text(text)))),
        one(leg.cargo.as_ref().and_then(|text| value(kinds::Value::Text(text)))),
        who.iter().map(link).collect(),
        claims.iter().map(link).collect(),
    ]
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
fn kilometres(reader: Reader<'_>, km: f64) -> String {
    let locale = reader.locale;
    locale.fill("map.km", &[("n", &locale.number(rounded(km)))])
}

/// The distances that claims state between the route's stops and other places, each next to the computed
/// distance.
fn claimed_distances(reader: Reader<'_>, ix: EntityIx, route: &Route) -> Option<FactTable> {
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
