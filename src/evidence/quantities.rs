//! The meaning of a figure: its range, its unit, and whether two figures can both be true.

use crate::base::text::Text;
use crate::kinds::Quantity;
use crate::kinds::words::Comparator;

/// The tolerance of "about" in each direction: ten per cent of the figure.
const ABOUT: f64 = 0.1;

/// The numbers that a figure may mean.
#[derive(Copy, Clone, Debug, PartialEq)]
pub(crate) struct Range {
    /// The lower bound.
    pub low: f64,
    /// The upper bound.
    pub high: f64,
    /// Whether the lower bound is excluded: "more than".
    pub above: bool,
    /// Whether the upper bound is excluded: "less than".
    pub below: bool,
}

impl Range {
    /// The range of a figure, in the base unit of its measure if it has one.
    pub(crate) fn of(quantity: &Quantity) -> Range {
        let factor = unit(quantity).map_or(1.0, |(_, factor)| factor);
        let (from, to) = (quantity.value.from * factor, quantity.value.to * factor);
        let closed = |low, high| Range { low, high, above: false, below: false };
        match quantity.comparator {
            None | Some(Comparator::Exactly) => closed(from, to),
            Some(Comparator::About) => closed(from - from.abs() * ABOUT, to + to.abs() * ABOUT),
            Some(Comparator::AtLeast) => closed(from, f64::INFINITY),
            Some(Comparator::MoreThan) => Range { above: true, ..closed(from, f64::INFINITY) },
            Some(Comparator::AtMost) => closed(f64::NEG_INFINITY, to),
            Some(Comparator::LessThan) => Range { below: true, ..closed(f64::NEG_INFINITY, to) },
        }
    }

    /// Whether some number is in both ranges.
    pub(crate) fn meets(self, other: Range) -> bool {
        let fits = |a: Range, b: Range| match a.high.partial_cmp(&b.low) {
            Some(std::cmp::Ordering::Greater) => true,
            Some(std::cmp::Ordering::Equal) => !a.below && !b.above,
            _ => false,
        };
        fits(self, other) && fits(other, self)
    }
}

/// A physical quantity with convertible units.
#[derive(Copy, Clone, Debug, Eq, PartialEq, Ord, PartialOrd)]
pub(crate) enum Measure {
    /// In metres.
    Length,
    /// In kilograms.
    Mass,
    /// In days.
    Time,
}

/// The convertible units, as written in English and Indonesian, with their measure and their size in its base
/// unit.
const UNITS: [(Measure, f64, &[&str]); 15] = [
    (Measure::Length, 1000.0, &["km", "kilometre", "kilometres", "kilometer", "kilometers", "kilo meter"]),
    (Measure::Length, 1.0, &["m", "metre", "metres", "meter", "meters"]),
    (Measure::Length, 0.01, &["cm", "centimetre", "centimetres", "centimeter", "centimeters", "sentimeter"]),
    (Measure::Length, 1609.344, &["mi", "mile", "miles", "mil"]),
    (Measure::Length, 1852.0, &["nmi", "nautical mile", "nautical miles", "mil laut"]),
    (Measure::Length, 0.3048, &["ft", "foot", "feet", "kaki"]),
    (Measure::Mass, 1.0, &["kg", "kilogram", "kilograms", "kilogramme", "kilogrammes"]),
    (Measure::Mass, 0.001, &["g", "gram", "grams", "gramme", "grammes"]),
    (Measure::Mass, 1000.0, &["t", "ton", "tons", "tonne", "tonnes", "metric ton", "metric tons"]),
    (Measure::Mass, 0.453_592_37, &["lb", "lbs", "pound", "pounds", "pon"]),
    (Measure::Time, 1.0 / 24.0, &["h", "hour", "hours", "jam"]),
    (Measure::Time, 1.0, &["d", "day", "days", "hari"]),
    (Measure::Time, 7.0, &["week", "weeks", "minggu", "pekan"]),
    (Measure::Time, 30.436_875, &["month", "months", "bulan"]),
    (Measure::Time, 365.2425, &["year", "years", "tahun"]),
];

