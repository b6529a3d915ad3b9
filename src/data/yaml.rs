//! YAML 1.2 → [`Node`], from the events of `saphyr-parser`.

use std::collections::{BTreeMap, HashMap, HashSet};

use saphyr_parser::{Event, Parser, ScalarStyle};

use super::node::{Key, MOST_DEPTH, MOST_NODES, Node, Value};
use crate::base::character::allowed;
use crate::base::span::Span;

/// Why a text could not be parsed, and where.
#[derive(Debug)]
pub struct SyntaxError {
    /// What is wrong, as a lower-case phrase.
    pub message: String,
    /// Where parsing stopped.
    pub span: Span,
}

/// Parses one YAML document. Spans are relative to `text`.
///
/// What other programs accept is accepted: a tab after a colon, and brackets that are closed at the start of a line.
///
/// # Errors
/// If the text is not well-formed, repeats a key, contains several documents, or exceeds [`MOST_NODES`] or
/// [`MOST_DEPTH`].
pub fn parse(text: &str) -> Result<Node, SyntaxError> {
    parse_strictly(text).or_else(|error| match relaxed(text) {
        Some(relaxed) => parse_strictly(&relaxed).map_err(|_| error),
        None => Err(error),
    })
}

/// The text, of the same length, with spaces for the line ends and comments within brackets, and for tabs between a
/// key and its value; `None` if it has none of them.
fn relaxed(text: &str) -> Option<String> {
    let mut bytes = text.as_bytes().to_vec();
    let (mut depth, mut quote, mut is_comment) = (0usize, None, false);
    // Whether only white space precedes in the line, or follows a colon, a hyphen or a bracket.
    let mut is_before_value = true;
    let mut is_indent = true;
    for at in 0..bytes.len() {
        let byte = bytes[at];
        let is_apart = at == 0 || matches!(bytes[at - 1], b' ' | b'\t' | b'\n');
        match byte {
            b'\n' if depth == 0 || quote.is_some() => {
                (is_before_value, is_indent, is_comment) = (true, true, false);
            }
            b'\n' | b'\r' if depth > 0 && quote.is_none() => (bytes[at], is_comment) = (b' ', false),
            _ if is_comment && depth > 0 => bytes[at] = b' ',
            _ if is_comment => {}
            b'\t' if (is_before_value && !is_indent || depth > 0) && quote.is_none() => bytes[at] = b' ',
            b' ' | b'\t' => {}
            _ if quote == Some(byte) => quote = None,
            _ if quote.is_some() => {}
            b'#' if is_apart => {
                is_comment = true;
                if depth > 0 {
                    bytes[at] = b' ';
                }
            }
            b'"' | b'\'' if is_before_value => (quote, is_before_value) = (Some(byte), false),
            b'[' | b'{' if is_before_value => (depth, is_indent) = (depth + 1, false),
            b']' | b'}' if depth > 0 => depth -= 1,
            b':' | b'-' => (is_before_value, is_indent) = (true, false),
            b',' if depth > 0 => is_before_value = true,
            _ => (is_before_value, is_indent) = (false, false),
        }
    }
    let relaxed = String::from_utf8(bytes).ok()?;
    (depth == 0 && relaxed != text).then_some(relaxed)
}

fn parse_strictly(text: &str) -> Result<Node, SyntaxError> {
    let mut builder = Builder::new(text);
    for event in Parser::new_from_str(text) {
        let (event, span) = event.map_err(|error| SyntaxError {
            message: error.info().to_owned(),
            span: builder.offsets.span(error.marker().index(), error.marker().index() + 1),
        })?;
        let span = builder.offsets.span(span.start.index(), span.end.index());
        builder.event(event, span)?;
    }
    if let Some(&span) = builder.named.values().next() {
        return Err(SyntaxError { message: "an anchor to which nothing refers".into(), span });
    }
    Ok(builder.root.unwrap_or_else(|| Node::empty(Span::new(0, text.len()))))
}

/// Converts character offsets to byte offsets; for ASCII they are the same.
struct Offsets {
    /// Empty for ASCII.
    bytes: Vec<u32>,
    length: usize,
}

impl Offsets {
    fn new(text: &str) -> Offsets {
        let bytes = match text.is_ascii() {
            true => Vec::new(),
            false => text.char_indices().map(|(at, _)| at as u32).collect(),
        };
        Offsets { bytes, length: text.len() }
    }

    fn byte(&self, index: usize) -> usize {
        match self.bytes.is_empty() {
            true => index.min(self.length),
            false => self.bytes.get(index).map_or(self.length, |&at| at as usize),
        }
    }

