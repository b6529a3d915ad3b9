//! Countries by name, by another code, or by their flag.

use super::text::plain;
use crate::base::country::{Country, of_long_code};
use crate::base::names;

/// Names that are not those of the CLDR: short forms, former and official names, other codes.
const ALSO: [(&str, &str); 123] = [
    ("lybia", "LY"),
    ("lebanan", "LB"),
    ("irlandia utara", "GB"),
    ("skotlandia", "GB"),
    ("中華民國", "TW"),
    ("中华民国", "TW"),
    ("大韓民國", "KR"),
    ("papua", "ID PG"),
    ("saint martin", "MF SX"),
    ("st martin", "MF SX"),
    ("inggris", "GB"),
    ("uk", "GB"),
    ("u k", "GB"),
    ("gbr", "GB"),
    ("great britain", "GB"),
    ("britain", "GB"),
    ("england", "GB"),
    ("scotland", "GB"),
    ("wales", "GB"),
    ("northern ireland", "GB"),
    ("inggris raya", "GB"),
    ("britania raya", "GB"),
    ("united kingdom of great britain and northern ireland", "GB"),
    ("usa", "US"),
    ("u s", "US"),
    ("u s a", "US"),
    ("united states of america", "US"),
    ("america", "US"),
    ("amerika", "US"),
    ("as", "US"),
    ("amerika serikat", "US"),
    ("el", "GR"),
    ("hellas", "GR"),
    ("north korea", "KP"),
    ("dprk", "KP"),
    ("prk", "KP"),
    ("democratic people's republic of korea", "KP"),
    ("korut", "KP"),
    ("south korea", "KR"),
    ("rok", "KR"),
    ("kor", "KR"),
    ("republic of korea", "KR"),
    ("korsel", "KR"),
    ("korea", "KP KR"),
    ("russian federation", "RU"),
    ("rus", "RU"),
    ("federasi rusia", "RU"),
    ("congo", "CD CG"),
    ("drc", "CD"),
    ("dr congo", "CD"),
    ("democratic republic of the congo", "CD"),
    ("democratic republic of congo", "CD"),
    ("zaire", "CD"),
    ("republic of the congo", "CG"),
    ("congo-brazzaville", "CG"),
    ("congo-kinshasa", "CD"),
    ("islamic republic of iran", "IR"),
    ("irn", "IR"),
    ("syrian arab republic", "SY"),
    ("syr", "SY"),
    ("burma", "MM"),
    ("birma", "MM"),
    ("ivory coast", "CI"),
    ("pantai gading", "CI"),
    ("czech republic", "CZ"),
    ("holland", "NL"),
    ("belanda", "NL"),
    ("turkey", "TR"),
    ("turki", "TR"),
    ("macedonia", "MK"),
    ("swaziland", "SZ"),
    ("cape verde", "CV"),
    ("east timor", "TL"),
    ("timor timur", "TL"),
    ("palestine", "PS"),
    ("palestina", "PS"),
    ("state of palestine", "PS"),
    ("west bank", "PS"),
    ("gaza", "PS"),
    ("vatican", "VA"),
    ("holy see", "VA"),
    ("viet nam", "VN"),
    ("lao pdr", "LA"),
    ("people's republic of china", "CN"),
    ("prc", "CN"),
    ("tiongkok", "CN"),
    ("cina", "CN"),
    ("mainland china", "CN"),
    ("republic of china", "TW"),
    ("uae", "AE"),
    ("emirates", "AE"),
    ("saudi", "SA"),
    ("ksa", "SA"),
    ("idn", "ID"),
    ("republic of indonesia", "ID"),
    ("republik indonesia", "ID"),
    ("brunei darussalam", "BN"),
    ("republic of ireland", "IE"),
    ("eire", "IE"),
    ("micronesia", "FM"),
    ("gambia", "GM"),
    ("bahamas", "BS"),
    ("hong kong", "HK"),
    ("macau", "MO"),
    ("ukr", "UA"),
    ("großbritannien", "GB"),
    ("weißrussland", "BY"),
    ("elfenbeinküste", "CI"),
    ("angleterre", "GB"),
    ("grande-bretagne", "GB"),
    ("etats-unis", "US"),
    ("rdc", "CD"),
    ("сша", "US"),
    ("англия", "GB"),
    ("белоруссия", "BY"),
    ("米国", "US"),
    ("アメリカ", "US"),
    ("السعودية", "SA"),
    ("أمريكا", "US"),
    ("بريطانيا", "GB"),
    ("الإمارات", "AE"),
    ("ee uu", "US"),
    ("gran bretaña", "GB"),
];

