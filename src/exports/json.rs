//! `dossier.json`: the whole dossier without the Markdown texts, and its JSON Schema (2020-12).

use super::{Dossier, Export, beside};
use crate::base::json::{self, Open};
use crate::base::text::Text;
use crate::config::DataFormat;
use crate::kinds::{Fact, KindId, Quantity, Review, Value};
use crate::link::Entity;

/// The JSON export.
pub(crate) struct Json;

/// The schema of the file.
const SCHEMA: &str = include_str!("dossier.schema.json");
const SCHEMA_FILE: &str = "dossier.schema.json";

impl Export for Json {
    fn format(&self) -> DataFormat {
        DataFormat::Json
    }

    fn name(&self, number: usize) -> &'static str {
        if number == 0 { "json" } else { "schema" }
    }

    fn files(&self, _dossier: Dossier<'_>) -> Vec<(String, Option<KindId>)> {
        vec![("dossier.json".to_owned(), None), (beside(SCHEMA_FILE), None)]
    }

    fn text(&self, dossier: Dossier<'_>, number: usize) -> String {
        if number > 0 {
            return SCHEMA.to_owned();
        }
        let mut json = String::with_capacity(dossier.graph.entities.len() * 1024);
        let mut file = Open::object(&mut json);
        let config = dossier.config;
        file.text("$schema", &format!("{}{}", config.base_url, beside(SCHEMA_FILE)), &mut json);
        file.key("version", &mut json);
        json.push('1');
        file.key("title", &mut json);
        words(&config.title, &mut json);
        file.key("description", &mut json);
        words(&config.description, &mut json);
        file.text("url", &config.base_url, &mut json);
        file.key("languages", &mut json);
        strings(config.languages.iter().map(|lang| lang.as_str()), &mut json);
        if let Some(license) = &config.license {
            file.text("license", license, &mut json);
        }
        if let Some(day) = dossier.graph.as_of {
            file.text("asOf", &day.to_string(), &mut json);
        }
        file.key("entities", &mut json);
        let mut list = Open::array(&mut json);
        for (_, entity) in dossier.graph.iter() {
            list.item(&mut json);
            json.push('\n');
            write(dossier, entity, &mut json);
        }
        list.close(&mut json);
        file.close(&mut json);
        json.push('\n');
        json
    }
}

fn write(dossier: Dossier<'_>, entity: &Entity, json: &mut String) {
    let mut node = Open::object(json);
    node.text("id", entity.id.as_str(), json);
    node.text("kind", entity.kind.name(), json);
    let common = entity.common();
    if common.draft {
        node.key("draft", json);
        json.push_str("true");
    }
    node.key("editions", json);
    let mut list = Open::array(json);
    for edition in &entity.editions {
        list.item(json);
        let mut own = Open::object(json);
        own.text("language", edition.input.lang.as_str(), json);
        own.text("title", edition.title(), json);
        if let Some(summary) = edition.summary() {
            own.text("summary", summary, json);
        }
        let aliases = &edition.parsed.head.common.aliases;
        if !aliases.is_empty() {
            own.key("aliases", json);
            strings(aliases.iter().map(|alias| alias.as_str()), json);
        }
        own.text("page", &dossier.page(entity, &edition.input.lang), json);
        own.close(json);
    }
    list.close(json);
    let facts = entity.all_facts();
    if !facts.list.is_empty() {
        node.key("facts", json);
        self::facts(&facts.list, json);
    }
    node.close(json);
}

/// Facts by label. A label that occurs twice has all its values.
fn facts(list: &[Fact<'_>], json: &mut String) {
    let mut object = Open::object(json);
    for (at, fact) in list.iter().enumerate() {
        if list[..at].iter().any(|before| before.label == fact.label) {
            continue;
        }
        object.key(fact.label, json);
        let mut values = Open::array(json);
        for value in list.iter().filter(|other| other.label == fact.label).flat_map(|fact| &fact.values) {
            values.item(json);
            self::value(value, json);
        }
        values.close(json);
    }
    object.close(json);
}

fn value(value: &Value<'_>, json: &mut String) {
    let mut node = Open::object(json);
    match value {
        Value::Text(text) => {
            node.key("text", json);
            words(text, json);
        }
        Value::Name(name) => node.text("name", name, json),
        Value::Date(date) => node.text("date", &date.value.to_string(), json),
        Value::Term(vocabulary, word) => {
            node.text("term", word, json);
            node.text("vocabulary", vocabulary, json);
        }
        Value::Ref(reference, _) => node.text("entity", &reference.id, json),
        Value::Citation(citation) => {
            node.text("entity", &citation.source.id, json);
            if let Some(locator) = &citation.locator {
                node.text("locator", locator, json);
            }
        }
        Value::Url(url) => node.text("url", url.as_str(), json),
        Value::Point(point) => {
            number(&mut node, "latitude", point.lat, json);
            number(&mut node, "longitude", point.lon, json);
        }
        Value::Verdict(review) => verdict(&mut node, review, json),
        Value::Quantity(quantity) => self::quantity(&mut node, quantity, json),
        Value::Country(code) => node.text("country", code, json),
        Value::Language(tag) => node.text("language", tag, json),
        Value::Row(row) => {
            node.key("facts", json);
            facts(row, json);
        }
    }
    node.close(json);
}

fn verdict(node: &mut Open, review: &Review, json: &mut String) {
    if let Some(verdict) = &review.verdict {
        node.text("verdict", verdict, json);
    }
    if let Some(label) = &review.label {
        node.key("label", json);
        words(label, json);
    }
    let rating = review.rating.as_ref().map(|rating| **rating);
    for (key, value) in [("rating", rating), ("worst", review.worst), ("best", review.best)] {
        if let Some(value) = value {
            number(node, key, value, json);
        }
    }
}

fn quantity(node: &mut Open, quantity: &Quantity, json: &mut String) {
    let (from, to) = (quantity.value.from, quantity.value.to);
    match from == to {
        true => number(node, "value", from, json),
        false => {
            node.key("value", json);
            let mut range = Open::object(json);
            number(&mut range, "from", from, json);
            number(&mut range, "to", to, json);
            range.close(json);
        }
    }
    if let Some(comparator) = quantity.comparator {
        node.text("comparator", comparator.word(), json);
    }
    for (key, text) in [("wording", &quantity.wording), ("unit", &quantity.unit), ("of", &quantity.of)] {
        if let Some(text) = text {
            node.key(key, json);
            words(text, json);
        }
    }
    if !quantity.between.is_empty() {
        node.key("between", json);
        strings(quantity.between.iter().map(|place| place.id.as_str()), json);
    }
}

/// A number, left out if it is not finite, because JSON has no such numbers.
fn number(node: &mut Open, key: &str, number: f64, json: &mut String) {
    if number.is_finite() {
        node.key(key, json);
        json.push_str(&number.to_string());
    }
}

/// A text, or texts by language.
fn words(text: &Text, json: &mut String) {
    match text {
        Text::Same(words) => json::string(words, json),
        Text::By(by) => {
            let mut object = Open::object(json);
            for (lang, words) in by {
                object.text(lang.as_str(), words, json);
            }
            object.close(json);
        }
    }
}

fn strings<'s>(strings: impl Iterator<Item = &'s str>, json: &mut String) {
    let mut list = Open::array(json);
    for string in strings {
        list.item(json);
        json::string(string, json);
    }
    list.close(json);
}
