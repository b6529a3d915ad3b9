//! The slips that people make in TOML.

mod lists;

use std::cell::Cell;
use std::collections::HashMap;

use self::lists::{brackets, header, indented_list, list, listed_tables, table_values};
use super::edits::edits;
use super::line::{Line, closed, is_blank, map_lines, quoted, remarks, requoted, uncurled, without_comments};
use super::search::{Judge, LONGEST, MOST_PARSED};
use super::{Chunk, Known, Language, Reading, Repair, Slip, Step};
use crate::base::id::Lang;
use crate::base::span::Span;
use crate::data::reading::{Syntax, number};
use crate::data::toml;

/// Undo one sort of slip each, the more likely first.
const STEPS: &[Step] = &[
    blanks,
    signs,
    no_sign,
    foreign_comment,
    curly,
    end_sign,
    backslashes,
    bullets,
    no_value,
    spaced_key,
    lost_break,
    remark,
    several_lines,
    unclosed_quote,
    header,
    table_values,
    listed_tables,
    brackets,
    list,
    indented_list,
    inner_quotes,
    quote_value,
    flags,
    numbers,
];

/// Reads settings, or front matter in TOML, that are not well-formed.
pub(crate) fn repair(text: &str, known: &Known<'_>) -> Repair {
    if text.len() > LONGEST {
        let slips = toml::parse(text).err().map(|error| Slip::of(error, describe));
        return Repair { slips: slips.into_iter().collect(), entries: Vec::new(), is_whole: false };
    }
    let chunks = chunks(text);
    let budget = Cell::new(MOST_PARSED);
    let judge = Judge {
        syntax: Syntax::Toml,
        parse: toml::parse,
        strip: without_comments,
        known,
        table: None,
        budget: &budget,
    };
    let language = Language { steps: STEPS, within: &[], is_odd: |_, _, _| false, describe };
    let mut repair = super::repair(&chunks, &language, &judge);
    if repair.slips.is_empty()
        && let Some((span, name, merged)) = merged_tables(text)
        && toml::parse(&merged).is_ok()
    {
        let edits = edits(text, &merged);
        repair.slips.push(Slip {
            span,
            wrong: format!("the table `[{name}]` is there twice"),
            how_to_fix: "move its lines to the first one".into(),
            edits: Some(edits),
            choices: Vec::new(),
        });
    }
    repair
}

/// Cuts a text where a key or a table begins.
fn chunks(text: &str) -> Vec<Chunk<'_>> {
    let mut starts: Vec<(usize, Option<&str>)> = vec![(0, None)];
    let (mut at, mut table, mut is_in_text, mut depth) = (0, None, None, 0i32);
    for line in text.split_inclusive('\n') {
        let content = line.trim_start_matches(is_blank);
        let is_header = (content.starts_with('[') || is_odd_header(content)) && depth <= 0;
        let is_new = is_in_text.is_none()
            && (is_header
                || key_of(content).is_some_and(|key| {
                    depth <= 0 || !key.starts_with(['"', '\'', '{']) && !line.starts_with(' ')
                }));
        if is_new {
            if is_header {
                table = Some(content.trim_end().trim_matches(['[', ']', '{', '}', ':', ' ']));
            }
            starts.push((at, table));
            depth = 0;
        }
        for quotes in ["\"\"\"", "'''"] {
            if line.matches(quotes).count() % 2 == 1 {
                is_in_text = if is_in_text.is_some() { None } else { Some(quotes) };
            }
        }
        if !is_header {
            let parts = Line::of(line, '=');
            let value = if parts.key.is_empty() { content } else { parts.value };
            let plain = without_texts(value);
            depth += plain.matches(['[', '{']).count() as i32 - plain.matches([']', '}']).count() as i32;
        }
        at += line.len();
    }
    starts.reverse();
    starts.dedup_by_key(|(start, _)| *start);
    starts.reverse();
    let ends = starts.iter().skip(1).map(|(start, _)| *start).chain([text.len()]);
    starts
        .iter()
        .zip(ends)
        .map(|(&(start, table), end)| Chunk { start, text: &text[start..end], table })
        .collect()
}

