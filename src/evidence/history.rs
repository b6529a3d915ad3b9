//! What changed in the dossier and when: corrections, withdrawals, and the status of claims.

use crate::base::date::Edtf;
use crate::base::text::Text;
use crate::kinds::words::{Motivation, Status};
use crate::kinds::{Claim, Correction, Note};
use crate::link::{EntityIx, Graph};

#[derive(Clone, Debug)]
pub(crate) struct Change<'a> {
    /// The entity that changed.
    pub entity: EntityIx,
    /// When it changed.
    pub date: Edtf,
    /// What changed.
    pub what: What<'a>,
}

/// What changed.
#[derive(Clone, Debug)]
pub(crate) enum What<'a> {
    /// A correction, with its index among the entity's corrections.
    Correction(usize, &'a Correction),
    /// A withdrawal, and its reason.
    Withdrawal(Option<&'a Text>),
    /// A new status of a claim: the old one, the new one, and the reason.
    Status(Option<Status>, Status, Option<&'a Text>),
    /// A note that requests a correction was added.
    Note,
}

/// All changes, the latest first.
pub(crate) fn changes(graph: &Graph) -> Vec<Change<'_>> {
    let mut changes = Vec::new();
    for (entity, data) in graph.iter() {
        let common = data.common();
        let mut add = |date: Edtf, what| changes.push(Change { entity, date, what });
        for (number, correction) in common.corrections.iter().enumerate() {
            add(correction.date.value, What::Correction(number, correction));
        }
        if let Some(withdrawal) = &common.withdrawn {
            add(withdrawal.date.value, What::Withdrawal(withdrawal.why.as_ref()));
        }
        if let Some(claim) = data.as_kind::<Claim>() {
            for pair in claim.history.windows(2) {
                let [before, after] = pair else { continue };
                let (from, to) = (before.status.value, after.status.value);
                add(after.date.value, What::Status(Some(from), to, after.why.as_ref()));
            }
        }
        let note = data.as_kind::<Note>().filter(|note| note.motivation == Some(Motivation::Editing));
        if let (Some(_), Some(date)) = (note, &common.date) {
            add(date.value, What::Note);
        }
    }
    changes.sort_by(|a, b| b.date.cmp(&a.date).then(a.entity.cmp(&b.entity)));
    changes
}
