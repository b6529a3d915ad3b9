//! Human text that may be given once or once a language.

use std::collections::BTreeMap;

use super::id::Lang;

/// Text for people: one string for all languages, or one for each.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Text {
    /// The same words in every language.
    Same(String),
    /// Words by language.
    By(BTreeMap<Lang, String>),
}

impl Text {
    /// The words for `lang`, else for `fallback`, else the first there are; with the language they
    /// are in when it is known.
    pub fn get<'a>(&'a self, lang: &'a Lang, fallback: &'a Lang) -> (&'a str, Option<&'a Lang>) {
        match self {
            Text::Same(words) => (words, None),
            Text::By(by) => [lang, fallback]
                .into_iter()
                .find_map(|l| by.get(l).map(|words| (words.as_str(), Some(l))))
                .or_else(|| by.iter().next().map(|(l, words)| (words.as_str(), Some(l))))
                .unwrap_or_default(),
        }
    }
}

impl Default for Text {
    fn default() -> Text {
        Text::Same(String::new())
    }
}
