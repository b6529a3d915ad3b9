//! What no fix may do that is applied unasked. A fix may be right in all that its author thought of, and still put a
//! key, half of a table or a stray quotation mark within a text, where nobody finds it again.

use super::line::is_blank;
use crate::data::node::{Node, Value};

/// The keys of one sort of file.
#[derive(Copy, Clone)]
pub(crate) struct Keys<'a> {
    /// Those at the top level.
    pub top: &'a [&'a str],
    /// Whether a word is a key anywhere.
    pub is_part: &'a dyn Fn(&str) -> bool,
}

/// Whether `after`, of which `node` was read, still has every key, table and text of `before` as what it was.
pub(crate) fn is_sound(before: &str, after: &str, node: &Node, keys: Keys<'_>) -> bool {
    let is_kept = |name: &str| has_key(node, name);
    let mut opened = before.lines().filter_map(|line| opened(line, keys.top));
    opened.all(is_kept) && texts_are_sound(before, after, node, keys, false)
}

/// The known key that a line begins with, alone or with its sign.
fn opened<'a>(line: &'a str, top: &[&str]) -> Option<&'a str> {
    let length = line.find(|c: char| !(c.is_ascii_alphanumeric() || c == '_')).unwrap_or(line.len());
    let (name, rest) = line.split_at(length);
    let rest = rest.trim_start_matches(is_blank);
    let is_opened = rest.is_empty() || rest.starts_with([':', '：', '=', '＝', ';']);
    (is_opened && top.contains(&name)).then_some(name)
}

fn has_key(node: &Node, name: &str) -> bool {
    match &node.value {
        Value::Table(entries) => {
            entries.iter().any(|(key, value)| *key.name == *name || has_key(value, name))
        }
        Value::List(items) => items.iter().any(|item| has_key(item, name)),
        Value::Null | Value::Scalar(_) => false,
    }
}

fn texts_are_sound(before: &str, after: &str, node: &Node, keys: Keys<'_>, is_in_braces: bool) -> bool {
    let raw = after.get(node.span.range()).unwrap_or_default();
    match &node.value {
        Value::Null => true,
        Value::List(items) => {
            items.iter().all(|item| texts_are_sound(before, after, item, keys, is_in_braces))
        }
        Value::Table(entries) => {
            let is_in_braces = is_in_braces || raw.starts_with('{');
            entries.iter().all(|(_, value)| texts_are_sound(before, after, value, keys, is_in_braces))
        }
        // What the fix left as it was is not its doing, but a comma after another sign may be.
        Value::Scalar(text) if before.contains(raw) => {
            let with_comma = format!("{raw},");
            let is_new = is_in_braces && after.contains(&with_comma) && !before.contains(&with_comma);
            !(is_new && text.ends_with([';', '،', '、', '.', ',', ':']))
        }
        Value::Scalar(text) => is_one_text(text) && !holds_entry(text, keys, is_in_braces),
    }
}

/// Whether a text is a text, and not a table or a list, or one with half of a pair of marks.
fn is_one_text(text: &str) -> bool {
    let text = text.trim();
    let is_table = text.starts_with(['{', '［', '｛']) && text.contains(':');
    let is_item = text.starts_with("- ") && text.contains(": ");
    // `label == "False"`
    let has_sign = text.starts_with("= ") || text.starts_with(": ");
    if is_table || is_item || has_sign || text.ends_with(['{', '[']) {
        return false;
    }
    let is_paired = |open: char, close: char| {
        let mut depth = 0i32;
        let is_closing = text.chars().all(|c| {
            depth += i32::from(c == open) - i32::from(c == close);
            depth >= 0
        });
        is_closing && depth == 0
    };
    let is_list = |text: &str| match text.chars().next() {
        Some('[') => text.ends_with(']') && !text.starts_with("[["),
        Some('(') => text.contains(": "),
        _ => false,
    };
    // `] closed` is as odd as its author wanted it.
    let has_pairs = text.starts_with([']', '}']) || is_paired('[', ']') && is_paired('{', '}');
    if !has_pairs || is_list(text) {
        return false;
    }
    // `1) first` is a text, `(so` is not. A mark that closes may be an apostrophe.
    let count = |signs: &str| text.chars().filter(|c| signs.contains(*c)).count();
    let has_half = count("(（") > count(")）")
        || count("\"＂") % 2 == 1
        || count("“”„‟") % 2 == 1
        || count("‘‚") > count("’");
    if has_half || text.contains("\"\"") || text.contains("''") || text.starts_with('\'') {
        return false;
    }
    // `"T" // my site`, `"Angara"    path`
    let quotation = text.strip_prefix('"').and_then(|rest| rest.split_once('"'));
    quotation.is_none_or(|(_, rest)| {
        // `"A small atlas" id = 'x'`
        if rest.contains(" = ") || rest.contains("=\"") {
            return false;
        }
        let blank = rest.len() - rest.trim_start_matches(is_blank).len();
        let next = rest[blank..].chars().next();
        match blank {
            0 => next.is_none_or(|c| !matches!(c, '#' | '/' | '\\')),
            1 => next.is_some_and(|c| c.is_alphanumeric() || "–—-(&\"".contains(c)),
            _ => false,
        }
    })
}

/// The codes of the site's own languages that are no small words of a language.
const LANGUAGES: [&str; 9] = ["ar", "en", "fr", "id", "ja", "ko", "pt", "ru", "zh"];

/// Whether a text holds a key with its value.
fn holds_entry(text: &str, keys: Keys<'_>, is_in_braces: bool) -> bool {
    let is_word = |c: char| c.is_alphanumeric() || c == '_' || c == '-';
    let mut at = 0;
    while let Some(start) = text[at..].find(is_word).map(|found| at + found) {
        let length = text[start..].find(|c| !is_word(c)).unwrap_or(text.len() - start);
        at = start + length;
        let (word, rest) = (&text[start..at], &text[at..]);
        if !(keys.is_part)(word) {
            continue;
        }
        let value = rest.trim_start_matches(is_blank);
        let after_sign = value.strip_prefix([':', '：', '﹕', '=', '＝']);
        let is_entry = after_sign.is_some_and(|value| {
            value.chars().next().is_none_or(|c| c.is_whitespace() || "\"'[{“‘".contains(c))
        });
        let is_apart = rest.starts_with(is_blank) && value.starts_with(['{', '[', '"']);
        let before = text[..start].trim_end_matches(is_blank);
        // `{en: arms, id senjata}`, but `{alt: Ships, at night}`
        let is_item = is_in_braces
            && before.ends_with([',', ';', '،', '、', '，'])
            && rest.chars().next().is_none_or(|c| is_blank(c) || ";:=،，、：＝".contains(c))
            && (word.len() > 2 || LANGUAGES.contains(&word));
        if is_entry || is_apart || is_item {
            return true;
        }
    }
    false
}

/// Whether a text below front matter begins with keys, and a line that closes front matter: so they were meant to be
/// in it.
pub(crate) fn begins_with_keys(body: &str, top: &[&str]) -> bool {
    let mut has_key = false;
    for line in body.lines() {
        if matches!(line.trim_end(), "---" | "+++") && has_key {
            return true;
        }
        if line.starts_with("```") || line.starts_with("~~~") {
            return false;
        }
        let content = line.trim_start_matches(|c: char| is_blank(c) || c == '#' || c == '-');
        has_key |= opened(content, top).is_some_and(|name| content.len() > name.len());
    }
    false
}
