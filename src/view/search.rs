//! What a search finds, and what is shown of it and of a link before it is followed.
//!
//! All of a language's pages that are worth finding are cut into [`pieces`] by the hash of their path, so that a
//! link leads to the piece that holds its card, and an edit touches few.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

use super::page::{Card, Value};
use super::{Site, facts};
use crate::base::hash::Fingerprint;
use crate::base::json::{self, Open};
use crate::kinds::KindId;
use crate::kinds::words::Status;
use crate::link::{EntityIx, Target};
use crate::search::index::{Field, Index};
use crate::search::stem::Stemmer;
use crate::search::{piece_of, pieces};

/// What can be found in one language.
#[derive(Default)]
pub struct Finds {
    list: OnceLock<List>,
    index: OnceLock<Index>,
}

/// The finds of a language in the order of their numbers: by piece, then by path.
struct List {
    finds: Vec<Find>,
    /// The first of each piece, and the number of all.
    starts: Vec<usize>,
}

/// A page that can be found.
struct Find {
    path: String,
    what: What,
}

enum What {
    Entity(EntityIx),
    /// What stands above it, its title, and what it is.
    Other {
        kind: String,
        title: String,
        about: Option<String>,
    },
}

/// Something that results can be narrowed down to.
struct Choice {
    value: String,
    /// As people read it.
    label: String,
    /// What has it.
    finds: Vec<usize>,
}

impl Choice {
    /// Value, label, and the finds, each by its distance from the one before.
    fn write(&self, json: &mut String) {
        let mut list = Open::array(json);
        for text in [&self.value, &self.label] {
            list.item(json);
            json::string(text, json);
        }
        list.item(json);
        let mut before = 0;
        let distance = |number: &usize| number - std::mem::replace(&mut before, *number);
        numbers(&self.finds.iter().map(distance).collect::<Vec<usize>>(), json);
        list.close(json);
    }
}

/// The worth of a word in a title, in another name, in the summary, in the facts, in the text.
const TITLE: f32 = 16.0;
const NAME: f32 = 12.0;
const SUMMARY: f32 = 6.0;
const FACTS: f32 = 4.0;
const TEXT: f32 = 12.0;

/// The most actors to choose from: those that are referred to most.
const MOST_ACTORS: usize = 100;

/// The longest stretch of years that a date stands for, one by one.
const MOST_YEARS: usize = 30;

impl<'a> Site<'a> {
    /// The number of pieces that cards are cut into, in each language.
    pub fn card_pieces(&self) -> usize {
        pieces(self.graph.entities.len())
    }

    /// The cards of a piece, as the browser reads them: the page, the word above the title, title, summary, date, status and
    /// its word, and the language where that is another than the page's.
    pub fn found_cards(&self, lang: usize, piece: usize) -> String {
        let mut json = String::new();
        let mut list = Open::array(&mut json);
        for find in self.piece(lang, piece) {
            list.item(&mut json);
            let mut card = Open::array(&mut json);
            for text in self.shown_of(find, lang) {
                card.item(&mut json);
                json::string(&text, &mut json);
            }
            card.close(&mut json);
        }
        list.close(&mut json);
        json
    }

    /// The running texts of a piece, in which results show where a word stands.
    pub fn found_texts(&self, lang: usize, piece: usize) -> String {
        let mut json = String::new();
        let mut list = Open::array(&mut json);
        for find in self.piece(lang, piece) {
            list.item(&mut json);
            json::string(self.text_of(find, lang), &mut json);
        }
        list.close(&mut json);
        json
    }

