//! Reports links whose words are not the value that the page prints in their place.

use super::unknown_value::for_each;
use crate::base::diagnostic::{Code, Diagnostic, Severity};
use crate::base::span::Span;
use crate::check::{Context, Rule};
use crate::link::Edition;
use crate::parse::prose::{Link, LinkStyle};
use crate::values::{in_place_of, is_same};

pub(crate) static RULE: Rule = Rule {
    code: Code {
        name: "value-differs",
        level: Severity::Warning,
        docs: "\
A link that asks for a value, and whose words are something else:

```md
Tikhoretsk is about [210 km](../places/tikhoretsk.md#=distance:kerch) from Kerch.   # 290 km
It has [one origin](../claims/containers.md#=origins).                              # 2 origins
```

The page prints the value in any case. The words are what GitHub, Obsidian and other programs show,
and what quotations of the text are looked up in, so they should say the same. If they do not, either
the data changed since the sentence was written, and the rest of the sentence may no longer be true
either; or the link leads to something else than the sentence is about. A number may be in letters:
`Four days` is `4 days`, and the page keeps the letters.

How to fix: read the sentence, and replace the words with the value; `dossier check --fix` does. You
need not know the value: write `[[containers#=origins]]`, and let the fix add the words.",
    },
    check,
};

fn check(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    for_each(context, |known, _, edition, link, (of, name)| {
        let Ok(value) = known.value(of, name) else { return };
        let lang = &edition.input.lang;
        let Some(locale) = context.locales.iter().find(|locale| locale.lang == *lang) else { return };
        let words = match link.has_words {
            true => edition.prose().at(&link.words),
            false => "",
        };
        // Of a link that nobody can see, another rule tells.
        if link.has_words && words.trim().is_empty() {
            return;
        }
        let value = value.words(locale, context.graph.default_language());
        let value = in_place_of(words, value, locale);
        // Nobody sees in a text file which spaces hold words together.
        let value = value.replace(['\u{a0}', '\u{202f}'], " ");
        if is_same(words, &value) {
            return;
        }
        let id = &context.graph.entity(of).id;
        let message = match words.trim() {
            "" => format!("without words, other programs show nothing for `{name}` of `{id}`: `{value}`"),
            words => format!("`{words}` is not `{name}` of `{id}`: `{value}`"),
        };
        let path = &edition.input.path;
        let found = RULE.code.found(message);
        diagnostics.push(match place(&context.text(edition), edition, link) {
            Some((span, before)) => found
                .at(path, span, "")
                .help("the page prints the value; see whether the sentence is still true")
                .fix(format!("write `{value}`"), path, span, format!("{before}{value}")),
            None => found.at(path, link.span, "").help(format!("write `{value}`, without markup")),
        });
    });
}

/// Where the words of a link are written, or belong; and what to write before them.
fn place(text: &str, edition: &Edition, link: &Link) -> Option<(Span, &'static str)> {
    let words = link.words.start as usize..link.words.end as usize;
    if !link.has_words && link.style == LinkStyle::Wiki {
        let at = link.target_span?.end as usize;
        let line = text[..at].rfind('\n').map_or(0, |at| at + 1);
        // Within a table, a bar separates cells.
        let bar = if text[line..at].trim_start().starts_with('|') { "\\|" } else { "|" };
        return Some((Span::empty(at), bar));
    }
    Some((edition.prose().source_of(words)?, ""))
}
