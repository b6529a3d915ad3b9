//! Page → the value that a template reads. What holds cards is put together here, from cards made once; the rest is
//! serialised.

use tera::{Map, TeraResult, Value};

use super::pieces::Cards;
use crate::view::page::{self, Backlink, Cited, FactRow, FactTable, Listing, Page};

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
    let group = |group: &page::BacklinkGroup| {
        map([("kind", group.kind.into()), ("items", list(&group.items, |item| backlink(item, cards)))])
    };
    value.insert("backlinks".into(), list(&page.backlinks, group));
    let listing = page.listing.as_ref();
    value.insert("listing".into(), listing.map_or_else(Value::none, |listing| self::listing(listing, cards)));
    Ok(value)
}

fn map<const N: usize>(fields: [(&'static str, Value); N]) -> Value {
    let mut map = Map::with_capacity_and_hasher(N, Default::default());
    map.extend(fields.map(|(name, value)| (name.into(), value)));
    map.into()
}

fn list<T>(items: &[T], value: impl Fn(&T) -> Value) -> Value {
    items.iter().map(value).collect::<Vec<Value>>().into()
}

fn text(text: &Option<String>) -> Value {
    text.as_deref().map_or_else(Value::none, Value::from)
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
    map([("card", cards.get(&cited.card)), ("locator", text(&cited.locator))])
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

fn fact_value(value: &page::Value, cards: &Cards<'_>) -> Value {
    match value {
        page::Value::Link { card, note } => {
            map([("type", "link".into()), ("card", cards.get(card)), ("note", text(note))])
        }
        page::Value::Cite(cited) => map([
            ("type", "cite".into()),
            ("card", cards.get(&cited.card)),
            ("locator", text(&cited.locator)),
        ]),
        other => Value::from_serializable(other),
    }
}

fn listing(listing: &Listing, cards: &Cards<'_>) -> Value {
    let item = |item: &page::ListingItem| map([("card", cards.get(&item.card)), ("note", text(&item.note))]);
    let group = |group: &page::ListingGroup| {
        map([
            ("heading", text(&group.heading)),
            ("label", group.label.map_or_else(Value::none, Value::from)),
            ("items", list(&group.items, item)),
        ])
    };
    map([
        ("kind", listing.kind.into()),
        ("total", Value::from(listing.total as u64)),
        ("groups", list(&listing.groups, group)),
    ])
}
