//! Values as YAML and TOML write them: plain where every program reads the same, in quotes elsewhere.

use super::node::{Key, Node, Value};
use super::yaml;

/// The language that a document is written in.
#[derive(Copy, Clone, Debug, Eq, PartialEq)]
pub(crate) enum Syntax {
    Yaml,
    Toml,
}

/// A value to write.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) enum Given {
    /// A text. It is quoted if a program could read it as anything else.
    Words(String),
    /// A number, a date, `true` or `false`.
    Bare(String),
    List(Vec<Given>),
    Table(Vec<(String, Given)>),
}

impl Given {
    /// A value that was read; `None` for nothing.
    pub(crate) fn of(node: &Node) -> Option<Given> {
        match &node.value {
            Value::Null => None,
            Value::Scalar(words) => Some(Given::Bare(words.to_string())),
            Value::List(items) => {
                let items: Vec<Given> = items.iter().filter_map(Given::of).collect();
                (!items.is_empty()).then_some(Given::List(items))
            }
            Value::Table(entries) => {
                let entry = |(key, node): &(Key, Node)| Some((key.name.to_string(), Given::of(node)?));
                let entries: Vec<(String, Given)> = entries.iter().filter_map(entry).collect();
                (!entries.is_empty()).then_some(Given::Table(entries))
            }
        }
    }
}

/// Where a value is written, which decides what must be quoted.
#[derive(Copy, Clone, Debug, Eq, PartialEq)]
pub(crate) enum Place {
    /// To the end of a line.
    Line,
    /// Between brackets or braces.
    Inside,
}

impl Syntax {
    /// `given` on one line.
    pub(crate) fn written(self, given: &Given, place: Place) -> String {
        let each = |given: &Given| self.written(given, Place::Inside);
        match (given, self) {
            (Given::Words(words), Syntax::Yaml) => yaml_text(words, place),
            (Given::Words(words), Syntax::Toml) => quoted(words),
            (Given::Bare(bare), Syntax::Yaml) => match reads_back(bare, place) {
                true => bare.clone(),
                false => quoted(bare),
            },
            (Given::Bare(bare), Syntax::Toml) => match super::toml::parse(&format!("x = {bare}\n")) {
                Ok(node) if is_scalar(node.get("x").map(|node| &node.value), bare) => bare.clone(),
                _ => quoted(bare),
            },
            (Given::List(items), _) => {
                format!("[{}]", items.iter().map(each).collect::<Vec<String>>().join(", "))
            }
            (Given::Table(entries), _) => {
                let entry = |(key, value): &(String, Given)| format!("{}{}", self.key(key), each(value));
                format!("{{{}}}", entries.iter().map(entry).collect::<Vec<String>>().join(", "))
            }
        }
    }

    /// A key, and what separates it from its value.
    pub(crate) fn key(self, key: &str) -> String {
        let is_plain =
            !key.is_empty() && key.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_'));
        let key = match self {
            Syntax::Yaml => yaml_text(key, Place::Inside),
            Syntax::Toml if is_plain => key.to_owned(),
            Syntax::Toml => quoted(key),
        };
        format!("{key}{}", self.sign())
    }

    /// What stands between a key and its value.
    pub(crate) fn sign(self) -> &'static str {
        match self {
            Syntax::Yaml => ": ",
            Syntax::Toml => " = ",
        }
    }
}

/// A text in double quotes, as YAML, TOML and JSON all read it.
pub(crate) fn quoted(words: &str) -> String {
    // TOML forbids this one character, which JSON does not escape.
    serde_json::Value::from(words).to_string().replace('\u{7f}', "\\u007f")
}

fn yaml_text(words: &str, place: Place) -> String {
    match reads_back(words, place) && !is_typed(words) {
        true => words.to_owned(),
        false => quoted(words),
    }
}

/// Whether YAML reads a word without quotes as that word.
fn reads_back(words: &str, place: Place) -> bool {
    if words.contains(['\n', '\r', '\u{85}', '\u{2028}', '\u{2029}', '\u{feff}']) {
        return false;
    }
    let text = match place {
        Place::Line => format!("x: {words}\n"),
        Place::Inside => format!("x: [{words}]\n"),
    };
    let Ok(node) = yaml::parse(&text) else { return false };
    match (place, node.get("x").map(|node| &node.value)) {
        (Place::Line, read) => is_scalar(read, words),
        (Place::Inside, Some(Value::List(items))) => match &items[..] {
            // A colon within braces, at the end of a word, or a comma would be read otherwise by others.
            [item] => {
                is_scalar(Some(&item.value), words)
                    && !words.contains([',', '{', '}', '[', ']'])
                    && !words.ends_with(':')
            }
            _ => false,
        },
        _ => false,
    }
}

fn is_scalar(value: Option<&Value>, words: &str) -> bool {
    matches!(value, Some(Value::Scalar(read)) if **read == *words)
}

