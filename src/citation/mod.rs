//! References to sources, formatted in a citation style (Citation Style Language 1.0.2) by hayagriva.
//!
//! Each source is formatted by itself: a reference here links to a page, so it needs no number that depends on the
//! other sources. The letter of `2023a` is known before, and added to the year.

mod bounds;

use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock, Mutex, PoisonError};

use hayagriva::archive::{self, ArchivedStyle};
use hayagriva::citationberg::{self, IndependentStyle, Style};
use hayagriva::{
    BibliographyDriver, BibliographyRequest, CitationItem, CitationRequest, ElemChild, ElemChildren,
    ElemMeta, Formatting,
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
    styles: Mutex<BTreeMap<Known, Option<Arc<IndependentStyle>>>>,
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

/// How many parts are known of the dates of a source, [by their variables](DATES): 1 for the year, 2 with the month,
/// 3 with the day, and [`SEASON`].
type Known = [usize; 2];

/// The year and the season, which is written in the place of the month.
const SEASON: usize = 4;

/// The variables of the dates that a source has.
const DATES: [&str; 2] = ["issued", "accessed"];

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
        let citer = Citer { source, styles: Mutex::default(), locales: Mutex::default() };
        Reported { value: Some(Arc::new(citer)), diagnostics: Vec::new() }
    }

    /// The reference to a source, given as a CSL-JSON item, in a language such as `en-GB` or `en`. `letter`
    /// distinguishes it from others of the same authors and year, if the style does that. `None` if the style has no
    /// bibliography or the item cannot be read.
    pub(crate) fn reference(
        &self,
        item: &str,
        letter: &str,
        tag: &str,
        attributes: Attributes<'_>,
    ) -> Option<Reference> {
        let mut item: citationberg::json::Item = serde_json::from_str(item).ok()?;
        item.0.values_mut().for_each(keep_start);
        let dates = DATES.map(|name| item.0.get(name).and_then(date_parts));
        let style = self.style(dates.map(|date| date.map_or(0, |(_, known)| known)))?;
        let year = dates[0].map(|(year, _)| year.to_string()).unwrap_or_default();
        let locale = self.locale(tag)?;
        let code = locale[0].lang.clone();
        let mut driver = BibliographyDriver::new();
        let style = &*style;
        let cited = vec![CitationItem::with_entry(&item)];
        driver.citation(CitationRequest::new(cited, style, code.clone(), &*locale, Some(1)));
        let list = driver.finish(BibliographyRequest::new(style, code, &*locale)).bibliography?;
        // A number in front of a single reference would be meaningless.
        let content = &mut list.items.into_iter().next()?.content;
        if style.citation.disambiguate_add_year_suffix && !letter.is_empty() && !year.is_empty() {
            add_letter(content, &year, letter, false);
        }
        let content = &*content;
        let mut html = String::new();
        write(content, attributes, &mut html);
        Some(Reference { html: html.trim().to_owned(), words: format!("{content:#}") })
    }

    fn locale(&self, tag: &str) -> Option<Words> {
        // A thread that panicked while holding the lock had inserted a whole locale or none.
        let mut locales = self.locales.lock().unwrap_or_else(PoisonError::into_inner);
        locales.entry(tag.to_owned()).or_insert_with(|| words(tag).map(|words| Arc::new([words]))).clone()
    }

    fn style(&self, known: Known) -> Option<Arc<IndependentStyle>> {
        // A thread that panicked while holding the lock had inserted a whole style or none.
        let mut styles = self.styles.lock().unwrap_or_else(PoisonError::into_inner);
        styles.entry(known).or_insert_with(|| self.ready(known).map(Arc::new)).clone()
    }

    /// The style without rules that change the case of titles and names, which are quoted as they are, and
    /// without its in-text citations, which this program replaces by links. It asks for no more of dates than is known:
    /// hayagriva writes the comma before a month that is missing (typst/hayagriva#246).
    fn ready(&self, known: Known) -> Option<IndependentStyle> {
        let style = match &self.source {
            Source::Named(style) => style.get(),
            Source::File(style) => Style::Independent((**style).clone()),
        };
        let mut value = serde_json::to_value(&style).ok()?;
        keep_case(&mut value);
        keep_known(&mut value, known);
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

fn keep_known(value: &mut serde_json::Value, known: Known) {
    const PARTS: [&str; 3] = ["year", "year-month", "year-month-day"];
    match value {
        serde_json::Value::Object(fields) => {
            let variable = fields.get("@variable").and_then(serde_json::Value::as_str);
            if let Some(at) = DATES.iter().position(|date| variable == Some(date)) {
                let asked = fields.get("@date-parts").and_then(serde_json::Value::as_str);
                let asked =
                    asked.and_then(|asked| PARTS.iter().position(|parts| *parts == asked)).unwrap_or(2);
                let parts = match known[at] {
                    // hayagriva writes the season where a style asks for the year of a form.
                    SEASON if asked == 0 => {
                        fields.remove("@form");
                        fields.insert("date-part".to_owned(), serde_json::json!([{ "@name": "year" }]));
                        PARTS[0]
                    }
                    SEASON => PARTS[1],
                    known => PARTS[asked.min(known.saturating_sub(1))],
                };
                fields.insert("@date-parts".to_owned(), parts.into());
            }
            fields.values_mut().for_each(|value| keep_known(value, known));
        }
        serde_json::Value::Array(items) => {
            items.retain(|item| !asks_for_unknown(item, known));
            items.iter_mut().for_each(|value| keep_known(value, known));
        }
        _ => {}
    }
}

/// Whether an element writes nothing of a date but parts that are not known: a separator would be written all the same.
fn asks_for_unknown(element: &serde_json::Value, known: Known) -> bool {
    let Some(date) = element.get("date").filter(|date| date.get("@form").is_none()) else { return false };
    let variable = date.get("@variable").and_then(serde_json::Value::as_str);
    let Some(at) = DATES.iter().position(|name| variable == Some(name)) else { return false };
    let parts = date.get("date-part").and_then(serde_json::Value::as_array).map_or(&[][..], Vec::as_slice);
    let is_known = |part: &serde_json::Value| match part.get("@name").and_then(serde_json::Value::as_str) {
        Some("month") => known[at] >= 2,
        Some("day") => known[at] == 3,
        _ => true,
    };
    known[at] > 0 && !parts.is_empty() && !parts.iter().any(is_known)
}

/// The year of a date, and how many of its parts are known.
fn date_parts(value: &citationberg::json::Value) -> Option<(i16, usize)> {
    use citationberg::json::{DateValue, Value};
    let Value::Date(DateValue::DateParts { date_parts, season, .. }) = value else { return None };
    let parts = &date_parts.0.first()?.0;
    Some((*parts.first()?, if season.is_some() { SEASON } else { parts.len() }))
}

/// Adds the letter to the year of the first date: `2023a`. Gives whether it did.
fn add_letter(children: &mut ElemChildren, year: &str, letter: &str, in_date: bool) -> bool {
    children.0.iter_mut().any(|child| match child {
        ElemChild::Elem(element) => {
            let in_date = in_date || element.meta == Some(ElemMeta::Date);
            add_letter(&mut element.children, year, letter, in_date)
        }
        ElemChild::Text(text) if in_date => match text.text.find(year) {
            Some(at) => {
                text.text.insert_str(at + year.len(), letter);
                true
            }
            None => false,
        },
        _ => false,
    })
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
