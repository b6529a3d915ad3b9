//! The index of the pages on the evidence.

use super::super::page::Page;
use super::Special;
use crate::kinds::KindId;
use crate::site::SiteInput;
use crate::view::Site;

/// See the module.
pub struct Overview;

impl Special for Overview {
    fn name(&self) -> &'static str {
        "overview"
    }

    fn parts(&self, input: &SiteInput<'_>) -> usize {
        let has_claims = input.graph.count(KindId::Claim) > 0;
        usize::from(has_claims || input.evidence.changes > 0)
    }

    fn count(&self, _site: &Site<'_>) -> usize {
        0
    }

    fn file(&self, _input: &SiteInput<'_>, _part: usize) -> Option<String> {
        Some("index".to_owned())
    }

    // What it lists, `site.evidence`, all pages have.
    fn fill(&self, _site: &Site<'_>, _part: usize, _lang: usize, _page: &mut Page) {}
}
