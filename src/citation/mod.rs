//! References to sources, formatted in a citation style (Citation Style Language 1.0.2) by hayagriva.
//!
//! Each source is formatted by itself: a reference here links to a page, so it needs no letter or number that
//! depends on the other sources.

mod bounds;

use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock, Mutex, OnceLock, PoisonError};

use hayagriva::archive::{self, ArchivedStyle};
use hayagriva::citationberg::{self, IndependentStyle, Style};
use hayagriva::{
    BibliographyDriver, BibliographyRequest, CitationItem, CitationRequest, ElemChild, ElemChildren,
    Formatting,
};

use crate::base::diagnostic::{Diagnostic, Reported};
use crate::base::markup::escape;
use crate::base::near::nearest;
use crate::base::path::InputPath;
use crate::config::{Config, FILE};
use crate::data;
use crate::world::World;

/// The value of `citation_style` that turns the bibliography off.
const NONE: &str = "none";

/// A citation style, prepared when first needed, because that takes as long as rendering many pages.
pub struct Citer {
    source: Source,
    style: OnceLock<Option<IndependentStyle>>,
    /// By language tag.
    locales: Mutex<BTreeMap<String, Option<Words>>>,
}

/// The locales of the most common languages; see their README for why they are embedded separately.
const AT_HAND: [(&str, &str); 3] = [
    ("id-ID", include_str!("locales/id-ID.json")),
    ("en-GB", include_str!("locales/en-GB.json")),
    ("en-US", include_str!("locales/en-US.json")),
];

/// The locales of all languages, as shipped with the styles.
static ALL: LazyLock<Vec<citationberg::Locale>> = LazyLock::new(archive::locales);

/// The locale of a language: for its country, otherwise for any country, otherwise the English one.
fn words(tag: &str) -> Option<citationberg::Locale> {
    let at_hand = |start: &str| {
        let (_, json) = AT_HAND.iter().find(|(code, _)| code.starts_with(start))?;
        serde_json::from_str::<citationberg::Locale>(json).ok()
    };
    let any = |start: &str| {
        let is_it = |locale: &&citationberg::Locale| {
            locale.lang.as_ref().is_some_and(|code| code.0.starts_with(start))
        };
        ALL.iter().find(is_it).cloned()
    };
    let of = |start: &str| at_hand(start).or_else(|| any(start));
    let language = tag.split('-').next().unwrap_or(tag);
    of(tag).or_else(|| of(language)).or_else(|| of("en-US"))
}

/// The locale of a language.
type Words = Arc<[citationberg::Locale; 1]>;

enum Source {
    Named(ArchivedStyle),
    File(Box<IndependentStyle>),
}

/// A source formatted in a style.
#[derive(Default)]
pub(crate) struct Reference {
    pub html: String,
    /// As plain text.
    pub words: String,
}

/// Appends the attributes of a link to an address.
type Attributes<'a> = &'a dyn Fn(&str, &mut String);

impl Citer {
    /// Reads the style that the settings name; none if the bibliography is turned off. A name with a dot is a
    /// file of the dossier.
    pub(crate) fn read(world: &dyn World, config: &Config) -> Reported<Option<Arc<Citer>>> {
        let name = &config.citation_style;
        let mistake = |message: String, help: String| {
            let found = Diagnostic::error(data::INVALID_VALUE.name, message).at(&FILE.into(), name.span, "");
            Reported { value: None, diagnostics: vec![found.help(help)] }
        };
        if name.value == NONE {
            return Reported { value: None, diagnostics: Vec::new() };
        }
        let source = if name.ends_with(".csl") {
            let text = match world.read(&InputPath::from(name.as_str())) {
                Ok(bytes) => String::from_utf8_lossy(&bytes).into_owned(),
                Err(error) => {
                    let help =
                        "name a file below the folder of `dossier.toml`, or a style such as `apa`".to_owned();
                    return mistake(format!("cannot read `{}`: {error}", name.value), help);
                }
            };
            if let Err((why, span)) = bounds::check(&text) {
                let message = format!("`{}` cannot be used as a citation style: {why}", name.value);
                let found = Diagnostic::error(data::INVALID_VALUE.name, message)
                    .at(&InputPath::from(name.as_str()), span, "here")
                    .help("correct the style, or set `citation_style` to another");
                return Reported { value: None, diagnostics: vec![found] };
            }
            match IndependentStyle::from_xml(&text) {
                Ok(style) => Source::File(Box::new(style)),
                Err(error) => {
                    let help = "it must be an independent CSL style, not one that only refers to another";
                    return mistake(
                        format!("`{}` is not a citation style: {error}", name.value),
                        help.to_owned(),
                    );
                }
            }
        } else {
            let names = || ArchivedStyle::all().iter().flat_map(|style| style.names().iter().copied());
            match ArchivedStyle::by_name(name) {
                Some(style) => Source::Named(style),
                None => {
                    let help = match nearest(name, names()) {
                        Some(near) => format!("did you mean `{near}`?"),
                        None => "write `apa`, `chicago-author-date`, `modern-language-association`, `harvard-cite-them-right` or \
                                 another that docs/configuration.md names, `none`, or the path of a `.csl` file"
                            .to_owned(),
                    };
                    return mistake(format!("there is no citation style `{}`", name.value), help);
                }
            }
        };
        let citer = Citer { source, style: OnceLock::new(), locales: Mutex::default() };
        Reported { value: Some(Arc::new(citer)), diagnostics: Vec::new() }
    }

