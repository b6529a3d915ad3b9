//! Slips in lists and tables of TOML.

use super::{is_bare, is_odd_header, key_of, without_texts};
use crate::data::repair::line::{Line, closed, map_lines, quoted};
use crate::data::repair::{Known, Reading};

/// `[rules`, `rules]`, `[rules]:`, `rules`
pub(super) fn header(text: &str, known: &Known<'_>) -> Option<Reading> {
    let mut lines = text
        .split_inclusive('\n')
        .skip_while(|line| line.trim().is_empty() || line.trim_start().starts_with('#'));
    let line = lines.next()?;
    let content = line.trim();
    let name = content
        .trim_matches(['[', ']', '(', ')', '{', '}', '<', '>', ':', '=', ';', ',', '“', '”', ' ', '"']);
    let is_name = !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || "_-.".contains(c));
    let is_header =
        content.starts_with('[') || is_odd_header(content) || content.ends_with(']') || known.has(name);
    if !is_name || !is_header {
        return None;
    }
    let is_list = content.starts_with("[[") || content.ends_with("]]");
    let new = if is_list { format!("[[{name}]]") } else { format!("[{name}]") };
    let text = text.replacen(content, &new, 1);
    Some(Reading::new(text, "the name of a table needs a pair of square brackets", format!("write `{new}`")))
}

/// `["a", "b"`, `"a", "b"]`
pub(super) fn brackets(text: &str, _: &Known<'_>) -> Option<Reading> {
    let first = text.split_inclusive('\n').find(|line| !Line::of(line, '=').key.is_empty())?;
    let parts = Line::of(first, '=');
    let plain = without_texts(parts.value);
    let opened = plain.matches('[').count();
    let value = match (opened, plain.matches(']').count()) {
        (opened, closed) if opened == closed + 1 => {
            let value = parts.value.trim_end_matches([')', '}', ',']).trim_end();
            format!("{value}]")
        }
        (opened, closed) if closed == opened + 1 && opened > 0 => parts.value.strip_suffix(']')?.to_owned(),
        (0, 1) => format!("[{}", parts.value.trim_start_matches(['(', '{'])),
        (0, 0) => {
            let inner = parts.value.strip_prefix(['(', '{'])?.strip_suffix([')', '}'])?;
            if inner.contains('=') {
                return None;
            }
            format!("[{inner}]")
        }
        _ => return None,
    };
    let text = text.replacen(first, &parts.with(&value), 1);
    Some(Reading::new(
        text,
        "the square brackets around a list are not a pair",
        "complete the pair of brackets",
    ))
}

/// `languages = "en", "id"`, `["en" "id"]`, `en, id`
pub(super) fn list(text: &str, _: &Known<'_>) -> Option<Reading> {
    let text = map_lines(text, |line| {
        let parts = Line::of(line, '=');
        let inner = parts.value.strip_prefix('[').and_then(|rest| rest.strip_suffix(']'));
        let spaced = inner.unwrap_or(parts.value).replace("\" \"", "\", \"").replace("' '", "', '");
        let spaced = if spaced.contains(',') { spaced } else { spaced.replace(';', ",") };
        let is_list = !parts.key.is_empty() && spaced.contains(',') && !parts.value.starts_with('{');
        let items = spaced.trim_end_matches([',', ' ']).split(',').map(str::trim);
        let items = items.map(|item| if is_bare(item) { quoted(item) } else { item.to_owned() });
        is_list.then(|| parts.with(&format!("[{}]", items.collect::<Vec<String>>().join(", "))))
    })?;
    Some(Reading::new(
        text,
        "a list needs square brackets, and a comma between two items",
        "write the list as `[\"a\", \"b\"]`",
    ))
}

/// `{ rating = 1 label = False ]`: an inline table with other brackets, signs or separators, or texts without quotation
/// marks.
pub(super) fn table_values(text: &str, _: &Known<'_>) -> Option<Reading> {
    let text = map_lines(text, |line| {
        let parts = Line::of(line, '=');
        let open = |c: char| "{[(｛［（".contains(c);
        let close = |c: char| "}])｝］）".contains(c);
        let inner = parts.value.strip_prefix(open).unwrap_or(parts.value);
        let inner = inner.strip_suffix(close).unwrap_or(inner);
        let entries = entries(inner).filter(|entries| {
            entries.len() > 1 || parts.value.starts_with(['{', '｛']) && !entries.is_empty()
        })?;
        let table = format!("{{ {} }}", entries.join(", "));
        // Spaces alone are no slip.
        let squeezed = |text: &str| text.replace(' ', "");
        (!parts.key.is_empty() && squeezed(&table) != squeezed(parts.value)).then(|| parts.with(&table))
    })?;
    Some(Reading::new(
        text,
        "a table in one line is not well-formed",
        "write `{ key = value, key = \"a text\" }`",
    ))
}

