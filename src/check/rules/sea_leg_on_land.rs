//! Reports legs by sea that cross land.

use rayon::prelude::*;

use crate::base::diagnostic::{Code, Diagnostic, Edit, Fix, Severity};
use crate::base::path::InputPath;
use crate::base::span::Span;
use crate::check::{Context, Rule};
use crate::course::{Lines, position};
use crate::geo::{Course, beside, seaway};
use crate::kinds::words::Mode;
use crate::kinds::{Leg, LegPath, Route};
use crate::link::{Entity, Graph};

/// The longest stretch of land that is tolerated, in km: the resolution of the base map's coast.
const TOLERANCE_KM: f64 = 12.0;

/// The distance from a port within which land is tolerated, in km.
const PORT_KM: f64 = 25.0;

/// The length of all paths that are checked: half a second of processor time.
const MOST_KM: f64 = 2_000_000.0;

/// The number of legs for which the way by water is offered: to find one takes a millisecond, and nobody goes
/// through more.
const MOST_OFFERED: usize = 100;

pub(crate) static RULE: Rule = Rule {
    code: Code {
        name: "sea-leg-on-land",
        level: Severity::Warning,
        docs: "\
A leg by sea whose line on the map crosses land: its `path` does, or it has no `path` and no route
by water was found, because one of its ends is more than 40 km from the sea. A stretch counts if it
is longer than 12 km and away from the ends; canals do not count.

A leg by sea without a `path` follows a route by water that the program calculates; the map says
that it is calculated and not reported. So this warning means a mistake in the points of a path,
latitude and longitude in the wrong order, or a wrong `mode`.

```yaml
legs:
  - from: najin
    to: dunay
    mode: sea
    path: [[43.5, 130.9]]      # on land
```

How to fix: correct the points, use the route by water that the report offers, or leave `path` out.
If an end is far inland, add a leg by rail, road or river for the way between there and the ship.",
    },
    check,
};

fn check(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let routes: Vec<_> = context.graph.all::<Route>().collect();
    let by_sea = |route: &Route| route.legs.iter().any(|leg| leg.mode == Mode::Sea);
    let by_sea = routes.into_par_iter().filter(|(.., route)| by_sea(route));
    let by_sea: Vec<_> =
        by_sea.map(|(ix, entity, route)| (entity, route, context.courses.lines(context.graph, ix))).collect();
    let mut km = 0.0;
    let checked = by_sea.iter().take_while(|(.., lines)| {
        let given = lines.iter().flatten().filter(|line| line.course == Course::Given);
        km += given.map(|line| line.km).sum::<f64>();
        km < MOST_KM
    });
    let checked = checked.count();
    let found = by_sea[..checked].par_iter().flat_map_iter(|(entity, route, lines)| {
        let found = check_route(entity, route, lines);
        found.into_iter().map(move |(diagnostic, leg)| (diagnostic, entity.path(), leg))
    });
    let mut found: Vec<_> = found.collect();
    let mut left = MOST_OFFERED;
    for (.., leg) in &mut found {
        match leg {
            Some(_) if left > 0 => left -= 1,
            _ => *leg = None,
        }
    }
    let with_offer = |(diagnostic, path, leg): (Diagnostic, &InputPath, Option<(&Leg, Span)>)| match leg {
        Some((leg, span)) => by_water(diagnostic, context.graph, leg, path, span),
        None => diagnostic,
    };
    diagnostics.extend(found.into_par_iter().map(with_offer).collect::<Vec<_>>());
    for (entity, route, _) in &by_sea[checked..] {
        let first = route.legs.iter().find(|leg| leg.mode == Mode::Sea);
        let Some(leg) = first else { continue };
        let message = "it is not checked whether this route crosses land: the paths up to here are longer than 2,000,000 km";
        let found = RULE.code.found(message).at(entity.path(), leg.to.span, "this leg is by sea");
        diagnostics.push(
            found.help(
                "correct the coordinates of the paths: they are as long as fifty times around the Earth",
            ),
        );
    }
}

/// Offers the calculated route by water as a replacement for the given points. Only a person can say which of
/// the two is right.
fn by_water(found: Diagnostic, graph: &Graph, leg: &Leg, path: &InputPath, span: Span) -> Diagnostic {
    let ends = position(graph, &leg.from.id).zip(position(graph, &leg.to.id));
    let is_clear = |way: &Vec<[f64; 2]>| {
        seaway::longest_over_land(way, PORT_KM).is_none_or(|(km, _)| km <= TOLERANCE_KM)
    };
    let way = ends.and_then(|(from, to)| seaway::seaway(from, to)).filter(is_clear);
    let Some(way) = way else { return found };
    let between = way.get(1..way.len().saturating_sub(1)).unwrap_or_default();
    let point = |[lon, lat]: &[f64; 2]| format!("[{lat:.2}, {:.2}]", beside(*lon, 0.0));
    let points: Vec<String> = between.iter().map(point).collect();
    let edit = Edit { path: path.clone(), span, replacement: format!("[{}]", points.join(", ")) };
    found.choice(Fix::new("follow the water", vec![edit]))
}

/// The findings of a route. A leg whose points may be replaced comes with their span.
fn check_route<'a>(
    entity: &Entity,
    route: &'a Route,
    lines: &Lines,
) -> Vec<(Diagnostic, Option<(&'a Leg, Span)>)> {
    let mut diagnostics = Vec::new();
    for (leg, line) in route.legs.iter().zip(&**lines).filter(|(leg, _)| leg.mode == Mode::Sea) {
        let Some(line) = line else { continue };
        let (from, to) = (&leg.from.id, &leg.to.id);
        let mut given = None;
        let found = match line.course {
                Course::NoSeaway => RULE
                    .code
                    .found(format!("no route by water was found from `{from}` to `{to}`"))
                    .at(entity.path(), leg.to.span, "this leg is by sea")
                    .help("correct the coordinates of the place that is far from the sea, or add the leg that leads to the coast"),
                Course::Given => {
                    let land = seaway::longest_over_land(&line.points, PORT_KM);
                    let Some((km, [lon, lat])) = land.filter(|(km, _)| *km > TOLERANCE_KM) else { continue };
                    let span = match &leg.path {
                        Some(LegPath::File(name)) => name.span,
                        Some(LegPath::Points(points)) => points.span,
                        None => leg.to.span,
                    };
                    given = matches!(leg.path, Some(LegPath::Points(_))).then_some((leg, span));
                    RULE.code
                        .found(format!("the path from `{from}` to `{to}` crosses {km:.0} km of land, from about [{lat:.2}, {lon:.2}]"))
                        .at(entity.path(), span, "this leg is by sea")
                        .help("correct the path, or leave it out to get a calculated route by water")
                }
                Course::Seaway | Course::Shortest => continue,
            };
        diagnostics.push((found, given));
    }
    diagnostics
}