/// States that are no more, in whose place there are several.
const FORMER: [&str; 14] = [
    "soviet union",
    "ussr",
    "uni soviet",
    "udssr",
    "yugoslavia",
    "yugoslawia",
    "czechoslovakia",
    "cekoslowakia",
    "serbia and montenegro",
    "austria-hungary",
    "netherlands antilles",
    "french indochina",
    "ottoman empire",
    "east germany",
];

/// What precedes the name of a country in its official one.
const OFFICIAL: [&str; 17] = [
    "bolivarian republic of ",
    "plurinational state of ",
    "federated states of ",
    "united republic of ",
    "commonwealth of ",
    "republic of ",
    "the republic of ",
    "kingdom of ",
    "state of ",
    "federal republic of ",
    "islamic republic of ",
    "arab republic of ",
    "federative republic of ",
    "sultanate of ",
    "principality of ",
    "republik ",
    "kerajaan ",
];

/// Whether a name is that of a state that is no more.
pub(crate) fn is_former(name: &str) -> bool {
    FORMER.contains(&&*plain(name))
}

/// The codes of the countries that `text` may mean.
pub(super) fn read(text: &str) -> Vec<&'static str> {
    let whole = named(text);
    if !whole.is_empty() || is_former(text) {
        return whole;
    }
    // `LB - Lebanon`, `Lebanon (LB)`: both say the same.
    let parts = text.split([',', '(', ')', '/', '–', '—', ':']).flat_map(|part| part.split(" - "));
    let parts: Vec<&str> = parts.map(str::trim).filter(|part| !part.is_empty()).collect();
    match parts.iter().map(|part| named(part)).collect::<Vec<_>>().as_slice() {
        [first, rest @ ..]
            if first.len() == 1 && !rest.is_empty() && rest.iter().all(|part| part == first) =>
        {
            first.clone()
        }
        _ => Vec::new(),
    }
}

/// The code of the country of which `text` names a part: `ID-JK` (ISO 3166-2).
pub(super) fn of_subdivision(text: &str) -> Option<&'static str> {
    let (country, part) = text.trim().split_once('-')?;
    let is_part = (1..=3).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphanumeric());
    let is_code = country.len() == 2 && is_part;
    Country::parse(country).ok().filter(|_| is_code).map(Country::code)
}

/// The codes of the countries with this name or code.
fn named(text: &str) -> Vec<&'static str> {
    let name = plain(text).replace('.', " ");
    let name = name.split_whitespace().collect::<Vec<&str>>().join(" ");
    let name = name.strip_prefix("the ").unwrap_or(&name).trim_matches(['"', '\'', '(', ')', '[', ']']);
    let known = |code: &str| Country::parse(code).ok().map(Country::code);
    // `Iran (Islamic Republic of)`, `Korea, Republic of`, as lists of the United Nations have them.
    let turned = name.split_once(" (").or_else(|| name.split_once(", "));
    if let Some((country, official)) =
        turned.filter(|(_, official)| official.ends_with(" of") || official.ends_with(" of the"))
    {
        return named(&format!("{official} {country}"));
    }
    if let Some((_, codes)) = ALSO.iter().find(|(other, _)| *other == name) {
        return codes.split(' ').filter_map(known).collect();
    }
    if let Some(code) = known(name).or_else(|| of_long_code(name)) {
        return vec![code];
    }
    if let Some(code) = of_flag(text.trim()) {
        return known(&code).into_iter().collect();
    }
    if let Some(rest) = OFFICIAL.iter().find_map(|start| name.strip_prefix(start)) {
        // Of `Republic of Korea` and its like, only the whole name tells which.
        return Some(named(rest)).filter(|codes| codes.len() == 1).unwrap_or_default();
    }
    let spellings =
        [name.to_owned(), name.replace(" and ", " & "), name.replace('\'', "’"), name.replace("st ", "st. ")];
    let known = spellings.iter().map(|name| names::countries_called(name)).find(|codes| !codes.is_empty());
    known.unwrap_or_else(|| match names::countries_nearly_called(name).as_slice() {
        [code] => vec![*code],
        _ => Vec::new(),
    })
}

