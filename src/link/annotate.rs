//! Finds the annotated passages: every target of an entity, in the text of its article.

use std::collections::BTreeMap;
use std::ops::Range;

use rayon::prelude::*;

use super::anchor::{Anchoring, Haystack, Quote};
use super::annotations::{Annotated, Annotation, Annotations};
use super::entity::{Edition, Entity, EntityIx, Target};
use super::graph::Graph;
use super::shown::Shown;
use crate::kinds::{self, Role};

/// Targets of one edition of an article: the entity, the edition that contains them, and their index there.
type Wanted = BTreeMap<(EntityIx, u32), Vec<(EntityIx, u32, u32)>>;

impl Annotations {
    /// Finds every target of a graph with resolved references.
    pub(crate) fn of(graph: &Graph) -> Annotations {
        let mut wanted = Wanted::new();
        let mut astray = Vec::new();
        for (by, entity) in graph.iter().filter(|(_, entity)| has_targets(entity)) {
            for (edition, target, article) in targets(entity) {
                let lang = &entity.editions[edition as usize].input.lang;
                let editions = &graph.entity(article).editions;
                match editions.iter().position(|edition| edition.input.lang == *lang) {
                    Some(own) => wanted.entry((article, own as u32)).or_default().push((by, edition, target)),
                    None => astray.push((by, edition, target, article)),
                }
            }
        }
        let wanted: Vec<_> = wanted.into_iter().collect();
        let find = |((article, edition), targets): ((EntityIx, u32), Vec<_>)| {
            annotated(graph, article, edition, targets)
        };
        let editions: Vec<Annotated> = wanted.into_par_iter().map(find).collect();
        Annotations::new(editions, astray)
    }

    /// Whether annotations may change if an entity becomes `after`: it is annotated or annotates, or its
    /// title appears in an annotated text.
    pub(super) fn depend_on(&self, ix: EntityIx, before: &Entity, after: &Entity, graph: &Graph) -> bool {
        let is_annotated = |one: &Annotated| one.article == ix;
        let shows = |one: &Annotated| {
            let mut references = graph.outgoing(one.article).iter();
            references.any(|reference| matches!(reference.target, Target::Entity(to, _) if to == ix))
        };
        !said_of(before).eq(said_of(after)) || self.editions.iter().any(|one| is_annotated(one) || shows(one))
    }
}

impl Annotated {
    /// The annotated edition.
    pub fn text<'a>(&self, graph: &'a Graph) -> &'a Edition {
        &graph.entity(self.article).editions[self.edition as usize]
    }
}

impl Annotation {
    /// The target, as written.
    pub(crate) fn target<'a>(&self, graph: &'a Graph) -> &'a kinds::Target {
        &self.written_in(graph).parsed.head.common.targets[self.target as usize]
    }

    /// The edition that contains the target.
    pub(crate) fn written_in<'a>(&self, graph: &'a Graph) -> &'a Edition {
        &graph.entity(self.by).editions[self.edition as usize]
    }
}

impl kinds::Target {
    /// The passage as a query.
    pub(crate) fn quote(&self) -> Quote<'_> {
        Quote {
            exact: &self.exact,
            prefix: self.prefix.as_ref().map_or("", |words| words.as_str()),
            suffix: self.suffix.as_ref().map_or("", |words| words.as_str()),
        }
    }
}

fn has_targets(entity: &Entity) -> bool {
    entity.editions.iter().any(|edition| !edition.parsed.head.common.targets.is_empty())
}

/// All targets of an entity.
fn said_of(entity: &Entity) -> impl Iterator<Item = (usize, &str, Quote<'_>)> {
    entity.editions.iter().enumerate().flat_map(|(number, edition)| {
        let targets = edition.parsed.head.common.targets.iter();
        targets.map(move |target| (number, target.source.id.as_str(), target.quote()))
    })
}

/// The targets of an entity that refer to an article: the edition, the index there, and the article.
fn targets(entity: &Entity) -> impl Iterator<Item = (u32, u32, EntityIx)> {
    let mut numbers: BTreeMap<u32, u32> = BTreeMap::new();
    entity.references.iter().filter(|reference| reference.role == Role::Target).filter_map(move |reference| {
        let next = numbers.entry(reference.edition).or_default();
        let number = *next;
        *next += 1;
        match reference.target {
            Target::Entity(article, _) => Some((reference.edition, number, article)),
            _ => None,
        }
    })
}

fn annotated(
    graph: &Graph,
    article: EntityIx,
    edition: u32,
    targets: Vec<(EntityIx, u32, u32)>,
) -> Annotated {
    let edition_of = &graph.entity(article).editions[edition as usize];
    let shown = Shown::of(graph, edition_of);
    let haystack = Haystack::new(shown.text()).in_language(edition_of.input.lang.as_str());
    let plain = |range: &Range<usize>| shown.plain(range);
    let at_no_place = |(by, edition, target): (EntityIx, u32, u32)| Annotation {
        by,
        edition,
        target,
        at: Anchoring::NotFound(Vec::new()),
    };
    let mut list: Vec<Annotation> = targets.into_iter().map(at_no_place).collect();
    let quotes: Vec<Quote<'_>> = list.iter().map(|annotation| annotation.target(graph).quote()).collect();
    for (annotation, at) in list.iter_mut().zip(haystack.anchor_all(&quotes)) {
        annotation.at = match at {
            Anchoring::Anchored(range) => Anchoring::Anchored(plain(&range)),
            Anchoring::Moved(range, likeness) => Anchoring::Moved(plain(&range), likeness),
            Anchoring::Ambiguous(hits) => Anchoring::Ambiguous(hits.iter().map(plain).collect()),
            Anchoring::NotFound(best) => {
                Anchoring::NotFound(best.iter().map(|(range, likeness)| (plain(range), *likeness)).collect())
            }
            Anchoring::NotCompared => Anchoring::NotCompared,
        };
    }
    // Sorted by end; of passages with the same end, the longer one comes last.
    list.sort_by_key(|annotation| match annotation.at.range() {
        Some(range) => (false, range.end, usize::MAX - range.start),
        None => (true, 0, 0),
    });
    let placed = list.iter().filter(|annotation| annotation.at.range().is_some()).count();
    Annotated { article, edition, list, placed }
}
