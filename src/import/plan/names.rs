//! Names in facts → ids: of other items, of what the dossier has, or of what is made because it is named.

use std::collections::BTreeMap;

use super::matching::Ids;
use super::{Planner, Target};
use crate::base::path::folded;
use crate::data::reading;
use crate::data::write::Given;
use crate::import::brought::{At, Fact, Item, REFERENCE};
use crate::import::record::hash;
use crate::kinds::keys::{Key, Shape};
use crate::kinds::{KindId, Role, Source};
use crate::link::Graph;

/// Kinds that can be made of a name alone.
const OF_A_NAME: [KindId; 3] = [KindId::Actor, KindId::Place, KindId::Source];

/// The names of items, each with its kind and its id.
struct Names<'a> {
    graph: &'a Graph,
    items: BTreeMap<String, Vec<(KindId, String)>>,
    /// The ids of sources, by their addresses.
    addresses: BTreeMap<String, String>,
    /// The ids of what was imported before, by the keys of items.
    recorded: BTreeMap<String, String>,
    ids: Ids,
    /// What was made because it is named.
    made: Vec<(Item, String)>,
}

impl Planner<'_> {
    /// Puts ids where names of entities are.
    pub(super) fn resolve_all(&mut self) {
        let graph = &self.before.graph;
        let recorded = self.record.entries.iter().map(|(key, entry)| (key.clone(), entry.id.clone()));
        let recorded = recorded.filter(|(_, id)| graph.by_id(id).is_some()).collect();
        let addresses = graph.all::<Source>().filter_map(|(_, entity, source)| {
            Some((source.url.as_ref()?.as_str().to_owned(), entity.id.as_str().to_owned()))
        });
        let addresses = addresses.collect();
        let (items, ids, made) = (BTreeMap::new(), Ids::of(graph), Vec::new());
        let mut names = Names { graph, items, addresses, recorded, ids, made };
        for target in &self.targets {
            names.add(target);
        }
        let mut targets = std::mem::take(&mut self.targets);
        for target in &mut targets {
            let kind = target.item.kind;
            for Fact { key, mut value, at } in std::mem::take(&mut target.item.facts) {
                super::write::name_files(target, &mut value);
                target.raw.insert(key.to_owned(), hash(&format!("{value:?}")));
                let Some(known) = kind.keys().find(|known| known.name == key) else { continue };
                let value = names.resolved(value, known.shape, known.role, &at);
                target.facts.push(Fact { key, value, at });
            }
            for (item, name) in std::mem::take(&mut names.made) {
                let id = self.add_named(item, &target.from, &mut names.ids);
                for (_, known) in names.items.entry(name).or_default() {
                    if known.is_empty() {
                        id.as_str().clone_into(known);
                    }
                }
            }
        }
        targets.append(&mut self.targets);
        self.targets = targets;
        // What was made got its id only after it was named.
        let ids: BTreeMap<String, String> = names
            .items
            .iter()
            .flat_map(|(name, known)| known.iter().map(move |(kind, id)| (pending(*kind, name), id.clone())))
            .collect();
        for fact in self.targets.iter_mut().flat_map(|target| &mut target.facts) {
            settle(&mut fact.value, &ids);
        }
    }
}

/// What stands for the id of something that has none yet.
fn pending(kind: KindId, name: &str) -> String {
    format!("\u{1}{}\u{1}{name}", kind.name())
}

fn settle(value: &mut Given, ids: &BTreeMap<String, String>) {
    match value {
        Given::Words(words) if words.starts_with('\u{1}') => {
            if let Some(id) = ids.get(words.as_str()) {
                id.clone_into(words);
            }
        }
        Given::Words(_) | Given::Bare(_) => {}
        Given::List(items) => items.iter_mut().for_each(|item| settle(item, ids)),
        Given::Table(entries) => entries.iter_mut().for_each(|(_, value)| settle(value, ids)),
    }
}

