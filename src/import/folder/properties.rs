//! What the properties of a note say: which are keys of the dossier, which are kept for another program, and which are
//! dropped.

use super::{Counts, Flavour, Request};
use crate::base::date::{Day, Edtf};
use crate::data::write::Given;
use crate::data::{Node, Value, reading};
use crate::import::brought::{At, Fact};
use crate::import::mapping::{KEEP, KIND};
use crate::import::table::kind_named;
use crate::kinds::KindId;
use crate::kinds::keys::Shape;
use crate::parse;

/// What the front matter of a note says.
pub(super) struct Said {
    pub kind: KindId,
    pub title: Option<String>,
    pub facts: Vec<Fact>,
    /// Properties of another program, which stay as they are.
    pub kept: Vec<(String, Given)>,
    pub is_draft: bool,
    /// Other names by which it is linked.
    pub aliases: Vec<String>,
    /// Addresses on the site.
    pub addresses: Vec<String>,
    /// The end of its address, if that is not its name.
    pub slug: Option<String>,
    pub is_left_out: bool,
}

/// Keys of the dossier, and what other programs call them.
const NAMES: &[(&str, &[&str])] = &[
    ("summary", &["summary", "description", "excerpt", "abstract", "ringkasan", "deskripsi"]),
    ("date", &["date", "created", "date created", "datecreated", "created at", "tanggal"]),
    ("updated", &["updated", "modified", "lastmod", "last modified", "date modified", "last updated"]),
    ("byline", &["byline", "author", "authors"]),
    ("order", &["order", "weight", "nav order"]),
];

/// Properties that may say what a note is.
const OF_KIND: [&str; 4] = ["type", "kind", "category", "class"];

/// Why a property is dropped.
const UNKNOWN: &str =
    "properties without a key; `--property NAME=KEY` says what one is, `NAME=keep` keeps it";

/// Reads the properties of a note.
pub(super) fn read(request: &Request<'_>, node: &Node, kind: KindId, at: &At, counts: &mut Counts) -> Said {
    let mut said = Said {
        kind,
        title: None,
        facts: Vec::new(),
        kept: Vec::new(),
        is_draft: false,
        aliases: Vec::new(),
        addresses: Vec::new(),
        slug: None,
        is_left_out: false,
    };
    let Value::Table(entries) = &node.value else { return said };
    // What it is decides what its other properties mean.
    let of_kind = entries.iter().filter(|(key, _)| match request.mapping.property(&key.name) {
        Some(said) => said == KIND,
        None => OF_KIND.contains(&&*plain(&key.name)),
    });
    let mut words = of_kind.flat_map(|(_, node)| words(node));
    let named = words.find_map(|word| request.mapping.kind(&word).or_else(|| kind_named(&word)));
    said.kind = named.unwrap_or(kind);
    for (key, node) in entries {
        property(request, &key.name, node, at, &mut said, counts);
    }
    // Hugo leaves out until then what has a date to come.
    let date = said.facts.iter().find(|fact| fact.key == "date").map(|fact| fact.value.clone());
    if let (Flavour::Hugo, Some(Given::Bare(day))) = (request.flavour, date)
        && !said.facts.iter().any(|fact| fact.key == "embargo")
        && Edtf::parse(&day).is_ok()
    {
        scheduled(&day, request.today, at, &mut said);
    }
    said
}

