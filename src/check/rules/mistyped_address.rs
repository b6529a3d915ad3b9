//! Reports addresses of other sites, in texts, that are not the ones that were meant.

use crate::base::diagnostic::{Code, Diagnostic, Severity};
use crate::base::path::InputPath;
use crate::base::span::Span;
use crate::base::url::{has_password, slip};
use crate::check::{Context, Rule};
use crate::data::reading;

pub(crate) static RULE: Rule = Rule {
    code: Code {
        name: "mistyped-address",
        level: Severity::Error,
        docs: "\
A link in a text whose address begins with `http:` or `https:` and is not the one that was meant: it has a
character that nobody sees, letters of two scripts in its host (as addresses that deceive have), a scheme
twice or with one slash, a sign after it, an end that was cut off, or the name of your own computer
(`localhost`). Readers who follow it find nothing, or somebody else's page.

```md
[the report](https:/example.org/report)       leads to a page of this site
[the report](https://https://example.org/)    leads nowhere
```

In front matter, the same slips are `invalid-value`.

How to fix: copy the address again, from the browser. If it is only to be shown and nobody is to open it, write it as
code: `` `https://evil[.]example` ``.",
    },
    check,
};

fn check(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    for edition in context.graph.entities.iter().flat_map(|entity| &entity.editions) {
        let (prose, path) = (edition.prose(), &edition.input.path);
        for link in &prose.links {
            let span = link.target_span.unwrap_or(link.span);
            let found = found(&link.target, path, span);
            let fixed = link.target_span.zip(reading::address(&link.target));
            diagnostics.extend(found.map(|found| match fixed {
                Some((span, fixed)) => {
                    found.help(format!("did you mean `{fixed}`?")).suggest(true, path, span, fixed)
                }
                None => {
                    found.help("copy the address again; one that is only to be shown is code, in backticks")
                }
            }));
        }
        let in_html = prose.html_addresses.iter();
        diagnostics.extend(in_html.filter_map(|(address, span)| found(address, path, *span)));
    }
}

/// The finding for an address, if it has a slip. `unsafe-link` reports passwords.
fn found(address: &str, path: &InputPath, span: Span) -> Option<Diagnostic> {
    let why = slip(address).filter(|_| !has_password(address))?;
    Some(RULE.code.found(format!("`{address}` {why}")).at(path, span, ""))
}
