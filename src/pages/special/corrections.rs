//! The changes to the dossier, latest first: corrections, withdrawals, and changes of a claim's status.

use super::sort::Special;
use crate::evidence::history::{self, What};
use crate::pages::head::HeadParts;
use crate::reader::{Reader, Site};
use crate::shown::{Change, CorrectionsPage, Page, Pagination};
use crate::site::{LONGEST_LIST, SiteInput};

pub(crate) struct Corrections;

impl Special for Corrections {
    fn name(&self) -> &'static str {
        "corrections"
    }

    fn parts(&self, input: &SiteInput<'_>) -> usize {
        input.evidence.changes.div_ceil(LONGEST_LIST)
    }

    fn count(&self, site: &Site<'_>) -> usize {
        site.evidence().changes
    }

    fn is_bound(&self, part: usize) -> bool {
        part == 0
    }

    fn page(
        &self,
        reader: Reader<'_>,
        part: usize,
        head: HeadParts<'_>,
        pagination: Option<Pagination>,
    ) -> Page {
        let changes = history::changes(reader.graph);
        let shown = changes.iter().skip(part * LONGEST_LIST).take(LONGEST_LIST);
        let items = shown.map(|change| shown_change(reader, change)).collect();
        Page::Corrections(CorrectionsPage { head: head.head(reader), pagination, items })
    }
}

fn shown_change(reader: Reader<'_>, change: &history::Change<'_>) -> Change {
    let shown = Change {
        date: reader.date(change.date),
        what: "note",
        preview: reader.preview(change.entity).clone(),
        fragment: String::new(),
        text: None,
        from: None,
        to: None,
        corrects: Vec::new(),
    };
    match &change.what {
        What::Correction(number, correction) => Change {
            what: "correction",
            fragment: format!("#correction-{}", number + 1),
            text: Some(reader.text(&correction.text)),
            corrects: reader.previews_at(correction.corrects.iter()),
            ..shown
        },
        What::Withdrawal(why) => {
            Change { what: "withdrawal", text: why.map(|why| reader.text(why)), ..shown }
        }
        What::Status(before, after, why) => Change {
            what: "status",
            fragment: "#part-history".into(),
            text: why.map(|why| reader.text(why)),
            from: before.map(|status| status.word()),
            to: Some(after.word()),
            ..shown
        },
        What::Note => Change { text: shown.preview.summary.clone(), ..shown },
    }
}
