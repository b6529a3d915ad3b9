//! Numbers and figures as people write them: `2,750`, `2 750,5`, `1.2 million`, `about 552`, `200–300 km`.

mod words;

pub(crate) use self::words::COMPARED;
use self::words::{COMPARED_AFTER, FOREIGN, FRACTIONS, NEAR, RANGE, SCALES, WORDS};
use super::text::{Token, plain, tokens};
use crate::base::number;

/// The number that `text` may mean, as this program writes it; several if a separator may be one of thousands or
/// of decimals, none if it can be read as no number.
pub(crate) fn read(text: &str, lang: &str) -> Vec<String> {
    // `4/5` may be a fraction, and four of five.
    if text.contains('/') {
        return Vec::new();
    }
    let figures = figures(text, lang).into_iter();
    let plain =
        figures.filter(|figure| figure.to.is_none() && figure.comparator.is_none() && figure.unit.is_empty());
    plain.flat_map(|figure| figure.numbers).collect()
}

/// Languages in which a point separates decimals, so a comma before three digits is one of thousands.
const WITH_POINT: [&str; 18] = [
    "bn", "cy", "en", "fil", "ga", "he", "hi", "ja", "ko", "ms", "my", "ne", "si", "sw", "ta", "th", "ur",
    "zh",
];

/// Whether a point separates decimals in a language.
pub(crate) fn has_decimal_point(lang: &str) -> bool {
    WITH_POINT.contains(&primary(lang))
}

/// Languages in which a `billion` is a thousand millions: the short scale. In others it may be a million millions.
const SHORT_SCALE: [&str; 13] =
    ["ar", "cy", "en", "fil", "he", "id", "ja", "ko", "ms", "ru", "tr", "uk", "zh"];

/// The language of a tag: of `pt-BR`, `pt`. What no language is known of is read as English.
fn primary(lang: &str) -> &str {
    match lang.split('-').next() {
        None | Some("") => "en",
        Some(primary) => primary,
    }
}

/// A number with what is said about it.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) struct Figure {
    /// What it may be; never empty.
    pub numbers: Vec<String>,
    /// The upper end of a range.
    pub to: Option<String>,
    /// How the figure relates to the number: a word of `comparator`.
    pub comparator: Option<&'static str>,
    /// What follows or precedes the number, as written.
    pub unit: String,
    /// Whether the number is not quite what is written: `1/3`.
    pub is_rounded: bool,
}

/// The figures that a text in this language may mean.
pub(super) fn figures(written: &str, lang: &str) -> Vec<Figure> {
    let mut text = written.to_owned();
    for (sign, decimals) in FRACTIONS {
        text = text.replace(&format!(" {sign}"), decimals).replace(sign, decimals);
    }
    let text = plain(&text);
    let text = text.trim_matches(['"', '\'', ' ']);
    if let Some(slash) = text.find('/') {
        return divided(text, slash, written, lang);
    }
    // What is nearly as many may be fewer, or about as many.
    let nearly = ["nearly ", "almost ", "hampir "].iter().find_map(|word| text.strip_prefix(word));
    if let Some(rest) = nearly {
        let figure = figure(rest, written, lang).filter(|figure| figure.comparator.is_none());
        let with =
            |comparator| figure.clone().map(|figure| Figure { comparator: Some(comparator), ..figure });
        return ["about", "less-than"].into_iter().filter_map(with).collect();
    }
    // `1.5m` are metres or millions.
    let is_number = |text: &str| text.ends_with(|c: char| c.is_ascii_digit());
    let millions = text.strip_suffix('m').filter(|number| is_number(number));
    let millions = millions.and_then(|number| figure(&format!("{number} million"), written, lang));
    let whole = figure(text, written, lang);
    let millions = millions.filter(|millions| whole.as_ref() != Some(millions));
    whole.into_iter().chain(millions).collect()
}

