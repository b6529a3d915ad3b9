//! Reports pictures that have no alt text.

use crate::base::diagnostic::{Code, Diagnostic, Severity};
use crate::base::media::picture;
use crate::check::{Context, Rule};
use crate::link::{Edition, Target, Unresolved};
use crate::parse::prose::{Link, LinkUse};

pub(crate) static RULE: Rule = Rule {
    code: Code {
        name: "missing-alt-text",
        level: Severity::Warning,
        docs: "\
A picture without alt text. Readers who cannot see it, or whose connection did not load it, do not
learn what it shows; in a dossier a picture is often the evidence itself.

```md
![Satellite image: a train of 25 wagons beside the pier of Najin, October 1](najin-pier.jpg)
![[najin-pier.jpg|Satellite image: a train of 25 wagons beside the pier of Najin, October 1]]
```

```yaml
image: {src: najin-pier.jpg, alt: \"Satellite image: a train of 25 wagons beside the pier of Najin\"}
```

How to fix: describe in a sentence what the picture shows and why it matters here. In front matter,
`alt: \"\"` marks a picture as decoration, which screen readers skip.",
    },
    check,
};

fn check(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    for entity in &context.graph.entities {
        if let Some(image) = &entity.common().image
            && let Some(src) = &image.src
            && image.alt.is_none()
            && entity.has_read("image")
        {
            diagnostics.push(
                RULE.code
                    .found(format!("the picture of `{}` has no alt text", entity.id))
                    .at(entity.path(), src.span, "what does it show?")
                    .help("add `alt:` with what it shows; `alt: \"\"` if it is decoration"),
            );
        }
        for edition in &entity.editions {
            for (link, target) in edition.prose().links.iter().zip(&edition.links) {
                if is_picture(link, target) && !is_described(link) {
                    diagnostics.push(undescribed(edition, link));
                }
            }
        }
    }
}

fn is_picture(link: &Link, target: &Target) -> bool {
    match (link.usage, target) {
        (LinkUse::Image | LinkUse::Embed, Target::Asset(path)) => picture(path.extension()).is_some(),
        // Without a file, or with one that is not shown, it has a finding of its own.
        (LinkUse::Image, Target::Unresolved(Unresolved::Unsafe)) => false,
        (LinkUse::Image, _) => !link.target.trim().is_empty(),
        _ => false,
    }
}

fn is_described(link: &Link) -> bool {
    // Without words of its own, an embed repeats the name of the file.
    !link.description.trim().is_empty() && (link.usage != LinkUse::Embed || link.has_words)
}

fn undescribed(edition: &Edition, link: &Link) -> Diagnostic {
    let help = match link.usage {
        LinkUse::Embed => format!("say what it shows: `![[{}|…]]`", link.target),
        _ => format!("say what it shows: `![…]({})`", link.target),
    };
    RULE.code
        .found(format!("the picture `{}` has no alt text", link.target))
        .at(&edition.input.path, link.span, "what does it show?")
        .help(help)
}
