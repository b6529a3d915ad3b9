//! Reports fragments that lead to no heading, block or element.

use std::collections::{HashMap, HashSet};

use crate::base::diagnostic::{Code, Diagnostic, Severity};
use crate::base::near::{all_nearest, is_same_name};
use crate::base::path::InputPath;
use crate::base::span::Span;
use crate::check::help::{MOST_SUGGESTIONS, all_of, any_of};
use crate::check::{Context, Rule};
use crate::link::{Edition, PRINTED, Target};
use crate::parse::prose::{Link, LinkUse};

pub(crate) static RULE: Rule = Rule {
    code: Code {
        name: "broken-fragment",
        level: Severity::Error,
        docs: "\
A link to a heading that does not exist: `../claims/containers.md#how-many` where no heading of that
page has the fragment `how-many`. A browser would open the page at its top, and the reader would not
find the passage.

A heading's fragment consists of its words, in lower case and with a hyphen for each space, as on
GitHub: `## How many?` becomes `#how-many`, `## Cost & why` becomes `#cost--why`. To set a fragment
yourself, write it after the heading: `## How many? {#count}`. In `[[containers#How many?]]` you can use
the heading's words. As in Obsidian, ` ^name` at the end of a paragraph or an item names it for
`[[containers#^name]]`.

The rule checks the page in the language of the file that links to it, if there is a translation.
Headings are translated too, so a link that works in one language may be broken in another. To avoid
that, set the same fragment in both.

How to fix: correct the fragment, or the heading.",
    },
    check,
};

/// Fragments that every page has.
const TOP: &str = "top";

fn check(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let graph = context.graph;
    let mut headings: HashMap<&InputPath, HashSet<&str>> = HashMap::new();
    let mut suggested = 0;
    for edition in graph.entities.iter().flat_map(|entity| &entity.editions) {
        for (link, target) in edition.prose().links.iter().zip(&edition.links) {
            let (aim, fragment) = match target {
                Target::Fragment(fragment) => (edition, fragment),
                Target::Entity(ix, Some(fragment)) => {
                    (graph.entity(*ix).edition_for(&edition.input.lang), fragment)
                }
                _ => continue,
            };
            // What is to be printed or shown is for another rule.
            if link.usage != LinkUse::Image && fragment.starts_with(PRINTED) {
                continue;
            }
            let ids = headings.entry(&aim.input.path).or_insert_with(|| fragments_of(aim).collect());
            if fragment.is_empty() || fragment == TOP || ids.contains(fragment.as_str()) {
                continue;
            }
            suggested += 1;
            diagnostics.push(broken(context, edition, link, aim, fragment, suggested <= MOST_SUGGESTIONS));
        }
    }
}

fn fragments_of(edition: &Edition) -> impl Iterator<Item = &str> {
    edition.prose().fragments()
}

fn broken(
    context: &Context<'_>,
    edition: &Edition,
    link: &Link,
    aim: &Edition,
    fragment: &str,
    suggest: bool,
) -> Diagnostic {
    let path = &edition.input.path;
    let sort = if fragment.starts_with('^') { "block" } else { "heading" };
    let message = format!("there is no {sort} `#{fragment}` in `{}`", aim.input.path);
    let mut diagnostic = RULE.code.found(message).at(path, link.target_span.unwrap_or(link.span), "");
    let near = if suggest { all_nearest(fragment, fragments_of(aim)) } else { Vec::new() };
    match near.as_slice() {
        [] if fragments_of(aim).next().is_none() => {
            diagnostic = diagnostic.help("that page has no headings: remove the fragment, or add a heading");
        }
        [] if suggest => {
            diagnostic = diagnostic.help(format!("that page has {}", all_of(fragments_of(aim))));
        }
        [] => diagnostic = diagnostic.help("correct the fragment, or the heading"),
        near => {
            diagnostic = diagnostic.help(format!("did you mean {}?", any_of(near.iter().copied())));
            diagnostic = match (near, fragment_span(&context.text(edition), link)) {
                (several, Some(span)) => {
                    let is_sure = matches!(several, [one] if is_same_name(fragment, one));
                    several.iter().fold(diagnostic, |found, one| found.suggest(is_sure, path, span, *one))
                }
                (_, None) => diagnostic,
            };
        }
    }
    diagnostic
}

/// Where the fragment of a link is written, without the `#`.
fn fragment_span(text: &str, link: &Link) -> Option<Span> {
    let target = link.target_span?;
    let hash = text.get(target.range())?.find('#')?;
    Some(Span { start: target.start + hash as u32 + 1, end: target.end })
}
