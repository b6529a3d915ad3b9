//! What other pages show of an entity.

use serde::Serialize;

use super::{Date, Drawn};

/// What other pages show of an entity.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Preview {
    // `render` makes the values of a preview once for each depth of pages, and knows them by this number. It
    // is the first field, so that the others need not be read where the values are there already. Templates
    // do not get it.
    #[doc(hidden)]
    #[cfg_attr(test, schemars(skip))]
    pub number: u32,
    /// The id of the entity.
    pub id: String,
    /// Its kind: `claim`.
    pub kind: &'static str,
    /// The path of its page.
    pub path: String,
    /// Its title.
    pub title: String,
    /// Its summary.
    pub summary: Option<String>,
    /// The date by which it is ordered.
    pub date: Option<Date>,
    /// The status of a claim, a word of `t.terms.status`.
    pub status: Option<&'static str>,
    /// The language of title and summary.
    pub lang: String,
    /// Whether that is another language than the page's.
    pub foreign: bool,
    /// Whether it is a draft.
    pub draft: bool,
    /// A link to its page, with the title as its words.
    pub link: Drawn,
    /// The badge of its status, as the component `term` draws it; `none` where it has no status.
    pub mark: Drawn,
}