/// Whether a line is the name of a table in part of its brackets, or in others: `title]`, `{title}`.
fn is_odd_header(content: &str) -> bool {
    let content = content.trim_end();
    let name = content.trim_start_matches(['[', '{']).strip_suffix([']', '}']);
    name.map(|name| name.trim_end_matches([']', '}'])).is_some_and(|name| {
        name.starts_with(char::is_alphabetic)
            && name.chars().all(|c| c.is_alphanumeric() || "_-.".contains(c))
    })
}

/// A value without what is between quotation marks.
fn without_texts(value: &str) -> String {
    value.split(['"', '\'']).step_by(2).collect()
}

/// The key with which a line begins, whatever stands between it and the value.
fn key_of(content: &str) -> Option<&str> {
    let length =
        content.find(|c: char| !(c.is_alphanumeric() || "_-.\"".contains(c))).unwrap_or(content.len());
    let (key, rest) = content.split_at(length);
    let rest = rest.trim_start_matches(is_blank);
    let is_key = !key.is_empty() && key.starts_with(|c: char| c.is_alphabetic() || c == '"' || c == '_');
    (is_key && rest.starts_with(['=', ':', '：', '＝', '→'])).then_some(key)
}

/// White space of other scripts, and characters that nobody sees.
fn blanks(text: &str, _: &Known<'_>) -> Option<Reading> {
    let text = map_lines(text, |line| {
        let parts = Line::of(line, '=');
        let head = parts.indent.len() + parts.marks.len() + parts.key.len() + parts.sign.len();
        let spaced = |c: char| match c {
            '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' | '\u{ad}' => None,
            c if is_blank(c) && c != '\t' => Some(' '),
            c => Some(c),
        };
        let head_and_end = |part: &str| part.chars().filter_map(spaced).collect::<String>();
        Some(head_and_end(&line[..head]) + parts.value + &head_and_end(parts.end))
    })?;
    Some(Reading::new(
        text,
        "there is a special space or an invisible character",
        "replace it by a plain space, or remove it",
    ))
}

/// `title: "x"`, `title == "x"`
fn signs(text: &str, _: &Known<'_>) -> Option<Reading> {
    const SIGNS: [&str; 8] = ["==", "=>", ":=", "＝", "：", ":", "→", "="];
    let mut is_first = true;
    let text = map_lines(text, |line| {
        if line.trim_start().starts_with(['#', '[']) || !std::mem::take(&mut is_first) {
            return None;
        }
        let content = line.trim_start_matches(is_blank);
        let key = key_of(content)?;
        let rest = content[key.len()..].trim_start_matches(is_blank);
        let sign = SIGNS.iter().find(|sign| rest.starts_with(**sign))?;
        let value = rest[sign.len()..].trim_start_matches(|c| is_blank(c) || c == '=');
        (*sign != "=" || value.len() + 1 < rest.trim_start_matches('=').len())
            .then(|| format!("{}{key} = {value}", &line[..line.len() - content.len()]))
    })?;
    Some(Reading::new(
        text,
        "a key is followed by an equals sign in TOML",
        "write an equals sign after the key",
    ))
}

/// `title "x"`
fn no_sign(text: &str, known: &Known<'_>) -> Option<Reading> {
    let text = map_lines(text, |line| {
        let (key, value) = line.split_once([' ', '\t'])?;
        let is_bare = known.has(key) && !value.trim_start().starts_with('=') && !value.trim().is_empty();
        is_bare.then(|| format!("{key} = {}", value.trim_start()))
    })?;
    Some(Reading::new(text, "there is no equals sign after the key", "write an equals sign after the key"))
}

/// `// a comment`
fn foreign_comment(text: &str, _: &Known<'_>) -> Option<Reading> {
    let text = map_lines(text, |line| {
        let content = line.trim_start();
        let is_foreign = ["//", "<!--", "/*", ";", "--"].iter().any(|start| content.starts_with(start));
        is_foreign.then(|| format!("# {content}"))
    })?;
    Some(
        Reading::new(text, "this is no comment in TOML, where one begins with `#`", "begin it with `#`")
            .reworded(),
    )
}

