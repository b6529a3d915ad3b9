//! Renders a page with the theme as HTML. The result depends only on the page, on the data shared by all
//! pages of its language, and on the theme.
//!
//! Content that many pages share is rendered once (`pieces`); `values` converts a page to what its template
//! reads.

mod bind;
mod blocks;
mod book;
mod embedded;
mod fields;
mod filters;
mod highlight;
mod marks;
mod names;
mod pieces;
mod placeholder;
mod sanitize;
mod templates;
mod values;

use std::cell::RefCell;
use std::sync::Arc;

use tera::{Context, TeraResult, Value};

use crate::base::diagnostic::Diagnostic;
use crate::config::BookFormat;
use crate::reader::Site;
use crate::shown::{Body, Mark, Medium, Page, Section};
use crate::theme::BROKEN_THEME;
pub(crate) use bind::{Bound, picture_name};
use blocks::BodyWriter;
use embedded::Embedded;
use pieces::Pieces;
use templates::Language;
pub use templates::Templates;
use values::PageContext;

/// Renders the pages of a site.
pub struct Renderer {
    templates: Arc<Templates>,
    /// The data shared by all pages of a language, one entry per language.
    sites: Vec<Value>,
    /// One entry per language.
    pieces: Vec<Pieces>,
    allow_html: bool,
    /// The book formats with the base address of each, one list per language.
    books: Vec<Vec<(BookFormat, String)>>,
    bindery: book::Bindery,
}

impl Renderer {
    /// Makes the renderer of the pages of `site`.
    ///
    /// # Errors
    /// If the shared data cannot be serialised.
    pub fn new(templates: Arc<Templates>, site: &Site<'_>) -> Result<Renderer, Diagnostic> {
        let (mut sites, mut pieces) = (Vec::new(), Vec::new());
        for (number, language) in templates.languages.iter().enumerate() {
            let info = site.info(number);
            let own = Pieces::new(&info.menu_paths(), site.graph().entities.len());
            let value = PageContext::of(own.of_page("", language)).value(&info);
            let mut value = value
                .map_err(|error| templates.failed(&error, "use what all pages share"))?
                .into_map()
                .unwrap_or_default();
            value.insert("assets".into(), templates.assets.clone());
            sites.push(value.into());
            pieces.push(own);
        }
        let allow_html = site.config().dialect.html == crate::config::RawHtml::Allow;
        let books = (0..pieces.len()).map(|lang| site.book_roots(lang)).collect();
        Ok(Renderer { templates, sites, pieces, allow_html, books, bindery: book::Bindery::default() })
    }

    /// Renders a page. `has_picture` says whether the print edition can contain the picture at a path from the site's
    /// root.
    ///
    /// # Errors
    /// If its template fails.
    pub fn html(&self, page: &Page, has_picture: &dyn Fn(&str) -> bool) -> Result<Vec<u8>, Diagnostic> {
        self.draw(page, None, has_picture)
    }

    /// Renders a section of a book.
    ///
    /// # Errors
    /// If its template fails.
    fn section(&self, section: &Section) -> Result<String, Diagnostic> {
        let html = self.draw(&section.html.0, Some(section), &|_| true)?;
        // Templates and values are valid UTF-8, so the output is too.
        Ok(String::from_utf8_lossy(&html).into_owned())
    }

