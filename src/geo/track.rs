//! Reads lines from files: GeoJSON (RFC 7946), GPX 1.1, KML 2.2.

use serde_json::Value;

use super::geodesic::angle;
use super::{LonLat, RADIUS_KM};
use crate::base::{number, xml};

/// The line in a file with that name: the first one, with its parts joined.
///
/// # Errors
/// If the file is not in the format that its name says, or contains no line: why, in a phrase.
pub(crate) fn read(name: &str, bytes: &[u8]) -> Result<Vec<LonLat>, String> {
    let text = std::str::from_utf8(bytes).map_err(|_| "it is not UTF-8".to_owned())?;
    let text = text.trim_start_matches('\u{feff}');
    let extension = name.rsplit('.').next().unwrap_or_default().to_ascii_lowercase();
    let line = match extension.as_str() {
        "geojson" | "json" => geojson(text)?,
        "gpx" => gpx(text)?,
        "kml" => kml(text)?,
        _ => return Err("its name ends with none of `.geojson`, `.gpx` and `.kml`".into()),
    };
    if let Some(point) = line.iter().find(|[lon, lat]| !(lon.abs() <= 540.0 && lat.abs() <= 90.0)) {
        return Err(format!("it has a point at longitude {} and latitude {}", point[0], point[1]));
    }
    match line.len() {
        0 => Err("it holds no line".into()),
        1 => Err("its line has one point only".into()),
        _ => too_long(&line).map_or(Ok(line), Err),
    }
}

/// The length of a line that is too long for a voyage, in km: five times around the Earth. What is drawn and checked of a line
/// grows with its length, and a megabyte of points at both poles is a billion km.
const LONGEST_KM: f64 = 200_000.0;

/// Why a line is too long, in a phrase; `None` if it is not.
pub(crate) fn too_long(line: &[LonLat]) -> Option<String> {
    let km: f64 = line.windows(2).map(|pair| angle(pair[0], pair[1]) * RADIUS_KM).sum();
    // No number is left of a line with a point that is none.
    (km.is_nan() || km > LONGEST_KM).then(|| {
        format!(
            "its line is {km:.0} km long, more than {LONGEST_KM:.0}: its points may be in the wrong order"
        )
    })
}

fn geojson(text: &str) -> Result<Vec<LonLat>, String> {
    let value: Value = serde_json::from_str(text).map_err(|error| format!("it is not GeoJSON: {error}"))?;
    let mut line = Vec::new();
    let mut kinds = Vec::new();
    collect(&value, &mut line, &mut kinds)?;
    if line.is_empty() && !kinds.is_empty() {
        return Err(format!("it holds no LineString but {}", kinds.join(", ")));
    }
    Ok(line)
}

fn collect(value: &Value, line: &mut Vec<LonLat>, kinds: &mut Vec<String>) -> Result<(), String> {
    let parts = |key: &str| value.get(key).and_then(Value::as_array).into_iter().flatten();
    match value.get("type").and_then(Value::as_str) {
        Some("FeatureCollection") => parts("features").try_for_each(|feature| collect(feature, line, kinds)),
        Some("GeometryCollection") => parts("geometries").try_for_each(|part| collect(part, line, kinds)),
        Some("Feature") => value.get("geometry").map_or(Ok(()), |geometry| collect(geometry, line, kinds)),
        Some("LineString") => parts("coordinates").try_for_each(|point| push(point, line)),
        Some("MultiLineString") => parts("coordinates").try_for_each(|part| {
            part.as_array().into_iter().flatten().try_for_each(|point| push(point, line))
        }),
        Some(other) => {
            kinds.push(other.to_owned());
            Ok(())
        }
        None if value.is_null() => Ok(()),
        None => Err("it is not GeoJSON: an object has no `type`".into()),
    }
}

fn push(point: &Value, line: &mut Vec<LonLat>) -> Result<(), String> {
    let number = |at: usize| point.get(at).and_then(Value::as_f64);
    let (Some(lon), Some(lat)) = (number(0), number(1)) else {
        return Err(format!("a point of it is no `[longitude, latitude]`: {point}"));
    };
    line.push([lon, lat]);
    Ok(())
}

