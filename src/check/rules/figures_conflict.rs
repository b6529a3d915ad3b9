//! Reports figures that cannot both be true, if no claim says so.

use crate::base::diagnostic::{Code, Diagnostic, Severity};
use crate::check::{Context, Rule};
use crate::evidence::divergence::unacknowledged;
use crate::kinds::Role;
use crate::link::{Entity, EntityIx};

pub(crate) static RULE: Rule = Rule {
    code: Code {
        name: "figures-conflict",
        level: Severity::Warning,
        docs: "\
Two claims that give figures for the same thing that cannot both be true, without acknowledging the
conflict: neither has a status such as `contradicted` or `refuted`, neither contradicts, denies, replaces or
restates the other, and no claim replaces one of them. That a third claim denies one of them does not say
that the two are in conflict.

Two figures are for the same thing if they have the same unit, the same `of` and the same `between`,
and their claims are about the same event, or otherwise the same route, place or actor. \"About\"
allows ten per cent either way; \"more than\" has no upper limit. Units of length, mass and time are
converted. Claims whose `when` does not overlap are about different times.

```yaml
# claims/company.md
quantities: [{value: 40, comparator: more-than, unit: crates, of: rice}]
# claims/union.md
quantities: [{value: 30, unit: crates, of: rice}]
```

How to fix: add `contradicts` to one of the claims; or `restates`, if both have it from the same
origin. If both can be true, make the figures say so: give them different values of `of`, or the
comparator that was meant.",
    },
    check,
};

fn check(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let graph = context.graph;
    // Figures have no spans of their own, so the label points at the status, or at the title.
    let place = |ix: EntityIx| {
        let entity = graph.entity(ix);
        let status = entity.as_kind::<crate::kinds::Claim>().and_then(|claim| claim.status.as_ref());
        status.map_or_else(|| entity.head_span(), |status| status.span)
    };
    for divergence in &context.evidence.divergences {
        for (one, other) in unacknowledged(graph, divergence) {
            let (a, b) = (graph.entity(one.claim), graph.entity(other.claim));
            let says_all =
                |claim: &Entity| claim.has_read("status") && claim.has_read(Role::Contradicts.word());
            if !(says_all(a) && says_all(b)) {
                continue;
            }
            diagnostics.push(
                RULE.code
                    .found(format!("the figures of `{}` and `{}` cannot both be true, and neither says so", a.id, b.id))
                    .at(a.path(), place(one.claim), "does not say that there is a conflict")
                    .at(b.path(), place(other.claim), "nor does this")
                    .help("add `contradicts` to one of the claims, or `restates` if both have it from one origin; if both can be true, distinguish the figures with `of` or `comparator`"),
            );
        }
    }
}