    /// Renders a page, or a section of a book if `section` is given.
    fn draw(
        &self,
        page: &Page,
        section: Option<&Section>,
        has_picture: &dyn Fn(&str) -> bool,
    ) -> Result<Vec<u8>, Diagnostic> {
        let head = page.head();
        let failed = |error: tera::Error| self.templates.failed(&error, &format!("draw `{}`", head.path));
        let (folder, medium) = match section {
            None => ("", Medium::Site),
            Some(_) => ("book/", Medium::Book),
        };
        let number = self.templates.languages.iter().position(|language| language.tag == head.lang);
        let Some(number) = number else {
            return Err(BROKEN_THEME.found(format!("no words in `{}`", head.lang)));
        };
        let (language, site) = (&self.templates.languages[number], &self.sites[number]);
        let frame = self.pieces[number].frame(head, site, &self.templates, language).map_err(failed)?;
        let mut page_context = PageContext::of(self.pieces[number].of_page(&head.root, language));
        let mut length = 0;
        if let Some(body) = page.body() {
            let html = self.body(page, body, medium, language, &page_context)?;
            length = html.len();
            page_context.body = Value::safe_string(&html);
        }
        if let Page::Print(print) = page {
            let sections = self.sections(&print.book, &head.lang, BookFormat::Print, has_picture)?;
            let sections: Vec<Value> =
                sections.iter().map(|section| Value::safe_string(&section.html)).collect();
            page_context.sections = RefCell::new(sections.into_iter());
        }
        let mut context = Context::new();
        context.insert_value("page", page_context.value(page).map_err(failed)?);
        context.insert_value("site", site.clone());
        context.insert_value("frame", frame);
        if let Some(section) = section {
            context.insert("section", section);
        }
        let named = format!("{folder}{}", head.template);
        let template = match language.tera.contains_template(&named) {
            true => named,
            false => format!("{folder}entity.html"),
        };
        // Estimate: the body, and about as much again for the rest of the page.
        let mut html = Vec::with_capacity(length + (12 << 10));
        language.tera.render_to(&template, &context, &mut html).map_err(failed)?;
        Ok(html)
    }

    fn body(
        &self,
        page: &Page,
        body: &Body,
        medium: Medium,
        language: &Language,
        page_context: &PageContext<'_>,
    ) -> Result<String, Diagnostic> {
        let head = page.head();
        let drawings = RefCell::new(placeholder::Drawings::default());
        let component = |name: &str, args: TeraResult<Context>| {
            language.tera.render_component_with_implicits(name, &args?, &language.words, None, true)
        };
        let embed = |embedded: Embedded<'_>| {
            let args = || {
                let mut args = Context::new();
                args.insert("root", &head.root);
                match &embedded {
                    Embedded::Entity { preview, map, plot, at } => {
                        args.insert_value("preview", page_context.value(*preview)?);
                        args.insert("fragment", &at.fragment);
                        args.insert("heading", at.heading);
                        args.insert("words", at.words);
                        if let Some(map) = map {
                            args.insert_value("map", page_context.value(*map)?);
                        }
                        if let Some(plot) = plot {
                            args.insert_value("plot", page_context.value(*plot)?);
                        }
                    }
                    Embedded::Media(media, caption) => {
                        args.insert_value("media", page_context.value(*media)?);
                        args.insert("caption", caption);
                    }
                }
                Ok(args)
            };
            let (name, what) = match (&embedded, medium) {
                (Embedded::Entity { preview, .. }, _) => ("embed", &preview.id),
                (Embedded::Media(media, _), Medium::Site) => ("media", &media.path),
                (Embedded::Media(media, _), Medium::Book) => ("media_line", &media.path),
            };
            let html = component(name, args()).map_err(|error| {
                self.templates.failed(&error, &format!("embed `{what}` in `{}`", head.path))
            })?;
            Ok(drawings.borrow_mut().keep(html))
        };
        let notes = |marks: &[&Mark]| {
            let args = || {
                let notes: TeraResult<Vec<Value>> =
                    marks.iter().map(|mark| page_context.value(&mark.note())).collect();
                let mut args = Context::new();
                args.insert_value("notes", notes?.into());
                args.insert("root", &head.root);
                args.insert("lang", &head.lang);
                args.insert("text_lang", page.fallback().unwrap_or(&head.lang));
                Ok(args)
            };
            let name = match medium {
                Medium::Site => "notes",
                Medium::Book => "endnotes",
            };
            component(name, args())
                .map_err(|error| self.templates.failed(&error, &format!("draw the notes of `{}`", head.path)))
        };
        let writer = BodyWriter::new(body, &head.root, &language.body_words, &embed, medium);
        let html = writer.write(&notes)?;
        let html = match body.prose().html.is_empty() || self.allow_html {
            true => html,
            false => sanitize::sanitize(&html),
        };
        Ok(drawings.into_inner().put_into(html))
    }
}
