//! Finds syntax of other programs, which is text here: shortcodes, templates, containers and so on.

use std::ops::Range;

use crate::base::span::Span;

/// A syntax that other programs give a meaning to.
#[derive(Copy, Clone, Debug, Eq, PartialEq, Ord, PartialOrd)]
pub(crate) enum Syntax {
    Shortcode,
    Template,
    Container,
    Dataview,
    Contents,
    Import,
    Script,
    Directive,
    Attributes,
    Abbreviation,
    Citation,
    Emoji,
    Change,
    Note,
    Size,
    Markup,
    HalfLink,
}

impl Syntax {
    pub(crate) const ALL: [Syntax; 17] = [
        Syntax::Shortcode,
        Syntax::Template,
        Syntax::Container,
        Syntax::Dataview,
        Syntax::Contents,
        Syntax::Import,
        Syntax::Script,
        Syntax::Directive,
        Syntax::Attributes,
        Syntax::Abbreviation,
        Syntax::Citation,
        Syntax::Emoji,
        Syntax::Change,
        Syntax::Note,
        Syntax::Size,
        Syntax::Markup,
        Syntax::HalfLink,
    ];

    /// What it is, and how to write the same here.
    pub(crate) fn described(self) -> (&'static str, &'static str) {
        match self {
            Syntax::Shortcode => (
                "shortcodes of Hugo and WordPress, such as `{{< figure >}}` or `[gallery]`",
                "write pictures as `![What it shows](file.jpg)`, links as `[words](file.md)`, notes as `> [!note]`",
            ),
            Syntax::Template => (
                "template code, such as `{{ name }}` or `{% if %}` (Jekyll, Jinja, wikis)",
                "write what it stands for, or put it in backticks",
            ),
            Syntax::Container => (
                "containers of other programs, such as `:::note` or `!!! note`",
                "write notes as quotations: `> [!note] Title`, then each line with `> `",
            ),
            Syntax::Dataview => (
                "fields and queries of Dataview, such as `key:: value`",
                "write facts as keys at the top of the file; a query has no result here",
            ),
            Syntax::Contents => (
                "marks for a table of contents, such as `[TOC]`",
                "delete them: long pages have a table of contents",
            ),
            Syntax::Import => {
                ("imports and exports of MDX", "delete them, and write in Markdown what the components show")
            }
            Syntax::Script => {
                ("code of Templater, such as `<% tp.date.now() %>`", "write what it stands for")
            }
            Syntax::Directive => (
                "directives and roles of Sphinx and MyST, such as `.. note::` or `` {ref}`x` ``",
                "write notes as quotations, `> [!note]`, and links as `[words](file.md)`",
            ),
            Syntax::Attributes => (
                "lists of attributes, such as `{: .class}` or `{width=50%}`",
                "delete them; `![What it shows|300](file.jpg)` sets the width of a picture in pixels",
            ),
            Syntax::Abbreviation => (
                "abbreviations, such as `*[NIS]: National Intelligence Service`",
                "write `<abbr title=\"…\">NIS</abbr>`, or explain it where it first occurs",
            ),
            Syntax::Citation => (
                "citations of Pandoc, such as `[@smith2020]`",
                "link to the source instead: `[[smith-2020]]`",
            ),
            Syntax::Emoji => ("codes of emoji, such as `:warning:`", "write the emoji itself"),
            Syntax::Change => (
                "changes in CriticMarkup, such as `{--deleted--}`",
                "accept or reject them: what they delete is on the page, too",
            ),
            Syntax::Note => (
                "footnotes within a text or a description, such as `^[note]` or `![Ship[^1]](ship.jpg)`",
                "write `[^1]` after the words, and `[^1]: note` on a line of its own",
            ),
            Syntax::Size => (
                "sizes of pictures, such as `![Ship](ship.jpg =300x200)`",
                "write the width as `![Ship|300](ship.jpg)`",
            ),
            Syntax::HalfLink => (
                "links with a bracket missing or a space between brackets, such as `[[id]` or `[words] (file.md)`",
                "write `[[id]]` or `[words](file.md)`",
            ),
            Syntax::Markup => (
                "marks of wikis and forums, such as `'''bold'''`, `[b]bold[/b]` or `x^2^`",
                "write `**bold**`, `*italic*`, `<sup>2</sup>` and `[words](https://example.org)`",
            ),
        }
    }
}

/// No mark that is looked for is longer: this keeps the time linear.
const LONGEST: usize = 1 << 10;