/// Whether YAML 1.1 or 1.2 gives the word another type than text: a number, a date, a time, a truth value.
fn is_typed(words: &str) -> bool {
    const WORDS: [&str; 13] =
        ["y", "n", "yes", "no", "on", "off", "true", "false", "null", "~", ".inf", "-.inf", ".nan"];
    let bare = words.replace('_', "");
    let is_digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    WORDS.contains(&words.to_lowercase().as_str())
        || matches!(words, "=" | "<<")
        || bare.parse::<f64>().is_ok()
        || ["0x", "0o", "0b"].iter().any(|radix| bare.trim_start_matches(['-', '+']).starts_with(radix))
        || words.contains([':', '-'])
            && words.split([':', '-', 'T', ' ', '.', 'Z', '+']).all(|part| part.is_empty() || is_digits(part))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::toml;
    use super::*;

    fn line(words: &str) -> String {
        Syntax::Yaml.written(&Given::Words(words.into()), Place::Line)
    }

    #[test]
    fn a_text_is_plain_where_all_programs_read_it_as_text() {
        for plain in [
            "A plain title",
            "Kirby, spokesman",
            "C# & co.",
            "북한",
            "10 Downing Street",
            "a:b",
            "it's so",
            "a \"b\" c",
        ] {
            assert_eq!(line(plain), plain);
        }
        for typed in [
            "2023",
            "12e4",
            "0x1F",
            "1_000",
            "2023-10-13",
            "1:30",
            "no",
            "Yes",
            "~",
            "null",
            ".inf",
            "-5",
            "<<",
        ] {
            assert_eq!(line(typed), format!("\"{typed}\""));
        }
        for sign in [
            "a: b",
            "[a]",
            "",
            "a #b",
            "- a",
            "\"a\" b",
            "'a'",
            "&a",
            "*a",
            "@a",
            "#a",
            "{a",
            " a",
            "a ",
            "a:",
            "'a' b",
            "\ta",
            "a\u{2028}b",
            "a\u{85}b",
            "\u{feff}a",
        ] {
            assert!(line(sign).starts_with('"'), "{sign}");
        }
    }

    #[test]
    fn numbers_and_dates_are_bare() {
        let bare = |bare: &str| Given::Bare(bare.into());
        assert_eq!(Syntax::Yaml.written(&bare("2023-10-13"), Place::Line), "2023-10-13");
        assert_eq!(Syntax::Toml.written(&bare("2023-10-13"), Place::Line), "2023-10-13");
        assert_eq!(Syntax::Toml.written(&bare("2023-10"), Place::Line), "\"2023-10\"");
        assert_eq!(Syntax::Toml.written(&bare("2023~"), Place::Line), "\"2023~\"");
        assert_eq!(Syntax::Toml.written(&bare("1 # one"), Place::Line), "\"1 # one\"");
        assert_eq!(Syntax::Toml.written(&bare("[1]"), Place::Line), "\"[1]\"");
        let table = Given::Table(vec![
            ("value".into(), bare("1000")),
            ("of".into(), Given::List(vec![Given::Words("a, b".into()), Given::Words("c".into())])),
        ]);
        assert_eq!(Syntax::Yaml.written(&table, Place::Line), "{value: 1000, of: [\"a, b\", c]}");
        assert_eq!(Syntax::Toml.written(&table, Place::Line), "{value = 1000, of = [\"a, b\", \"c\"]}");
    }

    #[test]
    fn a_key_of_toml_is_quoted_unless_it_is_a_plain_word() {
        for (key, written) in
            [("a-b_1", "a-b_1 = "), ("a b", "\"a b\" = "), ("", "\"\" = "), ("é", "\"é\" = ")]
        {
            assert_eq!(Syntax::Toml.key(key), written);
        }
    }

    proptest! {
        #[test]
        fn any_text_reads_back(words in r#"([a-z0-9:#,"'\[\]{}&*!|>@% ~=<\n\t\\-]|\PC){0,12}"#) {
            let read = |node: Option<&super::super::node::Node>| match node.map(|node| &node.value) {
                Some(Value::Scalar(read)) => read.to_string(),
                other => panic!("{words:?}: {other:?}"),
            };
            let wanted = crate::base::character::allowed(&words).to_string();
            let given = Given::Words(words.clone());
            let text = format!("x: {}\n", Syntax::Yaml.written(&given, Place::Line));
            prop_assert_eq!(read(yaml::parse(&text).unwrap().get("x")), wanted.clone());
            let text = format!("x: {{y: {}}}\n", Syntax::Yaml.written(&given, Place::Inside));
            prop_assert_eq!(read(yaml::parse(&text).unwrap().get("x").and_then(|x| x.get("y"))), wanted.clone());
            let text = format!("x = {}\n", Syntax::Toml.written(&given, Place::Line));
            prop_assert_eq!(read(toml::parse(&text).unwrap().get("x")), wanted);
        }
    }
}
