//! Reports articles without a date of publication.

use crate::base::diagnostic::{Code, Diagnostic, Severity};
use crate::check::{Context, Rule};
use crate::kinds::Article;

pub(crate) static RULE: Rule = Rule {
    code: Code {
        name: "article-without-date",
        level: Severity::Warning,
        docs: "\
An article without `published`. Readers cannot tell how old it is; search engines and feeds cannot
either, and `dossier build --as-of` shows it on every day.

```yaml
published: 2023-11-09
```

How to fix: add the day on which it was first published, or is to be: until that day it is left out.
`date` names the day without waiting for it.",
    },
    check,
};

fn check(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    for (_, entity, _) in context.graph.all::<Article>() {
        // A guide has no day.
        let is_document = entity.original().input.is_document();
        let has_read = entity.has_read("published") && entity.has_read("date");
        if entity.date().is_none() && has_read && !is_document && !entity.common().draft {
            diagnostics.push(
                RULE.code
                    .found(format!("the article `{}` has no date", entity.id))
                    .at(entity.path(), entity.head_span(), "when was it published?")
                    .help("add `published:` with the day on which it was first published"),
            );
        }
    }
}
