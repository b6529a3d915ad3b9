//! The maps of entities: a route with its table of legs, the location of a place or an event, and the
//! overview map.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::head::HeadParts;
use super::legs::{claimed_distances, kilometres, legs, notes};
use crate::base::path::SitePath;
use crate::course::position;
use crate::geo::gazetteer::Tongue;
use crate::geo::{Course, Line, LonLat};
use crate::kinds::words::{Certainty, Mode};
use crate::kinds::{self, Event, KindId, Place, Route};
use crate::link::{Edition, EntityIx, Target, layout};
use crate::map::{self, Size, Spec, Stop, Words, locator};
use crate::parse::prose::LinkUse;
use crate::reader::{Reader, Site};
use crate::shown::{
    Crumb, Download, FactTable, Html, KindPart, Map, MapKey, MapKeyPlace, MapPage, Medium, PlacePart,
    RoutePart,
};
use crate::site::{Sheet, Symbol};
use crate::values::two_digits;

/// With more legs than this, a map of places sums them up.
const MOST_LEGS: usize = 150;

/// The most lines that sum legs up: of more, nobody sees where one leads.
const SUMMED_LEGS: usize = 40;

/// With more legs than this, the table alone says what else is known of each.
const NOTED: usize = 12;

impl Site<'_> {
    /// The path of the overview map, or of a map of some places.
    pub(crate) fn map_path(&self, lang: usize, sheet: usize) -> SitePath {
        self.atlas().path(self.graph(), sheet, &self.locales()[lang].lang)
    }
}

/// The page of the overview map, or of a map of some places.
pub(crate) fn page(reader: Reader<'_>, number: usize) -> MapPage {
    let (locale, atlas) = (reader.locale, reader.site.atlas());
    let sheet = &atlas.sheets[number];
    let path = reader.site.map_path(reader.lang, number);
    let root = path.to_root();
    let word = |key: &str| locale.word(key).map(str::to_owned);
    let title = |number: usize| match atlas.sheets[number].within {
        None => word("map.all").unwrap_or_else(|| "Map".into()),
        Some((_, middle)) => around(reader, middle),
    };
    let summary = word("map.all_about").filter(|_| atlas.sheets.len() == 1);
    let is_summed = sheet.symbols.iter().any(Symbol::is_group);
    let mut spec = Spec {
        key: "map-all".into(),
        title: title(number),
        description: summary.clone().or_else(|| word("map.summed").filter(|_| is_summed)).unwrap_or_default(),
        apart: atlas.sheets.len() == 1,
        ..Spec::default()
    };
    for symbol in &sheet.symbols {
        spec.stops.push(symbol_of(reader, symbol, &root));
    }
    spec.legs = legs_between(reader, sheet, &root, &spec.stops);
    let edition = |lang: usize| Some(reader.site.map_path(lang, number));
    let mut crumbs = vec![reader.labels.home.clone()];
    crumbs.extend(atlas.way_to(number).into_iter().filter(|&above| above != number).map(|above| Crumb {
        path: layout::encoded(&reader.site.map_path(reader.lang, above)),
        title: title(above),
    }));
    let parts = HeadParts {
        summary,
        crumbs,
        draws: true,
        ..HeadParts::new("map.html", path, title(number), &edition)
    };
    MapPage {
        head: parts.head(reader),
        map: drawn(reader, &spec, &sizes(reader, true)),
        is_summed,
        downloads: vec![Download { path: "map.geojson".into(), format: "GeoJSON" }],
    }
}

/// The name of a group of places, by the one in its middle.
fn around(reader: Reader<'_>, middle: EntityIx) -> String {
    reader.locale.fill("map.around", &[("title", &reader.preview(middle).title)])
}

/// A place or a group of places. A group leads to its map, or, if it has none, to the list of all places.
fn symbol_of(reader: Reader<'_>, symbol: &Symbol, root: &str) -> Stop {
    if !symbol.is_group() {
        return stop(reader, symbol.place, symbol.at, None, root);
    }
    let path = match symbol.sheet {
        Some(sheet) => reader.site.map_path(reader.lang, sheet),
        None => reader.listing_path(KindId::Place),
    };
    Stop {
        at: symbol.at,
        label: around(reader, symbol.place),
        number: Some(reader.locale.number(symbol.places.len() as f64)),
        count: symbol.places.len(),
        href: format!("{root}{}", layout::encoded(&path)),
    }
}

/// A leg: its route, and where it is among the others.
type LegOf<'g> = (EntityIx, &'g Route, usize);

