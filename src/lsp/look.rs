//! What is known of a place: the entity that is named there, the key, and who refers to it.

use serde_json::{Value as Json, json};

use super::place::{Encoding, Root, Text};
use crate::base::path::InputPath;
use crate::base::span::Span;
use crate::data::patch::Step;
use crate::ide::front::FrontMatter;
use crate::kinds::KindId;
use crate::kinds::keys::{Key, Shape};
use crate::link::{Edition, Entity, EntityIx, Graph, Reference, Target};
use crate::session::Snapshot;

/// A file of the dossier, with the entity whose edition it is.
pub(super) struct Here<'a> {
    pub snapshot: &'a Snapshot,
    pub ix: EntityIx,
    pub entity: &'a Entity,
    /// The number of the edition.
    pub number: usize,
}

impl<'a> Here<'a> {
    /// The entity of a file; `None` if it is not one's.
    pub(super) fn of(snapshot: &'a Snapshot, path: &InputPath) -> Option<Here<'a>> {
        snapshot.graph.iter().find_map(|(ix, entity)| {
            let number = entity.editions.iter().position(|edition| edition.input.path == *path)?;
            Some(Here { snapshot, ix, entity, number })
        })
    }

    pub(super) fn edition(&self) -> &'a Edition {
        &self.entity.editions[self.number]
    }

    /// The references that this file has.
    pub(super) fn references(&self) -> impl Iterator<Item = &'a Reference> {
        let number = self.number;
        let all = self.snapshot.graph.outgoing(self.ix).iter();
        all.filter(move |reference| reference.edition as usize == number)
    }

    /// The entity that is named at a place, and where it is.
    pub(super) fn named(&self, at: usize) -> Option<(EntityIx, Span)> {
        let is_there = |span: Span| span.range().start <= at && at <= span.range().end;
        let mut found = self.references().filter(|reference| is_there(reference.span));
        found.find_map(|reference| Some((led_to(reference)?, reference.span)))
    }

    /// The key at a place of the front matter, its value if the place is there, and where the key is.
    fn key(&self, at: usize) -> Option<(&'static Key, Option<String>)> {
        let front = FrontMatter::of(&**self.snapshot.world(), self.edition())?;
        let way = front.way_to(u32::try_from(at).ok()?);
        let key = declared(self.entity.kind, &way)?;
        let mut node = front.node()?;
        for step in &way {
            node = match (step, node.value) {
                (Step::Key(name), crate::data::Value::Table(entries)) => {
                    entries.into_iter().find(|(key, _)| *key.name == **name)?.1
                }
                (Step::Item(at), crate::data::Value::List(items)) => items.into_iter().nth(*at)?,
                _ => return Some((key, None)),
            };
        }
        match node.value {
            crate::data::Value::Scalar(word) => Some((key, Some(word.to_string()))),
            _ => Some((key, None)),
        }
    }

    /// What is shown of a place: the card of an entity, or what a key and its word mean.
    pub(super) fn hover(&self, at: usize, text: &Text<'_>) -> Option<Json> {
        let markdown = |value: String| json!({ "kind": "markdown", "value": value });
        if let Some((ix, span)) = self.named(at) {
            return Some(json!({ "contents": markdown(self.card(ix)), "range": text.range(span) }));
        }
        let (key, word) = self.key(at)?;
        let meaning = word.and_then(|word| {
            let about = meaning(self.snapshot, self.entity.kind, key, &word)?;
            Some(format!("\n\n`{word}`: {about}"))
        });
        let about = format!("**{}**: {}{}", key.name, key.plain(), meaning.unwrap_or_default());
        Some(json!({ "contents": markdown(about) }))
    }

    /// What a reader's card says of an entity.
    fn card(&self, ix: EntityIx) -> String {
        let entity = self.snapshot.graph.entity(ix);
        let edition = entity.edition_for(&self.edition().input.lang);
        let mut card = format!("**{}**\n\n{}", plain(edition.title()), entity.kind.name());
        if let Some(status) = entity.status {
            card.push_str(&format!(", {}", status.word()));
        }
        card.push_str(&format!(" · `{}`", entity.path()));
        if let Some(summary) = edition.shown_summary() {
            card.push_str(&format!("\n\n{}", plain(summary)));
        }
        card
    }
}

/// Words as Markdown that says the same.
fn plain(words: &str) -> String {
    let mut plain = String::new();
    for c in words.chars() {
        if matches!(c, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '#') {
            plain.push('\\');
        }
        plain.push(c);
    }
    plain
}

/// What a word of a closed list means.
pub(super) fn meaning(snapshot: &Snapshot, kind: KindId, key: &Key, word: &str) -> Option<String> {
    let lists = [key.name.to_owned(), format!("{}-{}", kind.name(), key.name)];
    let locale = snapshot.locales().first()?;
    lists.iter().find_map(|list| locale.word(&format!("terms.{list}.{word}.about"))).map(str::to_owned)
}

/// The declaration of the key at the end of a way.
fn declared(kind: KindId, way: &[Step]) -> Option<&'static Key> {
    let mut table: Vec<&'static Key> = kind.keys().collect();
    let mut found = None;
    for step in way {
        let Step::Key(name) = step else { continue };
        let key = *table.iter().find(|key| key.name == *name)?;
        table = record_of(key.shape).unwrap_or_default().iter().collect();
        found = Some(key);
    }
    found
}

/// The table that a shape may be.
pub(super) fn record_of(shape: Shape) -> Option<&'static [Key]> {
    match shape {
        Shape::Record(keys) => Some(keys),
        Shape::List(item) => record_of(*item),
        Shape::Either(one, other) => record_of(*one).or_else(|| record_of(*other)),
        _ => None,
    }
}

/// The entity that a reference leads to.
pub(super) fn led_to(reference: &Reference) -> Option<EntityIx> {
    match reference.target {
        Target::Entity(ix, _) => Some(ix),
        _ => None,
    }
}

/// Where an entity is defined: in the edition of a language.
pub(super) fn definition(graph: &Graph, ix: EntityIx, from: &Edition, root: &Root) -> Json {
    let edition = graph.entity(ix).edition_for(&from.input.lang);
    let start = json!({ "line": 0, "character": 0 });
    json!({ "uri": root.uri(&edition.input.path), "range": { "start": start, "end": start } })
}

/// Everywhere that an entity is referred to.
pub(super) fn referrers(
    graph: &Graph,
    ix: EntityIx,
    text: &dyn Fn(&InputPath) -> Option<std::sync::Arc<str>>,
    root: &Root,
    encoding: Encoding,
) -> Vec<Json> {
    let place = |reference: &Reference| {
        let path = &graph.entity(reference.from).editions.get(reference.edition as usize)?.input.path;
        let range = Text::new(&text(path)?, encoding).range(reference.span);
        Some(json!({ "uri": root.uri(path), "range": range }))
    };
    graph.incoming(ix).filter_map(place).collect()
}
