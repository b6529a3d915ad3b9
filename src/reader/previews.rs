//! The previews of entities, and the sort order of each kind's entities.

use std::collections::BTreeSet;
use std::sync::Arc;

use rayon::prelude::*;

use crate::base::date::Edtf;
use crate::kinds::words::Status;
use crate::kinds::{KindId, Order, Page};
use crate::link::{Entity, EntityIx, Graph, Target, layout};
use crate::load;
use crate::locale::Locale;
use crate::shown::{Date, Drawn, Preview};

/// The preview of every entity, in one language.
#[derive(Clone)]
pub(crate) struct Previews(Vec<Ranked>);

/// A preview with the sort key of its entity.
#[derive(Clone, PartialEq)]
struct Ranked {
    preview: Arc<Preview>,
    rank: Arc<Rank>,
}

/// The sort key of an entity.
#[derive(PartialEq)]
struct Rank {
    date: Option<Edtf>,
    /// The `order` key of a free page.
    given: i32,
    /// The title's collation key in its language.
    title: Box<[u8]>,
}

impl Previews {
    /// Makes the previews of all entities. Reuses those of `before` that are still valid; `before` comes with
    /// the graph it was made for.
    pub(crate) fn of(graph: &Graph, locale: &Locale, before: Option<(&Graph, &Previews)>) -> Previews {
        let ranked = |(at, entity): (usize, &Arc<Entity>)| {
            let number = at as u32;
            match before.and_then(|(graph, previews)| previews.still_right(graph, entity)) {
                Some(ranked) if ranked.preview.number == number => ranked.clone(),
                Some(Ranked { preview, rank }) => {
                    let preview = Arc::new(Preview { number, ..Preview::clone(preview) });
                    Ranked { preview, rank: rank.clone() }
                }
                None => Ranked::of(graph, entity, number, locale),
            }
        };
        Previews(graph.entities.par_iter().enumerate().map(ranked).collect())
    }

    /// The preview of `entity` in `graph`, if it is still valid.
    fn still_right(&self, graph: &Graph, entity: &Entity) -> Option<&Ranked> {
        // The home page decides where a document stands.
        let ix = graph.by_id(entity.id.as_str()).filter(|_| !load::is_document(entity.path().as_str()))?;
        let before = graph.entity(ix);
        let same = before.kind == entity.kind
            && before.status == entity.status
            && before.editions.len() == entity.editions.len()
            && before.editions.iter().zip(&entity.editions).all(|(a, b)| Arc::ptr_eq(&a.parsed, &b.parsed));
        same.then(|| &self.0[ix.0 as usize])
    }

    pub(crate) fn get(&self, ix: EntityIx) -> &Arc<Preview> {
        &self.0[ix.0 as usize].preview
    }

    fn rank(&self, ix: EntityIx) -> &Rank {
        &self.0[ix.0 as usize].rank
    }

    /// Updates the previews after some entities changed. Also returns the kinds whose order may have changed.
    /// `None` if all previews are unchanged.
    pub(crate) fn with(
        &self,
        graph: &Graph,
        locale: &Locale,
        changed: &[EntityIx],
    ) -> Option<(Previews, BTreeSet<KindId>)> {
        let mut previews: Option<Previews> = None;
        let mut kinds = BTreeSet::new();
        for ix in changed {
            let (entity, before) = (graph.entity(*ix), &self.0[ix.0 as usize]);
            let ranked = Ranked::of(graph, entity, ix.0, locale);
            if ranked.rank != before.rank || ranked.preview.title != before.preview.title {
                kinds.insert(entity.kind);
            }
            if ranked != *before {
                previews.get_or_insert_with(|| self.clone()).0[ix.0 as usize] = ranked;
            }
        }
        Some((previews?, kinds))
    }
}

