//! Reports paths of legs that cannot be used.

use crate::base::diagnostic::{Code, Diagnostic, Severity};
use crate::check::{Context, Rule};
use crate::kinds::{LegPath, Route};

pub(crate) static RULE: Rule = Rule {
    code: Code {
        name: "path-unreadable",
        level: Severity::Error,
        docs: "\
A file that a leg names as its `path` and that cannot be used: it is not the GeoJSON, GPX or KML
that its name says, it does not contain a line, or the line is longer than 200,000 km (so are points
in the leg itself, if there are too many in a wrong order). Without it the map would show a line
that nobody gave.

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
            let (name, span) = match &leg.path {
                Some(LegPath::File(name)) => (format!("the path `{}`", name.value), name.span),
                Some(LegPath::Points(points)) => ("the path".to_owned(), points.span),
                None => continue,
            };
            let Some(why) = context.courses.trouble(context.graph, entity, leg) else { continue };
            let help = "export the line again as GeoJSON, GPX or KML, or write its points as `path: [[lat, lon], …]`";
            let found = RULE.code.found(format!("{name} cannot be used: {why}"));
            diagnostics.push(found.at(entity.path(), span, "").help(help));
        }
    }
}
