//! Reports stated distances and durations that the map or the calendar does not bear out.

use crate::base::diagnostic::{Code, Diagnostic, Severity};
use crate::check::{Context, Rule};
use crate::evidence::consistency::{Mismatch, mismatch};
use crate::kinds::Claim;

/// See its docs.
pub static RULE: Rule = Rule {
    code: Code {
        name: "distance-mismatch",
        level: Severity::Warning,
        docs: "A figure `between` two places that is not about their distance, or between two events that is not about
the time between them. The distance is that of the shortest line on the WGS 84 ellipsoid between their `coordinates`; a
tenth and five kilometres more or less are allowed, for places are points here. For a time, a tenth and a day are.

Nothing is said where a place has no coordinates, as a country has none, or where a date is approximate.

```yaml
quantities:
  - {value: 680, comparator: about, unit: km, between: [najin, dunay]}   # they are 180 km apart
```

The cure: mend the figure, the coordinates or the places. Where a source really says so, keep the figure and say in the
text that it does not fit; set this rule to `note`. A distance along a road or a railway is longer than the line: leave
`between` out, and say in `of` what was measured.",
    },
    check,
};

fn check(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    for (_, entity, claim) in context.graph.all::<Claim>() {
        for quantity in &claim.quantities {
            let ([from, to], Some(mismatch)) =
                (quantity.between.as_slice(), mismatch(context.graph, quantity))
            else {
                continue;
            };
            let (message, between) = match mismatch {
                Mismatch::Distance(metres) => (
                    format!(
                        "the distance that `{}` states is not that between `{}` and `{}`",
                        entity.id, from.id, to.id
                    ),
                    format!("they are {:.0} km apart in a straight line", metres / 1000.0),
                ),
                Mismatch::Days(low, high) if low == high => (
                    format!(
                        "the time that `{}` states is not that between `{}` and `{}`",
                        entity.id, from.id, to.id
                    ),
                    format!("they are {low} days apart"),
                ),
                Mismatch::Days(low, high) => (
                    format!(
                        "the time that `{}` states is not that between `{}` and `{}`",
                        entity.id, from.id, to.id
                    ),
                    format!("they are {low} to {high} days apart"),
                ),
            };
            diagnostics.push(
                RULE.code
                    .found(message)
                    .at(entity.path(), to.span, between)
                    .at(entity.path(), from.span, "")
                    .help("mend the figure, or what it is between; a length along a road or railway has no `between`"),
            );
        }
    }
}
