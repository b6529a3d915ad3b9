//! Reports histories that do not lead to the status of their claim.

use crate::base::diagnostic::{Code, Diagnostic, Severity};
use crate::check::{Context, Rule};
use crate::kinds::Claim;

/// See its docs.
pub static RULE: Rule = Rule {
    code: Code {
        name: "history-mismatch",
        level: Severity::Error,
        docs: "A claim whose `history` ends with another status than its `status`, or whose entries are not in the order
of their dates. The history is what readers see of how the claim came to stand where it does, and what
`dossier build --as-of` goes by.

```yaml
status: disputed
history:
  - {date: 2023-10-13, status: reported}     # and then?
```

The cure: add the entry with which the status became what it is, or mend the status; put the entries in order.",
    },
    check,
};

fn check(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    for (_, entity, claim) in context.graph.all::<Claim>() {
        for pair in claim.history.windows(2) {
            let [before, after] = pair else { continue };
            if after.date.is_certainly_before(before.date.value) {
                diagnostics.push(
                    RULE.code
                        .found(format!("the history of `{}` is not in order", entity.id))
                        .at(entity.path(), after.date.span, "earlier")
                        .at(entity.path(), before.date.span, "than the entry before it")
                        .help("put the entries in the order of their dates"),
                );
            }
        }
        let (Some(last), Some(status)) = (claim.history.last(), &claim.status) else { continue };
        if last.status.value != status.value {
            diagnostics.push(
                RULE.code
                    .found(format!("the history of `{}` ends with another status than its own", entity.id))
                    .at(entity.path(), status.span, format!("is `{}`", status.word()))
                    .at(entity.path(), last.status.span, format!("was last `{}`", last.status.word()))
                    .help(format!(
                        "add an entry that says when it became `{}`, or mend the status",
                        status.word()
                    )),
            );
        }
    }
}
