//! The dossier as of a day: files about later things are left out, and the others have their earlier content.
//!
//! Only what is certainly later is left out. Anything without a date is shown, because nothing says when it
//! became known; so are the dossier's own texts, which were written afterwards.

use std::sync::Arc;

use crate::base::date::{Day, Edtf};
use crate::kinds::{Data, KindId};
use crate::parse::Parsed;

/// What a file says as of a day.
pub(crate) enum Known {
    /// Nothing yet.
    Nothing,
    /// Its current content.
    All,
    /// Its earlier content.
    Then(Arc<Parsed>),
}

/// The content of an original as of a day.
pub(crate) fn known(parsed: &Parsed, kind: KindId, day: Day) -> Known {
    let is_later = |date: Edtf| date.earliest().is_some_and(|first| first > day);
    let (common, data) = (&parsed.head.common, parsed.head.data.as_ref());
    let date = data.and_then(|data| data.date(common));
    if kind != KindId::Page && date.is_some_and(|date| is_later(date.value)) {
        return Known::Nothing;
    }
    let claim = data.and_then(|data| match data {
        Data::Claim(claim) => Some(claim),
        _ => None,
    });
    let changed = common.corrections.iter().any(|correction| is_later(correction.date.value))
        || common.withdrawn.as_ref().is_some_and(|withdrawal| is_later(withdrawal.date.value))
        || common.updated.as_ref().is_some_and(|updated| is_later(updated.value))
        || claim.is_some_and(|claim| {
            claim.history.iter().any(|entry| is_later(entry.date.value))
                || claim
                    .review
                    .as_ref()
                    .and_then(|review| review.date.as_ref())
                    .is_some_and(|date| is_later(date.value))
        });
    if !changed {
        return Known::All;
    }
    let mut then = parsed.clone();
    let common = &mut then.head.common;
    common.corrections.retain(|correction| !is_later(correction.date.value));
    common.withdrawn.take_if(|withdrawal| is_later(withdrawal.date.value));
    common.updated.take_if(|updated| is_later(updated.value));
    if let Some(Data::Claim(claim)) = &mut then.head.data {
        let review_date = |review: &crate::kinds::Review| review.date.as_ref().map(|date| date.value);
        claim.review.take_if(|review| review_date(review).is_some_and(is_later));
        let had_history = !claim.history.is_empty();
        claim.history.retain(|entry| !is_later(entry.date.value));
        if had_history {
            // Before its first entry, the claim had no status.
            claim.status = claim.history.last().map(|entry| entry.status.clone());
        }
    }
    Known::Then(Arc::new(then))
}
