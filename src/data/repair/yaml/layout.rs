//! Slips in lists and in indentation.

use super::quotes::is_block;
use crate::data::repair::line::{Line, closed, is_blank, map_lines, quoted};
use crate::data::repair::{Known, Reading};

/// `aliases: - a`: the first item of a list on the line of its key.
pub(super) fn item_on_key_line(text: &str, _: &Known<'_>) -> Option<Reading> {
    let mut is_moved = false;
    let text = map_lines(text, |line| {
        let parts = Line::of(line, ':');
        match parts.value.strip_prefix("- ") {
            Some(_) if !is_moved && parts.marks.is_empty() && !parts.key.is_empty() => {
                is_moved = true;
                Some(format!("{}{}:\n  {}{}", parts.indent, parts.key, parts.value, parts.end))
            }
            _ if is_moved && !parts.marks.is_empty() => Some(format!("  {}", line.trim_start())),
            _ => None,
        }
    })?;
    let wrong = "the first item of a list is on the line of its key";
    is_moved.then(|| Reading::new(text, wrong, "begin a new line with the item"))
}

/// `* a`, `• a`, `-a`, `1. a` in a list.
pub(super) fn bullets(text: &str, _: &Known<'_>) -> Option<Reading> {
    let (mut is_first, mut is_numbered, mut is_sure) = (true, false, true);
    let text = map_lines(text, |line| {
        if std::mem::take(&mut is_first) {
            return None;
        }
        let content = line.trim_start();
        is_sure &= !is_negative(content);
        let indent = &line[..line.len() - content.len()];
        let digits = content.trim_start_matches(|c: char| c.is_ascii_digit());
        let rest = match content.strip_prefix(['*', '•', '–', '—', '+', '·', '−', '◦', '‣']) {
            Some(rest) if rest.starts_with(is_blank) => rest,
            _ if content.starts_with(|c: char| c.is_ascii_lowercase()) && content[1..].starts_with(") ") => {
                is_numbered = true;
                &content[2..]
            }
            _ if digits.len() < content.len() => {
                is_numbered = true;
                digits.strip_prefix(". ").or(digits.strip_prefix(") "))?
            }
            _ => content.strip_prefix(['-', '–', '—', '•', '−']).filter(|rest| {
                !rest.starts_with(|c: char| is_blank(c) || c == '-') && !rest.trim().is_empty()
            })?,
        };
        Some(format!("{indent}- {}", rest.trim_start_matches(is_blank)))
    })?;
    let reading = Reading::new(
        text,
        "an item of a list does not begin with a hyphen and a space",
        "begin each item with a hyphen and a space",
    );
    // The numbers are not in the list.
    let reading = if is_numbered { reading.reworded() } else { reading };
    Some(if is_sure { reading } else { reading.unsure() })
}

/// `-8.61` in a list: the hyphen may be the number's own.
pub(super) fn negatives(text: &str, _: &Known<'_>) -> Option<Reading> {
    let text = map_lines(text, |line| {
        let content = line.trim_start();
        is_negative(content).then(|| format!("{}- {content}", &line[..line.len() - content.len()]))
    })?;
    let wrong = "an item of a list does not begin with a hyphen and a space";
    let how_to_fix = "begin each item with a hyphen and a space, and keep the minus sign of the number";
    Some(Reading::new(text, wrong, how_to_fix).unsure())
}

/// Whether a line is a number with a minus sign.
fn is_negative(content: &str) -> bool {
    content.strip_prefix(['-', '−']).is_some_and(|number| {
        number.starts_with(|c: char| c.is_ascii_digit())
            && number.trim_end().chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | ','))
    })
}

/// `- [x] kirby`, `- [ ] kirby`: the boxes of a list of tasks.
pub(super) fn boxes(text: &str, _: &Known<'_>) -> Option<Reading> {
    let text = map_lines(text, |line| {
        let parts = Line::of(line, ':');
        let rest = ["[x] ", "[X] ", "[ ] "].iter().find_map(|sign| parts.value.strip_prefix(sign))?;
        (!parts.marks.is_empty() && parts.key.is_empty()).then(|| parts.with(rest))
    })?;
    let reading = Reading::new(
        text,
        "there is a box before an item of a list, as lists of tasks have it",
        "remove the boxes",
    );
    // What is not ticked may not be meant yet.
    Some(reading.reworded().unsure())
}

