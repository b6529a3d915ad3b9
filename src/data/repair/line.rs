//! A line of an entry, cut into its parts, and the helpers of all steps.

/// A line; its parts together are the whole.
#[derive(Copy, Clone, Debug)]
pub(super) struct Line<'a> {
    /// The white space at its start.
    pub indent: &'a str,
    /// The marks of list items: `- `.
    pub marks: &'a str,
    /// The key; empty if there is none.
    pub key: &'a str,
    /// What is between the key and the value.
    pub sign: &'a str,
    /// The value, without white space around it.
    pub value: &'a str,
    /// White space, a comment and the end of the line.
    pub end: &'a str,
}

impl<'a> Line<'a> {
    /// Cuts a line whose key and value are separated by `separator`, a colon or an equals sign.
    pub(super) fn of(line: &'a str, separator: char) -> Line<'a> {
        let (indent, rest) = line.split_at(line.len() - line.trim_start_matches(is_blank).len());
        let (marks, rest) = rest.split_at(marks(rest));
        let (key, sign, rest) = match key(rest, separator) {
            Some(at) => {
                let after = &rest[at..];
                let name = rest[..at].trim_end();
                let value = after[separator.len_utf8()..].trim_start_matches(is_blank);
                let sign = rest.len() - name.len() - value.len();
                (name, &rest[name.len()..name.len() + sign], value)
            }
            None => ("", "", rest),
        };
        let value = &rest[..rest.len() - comment(rest).len()];
        let trimmed = value.trim_end();
        Line { indent, marks, key, sign, value: trimmed, end: &rest[trimmed.len()..] }
    }

    /// The line with another value.
    pub(super) fn with(&self, value: &str) -> String {
        let space =
            if self.key.is_empty() || value.is_empty() || self.sign.ends_with(is_blank) { "" } else { " " };
        [self.indent, self.marks, self.key, self.sign, space, value, self.end].concat()
    }
}

/// Whether a line begins with one of these keys, and a sign that can be meant as the one after a key.
pub(crate) fn opens(line: &str, keys: &[&str]) -> bool {
    let content = line.trim_start_matches(|c: char| is_blank(c) || "*_`•“\"\u{200b}\u{feff}".contains(c));
    let length = content.find(|c: char| !(c.is_alphanumeric() || c == '_')).unwrap_or(content.len());
    let (key, rest) = content.split_at(length);
    let rest = rest.trim_start_matches(|c: char| is_blank(c) || "*_`”\"\u{200b}".contains(c));
    keys.contains(&key) && rest.starts_with([':', '：', '=', '＝'])
}

/// White space within a line, in any script.
pub(super) fn is_blank(c: char) -> bool {
    c.is_whitespace() && c != '\n' && c != '\r'
}

/// The length of the marks of list items at the start of a line.
fn marks(text: &str) -> usize {
    let mut at = 0;
    while let Some(rest) = text[at..].strip_prefix('-') {
        let blank = rest.len() - rest.trim_start_matches(is_blank).len();
        if blank == 0 && !rest.trim_end().is_empty() {
            break;
        }
        at += 1 + blank;
        if blank == 0 {
            break;
        }
    }
    at
}

/// Where the separator after the key is.
fn key(text: &str, separator: char) -> Option<usize> {
    if text.starts_with(['#', '[', '{']) {
        return None;
    }
    let from = match text.chars().next().filter(|quote| matches!(quote, '"' | '\'')) {
        Some(quote) => 2 + text[1..].find(quote)?,
        None => 0,
    };
    let at = from + text[from..].find(separator)?;
    let after = text[at + separator.len_utf8()..].chars().next();
    let is_key = at > 0 && at <= 60 && (separator == '=' || after.is_none_or(char::is_whitespace));
    (is_key && (from == 0 || text[from..at].trim().is_empty())).then_some(at)
}

/// The comment at the end of a value, with the white space before it. A `#` before a letter begins one too, as far as
/// YAML is concerned, but nobody means it.
fn comment(text: &str) -> &str {
    let from = match text.chars().next().filter(|quote| matches!(quote, '"' | '\'')) {
        Some(quote) => text.rfind(quote).unwrap_or(0),
        None => 0,
    };
    let is_comment = |at: &usize| {
        let after = text[at + 1..].trim_start_matches('#');
        let before = text[..*at].chars().next_back();
        before.is_none_or(is_blank) && after.chars().next().is_none_or(char::is_whitespace)
    };
    let at = text[from..].match_indices('#').map(|(at, _)| from + at).find(is_comment);
    match at {
        Some(at) => &text[text[..at].trim_end().len()..],
        None => &text[text.trim_end().len()..],
    }
}

/// Applies `change` to each line; `None` if it changes none.
pub(super) fn map_lines(text: &str, mut change: impl FnMut(&str) -> Option<String>) -> Option<String> {
    let mut is_changed = false;
    let lines: String = text
        .split_inclusive('\n')
        .map(|line| match change(line) {
            Some(new) if new != line => {
                is_changed = true;
                new
            }
            _ => line.to_owned(),
        })
        .collect();
    is_changed.then_some(lines)
}

/// A text in quotation marks that neither YAML nor TOML reads otherwise, with as few escapes as possible.
pub(crate) fn quoted(text: &str) -> String {
    match (text.contains(['"', '\\']), text.contains('\'')) {
        (false, _) => format!("\"{text}\""),
        (true, false) => format!("'{text}'"),
        (true, true) => format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\"")),
    }
}