/// Finds the syntax of other programs in a body, except where it is code.
pub(super) fn find(body: &str, is_code: impl Fn(usize) -> bool) -> Vec<(Syntax, Span)> {
    let mut found = Vec::new();
    let mut push = |syntax: Syntax, range: Range<usize>| {
        found.push((syntax, Span::new(range.start, range.end)));
    };
    let mut start = 0;
    for line in body.split_inclusive('\n') {
        let indented = line.trim_start_matches([' ', '\t', '>']);
        let at = start + line.len() - indented.len();
        let words = indented.trim_end();
        if let Some(syntax) = of_line(words, at > start).filter(|_| !words.is_empty() && !is_code(at)) {
            push(syntax, at..at + words.len());
        } else if let Some(language) = words.strip_prefix("```") {
            if ["dataview", "dataviewjs", "tasks"].contains(&language.trim())
                && !is_code(at.saturating_sub(1))
            {
                push(Syntax::Dataview, at..at + words.len());
            }
        } else if memchr::memchr3(b'{', b'[', b':', line.as_bytes()).is_some()
            || memchr::memchr2(b'^', b'\'', line.as_bytes()).is_some()
            || line.contains("<%")
        {
            let mut from = 0;
            while let Some((syntax, range)) = within(line, from) {
                from = range.end;
                if !is_code(start + range.start) {
                    push(syntax, start + range.start..start + range.end);
                }
            }
        }
        start += line.len();
    }
    found
}

