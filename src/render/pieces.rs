//! Content that many pages of a language share, rendered once: the frame around the page, the previews, and
//! the labels of closed lists.

use std::collections::HashMap;
use std::sync::{OnceLock, PoisonError, RwLock};

use serde::Serialize;
use tera::{Context, TeraResult, Value};

use super::names::Names;
use super::templates::{FRAME, Language, Templates};
use crate::link::layout;
use crate::shown::PageHead;

/// Previews are cached for pages up to this depth below the root. Deeper pages are rare.
const DEPTHS: usize = 4;

/// The shared content of one language.
pub(crate) struct Pieces {
    /// The paths in the menus. The menu marks the entry of the current page.
    marked: Vec<String>,
    frames: RwLock<HashMap<Place, Value>>,
    /// The number of previews.
    count: usize,
    previews: [OnceLock<Previews>; DEPTHS],
    /// The terms as the theme renders them, by vocabulary and word.
    terms: RwLock<HashMap<(String, String), Value>>,
}

/// The values of previews for pages of one depth, by preview number.
type Previews = Box<[OnceLock<Value>]>;

/// Everything that a frame depends on. Its templates read it as `here`.
#[derive(Clone, Eq, PartialEq, Hash, Serialize)]
struct Place {
    root: String,
    kind: Option<&'static str>,
    /// The path of the page, if a menu contains it.
    path: Option<String>,
}

impl Pieces {
    /// Starts with nothing rendered. `menus` are the paths in the menus, and `count` is the number of
    /// previews.
    pub(crate) fn new(menus: &[&String], count: usize) -> Pieces {
        Pieces {
            marked: menus.iter().map(|path| (*path).clone()).collect(),
            frames: RwLock::default(),
            count,
            previews: Default::default(),
            terms: RwLock::default(),
        }
    }

    /// Returns the frame around a page: the output of each template in [`FRAME`], by name.
    ///
    /// # Errors
    /// If a template fails.
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
        // The lock can be used after a panic: a thread inserts either a whole frame or none.
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

    /// The content for pages from which `root` is the relative path to the site's root.
    pub(crate) fn of_page<'a>(&'a self, root: &'a str, language: &'a Language) -> PagePieces<'a> {
        let depth = root.len() / "../".len();
        let relative = root == "../".repeat(depth);
        let previews = self.previews.get(depth).filter(|_| relative);
        let empty = || (0..self.count).map(|_| OnceLock::new()).collect();
        let previews = previews.map(|previews| &**previews.get_or_init(empty));
        PagePieces { root, language, terms: &self.terms, previews }
    }
}

/// The shared content as one page uses it.
pub(crate) struct PagePieces<'a> {
    /// The relative path from the page to the site's root.
    pub root: &'a str,
    language: &'a Language,
    terms: &'a RwLock<HashMap<(String, String), Value>>,
    previews: Option<&'a [OnceLock<Value>]>,
}

impl PagePieces<'_> {
    /// The cached value of the preview with this number.
    pub(crate) fn preview(&self, number: usize) -> Option<&Value> {
        self.previews?.get(number)?.get()
    }

    /// Caches the value of the preview with this number for other pages.
    pub(crate) fn keep_preview(&self, number: usize, value: Value) -> Value {
        match self.previews.and_then(|previews| previews.get(number)) {
            Some(place) => place.get_or_init(|| value).clone(),
            None => value,
        }
    }

    /// What separates the parts of a list.
    pub(crate) fn comma(&self) -> &str {
        self.language.body_words.comma()
    }

    pub(crate) fn names(&self) -> Names {
        self.language.names
    }

    pub(crate) fn lang(&self) -> &str {
        &self.language.tag
    }

    /// A word of a closed list as the theme renders it, or the plain word if the theme fails.
    pub(crate) fn term(&self, vocabulary: &str, word: &str) -> Value {
        let key = (vocabulary.to_owned(), word.to_owned());
        // The lock can be used after a panic: a thread inserts either a whole term or none.
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
