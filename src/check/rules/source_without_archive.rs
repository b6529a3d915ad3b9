//! Reports sources on the web without an archived copy.

use crate::base::diagnostic::{Code, Diagnostic, Severity};
use crate::check::{Context, Rule};
use crate::kinds::Source;

pub(crate) static RULE: Rule = Rule {
    code: Code {
        name: "source-without-archive",
        level: Severity::Warning,
        docs: "\
A source with a `url` and no `archive`. Pages on the web move, change and vanish, and a claim whose
source is gone can no longer be checked.

```yaml
url: https://www.whitehouse.gov/briefing-room/…
archive: https://web.archive.org/web/20231013190000/https://www.whitehouse.gov/briefing-room/…
accessed: 2023-10-13
```

How to fix: save the page at https://web.archive.org/save or https://archive.today, and give the
address of the copy.",
    },
    check,
};

fn check(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    for (_, entity, source) in context.graph.all::<Source>() {
        let (Some(url), None) = (&source.url, &source.archive) else { continue };
        if !entity.has_read("archive") {
            continue;
        }
        diagnostics.push(
            RULE.code
                .found(format!("the source `{}` has no archived copy", entity.id))
                .at(entity.path(), url.span, "may move or vanish")
                .help("save the page at https://web.archive.org/save, and add `archive:` with the copy's address"),
        );
    }
}