/// `yes`, `True`
fn flags(text: &str, _: &Known<'_>) -> Option<Reading> {
    let text = map_lines(text, |line| {
        let parts = Line::of(line, '=');
        let word = match parts.value.trim_end_matches([',', ';']).to_ascii_lowercase().as_str() {
            "yes" | "on" | "true" | "y" => "true",
            "no" | "off" | "false" | "n" => "false",
            _ => return None,
        };
        (!parts.key.is_empty() && parts.value != word).then(|| parts.with(word))
    })?;
    Some(
        Reading::new(text, "yes and no are written `true` and `false` in TOML", "write `true` or `false`")
            .reworded(),
    )
}

/// Changes each text of a value, at the commas of a list.
fn map_items(parts: &Line<'_>, mut change: impl FnMut(&str) -> Option<String>) -> Option<String> {
    let value = parts.value;
    let Some(inner) = value.strip_prefix('[').map(|rest| rest.strip_suffix(']').unwrap_or(rest)) else {
        let bare = value.strip_suffix(',').unwrap_or(value);
        return change(bare).map(|new| new + &value[bare.len()..]);
    };
    let mut is_changed = false;
    let items: Vec<String> = inner
        .split(',')
        .map(|item| match change(item.trim()) {
            Some(new) => {
                is_changed = true;
                new
            }
            None => item.trim().to_owned(),
        })
        .collect();
    let close = if value.ends_with(']') { "]" } else { "" };
    is_changed.then(|| format!("[{}{close}", items.join(", ")))
}

/// `“x”`
fn curly(text: &str, _: &Known<'_>) -> Option<Reading> {
    let text = map_lines(text, |line| {
        let parts = Line::of(line, '=');
        map_items(&parts, |item| uncurled(item).map(quoted)).map(|value| parts.with(&value))
    })?;
    Some(Reading::new(
        text,
        "curly quotation marks do not enclose a text in TOML",
        "write straight quotation marks",
    ))
}

/// `title = "x",`
fn end_sign(text: &str, _: &Known<'_>) -> Option<Reading> {
    let text = map_lines(text, |line| {
        let parts = Line::of(line, '=');
        let value = parts.value.trim_end_matches([',', ';', '.']).trim_end();
        (!parts.key.is_empty() && value != parts.value).then(|| parts.with(value))
    })?;
    Some(Reading::new(text, "there is a sign after the value", "remove the sign after the value"))
}

/// `"C:\Users"`
fn backslashes(text: &str, _: &Known<'_>) -> Option<Reading> {
    let text = map_lines(text, |line| {
        let parts = Line::of(line, '=');
        let value = map_items(&parts, |item| {
            let inner = item.strip_prefix('"')?.strip_suffix('"')?;
            (inner.contains('\\') && !inner.contains('"')).then(|| quoted(inner))
        })?;
        Some(parts.with(&value))
    })?;
    Some(Reading::new(
        text,
        "a backslash has a special meaning between double quotation marks",
        "use single quotation marks",
    ))
}

/// `"He said "hi""`, `'It's'`
fn inner_quotes(text: &str, _: &Known<'_>) -> Option<Reading> {
    let text = map_lines(text, |line| {
        let parts = Line::of(line, '=');
        requoted(parts.value).map(|value| parts.with(&value))
    })?;
    Some(Reading::new(
        text,
        "there are quotation marks within quotation marks",
        "enclose the text in marks that are not in it",
    ))
}

/// `title = "x" languages = ["en"]`, `en = "x", id = "y"`
fn lost_break(text: &str, known: &Known<'_>) -> Option<Reading> {
    let text = map_lines(text, |line| {
        let parts = Line::of(line, '=');
        let whole = [parts.value, parts.end].concat();
        let bare = whole.find(|c: char| !c.is_alphanumeric()).unwrap_or(whole.len());
        let is_bare = matches!(&whole[..bare], "true" | "false") || whole[..bare].parse::<u32>().is_ok();
        let end = closed(&whole).or_else(|| is_bare.then_some(bare))?;
        let next = whole[end..].trim_start_matches(|c| is_blank(c) || matches!(c, ',' | ';'));
        let is_language = |key: &str| Lang::parse(key).is_some();
        let is_entry = key_of(next)
            .map(|key| key.trim_matches('"'))
            .is_some_and(|key| (known.is_part)(key) || is_language(key) && is_language(parts.key));
        let start = line.len() - whole.len() + end;
        (is_entry && !parts.key.is_empty()).then(|| format!("{}\n{}{next}", &line[..start], parts.indent))
    })?;
    Some(Reading::new(text, "two keys are in one line", "begin a new line with the second key"))
}

