//! Facts of a kind → values of a page.

use super::Site;
use super::page::{Cited, DateText, FactRow, FactTable, Value};
use crate::kinds::{self, Fact, Quantity, Source};
use crate::link::{Entity, EntityIx};
use crate::locale::Locale;

/// Shown by other parts of a page.
const ELSEWHERE: [&str; 2] = ["corrections", "withdrawn"];

/// Shown by other parts of an article's page.
const IN_HEAD: [&str; 2] = ["byline", "published"];

/// The facts of an entity: those with single values, and those that are tables.
pub fn of(site: &Site<'_>, entity: &Entity, lang: usize) -> (Vec<FactRow>, Vec<FactTable>) {
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
            let values: Vec<Value> = fact.values.iter().filter_map(|v| value(site, v, lang)).collect();
            if !values.is_empty() {
                rows.push(FactRow { label: fact.label, values });
            }
        } else if groups.iter().all(|row| row.first().is_some_and(|first| first.label == fact.label)) {
            let values = groups.iter().filter_map(|row| annotated(site, row, lang)).collect();
            rows.push(FactRow { label: fact.label, values });
        } else {
            tables.push(table(site, fact.label, &groups, lang));
        }
    }
    (rows, tables)
}

/// A row that starts with the fact it belongs to is a link with a note: "the White House, spokesperson, since 2022".
fn annotated(site: &Site<'_>, row: &[Fact<'_>], lang: usize) -> Option<Value> {
    let (first, rest) = row.split_first()?;
    let value = value(site, first.values.first()?, lang)?;
    let notes: Vec<String> = rest
        .iter()
        .flat_map(|fact| fact.values.iter().map(move |value| (fact.label, value)))
        .filter_map(|(label, value)| {
            let words = words(site, value, lang)?;
            let key = match label {
                "from" => "dates.open_end",
                "to" => "dates.open_start",
                _ => return Some(words),
            };
            Some(site.locales[lang].fill(key, &[(label, &words)]))
        })
        .collect();
    Some(match value {
        Value::Link { card, .. } => Value::Link { card, note: (!notes.is_empty()).then(|| notes.join(", ")) },
        other => other,
    })
}

fn words(site: &Site<'_>, value: &kinds::Value<'_>, lang: usize) -> Option<String> {
    match self::value(site, value, lang)? {
        Value::Text { text, .. } => Some(text),
        Value::Date(date) => Some(date.text),
        _ => None,
    }
}

