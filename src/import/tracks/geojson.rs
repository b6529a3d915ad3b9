//! GeoJSON (RFC 7946).

use serde_json::Value;

use super::{Chart, Feature, Layer, Shape};
use crate::geo::track::{self, Track};
use crate::import::brought::{At, Remark};
use crate::import::html;

/// Properties that name a feature, and that describe it.
const NAMES: [&str; 8] = ["name", "title", "Name", "NAME", "label", "nama", "judul", "id"];
const TEXTS: [&str; 4] = ["description", "desc", "Description", "keterangan"];

/// What a file of this format holds; `None` if it is another.
pub(super) fn read(value: &Value) -> Option<Chart> {
    let mut chart = Chart { layers: vec![Layer::default()], ..Chart::default() };
    match value.get("type").and_then(Value::as_str)? {
        "FeatureCollection" => {
            let features = value.get("features").and_then(Value::as_array)?;
            for (number, feature) in features.iter().enumerate() {
                add(&mut chart, feature, At { item: Some(number + 1), ..At::default() });
            }
        }
        "Feature" | "Point" | "LineString" | "MultiLineString" | "GeometryCollection" => {
            add(&mut chart, value, At::default());
        }
        _ => return None,
    }
    Some(chart)
}

fn add(chart: &mut Chart, value: &Value, at: At) {
    let geometry = value.get("geometry").unwrap_or(value);
    let words = |names: &[&str]| {
        let of =
            |name: &&str| value.get("properties")?.get(*name)?.as_str().map(str::trim).map(str::to_owned);
        names.iter().find_map(of).unwrap_or_default()
    };
    let property = |name: &str| value.get("properties").and_then(|all| all.get(name)).and_then(Value::as_str);
    let description = words(&TEXTS);
    let about = ["mode", "certainty", "type"].map(|name| property(name).unwrap_or_default()).join(" ");
    let feature = Feature {
        name: words(&NAMES).split_whitespace().collect::<Vec<&str>>().join(" "),
        text: html::markdown(&description),
        about: format!("{about} {description}"),
        shape: Shape::Line(Track::default()),
        at,
    };
    match geometry.get("type").and_then(Value::as_str) {
        Some("Point") => {
            let number = |at: usize| {
                geometry.get("coordinates").and_then(|point| point.get(at)).and_then(Value::as_f64)
            };
            match (number(0), number(1)) {
                (Some(lon), Some(lat)) if lon.abs() <= 180.0 && lat.abs() <= 90.0 => {
                    chart.layers[0].features.push(Feature { shape: Shape::Point([lon, lat]), ..feature });
                }
                _ => {
                    let why = "its point is no `[longitude, latitude]`";
                    chart.remarks.push(Remark::left_out(feature.name, why, &feature.at));
                }
            }
        }
        Some("LineString" | "MultiLineString" | "GeometryCollection") => {
            chart.add_line(0, track::of_geojson(value), feature);
        }
        Some("Polygon" | "MultiPolygon") => chart.leave_out("areas"),
        Some("MultiPoint") => chart.leave_out("groups of points"),
        _ => chart.remarks.push(Remark::left_out(feature.name, "it has no point and no line", &feature.at)),
    }
}
