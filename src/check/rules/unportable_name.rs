//! Reports files and folders whose names Windows cannot have.

use std::collections::HashSet;

use crate::base::diagnostic::{Code, Diagnostic, Severity};
use crate::base::id::{EntityId, Lang, slug};
use crate::base::path::{InputPath, refused_by_windows};
use crate::base::span::Span;
use crate::check::{Context, Rule};
use crate::config;
use crate::link::Entity;

pub(crate) static RULE: Rule = Rule {
    code: Code {
        name: "unportable-name",
        level: Severity::Warning,
        docs: "\
A file or a folder in `content/`, or the folder of a language, whose name Windows cannot have. Somebody
with Windows cannot check the dossier out, cannot unpack the site, and some hosts refuse the page. Those
names are `con`, `aux`, `nul`, `prn`, `com1` and the like, with any ending; names with `<`, `>`, `:`, `\"`,
`|`, `?`, `*` or a backslash; and names that end with a dot or a space.

```
content/actors/con.md        wrong
content/claims/a: b?.md      wrong
content/claims/a-b.md        right
```

How to fix: rename it. For a Markdown file, `dossier rename OLD NEW` takes every reference along; the
finding has the command. The old id becomes a former one (`formerly`), which has a page that leads to the
new address; delete it from the file if the page was never published.",
    },
    check,
};

fn check(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let graph = context.graph;
    let mut seen = HashSet::new();
    let editions = graph
        .entities
        .iter()
        .flat_map(|entity| entity.editions.iter().map(move |edition| (&edition.input.path, Some(entity))));
    for (path, entity) in editions.chain(graph.assets.iter().map(|path| (path, None))) {
        let Some((refused, why)) = refused_part(path) else { continue };
        let entity = entity.filter(|_| refused == path.as_str());
        // All files in a folder have its name, and all editions of an entity have its id.
        let key = entity.map_or(refused, |entity| entity.id.as_str());
        if !seen.insert(key) {
            continue;
        }
        let help = match entity {
            Some(entity) => {
                let (old, new) = (quoted(entity.id.as_str()), free_id(context, entity));
                format!("`dossier rename {old} {new}` renames it and takes every reference along")
            }
            None => "rename it, and change what refers to it".to_owned(),
        };
        let message = format!("Windows cannot have `{refused}`: {why}");
        diagnostics.push(RULE.code.found(message).at(path, Span::empty(0), "").help(help));
    }
    // The pages in the first language are in no folder of its name.
    for lang in graph.languages.iter().skip(1).map(Lang::as_str) {
        if let Some(why) = refused_by_windows(lang) {
            let message =
                format!("Windows cannot have the folder `{lang}`, of the pages in that language: {why}");
            let found = RULE.code.found(message).at(&InputPath::from(config::FILE), Span::empty(0), "");
            diagnostics.push(found.help("write a longer tag of the language, such as `con-CO`"));
        }
    }
}

/// The start of the path up to the first name that Windows cannot have, and why.
fn refused_part(path: &InputPath) -> Option<(&str, String)> {
    let mut end = 0;
    for name in path.as_str().split('/') {
        end += name.len();
        if let Some(why) = refused_by_windows(name) {
            return Some((&path.as_str()[..end], why));
        }
        end += 1;
    }
    None
}

/// A similar id that nothing has yet.
fn free_id(context: &Context<'_>, entity: &Entity) -> String {
    let kind = entity.kind.spec().name;
    let similar = slug(entity.id.as_str());
    let numbered = (2..).map(|number| format!("{kind}-{number}"));
    let ids = [similar.clone(), format!("{similar}-{kind}"), kind.to_owned()].into_iter().chain(numbered);
    let is_free = |id: &String| EntityId::parse(id).is_ok() && context.graph.by_id(id).is_none();
    ids.into_iter().find(is_free).unwrap_or_default()
}

/// An argument of a command, as shells read it.
fn quoted(argument: &str) -> String {
    if argument.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_')) {
        return argument.to_owned();
    }
    format!("'{}'", argument.replace('\'', r"'\''"))
}
