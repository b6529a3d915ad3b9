//! Reports claims that cite nothing.

use crate::base::diagnostic::{Code, Diagnostic, Severity};
use crate::check::{Context, Rule};
use crate::kinds::Claim;

pub(crate) static RULE: Rule = Rule {
    code: Code {
        name: "claim-without-source",
        level: Severity::Error,
        docs: "\
A claim that names no source. Readers cannot see where it was read, and have to take the dossier's
word for it.

```yaml
sources:
  - kbs-2023-10-13
  - {source: kyodo-2023-10-14, locator: \"¶ 4\"}
```

How to fix: name the source. A locator (a paragraph, a page, a time) is optional; it saves readers
the search.",
    },
    check,
};

fn check(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    for (_, entity, _) in context.graph.all::<Claim>() {
        if entity.common().sources.is_empty() && entity.has_read("sources") {
            let message = format!("the claim `{}` names no source", entity.id);
            diagnostics.push(
                RULE.code
                    .found(message)
                    .at(entity.path(), entity.head_span(), "where was this read?")
                    .help("add `sources:` with the id of a source"),
            );
        }
    }
}
