//! The search documents, and the previews that the browser shows in search results and on links.
//!
//! In each language, all pages worth finding are divided into [`pieces`] by the hash of their path. So a link
//! leads directly to the piece with its preview, and an edit changes few pieces.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use crate::base::hash::Fingerprint;
use crate::base::json::{self, Open};
use crate::kinds::KindId;
use crate::kinds::words::Status;
use crate::link::{EntityIx, Target};
use crate::reader::documents::{Document, DocumentList, Hashes, What};
use crate::reader::{Reader, Site};
use crate::search::index::{Field, Index};
use crate::search::stem::Stemmer;
use crate::search::{piece_of, pieces, script};
use crate::shown::{Preview, Value};

/// A filter value for search results.
struct Choice {
    value: String,
    /// The label that readers see.
    label: String,
    documents: Vec<usize>,
}

impl Choice {
    /// Writes the value, the label and the document numbers, delta-encoded.
    fn write(&self, json: &mut String) {
        let mut list = Open::array(json);
        for text in [&self.value, &self.label] {
            list.item(json);
            json::string(text, json);
        }
        list.item(json);
        let mut before = 0;
        let distance = |number: &usize| number - std::mem::replace(&mut before, *number);
        numbers(&self.documents.iter().map(distance).collect::<Vec<usize>>(), json);
        list.close(json);
    }
}

/// The weight of a word in a title, in another name, in the summary, in the facts and in the text.
const TITLE: f32 = 16.0;
const NAME: f32 = 12.0;
const SUMMARY: f32 = 6.0;
const FACTS: f32 = 4.0;
const TEXT: f32 = 12.0;

/// The maximum number of actors in the filter: those with the most references.
const MOST_ACTORS: usize = 100;

/// The longest range of years that is indexed year by year for one date.
const MOST_YEARS: usize = 30;

/// The number of pieces for the previews of a site, in each language.
pub(crate) fn preview_pieces(site: &Site<'_>) -> usize {
    pieces(site.graph().entities.len())
}

/// The search of one language.
#[derive(Copy, Clone)]
pub(crate) struct Search<'a> {
    reader: Reader<'a>,
    list: &'a DocumentList,
}

impl<'a> Search<'a> {
    /// Returns the search of a language. It covers the pages of entities and the pages from `others`, which
    /// is called only when the list is first built.
    pub(crate) fn of(reader: Reader<'a>, others: impl FnOnce() -> Vec<Document>) -> Search<'a> {
        let list = reader.site.index().documents[reader.lang].list.get_or_init(|| {
            let entity = |(ix, _): (EntityIx, _)| Document {
                path: reader.preview(ix).path.clone(),
                what: What::Entity(ix),
            };
            let mut documents: Vec<Document> = reader.graph.iter().map(entity).chain(others()).collect();
            let pieces = preview_pieces(reader.site);
            documents
                .sort_by_cached_key(|document| (piece_of(&document.path, pieces), document.path.clone()));
            let start =
                |piece| documents.partition_point(|document| piece_of(&document.path, pieces) < piece);
            let starts = (0..=pieces).map(start).collect();
            DocumentList { documents, starts }
        });
        Search { reader, list }
    }

    /// The file with the previews of a piece. Each has the texts that the browser reads: page, label above the title,
    /// title, summary, date, status and its label, and the language if it differs from the page's.
    pub(crate) fn previews(self, piece: usize) -> Vec<u8> {
        let mut json = String::new();
        let mut list = Open::array(&mut json);
        for document in self.piece(piece) {
            list.item(&mut json);
            let mut preview = Open::array(&mut json);
            for text in self.shown_of(document) {
                preview.item(&mut json);
                json::string(&text, &mut json);
            }
            preview.close(&mut json);
        }
        list.close(&mut json);
        script(&json)
    }

    /// The file with a piece's pages and their texts. Search results use them to show the context of a match.
    pub(crate) fn texts(self, piece: usize) -> Vec<u8> {
        let mut json = String::new();
        let mut list = Open::array(&mut json);
        for document in self.piece(piece) {
            list.item(&mut json);
            let mut item = Open::array(&mut json);
            for text in [Cow::Borrowed(document.path.as_str()), self.text_of(document)] {
                item.item(&mut json);
                json::string(&text, &mut json);
            }
            item.close(&mut json);
        }
        list.close(&mut json);
        script(&json)
    }

    /// The file with a piece of the index.
    pub(crate) fn words_piece(self, piece: usize) -> Vec<u8> {
        self.words().pieces.get(piece).map(|(_, json)| script(json)).unwrap_or_default()
    }

    pub(crate) fn hashes(self) -> &'a Hashes {
        self.reader.site.index().documents[self.reader.lang].hashes.get_or_init(|| {
            // As in `cache_control`, which recognizes such names.
            let of = |file: Vec<u8>| Fingerprint::of(&file).short(8);
            let pieces = preview_pieces(self.reader.site);
            Hashes {
                words: (0..self.words().pieces.len()).map(|piece| of(self.words_piece(piece))).collect(),
                texts: (0..pieces).map(|piece| of(self.texts(piece))).collect(),
                cards: (0..pieces).map(|piece| of(self.previews(piece))).collect(),
            }
        })
    }