/// `title = "x" // a remark`
fn remark(text: &str, _: &Known<'_>) -> Option<Reading> {
    let (text, is_sure) = remarks(text, '=')?;
    let wrong = "what follows the value is no comment in TOML, where one begins with `#`";
    let reading = Reading::new(text, wrong, "begin it with `#`").reworded();
    Some(if is_sure { reading } else { reading.unsure() })
}

/// A text in one pair of quotation marks over several lines.
fn several_lines(text: &str, _: &Known<'_>) -> Option<Reading> {
    let first = text.split_inclusive('\n').find(|line| !Line::of(line, '=').key.is_empty())?;
    let value = Line::of(first, '=').value;
    let start = text.find(first)? + first.find(value)?;
    let whole = text[start..].trim_end();
    let inner = whole.trim_matches('"');
    let is_slip =
        whole.starts_with('"') && whole.ends_with('"') && inner.contains('\n') && !inner.contains('"');
    let end = &text[start + whole.len()..];
    is_slip.then(|| {
        Reading::new(
            format!("{}\"\"\"{inner}\"\"\"{end}", &text[..start]),
            "a text over several lines needs three quotation marks on both sides",
            "write three quotation marks on both sides",
        )
    })
}

/// `mostly false = {…}`
fn spaced_key(text: &str, _: &Known<'_>) -> Option<Reading> {
    let text = map_lines(text, |line| {
        let parts = Line::of(line, '=');
        let is_words = |c: char| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_');
        let is_slip = parts.key.contains(' ') && parts.key.chars().all(is_words);
        let value = [parts.value, parts.end].concat();
        is_slip.then(|| format!("{}\"{}\"{}{value}", parts.indent, parts.key, parts.sign))
    })?;
    Some(Reading::new(text, "a key of several words needs quotation marks", "put the key in quotation marks"))
}

/// `title =`
fn no_value(text: &str, _: &Known<'_>) -> Option<Reading> {
    let text = map_lines(text, |line| {
        let parts = Line::of(line, '=');
        (!parts.key.is_empty() && parts.value.is_empty()).then(|| format!("# {line}"))
    })?;
    let reading =
        Reading::new(text, "a key has no value", "begin the line with `#`, which makes it a comment");
    Some(reading.reworded().unsure())
}

/// `- unlinked-mention = "off"`
fn bullets(text: &str, _: &Known<'_>) -> Option<Reading> {
    let text = map_lines(text, |line| {
        let parts = Line::of(line, '=');
        let is_slip = !parts.marks.is_empty() && !parts.key.is_empty();
        is_slip.then(|| line.replacen(parts.marks, "", 1))
    })?;
    Some(Reading::new(text, "there is a hyphen before a key", "remove the hyphen"))
}

/// `"Kirby`, `Kirby"`, `"Kirby'`
fn unclosed_quote(text: &str, _: &Known<'_>) -> Option<Reading> {
    let text = map_lines(text, |line| {
        let parts = Line::of(line, '=');
        let value = map_items(&parts, |item| {
            let marks = ['"', '\'', '“', '”', '‘', '’', '„', '`'];
            let inner = item.trim_matches(marks);
            let count = item.chars().filter(|c| marks.contains(c)).count();
            let outside = item.chars().count() - inner.chars().count();
            let is_same = item.starts_with(['"', '\'']) && item.chars().next() == item.chars().next_back();
            (count == outside && outside > 0 && !is_same && !inner.trim().is_empty()).then(|| quoted(inner))
        })?;
        Some(parts.with(&value))
    })?;
    Some(Reading::new(
        text,
        "the quotation marks around a text are not a pair",
        "enclose the text in a pair of quotation marks",
    ))
}

