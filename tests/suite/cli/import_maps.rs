//! `dossier import` of maps and tracks: KML, KMZ, GPX and GeoJSON become places and routes.
#![expect(clippy::disallowed_methods, reason = "the tests make the files that are imported")]

use tempfile::TempDir;

use super::{Ran, dossier, packed, read, run};

const SETTINGS: (&str, &str) =
    ("dossier.toml", "languages = [\"en\"]\nbase_url = \"https://example.org/\"\n");

/// As Google's My Maps exports it.
const KML: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<kml xmlns=\"http://www.opengis.net/kml/2.2\"><Document><name>The voyage</name>\
    <Style id=\"icon\"><IconStyle/></Style><Folder><name>Ports</name>\
    <Placemark><name>Batumi</name><description><![CDATA[<p>A <b>port</b>.</p><img src=\"https://x.example/SECRET.png\">]]></description><styleUrl>#icon</styleUrl><Point><coordinates>\n 41.63,41.65,0\n</coordinates></Point></Placemark>\
    <Placemark><name>Istanbul</name><Point><coordinates>28.97,41.01</coordinates></Point></Placemark>\
    <Placemark><name>The bay</name><Polygon><outerBoundaryIs><LinearRing><coordinates>1,2 3,4 5,6 1,2</coordinates></LinearRing></outerBoundaryIs></Polygon></Placemark>\
    <Placemark><name>Nowhere</name><Point><coordinates>x,y</coordinates></Point></Placemark></Folder>\
    <Folder><name>Course</name><Placemark><name>First</name><description>by sea</description><LineString><coordinates>41.63,41.65 35,42 28.97,41.01</coordinates></LineString></Placemark>\
    <Placemark><name>Second</name><LineString><coordinates>28.971,41.011 26.4,40.1</coordinates></LineString></Placemark></Folder>\
    </Document></kml>";

const GPX: &str = "<?xml version=\"1.0\"?><gpx version=\"1.1\" creator=\"SECRET phone\" xmlns=\"http://www.topografix.com/GPX/1/1\"><metadata><author><name>SECRET</name></author></metadata>\
    <wpt lat=\"46.05\" lon=\"14.5\"><name>Ljubljana</name><desc>The start.</desc></wpt>\
    <trk><name>To the sea</name><type>rail</type><trkseg><trkpt lat=\"46.0501\" lon=\"14.5\"><time>2023-10-13T08:00:00Z</time></trkpt>\
    <trkpt lat=\"45.8\" lon=\"14.2\"><time>2023-10-13T09:00:00.123Z</time></trkpt><trkpt lat=\"45.55\" lon=\"13.73\"><time>2023-10-13T10:30:00Z</time></trkpt></trkseg></trk></gpx>";

const GEOJSON: &str = r#"{"type":"FeatureCollection","features":[
  {"type":"Feature","properties":{"name":"Koper","description":"A port."},"geometry":{"type":"Point","coordinates":[13.73,45.55]}},
  {"type":"Feature","properties":{"name":"Back","mode":"road"},"geometry":{"type":"LineString","coordinates":[[13.73,45.55],[14.2,45.8],[14.5,46.05]]}},
  {"type":"Feature","properties":{},"geometry":{"type":"Point","coordinates":[1,2]}},
  {"type":"Feature","properties":{"name":"Far"},"geometry":{"type":"LineString","coordinates":[[0,0],[1,95]]}}]}"#;

fn import(folder: &TempDir, arguments: &[&str]) -> Ran {
    run(folder.path(), &[&["import"], arguments].concat())
}

fn write(folder: &TempDir, path: &str, content: impl AsRef<[u8]>) {
    std::fs::write(folder.path().join(path), content).unwrap();
}

/// The one file of a route's course.
fn courses(folder: &TempDir) -> Vec<String> {
    let files = std::fs::read_dir(folder.path().join("content/routes")).unwrap();
    let mut names: Vec<String> = files.map(|file| file.unwrap().file_name().into_string().unwrap()).collect();
    names.retain(|name| name.ends_with(".geojson"));
    names.sort();
    names
}

