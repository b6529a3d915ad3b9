//! Names of countries in each language, from the Unicode CLDR.

use icu_locale::fallback::LocaleFallbacker;
use icu_provider::DataLocale;

/// A line for each locale; `data/README.md` describes the format.
const TABLE: &str = include_str!("data/countries.tsv");

/// The names in one language, in the order of the table's first line.
pub(crate) struct Countries(Vec<&'static str>);

impl Countries {
    /// The names in the language of `locale`, and where that has none in those that it falls back to.
    pub(crate) fn read(locale: DataLocale) -> Countries {
        let mut names: Vec<&str> = codes().map(|_| "").collect();
        let fallbacker = LocaleFallbacker::new();
        let mut chain = fallbacker.for_config(Default::default()).fallback_for(locale);
        while !chain.get().is_unknown() {
            let tag = chain.get().to_string();
            for (name, own) in names.iter_mut().zip(row(&tag).into_iter().flatten()) {
                if name.is_empty() {
                    *name = own;
                }
            }
            chain.step();
        }
        Countries(names)
    }

    /// The name of the country with this code, in capitals.
    pub(crate) fn name(&self, code: &str) -> Option<&'static str> {
        let at = codes().position(|known| known == code)?;
        self.0.get(at).copied().filter(|name| !name.is_empty())
    }
}

fn codes() -> impl Iterator<Item = &'static str> {
    row("").into_iter().flatten()
}

fn row(tag: &str) -> Option<impl Iterator<Item = &'static str> + use<>> {
    let line = TABLE.lines().find_map(|line| line.strip_prefix(tag)?.strip_prefix('\t'))?;
    Some(line.split('\t'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_those_of_the_nearest_locale_that_has_them() {
        let name = |tag: &str, code| {
            let locale: icu_locale::Locale = tag.parse().unwrap();
            Countries::read((&locale).into()).name(code)
        };
        assert_eq!(name("id", "KP"), Some("Korea Utara"));
        assert_eq!(name("en", "BL"), Some("St. Barthélemy"));
        assert_eq!(name("en-GB", "BL"), Some("St Barthélemy"), "from en-001");
        assert_eq!(name("en-GB", "RU"), Some("Russia"), "from en");
        assert_eq!(name("zh-TW", "KP"), Some("北韓"), "from zh-Hant");
        assert_eq!((name("xx", "KP"), name("en", "QQ")), (None, None));
    }

    #[test]
    fn every_country_has_a_name() {
        let locale: icu_locale::Locale = "en".parse().unwrap();
        let countries = Countries::read((&locale).into());
        let without: Vec<&str> = codes().filter(|code| countries.name(code).is_none()).collect();
        assert_eq!((codes().count(), without), (250, Vec::new()));
    }
}
