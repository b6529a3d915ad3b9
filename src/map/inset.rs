//! Insets: finds legs too short for the overview, and room to show them larger.

use super::frame::Frame;
use super::labels::Placer;
use super::lines::Drawn;
use super::{Size, Spec};
use crate::geo::clip::Rect;

/// Legs shorter than this fraction of the picture's width are shown larger.
const SHORT: f64 = 0.045;

/// The legs in an inset, and their area.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Group {
    /// The indices of the legs.
    pub legs: Vec<usize>,
    /// Their area in the overview.
    pub rect: Option<Rect>,
}

/// The maximum number of insets per map.
const MOST: usize = 2;

/// The legs that need an inset, grouped with their neighbours.
pub(crate) fn groups(spec: &Spec, frame: &Frame, drawn: &[Drawn]) -> Vec<Group> {
    let short = |at: usize| {
        let leg = &spec.legs[at];
        drawn[at].length < SHORT * frame.size[0] && leg.line.km > 1.0
    };
    let mut groups: Vec<Group> = Vec::new();
    if !spec.insets || spec.legs.len() < 2 {
        return groups;
    }
    for at in (0..spec.legs.len()).filter(|at| short(*at)) {
        let rect = drawn[at].parts.iter().flatten().fold(None, |rect: Option<Rect>, &p| {
            Some(rect.map_or(Rect { low: p, high: p }, |r| Rect {
                low: [r.low[0].min(p[0]), r.low[1].min(p[1])],
                high: [r.high[0].max(p[0]), r.high[1].max(p[1])],
            }))
        });
        let Some(rect) = rect else { continue };
        let near = groups
            .iter_mut()
            .find(|group| group.rect.is_some_and(|other| other.grown(8.0).meets(&rect.grown(4.0))));
        match near {
            Some(group) => {
                group.legs.push(at);
                group.rect = group.rect.map(|r| Rect {
                    low: [r.low[0].min(rect.low[0]), r.low[1].min(rect.low[1])],
                    high: [r.high[0].max(rect.high[0]), r.high[1].max(rect.high[1])],
                });
            }
            None => groups.push(Group { legs: vec![at], rect: Some(rect) }),
        }
    }
    groups.truncate(MOST);
    groups
}

/// The position of an inset of that size: the free one at the picture's edge that is nearest to the area it
/// shows.
pub(crate) fn corner(frame: &Frame, size: [f64; 2], of: &Rect, placer: &Placer) -> Option<Rect> {
    const GAP: f64 = 12.0;
    let [width, height] = frame.size;
    let (left, right) = (GAP, width - GAP - size[0]);
    let (top, bottom) = (GAP, height - GAP - size[1]);
    let middle = (width - size[0]) / 2.0;
    let corners =
        [(right, top), (right, bottom), (left, top), (left, bottom), (middle, bottom), (middle, top)];
    let rect = |(x, y): (f64, f64)| Rect { low: [x, y], high: [x + size[0], y + size[1]] };
    let centre = |rect: &Rect| [0, 1].map(|axis| (rect.low[axis] + rect.high[axis]) / 2.0);
    let away = |rect: &Rect| libm::hypot(centre(rect)[0] - centre(of)[0], centre(rect)[1] - centre(of)[1]);
    let free = corners
        .into_iter()
        .map(rect)
        .filter(|rect| placer.is_free(rect) && placer.busy(&rect.grown(6.0)) == 0);
    free.min_by(|a, b| away(a).total_cmp(&away(b)))
}

/// The size of an inset in a map of that size.
pub(crate) fn size(of: &Size, frame: &Frame) -> [f64; 2] {
    match of.class {
        "narrow" => [of.width, libm::round(of.width * 0.62)],
        _ => {
            let width = libm::round(of.width * 0.3);
            [width, libm::round((width * 0.74).min(frame.size[1] * 0.41))]
        }
    }
}
