//! Maps and tracks → places and routes: KML and KMZ, GPX, GeoJSON.

mod geojson;
mod gpx;
mod kml;

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::brought::{At, Brought, Fact, Item, Remark, reference};
use super::door::{self, Archive};
use super::prose::picture_mark;
use crate::base::date::PartialDate;
use crate::data::write::Given;
use crate::geo::LonLat;
use crate::geo::geodesic::distance;
use crate::geo::track::{self, Track};
use crate::ide::Refusal;
use crate::kinds::words::{Certainty, Mode};
use crate::kinds::{KindId, Place};
use crate::link::Graph;

/// How near to a place a line must begin or end to begin or end there, in km.
const NEAR_KM: f64 = 1.0;

/// More degrees of latitude than that.
const NEAR_DEGREES: f64 = 0.01;

/// The most points that are kept of one line.
const MOST_POINTS: usize = 20_000;

/// Something on a map.
struct Feature {
    name: String,
    /// Its text, in Markdown.
    text: String,
    /// Words that may say how a line was travelled.
    about: String,
    shape: Shape,
    at: At,
}

enum Shape {
    Point(LonLat),
    Line(Track),
}

/// A folder or a file: its lines may be the legs of one route.
#[derive(Default)]
struct Layer {
    name: String,
    features: Vec<Feature>,
}

/// What a file holds.
#[derive(Default)]
struct Chart {
    layers: Vec<Layer>,
    remarks: Vec<Remark>,
    /// What does not come along, and how often.
    left: BTreeMap<&'static str, usize>,
}

impl Chart {
    fn leave_out(&mut self, what: &'static str) {
        *self.left.entry(what).or_default() += 1;
    }

    /// Takes in a line, or says why not.
    fn add_line(&mut self, layer: usize, line: Result<Track, String>, feature: Feature) {
        let line = line.and_then(|track| track::fault(&track).map_or(Ok(track), Err));
        match line {
            Ok(track) => self.layers[layer].features.push(Feature { shape: Shape::Line(track), ..feature }),
            Err(why) => self.remarks.push(Remark::left_out(feature.name, why, &feature.at)),
        }
    }
}

/// The places and routes of a KML or GPX file; `None` if it is neither.
///
/// # Errors
/// If it is damaged.
pub(super) fn of_text(name: &str, text: &str, graph: &Graph) -> Result<Option<Brought>, Refusal> {
    let start = text.trim_start_matches('\u{feff}').trim_start();
    let head = &start[..start.floor_char_boundary(4096)];
    if !start.starts_with('<') {
        return Ok(None);
    }
    let is_kml = has_tag(head, "kml");
    if !is_kml && !has_tag(head, "gpx") {
        return Ok(None);
    }
    if door::is_deep(start) {
        return Err(Refusal("it is nested deeper than maps are".into()));
    }
    let (what, chart) = match is_kml {
        true => ("a KML map", kml::read(start)?),
        false => ("a GPX file", gpx::read(start)?),
    };
    brought(name, what, chart, graph).map(Some)
}

/// The places and routes of a GeoJSON file; `None` if it is none.
///
/// # Errors
/// If it holds too much.
pub(super) fn of_json(name: &str, value: &Value, graph: &Graph) -> Result<Option<Brought>, Refusal> {
    match geojson::read(value) {
        Some(chart) => brought(name, "a GeoJSON map", chart, graph).map(Some),
        None => Ok(None),
    }
}

/// The places and routes of a KMZ file: a KML file that is packed.
///
/// # Errors
/// If it is damaged, or holds no map.
pub(super) fn of_kmz(name: &str, bytes: &[u8], graph: &Graph) -> Result<Brought, Refusal> {
    let mut archive = Archive::open(bytes)?;
    let main = archive.names().into_iter().find(|name| name.to_ascii_lowercase().ends_with(".kml"));
    let text = main.and_then(|main| archive.text(&main));
    let text = text.ok_or_else(|| Refusal("there is no map in it".into()))?;
    let brought = of_text(name, &text, graph)?;
    brought.ok_or_else(|| Refusal("the map in it is damaged; get it again".into()))
}

fn has_tag(head: &str, name: &str) -> bool {
    let tags = head.match_indices('<').map(|(at, _)| &head[at + 1..]);
    tags.into_iter().any(|tag| {
        let end = tag.find(|c: char| c.is_whitespace() || matches!(c, '>' | '/')).unwrap_or(tag.len());
        tag[..end].rsplit(':').next() == Some(name)
    })
}

