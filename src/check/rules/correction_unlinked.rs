//! Reports corrections that do not lead to what they correct.

use crate::base::diagnostic::{Code, Diagnostic, Severity};
use crate::check::{Context, Rule};
use crate::kinds::Note;
use crate::kinds::words::Motivation;

/// See its docs.
pub static RULE: Rule = Rule {
    code: Code {
        name: "correction-unlinked",
        level: Severity::Error,
        docs: "A note of `motivation: editing`, which asks for a correction or makes one, that is neither `about` anything nor
marks a passage with `targets`. A reader of the mistake would never learn of it. Indonesia's press council asks
that a correction be linked to what it corrects, and what it corrects to the correction (Guidelines for Cyber
Media Reporting, 2012, section 4); this program links back by itself, once it knows to what.

```yaml
motivation: editing
about: [more-than-1000-containers]
```

The cure: name what is corrected in `about`, or the passage in `targets`. A correction of your own page belongs
to its `corrections`, which are shown there and listed with all others.",
    },
    check,
};

fn check(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    for (_, entity, note) in context.graph.all::<Note>() {
        let marks = entity.editions.iter().any(|edition| !edition.parsed.head.common.targets.is_empty());
        if note.motivation == Some(Motivation::Editing) && note.about.is_empty() && !marks {
            diagnostics.push(
                RULE.code
                    .found(format!("the correction `{}` does not say what it corrects", entity.id))
                    .at(entity.path(), entity.head_span(), "leads nowhere")
                    .help("name it in `about`, or mark the passage with `targets`"),
            );
        }
    }
}
