//! Places labels: no two overlap, none leaves the picture, few cover a line.

use crate::geo::clip::Rect;

/// The distance of labels from the picture's sides.
const MARGIN: f64 = 4.0;

/// The side of a cell in the map of busy areas.
const CELL: f64 = 8.0;

/// Directions from a dot in the order of preference for a label: right and left, up and down, and the cost of
/// each.
const DIRECTIONS: [(f64, f64, f64); 8] = [
    (1.0, 0.0, 0.0),
    (1.0, -1.0, 1.0),
    (1.0, 1.0, 1.2),
    (-1.0, 0.0, 2.0),
    (-1.0, -1.0, 2.6),
    (-1.0, 1.0, 2.8),
    (0.0, -1.0, 2.2),
    (0.0, 1.0, 2.4),
];

/// Extra distances of a label from its dot, and their cost.
const FARTHER: [(f64, f64); 4] = [(0.0, 0.0), (14.0, 7.0), (30.0, 11.0), (52.0, 16.0)];

/// The cost of covering a busy cell.
const BUSY: f64 = 1.5;

/// The side of its dot on which a label is.
#[derive(Copy, Clone, Debug, Eq, PartialEq)]
pub(crate) enum Side {
    Right,
    Left,
    /// Above or below.
    Over,
}

/// The position of a label.
#[derive(Copy, Clone, Debug, PartialEq)]
pub(crate) struct Placed {
    /// The label's rectangle.
    pub rect: Rect,
    pub side: Side,
    /// Whether it is so far from its dot that a line should connect them.
    pub is_far: bool,
}

/// Finds positions, and remembers the occupied areas.
pub(crate) struct Placer {
    frame: Rect,
    taken: Vec<Rect>,
    busy: Vec<u8>,
    cols: usize,
}

impl Placer {
    /// Without occupied areas.
    pub(crate) fn new(frame: Rect) -> Placer {
        let cells = [0, 1].map(|axis| libm::ceil(frame.high[axis] / CELL) as usize + 1);
        Placer { frame, taken: Vec::new(), busy: vec![0; cells[0] * cells[1]], cols: cells[0] }
    }

    /// Marks an area as occupied.
    pub(crate) fn take(&mut self, rect: Rect) {
        self.taken.push(rect);
    }

    /// Marks an area as busy: labels are placed there only if there is no better position.
    pub(crate) fn avoid(&mut self, points: &[[f64; 2]]) {
        for &point in points.iter().filter(|point| self.frame.holds(**point)) {
            let cell = self.cell(point);
            self.busy[cell] = self.busy[cell].saturating_add(1);
        }
    }

    fn cell(&self, point: [f64; 2]) -> usize {
        (libm::floor(point[1] / CELL) as usize) * self.cols + libm::floor(point[0] / CELL) as usize
    }

    /// How many busy cells a rectangle covers.
    pub(crate) fn busy(&self, rect: &Rect) -> usize {
        let cell = |v: f64| libm::floor(v.max(0.0) / CELL) as usize;
        let rows = cell(rect.low[1])..=cell(rect.high[1]);
        let row = |row: usize| {
            let cells = (cell(rect.low[0])..=cell(rect.high[0])).map(move |col| row * self.cols + col);
            cells.filter(|&at| self.busy.get(at).is_some_and(|&busy| busy > 0)).count()
        };
        rows.map(row).sum()
    }

    /// Whether a rectangle is in the picture and covers nothing occupied.
    pub(crate) fn is_free(&self, rect: &Rect) -> bool {
        let inside = self.frame.grown(-MARGIN);
        inside.holds(rect.low) && inside.holds(rect.high) && !self.taken.iter().any(|taken| taken.meets(rect))
    }

    /// Whether a line from a dot to its label crosses nothing occupied.
    fn is_sightline(&self, dot: [f64; 2], radius: f64, name: &Rect) -> bool {
        let end = [0, 1].map(|axis| dot[axis].clamp(name.low[axis], name.high[axis]));
        let d = [end[0] - dot[0], end[1] - dot[1]];
        let way = libm::hypot(d[0], d[1]).max(1e-6);
        let steps = libm::ceil(way / 3.0) as usize;
        (0..=steps).map(|step| way * step as f64 / steps.max(1) as f64).filter(|at| *at > radius + 2.5).all(
            |at| {
                let point = [dot[0] + d[0] * at / way, dot[1] + d[1] * at / way];
                !self.taken.iter().any(|taken| taken.holds(point))
            },
        )
    }

