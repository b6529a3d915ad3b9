//! Points as people write them: `33.9030, 35.5180`, `33°54′10″N 35°31′5″E`, `6,2° LS 106,8° BT`, an address of an
//! online map, a Plus Code.

use super::text::{Token, plain, tokens};
use crate::base::number;

/// The points that a text in this language may mean: their latitudes and longitudes, in decimal degrees.
pub(super) fn read(text: &str, lang: &str) -> Vec<[String; 2]> {
    if let Some(point) = of_map(text).or_else(|| of_plus_code(text)) {
        return vec![point];
    }
    let text = plain(text);
    // `1.36 - 104.03`: the sign is between the two, or is that of the second.
    if let Some(readings) = dashed(&text) {
        return readings.iter().filter_map(|text| point(text)).collect();
    }
    if !(text.contains('°') && tokens(&text).contains(&Token::Word("o"))) {
        return point(&text).into_iter().collect();
    }
    // `3°42'O`: west in the Romance languages, east in German and its kin.
    let sides: &[&str] = match lang.split('-').next().unwrap_or_default() {
        "ca" | "es" | "fr" | "gl" | "it" | "pt" => &["w"],
        "da" | "de" | "nl" | "no" | "nb" | "sv" => &["e"],
        _ => &["w", "e"],
    };
    let on = |side: &&str| point(&replaced(&text, "o", side));
    sides.iter().filter_map(on).collect()
}

/// Two plain numbers with a hyphen between them, once with a comma in its place and once with a minus sign.
fn dashed(text: &str) -> Option<[String; 2]> {
    let is_digit = |c: char| c.is_ascii_digit();
    let inner = text.trim_matches(['[', ']', '(', ')', ' ']);
    // Bullets of a list: `+ 1.36`.
    let inner = inner.strip_prefix("+ ").unwrap_or(inner);
    let (first, second) = inner.split_once('-')?;
    let is_plain =
        |number: &str| number.chars().all(|c| is_digit(c) || c == '.') && number.contains(is_digit);
    // `1.36 -104.03` has its sign where signs are.
    let is_sign = first.ends_with(' ') && !second.starts_with(' ');
    let (first, second) = (first.trim_end(), second.trim_start());
    (!is_sign && is_plain(first) && is_plain(second))
        .then(|| [format!("{first}, {second}"), format!("{first}, -{second}")])
}

/// The text with another word for each that is `word`.
fn replaced(text: &str, word: &str, other: &str) -> String {
    let pieces = tokens(text).into_iter().map(|token| match token {
        Token::Word(found) if found == word => other.to_owned(),
        Token::Word(text) | Token::Number(text) => text.to_owned(),
        Token::Mark(mark) => mark.to_string(),
    });
    pieces.collect()
}

/// The point that a plain text means.
fn point(text: &str) -> Option<[String; 2]> {
    let (text, is_turned) = match text.strip_prefix("point") {
        // Well-known text has the longitude first.
        Some(text) => (text, true),
        None => (text, false),
    };
    // `33,9030 35,5180`
    let commas = decimal_commas(text);
    let two = |text: &str| <[Angle; 2]>::try_from(angles(text)?).ok();
    let [a, b] = commas.as_deref().and_then(two).or_else(|| two(text))?;
    let (lat, lon) = match (a.axis, b.axis) {
        (Some(Axis::Lat), None | Some(Axis::Lon)) | (None, Some(Axis::Lon)) => (a, b),
        (Some(Axis::Lon), None | Some(Axis::Lat)) | (None, Some(Axis::Lat)) => (b, a),
        (None, None) if is_turned || a.is_beyond(90.0) => (b, a),
        (None, None) => (a, b),
        _ => return None,
    };
    (!lat.is_beyond(90.0) && !lon.is_beyond(180.0)).then_some([lat.degrees, lon.degrees])
}

#[derive(Copy, Clone, Debug, Eq, PartialEq)]
enum Axis {
    Lat,
    Lon,
}

