//! Page and theme → HTML. A page's HTML depends on the page and the theme, and on nothing else.

mod blocks;
mod filters;
mod highlight;
mod sanitize;

use std::collections::HashMap;
use std::sync::Arc;

use tera::{Context, Tera, Value};

use crate::base::diagnostic::{Diagnostic, Reported};
use crate::base::span::Span;
use crate::locale::Locale;
use crate::theme::{Assets, BROKEN_THEME, Theme};
use crate::view::{Page, Site};
use blocks::BodyWriter;

/// The templates, ready to draw pages.
pub struct Renderer {
    /// One for each language, with its words and its chrome built in.
    languages: HashMap<String, Language>,
    allow_html: bool,
}

struct Language {
    tera: Tera,
    /// What a component that stands alone, an embed, gets of the page around it.
    words: Context,
    body_words: blocks::Words,
}

impl Renderer {
    /// Reads the templates of `theme`. `None` where they cannot be used; why is in the diagnostics.
    pub fn new(theme: &Theme, assets: &Assets, site: &Site<'_>) -> Reported<Option<Renderer>> {
        let base = match templates(theme) {
            Ok(base) => base,
            Err(diagnostic) => return Reported { value: None, diagnostics: vec![diagnostic] },
        };
        let assets: HashMap<&str, &str> = assets.paths().map(|(name, path)| (name, path.as_str())).collect();
        let assets = Value::from_serializable(&assets);
        let language = |(number, locale): (usize, &Arc<Locale>)| {
            let mut chrome = Value::from_serializable(&site.chrome(number)).into_map().unwrap_or_default();
            chrome.insert("assets".into(), assets.clone());
            let words = Value::from_serializable(&locale.strings);
            let mut tera = base.clone();
            filters::register_for(&mut tera, locale);
            tera.global_context().insert_value("t", words.clone());
            tera.global_context().insert_value("site", chrome.into());
            let mut context = Context::new();
            context.insert_value("t", words);
            let body_words = blocks::Words::of(locale);
            (locale.lang.to_string(), Language { tera, words: context, body_words })
        };
        let languages = site.locales().iter().enumerate().map(language).collect();
        let allow_html = site.config().html == crate::config::RawHtml::Allow;
        Reported { value: Some(Renderer { languages, allow_html }), diagnostics: Vec::new() }
    }

    /// Draws a page.
    ///
    /// # Errors
    /// Where its template cannot be run with it.
    pub fn html(&self, page: &Page) -> Result<String, Diagnostic> {
        let Some(language) = self.languages.get(&page.lang) else {
            return Err(BROKEN_THEME.found(format!("no words in `{}`", page.lang)));
        };
        let mut value = Value::from_serializable(page).into_map().unwrap_or_default();
        value.insert("body".into(), Value::safe_string(&self.body(page, language)?));
        let mut context = Context::new();
        context.insert_value("page", value.into());
        let named = language.tera.contains_template(&page.template);
        let template = if named { &*page.template } else { "entity.html" };
        language
            .tera
            .render(template, &context)
            .map_err(|error| failed(&error, &format!("draw `{}`", page.path)))
    }

    fn body(&self, page: &Page, language: &Language) -> Result<String, Diagnostic> {
        let Some(body) = &page.text else { return Ok(String::new()) };
        let embed = |card: &crate::view::Card| {
            let mut args = Context::new();
            args.insert("card", card);
            args.insert("root", &page.root);
            language
                .tera
                .render_component_with_implicits("embed", &args, &language.words, None, true)
                .map_err(|error| failed(&error, &format!("embed `{}` in `{}`", card.id, page.path)))
        };
        let html = BodyWriter::new(body, &page.root, &language.body_words, &embed).write()?;
        match body.prose().has_html && !self.allow_html {
            true => Ok(sanitize::sanitize(&html)),
            false => Ok(html),
        }
    }
}

fn templates(theme: &Theme) -> Result<Tera, Diagnostic> {
    let mut tera = Tera::default();
    filters::register(&mut tera);
    let mut list = Vec::new();
    for (name, file) in theme.below("templates") {
        match std::str::from_utf8(&file.bytes) {
            Ok(text) => list.push((name, text)),
            Err(_) => return Err(BROKEN_THEME.found(format!("the template `{name}` is not UTF-8"))),
        }
    }
    tera.add_raw_templates(list).map_err(|error| {
        let diagnostic = failed(&error, "read the templates");
        match located(&error, theme) {
            Some((path, span)) => diagnostic.at(&path, span, ""),
            None => diagnostic,
        }
    })?;
    Ok(tera)
}

/// Where in one of the site's own templates an error is.
fn located(error: &tera::Error, theme: &Theme) -> Option<(crate::base::path::InputPath, Span)> {
    let (tera::ErrorKind::SyntaxError(report) | tera::ErrorKind::RenderingError(report)) = error.kind()
    else {
        return None;
    };
    let (_, file) = theme.below("templates").find(|(name, _)| *name == report.filename())?;
    let range = &report.span().range;
    Some((file.path.clone()?, Span::new(range.start, range.end)))
}

/// A theme's failure, in Tera's own words: they hold an excerpt of the template.
fn failed(error: &tera::Error, task: &str) -> Diagnostic {
    let mut why = error.to_string();
    let mut source = std::error::Error::source(error);
    while let Some(inner) = source {
        why.push_str(&format!(": {inner}"));
        source = inner.source();
    }
    BROKEN_THEME.found(format!("the theme cannot {task}")).help(why)
}
