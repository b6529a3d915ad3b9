//! The entities that refer to an entity, as readers of one language see them.

use std::ops::Range;
use std::sync::{Arc, PoisonError};

use super::Reader;
use crate::kinds::KindId;
use crate::link::{Edition, EntityIx, Reference};
use crate::site::LONGEST_LIST;
use crate::site::referrers::{self, is_shown};

/// An entity that refers to another, and the indices of its references among the target's incoming
/// references.
#[derive(Clone)]
pub(crate) struct Referrer {
    /// The entity that refers.
    pub from: EntityIx,
    pub kind: KindId,
    references: Range<u32>,
}

/// The referrers of an entity, in display order.
pub(crate) type Referrers = Arc<[Referrer]>;

impl<'a> Reader<'a> {
    /// The referrers of an entity, in display order.
    pub(crate) fn referrers(self, ix: EntityIx) -> Referrers {
        let is_long = self.is_long(ix);
        // The lock can be used after a panic: a thread inserts either a whole list or none.
        let known = || self.site.referrers.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(list) = is_long.then(|| known().get(&(ix, self.lang)).cloned()).flatten() {
            return list;
        }
        let list = self.collect_referrers(ix);
        if is_long {
            known().insert((ix, self.lang), list.clone());
        }
        list
    }

    /// The number of entries in an entity's list of referrers, or at least that of its pages.
    pub(crate) fn referrer_count(self, ix: EntityIx) -> usize {
        match self.is_long(ix) {
            true => self.referrers(ix).len(),
            false => referrers::count(self.graph, ix, &self.locale.lang),
        }
    }

    /// Whether a list may span several pages, each of which would compute it again.
    fn is_long(self, ix: EntityIx) -> bool {
        self.graph.incoming(ix).len() > LONGEST_LIST
    }

    fn collect_referrers(self, ix: EntityIx) -> Referrers {
        // References are sorted by referrer, so those of one referrer are adjacent.
        let mut list: Vec<Referrer> = Vec::new();
        for (at, reference) in self.graph.incoming(ix).enumerate() {
            let from = self.graph.entity(reference.from);
            if reference.from == ix || !is_shown(from, from.edition_for(&self.locale.lang), reference) {
                continue;
            }
            let at = at as u32;
            match list.last_mut().filter(|last| last.from == reference.from) {
                Some(last) => last.references.end = at + 1,
                None => list.push(Referrer { from: reference.from, kind: from.kind, references: at..at + 1 }),
            }
        }
        list.sort_by_key(|referrer| (referrer.kind, self.orders.position(referrer.from)));
        list.into()
    }

    /// The references to an entity that readers of this edition of the referrer see.
    pub(crate) fn references(
        self,
        ix: EntityIx,
        referrer: &Referrer,
        edition: &'a Edition,
    ) -> impl Iterator<Item = &'a Reference> {
        let from = self.graph.entity(referrer.from);
        let range = referrer.references.start as usize..referrer.references.end as usize;
        self.graph.incoming_at(ix, range).filter(move |reference| is_shown(from, edition, reference))
    }
}
