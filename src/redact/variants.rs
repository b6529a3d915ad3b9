//! A text as its readers may see it: without markup, escapes, keys, and what else may be between the parts of a name.

use crate::base::markup::reference;

/// The text with the escapes of markup, JSON and addresses decoded, and without what may be between the parts of a
/// name.
pub(super) fn variants(text: &str) -> Vec<String> {
    let mut variants = Vec::new();
    if text.contains('<') || text.contains('&') {
        variants.push(without_tags(text));
        if text.contains('&') {
            // Attributes, such as the words of a picture.
            variants.push(without_references(text));
        }
        let remaining = without_deleted(text);
        if remaining.len() < text.len() {
            variants.push(without_tags(&remaining));
        }
    }
    if text.contains("-->") {
        variants.push(without_times(text));
    }
    if text.starts_with("BEGIN:V") && text.contains("\n ") {
        // Calendars and address books continue a line after a line end and a space (RFC 5545, 3.1; RFC 6350, 3.2).
        variants.push(text.replace("\r\n ", "").replace("\n ", ""));
    }
    if text.contains("-\n") || text.contains("-\r\n") {
        variants.push(with_whole_words(text));
    }
    if text.contains('\\') {
        variants.push(without_escapes(text));
        variants.push(without_commands(text));
    }
    if text.contains("_x00") {
        // Excel writes so what XML has no character for (ECMA-376, part 1, 22.4.2.4).
        variants.push(without_tags(
            &text
                .replace("_x0020_", " ")
                .replace("_x00A0_", " ")
                .replace("_x000D_", "\r")
                .replace("_x000A_", "\n"),
        ));
    }
    if text.contains('%') {
        variants.push(percent_encoding::percent_decode_str(text).decode_utf8_lossy().into_owned());
    }
    if text.contains(['"', ';', '|', ':']) && !text.trim_start().starts_with('<') && !text.contains('\0') {
        variants.push(values(text));
    }
    variants
}

/// The values of a table or of data, without their keys and what separates them: `{"first": "Siti", "last": "Aminah"}`,
/// `"Siti";"Aminah"`, `first: Siti`.
fn values(text: &str) -> String {
    let mut values = String::with_capacity(text.len());
    // The first line may begin with a key, too.
    let text = format!("\n{text}");
    let mut rest = text.as_str();
    while let Some(c) = rest.chars().next() {
        let mut length = c.len_utf8();
        match c {
            '"' => {
                let end = rest[1..].find(['"', '\n']).map_or(rest.len(), |end| end + 1);
                let after = rest.get(end + 1..).unwrap_or_default();
                let key = after.trim_start().strip_prefix(':').filter(|_| rest[end..].starts_with('"'));
                let is_key = key.is_some();
                length = rest.len() - key.unwrap_or(after).len();
                values.push_str(if is_key { "" } else { &rest[1..end] });
                values.push(' ');
            }
            ';' | '|' | '{' | '}' | '[' | ']' => values.push(' '),
            // A key at the start of a line.
            '\n' => {
                values.push('\n');
                let line = rest[1..].trim_start_matches([' ', '-', '\t']);
                let word = line
                    .find(|c: char| !c.is_alphanumeric() && !matches!(c, '_' | '-'))
                    .unwrap_or(line.len());
                if line[word..].starts_with([':', '=']) {
                    length = rest.len() - line.len() + word + 1;
                }
            }
            c => values.push(c),
        }
        rest = &rest[length..];
    }
    values
}

/// Text with the words joined that are hyphenated at the end of a line.
pub(super) fn with_whole_words(text: &str) -> String {
    let mut lines = text.lines();
    let mut whole = lines.next().unwrap_or_default().to_owned();
    for line in lines {
        match whole.strip_suffix('-') {
            Some(start) => {
                whole.truncate(start.len());
                whole.push_str(line.trim_start());
            }
            None => {
                whole.push('\n');
                whole.push_str(line);
            }
        }
    }
    whole
}

/// Markup without what is deleted in it, or is above the line: a deletion that is tracked by Word or is shown struck
/// through, and a reading (`<rt>`), may be within a name.
fn without_deleted(text: &str) -> String {
    const DELETED: [&str; 7] = ["w:delText", "w:moveFrom", "del", "s", "strike", "rt", "rp"];
    let mut remaining = String::with_capacity(text.len());
    let mut rest = text;
    let mut is_closed = true;
    while let Some(at) = rest.find('<').filter(|_| is_closed) {
        let tag = &rest[at + 1..];
        let name = tag.find(['>', ' ', '/', '\t', '\n']).map_or("", |end| &tag[..end]);
        let close = DELETED.contains(&name).then(|| tag.find(&format!("</{name}>")));
        remaining.push_str(&rest[..at]);
        match close {
            Some(Some(end)) => rest = &tag[end..],
            // There is no end behind this one, either.
            Some(None) => {
                is_closed = false;
                rest = &rest[at..];
            }
            None => {
                remaining.push('<');
                rest = tag;
            }
        }
    }
    remaining.push_str(rest);
    remaining
}

