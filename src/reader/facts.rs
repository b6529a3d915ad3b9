//! Converts the facts of an entity to values for templates.

use super::Reader;
use crate::kinds::{self, Fact, Quantity, Source};
use crate::link::{Entity, EntityIx};
use crate::locale::Locale;
use crate::shown::{Cited, Drawn, FactRow, FactTable, Located, Value};
use crate::values;

/// Facts that other parts of the page show.
const ELSEWHERE: [&str; 2] = ["corrections", "withdrawn"];

/// Facts that other parts of an article's page show.
const IN_HEAD: [&str; 3] = ["byline", "date", "published"];

impl Reader<'_> {
    /// The facts of an entity, split into single rows and tables.
    pub(crate) fn facts(self, entity: &Entity) -> (Vec<FactRow>, Vec<FactTable>) {
        let (mut rows, mut tables) = (Vec::new(), Vec::new());
        let facts = entity.facts();
        let is_article = entity.kind == kinds::KindId::Article;
        let elsewhere = |label| ELSEWHERE.contains(&label) || (is_article && IN_HEAD.contains(&label));
        for fact in facts.list.iter().filter(|fact| !elsewhere(fact.label)) {
            let groups: Vec<&Vec<Fact<'_>>> = fact
                .values
                .iter()
                .filter_map(|value| match value {
                    kinds::Value::Row(row) => Some(row),
                    _ => None,
                })
                .collect();
            if groups.is_empty() {
                let values: Vec<Value> = fact.values.iter().filter_map(|v| self.value(v)).collect();
                if !values.is_empty() {
                    rows.push(FactRow { label: fact.label, values });
                }
            } else if groups.iter().all(|row| row.first().is_some_and(|first| first.label == fact.label)) {
                let values = groups.iter().filter_map(|row| annotated(self, row)).collect();
                rows.push(FactRow { label: fact.label, values });
            } else {
                tables.push(table(self, fact.label, &groups));
            }
        }
        (rows, tables)
    }

    /// Converts a value for display; `None` if it refers to nothing.
    pub(crate) fn value(self, value: &kinds::Value<'_>) -> Option<Value> {
        let locale = self.locale;
        Some(match value {
            kinds::Value::Text(text) => {
                let (text, lang) = text.get(&locale.lang, self.graph.default_language());
                Value::Text { text: text.to_owned(), lang: lang.map(ToString::to_string), html: Drawn }
            }
            kinds::Value::Name(name) => Value::text((*name).to_owned()),
            kinds::Value::Date(date) => Value::Date(self.date(***date)),
            // The scale of verdicts comes from the settings, not from the theme.
            kinds::Value::Verdict(review) => {
                let word = review.verdict.as_ref();
                let known =
                    self.config.verdicts.iter().find(|known| word.is_some_and(|word| **word == known.word));
                let text = match (known, word, &review.label) {
                    (Some(known), ..) => self.text(&known.label),
                    (None, Some(word), _) => word.to_string(),
                    (None, None, label) => label.as_ref().map(|label| self.text(label)).unwrap_or_default(),
                };
                Value::text(text)
            }
            kinds::Value::Term(vocabulary, word) => {
                Value::Term { vocabulary, word: (*word).to_owned(), html: Drawn }
            }
            kinds::Value::Ref(reference, _) => {
                let ix = self.graph.by_id(&reference.id)?;
                Value::link(self.preview(ix).clone())
            }
            kinds::Value::Citation(citation) => {
                let ix = self.graph.by_id(&citation.source.id)?;
                let preview = self.preview(ix).clone();
                let locator = citation.locator.as_ref().map(|locator| self.located(ix, locator));
                Value::Cite { preview, locator, html: Drawn }
            }
            kinds::Value::Url(url) => {
                let text = url.as_str().trim_start_matches("https://").trim_start_matches("http://");
                let text = text.trim_start_matches("www.").trim_end_matches('/');
                Value::Url {
                    href: url.as_str().to_owned(),
                    text: text.to_owned(),
                    archived: self.site.archived(url.as_str()).cloned(),
                    html: Drawn,
                }
            }
            kinds::Value::Point(point) => {
                Value::Point { lat: point.lat, lon: point.lon, text: locale.point(*point), html: Drawn }
            }
            kinds::Value::Quantity(quantity) => {
                Value::Quantity { text: quantity_text(self, quantity), html: Drawn }
            }
            kinds::Value::Country(code) => {
                Value::Country { code: (*code).to_owned(), text: locale.country(code), html: Drawn }
            }
            kinds::Value::Language(tag) => {
                Value::Language { code: (*tag).to_owned(), text: locale.language(tag), html: Drawn }
            }
            kinds::Value::Row(_) => return None,
        })
    }

    fn cited(self, source: EntityIx) -> Cited {
        let archive =
            self.graph.entity(source).as_kind::<Source>().and_then(|source| source.archive.as_ref());
        Cited {
            preview: self.preview(source).clone(),
            locator: None,
            locators: Vec::new(),
            entry: self.bibliography_entry(source),
            archive: archive.map(|archive| archive.as_str().to_owned()),
        }
    }

    /// The sources that an entity cites. Each appears once, with all its locators.
    pub(crate) fn citations(self, entity: &Entity) -> Vec<Cited> {
        let mut cited: Vec<Cited> = Vec::new();
        for citation in &entity.common().sources {
            let Some(source) = self.graph.by_id(&citation.source.id) else { continue };
            let id = &self.preview(source).id;
            let at = cited.iter().position(|known| known.preview.id == *id).unwrap_or_else(|| {
                cited.push(self.cited(source));
                cited.len() - 1
            });
            cited[at].locators.extend(citation.locator.as_ref().map(|locator| self.located(source, locator)));
        }
        for source in &mut cited {
            source.locator = joined(&source.locators, self.locale);
        }
        cited
    }
}

