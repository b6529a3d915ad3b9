//! Guesses names, dates and figures in a text, as stubs in comments that an author can use.
//!
//! This is pattern matching: runs of capitalised words, days with a month's name, numbers with the following
//! word. It misses some and finds wrong ones, which is why it produces only comments.

pub(crate) mod names;

use std::collections::HashMap;
use std::fmt::Write;
use std::ops::Range;
use std::sync::LazyLock;

use names::{Name, bare, is_capital};

use super::comment;
use crate::base::date::Edtf;
use crate::base::names::{CalendarWord, calendar_of};
use crate::data::reading::date;
use crate::link::Graph;

/// The maximum number of stubs of each type.
const MOST: usize = 40;

/// The words of calendars in the languages of the texts that it reads. In others, words such as `NIS` are months.
static CALENDAR: LazyLock<HashMap<&str, CalendarWord>> = LazyLock::new(|| calendar_of(&["en", "id"]));

/// Words that are usually followed by the name of a place.
const BEFORE_PLACES: [&str; 13] =
    ["in", "at", "from", "near", "to", "towards", "di", "ke", "dari", "dekat", "menuju", "via", "asal"];

/// The comparators of figures, and the words for them.
const COMPARED: [(&str, &str); 14] = [
    ("more than", "more-than"),
    ("over", "more-than"),
    ("lebih dari", "more-than"),
    ("at least", "at-least"),
    ("sedikitnya", "at-least"),
    ("setidaknya", "at-least"),
    ("about", "about"),
    ("around", "about"),
    ("sekitar", "about"),
    ("kira-kira", "about"),
    ("up to", "at-most"),
    ("hingga", "at-most"),
    ("less than", "less-than"),
    ("kurang dari", "less-than"),
];

/// A figure in a text.
#[derive(Clone, Debug)]
pub(crate) struct Figure {
    /// As an item of `quantities`.
    pub value: String,
    pub words: String,
    /// The sentence that it is in.
    pub sentence: String,
    /// The paragraph, from 1.
    pub paragraph: usize,
}

/// The figures in paragraphs of plain text.
pub(crate) fn figures(paragraphs: &[String]) -> Vec<Figure> {
    let of = |(at, paragraph): (usize, &String)| {
        let words: Vec<&str> = paragraph.split_whitespace().collect();
        let figure = |(value, within): (String, Range<usize>)| {
            let said = words[within.clone()].join(" ");
            let said = said.trim_end_matches(|c: char| !c.is_alphanumeric() && c != '%').to_owned();
            let sentence = sentence(paragraph, names::offset(paragraph, words[within.start])).to_owned();
            Figure { value, words: said, sentence, paragraph: at + 1 }
        };
        figures_in(&words).into_iter().map(figure).collect::<Vec<Figure>>()
    };
    paragraphs.iter().enumerate().flat_map(of).collect()
}

/// The longest part of a sentence on either side of what is in it, in bytes.
const LONGEST: usize = 400;

/// The sentence of a paragraph at a place, in bytes; a part of it, if it is very long.
pub(super) fn sentence(paragraph: &str, at: usize) -> &str {
    let low = paragraph.floor_char_boundary(at.saturating_sub(LONGEST));
    let high = paragraph.floor_char_boundary((at + LONGEST).min(paragraph.len()));
    let start = paragraph[low..at].rfind(". ").map_or(low, |end| low + end + 2);
    let end = paragraph[at..high].find(". ").map_or(high, |end| at + end + 1);
    paragraph[start..end].trim()
}

