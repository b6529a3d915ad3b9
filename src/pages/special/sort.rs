//! What a special page is.

use crate::pages::head::HeadParts;
use crate::reader::{Reader, Site};
use crate::shown::{Page, Pagination};
use crate::site::SiteInput;

/// A page that is no entity's.
pub(crate) trait Special: Sync {
    /// The name of its template and of its words, and the file of its first part.
    fn name(&self) -> &'static str;

    /// How many parts there are; none where there is nothing to show.
    fn parts(&self, input: &SiteInput<'_>) -> usize;

    /// How many things it shows, for the index.
    fn count(&self, site: &Site<'_>) -> usize;

    /// The name of a part's file, without `.html`, below `evidence/`; `None` for those of a list over several
    /// pages.
    fn file(&self, _input: &SiteInput<'_>, _part: usize) -> Option<String> {
        None
    }

    /// Whether the index lists it.
    fn is_listed(&self) -> bool {
        true
    }

    /// Whether a part is in the dossier's books too.
    fn is_bound(&self, _part: usize) -> bool {
        false
    }

    /// Makes a part. `head` has the title and the summary of the first one.
    fn page(
        &self,
        reader: Reader<'_>,
        part: usize,
        head: HeadParts<'_>,
        pagination: Option<Pagination>,
    ) -> Page;
}
