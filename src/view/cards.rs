//! What others show of an entity, and the order in which a kind's entities stand.

use std::sync::Arc;

use super::page::{Card, DateText};
use crate::base::typography::curled;
use crate::kinds::{Claim, KindId, Order, Page};
use crate::link::{EntityIx, Graph, layout};
use crate::locale::Locale;

/// The card of every entity, in one language.
pub struct Cards(Vec<Arc<Card>>);

impl Cards {
    /// Makes the cards of all entities.
    pub fn of(graph: &Graph, locale: &Locale) -> Cards {
        let card = |(ix, entity): (EntityIx, &crate::link::Entity)| {
            let edition = entity.edition_for(&locale.lang);
            Arc::new(Card {
                number: ix.0,
                id: entity.id.to_string(),
                kind: entity.kind.name(),
                path: layout::encoded(&layout::page(graph, entity, &locale.lang)),
                title: curled(edition.title(), &edition.input.lang),
                summary: edition.summary().map(|summary| curled(summary, &edition.input.lang)),
                date: entity.date().map(|date| DateText::of(**date, locale)),
                status: entity.as_kind::<Claim>().and_then(|claim| Some(claim.status.as_ref()?.word())),
                lang: edition.input.lang.to_string(),
                foreign: edition.input.lang != locale.lang,
                draft: entity.common().draft,
            })
        };
        Cards(graph.iter().map(card).collect())
    }

    /// The card of an entity.
    pub fn get(&self, ix: EntityIx) -> &Arc<Card> {
        &self.0[ix.0 as usize]
    }
}

/// The entities of each kind, in the kind's order.
pub struct Orders {
    kinds: Vec<Vec<EntityIx>>,
    /// Of each entity, its position among its kind.
    positions: Vec<u32>,
}

impl Orders {
    /// Orders all entities for a language.
    pub fn of(graph: &Graph, locale: &Locale, cards: &Cards) -> Orders {
        let mut kinds = vec![Vec::new(); KindId::ALL.len()];
        for (ix, entity) in graph.iter() {
            kinds[entity.kind as usize].push(ix);
        }
        let by_title =
            |a: &EntityIx, b: &EntityIx| locale.compare(&cards.get(*a).title, &cards.get(*b).title);
        let date = |ix: &EntityIx| graph.entity(*ix).date().map(|date| **date);
        let given = |ix: &EntityIx| {
            graph.entity(*ix).as_kind::<Page>().and_then(|page| page.order).unwrap_or(i32::MAX)
        };
        for (kind, list) in KindId::ALL.iter().zip(&mut kinds) {
            match kind.spec().order {
                Order::Title => list.sort_by(by_title),
                Order::Given => list.sort_by(|a, b| given(a).cmp(&given(b)).then_with(|| by_title(a, b))),
                // The undated come last.
                Order::Date => list.sort_by(|a, b| {
                    let (x, y) = (date(a), date(b));
                    x.is_none().cmp(&y.is_none()).then(x.cmp(&y)).then_with(|| by_title(a, b))
                }),
            }
        }
        let mut positions = vec![0; graph.entities.len()];
        for list in &kinds {
            for (position, ix) in list.iter().enumerate() {
                positions[ix.0 as usize] = position as u32;
            }
        }
        Orders { kinds, positions }
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
