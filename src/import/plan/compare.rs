//! What is to be written for each item: all of it if it is new; of what was imported before, what changed in the file
//! and not in the dossier.

use std::collections::BTreeMap;

use super::{Does, Planner, Target};
use crate::data::write::{Given, Place, Syntax};
use crate::data::yaml;
use crate::ide::front::FrontMatter;
use crate::import::brought::Fact;
use crate::import::record::{Imported, canonical, hash};
use crate::link::Entity;
use crate::load;
use crate::parse;
use crate::world::World;

/// The names under which the title and the text are compared.
const TITLE: &str = "title";
const TEXT: &str = "text";

const ACCESSED: &str = "accessed";

impl Planner<'_> {
    /// Decides what is written for each item.
    pub(super) fn compare_all(&mut self) {
        let graph = &self.before.graph;
        for target in &mut self.targets {
            target.raw.insert(TITLE.to_owned(), hash(&target.item.title));
            if !target.item.text.trim().is_empty() {
                target.raw.insert(TEXT.to_owned(), hash(target.item.text.trim()));
            }
            if target.is_new() {
                target.text = Some(target.item.text.clone());
                continue;
            }
            let Some(ix) = graph.by_id(target.id.as_str()) else { continue };
            let now = current(&**self.before.world(), graph.entity(ix));
            compare(target, self.record.entries.get(&target.item.key), now);
        }
    }

    /// What the file of an item that is there already will say.
    pub(super) fn now(&self, target: &Target) -> BTreeMap<String, String> {
        let graph = &self.before.graph;
        let entity = graph.by_id(target.id.as_str()).map(|ix| graph.entity(ix));
        let mut now = entity.map(|entity| current(&**self.before.world(), entity)).unwrap_or_default();
        now.extend(target.facts.iter().map(|fact| (fact.key.to_owned(), as_written(&fact.value))));
        let text = target.text.iter().map(|text| super::write::with_pictures(target, text));
        now.extend(text.map(|text| (TEXT.to_owned(), hash(text.trim()))));
        now
    }

    /// Records what was written, or is there as the file has it, as the files will be.
    pub(super) fn recorded(&self, after: &dyn Fn(&Target) -> BTreeMap<String, String>) -> super::Record {
        let mut record = self.record.clone();
        for target in &self.targets {
            let now = after(target);
            let entry = record.entries.entry(target.item.key.clone()).or_insert_with(|| Imported {
                key: target.item.key.clone(),
                from: String::new(),
                id: String::new(),
                named: target.does == Does::Named,
                said: BTreeMap::new(),
            });
            entry.from.clone_from(&target.from);
            target.id.as_str().clone_into(&mut entry.id);
            for (key, raw) in &target.raw {
                let is_kept = matches!(target.does, Does::Yours | Does::Differs) && target.keys.contains(key);
                if !is_kept {
                    let written = now.get(key).cloned().unwrap_or_else(|| hash(""));
                    entry.said.insert(key.clone(), (raw.clone(), written));
                }
            }
        }
        record
    }
}

/// What an entity's file says now: the hash of each value.
fn current(world: &dyn World, entity: &Entity) -> BTreeMap<String, String> {
    let edition = entity.original();
    let front = FrontMatter::of(world, edition).and_then(|front| front.node());
    let mut now = front.map(|node| values(&node)).unwrap_or_default();
    now.entry(TITLE.to_owned()).or_insert_with(|| hash(edition.title()));
    let text = load::text(world, &edition.input);
    now.insert(TEXT.to_owned(), hash(text[parse::body_start(&text)..].trim()));
    now
}

fn values(node: &crate::data::Node) -> BTreeMap<String, String> {
    match &node.value {
        crate::data::Value::Table(entries) => {
            entries.iter().map(|(key, node)| (key.name.to_string(), hash(&canonical(node)))).collect()
        }
        _ => BTreeMap::new(),
    }
}

/// What a text that is not written yet says.
pub(super) fn of_text(text: &str) -> BTreeMap<String, String> {
    let inner = super::write::parts(text);
    let (front, body) = inner.unwrap_or_default();
    let mut now = yaml::parse(front).map(|node| values(&node)).unwrap_or_default();
    now.insert(TEXT.to_owned(), hash(body.trim()));
    now
}

fn as_written(value: &Given) -> String {
    let line = format!("x: {}\n", Syntax::Yaml.written(value, Place::Line));
    yaml::parse(&line)
        .ok()
        .and_then(|node| node.get("x").map(|node| hash(&canonical(node))))
        .unwrap_or_default()
}

fn compare(target: &mut Target, recorded: Option<&Imported>, now: BTreeMap<String, String>) {
    let nothing = hash("");
    let (mut changed, mut yours, mut differs) = (Vec::new(), Vec::new(), Vec::new());
    let title =
        Fact { key: TITLE, value: Given::Words(target.item.title.clone()), at: target.item.at.clone() };
    let text = target.raw.contains_key(TEXT).then(|| Fact {
        key: TEXT,
        value: Given::Words(target.item.text.trim().to_owned()),
        at: target.item.at.clone(),
    });
    let facts = [title].into_iter().chain(std::mem::take(&mut target.facts)).chain(text);
    for fact in facts {
        let is = now.get(fact.key).unwrap_or(&nothing);
        // Whoever reads a page again has read it before.
        if fact.key == ACCESSED && *is != nothing {
            continue;
        }
        let raw = target.raw.get(fact.key);
        let wanted = match (&fact.value, fact.key) {
            (Given::Words(words), TITLE | TEXT) => hash(words),
            (value, _) => as_written(value),
        };
        match recorded.and_then(|entry| entry.said.get(fact.key)) {
            Some((before, written)) if Some(before) == raw => {
                if is != written && *is != wanted {
                    yours.push(fact.key);
                }
            }
            _ if *is == wanted => {}
            Some((_, written)) if is == written => changed.push(fact),
            // A key that neither the file that was imported nor the dossier had.
            None if recorded.is_some() && *is == nothing => changed.push(fact),
            _ => differs.push(fact.key),
        }
    }
    let named = |keys: &[&str]| keys.iter().map(|key| (*key).to_owned()).collect();
    (target.does, target.keys) = match (changed.is_empty(), differs.is_empty(), yours.is_empty()) {
        (false, ..) => (Does::Changed, changed.iter().map(|fact| fact.key.to_owned()).collect()),
        (true, false, _) => (Does::Differs, named(&differs)),
        (true, true, false) => (Does::Yours, named(&yours)),
        (true, true, true) => (Does::Same, Vec::new()),
    };
    if target.does == Does::Changed {
        // What stays as it is, is not recorded as if it had been written.
        for key in differs.iter().chain(&yours) {
            target.raw.remove(*key);
        }
    }
    for fact in changed {
        match (fact.key, fact.value) {
            (TEXT, Given::Words(words)) => target.text = Some(words),
            (key, value) => target.facts.push(Fact { key, value, at: fact.at }),
        }
    }
}
