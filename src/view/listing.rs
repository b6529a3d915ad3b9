//! The page of a kind: its entities in groups.

use std::collections::BTreeMap;
use std::sync::{Arc, PoisonError};

use super::Site;
use super::page::{Listing, ListingGroup, ListingItem, Page};
use crate::kinds::words::rank;
use crate::kinds::{Group, KindId, Value};
use crate::link::{Entity, EntityIx, layout};
use crate::site::LONGEST_LIST;

/// What a group is sorted by, and its heading. Groups without a heading come last.
#[derive(Eq, PartialEq, Ord, PartialOrd)]
pub struct GroupKey {
    last: bool,
    rank: usize,
    month: Option<(i32, u8)>,
    heading: String,
}

/// The groups of a list, in their order.
pub type Groups = BTreeMap<GroupKey, Vec<EntityIx>>;

impl Site<'_> {
    pub(super) fn listing_page(&self, kind: KindId, lang: usize, part: usize) -> Page {
        let default = self.graph.default_language();
        let path =
            |number: usize| layout::part(&layout::listing(kind, &self.locales[number].lang, default), part);
        let mut page =
            self.blank(path(lang), lang, super::index::plural(kind, &self.locales[lang]), |number| {
                Some(path(number))
            });
        let order = self.shelves[lang].orders.of_kind(kind);
        page.template = "listing.html".into();
        page.kind = Some(kind.name());
        page.feed = layout::feed(kind, layout::ATOM).map(|path| layout::encoded(&path));
        page.crumbs = vec![self.shelves[lang].signs.home.clone()];
        let groups = self.groups(kind, lang);
        let several = groups.len() > 1;
        let label = match kind.spec().group {
            Group::Fact(label) => Some(label),
            Group::Month => Some("date"),
            Group::None => None,
        };
        let other = self.locales[lang].word("listing.other");
        // Each page of a long list shows the groups that reach into it.
        let (start, end) = (part * LONGEST_LIST, (part + 1) * LONGEST_LIST);
        let mut before = 0;
        let mut shown = Vec::new();
        for (key, entries) in groups.iter() {
            let (from, total) = (before, entries.len());
            before += total;
            let items = entries.iter().take(end.saturating_sub(from)).skip(start.saturating_sub(from));
            let items: Vec<ListingItem> = items.map(|ix| self.item(*ix, lang)).collect();
            if items.is_empty() {
                continue;
            }
            let heading = match key.last {
                true => other.filter(|_| several).map(str::to_owned),
                false => Some(key.heading.clone()),
            };
            shown.push(ListingGroup { heading, label: if key.last { None } else { label }, total, items });
        }
        let first = layout::listing(kind, &self.locales[lang].lang, default);
        page.part = self.part(&first, part, order.len());
        page.listing = Some(Listing { kind: kind.name(), groups: shown, total: order.len() });
        page
    }

    /// The entities of a kind in groups, made once for all pages of the list.
    fn groups(&self, kind: KindId, lang: usize) -> Arc<Groups> {
        // Whoever panicked while holding it had inserted all groups or none.
        let known = || self.groups.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(groups) = known().get(&(kind, lang)) {
            return groups.clone();
        }
        let mut groups = Groups::new();
        for &ix in self.shelves[lang].orders.of_kind(kind) {
            groups.entry(self.group(ix, kind.spec().group, lang)).or_default().push(ix);
        }
        let groups = Arc::new(groups);
        known().insert((kind, lang), groups.clone());
        groups
    }

    fn item(&self, ix: EntityIx, lang: usize) -> ListingItem {
        ListingItem { card: self.shelves[lang].cards.get(ix).clone(), note: None }
    }

    fn group(&self, ix: EntityIx, group: Group, lang: usize) -> GroupKey {
        let entity = self.graph.entity(ix);
        let found = match group {
            Group::None => None,
            Group::Fact(label) => self.fact_group(entity, label, lang),
            Group::Month => entity.date().and_then(|date| date.earliest()).map(|day| GroupKey {
                last: false,
                rank: 0,
                month: Some((day.year, day.month)),
                heading: self.locales[lang].month(day),
            }),
        };
        found.unwrap_or(GroupKey { last: true, rank: 0, month: None, heading: String::new() })
    }

    fn fact_group(&self, entity: &Entity, label: &str, lang: usize) -> Option<GroupKey> {
        let locale = &self.locales[lang];
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
}
