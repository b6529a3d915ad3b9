//! Reports pictures that are on another site.

use crate::base::diagnostic::{Code, Diagnostic, Severity};
use crate::base::media::{Sort, format_of};
use crate::check::{Context, Rule};
use crate::link::Target;
use crate::parse::prose::LinkUse;

pub(crate) static RULE: Rule = Rule {
    code: Code {
        name: "remote-picture",
        level: Severity::Warning,
        docs: "\
A picture, or a recording, whose address is on another site. A page of the dossier loads nothing from other hosts:
they would learn who reads what, could show something else tomorrow, and are not there when the page
is read from a disk. So the page has a link instead.

```md
![The pier](https://example.org/pier.jpg)     becomes a link
![The pier](pier.jpg)                         is shown
```

How to fix: save the picture beside the text, if you may publish it, and write the file's name.",
    },
    check,
};

fn check(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    for edition in context.graph.entities.iter().flat_map(|entity| &entity.editions) {
        for (link, target) in edition.prose().links.iter().zip(&edition.links) {
            if link.usage == LinkUse::Link || !matches!(target, Target::External(_)) {
                continue;
            }
            let path = link.target.split(['?', '#']).next().unwrap_or_default();
            let extension = path.rsplit('/').next().and_then(|name| Some(name.rsplit_once('.')?.1));
            let what = match format_of(extension).map(|format| format.sort) {
                Some(Sort::Video) => "video",
                Some(Sort::Sound) => "sound",
                Some(Sort::Document | Sort::Data) => "file",
                Some(Sort::Picture) | None => "picture",
            };
            let message = format!("the {what} `{}` is on another site", link.target);
            let span = link.target_span.unwrap_or(link.span);
            let found = RULE.code.found(message).at(&edition.input.path, span, "shown as a link");
            diagnostics.push(found.help("save it beside this file, and write its name"));
        }
    }
}
