//! The tree into which both YAML and TOML are parsed.

use crate::base::span::Span;

/// The maximum number of keys and values in one text, aliases expanded. Stops alias bombs, and pages that would take
/// seconds to draw: the longest lists that people write are a hundredth of it.
pub(crate) const MOST_NODES: usize = 40_000;

/// The maximum nesting depth.
pub(crate) const MOST_DEPTH: usize = 64;

/// A value and where it is.
#[derive(Clone, Debug)]
pub struct Node {
    /// The bytes of the value.
    pub span: Span,
    /// The value itself.
    pub(crate) value: Value,
}

/// The value of a node. Scalars stay text: the requested type decides what they mean, so `title: 2023` is a
/// title and `no` is a word.
#[derive(Clone, Debug)]
pub(crate) enum Value {
    /// Nothing after the key, `~` or `null`.
    Null,
    /// Any single value.
    Scalar(Box<str>),
    /// A sequence.
    List(Vec<Node>),
    /// A mapping, in the order written.
    Table(Vec<(Key, Node)>),
}

/// A key of a table.
#[derive(Clone, Debug)]
pub(crate) struct Key {
    /// The key as written.
    pub name: Box<str>,
    /// Where the key is.
    pub span: Span,
}

impl Node {
    /// An empty table at `span`: the value of a file without front matter.
    pub(crate) fn empty(span: Span) -> Node {
        Node { span, value: Value::Table(Vec::new()) }
    }

    /// Moves all spans by `by` bytes towards the end of the text.
    pub(crate) fn shift(&mut self, by: usize) {
        self.span = self.span.shifted(by);
        match &mut self.value {
            Value::Null | Value::Scalar(_) => {}
            Value::List(items) => items.iter_mut().for_each(|item| item.shift(by)),
            Value::Table(entries) => {
                for (key, value) in entries {
                    key.span = key.span.shifted(by);
                    value.shift(by);
                }
            }
        }
    }

    /// The number of keys and values in it, itself included.
    pub(super) fn size(&self) -> usize {
        1 + match &self.value {
            Value::Null | Value::Scalar(_) => 0,
            Value::List(items) => items.iter().map(Node::size).sum(),
            Value::Table(entries) => entries.iter().map(|(_, node)| 1 + node.size()).sum(),
        }
    }

    /// The value of `key`, if this is a table that has it.
    pub(crate) fn get(&self, key: &str) -> Option<&Node> {
        match &self.value {
            Value::Table(entries) => entries.iter().find(|(k, _)| &*k.name == key).map(|(_, node)| node),
            _ => None,
        }
    }

    /// Whether both are the same word.
    pub(super) fn is_same_word(&self, other: &Node) -> bool {
        matches!((&self.value, &other.value), (Value::Scalar(a), Value::Scalar(b)) if a.trim() == &**b)
    }

    /// A description of the value, for a message.
    pub(crate) fn describe(&self) -> String {
        match &self.value {
            Value::Null => "nothing".into(),
            Value::Scalar(text) => format!("`{}`", shortened(text)),
            Value::List(_) => "a list".into(),
            Value::Table(_) => "a table of keys".into(),
        }
    }

    /// Removes the node at exactly `span`: a table entry by its key or its value, or an item of a list.
    pub(crate) fn remove(&mut self, span: Span) -> Option<Removed> {
        let parent = self.span;
        match &mut self.value {
            Value::Null | Value::Scalar(_) => None,
            Value::List(items) => match items.iter().position(|item| item.span == span) {
                Some(at) => {
                    items.remove(at);
                    Some(Removed { parent, key: None, is_unknown: false })
                }
                None => items.iter_mut().find_map(|item| item.remove(span)),
            },
            Value::Table(entries) => {
                match entries.iter().position(|(key, node)| key.span == span || node.span == span) {
                    Some(at) => {
                        let key = Some(entries.remove(at).0.name);
                        Some(Removed { parent, key, is_unknown: false })
                    }
                    None => entries.iter_mut().find_map(|(_, node)| node.remove(span)),
                }
            }
        }
    }
}

/// What [`Node::remove`] removed.
#[derive(Debug)]
pub(crate) struct Removed {
    /// The list or table that contained it.
    pub parent: Span,
    /// Its key, in a table.
    pub key: Option<Box<str>>,
    /// Whether it was removed because there is no such key.
    pub is_unknown: bool,
}

/// The first characters of a long text.
fn shortened(text: &str) -> String {
    match text.char_indices().nth(40) {
        Some((at, _)) => format!("{}…", &text[..at]),
        None => text.to_owned(),
    }
}
