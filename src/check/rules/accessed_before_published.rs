//! Reports sources that were read before they were published.

use crate::base::diagnostic::{Code, Diagnostic, Severity};
use crate::check::{Context, Rule};
use crate::kinds::Source;

/// See its docs.
pub static RULE: Rule = Rule {
    code: Code {
        name: "accessed-before-published",
        level: Severity::Error,
        docs: "A source whose `accessed` date lies before its `published` date. What is not yet published cannot be read,
so one of the dates is wrong; or the page was changed later, and what was read is another version than the one named.

```yaml
published: 2023-11-02
accessed: 2023-10-30     # wrong
```

The cure: mend one of the dates. Where a page was updated, give the date of the version that you read.",
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
                    .help("mend one of the dates"),
            );
        }
    }
}
