//! Reports sentences that mix words of two rows of the ICD 203 table.

use crate::base::diagnostic::{Code, Diagnostic, Severity};
use crate::check::estimates::{Says, each_sentence};
use crate::check::{Context, Rule};

pub(crate) static RULE: Rule = Rule {
    code: Code {
        name: "mixed-likelihood",
        level: Severity::Warning,
        docs: "\
A sentence of a claim's title, summary or text that uses terms from two rows of the table in US
Intelligence Community Directive 203. The directive has two sets of terms for the same seven ranges,
*likely* and *probable* among them, and asks authors not to mix them: readers who meet both assume
two degrees.

| 1–5 % | 5–20 % | 20–45 % | 45–55 % | 55–80 % | 80–95 % | 95–99 % |
| --- | --- | --- | --- | --- | --- | --- |
| almost no chance | very unlikely | unlikely | roughly even chance | likely | very likely | almost certain(ly) |
| remote | highly improbable | improbable | roughly even odds | probable | highly probable | nearly certain |

Words in quotation marks are somebody else's, and are not checked.

```md
It is likely that the ship sailed, and probable that it was loaded.
```

How to fix: use only the terms of the first row, which are the values of `likelihood`.",
    },
    check,
};

fn check(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    each_sentence(context, |path, place, words| {
        let first = words.iter().find(|word| word.says == Says::Likelihood);
        let second = words.iter().find(|word| word.says == Says::SecondRow);
        let (Some(first), Some(second)) = (first, second) else { return };
        diagnostics.push(
            RULE.code
                .found(format!(
                    "`{}` and `{}` are from different rows of the ICD 203 table",
                    first.word, second.word
                ))
                .at(path, second.span.unwrap_or(place), "from the second row")
                .at(path, first.span.unwrap_or(place), "from the first row")
                .help("use the terms of one row"),
        );
    });
}
