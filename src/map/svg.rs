//! A map as one `svg` element.

use super::frame::{Frame, View};
use super::labels::Placer;
use super::lines::{Drawn, drawn, sampled};
use super::panel::{DOT, Panel};
use super::{Left, Size, Spec, Words, inset};
use crate::base::markup::{escaped, push};
use crate::base::tenths::tenths as n;
use crate::geo::clip::Rect;
use crate::geo::{LonLat, distance};

/// Draws a map in a size, one of several or the only one; with it, what has no room.
pub(crate) fn draw(
    spec: &Spec,
    view: &View,
    words: &Words<'_>,
    size: &Size,
    is_only: bool,
) -> (String, Left) {
    let room = size.room();
    let mut frame = view.fit(size, room);
    let draw = |frame: &Frame| spec.legs.iter().map(|leg| drawn(frame, leg)).collect::<Vec<Drawn>>();
    let mut lines = draw(&frame);
    let mut groups = inset::groups(spec, &frame, &lines);
    if !groups.is_empty() && size.class != "narrow" {
        // An inset needs room beside the route.
        frame = view.fit(&Size { low: (size.width * 0.56).min(size.high), ..*size }, room);
        lines = draw(&frame);
        groups = inset::groups(spec, &frame, &lines);
    }
    let mut placer = Placer::new(frame.rect());
    let stops: Vec<usize> = (0..spec.stops.len()).filter(|at| !view.apart.contains(at)).collect();
    for [x, y] in stops.iter().map(|&at| frame.place(spec.stops[at].at)) {
        placer.take(Rect { low: [x - DOT - 1.0, y - DOT - 1.0], high: [x + DOT + 1.0, y + DOT + 1.0] });
    }
    for line in &lines {
        placer.avoid(&sampled(&line.parts, 6.0));
    }
    // Insets are in the overview's corners if there is room, otherwise below it.
    let mut insets = Vec::new();
    let mut height = frame.size[1];
    for group in &groups {
        let area = inset::size(size, &frame);
        let corner =
            (size.class != "narrow").then(|| inset::corner(&frame, area, &group.rect?, &placer)).flatten();
        let rect = corner.unwrap_or_else(|| {
            let top = height + 10.0;
            height = top + area[1];
            Rect { low: [0.0, top], high: [area[0], top + area[1]] }
        });
        if corner.is_some() {
            placer.take(rect.grown(4.0));
        }
        insets.push((group, rect));
    }
    let mut svg = String::with_capacity(24 << 10);
    let [wide, high] = frame.size;
    let (key, class) = (&spec.key, size.class);
    // Without the style sheet, which chooses, one of them is enough.
    let shown = if ["narrow", "full"].contains(&class) && !is_only { " display=\"none\"" } else { "" };
    push(
        &mut svg,
        format_args!(
            "<svg class=\"map map-{class}\" viewBox=\"0 0 {} {}\" width=\"{}\" height=\"{}\" font-size=\"{}\" direction=\"ltr\"{shown} \
             role=\"group\" aria-labelledby=\"{key}-{class}-t\" aria-describedby=\"{key}-{class}-d\">\
             <title id=\"{key}-{class}-t\">{}</title><desc id=\"{key}-{class}-d\">{}</desc>",
            n(wide),
            n(height),
            n(wide),
            n(height),
            n(size.font),
            escaped(&spec.title),
            escaped(&spec.description),
        ),
    );
    let nested = height > high;
    if nested {
        push(&mut svg, format_args!("<svg width=\"{}\" height=\"{}\">", n(wide), n(high)));
    }
    let hidden: Vec<usize> = groups.iter().flat_map(|group| group.legs.iter().copied()).collect();
    let (mut ties, mut beyond) = (String::new(), String::new());
    for (group, rect) in insets.iter().filter_map(|(group, rect)| Some((group.rect?, rect))) {
        tie(&mut ties, &mut beyond, &group.grown(9.0), rect, nested.then_some(high));
    }
    let mut panel =
        Panel { spec, frame: &frame, words, font: size.font, svg: &mut svg, placer, left: Left::default() };
    panel.draw(&stops, &(0..spec.legs.len()).collect::<Vec<_>>(), &lines, &hidden, &ties, &view.apart);
    let mut left = panel.left;
    if nested {
        svg.push_str("</svg>");
    }
    if !beyond.is_empty() {
        push(
            &mut svg,
            format_args!(
                "<g class=\"tie\" fill=\"none\" stroke=\"currentColor\" aria-hidden=\"true\">{beyond}</g>"
            ),
        );
    }
    for (group, rect) in &insets {
        let without = draw_inset(spec, words, size, &group.legs, rect, &mut svg);
        left.legs.extend(without);
    }
    svg.push_str("</svg>");
    left.legs.sort_unstable();
    (svg, left)
}

