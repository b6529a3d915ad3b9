//! The index of the pages about the evidence.

use super::sort::Special;
use crate::kinds::KindId;
use crate::pages::head::HeadParts;
use crate::reader::{Reader, Site};
use crate::shown::{OverviewPage, Page, Pagination};
use crate::site::SiteInput;

pub(crate) struct Overview;

impl Special for Overview {
    fn name(&self) -> &'static str {
        "overview"
    }

    fn parts(&self, input: &SiteInput<'_>) -> usize {
        usize::from((input.graph.count(KindId::Claim) > 0) || input.evidence.changes > 0)
    }

    fn count(&self, _site: &Site<'_>) -> usize {
        0
    }

    fn file(&self, _input: &SiteInput<'_>, _part: usize) -> Option<String> {
        Some("index".to_owned())
    }

    fn page(&self, reader: Reader<'_>, _: usize, head: HeadParts<'_>, _: Option<Pagination>) -> Page {
        Page::Overview(OverviewPage { head: head.head(reader) })
    }
}
