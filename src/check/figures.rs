//! Figures in texts, as authors write them: `about 290 km`, `1,2 juta kontainer`.

use std::ops::Range;

use super::estimates::without_quotes;
use crate::base::number::parse;
use crate::base::text::Text;
use crate::data::reading::number::{COMPARED, has_decimal_point, numeral_length, read};
use crate::evidence::quantities::{Measure, unit_at};
use crate::kinds::Quantity;
use crate::kinds::words::Comparator;

/// A figure in a text.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Written {
    /// The number with its scale: `1.2 million`.
    pub range: Range<usize>,
    /// What it may be; never empty. A separator may be one of thousands or of decimals.
    pub numbers: Vec<f64>,
    /// The value of the last digit that is not zero, for each of the numbers.
    steps: Vec<f64>,
    pub comparator: Option<Comparator>,
    /// What follows it, in lower case.
    pub after: String,
}

/// A number that a figure may be compared with.
#[derive(Copy, Clone, Debug, PartialEq)]
pub(crate) struct Bounds {
    pub low: f64,
    pub high: f64,
    /// How far what it was rounded from may be from it.
    pub rounded: f64,
}

/// The figures of a text that are its author's own, not in quotation marks.
pub(crate) fn all(text: &str, lang: &str) -> Vec<Written> {
    let own = without_quotes(text);
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(start) = own[from..].find(|c: char| c.is_ascii_digit()).map(|at| from + at) {
        let end = start + numeral_length(&own[start..]);
        let before = own[..start].chars().next_back();
        from = end;
        // Part of a name, of a date or of a range.
        let is_part =
            |c: char| c.is_alphanumeric() || matches!(c, '-' | '–' | '/' | ':' | '§' | '#' | '$' | '€');
        if before.is_some_and(is_part) || own[end..].starts_with(['-', '–', '/', ':', '%', '°']) {
            from += own[end..].find(|c: char| !c.is_alphanumeric() && !is_part(c)).unwrap_or(own.len() - end);
            continue;
        }
        let next = own[end..].trim_start_matches([' ', '\u{a0}']);
        let word = &next[..next.find(|c: char| !c.is_alphabetic()).unwrap_or(next.len())];
        let scaled = match word.chars().count() > 1 {
            true => read(&format!("{} {word}", &own[start..end]), lang),
            false => Vec::new(),
        };
        let (numbers, end) = match scaled.is_empty() {
            true => (read(&own[start..end], lang), end),
            false => (scaled, own.len() - next.len() + word.len()),
        };
        // Of two readings of one separator, the first has it separate thousands; a text has its language's.
        let numbers = match own[start..end].matches(['.', ',']).count() {
            1 if numbers.len() == 2 => {
                let is_decimal = own[start..end].contains('.') == has_decimal_point(lang);
                vec![numbers[usize::from(is_decimal)].clone()]
            }
            _ => numbers,
        };
        if numbers.is_empty() {
            continue;
        }
        let after = own[end..].trim_start_matches([' ', '\u{a0}']);
        let line = after.find('\n').unwrap_or(after.len());
        found.push(Written {
            range: start..end,
            steps: numbers.iter().map(|number| step(number)).collect(),
            numbers: numbers.iter().filter_map(|number| parse(number)).collect(),
            comparator: comparator(&own[..start]),
            after: after[..line].to_lowercase(),
        });
    }
    found
}

/// The value of the last digit of a decimal number that is not zero.
pub(crate) fn step(number: &str) -> f64 {
    let power = match number.split_once('.') {
        Some((_, part)) => -(part.len() as i32),
        None => (number.len() - number.trim_end_matches('0').len()) as i32,
    };
    (0..power.abs()).fold(1.0, |step, _| if power < 0 { step / 10.0 } else { step * 10.0 })
}

/// What is said of a number that follows `before`.
fn comparator(before: &str) -> Option<Comparator> {
    let before = before.trim_end();
    let start = before.len().saturating_sub(30);
    let words = before[before.ceil_char_boundary(start)..].to_lowercase();
    let is_apart = |said: &str| {
        words.strip_suffix(said).is_some_and(|rest| !rest.ends_with(|c: char| c.is_alphanumeric()))
    };
    let (_, word) = COMPARED.iter().find(|(said, _)| is_apart(said))?;
    Some(match *word {
        "at-least" => Comparator::AtLeast,
        "more-than" => Comparator::MoreThan,
        "at-most" => Comparator::AtMost,
        "less-than" => Comparator::LessThan,
        _ => Comparator::About,
    })
}