/// The stubs for a text, as comments for a front matter. `paragraphs` are plain text.
pub(crate) fn stubs(paragraphs: &[String], graph: &Graph) -> String {
    let mut dates = Vec::new();
    for (at, paragraph) in paragraphs.iter().enumerate() {
        let words: Vec<&str> = paragraph.split_whitespace().collect();
        dates.extend(dates_in(&words).into_iter().map(|(date, words)| (date, words, at + 1)));
    }
    let figures = figures(paragraphs);
    let mut stubs = String::new();
    write_names(names::names(paragraphs), graph, &mut stubs);
    if !dates.is_empty() {
        stubs += "#\n# Dates, as `date:` of an event or a claim:\n";
    }
    for (date, words, at) in dates.iter().take(MOST) {
        let _ = writeln!(stubs, "#   date: {date}   # ¶ {at}: {}", comment(words));
    }
    if !figures.is_empty() {
        stubs += "#\n# Figures, as `quantities:` of a claim:\n";
    }
    for Figure { value, words, paragraph, .. } in figures.iter().take(MOST) {
        let _ = writeln!(stubs, "#   - {value}   # ¶ {paragraph}: {}", comment(words));
    }
    match stubs.is_empty() {
        true => stubs,
        false => format!(
            "# ---- Guessed from the text, and not checked. Use what is right; delete the rest. ----\n{stubs}"
        ),
    }
}

fn write_names(names: Vec<Name>, graph: &Graph, stubs: &mut String) {
    let known = |name: &str| graph.by_name(name, graph.default_language()).next();
    let (known, new): (Vec<_>, Vec<_>) = names
        .into_iter()
        .map(|name| (known(&name.text), name.text.clone(), name))
        .partition(|(known, ..)| known.is_some());
    let (places, actors): (Vec<_>, Vec<_>) = new.into_iter().partition(|(_, _, name)| name.is_place());
    for (heading, kind, list) in
        [("Names, perhaps of actors:", "actor", actors), ("Names, perhaps of places:", "place", places)]
    {
        if !list.is_empty() {
            let _ = writeln!(stubs, "#\n# {heading}");
        }
        for (_, text, name) in list.iter().take(MOST) {
            let _ = writeln!(stubs, "#   dossier new {kind} \"{text}\"   # ¶ {}", numbers(&name.paragraphs));
        }
    }
    if !known.is_empty() {
        *stubs += "#\n# Names that the dossier knows:\n";
    }
    for (ix, text, name) in known.iter().take(MOST) {
        if let Some(ix) = ix {
            let _ = writeln!(
                stubs,
                "#   [[{}|{text}]]   # ¶ {}",
                graph.entity(*ix).id,
                numbers(&name.paragraphs)
            );
        }
    }
}

fn numbers(paragraphs: &[usize]) -> String {
    paragraphs.iter().map(usize::to_string).collect::<Vec<String>>().join(", ")
}

fn month(word: &str) -> Option<u8> {
    match CALENDAR.get(bare(word).to_lowercase().as_str())? {
        CalendarWord::Month(month) => Some(*month),
        CalendarWord::Weekday(_) => None,
    }
}

fn number(word: &str, least: u32, most: u32) -> Option<u32> {
    bare(word).parse().ok().filter(|number| (least..=most).contains(number))
}

/// Dates with a month's name, and dates already written as EDTF.
fn dates_in(words: &[&str]) -> Vec<(String, String)> {
    let mut dates = Vec::new();
    for (at, word) in words.iter().enumerate() {
        let written = bare(word);
        if written.len() == 10 && written.matches('-').count() == 2 && Edtf::parse(written).is_ok() {
            dates.push((written.to_owned(), written.to_owned()));
        }
        dates.extend(numeric(written).map(|date| (date, written.to_owned())));
        let Some(month) = month(word).filter(|_| is_capital(bare(word))) else { continue };
        let before = at.checked_sub(1).and_then(|at| number(words[at], 1, 31));
        let after = words.get(at + 1).and_then(|word| number(word, 1, 31)).filter(|_| before.is_none());
        let year_at = at + 1 + usize::from(after.is_some());
        let year = words.get(year_at).and_then(|word| number(word, 1000, 2999));
        let (first, last) = (
            at - usize::from(before.is_some()),
            at + usize::from(after.is_some()) + usize::from(year.is_some()),
        );
        let said = words[first..=last].join(" ");
        let date = match (year, before.or(after)) {
            (Some(year), Some(day)) => format!("{year}-{month:02}-{day:02}"),
            (Some(year), None) => format!("{year}-{month:02}"),
            // The author has to add the year.
            (None, Some(day)) => format!("YYYY-{month:02}-{day:02}"),
            (None, None) => continue,
        };
        dates.push((date, said));
    }
    dates
}

