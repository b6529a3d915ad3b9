//! What others show of an entity, and the order in which a kind's entities stand.

use std::collections::BTreeSet;
use std::sync::Arc;

use rayon::prelude::*;

use super::page::{Card, DateText, Rank};
use crate::base::typography::curled;
use crate::kinds::{Claim, KindId, Order, Page};
use crate::link::{Entity, EntityIx, Graph, layout};
use crate::locale::Locale;

/// The card of every entity, in one language.
#[derive(Clone)]
pub struct Cards(Vec<Arc<Card>>);

impl Cards {
    /// Makes the cards of all entities. Those of `before`, which are of the graph given with them, are used again where
    /// they are still right.
    pub fn of(graph: &Graph, locale: &Locale, before: Option<(&Graph, &Cards)>) -> Cards {
        let card = |(at, entity): (usize, &Arc<Entity>)| {
            let number = at as u32;
            match before.and_then(|(graph, cards)| cards.still_right(graph, entity)) {
                Some(card) if card.number == number => card.clone(),
                Some(card) => Arc::new(Card { number, ..Card::clone(card) }),
                None => Arc::new(make(graph, entity, number, locale)),
            }
        };
        Cards(graph.entities.par_iter().enumerate().map(card).collect())
    }

    /// The card that `entity` had in `graph`, if it says now what it said then.
    fn still_right(&self, graph: &Graph, entity: &Entity) -> Option<&Arc<Card>> {
        let ix = graph.by_id(entity.id.as_str())?;
        let before = graph.entity(ix);
        let same = before.kind == entity.kind
            && before.editions.len() == entity.editions.len()
            && before.editions.iter().zip(&entity.editions).all(|(a, b)| Arc::ptr_eq(&a.parsed, &b.parsed));
        same.then(|| self.get(ix))
    }

    /// The card of an entity.
    pub fn get(&self, ix: EntityIx) -> &Arc<Card> {
        &self.0[ix.0 as usize]
    }

    /// The cards with those of some entities made anew, and the kinds of those whose place in a list may be another.
    /// `None` where all are what they were.
    pub fn with(
        &self,
        graph: &Graph,
        locale: &Locale,
        changed: &[EntityIx],
    ) -> Option<(Cards, BTreeSet<KindId>)> {
        let mut cards: Option<Cards> = None;
        let mut kinds = BTreeSet::new();
        for ix in changed {
            let (entity, before) = (graph.entity(*ix), self.get(*ix));
            let card = make(graph, entity, ix.0, locale);
            if card.rank != before.rank || card.title != before.title {
                kinds.insert(entity.kind);
            }
            if card != **before {
                cards.get_or_insert_with(|| self.clone()).0[ix.0 as usize] = Arc::new(card);
            }
        }
        Some((cards?, kinds))
    }
}

fn make(graph: &Graph, entity: &Entity, number: u32, locale: &Locale) -> Card {
    let edition = entity.edition_for(&locale.lang);
    let title = curled(edition.title(), &edition.input.lang);
    let date = entity.date();
    Card {
        number,
        id: entity.id.to_string(),
        kind: entity.kind.name(),
        path: layout::encoded(&layout::page(graph, entity, &locale.lang)),
        rank: Rank {
            date: date.map(|date| **date),
            given: entity.as_kind::<Page>().and_then(|page| page.order).unwrap_or(i32::MAX),
            title: locale.sort_key(&title),
        },
        title,
        summary: edition.summary().map(|summary| curled(summary, &edition.input.lang)),
        date: date.map(|date| DateText::of(**date, locale)),
        status: entity.as_kind::<Claim>().and_then(|claim| Some(claim.status.as_ref()?.word())),
        lang: edition.input.lang.to_string(),
        foreign: edition.input.lang != locale.lang,
        draft: entity.common().draft,
    }
}

/// The entities of each kind, in the kind's order.
#[derive(Clone)]
pub struct Orders {
    kinds: Vec<Arc<[EntityIx]>>,
    /// Of each entity, its position among its kind.
    positions: Arc<[u32]>,
}

impl Orders {
    /// Orders all entities.
    pub fn of(graph: &Graph, cards: &Cards) -> Orders {
        let mut kinds = vec![Vec::new(); KindId::ALL.len()];
        for (ix, entity) in graph.iter() {
            kinds[entity.kind as usize].push(ix);
        }
        kinds.par_iter_mut().zip(KindId::ALL.par_iter()).for_each(|(list, kind)| sort(list, *kind, cards));
        let mut orders = Orders { kinds: kinds.into_iter().map(Into::into).collect(), positions: [].into() };
        orders.find_positions(graph.entities.len());
        orders
    }

    /// The order when entities of these kinds have other cards.
    pub fn with(&self, kinds: &BTreeSet<KindId>, cards: &Cards) -> Orders {
        let mut orders = self.clone();
        for kind in kinds {
            let mut list = self.of_kind(*kind).to_vec();
            sort(&mut list, *kind, cards);
            orders.kinds[*kind as usize] = list.into();
        }
        orders.find_positions(self.positions.len());
        orders
    }

    fn find_positions(&mut self, count: usize) {
        let mut positions = vec![0; count];
        for list in &self.kinds {
            for (position, ix) in list.iter().enumerate() {
                positions[ix.0 as usize] = position as u32;
            }
        }
        self.positions = positions.into();
    }

    /// The entities of a kind.
    pub fn of_kind(&self, kind: KindId) -> &[EntityIx] {
        &self.kinds[kind as usize]
    }

    /// The position of an entity among its kind.
    pub fn position(&self, ix: EntityIx) -> u32 {
        self.positions[ix.0 as usize]
    }

    /// The entities before and after one.
    pub fn neighbours(&self, ix: EntityIx, kind: KindId) -> (Option<EntityIx>, Option<EntityIx>) {
        let (list, at) = (self.of_kind(kind), self.position(ix) as usize);
        (at.checked_sub(1).map(|before| list[before]), list.get(at + 1).copied())
    }
}

fn sort(list: &mut [EntityIx], kind: KindId, cards: &Cards) {
    list.sort_by(|a, b| {
        let (x, y) = (cards.get(*a), cards.get(*b));
        let by_title = || x.rank.title.cmp(&y.rank.title).then_with(|| x.title.cmp(&y.title));
        // Files come in the order of their paths, so that is what is left to tell them apart.
        let by_file = || a.cmp(b);
        let order = match kind.spec().order {
            Order::Title => by_title(),
            Order::Given => x.rank.given.cmp(&y.rank.given).then_with(by_title),
            // The undated come last.
            Order::Date => {
                let (x, y) = (x.rank.date, y.rank.date);
                x.is_none().cmp(&y.is_none()).then(x.cmp(&y)).then_with(by_title)
            }
        };
        order.then_with(by_file)
    });
}
