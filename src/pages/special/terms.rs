//! The glossary of rating terms: the closed lists with their definitions.

use super::sort::Special;
use crate::kinds::KindId;
use crate::kinds::words::{Basis, Certainty, Comparator, Credibility, Likelihood, Reliability, Status};
use crate::pages::head::HeadParts;
use crate::reader::{Reader, Site};
use crate::shown::{Page, Pagination, TermList, TermsPage, Verdict};
use crate::site::SiteInput;

pub(crate) struct Terms;

/// The lists, in display order.
const LISTS: [(&str, &[&str]); 7] = [
    (Status::VOCABULARY, Status::WORDS),
    (Reliability::VOCABULARY, Reliability::WORDS),
    (Credibility::VOCABULARY, Credibility::WORDS),
    (Likelihood::VOCABULARY, Likelihood::WORDS),
    (Basis::VOCABULARY, Basis::WORDS),
    (Certainty::VOCABULARY, Certainty::WORDS),
    (Comparator::VOCABULARY, Comparator::WORDS),
];

impl Special for Terms {
    fn name(&self) -> &'static str {
        "terms"
    }

    fn parts(&self, input: &SiteInput<'_>) -> usize {
        usize::from(input.graph.count(KindId::Claim) > 0)
    }

    fn count(&self, _site: &Site<'_>) -> usize {
        0
    }

    fn is_bound(&self, part: usize) -> bool {
        part == 0
    }

    fn page(&self, reader: Reader<'_>, _: usize, head: HeadParts<'_>, _: Option<Pagination>) -> Page {
        let verdicts = reader.config.verdicts.iter().map(|verdict| Verdict {
            label: reader.text(&verdict.label),
            rating: verdict.rating.map(|rating| reader.locale.number(rating)),
        });
        Page::Terms(TermsPage {
            head: head.head(reader),
            lists: LISTS.map(|(vocabulary, words)| TermList { vocabulary, words }).into(),
            verdicts: verdicts.collect(),
        })
    }
}
