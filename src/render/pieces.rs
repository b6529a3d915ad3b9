//! What many pages of a language show, drawn once: the frame around them, and the cards in them.

use std::collections::HashMap;
use std::sync::{OnceLock, PoisonError, RwLock};

use tera::{Context, TeraResult, Value};

use super::templates::{FRAME, Language, Templates};
use super::values;
use crate::base::markup::escape;
use crate::view::{Card, Chrome, Page};

/// From pages up to that deep below the root, cards are made ready once. Deeper ones are rare.
const DEPTHS: usize = 4;

/// The pieces of a language.
pub struct Pieces {
    site: Value,
    /// The paths that its menus lead to: a page that is one of them is marked there.
    marked: Vec<String>,
    frames: RwLock<HashMap<Place, Value>>,
    /// How many cards there are.
    count: usize,
    /// By depth.
    cards: [OnceLock<Shelf>; DEPTHS],
    /// By vocabulary and word, as the theme draws them.
    terms: RwLock<HashMap<(&'static str, String), Value>>,
}

/// The cards as pages of one depth show them, by number.
type Shelf = Box<[OnceLock<Value>]>;

/// All that a frame depends on.
#[derive(Clone, Eq, PartialEq, Hash)]
struct Place {
    root: String,
    kind: Option<&'static str>,
    /// Where it is one that a menu leads to.
    path: Option<String>,
}

impl Pieces {
    /// Nothing is drawn yet.
    pub fn new(chrome: Chrome, assets: &Value, count: usize) -> Pieces {
        let menus =
            chrome.nav.iter().map(|entry| &entry.path).chain(chrome.pages.iter().map(|link| &link.path));
        let overview = chrome.overview.iter().chain(&chrome.data).map(|crumb| &crumb.path);
        let marked = menus
            .chain(overview)
            .chain([&chrome.home])
            .chain(&chrome.print)
            .chain(&chrome.map)
            .cloned()
            .collect();
        let mut site = Value::from_serializable(&chrome).into_map().unwrap_or_default();
        site.insert("assets".into(), assets.clone());
        Pieces {
            site: site.into(),
            marked,
            frames: RwLock::default(),
            count,
            cards: Default::default(),
            terms: RwLock::default(),
        }
    }

    /// What all pages share.
    pub fn site(&self) -> &Value {
        &self.site
    }

    /// The frame around a page: what the templates in [`FRAME`] draw, by their names.
    pub fn frame(&self, page: &Page, templates: &Templates, language: &Language) -> TeraResult<Value> {
        let path = crate::link::layout::encoded(&page.path);
        let place = Place {
            root: page.root.clone(),
            kind: page.kind,
            path: self.marked.contains(&path).then_some(path),
        };
        // Whoever panicked while holding it had inserted a whole frame or none.
        if let Some(frame) = self.frames.read().unwrap_or_else(PoisonError::into_inner).get(&place) {
            return Ok(frame.clone());
        }
        let here = values::map([
            ("root", place.root.as_str().into()),
            ("kind", place.kind.map_or_else(Value::none, Value::from)),
            ("path", place.path.as_deref().map_or_else(Value::none, Value::from)),
        ]);
        let mut context = Context::new();
        context.insert_value("here", here);
        context.insert_value("site", self.site.clone());
        let mut frame = tera::Map::default();
        for name in &templates.frames {
            let html = language.tera.render(&format!("{FRAME}{name}.html"), &context)?;
            frame.insert(name.clone().into(), Value::safe_string(html.trim()));
        }
        let frame = Value::from(frame);
        self.frames.write().unwrap_or_else(PoisonError::into_inner).insert(place, frame.clone());
        Ok(frame)
    }

    /// The cards, as pages show them from which `root` leads to the site's root.
    pub fn cards<'a>(&'a self, root: &'a str, language: &'a Language) -> Cards<'a> {
        let depth = root.len() / "../".len();
        let relative = root == "../".repeat(depth);
        let shelf = self.cards.get(depth).filter(|_| relative);
        let empty = || (0..self.count).map(|_| OnceLock::new()).collect();
        Cards { root, language, terms: &self.terms, shelf: shelf.map(|shelf| &**shelf.get_or_init(empty)) }
    }
}

/// The cards as one page shows them.
pub struct Cards<'a> {
    root: &'a str,
    language: &'a Language,
    terms: &'a RwLock<HashMap<(&'static str, String), Value>>,
    shelf: Option<&'a [OnceLock<Value>]>,
}

impl Cards<'_> {
    /// A card: its fields, and ready to show its `link`, the `mark` of its status, and its `time`.
    pub fn get(&self, card: &Card) -> Value {
        match self.shelf.and_then(|shelf| shelf.get(card.number as usize)) {
            Some(place) => place.get_or_init(|| self.make(card)).clone(),
            None => self.make(card),
        }
    }

    /// The language of the page.
    pub fn lang(&self) -> &str {
        &self.language.tag
    }

    /// A word of a closed list, as the theme draws it: alone, where it cannot.
    pub fn term(&self, vocabulary: &'static str, word: &str) -> Value {
        let key = (vocabulary, word.to_owned());
        // Whoever panicked while holding it had inserted a whole term or none.
        if let Some(term) = self.terms.read().unwrap_or_else(PoisonError::into_inner).get(&key) {
            return term.clone();
        }
        let mut args = Context::new();
        args.insert_value("vocabulary", vocabulary.into());
        args.insert_value("word", word.into());
        let Language { tera, words, .. } = self.language;
        let html = tera.render_component_with_implicits("term", &args, words, None, true);
        let term = html.map_or_else(|_| Value::from(word), |html| Value::safe_string(html.trim()));
        self.terms.write().unwrap_or_else(PoisonError::into_inner).insert(key, term.clone());
        term
    }

    fn make(&self, card: &Card) -> Value {
        let mut value = Value::from_serializable(card).into_map().unwrap_or_default();
        let mut link = String::with_capacity(96 + card.title.len());
        link.push_str("<a class=\"ref ref-");
        link.push_str(card.kind);
        link.push_str("\" href=\"");
        link.push_str(self.root);
        escape(&card.path, &mut link);
        if card.foreign {
            link.push_str("\" lang=\"");
            link.push_str(&card.lang);
        }
        link.push_str("\">");
        escape(&card.title, &mut link);
        link.push_str("</a>");
        value.insert("link".into(), Value::safe_string(&link));
        let mark = card.status.map(|status| self.term("status", status));
        value.insert("mark".into(), mark.unwrap_or_else(Value::none));
        let time = card.date.as_ref().map(values::time);
        value.insert("time".into(), time.unwrap_or_else(Value::none));
        value.into()
    }
}