/// An item without its hyphen: `- a`, `b`.
pub(super) fn hyphens(text: &str, _: &Known<'_>) -> Option<Reading> {
    let mut item: Option<String> = None;
    let mut is_sure = true;
    let text = map_lines(text, |line| {
        let parts = Line::of(line, ':');
        if line.trim().is_empty() {
            return None;
        }
        if !parts.marks.is_empty() {
            item = parts.key.is_empty().then(|| parts.indent.to_owned());
            return None;
        }
        let indent =
            item.as_ref().filter(|indent| parts.indent.len() <= indent.len() && parts.key.is_empty())?;
        let is_word =
            !parts.value.is_empty() && !parts.value.starts_with(['#', '[', '{', '"', '\'', '-', '<', '>']);
        // A sentence may also be a remark, or go on with the item before it.
        is_sure &= !is_word || !parts.value.contains(is_blank);
        is_word.then(|| format!("{indent}- {}{}", parts.value, parts.end))
    })?;
    let reading = Reading::new(
        text,
        "an item of a list does not begin with a hyphen and a space",
        "begin each item with a hyphen and a space",
    );
    Some(if is_sure { reading } else { reading.unsure() })
}

/// `[[a, "b"]`: a list with one bracket too many.
pub(super) fn double_bracket(text: &str, _: &Known<'_>) -> Option<Reading> {
    let text = map_lines(text, |line| {
        let parts = Line::of(line, ':');
        let inner = parts.value.strip_prefix("[[")?.strip_suffix(']')?;
        (inner.contains(',') && !inner.contains(['[', ']'])).then(|| parts.with(&format!("[{inner}]")))
    })?;
    Some(Reading::new(text, "a bracket is opened twice and closed once", "remove one of the brackets"))
}

/// `{value: 40, unit: {en: barges, of: sand}`: a table within a table, one of which is not closed.
pub(super) fn inner_brace(text: &str, known: &Known<'_>) -> Option<Reading> {
    let text = map_lines(text, |line| {
        let parts = Line::of(line, ':');
        let value = parts.value;
        if !is_brace_lost(value) {
            return None;
        }
        let last = value.rfind('{')? + 1;
        let entries = value[last..].match_indices(", ").map(|(at, _)| last + at);
        let is_key = |at: &usize| {
            value[at + 2..]
                .split_once(": ")
                .is_some_and(|(key, _)| (known.is_part)(key) && !key.contains(' '))
        };
        let at = entries.filter(is_key).last()?;
        Some(parts.with(&format!("{}}}{}", &value[..at], &value[at..])))
    })?;
    let reading =
        Reading::new(text, "a brace is opened and not closed", "close the inner brace before the last key");
    Some(reading.unsure())
}

/// Whether one of several braces is not closed.
fn is_brace_lost(value: &str) -> bool {
    let opened = value.matches('{').count();
    opened > 1 && opened == value.matches('}').count() + 1 && !value.contains(['"', '\''])
}

/// `[a, b`, `a, b]`
pub(super) fn brackets(text: &str, _: &Known<'_>) -> Option<Reading> {
    let mut wrong = "";
    let mut is_sure = true;
    let text = map_lines(text, |line| {
        let parts = Line::of(line, ':');
        // The lost one may be any of them.
        is_sure &= !is_brace_lost(parts.value);
        let count = |c: char| parts.value.matches(c).count();
        for (open, close) in [('[', ']'), ('{', '}'), ('(', ')')] {
            let (opened, closed) = (count(open), count(close));
            let value = parts.value;
            if open == '(' {
                let inner = value.strip_prefix(open).and_then(|rest| rest.strip_suffix(close));
                if let Some(inner) = inner.filter(|inner| inner.contains(',') && !inner.contains(['(', ')']))
                {
                    wrong = "a list is written in square brackets";
                    return Some(parts.with(&format!("[{inner}]")));
                }
            } else if value.starts_with(open) && opened == closed + 1 {
                wrong = "a bracket is opened and not closed";
                let value =
                    value.strip_suffix([')', '}', ']']).filter(|_| !value.ends_with(close)).unwrap_or(value);
                return Some(parts.with(&format!("{}{close}", value.trim_end_matches([',', ' ']))));
            } else if value.ends_with(close) && closed == opened + 1 {
                wrong = "a bracket is closed and not opened";
                return Some(parts.with(&match value.starts_with(open) {
                    true => value[..value.len() - 1].to_owned(),
                    false => format!("{open}{}", value.trim_start_matches(['(', '<', '{'])),
                }));
            }
        }
        None
    })?;
    let reading = Reading::new(text, wrong, "complete the pair of brackets");
    Some(if is_sure { reading } else { reading.unsure() })
}

