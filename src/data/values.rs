//! Deserialization of the types of `base`: dates, points, language tags, texts by language.

use std::collections::BTreeMap;
use std::fmt;

use serde::de::{self, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer};

use crate::base::country::Country;
use crate::base::date::Edtf;
use crate::base::id::Lang;
use crate::base::language;
use crate::base::point::Point;
use crate::base::text::Text;
use crate::base::url::Url;
use crate::data::de::wanting;
use crate::data::reading::{Sort, country, date};

/// Reads a type written as one word of this sort, through `parse`.
fn from_word_of<'de, D: Deserializer<'de>, T>(
    deserializer: D,
    sort: Sort,
    parse: impl FnOnce(&str) -> Result<T, String>,
) -> Result<T, D::Error> {
    struct Word<F>(F);

    impl<'de, T, F: FnOnce(&str) -> Result<T, String>> Visitor<'de> for Word<F> {
        type Value = T;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("text")
        }

        fn visit_str<E: de::Error>(self, word: &str) -> Result<T, E> {
            (self.0)(word.trim()).map_err(E::custom)
        }
    }

    wanting(deserializer, sort, Word(parse))
}

/// Reads a type written as one word, through `parse`.
pub(crate) fn from_word<'de, D: Deserializer<'de>, T>(
    deserializer: D,
    parse: impl FnOnce(&str) -> Result<T, String>,
) -> Result<T, D::Error> {
    let word = std::borrow::Cow::<str>::deserialize(deserializer)?;
    parse(word.trim()).map_err(de::Error::custom)
}

impl<'de> Deserialize<'de> for Edtf {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Edtf, D::Error> {
        from_word_of(deserializer, Sort::Date, |word| {
            Edtf::parse(word).map_err(|why| {
                let why = date::impossible(word).unwrap_or(why);
                format!("`{word}` is not a date: {why}")
            })
        })
    }
}

impl<'de> Deserialize<'de> for Url {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Url, D::Error> {
        from_word_of(deserializer, Sort::Url, Url::parse)
    }
}

impl<'de> Deserialize<'de> for Country {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Country, D::Error> {
        from_word_of(deserializer, Sort::Country, |word| match country::is_former(word) {
            true => Err(format!(
                "`{word}` is no country any more: write the code of today's country, or leave the key out"
            )),
            false => Country::parse(word),
        })
    }
}

impl<'de> Deserialize<'de> for Lang {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Lang, D::Error> {
        from_word_of(deserializer, Sort::Language, |word| {
            let lang = Lang::parse(word)
                .ok_or_else(|| format!("`{word}` is not a language tag such as `id` or `pt-BR`"))?;
            language::fault(&lang).map_or(Ok(lang), Err)
        })
    }
}

/// `[lat, lon]`, as a place's `coordinates` are written.
impl<'de> Deserialize<'de> for Point {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Point, D::Error> {
        struct Pair;

        impl<'de> Visitor<'de> for Pair {
            type Value = Point;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a latitude and a longitude in degrees, such as `[42.25, 130.29]`")
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Point, A::Error> {
                let missing = |n| de::Error::invalid_length(n, &"a latitude and a longitude");
                let lat: f64 = items.next_element()?.ok_or_else(|| missing(0))?;
                let lon: f64 = items.next_element()?.ok_or_else(|| missing(1))?;
                let swapped = if lon.abs() <= 90.0 { "; latitude comes first" } else { "" };
                if !(-90.0..=90.0).contains(&lat) {
                    let message = format!("the latitude {lat} is not between -90 and 90{swapped}");
                    return Err(de::Error::custom(message));
                }
                if !(-180.0..=180.0).contains(&lon) {
                    return Err(de::Error::custom(format!(
                        "the longitude {lon} is not between -180 and 180"
                    )));
                }
                // What a program or a form puts there if it knows nothing.
                if lat == 0.0 && lon == 0.0 {
                    return Err(de::Error::custom(
                        "`0, 0` is a point in the open sea, where nothing is; leave `coordinates` empty if they are not known",
                    ));
                }
                Ok(Point { lat, lon })
            }
        }

        wanting(deserializer, Sort::Point, Pair)
    }
}

/// One string, or a table of language tags and strings.
impl<'de> Deserialize<'de> for Text {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Text, D::Error> {
        struct Either;

        impl<'de> Visitor<'de> for Either {
            type Value = Text;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("text, or a text for each language such as `{id: …, en: …}`")
            }

            fn visit_str<E: de::Error>(self, words: &str) -> Result<Text, E> {
                Ok(Text::Same(words.to_owned()))
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Text, A::Error> {
                let mut by = BTreeMap::new();
                while let Some((lang, words)) = map.next_entry::<Lang, String>()? {
                    by.insert(lang, words);
                }
                match by.is_empty() {
                    true => Err(de::Error::custom("a text by language without any language")),
                    false => Ok(Text::By(by)),
                }
            }
        }

        wanting(deserializer, Sort::Words, Either)
    }
}

/// Defines a closed list of words: an enum that is read from, and written as, one of them.
///
/// Alternative spellings of a word may follow it; they are read but never written.
macro_rules! vocabulary {
    (
        $(#[$doc:meta])*
        pub enum $name:ident: $vocabulary:literal {
            $($(#[$word_doc:meta])* $variant:ident = $word:literal $(| $other:literal)*,)+
        }
    ) => {
        $(#[$doc])*
        #[derive(Copy, Clone, Debug, Eq, PartialEq, Ord, PartialOrd, Hash)]
        pub enum $name { $($(#[$word_doc])* $variant),+ }

        impl $name {
            /// Every word, in the order of the list.
            pub(crate) const WORDS: &'static [&'static str] = &[$($word),+];

            /// The list's name in the theme's string tables.
            #[allow(dead_code, reason = "nothing looks up the words of lists that only settings use")]
            pub(crate) const VOCABULARY: &'static str = $vocabulary;

            pub fn word(self) -> &'static str {
                match self { $($name::$variant => $word),+ }
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<$name, D::Error> {
                let word = std::borrow::Cow::<str>::deserialize(deserializer)?;
                match word.trim() {
                    $($word $(| $other)* => Ok($name::$variant),)+
                    other => Err(serde::de::Error::unknown_variant(other, $name::WORDS)),
                }
            }
        }
    };
}
pub(crate) use vocabulary;