    /// The script of the language's stemmer, if it has one.
    pub(crate) fn stemmer(self) -> Option<&'static str> {
        Stemmer::of(&self.reader.locale.lang)?.script()
    }

    pub(crate) fn stemmer_hash(self) -> Option<String> {
        Some(Fingerprint::of(self.stemmer()?.as_bytes()).short(8))
    }

    fn words(self) -> &'a Index {
        self.reader.site.index().documents[self.reader.lang].index.get_or_init(|| {
            let documents = &self.list.documents;
            let stemmer = Stemmer::of(&self.reader.locale.lang);
            Index::of(documents.len(), stemmer, |number| self.fields(&documents[number]))
        })
    }

    /// What a browser loads first: the names and the boundaries of the pieces, the stemming rules and the filters.
    pub(crate) fn overview(self) -> Vec<u8> {
        let (list, index) = (self.list, self.words());
        let Hashes { words, texts, cards } = self.hashes();
        let mut json = String::new();
        let mut all = Open::object(&mut json);
        for (name, hashes) in [("words", words), ("texts", texts), ("cards", cards)] {
            all.key(name, &mut json);
            strings(hashes.iter(), &mut json);
        }
        all.key("starts", &mut json);
        numbers(&list.starts, &mut json);
        all.key("first", &mut json);
        strings(index.pieces.iter().map(|(term, _)| term), &mut json);
        all.key("stem", &mut json);
        match Stemmer::of(&self.reader.locale.lang) {
            Some(Stemmer::Table(table)) => table.json(&mut json),
            Some(Stemmer::Snowball(..)) => strings(self.stemmer_hash().iter(), &mut json),
            None => json.push_str("null"),
        }
        all.key("choices", &mut json);
        let mut choices = Open::object(&mut json);
        for (name, values) in self.choices(&list.documents) {
            choices.key(name, &mut json);
            let mut list = Open::array(&mut json);
            for value in values {
                list.item(&mut json);
                value.write(&mut json);
            }
            list.close(&mut json);
        }
        choices.close(&mut json);
        all.close(&mut json);
        script(&json)
    }

    fn piece(self, piece: usize) -> &'a [Document] {
        let DocumentList { documents, starts } = self.list;
        match (starts.get(piece), starts.get(piece + 1)) {
            (Some(start), Some(end)) => &documents[*start..*end],
            _ => &[],
        }
    }

    fn shown_of(self, document: &Document) -> [String; 8] {
        let locale = self.reader.locale;
        let word = |key: &str| locale.word(key).unwrap_or_default().to_owned();
        match &document.what {
            What::Entity(ix) => {
                let preview: &Preview = self.reader.preview(*ix);
                let status = preview.status.unwrap_or_default();
                [
                    document.path.clone(),
                    word(&format!("kinds.{}.singular", preview.kind)),
                    preview.title.clone(),
                    preview.summary.clone().unwrap_or_default(),
                    preview.date.as_ref().map(|date| date.text.clone()).unwrap_or_default(),
                    status.to_owned(),
                    word(&format!("terms.status.{status}.label")),
                    if preview.foreign { preview.lang.clone() } else { String::new() },
                ]
            }
            What::Other { kind, title, about } => {
                let [date, status, label, lang] = [const { String::new() }; 4];
                let about = about.clone().unwrap_or_default();
                [document.path.clone(), kind.clone(), title.clone(), about, date, status, label, lang]
            }
        }
    }

    fn text_of(self, document: &Document) -> Cow<'a, str> {
        match document.what {
            What::Entity(ix) => {
                let edition = self.reader.graph.entity(ix).edition_for(&self.reader.locale.lang);
                self.reader.shown_text(ix, edition, 0..edition.prose().plain.len())
            }
            What::Other { .. } => Cow::Borrowed(""),
        }
    }

    fn fields(self, document: &'a Document) -> Vec<Field<'a>> {
        let field = |text: &'a str, worth| Field { text: text.into(), worth };
        match &document.what {
            What::Entity(ix) => {
                let (entity, preview) = (self.reader.graph.entity(*ix), self.reader.preview(*ix));
                let mut fields = vec![
                    field(&preview.title, TITLE),
                    field(preview.summary.as_deref().unwrap_or_default(), SUMMARY),
                    Field { text: self.text_of(document), worth: TEXT },
                ];
                // Index the names of the entity in every language.
                for edition in &entity.editions {
                    let aliases = edition.parsed.head.common.aliases.iter().map(|alias| alias.value.as_str());
                    fields.extend([edition.title()].into_iter().chain(aliases).map(|name| field(name, NAME)));
                }
                let (rows, tables) = self.reader.facts(entity);
                let cells = tables.iter().flat_map(|table| table.rows.iter().flatten().flatten());
                let mut words = String::new();
                for text in rows.iter().flat_map(|row| &row.values).chain(cells).filter_map(said) {
                    words.push_str(text);
                    words.push('\n');
                }
                fields.push(Field { text: words.into(), worth: FACTS });
                // The names of the recordings and pictures that it shows are no words of its text.
                let edition = entity.edition_for(&self.reader.locale.lang);
                let shown = edition.prose().links.iter().filter(|link| !link.description.is_empty());
                fields.extend(shown.map(|link| field(&link.description, FACTS)));
                fields
            }
            What::Other { title, about, .. } => {
                vec![field(title, TITLE), field(about.as_deref().unwrap_or_default(), SUMMARY)]
            }
        }
    }

    /// The filters, in order. Each has its values, and the documents that match them.
    fn choices(self, documents: &[Document]) -> [(&'static str, Vec<Choice>); 4] {
        let locale = self.reader.locale;
        let word = |key: String| locale.word(&key).unwrap_or_default().to_owned();
        let entities = || {
            documents.iter().enumerate().filter_map(|(number, document)| match document.what {
                What::Entity(ix) => Some((number, ix)),
                What::Other { .. } => None,
            })
        };
        let mut kinds: BTreeMap<KindId, Vec<usize>> = BTreeMap::new();
        let mut statuses: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        let mut years: BTreeMap<i32, Vec<usize>> = BTreeMap::new();
        let mut actors: BTreeMap<EntityIx, Vec<usize>> = BTreeMap::new();
        let offered = self.offered_actors();
        for (number, ix) in entities() {
            let preview = self.reader.preview(ix);
            kinds.entry(self.reader.graph.entity(ix).kind).or_default().push(number);
            if let Some(status) = preview.status {
                statuses.entry(status).or_default().push(number);
            }
            let date = self.reader.graph.entity(ix).date();
            if let Some((first, last)) = date.and_then(|date| date.earliest().zip(date.latest())) {
                for year in (first.year..=last.year).take(MOST_YEARS) {
                    years.entry(year).or_default().push(number);
                }
            }
            let named =
                self.reader.graph.outgoing(ix).iter().filter_map(|reference| match reference.target {
                    Target::Entity(ix, _) => Some(ix),
                    _ => None,
                });
            let named: BTreeSet<EntityIx> = named.chain([ix]).filter(|ix| offered.contains(ix)).collect();
            for actor in named {
                actors.entry(actor).or_default().push(number);
            }
        }
        let kind = |(kind, documents): (KindId, _)| {
            let name = kind.name();
            Choice { value: name.to_owned(), label: word(format!("kinds.{name}.plural")), documents }
        };
        let status = |status: &&'static str| {
            let label = word(format!("terms.status.{status}.label"));
            Some(Choice { value: (*status).to_owned(), label, documents: statuses.remove(status)? })
        };
        let actor = |ix: &EntityIx| {
            let preview = self.reader.preview(*ix);
            Some(Choice {
                value: preview.id.clone(),
                label: preview.title.clone(),
                documents: actors.remove(ix)?,
            })
        };
        let year = |(year, documents): (i32, _)| Choice {
            value: year.to_string(),
            label: locale.ordinal(year),
            documents,
        };
        [
            ("kind", kinds.into_iter().map(kind).collect()),
            ("status", Status::WORDS.iter().filter_map(status).collect()),
            ("actor", self.reader.orders.of_kind(KindId::Actor).iter().filter_map(actor).collect()),
            ("year", years.into_iter().map(year).collect()),
        ]
    }

    /// The actors that most entities refer to.
    fn offered_actors(self) -> BTreeSet<EntityIx> {
        let mut actors = self.reader.orders.of_kind(KindId::Actor).to_vec();
        actors.sort_by_key(|ix| std::cmp::Reverse(self.reader.graph.incoming(*ix).len()));
        actors.into_iter().take(MOST_ACTORS).collect()
    }
}

/// The searchable words of a fact. Sources are left out, because a page that cites many would match all their
/// titles.
fn said(value: &Value) -> Option<&str> {
    Some(match value {
        Value::Text { text, .. }
        | Value::Quantity { text, .. }
        | Value::Country { text, .. }
        | Value::Language { text, .. } => text,
        Value::Date(date) => &date.text,
        Value::Link { preview, .. } => &preview.title,
        Value::Term { .. } | Value::Url { .. } | Value::Point { .. } | Value::Cite { .. } => return None,
    })
}

fn numbers(list: &[usize], json: &mut String) {
    let mut all = Open::array(json);
    for number in list {
        all.item(json);
        json.push_str(&number.to_string());
    }
    all.close(json);
}

fn strings<'t>(list: impl Iterator<Item = &'t String>, json: &mut String) {
    let mut all = Open::array(json);
    for text in list {
        all.item(json);
        json::string(text, json);
    }
    all.close(json);
}
