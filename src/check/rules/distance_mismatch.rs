//! Reports stated distances and durations that do not match the coordinates or the calendar.

use crate::base::diagnostic::{Code, Diagnostic, Severity};
use crate::check::{Context, Rule};
use crate::evidence::consistency::{Mismatch, mismatch};
use crate::kinds::Claim;

pub(crate) static RULE: Rule = Rule {
    code: Code {
        name: "distance-mismatch",
        level: Severity::Warning,
        docs: "\
A figure `between` two places that is not close to their distance, or between two events that is not
close to the time between them. The distance is that of the shortest line on the WGS 84 ellipsoid
between their `coordinates`. Because places are treated as points, the tolerance is ten per cent
plus five kilometres; for a time it is ten per cent plus one day.

Nothing is reported if a place has no coordinates, as is usual for a country, or if a date is
approximate.

```yaml
quantities:
  - {value: 680, comparator: about, unit: km, between: [najin, dunay]}   # they are 180 km apart
```

How to fix: correct the figure, the coordinates or the places. If the source really says so, keep
the figure, say in the text that it does not fit, and set this rule to `note`. A distance along a
road or a railway is longer than the straight line: leave `between` out, and say in `of` what was
measured.",
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
                    .help("correct the figure, or what it is between; for a length along a road or railway, leave out `between`"),
            );
        }
    }
}
