//! Reports what was meant as Markdown and is text, by a slip of the hand.

use crate::base::diagnostic::{Code, Diagnostic, Severity};
use crate::check::{Context, Rule};
use crate::parse::missed::{Missed, columns};
use crate::parse::prose::Fault;

pub(crate) static RULE: Rule = Rule {
    code: Code {
        name: "missed-markup",
        level: Severity::Warning,
        docs: "\
The text has what looks like a link, a heading or a table, and is none; or a block of code that does not
end. Readers see the marks, or the rest of the text as code.

```md
(The report)[https://example.org/]     is text: the brackets are exchanged
[The report](https://example.org/)     is a link

| What | When |
| --- |                                is text: the second line needs as many columns as the first
```

How to fix: as the message says; `--fix` does it. What is meant as it is can be written as code, between
backticks.",
    },
    check,
};

fn check(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    for (edition, fault, span) in context.faults() {
        let Fault::Missed(missed) = fault else { continue };
        let path = &edition.input.path;
        let text = context.text(edition);
        let written = text.get(span.range()).unwrap_or_default();
        let found = |words: &str| RULE.code.found(words).at(path, span, "");
        diagnostics.push(match missed {
            Missed::Link => {
                let (words, address) = written.split_once(")[").unwrap_or((written, ""));
                let link = format!("[{}]({}", words.trim_start_matches('('), address.replace(']', ")"));
                found("this is no link, because its brackets are exchanged")
                    .help(format!("write `{link}`"))
                    .fix("exchange the brackets", path, span, link)
            }
            Missed::Heading => {
                let marks = written.trim_end_matches(|c| c != '#');
                found("this is no heading, because what follows its marks is not a plain space").fix(
                    "write a plain space",
                    path,
                    span,
                    format!("{marks} "),
                )
            }
            Missed::Table => {
                let above = text[..span.range().start].lines().rev().find(|line| line.contains('|'));
                let count = columns(above.unwrap_or_default().trim_start_matches([' ', '>']));
                let rule = format!("|{}", " --- |".repeat(count));
                found(
                    "this is no table, because its second line has another number of columns than its first",
                )
                .help(format!("write `{rule}`"))
                .fix(format!("give it {count} columns"), path, span, rule)
            }
            Missed::Fence => found("this block of code does not end, so all that follows is code")
                .help("write the same marks on a line of their own where the code ends"),
        });
    }
}
