//! What a page says of itself: who wrote it, when, in which language, what its styles look like, and which of its links
//! are marks of notes.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use crate::base::html::{self, Element, Handle, Visitor};
use crate::import::prose::Style;

/// What a page says of itself.
#[derive(Debug, Default)]
pub(super) struct Head {
    /// Its title, as it shows it to other sites.
    pub title: Option<String>,
    pub authors: Option<String>,
    pub date: Option<String>,
    pub language: Option<String>,
    /// How classes look.
    pub looks: BTreeMap<String, Style>,
    /// The notes: the id of each, and its number.
    pub notes: BTreeMap<String, usize>,
}

/// Reads it.
pub(super) fn read(page: &Handle) -> Head {
    let mut reader = Reader::default();
    html::visit(page, &mut reader);
    reader.head()
}

#[derive(Default)]
struct Reader {
    /// `property` or `name`, and `content`.
    said: BTreeMap<String, String>,
    language: Option<String>,
    /// What is read now: the content of a script or a style.
    open: Option<&'static str>,
    data: Vec<String>,
    styles: String,
    /// The ids of the open elements.
    ids: Vec<Option<String>>,
    /// Links within the page: where each leads, and by which ids it can be found.
    links: Vec<(String, Vec<String>)>,
}

impl Visitor for Reader {
    fn text(&mut self, text: &str) {
        match self.open {
            Some("script") => self.data.extend([text.to_owned()]),
            Some(_) => self.styles.push_str(text),
            None => {}
        }
    }

    fn enter(&mut self, element: &Element<'_>) -> bool {
        let value = |name: &str| element.attribute(name).map(str::trim).filter(|value| !value.is_empty());
        let id = value("id").or_else(|| value("name")).map(str::to_owned);
        match element.tag {
            "html" => self.language = value("lang").or_else(|| value("xml:lang")).map(str::to_owned),
            "meta" => {
                let name = value("property").or_else(|| value("name")).or_else(|| value("itemprop"));
                if let (Some(name), Some(content)) = (name, value("content")) {
                    self.said.entry(name.to_lowercase()).or_insert_with(|| content.to_owned());
                }
            }
            "script" if value("type") == Some("application/ld+json") => self.open = Some("script"),
            "style" => self.open = Some("style"),
            "a" => {
                if let Some(target) = value("href").and_then(|href| href.strip_prefix('#')) {
                    let around = self.ids.iter().rev().take(1).flatten().cloned();
                    let own = [value("id"), value("name")].into_iter().flatten().map(str::to_owned);
                    self.links.push((target.to_owned(), own.chain(around).collect()));
                }
            }
            _ => {}
        }
        self.ids.push(id);
        true
    }

    fn leave(&mut self, _: &str) {
        self.open = None;
        self.ids.pop();
    }
}

impl Reader {
    fn head(self) -> Head {
        let data: Vec<Value> = self.data.iter().filter_map(|text| serde_json::from_str(text).ok()).collect();
        let article = data.iter().find_map(|value| of_article(value, 0));
        let said = |names: &[&str]| names.iter().find_map(|name| self.said.get(*name)).cloned();
        let of_data = |key: &str| article.and_then(|article| article.get(key));
        let text = |key: &str| of_data(key).and_then(Value::as_str).map(str::to_owned);
        let authors = of_data("author").map(names).filter(|names| !names.is_empty());
        // Some name an author by the address of a page.
        let named = said(&["author", "article:author", "dc.creator", "dcterms.creator", "parsely-author"]);
        let date = text("datePublished").or_else(|| {
            said(&["article:published_time", "datepublished", "date", "dc.date", "dcterms.date", "pubdate"])
        });
        Head {
            title: said(&["og:title"]).or_else(|| text("headline")).map(|title| one_line(&title)),
            authors: authors
                .or_else(|| named.filter(|name| !name.contains("://")))
                .map(|names| one_line(&names)),
            date: date.map(|date| date.split(['T', ' ']).next().unwrap_or_default().to_owned()),
            language: self.language.clone().or_else(|| text("inLanguage")),
            looks: looks(&self.styles),
            notes: notes(&self.links),
        }
    }
}

fn one_line(words: &str) -> String {
    words.split_whitespace().collect::<Vec<&str>>().join(" ")
}

/// The article in JSON-LD, at the top, in a list or in a graph.
fn of_article(value: &Value, depth: usize) -> Option<&Value> {
    if depth > 3 {
        return None;
    }
    let is_article = |sort: &Value| {
        sort.as_str().is_some_and(|sort| sort.ends_with("Article") || sort.ends_with("Posting"))
    };
    let sort = value.get("@type");
    if sort
        .is_some_and(|sort| is_article(sort) || sort.as_array().is_some_and(|all| all.iter().any(is_article)))
    {
        return Some(value);
    }
    let list = value.as_array().or_else(|| value.get("@graph").and_then(Value::as_array));
    list?.iter().find_map(|value| of_article(value, depth + 1))
}

/// The names of those who wrote something.
fn names(value: &Value) -> String {
    let all = value.as_array().map_or(std::slice::from_ref(value), Vec::as_slice);
    let name = |one: &Value| one.as_str().or_else(|| one.get("name")?.as_str()).map(one_line);
    all.iter().filter_map(name).filter(|name| !name.contains("://")).collect::<Vec<String>>().join(", ")
}

/// How the classes of a style sheet look, as Google Docs writes them: `.c1{font-weight:700}`.
fn looks(styles: &str) -> BTreeMap<String, Style> {
    let mut looks = BTreeMap::new();
    for rule in styles.split('}') {
        let Some((selector, declarations)) = rule.split_once('{') else { continue };
        let Some(class) = selector.trim().strip_prefix('.') else { continue };
        let is_plain = class.chars().all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_');
        let style = look(declarations);
        if is_plain && style != Style::default() {
            looks.insert(class.to_owned(), style);
        }
    }
    looks
}

/// How words with such declarations look.
pub(super) fn look(declarations: &str) -> Style {
    let plain: String = declarations.to_ascii_lowercase().split_whitespace().collect();
    let has = |words: &[&str]| words.iter().any(|word| plain.contains(word));
    Style {
        bold: has(&["font-weight:bold", "font-weight:700", "font-weight:800", "font-weight:900"]),
        italic: has(&["font-style:italic"]),
        strike: has(&["text-decoration:line-through"]),
        code: false,
    }
}

/// The notes of a page, in the order of their marks: a mark leads to a note, and the note back to the mark.
fn notes(links: &[(String, Vec<String>)]) -> BTreeMap<String, usize> {
    let mut notes = BTreeMap::new();
    let targets: BTreeSet<&str> = links.iter().map(|(target, _)| target.as_str()).collect();
    let mut before: BTreeSet<&str> = BTreeSet::new();
    for (note, own) in links {
        let is_answered = own.iter().any(|id| targets.contains(id.as_str()));
        // Of the two, the mark comes first.
        if is_answered && !before.contains(note.as_str()) && !notes.contains_key(note) {
            notes.insert(note.clone(), notes.len());
        }
        before.extend(own.iter().map(String::as_str));
    }
    notes
}
