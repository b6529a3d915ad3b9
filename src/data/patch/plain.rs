//! What a document says, without the way in which it is written: to see whether a change did what was asked.

use std::collections::BTreeMap;

use super::place::{Patch, Step};
use crate::data::node::{Node, Value};
use crate::data::write::Given;

/// A value without the way in which it is written.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Plain {
    Nothing,
    Scalar(String),
    List(Vec<Plain>),
    Table(BTreeMap<String, Plain>),
}

impl Plain {
    pub(super) fn of(node: &Node) -> Plain {
        match &node.value {
            Value::Null => Plain::Nothing,
            Value::Scalar(words) => Plain::Scalar(words.to_string()),
            Value::List(items) => Plain::List(items.iter().map(Plain::of).collect()),
            Value::Table(entries) => Plain::Table(
                entries.iter().map(|(key, value)| (key.name.to_string(), Plain::of(value))).collect(),
            ),
        }
    }

    fn given(given: &Given) -> Plain {
        let scalar = |words: &str| Plain::Scalar(crate::base::character::allowed(words).into());
        match given {
            Given::Words(words) | Given::Bare(words) => scalar(words),
            Given::List(items) => Plain::List(items.iter().map(Plain::given).collect()),
            Given::Table(entries) => {
                Plain::Table(entries.iter().map(|(key, value)| (key.clone(), Plain::given(value))).collect())
            }
        }
    }

    /// What a change makes of it; `None` if there is no such place.
    pub(super) fn patched(self, at: &[Step], patch: &Patch) -> Option<Plain> {
        match (at, self) {
            ([], before) => match patch {
                Patch::Set(given) => Some(Plain::given(given)),
                Patch::Insert(index, given) => {
                    let mut items = before.items();
                    items.insert((*index).min(items.len()), Plain::given(given));
                    Some(Plain::List(items))
                }
                Patch::Remove | Patch::Move(_) => None,
            },
            ([Step::Key(key), rest @ ..], before @ (Plain::Table(_) | Plain::Nothing)) => {
                let mut entries = match before {
                    Plain::Table(entries) => entries,
                    _ => BTreeMap::new(),
                };
                let inner = entries.remove(key);
                match (rest, patch) {
                    ([], Patch::Remove) => inner.map(drop)?,
                    _ => drop(
                        entries.insert(key.clone(), inner.unwrap_or(Plain::Nothing).patched(rest, patch)?),
                    ),
                }
                Some(Plain::Table(entries))
            }
            ([Step::Item(at), rest @ ..], before) => {
                let mut items = before.items();
                match (rest, patch) {
                    ([], Patch::Remove) if *at < items.len() => drop(items.remove(*at)),
                    ([], Patch::Move(to)) if *at < items.len() && *to < items.len() => {
                        let moved = items.remove(*at);
                        items.insert(*to, moved);
                    }
                    ([], Patch::Remove | Patch::Move(_)) => return None,
                    _ if *at < items.len() => items[*at] = items[*at].clone().patched(rest, patch)?,
                    _ if *at == items.len() => items.push(Plain::Nothing.patched(rest, patch)?),
                    _ => return None,
                }
                Some(Plain::List(items))
            }
            _ => None,
        }
    }

    fn items(self) -> Vec<Plain> {
        match self {
            Plain::Nothing => Vec::new(),
            Plain::List(items) => items,
            single => vec![single],
        }
    }

    /// The value in the form that all ways to write it share: a list of one is its item, and what is empty is not
    /// there.
    pub(super) fn settled(self) -> Plain {
        match self {
            Plain::List(items) => {
                let mut items: Vec<Plain> = items.into_iter().map(Plain::settled).collect();
                match items.len() {
                    0 => Plain::Nothing,
                    1 => items.remove(0),
                    _ => Plain::List(items),
                }
            }
            Plain::Table(entries) => {
                let entries = entries.into_iter().map(|(key, value)| (key, value.settled()));
                let entries: BTreeMap<String, Plain> =
                    entries.filter(|(_, value)| *value != Plain::Nothing).collect();
                if entries.is_empty() { Plain::Nothing } else { Plain::Table(entries) }
            }
            single => single,
        }
    }
}