/// The figures that a text with a fraction means: `1 1/2` is 1.5, and `1/2` is a half or one to two.
fn divided(text: &str, slash: usize, written: &str, lang: &str) -> Vec<Figure> {
    let (before, after) = (&text[..slash], &text[slash + 1..]);
    let start = before.trim_end_matches(|c: char| c.is_ascii_digit()).len();
    let (before, over) = before.split_at(start);
    let (under, after) = after.split_at(after.find(|c: char| !c.is_ascii_digit()).unwrap_or(after.len()));
    let (Ok(over), Ok(under)) = (over.parse::<u16>(), under.parse::<u16>()) else { return Vec::new() };
    // Other numbers with a slash are dates, or one of several.
    if over == 0
        || over >= under
        || under > 100
        || before.ends_with(['/', '.', ','])
        || after.starts_with('/')
    {
        return Vec::new();
    }
    // Of `1 1/2`, the first figure is a whole.
    let whole = before.trim_end_matches([' ', '-']);
    let is_mixed = whole.len() < before.len() && whole.ends_with(|c: char| c.is_ascii_digit());
    let before = if is_mixed { whole } else { before };
    let thousandths = (u32::from(over) * 1000 + u32::from(under) / 2) / u32::from(under);
    let is_exact = (u32::from(over) * 1000).is_multiple_of(u32::from(under));
    let decimals = format!("{thousandths:03}");
    let decimals = decimals.trim_end_matches('0');
    let whole = if is_mixed { "" } else { "0" };
    let fraction = figure(&format!("{before}{whole}.{decimals}{after}"), written, lang);
    let fraction = fraction.map(|figure| Figure { is_rounded: !is_exact, ..figure });
    let is_range = !is_mixed && over + 1 == under;
    let range = is_range.then(|| figure(&format!("{before}{over}–{under}{after}"), written, lang)).flatten();
    fraction.into_iter().chain(range).collect()
}

/// The figure that a plain `text` means, which is `written` so in a file.
fn figure(text: &str, written: &str, lang: &str) -> Option<Figure> {
    let stripped = NEAR.iter().find_map(|sign| Some(("about", text.strip_prefix(sign)?)));
    let compared = stripped.or_else(|| {
        COMPARED.iter().find_map(|(said, comparator)| {
            let rest = text.strip_prefix(said)?;
            // A word ends where it ends.
            let is_apart = !said.ends_with(char::is_alphabetic) || rest.starts_with(' ');
            is_apart.then_some((*comparator, rest))
        })
    });
    let joined: String;
    let (comparator, rest) = match compared {
        Some((comparator, rest)) => (Some(comparator), rest.trim()),
        None => match COMPARED_AFTER.iter().find_map(|(said, word)| Some((text.split_once(said)?, *word))) {
            Some(((before, after), word)) if after.is_empty() || after.starts_with(' ') => {
                joined = [before, after].concat();
                (Some(word), joined.trim())
            }
            _ => (None, text),
        },
    };
    let rest = ["between ", "from ", "antara ", "dari "]
        .iter()
        .find_map(|word| rest.strip_prefix(word))
        .unwrap_or(rest);
    let figure = match plain_figure(rest, lang) {
        Some((numbers, unit)) => Figure { numbers, to: None, comparator, unit, is_rounded: false },
        None => Figure { comparator, ..range(rest, lang)? },
    };
    Some(Figure { unit: as_written(written, &figure.unit), ..figure })
}

/// The part of `text` that is `part` in lower case.
fn as_written(text: &str, part: &str) -> String {
    let mut starts = text.char_indices().map(|(at, _)| &text[at..]);
    let found = starts.rfind(|rest| rest.to_lowercase().starts_with(part));
    found.map_or_else(|| part.to_owned(), |rest| rest.chars().take(part.chars().count()).collect())
}

fn range(text: &str, lang: &str) -> Option<Figure> {
    let in_words = WORDS.iter().find_map(|(word, from, to)| Some((text.strip_prefix(word)?, *from, (*to)?)));
    if let Some((unit, from, to)) = in_words {
        let unit = unit.trim_start_matches([' ']).trim_start_matches("of ");
        let is_apart = text.len() == unit.len() || !unit.contains(|c: char| c.is_ascii_digit());
        return is_apart.then(|| Figure {
            numbers: vec![from.to_owned()],
            to: Some(to.to_owned()),
            comparator: None,
            unit: unit.to_owned(),
            // Those of a hundred are from the guide; of others, the ends are ours.
            is_rounded: to != "999",
        });
    }
    RANGE.iter().find_map(|separator| {
        let (from, to) = text.split_once(separator)?;
        // `1–2 million` begins at a million.
        let multiplied = scaled_like(from.trim(), to.trim(), lang);
        let from = multiplied.as_deref().unwrap_or(from);
        let ((from, before), (to, unit)) = (plain_figure(from.trim(), lang)?, plain_figure(to.trim(), lang)?);
        let ([from], [to]) = (from.as_slice(), to.as_slice()) else { return None };
        let is_one_unit = before.is_empty() || before == unit;
        let ascends = number::parse(from)? <= number::parse(to)?;
        (is_one_unit && ascends).then(|| Figure {
            numbers: vec![from.clone()],
            to: Some(to.clone()),
            comparator: None,
            unit,
            is_rounded: false,
        })
    })
}

