//! All that has a date, in order, by periods that suit its extent.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use crate::base::date::PartialDate;
use crate::kinds::Moment;
use crate::link::{Entity, EntityIx, Graph};

/// Something with a date.
#[derive(Copy, Clone, Debug)]
pub struct Dated {
    /// Of whom.
    pub entity: EntityIx,
    /// What, and when.
    pub moment: Moment,
    /// The month or year that it is told in.
    pub period: PartialDate,
}

/// The most months that are told apart; a dossier that spans more is told by years.
const MOST_MONTHS: usize = 48;

/// All that has a date: by period, then by date, then by what it is.
pub fn of(graph: &Graph) -> Vec<Dated> {
    let moments: Vec<(EntityIx, Moment, PartialDate)> = graph
        .iter()
        .flat_map(|(ix, entity)| of_entity(entity).into_iter().map(move |moment| (ix, moment)))
        .filter_map(|(ix, moment)| Some((ix, moment, moment.date.bound()?)))
        .collect();
    let months: BTreeSet<PartialDate> = moments.iter().map(|(_, _, bound)| bound.in_month()).collect();
    let by_month = months.len() <= MOST_MONTHS;
    let period = |bound: PartialDate| if by_month { bound.in_month() } else { bound.in_year() };
    let mut dated: Vec<Dated> = moments
        .into_iter()
        .map(|(entity, moment, bound)| Dated { entity, moment, period: period(bound) })
        .collect();
    // A year comes before its months, as what is known of it only by the year does.
    let order = |dated: &Dated| {
        let period = dated.period;
        (period.earliest(), Reverse(period.latest()), dated.moment.date, dated.moment.act, dated.entity)
    };
    dated.sort_by_cached_key(|dated| (order(dated), dated.moment.leg));
    dated
}

/// What of an entity has a date.
pub fn of_entity(entity: &Entity) -> Vec<Moment> {
    entity.data().map_or_else(Vec::new, |data| data.moments(entity.common()))
}