fn brought(name: &str, what: &'static str, chart: Chart, graph: &Graph) -> Result<Brought, Refusal> {
    let Chart { layers, mut remarks, left } = chart;
    if let Some(refusal) = door::too_many(layers.iter().map(|layer| layer.features.len()).sum()) {
        return Err(refusal);
    }
    let stem = name.rsplit(['/', '\\']).next().unwrap_or(name);
    let stem = stem.rsplit_once('.').map_or(stem, |(stem, _)| stem).replace(['-', '_'], " ");
    let mut maker = Maker { items: Vec::new(), places: Vec::new(), remarks: Vec::new() };
    for (_, place, is) in graph.all::<Place>() {
        if let Some(point) = is.point() {
            let id = Given::Words(place.id.as_str().to_owned());
            maker.places.push(([point.lon, point.lat], id));
        }
    }
    // A place of the file is nearer to its author's mind than one of the dossier.
    maker.places.reverse();
    for feature in layers.iter().flat_map(|layer| &layer.features) {
        if let Shape::Point(point) = feature.shape {
            maker.place(feature, point);
        }
    }
    for layer in &layers {
        maker.routes(layer, &stem);
    }
    remarks.append(&mut maker.remarks);
    let at = At::default();
    for (what, count) in left {
        remarks.push(Remark::left_out(format!("{what} ({count})"), "a dossier has no place for these", &at));
    }
    if maker.items.is_empty() && remarks.is_empty() {
        return Err(Refusal("there is no point and no line in it".into()));
    }
    Ok(Brought { name: name.to_owned(), what, items: maker.items, remarks, ..Brought::default() })
}

struct Maker {
    items: Vec<Item>,
    /// Places, and what each is called in facts; of several, the last counts.
    places: Vec<(LonLat, Given)>,
    remarks: Vec<Remark>,
}

/// One line, ready to be a leg.
struct Leg<'f> {
    feature: &'f Feature,
    track: &'f Track,
    ends: [LonLat; 2],
}

impl Maker {
    fn place(&mut self, feature: &Feature, point: LonLat) {
        let title = match (feature.name.as_str(), feature.text.lines().next()) {
            ("", Some(line)) => super::first_words(line, 60),
            (name, _) => name.to_owned(),
        };
        if title.trim().is_empty() {
            self.remarks.push(Remark::left_out("a point", "it has no name", &feature.at));
            return;
        }
        let name = self.add(&title, point, &feature.at);
        if let (Some(item), Given::Words(_)) = (self.items.last_mut(), name) {
            item.text.clone_from(&feature.text);
        }
    }

    /// Makes a place.
    fn add(&mut self, title: &str, point: LonLat, at: &At) -> Given {
        let mut item = Item::titled(KindId::Place, title, at.clone());
        item.key = format!("place {title} {}", written(point[1]));
        let number = self.items.len();
        item.called = vec![number.to_string()];
        let point_given = Given::List(vec![Given::Bare(written(point[1])), Given::Bare(written(point[0]))]);
        item.facts.push(Fact { key: "coordinates", value: point_given, at: at.clone() });
        self.items.push(item);
        let name = reference(&number.to_string());
        self.places.push((point, name.clone()));
        name
    }

    /// The place where a line begins or ends.
    fn end(&mut self, point: LonLat, title: &str, at: &At) -> Given {
        // Comparing latitudes is cheap, and leaves few places to measure.
        let near = self.places.iter().rev().filter(|(place, _)| (place[1] - point[1]).abs() < NEAR_DEGREES);
        let near = near.map(|(place, name)| (distance(*place, point), name));
        let near = near.filter(|(km, _)| *km <= NEAR_KM).min_by(|a, b| a.0.total_cmp(&b.0));
        if let Some((_, name)) = near {
            return name.clone();
        }
        let why = "no place is near this end of the line, so one is made; give it its name";
        self.remarks.push(Remark::doubtful(title, why, at));
        self.add(title, point, at)
    }

    /// The routes of a layer: lines of which each begins where the last one ends are legs of one.
    fn routes(&mut self, layer: &Layer, stem: &str) {
        let mut chains: Vec<Vec<Leg<'_>>> = Vec::new();
        for feature in &layer.features {
            let Shape::Line(track) = &feature.shape else { continue };
            let (Some(first), Some(last)) = (track.points().next(), track.points().next_back()) else {
                continue;
            };
            let leg = Leg { feature, track, ends: [first, last] };
            match chains.last_mut() {
                Some(chain)
                    if chain.last().is_some_and(|last| distance(last.ends[1], leg.ends[0]) <= NEAR_KM) =>
                {
                    chain.push(leg);
                }
                _ => chains.push(vec![leg]),
            }
        }
        let are_several = chains.len() > 1;
        for chain in chains {
            self.route(&chain, if layer.name.is_empty() { stem } else { &layer.name }, are_several);
        }
    }

