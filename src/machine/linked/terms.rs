//! The JSON-LD terms and values of an entity.

use super::Writer;
use crate::base::date::{Edtf, PartialDate};
use crate::base::json::{self, Open};
use crate::base::person;
use crate::kinds::{Fact, Review, Value};
use crate::vocabulary::{Shape, Term};

impl Writer<'_> {
    /// Writes a verdict as a rating, using only what the review states.
    pub(super) fn rating(&self, review: &Review) -> Option<String> {
        let scale = &self.reader.config.verdicts;
        let verdict = review.verdict.as_ref();
        let known = verdict.and_then(|word| scale.iter().find(|known| known.word == **word));
        let (label, value, worst, best) = match (known, verdict) {
            (Some(known), _) => {
                let ratings = || scale.iter().filter_map(|verdict| verdict.rating);
                let rating = known.rating?;
                let (worst, best) = (ratings().fold(rating, f64::min), ratings().fold(rating, f64::max));
                (self.reader.text(&known.label), Some(rating), Some(worst), Some(best))
            }
            (None, Some(_)) => return None,
            (None, None) => {
                let label = self.reader.text(review.label.as_ref()?);
                (label, review.rating.as_ref().map(|rating| **rating), review.worst, review.best)
            }
        };
        let mut json = String::from("{\"@type\":\"Rating\",\"alternateName\":");
        json::string(&label, &mut json);
        let ends = value.map(|_| [("worstRating", worst), ("bestRating", best)]).into_iter().flatten();
        for (property, number) in [("ratingValue", value)].into_iter().chain(ends) {
            if let Some(number) = number {
                json.push_str(&format!(",\"{property}\":{number}"));
            }
        }
        json.push('}');
        Some(json)
    }

    /// Writes a property with the values of all its facts, or nothing if no value can be expressed.
    pub(super) fn term(&mut self, term: &Term, facts: &[Fact<'_>], node: &mut Open) {
        let of = |label: &'static str| facts.iter().filter(move |fact| fact.label == label);
        let count: usize = term.labels().flat_map(of).map(|fact| fact.values.len()).sum();
        if count == 0 {
            return;
        }
        let before = (self.json.len(), *node);
        node.key(term.property, &mut self.json);
        let mut list = (count > 1).then(|| Open::array(&mut self.json));
        let mut any = false;
        let mut cited: Vec<&str> = Vec::new();
        for (label, value) in term.labels().flat_map(|label| {
            of(label).flat_map(move |fact| fact.values.iter().map(move |value| (label, value)))
        }) {
            let open = (self.json.len(), list);
            if let Some(list) = &mut list {
                list.item(&mut self.json);
            }
            let start = self.json.len();
            // A source that is cited with several locators is listed once.
            let is_new = match value {
                Value::Citation(citation) => !cited.contains(&citation.source.id.as_str()),
                _ => true,
            };
            if is_new {
                self.value(term, label, value);
            }
            if let Value::Citation(citation) = value {
                cited.push(&citation.source.id);
            }
            if self.json.len() > start {
                any = true;
            } else {
                self.json.truncate(open.0);
                list = open.1;
            }
        }
        match list {
            _ if !any => {
                self.json.truncate(before.0);
                *node = before.1;
            }
            Some(list) => list.close(&mut self.json),
            None => {}
        }
    }

    pub(super) fn value(&mut self, term: &Term, label: &'static str, value: &Value<'_>) {
        if let Shape::Node(types, terms) = &term.shape {
            let mut node = Open::object(&mut self.json);
            self.types(types, &mut node);
            match value {
                Value::Row(row) => terms.iter().for_each(|term| self.term(term, row, &mut node)),
                single => {
                    let row = [Fact { label, values: vec![single.clone()] }];
                    terms.iter().for_each(|term| self.term(term, &row, &mut node));
                }
            }
            node.close(&mut self.json);
            return;
        }
        let reader = self.reader;
        match value {
            Value::Text(text) => {
                let own = &reader.locale.lang;
                let (words, lang) = text.get(own, reader.graph.default_language());
                self.words(words, lang.filter(|lang| *lang != own).map(|lang| lang.as_str()));
            }
            Value::Name(name) => self.name(name),
            Value::Date(date) => {
                if let Some(text) = date_text(***date, &term.shape) {
                    json::string(&text, &mut self.json);
                }
            }
            Value::Term(vocabulary, word) => {
                let label = reader.locale.word(&format!("terms.{vocabulary}.{word}.label"));
                json::string(label.unwrap_or(word), &mut self.json);
            }
            Value::Ref(reference, _) => self.reference(&reference.id),
            Value::Citation(citation) => self.reference(&citation.source.id),
            Value::Url(url) => json::string(url.as_str(), &mut self.json),
            Value::Point(point) => self.json.push_str(&format!(
                "{{\"@type\":\"GeoCoordinates\",\"latitude\":{},\"longitude\":{}}}",
                point.lat, point.lon
            )),
            Value::Country(code) | Value::Language(code) => json::string(code, &mut self.json),
            Value::Verdict(_) | Value::Quantity(_) | Value::Row(_) => {}
        }
    }

    /// Writes an author's name. `Family, Given` is a person. A name without a comma may be either, and is
    /// written as an organization.
    pub(super) fn name(&mut self, name: &str) {
        let (kind, name) = match person::read(name) {
            Some(person) => ("Person", person.plain()),
            None => ("Organization", name.to_owned()),
        };
        let mut node = Open::object(&mut self.json);
        node.text("@type", kind, &mut self.json);
        node.text("name", &name, &mut self.json);
        node.close(&mut self.json);
    }
}

/// A date in ISO 8601. schema.org cannot express that a date is uncertain.
fn date_text(date: Edtf, shape: &Shape) -> Option<String> {
    match (date, shape) {
        (Edtf::Interval(_, end), Shape::End) => Some(end?.iso()),
        (Edtf::Date(_), Shape::End) => None,
        (Edtf::Interval(start, end), Shape::Span) => {
            let side = |date: Option<PartialDate>| date.map_or_else(|| "..".to_owned(), PartialDate::iso);
            Some(format!("{}/{}", side(start), side(end)))
        }
        (Edtf::Interval(start, _), _) => Some(start?.iso()),
        (Edtf::Date(date), _) => Some(date.iso()),
    }
}
