//! Page → the value that a template reads. What holds cards is put together here, from cards made once; the rest is
//! serialised.

use serde::ser::{Serialize, SerializeStruct, Serializer};
use tera::{Map, TeraResult, Value};

use super::pieces::Cards;
use crate::base::markup::escape;
use crate::view::archived::attributes;
use crate::view::page::{self, Backlink, Cited, FactRow, FactTable, Listing, Page};
use crate::view::passages::Passage;
use crate::view::{Datum, Mark};

/// The fields of a page.
pub fn page(page: &Page, cards: &Cards<'_>) -> TeraResult<Map> {
    let mut value = Value::try_from_serializable(page)?.into_map().unwrap_or_default();
    let card = |card: &Option<std::sync::Arc<page::Card>>| {
        card.as_ref().map_or_else(Value::none, |card| cards.get(card))
    };
    value.insert("previous".into(), card(&page.previous));
    value.insert("next".into(), card(&page.next));
    value.insert("facts".into(), list(&page.facts, |row| fact_row(row, cards)));
    value.insert("tables".into(), list(&page.tables, |table| fact_table(table, cards)));
    value.insert("citations".into(), list(&page.citations, |cited| self::cited(cited, cards)));
    value.insert("passages".into(), list(&page.passages, |one| passage(one, cards)));
    let group = |group: &page::BacklinkGroup| {
        map([
            ("kind", group.kind.into()),
            ("total", (group.total as u64).into()),
            ("items", list(&group.items, |item| backlink(item, cards))),
        ])
    };
    value.insert("backlinks".into(), list(&page.backlinks, group));
    let listing = page.listing.as_ref();
    value.insert("listing".into(), listing.map_or_else(Value::none, |listing| self::listing(listing, cards)));
    value.insert(
        "corrections".into(),
        list(&page.corrections, |correction| self::correction(correction, cards)),
    );
    value.insert("evidence".into(), datum(&page.evidence, cards));
    value.insert("special".into(), datum(&page.special, cards));
    Ok(value)
}

fn correction(correction: &page::CorrectionText, cards: &Cards<'_>) -> Value {
    map([
        ("date", date(&correction.date)),
        ("text", correction.text.as_str().into()),
        ("corrects", list(&correction.corrects, |card| cards.get(card))),
    ])
}

/// A value of any shape. A date has `iso`, `datetime`, `text` and, ready to be shown, `html`.
fn datum(datum: &Datum, cards: &Cards<'_>) -> Value {
    match datum {
        Datum::None => Value::none(),
        Datum::Flag(flag) => (*flag).into(),
        Datum::Count(count) => Value::from(*count as u64),
        Datum::Text(text) => text.as_str().into(),
        Datum::Word(word) => (*word).into(),
        Datum::Html(html) => Value::safe_string(html),
        Datum::Date(date) => self::date(date),
        Datum::Card(card) => cards.get(card),
        Datum::List(items) => list(items, |item| self::datum(item, cards)),
        Datum::Record(fields) => {
            let mut record = Map::with_capacity_and_hasher(fields.len(), Default::default());
            record.extend(fields.iter().map(|(name, value)| ((*name).into(), self::datum(value, cards))));
            record.into()
        }
    }
}

/// A date.
pub fn date(date: &page::DateText) -> Value {
    map([
        ("iso", date.iso.as_str().into()),
        ("datetime", date.datetime.as_str().into()),
        ("html", time(date)),
        ("text", date.text.as_str().into()),
    ])
}

