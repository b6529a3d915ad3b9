//! Text for people, in one language or in several.

use std::collections::BTreeMap;

use super::id::Lang;

/// Text for people: one string for all languages, or one per language.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Text {
    /// The same words in every language.
    Same(String),
    /// Words by language.
    By(BTreeMap<Lang, String>),
}

impl Text {
    /// The text for `lang`, otherwise for `fallback`, otherwise the first one; with its language if known.
    pub(crate) fn get<'a>(&'a self, lang: &'a Lang, fallback: &'a Lang) -> (&'a str, Option<&'a Lang>) {
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