/// The place of a free page in the menu: its `order`, and of a document where the home page links to it.
fn place(graph: &Graph, entity: &Entity) -> Option<i32> {
    let order = entity.as_kind::<Page>()?.order;
    let linked = || {
        let home = graph.entity(graph.by_id("article")?).original();
        let leads_here =
            |target: &Target| matches!(target, Target::Entity(ix, _) if graph.entity(*ix).id == entity.id);
        i32::try_from(home.links.iter().position(leads_here)?).ok()
    };
    if load::is_document(entity.path().as_str()) { order.or_else(linked) } else { order }
}

impl Ranked {
    fn of(graph: &Graph, entity: &Entity, number: u32, locale: &Locale) -> Ranked {
        let edition = entity.edition_for(&locale.lang);
        let title = edition.shown_title().to_owned();
        let date = entity.date();
        let rank = Rank {
            date: date.map(|date| **date),
            given: place(graph, entity).unwrap_or(i32::MAX),
            title: locale.sort_key(&title),
        };
        let preview = Preview {
            number,
            id: entity.id.to_string(),
            kind: entity.kind.name(),
            path: layout::encoded(&layout::page(graph, entity, &locale.lang)),
            title,
            summary: edition.shown_summary().map(str::to_owned),
            date: date.map(|date| Date::of(**date, locale)),
            status: entity.status.map(Status::word),
            lang: edition.input.lang.to_string(),
            foreign: edition.input.lang != locale.lang,
            draft: entity.common().draft,
            link: Drawn,
            mark: Drawn,
        };
        Ranked { preview: Arc::new(preview), rank: Arc::new(rank) }
    }
}

/// The sort order of each kind's entities.
#[derive(Clone)]
pub(crate) struct Orders {
    kinds: Vec<Arc<[EntityIx]>>,
    /// The position of each entity within its kind.
    positions: Arc<[u32]>,
}

impl Orders {
    /// Sorts all entities.
    pub(crate) fn of(graph: &Graph, previews: &Previews) -> Orders {
        let mut kinds = vec![Vec::new(); KindId::ALL.len()];
        for (ix, entity) in graph.iter() {
            kinds[entity.kind as usize].push(ix);
        }
        kinds.par_iter_mut().zip(KindId::ALL.par_iter()).for_each(|(list, kind)| sort(list, *kind, previews));
        let mut orders = Orders { kinds: kinds.into_iter().map(Into::into).collect(), positions: [].into() };
        orders.find_positions(graph.entities.len());
        orders
    }

    /// Updates the order after the previews of these kinds changed.
    pub(crate) fn with(&self, kinds: &BTreeSet<KindId>, previews: &Previews) -> Orders {
        let mut orders = self.clone();
        for kind in kinds {
            let mut list = self.of_kind(*kind).to_vec();
            sort(&mut list, *kind, previews);
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

    pub(crate) fn of_kind(&self, kind: KindId) -> &[EntityIx] {
        &self.kinds[kind as usize]
    }

    /// The position of an entity within its kind.
    pub(crate) fn position(&self, ix: EntityIx) -> u32 {
        self.positions[ix.0 as usize]
    }

    /// The previous and the next entity in the order of the kind.
    pub(crate) fn neighbours(&self, ix: EntityIx, kind: KindId) -> (Option<EntityIx>, Option<EntityIx>) {
        let (list, at) = (self.of_kind(kind), self.position(ix) as usize);
        (at.checked_sub(1).map(|before| list[before]), list.get(at + 1).copied())
    }
}

fn sort(list: &mut [EntityIx], kind: KindId, previews: &Previews) {
    list.sort_by(|a, b| {
        let (x, y) = (previews.rank(*a), previews.rank(*b));
        let title = |ix| &previews.get(ix).title;
        let by_title = || x.title.cmp(&y.title).then_with(|| title(*a).cmp(title(*b)));
        // Entities that are otherwise equal are sorted by file path.
        let by_file = || a.cmp(b);
        let order = match kind.spec().order {
            Order::Title => by_title(),
            Order::Given => x.given.cmp(&y.given).then_with(by_title),
            // Undated entities come last.
            Order::Date => {
                x.date.is_none().cmp(&y.date.is_none()).then(x.date.cmp(&y.date)).then_with(by_title)
            }
        };
        order.then_with(by_file)
    });
}
