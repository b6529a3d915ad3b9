//! The search page. Without JavaScript it links to the lists.

use super::sort::Special;
use crate::kinds::words::Status;
use crate::pages::head::HeadParts;
use crate::reader::{Reader, Site};
use crate::shown::{Page, Pagination, SearchPage};
use crate::site::SiteInput;

pub(crate) struct Search;

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

    fn page(&self, reader: Reader<'_>, _: usize, head: HeadParts<'_>, _: Option<Pagination>) -> Page {
        Page::Search(SearchPage { head: head.head(reader), statuses: Status::WORDS.to_vec() })
    }
}
