//! Reports quoted passages that stand in the article more than once.

use crate::base::diagnostic::{Code, Diagnostic, Severity};
use crate::check::quotes::{Quoter, rewrite, source_span};
use crate::check::{Context, Rule};
use crate::kinds::Target;
use crate::link::Edition;
use crate::link::anchor::{Anchoring, Selector};

/// See its docs.
pub static RULE: Rule = Rule {
    code: Code {
        name: "quote-ambiguous",
        level: Severity::Error,
        docs: "The words that `targets` quotes stand in the article more than once, and nothing says which of these
passages is meant. A claim must not be pinned on a sentence that somebody else said.

```yaml
targets:
  - source: article
    exact: ten shipments
    prefix: \"AFP wrote at least \"     # what stands before the passage that is meant
```

The cure: quote more of the sentence, or add what stands before the words as `prefix`, or after them as `suffix`. The
report gives for each place the fewest words that tell it from the others; an editor offers them to choose from.",
    },
    check,
};

/// The most places that are shown.
const MOST_SHOWN: usize = 5;

fn check(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let graph = context.graph;
    for annotated in &graph.annotations.editions {
        let article = annotated.text(graph);
        let mut quoter = None;
        for annotation in &annotated.list {
            let Anchoring::Ambiguous(hits) = &annotation.at else { continue };
            let quoter = quoter.get_or_insert_with(|| Quoter::of(graph, article));
            let (edition, target) = (annotation.written_in(graph), annotation.target(graph));
            let message = format!("the words stand {} times in `{}`", hits.len(), article.input.path);
            let mut diagnostic =
                RULE.code.found(message).at(&edition.input.path, target.exact.span, "which of them?");
            for (at, hit) in hits.iter().take(MOST_SHOWN).enumerate() {
                let span = source_span(article.prose(), hit);
                diagnostic = diagnostic.at(&article.input.path, span, format!("place {}", at + 1));
                let Some(selector) = quoter.select(hit, target) else { continue };
                diagnostic = chosen(diagnostic, at + 1, edition, target, &selector);
            }
            diagnostics.push(diagnostic);
        }
    }
}

fn chosen(
    diagnostic: Diagnostic,
    place: usize,
    edition: &Edition,
    target: &Target,
    selector: &Selector,
) -> Diagnostic {
    let sign = if edition.parsed.head.toml { " =" } else { ":" };
    let context = [("prefix", &selector.prefix), ("suffix", &selector.suffix)];
    let context = context.iter().filter(|(_, words)| !words.is_empty());
    let keys: Vec<String> = context.map(|(key, words)| format!("`{key}{sign} \"{words}\"`")).collect();
    let keys = keys.join(" and ");
    diagnostic.help(format!("for place {place} write {keys}")).choice(rewrite(
        format!("mean place {place}: {keys}"),
        edition,
        target,
        selector,
    ))
}