#[test]
fn a_map_becomes_places_and_a_route_whose_lines_are_its_legs() {
    let folder = dossier(&[SETTINGS, ("map.xml", KML)]);
    let ran = import(&folder, &["map.xml", "--write"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(ran.out.starts_with("map.xml: a KML map\n"), "{}", ran.out);
    assert_eq!(
        read(&folder, "content/places/batumi.md"),
        "---\ntitle: Batumi\ncoordinates: [41.65, 41.63]\n---\n\nA **port**.\n"
    );
    let route = read(&folder, "content/routes/course.md");
    assert!(route.starts_with("---\ntitle: Course\nlegs:\n  - {from: batumi, to: istanbul, mode: sea, certainty: inferred, path: course-"), "{route}");
    assert!(
        route.contains("  - {from: istanbul, to: second-end, mode: road, certainty: inferred, path: course-"),
        "{route}"
    );
    assert_eq!(courses(&folder).len(), 2);
    assert!(read(&folder, "content/places/second-end.md").contains("\ncoordinates: [40.1, 26.4]\n"));
    for line in [
        "“areas (1)”: a dossier has no place for these\n",
        "“colours and icons (1)”",
        "item 4: “Nowhere”: its point is no `longitude,latitude`\n",
        "item 6: “Second, end”: no place is near this end of the line, so one is made; give it its name\n",
        "item 6: “Second”: how it was travelled is not said: by road until you say otherwise\n",
    ] {
        assert!(ran.out.contains(line), "{line}\n{}", ran.out);
    }
    assert_eq!(run(folder.path(), &["check", "-q"]).code, 0);
    let again = import(&folder, &["map.xml", "--write"]);
    assert_eq!(again.err, "there is nothing new to write\n", "{}", again.out);

    // The line changes there, and so do the leg and its course.
    write(&folder, "map.xml", KML.replace("35,42", "34,42.5"));
    let ran = import(&folder, &["map.xml", "--write"]);
    assert!(ran.out.contains("“Course”: legs"), "{}", ran.out);
    assert_eq!(courses(&folder).len(), 3);
    let newest: Vec<String> = courses(&folder)
        .into_iter()
        .filter(|name| read(&folder, &format!("content/routes/{name}")).contains("[34.0,42.5]"))
        .collect();
    assert!(read(&folder, "content/routes/course.md").contains(&newest[0]));
}

#[test]
fn a_packed_map_is_the_same_map() {
    let kmz = packed(&[("files/icon.png", b"x"), ("doc.kml", KML.as_bytes())]);
    let folder = dossier(&[SETTINGS]);
    write(&folder, "map.zip", kmz);
    assert_eq!(import(&folder, &["map.zip", "--write"]).code, 0);
    assert!(folder.path().join("content/routes/course.md").exists());
    let only_link = "<kml><Document><NetworkLink><name>Live</name><Link><href>https://x.example/</href></Link></NetworkLink></Document></kml>";
    write(&folder, "live.kmz", packed(&[("doc.kml", only_link.as_bytes())]));
    let ran = import(&folder, &["live.kmz"]);
    assert!(
        ran.out.contains("“Live”: it is a map on the web that the file only links to"),
        "{}{}",
        ran.out,
        ran.err
    );
}

#[test]
fn a_track_from_a_phone_gives_its_times_and_nothing_of_the_phone() {
    let folder = dossier(&[SETTINGS, ("track.gpx", GPX), ("map.geojson", GEOJSON)]);
    let ran = import(&folder, &["map.geojson", "--write"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    for line in [
        "item 3: “a point”: it has no name\n",
        "item 4: “Far”: it has a point at longitude 1 and latitude 95\n",
    ] {
        assert!(ran.out.contains(line), "{line}\n{}", ran.out);
    }
    let ran = import(&folder, &["track.gpx", "--write"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    let route = read(&folder, "content/routes/to-the-sea.md");
    // Its end is a place that the dossier has.
    assert!(
        route.contains(
            "{from: ljubljana, to: koper, mode: rail, departed: 2023-10-13T08:00:00Z, arrived: 2023-10-13T10:30:00Z, path: to-the-sea-"
        ),
        "{route}"
    );
    assert!(
        read(&folder, "content/routes/back.md").contains("to: back-end, mode: road, certainty: inferred")
    );
    for name in courses(&folder) {
        let course = read(&folder, &format!("content/routes/{name}"));
        assert!(!course.contains("SECRET") && course.contains("MultiLineString"), "{course}");
    }
    assert_eq!(run(folder.path(), &["check", "-q"]).code, 0);
}

#[test]
fn maps_that_are_broken_or_made_to_do_harm_are_refused() {
    let many = format!("{{\"type\":\"FeatureCollection\",\"features\":[{}null]}}", "{\"type\":\"Feature\",\"properties\":{\"name\":\"a\"},\"geometry\":{\"type\":\"Point\",\"coordinates\":[1,2]}},".repeat(50_001));
    let deep = format!("<kml>{}{}</kml>", "<Folder>".repeat(5_000), "</Folder>".repeat(5_000));
    let entities = "<!DOCTYPE kml [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;\">]><kml><Placemark><name>&b;</name></Placemark></kml>";
    let folder = dossier(&[
        SETTINGS,
        ("cut.kml", &KML[..900]),
        ("cut.gpx", &GPX[..400]),
        ("cut.geojson", &GEOJSON[..200]),
        ("many.geojson", &many),
        ("deep.kml", &deep),
        ("bomb.kml", entities),
        ("empty.gpx", "<gpx/>"),
    ]);
    write(&folder, "empty.kmz", packed(&[("x.kml.txt", b"x")]));
    for (name, words) in [
        ("cut.kml", "it is cut off or damaged"),
        ("cut.gpx", "it is cut off or damaged"),
        ("cut.geojson", "it is cut off or damaged"),
        ("many.geojson", "more than 50000 things"),
        ("deep.kml", "nested deeper than maps are"),
        ("bomb.kml", "it is cut off or damaged"),
        ("empty.gpx", "there is no point and no line in it"),
        ("empty.kmz", "there is no map in it"),
    ] {
        import(&folder, &[name, "--write"]).refuses(words);
    }
    assert!(!folder.path().join("content").exists() && !folder.path().join("import.lock").exists());
}
