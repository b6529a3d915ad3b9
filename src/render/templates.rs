//! The parsed templates of the theme: one set per language.

use std::collections::BTreeMap;
use std::sync::Arc;

use tera::{Context, Tera, Value};

use super::blocks;
use super::filters;
use super::names::Names;
use crate::base::diagnostic::{Diagnostic, Reported};
use crate::base::path::InputPath;
use crate::base::span::Span;
use crate::locale::Locale;
use crate::theme::{Assets, BROKEN_THEME, Theme};

/// The folder of templates that are rendered once and inserted into many pages.
pub(crate) const FRAME: &str = "frame/";

/// The templates of a theme. They do not depend on content.
pub struct Templates {
    pub(super) languages: Vec<Language>,
    /// The names of the templates in [`FRAME`].
    pub(super) frames: Vec<String>,
    /// The files of the templates that are the site's own, by name.
    own: BTreeMap<String, InputPath>,
    /// The published path of each asset, by name.
    pub(super) assets: Value,
}

/// The templates of a language, with its strings.
pub(super) struct Language {
    pub tag: String,
    pub tera: Tera,
    /// The context for a component that is rendered outside a page.
    pub words: Context,
    pub body_words: blocks::Words,
    pub names: Names,
}

impl Templates {
    /// Parses the templates of `theme`. `None` if they cannot be used; the diagnostics say why.
    pub fn read(theme: &Theme, assets: &Assets, locales: &[Arc<Locale>]) -> Reported<Option<Templates>> {
        let base = match parse(theme) {
            Ok(base) => base,
            Err(diagnostic) => return Reported { value: None, diagnostics: vec![diagnostic] },
        };
        let languages = locales.iter().map(|locale| {
            let words = Value::from_serializable(&locale.strings);
            let mut tera = base.clone();
            let names = Names::new(locale.direction, locales.iter().map(|locale| locale.direction));
            filters::register_for(&mut tera, locale, names);
            tera.global_context().insert_value("t", words.clone());
            let mut context = Context::new();
            context.insert_value("t", words);
            let (tag, body_words) = (locale.lang.to_string(), blocks::Words::of(locale, names));
            Language { tag, tera, words: context, body_words, names }
        });
        let frames = base
            .get_template_names()
            .filter_map(|name| Some(name.strip_prefix(FRAME)?.strip_suffix(".html")?.to_owned()));
        let mut frames: Vec<String> = frames.collect();
        frames.sort();
        let assets = assets.paths().map(|(name, path)| (name.to_owned().into(), path.as_str().into()));
        let assets = assets.collect::<tera::Map>().into();
        let templates = Templates { languages: languages.collect(), frames, own: own(theme), assets };
        Reported { value: Some(templates), diagnostics: Vec::new() }
    }

    /// What is reported if `task` fails.
    pub(super) fn failed(&self, error: &tera::Error, task: &str) -> Diagnostic {
        failed(error, task, &self.own)
    }
}

fn parse(theme: &Theme) -> Result<Tera, Diagnostic> {
    let mut tera = Tera::default();
    filters::register(&mut tera);
    let mut list = Vec::new();
    for (name, file) in theme.below("templates") {
        match std::str::from_utf8(&file.bytes) {
            Ok(text) => list.push((name, text)),
            Err(_) => return Err(BROKEN_THEME.found(format!("the template `{name}` is not UTF-8"))),
        }
    }
    tera.add_raw_templates(list).map_err(|error| failed(&error, "read the templates", &own(theme)))?;
    Ok(tera)
}

/// The files of the templates that are the site's own, by name.
fn own(theme: &Theme) -> BTreeMap<String, InputPath> {
    let templates = theme.below("templates");
    templates.filter_map(|(name, file)| Some((name.to_owned(), file.path.clone()?))).collect()
}

/// The position of an error in one of the site's own templates.
fn located(error: &tera::Error, own: &BTreeMap<String, InputPath>) -> Option<(InputPath, Span)> {
    let (tera::ErrorKind::SyntaxError(report) | tera::ErrorKind::RenderingError(report)) = error.kind()
    else {
        return None;
    };
    let range = &report.span().range;
    Some((own.get(report.filename())?.clone(), Span::new(range.start, range.end)))
}

/// Converts a theme's failure to a diagnostic. It keeps Tera's message, which contains an excerpt of the
/// template.
fn failed(error: &tera::Error, task: &str, own: &BTreeMap<String, InputPath>) -> Diagnostic {
    let mut why = error.to_string();
    let mut source = std::error::Error::source(error);
    while let Some(inner) = source {
        why.push_str(&format!(": {inner}"));
        source = inner.source();
    }
    let diagnostic = BROKEN_THEME.found(format!("the theme cannot {task}")).help(why);
    match located(error, own) {
        Some((path, span)) => diagnostic.at(&path, span, ""),
        None => diagnostic,
    }
}
