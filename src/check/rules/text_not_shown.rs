//! Reports words of a text that do not get onto its page.

use crate::base::diagnostic::{Code, Diagnostic, Severity};
use crate::check::{Context, Rule};
use crate::parse::prose::Fault;

pub(crate) static RULE: Rule = Rule {
    code: Code {
        name: "text-not-shown",
        level: Severity::Warning,
        docs: "\
Words that are in a text and not on its page: what a row of a table has beyond its last column, what a
heading has in braces beside its id, what follows the language of a code block, an HTML tag, a link or a
title in the description of a picture, the settings of a callout, a link in the name of an embed, and
`[label]: address` where no link uses the label, or an earlier line has the same one. Markdown drops
them in silence.

```md
| port  | berths |
|-------|--------|
| Najin | 3 | 4  |      the 4 is lost
```

How to fix: add a column to the heading of the table; write a `|` within a cell as `\\|`. Delete an
address that nothing uses, or correct its label. A remark for yourself belongs in a comment: `%%remark%%`.",
    },
    check,
};

fn check(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    // Other programs write options there, so a folder of theirs may have hundreds.
    let infos = context.grouped(Fault::InfoLost, &RULE.code, |count| {
        let blocks =
            if count == 1 { "this block of code".to_owned() } else { format!("{count} blocks of code") };
        format!("of the first line of {blocks}, only the first word is read, as the language")
    });
    diagnostics.extend(infos.map(|found| found.help("delete the rest, or write it above the code")));
    // A transcript may have one for each line.
    let labelled = context.grouped(Fault::LabelledWords, &RULE.code, |count| match count {
        1 => {
            "a line `[label]: word` is the address of a link in Markdown, so it is not on the page".to_owned()
        }
        count => {
            format!("{count} lines `[label]: word` are addresses of links in Markdown, so not on the page")
        }
    });
    diagnostics.extend(
        labelled.map(|found| found.help("if readers are to see it, write a backslash before it: `\\[`")),
    );
    for (edition, fault, span) in context.faults() {
        let (message, help) = match fault {
            Fault::CellsLost => (
                "this is beyond the last column of the table, and not on the page",
                "add a column to the heading of the table, or write `|` within a cell as `\\|`",
            ),
            Fault::AddressUnused => (
                "no link uses this address, and it is not on the page",
                "correct its label, or delete it; a label can have one address",
            ),
            Fault::AttributesLost => (
                "a heading can have an id, `{#id}`, and nothing else in braces",
                "delete it; if readers should see it, write `\\{`",
            ),
            Fault::MarkupInDescription => (
                "the description of a picture is words alone, so this tag, link or title is not on the page",
                "write the words alone, and a link below the picture",
            ),
            Fault::CalloutSettings => (
                "these settings of a callout mean nothing here, so they are not on the page",
                "delete them; words for readers belong behind the bracket, `> [!note] Title`",
            ),
            Fault::LinkInEmbed => (
                "the name in `![[…]]` cannot contain a link, so this is not on the page",
                "write the name alone, and the link beside it",
            ),
            Fault::CalloutName => (
                "this is no known sort of callout, so the word is not on the page",
                "write it in the title, `> [!note] Word: title`",
            ),
            Fault::EmbedInLink => (
                "a picture in double brackets within a link is not shown: its name is the words of the link",
                "write `[![what it shows](picture.jpg)](address)`",
            ),
            Fault::LinkWithoutWords => (
                "this link has no words, so nobody can see or hear it",
                "write what readers are to see: `[the words](address)`, `[[id|the words]]`",
            ),
            Fault::PictureWithoutAddress => (
                "this picture names no file, so nothing is shown",
                "write the file's name in the round brackets, or delete all brackets",
            ),
            Fault::LinkWithoutAddress => (
                "this link has no address, so it leads nowhere",
                "write the address in the round brackets, or delete all brackets",
            ),
            _ => continue,
        };
        diagnostics.push(RULE.code.found(message).at(&edition.input.path, span, "").help(help));
    }
}