/// The places in a source as one text.
pub(crate) fn joined(places: &[Located], locale: &Locale) -> Option<String> {
    let texts: Vec<&str> = places.iter().map(|place| place.text.as_str()).collect();
    (!texts.is_empty()).then(|| texts.join(locale.comma()))
}

/// Shows a row whose first fact is its main one as a link with a note: "the White House, spokesperson, since
/// 2022".
fn annotated(reader: Reader<'_>, row: &[Fact<'_>]) -> Option<Value> {
    let (first, rest) = row.split_first()?;
    let value = reader.value(first.values.first()?)?;
    let notes: Vec<String> = rest
        .iter()
        .flat_map(|fact| fact.values.iter().map(move |value| (fact.label, value)))
        .filter_map(|(label, value)| {
            let words = words(reader, value)?;
            let key = match label {
                "from" => "dates.open_end",
                "to" => "dates.open_start",
                _ => return Some(words),
            };
            Some(reader.locale.fill(key, &[(label, &words)]))
        })
        .collect();
    Some(match value {
        Value::Link { preview, html, .. } => Value::Link {
            preview,
            note: (!notes.is_empty()).then(|| notes.join(reader.locale.comma())),
            html,
        },
        other => other,
    })
}

fn words(reader: Reader<'_>, value: &kinds::Value<'_>) -> Option<String> {
    match reader.value(value)? {
        Value::Text { text, .. } => Some(text),
        Value::Date(date) => Some(date.text),
        _ => None,
    }
}

fn table(reader: Reader<'_>, label: &'static str, groups: &[&Vec<Fact<'_>>]) -> FactTable {
    let mut columns: Vec<&'static str> = Vec::new();
    for row in groups {
        // A column that earlier rows lack is inserted after the column that precedes it in its own row.
        let mut after = 0;
        for fact in *row {
            match columns.iter().position(|column| *column == fact.label) {
                Some(at) => after = at + 1,
                None => {
                    columns.insert(after, fact.label);
                    after += 1;
                }
            }
        }
    }
    let cell = |row: &[Fact<'_>], column: &str| -> Vec<Value> {
        let facts = row.iter().filter(|fact| fact.label == column);
        facts.flat_map(|fact| fact.values.iter().filter_map(|v| reader.value(v))).collect()
    };
    let rows = groups.iter().map(|row| columns.iter().map(|column| cell(row, column)).collect()).collect();
    FactTable { label, columns, rows }
}

/// `more than 1,000 containers`
pub(crate) fn figure_text(reader: Reader<'_>, quantity: &Quantity) -> String {
    values::figure(quantity, reader.locale, reader.graph.default_language())
}

/// `more than 1,000 containers of ammunition`
fn quantity_text(reader: Reader<'_>, quantity: &Quantity) -> String {
    let locale: &Locale = reader.locale;
    let mut text = figure_text(reader, quantity);
    if let Some(of) = &quantity.of {
        text = locale.fill("quantity.of", &[("quantity", &text), ("of", &reader.text(of))]);
    }
    if let [from, to] = quantity.between.as_slice() {
        let title = |reference: &kinds::Ref| {
            let ix = reader.graph.by_id(&reference.id);
            ix.map_or_else(|| reference.id.clone(), |ix| reader.preview(ix).title.clone())
        };
        let values = [("quantity", text.as_str()), ("from", &title(from)), ("to", &title(to))];
        text = locale.fill("quantity.between", &values);
    }
    text
}
