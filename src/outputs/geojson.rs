//! `NAME.geojson` next to the page of each route and place, and `map.geojson` with all of them (RFC 7946).
//! Longitude comes before latitude, and lines are cut at the antimeridian.

use serde_json::{Map, Value, json};

use super::{Output, Routes, SiteBuilder};
use crate::base::diagnostic::Diagnostic;
use crate::base::path::SitePath;
use crate::geo::LonLat;
use crate::geo::antimeridian::within;
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
        // Write one feature per line, because people read such files and put them under version control.
        // Write one at a time, because a JSON tree of coordinates needs ten times the memory of their text.
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
        segment.parts.iter().map(|part| part.iter().map(coordinates).collect()).collect();
    let (form, coordinates) = match parts.len() {
        1 => ("LineString", parts.swap_remove(0)),
        _ => ("MultiLineString", Value::from(parts)),
    };
    let mut geometry = Map::new();
    geometry.insert("type".into(), form.into());
    geometry.insert("coordinates".into(), coordinates);
    let tenth = |km: f64| libm::round(km * 10.0) / 10.0;
    let id = format!("{}-{}{}", segment.route, segment.number, if segment.is_gap { "-gaps" } else { "" });
    json!({
        "type": "Feature", "id": id, "geometry": geometry,
        "properties": {
            "kind": "leg", "route": segment.route, "leg": segment.number, "title": segment.title,
            "from": segment.ends[0], "to": segment.ends[1], "mode": segment.mode, "certainty": segment.certainty,
            "course": segment.course, "departed": segment.dates[0], "arrived": segment.dates[1],
            "distance_km": tenth(segment.direct_km), "length_km": tenth(segment.km), "url": segment.url,
        },
    })
}

/// A position, rounded to about a metre.
fn coordinates([lon, lat]: &LonLat) -> Value {
    let round = |degrees: f64| libm::round(degrees * 1e5) / 1e5;
    // 180 degrees may be on either side of the cut, and stays unchanged.
    let lon = within(*lon);
    json!([round(lon), round(*lat)])
}
