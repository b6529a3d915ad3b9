//! The words of a text in TeX: accents, dashes, quotation marks, and the special characters that are written with
//! commands.

use unicode_normalization::UnicodeNormalization;

/// Commands that put an accent on the letter that follows.
const ACCENTS: [(&str, char); 16] = [
    ("`", '\u{300}'),
    ("'", '\u{301}'),
    ("^", '\u{302}'),
    ("~", '\u{303}'),
    ("=", '\u{304}'),
    ("u", '\u{306}'),
    (".", '\u{307}'),
    ("\"", '\u{308}'),
    ("r", '\u{30a}'),
    ("H", '\u{30b}'),
    ("v", '\u{30c}'),
    ("d", '\u{323}'),
    ("c", '\u{327}'),
    ("k", '\u{328}'),
    ("b", '\u{331}'),
    ("t", '\u{361}'),
];

/// Commands that are characters.
const CHARACTERS: [(&str, &str); 38] = [
    ("ss", "ß"),
    ("o", "ø"),
    ("O", "Ø"),
    ("l", "ł"),
    ("L", "Ł"),
    ("ae", "æ"),
    ("AE", "Æ"),
    ("oe", "œ"),
    ("OE", "Œ"),
    ("aa", "å"),
    ("AA", "Å"),
    ("i", "ı"),
    ("j", "ȷ"),
    ("dh", "ð"),
    ("DH", "Ð"),
    ("th", "þ"),
    ("TH", "Þ"),
    ("dj", "đ"),
    ("DJ", "Đ"),
    ("ng", "ŋ"),
    ("textbackslash", "\\"),
    ("textasciitilde", "~"),
    ("textasciicircum", "^"),
    ("textendash", "–"),
    ("textemdash", "—"),
    ("textquoteleft", "‘"),
    ("textquoteright", "’"),
    ("textquotedblleft", "“"),
    ("textquotedblright", "”"),
    ("guillemotleft", "«"),
    ("guillemotright", "»"),
    ("textellipsis", "…"),
    ("ldots", "…"),
    ("dots", "…"),
    ("S", "§"),
    ("euro", "€"),
    ("texteuro", "€"),
    ("pounds", "£"),
];

/// The words of a text.
pub(super) fn words(tex: &str) -> String {
    let mut words = String::with_capacity(tex.len());
    let mut rest = tex;
    // An accent that waits for its letter.
    let mut accent: Option<char> = None;
    while let Some(c) = rest.chars().next() {
        rest = &rest[c.len_utf8()..];
        let next = match c {
            '\\' => {
                let (command, after) = command(rest);
                rest = after;
                if let Some((_, mark)) = ACCENTS.iter().find(|(name, _)| *name == command) {
                    accent = Some(*mark);
                    continue;
                }
                character(command)
            }
            '}' => {
                accent = None;
                continue;
            }
            '{' | '$' => continue,
            '~' => " ",
            '-' if rest.starts_with("--") => {
                rest = &rest[2..];
                "—"
            }
            '-' if rest.starts_with('-') => {
                rest = &rest[1..];
                "–"
            }
            '`' if rest.starts_with('`') => {
                rest = &rest[1..];
                "“"
            }
            '\'' if rest.starts_with('\'') => {
                rest = &rest[1..];
                "”"
            }
            c => {
                push(c, &mut accent, &mut words);
                continue;
            }
        };
        next.chars().for_each(|c| push(c, &mut accent, &mut words));
    }
    super::on_one_line(&words)
}

fn push(c: char, accent: &mut Option<char>, words: &mut String) {
    match accent.take() {
        Some(mark) => {
            let letter = match c {
                'ı' => 'i',
                'ȷ' => 'j',
                c => c,
            };
            words.extend([letter, mark].into_iter().nfc());
        }
        None => words.push(c),
    }
}

/// The name of a command, and what follows it. A command of letters takes in the white space after it.
fn command(rest: &str) -> (&str, &str) {
    let letters = rest.bytes().take_while(u8::is_ascii_alphabetic).count();
    match letters {
        0 => rest.split_at(rest.chars().next().map_or(0, char::len_utf8)),
        _ => (&rest[..letters], rest[letters..].trim_start()),
    }
}

/// What a command prints. What sets the style of its argument prints nothing, and the argument follows.
fn character(command: &str) -> &str {
    if let Some((_, character)) = CHARACTERS.iter().find(|(name, _)| *name == command) {
        return character;
    }
    match command.starts_with(|c: char| c.is_ascii_alphabetic()) {
        true => "",
        false if command == "\\" => " ",
        false if command == "-" || command == "/" => "",
        false => command,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_what_tex_prints() {
        for (tex, expected) in [
            (r#"{\"o} \"{o} \'e \c{c} \v s \~n"#, "ö ö é ç š ñ"),
            (r#"\'{\i} {\o}re \ss{}en \AA ngstr\"om"#, "í øre ßen Ångström"),
            (r"100\% \& \$5 \#1 a\_b \{x\}", "100% & $5 #1 a_b {x}"),
            (r"1--2 --- ``so'' {NASA} a~b", "1–2 — “so” NASA a b"),
            (r"-{}- '{}'", "-- ''"),
            (r"\textbackslash{}x \textasciitilde{}y \emph{so} $H_2$", "\\x ~y so H_2"),
            (r"\", ""),
            ("a\n  b", "a b"),
        ] {
            assert_eq!(words(tex), expected, "{tex}");
        }
    }
}