    /// The reference to a source, given as a CSL-JSON item, in a language such as `en-GB` or `en`. `None` if
    /// the style has no bibliography or the item cannot be read.
    pub(crate) fn reference(&self, item: &str, tag: &str, attributes: Attributes<'_>) -> Option<Reference> {
        let style = self.style.get_or_init(|| self.ready()).as_ref()?;
        let mut item: citationberg::json::Item = serde_json::from_str(item).ok()?;
        item.0.values_mut().for_each(keep_start);
        let locale = self.locale(tag)?;
        let code = locale[0].lang.clone();
        let mut driver = BibliographyDriver::new();
        let cited = vec![CitationItem::with_entry(&item)];
        driver.citation(CitationRequest::new(cited, style, code.clone(), &*locale, Some(1)));
        let list = driver.finish(BibliographyRequest::new(style, code, &*locale)).bibliography?;
        // A number in front of a single reference would be meaningless.
        let content = &list.items.first()?.content;
        let mut html = String::new();
        write(content, attributes, &mut html);
        Some(Reference { html: html.trim().to_owned(), words: format!("{content:#}") })
    }

    fn locale(&self, tag: &str) -> Option<Words> {
        // A thread that panicked while holding the lock had inserted a whole locale or none.
        let mut locales = self.locales.lock().unwrap_or_else(PoisonError::into_inner);
        locales.entry(tag.to_owned()).or_insert_with(|| words(tag).map(|words| Arc::new([words]))).clone()
    }

    /// The style without rules that change the case of titles and names, which are quoted as they are, and
    /// without its in-text citations, which this program replaces by links.
    fn ready(&self) -> Option<IndependentStyle> {
        let style = match &self.source {
            Source::Named(style) => style.get(),
            Source::File(style) => Style::Independent((**style).clone()),
        };
        let mut value = serde_json::to_value(&style).ok()?;
        keep_case(&mut value);
        let mut style: IndependentStyle = serde_json::from_value(value).ok()?;
        style.citation.layout.elements.clear();
        Some(style)
    }
}

/// Keeps only the start of an interval: hayagriva panics at a date with two ends (typst/hayagriva#527).
fn keep_start(value: &mut citationberg::json::Value) {
    use citationberg::json::{DateValue, Value};
    match value {
        Value::Date(DateValue::DateParts { date_parts, .. }) => date_parts.0.truncate(1),
        Value::Date(DateValue::Raw { raw, .. }) => raw.end = None,
        _ => {}
    }
}

fn keep_case(value: &mut serde_json::Value) {
    match value {
        serde_json::Value::Object(fields) => {
            // The style may capitalise the first letter of its own words.
            fields.retain(|key, value| key != "@text-case" || value == "capitalize-first");
            fields.values_mut().for_each(keep_case);
        }
        serde_json::Value::Array(items) => items.iter_mut().for_each(keep_case),
        _ => {}
    }
}

fn write(children: &ElemChildren, attributes: Attributes<'_>, html: &mut String) {
    for child in &children.0 {
        match child {
            ElemChild::Text(text) => formatted(&text.text, &text.formatting, html),
            ElemChild::Elem(element) => write(&element.children, attributes, html),
            ElemChild::Link { text, url } => {
                html.push_str("<a class=\"external\" rel=\"external noopener\"");
                attributes(url, html);
                html.push('>');
                formatted(&text.text, &text.formatting, html);
                html.push_str("</a>");
            }
            ElemChild::Markup(text) => escape(text, html),
            ElemChild::Transparent { .. } => {}
        }
    }
}

fn formatted(text: &str, formatting: &Formatting, html: &mut String) {
    use citationberg::{FontStyle, FontWeight, VerticalAlign};
    let tags = [
        (formatting.font_style == FontStyle::Italic).then_some("i"),
        (formatting.font_weight == FontWeight::Bold).then_some("b"),
        match formatting.vertical_align {
            VerticalAlign::Sup => Some("sup"),
            VerticalAlign::Sub => Some("sub"),
            VerticalAlign::None | VerticalAlign::Baseline => None,
        },
    ];
    let tags = tags.into_iter().flatten();
    tags.clone().for_each(|tag| html.push_str(&format!("<{tag}>")));
    escape(text, html);
    tags.rev().for_each(|tag| html.push_str(&format!("</{tag}>")));
}
