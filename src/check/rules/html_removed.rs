//! Reports HTML in a text that is removed from the page.

use crate::base::diagnostic::{Code, Diagnostic, Severity};
use crate::check::{Context, Rule};
use crate::config::RawHtml;
use crate::parse::raw_html;

pub(crate) static RULE: Rule = Rule {
    code: Code {
        name: "html-removed",
        level: Severity::Warning,
        docs: "\
HTML in a text that does not get onto the page, because it could run something or load it from
another host: scripts, frames, forms, styles, `onclick`, and pictures whose address is on another
site. The text within stays.

```md
<p style=\"color: red\">Late</p>                the style is removed
<img src=\"https://example.org/pier.jpg\">     the picture is removed
<details><summary>More</summary>…</details>    stays
```

The level of this rule changes what is reported, never what is published.

How to fix: write it in Markdown, and save pictures beside the text. If you wrote every text of this
dossier yourself, or trust everybody who did, `html = \"allow\"` in `dossier.toml` keeps all HTML.",
    },
    check,
};

fn check(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    if context.config.dialect.html == RawHtml::Allow {
        return;
    }
    let editions = context.graph.entities.iter().flat_map(|entity| &entity.editions);
    for edition in editions.filter(|edition| !edition.prose().html.is_empty()) {
        let text = context.text(edition);
        for span in &edition.prose().html {
            let removed = raw_html::removed(text.get(span.range()).unwrap_or_default());
            if removed.is_empty() {
                continue;
            }
            let message = format!("removed from the page: {}", removed.join(", "));
            let found = RULE.code.found(message).at(&edition.input.path, *span, "");
            diagnostics.push(found.help("write it in Markdown; save a picture beside this file"));
        }
    }
}