    /// Occupies the best position for a label of that size at a dot of that radius; `None` if there is no
    /// room.
    pub(crate) fn place(&mut self, dot: [f64; 2], radius: f64, size: [f64; 2]) -> Option<Placed> {
        let mut best: Option<(f64, Placed)> = None;
        for (farther, price) in FARTHER {
            if best.as_ref().is_some_and(|(cost, _)| *cost <= price) {
                break;
            }
            for (right, down, cost) in DIRECTIONS {
                let (rect, side) = towards([right, down], dot, radius + 4.0 + farther, size);
                let total = cost + price + BUSY * self.busy(&rect) as f64;
                if best.as_ref().is_some_and(|(least, _)| *least <= total) || !self.is_free(&rect) {
                    continue;
                }
                if farther > 0.0 && !self.is_sightline(dot, radius, &rect) {
                    continue;
                }
                best = Some((total, Placed { rect, side, is_far: farther > 0.0 }));
            }
        }
        let (_, placed) = best?;
        self.take(placed.rect);
        Some(placed)
    }

    /// Occupies a position next to a dot for a label that may be missing: it covers no line.
    pub(crate) fn beside(&mut self, dot: [f64; 2], radius: f64, size: [f64; 2]) -> Option<Placed> {
        let found = DIRECTIONS
            .into_iter()
            .map(|(right, down, _)| towards([right, down], dot, radius + 2.5, size))
            .find(|(rect, _)| self.is_free(rect) && self.busy(rect) == 0);
        let (rect, side) = found?;
        self.take(rect);
        Some(Placed { rect, side, is_far: false })
    }
}

/// The rectangle of a label at a distance from a dot, in one of the [`DIRECTIONS`].
fn towards([right, down]: [f64; 2], dot: [f64; 2], reach: f64, size: [f64; 2]) -> (Rect, Side) {
    let slant = if right != 0.0 && down != 0.0 { 0.72 } else { 1.0 };
    let (x, side) = match right {
        r if r > 0.0 => (dot[0] + reach * slant, Side::Right),
        r if r < 0.0 => (dot[0] - reach * slant - size[0], Side::Left),
        _ => (dot[0] - size[0] / 2.0, Side::Over),
    };
    let y = match (right != 0.0, down) {
        (_, 0.0) => dot[1] - size[1] / 2.0,
        (true, d) => dot[1] + d * reach * slant - size[1] * if d < 0.0 { 0.75 } else { 0.25 },
        (false, d) => dot[1] + d * reach - if d < 0.0 { size[1] } else { 0.0 },
    };
    (Rect { low: [x, y], high: [x + size[0], y + size[1]] }, side)
}

/// The width of a text in ems, estimated generously: typefaces differ, and too much space is better than too
/// little. The widest that browsers fall back on, DejaVu Sans in bold, is a tenth wider than others.
pub fn width(text: &str) -> f64 {
    text.chars().map(advance).sum::<f64>() * 1.13
}

fn advance(c: char) -> f64 {
    match c {
        // Combining marks and signs of direction, which have no width.
        '\u{300}'..='\u{36f}' | '\u{483}'..='\u{489}' | '\u{591}'..='\u{5c7}' | '\u{610}'..='\u{61a}' => 0.0,
        '\u{64b}'..='\u{65f}'
        | '\u{e31}'
        | '\u{e34}'..='\u{e3a}'
        | '\u{e47}'..='\u{e4e}'
        | '\u{200b}'..='\u{200f}'
        | '\u{202a}'..='\u{202e}'
        | '\u{2066}'..='\u{2069}' => 0.0,
        ' ' | '\u{a0}' => 0.28,
        'i' | 'j' | 'l' | 'I' | '.' | ',' | ':' | ';' | '\'' | '|' | '!' => 0.31,
        'f' | 't' | 'r' | '-' | '(' | ')' => 0.42,
        'm' | 'w' | 'M' | 'W' | '@' => 0.92,
        'A'..='Z' => 0.7,
        '\0'..='~' => 0.6,
        // Ideographs, kana, hangul and their full-width forms.
        '\u{1100}'..='\u{115f}'
        | '\u{2e80}'..='\u{a4cf}'
        | '\u{ac00}'..='\u{d7a3}'
        | '\u{f900}'..='\u{faff}' => 1.02,
        '\u{fe30}'..='\u{fe6f}'
        | '\u{ff00}'..='\u{ff60}'
        | '\u{1f000}'..='\u{1ffff}'
        | '\u{20000}'..='\u{3fffd}' => 1.02,
        _ => 0.68,
    }
}
