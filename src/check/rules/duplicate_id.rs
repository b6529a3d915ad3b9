//! Reports files whose id another file already has.

use crate::base::diagnostic::{Code, Diagnostic, Severity};
use crate::base::path::folded;
use crate::base::span::Span;
use crate::check::{Context, Rule};
use crate::link::MisfitKind;

pub(crate) static RULE: Rule = Rule {
    code: Code {
        name: "duplicate-id",
        level: Severity::Error,
        docs: "\
Two files with the same id, which is the file's name without `.md` and without the language. Ids are
unique in the whole dossier, not only in a folder, so `[[nis]]` and `by: [nis]` mean the same thing
everywhere. Ids that differ only in capitals are the same: on macOS and Windows, and on some hosts,
`nis.md` and `NIS.md` are one file.

```
content/actors/tokyo.md      has the id `tokyo`
content/places/tokyo.md      has it too: wrong
content/places/tokyo-city.md right
```

How to fix: rename one of the files. If both describe the same thing, merge them; if one is a
translation, add the language to its name: `tokyo.en.md`. The file whose path sorts first keeps the
id; the other has no page.",
    },
    check,
};

fn check(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let graph = context.graph;
    for misfit in graph.misfits.iter() {
        let MisfitKind::Duplicate(first) = &misfit.kind else { continue };
        let id = misfit.input.id.as_str();
        let editions = graph.by_id(id).map(|ix| graph.entity(ix).editions.as_slice()).unwrap_or_default();
        let owner = editions.iter().find(|edition| edition.input.path == *first);
        let title = owner.and_then(|edition| edition.parsed.head.common.title.as_ref());
        let first_span = title.map_or(Span::empty(0), |title| title.span);
        let span = misfit.title.as_ref().map_or(Span::empty(0), |title| title.span);
        let message = match owner.map(|owner| owner.input.id.as_str()).filter(|other| *other != id) {
            Some(other) => {
                format!("the id `{id}` differs only in capitals from `{other}`, which `{first}` has")
            }
            None if folded(first.as_str()) == folded(misfit.input.path.as_str()) => {
                format!("`{first}` has the same name, with its letters composed in another way")
            }
            None => format!("the id `{id}` is taken by `{first}`"),
        };
        diagnostics.push(
            RULE.code
                .found(message)
                .at(&misfit.input.path, span, "so this file has no page")
                .at(first, first_span, format!("this has the id `{id}`"))
                .help("rename one of the two files"),
        );
    }
}
