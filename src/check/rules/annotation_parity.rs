//! Reports passages that are marked in one language's article and not in another's.

use std::collections::BTreeMap;

use crate::base::diagnostic::{Code, Diagnostic, Severity};
use crate::base::span::Span;
use crate::check::{Context, Rule};
use crate::kinds::Role;
use crate::link::{Annotation, EntityIx, Graph, Reference, Target};

pub(crate) static RULE: Rule = Rule {
    code: Code {
        name: "annotation-parity",
        level: Severity::Warning,
        docs: "\
A claim or a note is marked in the article in one language, but not in another language of the
article. Readers of that language do not learn that the sentence is somebody's claim, or that there
is a note on it.

```yaml
# content/claims/containers.md              # content/claims/containers.en.md
targets:                                    targets:
  - source: article                           - source: article
    exact: lebih dari 1.000 kontainer           exact: more than 1,000 containers
```

How to fix: quote the passage of the translated article in the translation of the entity; this
command writes it: `dossier annotate \"more than 1,000 containers\" --about containers --lang en`. If
that edition of the article lacks the passage, translate it first.",
    },
    check,
};

/// Of each article and annotator, how often it annotates which edition, and one annotation to point at.
type Counts<'a> = BTreeMap<(EntityIx, EntityIx), BTreeMap<u32, (usize, &'a Annotation)>>;

fn check(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let graph = context.graph;
    let mut counts = Counts::new();
    for annotated in &graph.annotations.editions {
        for annotation in &annotated.list {
            let editions = counts.entry((annotated.article, annotation.by)).or_default();
            editions.entry(annotated.edition).or_insert((0, annotation)).0 += 1;
        }
    }
    for ((article, by), editions) in &counts {
        let Some((_, most)) =
            editions.iter().max_by_key(|(edition, (count, _))| (*count, u32::MAX - **edition))
        else {
            continue;
        };
        // Not every passage that it marks is known.
        let is_lost = |reference: &Reference| {
            reference.role == Role::Target && matches!(reference.target, Target::Unresolved(_))
        };
        if graph.entity(*by).editions.iter().any(|edition| !edition.parsed.head.has_read("targets"))
            || graph.outgoing(*by).iter().any(is_lost)
        {
            continue;
        }
        let all = 0..graph.entity(*article).editions.len() as u32;
        for edition in all.filter(|edition| editions.get(edition).is_none_or(|(count, _)| *count < most.0)) {
            let has = editions.get(&edition).map_or(0, |(count, _)| *count);
            diagnostics.push(missing(graph, *article, *by, edition, has, most.1));
        }
    }
}

fn missing(
    graph: &Graph,
    article: EntityIx,
    by: EntityIx,
    edition: u32,
    has: usize,
    other: &Annotation,
) -> Diagnostic {
    let (article, entity) = (graph.entity(article), graph.entity(by));
    let text = &article.editions[edition as usize];
    let lang = &text.input.lang;
    let (written_in, target) = (other.written_in(graph), other.target(graph));
    let message = match has {
        0 => format!("`{}` is not marked in `{}`", entity.id, text.input.path),
        _ => format!("`{}` is marked less often in `{}`", entity.id, text.input.path),
    };
    let diagnostic = RULE.code.found(message).at(
        &written_in.input.path,
        target.exact.span,
        format!("marked in the edition in `{}`", written_in.input.lang),
    );
    let id = &entity.id;
    let of_article =
        if article.id.as_str() == "article" { String::new() } else { format!(" --article {}", article.id) };
    match entity.edition(lang) {
        Some(edition) => diagnostic.at(
            &edition.input.path,
            edition.parsed.head.common.title.as_ref().map_or(Span::empty(0), |title| title.span),
            "not here",
        ),
        None => diagnostic.help(format!(
            "translate it first: `dossier new {} \"…\" --id {id} --lang {lang}`",
            entity.kind.name()
        )),
    }
    .help(format!("mark the passage: `dossier annotate \"…\" --about {id}{of_article} --lang {lang}`"))
}
