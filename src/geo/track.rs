//! Reads lines from files: GeoJSON (RFC 7946), GPX 1.1, KML 2.2 with Google's `gx:Track`.

use roxmltree::Node;
use serde_json::Value;

use super::geodesic::angle;
use super::{LonLat, RADIUS_KM};
use crate::base::date::{Edtf, PartialDate};
use crate::base::{number, xml};

/// A line as a file has it.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Track {
    /// Its parts, none of them empty. What is between two of them nobody recorded.
    pub parts: Vec<Vec<LonLat>>,
    /// When its first and its last point were recorded, in the order of the file; `None` if the file does not say.
    pub times: Option<[PartialDate; 2]>,
}

impl Track {
    /// A line of the points that an author wrote.
    pub(crate) fn of(points: Vec<LonLat>) -> Track {
        Track { parts: vec![points], times: None }
    }

    /// Its points, whichever part they are in.
    pub(crate) fn points(&self) -> impl DoubleEndedIterator<Item = LonLat> {
        self.parts.iter().flatten().copied()
    }

    fn add(&mut self, part: Vec<LonLat>) {
        if !part.is_empty() {
            self.parts.push(part);
        }
    }

    /// Takes in the time of a point.
    fn hear(&mut self, time: Option<&str>) {
        let Some(Ok(Edtf::Date(time))) = time.map(|time| Edtf::parse(&whole_seconds(time.trim()))) else {
            return;
        };
        self.times = Some([self.times.map_or(time, |times| times[0]), time]);
    }
}

/// A time stamp without fractions of a second.
fn whole_seconds(time: &str) -> String {
    match time.split_once('.') {
        Some((start, rest)) => format!("{start}{}", rest.trim_start_matches(|c: char| c.is_ascii_digit())),
        None => time.to_owned(),
    }
}

/// The line in a file with that name: the first sort of line that it has, all of them in their order.
///
/// # Errors
/// If the file is not in the format that its name says, or contains no line: why, in a phrase.
pub(crate) fn read(name: &str, bytes: &[u8]) -> Result<Track, String> {
    let text = std::str::from_utf8(bytes).map_err(|_| "it is not UTF-8".to_owned())?;
    let text = text.trim_start_matches('\u{feff}');
    let extension = name.rsplit('.').next().unwrap_or_default().to_ascii_lowercase();
    let track = match extension.as_str() {
        "geojson" | "json" => geojson(text)?,
        "gpx" => gpx(text)?,
        "kml" => kml(text)?,
        _ => return Err("its name ends with none of `.geojson`, `.gpx` and `.kml`".into()),
    };
    fault(&track).map_or(Ok(track), Err)
}

/// Why what was read is no line that can be used, in a phrase.
pub(crate) fn fault(track: &Track) -> Option<String> {
    if let Some(point) = track.points().find(|[lon, lat]| !(lon.abs() <= 540.0 && lat.abs() <= 90.0)) {
        return Some(format!("it has a point at longitude {} and latitude {}", point[0], point[1]));
    }
    match track.points().take(2).count() {
        0 => Some("it holds no line".into()),
        1 => Some("its line has one point only".into()),
        _ => too_long(track),
    }
}

/// The length of a line that is too long for a voyage, in km: five times around the Earth. What is drawn and checked of
/// a line grows with its length, and a megabyte of points at both poles is a billion km.
const LONGEST_KM: f64 = 200_000.0;

/// Why a line is too long, in a phrase; `None` if it is not.
pub(crate) fn too_long(track: &Track) -> Option<String> {
    let pairs = track.points().zip(track.points().skip(1));
    let km: f64 = pairs.map(|(a, b)| angle(a, b) * RADIUS_KM).sum();
    // No number is left of a line with a point that is none.
    (km.is_nan() || km > LONGEST_KM).then(|| {
        format!(
            "its line is {km:.0} km long, more than {LONGEST_KM:.0}: its points may be in the wrong order"
        )
    })
}

fn geojson(text: &str) -> Result<Track, String> {
    let value: Value = serde_json::from_str(text).map_err(|error| format!("it is not GeoJSON: {error}"))?;
    of_geojson(&value)
}

