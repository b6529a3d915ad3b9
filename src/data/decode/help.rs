//! What is said of a value that can be read in no way.

use super::{Document, at, table_of};
use crate::base::diagnostic::{Diagnostic, Edit, Fix};
use crate::base::span::Span;
use crate::data::node::{Node, Value};
use crate::data::reading::{self, Sort, Syntax};

/// The maximum number of keys that an example of a table has.
const MOST_KEYS: usize = 3;

/// Adds to a finding what to do with a value that can be read in no way.
pub(super) fn without_reading(
    found: Diagnostic,
    node: &Node,
    span: Span,
    sort: Option<Sort>,
    source: &Document<'_>,
) -> Diagnostic {
    let key = table_of(node, span).and_then(|(_, key)| source.text.get(key.range()));
    if let (Some(key), Some(Sort::Record(keys))) = (key, sort)
        && !matches!(at(node, span).map(|node| &node.value), Some(Value::Table(_)))
    {
        let word = at(node, span).and_then(|node| match &node.value {
            Value::Scalar(word) => Some(word),
            _ => None,
        });
        if word.is_some_and(|word| reading::says_unknown(word) || reading::denies(word)) {
            return emptied(
                found.help(format!("leave `{key}` empty if there is nothing to say")),
                key,
                span,
                source,
            );
        }
        let entries = keys.iter().take(MOST_KEYS).map(|name| format!("{name}{}…", source.syntax.sign()));
        let table = entries.collect::<Vec<String>>().join(", ");
        return found.help(format!("write `{key}{}{{{table}}}`", source.syntax.sign()));
    }
    let is_left_empty = matches!(
        sort,
        Some(
            Sort::Country
                | Sort::Date
                | Sort::Figure
                | Sort::Language
                | Sort::Number
                | Sort::Point
                | Sort::Url
        )
    );
    let (Some(key), Some(Node { value: Value::Scalar(word), .. }), true) =
        (key, at(node, span), is_left_empty)
    else {
        return found;
    };
    if sort == Some(Sort::Figure)
        && let Some(help) = disagreement(node, span, source)
    {
        return found.help(help);
    }
    if sort == Some(Sort::Url) && key == "url" && reading::is_file(word) {
        return found
            .help(format!("a file beside this one is given with `file{}{word}`", source.syntax.sign()));
    }
    let is_still = sort == Some(Sort::Date) && key == "to" && reading::date::is_still(word);
    let help = match sort {
        Some(Sort::Date) if is_still => "leave `to` empty: it goes on".to_owned(),
        Some(Sort::Date) => {
            format!("write the day as `2023-10-13`, or leave `{key}` empty if it is not known")
        }
        _ => format!("leave `{key}` empty if it is not known"),
    };
    let found = found.help(help);
    match is_still || reading::says_unknown(word) {
        true => emptied(found, key, span, source),
        false => found,
    }
}

/// Offers to leave a key empty, which TOML does not have.
fn emptied(found: Diagnostic, key: &str, span: Span, source: &Document<'_>) -> Diagnostic {
    if source.syntax == Syntax::Toml {
        return found;
    }
    let edit = Edit { path: source.path.clone(), span, replacement: String::new() };
    found.choice(Fix::new(format!("leave `{key}` empty"), vec![edit]))
}

/// What to do about a figure that says something else than the keys beside it: `about 3` beside `comparator: at-least`.
fn disagreement(node: &Node, span: Span, source: &Document<'_>) -> Option<String> {
    let (table, _) = table_of(node, span)?;
    let value = at(node, span)?;
    let readings = reading::of(Sort::Figure, value, source.text, source.lang);
    let mut beside = readings.iter().flat_map(|reading| &reading.beside);
    let other = beside.find_map(|(key, said)| {
        let written = source.written(table.get(key)?.span);
        (!table.get(key)?.is_same_word(&said.node(span)))
            .then(|| format!("`{key}{}{written}`", source.syntax.sign()))
    })?;
    Some(format!(
        "`{}` and {other} do not agree: write the number alone, and correct the other",
        source.written(span)
    ))
}
