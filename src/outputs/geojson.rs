//! `NAME.geojson` beside each route's and place's page, and `map.geojson` of all (RFC 7946): longitude before
//! latitude, lines cut at the antimeridian.

use serde_json::{Map, Value, json};

use super::{Output, Routes, SiteBuilder};
use crate::base::diagnostic::Diagnostic;
use crate::base::path::SitePath;
use crate::geo::LonLat;
use crate::geo::antimeridian::{cut, within};
use crate::link::layout;
use crate::machine::{Position, Segment};
use crate::site::{FileKey, SiteInput, Subject};

pub(crate) struct GeoJson;

impl Output for GeoJson {
    fn name(&self) -> &'static str {
        "GeoJSON file"
    }

    fn routes(&self, input: &SiteInput<'_>, routes: &mut Routes<'_>) {
        let mut any = false;
        for (ix, entity) in input.graph.iter().filter(|(ix, _)| input.is_surveyed(*ix)) {
            routes.add(layout::data(input.graph, entity, "geojson"), FileKey::of(Subject::Entity(ix)));
            any = true;
        }
        if any {
            routes.add("map.geojson".into(), FileKey::of(Subject::Site));
        }
    }

    fn bytes(&self, builder: &SiteBuilder<'_>, _: &SitePath, key: FileKey) -> Result<Vec<u8>, Diagnostic> {
        let survey = builder.site.survey(key.entity());
        let lines = survey.lines.iter().map(line);
        // One feature a line: people look into such files, and put them under version control. And one at a
        // time: as a tree, coordinates take ten times as much memory as their text.
        let mut json = String::from("{\"type\":\"FeatureCollection\",\"features\":[\n");
        for (at, feature) in lines.chain(survey.places.iter().map(place)).enumerate() {
            json.push_str(if at > 0 { ",\n" } else { "" });
            json.push_str(&feature.to_string());
        }
        json.push_str("\n]}\n");
        Ok(json.into_bytes())
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
