//! Reports quoted passages that do not occur in the article.

use crate::base::diagnostic::{Code, Diagnostic, Severity};
use crate::check::help::MOST_SUGGESTIONS;
use crate::check::quotes::{Quoter, rewrite, source_span};
use crate::check::{Context, Rule};
use crate::link::anchor::Anchoring;
use crate::link::{Annotated, Annotation, EntityIx, Graph};

pub(crate) static RULE: Rule = Rule {
    code: Code {
        name: "quote-not-found",
        level: Severity::Error,
        docs: "\
The words that `targets` quotes are not in the article, and no passage there says the same: another
name, figure, day or verb, or a *not*, makes another assertion. The annotation has no place, and
readers of a claim cannot get to the passage that makes it.

Words are compared as a reader sees them, without asterisks and brackets. White space, curly
quotation marks and the kind of hyphen make no difference; capitals and figures do. A translation
quotes the article in its own language.

```yaml
targets:
  - source: article
    exact: lebih dari **1.000** kontainer     # wrong: the asterisks are not for readers
```

How to fix: copy the words from the page, or let the program write them:
`dossier annotate \"the words\" --about ID`. If the passage is no longer in the article, remove the
target.",
    },
    check,
};

fn check(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let graph = context.graph;
    for annotated in &graph.annotations.editions {
        let mut quoter = None;
        let mut suggested = 0;
        for annotation in &annotated.list {
            let best = match &annotation.at {
                Anchoring::NotFound(best) if suggested < MOST_SUGGESTIONS => best.as_slice(),
                Anchoring::NotFound(_) => &[],
                Anchoring::NotCompared => &[],
                _ => continue,
            };
            suggested += 1;
            let quoter = quoter.get_or_insert_with(|| Quoter::of(graph, annotated.text(graph)));
            let found = not_found(context, annotated, annotation, best, quoter);
            diagnostics.push(match annotation.at {
                Anchoring::NotCompared => found.help("similar passages were not looked for: the article is long, and many quotations are not in it"),
                _ => found,
            });
        }
    }
    for (by, edition, target, article) in &graph.annotations.astray {
        diagnostics.push(astray(graph, *by, *edition, *target, *article));
    }
}

fn not_found(
    context: &Context<'_>,
    annotated: &Annotated,
    annotation: &Annotation,
    best: &[(std::ops::Range<usize>, f64)],
    quoter: &Quoter<'_>,
) -> Diagnostic {
    let graph = context.graph;
    let article = annotated.text(graph);
    let (edition, target) = (annotation.written_in(graph), annotation.target(graph));
    let path = &edition.input.path;
    if target.exact.trim().is_empty() {
        return RULE.code.found("an empty quotation").at(path, target.exact.span, "").help("quote the words");
    }
    let mut diagnostic = RULE.code.found(format!("`{}` does not say that", article.input.path)).at(
        path,
        target.exact.span,
        "these words do not occur",
    );
    for (range, likeness) in best {
        let percent = (likeness * 100.0) as u32;
        let span = source_span(article.prose(), range);
        let words = quoter.words(range);
        diagnostic = diagnostic
            .at(&article.input.path, span, format!("{percent} per cent similar"))
            .help(format!("did you mean “{words}”?"));
        if let Some(selector) = quoter.select(range, target) {
            diagnostic =
                diagnostic.choice(rewrite(context, format!("quote “{words}”"), edition, target, &selector));
        }
    }
    diagnostic.help("copy the words as the page shows them; if they are gone, remove the target")
}

fn astray(graph: &Graph, by: EntityIx, edition: u32, target: u32, article: EntityIx) -> Diagnostic {
    let edition = &graph.entity(by).editions[edition as usize];
    let target = &edition.parsed.head.common.targets[target as usize];
    let (id, lang) = (&graph.entity(article).id, &edition.input.lang);
    RULE.code
        .found(format!("`{id}` has no edition in `{lang}`, so nothing in it can be quoted"))
        .at(&edition.input.path, target.source.span, format!("not translated into `{lang}`"))
        .help("translate the article, or remove the target from this translation")
}
