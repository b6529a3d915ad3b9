//! The front matter of a kind as a JSON Schema (2020-12), for editors that complete and check YAML.
//!
//! The keys and their shapes stand in a table of their own, because serde cannot be asked for more than names. The
//! tests hold the table to the decoder: the same keys, and the same verdict on every sample.

mod table;

use serde_json::{Map, Value, json};

use crate::kinds::KindId;
use table::{CITATION, COMMON, Key, Shape, own};

/// The schema of the front matter of a kind's originals.
pub fn of(kind: KindId) -> Value {
    let keys = COMMON.iter().chain(own(kind));
    let mut required = vec!["title"];
    required.extend(kind.needs_date().then_some("date"));
    let mut schema = record(keys, &required);
    schema["$schema"] = "https://json-schema.org/draft/2020-12/schema".into();
    schema["title"] = format!("dossier: {}", kind.name()).into();
    schema["description"] = kind.spec().about.into();
    schema
}

fn record<'a>(keys: impl Iterator<Item = &'a Key>, required: &[&str]) -> Value {
    let mut properties = Map::new();
    for Key(name, shape, about) in keys {
        let mut property = schema(*shape);
        if !required.contains(name) && !must_not_be_empty(name) {
            property = or_nothing(property);
        }
        property["description"] = (*about).into();
        properties.insert((*name).to_owned(), property);
    }
    json!({ "type": "object", "properties": properties, "required": required, "additionalProperties": false })
}

/// A shape, or an empty value.
fn or_nothing(mut schema: Value) -> Value {
    let nothing = json!({ "type": "null" });
    match schema.get_mut("anyOf").and_then(Value::as_array_mut) {
        Some(choices) => {
            choices.push(nothing);
            schema
        }
        None => json!({ "anyOf": [schema, nothing] }),
    }
}

/// Keys that may be left out, but not left empty: they have a default that is a value.
fn must_not_be_empty(key: &str) -> bool {
    matches!(key, "draft" | "certainty")
}

fn schema(shape: Shape) -> Value {
    const LANGUAGE: &str = "^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$";
    // Whatever is written is read as text where text is meant: `title: 2023` is a title.
    let words = json!({ "type": ["string", "number", "boolean"] });
    match shape {
        Shape::Words => words,
        Shape::Text => json!({ "anyOf": [words, {
            "type": "object", "minProperties": 1,
            "propertyNames": { "pattern": LANGUAGE }, "additionalProperties": words,
        }]}),
        Shape::Date => {
            let side = "-?([0-9]{4}|[0-9]{3}X|[0-9]{2}XX|[0-9]{4}-(XX(-XX)?|2[1-4]|(0[1-9]|1[0-2])(-(XX|0[1-9]|[12][0-9]|3[01]))?))[~?%]?";
            let pattern = format!(r"^({side}|({side}|\.\.)/({side}|\.\.)?|/{side})$");
            json!({ "anyOf": [{ "type": "string", "pattern": pattern }, { "type": "integer", "minimum": 1000, "maximum": 9999 }] })
        }
        Shape::Flag => json!({ "type": "boolean" }),
        Shape::Whole => json!({ "type": ["integer", "string"], "pattern": "^[+-]?[0-9]+$" }),
        Shape::Number => json!({ "type": ["number", "string"], "pattern": "^[+-]?[0-9]+([.][0-9]+)?$" }),
        Shape::Ref => json!({ "type": ["string", "number", "boolean"], "minLength": 1 }),
        Shape::FormerId => json!({ "type": ["string", "number", "boolean"], "pattern": r"^[^./\\][^/\\]*$" }),
        Shape::Cite => json!({ "anyOf": [schema(Shape::Ref), schema(Shape::Record(CITATION, 1))] }),
        Shape::OneOf(words) => {
            // YAML reads `1` as a number.
            let numbers = words.iter().filter_map(|word| word.parse::<u32>().ok()).map(Value::from);
            json!({ "enum": words.iter().map(|word| Value::from(*word)).chain(numbers).collect::<Vec<Value>>() })
        }
        Shape::Country => json!({ "type": "string", "pattern": "^[A-Za-z]{2}$" }),
        Shape::Language => json!({ "type": "string", "pattern": LANGUAGE }),
        Shape::Url => {
            json!({ "type": "string", "format": "uri", "pattern": "^[Hh][Tt][Tt][Pp][Ss]?://[^\\s<>\"]*$" })
        }
        Shape::Point => json!({ "type": "array", "minItems": 2, "maxItems": 2, "prefixItems": [
            { "type": "number", "minimum": -90, "maximum": 90 },
            { "type": "number", "minimum": -180, "maximum": 180 },
        ]}),
        Shape::Path => json!({ "anyOf": [words, { "type": "array", "items": schema(Shape::Point) }] }),
        Shape::List(item) => json!({ "anyOf": [schema(*item), { "type": "array", "items": schema(*item) }] }),
        Shape::Record(keys, required) => {
            let names: Vec<&str> = keys[..required].iter().map(|Key(name, ..)| *name).collect();
            record(keys.iter(), &names)
        }
    }
}

