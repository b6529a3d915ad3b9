//! Which settings a contribution changes.

use std::collections::BTreeMap;

use super::entry::Sort;
use super::tree::Tree;
use super::{CODE, Change, about};
use crate::base::diagnostic::Diagnostic;
use crate::base::path::InputPath;
use crate::base::span::Span;
use crate::config;
use crate::data::{self, Node, Value};

/// Settings that are words for readers and decide nothing.
const WORDS: [&str; 2] = ["title", "description"];

/// Reports each setting that is new, changed or gone.
pub(super) fn compare(change: &Change<'_>, before: &Tree, after: &Tree, found: &mut Vec<Diagnostic>) {
    let path = format!("{}{}", after.folder, config::FILE);
    let help = "take it out; those who maintain the dossier can change it";
    let read = |tree: &Tree| {
        let is_file = tree.entries.get(&path).is_some_and(|entry| entry.sort == Sort::File);
        let text = String::from_utf8(tree.bytes(&path).filter(|_| is_file)?).ok()?;
        data::toml::parse(&text).ok()
    };
    let (Some(old), Some(new)) = (read(before), read(after)) else {
        found.push(about(change, format!("adds or deletes `{path}`, or makes it unreadable")).help(help));
        return;
    };
    let (old, new) = (entries(&old), entries(&new));
    let mut report = |name: &str, span: Span, done: &str| {
        if !WORDS.contains(&name) {
            let finding = CODE.found(format!("{done} the setting `{name}`"));
            found.push(finding.at(&InputPath::from(config::FILE), span, "").help(help));
        }
    };
    for (name, (span, node)) in &new {
        match old.get(name) {
            None => report(name, *span, "adds"),
            Some((_, was)) if is_same(was, node) => {}
            Some(_) => report(name, *span, "changes"),
        }
    }
    for name in old.keys().filter(|name| !new.contains_key(*name)) {
        report(name, Span::empty(0), "deletes");
    }
}

fn entries(node: &Node) -> BTreeMap<&str, (Span, &Node)> {
    let Value::Table(entries) = &node.value else { return BTreeMap::new() };
    entries.iter().map(|(key, node)| (&*key.name, (key.span, node))).collect()
}

/// Whether two values say the same, wherever they are.
fn is_same(a: &Node, b: &Node) -> bool {
    match (&a.value, &b.value) {
        (Value::Null, Value::Null) => true,
        (Value::Scalar(a), Value::Scalar(b)) => a == b,
        (Value::List(a), Value::List(b)) => a.len() == b.len() && a.iter().zip(b).all(|(a, b)| is_same(a, b)),
        (Value::Table(a), Value::Table(b)) => {
            a.len() == b.len() && a.iter().zip(b).all(|((x, a), (y, b))| x.name == y.name && is_same(a, b))
        }
        _ => false,
    }
}