/// A number without a scale of its own, with that of the number after it, if it then is the lesser one.
fn scaled_like(from: &str, to: &str, lang: &str) -> Option<String> {
    let after = to.trim_start_matches(|c: char| !c.is_ascii_digit());
    let (numeral, after) = after.split_at(numeral_length(after));
    let (power, rest) = scale(after.trim_start());
    let word = after.strip_suffix(rest).filter(|_| power > 0)?;
    let (low, high) = (decimals(from, lang), decimals(numeral, lang));
    let ([low], [high]) = (low.as_slice(), high.as_slice()) else { return None };
    let is_plain = from.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | ','));
    (is_plain && number::parse(low)? <= number::parse(high)?).then(|| format!("{from}{word}"))
}

/// A number, and its unit before or after it.
fn plain_figure(text: &str, lang: &str) -> Option<(Vec<String>, String)> {
    // Of `two hundred and fifty`, no part is a unit.
    let is_number = |word: &str| {
        WORDS.iter().any(|(name, ..)| *name == word)
            || SCALES.iter().any(|(name, _)| *name == word && word.len() > 2)
            || matches!(word, "puluh" | "belas")
    };
    let is_unit = |text: &str| {
        text.chars().count() <= 30
            && !["of ", "the ", "dari "].iter().any(|start| text.starts_with(start))
            && !text.split([' ', '-']).any(is_number)
            && !text.contains(|c: char| c.is_ascii_digit() || "<>~=?!;:[]{}\"\\".contains(c))
    };
    let in_words = WORDS.iter().filter(|(.., to)| to.is_none()).find_map(|(word, number, _)| {
        let rest = text.strip_prefix(word)?;
        (rest.is_empty() || rest.starts_with(' ')).then(|| (*number, rest.trim()))
    });
    if let Some((number, after)) = in_words {
        let (_, unit) = scale(after);
        let numbers = powers(after, lang).map(|power| shifted(number, power)).collect();
        return is_unit(unit).then(|| (numbers, unit.to_owned()));
    }
    // A sign of currency, or its letters, before the number.
    let start = text.find(|c: char| c.is_ascii_digit())?;
    let (before, rest) = text.split_at(start);
    let (before, sign) = match before.trim_end().strip_suffix('-') {
        Some(before) => (before, "-"),
        None => (before.strip_suffix('+').unwrap_or(before), ""),
    };
    let (before, point) = match before.strip_suffix(['.', ',']) {
        Some(before) => (before, "0."),
        None => (before, ""),
    };
    let numeral = numeral_length(rest);
    let (numeral, after) = rest.split_at(numeral);
    let digits = format!("{point}{numeral}");
    let scaled = after.trim_start();
    let is_money = (1..=3).contains(&before.trim().chars().count());
    // Of a currency, `m` are millions.
    let (powers, after): (Vec<i32>, &str) = match scaled {
        "m" if is_money => (vec![6], ""),
        _ => (powers(scaled, lang).collect(), scale(scaled).1),
    };
    let unit = match (before.trim(), after) {
        // A currency.
        (before, "") if before.chars().count() <= 4 => before,
        ("", after) => after,
        _ => return None,
    };
    // `1,204 ribu` has a decimal comma, whatever the language of the text.
    let has_foreign_scale = FOREIGN.iter().any(|word| scaled.starts_with(word));
    let decimals = decimals(&digits, if has_foreign_scale { "id" } else { lang });
    let scaled = decimals.iter().flat_map(|number| powers.iter().map(move |power| shifted(number, *power)));
    let numbers: Vec<String> = scaled.map(|number| format!("{sign}{number}")).collect();
    // `m` alone is as often metres, and `k` follows its number at once.
    (is_unit(unit) && !numbers.is_empty()).then(|| (numbers, unit.to_owned()))
}

