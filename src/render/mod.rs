//! Page and theme → HTML. A page's HTML depends on the page, on what all pages of its language share, and on the
//! theme, and on nothing else.
//!
//! What many pages show is made ready once: the frame around them (`pieces`), and the cards in them (`values`).

mod bind;
mod blocks;
mod book;
mod dom;
mod filters;
mod highlight;
mod marks;
mod pieces;
mod placeholder;
mod sanitize;
mod templates;
mod values;

use std::sync::Arc;

use tera::{Context, Value};

use crate::base::diagnostic::Diagnostic;
use crate::theme::BROKEN_THEME;
use crate::view::{Mark, Page, Site};
pub use bind::{Bound, picture_name};
use blocks::BodyWriter;
use pieces::{Cards, Pieces};
pub use templates::Templates;
use templates::{Language, failed};

/// A text with fewer words than these for each of its notes has a crowded margin.
const WORDS_A_NOTE: usize = 40;

/// Draws the pages of a site.
pub struct Renderer {
    templates: Arc<Templates>,
    /// One for each language.
    pieces: Vec<Pieces>,
    allow_html: bool,
    bindery: book::Bindery,
}

impl Renderer {
    /// What draws the pages of `site`.
    pub fn new(templates: Arc<Templates>, site: &Site<'_>) -> Renderer {
        let pieces =
            |number| Pieces::new(site.chrome(number), &templates.assets, site.graph().entities.len());
        let pieces = (0..site.locales().len()).map(pieces).collect();
        let allow_html = site.config().html == crate::config::RawHtml::Allow;
        Renderer { templates, pieces, allow_html, bindery: book::Bindery::default() }
    }

    /// Draws a page.
    ///
    /// # Errors
    /// Where its template cannot be run with it.
    pub fn html(&self, page: &Page) -> Result<Vec<u8>, Diagnostic> {
        let mut languages = self.templates.languages.iter().zip(&self.pieces);
        let Some((language, pieces)) = languages.find(|(language, _)| language.tag == page.lang) else {
            return Err(BROKEN_THEME.found(format!("no words in `{}`", page.lang)));
        };
        let failed = |error: tera::Error| failed(&error, &format!("draw `{}`", page.path));
        let frame = pieces.frame(page, &self.templates, language).map_err(failed)?;
        let cards = pieces.cards(&page.root, language);
        let mut value = values::page(page, &cards).map_err(failed)?;
        let body = self.body(page, language, &cards)?;
        let length = body.len();
        if let Some(book) = &page.book {
            value.insert("book".into(), self.book(book, &page.lang)?);
        }
        value.insert("linked".into(), Value::safe_string(&page.linked));
        value.insert("body".into(), Value::safe_string(&body));
        let mut context = Context::new();
        context.insert_value("page", value.into());
        context.insert_value("site", pieces.site().clone());
        context.insert_value("frame", frame);
        let named = language.tera.contains_template(&page.template);
        let template = if named { &*page.template } else { "entity.html" };
        // A page is its body, and about as much again.
        let mut html = Vec::with_capacity(length + (12 << 10));
        language.tera.render_to(template, &context, &mut html).map_err(failed)?;
        Ok(html)
    }

    fn body(&self, page: &Page, language: &Language, cards: &Cards<'_>) -> Result<String, Diagnostic> {
        let Some(body) = &page.text else { return Ok(String::new()) };
        let drawings = std::cell::RefCell::new(placeholder::Drawings::default());
        let embed = |card: &crate::view::Card, map: Option<&crate::view::page::MapView>| {
            let mut args = Context::new();
            args.insert("card", card);
            args.insert("root", &page.root);
            if let Some(map) = map {
                args.insert("map", map);
            }
            let html = language
                .tera
                .render_component_with_implicits("embed", &args, &language.words, None, true)
                .map_err(|error| failed(&error, &format!("embed `{}` in `{}`", card.id, page.path)))?;
            Ok(drawings.borrow_mut().keep(html))
        };
        let notes = |marks: &[&Mark]| {
            let notes: Vec<Value> = marks.iter().map(|mark| values::note(mark, cards)).collect();
            let mut args = Context::new();
            args.insert_value("notes", notes.into());
            args.insert_value("crowded", (body.marks.len() * WORDS_A_NOTE > body.prose().words).into());
            args.insert_value("lang", page.lang.as_str().into());
            language
                .tera
                .render_component_with_implicits("notes", &args, &language.words, None, true)
                .map_err(|error| failed(&error, &format!("draw the notes of `{}`", page.path)))
        };
        let mut writer = BodyWriter::new(body, &page.root, &language.body_words, &embed, &notes);
        writer.notes_lang = page.fallback.as_ref().map(|_| page.lang.as_str());
        let html = writer.write()?;
        let html = match body.prose().has_html && !self.allow_html {
            true => sanitize::sanitize(&html),
            false => html,
        };
        Ok(drawings.into_inner().put_into(html))
    }
}
