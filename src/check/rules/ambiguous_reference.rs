//! Reports references by a name that several entities have.

use crate::base::diagnostic::{Code, Diagnostic, Severity};
use crate::base::id::Lang;
use crate::base::path::InputPath;
use crate::base::span::Span;
use crate::check::help::any_of;
use crate::check::{Context, Rule};
use crate::link::{Entity, MOST_NAMESAKES, Target, Unresolved, normalized};

pub(crate) static RULE: Rule = Rule {
    code: Code {
        name: "ambiguous-reference",
        level: Severity::Error,
        docs: "\
A reference by a title or an alias that several entities have in the same language. The program does
not guess which one is meant, because a wrong guess would attribute words to the wrong person.

```md
[[Kim]] arrived in Tsiolkovsky.          <!-- wrong: two actors have the alias `Kim` -->
[[kim-jong-un|Kim]] arrived there.       <!-- right -->
```

How to fix: write the id, or remove the alias from all of them but one. Shared names that no
reference uses are not reported.",
    },
    check,
};

/// The maximum number of candidates shown.
const MOST_SHOWN: usize = 8;

fn check(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let graph = context.graph;
    for reference in graph.references() {
        let Target::Unresolved(Unresolved::Ambiguous(candidates)) = &reference.target else { continue };
        let edition = &graph.entity(reference.from).editions[reference.edition as usize];
        let name = reference.written.split('#').next().unwrap_or_default().trim().trim_end_matches(".md");
        let at_least = if candidates.len() == MOST_NAMESAKES { "at least " } else { "" };
        let message = format!("`{name}` is the name of {at_least}{} entities", candidates.len());
        let mut diagnostic =
            RULE.code.found(message).at(&edition.input.path, reference.span, "which one is meant?");
        let candidates = || candidates.iter().map(|ix| graph.entity(*ix));
        for candidate in candidates().take(MOST_SHOWN) {
            let (path, span) = place_of_name(candidate, name, &edition.input.lang);
            diagnostic = diagnostic.at(path, span, format!("a name of `{}`", candidate.id));
        }
        let ids = any_of(candidates().map(|candidate| candidate.id.as_str()));
        diagnostics.push(diagnostic.help(format!("write the id: {ids}")));
    }
}

/// Where an entity's name is written: in the edition in `lang`, or otherwise in any.
fn place_of_name<'a>(entity: &'a Entity, name: &str, lang: &Lang) -> (&'a InputPath, Span) {
    let name = normalized(name);
    let editions = entity.edition(lang).into_iter().chain(&entity.editions);
    let mut places = editions.filter_map(|edition| {
        let common = &edition.parsed.head.common;
        let mut names = common.title.iter().chain(&common.aliases);
        names.find(|other| normalized(other) == name).map(|found| (&edition.input.path, found.span))
    });
    places.next().unwrap_or((entity.path(), entity.head_span()))
}
