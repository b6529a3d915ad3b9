//! The trait of special pages.

use crate::pages::head::HeadParts;
use crate::reader::{Reader, Site};
use crate::shown::{Page, Pagination};
use crate::site::SiteInput;

/// A special page: one that belongs to no entity.
pub(crate) trait Special: Sync {
    /// The name of its template, of its strings and of the file of its first part.
    fn name(&self) -> &'static str;

    /// The number of parts; 0 if there is nothing to show.
    fn parts(&self, input: &SiteInput<'_>) -> usize;

    /// The number of items it shows, for the index.
    fn count(&self, site: &Site<'_>) -> usize;

    /// The file name of a part below `evidence/`, without `.html`; `None` if the part is a further page of a
    /// long list.
    fn file(&self, _input: &SiteInput<'_>, _part: usize) -> Option<String> {
        None
    }

    /// Whether the index lists it.
    fn is_listed(&self) -> bool {
        true
    }

    /// Whether books also contain a part.
    fn is_bound(&self, _part: usize) -> bool {
        false
    }

    /// Builds a part. `head` has the title and the summary of the first part.
    fn page(
        &self,
        reader: Reader<'_>,
        part: usize,
        head: HeadParts<'_>,
        pagination: Option<Pagination>,
    ) -> Page;
}
