//! What is known of a place: the entity that is named there, the key, and who refers to it.

use serde_json::{Value as Json, json};

use super::buffers::Buffers;
use super::place::{Encoding, Root, Text};
use crate::base::path::InputPath;
use crate::base::span::Span;
use crate::data::patch::Step;
use crate::ide::form::said_of_term;
use crate::ide::front::FrontMatter;
use crate::kinds::KindId;
use crate::kinds::keys::Key;
use crate::link::{Edition, Entity, EntityIx, Graph, Reference, Target};
use crate::load::table::Lookup;
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
pub(super) fn meaning<'s>(snapshot: &'s Snapshot, kind: KindId, key: &Key, word: &str) -> Option<&'s str> {
    said_of_term(word, "about", key, kind, snapshot.locales().first()?)
}

/// The declaration of the key at the end of a way.
fn declared(kind: KindId, way: &[Step]) -> Option<&'static Key> {
    let mut table: Vec<&'static Key> = kind.keys().collect();
    let mut found = None;
    for step in way {
        let Step::Key(name) = step else { continue };
        let key = *table.iter().find(|key| key.name == *name)?;
        table = key.shape.record().unwrap_or_default().iter().collect();
        found = Some(key);
    }
    found
}

/// The entity that a reference leads to.
pub(super) fn led_to(reference: &Reference) -> Option<EntityIx> {
    match reference.target {
        Target::Entity(ix, _) => Some(ix),
        _ => None,
    }
}

/// Where things are in the files of the dossier; what is a row of a table, in that.
pub(super) struct Places<'a> {
    rows: Lookup<'a>,
    buffers: &'a Buffers,
    root: &'a Root,
    encoding: Encoding,
}

impl<'a> Places<'a> {
    pub(super) fn new(
        snapshot: &'a Snapshot,
        buffers: &'a Buffers,
        root: &'a Root,
        encoding: Encoding,
    ) -> Places<'a> {
        Places { rows: Lookup::over(&**snapshot.world()), buffers, root, encoding }
    }

    /// A part of a file as a `Location`; `None` if it cannot be read.
    pub(super) fn of(&mut self, path: &InputPath, span: Span) -> Option<Json> {
        let (path, span) = self.rows.written(path, span);
        let range = Text::new(&self.buffers.text(&path)?, self.encoding).range(span);
        Some(json!({ "uri": self.root.uri(&path), "range": range }))
    }

    /// Where an entity is defined: in the edition of a language.
    pub(super) fn definition(&mut self, graph: &Graph, ix: EntityIx, from: &Edition) -> Option<Json> {
        let edition = graph.entity(ix).edition_for(&from.input.lang);
        self.of(&edition.input.path, Span::empty(0))
    }

    /// Everywhere that an entity is referred to.
    pub(super) fn referrers(&mut self, graph: &Graph, ix: EntityIx) -> Vec<Json> {
        let place = |reference: &Reference| {
            let edition = graph.entity(reference.from).editions.get(reference.edition as usize)?;
            self.of(&edition.input.path, reference.span)
        };
        graph.incoming(ix).filter_map(place).collect()
    }
}
