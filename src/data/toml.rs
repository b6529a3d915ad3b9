//! TOML 1.1 → [`Node`], from the spanned tables of the `toml` crate.

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::node::{Key, MOST_DEPTH, MOST_NODES, Node, Value};
use super::yaml::SyntaxError;
use crate::base::character::allowed;
use crate::base::span::Span;

/// Parses a TOML document. Spans are relative to `text`.
///
/// # Errors
/// If the text is not well-formed, nested deeper than [`MOST_DEPTH`], or has more than [`MOST_NODES`].
pub fn parse(text: &str) -> Result<Node, SyntaxError> {
    let table = DeTable::parse(text).map_err(|error| SyntaxError {
        message: error.message().to_owned(),
        span: error.span().map_or(Span::empty(0), |range| Span::new(range.start, range.end)),
    })?;
    let value = self::table(table.into_inner(), 0)?;
    let node = Node { span: Span::new(0, text.len()), value };
    if node.size() > MOST_NODES {
        return Err(SyntaxError {
            message: format!("more than {MOST_NODES} keys and values"),
            span: Span::empty(0),
        });
    }
    Ok(node)
}

fn table(table: DeTable<'_>, depth: usize) -> Result<Value, SyntaxError> {
    let entries = table.into_iter().map(|(key, value)| {
        let span = span(&key);
        let key = Key { name: key.into_inner().into(), span };
        Ok((key, node(value, depth)?))
    });
    let mut entries = entries.collect::<Result<Vec<_>, SyntaxError>>()?;
    entries.sort_by_key(|(key, _)| key.span);
    Ok(Value::Table(entries))
}

fn node(value: Spanned<DeValue<'_>>, depth: usize) -> Result<Node, SyntaxError> {
    let span = span(&value);
    if depth > MOST_DEPTH {
        return Err(SyntaxError { message: format!("nested more than {MOST_DEPTH} levels deep"), span });
    }
    let value = match value.into_inner() {
        DeValue::String(text) => Value::Scalar(allowed(&text).into()),
        // With its radix: `0x10` is not 10.
        DeValue::Integer(number) => Value::Scalar(number.to_string().into()),
        DeValue::Float(number) => Value::Scalar(number.as_str().into()),
        DeValue::Boolean(yes) => Value::Scalar(if yes { "true" } else { "false" }.into()),
        DeValue::Datetime(date) => Value::Scalar(date.to_string().into()),
        DeValue::Array(items) => {
            Value::List(items.into_iter().map(|item| node(item, depth + 1)).collect::<Result<_, _>>()?)
        }
        DeValue::Table(inner) => table(inner, depth + 1)?,
    };
    Ok(Node { span, value })
}

fn span<T>(spanned: &Spanned<T>) -> Span {
    let range = spanned.span();
    Span::new(range.start, range.end)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_and_numbers_stay_text() {
        let node = parse("date = 2023-10-13\nat = [42.25, 130.29]\nhex = 0x10").unwrap();
        assert!(matches!(&node.get("hex").unwrap().value, Value::Scalar(text) if &**text == "0x10"));
        assert!(matches!(&node.get("date").unwrap().value, Value::Scalar(text) if &**text == "2023-10-13"));
        assert!(matches!(&node.get("at").unwrap().value, Value::List(items) if items.len() == 2));
    }
}