fn gpx(text: &str) -> Result<Vec<LonLat>, String> {
    let document = xml::parse(text).map_err(|(why, _)| format!("it is not GPX: {why}"))?;
    let points = |name: &'static str| {
        let named = document.descendants().filter(move |node| node.has_tag_name_any(name));
        let number = |node: &roxmltree::Node<'_, '_>, key: &str| {
            node.attribute(key).and_then(|value| number::parse(value.trim()))
        };
        named
            .map(|node| match (number(&node, "lon"), number(&node, "lat")) {
                (Some(lon), Some(lat)) => Ok([lon, lat]),
                _ => Err(format!("a `{name}` of it has no `lat` and `lon`")),
            })
            .collect::<Result<Vec<LonLat>, String>>()
    };
    let track = points("trkpt")?;
    if track.is_empty() { points("rtept") } else { Ok(track) }
}

fn kml(text: &str) -> Result<Vec<LonLat>, String> {
    let document = xml::parse(text).map_err(|(why, _)| format!("it is not KML: {why}"))?;
    let lines = document.descendants().filter(|node| node.has_tag_name_any("LineString"));
    let coordinates =
        lines.flat_map(|node| node.children()).filter(|node| node.has_tag_name_any("coordinates"));
    let mut line = Vec::new();
    for tuple in coordinates.filter_map(|node| node.text()).flat_map(str::split_whitespace) {
        let mut numbers = tuple.split(',').map(|part| number::parse(part.trim()));
        match (numbers.next().flatten(), numbers.next().flatten()) {
            (Some(lon), Some(lat)) => line.push([lon, lat]),
            _ => return Err(format!("a point of it is no `longitude,latitude`: `{tuple}`")),
        }
    }
    Ok(line)
}

/// Compares the local name of a tag, in any of a format's namespaces.
trait Named {
    fn has_tag_name_any(&self, name: &str) -> bool;
}

impl Named for roxmltree::Node<'_, '_> {
    fn has_tag_name_any(&self, name: &str) -> bool {
        self.is_element() && self.tag_name().name() == name
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_of_three_formats() {
        let json = r#"{"type":"Feature","geometry":{"type":"LineString","coordinates":[[1,2],[3,4,5]]},"properties":{}}"#;
        let gpx = r#"<gpx xmlns="http://www.topografix.com/GPX/1/1"><trk><trkseg><trkpt lat="2" lon="1"/><trkpt lat="4" lon="3"/></trkseg></trk></gpx>"#;
        let kml = "<kml xmlns='http://www.opengis.net/kml/2.2'><Placemark><LineString><coordinates>1,2,0 3,4,0</coordinates></LineString></Placemark></kml>";
        for (name, text) in [("a.geojson", json), ("a.gpx", gpx), ("A.KML", kml)] {
            assert_eq!(read(name, text.as_bytes()), Ok(vec![[1.0, 2.0], [3.0, 4.0]]), "{name}");
        }
    }

    #[test]
    fn what_is_wrong_is_said() {
        let check = |name: &str, text: &str, why: &str| {
            let error = read(name, text.as_bytes()).expect_err(text);
            assert!(error.contains(why), "{error}");
        };
        check("a.geojson", "{", "not GeoJSON");
        let far = vec!["[0,0],[0,90]"; 20].join(",");
        let far = format!("{{\"type\":\"LineString\",\"coordinates\":[{far}]}}");
        check("a.geojson", &far, "390295 km long, more than 200000");
        check("a.geojson", r#"{"type":"LineString","coordinates":[]}"#, "no line");
        check("a.geojson", r#"{"type":"LineString","coordinates":[[1,2]]}"#, "one point");
        check("a.geojson", r#"{"type":"Point","coordinates":[1,2]}"#, "no LineString but Point");
        check("a.geojson", r#"{"type":"LineString","coordinates":[[1,2],[3,95]]}"#, "latitude 95");
        check(
            "a.geojson",
            r#"{"type":"LineString","coordinates":[[1,2],["x",3]]}"#,
            "no `[longitude, latitude]`",
        );
        check("a.geojson", r#"{"type":"LineString","coordinates":[[1,2],[1e400,3]]}"#, "not GeoJSON");
        let track = "<gpx><trk><trkseg><trkpt lat=\"2\" lon=\"1\"/><trkpt lat=\"4\" lon=\"nan\"/></trkseg></trk></gpx>";
        check("a.gpx", track, "a `trkpt` of it has no `lat` and `lon`");
        let line = "<kml><LineString><coordinates>1,2 inf,4</coordinates></LineString></kml>";
        check("a.kml", line, "no `longitude,latitude`: `inf,4`");
        check("a.gpx", "<gpx><trk>", "not GPX");
        check("a.kml", "<kml/>", "no line");
        check("a.txt", "", "ends with none");
    }
}