/// `[{source: "s"}, {source: "t"}]`: a list of such tables.
pub(super) fn listed_tables(text: &str, _: &Known<'_>) -> Option<Reading> {
    let text = map_lines(text, |line| {
        let parts = Line::of(line, '=');
        let mut rest = parts.value.strip_prefix('[')?.strip_suffix(']')?.trim();
        let mut tables = Vec::new();
        while !rest.is_empty() {
            let (item, after) = rest.split_at(closed(rest)?);
            let inner = item.strip_prefix('{')?.strip_suffix('}')?;
            tables.push(format!("{{ {} }}", entries(inner)?.join(", ")));
            rest = after.trim_start_matches([',', ';', ' ']);
        }
        let list = format!("[{}]", tables.join(", "));
        (!parts.key.is_empty() && list.replace(' ', "") != parts.value.replace(' ', ""))
            .then(|| parts.with(&list))
    })?;
    Some(Reading::new(
        text,
        "a table in one line is not well-formed",
        "write `{ key = value, key = \"a text\" }`",
    ))
}

/// The entries of an inline table, however they are separated, as TOML has them.
fn entries(inner: &str) -> Option<Vec<String>> {
    let separators = [',', ';', '،', '、', '，', ' '];
    let is_word = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-');
    let key_at = |text: &str| -> Option<(usize, usize)> {
        let key = match text.starts_with(['"', '\'']) {
            true => closed(text)?,
            false => text.find(|c: char| !is_word(c)).filter(|at| *at > 0)?,
        };
        let after = text[key..].trim_start();
        let value = after.trim_start_matches(['=', ':', '＝', '：']);
        let sign = after.len() - value.len();
        (sign > 0 && !after.starts_with("://")).then(|| (key, text.len() - value.trim_start().len()))
    };
    let mut entries = Vec::new();
    let mut rest = inner.trim_matches(separators);
    while !rest.is_empty() {
        let (key, start) = key_at(rest)?;
        let (key, value) = (&rest[..key], &rest[start..]);
        let end = closed(value).unwrap_or_else(|| {
            let ends = |at: &usize| {
                let next = value[*at..].trim_start_matches(separators);
                let is_apart = value[*at..].starts_with(separators);
                is_apart && (next.is_empty() || key_at(next).is_some())
            };
            value.char_indices().map(|(at, _)| at).find(ends).unwrap_or(value.len())
        });
        let (value, after) = (value[..end].trim(), &value[end..]);
        let is_flag_in_capitals = matches!(&*value.to_ascii_lowercase(), "true" | "false");
        let is_flag = matches!(value, "true" | "false");
        let is_text = !is_flag && (is_bare(value) || is_flag_in_capitals);
        if value.is_empty() {
            return None;
        }
        entries.push(format!("{key} = {}", if is_text { quoted(value) } else { value.to_owned() }));
        rest = after.trim_matches(separators);
    }
    Some(entries)
}

/// A list as YAML has it: an item on each line.
pub(super) fn indented_list(text: &str, _: &Known<'_>) -> Option<Reading> {
    let mut lines = text.lines();
    let first = lines.next()?;
    let key = key_of(first)?;
    let lines: Vec<&str> = lines.filter(|line| !line.trim().is_empty()).collect();
    let items: Option<Vec<String>> = lines
        .iter()
        .map(|line| {
            let item = line.trim().strip_prefix("- ")?.trim();
            Some(if item.starts_with(['"', '\'']) { item.to_owned() } else { quoted(item) })
        })
        .collect();
    let items = items.filter(|items| !items.is_empty())?;
    let end = &text[text.trim_end().len()..];
    let text = format!("{key} = [{}]{end}", items.join(", "));
    Some(Reading::new(text, "this is a list as YAML has it", "write the list in square brackets"))
}