/// The lines in a part of a GeoJSON file.
///
/// # Errors
/// If there are other shapes only, or a point is none.
pub(crate) fn of_geojson(value: &Value) -> Result<Track, String> {
    let mut track = Track::default();
    let mut kinds = Vec::new();
    collect(value, &mut track, &mut kinds)?;
    if track.parts.is_empty() && !kinds.is_empty() {
        return Err(format!("it holds no LineString but {}", kinds.join(", ")));
    }
    Ok(track)
}

fn collect(value: &Value, track: &mut Track, kinds: &mut Vec<String>) -> Result<(), String> {
    let parts = |key: &str| value.get(key).and_then(Value::as_array).into_iter().flatten();
    match value.get("type").and_then(Value::as_str) {
        Some("FeatureCollection") => parts("features").try_for_each(|feature| collect(feature, track, kinds)),
        Some("GeometryCollection") => parts("geometries").try_for_each(|part| collect(part, track, kinds)),
        Some("Feature") => {
            stamps(value.get("properties")).for_each(|time| track.hear(Some(time)));
            value.get("geometry").map_or(Ok(()), |geometry| collect(geometry, track, kinds))
        }
        Some("LineString") => {
            track.add(line(parts("coordinates"))?);
            Ok(())
        }
        Some("MultiLineString") => parts("coordinates").try_for_each(|part| {
            track.add(line(part.as_array().into_iter().flatten())?);
            Ok(())
        }),
        Some(other) => {
            kinds.push(other.to_owned());
            Ok(())
        }
        None if value.is_null() => Ok(()),
        None => Err("it is not GeoJSON: an object has no `type`".into()),
    }
}

/// The times of a feature's points, in the properties that converters of GPX and KML write: `coordTimes`, or `times` in
/// `coordinateProperties`; a list, or a list for each part.
fn stamps(properties: Option<&Value>) -> impl Iterator<Item = &str> {
    let named = |key: &str| properties.and_then(|properties| properties.get(key));
    let times = named("coordTimes").or_else(|| named("coordinateProperties")?.get("times"));
    let parts = times.and_then(Value::as_array).into_iter().flatten();
    let each = parts.flat_map(|part| part.as_array().map_or(std::slice::from_ref(part), Vec::as_slice));
    each.filter_map(Value::as_str)
}

fn line<'a>(points: impl Iterator<Item = &'a Value>) -> Result<Vec<LonLat>, String> {
    let read = |point: &Value| {
        let number = |at: usize| point.get(at).and_then(Value::as_f64);
        let point_or_why = number(0).zip(number(1)).map(|(lon, lat)| [lon, lat]);
        point_or_why.ok_or_else(|| format!("a point of it is no `[longitude, latitude]`: {point}"))
    };
    points.map(read).collect()
}

fn gpx(text: &str) -> Result<Track, String> {
    let document = xml::parse(text).map_err(|(why, _)| format!("it is not GPX: {why}"))?;
    of_gpx(document.root())
}

/// The track in a part of a GPX file, or its route.
///
/// # Errors
/// If a point is none.
pub(crate) fn of_gpx(root: Node<'_, '_>) -> Result<Track, String> {
    let parts = |part: &'static str, point: &'static str| {
        let mut track = Track::default();
        for part in named(root, part) {
            let mut line = Vec::new();
            for node in named(part, point) {
                let number = |key: &str| node.attribute(key).and_then(|value| number::parse(value.trim()));
                let (Some(lon), Some(lat)) = (number("lon"), number("lat")) else {
                    return Err(format!("a `{point}` of it has no `lat` and `lon`"));
                };
                track.hear(named(node, "time").next().and_then(|time| time.text()));
                line.push([lon, lat]);
            }
            track.add(line);
        }
        Ok(track)
    };
    let track = parts("trkseg", "trkpt")?;
    if track.parts.is_empty() { parts("rte", "rtept") } else { Ok(track) }
}

fn kml(text: &str) -> Result<Track, String> {
    let document = xml::parse(text).map_err(|(why, _)| format!("it is not KML: {why}"))?;
    of_kml(document.root())
}

