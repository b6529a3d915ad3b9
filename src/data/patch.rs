//! Changes one value of a YAML or TOML document. Every other byte stays as its author wrote it.
//!
//! A list or a table can be written in many ways, and each goes on differently. So a change is tried in the
//! ways that suit what is there, and the first whose result parses as what was asked is taken.

mod list;
mod place;
mod plain;
mod set;

pub(crate) use place::{Editable, Patch, Replacements, Step};

use super::node::{Key, Node, Value};
use super::write::{Given, Syntax};
use super::{toml, yaml};
use crate::base::span::Span;
use place::tighten;
use plain::Plain;

impl<'a> Editable<'a> {
    /// `None` if the text does not parse, or is not a table of keys.
    pub(crate) fn parse(text: &'a str, syntax: Syntax) -> Option<Editable<'a>> {
        let mut root = parse(text, syntax)?;
        if matches!(root.value, Value::Null) {
            root = Node::empty(Span::new(0, text.len()));
        }
        if syntax == Syntax::Yaml {
            tighten(text, &mut root);
        }
        matches!(root.value, Value::Table(_)).then_some(Editable { text, syntax, root })
    }

    /// The entries of the document.
    pub(crate) fn entries(&self) -> &[(Key, Node)] {
        match &self.root.value {
            Value::Table(entries) => entries,
            _ => &[],
        }
    }

    /// The replacements that change the value at `at`; empty if it is like that already. `None` if there is no
    /// such place, or it is written in a way that cannot be changed by itself, such as an alias.
    pub(crate) fn patch(&self, at: &[Step], patch: &Patch) -> Option<Replacements> {
        let before = Plain::of(&self.root);
        let wanted = before.clone().patched(at, patch)?.settled();
        if wanted == before.settled() {
            return Some(Vec::new());
        }
        let is_wanted = |replacements: &Replacements| {
            let after = parse(&applied(self.text, replacements), self.syntax);
            after.is_some_and(|after| Plain::of(&after).settled() == wanted)
        };
        self.ways(at, patch).into_iter().find(is_wanted)
    }

    /// The ways to write a change, the best one first.
    fn ways(&self, at: &[Step], patch: &Patch) -> Vec<Replacements> {
        let place = self.follow(at);
        match patch {
            Patch::Set(given) => self.set(&place, given),
            Patch::Insert(index, given) if place.missing.is_empty() => self.insert(&place, *index, given),
            Patch::Insert(_, given) => self.set(&place, &Given::List(vec![given.clone()])),
            Patch::Remove => self.remove(&place).into_iter().collect(),
            Patch::Move(to) => self.reorder(&place, *to).into_iter().collect(),
        }
    }
}

fn parse(text: &str, syntax: Syntax) -> Option<Node> {
    match syntax {
        Syntax::Yaml => yaml::parse(text).ok(),
        Syntax::Toml => toml::parse(text).ok(),
    }
}

/// The text after the replacements.
pub(crate) fn applied(text: &str, replacements: &Replacements) -> String {
    let mut sorted: Vec<&(Span, String)> = replacements.iter().collect();
    sorted.sort_by_key(|(span, _)| *span);
    let (mut result, mut done) = (String::with_capacity(text.len()), 0);
    for (span, replacement) in sorted {
        result += &text[done..span.start as usize];
        result += replacement;
        done = span.end as usize;
    }
    result + &text[done..]
}

#[cfg(test)]
mod tests;