    fn span(&self, start: usize, end: usize) -> Span {
        Span::new(self.byte(start), self.byte(end))
    }
}

/// A collection whose end has not been reached.
struct Open {
    start: Span,
    anchor: usize,
    items: Items,
}

enum Items {
    List(Vec<Node>),
    /// The entries, the key whose value is next, and the names of all keys.
    Table(Vec<(Key, Node)>, Option<Key>, HashSet<Box<str>>),
}

struct Builder<'a> {
    text: &'a str,
    offsets: Offsets,
    stack: Vec<Open>,
    anchors: HashMap<usize, (Node, usize)>,
    /// The plain texts with an anchor to which nothing has referred yet.
    named: BTreeMap<usize, Span>,
    nodes: usize,
    root: Option<Node>,
}

impl<'a> Builder<'a> {
    fn new(text: &'a str) -> Builder<'a> {
        Builder {
            text,
            offsets: Offsets::new(text),
            stack: Vec::new(),
            anchors: HashMap::new(),
            named: BTreeMap::new(),
            nodes: 0,
            root: None,
        }
    }

    fn event(&mut self, event: Event<'_>, span: Span) -> Result<(), SyntaxError> {
        match event {
            Event::Scalar(text, style, anchor, tag) => {
                let is_plain = style == ScalarStyle::Plain;
                // `!important` is no text to YAML, and neither is `&co`.
                if is_plain && tag.is_some_and(|tag| tag.handle == "!") {
                    return Err(SyntaxError { message: "a tag".into(), span });
                }
                if is_plain && anchor != 0 {
                    self.named.insert(anchor, span);
                }
                let null =
                    style == ScalarStyle::Plain && matches!(&*text, "" | "~" | "null" | "Null" | "NULL");
                let value = if null { Value::Null } else { Value::Scalar(allowed(&text).into()) };
                self.finish(Node { span: self.trimmed(span), value }, anchor)
            }
            Event::Alias(anchor) => match self.anchors.get(&anchor) {
                Some((node, size)) => {
                    self.named.remove(&anchor);
                    // Counted before it is copied, so an alias bomb never expands.
                    self.nodes += size;
                    self.within_limits(span)?;
                    let node = Node { span, ..node.clone() };
                    self.finish(node, 0)
                }
                None => Err(SyntaxError { message: "an alias within its own anchor".into(), span }),
            },
            Event::SequenceStart(anchor, _) => self.open(span, anchor, Items::List(Vec::new())),
            Event::MappingStart(anchor, _) => {
                self.open(span, anchor, Items::Table(Vec::new(), None, HashSet::new()))
            }
            Event::SequenceEnd | Event::MappingEnd => match self.stack.pop() {
                Some(Open { start, anchor, items }) => {
                    let value = match items {
                        Items::List(items) => Value::List(items),
                        Items::Table(entries, ..) => Value::Table(entries),
                    };
                    let span = self.trimmed(Span { start: start.start, end: span.end });
                    self.finish(Node { span, value }, anchor)
                }
                None => Ok(()),
            },
            Event::DocumentStart(_) if self.root.is_some() => {
                Err(SyntaxError { message: "a second YAML document".into(), span })
            }
            _ => Ok(()),
        }
    }

    fn open(&mut self, start: Span, anchor: usize, items: Items) -> Result<(), SyntaxError> {
        if self.stack.len() >= MOST_DEPTH {
            let message = format!("nested more than {MOST_DEPTH} levels deep");
            return Err(SyntaxError { message, span: start });
        }
        self.stack.push(Open { start, anchor, items });
        Ok(())
    }

    /// Attaches a finished node as a key, a value, an item or the root.
    fn finish(&mut self, node: Node, anchor: usize) -> Result<(), SyntaxError> {
        self.nodes += 1;
        self.within_limits(node.span)?;
        if anchor != 0 {
            self.anchors.insert(anchor, (node.clone(), node.size()));
        }
        match self.stack.last_mut().map(|open| &mut open.items) {
            None => self.root = Some(node),
            Some(Items::List(items)) => items.push(node),
            Some(Items::Table(entries, key, names)) => match key.take() {
                Some(key) => {
                    if let Some((_, value)) = entries.last_mut()
                        && continues(self.text, value, &key, &node)
                    {
                        value.span.end = key.span.end;
                        value.value = Value::Scalar(allowed(&self.text[value.span.range()]).into());
                        return Ok(());
                    }
                    if !names.insert(key.name.clone()) {
                        return Err(SyntaxError {
                            message: format!("the key `{}` stands twice", key.name),
                            span: key.span,
                        });
                    }
                    entries.push((key, node));
                }
                None => {
                    let name = match node.value {
                        Value::Scalar(name) => name,
                        Value::Null => "".into(),
                        _ => {
                            return Err(SyntaxError {
                                message: "a key that is not a word".into(),
                                span: node.span,
                            });
                        }
                    };
                    *key = Some(Key { name, span: node.span });
                }
            },
        }
        Ok(())
    }

    fn within_limits(&self, span: Span) -> Result<(), SyntaxError> {
        match self.nodes > MOST_NODES {
            true => Err(SyntaxError {
                message: format!("more than {MOST_NODES} keys and values, aliases expanded"),
                span,
            }),
            false => Ok(()),
        }
    }

    /// The span without trailing white space and, after a closing quotation mark, without the comment, which the
    /// scanner includes.
    fn trimmed(&self, span: Span) -> Span {
        let text = &self.text[span.range()];
        let end = closing_mark(text).unwrap_or(text.trim_end().len());
        Span { start: span.start, end: span.start + end as u32 }
    }
}

/// The end of a text that begins with a quotation mark: after the mark that closes it.
fn closing_mark(text: &str) -> Option<usize> {
    let mark = text.bytes().next().filter(|first| matches!(first, b'"' | b'\''))?;
    let mut bytes = text.bytes().enumerate().skip(1).peekable();
    while let Some((at, byte)) = bytes.next() {
        match (byte, bytes.peek()) {
            (b'\\', _) if mark == b'"' => drop(bytes.next()),
            (b'\'', Some((_, b'\''))) if mark == byte => drop(bytes.next()),
            _ if byte == mark => return Some(at + 1),
            _ => {}
        }
    }
    None
}

/// Whether a key without a colon, after a comma in braces, is the rest of the value before it: to YAML,
/// `{value: 2,750, unit: km}` has a key `750`.
fn continues(text: &str, before: &Node, key: &Key, value: &Node) -> bool {
    let is_plain = |span: Span| !text[span.range()].starts_with(['"', '\'', '|', '>', '&', '*', '!']);
    let between = || text.get(before.span.end as usize..key.span.start as usize);
    matches!((&before.value, &value.value), (Value::Scalar(_), Value::Null))
        && text[key.span.end as usize..].trim_start().starts_with([',', '}'])
        && between().is_some_and(|between| between.trim() == ",")
        && is_plain(before.span)
        && is_plain(key.span)
}

/// The values in braces that go on after a comma.
pub(super) fn continued(node: &Node, text: &str) -> Vec<Span> {
    let all = |nodes: &mut dyn Iterator<Item = &Node>| nodes.flat_map(|node| continued(node, text)).collect();
    match &node.value {
        Value::Null | Value::Scalar(_) => Vec::new(),
        Value::List(items) => all(&mut items.iter()),
        Value::Table(entries) => {
            let mut found: Vec<Span> = all(&mut entries.iter().map(|(_, value)| value));
            let written = |node: &Node| text.get(node.span.range()).unwrap_or_default();
            if written(node).starts_with('{') {
                let is_continued = |value: &Node| {
                    let written = written(value);
                    matches!(value.value, Value::Scalar(_))
                        && written.contains(',')
                        && !written.starts_with(['"', '\''])
                };
                let values = entries.iter().map(|(_, value)| value);
                found.extend(values.filter(|value| is_continued(value)).map(|value| value.span));
            }
            found
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_count_bytes_not_characters() {
        let node = parse("judul: żółć\nby: [nis]\n").unwrap();
        let text = "judul: żółć\nby: [nis]\n";
        assert_eq!(&text[node.get("judul").unwrap().span.range()], "żółć");
        assert_eq!(&text[node.get("by").unwrap().span.range()], "[nis]");
    }

    #[test]
    fn an_alias_bomb_is_refused_quickly() {
        let mut text = String::from("a0: &a0 [x,x,x,x,x,x,x,x,x,x]\n");
        for n in 1..20 {
            let refs = vec![format!("*a{}", n - 1); 10].join(",");
            text.push_str(&format!("a{n}: &a{n} [{refs}]\n"));
        }
        assert!(parse(&text).unwrap_err().message.contains("aliases expanded"));
    }

    #[test]
    fn deep_nesting_is_refused() {
        for deep in ["[".repeat(1_000_000), "- ".repeat(500_000), "{a: ".repeat(200_000)] {
            assert!(parse(&deep).is_err());
        }
    }
}