/// The lines in a part of a KML file.
///
/// # Errors
/// If a point is none.
pub(crate) fn of_kml(root: Node<'_, '_>) -> Result<Track, String> {
    let mut track = Track::default();
    let is_line = |node: &Node<'_, '_>| matches!(node.tag_name().name(), "LineString" | "Track");
    for node in root.descendants().filter(|node| node.is_element()).filter(is_line) {
        // A `gx:Track` has a time and a point after the other, a `LineString` all points in one element.
        named(node, "when").for_each(|when| track.hear(when.text()));
        let tuples = named(node, "coord").filter_map(|coord| coord.text());
        let lists = named(node, "coordinates").filter_map(|list| list.text()).flat_map(str::split_whitespace);
        let mut line = Vec::new();
        for tuple in tuples.chain(lists) {
            let parts = tuple.split(|c: char| c == ',' || c.is_whitespace()).filter(|part| !part.is_empty());
            let mut numbers = parts.map(number::parse);
            match (numbers.next().flatten(), numbers.next().flatten()) {
                (Some(lon), Some(lat)) => line.push([lon, lat]),
                _ => return Err(format!("a point of it is no `longitude,latitude`: `{}`", tuple.trim())),
            }
        }
        track.add(line);
    }
    Ok(track)
}

/// The elements below a node with that local name, in any of a format's namespaces.
fn named<'a, 'input>(node: Node<'a, 'input>, name: &'static str) -> impl Iterator<Item = Node<'a, 'input>> {
    node.descendants().filter(move |node| node.is_element() && node.tag_name().name() == name)
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
            assert_eq!(read(name, text.as_bytes()), Ok(Track::of(vec![[1.0, 2.0], [3.0, 4.0]])), "{name}");
        }
    }

    #[test]
    fn parts_and_times() {
        let json = r#"{"type":"Feature","properties":{"coordTimes":[["2023-09-01T10:00:00Z"],["2023-09-02T11:30:00.250Z"]]},
            "geometry":{"type":"MultiLineString","coordinates":[[[1,2]],[[3,4],[5,6]]]}}"#;
        let gpx = "<gpx><wpt lat='9' lon='9'><time>1999-01-01T00:00:00Z</time></wpt>\
            <trk><trkseg><trkpt lat='2' lon='1'><time>2023-09-01T10:00:00Z</time></trkpt></trkseg>\
            <trkseg/><trkseg><trkpt lat='4' lon='3'/><trkpt lat='6' lon='5'><time>2023-09-02T11:30:00.250Z</time></trkpt></trkseg></trk></gpx>";
        let kml = "<kml xmlns='http://www.opengis.net/kml/2.2' xmlns:gx='http://www.google.com/kml/ext/2.2'><Placemark><gx:MultiTrack>\
            <gx:Track><when>2023-09-01T10:00:00Z</when><gx:coord>1 2 0</gx:coord></gx:Track>\
            <gx:Track><when>2023-09-02T10:00:00Z</when><when>2023-09-02T11:30:00Z</when><gx:coord>3 4 0</gx:coord>\
            <gx:coord>5 6 0</gx:coord></gx:Track></gx:MultiTrack></Placemark></kml>";
        for (name, text) in [("a.geojson", json), ("a.gpx", gpx), ("a.kml", kml)] {
            let track = read(name, text.as_bytes()).unwrap();
            assert_eq!(track.parts, [vec![[1.0, 2.0]], vec![[3.0, 4.0], [5.0, 6.0]]], "{name}");
            let times = track.times.map(|times| times.map(PartialDate::iso));
            assert_eq!(
                times,
                Some(["2023-09-01T10:00:00Z", "2023-09-02T11:30:00Z"].map(str::to_owned)),
                "{name}"
            );
        }
        let flat = r#"{"type":"Feature","properties":{"coordinateProperties":{"times":["2023-09-01T10:00:00Z"]}},
            "geometry":{"type":"LineString","coordinates":[[1,2],[3,4]]}}"#;
        assert!(read("a.json", flat.as_bytes()).unwrap().times.is_some());
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
