//! GPX 1.1, as phones and watches write it: waypoints, tracks, and routes with named stops.

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
    let root = document.root_element();
    let metadata = root.children().find(|node| node.tag_name().name() == "metadata");
    let name = metadata.and_then(|node| words(node, "name")).unwrap_or_default();
    let mut chart = Chart { layers: vec![Layer { name, features: Vec::new() }], ..Chart::default() };
    for (number, node) in root.children().filter(Node::is_element).enumerate() {
        let at = At { item: Some(number + 1), ..At::default() };
        match node.tag_name().name() {
            "wpt" => add_point(&mut chart, node, at),
            "trk" => chart.add_line(0, track::of_gpx(node), feature(node, at)),
            "rte" => add_route(&mut chart, node, at),
            _ => {}
        }
    }
    Ok(chart)
}

fn feature(node: Node<'_, '_>, at: At) -> Feature {
    let description = words(node, "desc").or_else(|| words(node, "cmt")).unwrap_or_default();
    Feature {
        name: words(node, "name").unwrap_or_default(),
        text: html::markdown(&description),
        about: format!("{} {description}", words(node, "type").unwrap_or_default()),
        shape: Shape::Line(Track::default()),
        at,
    }
}

fn add_point(chart: &mut Chart, node: Node<'_, '_>, at: At) {
    let feature = feature(node, at);
    match point(node) {
        Some(point) => chart.layers[0].features.push(Feature { shape: Shape::Point(point), ..feature }),
        None => {
            let why = "it has no `lat` and `lon` that are on the Earth";
            chart.remarks.push(Remark::left_out(feature.name, why, &feature.at));
        }
    }
}

/// A route is planned: its points with names are stops, and between two of them is a leg.
fn add_route(chart: &mut Chart, node: Node<'_, '_>, at: At) {
    let stops: Vec<Node<'_, '_>> = node.children().filter(|node| node.tag_name().name() == "rtept").collect();
    let whole = feature(node, at.clone());
    let mut line: Vec<LonLat> = Vec::new();
    let mut is_first = true;
    for (number, stop) in stops.iter().enumerate() {
        let Some(point) = point(*stop) else {
            let why = "a `rtept` of it has no `lat` and `lon`";
            chart.remarks.push(Remark::left_out(&whole.name, why, &at));
            return;
        };
        line.push(point);
        let has_name = words(*stop, "name").is_some();
        if has_name {
            add_point(chart, *stop, at.clone());
        }
        if line.len() > 1 && (has_name || number + 1 == stops.len()) {
            let part = Feature {
                text: if is_first { whole.text.clone() } else { String::new() },
                ..feature(node, at.clone())
            };
            chart.add_line(0, Ok(Track::of(std::mem::replace(&mut line, vec![point]))), part);
            is_first = false;
        }
    }
}

fn point(node: Node<'_, '_>) -> Option<LonLat> {
    let number = |key: &str| node.attribute(key).and_then(|value| number::parse(value.trim()));
    let (lon, lat) = (number("lon")?, number("lat")?);
    (lon.abs() <= 180.0 && lat.abs() <= 90.0).then_some([lon, lat])
}

/// The words of a child of this name.
fn words(node: Node<'_, '_>, name: &str) -> Option<String> {
    let child = node.children().find(|child| child.tag_name().name() == name)?;
    let words = child.text()?.split_whitespace().collect::<Vec<&str>>().join(" ");
    Some(words).filter(|words| !words.is_empty())
}
