//! Which passages of the articles are annotated, by whom, and where they stand.

use std::collections::BTreeMap;
use std::ops::Range;

use super::anchor::Anchoring;
use super::entity::EntityIx;

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

impl Annotations {
    /// Those of these editions, which are sorted by article and edition.
    pub(super) fn new(editions: Vec<Annotated>, astray: Vec<(EntityIx, u32, u32, EntityIx)>) -> Annotations {
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
}

impl Annotated {
    /// Those that have a place, with their ranges.
    pub fn placed(&self) -> impl Iterator<Item = (&Annotation, &Range<usize>)> {
        self.list.iter().filter_map(|annotation| Some((annotation, annotation.at.range()?)))
    }
}
