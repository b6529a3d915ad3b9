//! A network of who told whom, in columns from the claims to the sources.

use std::collections::BTreeMap;

use rust_sugiyama::configure::{Config as Layout, RankingType};

use super::diagram::{Drawing, width, wrapped};
use crate::base::bidi::Direction;
use crate::base::markup::escaped;

/// Sizes, in pixels: of a label, between columns (wider where many lines run there), of letters, of a line,
/// and between nodes.
const LABEL: f64 = 202.0;
const COLUMN: f64 = 236.0;
const WIDE_COLUMN: f64 = 330.0;
const LETTERS: f64 = 12.5;
const LINE: f64 = 15.0;
const GAP: f64 = 9.0;

pub(crate) struct Node {
    pub label: String,
    /// The link to its page, relative to the page that contains the drawing.
    pub href: String,
    pub shape: Shape,
}

/// The shape of a node.
#[derive(Copy, Clone, Eq, PartialEq)]
pub(crate) enum Shape {
    Claim,
    Actor,
    Source,
}

impl Shape {
    fn class(self) -> &'static str {
        match self {
            Shape::Claim => "claim",
            Shape::Actor => "relay",
            Shape::Source => "read",
        }
    }
}

/// Draws the network in the direction in which its language is read. `edges` connect nodes by index; `label`
/// describes the drawing to screen readers.
pub(crate) fn network(
    nodes: &[Node],
    edges: &[(u32, u32)],
    is_wide: bool,
    label: &str,
    direction: Direction,
) -> String {
    let labels: Vec<Vec<String>> = nodes.iter().map(|node| wrapped(&node.label, LETTERS, LABEL, 2)).collect();
    let column = if is_wide { WIDE_COLUMN } else { COLUMN };
    let places = places(&labels, edges, column);
    let place = |node: u32| places.get(&(node as usize)).copied();
    let end = places.values().map(|(x, _)| x + LABEL + 24.0).fold(0.0, f64::max);
    let mut drawing = Drawing::new(end, direction);
    for &(from, to) in edges {
        if let (Some((x1, y1)), Some((x2, y2))) = (place(from), place(to)) {
            let end = labels[from as usize].first().map_or(0.0, |line| width(line, LETTERS));
            drawing.curve((x1 + 12.0 + end, y1), (x2 - 7.0, y2));
        }
    }
    for (at, node) in nodes.iter().enumerate() {
        let Some((x, y)) = places.get(&at).copied() else { continue };
        let (href, title, class) = (&node.href, escaped(&node.label), node.shape.class());
        drawing.add(format_args!("<a href=\"{}\"><title>{title}</title>", escaped(href)));
        match node.shape {
            Shape::Source => {
                let (left, top) = (drawing.x(x) - 4.5, y - 4.5);
                drawing.add(format_args!(
                    "<rect class=\"{class}\" x=\"{left:.0}\" y=\"{top:.0}\" width=\"9\" height=\"9\"/>"
                ));
            }
            _ => drawing.dot(class, (x, y), 4.5),
        }
        drawing.text(class, (x + 9.0, y + 4.0), &labels[at]);
        drawing.add(format_args!("</a>"));
        drawing.reach(y + LINE * labels[at].len() as f64 + 6.0);
    }
    drawing.finish("network", &format!("role=\"group\" aria-label=\"{}\"", escaped(label)))
}

/// Computes the position of each node, in layers, so that edges run in one direction and cross as little as
/// possible (Sugiyama's method).
fn places(labels: &[Vec<String>], edges: &[(u32, u32)], column: f64) -> BTreeMap<usize, (f64, f64)> {
    // The library stacks layers vertically and we place them side by side, so we swap width and height.
    let sizes: Vec<(u32, (f64, f64))> =
        labels.iter().zip(0..).map(|(lines, at)| (at, (lines.len().max(1) as f64 * LINE, column))).collect();
    // Put every claim in the first column.
    let layout = Layout { vertex_spacing: GAP, ranking_type: RankingType::Up, ..Layout::default() };
    let mut places = BTreeMap::new();
    let mut below = 0.0;
    for (component, _, _) in rust_sugiyama::from_vertices_and_edges(&sizes, edges, &layout) {
        let least = component.iter().map(|(_, (across, _))| *across).fold(f64::INFINITY, f64::min);
        let mut bottom: f64 = below;
        for (node, (across, along)) in component {
            let number = (along / (column + GAP)).round();
            let y = below + across - least + 14.0;
            bottom = bottom.max(y + LINE * 1.5);
            places.insert(node, (number * column + 8.0, y));
        }
        below = bottom + GAP;
    }
    places
}
