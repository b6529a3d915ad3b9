//! The front matter of a kind as a JSON Schema (2020-12), for editors that complete and check YAML.
//!
//! It is made of the keys as the kinds declare them ([`crate::kinds::keys`]).

use serde_json::{Map, Value, json};

use crate::kinds::keys::{Key, Presence, Shape};
use crate::kinds::{KindId, Role};

/// The schema of the front matter of a kind's originals. References say in `x-kinds` which kinds they may
/// lead to.
pub(crate) fn of(kind: KindId) -> Value {
    let mut schema = record(kind.keys(), |key| kind.requires(key));
    schema["$schema"] = "https://json-schema.org/draft/2020-12/schema".into();
    schema["title"] = format!("dossier: {}", kind.name()).into();
    schema["description"] = kind.spec().about.into();
    schema
}

fn record(keys: impl Iterator<Item = &'static Key>, is_required: impl Fn(&Key) -> bool) -> Value {
    let mut properties = Map::new();
    let mut required = Vec::new();
    for key in keys {
        let mut property = schema(key.shape, key.role);
        match is_required(key) {
            true => required.push(key.name),
            // An embargo without a day is an error, because a day was meant.
            false if key.presence == Presence::Optional && key.name != "embargo" => {
                property = or_nothing(property)
            }
            false => {}
        }
        property["description"] = description(key).into();
        properties.insert(key.name.to_owned(), property);
    }
    json!({ "type": "object", "properties": properties, "required": required, "additionalProperties": false })
}

/// What a key says, for a reader who has no guide at hand: without links, and with the kinds that it leads
/// to.
fn description(key: &Key) -> String {
    let mut about = key.plain();
    if let Some([first, more @ ..]) = key.role.map(Role::leads_to) {
        about.push_str(&format!(" Refers to {}", first.spec().folder));
        more.iter().for_each(|kind| about.push_str(&format!(" or {}", kind.spec().folder)));
        about.push('.');
    }
    about
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

fn schema(shape: Shape, role: Option<Role>) -> Value {
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
            let time = "T([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9])?(Z|[+-][0-9]{2}(:?[0-9]{2})?)?";
            let side = format!("({side}|-?[0-9]{{4}}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01]){time})");
            let pattern = format!(r"^({side}|({side}|\.\.)/({side}|\.\.)?|/{side})$");
            json!({ "anyOf": [{ "type": "string", "pattern": pattern }, { "type": "integer", "minimum": 1000, "maximum": 9999 }] })
        }
        Shape::Flag => json!({ "type": "boolean" }),
        Shape::Whole => json!({ "type": ["integer", "string"], "pattern": "^[+-]?[0-9]+$" }),
        Shape::Number => json!({ "type": ["number", "string"], "pattern": "^[+-]?[0-9]+([.][0-9]+)?$" }),
        Shape::Ref => {
            let mut schema = json!({ "type": ["string", "number", "boolean"], "minLength": 1 });
            if let Some(kinds @ [_, ..]) = role.map(Role::leads_to) {
                schema["x-kinds"] = kinds.iter().map(|kind| kind.name()).collect();
            }
            schema
        }
        Shape::FormerId => json!({ "type": ["string", "number", "boolean"], "pattern": r"^[^./\\][^/\\]*$" }),
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
        Shape::Path => json!({ "anyOf": [words, { "type": "array", "items": schema(Shape::Point, None) }] }),
        Shape::List(item) => {
            let item = schema(*item, role);
            json!({ "anyOf": [item, { "type": "array", "items": item }] })
        }
        Shape::Record(keys) => record(keys.iter(), |key| key.presence == Presence::Required),
        Shape::Either(one, other) => json!({ "anyOf": [schema(*one, role), schema(*other, role)] }),
    }
}

#[cfg(test)]
mod tests {
    //! Hold the schema to the decoder.

    use std::cell::RefCell;
    use std::collections::BTreeMap;

    use super::*;
    use crate::base::diagnostic::Diagnostic;
    use crate::kinds::words::{
        ActorType, Basis, Credibility, Likelihood, Motivation, Reliability, SourceType, Status,
    };
    use crate::parse::head;

    /// Whether the decoder takes `front`, a JSON object, which is YAML too.
    fn decoder_takes(kind: KindId, front: &Value) -> Result<(), Vec<Diagnostic>> {
        let found = head::findings(kind, &front.to_string());
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
            "$schema" | "title" | "description" | "format" | "x-kinds" => true,
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
            json!({"value": {"from": 200, "to": 999}}),
            json!({"value": {"from": 200}}),
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
    fn records_have_the_keys_that_the_decoder_lists() {
        for &kind in KindId::ALL {
            for key in kind.keys() {
                let (Shape::Record(keys) | Shape::List(&Shape::Record(keys))) = key.shape else { continue };
                let front = json!({ "title": "T", "date": "2023", key.name: { "zzzzzzzz": 1 } });
                let found = decoder_takes(kind, &front).unwrap_err();
                let help = &found.iter().find(|d| d.code == "unknown-key").unwrap().help[0];
                let listed: Vec<&str> = help.split('`').skip(1).step_by(2).collect();
                let known: Vec<&str> = keys.iter().map(|key| key.name).collect();
                assert_eq!(listed, known, "{} {}", kind.name(), key.name);
            }
        }
    }

    #[test]
    fn references_say_which_kinds_they_lead_to() {
        let claim = of(KindId::Claim);
        assert_eq!(claim["properties"]["by"]["anyOf"][0]["x-kinds"], json!(["actor"]));
        assert_eq!(claim["properties"]["about"]["anyOf"][0].get("x-kinds"), None);
        assert_eq!(claim["properties"]["by"]["description"], "Who asserts it. Refers to actors.");
        assert_eq!(
            of(KindId::Source)["properties"]["relays"]["anyOf"][0]["x-kinds"],
            json!(["actor", "source"])
        );
    }

    #[test]
    fn the_schema_and_the_decoder_give_the_same_verdict() {
        let samples = samples();
        for &kind in KindId::ALL {
            let schema = of(kind);
            for name in kind.keys().map(|key| key.name).filter(|name| *name != "title") {
                for sample in &samples {
                    let mut front = json!({ "title": "T", "date": "2023" });
                    front[name] = sample.clone();
                    let decoder = decoder_takes(kind, &front);
                    let takes = schema_takes(&schema, &front);
                    // The schema does not list the codes of all languages, and is for translations, too, where a
                    // picture's file is that of the original.
                    let is_beyond = |found: &Diagnostic| {
                        found.message.contains("the code") || found.message.contains("names no file")
                    };
                    if decoder.as_ref().is_err_and(|found| found.iter().any(is_beyond)) {
                        continue;
                    }
                    assert_eq!(takes, decoder.is_ok(), "{} {front}\n{decoder:?}", kind.name());
                }
            }
            assert!(!schema_takes(&schema, &json!({ "title": "T", "date": "2023", "zzz": 1 })));
            assert!(!schema_takes(&schema, &json!({ "date": "2023" })));
        }
        assert!(!schema_takes(&of(KindId::Event), &json!({ "title": "T" })));
    }
}
