//! Reports quoted passages that occur in the article more than once.

use crate::base::diagnostic::{Code, Diagnostic, Severity};
use crate::check::help::MOST_SUGGESTIONS;
use crate::check::quotes::{Quoter, rewrite, source_span};
use crate::check::{Context, Rule};
use crate::kinds::Target;
use crate::link::Edition;
use crate::link::anchor::{Anchoring, MOST_TOLD_APART, Selector};

pub(crate) static RULE: Rule = Rule {
    code: Code {
        name: "quote-ambiguous",
        level: Severity::Error,
        docs: "\
The words that `targets` quotes occur in the article more than once, and nothing says which passage
is meant. A claim must not be attached to a sentence that somebody else said.

```yaml
targets:
  - source: article
    exact: ten shipments
    prefix: \"AFP wrote at least \"     # what comes before the passage that is meant
```

How to fix: quote more of the sentence, or add what comes before the words as `prefix`, or after
them as `suffix`. For each place, the report gives the fewest words that distinguish it from the
others, as a choice of fixes.",
    },
    check,
};

/// The maximum number of places shown.
const MOST_SHOWN: usize = 5;

fn check(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let graph = context.graph;
    for annotated in &graph.annotations.editions {
        let article = annotated.text(graph);
        let mut quoter = None;
        let mut told_apart = 0;
        for annotation in &annotated.list {
            let Anchoring::Ambiguous(hits) = &annotation.at else { continue };
            let quoter = quoter.get_or_insert_with(|| Quoter::of(graph, article));
            let (edition, target) = (annotation.written_in(graph), annotation.target(graph));
            let message = format!("the words occur {} times in `{}`", hits.len(), article.input.path);
            told_apart += 1;
            let tell_apart = hits.len() <= MOST_TOLD_APART && told_apart <= MOST_SUGGESTIONS;
            let mut diagnostic =
                RULE.code.found(message).at(&edition.input.path, target.exact.span, "which of them?");
            for (at, hit) in hits.iter().take(MOST_SHOWN).enumerate() {
                let span = source_span(article.prose(), hit);
                diagnostic = diagnostic.at(&article.input.path, span, format!("place {}", at + 1));
                let Some(selector) = tell_apart.then(|| quoter.select(hit, target)).flatten() else {
                    continue;
                };
                diagnostic = chosen(context, diagnostic, at + 1, edition, target, &selector);
            }
            diagnostics.push(match tell_apart {
                true => diagnostic,
                false => diagnostic.help("quote more words"),
            });
        }
    }
}

fn chosen(
    context: &Context<'_>,
    diagnostic: Diagnostic,
    place: usize,
    edition: &Edition,
    target: &Target,
    selector: &Selector,
) -> Diagnostic {
    let sign = if edition.parsed.head.toml { " =" } else { ":" };
    let around = [("prefix", &selector.prefix), ("suffix", &selector.suffix)];
    let around = around.iter().filter(|(_, words)| !words.is_empty());
    let keys: Vec<String> = around.map(|(key, words)| format!("`{key}{sign} \"{words}\"`")).collect();
    let keys = keys.join(" and ");
    diagnostic.help(format!("for place {place} write {keys}")).choice(rewrite(
        context,
        format!("mean place {place}: {keys}"),
        edition,
        target,
        selector,
    ))
}
