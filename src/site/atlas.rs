//! How the places of a dossier are spread over maps: all of them are on one, or, where they are too many, that one sums
//! them up in groups, and each group has a map of its own.

use std::cmp::Reverse;

use crate::base::id::Lang;
use crate::base::path::SitePath;
use crate::geo::{LonLat, cells};
use crate::kinds::Place;
use crate::link::{EntityIx, Graph, layout};

/// The most places and groups on one map, unless each cell has a group.
const MOST: usize = 200;

/// The maps. The first is that of the whole dossier.
pub(crate) struct Atlas {
    pub sheets: Vec<Sheet>,
}

/// A map.
pub(crate) struct Sheet {
    /// The map on which this one is a group, and the place in its middle; `None` for the first.
    pub within: Option<(usize, EntityIx)>,
    pub symbols: Vec<Symbol>,
}

/// A place on a map, or a group of several.
pub(crate) struct Symbol {
    /// The place, or the one in the middle of the group.
    pub place: EntityIx,
    pub at: LonLat,
    pub places: Vec<EntityIx>,
    /// The map of the group; there is none if all of it is in one spot.
    pub sheet: Option<usize>,
}

impl Symbol {
    /// Whether it stands for several places.
    pub(crate) fn is_group(&self) -> bool {
        self.places.len() > 1
    }
}

impl Atlas {
    /// Spreads the places of a dossier over maps.
    pub(crate) fn of(graph: &Graph) -> Atlas {
        let places = graph.all::<Place>().filter_map(|(ix, _, place)| {
            let point = place.point()?;
            Some((ix, [point.lon, point.lat]))
        });
        let mut atlas = Atlas { sheets: Vec::new() };
        atlas.add(None, &places.collect::<Vec<_>>());
        atlas
    }

    /// Adds the map of these places, and those of its groups. Returns its number.
    fn add(&mut self, within: Option<(usize, EntityIx)>, places: &[(EntityIx, LonLat)]) -> usize {
        let number = self.sheets.len();
        self.sheets.push(Sheet { within, symbols: Vec::new() });
        let points: Vec<LonLat> = places.iter().map(|(_, at)| *at).collect();
        let groups = cells::groups(&points, MOST);
        let symbol = |group: Vec<usize>| {
            let members: Vec<(EntityIx, LonLat)> = group.iter().map(|&at| places[at]).collect();
            let points: Vec<LonLat> = members.iter().map(|(_, at)| *at).collect();
            let (place, at) = members[cells::middle(&points)];
            // What is all in one spot cannot be told apart on any map.
            let is_wide = points.iter().any(|other| *other != points[0]);
            let sheet = is_wide.then(|| self.add(Some((number, place)), &members));
            Symbol { place, at, places: members.into_iter().map(|(ix, _)| ix).collect(), sheet }
        };
        let mut symbols: Vec<Symbol> = groups.into_iter().map(symbol).collect();
        // Where names have no room, those of the largest groups are not the ones that are missing.
        symbols.sort_by_key(|symbol| Reverse(symbol.places.len()));
        self.sheets[number].symbols = symbols;
        number
    }

    /// The numbers of the maps on which this one lies, from the first of all, and its own.
    pub(crate) fn way_to(&self, number: usize) -> Vec<usize> {
        let mut way = vec![number];
        while let Some((within, _)) = way.last().and_then(|last| self.sheets[*last].within) {
            way.push(within);
        }
        way.reverse();
        way
    }

    /// The address of a map in a language. It has the ids of the places in the middle of the groups that lead to it, so
    /// it stays while they do.
    pub(crate) fn path(&self, graph: &Graph, number: usize, lang: &Lang) -> SitePath {
        let middle =
            |number: usize| self.sheets[number].within.map(|(_, middle)| graph.entity(middle).id.as_str());
        let ids: Vec<&str> = self.way_to(number).into_iter().filter_map(middle).collect();
        layout::map(&ids, lang, graph.default_language())
    }
}
