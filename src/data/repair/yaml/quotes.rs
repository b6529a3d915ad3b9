//! Slips in texts: quotation marks, and what needs them.

use crate::data::reading;
use crate::data::repair::line::{Line, closed, is_blank, map_lines, quoted, remarks, requoted, uncurled};
use crate::data::repair::{Known, Reading};

/// How to fix a quotation mark without its other half.
const CLOSE: &str = "close the quotation mark at the end of the text";

/// `https: //example.org`
pub(super) fn scheme(text: &str, _: &Known<'_>) -> Option<Reading> {
    let joined = text.replace("https: //", "https://").replace("http: //", "http://");
    let wrong = "there is a space within an address";
    (joined != text).then(|| Reading::new(joined, wrong, "remove the space"))
}

/// `date: ?`
pub(super) fn empty(text: &str, _: &Known<'_>) -> Option<Reading> {
    let text = map_lines(text, |line| {
        let parts = Line::of(line, ':');
        let is_mark = !parts.value.is_empty() && parts.value.chars().all(|c| "?-!*".contains(c));
        (!parts.key.is_empty() && is_mark).then(|| parts.with(""))
    })?;
    Some(Reading::new(text, "this sign is no value in YAML", "leave the value empty if it is not known"))
}

/// `title: "x",`
pub(super) fn end_sign(text: &str, _: &Known<'_>) -> Option<Reading> {
    let text = map_lines(text, |line| {
        let parts = Line::of(line, ':');
        let value = parts.value.trim_end_matches([',', ';', '.', '>']).trim_end();
        let is_closed = value.ends_with(['"', '\'', ']', '}', '”', '’']);
        (is_closed && value != parts.value).then(|| parts.with(value))
    })?;
    Some(Reading::new(text, "there is a sign after the value", "remove the sign after the value"))
}

/// `title: "x"date: 2023`, `via: reuters status: reported`: the line break between two keys is lost.
pub(super) fn lost_break(text: &str, known: &Known<'_>) -> Option<Reading> {
    let mut is_sure = true;
    let text = map_lines(text, |line| {
        let parts = Line::of(line, ':');
        let whole = [parts.value, parts.end].concat();
        let is_top = parts.indent.is_empty() && parts.marks.is_empty();
        let is_key = |key: &str| if is_top { known.has(key) } else { (known.is_part)(key) };
        let begins_entry = |rest: &str| {
            let entry = rest.trim_start_matches(is_blank).split_once(':');
            entry.is_some_and(|(key, after)| is_key(key) && after.starts_with(is_blank))
        };
        let end = match whole.chars().next()? {
            '"' | '\'' | '[' | '{' => closed(&whole).filter(|end| begins_entry(&whole[*end..]))?,
            _ => {
                let end =
                    whole.match_indices(is_blank).map(|(at, _)| at).find(|at| begins_entry(&whole[*at..]))?;
                let value = whole[..end].trim_end();
                // `The status: reported` may be one text.
                is_sure &= !value.contains(is_blank) && !value.starts_with(char::is_uppercase);
                end
            }
        };
        let start = line.len() - whole.len() + end;
        let column = " ".repeat(parts.indent.len() + parts.marks.len());
        let (before, after) = (line[..start].trim_end(), line[start..].trim_start_matches(is_blank));
        (!parts.key.is_empty()).then(|| format!("{before}\n{column}{after}"))
    })?;
    let reading = Reading::new(text, "two keys are in one line", "begin a new line with the second key");
    Some(if is_sure { reading } else { reading.unsure() })
}

/// `Kirby"`, `"Kirby""`: a quotation mark without its other half.
pub(super) fn odd_quote(text: &str, _: &Known<'_>) -> Option<Reading> {
    let text = map_lines(text, |line| {
        let parts = Line::of(line, ':');
        let whole = [parts.key, parts.sign, parts.value].concat();
        let value = if parts.marks.is_empty() { parts.value } else { &whole };
        let quote = value.chars().next_back().filter(|c| matches!(c, '"' | '”'))?;
        let inner = value.trim_matches(quote);
        let is_odd = matches!((value.starts_with(quote), value.len() - inner.len()), (false, n) if n == quote.len_utf8())
            || value.starts_with(quote) && value.ends_with(&format!("{quote}{quote}"));
        if !is_odd || inner.contains(['"', '“', '”']) || inner.is_empty() {
            return None;
        }
        match parts.marks.is_empty() {
            true => (!parts.key.is_empty()).then(|| parts.with(&quoted(inner))),
            false => Some([parts.indent, parts.marks, &quoted(inner), parts.end].concat()),
        }
    })?;
    Some(Reading::new(
        text,
        "a quotation mark has no other half",
        "enclose the text in a pair of quotation marks",
    ))
}

