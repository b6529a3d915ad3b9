//! Drawn maps, and the page of the map of everything.

use serde::Serialize;

use super::{Html, PageHead};

/// The map of all places and routes.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct MapPage {
    #[serde(flatten)]
    pub head: PageHead,
    /// The map.
    pub map: Option<Map>,
    /// Files with its data.
    pub downloads: Vec<Download>,
}

/// A drawn map, and what its key has to explain. The component `drawing` shows it.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Map {
    /// The drawing: `svg` elements, one for each width of the screen.
    pub svg: Html,
    /// The places whose names have no room on it, for each width of the screen that has such places.
    pub keys: Vec<MapKey>,
    /// The means of transport on it, each once: words of `t.terms.mode`.
    pub modes: Vec<&'static str>,
    /// Whether the path of a line on it is reported.
    pub reported: bool,
    /// Whether a line on it joins ends that are reported, by a path that the program computed.
    pub computed: bool,
    /// Whether a line on it is an arc between ends that are reported: nobody knows the path.
    pub unknown: bool,
    /// Whether a line on it is inferred.
    pub inferred: bool,
    /// Whether a line over water was calculated by the program.
    pub by_water: bool,
    /// Whether a line is only the shortest between its ends.
    pub shortest: bool,
}

/// The places whose names have no room on a map of one width.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct MapKey {
    /// The width of the map: `wide` or `narrow`.
    pub class: &'static str,
    /// The places, in the order of their numbers.
    pub places: Vec<MapKeyPlace>,
}

/// A place whose name has no room on a map.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct MapKeyPlace {
    /// Its number on the map; empty if it has none.
    pub number: String,
    /// Its name.
    pub label: String,
    /// The address of its page, from this one.
    pub href: String,
}

/// A file with a page's data.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Download {
    /// The path of the file.
    pub path: String,
    /// The name of its format: `GeoJSON`.
    pub format: &'static str,
}
