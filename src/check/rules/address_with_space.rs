//! Reports links that are none because their address contains a space.

use crate::base::diagnostic::{Code, Diagnostic, Severity};
use crate::base::span::Span;
use crate::check::{Context, Rule};

pub(crate) static RULE: Rule = Rule {
    code: Code {
        name: "address-with-space",
        level: Severity::Warning,
        docs: "\
`[words](my file.md)` is no link, and `![words](my photo.jpg)` no picture: in Markdown, an address ends at
the first space. Readers see the brackets.

```md
![The pier](pier in may.jpg)        is text
![The pier](<pier in may.jpg>)      is a picture
```

How to fix: put the address in angle brackets, as `--fix` does.",
    },
    check,
};

/// The longest address that is looked for, in bytes.
const LONGEST: usize = 300;

fn check(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let editions = context.graph.entities.iter().flat_map(|entity| &entity.editions);
    for edition in editions.filter(|edition| edition.prose().plain.contains("](")) {
        let prose = edition.prose();
        let text = context.text(edition);
        for (at, mark) in prose.plain.match_indices("](") {
            // What is a link is not in the plain text.
            let Some(span) = prose.source_of(at..at + mark.len()) else { continue };
            let start = span.end as usize;
            let Some(length) = address(&text[start..]) else { continue };
            let span = Span::new(start, start + length);
            let written = &text[span.range()];
            let message = format!("this is no link, because its address `{written}` has a space");
            let path = &edition.input.path;
            let found = RULE.code.found(message).at(path, span, "");
            let fixed = format!("<{written}>");
            diagnostics.push(found.help(format!("write `{fixed}`")).fix(
                "put it in angle brackets",
                path,
                span,
                fixed,
            ));
        }
    }
}

/// The length of an address with a space up to its closing bracket, if it looks like one.
fn address(rest: &str) -> Option<usize> {
    let rest = &rest[..rest.floor_char_boundary(LONGEST)];
    let mut depth = 0;
    let end = rest.find(|c| {
        depth += i32::from(c == '(') - i32::from(c == ')');
        depth < 0 || matches!(c, '\n' | '<' | '>' | '[' | ']' | '"' | '`' | '{')
    })?;
    let address = &rest[..end];
    let is_file = address.rsplit_once('.').is_some_and(|(name, ending)| {
        !name.is_empty() && (1..=6).contains(&ending.split('#').next().map_or(0, str::len))
    });
    let has_space = address.contains(' ') && address.trim() == address;
    (rest[end..].starts_with(')') && has_space && (is_file || address.contains("://"))).then_some(end)
}
