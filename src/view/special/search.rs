//! The page of the search. Without a script it leads to the lists.

use super::super::datum::Datum;
use super::super::page::Page;
use super::Special;
use crate::kinds::words::Status;
use crate::site::SiteInput;
use crate::view::Site;

/// See the module.
pub struct Search;

impl Special for Search {
    fn name(&self) -> &'static str {
        "search"
    }

    fn parts(&self, input: &SiteInput<'_>) -> usize {
        usize::from(input.config.search)
    }

    fn count(&self, _site: &Site<'_>) -> usize {
        0
    }

    fn is_listed(&self) -> bool {
        false
    }

    // What it lists, all pages have; what it finds, a script fetches. The marks of statuses are drawn here for that.
    fn fill(&self, _site: &Site<'_>, _part: usize, _lang: usize, page: &mut Page) {
        page.special = Datum::list(Status::WORDS, |word| (*word).into());
    }
}
