//! What changed in the dossier: corrections, withdrawals, and what claims were held to be, the latest first.

use super::super::Site;
use super::super::datum::Datum;
use super::super::page::{DateText, Page};
use super::Special;
use crate::evidence::history::{Change, What, changes};
use crate::site::{LONGEST_LIST, SiteInput};

/// See the module.
pub struct Corrections;

impl Special for Corrections {
    fn name(&self) -> &'static str {
        "corrections"
    }

    fn parts(&self, input: &SiteInput<'_>) -> usize {
        input.evidence.changes.div_ceil(LONGEST_LIST)
    }

    fn count(&self, site: &Site<'_>) -> usize {
        site.evidence.changes
    }

    fn is_bound(&self, part: usize) -> bool {
        part == 0
    }

    fn fill(&self, site: &Site<'_>, part: usize, lang: usize, page: &mut Page) {
        let changes = changes(site.graph);
        let shown = changes.iter().skip(part * LONGEST_LIST).take(LONGEST_LIST);
        page.special = Datum::record([("items", Datum::list(shown, |change| item(site, change, lang)))]);
    }
}

fn item(site: &Site<'_>, change: &Change<'_>, lang: usize) -> Datum {
    let text = |text: &crate::base::text::Text| site.text(text, lang);
    let mut fragment = String::new();
    let (mut from, mut to, mut corrects) = (Datum::None, Datum::None, Datum::None);
    let (what, words) = match &change.what {
        What::Correction(number, correction) => {
            fragment = format!("#correction-{}", number + 1);
            let cards = site.cards(correction.corrects.iter(), lang);
            corrects = Datum::list(&cards, Datum::from);
            ("correction", Some(text(&correction.text)))
        }
        What::Withdrawal(why) => ("withdrawal", why.map(text)),
        What::Status(before, after, why) => {
            fragment = "#part-history".into();
            from = Datum::maybe(*before, |status| status.word().into());
            to = after.word().into();
            ("status", why.map(text))
        }
        What::Note => ("note", site.card(change.entity, lang).summary.clone()),
    };
    Datum::record([
        ("date", DateText::of(change.date, &site.locales[lang]).into()),
        ("what", what.into()),
        ("card", site.card(change.entity, lang).into()),
        ("fragment", fragment.into()),
        ("text", Datum::maybe(words, Datum::Text)),
        ("from", from),
        ("to", to),
        ("corrects", corrects),
    ])
}