fn table(site: &Site<'_>, label: &'static str, groups: &[&Vec<Fact<'_>>], lang: usize) -> FactTable {
    let mut columns: Vec<&'static str> = Vec::new();
    for row in groups {
        // A column that earlier rows lack goes behind the one that it follows in its own row.
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
        facts.flat_map(|fact| fact.values.iter().filter_map(|v| value(site, v, lang))).collect()
    };
    let rows = groups.iter().map(|row| columns.iter().map(|column| cell(row, column)).collect()).collect();
    FactTable { label, columns, rows }
}

pub(super) fn value(site: &Site<'_>, value: &kinds::Value<'_>, lang: usize) -> Option<Value> {
    let locale = &site.locales[lang];
    Some(match value {
        kinds::Value::Text(text) => {
            let (text, lang) = text.get(&locale.lang, site.graph.default_language());
            Value::Text { text: text.to_owned(), lang: lang.map(ToString::to_string) }
        }
        kinds::Value::Name(name) => Value::Text { text: (*name).to_owned(), lang: None },
        kinds::Value::Date(date) => Value::Date(DateText::of(***date, locale)),
        // The scale of verdicts is the settings', not the theme's.
        kinds::Value::Verdict(review) => {
            let word = review.verdict.as_ref();
            let known =
                site.config.verdicts.iter().find(|known| word.is_some_and(|word| **word == known.word));
            let text = match (known, word, &review.label) {
                (Some(known), ..) => site.text(&known.label, lang),
                (None, Some(word), _) => word.to_string(),
                (None, None, label) => label.as_ref().map(|label| site.text(label, lang)).unwrap_or_default(),
            };
            Value::Text { text, lang: None }
        }
        kinds::Value::Term(vocabulary, word) => Value::Term { vocabulary, word: (*word).to_owned() },
        kinds::Value::Ref(reference, _) => {
            let ix = site.graph.by_id(&reference.id)?;
            Value::Link { card: site.shelves[lang].cards.get(ix).clone(), note: None }
        }
        kinds::Value::Citation(citation) => {
            let ix = site.graph.by_id(&citation.source.id)?;
            Value::Cite(site.cited(ix, citation.locator.clone(), lang))
        }
        kinds::Value::Url(url) => {
            let text = url.as_str().trim_start_matches("https://").trim_start_matches("http://");
            let text = text.trim_start_matches("www.").trim_end_matches('/');
            Value::Url {
                href: url.as_str().to_owned(),
                text: text.to_owned(),
                archived: site.archived(url.as_str()).cloned(),
            }
        }
        kinds::Value::Point(point) => {
            Value::Point { lat: point.lat, lon: point.lon, text: locale.point(*point) }
        }
        kinds::Value::Quantity(quantity) => Value::Quantity { text: quantity_text(site, quantity, lang) },
        kinds::Value::Country(code) => {
            Value::Country { code: (*code).to_owned(), text: locale.country(code) }
        }
        kinds::Value::Language(tag) => {
            Value::Language { code: (*tag).to_owned(), text: locale.language(tag) }
        }
        kinds::Value::Row(_) => return None,
    })
}

/// `more than 1,000 containers`
pub fn figure_text(site: &Site<'_>, quantity: &Quantity, lang: usize) -> String {
    let locale: &Locale = &site.locales[lang];
    let mut parts: Vec<String> = Vec::new();
    let comparator =
        quantity.comparator.filter(|comparator| *comparator != kinds::words::Comparator::Exactly);
    if let Some(comparator) = comparator {
        let key = format!("terms.comparator.{}.label", comparator.word());
        parts.push(locale.word(&key).unwrap_or(comparator.word()).to_owned());
    }
    let (from, to) = (quantity.value.from, quantity.value.to);
    parts.push(match from == to {
        true => locale.number(from),
        false => {
            let (from, to) = (locale.number(from), locale.number(to));
            locale.fill("quantity.range", &[("from", &from), ("to", &to)])
        }
    });
    parts.extend(quantity.unit.as_ref().map(|unit| site.text(unit, lang)));
    parts.join("\u{a0}")
}

/// `more than 1,000 containers of ammunition`
fn quantity_text(site: &Site<'_>, quantity: &Quantity, lang: usize) -> String {
    let locale: &Locale = &site.locales[lang];
    let mut text = figure_text(site, quantity, lang);
    if let Some(of) = &quantity.of {
        text = locale.fill("quantity.of", &[("quantity", &text), ("of", &site.text(of, lang))]);
    }
    if let [from, to] = quantity.between.as_slice() {
        let title = |reference: &kinds::Ref| {
            let ix = site.graph.by_id(&reference.id);
            ix.map_or_else(|| reference.id.clone(), |ix| site.shelves[lang].cards.get(ix).title.clone())
        };
        let values = [("quantity", text.as_str()), ("from", &title(from)), ("to", &title(to))];
        text = locale.fill("quantity.between", &values);
    }
    text
}

impl Site<'_> {
    fn cited(&self, source: EntityIx, locator: Option<String>, lang: usize) -> Cited {
        let archive =
            self.graph.entity(source).as_kind::<Source>().and_then(|source| source.archive.as_ref());
        Cited {
            card: self.card(source, lang).clone(),
            locator,
            entry: self.entry(source, lang),
            archive: archive.map(|archive| archive.as_str().to_owned()),
        }
    }

    /// The sources that an entity cites, each once with all its locators.
    pub(super) fn citations(&self, entity: &Entity, lang: usize) -> Vec<Cited> {
        let mut cited: Vec<Cited> = Vec::new();
        for citation in &entity.common().sources {
            let Some(source) = self.graph.by_id(&citation.source.id) else { continue };
            let card = self.shelves[lang].cards.get(source);
            match cited.iter_mut().find(|known| known.card.id == card.id) {
                Some(known) => {
                    let locators = known.locator.iter().chain(&citation.locator).map(String::as_str);
                    known.locator =
                        Some(locators.collect::<Vec<_>>().join(", ")).filter(|text| !text.is_empty());
                }
                None => cited.push(self.cited(source, citation.locator.clone(), lang)),
            }
        }
        cited
    }
}