/// `8/11/2023` is a day in November or, in America, one in August: the author has to decide.
fn numeric(written: &str) -> Option<String> {
    let dates: Vec<String> = match written.matches('/').count() {
        2 => date::read(written).iter().map(ToString::to_string).collect(),
        _ => Vec::new(),
    };
    (!dates.is_empty()).then(|| dates.join(", or "))
}

/// Numbers that count something, with the following word and the preceding comparator: as items of `quantities`, and
/// which words say it.
fn figures_in(words: &[&str]) -> Vec<(String, Range<usize>)> {
    let mut figures = Vec::new();
    for (at, word) in words.iter().enumerate() {
        let Some(value) = value(bare(word)) else { continue };
        let unit =
            if word.ends_with('%') { Some("per cent") } else { words.get(at + 1).map(|unit| bare(unit)) };
        let Some(unit) = unit.filter(|unit| unit.starts_with(char::is_lowercase) && unit.chars().count() > 1)
        else {
            continue;
        };
        let before = words[at.saturating_sub(2)..at].join(" ").to_lowercase();
        let said = COMPARED.iter().find(|(said, _)| before.ends_with(said));
        let comparator = said.map_or(String::new(), |(_, word)| format!(", comparator: {word}"));
        let first = said.map_or(at, |(said, _)| at - said.split(' ').count());
        let last = if word.ends_with('%') { at } else { at + 1 };
        figures.push((format!("{{value: {value}{comparator}, unit: {unit}}}"), first..last + 1));
    }
    figures
}

/// A number, with thousands separators of either kind, or a decimal. Years and days do not count.
fn value(word: &str) -> Option<String> {
    if !word.starts_with(|c: char| c.is_ascii_digit())
        || !word.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | ','))
    {
        return None;
    }
    let groups: Vec<&str> = word.split(['.', ',']).collect();
    let is_grouped = groups.len() > 1 && groups[1..].iter().all(|group| group.len() == 3);
    match groups.as_slice() {
        [one] => (one.len() != 4).then(|| (*one).to_owned()),
        _ if is_grouped => Some(groups.concat()),
        [whole, part] => Some(format!("{whole}.{part}")),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<&str> {
        text.split_whitespace().collect()
    }

    #[test]
    fn names_dates_and_figures_are_spotted() {
        let text = words(
            "Yesterday John Kirby of the White House said in Najin that NIS saw 1.000 kontainer. The Bank of Korea, too. Then Tokyo.",
        );
        let named = names::in_words(&text);
        let sure: Vec<&str> =
            named.iter().filter(|name| name.is_sure).map(|name| name.text.as_str()).collect();
        assert_eq!(sure, ["John Kirby", "White House", "Najin", "NIS", "Bank of Korea", "Tokyo"]);
        assert!(named[2].is_placed && !named[3].is_placed);
        let dates = dates_in(&words(
            "On 13 Oktober 2023, or October 7, 2023, in Maret 2024, on 1 September; 2023-01-02 (8/11/2023).",
        ));
        let dates: Vec<&str> = dates.iter().map(|(date, _)| date.as_str()).collect();
        assert_eq!(
            dates,
            ["2023-10-13", "2023-10-07", "2024-03", "YYYY-09-01", "2023-01-02", "2023-11-08, or 2023-08-11"]
        );
        let figures = figures_in(&words(
            "lebih dari 1.000 kontainer, about 290 kilometres, 3.5 tonnes, 30% of 2023 votes and 12 May",
        ));
        let figures: Vec<&str> = figures.iter().map(|(figure, _)| figure.as_str()).collect();
        assert_eq!(
            figures,
            [
                "{value: 1000, comparator: more-than, unit: kontainer}",
                "{value: 290, comparator: about, unit: kilometres}",
                "{value: 3.5, unit: tonnes}",
                "{value: 30, unit: per cent}",
            ]
        );
    }
}