#[cfg(test)]
mod tests {
    //! Hold the schema to the decoder.

    use std::cell::RefCell;
    use std::collections::BTreeMap;

    use super::*;
    use crate::base::diagnostic::Diagnostic;
    use crate::base::hash::Fingerprint;
    use crate::base::id::{EntityId, Lang};
    use crate::data::de::fields_of;
    use crate::kinds::Common;
    use crate::kinds::words::{
        ActorType, Basis, Credibility, Likelihood, Motivation, Reliability, SourceType, Status,
    };
    use crate::load::Input;
    use crate::parse::head;

    /// Whether the decoder takes `front`, a JSON object, which is YAML too.
    fn decoder_takes(kind: KindId, front: &Value) -> Result<(), Vec<Diagnostic>> {
        let text = format!("---\n{front}\n---\n");
        let input = Input {
            path: format!("content/{}/x.md", kind.spec().folder).into(),
            kind,
            id: EntityId::new("x"),
            lang: Lang::parse("en").unwrap(),
            hash: Fingerprint::of(text.as_bytes()),
        };
        let mut found = Vec::new();
        head::parse(&input, &text, true, &mut found);
        if found.is_empty() { Ok(()) } else { Err(found) }
    }

    /// The part of JSON Schema that the schemas use.
    fn schema_takes(schema: &Value, value: &Value) -> bool {
        let Some(schema) = schema.as_object() else { return schema != &json!(false) };
        schema.iter().all(|(keyword, rule)| match keyword.as_str() {
            "anyOf" => rule.as_array().unwrap().iter().any(|schema| schema_takes(schema, value)),
            "type" => match rule {
                Value::String(word) => is_of_type(word, value),
                words => {
                    words.as_array().unwrap().iter().any(|word| is_of_type(word.as_str().unwrap(), value))
                }
            },
            "enum" => rule.as_array().unwrap().contains(value),
            "pattern" => value.as_str().is_none_or(|text| matches(rule.as_str().unwrap(), text)),
            "minLength" => {
                value.as_str().is_none_or(|text| text.chars().count() as u64 >= rule.as_u64().unwrap())
            }
            "minimum" => value.as_f64().is_none_or(|number| number >= rule.as_f64().unwrap()),
            "maximum" => value.as_f64().is_none_or(|number| number <= rule.as_f64().unwrap()),
            "minItems" => value.as_array().is_none_or(|items| items.len() as u64 >= rule.as_u64().unwrap()),
            "maxItems" => value.as_array().is_none_or(|items| items.len() as u64 <= rule.as_u64().unwrap()),
            "minProperties" => value.as_object().is_none_or(|map| map.len() as u64 >= rule.as_u64().unwrap()),
            "items" => value.as_array().is_none_or(|items| items.iter().all(|item| schema_takes(rule, item))),
            "prefixItems" => value.as_array().is_none_or(|items| {
                rule.as_array().unwrap().iter().zip(items).all(|(schema, item)| schema_takes(schema, item))
            }),
            "required" => value.as_object().is_none_or(|map| {
                rule.as_array().unwrap().iter().all(|key| map.contains_key(key.as_str().unwrap()))
            }),
            "properties" => value.as_object().is_none_or(|map| {
                map.iter().all(|(key, value)| rule.get(key).is_none_or(|schema| schema_takes(schema, value)))
            }),
            "propertyNames" => {
                value.as_object().is_none_or(|map| map.keys().all(|key| schema_takes(rule, &json!(key))))
            }
            "additionalProperties" => value.as_object().is_none_or(|map| {
                let known = schema.get("properties").and_then(Value::as_object);
                let more = map.iter().filter(|(key, _)| known.is_none_or(|known| !known.contains_key(*key)));
                more.clone().count() == 0 || more.clone().all(|(_, value)| schema_takes(rule, value))
            }),
            "$schema" | "title" | "description" | "format" => true,
            other => panic!("the schema uses `{other}`, which this test does not know"),
        })
    }

    fn matches(pattern: &str, text: &str) -> bool {
        thread_local! {
            static COMPILED: RefCell<BTreeMap<String, fancy_regex::Regex>> = RefCell::default();
        }
        COMPILED.with_borrow_mut(|compiled| {
            let regex = compiled.entry(pattern.to_owned());
            regex.or_insert_with(|| fancy_regex::Regex::new(pattern).unwrap()).is_match(text).unwrap()
        })
    }

    fn is_of_type(word: &str, value: &Value) -> bool {
        match word {
            "string" => value.is_string(),
            "integer" => value.is_i64(),
            "number" => value.is_number(),
            "boolean" => value.is_boolean(),
            "null" => value.is_null(),
            "array" => value.is_array(),
            "object" => value.is_object(),
            other => panic!("no type is called `{other}`"),
        }
    }

