//! Reports sentences that combine a likelihood with a level of confidence.

use crate::base::diagnostic::{Code, Diagnostic, Severity};
use crate::check::estimates::{Says, each_sentence};
use crate::check::{Context, Rule};

pub(crate) static RULE: Rule = Rule {
    code: Code {
        name: "likelihood-with-confidence",
        level: Severity::Warning,
        docs: "\
A sentence of a claim's title, summary or text that combines a likelihood with a level of
confidence: \"we have high confidence that it is likely\". US Intelligence Community Directive 203
forbids this. The chance that something is true and the quality of the evidence for it are different
things, and readers would confuse them.

Words in quotation marks are somebody else's, and are not checked.

```md
We judge with high confidence that the ship very likely sailed.     # wrong
The ship very likely sailed. We have high confidence in this because two satellites saw it.
```

How to fix: write two sentences. Say how likely it is in one, and how sure you are, and why, in the
other.",
    },
    check,
};

fn check(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    each_sentence(context, |path, place, words| {
        let likely = words.iter().find(|word| word.says != Says::Confidence);
        let sure = words.iter().find(|word| word.says == Says::Confidence);
        let (Some(likely), Some(sure)) = (likely, sure) else { return };
        diagnostics.push(
            RULE.code
                .found(format!("a sentence says both `{}` and `{}`", likely.word, sure.word))
                .at(path, sure.span.unwrap_or(place), "how sure the speaker is")
                .at(path, likely.span.unwrap_or(place), "how likely it is")
                .help("say how likely it is in one sentence, and how sure you are in another"),
        );
    });
}
