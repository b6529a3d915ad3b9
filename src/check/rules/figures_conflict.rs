//! Reports figures that cannot both be true though no claim says so.

use crate::base::diagnostic::{Code, Diagnostic, Severity};
use crate::check::{Context, Rule};
use crate::evidence::divergence::unacknowledged;
use crate::link::EntityIx;

/// See its docs.
pub static RULE: Rule = Rule {
    code: Code {
        name: "figures-conflict",
        level: Severity::Warning,
        docs: "Two claims that give one thing figures which cannot both be true, while neither says that there is a conflict:
none of them is `disputed`, `refuted` or `withdrawn`, and no claim contradicts, denies or replaces one of them.

Two figures are of one thing when they have the same unit, the same `of` and the same `between`, and their
claims are about the same event, or else route, place or actor. \"About\" allows a tenth more or less; \"more
than\" has no upper end. Units of length, mass and time are converted. Claims whose `when` lies apart tell of
different times.

```yaml
# claims/company.md
quantities: [{value: 40, comparator: more-than, unit: crates, of: rice}]
# claims/union.md
quantities: [{value: 30, unit: crates, of: rice}]
```

The cure: let one claim `contradicts` the other, and set `status: disputed`. If both can be true, say so in the
figures: give them another `of`, or the comparator that was meant.",
    },
    check,
};

fn check(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let graph = context.graph;
    // The figures have no spans of their own, so the status stands for the claim, or its title does.
    let place = |ix: EntityIx| {
        let entity = graph.entity(ix);
        let status = entity.as_kind::<crate::kinds::Claim>().and_then(|claim| claim.status.as_ref());
        status.map_or_else(|| entity.head_span(), |status| status.span)
    };
    for divergence in &context.evidence.divergences {
        for (one, other) in unacknowledged(graph, divergence) {
            let (a, b) = (graph.entity(one.claim), graph.entity(other.claim));
            diagnostics.push(
                RULE.code
                    .found(format!("the figures of `{}` and `{}` cannot both be true, and neither says so", a.id, b.id))
                    .at(a.path(), place(one.claim), "does not say that there is a conflict")
                    .at(b.path(), place(other.claim), "nor does this")
                    .help("let one `contradicts` the other and set `status: disputed`; if both can be true, tell the figures apart with `of` or `comparator`"),
            );
        }
    }
}