/// Draws the frame around an inset's area in the overview, and the lines that connect them. `beyond` gets the part of
/// the lines below the edge of the overview: it is behind the insets, so a line to the second passes the first.
fn tie(svg: &mut String, beyond: &mut String, from: &Rect, to: &Rect, edge: Option<f64>) {
    let [x, y] = from.low;
    let (w, h) = (from.high[0] - x, from.high[1] - y);
    push(
        svg,
        format_args!(
            "<g class=\"tie\" fill=\"none\" stroke=\"currentColor\" aria-hidden=\"true\"><rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\"/>",
            n(x),
            n(y),
            n(w),
            n(h)
        ),
    );
    // From the two corners that face the inset to the same corners of the inset.
    let corners = |r: &Rect| [r.low, [r.high[0], r.low[1]], r.high, [r.low[0], r.high[1]]];
    let middle = |r: &Rect| [(r.low[0] + r.high[0]) / 2.0, (r.low[1] + r.high[1]) / 2.0];
    let (a, b) = (middle(from), middle(to));
    let (dx, dy) = (b[0] - a[0], b[1] - a[1]);
    let pair = match (dx >= 0.0) == (dy >= 0.0) {
        true => [1, 3],
        false => [0, 2],
    };
    for corner in pair {
        let (start, mut end) = (corners(from)[corner], corners(to)[corner]);
        if let Some(edge) = edge.filter(|edge| end[1] > *edge) {
            let t = (edge - start[1]) / (end[1] - start[1]);
            let there = end;
            end = [start[0] + (end[0] - start[0]) * t, edge];
            line(beyond, end, there);
        }
        line(svg, start, end);
    }
    svg.push_str("</g>");
}

fn line(svg: &mut String, from: [f64; 2], to: [f64; 2]) {
    push(svg, format_args!("<path d=\"M{} {}L{} {}\"/>", n(from[0]), n(from[1]), n(to[0]), n(to[1])));
}

/// Draws an inset; returns the legs in it whose notes have no room.
fn draw_inset(
    spec: &Spec,
    words: &Words<'_>,
    size: &Size,
    legs: &[usize],
    rect: &Rect,
    svg: &mut String,
) -> Vec<usize> {
    let area = [rect.high[0] - rect.low[0], rect.high[1] - rect.low[1]];
    let mut stops: Vec<usize> = Vec::new();
    let mut points: Vec<LonLat> = Vec::new();
    for leg in legs.iter().map(|&leg| &spec.legs[leg]) {
        points.extend(&leg.line.points);
        let ends = [leg.line.points.first(), leg.line.points.last()];
        for end in ends.into_iter().flatten() {
            let near = |stop: &super::Stop| distance(stop.at, *end) < 0.5;
            stops.extend(spec.stops.iter().position(near).filter(|stop| !stops.contains(stop)));
        }
    }
    let own = Size { width: area[0], low: area[1], high: area[1], ..*size };
    let frame = View::around(&points).fit(&own, [size.font * 3.2, size.font * 2.4]);
    let mut placer = Placer::new(frame.rect());
    let lines: Vec<Drawn> = legs.iter().map(|&leg| drawn(&frame, &spec.legs[leg])).collect();
    lines.iter().for_each(|line| placer.avoid(&sampled(&line.parts, 6.0)));
    push(
        svg,
        format_args!(
            "<svg class=\"inset\" x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\">",
            n(rect.low[0]),
            n(rect.low[1]),
            n(area[0]),
            n(area[1])
        ),
    );
    let mut panel = Panel { spec, frame: &frame, words, font: size.font, svg, placer, left: Left::default() };
    panel.draw(&stops, legs, &lines, &[], "", &[]);
    let without = panel.left.legs;
    push(
        svg,
        format_args!(
            "<rect class=\"edge\" fill=\"none\" stroke=\"currentColor\" width=\"{}\" height=\"{}\"/></svg>",
            n(area[0]),
            n(area[1])
        ),
    );
    without
}
