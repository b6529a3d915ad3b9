//! Reports footnotes without a text, without a mention, or with the label of another.

use crate::base::diagnostic::{Code, Diagnostic, Severity};
use crate::check::{Context, Rule};
use crate::parse::prose::Fault;

pub(crate) static RULE: Rule = Rule {
    code: Code {
        name: "footnote-unmatched",
        level: Severity::Warning,
        docs: "\
A footnote without its other half. A mention without a text, `[^1]` with no `[^1]: …`, stands on the page
as it is written. A text without a mention, and a second text for the same label, come after the other
footnotes, because they may be the source of something.

```md
The ship left at night.[^log]            the mention

[^log]: Logbook of the harbour master.   its text
```

How to fix: write the missing half, correct the label, or delete the footnote.",
    },
    check,
};

fn check(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    for (edition, fault, span) in context.faults() {
        let (message, help) = match fault {
            Fault::FootnoteUndefined => {
                ("this footnote has no text", "write it on a line of its own: `[^label]: …`")
            }
            Fault::FootnoteUnused => (
                "nothing mentions this footnote",
                "write its label where it belongs: `[^label]`; or delete it",
            ),
            Fault::FootnoteTwice => ("another footnote has the same label", "give it a label of its own"),
            _ => continue,
        };
        let span = context.first_line(edition, span);
        diagnostics.push(RULE.code.found(message).at(&edition.input.path, span, "").help(help));
    }
}
