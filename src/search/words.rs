//! Splits a text into words for the search: without case, accents and digit grouping; scripts without spaces
//! as pairs of letters. `search.js` does the same with a query.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use crate::base::script::{is_dense, is_hangul};

/// Calls `take` with each word of a text, in order.
pub(crate) fn each(text: &str, mut take: impl FnMut(&str)) {
    let text = folded(text);
    let mut rest = text.as_str();
    // The word before, if only a hyphen separates it from what follows.
    let mut joined = "";
    while let Some(start) = rest.find(is_letter) {
        let before = std::mem::take(&mut joined);
        let is_joined = matches!(&rest[..start], "-" | "\u{2010}" | "\u{2011}");
        rest = &rest[start..];
        let (word, after) = match rest.chars().next() {
            Some(c) if is_paired(c) => {
                let end = rest.find(|c| !is_paired(c)).unwrap_or(rest.len());
                pairs(&rest[..end], &mut take);
                rest = &rest[end..];
                continue;
            }
            _ => plain(rest),
        };
        // A single letter is usually left over from an apostrophe.
        if word.len() > 1 || word.as_bytes()[0].is_ascii_digit() {
            match word.contains(is_group_mark) {
                true => take(&word.replace(is_group_mark, "")),
                false => take(word),
            }
        }
        // `S-300` is found as `S300`, and `S300` as `S-300`.
        let is_digit = |c: char| c.is_ascii_digit();
        if is_joined && !before.is_empty() && word.starts_with(is_digit) != before.ends_with(is_digit) {
            let designation = format!("{before}{word}");
            take(&designation);
            take_start(&designation, &mut take);
        }
        if let Some(at) = word.find(is_digit).filter(|at| *at > 0) {
            take(&word[at..]);
        }
        take_start(word, &mut take);
        joined = word;
        rest = after;
    }
}

/// The form for comparison: letters without their marks, in lower case.
pub(crate) fn folded(text: &str) -> String {
    // Common punctuation is unaffected by folding; without it most texts are ASCII.
    match text.chars().all(|c| c.is_ascii() || matches!(c, '\u{a0}' | '\u{2010}'..='\u{205e}')) {
        true => text.to_ascii_lowercase(),
        false => {
            let mut before = ' ';
            let kept = text.nfkd().filter(|&c| {
                let letter = std::mem::replace(&mut before, c);
                !is_dropped(c) || is_letter_of_its_own(letter, c)
            });
            let lower = kept.nfc().collect::<String>().to_lowercase();
            lower.chars().fold(String::with_capacity(lower.len()), |mut text, c| {
                match UNJOINED.iter().find(|(letter, _)| *letter == c) {
                    Some((_, plain)) => text.push_str(plain),
                    None => text.push(c),
                }
                text
            })
        }
    }
}

/// The letters that Unicode does not take apart into a plain one and its marks, and what people type for them who
/// have no key for them.
const UNJOINED: [(char, &str); 14] = [
    ('ß', "ss"),
    ('æ', "ae"),
    ('œ', "oe"),
    ('ø', "o"),
    ('đ', "d"),
    ('ð', "d"),
    ('ħ', "h"),
    ('ı', "i"),
    ('ł', "l"),
    ('ŋ', "n"),
    ('ŧ', "t"),
    ('þ', "th"),
    ('ə', "e"),
    ('ĸ', "k"),
];

/// Whether a letter and its mark are another letter, not an accented one: й and ї, by which endings differ.
fn is_letter_of_its_own(letter: char, mark: char) -> bool {
    matches!((letter, mark), ('и' | 'И', '\u{306}') | ('і' | 'І', '\u{308}'))
}

/// Accents of Latin, Greek and Cyrillic; points of Hebrew; vowels and strokes of Arabic; soft hyphens and other
/// invisible characters within words. In other scripts, marks are letters.
fn is_dropped(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{591}'..='\u{5c7}' | '\u{640}' | '\u{64b}'..='\u{65f}' | '\u{670}'
        | '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}')
}

fn is_letter(c: char) -> bool {
    c.is_alphanumeric() || !c.is_ascii() && is_combining_mark(c)
}

