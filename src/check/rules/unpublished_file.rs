//! Reports files that nothing published refers to, and so are not published.

use std::collections::BTreeMap;

use crate::base::diagnostic::Diagnostic;
use crate::base::diagnostic::{Code, Severity};
use crate::base::near::{is_typo, nearest};
use crate::base::path::{InputPath, folded};
use crate::base::span::Span;
use crate::check::help::mentions;
use crate::check::{Context, Rule};
use crate::kinds::KindId;
use crate::link::Held;

pub(crate) static RULE: Rule = Rule {
    code: Code {
        name: "unpublished-file",
        level: Severity::Warning,
        docs: "\
A file in `content/` that no published text refers to, and neither does the theme. It is not published: private
notes, recordings and half-finished work often are beside the texts. What only a draft or a text under embargo
refers to waits with it, and is not reported.

```toml
publish_files = [\"data/*.csv\"]      # publish these, though nothing refers to them
```

A pattern is a path below `content/`; one without a slash stands for a name in any folder. `*` matches within a
folder, `**` any number of folders. A file whose name is nearly that of a text, such as `x.md.txt` or `y.MD`, is
reported with the name that it should have.

How to fix: link to the file, move it out of `content/`, or allow it in `dossier.toml`.",
    },
    check,
};

fn check(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let mut groups: BTreeMap<(&str, Option<&str>), Vec<&InputPath>> = BTreeMap::new();
    let held = context.graph.files.held.iter();
    let unread = &context.unread;
    let is_named = |path: &InputPath| mentions(unread, &folded(path.name()));
    for (path, _) in held.filter(|(path, held)| **held == Held::Unused && !is_named(path)) {
        let text = meant(path.name()).map(|name| ("text", name));
        match text.or_else(|| Some(("table", table_meant(path)?))) {
            Some((what, name)) => {
                let message = format!("`{path}` is not read as a {what}, because of its name");
                let found = RULE.code.found(message).at(path, Span::empty(0), "");
                diagnostics.push(found.help(format!("rename it to `{name}`")));
            }
            None => groups.entry((path.folder(), path.extension())).or_default().push(path),
        }
    }
    for ((folder, extension), files) in groups {
        let Some(first) = files.first() else { continue };
        let message = match files.len() {
            1 => format!("`{first}` is not published, because no published text refers to it"),
            n => format!(
                "`{first}` and {} more are not published, because no published text refers to them",
                n - 1
            ),
        };
        let inner = folder.strip_prefix("content").unwrap_or(folder).trim_start_matches('/');
        let name = match (files.len(), extension) {
            (1, _) | (_, None) => first.name().to_owned(),
            (_, Some(extension)) => format!("*.{extension}"),
        };
        let pattern = if inner.is_empty() { format!("/{name}") } else { format!("{inner}/{name}") };
        let help =
            format!("to publish, link to it, or write `publish_files = [\"{pattern}\"]` in dossier.toml");
        diagnostics.push(RULE.code.found(message).at(first, Span::empty(0), "").help(help));
    }
}

/// The name that a table of entities has to have, if it nearly has it: `actor.csv`.
fn table_meant(path: &InputPath) -> Option<String> {
    let stem = path.as_str().strip_prefix("content/")?.strip_suffix(".csv")?;
    let folder = nearest(stem, KindId::ALL.iter().map(|kind| kind.spec().folder))?;
    let is_meant = is_typo(stem, folder) || folder.strip_suffix('s') == Some(stem);
    is_meant.then(|| format!("{folder}.csv"))
}

/// The name that a file has to have, if it nearly has the name of a text.
fn meant(name: &str) -> Option<String> {
    let lower = name.to_lowercase();
    let ends = [".md.txt", ".markdown", ".mdown", ".mkd", ".mdwn", ".mdx", ".md"];
    let end = ends.into_iter().find(|end| lower.ends_with(end))?;
    let stem = &name[..name.len() - end.len()];
    (!stem.is_empty()).then(|| format!("{stem}.md"))
}
