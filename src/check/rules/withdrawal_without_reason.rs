//! Reports what was withdrawn without a reason.

use crate::base::diagnostic::{Code, Diagnostic, Severity};
use crate::base::span::Span;
use crate::check::{Context, Rule};
use crate::kinds::Claim;
use crate::kinds::words::Status;
use crate::link::Entity;

pub(crate) static RULE: Rule = Rule {
    code: Code {
        name: "withdrawal-without-reason",
        level: Severity::Error,
        docs: "\
A `withdrawn` page, or a claim with that `status`, without a reason. Indonesia's press council
requires that a withdrawal be announced together with its reason (Guidelines for Cyber Media
Reporting, 2012, section 5), and a reader who finds a page gone will otherwise supply one.

```yaml
withdrawn: {date: 2024-02-01, why: the witness asked for protection}
```

```yaml
status: withdrawn
history:
  - {date: 2023-11-05, status: withdrawn, why: the ministry took its figure back}
```

How to fix: add the reason: `why` in `withdrawn`, or in the entry of `history` that says when the
claim was withdrawn.",
    },
    check,
};

fn check(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    for entity in &context.graph.entities {
        let withdrawal = entity
            .common()
            .withdrawn
            .as_ref()
            .filter(|withdrawal| withdrawal.why.is_none() && entity.has_read("withdrawn"));
        if let Some(withdrawal) = withdrawal {
            diagnostics.push(found(entity, withdrawal.date.span, "add `why` to it"));
        }
        let Some(claim) = entity.as_kind::<Claim>() else { continue };
        let Some(status) = claim.status.as_ref().filter(|status| status.value == Status::Withdrawn) else {
            continue;
        };
        let explained = |entry: &crate::kinds::HistoryEntry| {
            entry.status.value == Status::Withdrawn && entry.why.is_some()
        };
        let explains = claim.history.iter().any(explained)
            || entity.common().withdrawn.as_ref().is_some_and(|withdrawal| withdrawal.why.is_some())
            || !(entity.has_read("history") && entity.has_read("withdrawn"));
        if !explains {
            diagnostics.push(found(
                entity,
                status.span,
                "add an entry with the reason to `history`: `{date: …, status: withdrawn, why: …}`",
            ));
        }
    }
}

fn found(entity: &Entity, span: Span, help: &str) -> Diagnostic {
    RULE.code
        .found(format!("`{}` was withdrawn without a reason", entity.id))
        .at(entity.path(), span, "withdrawn")
        .help(help)
}
