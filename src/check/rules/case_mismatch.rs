//! Reports paths that differ from the name of their file only in case; in HTML, also in how letters are composed.

use std::borrow::Cow;

use percent_encoding::percent_decode_str;

use crate::base::diagnostic::{Code, Diagnostic, Severity};
use crate::base::path::{InputPath, composed, folded, percent_encoded};
use crate::base::span::Span;
use crate::check::help::part_of;
use crate::check::{Context, Rule};
use crate::link::{Edition, Target, file_beside, markdown_target};
use crate::parse::prose::LinkStyle;

pub(crate) static RULE: Rule = Rule {
    code: Code {
        name: "case-mismatch",
        level: Severity::Warning,
        docs: "\
A path that is written in other capitals than the name of its file. On macOS and Windows such a link
works, on Linux, where most sites are hosted, it does not. The program finds the file, and the page
links to it by its real name; but other programs do not find it, such as Obsidian and GitHub, and an
address in HTML stays as you wrote it, so the published page would be broken.

```md
![The port](Foto%20Pelabuhan.JPG)     <!-- the file is `foto pelabuhan.jpg` -->
```

Letters with accents can be stored in two ways, which look the same; macOS uses another one than
keyboards do. Links work either way. In HTML, the address must have composed letters (NFC), as the
addresses of the site have.

How to fix: write the path as the file is called (`dossier check --fix` does), or rename the file.",
    },
    check,
};

fn check(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let graph = context.graph;
    for entity in &graph.entities {
        for file in entity.head().files() {
            if let Target::Asset(found) = file_beside(graph, entity.path(), file) {
                let place =
                    Place { edition: entity.original(), span: file.span, written: file, in_html: false };
                diagnostics.extend(place.compare(context, &[&found]));
            }
        }
        for edition in &entity.editions {
            for (link, target) in edition.prose().links.iter().zip(&edition.links) {
                let found: Vec<&InputPath> = match (target, link.style) {
                    (Target::Asset(path), _) => vec![path],
                    (Target::Entity(ix, _), LinkStyle::Markdown) => {
                        graph.entity(*ix).editions.iter().map(|edition| &edition.input.path).collect()
                    }
                    // A name in double brackets is one in any case.
                    _ => continue,
                };
                let place = Place {
                    edition,
                    span: link.target_span.unwrap_or(link.span),
                    written: link.target.split(['#', '?']).next().unwrap_or_default(),
                    in_html: false,
                };
                diagnostics.extend(place.compare(context, &found));
            }
            for (address, span) in &edition.prose().html_addresses {
                let Target::Asset(found) = markdown_target(graph, edition, address) else { continue };
                let written = address.split(['#', '?']).next().unwrap_or_default();
                if matches!(respelled(written, found.as_str(), true), Spelling::Same) {
                    continue;
                }
                let Some(span) = part_of(&context.text(edition), *span, written) else { continue };
                diagnostics
                    .extend(Place { edition, span, written, in_html: true }.compare(context, &[&found]));
            }
        }
    }
}

/// Where a file is named.
struct Place<'a> {
    edition: &'a Edition,
    span: Span,
    /// Its path, without a fragment.
    written: &'a str,
    /// Whether it is an address in HTML, which the page has as it is written.
    in_html: bool,
}

impl Place<'_> {
    /// Compares the path with those of the files that it may stand for.
    fn compare(&self, context: &Context<'_>, found: &[&InputPath]) -> Option<Diagnostic> {
        let other = found.iter().map(|path| respelled(self.written, path.as_str(), self.in_html));
        let (path, other) = found
            .iter()
            .zip(other)
            .try_fold(None, |known, (path, spelling)| match spelling {
                Spelling::Same => Err(()),
                Spelling::Other(other) => Ok(known.or(Some((path, other)))),
                Spelling::AnotherFile => Ok(known),
            })
            .ok()??;
        let name = composed(path.name());
        let (written, file) = (self.written, &self.edition.input.path);
        let (message, label) = match folded(written) == folded(&other)
            && composed(written) == composed(&other)
        {
            true => (format!("the letters of `{written}` are not composed"), "not found on the site"),
            false => {
                (format!("`{written}` differs in capitals from the file `{name}`"), "not found everywhere")
            }
        };
        let diagnostic = RULE.code.found(message).at(file, self.span, label).help(format!("write `{other}`"));
        Some(match part_of(&context.text(self.edition), self.span, written) {
            Some(span) => diagnostic.fix(format!("replace it with `{other}`"), file, span, other),
            None => diagnostic,
        })
    }
}

enum Spelling {
    Same,
    /// The path as it should be written.
    Other(String),
    AnotherFile,
}

/// Compares a path as it is written with that of a file, from the end. `exactly` if composition counts.
fn respelled(written: &str, path: &str, exactly: bool) -> Spelling {
    // Nearly all are written as the file is called.
    let plain = written.trim_start_matches(['.', '/']);
    if plain.is_ascii() && !plain.contains('%') {
        let before = path.strip_suffix(plain);
        if before.is_some_and(|before| before.is_empty() || before.ends_with('/')) {
            return Spelling::Same;
        }
    }
    let mut parts: Vec<Cow<'_, str>> = written.split('/').map(Cow::Borrowed).collect();
    let (mut is_same, mut is_last) = (true, true);
    for (part, name) in parts.iter_mut().rev().zip(path.rsplit('/')) {
        if matches!(&**part, "" | "." | "..") {
            break;
        }
        let decoded = percent_decode_str(part).decode_utf8_lossy().into_owned();
        let name = composed(name);
        // A link to a text may leave the extension out.
        let has_extension = !is_last || decoded.to_lowercase().ends_with(".md");
        let name = if has_extension { &name } else { name.strip_suffix(".md").unwrap_or(&name) };
        is_last = false;
        let is_equal = if exactly { decoded == name } else { composed(&decoded) == name };
        if is_equal {
            continue;
        }
        if folded(&decoded) != folded(name) {
            return Spelling::AnotherFile;
        }
        is_same = false;
        let is_encoded = part.contains('%');
        *part = if is_encoded { percent_encoded(name).into() } else { name.to_owned().into() };
    }
    if is_same { Spelling::Same } else { Spelling::Other(parts.join("/")) }
}
