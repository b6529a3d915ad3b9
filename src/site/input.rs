//! The inputs that decide which files a site has.

use super::LONGEST_FOOT;
use crate::base::id::Lang;
use crate::config::{BookFormat, Config};
use crate::course::position;
use crate::evidence::Evidence;
use crate::kinds::{KindId, Place, Ref, Route};
use crate::link::{EntityIx, Graph, layout};

/// The inputs that decide which files a site has. The theme and the translated strings do not: they change
/// only what the files contain.
#[derive(Copy, Clone)]
pub struct SiteInput<'a> {
    /// The entities and references.
    pub graph: &'a Graph,
    /// The settings.
    pub config: &'a Config,
    /// The evidence computed from the graph.
    pub evidence: &'a Evidence,
    /// Whether there is a citation style, and so a bibliography.
    pub has_bibliography: bool,
}

impl<'a> SiteInput<'a> {
    /// The site's languages, each with its index.
    pub(crate) fn languages(&self) -> impl Iterator<Item = (usize, &'a Lang)> + use<'a> {
        self.graph.languages.iter().enumerate()
    }

    /// Whether the entities of a kind are listed.
    pub(crate) fn has_listing(&self, kind: KindId) -> bool {
        has_listing(self.graph, kind)
    }

    /// Whether an article is the home of the site.
    pub(crate) fn has_home_article(&self) -> bool {
        self.graph.by_id("article").is_some_and(|ix| layout::is_home(self.graph.entity(ix)))
    }

    /// Whether any place or route can be drawn on the overview map.
    pub(crate) fn has_map(&self) -> bool {
        self.graph.all::<Place>().any(|(_, _, place)| place.coordinates.is_some())
    }

    /// Whether the site offers the dossier as a book in this format.
    pub(crate) fn has_book(&self, format: BookFormat) -> bool {
        self.config.books.formats(self.graph.entities.len()).contains(&format)
    }

    /// Whether an entity has positions or lines. This does not compute them.
    pub(crate) fn is_surveyed(&self, ix: EntityIx) -> bool {
        let entity = self.graph.entity(ix);
        let place = entity.as_kind::<Place>().is_some_and(|place| place.coordinates.is_some());
        let ends = |reference: &Ref| position(self.graph, &reference.id).is_some();
        place
            || entity
                .as_kind::<Route>()
                .is_some_and(|route| route.legs.iter().any(|leg| ends(&leg.from) && ends(&leg.to)))
    }

    pub(crate) fn has_lines(&self, ix: EntityIx) -> bool {
        self.graph.entity(ix).kind == KindId::Route && self.is_surveyed(ix)
    }
}

/// Whether the site lists the entities of a kind. A single article is the home page, and a few free pages are
/// linked from the foot of every page, so neither gets a list.
pub(crate) fn has_listing(graph: &Graph, kind: KindId) -> bool {
    match kind {
        KindId::Page => graph.count(kind) > LONGEST_FOOT,
        KindId::Article => graph.count(kind) > 1,
        _ => graph.count(kind) > 0,
    }
}
