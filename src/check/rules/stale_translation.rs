//! Reports translations whose original has changed since.

use crate::base::diagnostic::{Code, Diagnostic, Severity};
use crate::check::{Context, Rule};

/// See its docs.
pub static RULE: Rule = Rule {
    code: Code {
        name: "stale-translation",
        level: Severity::Warning,
        docs: "A translation of an original that has changed since: its readers are told something else than the others. What counts
is what a translator translates, the title, the summary and the body; facts stand in one file and are always the same.

`translated_from` in a translation is the fingerprint of the wording that it was made from. A tool writes it; a
translation without it is not watched.

The cure: compare the two, mend the translation, and then say that it is up to date:

```
dossier translate --accept content/claims/containers.en.md
```",
    },
    check,
};

/// The digits of a fingerprint that `translated_from` holds.
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