    fn route(&mut self, chain: &[Leg<'_>], name: &str, are_several: bool) {
        let [first, ..] = chain else { return };
        let own = first.feature.name.as_str();
        let is_one = chain.len() == 1 || are_several;
        let title = if is_one && !own.is_empty() { own } else { name };
        let at = first.feature.at.clone();
        let mut route = Item::titled(KindId::Route, title, at.clone());
        let [lon, lat] = first.ends[0];
        route.key = format!("route {title} {} {}", written(lat), written(lon));
        let mut legs = Vec::new();
        for (number, leg) in chain.iter().enumerate() {
            let own = if leg.feature.name.is_empty() { title } else { &leg.feature.name };
            let [from, to] = leg.ends;
            let from = self.end(from, &format!("{own}, start"), &leg.feature.at);
            let to = self.end(to, &format!("{own}, end"), &leg.feature.at);
            legs.push(self.leg(leg, [from, to], number));
            route.pictures.push(("geojson".to_owned(), self.path(leg)));
            if chain.len() == 1 {
                route.text.clone_from(&leg.feature.text);
            }
        }
        route.facts.push(Fact { key: "legs", value: Given::List(legs), at });
        self.items.push(route);
    }

    fn leg(&mut self, leg: &Leg<'_>, [from, to]: [Given; 2], number: usize) -> Given {
        let words: Vec<String> =
            leg.feature.about.split(|c: char| !c.is_alphanumeric()).map(str::to_lowercase).collect();
        let said = |known: &'static [&'static str]| {
            words.iter().find_map(|word| known.iter().copied().find(|known| known == word))
        };
        let mode = said(Mode::WORDS);
        if mode.is_none() {
            let why = "how it was travelled is not said: by road until you say otherwise";
            self.remarks.push(Remark::doubtful(&leg.feature.name, why, &leg.feature.at));
        }
        let mut entries = vec![
            ("from".to_owned(), from),
            ("to".to_owned(), to),
            ("mode".to_owned(), Given::Words(mode.unwrap_or("road").to_owned())),
        ];
        let times = leg.track.times.map(|times| times.map(|time: PartialDate| time.utc().iso()));
        if let Some([departed, arrived]) = &times {
            let utc = |time: &String| {
                Given::Bare(if time.contains('T') { format!("{time}Z") } else { time.clone() })
            };
            entries.push(("departed".to_owned(), utc(departed)));
            entries.push(("arrived".to_owned(), utc(arrived)));
        }
        // A line with times was recorded; another was drawn by somebody.
        let certainty = said(Certainty::WORDS).or(times.is_none().then_some("inferred"));
        entries.extend(certainty.map(|word| ("certainty".to_owned(), Given::Words(word.to_owned()))));
        entries.push(("path".to_owned(), Given::Words(picture_mark(number))));
        Given::Table(entries)
    }

    /// A file of the line, and nothing else that the file says of it.
    fn path(&mut self, leg: &Leg<'_>) -> Vec<u8> {
        let count = leg.track.points().count();
        let step = count.div_ceil(MOST_POINTS).max(1);
        if step > 1 {
            let why = format!("of its {count} points, one in {step} is kept");
            self.remarks.push(Remark::doubtful(&leg.feature.name, why, &leg.feature.at));
        }
        let parts = leg.track.parts.iter().map(|part| {
            let last = part.len().saturating_sub(1);
            let kept = part.iter().enumerate().filter(|(at, _)| at % step == 0 || *at == last);
            kept.map(|(_, [lon, lat])| json!([lon, lat])).collect::<Vec<Value>>()
        });
        // What is of one point is no line.
        let parts: Vec<Vec<Value>> = parts.filter(|part| part.len() > 1).collect();
        let geometry = json!({ "type": "MultiLineString", "coordinates": parts });
        format!("{}\n", json!({ "type": "Feature", "properties": {}, "geometry": geometry })).into_bytes()
    }
}

fn written(degrees: f64) -> String {
    // A millionth of a degree is a tenth of a metre.
    format!("{}", (degrees * 1e6).round() / 1e6)
}
