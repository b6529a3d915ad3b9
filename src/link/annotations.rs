//! The annotated passages of the articles, their annotators and their locations.

use std::collections::BTreeMap;
use std::ops::Range;

use super::anchor::Anchoring;
use super::entity::EntityIx;

/// A target of an entity: some words of an article.
#[derive(Clone, Debug, PartialEq)]
pub struct Annotation {
    /// The annotating entity.
    pub by: EntityIx,
    /// The number of the edition that contains the target.
    pub edition: u32,
    /// The index of the target in that edition.
    pub target: u32,
    /// The location of the words in the article's plain text.
    pub at: Anchoring,
}

/// An article in one language, with its annotations.
#[derive(Clone, Debug, PartialEq)]
pub struct Annotated {
    pub article: EntityIx,
    /// The number of the article's edition.
    pub edition: u32,
    /// The annotations with a location, ordered by their ends in the text, then the others.
    pub list: Vec<Annotation>,
    /// The number of annotations with a location.
    pub placed: usize,
}

#[derive(Clone, Debug, Default, PartialEq)]
pub struct Annotations {
    /// By article and edition.
    pub editions: Vec<Annotated>,
    /// Targets in a language that the article does not have: entity, edition, index, article.
    pub astray: Vec<(EntityIx, u32, u32, EntityIx)>,
    /// For each annotating entity, the indices of its annotations in `editions`.
    by: BTreeMap<EntityIx, Vec<(u32, u32)>>,
}

impl Annotations {
    /// The annotations of these editions, which are sorted by article and edition.
    pub(super) fn new(editions: Vec<Annotated>, astray: Vec<(EntityIx, u32, u32, EntityIx)>) -> Annotations {
        let mut by: BTreeMap<EntityIx, Vec<(u32, u32)>> = BTreeMap::new();
        for (at, edition) in editions.iter().enumerate() {
            for (number, annotation) in edition.list.iter().enumerate() {
                by.entry(annotation.by).or_default().push((at as u32, number as u32));
            }
        }
        Annotations { editions, astray, by }
    }

    pub(crate) fn on(&self, article: EntityIx, edition: u32) -> Option<&Annotated> {
        let at = self.editions.binary_search_by_key(&(article, edition), |one| (one.article, one.edition));
        at.ok().map(|at| &self.editions[at])
    }

    /// The annotations of an entity: the edition, the annotation, and its index there, from 0.
    pub(crate) fn by(&self, entity: EntityIx) -> impl Iterator<Item = (&Annotated, &Annotation, usize)> {
        self.by.get(&entity).into_iter().flatten().map(|&(at, number)| {
            let edition = &self.editions[at as usize];
            (edition, &edition.list[number as usize], number as usize)
        })
    }
}

impl Annotated {
    /// The annotations with a location, with their ranges.
    pub(crate) fn placed(&self) -> impl Iterator<Item = (&Annotation, &Range<usize>)> {
        self.list.iter().filter_map(|annotation| Some((annotation, annotation.at.range()?)))
    }
}
