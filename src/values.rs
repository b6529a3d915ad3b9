//! What a text can print of what the program knows: a distance, a figure, a date, a status, a count of origins.
//!
//! A link names it after `#=`, as in `[290 km](../places/tikhoretsk.md#=distance:kerch)`. Pages show the value in
//! the form of their language instead of the link's words; rules compare the two.

use std::borrow::Cow;

use crate::base::date::Edtf;
use crate::base::id::Lang;
use crate::base::text::Text;
use crate::course::{Courses, position};
use crate::evidence::Evidence;
use crate::evidence::consistency;
use crate::geo::{Basemap, Detail, Line, LonLat, distance, geodesic};
use crate::kinds::words::{Comparator, Status};
use crate::kinds::{Claim, Event, Place, Quantity, Route};
use crate::link::{Entity, EntityIx, Graph, anchor};
use crate::locale::Locale;

/// What values are computed from.
#[derive(Copy, Clone)]
pub(crate) struct Known<'a> {
    pub graph: &'a Graph,
    pub evidence: &'a Evidence,
    pub courses: &'a Courses,
}

/// What the accounts of a divergence are called in `![[claim#=accounts]]`.
pub(crate) const ACCOUNTS: &str = "accounts";

/// Something that a text can print.
#[derive(Copy, Clone, Debug)]
pub(crate) enum Value<'a> {
    /// Kilometres.
    Distance(f64),
    /// The least and the most days between two dates.
    Days(f64, f64),
    Figure(&'a Quantity),
    Date(Edtf),
    Status(Status),
    /// A number of independent origins.
    Origins(usize),
}

/// Why there is no such value.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Missing {
    /// The entity has no value of this name.
    Name,
    /// What follows the colon names nothing that it can be.
    Argument,
    /// The entity lacks what it would be computed from.
    Nothing(&'static str),
}