/// A map of these fields. Made by way of serde, which makes it once; `From` would make it twice.
pub fn map<const N: usize>(fields: [(&'static str, Value); N]) -> Value {
    struct Fields<const N: usize>([(&'static str, Value); N]);

    impl<const N: usize> Serialize for Fields<N> {
        fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            let mut fields = serializer.serialize_struct("", N)?;
            for (name, value) in &self.0 {
                fields.serialize_field(name, value)?;
            }
            fields.end()
        }
    }

    Value::from_serializable(&Fields(fields))
}

fn list<T>(items: &[T], value: impl Fn(&T) -> Value) -> Value {
    items.iter().map(value).collect::<Vec<Value>>().into()
}

/// Words, where there are some.
pub fn text(text: &Option<String>) -> Value {
    text.as_deref().map_or_else(Value::none, Value::from)
}

/// A note in the margin.
pub fn note(mark: &Mark, cards: &Cards<'_>) -> Value {
    map([
        ("number", Value::from(mark.number as u64)),
        ("id", format!("note-{}", mark.name).into()),
        ("passage", format!("mark-{}", mark.name).into()),
        ("card", cards.get(&mark.card)),
    ])
}

fn passage(passage: &Passage, cards: &Cards<'_>) -> Value {
    map([
        ("card", cards.get(&passage.card)),
        ("path", passage.path.as_str().into()),
        ("words", passage.words.as_str().into()),
        ("before", passage.before.as_str().into()),
        ("exact", passage.exact.as_str().into()),
        ("after", passage.after.as_str().into()),
        ("lang", passage.lang.as_str().into()),
        ("original", passage.original.into()),
        ("lang_name", text(&passage.lang_name)),
    ])
}

fn backlink(item: &Backlink, cards: &Cards<'_>) -> Value {
    map([
        ("card", cards.get(&item.card)),
        ("role", item.role.as_str().into()),
        ("sentence", text(&item.sentence)),
        ("sentence_lang", text(&item.sentence_lang)),
    ])
}

fn cited(cited: &Cited, cards: &Cards<'_>) -> Value {
    map([
        ("card", cards.get(&cited.card)),
        ("locator", text(&cited.locator)),
        ("entry", text(&cited.entry)),
        ("archive", text(&cited.archive)),
    ])
}

fn fact_row(row: &FactRow, cards: &Cards<'_>) -> Value {
    map([("label", row.label.into()), ("values", list(&row.values, |value| fact_value(value, cards)))])
}

fn fact_table(table: &FactTable, cards: &Cards<'_>) -> Value {
    let cell = |cell: &Vec<page::Value>| list(cell, |value| fact_value(value, cards));
    map([
        ("label", table.label.into()),
        ("columns", list(&table.columns, |column| (*column).into())),
        ("rows", list(&table.rows, |row| list(row, cell))),
    ])
}

/// A value: its fields, and `html`, ready to be shown.
fn fact_value(value: &page::Value, cards: &Cards<'_>) -> Value {
    let mut html = String::new();
    match value {
        page::Value::Link { card, note } => {
            let card = cards.get(card);
            shown(&card, &mut html);
            if let Some(note) = note {
                html.push_str(" <span class=\"with\">");
                escape(note, &mut html);
                html.push_str("</span>");
            }
            let html = Value::safe_string(&html);
            map([("type", "link".into()), ("card", card), ("note", text(note)), ("html", html)])
        }
        page::Value::Cite(cited) => {
            let card = cards.get(&cited.card);
            shown(&card, &mut html);
            if let Some(locator) = &cited.locator {
                html.push_str(", <span class=\"locator\">");
                escape(locator, &mut html);
                html.push_str("</span>");
            }
            let html = Value::safe_string(&html);
            map([("type", "cite".into()), ("card", card), ("locator", text(&cited.locator)), ("html", html)])
        }
        page::Value::Term { vocabulary, word } => map([
            ("type", "term".into()),
            ("vocabulary", (*vocabulary).into()),
            ("word", word.as_str().into()),
            ("html", cards.term(vocabulary, word)),
        ]),
        page::Value::Date(date) => map([
            ("type", "date".into()),
            ("iso", date.iso.as_str().into()),
            ("datetime", date.datetime.as_str().into()),
            ("html", time(date)),
            ("text", date.text.as_str().into()),
        ]),
        other => {
            plain(other, cards, &mut html);
            let mut fields = Value::from_serializable(other).into_map().unwrap_or_default();
            fields.insert("html".into(), Value::safe_string(&html));
            fields.into()
        }
    }
}

/// A card's link, and the mark of its status.
fn shown(card: &Value, html: &mut String) {
    let part = |name| card.get_from_path(name).and_then(Value::as_str);
    html.push_str(part("link").unwrap_or_default());
    if let Some(mark) = part("mark") {
        html.push(' ');
        html.push_str(mark);
    }
}

/// A value that is words.
fn plain(value: &page::Value, cards: &Cards<'_>, html: &mut String) {
    let (before, text, after) = match value {
        page::Value::Text { text, lang: Some(lang) } if lang != cards.lang() => {
            html.push_str("<span lang=\"");
            escape(lang, html);
            ("\">", text, "</span>")
        }
        page::Value::Quantity { text, .. } => ("<span class=\"quantity\">", text, "</span>"),
        page::Value::Point { text, .. } => ("<span class=\"point\">", text, "</span>"),
        page::Value::Url { href, text, archived } => {
            html.push_str("<a class=\"external address\" rel=\"external noopener\"");
            attributes(href, archived.as_ref(), html);
            (">", text, "</a>")
        }
        page::Value::Text { text, .. }
        | page::Value::Country { text, .. }
        | page::Value::Language { text, .. } => ("", text, ""),
        _ => return,
    };
    html.push_str(before);
    escape(text, html);
    html.push_str(after);
}

/// A date, ready to be shown.
pub fn time(date: &page::DateText) -> Value {
    let mut time = String::from("<time datetime=\"");
    escape(&date.datetime, &mut time);
    time.push_str("\">");
    escape(&date.text, &mut time);
    time.push_str("</time>");
    Value::safe_string(&time)
}

fn listing(listing: &Listing, cards: &Cards<'_>) -> Value {
    let item = |item: &page::ListingItem| map([("card", cards.get(&item.card)), ("note", text(&item.note))]);
    let group = |group: &page::ListingGroup| {
        map([
            ("heading", text(&group.heading)),
            ("label", group.label.map_or_else(Value::none, Value::from)),
            ("total", (group.total as u64).into()),
            ("items", list(&group.items, item)),
        ])
    };
    map([
        ("kind", listing.kind.into()),
        ("total", Value::from(listing.total as u64)),
        ("groups", list(&listing.groups, group)),
    ])
}
