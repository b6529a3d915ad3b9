//! All that has a date, in order.

use std::sync::Arc;

use serde::Serialize;

use super::{Date, Html, PageHead, Pagination, Preview};

/// All that has a date, in order, by months or years.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct TimelinePage {
    #[serde(flatten)]
    pub head: PageHead,
    /// Which page of a long timeline this is.
    pub pagination: Option<Pagination>,
    /// All dates in three lanes over one axis, on the first page.
    pub lanes: Option<Lanes>,
    /// The kinds of moments on this page, with their signs.
    pub acts: Vec<MomentKind>,
    /// The actors to choose from, by title.
    pub actors: Vec<Arc<Preview>>,
    /// The months or years, in order.
    pub periods: Vec<Period>,
}

/// All dates in lanes over one axis: what happened, what was said, what was published.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Lanes {
    /// What the picture shows, in a sentence.
    pub title: String,
    /// The lanes that are not empty.
    pub lanes: Vec<Lane>,
    /// The axis, drawn.
    pub axis: Html,
    /// How many dates are before it.
    pub before: usize,
    /// How many dates are after it.
    pub after: usize,
}

/// A lane.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Lane {
    /// The kind of its moments: `happened`, `said` or `published`; `t.special.timeline[act]`. Journeys happened.
    pub act: &'static str,
    /// How many moments it has.
    pub count: usize,
    /// From its first to its last date.
    pub dates: Date,
    /// The lane, drawn.
    pub drawing: Html,
}

/// A kind of moment.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct MomentKind {
    /// The word for it: `happened`, `said`, `published` or `travelled`; `t.special.timeline[act]`.
    pub act: &'static str,
    /// Its sign, drawn.
    pub sign: Html,
}

/// A month or a year.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Period {
    /// The month or the year.
    pub date: Date,
    /// Its axis, drawn.
    pub axis: Html,
    /// What falls into it, in order.
    pub items: Vec<Moment>,
}

/// Something that has a date.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Moment {
    /// The date.
    pub date: Date,
    /// What kind of moment it is.
    pub act: &'static str,
    /// The number of a route's leg, where it is one, from 1.
    pub leg: Option<usize>,
    /// The ids of the actors that take part, with spaces between them.
    pub who: String,
    /// The entity.
    pub preview: Arc<Preview>,
    /// The date within its period, drawn.
    pub row: Html,
}