/// The syntax that a whole line is. `is_indented` if there is something before it.
fn of_line(line: &str, is_indented: bool) -> Option<Syntax> {
    let is_word = |text: &str| {
        !text.is_empty() && text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_')
    };
    let first = || line.split_whitespace().next().unwrap_or_default();
    match line.as_bytes().first()? {
        b':' if line.starts_with(":::") => Some(Syntax::Container),
        b'!' | b'?' => {
            let rest = line.strip_prefix("!!!").or_else(|| line.strip_prefix("???"))?;
            let rest = rest.strip_prefix('+').unwrap_or(rest).strip_prefix(' ')?;
            is_word(rest.split(' ').next()?).then_some(Syntax::Container)
        }
        b'[' | b'{' | b'@' if is_contents(line) => Some(Syntax::Contents),
        b'.' => {
            let name = line.strip_prefix(".. ")?.split("::").next()?;
            (line.contains("::") && is_word(name)).then_some(Syntax::Directive)
        }
        b'*' => {
            let (name, _) = line.strip_prefix("*[")?.split_once("]: ")?;
            (!name.contains(']')).then_some(Syntax::Abbreviation)
        }
        b'i' if !is_indented && first() == "import" => {
            let rest = line["import".len()..].trim_start().trim_end_matches(';');
            let quoted =
                rest.ends_with(['\'', '"']) && (rest.starts_with(['\'', '"']) || rest.contains(" from "));
            quoted.then_some(Syntax::Import)
        }
        b'e' if !is_indented && first() == "export" => {
            let next = line["export".len()..].split_whitespace().next()?;
            (matches!(next, "const" | "default" | "function" | "let") && line.contains(['=', '(', '{']))
                .then_some(Syntax::Import)
        }
        _ => {
            let item = line.trim_start_matches(['-', '*', '+']).trim_start();
            let (key, value) = item.split_once(":: ").or_else(|| Some((item.strip_suffix("::")?, "")))?;
            let is_key = !value.is_empty()
                && key.len() <= 40
                && key.starts_with(char::is_alphabetic)
                && key.chars().all(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_' | '*'));
            is_key.then_some(Syntax::Dataview)
        }
    }
}

fn is_contents(line: &str) -> bool {
    ["[toc]", "[[toc]]", "[[_toc_]]", "{:toc}", "{{toc}}", "@[toc]"]
        .iter()
        .any(|mark| mark.eq_ignore_ascii_case(line))
}

/// The first syntax within a line, from this byte on.
fn within(line: &str, from: usize) -> Option<(Syntax, Range<usize>)> {
    let bytes = line.as_bytes();
    (from..bytes.len()).filter(|&at| matches!(bytes[at], b'{' | b'[' | b':' | b'<' | b'^' | b'\'')).find_map(
        |at| {
            if at > 0 && bytes[at - 1] == b'\\' {
                return None;
            }
            let rest = &line[at..line.ceil_char_boundary(at + LONGEST)];
            let until = |end: &str| rest.find(end).map(|length| at..at + length + end.len());
            match bytes[at] {
                b'<' if rest.starts_with("<%") => Some((Syntax::Script, until("%>")?)),
                b'{' if rest.starts_with("{{<") => Some((Syntax::Shortcode, until(">}}")?)),
                b'{' if rest.starts_with("{{%") => Some((Syntax::Shortcode, until("%}}")?)),
                b'{' if rest.starts_with("{--") => Some((Syntax::Change, until("--}")?)),
                b'{' if rest.starts_with("{++") => Some((Syntax::Change, until("++}")?)),
                b'{' if rest.starts_with("{~~") => Some((Syntax::Change, until("~~}")?)),
                b'{' if rest.starts_with("{==") => Some((Syntax::Change, until("==}")?)),
                b'{' if rest.starts_with("{{") => Some((Syntax::Template, until("}}")?)),
                b'{' if rest.starts_with("{%") => Some((Syntax::Template, until("%}")?)),
                b'{' => of_braces(line, at, &rest[1..rest.find('}')?]),
                b'^' if rest.starts_with("^[") => {
                    let end = closing(&rest[1..])? + 1;
                    (!rest[end + 1..].starts_with('(')).then_some((Syntax::Note, at..at + end + 1))
                }
                b'^' => {
                    // `x^2^`, but not `^id` or `^^`
                    let word = &rest[1..1 + rest[1..].find('^')?];
                    let is_after_word = line[..at].ends_with(char::is_alphanumeric);
                    let is_word =
                        !word.is_empty() && word.len() <= 4 && word.chars().all(char::is_alphanumeric);
                    (is_after_word && is_word).then(|| (Syntax::Markup, at..at + word.len() + 2))
                }
                b'\'' if rest.starts_with("'''") => {
                    let inner = &rest[3..3 + rest[3..].find("'''")?];
                    (!inner.trim().is_empty()).then(|| (Syntax::Markup, at..at + inner.len() + 6))
                }
                b'\'' => None,
                b'[' if at > 0 && bytes[at - 1] == b'!' => {
                    let end = closing(rest)?;
                    let address = rest[end + 1..].strip_prefix('(')?;
                    let address = &address[..address.find(')')?];
                    let whole = at - 1..at + end + address.len() + 3;
                    if rest[..end].contains("[^") {
                        return Some((Syntax::Note, whole));
                    }
                    let is_size = |word: &str| {
                        let size = word.strip_prefix('=').unwrap_or_default();
                        !size.is_empty()
                            && size.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'x' | b'*' | b'%'))
                            || word.starts_with("width=")
                            || word.starts_with("height=")
                    };
                    let (_, after) = address.split_once(' ')?;
                    after.split(' ').any(is_size).then_some((Syntax::Size, whole))
                }
                b'[' if is_wordpress(rest) => Some((Syntax::Shortcode, until("]")?)),
                b'[' if half_link(rest).is_some() => Some((Syntax::HalfLink, at..at + half_link(rest)?)),
                b'[' if is_forum(rest) => {
                    let name = rest[1..].split([']', '=']).next()?;
                    let close = format!("[/{name}]");
                    Some((Syntax::Markup, at..at + rest.find(&close)? + close.len()))
                }
                b'[' if rest.starts_with("[@") || rest.starts_with("[-@") => {
                    let inner = &rest[..rest.find(']')?];
                    let key = inner.trim_start_matches(['[', '-', '@']);
                    let is_link = rest[inner.len() + 1..].starts_with(['(', '[', ':']);
                    (!is_link && key.starts_with(char::is_alphanumeric))
                        .then(|| (Syntax::Citation, at..at + inner.len() + 1))
                }
                b'[' => {
                    let inner = &rest[1..rest.find(']')?];
                    let (key, _) = inner.split_once(":: ")?;
                    let is_key = key.starts_with(char::is_alphabetic)
                        && key.chars().all(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_'));
                    is_key.then(|| (Syntax::Dataview, at..at + inner.len() + 2))
                }
                b':' => {
                    let name = &rest[1..1 + rest[1..].find(':')?];
                    let is_name = name.len() >= 2
                    && name.starts_with(|c: char| c.is_ascii_lowercase() || matches!(c, '+' | '-'))
                    // The column of a table may be centred by `:---:`.
                    && name.contains(|c: char| c.is_ascii_alphanumeric())
                    && name.bytes().all(|b| {
                        b.is_ascii_lowercase() || b.is_ascii_digit() || matches!(b, b'_' | b'+' | b'-')
                    });
                    let before = line[..at].chars().next_back();
                    if !is_name || before.is_some_and(|c| c.is_alphanumeric() || matches!(c, ':' | '/')) {
                        return None;
                    }
                    let end = at + name.len() + 2;
                    match line[end..].chars().next() {
                        Some('`') => Some((Syntax::Directive, at..end)),
                        Some(c) if c.is_alphanumeric() || matches!(c, ':' | '/') => None,
                        _ => Some((Syntax::Emoji, at..end)),
                    }
                }
                _ => None,
            }
        },
    )
}

