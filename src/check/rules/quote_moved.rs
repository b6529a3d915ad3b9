//! Reports quoted passages whose words or context in the article have changed.

use crate::base::diagnostic::{Code, Diagnostic, Severity};
use crate::check::quotes::{Quoter, rewrite, shortened, source_span};
use crate::check::{Context, Rule};
use crate::link::anchor::Anchoring;

pub(crate) static RULE: Rule = Rule {
    code: Code {
        name: "quote-moved",
        level: Severity::Warning,
        docs: "\
The article was edited, and a passage quoted in `targets` no longer has exactly these words. The
program found one passage that differs only in spelling, punctuation or small words, and marks it on
the page. A person should still check that it says the same.

```yaml
targets:
  - source: article
    exact: about 290 kilometers from the border     # the article now says \"kilometres\"
```

How to fix: `dossier check --fix` writes the current words. If the passage no longer says what the
annotation says about it, correct the annotation instead.",
    },
    check,
};

fn check(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let graph = context.graph;
    for annotated in &graph.annotations.editions {
        let article = annotated.text(graph);
        let moved = annotated.list.iter().filter_map(|annotation| match &annotation.at {
            Anchoring::Moved(range, likeness) => Some((annotation, range, *likeness)),
            _ => None,
        });
        let mut quoter = None;
        for (annotation, range, likeness) in moved {
            let quoter = quoter.get_or_insert_with(|| Quoter::of(graph, article));
            let (edition, target) = (annotation.written_in(graph), annotation.target(graph));
            let Some(selector) = quoter.select(range, target) else { continue };
            let same = selector.exact.split_whitespace().eq(target.exact.split_whitespace());
            let (message, label) = match same {
                true => ("the context of the words has changed", "not with these words around them"),
                false => ("the words have changed since they were quoted", "not in these words"),
            };
            let percent = (likeness * 100.0) as u32;
            let article_span = source_span(article.prose(), range);
            let mut diagnostic = RULE
                .code
                .found(format!("{message}: `{}`", article.input.path))
                .at(&edition.input.path, target.exact.span, label)
                .at(&article.input.path, article_span, format!("{percent} per cent similar"))
                .help("check that they still say what the annotation says about them");
            let title = format!("quote “{}”", shortened(&selector.exact));
            let title = if same { "write the words around them as they are now".into() } else { title };
            let fix = rewrite(context, title, edition, target, &selector);
            diagnostic.fix = Some(fix).filter(|fix| !fix.edits.is_empty());
            diagnostics.push(diagnostic);
        }
    }
}
