//! An element of a page → its line in a file.
//!
//! Pages contain no spans. The browser sends the number and the words of a block, and the side tables of the
//! parsed text give its position.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::answer::site_path;
use crate::base::lines::Lines;
use crate::base::path::{InputPath, join};
use crate::base::span::Span;
use crate::config;
use crate::ide::front::FrontMatter;
use crate::link::{Edition, Entity};
use crate::load::table::Lookup;
use crate::load::{self, CONTENT};
use crate::parse::Prose;
use crate::session::Snapshot;
use crate::site::{PageId, Route};
use crate::world::World;

/// The browser's request: a place in a file, or an element of a page.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Wanted {
    path: Option<String>,
    line: Option<usize>,
    column: Option<usize>,
    page: Option<String>,
    /// The number of the block in the text, from 0.
    block: Option<usize>,
    /// The words of the block.
    words: String,
    /// A key of the front matter, or a fact's label as the page shows it.
    fact: Option<String>,
    /// The number of the row, from 0.
    item: Option<usize>,
}

/// A place in a file of the dossier.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) struct FilePlace {
    /// The file.
    pub path: InputPath,
    /// From 1.
    pub line: usize,
    /// From 1.
    pub column: usize,
}

pub(crate) fn find(snapshot: &Snapshot, wanted: &Wanted) -> Option<FilePlace> {
    if let Some(path) = &wanted.path {
        return in_file(snapshot, path, wanted);
    }
    let world = &**snapshot.world();
    let (entity, edition, number) = shown(snapshot, wanted.page.as_deref()?)?;
    if let Some(label) = &wanted.fact {
        let locale = snapshot.locales().get(number)?;
        let word = |label: &str| locale.word(&format!("facts.{label}")).map(str::to_owned);
        return Some(fact(world, entity, edition, label, wanted.item, word));
    }
    let prose = edition.prose();
    let span = match wanted.block {
        Some(block) => best(prose, &load::text(world, &edition.input), block, &wanted.words)?,
        None => Span::empty(0),
    };
    Some(place(world, edition, span))
}

/// The entity whose page is at an address, the edition that it shows, and the number of its language.
pub(crate) fn shown<'s>(snapshot: &'s Snapshot, page: &str) -> Option<(&'s Entity, &'s Edition, usize)> {
    let page = site_path(page);
    let Some(Route::Page(PageId::Entity(ix, number))) = snapshot.map().find(&page) else { return None };
    let entity = snapshot.graph.entity(*ix);
    Some((entity, entity.edition_for(snapshot.graph.languages.get(*number)?), *number))
}

/// A block of a text, to edit.
#[derive(Debug, Serialize)]
pub(crate) struct Block {
    file: InputPath,
    /// Where it begins, in bytes.
    start: u32,
    text: String,
}

/// The block that the browser shows, as it is written.
pub(crate) fn block(snapshot: &Snapshot, wanted: &Wanted) -> Option<Block> {
    let (_, edition, _) = shown(snapshot, wanted.page.as_deref()?)?;
    let text = load::text(&**snapshot.world(), &edition.input);
    let span = best(edition.prose(), &text, wanted.block?, &wanted.words)?;
    let text = text.get(span.range())?.trim_end_matches(['\n', '\r', ' ']).to_owned();
    Some(Block { file: edition.input.path.clone(), start: span.start, text })
}

/// A place that was sent to the browser, in a finding or in the panel.
fn in_file(snapshot: &Snapshot, path: &str, wanted: &Wanted) -> Option<FilePlace> {
    // The path must stay within the dossier.
    let path: InputPath = join("", path)?.into();
    let is_own = path.as_str() == config::FILE
        || (snapshot.config().documents && load::is_document(path.as_str()))
        || [CONTENT, "themes"].iter().any(|folder| path.as_str().starts_with(&format!("{folder}/")));
    if !is_own || snapshot.world().read(&path).is_err() {
        return None;
    }
    Some(FilePlace { path, line: wanted.line.unwrap_or(1), column: wanted.column.unwrap_or(1) })
}

/// Where a fact is written: in the edition shown, otherwise in the original, otherwise at the original's top.
fn fact(
    world: &dyn World,
    entity: &Entity,
    shown: &Edition,
    label: &str,
    item: Option<usize>,
    word: impl Fn(&str) -> Option<String>,
) -> FilePlace {
    let facts = entity.facts();
    let labels = facts.list.iter().map(|fact| fact.label);
    let key = labels.into_iter().find(|key| word(key).as_deref() == Some(label)).unwrap_or(label);
    for edition in [shown, entity.original()] {
        if let Some(span) = FrontMatter::of(world, edition).and_then(|front| front.place(key, item)) {
            return place(world, edition, span);
        }
    }
    place(world, entity.original(), entity.head_span())
}

/// Where a part of an edition is written: in a table, if it is a row of one.
fn place(world: &dyn World, edition: &Edition, span: Span) -> FilePlace {
    let (path, span) = Lookup::over(world).written(&edition.input.path, span);
    let text = match path == edition.input.path {
        true => load::text(world, &edition.input),
        false => String::from_utf8_lossy(&world.read(&path).unwrap_or_default()).into(),
    };
    let at = Lines::new(&text).position(span.start as usize);
    FilePlace { path, line: at.line, column: at.column }
}

/// The block with most of the words; of equal ones, the one with the nearest number. Raw HTML and embeds add
/// elements that have no block in the text, so the number alone may be wrong; the words alone may occur
/// twice.
fn best(prose: &Prose, text: &str, number: usize, words: &str) -> Option<Span> {
    let wanted: BTreeSet<String> = words_of(words).collect();
    let said = |span: &Span| {
        let there: BTreeSet<String> = words_of(text.get(span.range()).unwrap_or_default()).collect();
        wanted.intersection(&there).count()
    };
    let blocks = prose.places.iter().enumerate();
    let best = blocks.max_by_key(|(at, span)| (said(span), Reverse(at.abs_diff(number))))?;
    Some(*best.1)
}

fn words_of(text: &str) -> impl Iterator<Item = String> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_lowercase)
}
