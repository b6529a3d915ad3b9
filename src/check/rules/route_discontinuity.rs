//! Reports routes with a gap between two legs.

use crate::base::diagnostic::{Code, Diagnostic, Severity};
use crate::check::{Context, Rule};
use crate::kinds::Route;

pub(crate) static RULE: Rule = Rule {
    code: Code {
        name: "route-discontinuity",
        level: Severity::Error,
        docs: "\
A leg of a route that does not start where the previous leg ended. Either a leg is missing, or one
of the two places is wrong, or the legs are not in the order travelled.

```yaml
legs:
  - {from: najin, to: dunay, mode: sea}
  - {from: vladivostok, to: tikhoretsk, mode: rail}     # wrong: it was in Dunay
```

How to fix: add the leg between them. If nobody reported it, mark it as the dossier's own conclusion
with `certainty: inferred`; the map draws it as a dashed line.",
    },
    check,
};

fn check(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let graph = context.graph;
    for (_, entity, route) in graph.all::<Route>().filter(|(_, entity, _)| entity.has_read("legs")) {
        for (at, pair) in route.legs.windows(2).enumerate() {
            let (end, start) = (&pair[0].to, &pair[1].from);
            // Where one of them leads nowhere, `unresolved-reference` says so.
            let (Some(ended), Some(starts)) = (graph.by_id(&end.id), graph.by_id(&start.id)) else {
                continue;
            };
            if ended == starts {
                continue;
            }
            let (ended, starts) = (&graph.entity(ended).id, &graph.entity(starts).id);
            diagnostics.push(
                RULE.code
                    .found(format!(
                        "leg {} starts in `{starts}`, but leg {} ended in `{ended}`",
                        at + 2,
                        at + 1
                    ))
                    .at(entity.path(), start.span, "starts here")
                    .at(entity.path(), end.span, "ended here")
                    .help(format!(
                        "add the leg from `{ended}` to `{starts}`, or correct one of the two places"
                    )),
            );
        }
    }
}
