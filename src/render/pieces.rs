//! What many pages of a language show, drawn once: the frame around them, the previews in them, and the words
//! of closed lists.

use std::collections::HashMap;
use std::sync::{OnceLock, PoisonError, RwLock};

use serde::Serialize;
use tera::{Context, TeraResult, Value};

use super::templates::{FRAME, Language, Templates};
use crate::link::layout;
use crate::shown::PageHead;

/// From pages up to that deep below the root, previews are made once. Deeper ones are rare.
const DEPTHS: usize = 4;

/// The pieces of a language.
pub(crate) struct Pieces {
    /// The paths that its menus lead to: a page that is one of them is marked there.
    marked: Vec<String>,
    frames: RwLock<HashMap<Place, Value>>,
    /// How many previews there are.
    count: usize,
    previews: [OnceLock<Previews>; DEPTHS],
    /// By vocabulary and word, as the theme draws them.
    terms: RwLock<HashMap<(String, String), Value>>,
}

/// The values of previews as pages of one depth show them, by number.
type Previews = Box<[OnceLock<Value>]>;

/// All that a frame depends on, as its templates read it: `here`.
#[derive(Clone, Eq, PartialEq, Hash, Serialize)]
struct Place {
    root: String,
    kind: Option<&'static str>,
    /// Where it is one that a menu leads to.
    path: Option<String>,
}

impl Pieces {
    /// Nothing is drawn yet. `menus` are the paths that menus lead to, and there are so many previews.
    pub(crate) fn new(menus: &[&String], count: usize) -> Pieces {
        Pieces {
            marked: menus.iter().map(|path| (*path).clone()).collect(),
            frames: RwLock::default(),
            count,
            previews: Default::default(),
            terms: RwLock::default(),
        }
    }

    /// The frame around a page: what the templates in [`FRAME`] draw, by their names.
    ///
    /// # Errors
    /// Where one of them cannot be drawn.
    pub(crate) fn frame(
        &self,
        page: &PageHead,
        site: &Value,
        templates: &Templates,
        language: &Language,
    ) -> TeraResult<Value> {
        let path = layout::encoded(&page.path);
        let place = Place {
            root: page.root.clone(),
            kind: page.kind,
            path: self.marked.contains(&path).then_some(path),
        };
        // A thread that panicked while holding it had inserted a whole frame or none.
        if let Some(frame) = self.frames.read().unwrap_or_else(PoisonError::into_inner).get(&place) {
            return Ok(frame.clone());
        }
        let mut context = Context::new();
        context.insert("here", &place);
        context.insert_value("site", site.clone());
        let mut frame = tera::Map::default();
        for name in &templates.frames {
            let html = language.tera.render(&format!("{FRAME}{name}.html"), &context)?;
            frame.insert(name.clone().into(), Value::safe_string(html.trim()));
        }
        let frame = Value::from(frame);
        self.frames.write().unwrap_or_else(PoisonError::into_inner).insert(place, frame.clone());
        Ok(frame)
    }

    /// What pages show from which `root` leads to the site's root.
    pub(crate) fn of_page<'a>(&'a self, root: &'a str, language: &'a Language) -> PagePieces<'a> {
        let depth = root.len() / "../".len();
        let relative = root == "../".repeat(depth);
        let previews = self.previews.get(depth).filter(|_| relative);
        let empty = || (0..self.count).map(|_| OnceLock::new()).collect();
        let previews = previews.map(|previews| &**previews.get_or_init(empty));
        PagePieces { root, language, terms: &self.terms, previews }
    }
}

/// The pieces as one page shows them.
pub(crate) struct PagePieces<'a> {
    /// What leads from the page to the site's root.
    pub root: &'a str,
    language: &'a Language,
    terms: &'a RwLock<HashMap<(String, String), Value>>,
    previews: Option<&'a [OnceLock<Value>]>,
}

impl PagePieces<'_> {
    /// The value of the preview of that number, if it was made already.
    pub(crate) fn preview(&self, number: usize) -> Option<&Value> {
        self.previews?.get(number)?.get()
    }

    /// Keeps the value of the preview of that number for other pages.
    pub(crate) fn keep_preview(&self, number: usize, value: Value) -> Value {
        match self.previews.and_then(|previews| previews.get(number)) {
            Some(place) => place.get_or_init(|| value).clone(),
            None => value,
        }
    }

    /// The language of the page.
    pub(crate) fn lang(&self) -> &str {
        &self.language.tag
    }

    /// A word of a closed list, as the theme draws it: alone, where it cannot.
    pub(crate) fn term(&self, vocabulary: &str, word: &str) -> Value {
        let key = (vocabulary.to_owned(), word.to_owned());
        // A thread that panicked while holding it had inserted a whole term or none.
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
}