/// Whether this script is indexed as pairs of letters: its words have no visible end, or end before the next
/// space.
fn is_paired(c: char) -> bool {
    !c.is_ascii() && (is_dense(c) || is_hangul(c))
}

fn is_group_mark(c: char) -> bool {
    matches!(c, '.' | ',')
}

/// The word at the start of a text, and the rest. `1,000` and `1.000` are one word.
fn plain(text: &str) -> (&str, &str) {
    let mut end = 0;
    loop {
        end += text[end..].find(|c| !is_letter(c) || is_paired(c)).unwrap_or(text.len() - end);
        let (before, after) = (&text.as_bytes()[..end], &text.as_bytes()[end..]);
        let groups = before.last().is_some_and(u8::is_ascii_digit)
            && after.first().is_some_and(|mark| is_group_mark(char::from(*mark)))
            && after.get(1..4).is_some_and(|digits| digits.iter().all(u8::is_ascii_digit))
            && !after.get(4).is_some_and(u8::is_ascii_digit);
        if !groups {
            return text.split_at(end);
        }
        end += 1;
    }
}

/// The start of a designation, up to its number: the `s300` of `s300pmu2`.
fn take_start(word: &str, take: &mut impl FnMut(&str)) {
    let Some(digits) = word.find(|c: char| c.is_ascii_digit()) else { return };
    let length = word[digits..].find(|c: char| !c.is_ascii_digit());
    if let Some(length) = length.filter(|_| word.contains(char::is_alphabetic)) {
        take(&word[..digits + length]);
    }
}

/// Every two adjacent letters of a run, and its last letter: so any part of the run can be found, even a
/// single letter.
fn pairs(run: &str, take: &mut impl FnMut(&str)) {
    let starts: Vec<usize> = run.char_indices().map(|(at, _)| at).chain([run.len()]).collect();
    for pair in starts.windows(3) {
        take(&run[pair[0]..pair[2]]);
    }
    if let [.., last, end] = starts[..] {
        take(&run[last..end]);
    }
}

#[cfg(test)]
mod tests {
    use super::each;

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let mut words = Vec::new();
        each(text, |word| words.push(word.to_owned()));
        assert_eq!(words, expected, "{text}");
    }

    #[test]
    fn words_are_folded() {
        check("Kim Jong-un’s KN-23", &["kim", "jong", "un", "kn", "23", "kn23"]);
        check("Réunion, ÉLAN", &["reunion", "elan"]);
        check("ＮＩＳ", &["nis"]);
        check(
            "Nguyễn Văn Đức, ısı, Ærø, Łódź, Straße, Þór",
            &["nguyen", "van", "duc", "isi", "aero", "lodz", "strasse", "thor"],
        );
        check("Йосип, Ёлка, Київ, İzmir", &["йосип", "елка", "київ", "izmir"]);
    }

    #[test]
    fn what_nobody_sees_is_no_part_of_a_word() {
        check(
            "con\u{ad}tainer, zero\u{200b}width, word\u{2060}joiner",
            &["container", "zerowidth", "wordjoiner"],
        );
        check("می\u{200c}خواهم", &["میخواهم"]);
    }

    #[test]
    fn designations_are_found_with_and_without_their_hyphen() {
        check("S-300PMU2", &["300pmu2", "s300pmu2", "s300", "300"]);
        check("S300", &["s300", "300"]);
        check(
            "An-2, 9K720-M, COVID-19, 2014-2017, two-year",
            &[
                "an", "2", "an2", "9k720", "9", "9k720m", "9", "covid", "19", "covid19", "2014", "2017",
                "two", "year",
            ],
        );
    }

    #[test]
    fn digits_stay_together() {
        check("1,000 and 1.000.000, 2.5 or 1.0000", &["1000", "and", "1000000", "2", "5", "or", "1", "0000"]);
    }

    #[test]
    fn scripts_without_spaces_come_in_pairs() {
        check("金正恩 G7外相", &["金正", "正恩", "恩", "g7", "7", "外相", "相"]);
        check("북한은", &["북한", "한은", "은"]);
        check("كوريا الشَّمالية", &["كوريا", "الشمالية"]);
    }
}
