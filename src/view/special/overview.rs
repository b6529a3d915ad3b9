//! The index of the pages on the evidence.

use super::super::page::Page;
use super::Special;
use crate::kinds::KindId;
use crate::view::Site;

/// See the module.
pub struct Overview;

impl Special for Overview {
    fn name(&self) -> &'static str {
        "overview"
    }

    fn parts(&self, site: &Site<'_>) -> usize {
        let has_claims = site.shelves.iter().any(|shelf| !shelf.orders.of_kind(KindId::Claim).is_empty());
        usize::from(has_claims || site.evidence.changes > 0)
    }

    fn count(&self, _site: &Site<'_>) -> usize {
        0
    }

    fn file(&self, _site: &Site<'_>, _part: usize) -> Option<String> {
        Some("index".to_owned())
    }

    // What it lists, `site.evidence`, all pages have.
    fn fill(&self, _site: &Site<'_>, _part: usize, _lang: usize, _page: &mut Page) {}
}
