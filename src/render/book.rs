//! Renders and binds the sections of a book.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::{Mutex, PoisonError};

use rayon::prelude::*;

use super::Renderer;
use super::bind::{Binding, Bound};
use crate::base::diagnostic::Diagnostic;
use crate::base::html;
use crate::config::BookFormat;
use crate::link::layout;
use crate::shown::{Book, Section};

/// Caches bound sections by language, format and name. When a section is bound in one format, it is bound in
/// the others too: rendering and parsing the page is most of the work, and a build needs all formats.
#[derive(Default)]
pub(crate) struct Bindery(Mutex<HashMap<(String, BookFormat, String), Bound>>);

impl Bindery {
    fn put(&self, lang: &str, format: BookFormat, section: &Section, bound: Bound) {
        let key = (lang.to_owned(), format, section.name.clone());
        // The lock can be used after a panic: a thread inserts either a whole section or none.
        self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(key, bound);
    }

    fn take(&self, lang: &str, format: BookFormat, section: &Section) -> Option<Bound> {
        let key = (lang.to_owned(), format, section.name.clone());
        self.0.lock().unwrap_or_else(PoisonError::into_inner).remove(&key)
    }
}

impl Renderer {
    /// Renders the sections of a book in the language `lang`, in order. `has_picture` says whether an EPUB can
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
            if let Some(bound) = self.bindery.take(lang, format, section) {
                return Ok(bound);
            }
            let nodes = html::fragment(&self.section(section)?);
            let root = &section.html.0.head().root;
            let mut wanted = Bound::default();
            for binding in &bindings {
                let bound = binding.bind(&nodes, path, root, &section.name);
                match binding.format == format {
                    true => wanted = bound,
                    false => self.bindery.put(lang, binding.format, section, bound),
                }
            }
            Ok(wanted)
        };
        let bound: Result<Vec<Bound>, Diagnostic> = sections.par_iter().zip(&paths).map(bind).collect();
        let mut bound = bound?;
        let ids: BTreeSet<String> = bound.iter().flat_map(|bound| bound.ids.iter().cloned()).collect();
        bound.iter_mut().for_each(|bound| bound.settle(&ids, has_picture));
        Ok(bound)
    }
}
