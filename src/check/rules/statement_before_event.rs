//! Reports claims made before the event that they are about.

use crate::base::diagnostic::{Code, Diagnostic, Severity};
use crate::check::{Context, Rule};
use crate::kinds::{Claim, KindId, Role};
use crate::link::{Entity, Target};

pub(crate) static RULE: Rule = Rule {
    code: Code {
        name: "statement-before-event",
        level: Severity::Error,
        docs: "\
A claim that was made (`date`) before the event that it is `about`, or before the time of what it
asserts (`when`). Nobody can report what has not happened, so one of the dates is wrong, or the
reference is to the wrong event.

The rule reports only what is impossible: a date known to the month may mean any day of it, and
approximate (`~`) or uncertain (`?`) dates are not compared.

```yaml
date: 2023-10-13
when: 2023-11        # wrong: on October 13, nobody knew
```

How to fix: correct the date. A prediction gives its `likelihood`, and is then not reported; a claim
about the plan for an event is `about` those who plan it.",
    },
    check,
};

fn check(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let graph = context.graph;
    for (ix, entity, claim) in graph.all::<Claim>() {
        let Some(date) = entity.common().date.as_ref().filter(|_| claim.likelihood.is_none()) else {
            continue;
        };
        let found = |message: String| {
            RULE.code.found(message).at(entity.path(), date.span, format!("was made on {}", date.value))
        };
        let help = "correct one of the dates, or give a prediction a `likelihood`";
        if let Some(when) = claim.when.as_ref().filter(|when| date.is_certainly_before(when.value)) {
            let message = format!("the claim `{}` was made before what it asserts had happened", entity.id);
            diagnostics.push(found(message).at(entity.path(), when.span, "is about this time").help(help));
        }
        for reference in graph.outgoing(ix).iter().filter(|reference| reference.role == Role::About) {
            let Target::Entity(to, _) = &reference.target else { continue };
            let event: &Entity = graph.entity(*to);
            let held = event.date().filter(|_| event.kind == KindId::Event);
            if let Some(held) = held.filter(|held| date.is_certainly_before(held.value)) {
                let message = format!("the claim `{}` was made before the event `{}`", entity.id, event.id);
                diagnostics.push(
                    found(message)
                        .at(entity.path(), reference.span, "is about this event")
                        .at(event.path(), held.span, format!("which was on {}", held.value))
                        .help(help),
                );
            }
        }
    }
}
