//! Values from a form, written as their keys are written.

use serde_json::Value as Json;

use crate::data::patch::Step;
use crate::data::write::Given;
use crate::kinds::KindId;
use crate::kinds::keys::Shape;

/// The shape of the value at a place of a kind's front matter.
pub(super) fn shape_at(kind: KindId, at: &[Step]) -> Option<Shape> {
    let [Step::Key(first), rest @ ..] = at else { return None };
    let key = kind.keys().find(|key| key.name == first)?;
    rest.iter().try_fold(key.shape, |shape, step| match step {
        Step::Item(_) => Some(shape.item()),
        Step::Key(name) => entry_of(shape, name),
    })
}

fn entry_of(shape: Shape, name: &str) -> Option<Shape> {
    shape.record()?.iter().find(|key| key.name == name).map(|key| key.shape)
}

/// The number of a key of a record in the order in which they are declared.
fn position(shape: Shape, name: &str) -> Option<usize> {
    shape.record()?.iter().position(|key| key.name == name)
}

/// A value from a form, as its shape is written; `None` if there is nothing in it.
pub(super) fn given(value: &Json, shape: Option<Shape>) -> Option<Given> {
    match value {
        Json::Null => None,
        Json::Bool(flag) => Some(Given::Bare(flag.to_string())),
        Json::Number(number) => Some(Given::Bare(number.to_string())),
        Json::String(words) if words.trim().is_empty() => None,
        Json::String(words) => Some(match shape.is_some_and(is_bare) {
            true => Given::Bare(words.trim().to_owned()),
            false => Given::Words(words.clone()),
        }),
        Json::Array(items) => {
            let items: Vec<Given> =
                items.iter().filter_map(|item| given(item, shape.map(Shape::item))).collect();
            (!items.is_empty()).then_some(Given::List(items))
        }
        Json::Object(entries) => {
            let entry = |(key, value): (&String, &Json)| {
                let shape = shape.and_then(|shape| entry_of(shape, key));
                Some((key.clone(), given(value, shape)?))
            };
            let mut entries: Vec<(String, Given)> = entries.iter().filter_map(entry).collect();
            entries
                .sort_by_key(|(key, _)| shape.and_then(|shape| position(shape, key)).unwrap_or(usize::MAX));
            (!entries.is_empty()).then_some(Given::Table(entries))
        }
    }
}

/// Whether a value of the shape is written without quotes: a number, a date.
fn is_bare(shape: Shape) -> bool {
    match shape {
        Shape::Date | Shape::Flag | Shape::Whole | Shape::Number | Shape::Point => true,
        Shape::Either(one, _) => is_bare(*one),
        _ => false,
    }
}
