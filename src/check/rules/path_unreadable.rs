//! Reports files that legs name as their paths and that hold no line.

use crate::base::diagnostic::{Code, Diagnostic, Severity};
use crate::check::{Context, Rule};
use crate::kinds::{LegPath, Route};

/// See its docs.
pub static RULE: Rule = Rule {
    code: Code {
        name: "path-unreadable",
        level: Severity::Error,
        docs: "A file that a leg names as its `path` and that cannot be used: it is not the GeoJSON, GPX or KML that its
name says, or there is no line in it. Without it the map would show a course that nobody gave.

```yaml
legs:
  - {from: najin, to: dunay, mode: sea, path: course.geojson}
```

The file lies beside the route's own. Of GeoJSON a `LineString` or `MultiLineString` is used, alone or in a
feature; of GPX the track, or else the route; of KML the `LineString`s. Where there are several, they are
one line, one after another.

The cure: export the line again from the program that drew it, as one of these formats, with at least two
points. Or write the points in the leg itself: `path: [[42.3, 130.6], [42.6, 131.4]]`, each as latitude and
longitude.",
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
