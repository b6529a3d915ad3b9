//! Reports sentences that mix words of two rows of the ICD 203 table.

use crate::base::diagnostic::{Code, Diagnostic, Severity};
use crate::check::estimates::{Says, each_sentence};
use crate::check::{Context, Rule};

/// See its docs.
pub static RULE: Rule = Rule {
    code: Code {
        name: "mixed-likelihood",
        level: Severity::Warning,
        docs: "A sentence of a claim's title, summary or text that uses words of estimate from two rows of the
table of US Intelligence Community Directive 203. The directive has two sets of words for the same seven
ranges, *likely* and *probable* among them, and asks authors to keep to one: a reader who meets both takes them
for two degrees.

| 1–5 % | 5–20 % | 20–45 % | 45–55 % | 55–80 % | 80–95 % | 95–99 % |
| --- | --- | --- | --- | --- | --- | --- |
| almost no chance | very unlikely | unlikely | roughly even chance | likely | very likely | almost certain(ly) |
| remote | highly improbable | improbable | roughly even odds | probable | highly probable | nearly certain |

What stands between quotation marks is another's, and is left alone.

```md
It is likely that the ship sailed, and probable that it was loaded.
```

The cure: keep to the words of the first row, which are those of `likelihood`.",
    },
    check,
};

fn check(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    each_sentence(context.graph, |path, place, words| {
        let first = words.iter().find(|word| word.says == Says::Likelihood);
        let second = words.iter().find(|word| word.says == Says::SecondRow);
        let (Some(first), Some(second)) = (first, second) else { return };
        diagnostics.push(
            RULE.code
                .found(format!("`{}` and `{}` are of two rows of the ICD 203 table", first.word, second.word))
                .at(path, second.span.unwrap_or(place), "of the second row")
                .at(path, first.span.unwrap_or(place), "of the first row")
                .help("keep to the words of one row"),
        );
    });
}
