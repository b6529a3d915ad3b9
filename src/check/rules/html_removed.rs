//! Reports HTML in a text that is removed from the page.

use crate::base::diagnostic::{Code, Diagnostic, Severity};
use crate::check::{Context, Rule};

pub(crate) static RULE: Rule = Rule {
    code: Code {
        name: "html-removed",
        level: Severity::Warning,
        docs: "\
HTML in a text that does not get onto the page, because it could run something or load it from
another host: scripts, frames, forms, styles, `onclick`, and pictures whose address is on another
site. The text within stays, but for that of scripts and styles. Tags that do not fit where they are
are removed, too: an end tag that ends nothing, a cell outside of a table. Each quotation and each item
of a list ends the elements that begin in it.

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
    for edition in context.graph.entities.iter().flat_map(|entity| &entity.editions) {
        for piece in edition.prose().removed.chunk_by(|(_, one), (_, other)| one == other) {
            let removed: Vec<&str> = piece.iter().map(|(what, _)| &**what).collect();
            let message = format!("removed from the page: {}", removed.join(", "));
            let found = RULE.code.found(message).at(&edition.input.path, piece[0].1, "");
            let is_frame = removed.iter().any(|what| what.contains("` with `"));
            diagnostics.push(found.help(match is_frame {
                true => "a page loads nothing from another site: write a link, `[what it shows](address)`",
                false => "write it in Markdown; save a picture beside this file",
            }));
        }
    }
}