/// The code of a flag, which is written in two letters of its own.
fn of_flag(text: &str) -> Option<String> {
    let letters: Option<String> =
        text.chars().map(|c| char::from_u32((c as u32).checked_sub(0x1F1E6)? + u32::from(b'A'))).collect();
    letters.filter(|letters| letters.len() == 2)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn countries_are_found_by_name() {
        for (text, code) in [
            ("Indonesia", "ID"),
            ("indonesia", "ID"),
            ("North Korea", "KP"),
            ("Korea Utara", "KP"),
            ("Rusia", "RU"),
            ("Russia", "RU"),
            ("Russian Federation", "RU"),
            ("UK", "GB"),
            ("U.K.", "GB"),
            ("USA", "US"),
            ("U.S.", "US"),
            ("the United States", "US"),
            ("Amerika Serikat", "US"),
            ("Lebanon", "LB"),
            ("Libanon", "LB"),
            ("Mozambique", "MZ"),
            ("Mozambik", "MZ"),
            ("Deutschland", "DE"),
            ("Россия", "RU"),
            ("日本", "JP"),
            ("🇮🇩", "ID"),
            ("Côte d’Ivoire", "CI"),
            ("Cote d'Ivoire", "CI"),
            ("Côte d'Ivoire", "CI"),
            ("Ivory Coast", "CI"),
            ("Türkiye", "TR"),
            ("Turkey", "TR"),
            ("Bosnia and Herzegovina", "BA"),
            ("Trinidad & Tobago", "TT"),
            ("St Lucia", "LC"),
            ("Niger", "NE"),
            ("Nigeria", "NG"),
            ("Guinea", "GN"),
            ("Georgia", "GE"),
            ("Singapura", "SG"),
            ("Jepang", "JP"),
            ("Cina", "CN"),
            ("Tiongkok", "CN"),
            ("China", "CN"),
            ("Belanda", "NL"),
            ("Kosovo", "XK"),
            ("Atlantis", ""),
            ("Indonsia", "ID"),
            ("Phillipines", "PH"),
            ("Filipina", "PH"),
            ("Mexcio", "MX"),
            ("LBN", "LB"),
            ("Lybia", "LY"),
            ("Iran (Islamic Republic of)", "IR"),
            ("Korea, Republic of", "KR"),
            ("Korea (Democratic People's Republic of)", "KP"),
            ("Congo, Democratic Republic of the", "CD"),
            ("Venezuela (Bolivarian Republic of)", "VE"),
            ("Tanzania, United Republic of", "TZ"),
            ("Irlandia Utara", "GB"),
            ("中華民國", "TW"),
            ("zwe", "ZW"),
            ("LB - Lebanon", "LB"),
            ("Lebanon (LB)", "LB"),
            ("[[LB]]", "LB"),
            ("Republic of Lebanon", "LB"),
            ("Sultanate of Oman", "OM"),
            ("Soviet Union", ""),
            ("USSR", ""),
            ("Yugoslavia", ""),
            ("Iran/Iraq", ""),
            ("Slovkia", "SK"),
        ] {
            let codes = read(text);
            assert_eq!(codes.first().copied().unwrap_or_default(), code, "{text}");
            assert!(codes.len() <= 1, "{text}: {codes:?}");
        }
        assert_eq!((read("ID-JK"), of_subdivision("ID-JK")), (Vec::new(), Some("ID")));
        assert_eq!((read("Korea"), read("Congo")), (vec!["KP", "KR"], vec!["CD", "CG"]));
    }

    #[test]
    fn every_other_name_has_a_code() {
        for (name, codes) in ALSO {
            assert_eq!(read(name).join(" "), codes, "{name}");
        }
    }
}
