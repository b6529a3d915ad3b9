//! Reports denials that are older than the claim that they deny.

use crate::base::diagnostic::{Code, Diagnostic, Severity};
use crate::check::{Context, Rule};
use crate::kinds::{Claim, Role};
use crate::link::Target;

pub(crate) static RULE: Rule = Rule {
    code: Code {
        name: "denial-before-claim",
        level: Severity::Error,
        docs: "\
A claim that `denies` another one which was made only later. A denial answers what had been alleged
by then. An older one, however sweeping, answers something else; to show it as a reply would put
words into somebody's mouth.

The rule reports only what is impossible: a date known to the month may mean any day of it, and
approximate (`~`) or uncertain (`?`) dates are not compared.

```yaml
# claims/nothing-was-sent.md
date: 2022-11-08
denies: [more-than-1000-containers]   # wrong: that was said in October 2023
```

How to fix: correct one of the dates; or remove the reference from `denies`, and say in a note what
the old denial answered.",
    },
    check,
};

fn check(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let graph = context.graph;
    for (ix, entity, _) in graph.all::<Claim>() {
        let Some(date) = &entity.common().date else { continue };
        for reference in graph.outgoing(ix).iter().filter(|reference| reference.role == Role::Denies) {
            let Target::Entity(to, _) = &reference.target else { continue };
            let denied = graph.entity(*to);
            let Some(later) =
                denied.common().date.as_ref().filter(|later| date.is_certainly_before(later.value))
            else {
                continue;
            };
            diagnostics.push(
                RULE.code
                    .found(format!("`{}` cannot deny `{}`, which was made later", entity.id, denied.id))
                    .at(entity.path(), reference.span, "is said to be denied")
                    .at(entity.path(), date.span, format!("by what was said on {}", date.value))
                    .at(denied.path(), later.span, format!("though it was made on {}", later.value))
                    .help("correct one of the dates, or remove it from `denies`"),
            );
        }
    }
}
