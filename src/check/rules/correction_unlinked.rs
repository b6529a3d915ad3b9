//! Reports corrections that do not link to what they correct.

use crate::base::diagnostic::{Code, Diagnostic, Severity};
use crate::check::{Context, Rule};
use crate::kinds::Note;
use crate::kinds::words::Motivation;

pub(crate) static RULE: Rule = Rule {
    code: Code {
        name: "correction-unlinked",
        level: Severity::Error,
        docs: "\
A note with `motivation: editing`, which asks for a correction or makes one, that is neither `about`
anything nor marks a passage with `targets`. Readers of the mistake would never learn of it.
Indonesia's press council requires a correction to link to what it corrects, and vice versa
(Guidelines for Cyber Media Reporting, 2012, section 4); the program adds the link back
automatically.

```yaml
motivation: editing
about: [more-than-1000-containers]
```

How to fix: name what is corrected in `about`, or quote the passage in `targets`. Put a correction
of a page of your own into its `corrections`, which that page shows and the list of corrections
includes.",
    },
    check,
};

fn check(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    for (_, entity, note) in context.graph.all::<Note>() {
        let marks = entity.editions.iter().any(|edition| !edition.parsed.head.common.targets.is_empty());
        if note.motivation == Some(Motivation::Editing)
            && note.about.is_empty()
            && !marks
            && entity.has_read("about")
            && entity.has_read("targets")
        {
            diagnostics.push(
                RULE.code
                    .found(format!("the correction `{}` does not say what it corrects", entity.id))
                    .at(entity.path(), entity.head_span(), "leads nowhere")
                    .help("name it in `about`, or mark the passage with `targets`"),
            );
        }
    }
}
