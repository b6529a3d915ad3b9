//! Names of countries in each language, from the Unicode CLDR.

use icu_locale::fallback::LocaleFallbacker;
use icu_provider::DataLocale;

use crate::base::names::{countries, country_codes};

/// The names in one language, in the order of their codes.
pub(crate) struct Countries(Vec<&'static str>);

impl Countries {
    /// The names in the language of `locale`, and where that has none in those that it falls back to.
    pub(crate) fn read(locale: DataLocale) -> Countries {
        let mut names: Vec<&str> = country_codes().map(|_| "").collect();
        let fallbacker = LocaleFallbacker::new();
        let mut chain = fallbacker.for_config(Default::default()).fallback_for(locale);
        while !chain.get().is_unknown() {
            let tag = chain.get().to_string();
            for (name, own) in names.iter_mut().zip(countries(&tag).into_iter().flatten()) {
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
        let at = country_codes().position(|known| known == code)?;
        self.0.get(at).copied().filter(|name| !name.is_empty())
    }
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
        let without: Vec<&str> = country_codes().filter(|code| countries.name(code).is_none()).collect();
        assert_eq!((country_codes().count(), without), (250, Vec::new()));
    }
}
