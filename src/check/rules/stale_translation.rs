//! Reports translations whose original has changed since.

use crate::base::diagnostic::{Code, Diagnostic, Severity};
use crate::check::{Context, Rule};

pub(crate) static RULE: Rule = Rule {
    code: Code {
        name: "stale-translation",
        level: Severity::Warning,
        docs: "\
A translation whose original has changed since: its readers are told something different from the
others. What counts is what a translator translates: the title, the summary and the text. Facts are
in the original only, so they always agree.

`translated_from` in a translation is the fingerprint of the wording that it was made from.
`dossier new` and `dossier translate` write it; a translation without it is not checked.

How to fix: compare the two, update the translation, and then record that it is current:

```
dossier translate --accept content/claims/containers.en.md
```",
    },
    check,
};

/// The number of digits of a fingerprint in `translated_from`.
const DIGITS: usize = 12;

fn check(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    for entity in &context.graph.entities {
        let (original, translations) = (entity.original(), &entity.editions[1..]);
        for edition in translations {
            let Some(from) = &edition.parsed.head.translated_from else { continue };
            if from.trim() == original.parsed.wording.short(DIGITS) {
                continue;
            }
            let path = &edition.input.path;
            diagnostics.push(
                RULE.code
                    .found(format!("`{}` has changed since it was translated", original.input.path))
                    .at(path, from.span, "made from an earlier wording")
                    .at(&original.input.path, entity.head_span(), "reads differently now")
                    .help(format!("review it, then run `dossier translate --accept {path}`")),
            );
        }
    }
}
