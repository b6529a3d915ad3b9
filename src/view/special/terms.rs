//! What the words mean by which evidence is weighed: the closed lists with their definitions.

use super::super::datum::Datum;
use super::super::page::Page;
use super::Special;
use crate::kinds::KindId;
use crate::kinds::words::{Basis, Certainty, Comparator, Credibility, Likelihood, Reliability, Status};
use crate::site::SiteInput;
use crate::view::Site;

/// See the module.
pub struct Terms;

/// The lists, in the order in which a reader meets them.
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

    fn fill(&self, site: &Site<'_>, _part: usize, lang: usize, page: &mut Page) {
        let verdicts = Datum::list(&site.config.verdicts, |verdict| {
            let rating = verdict.rating.map(|rating| site.locales[lang].number(rating));
            Datum::record([
                ("label", site.text(&verdict.label, lang).into()),
                ("rating", Datum::maybe(rating, Datum::Text)),
            ])
        });
        page.special = Datum::record([
            (
                "lists",
                Datum::list(LISTS, |(vocabulary, words)| {
                    Datum::record([
                        ("vocabulary", vocabulary.into()),
                        ("words", Datum::list(words, |word| Datum::Word(word))),
                    ])
                }),
            ),
            ("verdicts", verdicts),
        ]);
    }
}