/// `“x”` as quotation marks.
pub(super) fn curly(text: &str, _: &Known<'_>) -> Option<Reading> {
    let text = map_lines(text, |line| {
        let parts = Line::of(line, ':');
        let value = match flow_items(parts.value, '[', ']') {
            Some(items) if items.iter().any(|item| uncurled(item).is_some()) => {
                let items =
                    items.iter().map(|item| uncurled(item).map_or_else(|| (*item).to_owned(), quoted));
                format!("[{}]", items.collect::<Vec<String>>().join(", "))
            }
            _ => quoted(uncurled(parts.value)?),
        };
        Some(parts.with(&value))
    })?;
    Some(Reading::new(
        text,
        "curly quotation marks do not enclose a text in YAML",
        "write straight quotation marks",
    ))
}

/// `"He said "hi" there"`, `"Hi" he said`
pub(super) fn inner_quotes(text: &str, _: &Known<'_>) -> Option<Reading> {
    let text = map_lines(text, |line| {
        let parts = Line::of(line, ':');
        // What looks like a comment may be within the quotation marks.
        let whole = [parts.value, parts.end.trim_end()].concat();
        let end = &line[line.trim_end().len()..];
        Some(Line { end, ..parts }.with(&requoted(&whole)?))
    })?;
    Some(Reading::new(
        text,
        "there are quotation marks within quotation marks",
        "enclose the text in marks that are not in it",
    ))
}

/// `aliases: "Kirby, J.", Kirby`: a list without its brackets, or a text.
pub(super) fn quoted_list(text: &str, _: &Known<'_>) -> Option<Reading> {
    let mut are_enclosed = true;
    let text = map_lines(text, |line| {
        let parts = Line::of(line, ':');
        let end = closed(parts.value).filter(|_| parts.value.starts_with(['"', '\'']))?;
        let is_list = parts.value[end..].trim_start().starts_with(',') && !parts.key.is_empty();
        let list = format!("[{}]", parts.value);
        let items = flow_items(&list, '[', ']').unwrap_or_default();
        are_enclosed &= items.iter().all(|item| closed(item) == Some(item.len()));
        is_list.then(|| parts.with(&list))
    })?;
    let reading = Reading::new(text, "a list needs square brackets", "put the list in square brackets");
    Some(if are_enclosed { reading } else { reading.unsure() })
}

/// `title: "x" // a remark`
pub(super) fn remark(text: &str, _: &Known<'_>) -> Option<Reading> {
    let (text, is_sure) = remarks(text, ':')?;
    let wrong = "what follows the value is no comment in YAML, where one begins with `#`";
    let reading = Reading::new(text, wrong, "begin it with `#`").reworded();
    Some(if is_sure { reading } else { reading.unsure() })
}

/// `"C:\Users"`
pub(super) fn backslashes(text: &str, _: &Known<'_>) -> Option<Reading> {
    let text = map_lines(text, |line| {
        let parts = Line::of(line, ':');
        let inner = parts.value.strip_prefix('"')?.strip_suffix('"')?;
        (inner.contains('\\') && !inner.contains('"')).then(|| parts.with(&quoted(inner)))
    })?;
    Some(Reading::new(
        text,
        "a backslash has a special meaning between double quotation marks",
        "use single quotation marks",
    ))
}

/// `"Kirby`
pub(super) fn unclosed_quote(text: &str, _: &Known<'_>) -> Option<Reading> {
    let mut is_apostrophe = false;
    let text = map_lines(text, |line| {
        let parts = Line::of(line, ':');
        let mut chars = parts.value.chars();
        let quote = chars.next().filter(|c| matches!(c, '"' | '\'' | '“' | '‘' | '„'))?;
        let inner = chars.as_str();
        let others: &[char] =
            if matches!(quote, '\'' | '‘') { &['\'', '’'] } else { &['"', '”', '“'] };
        let mismatched = inner.strip_suffix(['"', '\'', '”', '’', ',']).unwrap_or(inner);
        is_apostrophe |= quote == '\'' && inner == mismatched && inner.starts_with(char::is_lowercase);
        (!mismatched.trim().is_empty() && !mismatched.contains(others))
            .then(|| parts.with(&quoted(mismatched)))
    })?;
    let reading = Reading::new(text, "a quotation mark is opened and not closed", CLOSE);
    // It may be an apostrophe, too.
    Some(if is_apostrophe { reading.unsure() } else { reading })
}

