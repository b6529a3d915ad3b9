//! Everything with a date, in order, grouped by months or years.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use crate::base::date::PartialDate;
use crate::kinds::Moment;
use crate::link::{Entity, EntityIx, Graph};

/// Something with a date.
#[derive(Copy, Clone, Debug)]
pub(crate) struct Dated {
    pub entity: EntityIx,
    /// What happened, and when.
    pub moment: Moment,
    /// The month or year in which it is listed.
    pub period: PartialDate,
}

/// The maximum number of months to group by; longer periods are grouped by years.
const MOST_MONTHS: usize = 48;

/// Everything with a date: by period, then by date, then by type.
pub(crate) fn of(graph: &Graph) -> Vec<Dated> {
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
    // A year sorts before its months, and so do dates known only to the year.
    let order = |dated: &Dated| {
        let period = dated.period;
        (period.earliest(), Reverse(period.latest()), dated.moment.date, dated.moment.act, dated.entity)
    };
    dated.sort_by_cached_key(|dated| (order(dated), dated.moment.leg));
    dated
}

/// The dated moments of an entity.
pub(crate) fn of_entity(entity: &Entity) -> Vec<Moment> {
    entity.data().map_or_else(Vec::new, |data| data.moments(entity.common()))
}