/// Whether an item is a text without quotation marks. A truth in capital letters is none.
fn is_bare(item: &str) -> bool {
    !item.is_empty()
        && !item.starts_with(['"', '\'', '[', '{'])
        && !matches!(item.to_ascii_lowercase().as_str(), "true" | "false")
        && item.parse::<f64>().is_err()
}

/// `title = Kirby`, `[en, id]`
fn quote_value(text: &str, _: &Known<'_>) -> Option<Reading> {
    let text = map_lines(text, |line| {
        let parts = Line::of(line, '=');
        if parts.key.is_empty() {
            return None;
        }
        map_items(&parts, |item| is_bare(item).then(|| quoted(item))).map(|value| parts.with(&value))
    })?;
    Some(Reading::new(text, "a text needs quotation marks", "put the text in quotation marks"))
}

/// `1,000`, `2,5`, `01`
fn numbers(text: &str, _: &Known<'_>) -> Option<Reading> {
    let text = map_lines(text, |line| {
        let parts = Line::of(line, '=');
        let readings = number::read(parts.value, "");
        let [plain] = readings.as_slice() else { return None };
        (!parts.key.is_empty() && plain != parts.value).then(|| parts.with(plain))
    })?;
    Some(
        Reading::new(
            text,
            "a number has only digits and a point in TOML",
            "write the number with digits and a point only",
        )
        .reworded(),
    )
}

/// The text with the lines of a table that is there twice below the first of the two: where the second is, and its
/// name.
fn merged_tables(text: &str) -> Option<(Span, String, String)> {
    let mut tables: Vec<(usize, &str)> = vec![(0, "")];
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let content = line.trim();
        if content.starts_with('[') && !content.starts_with("[[") && content.ends_with(']') {
            tables.push((at, &content[1..content.len() - 1]));
        } else if content.starts_with("[[") {
            tables.push((at, ""));
        }
        at += line.len();
    }
    let end_of = |number: usize| tables.get(number + 1).map_or(text.len(), |(start, _)| *start);
    let mut numbers: HashMap<&str, usize> = HashMap::new();
    for (number, (start, name)) in tables.iter().enumerate().filter(|(_, (_, name))| !name.is_empty()) {
        let first = *numbers.entry(name).or_insert(number);
        if first == number {
            continue;
        }
        let header = text[*start..].find('\n').map_or(text.len(), |at| start + at + 1);
        let moved = &text[header..end_of(number)];
        let at = end_of(first);
        let before = text[..at].trim_end().len();
        let newline = if text.contains("\r\n") { "\r\n" } else { "\n" };
        let merged =
            [&text[..before], newline, moved.trim_end(), &text[before..*start], &text[end_of(number)..]]
                .concat();
        let span = Span::new(*start, *start + name.len() + 2);
        return Some((span, (*name).to_owned(), merged));
    }
    None
}

/// What the parser says, in plain words, and how to fix it.
pub(crate) fn describe(message: &str) -> (String, String) {
    let known: [(&str, &str, &str); 7] = [
        ("more than", "there are too many keys and values", "write fewer, or several files"),
        ("duplicate key", "a key is there twice", "keep one of the two"),
        ("string values must be quoted", "a text needs quotation marks", "put the text in quotation marks"),
        ("invalid basic string", "a quotation mark is opened and not closed", "close the quotation mark"),
        ("escape", "a backslash has a special meaning here", "use single quotation marks"),
        ("array", "a square bracket is opened and not closed", "close the bracket"),
        ("key with no value", "a key has no value", "write `key = \"value\"`, or remove the line"),
    ];
    match known.iter().find(|(part, ..)| message.contains(part)) {
        Some((_, wrong, how_to_fix)) => ((*wrong).to_owned(), (*how_to_fix).to_owned()),
        None => (
            format!("this is not TOML: {message}"),
            "write `key = \"value\"` on each line, and `[name]` above the lines of a table".to_owned(),
        ),
    }
}