/// `'tis the season`
pub(super) fn apostrophe(text: &str, _: &Known<'_>) -> Option<Reading> {
    let text = map_lines(text, |line| {
        let parts = Line::of(line, ':');
        let rest = parts.value.strip_prefix('\'')?;
        (rest.starts_with(char::is_alphanumeric) && !rest.contains('\''))
            .then(|| parts.with(&quoted(parts.value)))
    })?;
    let reading = Reading::new(
        text,
        "a quotation mark is opened and not closed",
        "keep it as an apostrophe, within quotation marks",
    );
    Some(reading.unsure())
}

/// Why a plain text has to be in quotation marks.
fn needs_quotes(text: &str) -> Option<String> {
    let first = text.chars().next()?;
    // A sign alone says that the value is not known.
    if matches!(first, '"' | '\'') || is_block(text) || text.chars().all(|c| "?-".contains(c)) {
        return None;
    }
    if text.contains(": ") || text.ends_with(':') || text.contains(":\t") {
        return Some("a text with a colon and a space in it needs quotation marks".into());
    }
    if text.contains(" #") || first == '#' {
        return Some("a text with a space and `#` in it needs quotation marks".into());
    }
    let is_indicator = "@%&*!|>{}[],`?".contains(first)
        || (matches!(first, '-' | '?' | ':') && text[1..].chars().next().is_none_or(is_blank));
    let sign = if first == '`' { "a backtick".to_owned() } else { format!("`{first}`") };
    is_indicator.then(|| format!("a text that begins with {sign} needs quotation marks"))
}

/// Whether a value is the head of a block of text: `|`, `>-`.
pub(super) fn is_block(text: &str) -> bool {
    let rest = text.trim_start_matches(['|', '>']);
    rest.len() + 1 == text.len() && rest.chars().all(|c| matches!(c, '-' | '+' | '1'..='9'))
}

/// `title: FBI: about 552 tonnes`, `title: @handle says`
pub(super) fn quote_value(text: &str, _: &Known<'_>) -> Option<Reading> {
    let mut why = None;
    let text = map_lines(text, |line| {
        let parts = Line::of(line, ':');
        let reason = needs_quotes(parts.value)?;
        why.get_or_insert(reason);
        Some(parts.with(&quoted(parts.value)))
    })?;
    Some(Reading::new(text, why?, "put the text in quotation marks"))
}

/// `image: ![A ship](ship.png)`, which its key expects as a table.
pub(super) fn picture(text: &str, _: &Known<'_>) -> Option<Reading> {
    let (mut is_sure, mut how_to_fix) = (true, None);
    let text = map_lines(text, |line| {
        let parts = Line::of(line, ':');
        let (table, is_partial) = reading::picture_of(parts.value)?;
        is_sure &= !is_partial;
        how_to_fix.get_or_insert_with(|| format!("write `{table}`"));
        Some(parts.with(&table))
    })?;
    let reading = Reading::new(text, "the picture of an entity is written by keys", how_to_fix?);
    Some(if is_sure { reading.reworded() } else { reading.reworded().unsure() })
}

/// The items of a list or table in brackets on one line, at the commas outside of quotation marks and brackets.
pub(super) fn flow_items(value: &str, open: char, close: char) -> Option<Vec<&str>> {
    let inner = value.strip_prefix(open)?.strip_suffix(close)?;
    let (mut items, mut start, mut depth, mut quote) = (Vec::new(), 0, 0i32, None);
    for (at, c) in inner.char_indices() {
        let before = inner[start..at].trim_end();
        let is_start = before.is_empty() || before.ends_with(':');
        match c {
            c if quote == Some(c) => quote = None,
            _ if quote.is_some() => {}
            '"' | '\'' if is_start => quote = Some(c),
            '“' if is_start => quote = Some('”'),
            '[' | '{' => depth += 1,
            ']' | '}' => depth -= 1,
            ',' if depth == 0 => {
                items.push(inner[start..at].trim());
                start = at + 1;
            }
            _ => {}
        }
    }
    items.push(inner[start..].trim());
    Some(items)
}