impl Names<'_> {
    fn add(&mut self, target: &Target) {
        let (kind, id) = (target.item.kind, target.id.as_str());
        self.ids.take(id);
        if let Some(url) = target.item.fact("url").filter(|_| kind == KindId::Source) {
            let urls = super::write::words(&url.value).into_iter();
            self.addresses.extend(urls.map(|url| (url.to_owned(), id.to_owned())));
        }
        let aliases =
            target.item.fact("aliases").map(|fact| super::write::words(&fact.value)).unwrap_or_default();
        let translated = target.item.words.iter().filter(|(_, fact)| fact.key == "title");
        let translated = translated.flat_map(|(_, fact)| super::write::words(&fact.value));
        let own = target.item.id.as_deref();
        let names = [id, target.item.title.as_str()].into_iter().chain(own).chain(aliases).chain(translated);
        let called = target.item.called.iter().map(|name| format!("{REFERENCE}{name}"));
        for name in names.map(str::to_owned).chain(called) {
            let known = self.items.entry(folded(&name).into_owned()).or_default();
            if !known.contains(&(kind, id.to_owned())) {
                known.push((kind, id.to_owned()));
            }
        }
    }

    fn resolved(&mut self, value: Given, shape: Shape, role: Option<Role>, at: &At) -> Given {
        match (value, shape) {
            (Given::Words(words), Shape::Ref) => self.reference(words, role, at),
            (Given::List(items), Shape::Ref) => self.each(items, shape, role, at),
            (Given::Words(words), Shape::Either(&Shape::Ref, &Shape::Record(_))) => {
                self.citation(words, role, at)
            }
            (Given::Words(words), Shape::Record(keys) | Shape::Either(_, &Shape::Record(keys)))
                if keys.first().is_some_and(|key| matches!(key.shape, Shape::Ref)) =>
            {
                match self.reference(words, keys[0].role, at) {
                    Given::Words(id) => Given::Table(vec![(keys[0].name.to_owned(), Given::Words(id))]),
                    other => other,
                }
            }
            (Given::Table(entries), Shape::Record(keys) | Shape::Either(_, &Shape::Record(keys))) => {
                let entry = |(name, value): (String, Given)| {
                    let known: Option<&Key> = keys.iter().find(|key| key.name == name);
                    match known {
                        Some(key) => (name, self.resolved(value, key.shape, key.role, at)),
                        None => (name, value),
                    }
                };
                Given::Table(entries.into_iter().map(entry).collect())
            }
            (Given::List(items), Shape::List(item)) => self.each(items, *item, role, at),
            (single @ Given::Words(_), Shape::List(item)) => self.each(vec![single], *item, role, at),
            (value, _) => value,
        }
    }

    fn each(&mut self, items: Vec<Given>, shape: Shape, role: Option<Role>, at: &At) -> Given {
        let mut list = Vec::new();
        for item in items {
            // Names are separated by semicolons, because a comma may be a part of one.
            let parts = match (&item, shape) {
                (Given::Words(words), Shape::Ref) => self.apart(words, role),
                _ => None,
            };
            match parts {
                Some(parts) => list
                    .extend(parts.into_iter().map(|part| self.resolved(Given::Words(part), shape, role, at))),
                None => match self.resolved(item, shape, role, at) {
                    Given::List(none) if none.is_empty() => {}
                    value => list.push(value),
                },
            }
        }
        Given::List(list)
    }

    /// The names in `A, B`, if it is no name and each of them is one.
    fn apart(&self, words: &str, role: Option<Role>) -> Option<Vec<String>> {
        let parts: Vec<String> = words.split(',').map(|part| part.trim().to_owned()).collect();
        let is_known = |name: &str| self.found(name, role).is_some();
        (parts.len() > 1 && !is_known(words) && parts.iter().all(|part| is_known(part))).then_some(parts)
    }

    /// The id of what has this name, if there is only one that the role may lead to.
    fn found(&self, name: &str, role: Option<Role>) -> Option<String> {
        let kinds = role.map_or(&[][..], Role::leads_to);
        let fits = |kind: KindId| kinds.is_empty() || kinds.contains(&kind);
        let of_graph = |ix| {
            let entity = self.graph.entity(ix);
            fits(entity.kind).then(|| entity.id.as_str().to_owned())
        };
        if let Some(id) = self.graph.by_id(name).and_then(of_graph) {
            return Some(id);
        }
        if let Some(id) = self.addresses.get(name).filter(|_| fits(KindId::Source)) {
            return Some(id.clone());
        }
        let items = self.items.get(&*folded(name)).into_iter().flatten();
        let mut found: Vec<String> = items
            .filter(|(kind, _)| fits(*kind))
            .map(|(kind, id)| if id.is_empty() { pending(*kind, &folded(name)) } else { id.clone() })
            .collect();
        found.extend(self.graph.by_name(name, self.graph.default_language()).filter_map(of_graph));
        found.sort();
        found.dedup();
        match found.as_slice() {
            [one] => Some(one.clone()),
            _ => None,
        }
    }

    fn reference(&mut self, words: String, role: Option<Role>, at: &At) -> Given {
        let name = words.trim().trim_start_matches("[[").trim_end_matches("]]");
        if let Some(id) = self.found(name, role) {
            return Given::Words(id);
        }
        // What its author deleted since, or what is not of a kind that may stand here.
        if name.starts_with(REFERENCE) {
            return Given::List(Vec::new());
        }
        let kind = role.and_then(|role| role.leads_to().first().copied());
        let kind = kind.filter(|kind| OF_A_NAME.contains(kind) && name.contains(char::is_alphabetic));
        let Some(kind) = kind else { return Given::Words(words) };
        let key = format!("{} {name}", kind.name());
        if let Some(id) = self.recorded.get(&key) {
            return Given::Words(id.clone());
        }
        // Two entities may have the name already.
        let is_taken =
            self.items.get(&*folded(name)).is_some_and(|known| known.iter().any(|(of, _)| *of == kind))
                || self
                    .graph
                    .by_name(name, self.graph.default_language())
                    .any(|ix| self.graph.entity(ix).kind == kind);
        if is_taken {
            return Given::Words(words);
        }
        let name = name.to_owned();
        let mut item = Item::titled(kind, &name, at.clone());
        if let (KindId::Source, Some(address)) =
            (kind, reading::address(&name).filter(|_| name.contains('.')))
        {
            item.title = name.trim_end_matches('/').split("://").last().unwrap_or(&name).to_owned();
            item.facts.push(Fact { key: "url", value: Given::Words(address), at: at.clone() });
        }
        item.key = key;
        self.items.entry(folded(&name).into_owned()).or_default().push((kind, String::new()));
        let id = pending(kind, &folded(&name));
        self.made.push((item, folded(&name).into_owned()));
        Given::Words(id)
    }

    /// A source, perhaps with a place in it.
    fn citation(&mut self, words: String, role: Option<Role>, at: &At) -> Given {
        let cut = reading::cited(&words).filter(|_| self.found(&words, role).is_none());
        match cut.map(|(name, locator)| (name.to_owned(), locator)) {
            Some((name, locator)) => match self.reference(name, role, at) {
                Given::Words(id) => Given::Table(vec![
                    ("source".to_owned(), Given::Words(id)),
                    ("locator".to_owned(), Given::Words(locator)),
                ]),
                other => other,
            },
            None => self.reference(words, role, at),
        }
    }
}
