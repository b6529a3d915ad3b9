//! Reports the files of legs' paths that do not contain a line.

use crate::base::diagnostic::{Code, Diagnostic, Severity};
use crate::check::{Context, Rule};
use crate::kinds::{LegPath, Route};

pub(crate) static RULE: Rule = Rule {
    code: Code {
        name: "path-unreadable",
        level: Severity::Error,
        docs: "\
A file that a leg names as its `path` and that cannot be used: it is not the GeoJSON, GPX or KML
that its name says, or it does not contain a line. Without it the map would show a line that nobody
gave.

```yaml
legs:
  - {from: najin, to: dunay, mode: sea, path: course.geojson}
```

The file must be beside the route's own. From GeoJSON the program uses a `LineString` or
`MultiLineString`, alone or in a feature; from GPX the track, or otherwise the route; from KML the
`LineString`s. Several lines are joined in their order.

How to fix: export the line again from the program that drew it, in one of these formats, with at
least two points. Or write the points in the leg itself: `path: [[42.3, 130.6], [42.6, 131.4]]`,
each as latitude and longitude.",
    },
    check,
};

fn check(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    for (_, entity, route) in context.graph.all::<Route>() {
        for leg in &route.legs {
            let Some(LegPath::File(name)) = &leg.path else { continue };
            let Some(why) = context.courses.trouble(context.graph, entity, leg) else { continue };
            diagnostics.push(
                RULE.code
                    .found(format!("the path `{}` cannot be used: {why}", name.value))
                    .at(entity.path(), name.span, "")
                    .help("export the line again as GeoJSON, GPX or KML, or write its points as `path: [[lat, lon], …]`"),
            );
        }
    }
}