/// Where the bracket closes that a text begins with.
fn closing(text: &str) -> Option<usize> {
    let mut depth = 0usize;
    text.bytes().position(|byte| {
        match byte {
            b'[' => depth += 1,
            b']' => depth -= 1,
            _ => {}
        }
        depth == 0
    })
}

/// Whether a text begins with a shortcode of WordPress: `[gallery ids="1"]`.
fn is_wordpress(text: &str) -> bool {
    const NAMES: [&str; 7] = ["audio", "caption", "embed", "gallery", "playlist", "video", "wp_caption"];
    let Some((name, rest)) = named(text, &NAMES, [']', ' ']) else { return false };
    let has_attributes = rest.starts_with(' ') && rest.split(']').next().is_some_and(|all| all.contains('='));
    has_attributes || text.contains(&format!("[/{name}]"))
}

/// Which of `names` is behind the bracket that a text begins with, up to one of `ends`; and the rest. There can be a bracket
/// at every byte, so no more is looked at than a name is long.
fn named<'t, 'n>(text: &'t str, names: &[&'n str], ends: [char; 2]) -> Option<(&'n str, &'t str)> {
    let mut rests = names.iter().filter_map(|name| Some((*name, text[1..].strip_prefix(*name)?)));
    rests.find(|(_, rest)| rest.starts_with(ends))
}

/// The length of a link that is none, with which a text begins, because a bracket is missing, or a space is between the
/// brackets.
fn half_link(text: &str) -> Option<usize> {
    // `[[id]`
    if let Some(inner) = text.strip_prefix("[[") {
        let end = inner.find(['[', ']', '\n'])?;
        let is_half = inner[end..].starts_with(']') && !inner[end..].starts_with("]]") && end > 0;
        return (is_half && !inner[end + 1..].starts_with(['(', '['])).then_some(end + 3);
    }
    let words = text.find(']').filter(|end| *end > 1 && !text[1..*end].contains('['))?;
    let after = &text[words + 1..];
    let is_address = |address: &str| {
        address.ends_with(".md") || address.starts_with("https://") || address.starts_with("http://")
    };
    // `[words] (file.md)`
    if let Some(rest) = after.strip_prefix(" (") {
        let end = rest.find([')', '\n', ' '])?;
        return (rest[end..].starts_with(')') && is_address(&rest[..end])).then_some(words + end + 4);
    }
    // `[words](file.md`
    let rest = after.strip_prefix('(').filter(|rest| !rest.contains(')'))?;
    let address = rest.split_whitespace().next()?;
    // A title may go on in the next line.
    let has_title = rest[address.len()..].trim_start().starts_with(['"', '\'', '(']);
    (is_address(address) && !has_title).then_some(words + 2 + address.len())
}

/// Whether a text begins with a mark of forums, such as `[b]`.
fn is_forum(text: &str) -> bool {
    const NAMES: [&str; 9] = ["b", "i", "u", "s", "url", "img", "quote", "code", "color"];
    named(text, &NAMES, [']', '=']).is_some_and(|(name, _)| text.contains(&format!("[/{name}]")))
}

/// What a pair of braces is, with its content.
fn of_braces(line: &str, at: usize, inner: &str) -> Option<(Syntax, Range<usize>)> {
    let range = at..at + inner.len() + 2;
    let is_name = |text: &str| {
        !text.is_empty() && text.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | ':'))
    };
    if line[range.end..].starts_with('`') && is_name(inner) {
        return Some((Syntax::Directive, range));
    }
    // Those of a heading are read.
    let is_heading = line.trim_start_matches([' ', '>']).starts_with('#');
    let is_attribute = |word: &str| {
        word.strip_prefix(['.', '#']).is_some_and(is_name)
            || word.split_once('=').is_some_and(|(name, value)| is_name(name) && !value.is_empty())
    };
    let list = inner.strip_prefix(':').unwrap_or(inner).trim();
    let is_list = !list.is_empty() && list.split_whitespace().all(is_attribute);
    (is_list && !is_heading).then_some((Syntax::Attributes, range))
}
