//! The addresses of the site: the [`SiteMap`] maps each address to the [`Route`] that makes its file.
//!
//! It is built once per snapshot and renders nothing. The code that writes, serves, lists or checks files
//! looks addresses up here; only the code that fills the map builds paths (with `link::layout`).

mod atlas;
mod input;
mod map;
pub(crate) mod referrers;
mod route;

pub(crate) use atlas::{Atlas, Sheet, Symbol};
pub use input::SiteInput;
pub(crate) use input::has_listing;
pub use map::SiteMap;
pub(crate) use map::{Collision, Holder, same_address};
pub use route::{FileKey, OutputId, PageId, Route};
pub(crate) use route::{SpecialId, Subject};

/// The most entries on one page of a list.
pub const LONGEST_LIST: usize = 200;

/// The most free pages that the foot of every page leads to.
pub(crate) const LONGEST_FOOT: usize = 12;

/// The number of pages needed for a list of `entries`: at least one.
pub(crate) fn parts(entries: usize) -> usize {
    entries.div_ceil(LONGEST_LIST).max(1)
}