/// The legs between what is on a map. If they are too many, those between the same two are one line, and the lines that
/// stand for the fewest are left out: the lists of routes have all.
fn legs_between(reader: Reader<'_>, sheet: &Sheet, root: &str, stops: &[Stop]) -> Vec<map::Leg> {
    let mut symbols: BTreeMap<EntityIx, usize> = BTreeMap::new();
    for (at, symbol) in sheet.symbols.iter().enumerate() {
        symbols.extend(symbol.places.iter().map(|ix| (*ix, at)));
    }
    let symbol = |end: &kinds::Ref| symbols.get(&reader.graph.by_id(&end.id)?).copied();
    // Only the routes that lead here: each of very many maps would go through all of them.
    let incoming = symbols.keys().flat_map(|place| reader.graph.incoming(*place));
    let routes: BTreeSet<EntityIx> = incoming.map(|reference| reference.from).collect();
    let mut between: BTreeMap<[usize; 2], Vec<LegOf<'_>>> = BTreeMap::new();
    for ix in routes {
        let Some(route) = reader.graph.entity(ix).as_kind::<Route>() else { continue };
        for (number, leg) in route.legs.iter().enumerate() {
            let (Some(from), Some(to)) = (symbol(&leg.from), symbol(&leg.to)) else { continue };
            // Within a group, a leg is on the map of that group.
            if from != to || !sheet.symbols[from].is_group() {
                between.entry([from, to]).or_default().push((ix, route, number));
            }
        }
    }
    let one = |&(ix, route, number): &LegOf<'_>| {
        let href = format!("{root}{}", reader.preview(ix).path);
        leg(reader, ix, route, number, Some(&href), false)
    };
    if between.values().map(Vec::len).sum::<usize>() <= MOST_LEGS {
        let mut legs: Vec<_> = between.into_values().flatten().collect();
        legs.sort_by_key(|(ix, _, number)| (*ix, *number));
        return legs.iter().filter_map(one).collect();
    }
    let mut between: Vec<_> = between.into_iter().collect();
    between.sort_by_key(|(ends, legs)| (Reverse(legs.len()), *ends));
    between.truncate(SUMMED_LEGS);
    let list = format!("{root}{}", layout::encoded(&reader.listing_path(KindId::Route)));
    let locale = reader.locale;
    let summed = |(number, ([from, to], legs)): (usize, ([usize; 2], Vec<LegOf<'_>>))| {
        if let [alone] = &*legs {
            return one(alone);
        }
        let (from, to) = (&stops[from], &stops[to]);
        let modes: BTreeSet<&'static str> =
            legs.iter().map(|(_, route, at)| route.legs[*at].mode.word()).collect();
        let count = locale.number(legs.len() as f64);
        let words = [("from", from.label.as_str()), ("to", to.label.as_str()), ("n", &count)];
        Some(map::Leg {
            number: number + 1,
            line: Arc::new(Line::between(from.at, to.at, false)),
            // Where they differ, it has no pattern.
            mode: modes.first().filter(|_| modes.len() == 1).copied().unwrap_or("several"),
            inferred: false,
            title: locale.fill("map.summed_legs", &words),
            href: Some(list.clone()),
            notes: Vec::new(),
        })
    };
    between.into_iter().enumerate().filter_map(summed).collect()
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
        let map = route_map(reader, ix, "", &sizes(reader, false), root, "map");
        let draws = map.is_some();
        let downloads = match draws {
            true => vec![data("geojson", "GeoJSON"), data("gpx", "GPX"), data("kml", "KML")],
            false => Vec::new(),
        };
        return OfEntity { part: KindPart::Route(RoutePart { map, story: None }), downloads, draws };
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

/// The sizes to draw a map in. The site also needs one for narrow screens, and one for wide ones if nothing is beside
/// it.
fn sizes(reader: Reader<'_>, is_alone: bool) -> Vec<Size> {
    match reader.medium {
        Medium::Site if is_alone => vec![Size::WIDE, Size::COLUMN, Size::NARROW],
        Medium::Site => vec![Size::COLUMN, Size::NARROW],
        Medium::Book => vec![Size::COLUMN],
    }
}

/// The map of one leg of a route.
pub(super) fn leg_map(
    reader: Reader<'_>,
    ix: EntityIx,
    route: &Route,
    at: usize,
    root: &str,
) -> Option<Html> {
    let ends = route.legs.get(at).map(|leg| [&leg.from, &leg.to])?;
    let key = format!("story-{}", at + 1);
    let mut spec = Spec { key, skipped: true, ..Spec::default() };
    spec.legs.extend(leg(reader, ix, route, at, Some(""), route.legs.len() <= NOTED));
    let title = reader.locale.ordinal(at + 1);
    for end in ends {
        let Some(place) = reader.graph.by_id(&end.id) else { continue };
        let Some(at) = position(reader.graph, &end.id) else { continue };
        spec.stops.push(stop(reader, place, at, None, root));
    }
    spec.stops.dedup();
    spec.title = spec.legs.first().map_or(title, |leg| leg.title.clone());
    Some(drawn(reader, &spec, &[Size::FRAME])?.svg)
}

/// The maps of the routes that a text embeds.
pub(crate) fn embedded(reader: Reader<'_>, edition: &Edition, root: &str) -> BTreeMap<u32, Map> {
    let links = edition.prose().links.iter().zip(&edition.links).enumerate();
    let embeds = links.filter(|(_, (link, _))| link.usage == LinkUse::Embed);
    let map = |(at, (_, target)): (usize, (_, &Target))| {
        let Target::Entity(ix, _) = target else { return None };
        let preview = reader.preview(*ix);
        let (href, key) = (format!("{root}{}", preview.path), format!("map-{}", at + 1));
        Some((at as u32, route_map(reader, *ix, &href, &sizes(reader, false), root, &key)?))
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
        // What the language calls a country shows its letters.
        tongue: Tongue::of(locale.lang.as_str(), locale.country("JP").chars().all(|c| c < '\u{250}')),
    };
    let map::Drawing { svg, keys } = map::draw(spec, &words, sizes);
    if svg.is_empty() {
        return None;
    }
    let key = |(class, left): (&'static str, map::Left)| {
        let stop = |(number, at): (String, usize)| {
            let Stop { label, href, .. } = &spec.stops[at];
            MapKeyPlace { number, label: label.clone(), href: href.clone() }
        };
        let leg = |at: usize| {
            let leg = spec.legs.get(at)?;
            let note = leg.notes.first()?;
            Some(locale.fill("map.leg_note", &[("number", &locale.ordinal(leg.number)), ("note", note)]))
        };
        MapKey {
            class,
            places: left.stops.into_iter().map(stop).collect(),
            legs: left.legs.into_iter().filter_map(leg).collect(),
        }
    };
    let is_told = |left: &map::Left| left.stops.is_empty() && left.legs.is_empty();
    let modes: BTreeSet<&str> = spec.legs.iter().map(|leg| leg.mode).collect();
    let has = |course: Course| spec.legs.iter().any(|leg| leg.line.course == course);
    Some(Map {
        svg: Html(svg),
        full: sizes.iter().any(|size| size.class == Size::WIDE.class) && sizes.len() > 1,
        keys: keys.into_iter().filter(|(_, left)| !is_told(left)).map(key).collect(),
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
    Stop { at, label: preview.title.clone(), number, count: 1, href: format!("{root}{}", preview.path) }
}

/// Adds the legs of a route that can be drawn. Each links to its row of the table on `page`.
fn add_legs(reader: Reader<'_>, ix: EntityIx, route: &Route, page: Option<&str>, spec: &mut Spec) {
    let is_noted = route.legs.len() <= NOTED;
    spec.legs.extend((0..route.legs.len()).filter_map(|at| leg(reader, ix, route, at, page, is_noted)));
}

/// A leg of a route, if it can be drawn. It links to its row of the table on `page`.
fn leg(
    reader: Reader<'_>,
    ix: EntityIx,
    route: &Route,
    at: usize,
    page: Option<&str>,
    is_noted: bool,
) -> Option<map::Leg> {
    let (leg, locale) = (route.legs.get(at)?, reader.locale);
    let line = reader.site.courses().lines(reader.graph, ix).get(at)?.clone()?;
    let name = |reference: &kinds::Ref| {
        let ix = reader.graph.by_id(&reference.id);
        ix.map_or_else(|| reference.id.clone(), |ix| reader.preview(ix).title.clone())
    };
    let term = |list: &str, word: &str| {
        locale.word(&format!("terms.{list}.{word}.label")).unwrap_or(word).to_owned()
    };
    let distance = kilometres(reader, line.direct_km);
    let mut drawn = map::Leg {
        mode: leg.mode.word(),
        inferred: leg.certainty == Certainty::Inferred,
        number: at + 1,
        title: String::new(),
        notes: if is_noted { notes(reader, leg, &line) } else { Vec::new() },
        href: page.map(|page| format!("{page}#leg-{}", at + 1)),
        line,
    };
    let certainty = match drawn.path() {
        path @ ("computed" | "unknown") => {
            locale.word(&format!("route.path_{path}")).unwrap_or_default().to_owned()
        }
        _ => term("certainty", leg.certainty.word()),
    };
    let values = [
        ("number", locale.ordinal(at + 1)),
        ("from", name(&leg.from)),
        ("to", name(&leg.to)),
        ("mode", term("mode", leg.mode.word())),
        ("certainty", certainty),
        ("distance", distance),
    ];
    let values: Vec<(&str, &str)> = values.iter().map(|(name, value)| (*name, value.as_str())).collect();
    drawn.title = locale.fill("map.leg", &values);
    Some(drawn)
}
