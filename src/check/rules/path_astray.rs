//! Reports paths of legs that lead elsewhere than the leg.

use crate::base::diagnostic::{Code, Diagnostic, Edit, Fix, Severity};
use crate::check::{Context, Rule};
use crate::course::position;
use crate::geo::track::Track;
use crate::geo::{Line, LonLat, distance};
use crate::kinds::words::Mode;
use crate::kinds::{Leg, LegPath, Route};

/// How far a recorded path may be from a stop, in km, and as a share of the distance between the stops.
const END_KM: f64 = 50.0;
const END_SHARE: f64 = 0.2;

/// How much longer a path may be than the way between its ends: this many times, and this many km.
const DETOUR: f64 = 4.0;
const DETOUR_KM: f64 = 200.0;

pub(crate) static RULE: Rule = Rule {
    code: Code {
        name: "path-astray",
        level: Severity::Warning,
        docs: "\
A leg's `path` that does not lead from its start to its end: a file whose line starts or ends far
from the two places, or a line that is many times longer than the way between them. Mostly it is the
path of another leg, latitude and longitude are in the wrong order, or one point is far off.

```yaml
legs:
  - {from: ljubljana, to: koper, mode: road, path: boston.gpx}
  - {from: koper, to: ljubljana, mode: road, path: [[14.2, 45.8]]}     # longitude first
```

Far is more than 50 km and more than a fifth of the distance between the places. Many times is more
than four times that distance and at least 200 km more; a leg by sea is compared with the shortest
route by water. The length of a round trip, from a place to itself, is not compared.

How to fix: name the right file, correct the order of the numbers (in `path`, latitude comes first;
in GeoJSON and KML, longitude), or delete the points that are wrong. If a ship or a plane really
went in circles, set this rule to `note`.",
    },
    check,
};

fn check(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    for (_, entity, route) in context.graph.all::<Route>() {
        for leg in &route.legs {
            let (span, is_file) = match &leg.path {
                Some(LegPath::File(name)) => (name.span, true),
                Some(LegPath::Points(points)) => (points.span, false),
                None => continue,
            };
            let ends = position(context.graph, &leg.from.id).zip(position(context.graph, &leg.to.id));
            let (Some((from, to)), Some(path)) = (ends, context.courses.path(context.graph, entity, leg))
            else {
                continue;
            };
            let Some(why) = astray(leg, from, to, &path, is_file) else { continue };
            let (from_id, to_id) = (&leg.from.id, &leg.to.id);
            let found = RULE
                .code
                .found(format!("the path from `{from_id}` to `{to_id}` leads elsewhere"))
                .at(entity.path(), span, why);
            let is_swapped =
                swapped(&path).is_some_and(|path| astray(leg, from, to, &path, is_file).is_none());
            diagnostics.push(match (is_swapped, is_file) {
                (true, true) => found.help("in the file, exchange latitude and longitude of each point"),
                (true, false) => {
                    let edit = Edit { path: entity.path().clone(), span, replacement: written(&path) };
                    let title = "exchange latitude and longitude";
                    Diagnostic {
                        fix: Some(Fix::new(title, vec![edit])),
                        ..found.help("write the latitude first")
                    }
                }
                (false, true) => found.help("name the file with the path of this leg, or correct the file"),
                (false, false) => found.help("correct the points, each as latitude and longitude"),
            });
        }
    }
}

/// Why a path does not lead from one stop to the other, in a phrase.
pub(super) fn astray(leg: &Leg, from: LonLat, to: LonLat, path: &Track, is_file: bool) -> Option<String> {
    let direct = distance(from, to);
    let (first, last) = (path.points().next()?, path.points().next_back()?);
    // The points that an author writes may be few, somewhere between the ends.
    if is_file {
        let is_backward = crate::geo::leg::is_backward(from, to, path);
        let (start, end) = if is_backward { (last, first) } else { (first, last) };
        let far = [(&leg.from.id, distance(from, start), "starts"), (&leg.to.id, distance(end, to), "ends")];
        let (id, km, does) = far.into_iter().max_by(|a, b| a.1.total_cmp(&b.1))?;
        if km > END_KM.max(direct * END_SHARE) {
            return Some(format!("it {does} {km:.0} km from `{id}`"));
        }
    }
    if leg.from.id == leg.to.id {
        return None;
    }
    let length = Line::via(from, to, path).km;
    let is_long = |way: f64| length > way * DETOUR && length > way + DETOUR_KM;
    if !is_long(direct) {
        return None;
    }
    let way = if leg.mode == Mode::Sea { Line::between(from, to, true).km } else { direct };
    is_long(way).then(|| format!("it is {length:.0} km long, and they are {way:.0} km apart"))
}

/// The path with latitudes and longitudes exchanged, if that is one.
fn swapped(path: &Track) -> Option<Track> {
    let parts = path.parts.iter().map(|part| part.iter().map(|[lon, lat]| [*lat, *lon]).collect());
    let track = Track { parts: parts.collect(), times: path.times };
    let is_on_earth = track.points().all(|[_, lat]| lat.abs() <= 90.0);
    is_on_earth.then_some(track)
}

/// The points as front matter has them, with latitudes and longitudes exchanged.
fn written(path: &Track) -> String {
    let points: Vec<String> = path.points().map(|[lon, lat]| format!("[{lon}, {lat}]")).collect();
    format!("[{}]", points.join(", "))
}
