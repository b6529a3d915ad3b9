//! The timeline: all events, statements, publications and journeys in order of date, by month or year. Each
//! date is drawn next to its entry.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::sort::Special;
use crate::base::date::{Day, Edtf, PartialDate};
use crate::draw::{self, strip};
use crate::evidence::Dated;
use crate::evidence::voices::targets;
use crate::kinds::{self, Act, KindId, Role};
use crate::link::EntityIx;
use crate::pages::head::HeadParts;
use crate::reader::{Reader, Site, capital};
use crate::shown::{Html, Lane, Lanes, Moment, MomentKind, Page, Pagination, Period, Preview, TimelinePage};
use crate::site::{LONGEST_LIST, SiteInput};

pub(crate) struct Timeline;

/// The roles that make an actor part of an entry.
const PARTS: [Role; 4] = [Role::By, Role::Via, Role::Actors, Role::Publisher];

/// The maximum number of actors in the filter: those with the most entries.
const MOST_ACTORS: usize = 60;

impl Special for Timeline {
    fn name(&self) -> &'static str {
        "timeline"
    }

    fn parts(&self, input: &SiteInput<'_>) -> usize {
        input.evidence.chronology.len().div_ceil(LONGEST_LIST)
    }

    fn count(&self, site: &Site<'_>) -> usize {
        site.evidence().chronology.len()
    }

    fn is_bound(&self, part: usize) -> bool {
        part < 5
    }

    fn page(
        &self,
        reader: Reader<'_>,
        part: usize,
        head: HeadParts<'_>,
        pagination: Option<Pagination>,
    ) -> Page {
        let all = &reader.site.evidence().chronology;
        let start = (part * LONGEST_LIST).min(all.len());
        let shown = &all[start..(start + LONGEST_LIST).min(all.len())];
        let acts = Act::ALL.into_iter().filter(|act| shown.iter().any(|dated| dated.moment.act == *act));
        let act =
            |act: Act| MomentKind { act: act.word(), sign: Html(strip::key(act, reader.locale.direction)) };
        let periods = shown.chunk_by(|a, b| a.period == b.period);
        Page::Timeline(TimelinePage {
            head: head.head(reader),
            pagination,
            lanes: (part == 0).then(|| lanes(reader)).flatten(),
            acts: acts.map(act).collect(),
            actors: actors(reader, shown),
            periods: periods.map(|list| period(reader, list)).collect(),
        })
    }
}

/// All dates in lanes. The bars lead to the months or years of the list; those of other pages to its beginning.
fn lanes(reader: Reader<'_>) -> Option<Lanes> {
    let all = &reader.site.evidence().chronology;
    let moments: Vec<kinds::Moment> = all.iter().map(|dated| dated.moment).collect();
    let mut periods: Vec<PartialDate> = all.iter().take(LONGEST_LIST).map(|dated| dated.period).collect();
    periods.dedup();
    let link = |day: Day| {
        let holds = |period: &&PartialDate| (period.earliest()..=period.latest()).contains(&day);
        // The shortest period that the day is in: a date known to the year has a period of its own.
        let period = periods
            .iter()
            .filter(holds)
            .min_by_key(|period| period.latest().number() - period.earliest().number());
        period.map_or_else(|| "#".to_owned(), |period| format!("#part-{}", Edtf::Date(*period)))
    };
    let drawn = draw::lanes::lanes(&moments, reader.locale, &link)?;
    let date = |day| reader.locale.date(Edtf::Date(PartialDate::of(day)));
    let [first, last] = drawn.span.map(date);
    let lane = |lane: draw::lanes::Lane| Lane {
        act: lane.act.word(),
        count: lane.count,
        dates: reader.date(lane.dates),
        drawing: Html(lane.svg),
    };
    Some(Lanes {
        title: capital(&reader.locale.fill("special.timeline.shows", &[("first", &first), ("last", &last)])),
        lanes: drawn.lanes.into_iter().map(lane).collect(),
        axis: Html(drawn.axis),
        before: drawn.beyond[0],
        after: drawn.beyond[1],
    })
}

fn actors_of(reader: Reader<'_>, ix: EntityIx) -> impl Iterator<Item = EntityIx> {
    let roles = PARTS.into_iter().flat_map(move |role| targets(reader.graph, ix, role));
    roles.filter(move |&ix| reader.graph.entity(ix).kind == KindId::Actor)
}

/// The actors in the filter, by title.
fn actors(reader: Reader<'_>, shown: &[Dated]) -> Vec<Arc<Preview>> {
    let mut counts: BTreeMap<EntityIx, usize> = BTreeMap::new();
    for actor in shown.iter().flat_map(|dated| actors_of(reader, dated.entity)) {
        *counts.entry(actor).or_default() += 1;
    }
    let mut most: Vec<(EntityIx, usize)> = counts.into_iter().collect();
    most.sort_by_key(|(ix, count)| (std::cmp::Reverse(*count), *ix));
    most.truncate(MOST_ACTORS);
    most.sort_by_key(|(ix, _)| reader.orders.position(*ix));
    most.into_iter().map(|(ix, _)| reader.preview(ix).clone()).collect()
}

fn period(reader: Reader<'_>, list: &[Dated]) -> Period {
    let period = list[0].period;
    Period {
        date: reader.date(Edtf::Date(period)),
        axis: Html(strip::axis(period, reader.locale)),
        items: list.iter().map(|dated| moment(reader, dated, period)).collect(),
    }
}

fn moment(reader: Reader<'_>, dated: &Dated, period: PartialDate) -> Moment {
    let moment = &dated.moment;
    let who: Vec<&str> =
        actors_of(reader, dated.entity).map(|ix| reader.graph.entity(ix).id.as_str()).collect();
    Moment {
        date: reader.date(moment.date),
        act: moment.act.word(),
        leg: moment.leg,
        who: who.join(" "),
        preview: reader.preview(dated.entity).clone(),
        row: Html(strip::row(moment, period, reader.locale.direction)),
    }
}
