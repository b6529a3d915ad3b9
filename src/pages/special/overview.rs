//! The index of the pages about the evidence.

use super::sort::Special;
use crate::kinds::KindId;
use crate::pages::head::HeadParts;
use crate::reader::{Reader, Site};
use crate::shown::{OverviewPage, Page, Pagination};

/// See the module.
pub struct Overview;

impl Special for Overview {
    fn name(&self) -> &'static str {
        "overview"
    }

    fn parts(&self, site: &Site<'_>) -> usize {
        usize::from(site.has_any(KindId::Claim) || site.evidence().changes > 0)
    }

    fn count(&self, _site: &Site<'_>) -> usize {
        0
    }

    fn file(&self, _site: &Site<'_>, _part: usize) -> Option<String> {
        Some("index".to_owned())
    }

    fn page(&self, reader: Reader<'_>, _: usize, head: HeadParts<'_>, _: Option<Pagination>) -> Page {
        Page::Overview(OverviewPage { head: head.head(reader) })
    }
}
