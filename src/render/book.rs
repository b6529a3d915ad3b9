//! The sections of a book, drawn and bound, and the book as a template reads it.

use std::collections::BTreeSet;

use rayon::prelude::*;
use tera::Value;

use super::Renderer;
use super::bind::{Binding, Bound, Form};
use super::values::{date, map, text};
use crate::base::diagnostic::Diagnostic;
use crate::link::layout;
use crate::view::Book;
use crate::view::book::{Chapter, Section};

impl Renderer {
    /// The sections of a book in the language `lang`, in order. `base` leads to the site's root, from the page or from anywhere.
    ///
    /// # Errors
    /// Where a template cannot be run.
    pub fn sections(
        &self,
        book: &Book,
        lang: &str,
        form: Form,
        base: &str,
    ) -> Result<Vec<Bound>, Diagnostic> {
        let sections: Vec<&Section> = book.chapters.iter().flat_map(|chapter| &chapter.sections).collect();
        let path = |section: &Section| layout::encoded(&section.page.path);
        let place = |section: &&'_ Section| (section.name.clone(), section.number.clone());
        let names: Vec<(String, String)> = sections.iter().map(place).collect();
        let paths: Vec<String> = sections.iter().map(|section| path(section)).collect();
        let places =
            paths.iter().zip(&names).map(|(path, (name, number))| (path.clone(), (&**name, &**number)));
        let language = self.templates.languages.iter().find(|language| language.tag == lang);
        let binding = Binding {
            form,
            places: places.collect(),
            base,
            notes: language.map_or("", |language| &language.body_words.notes),
        };
        let bind = |(section, path): (&&Section, &String)| {
            let html = self.html(&section.page)?;
            Ok(binding.bind(&html, path, &section.page.root, &section.name, &section.number))
        };
        let bound: Result<Vec<Bound>, Diagnostic> = sections.par_iter().zip(&paths).map(bind).collect();
        let mut bound = bound?;
        let ids: BTreeSet<String> = bound.iter().flat_map(|bound| bound.ids.iter().cloned()).collect();
        bound.iter_mut().for_each(|bound| binding.settle(bound, &ids));
        Ok(bound)
    }

    /// A book as the template of the print edition reads it.
    pub(super) fn book(&self, book: &Book, lang: &str, root: &str) -> Result<Value, Diagnostic> {
        let mut bound = self.sections(book, lang, Form::Page, root)?.into_iter();
        let chapter = |(at, chapter): (usize, &Chapter)| {
            let section = |section: &Section| {
                map([
                    ("name", section.name.as_str().into()),
                    ("number", section.number.as_str().into()),
                    ("title", section.page.title.as_str().into()),
                    ("lang", text(&section.page.fallback)),
                    ("html", Value::safe_string(&bound.next().unwrap_or_default().html)),
                ])
            };
            map([
                ("name", chapter.name.into()),
                ("number", Value::from(at as u64 + 1)),
                ("title", chapter.title.as_str().into()),
                ("sections", chapter.sections.iter().map(section).collect::<Vec<Value>>().into()),
            ])
        };
        let chapters: Vec<Value> = book.chapters.iter().enumerate().map(chapter).collect();
        Ok(map([
            ("chapters", chapters.into()),
            ("left_out", Value::from(book.left_out as u64)),
            ("date", book.date.as_ref().map_or_else(Value::none, date)),
            ("byline", text(&book.byline)),
            ("address", text(&book.address)),
            ("epub", text(&book.epub)),
        ]))
    }
}
