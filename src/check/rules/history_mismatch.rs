//! Reports histories that do not end with the status of their claim.

use crate::base::diagnostic::{Code, Diagnostic, Severity};
use crate::check::{Context, Rule};
use crate::kinds::Claim;

pub(crate) static RULE: Rule = Rule {
    code: Code {
        name: "history-mismatch",
        level: Severity::Error,
        docs: "\
A claim whose `history` does not end with its `status`, or whose entries are not in the order of
their dates. The history shows readers how the claim came by its status, and `dossier build --as-of`
relies on it.

```yaml
status: denied
history:
  - {date: 2023-10-13, status: reported}     # and then?
```

How to fix: add the entry for the current status, or correct the status; put the entries in order.",
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
        if last.status.value != status.value && entity.has_read("history") {
            diagnostics.push(
                RULE.code
                    .found(format!("the history of `{}` does not end with its status", entity.id))
                    .at(entity.path(), status.span, format!("is `{}`", status.word()))
                    .at(entity.path(), last.status.span, format!("was last `{}`", last.status.word()))
                    .help(format!(
                        "add an entry that says when it became `{}`, or correct the status",
                        status.word()
                    )),
            );
        }
    }
}
