//! Seas and cities by which readers find their way on a map; `data/README.md` says how the tables were made.

use std::sync::LazyLock;

use super::LonLat;

const SEAS: &str = include_str!("data/seas.tsv");
const CITIES: &str = include_str!("data/cities.tsv");

/// The languages of the tables, in the order of their columns, and whether each is written in Latin letters.
const LANGUAGES: [(&str, bool); 12] = [
    ("en", true),
    ("ar", false),
    ("de", true),
    ("es", true),
    ("fr", true),
    ("id", true),
    ("ja", false),
    ("ko", false),
    ("pt", true),
    ("ru", false),
    ("uk", false),
    ("zh", false),
];

/// A language of the tables.
#[derive(Copy, Clone, Debug)]
pub struct Tongue(usize);

impl Tongue {
    /// The names for readers of a language, by its tag: its own, or the English ones if it is written in Latin letters.
    /// `None` if neither would be of use.
    pub fn of(tag: &str, is_latin: bool) -> Option<Tongue> {
        let own = tag.split('-').next().unwrap_or(tag);
        // The Chinese names are in the short characters.
        let is_here = |name: &str| name == own && !tag.starts_with("zh-Hant");
        let found = LANGUAGES.iter().position(|(name, _)| is_here(name));
        found.or(is_latin.then_some(0)).map(Tongue)
    }
}

/// Names in the languages of the tables.
#[derive(Copy, Clone, Debug)]
pub(crate) struct Names(&'static str);

impl Names {
    /// The name in a language. A name that is left out is as in English, if the language has the same letters.
    pub(crate) fn of(&self, Tongue(column): Tongue) -> Option<&'static str> {
        let mut names = self.0.split('\t');
        let english = names.next().filter(|name| !name.is_empty());
        match column {
            0 => english,
            _ => names
                .nth(column - 1)
                .filter(|name| !name.is_empty())
                .or(english.filter(|_| LANGUAGES[column].1)),
        }
    }
}

/// A sea, a bay or a strait.
#[derive(Debug)]
pub(crate) struct Sea {
    /// 0 for an ocean; the larger, the less known.
    pub rank: u8,
    /// Circles of nothing but water: a place, and how many kilometres of water are around it.
    pub circles: Vec<(LonLat, f64)>,
    pub names: Names,
}

/// A capital or another large city.
#[derive(Debug)]
pub(crate) struct City {
    pub at: LonLat,
    /// 0 for a city that everybody knows; the larger, the less known.
    pub rank: u8,
    /// The code of its country; empty if nobody is sure.
    pub country: &'static str,
    pub is_capital: bool,
    pub names: Names,
}

/// All seas, the best known first within an ocean's reach.
pub(crate) fn seas() -> &'static [Sea] {
    static ALL: LazyLock<Vec<Sea>> = LazyLock::new(|| SEAS.lines().filter_map(sea).collect());
    &ALL
}

/// All cities: capitals first, then the best known.
pub(crate) fn cities() -> &'static [City] {
    static ALL: LazyLock<Vec<City>> = LazyLock::new(|| CITIES.lines().filter_map(city).collect());
    &ALL
}

fn sea(line: &'static str) -> Option<Sea> {
    let mut fields = line.splitn(3, '\t');
    let rank = fields.next()?.parse().ok()?;
    let numbers: Vec<f64> = fields.next()?.split(' ').filter_map(|number| number.parse().ok()).collect();
    let circles = numbers.chunks_exact(3).map(|circle| ([circle[0], circle[1]], circle[2])).collect();
    Some(Sea { rank, circles, names: Names(fields.next()?) })
}

fn city(line: &'static str) -> Option<City> {
    let mut fields = line.splitn(6, '\t');
    let mut next = || fields.next();
    let at = [next()?.parse().ok()?, next()?.parse().ok()?];
    let rank = next()?.parse().ok()?;
    let (country, is_capital) = (next()?, next()? == "*");
    Some(City { at, rank, country, is_capital, names: Names(next()?) })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geo::{Basemap, Detail, territory};

    #[test]
    fn every_line_is_read_and_every_sea_is_wet() {
        assert_eq!(seas().len(), SEAS.lines().count());
        assert_eq!(cities().len(), CITIES.lines().count());
        let map = Basemap::of(Detail::Medium);
        let is_wet = |circle: &&(LonLat, f64)| !map.is_land(circle.0);
        let (mut wet, mut all) = (0, 0);
        for sea in seas() {
            let own = sea.circles.iter().filter(is_wet).count();
            // The outlines of straits run around small islands.
            assert!(own > 0, "{:?}", sea.names);
            (wet, all) = (wet + own, all + sea.circles.len());
            for number in 0..LANGUAGES.len() {
                assert!(sea.names.of(Tongue(number)).is_some(), "{:?}", sea.names);
            }
        }
        assert!(wet * 10 >= all * 9, "{wet} of {all}");
    }

    #[test]
    fn capitals_are_in_their_countries() {
        let at_home = |city: &&City| territory::country_at(city.at).is_none_or(|code| code == city.country);
        let capitals: Vec<&City> =
            cities().iter().filter(|city| city.is_capital && !city.country.is_empty()).collect();
        let home = capitals.iter().copied().filter(at_home).count();
        assert!(capitals.len() > 180 && home * 100 >= capitals.len() * 95, "{home} of {}", capitals.len());
    }

    #[test]
    fn names_are_in_the_reader_s_letters() {
        let named = |tag: &str, is_latin: bool, name: &str| {
            let tongue = Tongue::of(tag, is_latin)?;
            let english = Tongue::of("en", true)?;
            cities().iter().find(|city| city.names.of(english) == Some(name))?.names.of(tongue)
        };
        assert_eq!(named("id", true, "Moscow"), Some("Moskwa"));
        assert_eq!(named("id", true, "Rostov-on-Don"), Some("Rostov-on-Don"));
        assert_eq!(named("nl", true, "Moscow"), Some("Moscow"));
        assert_eq!(named("ar", false, "Moscow"), Some("موسكو"));
        assert_eq!(named("ar", false, "Rostov-on-Don"), None);
        assert_eq!(named("fa", false, "Moscow"), None);
        assert_eq!(named("zh-Hans", false, "Moscow"), Some("莫斯科"));
    }
}
