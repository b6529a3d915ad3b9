//! What is where on the site: the [`SiteMap`] leads from an address to the [`Route`] that makes its file.
//!
//! It is made once for a snapshot, without drawing anything. Those who write, serve, list or check files ask
//! it; only those who fill it spell paths (`link::layout`) to say where something goes.

mod input;
mod map;
pub(crate) mod referrers;
mod route;

pub use input::SiteInput;
pub(crate) use input::has_listing;
pub use map::SiteMap;
pub(crate) use map::{Collision, Holder, same_address};
pub use route::{FileKey, OutputId, PageId, Route};
pub(crate) use route::{SpecialId, Subject};

/// The most entries on one page of a list.
pub const LONGEST_LIST: usize = 200;

/// The number of pages of a list of `entries`: at least one.
pub(crate) fn parts(entries: usize) -> usize {
    entries.div_ceil(LONGEST_LIST).max(1)
}