impl Written {
    /// The factor from the unit after the number to the base unit of a quantity, if that is what the quantity is
    /// counted or measured in.
    pub(crate) fn factor(&self, quantity: &Quantity) -> Option<f64> {
        match crate::evidence::quantities::unit(quantity) {
            Some((measure, _)) => {
                self.measured().filter(|(own, _)| *own == measure).map(|(_, factor)| factor)
            }
            None => {
                let is_counted = |unit: &str| {
                    let unit = unit.trim().to_lowercase();
                    let stem = unit.strip_suffix('s').unwrap_or(&unit);
                    let rest = self.after.strip_prefix(stem).filter(|_| stem.len() > 2);
                    rest.is_some_and(|rest| {
                        let rest = rest.strip_prefix('s').unwrap_or(rest);
                        !rest.starts_with(|c: char| c.is_alphanumeric())
                    })
                };
                let counted = match quantity.unit.as_ref()? {
                    Text::Same(unit) => is_counted(unit),
                    Text::By(units) => units.values().any(|unit| is_counted(unit)),
                };
                counted.then_some(1.0)
            }
        }
    }

    /// The measure of the unit after the number, and the unit's size.
    pub(crate) fn measured(&self) -> Option<(Measure, f64)> {
        unit_at(&self.after)
    }

    /// Whether the figure, in a unit of this size, agrees with a number: the same, or rounded to it.
    pub(crate) fn fits(&self, bounds: Bounds, factor: f64) -> bool {
        let fits = |(number, step): (&f64, &f64)| {
            let (number, half) = (number * factor, step * factor * 0.5 * (1.0 + 1e-9));
            match self.comparator {
                Some(Comparator::MoreThan | Comparator::AtLeast) => bounds.high >= number - half,
                Some(Comparator::LessThan | Comparator::AtMost) => bounds.low <= number + half,
                Some(Comparator::About) => number + half >= bounds.low && number - half <= bounds.high,
                _ => {
                    let half = half.max(bounds.rounded);
                    number + half >= bounds.low && number - half <= bounds.high
                }
            }
        };
        self.numbers.iter().zip(&self.steps).any(fits)
    }

    /// Whether it is so near to a number that hardly anything else is meant: within this part of it.
    pub(crate) fn is_near(&self, bounds: Bounds, factor: f64, part: f64) -> bool {
        let near = |number: &f64| {
            let number = number * factor;
            number >= bounds.low * (1.0 - part) && number <= bounds.high * (1.0 + part)
        };
        self.numbers.iter().any(near)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_all(text: &str, lang: &str) -> Vec<(String, f64, Option<Comparator>)> {
        let written = all(text, lang);
        written.iter().map(|w| (text[w.range.clone()].to_owned(), w.numbers[0], w.comparator)).collect()
    }

    #[test]
    fn figures_are_found_with_their_scales_and_comparators() {
        let one = |text: &str, number, comparator| vec![(text.to_owned(), number, comparator)];
        assert_eq!(read_all("About 289 km to Kerch.", "en"), one("289", 289.0, Some(Comparator::About)));
        let said = Some(Comparator::MoreThan);
        assert_eq!(read_all("more than 1,000 containers", "en"), one("1,000", 1000.0, said));
        assert_eq!(read_all("lebih dari 1.000 kontainer", "id"), one("1.000", 1000.0, said));
        assert_eq!(
            read_all("sekitar 1,2 juta peluru", "id"),
            one("1,2 juta", 1.2e6, Some(Comparator::About))
        );
        assert_eq!(read_all("“289 km”, he said", "en"), []);
        assert_eq!(read_all("from 200-300 km, 7–8 September, KN-23, 10:30", "en"), []);
    }

    #[test]
    fn a_figure_fits_what_it_is_rounded_from() {
        let fits = |text: &str, low, high| {
            let bounds = Bounds { low, high, rounded: 0.0 };
            all(text, "en")[0].fits(bounds, 1.0)
        };
        assert!(fits("290 km", 289.4, 289.4) && fits("289 km", 289.4, 289.4));
        assert!(!fits("289 km", 290.0, 290.0) && !fits("291 km", 289.4, 289.4));
        assert!(fits("more than 250 km", 289.4, 289.4) && !fits("more than 300.5 km", 289.4, 289.4));
        assert!(fits("6,900 km", 6922.0, 6922.0) && !fits("6,800 km", 6922.0, 6922.0));
    }
}
