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
