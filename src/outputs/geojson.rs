//! `NAME.geojson` beside each route's and place's page, and `map.geojson` of all (RFC 7946): longitude before latitude,
//! lines cut at the antimeridian.

use serde_json::{Map, Value, json};

use super::{Bundle, Content, Output, Press};
use crate::geo::LonLat;
use crate::geo::antimeridian::{cut, within};
use crate::link::{EntityIx, layout};
use crate::machine::{Position, Segment};

/// See the module.
pub struct GeoJson;

impl Output for GeoJson {
    fn name(&self) -> &'static str {
        "geojson"
    }

    fn fill(&self, press: &Press<'_>, bundle: &mut Bundle) {
        let (site, graph) = (&press.site, press.site.graph());
        let mut any = false;
        for (ix, entity) in graph.iter().filter(|(ix, _)| site.is_surveyed(*ix)) {
            bundle.add(layout::data(graph, entity, "geojson"), Content::Data("geojson", Some(ix)));
            any = true;
        }
        if any {
            bundle.add("map.geojson".into(), Content::Data("geojson", None));
        }
    }

    fn data(&self, press: &Press<'_>, of: Option<EntityIx>) -> Vec<u8> {
        let survey = press.site.survey(of);
        let lines = survey.lines.iter().map(line);
        // One feature a line: people look into such files, and put them under version control. And one at a time: as a
        // tree, coordinates take ten times as much memory as their text.
        let mut json = String::from("{\"type\":\"FeatureCollection\",\"features\":[\n");
        for (at, feature) in lines.chain(survey.places.iter().map(place)).enumerate() {
            json.push_str(if at > 0 { ",\n" } else { "" });
            json.push_str(&feature.to_string());
        }
        json.push_str("\n]}\n");
        json.into_bytes()
    }
}

fn place(place: &Position) -> Value {
    let mut properties = Map::new();
    properties.insert("kind".into(), "place".into());
    properties.insert("title".into(), place.title.as_str().into());
    for (lang, title) in &place.titles {
        properties.insert(format!("title_{lang}"), title.as_str().into());
    }
    properties.insert("url".into(), place.url.as_str().into());
    json!({
        "type": "Feature", "id": place.id, "properties": properties,
        "geometry": {"type": "Point", "coordinates": coordinates(&place.at)},
    })
}

fn line(segment: &Segment) -> Value {
    let mut parts: Vec<Value> =
        cut(&segment.line.points).iter().map(|part| part.iter().map(coordinates).collect()).collect();
    if parts.is_empty() {
        // Two stops at one point: a line needs two positions, be they the same.
        let points = &segment.line.points;
        parts.push(points.first().into_iter().chain(points.last()).map(coordinates).collect());
    }
    let (form, coordinates) = match parts.len() {
        1 => ("LineString", parts.swap_remove(0)),
        _ => ("MultiLineString", Value::from(parts)),
    };
    let mut geometry = Map::new();
    geometry.insert("type".into(), form.into());
    geometry.insert("coordinates".into(), coordinates);
    let tenth = |km: f64| libm::round(km * 10.0) / 10.0;
    json!({
        "type": "Feature", "id": format!("{}-{}", segment.route, segment.number), "geometry": geometry,
        "properties": {
            "kind": "leg", "route": segment.route, "leg": segment.number, "title": segment.title,
            "from": segment.ends[0], "to": segment.ends[1], "mode": segment.mode, "certainty": segment.certainty,
            "course": segment.course(), "departed": segment.dates[0], "arrived": segment.dates[1],
            "distance_km": tenth(segment.line.direct_km), "length_km": tenth(segment.line.km), "url": segment.url,
        },
    })
}

/// A position, to a metre.
fn coordinates([lon, lat]: &LonLat) -> Value {
    let round = |degrees: f64| libm::round(degrees * 1e5) / 1e5;
    // 180 itself may be either side of the cut, and is left as it is.
    let lon = within(*lon);
    json!([round(lon), round(*lat)])
}