/// Where the text in quotation marks, the list or the table with which a value begins is closed.
pub(super) fn closed(value: &str) -> Option<usize> {
    let first = value.chars().next()?;
    if matches!(first, '"' | '\'') {
        let mut is_escaped = false;
        let close = value[1..].char_indices().find(|(_, c)| {
            let is_close = *c == first && !is_escaped;
            is_escaped = *c == '\\' && !is_escaped && first == '"';
            is_close
        });
        return close.map(|(at, _)| at + 2);
    }
    let (mut depth, mut quote) = (0i32, None);
    for (at, c) in value.char_indices() {
        match c {
            c if quote == Some(c) => quote = None,
            _ if quote.is_some() => {}
            '"' | '\'' => quote = Some(c),
            '[' | '{' => depth += 1,
            ']' | '}' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return (at > 0).then_some(at + c.len_utf8());
        }
    }
    None
}

/// `"T" // a remark`, `[a] %% a remark %%`: what follows a value that is closed, as comments of other languages are
/// written, becomes one. Also whether it can be nothing else.
pub(super) fn remarks(text: &str, separator: char) -> Option<(String, bool)> {
    let mut is_sure = true;
    let text = map_lines(text, |line| {
        let parts = Line::of(line, separator);
        let end = closed(parts.value)?;
        let rest = parts.value[end..].trim_start_matches(is_blank);
        let begins = |signs: &[&str]| signs.iter().any(|sign| rest.starts_with(sign));
        let is_comment = begins(&["//", "<!--", "/*", "%%"]);
        is_sure &= is_comment;
        let is_remark = is_comment || begins(&["-- ", "; "]);
        is_remark.then(|| parts.with(&format!("{} # {rest}", &parts.value[..end])))
    })?;
    Some((text, is_sure))
}

/// A value that begins with a quotation mark and has more of them within, in marks that are not in it.
pub(super) fn requoted(whole: &str) -> Option<String> {
    let quote = whole.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    let rest = &whole[1..];
    let at = rest.find(quote)?;
    let is_enclosed = rest.len() > 1 && rest.ends_with(quote);
    // A mark after a space opens a quotation within; one before a space closes what the first one opened.
    let before = rest[..at].chars().next_back();
    let after = rest[at + 1..].chars().next();
    let is_closing = before.is_some_and(|c| !is_blank(c))
        && after.is_none_or(|c| is_blank(c) || c.is_ascii_punctuation())
        && after != Some(quote);
    let is_whole = at + 1 == rest.len();
    if is_whole {
        return None;
    }
    // A pair around the text, and one too many within.
    let is_closing = is_closing && !(is_enclosed && whole.matches(quote).count() == 3);
    let text = match (at, is_enclosed && !is_closing) {
        // `""Kirby""`
        (0, _) => whole.trim_matches(quote).to_owned(),
        (_, true) => rest[..rest.len() - 1].replace("\\\"", "\""),
        (_, false) => whole.to_owned(),
    };
    Some(quoted(&text))
}

/// A text without its comments, whole lines and ends of lines.
pub(super) fn without_comments(text: &str) -> String {
    let lines = text.split_inclusive('\n').map(|line| {
        let content = line.trim_start();
        match content.starts_with('#') && !content.starts_with("#\u{fe0f}") {
            true => "\n",
            false => &line[..line.len() - comment(line).len()],
        }
    });
    lines.collect::<Vec<&str>>().join("\n")
}

/// The marks with which word processors begin and end a quotation, double or single.
pub(super) const CURLY: [(&str, &str); 2] = [("“”„‟\"＂", "“”‟\"＂"), ("‘’‚‛'＇", "‘’‛'＇")];

/// What is between curly quotation marks around the whole text, if there are no more of them within.
pub(super) fn uncurled(text: &str) -> Option<&str> {
    for (open, close) in CURLY {
        let mut chars = text.chars();
        let (Some(first), Some(last)) = (chars.next(), chars.next_back()) else { continue };
        let is_curly = |c: char| !c.is_ascii();
        if open.contains(first) && close.contains(last) && (is_curly(first) || is_curly(last)) {
            let inner = chars.as_str();
            let is_double = |c: char| CURLY[0].0.contains(c);
            return (!inner.contains(is_double)).then_some(inner);
        }
    }
    None
}
