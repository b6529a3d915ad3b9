//! The list of a kind: its entities in groups.

use std::sync::{Arc, PoisonError};

use super::head::{HeadParts, pagination};
use crate::kinds::words::rank;
use crate::kinds::{Group, KindId, Value};
use crate::link::{Entity, EntityIx, layout};
use crate::machine::Subject;
use crate::reader::{GroupKey, Groups, LONGEST_LIST, Reader, plural};
use crate::shown::{Listing, ListingGroup, ListingItem, ListingPage};

/// A page of the list of a kind, from 0.
pub fn page(reader: Reader<'_>, kind: KindId, number: usize) -> ListingPage {
    let first = reader.listing_path(kind);
    let edition = |lang: usize| Some(layout::part(&reader.in_language(lang).listing_path(kind), number));
    let listing = listing(reader, kind, number);
    let parts = HeadParts {
        kind: Some(kind.name()),
        crumbs: vec![reader.labels.home.clone()],
        subject: Subject::List(&listing, number * LONGEST_LIST),
        ..HeadParts::new("listing.html", layout::part(&first, number), plural(kind, reader.locale), &edition)
    };
    ListingPage {
        head: parts.head(reader),
        pagination: pagination(&first, number, listing.total),
        feed: layout::feed(kind).map(|path| layout::encoded(&path)),
        listing,
    }
}

/// What a page of the list of a kind lists.
fn listing(reader: Reader<'_>, kind: KindId, number: usize) -> Listing {
    let groups = groups(reader, kind);
    let several = groups.len() > 1;
    let label = match kind.spec().group {
        Group::Fact(label) => Some(label),
        Group::Month => Some("date"),
        Group::None => None,
    };
    let other = reader.locale.word("listing.other");
    // Each page of a long list shows the groups that reach into it.
    let (start, end) = (number * LONGEST_LIST, (number + 1) * LONGEST_LIST);
    let mut before = 0;
    let mut shown = Vec::new();
    for (key, entries) in groups.iter() {
        let (from, total) = (before, entries.len());
        before += total;
        let items = entries.iter().take(end.saturating_sub(from)).skip(start.saturating_sub(from));
        let items: Vec<ListingItem> =
            items.map(|ix| ListingItem { preview: reader.preview(*ix).clone() }).collect();
        if items.is_empty() {
            continue;
        }
        let heading = match key.last {
            true => other.filter(|_| several).map(str::to_owned),
            false => Some(key.heading.clone()),
        };
        shown.push(ListingGroup { heading, label: if key.last { None } else { label }, total, items });
    }
    Listing { kind: kind.name(), groups: shown, total: reader.orders.of_kind(kind).len() }
}

/// The entities of a kind in groups, made once for all pages of the list.
fn groups(reader: Reader<'_>, kind: KindId) -> Arc<Groups> {
    // A thread that panicked while holding it had inserted all groups or none.
    let known = || reader.site.groups.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(groups) = known().get(&(kind, reader.lang)) {
        return groups.clone();
    }
    let mut groups = Groups::new();
    for &ix in reader.orders.of_kind(kind) {
        groups.entry(group(reader, ix, kind.spec().group)).or_default().push(ix);
    }
    let groups = Arc::new(groups);
    known().insert((kind, reader.lang), groups.clone());
    groups
}

fn group(reader: Reader<'_>, ix: EntityIx, group: Group) -> GroupKey {
    let entity = reader.graph.entity(ix);
    let found = match group {
        Group::None => None,
        Group::Fact(label) => fact_group(reader, entity, label),
        Group::Month => entity.date().and_then(|date| date.earliest()).map(|day| GroupKey {
            last: false,
            rank: 0,
            month: Some((day.year, day.month)),
            heading: reader.locale.month(day),
        }),
    };
    found.unwrap_or(GroupKey { last: true, rank: 0, month: None, heading: String::new() })
}

fn fact_group(reader: Reader<'_>, entity: &Entity, label: &str) -> Option<GroupKey> {
    let locale = reader.locale;
    let facts = entity.facts();
    let fact = facts.list.into_iter().find(|fact| fact.label == label)?;
    let (rank, heading) = match fact.values.first()? {
        Value::Term(vocabulary, word) => {
            let label = locale.word(&format!("terms.{vocabulary}.{word}.label"));
            (rank(vocabulary, word).unwrap_or(0), label.unwrap_or(word).to_owned())
        }
        Value::Country(code) => (0, locale.country(code)),
        Value::Name(name) => (0, (*name).to_owned()),
        _ => return None,
    };
    Some(GroupKey { last: false, rank, month: None, heading })
}