impl<'a> Known<'a> {
    /// The value of an entity with a name such as `origins` or `distance:kerch`.
    pub(crate) fn value(self, ix: EntityIx, name: &str) -> Result<Value<'a>, Missing> {
        let entity = self.graph.entity(ix);
        let (name, argument) = match name.split_once(':') {
            Some((name, argument)) => (name, Some(argument)),
            None => (name, None),
        };
        if name == "date" {
            let date = entity.date().ok_or(Missing::Nothing("it has no date"));
            return no_argument(argument).and(date.map(|date| Value::Date(date.value)));
        }
        if let Some(claim) = entity.as_kind::<Claim>() {
            return self.of_claim(ix, claim, name, argument);
        }
        match (name, argument) {
            ("distance", Some(to)) if entity.as_kind::<Place>().is_some() => self.to_place(entity, to),
            ("distance", leg) => match entity.as_kind::<Route>() {
                Some(_) => self.along(ix, leg, |line| line.direct_km),
                None if entity.as_kind::<Place>().is_some() => Err(Missing::Argument),
                None => Err(Missing::Name),
            },
            ("path", leg) if entity.as_kind::<Route>().is_some() => self.along(ix, leg, |line| line.km),
            ("days", to) if entity.as_kind::<Event>().is_some() => {
                let other = to.and_then(|to| self.graph.by_id(to)).ok_or(Missing::Argument)?;
                let date =
                    |entity: &Entity| entity.date().map(|date| date.value).filter(|date| date.is_certain());
                let missing = Missing::Nothing("one of the two has no certain date");
                let days = date(entity).zip(date(self.graph.entity(other)));
                let days = days.and_then(|(from, to)| consistency::days(from, to));
                days.map(|(low, high)| Value::Days(low, high)).ok_or(missing)
            }
            _ => Err(Missing::Name),
        }
    }

    fn of_claim(
        self,
        ix: EntityIx,
        claim: &'a Claim,
        name: &str,
        argument: Option<&str>,
    ) -> Result<Value<'a>, Missing> {
        match name {
            "figure" => {
                let number = argument.map_or(Some(1), |number| number.parse::<usize>().ok());
                let number = number.and_then(|number| number.checked_sub(1)).ok_or(Missing::Argument)?;
                let missing = match claim.quantities.is_empty() {
                    true => Missing::Nothing("the claim has no `quantities`"),
                    false => Missing::Argument,
                };
                claim.quantities.get(number).map(Value::Figure).ok_or(missing)
            }
            "origins" => {
                let origins = self.evidence.origins(self.graph, ix).len();
                no_argument(argument).map(|()| Value::Origins(origins))
            }
            "status" => {
                let status = self.graph.entity(ix).status.map(Value::Status);
                no_argument(argument).and(status.ok_or(Missing::Nothing("it has no status")))
            }
            _ => Err(Missing::Name),
        }
    }

    /// The number of the divergence that a text shows by `![[claim#=accounts]]`, or by `![[claim#=accounts:2]]` the
    /// second of those that the claim is part of.
    pub(crate) fn drawn(self, ix: EntityIx, name: &str) -> Result<usize, Missing> {
        let (name, argument) = match name.split_once(':') {
            Some((name, argument)) => (name, Some(argument)),
            None => (name, None),
        };
        if name != ACCOUNTS || self.graph.entity(ix).as_kind::<Claim>().is_none() {
            return Err(Missing::Name);
        }
        let all = self.evidence.divergences_of(ix);
        if all.is_empty() {
            return Err(Missing::Nothing("no other account differs from it"));
        }
        let number = argument.map_or(Some(1), |number| number.parse::<usize>().ok());
        let number = number.and_then(|number| number.checked_sub(1));
        number.and_then(|number| all.get(number)).copied().ok_or(Missing::Argument)
    }

    /// The length of the shortest line to another place, or to the nearest point of a country.
    fn to_place(self, entity: &Entity, to: &str) -> Result<Value<'a>, Missing> {
        let other = self.graph.by_id(to).map(|other| self.graph.entity(other));
        other.and_then(|other| other.as_kind::<Place>()).ok_or(Missing::Argument)?;
        let km = kilometres_between(self.graph, entity.id.as_str(), to);
        km.map(Value::Distance).ok_or(Missing::Nothing("one of the two places has no coordinates"))
    }

    /// The length of a leg, or of all of them.
    fn along(
        self,
        ix: EntityIx,
        leg: Option<&str>,
        length: impl Fn(&Line) -> f64,
    ) -> Result<Value<'a>, Missing> {
        let lines = self.courses.lines(self.graph, ix);
        let missing = Missing::Nothing("a place of the route has no coordinates");
        let km = match leg {
            None if lines.is_empty() => None,
            None => lines.iter().map(|line| line.as_deref().map(&length)).sum::<Option<f64>>(),
            Some(leg) => {
                let number = leg.parse::<usize>().ok().and_then(|number| number.checked_sub(1));
                let line = number.and_then(|number| lines.get(number)).ok_or(Missing::Argument)?;
                line.as_deref().map(length)
            }
        };
        km.map(Value::Distance).ok_or(missing)
    }

    /// The names of what can be printed of an entity, without those of which there are as many as places or events.
    pub(crate) fn names(self, ix: EntityIx) -> Vec<String> {
        let entity = self.graph.entity(ix);
        let mut names: Vec<String> = entity.date().map(|_| "date".to_owned()).into_iter().collect();
        if let Some(claim) = entity.as_kind::<Claim>() {
            names.extend(["status", "origins"].map(str::to_owned));
            match claim.quantities.len() {
                0 => {}
                1 => names.push("figure".into()),
                several => names.extend((1..=several).map(|number| format!("figure:{number}"))),
            }
        }
        if let Some(route) = entity.as_kind::<Route>() {
            for name in ["distance", "path"] {
                names.push(name.into());
                names.extend((1..=route.legs.len()).map(|leg| format!("{name}:{leg}")));
            }
        }
        if entity.as_kind::<Place>().is_some() {
            names.push("distance:".into());
        }
        if entity.as_kind::<Event>().is_some() {
            names.push("days:".into());
        }
        names
    }
}

fn no_argument(argument: Option<&str>) -> Result<(), Missing> {
    argument.map_or(Ok(()), |_| Err(Missing::Argument))
}

/// The length of the shortest line between two places, in kilometres. For a country without coordinates, the nearest
/// point of its outline counts.
pub(crate) fn kilometres_between(graph: &Graph, from: &str, to: &str) -> Option<f64> {
    match (position(graph, from), position(graph, to)) {
        (Some(a), Some(b)) => Some(distance(a, b)),
        (Some(a), None) => nearest_border(graph, a, to).map(|(_, km, _)| km),
        (None, Some(b)) => nearest_border(graph, b, from).map(|(_, km, _)| km),
        (None, None) => None,
    }
}

/// The point of a country's outline that is nearest to `point`, its distance in kilometres, and the country's code.
pub(crate) fn nearest_border<'a>(
    graph: &'a Graph,
    point: LonLat,
    country: &str,
) -> Option<(LonLat, f64, &'a str)> {
    let place = graph.entity(graph.by_id(country)?).as_kind::<Place>()?;
    let code = place.country.as_ref()?.code();
    let (near, km) = geodesic::nearest(point, Basemap::of(Detail::Fine).outline(code))?;
    Some((near, km, code))
}