    /// Values of every shape, right for some keys and wrong for others.
    fn samples() -> Vec<Value> {
        let mut samples = vec![
            json!(null),
            json!(true),
            json!(2023),
            json!(7),
            json!(0.5),
            json!("words of all kinds"),
            json!("nis"),
            json!("2023-09-01/2023-10-01"),
            json!("2023-09~"),
            json!("199X"),
            json!("../2023"),
            json!("2023-1-1"),
            json!("KP"),
            json!("id"),
            json!("pt-BR"),
            json!("https://example.org/"),
            json!([]),
            json!(["nis", "dprk"]),
            json!([1, 2]),
            json!([[1, 2], [3.5, 4]]),
            json!([42.25, 130.29]),
            json!([99, 0]),
            json!(["2023"]),
            json!({}),
            json!({"id": "kata", "en": "word"}),
            json!({"zzz": 1}),
            json!({"source": "nis"}),
            json!({"source": "nis", "locator": "p. 4"}),
            json!({"locator": "p. 4"}),
            json!({"source": "article", "exact": "words", "prefix": null}),
            json!({"source": "article"}),
            json!({"src": "a.png", "alt": "A"}),
            json!({"alt": null}),
            json!({"date": "2023", "text": {"id": "salah"}}),
            json!({"date": "2023"}),
            json!({"value": 1000, "comparator": "more-than", "unit": {"en": "containers"}, "between": ["a", "b"]}),
            json!({"value": "many"}),
            json!({"date": "2023-10", "status": "reported", "why": null}),
            json!({"rating": 1, "label": "False", "worst": 1, "best": 5, "by": "nis", "date": null, "url": "https://x.org"}),
            json!({"rating": 1}),
            json!({"actor": "dprk", "role": "leader", "from": "2011", "to": null}),
            json!({"role": "x"}),
            json!({"from": "a", "to": "b", "mode": "sea"}),
            json!({"from": "a", "to": "b"}),
            json!({"from": "a", "to": "b", "mode": "rail", "certainty": "inferred", "path": [[1, 2]], "claims": [],
                "carrier": "Angara", "cargo": null, "departed": "2023-09", "arrived": "2023-10"}),
            json!({"from": "a", "to": "b", "mode": "rail", "certainty": null}),
            json!({"from": "a", "to": "b", "mode": "wings"}),
            json!({"from": "a", "to": "b", "mode": "sea", "path": "x.gpx"}),
        ];
        let lists = [
            Status::WORDS,
            Credibility::WORDS,
            Likelihood::WORDS,
            Basis::WORDS,
            ActorType::WORDS,
            SourceType::WORDS,
            Reliability::WORDS,
            Motivation::WORDS,
        ];
        samples.extend(lists.iter().flat_map(|words| [json!(words[0]), json!(words[words.len() - 1])]));
        let records: Vec<Value> =
            samples.iter().filter(|sample| sample.is_object()).map(|sample| json!([sample])).collect();
        samples.extend(records);
        samples
    }

    #[test]
    fn the_schema_and_the_decoder_know_the_same_keys() {
        for &kind in KindId::ALL {
            let mut table: Vec<&str> = COMMON.iter().chain(own(kind)).map(|Key(name, ..)| *name).collect();
            let mut decoder: Vec<&str> = fields_of::<Common>().iter().chain(kind.keys()).copied().collect();
            table.sort();
            decoder.sort();
            assert_eq!(table, decoder, "{}", kind.name());
        }
    }

    #[test]
    fn records_have_the_keys_that_the_decoder_lists() {
        for &kind in KindId::ALL {
            for Key(name, shape, _) in COMMON.iter().chain(own(kind)) {
                let (Shape::Record(keys, _) | Shape::List(Shape::Record(keys, _))) = shape else { continue };
                let front = json!({ "title": "T", "date": "2023", *name: { "zzzzzzzz": 1 } });
                let found = decoder_takes(kind, &front).unwrap_err();
                let help = &found.iter().find(|d| d.code == "unknown-key").unwrap().help[0];
                let listed: Vec<&str> = help.split('`').skip(1).step_by(2).collect();
                let known: Vec<&str> = keys.iter().map(|Key(name, ..)| *name).collect();
                assert_eq!(listed, known, "{} {name}", kind.name());
            }
        }
    }

    #[test]
    fn the_schema_and_the_decoder_give_the_same_verdict() {
        let samples = samples();
        for &kind in KindId::ALL {
            let schema = of(kind);
            for Key(name, ..) in COMMON.iter().chain(own(kind)).filter(|Key(name, ..)| *name != "title") {
                for sample in &samples {
                    let mut front = json!({ "title": "T", "date": "2023" });
                    front[*name] = sample.clone();
                    let decoder = decoder_takes(kind, &front);
                    let takes = schema_takes(&schema, &front);
                    assert_eq!(takes, decoder.is_ok(), "{} {front}\n{decoder:?}", kind.name());
                }
            }
            assert!(!schema_takes(&schema, &json!({ "title": "T", "date": "2023", "zzz": 1 })));
            assert!(!schema_takes(&schema, &json!({ "date": "2023" })));
        }
        assert!(!schema_takes(&of(KindId::Event), &json!({ "title": "T" })));
    }
}
