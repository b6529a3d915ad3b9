//! Quotation marks and apostrophes in the style of a language.

use super::id::Lang;

/// The opening and closing quotation marks of a language, double then single (CLDR's delimiters).
pub(crate) fn quotes(lang: &Lang) -> [&'static str; 4] {
    match lang.as_str().split('-').next().unwrap_or_default() {
        "de" | "cs" | "sk" | "sl" | "is" | "et" | "lt" | "bg" => ["„", "“", "‚", "‘"],
        "fr" => ["«\u{a0}", "\u{a0}»", "“", "”"],
        "es" | "it" | "pt" | "ca" | "el" | "no" | "nb" => ["«", "»", "“", "”"],
        "ru" | "uk" | "be" => ["«", "»", "„", "“"],
        "pl" | "ro" | "hu" => ["„", "”", "«", "»"],
        "sv" | "fi" => ["”", "”", "’", "’"],
        "ja" => ["「", "」", "『", "』"],
        _ => ["“", "”", "‘", "’"],
    }
}

/// A title or a summary with typographic quotation marks. The Markdown parser does the same for texts.
pub(crate) fn curled(text: &str, lang: &Lang) -> String {
    if !text.contains(['"', '\'']) {
        return text.to_owned();
    }
    let [open, close, open_single, close_single] = quotes(lang);
    let mut curled = String::with_capacity(text.len() + 8);
    let mut before: Option<char> = None;
    for c in text.chars() {
        let opens = before
            .is_none_or(|b| b.is_whitespace() || matches!(b, '(' | '[' | '“' | '«' | '—' | '–' | '-' | '/'));
        match (c, opens) {
            ('"', true) => curled.push_str(open),
            ('"', false) => curled.push_str(close),
            ('\'', true) => curled.push_str(open_single),
            // Within or after a word it is an apostrophe, in every language.
            ('\'', false) if before.is_some_and(char::is_alphanumeric) => curled.push('’'),
            ('\'', false) => curled.push_str(close_single),
            _ => curled.push(c),
        }
        before = Some(c);
    }
    curled
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_curl_as_the_language_sets_them() {
        let curl = |text, lang| curled(text, &Lang::parse(lang).unwrap());
        assert_eq!(curl("Korea's \"set\" ('more')", "en"), "Korea’s “set” (‘more’)");
        assert_eq!(curl("\"so\"", "de"), "„so“");
        assert_eq!(curl("no marks", "id"), "no marks");
    }
}
