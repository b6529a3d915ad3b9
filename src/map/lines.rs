//! Draws legs as lines with arrows in the direction of travel.

use super::Leg;
use super::frame::Frame;
use super::path::PathWriter;
use crate::geo::{LonLat, clip};

/// The distance between two arrows, in pixels.
const BETWEEN: f64 = 230.0;

/// The length of the shortest line with an arrow, in pixels.
const SHORTEST: f64 = 34.0;

/// The length of an arrow, and half its width.
const ARROW: [f64; 2] = [9.5, 5.0];

/// A leg in a picture.
pub(crate) struct Drawn {
    /// The visible parts of the line.
    pub parts: Vec<Vec<[f64; 2]>>,
    /// The line as a path, without its gaps.
    pub d: String,
    /// The gaps of the line as a path.
    pub gaps: String,
    /// The arrows, each as a path.
    pub arrows: Vec<String>,
    /// The length in pixels.
    pub length: f64,
}

/// Draws a leg.
pub(crate) fn drawn(frame: &Frame, leg: &Leg) -> Drawn {
    let edge = frame.rect().grown(12.0);
    let visible = |stretches: Vec<&[LonLat]>| -> Vec<Vec<[f64; 2]>> {
        let lines = stretches.into_iter().flat_map(|stretch| frame.line(stretch));
        let inside = lines.flat_map(|line| clip::line(&line, &edge));
        inside.map(|part| clip::simplified(&part, 0.15)).collect()
    };
    let path = |parts: &[Vec<[f64; 2]>]| {
        let mut path = PathWriter::default();
        parts.iter().for_each(|part| path.line(part));
        path.d
    };
    let [mut parts, gaps] = leg.line.stretches().map(visible);
    if let Some(arc) = leg.is_schematic().then(|| arc(frame, leg)).flatten() {
        parts = vec![arc];
    }
    let (d, gaps_d) = (path(&parts), path(&gaps));
    parts.extend(gaps);
    let lengths: Vec<f64> = parts.iter().map(|part| length(part)).collect();
    let mut arrows = Vec::new();
    for (part, &length) in parts.iter().zip(&lengths).filter(|(_, length)| **length >= SHORTEST) {
        let count = libm::floor(length / BETWEEN).max(1.0);
        for number in 0..count as usize {
            let middle = length * (number as f64 + 0.5) / count;
            let (tail, tip) = (along(part, middle - ARROW[0] / 2.0), along(part, middle + ARROW[0] / 2.0));
            let d = [tip[0] - tail[0], tip[1] - tail[1]];
            let size = libm::hypot(d[0], d[1]).max(1e-6);
            let side = [-d[1] / size * ARROW[1], d[0] / size * ARROW[1]];
            let notch = [tail[0] + d[0] * 0.28, tail[1] + d[1] * 0.28];
            let mut arrow = PathWriter::default();
            arrow.ring(&[
                tip,
                [tail[0] + side[0], tail[1] + side[1]],
                notch,
                [tail[0] - side[0], tail[1] - side[1]],
            ]);
            arrows.push(arrow.d);
        }
    }
    Drawn { parts, d, gaps: gaps_d, arrows, length: lengths.iter().sum() }
}

/// How far an arc rises above the line between its ends, as a part of its length, in the order of preference; negative
/// to the other side.
const RISE: [f64; 6] = [0.16, -0.16, 0.08, -0.08, 0.04, -0.04];

/// The most that it rises, in pixels, and the number of its pieces.
const MOST_RISE: f64 = 110.0;
const PIECES: usize = 24;

/// A schematic arc between the ends of a leg. It rises to the left of the direction of travel, so that there and back
/// are two lines. `None` where the map is cut between them, or an end is beyond its edge.
fn arc(frame: &Frame, leg: &Leg) -> Option<Vec<[f64; 2]>> {
    let (Some(&first), Some(&last)) = (leg.line.points.first(), leg.line.points.last()) else { return None };
    if frame.line(&leg.line.points).len() > 1 {
        return None;
    }
    let (from, to) = (frame.place(first), frame.place(last));
    let inside = frame.rect().grown(-8.0);
    let d = [to[0] - from[0], to[1] - from[1]];
    let length = libm::hypot(d[0], d[1]);
    if length < 1.0 || !inside.holds(from) || !inside.holds(to) {
        return None;
    }
    let curve = |rise: f64| -> Vec<[f64; 2]> {
        // The control point of a parabola is twice as high as its top.
        let rise = 2.0 * (rise * length).clamp(-MOST_RISE, MOST_RISE) / length;
        let top = [from[0] + d[0] / 2.0 + d[1] * rise, from[1] + d[1] / 2.0 - d[0] * rise];
        let at = |piece: usize| {
            let t = piece as f64 / PIECES as f64;
            let [a, b, c] = [(1.0 - t) * (1.0 - t), 2.0 * t * (1.0 - t), t * t];
            [0, 1].map(|axis| a * from[axis] + b * top[axis] + c * to[axis])
        };
        (0..=PIECES).map(at).collect()
    };
    RISE.into_iter().map(curve).find(|curve| curve.iter().all(|point| inside.holds(*point)))
}

fn length(line: &[[f64; 2]]) -> f64 {
    line.windows(2).map(|pair| libm::hypot(pair[1][0] - pair[0][0], pair[1][1] - pair[0][1])).sum()
}

/// The point at a distance along a line.
fn along(line: &[[f64; 2]], mut way: f64) -> [f64; 2] {
    for pair in line.windows(2) {
        let step = libm::hypot(pair[1][0] - pair[0][0], pair[1][1] - pair[0][1]);
        if way <= step && step > 0.0 {
            let t = (way / step).max(0.0);
            return [pair[0][0] + (pair[1][0] - pair[0][0]) * t, pair[0][1] + (pair[1][1] - pair[0][1]) * t];
        }
        way -= step;
    }
    line.last().copied().unwrap_or_default()
}

/// Points along the lines, at regular distances in pixels.
pub(crate) fn sampled(parts: &[Vec<[f64; 2]>], every: f64) -> Vec<[f64; 2]> {
    let mut points = Vec::new();
    for pair in parts.iter().flat_map(|part| part.windows(2)) {
        let steps =
            libm::ceil(libm::hypot(pair[1][0] - pair[0][0], pair[1][1] - pair[0][1]) / every).max(1.0);
        points.extend((0..steps as usize).map(|step| {
            let t = step as f64 / steps;
            [pair[0][0] + (pair[1][0] - pair[0][0]) * t, pair[0][1] + (pair[1][1] - pair[0][1]) * t]
        }));
    }
    points
}