/// Markup as a reader sees it, with character references decoded. A tag can be within a word or between two, so an
/// invisible character replaces it, which may be either. Attributes are searched in the text itself.
pub(super) fn without_tags(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(['<', '&']) {
        plain.push_str(&rest[..at]);
        rest = &rest[at..];
        if rest.starts_with('<') {
            match rest.find('>') {
                Some(end) => rest = &rest[end + 1..],
                None => break,
            }
            plain.push('\u{200b}');
            continue;
        }
        let (c, length) = reference(rest).unwrap_or(('&', 1));
        plain.push(c);
        rest = &rest[length..];
    }
    plain.push_str(rest);
    plain
}

/// Markup with its character references decoded.
fn without_references(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        plain.push_str(&rest[..at]);
        let (c, length) = reference(&rest[at..]).unwrap_or(('&', 1));
        plain.push(c);
        rest = &rest[at + length..];
    }
    plain.push_str(rest);
    plain
}

/// Captions (WebVTT, SubRip) without the lines between the words: a name may begin in one caption and end in the next.
fn without_times(text: &str) -> String {
    let is_time = |line: &&str| line.contains("-->") || line.trim().bytes().all(|byte| byte.is_ascii_digit());
    text.lines().filter(|line| !is_time(line)).collect::<Vec<&str>>().join("\n")
}

/// Decodes the escapes of JSON and scripts: `\u00e9`, `\"`, `\n`.
pub(super) fn without_escapes(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    let mut units: Vec<u16> = Vec::new();
    while let Some(at) = rest.find('\\') {
        if at > 0 {
            plain.push_str(&decoded(units.drain(..)));
            plain.push_str(&rest[..at]);
        }
        let escape = &rest[at + 1..];
        let unit = escape.strip_prefix('u').and_then(|digits| u16::from_str_radix(digits.get(..4)?, 16).ok());
        if let Some(unit) = unit {
            units.push(unit);
            rest = &escape[5..];
            continue;
        }
        plain.push_str(&decoded(units.drain(..)));
        rest = match escape.chars().next() {
            Some('n' | 'r' | 't') => {
                plain.push(' ');
                &escape[1..]
            }
            Some(c @ ('"' | '\'' | '/' | '\\')) => {
                plain.push(c);
                &escape[1..]
            }
            _ => {
                plain.push('\\');
                escape
            }
        };
    }
    plain.push_str(&decoded(units.drain(..)));
    plain.push_str(rest);
    plain
}

/// TeX without its commands and groups, each of which can be within a word or between two: `Siti\ Aminah`,
/// `\textbf{Siti}\quad Aminah`.
fn without_commands(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(['\\', '{', '}']) {
        plain.push_str(&rest[..at]);
        plain.push('\u{200b}');
        let command = rest[at..].strip_prefix('\\').unwrap_or_default();
        let name = command.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(command.len());
        // A command of one sign, unless it is a letter of another script.
        let sign = command.chars().next().filter(|c| name == 0 && c.is_ascii()).map_or(0, char::len_utf8);
        rest = &rest[at + 1 + name + sign..];
    }
    plain.push_str(rest);
    plain
}

/// The characters of UTF-16.
pub(super) fn decoded(units: impl Iterator<Item = u16>) -> String {
    char::decode_utf16(units).map(|c| c.unwrap_or('\u{fffd}')).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_found_between_the_parts_of_a_table() {
        for text in [
            "a,b\n\"Siti\",\"Aminah\"\n",
            "a;b\nSiti;Aminah\n",
            "a|b\nSiti | Aminah\n",
            "{\"first\":\"Siti\",\"last\":\"Aminah\"}",
            "{\"first\": \"Siti\",\n  \"last\": \"Aminah\"}",
            "x: 1\nfirst: Siti\nlast: Aminah\n",
            "- first: \"Siti\"\n  last: \"Aminah\"\n",
            "N:Siti;Aminah;;;\n",
        ] {
            let all = values(text);
            let words: Vec<&str> = all.split([' ', ',', '\n']).filter(|word| !word.is_empty()).collect();
            assert!(words.windows(2).any(|two| two == ["Siti", "Aminah"]), "{text}: {all}");
        }
    }

    #[test]
    fn only_address_books_and_calendars_go_on_behind_a_space() {
        let folded = |text: &str| variants(text).iter().any(|variant| variant.contains("Aminah"));
        assert!(
            folded("BEGIN:VCARD\nFN:Siti Am\n inah\n") && folded("BEGIN:VCALENDAR\r\nSUMMARY:Am\r\n inah")
        );
        assert!(!folded("Siti Am\n inah") && !folded("Am\n inah: \"x\""));
    }

    #[test]
    fn words_are_joined_and_deletions_left_out() {
        assert_eq!(with_whole_words("Ami-\r\n  nah - x\n-\ny-"), "Aminah - x\ny-");
        let tracked = "<w:t>Siti </w:t><w:del w:id=\"1\"><w:r><w:delText xml:space=\"x\">Budi </w:delText></w:r></w:del><w:t>Aminah";
        assert!(!without_deleted(tracked).contains("Budi"));
        assert_eq!(without_deleted("Siti <del>x</del>Aminah <s>y"), "Siti </del>Aminah <s>y");
        assert_eq!(without_deleted("a < b <del"), "a < b <del");
    }
}