fn property(request: &Request<'_>, name: &str, node: &Node, at: &At, said: &mut Said, counts: &mut Counts) {
    let value = match &node.value {
        Value::Null => return,
        Value::Scalar(word) => word.to_string(),
        _ => String::new(),
    };
    let lower = plain(name);
    let is_site = request.flavour != Flavour::Vault;
    match request.mapping.property(name) {
        Some("" | KIND) => return,
        Some(KEEP) => {
            said.kept.extend(Given::of(node).map(|value| (name.to_owned(), value)));
            return;
        }
        Some(key) => {
            if !fact(said, key, node, at) {
                counts.add("properties for which the kind has no such key", name, at.clone());
            }
            return;
        }
        None => {}
    }
    match &*lower {
        "title" => said.title = Some(shown(&value)).filter(|title| !title.trim().is_empty()),
        "headless" if value == "true" => said.is_left_out = true,
        // On a site, these are addresses that lead to the page.
        "aliases" | "alias" if matches!(request.flavour, Flavour::Hugo | Flavour::Zola) => {
            said.addresses.extend(words(node));
        }
        "aliases" | "alias" => {
            said.aliases = words(node);
            let names = said.aliases.iter().cloned().map(Given::Words).collect();
            said.facts.push(Fact { key: "aliases", value: Given::List(names), at: at.clone() });
        }
        "url" | "path" | "permalink" if is_site => said.addresses.push(value),
        "slug" if is_site => said.slug = Some(value),
        "publishdate" | "publish date" => scheduled(&value, request.today, at, said),
        "published" if said.kind != KindId::Article && Edtf::parse(day_of(&value)).is_ok() => {
            fact(said, "date", node, at);
            scheduled(&value, request.today, at, said);
        }
        "draft" => said.is_draft |= !reading::denies(&value),
        _ if parse::may_wait(name, &value) => said.is_draft = true,
        _ if parse::is_of_release(name) || value == "true" && lower.contains("publish") => {}
        _ => {
            let known = NAMES.iter().find(|(_, names)| names.contains(&&*lower)).map(|(key, _)| *key);
            let own = said.kind.keys().find(|key| key.name == name).map(|key| key.name);
            let is_of_kind = OF_KIND.contains(&&*lower) && own.is_none();
            if !own.or(known).is_some_and(|key| fact(said, key, node, at)) && !is_of_kind {
                counts.add(UNKNOWN, name, at.clone());
            }
        }
    }
    // `[extra]` of Zola and `params` of Hugo may say that a page waits.
    if let Value::Table(inner) = &node.value {
        said.is_draft |= inner.iter().any(|(key, node)| match &node.value {
            Value::Scalar(word) => parse::may_wait(&key.name, word),
            _ => false,
        });
    }
}

/// A day from which a page is on the site.
fn scheduled(value: &str, today: Day, at: &At, said: &mut Said) {
    match Edtf::parse(day_of(value)).ok().and_then(|date| date.latest()) {
        None => said.is_draft = true,
        Some(day) if day > today => {
            let value = Given::Bare(day.to_string());
            said.facts.push(Fact { key: "embargo", value, at: at.clone() });
        }
        Some(_) => {}
    }
}

/// Adds a fact, if the kind has the key and nothing said it yet.
fn fact(said: &mut Said, key: &str, node: &Node, at: &At) -> bool {
    let Some(known) = said.kind.keys().find(|known| known.name == key) else { return false };
    if known.name == "title" {
        said.title = words(node).into_iter().next();
        return true;
    }
    if said.facts.iter().any(|fact| fact.key == known.name) {
        return true;
    }
    let value = match (known.shape, &node.value) {
        (Shape::Date, Value::Scalar(word)) => {
            let day = day_of(word);
            // The time at which somebody saved a file is no news.
            Some(Given::Bare(if Edtf::parse(day).is_ok() { day.to_owned() } else { word.to_string() }))
        }
        (_, Value::List(_)) if known.name == "byline" => Some(Given::Words(words(node).join(", "))),
        _ => Given::of(node).map(linked),
    };
    said.facts.extend(value.map(|value| Fact { key: known.name, value, at: at.clone() }));
    true
}

/// A value in which links are the names that they show.
fn linked(value: Given) -> Given {
    match value {
        Given::Words(words) | Given::Bare(words) if words.contains("[[") => Given::Words(shown(&words)),
        // Names become ids only in words.
        Given::Bare(words) if words.parse::<f64>().is_err() && reading::flag(&words).is_none() => {
            Given::Words(words)
        }
        Given::List(items) => Given::List(items.into_iter().map(linked).collect()),
        Given::Table(entries) => {
            Given::Table(entries.into_iter().map(|(key, value)| (key, linked(value))).collect())
        }
        value => value,
    }
}

/// A text of properties, in which a link is what it shows.
pub(super) fn shown(text: &str) -> String {
    let mut rest = text;
    let mut shown = String::with_capacity(text.len());
    while let Some((before, inner)) = rest.split_once("[[") {
        let Some((link, after)) = inner.split_once("]]") else { break };
        shown.push_str(before);
        let name = link.rsplit_once('|').map_or(link, |(_, words)| words);
        shown.push_str(name.rsplit('/').next().unwrap_or(name));
        rest = after;
    }
    shown + rest
}

fn day_of(text: &str) -> &str {
    text.trim().split(['T', ' ']).next().unwrap_or(text)
}

/// The words in a value: of a list, each.
fn words(node: &Node) -> Vec<String> {
    match &node.value {
        Value::Scalar(word) => vec![word.to_string()],
        Value::List(items) => items.iter().flat_map(words).collect(),
        Value::Null | Value::Table(_) => Vec::new(),
    }
}

/// A name of a property for comparison.
fn plain(name: &str) -> String {
    name.trim().to_lowercase().replace(['_', '-'], " ")
}