/// `[FBI: x, #1]`, `{source: s, locator: p. 4: below}`
pub(super) fn quote_flow_items(text: &str, _: &Known<'_>) -> Option<Reading> {
    let mut why = None;
    let mut is_sure = true;
    let text = map_lines(text, |line| {
        let parts = Line::of(line, ':');
        let whole = [parts.value, parts.end.trim_end()].concat();
        // `["a, b]`: the mark may be missing after the first item, too.
        is_sure &= !(whole.starts_with('[') && whole.matches('"').count() == 1 && whole.contains(','));
        let end = &line[line.trim_end().len()..];
        quoted_flow(&whole, &mut why).map(|value| Line { end, ..parts }.with(&value))
    })?;
    let reading = Reading::new(text, why?, "put the text in quotation marks");
    Some(if is_sure { reading } else { reading.unsure() })
}

/// A list or table in brackets with quotation marks around what needs them, and why; `None` if nothing does.
fn quoted_flow(value: &str, why: &mut Option<String>) -> Option<String> {
    let is_table = value.starts_with('{');
    let (open, close) = if is_table { ('{', '}') } else { ('[', ']') };
    let mut is_changed = false;
    let mut items: Vec<String> = Vec::new();
    for item in flow_items(value, open, close)? {
        let (key, item) = match item.split_once(": ").filter(|_| is_table) {
            Some((key, value)) => (format!("{key}: "), value.trim_start()),
            None => (String::new(), item),
        };
        let new = match item.chars().next() {
            Some('[' | '{') if !item.starts_with("[[") => quoted_flow(item, why),
            Some(quote @ ('"' | '\'')) => {
                let inner = item[1..].strip_suffix(quote);
                let is_odd = inner.is_none_or(|inner| inner.contains(quote));
                is_odd.then(|| {
                    why.get_or_insert_with(|| "there are quotation marks within a text".into());
                    // One that is opened and not closed.
                    let rest = &item[1..];
                    quoted(inner.unwrap_or(if rest.contains(quote) { item } else { rest }))
                })
            }
            _ => needs_quotes(item).map(|reason| {
                why.get_or_insert(reason);
                quoted(item)
            }),
        };
        is_changed |= new.is_some();
        items.push(key + &new.unwrap_or_else(|| item.to_owned()));
    }
    is_changed.then(|| format!("{open}{}{close}", items.join(", ")))
}

/// `- He said: no`
pub(super) fn quote_item(text: &str, _: &Known<'_>) -> Option<Reading> {
    let text = map_lines(text, |line| {
        let parts = Line::of(line, ':');
        if parts.marks.is_empty() || parts.key.is_empty() {
            return None;
        }
        let value = [parts.key, parts.sign, parts.value].concat();
        Some([parts.indent, parts.marks, &quoted(value.trim_end()), parts.end].concat())
    })?;
    Some(Reading::new(
        text,
        "a text with a colon and a space in it needs quotation marks",
        "put the text in quotation marks",
    ))
}

/// A text over several lines that needs quotation marks.
pub(super) fn quote_lines(text: &str, _: &Known<'_>) -> Option<Reading> {
    let first = text.split_inclusive('\n').next()?;
    let parts = Line::of(first, ':');
    let rest = &text[first.len()..];
    let is_text = |line: &str| {
        line.trim().is_empty() || (line.starts_with([' ', '\t']) && Line::of(line, ':').marks.is_empty())
    };
    if parts.key.is_empty() || parts.value.is_empty() || rest.trim().is_empty() || !rest.lines().all(is_text)
    {
        return None;
    }
    let start = first.len() - parts.value.len() - parts.end.len();
    let whole = text[start..].trim_end();
    let (whole, wrong, how_to_fix) = match whole.strip_prefix('"') {
        Some(inner) if !inner.contains('"') => {
            (inner, "a quotation mark is opened and not closed".to_owned(), CLOSE)
        }
        _ if whole.starts_with(['"', '\'', '|', '>', '[', '{']) => return None,
        _ => (whole, whole.lines().find_map(needs_quotes)?, "put the text in quotation marks"),
    };
    let end = &text[text.trim_end().len()..];
    let text = [&text[..start], &quoted(whole), end].concat();
    Some(Reading::new(text, wrong, how_to_fix))
}
