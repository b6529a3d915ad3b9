//! Reports HTML in a text that is removed from the page.

use crate::base::diagnostic::{Code, Diagnostic, Severity};
use crate::base::span::Span;
use crate::check::{Context, MOST_PLACES, Rule};
use crate::link::Edition;
use crate::parse::raw_html;

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

Words in angle brackets, such as `<Siti>` for who speaks, look like a tag, so they are removed, too; one
finding counts them all. Write `\\<Siti>`.

The level of this rule changes what is reported, never what is published.

How to fix: write it in Markdown, and save pictures beside the text. If you wrote every text of this
dossier yourself, or trust everybody who did, `html = \"allow\"` in `dossier.toml` keeps all HTML.",
    },
    check,
};

/// Elements of HTML that are removed, or are only where they belong. Any other name is none, but words in angle
/// brackets.
const ELEMENTS: [&str; 62] = [
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
    "title",
    "tr",
    "xmp",
];

/// Whether what is removed is a start tag of no element: `<Siti>`, the name of a speaker.
fn is_words(removed: &str) -> bool {
    let name = removed.strip_prefix("`<").and_then(|tag| tag.split([' ', '>', '`']).next());
    name.is_some_and(|name| {
        name.starts_with(char::is_alphabetic)
            && !name.contains(['-', ':', '/'])
            && !ELEMENTS.contains(&name.to_ascii_lowercase().as_str())
            && !raw_html::is_svg(name)
    })
}

fn check(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    // `<Siti>`: in a transcript, each line may begin with one.
    let mut words: Vec<(String, &Edition, Span)> = Vec::new();
    for edition in context.graph.entities.iter().flat_map(|entity| &entity.editions) {
        for piece in edition.prose().removed.chunk_by(|(_, one), (_, other)| one == other) {
            let removed: Vec<&str> = piece.iter().map(|(what, _)| &**what).collect();
            if removed.iter().all(|what| is_words(what)) {
                let span = piece[0].1;
                let text = context.text(edition);
                let text = text.get(span.range()).unwrap_or_default();
                words.extend(removed.iter().map(|what| (as_written(text, what), edition, span)));
                continue;
            }
            let message = format!("removed from the page: {}", removed.join(", "));
            let found = RULE.code.found(message).at(&edition.input.path, piece[0].1, "");
            let is_frame = removed.iter().any(|what| what.contains("` with `"));
            diagnostics.push(found.help(match is_frame {
                true => "a page loads nothing from another site: write a link, `[what it shows](address)`",
                false => "write it in Markdown; save a picture beside this file",
            }));
        }
    }
    diagnostics.extend(words_in_brackets(context, &words));
}

/// The tag that a message calls `<siti>`, as its author wrote it: `<Siti>`.
fn as_written(text: &str, removed: &str) -> String {
    let name = removed.trim_matches('`').trim_end_matches('>');
    let at = text.to_ascii_lowercase().find(name);
    let tag = at.and_then(|at| text[at..].split_inclusive('>').next());
    tag.filter(|tag| tag.ends_with('>')).map_or_else(|| format!("{name}>"), str::to_owned)
}

/// The most words in angle brackets that are named.
const MOST_NAMED: usize = 12;

/// One finding for all words in angle brackets, with each by name.
fn words_in_brackets(context: &Context<'_>, words: &[(String, &Edition, Span)]) -> Option<Diagnostic> {
    let mut named: Vec<&str> = Vec::new();
    for (written, _, _) in words {
        if named.len() <= MOST_NAMED && !named.contains(&&**written) {
            named.push(written);
        }
    }
    let first = *named.first()?;
    let others = if named.len() > MOST_NAMED { " and others" } else { "" };
    named.truncate(MOST_NAMED);
    let times = if words.len() == 1 { "once".to_owned() } else { format!("{} times", words.len()) };
    let message =
        format!("removed from the page, because it is no HTML: `{}`{others}, {times}", named.join("`, `"));
    let places = words.iter().take(MOST_PLACES).enumerate();
    let found = places.fold(RULE.code.found(message), |found, (number, (_, edition, span))| {
        let label = if number == 0 { "" } else { "also here" };
        found.at(&edition.input.path, context.first_line(edition, *span), label)
    });
    Some(found.help(format!("if readers are to see it, write a backslash before it: `\\{first}`")))
}
