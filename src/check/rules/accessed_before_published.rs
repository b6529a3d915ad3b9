//! Reports sources that were read before they were published.

use crate::base::diagnostic::{Code, Diagnostic, Severity};
use crate::check::{Context, Rule};
use crate::kinds::Source;

pub(crate) static RULE: Rule = Rule {
    code: Code {
        name: "accessed-before-published",
        level: Severity::Error,
        docs: "\
A source whose `accessed` date is before its `published` date. Nobody can read what is not yet
published, so one of the dates is wrong; or the page was changed later, and you read an earlier
version than the one named.

```yaml
published: 2023-11-02
accessed: 2023-10-30     # wrong
```

How to fix: correct one of the dates. If the page was updated, give the publication date of the
version that you read.",
    },
    check,
};

fn check(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    for (_, entity, source) in context.graph.all::<Source>() {
        let (Some(accessed), Some(published)) = (&source.accessed, &source.published) else { continue };
        if accessed.is_certainly_before(published.value) {
            diagnostics.push(
                RULE.code
                    .found(format!("the source `{}` was read before it was published", entity.id))
                    .at(entity.path(), accessed.span, "read on this day")
                    .at(entity.path(), published.span, "published on this one")
                    .help("correct one of the dates"),
            );
        }
    }
}
