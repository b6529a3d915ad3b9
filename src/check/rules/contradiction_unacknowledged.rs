//! Reports contradictions that neither claim's status acknowledges.

use std::collections::BTreeSet;

use crate::base::diagnostic::{Code, Diagnostic, Severity};
use crate::base::span::Span;
use crate::check::{Context, Rule};
use crate::kinds::{Claim, Role};
use crate::link::{Entity, EntityIx, Target};

pub(crate) static RULE: Rule = Rule {
    code: Code {
        name: "contradiction-unacknowledged",
        level: Severity::Error,
        docs: "\
One claim `contradicts` another, so they cannot both be true, but neither has a status that says so.
Readers who see only one of the two pages would not learn that the claim is in doubt.

```yaml
# claims/left-on-september-1.md
contradicts: [left-on-september-7]
status: reported          # remove it, or write `contradicted`
```

How to fix: remove `status`, and `contradicted` follows; or set the status of at least one of them to
`contradicted`, `refuted` or `withdrawn`. If both
can be true, remove `contradicts`: a claim that says the same more exactly `narrows` the other, and
one that rejects it `denies` it.",
    },
    check,
};

fn check(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let graph = context.graph;
    let mut seen: BTreeSet<(EntityIx, EntityIx)> = BTreeSet::new();
    for reference in graph.references().filter(|reference| reference.role == Role::Contradicts) {
        let (from, Target::Entity(to, _)) = (reference.from, &reference.target) else { continue };
        let pair = (from.min(*to), from.max(*to));
        let (one, other) = (graph.entity(from), graph.entity(*to));
        if one.admits_conflict() || other.admits_conflict() || !seen.insert(pair) {
            continue;
        }
        let message = match from == *to {
            true => format!("`{}` contradicts itself", one.id),
            false => {
                format!("`{}` contradicts `{}`, and neither has a status that says so", one.id, other.id)
            }
        };
        let diagnostic = RULE.code.found(message).at(one.path(), reference.span, "cannot be true if this is");
        diagnostics.push(match from == *to {
            true => diagnostic.help("write the id of another claim"),
            false => diagnostic
                .at(one.path(), status_span(one), "does not say so")
                .at(other.path(), status_span(other), "nor does this")
                .help("set `status: contradicted` for both, or remove it: it follows"),
        });
    }
}

/// Where the claim's status is written, or should be.
fn status_span(entity: &Entity) -> Span {
    let status = entity.as_kind::<Claim>().and_then(Claim::written_status);
    status.map_or_else(|| entity.head_span(), |status| status.span)
}