/// A latitude or a longitude.
#[derive(Debug)]
struct Angle {
    /// In decimal degrees.
    degrees: String,
    axis: Option<Axis>,
}

impl Angle {
    fn is_beyond(&self, most: f64) -> bool {
        number::parse(&self.degrees).is_none_or(|degrees| degrees.abs() > most)
    }
}

/// The text with points for the commas that are those of decimals; `None` if it has none, or has points.
fn decimal_commas(text: &str) -> Option<String> {
    let is_digit = |at: usize| text.as_bytes().get(at).is_some_and(u8::is_ascii_digit);
    if text.contains('.') {
        return None;
    }
    let mut changed = text.to_owned();
    let mut has_decimals = false;
    for (at, c) in text.char_indices() {
        let is_within = c == ',' && at > 0 && is_digit(at - 1) && is_digit(at + 1);
        if is_within && !has_decimals {
            changed.replace_range(at..=at, ".");
            has_decimals = true;
        } else if !c.is_ascii_digit() {
            has_decimals = false;
        }
    }
    (changed != text).then_some(changed)
}

/// What people call the halves of a point, the latitude and the longitude.
pub(crate) const HALVES: [&[&str]; 2] =
    [&["lat", "latitude", "lintang"], &["lon", "lng", "long", "longitude", "bujur"]];

/// What a word says of the number before or after it: its axis, and whether the number is south or west.
fn side(word: &str) -> Option<(Axis, Option<bool>)> {
    Some(match word {
        "n" | "north" | "nord" | "norte" | "lu" | "utara" => (Axis::Lat, Some(false)),
        "s" | "south" | "sud" | "sur" | "sul" | "süd" | "ls" | "selatan" => (Axis::Lat, Some(true)),
        "e" | "east" | "est" | "este" | "leste" | "ost" | "ö" | "bt" | "timur" => (Axis::Lon, Some(false)),
        "w" | "west" | "ouest" | "oeste" | "ovest" | "bb" | "barat" => (Axis::Lon, Some(true)),
        _ if HALVES[0].contains(&word) => (Axis::Lat, None),
        _ if HALVES[1].contains(&word) => (Axis::Lon, None),
        _ => return None,
    })
}

/// An angle that is being read.
#[derive(Default)]
struct Parts {
    numbers: Vec<String>,
    is_negative: bool,
    axis: Option<Axis>,
    is_south_or_west: Option<bool>,
}

/// The latitudes and longitudes in a text; `None` if some of it is neither.
fn angles(text: &str) -> Option<Vec<Angle>> {
    let tokens = tokens(text);
    let is_named_first = tokens.iter().find_map(|token| match token {
        Token::Number(_) => Some(false),
        Token::Word(word) => side(word).map(|_| true),
        Token::Mark(_) => None,
    })?;
    let mut all = vec![Parts::default()];
    let mut at = 0;
    while let Some(&token) = tokens.get(at) {
        at += 1;
        let last = all.last_mut()?;
        match token {
            Token::Number(whole) => {
                let mut number = whole.to_owned();
                if let Some([Token::Mark('.'), Token::Number(part)]) = tokens.get(at..at + 2) {
                    number = format!("{whole}.{part}");
                    at += 2;
                }
                let starts = matches!(tokens.get(at), Some(Token::Mark('°') | Token::Word("o" | "deg")));
                match starts && !last.numbers.is_empty() {
                    true => all.push(Parts { numbers: vec![number], ..Parts::default() }),
                    false => last.numbers.push(number),
                }
            }
            Token::Mark('-') => match last.numbers.is_empty() {
                true => last.is_negative = true,
                false => all.push(Parts { is_negative: true, ..Parts::default() }),
            },
            Token::Mark(',' | ';' | '/' | '|') => {
                if !last.numbers.is_empty() {
                    all.push(Parts::default());
                }
            }
            Token::Mark('°' | '\'' | '"' | ' ' | ':' | '=' | '(' | ')' | '[' | ']' | '+') => {}
            // Without a sign for degrees, it is that sign.
            Token::Word("o" | "deg" | "degrees" | "min" | "sec" | "derajat" | "\u{30a}") => {}
            Token::Word(word) => {
                let (axis, is_south_or_west) = side(word)?;
                let part = match is_named_first && !last.numbers.is_empty() {
                    true => {
                        all.push(Parts::default());
                        all.last_mut()?
                    }
                    false => last,
                };
                if part.axis.is_some_and(|known| known != axis) {
                    return None;
                }
                part.axis = Some(axis);
                part.is_south_or_west = part.is_south_or_west.or(is_south_or_west);
                // What follows belongs to the other one.
                if !is_named_first && !part.numbers.is_empty() {
                    all.push(Parts::default());
                }
            }
            Token::Mark(_) => return None,
        }
    }
    all.retain(|part| !part.numbers.is_empty());
    if let [one] = all.as_mut_slice()
        && one.axis.is_none()
        && matches!(one.numbers.len(), 2 | 4 | 6)
        && !text.contains(':')
    {
        let second = one.numbers.split_off(one.numbers.len() / 2);
        all.push(Parts { numbers: second, ..Parts::default() });
    }
    all.into_iter().map(Parts::angle).collect()
}