/// The power of ten that the first word means, and what follows it.
fn scale(text: &str) -> (i32, &str) {
    let end = match tokens(text).first() {
        Some(Token::Word(word)) => word.len(),
        _ => return (0, text),
    };
    let (word, rest) = text.split_at(end);
    // Metres are no millions.
    let is_unit_alone = word == "m" && rest.trim().is_empty();
    match SCALES.iter().find(|(name, _)| *name == word && !is_unit_alone) {
        Some((_, power)) => (*power, rest.trim_start_matches('.').trim()),
        None => (0, text),
    }
}

/// The powers of ten that the first word may mean: where a billion is a million millions, two.
fn powers(text: &str, lang: &str) -> impl Iterator<Item = i32> + use<> {
    let (power, _) = scale(text);
    let is_long = ["billion", "trillion"].iter().any(|word| text.starts_with(word));
    let other = (is_long && !SHORT_SCALE.contains(&primary(lang))).then_some(2 * power - 6);
    std::iter::once(power).chain(other)
}

/// The length of the numeral at the start of a text: digits, and single separators between them.
pub(crate) fn numeral_length(text: &str) -> usize {
    let bytes = text.as_bytes();
    let is_digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    let mut at = 0;
    loop {
        while is_digit(at) {
            at += 1;
        }
        let is_point = matches!(bytes.get(at), Some(b'.' | b',' | b'\'' | b'_')) && is_digit(at + 1);
        // A space separates groups of three digits only.
        let is_space =
            bytes.get(at) == Some(&b' ') && (1..=3).all(|next| is_digit(at + next)) && !is_digit(at + 4);
        match is_point || is_space {
            true => at += 1,
            false => return at,
        }
    }
}

/// A numeral as a decimal number with a point, in each way in which it can be read in a language.
fn decimals(numeral: &str, lang: &str) -> Vec<String> {
    let numeral = numeral.replace([' ', '\'', '_'], "");
    let plain = |whole: &str, part: &str| {
        let whole = whole.trim_start_matches('0');
        let whole = if whole.is_empty() { "0" } else { whole };
        if part.is_empty() { whole.to_owned() } else { format!("{whole}.{part}") }
    };
    let separators: Vec<char> = numeral.chars().filter(|c| !c.is_ascii_digit()).collect();
    let groups: Vec<&str> = numeral.split(['.', ',']).collect();
    let is_grouped = |groups: &[&str]| {
        groups.len() > 1
            && (1..=3).contains(&groups[0].len())
            && groups[0] != "0"
            && groups.last().is_some_and(|last| last.len() == 3)
            // Lakhs and crores are grouped by two.
            && groups[1..].iter().all(|group| matches!(group.len(), 2 | 3))
    };
    match separators.as_slice() {
        [] => vec![plain(&numeral, "")],
        [','] if is_grouped(&groups) && WITH_POINT.contains(&primary(lang)) => {
            vec![plain(&groups.concat(), "")]
        }
        [_] if is_grouped(&groups) => vec![plain(&groups.concat(), ""), plain(groups[0], groups[1]) + "0"],
        [_] => vec![plain(groups[0], groups[1])],
        [first, middle @ .., last] => {
            let (whole, part) = groups.split_at(groups.len() - 1);
            match middle.iter().all(|other| other == first) {
                true if last == first && is_grouped(&groups) => vec![plain(&groups.concat(), "")],
                true if last != first && (whole.len() == 1 || is_grouped(whole)) => {
                    vec![plain(&whole.concat(), part[0])]
                }
                _ => Vec::new(),
            }
        }
    }
}

/// A decimal number times a power of ten, in digits: no rounding.
fn shifted(number: &str, power: i32) -> String {
    let (whole, part) = number.split_once('.').unwrap_or((number, ""));
    let power = usize::try_from(power).unwrap_or_default();
    let part = format!("{part:0<power$}");
    let (more, part) = part.split_at(power);
    let digits = format!("{whole}{more}");
    let whole = digits.trim_start_matches('0');
    let whole = if whole.is_empty() { "0" } else { whole };
    if part.is_empty() { whole.to_owned() } else { format!("{whole}.{part}") }
}

#[cfg(test)]
mod tests;
