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

/// Elements of HTML that are removed, or are only where they belong. Any other name is none, but words in angle brackets.
const ELEMENTS: [&str; 60] = [
    "applet",
    "area",
    "audio",
    "base",
    "body",
    "button",
    "canvas",
    "caption",
    "col",
    "colgroup",
    "datalist",
    "dialog",
    "embed",
    "fieldset",
    "font",
    "form",
    "frame",
    "frameset",
    "head",
    "html",
    "iframe",
    "image",
    "img",
    "input",
    "label",
    "legend",
    "li",
    "link",
    "main",
    "map",
    "marquee",
    "math",
    "menu",
    "meta",
    "meter",
    "nav",
    "noembed",
    "noframes",
    "noscript",
    "object",
    "optgroup",
    "option",
    "output",
    "param",
    "plaintext",
    "progress",
    "script",
    "select",
    "slot",
    "source",
    "style",
    "svg",
    "tbody",
    "td",
    "template",
    "textarea",
    "tfoot",
    "th",
    "thead",
    "tr",
];

/// Whether what is removed is a start tag of no element: `<Siti>`, the name of a speaker.
fn is_words(removed: &str) -> bool {
    let name = removed.strip_prefix("`<").and_then(|tag| tag.split([' ', '>', '`']).next());
    name.is_some_and(|name| {
        name.starts_with(char::is_alphabetic)
            && !name.contains(['-', ':'])
            && !ELEMENTS.contains(&name.to_ascii_lowercase().as_str())
    })
}

fn check(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    for edition in context.graph.entities.iter().flat_map(|entity| &entity.editions) {
        for piece in edition.prose().removed.chunk_by(|(_, one), (_, other)| one == other) {
            let removed: Vec<&str> = piece.iter().map(|(what, _)| &**what).collect();
            let message = format!("removed from the page: {}", removed.join(", "));
            let found = RULE.code.found(message).at(&edition.input.path, piece[0].1, "");
            let is_frame = removed.iter().any(|what| what.contains("` with `"));
            diagnostics.push(found.help(match (is_frame, removed.iter().any(|what| is_words(what))) {
                (true, _) => {
                    "a page loads nothing from another site: write a link, `[what it shows](address)`"
                }
                (_, true) => "if readers are to see it, write a backslash before it: `\\<`",
                _ => "write it in Markdown; save a picture beside this file",
            }));
        }
    }
}