impl Parts {
    fn angle(self) -> Option<Angle> {
        let (last, others) = self.numbers.split_last()?;
        let is_shaped = others.len() <= 2 && others.iter().all(|number| !number.contains('.'));
        if !is_shaped || (self.is_negative && self.is_south_or_west.is_some()) {
            return None;
        }
        let sign = if self.is_negative || self.is_south_or_west == Some(true) { "-" } else { "" };
        let degrees = match others {
            // As exact as it is written.
            [] => {
                let digits = last.trim_start_matches('0');
                let zero = if digits.is_empty() || digits.starts_with('.') { "0" } else { "" };
                format!("{zero}{digits}")
            }
            _ => {
                let mut degrees = 0.0;
                for (number, of) in self.numbers.iter().zip([1.0, 60.0, 3600.0]) {
                    let part = number::parse(number).filter(|part| of == 1.0 || *part < 60.0)?;
                    degrees += part / of;
                }
                let rounded = format!("{degrees:.6}");
                rounded.trim_end_matches('0').trim_end_matches('.').to_owned()
            }
        };
        Some(Angle { degrees: format!("{sign}{degrees}"), axis: self.axis })
    }
}

/// The point that an address of Google Maps, OpenStreetMap, Bing or Apple Maps, or a `geo:` address (RFC 5870),
/// shows. The pin counts before the middle of the map.
fn of_map(address: &str) -> Option<[String; 2]> {
    let address = address.trim().replace("%2C", ",").replace("%2c", ",");
    let web = address.contains("://") || address.starts_with("geo:") || address.starts_with("www.");
    let after = |mark: &str, between: &str| {
        let rest = &address[address.find(mark)? + mark.len()..];
        let (lat, rest) = leading_number(rest)?;
        let (lon, _) = leading_number(rest.strip_prefix(between)?)?;
        Some([lat, lon])
    };
    let map = || {
        let rest = &address[address.find("#map=")? + 5..];
        let (_, point) = rest.split_once('/')?;
        let (lat, rest) = leading_number(point)?;
        Some([lat, leading_number(rest.strip_prefix('/')?)?.0])
    };
    let marks = [
        "?q=",
        "&q=",
        "query=",
        "q=loc:",
        "daddr=",
        "destination=",
        "ll=",
        "center=",
        "@",
        "/place/",
        "geo:",
    ];
    let found = after("!3d", "!4d")
        .or_else(|| after("mlat=", "&mlon="))
        .or_else(|| marks.iter().find_map(|mark| after(mark, ",")))
        .or_else(|| after("cp=", "~"))
        .or_else(map);
    found.filter(|[lat, lon]| {
        let within = |text: &str, most: f64| number::parse(text).is_some_and(|number| number.abs() <= most);
        web && within(lat, 90.0) && within(lon, 180.0)
    })
}

