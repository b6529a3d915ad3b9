//! Reports legs by sea that lead over land.

use rayon::prelude::*;

use crate::base::diagnostic::{Code, Diagnostic, Severity};
use crate::check::{Context, Rule};
use crate::geo::{Course, seaway};
use crate::kinds::words::Mode;
use crate::kinds::{LegPath, Route};
use crate::link::{Entity, EntityIx};

/// How much land at a stretch is no mistake, in km: the base map's coast is as coarse as that.
const TOLERANCE_KM: f64 = 12.0;

/// How far around a port land is no mistake, in km.
const PORT_KM: f64 = 25.0;

/// See its docs.
pub static RULE: Rule = Rule {
    code: Code {
        name: "sea-leg-on-land",
        level: Severity::Warning,
        docs: "A leg by sea whose line on the map leads over land: its `path` does, or it has none and no way by water was
found, because one of its ends is more than 40 km from the sea. More than 12 km of land at a stretch count,
away from the ends; canals do not.

A leg by sea without a `path` is drawn along a way by water that the program finds, marked as drawn and not
reported. So this warns of a slip in the points of a path, of latitude and longitude in the wrong order, or
of a `mode` that should be another.

```yaml
legs:
  - from: najin
    to: dunay
    mode: sea
    path: [[43.5, 130.9]]      # on land
```

The cure: mend the points, or leave `path` out. Where an end is far inland, say how the cargo got from there
to the ship: a leg of its own, by rail, road or river.",
    },
    check,
};

fn check(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let routes: Vec<_> = context.graph.all::<Route>().collect();
    let by_sea =
        routes.into_par_iter().filter(|(.., route)| route.legs.iter().any(|leg| leg.mode == Mode::Sea));
    let found = by_sea.map(|(ix, entity, route)| {
        let mut found = Vec::new();
        check_route(context, ix, entity, route, &mut found);
        found
    });
    diagnostics.extend(found.collect::<Vec<_>>().into_iter().flatten());
}

fn check_route(
    context: &Context<'_>,
    ix: EntityIx,
    entity: &Entity,
    route: &Route,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let lines = context.courses.lines(context.graph, ix);
    for (leg, line) in route.legs.iter().zip(&*lines).filter(|(leg, _)| leg.mode == Mode::Sea) {
        let Some(line) = line else { continue };
        let (from, to) = (&leg.from.id, &leg.to.id);
        let found = match line.course {
                Course::NoSeaway => RULE
                    .code
                    .found(format!("no way by water was found from `{from}` to `{to}`"))
                    .at(entity.path(), leg.to.span, "this leg is by sea")
                    .help("correct the coordinates of the place that is far from the sea, or add the leg that leads to the coast"),
                Course::Given => {
                    let land = seaway::longest_over_land(&line.points, PORT_KM);
                    let Some((km, [lon, lat])) = land.filter(|(km, _)| *km > TOLERANCE_KM) else { continue };
                    let span = match &leg.path {
                        Some(LegPath::File(name)) => name.span,
                        _ => leg.to.span,
                    };
                    RULE.code
                        .found(format!("the path from `{from}` to `{to}` leads over {km:.0} km of land, from about [{lat:.2}, {lon:.2}]"))
                        .at(entity.path(), span, "this leg is by sea")
                        .help("mend the path, or leave it out: a way by water is found then")
                }
                Course::Seaway | Course::Shortest => continue,
            };
        diagnostics.push(found);
    }
}