/// `[a; b]`, `["a" "b"]`, `[a,, b]`
pub(super) fn commas(text: &str, _: &Known<'_>) -> Option<Reading> {
    let mut is_sure = true;
    let text = map_lines(text, |line| {
        let parts = Line::of(line, ':');
        let inner = parts.value.strip_prefix('[')?.strip_suffix(']')?;
        if inner.contains(['"', '\'']) && !inner.contains(['[', '{']) {
            let (items, is_plain) = separated(inner)?;
            is_sure &= is_plain;
            return Some(parts.with(&format!("[{}]", items.join(", "))));
        }
        let mut value = inner.to_owned();
        if !value.contains(',') {
            value = value.replace(';', ",").replace(" | ", ", ");
        }
        let items: Vec<&str> = value.split(',').map(str::trim).filter(|item| !item.is_empty()).collect();
        let is_same = items.len() == inner.split(',').count();
        (!is_same).then(|| parts.with(&format!("[{}]", items.join(", "))))
    })?;
    let reading = Reading::new(
        text,
        "the items of a list are not separated by one comma each",
        "separate them by commas",
    );
    Some(if is_sure { reading } else { reading.unsure() })
}

/// The items of a list of which some are in quotation marks, where a comma is missing after one of those, or another
/// sign is in its place; and whether they can be no others.
fn separated(inner: &str) -> Option<(Vec<String>, bool)> {
    let (mut items, mut is_sure, mut is_slip) = (Vec::new(), true, false);
    let mut rest = inner.trim();
    while !rest.is_empty() {
        let (item, after) = match rest.chars().next().filter(|c| matches!(c, '"' | '\'')) {
            Some(quote) => match closed(rest) {
                Some(end) => (rest[..end].to_owned(), &rest[end..]),
                // `"a'`: closed by the other mark.
                None => {
                    let other = if quote == '"' { '\'' } else { '"' };
                    let ends =
                        |at: &usize| matches!(rest[at + 1..].trim_start().chars().next(), None | Some(','));
                    let end = rest.match_indices(other).map(|(at, _)| at).find(ends)?;
                    is_slip = true;
                    (quoted(&rest[1..end]), &rest[end + 1..])
                }
            },
            None => {
                let end = rest.find(',').unwrap_or(rest.len());
                (rest[..end].trim().to_owned(), &rest[end..])
            }
        };
        items.push(item);
        // `'It's', b`
        if after.starts_with(|c: char| !is_blank(c) && !",;|،、".contains(c)) {
            return None;
        }
        let after = after.trim_start();
        let next = after.trim_start_matches([',', ';', '|', '،', '、', ' ']);
        let sign = &after[..after.len() - next.len()];
        is_slip |= sign.trim() != "," && !after.is_empty();
        // `["a" b]` may be one text.
        is_sure &= !sign.is_empty() || next.is_empty() || next.starts_with(['"', '\'']);
        rest = next;
    }
    is_slip.then_some((items, is_sure))
}

/// `[[a]], [[b]]`
pub(super) fn wiki_links(text: &str, _: &Known<'_>) -> Option<Reading> {
    let text = map_lines(text, |line| {
        let parts = Line::of(line, ':');
        let links: Vec<&str> = parts.value.split(',').map(str::trim).collect();
        let is_link =
            |link: &&str| link.starts_with("[[") && link.ends_with("]]") && link.matches("[[").count() == 1;
        (links.len() > 1 && links.iter().all(is_link)).then(|| {
            let links: Vec<String> = links.iter().map(|link| quoted(link)).collect();
            parts.with(&format!("[{}]", links.join(", ")))
        })
    })?;
    Some(Reading::new(
        text,
        "links in double brackets need quotation marks here",
        "put each link in quotation marks, and all in brackets",
    ))
}

