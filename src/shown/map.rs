//! Drawn maps, and the page of the map of everything.

use std::sync::Arc;

use serde::Serialize;

use super::{Date, FactRow, Html, PageHead, Preview, Who};

/// The map of all places and routes.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct MapPage {
    #[serde(flatten)]
    pub head: PageHead,
    /// The map.
    pub map: Option<Map>,
    /// Whether it sums places up: a circle with a number stands for several, and leads to their map.
    pub is_summed: bool,
    /// Files with its data.
    pub downloads: Vec<Download>,
}

/// A drawn map, and what its key has to explain. The component `drawing` shows it.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Map {
    /// The drawing: `svg` elements, one for each width of the screen.
    pub svg: Html,
    /// Whether one of them is for wide screens only.
    pub full: bool,
    /// What has no room on it, for each width of the screen where something has none.
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

/// What has no room on a map of one width.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct MapKey {
    /// The width of the map: `full`, `wide` or `narrow`.
    pub class: &'static str,
    /// The places without names, in the order of their numbers.
    pub places: Vec<MapKeyPlace>,
    /// The legs beside which it does not stand all: what it is.
    pub legs: Vec<String>,
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

/// A route as a story: a frame for each leg, and one for what is not known.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Story {
    /// The legs, in the order travelled.
    pub frames: Vec<LegFrame>,
    /// How many legs more there are.
    pub more: usize,
    /// What nobody says of the legs, in sentences.
    pub unknown: Vec<String>,
}

/// A leg of a route, as a frame of its story.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct LegFrame {
    /// Its number along the route, as the page's language writes it.
    pub number: String,
    /// Its number, for ids.
    pub leg: usize,
    /// The name of the place where it starts.
    pub from: String,
    /// The name of the place where it ends.
    pub to: String,
    /// A small map of it.
    pub map: Option<Html>,
    /// What is known of it, as labelled values.
    pub facts: Vec<FactRow>,
    /// When it was, as each account has it.
    pub dates: Vec<DatedAccount>,
    /// Who says what of it.
    pub claims: Vec<AccountOfLeg>,
    /// How many claims more there are.
    pub more: usize,
    /// What the author says of it.
    pub text: Option<String>,
}

/// When something was, as some say.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct DatedAccount {
    /// When.
    pub date: Date,
    /// Who says so.
    pub who: Vec<Who>,
}

/// A claim that a leg rests on.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct AccountOfLeg {
    /// The claim.
    pub claim: Arc<Preview>,
    /// Who makes it.
    pub by: Vec<Who>,
    /// Who denies it.
    pub denied_by: Vec<Who>,
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