fn leading_number(text: &str) -> Option<(String, &str)> {
    let text = text.trim_start_matches(['+', ' ']);
    let end = text
        .char_indices()
        .find(|(at, c)| !(c.is_ascii_digit() || *c == '.' || (*c == '-' && *at == 0)))
        .map_or(text.len(), |(at, _)| at);
    let (digits, rest) = text.split_at(end);
    number::parse(digits).map(|_| (digits.to_owned(), rest))
}

/// The middle of the area of a full Plus Code (Open Location Code, <https://github.com/google/open-location-code>),
/// such as `8G7QWG3G+5W`.
fn of_plus_code(text: &str) -> Option<[String; 2]> {
    const DIGITS: &str = "23456789CFGHJMPQRVWX";
    let (area, inside) = text.trim().split_once('+')?;
    if area.len() != 8 || inside.len() != 2 {
        return None;
    }
    let (mut lat, mut lon, mut size) = (-90.0, -180.0, 20.0);
    let code = format!("{area}{inside}").to_ascii_uppercase();
    let values =
        code.chars().map(|c| DIGITS.find(c).map(|value| value as f64)).collect::<Option<Vec<f64>>>()?;
    for pair in values.chunks_exact(2) {
        lat += pair[0] * size;
        lon += pair[1] * size;
        size /= 20.0;
    }
    // The last size is that of a digit after the last one.
    let middle = size * 10.0;
    let [lat, lon] = [lat + middle, lon + middle].map(|degrees| format!("{degrees:.6}"));
    (number::parse(&lat)? <= 90.0 && number::parse(&lon)? <= 180.0).then_some([lat, lon])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn one(text: &str) -> Option<[String; 2]> {
        let [point] = <[_; 1]>::try_from(read(text, "en")).ok()?;
        Some(point)
    }

    #[test]
    fn an_o_is_west_or_east_by_the_language() {
        let madrid = ["40.416667", "-3.7"].map(str::to_owned);
        let sea = ["40.416667", "3.7"].map(str::to_owned);
        for text in ["40°25'N 3°42'O", "3°42' O, 40°25' N", "40° 25′ N, 3° 42′ O"] {
            assert_eq!(read(text, "es"), std::slice::from_ref(&madrid), "{text}");
            assert_eq!(read(text, "de-AT"), std::slice::from_ref(&sea), "{text}");
            assert_eq!(read(text, "en"), [madrid.clone(), sea.clone()], "{text}");
        }
        assert_eq!(one("40°25'N 3°42' ouest"), Some(madrid));
    }

    #[test]
    fn a_hyphen_between_two_numbers_may_be_a_sign() {
        for text in [
            "1.3644 - 104.0300",
            "+ 1.3644 - 104.0300",
            "[1.3644 - 104.0300]",
            "1.3644-104.0300",
            "1.3644- 104.0300",
        ] {
            let both =
                [["1.3644", "104.0300"], ["1.3644", "-104.0300"]].map(|point| point.map(str::to_owned));
            assert_eq!(read(text, "en"), both, "{text}");
        }
        for text in ["1.3644 -104.0300", "1.3644, -104.0300", "+1.3644-104.0300"] {
            assert_eq!(one(text), Some(["1.3644", "-104.0300"].map(str::to_owned)), "{text}");
        }
    }

    #[test]
    fn points_are_read_however_they_are_written() {
        let beirut = Some(["33.9030".to_owned(), "35.5180".to_owned()]);
        for text in [
            "33.9030, 35.5180",
            "33.9030 35.5180",
            "33.9030,35.5180",
            "33.9030; 35.5180",
            "33.9030/35.5180",
            "33,9030 35,5180",
            "33,9030; 35,5180",
            "33,9030, 35,5180",
            "33,9030,35,5180",
            "(33.9030, 35.5180)",
            "[33.9030, 35.5180]",
            "33.9030 N, 35.5180 E",
            "33.9030N 35.5180E",
            "N33.9030 E35.5180",
            "N 33.9030, E 35.5180",
            "35.5180 E, 33.9030 N",
            "E 35.5180 N 33.9030",
            "33.9030° N, 35.5180° E",
            "33.9030°N 35.5180°E",
            "33.9030º N 35.5180º E",
            "33,9030° LU, 35,5180° BT",
            "33.9030 LU 35.5180 BT",
            "lat: 33.9030, lon: 35.5180",
            "lon=35.5180 lat=33.9030",
            "Latitude 33.9030 Longitude 35.5180",
            "POINT(35.5180 33.9030)",
            "POINT (35.5180 33.9030)",
            "geo:33.9030,35.5180",
            "geo:33.9030,35.5180;u=10",
            "https://www.google.com/maps/@33.9030,35.5180,15z",
            "https://maps.google.com/?q=33.9030,35.5180",
            "https://www.google.com/maps?q=33.9030%2C35.5180",
            "https://www.google.com/maps/place/Beirut+Port/@33.1,35.1,17z/data=!3m1!4b1!4m6!3m5!1s0x151f:0x2!8m2!3d33.9030!4d35.5180!16s",
            "https://www.openstreetmap.org/?mlat=33.9030&mlon=35.5180#map=15/33.1/35.1",
            "https://www.openstreetmap.org/#map=15/33.9030/35.5180",
            "https://maps.apple.com/?ll=33.9030,35.5180",
            "https://www.bing.com/maps?cp=33.9030~35.5180&lvl=11",
            "https://www.google.com/maps/search/?api=1&query=33.9030,35.5180",
            "+33.9030, +35.5180",
            "33.9030 north, 35.5180 east",
            "033.9030 , 035.5180",
            "٣٣.٩٠٣٠, ٣٥.٥١٨٠",
            "33.9030\u{a0}N\u{a0}35.5180\u{a0}E",
        ] {
            assert_eq!(one(text), beirut, "{text}");
        }
        let jakarta = Some(["-6.175".to_owned(), "106.825".to_owned()]);
        for text in [
            "6°10'30\"S 106°49'30\"E",
            "6° 10′ 30″ S, 106° 49′ 30″ E",
            "6°10′30″ LS, 106°49′30″ BT",
            "6 10 30 S 106 49 30 E",
            "S6°10.5' E106°49.5'",
            "6°10.5'S, 106°49.5'E",
            "106°49'30\"E 6°10'30\"S",
            "-6.175, 106.825",
            "−6.175, 106.825",
            "106.825, -6.175",
            "6.175 S 106.825 E",
            "6,175° LS 106,825° BT",
            "6°10’30” S, 106°49’30” E",
            "6deg 10min 30sec S, 106deg 49min 30sec E",
            "6:10:30S 106:49:30E",
        ] {
            assert_eq!(one(text), jakarta, "{text}");
        }
        // 8FVC9G8F+6W is Google's example, in Zürich.
        assert_eq!(one("8FVC9G8F+6X"), Some(["47.365563".to_owned(), "8.524938".to_owned()]));
    }

    #[test]
    fn what_is_no_point_is_not_read() {
        for text in [
            "",
            "33.9030",
            "Beirut",
            "33.9, 35.5, 12",
            "91, 181",
            "33 N, 35 N",
            "33.9 E, 35.5 E",
            "-6 S, 106 E",
            "6°70'S 106°E",
            "200, 300",
            "12:30",
            "https://example.org/33.9,35.5",
            "port at 33.9, 35.5",
            "33.9.1, 35.5",
            "8FVC9G8F+6",
            "1 2 3 4 5",
            "https://maps.app.goo.gl/abc",
        ] {
            assert_eq!(one(text), None, "{text}");
        }
    }
}
