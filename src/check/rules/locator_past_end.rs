//! Reports places in recordings and documents that are behind their end.

use crate::base::diagnostic::{Code, Diagnostic, Severity};
use crate::base::fragment::{Fragment, clock};
use crate::base::media::{Format, format_of};
use crate::base::path::InputPath;
use crate::check::{Context, Rule};
use crate::kinds::Source;
use crate::link::{Target, file_beside};
use crate::metadata::Extent;

pub(crate) static RULE: Rule = Rule {
    code: Code {
        name: "locator-past-end",
        level: Severity::Warning,
        docs: "\
A place in a recording or a document that is behind its end: a time later than a video is long, or a
page that a PDF does not have; and what is no time or page, such as `0:99` or `p. 0`. Readers who follow
it find something else, or nothing.

```yaml
sources:
  - {source: clip, locator: \"00:12:30\"}       # clip.mp4 is 1:32 long
```

```md
![[report.pdf#page=40]]                       <!-- it has 12 pages -->
```

How to fix: correct the time or the page, or the file: it may be another version, or a part. Pages are
those of the file, counted from its first. If another number is printed on them, cite that without the
word: `\"no. 40 as printed\"`.",
    },
    check,
};

/// How much longer than its data a recording may claim to be, in seconds.
const TOLERANCE: f64 = 1.0;

fn check(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let graph = context.graph;
    for entity in &graph.entities {
        for citation in &entity.common().sources {
            let source = graph.by_id(&citation.source.id).map(|ix| graph.entity(ix));
            let file = source.and_then(|source| Some((source, source.as_kind::<Source>()?.file.as_ref()?)));
            let (Some((source, file)), Some(locator)) = (file, &citation.locator) else { continue };
            let Target::Asset(path) = file_beside(graph, source.path(), file) else { continue };
            let place = |format: &Format| Fragment::of_locator(locator, format);
            let format = format_of(path.extension());
            if let Some((what, help)) = format.and_then(|format| Fragment::slip(locator, format)) {
                let found = RULE.code.found(format!("`{locator}` {what}, so nothing opens `{path}` there"));
                let found = found.at(entity.path(), citation.source.span, "cited here");
                diagnostics.push(found.help(help));
                continue;
            }
            if let Some(end) = end_before(context, &path, place) {
                let message = format!("`{locator}` is not in `{path}`, {end}");
                let found = RULE.code.found(message).at(entity.path(), citation.source.span, "cited here");
                diagnostics.push(found.help("correct the locator, or the file of the source"));
            }
        }
        for edition in &entity.editions {
            for (link, target) in edition.prose().links.iter().zip(&edition.links) {
                let (Target::Asset(path), Some((_, fragment))) = (target, link.target.split_once('#')) else {
                    continue;
                };
                let is_place = ["t=", "page="].iter().any(|name| fragment.starts_with(name));
                let format = format_of(path.extension()).filter(|_| is_place);
                if format.is_some_and(|format| Fragment::of_link(fragment, format).is_none()) {
                    let found = RULE
                        .code
                        .found(format!("`{fragment}` is no place in `{path}`, so it opens at its start"));
                    let found = found.at(&edition.input.path, link.span, "");
                    diagnostics.push(
                        found.help(
                            "write a time as `t=1:32`, in a recording, or a page as `page=4`, in a PDF",
                        ),
                    );
                    continue;
                }
                if let Some(end) = end_before(context, path, |format| Fragment::of_link(fragment, format)) {
                    let message = format!("`{fragment}` is not in `{path}`, {end}");
                    let found = RULE.code.found(message).at(&edition.input.path, link.span, "leads there");
                    diagnostics.push(found.help("correct the time or the page"));
                }
            }
        }
    }
}

/// How long a file is, in words, if a place in it is behind that.
fn end_before(
    context: &Context<'_>,
    path: &InputPath,
    place: impl Fn(&Format) -> Option<Fragment>,
) -> Option<String> {
    let Extent { seconds, pages, .. } = context.copied.get(path)?.extent;
    match place(format_of(path.extension())?)? {
        Fragment::Time(start, _) if start > seconds? + TOLERANCE => {
            Some(format!("which is {} long", clock(seconds?)))
        }
        Fragment::Page(page) if page as usize > pages? => Some(match pages? {
            1 => "which has 1 page".to_owned(),
            pages => format!("which has {pages} pages"),
        }),
        _ => None,
    }
}
