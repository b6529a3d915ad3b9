//! Reports files that could run code in a reader's browser, or change how the host behaves.

use crate::base::diagnostic::{Code, Diagnostic, Severity};
use crate::base::span::Span;
use crate::check::{Context, Rule};
use crate::config::Pattern;
use crate::link::Held;

pub(crate) static RULE: Rule = Rule {
    code: Code {
        name: "active-file",
        level: Severity::Error,
        docs: "\
A file in `content/` that could run code in a reader's browser or change how the host behaves: a page of HTML, a
script, an SVG with a script, a program for a server, or a host's settings such as `_headers`, `_redirects`,
`CNAME` and `.htaccess`. It is not published, because otherwise anyone who may write texts could control the whole
site. If no published text refers to it, the finding is a warning.

```toml
publish_files = [\"embed/*.html\", \"CNAME\"]      # publish these
```

How to fix: remove it, or allow it in `dossier.toml` with a pattern that says its extension or its name letter by
letter: `*` and `embed/*` do not allow it.",
    },
    check,
};

fn check(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    for (path, held) in &context.graph.files.held {
        let Held::Active { what, wanted_by } = held else { continue };
        let message = format!("`{path}` {what}, so it is not published");
        let mut found = RULE.code.found(message).at(path, Span::empty(0), "");
        match wanted_by {
            Some(text) => found = found.help(format!("`{text}` refers to it")),
            None => found.severity = Severity::Warning,
        }
        let pattern = Pattern::of(path);
        let help = format!("to publish it, write `publish_files = [\"{pattern}\"]` in dossier.toml");
        diagnostics.push(found.help(help));
    }
}
