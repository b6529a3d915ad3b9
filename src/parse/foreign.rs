//! Finds syntax of other programs, which is text here: shortcodes, templates, containers and so on.

mod half_link;
mod syntax;

use std::ops::Range;

use half_link::half_link;
pub(crate) use half_link::whole_link;
pub(crate) use syntax::Syntax;

use crate::base::span::Span;

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
            || ["<%", "((", "［［"].iter().any(|mark| line.contains(mark))
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
    if is_without_space(line) {
        return Some(Syntax::Space);
    }
    let is_name_of =
        |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_uppercase() || b == b'_');
    match line.as_bytes().first()? {
        b':' if line.starts_with(":::") => Some(Syntax::Container),
        // `:PROPERTIES:`, `:ID: x`
        b':' if line[1..]
            .split_once(':')
            .is_some_and(|(name, rest)| is_name_of(name) && (rest.is_empty() || rest.starts_with(' '))) =>
        {
            Some(Syntax::Org)
        }
        b'#' if line.starts_with("#+") => {
            let name = line[2..].split([':', ' ']).next()?;
            name.bytes()
                .all(|b| b.is_ascii_alphabetic() || b == b'_')
                .then_some(Syntax::Org)
                .filter(|_| !name.is_empty())
        }
        // `== Heading`
        b'=' => {
            let words = line.trim_start_matches('=');
            let is_heading = (2..=6).contains(&(line.len() - words.len())) && words.starts_with(' ');
            (is_heading && words.trim().starts_with(char::is_alphanumeric)).then_some(Syntax::Markup)
        }
        // `[quote, Anna]`
        b'[' if line.ends_with(']') && !line[1..line.len() - 1].contains(['[', ']']) => {
            let name = line[1..line.len() - 1].split([',', '.', '#', '%']).next()?;
            const BLOCKS: [&str; 12] = [
                "quote",
                "verse",
                "source",
                "listing",
                "NOTE",
                "TIP",
                "WARNING",
                "CAUTION",
                "IMPORTANT",
                "cols=\"1",
                "sidebar",
                "appendix",
            ];
            if is_contents(line) {
                return Some(Syntax::Contents);
            }
            BLOCKS.contains(&name.trim()).then_some(Syntax::AsciiDoc)
        }
        b'i' | b'v' | b'a' if is_block_macro(line) => Some(Syntax::AsciiDoc),
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

/// Whether a line begins with marks that mean nothing without a space: `##Heading`, `- [x]done`.
fn is_without_space(line: &str) -> bool {
    let words = line.trim_start_matches('#');
    if (2..=6).contains(&(line.len() - words.len())) {
        return words.starts_with(char::is_alphabetic);
    }
    let item = line.strip_prefix(['-', '*', '+']).and_then(|rest| rest.strip_prefix(' ')).unwrap_or_default();
    let task = ["[x]", "[X]", "[ ]"].iter().find_map(|mark| item.trim_start().strip_prefix(mark));
    task.is_some_and(|words| words.starts_with(char::is_alphanumeric))
}

/// Whether a line is a block of AsciiDoc: `image::ship.jpg[Ship]`.
fn is_block_macro(line: &str) -> bool {
    let Some((name, rest)) = line.split_once("::") else { return false };
    ["image", "include", "video", "audio"].contains(&name)
        && rest.split_once('[').is_some_and(|(file, rest)| !file.contains(' ') && rest.ends_with(']'))
}

/// The first syntax within a line, from this byte on.
fn within(line: &str, from: usize) -> Option<(Syntax, Range<usize>)> {
    let bytes = line.as_bytes();
    (from..bytes.len())
        .filter(|&at| matches!(bytes[at], b'{' | b'[' | b':' | b'<' | b'^' | b'\'' | b'(' | b'\\' | 0xef))
        .find_map(|at| {
            if at > 0 && bytes[at - 1] == b'\\' {
                return None;
            }
            let rest = &line[at..line.ceil_char_boundary(at + LONGEST)];
            let until = |end: &str| rest.find(end).map(|length| at..at + length + end.len());
            match bytes[at] {
                b'<' if rest.starts_with("<%") => Some((Syntax::Script, until("%>")?)),
                b'(' if rest.starts_with("((") => {
                    let id = &rest[2..rest.find("))")?];
                    let is_word = id.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_'));
                    // Of Logseq, and of Roam.
                    let is_id = id.len() == 36 && id.matches('-').count() == 4
                        || id.len() == 9 && id.contains(|c: char| c.is_ascii_digit() || c == '_');
                    (is_word && is_id).then(|| (Syntax::BlockReference, at..at + id.len() + 4))
                }
                b'\\' => {
                    let name: &str = &rest[1..1 + rest[1..].find(|c: char| !c.is_ascii_alphabetic())?];
                    let braces = rest[1 + name.len()..].trim_start_matches('*');
                    let inner = braces.strip_prefix('{')?.split('}').next()?;
                    let is_known = match name {
                        "begin" | "end" => ENVIRONMENTS.contains(&inner),
                        _ => COMMANDS.contains(&name),
                    };
                    is_known.then_some((Syntax::Latex, until("}")?))
                }
                b'{' if rest.starts_with("{\\") => {
                    let code = &rest[2..rest.find('}')?];
                    let is_code = code.starts_with(|c: char| c.is_ascii_lowercase())
                        && code.bytes().all(|b| b.is_ascii_alphanumeric() || b"\\&(),.".contains(&b));
                    (is_code && code.len() <= 40).then_some((Syntax::Subtitle, until("}")?))
                }
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
                b'[' if rest.starts_with("[^")
                    && rest.split(']').next().is_some_and(|label| label.ends_with(' ')) =>
                {
                    let label = rest[2..].split(']').next()?.trim_end();
                    (!label.is_empty() && !label.contains(' ')).then_some((Syntax::Space, until("]")?))
                }
                0xef if rest.starts_with("［［") => Some((Syntax::HalfLink, until("］］")?)),
                b'[' if at > 0 && bytes[at - 1] == b'!' && half_link(rest).is_some() => {
                    Some((Syntax::HalfLink, at - 1..at + half_link(rest)?))
                }
                // `! [[ship.jpg]]`
                b'[' if rest.starts_with("[[") && line[..at].trim_start() == "! " => {
                    Some((Syntax::HalfLink, at - 2..at + rest.find("]]")? + 2))
                }
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
                b':' if of_macro(line, at).is_some() => Some((Syntax::AsciiDoc, of_macro(line, at)?)),
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
        })
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

/// Commands of LaTeX that stand in texts, not in formulas.
const COMMANDS: [&str; 20] = [
    "part",
    "chapter",
    "section",
    "subsection",
    "subsubsection",
    "footnote",
    "cite",
    "citep",
    "citet",
    "parencite",
    "autocite",
    "emph",
    "textit",
    "textbf",
    "href",
    "includegraphics",
    "caption",
    "usepackage",
    "documentclass",
    "title",
];

const ENVIRONMENTS: [&str; 9] =
    ["document", "abstract", "quote", "quotation", "itemize", "enumerate", "figure", "table", "tabular"];

/// The macro of AsciiDoc whose colon is at `at`: `link:report.html[words]`.
fn of_macro(line: &str, at: usize) -> Option<Range<usize>> {
    let name = ["link", "xref", "image", "footnote", "mailto"]
        .into_iter()
        .find(|name| line[..at].ends_with(name))?;
    let start = at - name.len();
    let is_apart = !line[..start].ends_with(char::is_alphanumeric);
    let rest = &line[at + 1..line.ceil_char_boundary(at + LONGEST)];
    let (target, rest) = rest.split_once('[')?;
    let end = rest.find(']')?;
    let is_target = !target.contains([' ', '\n', '(', ']']) && target.is_empty() == (name == "footnote");
    (is_apart && is_target).then(|| start..at + 1 + target.len() + 1 + end + 1)
}

/// Whether a text begins with a shortcode of WordPress: `[gallery ids="1"]`, `[vc_row]…[/vc_row]`.
fn is_wordpress(text: &str) -> bool {
    let is_of_name = |b: &u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b"-_".contains(b);
    // There can be a bracket at every byte, so no more is looked at than the name.
    let length = text.bytes().skip(1).take_while(is_of_name).count();
    let (name, rest) = text[1..].split_at(length);
    if length < 2 || !(rest.is_empty() || rest.starts_with([']', ' '])) || is_forum(text) {
        return false;
    }
    let inner = rest.split(']').next().unwrap_or_default();
    let is_link = rest[inner.len()..].starts_with("](");
    let has_attributes =
        inner.starts_with(' ') && (inner.contains("=\"") || inner.contains("='")) && !is_link;
    has_attributes || text.contains(&format!("[/{name}]"))
}

/// Whether a text begins with a mark of forums, such as `[b]`.
fn is_forum(text: &str) -> bool {
    const NAMES: [&str; 9] = ["b", "i", "u", "s", "url", "img", "quote", "code", "color"];
    let is_here = |name: &&&str| {
        text[1..].strip_prefix(**name).is_some_and(|rest| rest.is_empty() || rest.starts_with([']', '=']))
    };
    NAMES.iter().find(is_here).is_some_and(|name| text.contains(&format!("[/{name}]")))
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
