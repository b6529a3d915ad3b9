//! Reports links that are none because their address contains a space.

use crate::base::diagnostic::{Code, Diagnostic, Severity};
use crate::check::{Context, Rule};
use crate::parse::prose::Fault;

pub(crate) static RULE: Rule = Rule {
    code: Code {
        name: "address-with-space",
        level: Severity::Warning,
        docs: "\
`[words](my file.md)` is no link, and `![words](my photo.jpg)` no picture: in Markdown, an address ends at
the first space. Readers see the brackets.

```md
![The pier](pier in may.jpg)        is text
![The pier](<pier in may.jpg>)      is a picture
```

How to fix: put the address in angle brackets, as `--fix` does.",
    },
    check,
};

fn check(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    for (edition, fault, span) in context.faults() {
        if fault != Fault::AddressWithSpace {
            continue;
        }
        let path = &edition.input.path;
        let text = context.text(edition);
        let written = text.get(span.range()).unwrap_or_default();
        let fixed = format!("<{written}>");
        let found = RULE.code.found(format!("this is no link, because its address `{written}` has a space"));
        let found = found.at(path, span, "").help(format!("write `{fixed}`"));
        diagnostics.push(found.fix("put it in angle brackets", path, span, fixed));
    }
}
