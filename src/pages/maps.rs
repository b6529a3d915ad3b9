//! The maps of entities: a route with its table of legs, the location of a place or an event, and the
//! overview map.

use std::collections::{BTreeMap, BTreeSet};

use super::head::HeadParts;
use super::legs::{claimed_distances, kilometres, legs, notes};
use crate::base::path::SitePath;
use crate::course::position;
use crate::geo::gazetteer::Tongue;
use crate::geo::{Course, LonLat};
use crate::kinds::words::{Certainty, Mode};
use crate::kinds::{self, Event, Place, Route};
use crate::link::{Edition, EntityIx, Target, layout};
use crate::map::{self, Size, Spec, Stop, Words, locator};
use crate::parse::prose::LinkUse;
use crate::reader::{Reader, Site};
use crate::shown::{
    Download, FactTable, Html, KindPart, Map, MapKey, MapKeyPlace, MapPage, Medium, PlacePart, RoutePart,
};
use crate::values::two_digits;

/// With more legs than this, the table alone says what else is known of each.
const NOTED: usize = 12;

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
        map: drawn(reader, &spec, &sizes(reader, true)),
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
    let leg = route.legs.get(at)?;
    let key = format!("story-{}", at + 1);
    let mut spec = Spec { key, skipped: true, ..Spec::default() };
    add_legs(reader, ix, route, Some(""), &mut spec);
    let title = reader.locale.ordinal(at + 1);
    spec.legs.retain(|leg| leg.number == at + 1);
    for end in [&leg.from, &leg.to] {
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
            number: number + 1,
            title: String::new(),
            notes: Vec::new(),
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
        // On the map of everything they would be too many.
        if !spec.apart && route.legs.len() <= NOTED {
            drawn.notes = notes(reader, leg, line);
        }
        spec.legs.push(drawn);
    }
}
