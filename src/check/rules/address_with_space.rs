//! Reports links that are none because their address contains a space.

use crate::base::diagnostic::{Code, Diagnostic, Edit, Fix, Severity};
use crate::check::{Context, Rule};
use crate::link::{Target, markdown_target};
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

How to fix: put the address in angle brackets, as `--fix` does where a file by that name is there.",
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
        // `[a](x.png “A title”)`
        let titled = written.split_once(' ').and_then(|(address, title)| {
            let inner = title.strip_prefix(['“', '„', '‘', '«'])?.strip_suffix(['”', '“', '’', '»'])?;
            Some(format!("{address} \"{}\"", inner.replace('"', "\\\"")))
        });
        if let Some(titled) = titled {
            let found = RULE.code.found("curly quotation marks do not enclose a title in Markdown");
            let found = found.at(path, span, "").help(format!("write `{titled}`"));
            diagnostics.push(found.fix("write straight quotation marks", path, span, titled));
            continue;
        }
        let line = text[..span.range().start].rsplit('\n').next().unwrap_or_default();
        let is_picture = line.rfind('[').is_some_and(|at| line[..at].ends_with('!'));
        let what = if is_picture { "picture" } else { "link" };
        let found =
            RULE.code.found(format!("this is no {what}, because its address `{written}` has a space"));
        let found = found.at(path, span, "").help(format!("write `{fixed}`"));
        let title = "put it in angle brackets";
        let target = markdown_target(context.graph, edition, written);
        if matches!(target, Target::Asset(_) | Target::Entity(..)) {
            diagnostics.push(found.fix(title, path, span, fixed));
            continue;
        }
        // An address on the web has no spaces, and a file that is not there may be no file: these may be a remark.
        let found = match written.contains("://") {
            true => found,
            false => {
                let file = written.split('#').next().unwrap_or_default();
                found.help(format!("there is no file `{file}` beside this one, either: copy it there"))
            }
        };
        let edit = Edit { path: path.clone(), span, replacement: fixed };
        diagnostics.push(found.choice(Fix::new(title, vec![edit])));
    }
}
