//! All that has a date, in order: what happened, what was said of it, what was published, who travelled. By months or
//! years, each date drawn beside its line.

use std::collections::BTreeMap;

use super::super::datum::Datum;
use super::super::page::{DateText, Page};
use super::super::{Site, strip};
use super::Special;
use crate::base::date::{Edtf, PartialDate};
use crate::evidence::Dated;
use crate::evidence::voices::targets;
use crate::kinds::{Act, KindId, Role};
use crate::link::EntityIx;
use crate::site::{LONGEST_LIST, SiteInput};

/// See the module.
pub struct Timeline;

/// What makes an actor part of something.
const PARTS: [Role; 4] = [Role::By, Role::Via, Role::Actors, Role::Publisher];

/// The most actors to choose from: those that come up most.
const MOST_ACTORS: usize = 60;

impl Special for Timeline {
    fn name(&self) -> &'static str {
        "timeline"
    }

    fn parts(&self, input: &SiteInput<'_>) -> usize {
        input.evidence.chronology.len().div_ceil(LONGEST_LIST)
    }

    fn count(&self, site: &Site<'_>) -> usize {
        site.evidence.chronology.len()
    }

    fn is_bound(&self, part: usize) -> bool {
        part < 5
    }

    fn fill(&self, site: &Site<'_>, part: usize, lang: usize, page: &mut Page) {
        let all = &site.evidence.chronology;
        let start = (part * LONGEST_LIST).min(all.len());
        let shown = &all[start..(start + LONGEST_LIST).min(all.len())];
        let acts = Act::ALL.into_iter().filter(|act| shown.iter().any(|dated| dated.moment.act == *act));
        let act =
            |act: Act| Datum::record([("act", act.word().into()), ("sign", Datum::Html(strip::key(act)))]);
        page.special = Datum::record([
            ("acts", Datum::list(acts, act)),
            ("actors", actors(site, shown, lang)),
            (
                "periods",
                Datum::list(shown.chunk_by(|a, b| a.period == b.period), |list| period(site, list, lang)),
            ),
        ]);
    }
}

fn actors_of<'a>(site: &'a Site<'_>, ix: EntityIx) -> impl Iterator<Item = EntityIx> + 'a {
    let roles = PARTS.into_iter().flat_map(move |role| targets(site.graph, ix, role));
    roles.filter(|&ix| site.graph.entity(ix).kind == KindId::Actor)
}

/// The actors to choose from, by title.
fn actors(site: &Site<'_>, shown: &[Dated], lang: usize) -> Datum {
    let mut counts: BTreeMap<EntityIx, usize> = BTreeMap::new();
    for actor in shown.iter().flat_map(|dated| actors_of(site, dated.entity)) {
        *counts.entry(actor).or_default() += 1;
    }
    let mut most: Vec<(EntityIx, usize)> = counts.into_iter().collect();
    most.sort_by_key(|(ix, count)| (std::cmp::Reverse(*count), *ix));
    most.truncate(MOST_ACTORS);
    let order = site.shelves[lang].orders.of_kind(KindId::Actor);
    most.sort_by_key(|(ix, _)| order.iter().position(|other| other == ix));
    Datum::list(most, |(ix, _)| site.card(ix, lang).into())
}

fn period(site: &Site<'_>, list: &[Dated], lang: usize) -> Datum {
    let period = list[0].period;
    let locale = &site.locales[lang];
    Datum::record([
        ("date", DateText::of(Edtf::Date(period), locale).into()),
        ("axis", Datum::Html(strip::axis(period, locale))),
        ("items", Datum::list(list, |dated| item(site, dated, period, lang))),
    ])
}

fn item(site: &Site<'_>, dated: &Dated, period: PartialDate, lang: usize) -> Datum {
    let moment = &dated.moment;
    let who: Vec<&str> = actors_of(site, dated.entity).map(|ix| site.graph.entity(ix).id.as_str()).collect();
    Datum::record([
        ("date", DateText::of(moment.date, &site.locales[lang]).into()),
        ("act", moment.act.word().into()),
        ("leg", Datum::maybe(moment.leg, Datum::Count)),
        ("who", who.join(" ").into()),
        ("card", site.card(dated.entity, lang).into()),
        ("row", Datum::Html(strip::row(moment, period))),
    ])
}