/// A number of two digits and zeros: a place is a point here and wide in truth, so more digits of a distance in a text
/// would say more than is known.
pub(crate) fn two_digits(number: f64) -> f64 {
    if number < 10.0 {
        return (number * 10.0).round() / 10.0;
    }
    let mut unit = 1.0;
    while number / unit >= 100.0 {
        unit *= 10.0;
    }
    (number / unit).round() * unit
}

impl Value<'_> {
    /// The value in the form of a language. `default` is the dossier's own language.
    pub(crate) fn words(self, locale: &Locale, default: &Lang) -> String {
        match self {
            Value::Distance(km) => locale.fill("map.km", &[("n", &locale.number(two_digits(km)))]),
            Value::Days(low, high) if low == high => locale.counted("values.days", high as u64),
            Value::Days(low, high) => {
                let (from, to) = (locale.number(low), locale.number(high));
                let range = locale.fill("quantity.range", &[("from", &from), ("to", &to)]);
                locale.counted("values.days", high as u64).replace(&to, &range)
            }
            Value::Figure(quantity) => figure(quantity, locale, default),
            Value::Date(date) => locale.date(date),
            Value::Status(status) => {
                let label = locale.word(&format!("terms.status.{}.label", status.word()));
                let label = label.unwrap_or(status.word());
                let mut letters = label.chars();
                letters.next().map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect())
            }
            Value::Origins(count) => locale.origins(count),
        }
    }
}

/// `more than 1,000 containers`, or in the speaker's words, `hundreds of containers`.
pub(crate) fn figure(quantity: &Quantity, locale: &Locale, default: &Lang) -> String {
    use Comparator::{About, AtLeast, AtMost, Exactly, LessThan, MoreThan};
    let comparator = quantity.comparator.filter(|_| quantity.wording.is_none());
    let (from, to) = match (quantity.value.from, quantity.value.to, comparator) {
        // Of a range, such a comparator means one end.
        (from, _, Some(AtLeast | MoreThan)) => (from, from),
        (_, to, Some(AtMost | LessThan)) => (to, to),
        (from, to, None | Some(Exactly | About)) => (from, to),
    };
    let mut figure = match &quantity.wording {
        Some(said) => written(said, locale, default).to_owned(),
        None if from == to => locale.number(from),
        None => {
            let (from, to) = (locale.number(from), locale.number(to));
            locale.fill("quantity.range", &[("from", &from), ("to", &to)])
        }
    };
    if let Some(unit) = &quantity.unit {
        let unit = written(unit, locale, default);
        figure = locale.fill("quantity.unit", &[("number", &figure), ("unit", unit)]);
    }
    match comparator {
        None | Some(Exactly) => figure,
        Some(comparator) => locale.fill(&format!("quantity.{}", comparator.word()), &[("figure", &figure)]),
    }
}

fn written<'t>(text: &'t Text, locale: &'t Locale, default: &'t Lang) -> &'t str {
    text.get(&locale.lang, default).0
}

/// A value as it stands where its author wrote `words`: with its number in letters if they have it so, and at the
/// beginning of a sentence with a capital.
pub(crate) fn in_place_of(words: &str, value: String, locale: &Locale) -> String {
    if !words.contains(char::is_numeric) && in_digits(words, locale) == in_digits(&value, locale) {
        return words.trim().to_owned();
    }
    let mut letters = value.chars();
    match (words.trim_start().chars().next(), letters.next()) {
        (Some(written), Some(first)) if written.is_uppercase() && first.is_lowercase() => {
            first.to_uppercase().chain(letters).collect()
        }
        _ => value,
    }
}

/// A text with the numbers that it has in letters, in the form in which texts are compared: `four days` is `4 days`.
fn in_digits(text: &str, locale: &Locale) -> String {
    let letters = locale.word("values.numbers").unwrap_or_default();
    let digit = |word: &str| {
        let word = word.to_lowercase();
        letters.split(' ').position(|letters| letters == word).map(|before| (before + 1).to_string())
    };
    let words = text.split_whitespace().map(|word| digit(word).map_or(Cow::Borrowed(word), Cow::Owned));
    anchor::in_digits(&words.collect::<Vec<_>>().join(" "), locale.lang.as_str())
}

/// Whether an author's words are a value, but for the width of their spaces.
pub(crate) fn is_same(words: &str, value: &str) -> bool {
    words.split_whitespace().eq(value.split_whitespace())
}
