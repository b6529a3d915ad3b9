//! Reports claims that were made before what they tell of had happened.

use crate::base::diagnostic::{Code, Diagnostic, Severity};
use crate::check::{Context, Rule};
use crate::kinds::{Claim, KindId, Role};
use crate::link::{Entity, Target};

/// See its docs.
pub static RULE: Rule = Rule {
    code: Code {
        name: "statement-before-event",
        level: Severity::Error,
        docs: "A claim that was made (`date`) before the event that it is `about`, or before the time that it
tells of (`when`). Nobody can report what has not happened, so one of the dates is wrong, or the reference leads
to the wrong event.

Only what cannot be is reported: a date known to the month may mean any day of it, and one that is approximate
(`~`) or uncertain (`?`) is not held against anything.

```yaml
date: 2023-10-13
when: 2023-11        # wrong: on October 13, nobody knew
```

The cure: mend the date. A claim that looks ahead says how likely it holds what is to come, with `likelihood`,
and is not reported; a claim about the plan for an event is `about` those who plan it.",
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
        let help = "mend one of the dates, or give a claim that looks ahead a `likelihood`";
        if let Some(when) = claim.when.as_ref().filter(|when| date.is_certainly_before(when.value)) {
            let message = format!("the claim `{}` was made before what it tells of", entity.id);
            diagnostics.push(found(message).at(entity.path(), when.span, "tells of this time").help(help));
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
