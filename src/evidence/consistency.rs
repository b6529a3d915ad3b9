//! Compares figures with what the map and the calendar say.

use super::quantities::{Measure, Range, unit};
use crate::base::date::{Day, Edtf};
use crate::base::point::Point;
use crate::kinds::{Event, Place, Quantity, Ref};
use crate::link::Graph;

/// The tolerated difference from the computed distance, as a fraction of it.
pub(crate) const TOLERANCE: f64 = 0.1;

/// An additional tolerance in metres, because places are treated as points but have a width.
pub(crate) const PLACE_WIDTH: f64 = 5_000.0;

/// How a figure disagrees with the map or the calendar.
#[derive(Copy, Clone, Debug, PartialEq)]
pub(crate) enum Mismatch {
    /// The geodesic distance between the two places, in metres.
    Distance(f64),
    /// The least and the most days between the two events.
    Days(f64, f64),
}

/// The mismatch of a figure stated `between` two places or two events. `None` if it agrees, or if that cannot
/// be determined.
pub(crate) fn mismatch(graph: &Graph, quantity: &Quantity) -> Option<Mismatch> {
    let [from, to] = quantity.between.as_slice() else { return None };
    let (measure, _) = unit(quantity)?;
    let stated = Range::of(quantity);
    match measure {
        Measure::Length => {
            let metres = distance(point(graph, from)?, point(graph, to)?);
            let allowed = metres * TOLERANCE + PLACE_WIDTH;
            let computed =
                Range { low: metres - allowed, high: metres + allowed, above: false, below: false };
            (!stated.meets(computed)).then_some(Mismatch::Distance(metres))
        }
        Measure::Time => {
            let (low, high) = days(event(graph, from)?, event(graph, to)?)?;
            let allowed = high * TOLERANCE + 1.0;
            let computed = Range { low: low - allowed, high: high + allowed, above: false, below: false };
            (!stated.meets(computed)).then_some(Mismatch::Days(low, high))
        }
        Measure::Mass => None,
    }
}

/// The length of the shortest line between two points on the WGS 84 ellipsoid, in metres (Karney 2013).
pub(crate) fn distance(a: Point, b: Point) -> f64 {
    crate::geo::distance([a.lon, a.lat], [b.lon, b.lat]) * 1000.0
}

fn point(graph: &Graph, reference: &Ref) -> Option<Point> {
    graph.entity(graph.by_id(&reference.id)?).as_kind::<Place>()?.point()
}

fn event(graph: &Graph, reference: &Ref) -> Option<Edtf> {
    let entity = graph.entity(graph.by_id(&reference.id)?);
    entity.as_kind::<Event>()?;
    entity.date().map(|date| date.value).filter(|date| date.is_certain())
}

/// The minimum and maximum number of days between two dates, in either order.
pub(crate) fn days(a: Edtf, b: Edtf) -> Option<(f64, f64)> {
    let number = |day: Option<Day>| day.map(|day| f64::from(day.number()));
    let (a, b) = ((number(a.earliest())?, number(a.latest())?), (number(b.earliest())?, number(b.latest())?));
    let (first, second) = if a.0 <= b.0 { (a, b) } else { (b, a) };
    Some(((second.0 - first.1).max(0.0), (second.1 - first.0).max(0.0)))
}
