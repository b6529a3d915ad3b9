//! Reports what was meant as Markdown and is text, by a slip of the hand.

use crate::base::diagnostic::{Code, Diagnostic, Severity};
use crate::check::{Context, Rule};
use crate::parse::missed::{Missed, columns, meant, rule_for};
use crate::parse::prose::Fault;

pub(crate) static RULE: Rule = Rule {
    code: Code {
        name: "missed-markup",
        level: Severity::Warning,
        docs: "\
The text has what looks like a link, a heading, a list, a table or strong words, and is none, or a heading that
was not meant; or a block of code that does not end. Readers see the marks, or the rest of the text as code.

```md
(The report)[https://example.org/]     is text: the brackets are exchanged
[The report](https://example.org/)     is a link

-one                                   is text: the space is missing
- one                                  is an item of a list

He said so.
---                                    makes a heading of the sentence: the empty line is missing

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
        let fixed = |how: &str, found: Diagnostic| match meant(missed, written) {
            Some(meant) => {
                let shown = meant.trim();
                let found = if shown.contains(char::is_alphanumeric) && !shown.contains('\n') {
                    found.help(format!("write `{shown}`"))
                } else {
                    found
                };
                found.fix(how, path, span, meant)
            }
            None => found,
        };
        diagnostics.push(match missed {
            Missed::Link => fixed(
                "write the brackets of a link",
                found(match written.contains(")[") {
                    true => "this is no link, because its brackets are exchanged",
                    false => "this is no link, because its brackets are not those of one",
                }),
            ),
            Missed::Address => fixed(
                "write the address as it is meant",
                found("this is no address on the web, because its beginning is misspelt"),
            ),
            Missed::WikiLink => fixed(
                "write the words first, and the address in brackets of its own",
                found("this is no link, because words and address are in the same brackets"),
            ),
            Missed::Opening => {
                fixed("write both brackets", found("this is no link, because its first bracket is missing"))
            }
            Missed::Closing => fixed(
                "write the bracket at its end",
                found("this is no link and no picture, because the bracket at its end is missing"),
            ),
            Missed::Label => found("this is no link, because nothing says what its second brackets mean")
                .help("write the address in round brackets: `[words](https://example.org/)`"),
            Missed::Heading if written.starts_with('＃') => {
                fixed("write plain marks", found("this is no heading, because its marks are full-width ones"))
            }
            Missed::Heading if written.starts_with('h') => fixed(
                "write the marks of Markdown",
                found("this is no heading, because its mark is that of Textile"),
            ),
            Missed::Heading => fixed(
                "write a plain space",
                found("this is no heading, because what follows its marks is not a plain space"),
            ),
            Missed::Tag => found("this is no heading, because no space follows its `#`")
                .help("write `## ` before a heading, or `\\#` if the sign belongs to the text"),
            Missed::Underlined => fixed(
                "write an empty line between them",
                found("this line makes a heading of the paragraph right above it"),
            ),
            Missed::Strong => fixed(
                "move the space out of the marks",
                found("this is not bold, because there is a space within its marks"),
            ),
            Missed::Unpaired => {
                let (what, signs) = match written {
                    "*" => ("emphasised", "\\*"),
                    "~~" => ("deleted", "\\~\\~"),
                    _ => ("bold", "\\*\\*"),
                };
                let help =
                    format!("write `{written}` at both ends of what is {what}, or `{signs}` for the signs");
                found("these marks are shown as they are, because there is only one pair of them").help(help)
            }
            Missed::Struck => fixed(
                "write two at both ends",
                found("these words are not struck through, because the marks at their ends differ"),
            ),
            Missed::Items => fixed(
                "write each mark and a space",
                found("this is no list, because its lines do not begin with `- ` or `1. `"),
            ),
            Missed::Rows => fixed(
                "write that line",
                found("this is no table, because the line of hyphens below its first row is missing"),
            ),
            Missed::Table => {
                let above = text[..span.range().start].lines().rev().find(|line| line.contains('|'));
                let above = above.unwrap_or_default().trim_start_matches([' ', '>']);
                let rule = rule_for(above);
                found(
                    "this is no table, because its second line has another number of columns than its first",
                )
                .help(format!("write `{rule}`"))
                .fix(format!("give it {} columns", columns(above)), path, span, rule)
            }
            Missed::Fence => found("this block of code does not end, so all that follows is code")
                .help("write the same marks on a line of their own where the code ends"),
        });
    }
}