/// The measure of a figure's unit, and the unit's size in the base unit; `None` for things that are counted.
pub(crate) fn unit(quantity: &Quantity) -> Option<(Measure, f64)> {
    let known = |word: &str| {
        let word = word.trim().trim_end_matches('.').to_lowercase();
        let found = UNITS.iter().find(|(_, _, words)| words.contains(&word.as_str()));
        found.map(|(measure, factor, _)| (*measure, *factor))
    };
    match quantity.unit.as_ref()? {
        Text::Same(word) => known(word),
        Text::By(words) => words.values().find_map(|word| known(word)),
    }
}

/// The measure and the size of the unit that a text in lower case begins with.
pub(crate) fn unit_at(text: &str) -> Option<(Measure, f64)> {
    let is_apart = |rest: &str| !rest.starts_with(|c: char| c.is_alphanumeric());
    let units = UNITS
        .iter()
        .flat_map(|(measure, factor, words)| words.iter().map(move |word| (word, measure, factor)));
    let found = units.filter(|(word, ..)| text.strip_prefix(**word).is_some_and(is_apart));
    let (_, measure, factor) = found.max_by_key(|(word, ..)| word.len())?;
    Some((*measure, *factor))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn figure(value: f64, comparator: Option<Comparator>, unit: &str) -> Range {
        let unit = (!unit.is_empty()).then(|| Text::Same(unit.into()));
        Range::of(&Quantity {
            value: value.into(),
            comparator,
            wording: None,
            unit,
            of: None,
            between: Vec::new(),
        })
    }

    #[test]
    fn figures_that_can_both_be_true_meet() {
        let exact = |value| figure(value, None, "");
        let with = |value, comparator| figure(value, Some(comparator), "");
        assert!(exact(10.0).meets(with(10.0, Comparator::AtLeast)));
        assert!(!exact(10.0).meets(with(10.0, Comparator::MoreThan)));
        assert!(!with(10.0, Comparator::LessThan).meets(with(10.0, Comparator::AtLeast)));
        assert!(with(10.0, Comparator::MoreThan).meets(with(12.0, Comparator::About)));
        assert!(with(12.0, Comparator::About).meets(with(10.0, Comparator::About)));
        assert!(!with(290.0, Comparator::About).meets(with(200.0, Comparator::About)));
        assert!(!exact(40.0).meets(exact(30.0)));
    }

    #[test]
    fn ranges_meet_what_lies_in_them() {
        let hundreds = |comparator, unit: &str| {
            let unit = (!unit.is_empty()).then(|| Text::Same(unit.into()));
            let mut quantity = Quantity {
                value: 200.0.into(),
                comparator,
                wording: None,
                unit,
                of: None,
                between: Vec::new(),
            };
            quantity.value.to = 999.0;
            Range::of(&quantity)
        };
        let exact = |value: f64| figure(value, None, "");
        assert!(hundreds(None, "").meets(exact(200.0)) && hundreds(None, "").meets(exact(999.0)));
        assert!(!hundreds(None, "").meets(exact(1000.0)) && !hundreds(None, "").meets(exact(199.0)));
        assert!(hundreds(Some(Comparator::About), "").meets(exact(1098.0)));
        assert!(hundreds(Some(Comparator::AtLeast), "").meets(exact(5000.0)));
        assert!(!hundreds(Some(Comparator::LessThan), "").meets(exact(999.0)));
        assert!(hundreds(None, "km").meets(figure(500_000.0, None, "m")));
    }

    #[test]
    fn units_are_converted() {
        let mile = figure(1.0, None, "mile");
        assert!(mile.meets(figure(1.609344, None, "km")) && !mile.meets(figure(1.0, None, "km")));
        assert!(figure(2.0, Some(Comparator::About), "bulan").meets(figure(60.0, None, "days")));
    }
}
