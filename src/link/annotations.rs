//! Which passages of the articles are annotated, by whom, and where they stand.

use std::collections::BTreeMap;
use std::ops::Range;

use rayon::prelude::*;

use super::anchor::{Anchoring, Haystack, Quote};
use super::graph::{Edition, Entity, EntityIx, Graph, Target};
use super::shown::Shown;
use crate::kinds::{self, Role};

/// A target of an entity: some words of an article.
#[derive(Clone, Debug, PartialEq)]
pub struct Annotation {
    /// Whose it is.
    pub by: EntityIx,
    /// The number of the edition that it is written in.
    pub edition: u32,
    /// Its number among the targets there.
    pub target: u32,
    /// Where the words stand in the article's plain text.
    pub at: Anchoring,
}

/// An article in one language, with its annotations.
#[derive(Clone, Debug, PartialEq)]
pub struct Annotated {
    /// The article.
    pub article: EntityIx,
    /// The number of its edition.
    pub edition: u32,
    /// Those that have a place, in the order in which a reader comes to their ends, then the others.
    pub list: Vec<Annotation>,
    /// How many have a place.
    pub placed: usize,
}

/// All annotations.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Annotations {
    /// By article and edition.
    pub editions: Vec<Annotated>,
    /// Targets written in a language that the article is not in: whose, the edition, the number, the article.
    pub astray: Vec<(EntityIx, u32, u32, EntityIx)>,
    /// For each annotator, where in `editions` its annotations are.
    by: BTreeMap<EntityIx, Vec<(u32, u32)>>,
}

/// Targets of one edition of an article: whose, the edition they are written in, and their number there.
type Wanted = BTreeMap<(EntityIx, u32), Vec<(EntityIx, u32, u32)>>;

impl Annotations {
    /// Finds every target of a graph whose references have been followed.
    pub fn of(graph: &Graph) -> Annotations {
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
        let mut by: BTreeMap<EntityIx, Vec<(u32, u32)>> = BTreeMap::new();
        for (at, edition) in editions.iter().enumerate() {
            for (number, annotation) in edition.list.iter().enumerate() {
                by.entry(annotation.by).or_default().push((at as u32, number as u32));
            }
        }
        Annotations { editions, astray, by }
    }

    /// The annotations of an edition of an article.
    pub fn on(&self, article: EntityIx, edition: u32) -> Option<&Annotated> {
        let at = self.editions.binary_search_by_key(&(article, edition), |one| (one.article, one.edition));
        at.ok().map(|at| &self.editions[at])
    }

    /// The annotations of an entity: where, which, and its number there, from 0.
    pub fn by(&self, entity: EntityIx) -> impl Iterator<Item = (&Annotated, &Annotation, usize)> {
        self.by.get(&entity).into_iter().flatten().map(|&(at, number)| {
            let edition = &self.editions[at as usize];
            (edition, &edition.list[number as usize], number as usize)
        })
    }

    /// Whether they may be other ones once an entity is what `after` says: it is annotated or annotates, or its title
    /// stands in a text that is annotated.
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
    /// Those that have a place, with their ranges.
    pub fn placed(&self) -> impl Iterator<Item = (&Annotation, &Range<usize>)> {
        self.list.iter().filter_map(|annotation| Some((annotation, annotation.at.range()?)))
    }

    /// The edition that is annotated.
    pub fn text<'a>(&self, graph: &'a Graph) -> &'a Edition {
        &graph.entity(self.article).editions[self.edition as usize]
    }
}

impl Annotation {
    /// As it is written.
    pub fn target<'a>(&self, graph: &'a Graph) -> &'a kinds::Target {
        &self.written_in(graph).parsed.head.common.targets[self.target as usize]
    }

    /// The edition that it is written in.
    pub fn written_in<'a>(&self, graph: &'a Graph) -> &'a Edition {
        &graph.entity(self.by).editions[self.edition as usize]
    }
}

impl kinds::Target {
    /// The passage as it is looked for.
    pub fn quote(&self) -> Quote<'_> {
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

/// All that the targets of an entity say.
fn said_of(entity: &Entity) -> impl Iterator<Item = (usize, &str, Quote<'_>)> {
    entity.editions.iter().enumerate().flat_map(|(number, edition)| {
        let targets = edition.parsed.head.common.targets.iter();
        targets.map(move |target| (number, target.source.id.as_str(), target.quote()))
    })
}

/// The targets of an entity that lead to an article: the edition, the number there, and the article.
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
    let shown = Shown::of(graph, &graph.entity(article).editions[edition as usize]);
    let haystack = Haystack::new(shown.text());
    let plain = |range: &Range<usize>| shown.plain(range);
    let find = |(by, edition, target): (EntityIx, u32, u32)| {
        let mut annotation = Annotation { by, edition, target, at: Anchoring::NotFound(Vec::new()) };
        annotation.at = match haystack.anchor(&annotation.target(graph).quote()) {
            Anchoring::Anchored(range) => Anchoring::Anchored(plain(&range)),
            Anchoring::Moved(range, likeness) => Anchoring::Moved(plain(&range), likeness),
            Anchoring::Ambiguous(hits) => Anchoring::Ambiguous(hits.iter().map(plain).collect()),
            Anchoring::NotFound(best) => {
                Anchoring::NotFound(best.iter().map(|(range, likeness)| (plain(range), *likeness)).collect())
            }
        };
        annotation
    };
    let mut list: Vec<Annotation> = targets.into_par_iter().map(find).collect();
    // What ends first comes first, and of passages that end together the longer one last.
    list.sort_by_key(|annotation| match annotation.at.range() {
        Some(range) => (false, range.end, usize::MAX - range.start),
        None => (true, 0, 0),
    });
    let placed = list.iter().filter(|annotation| annotation.at.range().is_some()).count();
    Annotated { article, edition, list, placed }
}
