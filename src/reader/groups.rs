//! The entities of a kind, grouped as its list shows them.

use std::collections::BTreeMap;
use std::sync::{Arc, PoisonError};

use super::Reader;
use crate::kinds::words::rank;
use crate::kinds::{Group, KindId, Value};
use crate::link::{Entity, EntityIx};

/// The groups of a kind's list, in order.
pub(crate) type Groups = BTreeMap<GroupKey, Vec<EntityIx>>;

/// The sort key and the heading of a group. Groups without a heading come last.
#[derive(Eq, PartialEq, Ord, PartialOrd)]
pub(crate) struct GroupKey {
    /// Whether this is the group of remaining entities.
    pub last: bool,
    rank: usize,
    month: Option<(i32, u8)>,
    /// The heading: what the entities have in common.
    pub heading: String,
}

impl Reader<'_> {
    /// The groups of a kind. They are computed once and cached for all pages of the list.
    pub(crate) fn groups(self, kind: KindId) -> Arc<Groups> {
        // The lock can be used after a panic: a thread inserts either all groups or none.
        let known = || self.site.groups.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(groups) = known().get(&(kind, self.lang)) {
            return groups.clone();
        }
        let mut groups = Groups::new();
        for &ix in self.orders.of_kind(kind) {
            groups.entry(group(self, ix, kind.spec().group)).or_default().push(ix);
        }
        let groups = Arc::new(groups);
        known().insert((kind, self.lang), groups.clone());
        groups
    }
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
