//! Reports verdicts that are not on their scale, or that nobody gave.

use crate::base::diagnostic::{Code, Diagnostic, Severity};
use crate::base::near::nearest;
use crate::check::{Context, Rule};
use crate::kinds::Claim;

pub(crate) static RULE: Rule = Rule {
    code: Code {
        name: "rating-off-scale",
        level: Severity::Error,
        docs: "\
A claim's `review` whose `verdict` is not a word of the scale in `dossier.toml`, whose `rating` is
not between `worst` and `best`, or which has neither. The program never makes up a verdict. A review
must also name who judged (`by`): without that it is not a ClaimReview (schema.org), and readers
cannot judge its weight.

```toml
# dossier.toml
[verdicts]
false = {rating = 1, label = {id = \"Salah\", en = \"False\"}}
true = {rating = 5, label = {id = \"Benar\", en = \"True\"}}
unproven = {label = {id = \"Belum terbukti\", en = \"Unproven\"}}      # a state that is not a verdict
```

```yaml
review: {verdict: \"false\", by: [fact-desk], date: 2023-11-12, url: \"https://example.org/check\"}
```

How to fix: use a word of the scale, or add the word to the scale; or give `rating` and `label`
instead; name who judged.",
    },
    check,
};

fn check(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let scale = &context.config.verdicts;
    for (_, entity, claim) in context.graph.all::<Claim>() {
        let Some(review) = claim.review.as_ref().filter(|_| entity.has_read("review")) else { continue };
        let found = |message: String| RULE.code.found(message);
        if let Some(verdict) = &review.verdict {
            if !scale.iter().any(|known| known.word == verdict.value) {
                let diagnostic = found(format!("`{}` is not a verdict of the scale", verdict.value)).at(
                    entity.path(),
                    verdict.span,
                    "not in `[verdicts]` of `dossier.toml`",
                );
                let known = scale.iter().map(|known| known.word.as_str());
                diagnostics.push(match nearest(verdict, known.clone()) {
                    Some(near) => diagnostic.help(format!("did you mean `{near}`?")),
                    None if scale.is_empty() => {
                        diagnostic.help("add the scale to `dossier.toml`, or give `rating` and `label`")
                    }
                    None => diagnostic.help(format!("the scale has {}", list(known))),
                });
            }
        } else if review.label.is_none() {
            diagnostics.push(
                found(format!("the review of `{}` has no verdict", entity.id))
                    .at(entity.path(), entity.head_span(), "its `review` says nothing")
                    .help("give `verdict`, or `label` and `rating`"),
            );
        }
        let (worst, best) = (review.worst.unwrap_or(1.0), review.best.unwrap_or(5.0));
        if let Some(rating) = review.rating.as_ref().filter(|rating| !(worst..=best).contains(&rating.value))
        {
            diagnostics.push(
                found(format!("the rating {} is not between {worst} and {best}", rating.value))
                    .at(entity.path(), rating.span, "")
                    .help("correct it, or the ends of the scale, `worst` and `best`"),
            );
        }
        if review.by.is_empty() {
            diagnostics.push(
                found(format!("the review of `{}` does not say who judged", entity.id))
                    .at(entity.path(), entity.head_span(), "its `review` has no `by`")
                    .help("name who judged in `by`"),
            );
        }
    }
}

fn list<'a>(words: impl Iterator<Item = &'a str>) -> String {
    words.map(|word| format!("`{word}`")).collect::<Vec<String>>().join(", ")
}