    /// The index of all words.
    pub fn found_words(&self, lang: usize) -> &'a Index {
        self.finds[lang].index.get_or_init(|| {
            let finds = &self.list(lang).finds;
            let stemmer = Stemmer::of(&self.locales[lang].lang);
            Index::of(finds.len(), stemmer, |number| self.fields(&finds[number], lang))
        })
    }

    /// What a browser has to know first: where the pieces begin, how words are stemmed, and what results can be narrowed down to.
    pub fn found_overview(&self, lang: usize) -> String {
        let (list, index) = (self.list(lang), self.found_words(lang));
        let version = Fingerprint::of_all(index.pieces.iter().map(|(_, piece)| piece.as_bytes())).short(8);
        let mut json = String::new();
        let mut all = Open::object(&mut json);
        all.text("version", &version, &mut json);
        all.key("starts", &mut json);
        numbers(&list.starts, &mut json);
        all.key("first", &mut json);
        let mut first = Open::array(&mut json);
        for (term, _) in &index.pieces {
            first.item(&mut json);
            json::string(term, &mut json);
        }
        first.close(&mut json);
        all.key("stem", &mut json);
        match Stemmer::of(&self.locales[lang].lang) {
            Some(stemmer) => stemmer.json(&mut json),
            None => json.push_str("[]"),
        }
        all.key("choices", &mut json);
        let mut choices = Open::object(&mut json);
        for (name, values) in self.choices(lang, &list.finds) {
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
        json
    }

    fn list(&self, lang: usize) -> &'a List {
        self.finds[lang].list.get_or_init(|| {
            let entity = |(ix, _): (EntityIx, _)| Find {
                path: self.card(ix, lang).path.clone(),
                what: What::Entity(ix),
            };
            let mut finds: Vec<Find> = self.graph.iter().map(entity).chain(self.others(lang)).collect();
            let pieces = self.card_pieces();
            finds.sort_by_cached_key(|find| (piece_of(&find.path, pieces), find.path.clone()));
            let start = |piece| finds.partition_point(|find| piece_of(&find.path, pieces) < piece);
            let starts = (0..=pieces).map(start).collect();
            List { finds, starts }
        })
    }

    /// The pages that are no entity's: lists, and what the evidence comes to.
    fn others(&self, lang: usize) -> impl Iterator<Item = Find> {
        let locale = &self.locales[lang];
        let word = move |key: String| locale.word(&key).map(str::to_owned);
        let kind = locale.word("search.overview").unwrap_or_default();
        let lists = self.listed(lang).filter_map(move |kind| {
            let list = self.listing(kind, lang)?;
            Some((list.path, list.title, word(format!("kinds.{}.about", kind.name()))))
        });
        let specials = self.special_index(lang).into_iter().filter_map(move |(name, path, _)| {
            let about = word(format!("special.{name}.about"));
            Some((path, word(format!("special.{name}.title"))?, about))
        });
        lists.chain(specials).map(move |(path, title, about)| Find {
            path,
            what: What::Other { kind: kind.to_owned(), title, about },
        })
    }

    fn piece(&self, lang: usize, piece: usize) -> &'a [Find] {
        let List { finds, starts } = self.list(lang);
        match (starts.get(piece), starts.get(piece + 1)) {
            (Some(start), Some(end)) => &finds[*start..*end],
            _ => &[],
        }
    }

    fn shown_of(&self, find: &Find, lang: usize) -> [String; 8] {
        let locale = &self.locales[lang];
        let word = |key: &str| locale.word(key).unwrap_or_default().to_owned();
        match &find.what {
            What::Entity(ix) => {
                let card: &Card = self.card(*ix, lang);
                let status = card.status.unwrap_or_default();
                [
                    find.path.clone(),
                    word(&format!("kinds.{}.singular", card.kind)),
                    card.title.clone(),
                    card.summary.clone().unwrap_or_default(),
                    card.date.as_ref().map(|date| date.text.clone()).unwrap_or_default(),
                    status.to_owned(),
                    word(&format!("terms.status.{status}.label")),
                    if card.foreign { card.lang.clone() } else { String::new() },
                ]
            }
            What::Other { kind, title, about } => {
                let [date, status, label, lang] = [const { String::new() }; 4];
                let about = about.clone().unwrap_or_default();
                [find.path.clone(), kind.clone(), title.clone(), about, date, status, label, lang]
            }
        }
    }

    fn text_of(&self, find: &Find, lang: usize) -> &'a str {
        match find.what {
            What::Entity(ix) => &self.graph.entity(ix).edition_for(&self.locales[lang].lang).prose().plain,
            What::Other { .. } => "",
        }
    }

    fn fields<'s>(&'s self, find: &'s Find, lang: usize) -> Vec<Field<'s>> {
        let field = |text: &'s str, worth| Field { text: text.into(), worth };
        match &find.what {
            What::Entity(ix) => {
                let (entity, card) = (self.graph.entity(*ix), self.card(*ix, lang));
                let mut fields = vec![
                    field(&card.title, TITLE),
                    field(card.summary.as_deref().unwrap_or_default(), SUMMARY),
                    field(self.text_of(find, lang), TEXT),
                ];
                // It is found by what it is called in any language.
                for edition in &entity.editions {
                    let aliases = edition.parsed.head.common.aliases.iter().map(|alias| alias.value.as_str());
                    fields.extend([edition.title()].into_iter().chain(aliases).map(|name| field(name, NAME)));
                }
                let (rows, tables) = facts::of(self, entity, lang);
                let cells = tables.iter().flat_map(|table| table.rows.iter().flatten().flatten());
                let mut words = String::new();
                for text in rows.iter().flat_map(|row| &row.values).chain(cells).filter_map(said) {
                    words.push_str(text);
                    words.push('\n');
                }
                fields.push(Field { text: words.into(), worth: FACTS });
                fields
            }
            What::Other { title, about, .. } => {
                vec![field(title, TITLE), field(about.as_deref().unwrap_or_default(), SUMMARY)]
            }
        }
    }

    /// What results can be narrowed down to, in order: of each choice its values, and the finds that have them.
    fn choices(&self, lang: usize, finds: &[Find]) -> [(&'static str, Vec<Choice>); 4] {
        let locale = &self.locales[lang];
        let word = |key: String| locale.word(&key).unwrap_or_default().to_owned();
        let entities = || {
            finds.iter().enumerate().filter_map(|(number, find)| match find.what {
                What::Entity(ix) => Some((number, ix)),
                What::Other { .. } => None,
            })
        };
        let mut kinds: BTreeMap<KindId, Vec<usize>> = BTreeMap::new();
        let mut statuses: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        let mut years: BTreeMap<i32, Vec<usize>> = BTreeMap::new();
        let mut actors: BTreeMap<EntityIx, Vec<usize>> = BTreeMap::new();
        let offered = self.offered_actors(lang);
        for (number, ix) in entities() {
            let card = self.card(ix, lang);
            kinds.entry(self.graph.entity(ix).kind).or_default().push(number);
            if let Some(status) = card.status {
                statuses.entry(status).or_default().push(number);
            }
            let date = card.rank.date;
            if let Some((first, last)) = date.and_then(|date| date.earliest().zip(date.latest())) {
                for year in (first.year..=last.year).take(MOST_YEARS) {
                    years.entry(year).or_default().push(number);
                }
            }
            let named = self.graph.outgoing(ix).iter().filter_map(|reference| match reference.target {
                Target::Entity(ix, _) => Some(ix),
                _ => None,
            });
            let named: BTreeSet<EntityIx> = named.chain([ix]).filter(|ix| offered.contains(ix)).collect();
            for actor in named {
                actors.entry(actor).or_default().push(number);
            }
        }
        let kind = |(kind, finds): (KindId, _)| {
            let name = kind.name();
            Choice { value: name.to_owned(), label: word(format!("kinds.{name}.plural")), finds }
        };
        let status = |status: &&'static str| {
            let label = word(format!("terms.status.{status}.label"));
            Some(Choice { value: (*status).to_owned(), label, finds: statuses.remove(status)? })
        };
        let actor = |ix: &EntityIx| {
            let card = self.card(*ix, lang);
            Some(Choice { value: card.id.clone(), label: card.title.clone(), finds: actors.remove(ix)? })
        };
        let year =
            |(year, finds): (i32, _)| Choice { value: year.to_string(), label: year.to_string(), finds };
        [
            ("kind", kinds.into_iter().map(kind).collect()),
            ("status", Status::WORDS.iter().filter_map(status).collect()),
            ("actor", self.shelves[lang].orders.of_kind(KindId::Actor).iter().filter_map(actor).collect()),
            ("year", years.into_iter().map(year).collect()),
        ]
    }

    /// The actors that most refer to.
    fn offered_actors(&self, lang: usize) -> BTreeSet<EntityIx> {
        let mut actors = self.shelves[lang].orders.of_kind(KindId::Actor).to_vec();
        actors.sort_by_key(|ix| std::cmp::Reverse(self.graph.incoming(*ix).len()));
        actors.into_iter().take(MOST_ACTORS).collect()
    }
}

/// The words of a fact. Sources are left out: what cites much would be found by all their titles.
fn said(value: &Value) -> Option<&str> {
    Some(match value {
        Value::Text { text, .. }
        | Value::Quantity { text }
        | Value::Country { text, .. }
        | Value::Language { text, .. } => text,
        Value::Date(date) => &date.text,
        Value::Link { card, .. } => &card.title,
        Value::Term { .. } | Value::Url { .. } | Value::Point { .. } | Value::Cite(_) => return None,
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
