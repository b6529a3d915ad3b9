//! Renders and binds the sections of a book.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::{Arc, Mutex, PoisonError};

use rayon::prelude::*;

use super::Renderer;
use super::bind::{Binding, Bound};
use crate::base::diagnostic::Diagnostic;
use crate::base::html;
use crate::config::BookFormat;
use crate::link::layout;
use crate::shown::{Book, Section};

/// Caches bound sections by language and name. When a section is bound in one format, it is bound in the others
/// too: rendering and parsing the page is most of the work, and a build needs all formats.
#[derive(Default)]
pub(crate) struct Bindery(Mutex<HashMap<(String, String), Shared>>);

/// A section that one thread binds while others that want it wait.
type Shared = Arc<Mutex<Formats>>;

/// A section in the formats that nobody has asked for yet.
type Formats = Vec<(BookFormat, Bound)>;

impl Bindery {
    /// Takes a section in a format; `bind` makes it in all. Threads that make two formats at the same time wait for
    /// each other here, section by section. `bind` must not run anything in parallel: a thread that waits for
    /// other threads runs their tasks, so it could come back here, to its own lock.
    fn take(
        &self,
        lang: &str,
        section: &Section,
        format: BookFormat,
        bind: impl FnOnce() -> Result<Formats, Diagnostic>,
    ) -> Result<Bound, Diagnostic> {
        let key = (lang.to_owned(), section.name.clone());
        // The locks can be used after a panic: a thread stores either a whole section or none.
        let formats = self.0.lock().unwrap_or_else(PoisonError::into_inner).entry(key).or_default().clone();
        let mut formats = formats.lock().unwrap_or_else(PoisonError::into_inner);
        let position = |formats: &Formats| formats.iter().position(|(other, _)| *other == format);
        if position(&formats).is_none() {
            *formats = bind()?;
        }
        Ok(position(&formats).map_or_else(Bound::default, |at| formats.swap_remove(at).1))
    }
}

impl Renderer {
    /// Renders the sections of a book in the language `lang`, in order. `has_picture` says whether the book can
    /// contain the picture at a path from the site's root.
    ///
    /// # Errors
    /// If a template fails.
    pub(crate) fn sections(
        &self,
        book: &Book,
        lang: &str,
        format: BookFormat,
        has_picture: &dyn Fn(&str) -> bool,
    ) -> Result<Vec<Bound>, Diagnostic> {
        let sections: Vec<&Section> = book.chapters.iter().flat_map(|chapter| &chapter.sections).collect();
        let paths: Vec<String> =
            sections.iter().map(|section| layout::encoded(&section.html.0.head().path)).collect();
        let place = |(path, section): (&String, &&Section)| {
            (path.clone(), (section.name.clone(), section.number.clone()))
        };
        let places: BTreeMap<String, (String, String)> = paths.iter().zip(&sections).map(place).collect();
        let number = self.templates.languages.iter().position(|language| language.tag == lang);
        let formats = number.map_or(&[][..], |number| &self.books[number]);
        let binding = |(format, base)| Binding { format, places: &places, base };
        let bindings: Vec<Binding<'_>> =
            formats.iter().map(|(format, base)| binding((*format, base.as_str()))).collect();
        let bind = |(section, path): (&&Section, &String)| {
            self.bindery.take(lang, section, format, || {
                let nodes = html::fragment(&self.section(section)?);
                let root = &section.html.0.head().root;
                let bind = |binding: &Binding<'_>| binding.bind(&nodes, path, root, &section.name);
                Ok(bindings.iter().map(|binding| (binding.format, bind(binding))).collect())
            })
        };
        let bound: Result<Vec<Bound>, Diagnostic> = sections.par_iter().zip(&paths).map(bind).collect();
        let mut bound = bound?;
        let ids =
            |(section, bound): (&Section, &mut Bound)| (section.name.clone(), std::mem::take(&mut bound.ids));
        let ids: HashMap<String, HashSet<String>> =
            sections.iter().copied().zip(&mut bound).map(ids).collect();
        let has_id = |section: &str, id: &str| ids.get(section).is_some_and(|ids| ids.contains(id));
        bound.iter_mut().for_each(|bound| bound.settle(&has_id, has_picture));
        Ok(bound)
    }
}
