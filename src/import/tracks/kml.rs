//! KML 2.2, as Google's My Maps and Earth write it, and we ourselves.

use std::collections::BTreeMap;

use roxmltree::Node;

use super::{Chart, Feature, Layer, Shape};
use crate::base::{number, xml};
use crate::geo::LonLat;
use crate::geo::track::{self, Track};
use crate::ide::Refusal;
use crate::import::brought::{At, Remark};
use crate::import::html;

pub(super) fn read(text: &str) -> Result<Chart, Refusal> {
    let document = xml::parse(text)
        .map_err(|(why, _)| Refusal(format!("it is cut off or damaged ({why}); get it again")))?;
    let mut chart = Chart::default();
    let mut folders: BTreeMap<Option<usize>, usize> = BTreeMap::new();
    for (number, placemark) in named(document.root(), "Placemark").enumerate() {
        let folder = placemark.ancestors().skip(1).find(|node| matches!(node.tag_name().name(), "Folder"));
        let layer = *folders.entry(folder.map(|folder| folder.id().get_usize())).or_insert_with(|| {
            let name = folder.or_else(|| named(document.root(), "Document").next());
            let name = name.and_then(|folder| words(folder, "name")).unwrap_or_default();
            chart.layers.push(Layer { name, features: Vec::new() });
            chart.layers.len() - 1
        });
        let at = At { item: Some(number + 1), ..At::default() };
        add(&mut chart, layer, placemark, at);
    }
    for (tag, what) in [
        ("Style", "colours and icons"),
        ("GroundOverlay", "pictures over the ground"),
        ("PhotoOverlay", "pictures over the ground"),
        ("ExtendedData", "tables of further values"),
    ] {
        for _ in named(document.root(), tag) {
            chart.leave_out(what);
        }
    }
    for link in named(document.root(), "NetworkLink") {
        let name = words(link, "name").unwrap_or_default();
        let why =
            "it is a map on the web that the file only links to; download it as KML without that option";
        chart.remarks.push(Remark::left_out(name, why, &At::default()));
    }
    Ok(chart)
}

fn add(chart: &mut Chart, layer: usize, placemark: Node<'_, '_>, at: At) {
    let description = words(placemark, "description").unwrap_or_default();
    let feature = Feature {
        name: words(placemark, "name")
            .unwrap_or_default()
            .split_whitespace()
            .collect::<Vec<&str>>()
            .join(" "),
        text: html::markdown(&description),
        about: description,
        shape: Shape::Line(Track::default()),
        at,
    };
    if named(placemark, "Polygon").next().is_some() {
        chart.leave_out("areas");
    }
    let has_line = named(placemark, "LineString").chain(named(placemark, "Track")).next().is_some();
    if has_line {
        chart.add_line(layer, track::of_kml(placemark), feature);
    } else if let Some(place) = named(placemark, "Point").next() {
        match point(place) {
            Some(point) => {
                chart.layers[layer].features.push(Feature { shape: Shape::Point(point), ..feature });
            }
            None => {
                let why = "its point is no `longitude,latitude`";
                chart.remarks.push(Remark::left_out(feature.name, why, &feature.at));
            }
        }
    } else if named(placemark, "Polygon").next().is_none() {
        let why = "it has no point and no line";
        chart.remarks.push(Remark::left_out(feature.name, why, &feature.at));
    }
}

fn point(node: Node<'_, '_>) -> Option<LonLat> {
    let tuple = named(node, "coordinates").next()?.text()?;
    let mut numbers = tuple.trim().split(',').map(|part| number::parse(part.trim()));
    let (lon, lat) = (numbers.next()??, numbers.next()??);
    (lon.abs() <= 180.0 && lat.abs() <= 90.0).then_some([lon, lat])
}

/// The words of a child of this name.
fn words(node: Node<'_, '_>, name: &str) -> Option<String> {
    let child = node.children().find(|child| child.tag_name().name() == name)?;
    let words: String =
        child.descendants().filter_map(|node| node.text().filter(|_| node.is_text())).collect();
    Some(words.trim().to_owned()).filter(|words| !words.is_empty())
}

fn named<'a, 'i>(node: Node<'a, 'i>, name: &'static str) -> impl Iterator<Item = Node<'a, 'i>> {
    node.descendants().filter(move |node| node.is_element() && node.tag_name().name() == name)
}
