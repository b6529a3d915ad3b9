//! The names by which a page can be asked for.

use crate::kinds::KindId;
use crate::link::EntityIx;

/// The names by which a page can be asked for.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum PageId {
    /// An entity's own page, in the language of that number.
    Entity(EntityIx, usize),
    /// A page of the listing of a kind, in the language of that number, from 0.
    Listing(KindId, usize, usize),
    /// A further page of those who refer to an entity, from 1: the first is on its own page.
    Referrers(EntityIx, usize, usize),
    /// The home of a language, where there is no article.
    Home(usize),
    /// The map of all places and routes.
    Map(usize),
    /// The whole dossier, to be printed.
    Print(usize),
    /// The page for addresses that lead nowhere.
    NotFound,
    /// The address that an entity had under a former id.
    Redirect(EntityIx, String, usize),
    /// A page that is no entity's.
    Special(SpecialId, usize),
}

/// A special page, as a page's name.
#[derive(Copy, Clone, Debug, Eq, PartialEq)]
pub struct SpecialId {
    /// Its place in the table of special pages.
    pub number: usize,
    /// Its part, from 0.
    pub part: usize,
}