pub(super) fn tabs(text: &str, _: &Known<'_>) -> Option<Reading> {
    let text = map_lines(text, |line| {
        let content = line.trim_start_matches(is_blank);
        let indent = &line[..line.len() - content.len()];
        indent.contains('\t').then(|| indent.replace('\t', "  ") + content)
    })?;
    Some(Reading::new(text, "YAML does not allow a tab as indentation", "indent by spaces"))
}

/// A key of the top level that is indented.
pub(super) fn outdent(text: &str, known: &Known<'_>) -> Option<Reading> {
    let text = map_lines(text, |line| {
        let parts = Line::of(line, ':');
        let is_top = !parts.indent.is_empty() && parts.marks.is_empty() && known.has(parts.key);
        is_top.then(|| line[parts.indent.len()..].to_owned())
    })?;
    Some(Reading::new(
        text,
        "a key is indented, and the others are not",
        "move the key to the start of its line",
    ))
}

/// The keys of an item, and the items of a list, one below the other.
pub(super) fn align(text: &str, _: &Known<'_>) -> Option<Reading> {
    let (mut item, mut keys): (Option<String>, Option<usize>) = (None, None);
    let (mut is_first, mut is_text) = (true, false);
    let text = map_lines(text, |line| {
        let parts = Line::of(line, ':');
        if std::mem::take(&mut is_first) || line.trim().is_empty() {
            return None;
        }
        if !parts.marks.is_empty() {
            let indent = item.get_or_insert_with(|| parts.indent.replace('\t', "  ")).clone();
            keys = Some(indent.len() + parts.marks.len());
            return Some(indent + &line[parts.indent.len()..]);
        }
        if parts.key.is_empty() {
            is_text = true;
        }
        let width = keys.get_or_insert_with(|| parts.indent.len().max(2));
        Some(" ".repeat(*width) + &line[parts.indent.len()..])
    })?;
    (!is_text).then(|| {
        Reading::new(
            text,
            "lines that belong together do not begin in the same column",
            "begin them in the same column",
        )
    })
}

/// What belongs to a key, and is not indented.
pub(super) fn indent(text: &str, _: &Known<'_>) -> Option<Reading> {
    let first = text.lines().next().unwrap_or_default();
    let value = Line::of(first, ':').value;
    let is_enclosed = is_block(value) || value.starts_with(['"', '\'']);
    let is_text =
        |line: &str| !line.trim().is_empty() && Line::of(line, ':').key.is_empty() && !line.starts_with("- ");
    // A text that is not enclosed may also be no part of the value.
    // Of a block of which other lines are indented, a line that is not may have come to the wrong place.
    let is_indented = |line: &str| line.starts_with([' ', '\t']);
    let is_enclosed = is_enclosed && !(is_block(value) && text.lines().skip(1).any(is_indented));
    let is_sure = is_enclosed || value.is_empty() && !text.lines().skip(1).any(is_text);
    let mut is_first = true;
    let text = map_lines(text, |line| {
        if std::mem::take(&mut is_first) || line.trim().is_empty() || line.starts_with('#') {
            return None;
        }
        Some(format!("  {line}"))
    })?;
    let reading = Reading::new(
        text,
        "what belongs to a key over several lines must be indented",
        "indent it by two spaces",
    );
    Some(if is_sure { reading } else { reading.unsure() })
}

/// A line between two keys that belongs to neither.
pub(super) fn comment_out(text: &str, _: &Known<'_>) -> Option<Reading> {
    let mut is_first = true;
    let text = map_lines(text, |line| {
        let is_stray = !std::mem::take(&mut is_first)
            && !line.trim().is_empty()
            && !line.starts_with([' ', '\t', '#', '-'])
            && Line::of(line, ':').key.is_empty();
        is_stray.then(|| format!("# {line}"))
    })?;
    let reading =
        Reading::new(text, "this line has no key", "begin the line with `#`, which makes it a comment");
    Some(reading.unsure().reworded())
}
