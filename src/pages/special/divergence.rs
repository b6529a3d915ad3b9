//! Divergent accounts: a page that lists the divergences, and a page for each with its accounts, who gave
//! them and when.

use super::sort::Special;
use crate::base::date::{Day, Edtf};
use crate::draw::plot::{Bar, plot};
use crate::evidence::consistency::{Mismatch, mismatch};
use crate::evidence::divergence::{Account, Divergence, On};
use crate::evidence::origins;
use crate::evidence::quantities::{Range, unit};
use crate::evidence::voices::targets;
use crate::kinds::{KindId, Quantity, Role};
use crate::link::{EntityIx, layout};
use crate::pages::head::HeadParts;
use crate::reader::{Reader, Site, capital, figure_text};
use crate::shown::{
    self, AccountRow, DivergenceItem, DivergencePage, DivergencesPage, Html, Page, Pagination,
};
use crate::site::SiteInput;

pub(crate) struct Divergences;

/// The maximum number of accounts on a page, and of divergences in the list.
const MOST: usize = 300;

/// The maximum number of divergences in a book.
const MOST_BOUND: usize = 20;

/// The maximum number of accounts in the drawing.
const MOST_DRAWN: usize = 60;

impl Special for Divergences {
    fn name(&self) -> &'static str {
        "divergence"
    }

    fn parts(&self, input: &SiteInput<'_>) -> usize {
        match input.evidence.divergences.len() {
            0 => 0,
            count => count + 1,
        }
    }

    fn count(&self, site: &Site<'_>) -> usize {
        site.evidence().divergences.len()
    }

    fn file(&self, input: &SiteInput<'_>, part: usize) -> Option<String> {
        let divergence = input.evidence.divergences.get(part.checked_sub(1)?)?;
        Some(format!("{}/{}", self.name(), input.graph.entity(divergence.name).id))
    }

    fn is_bound(&self, part: usize) -> bool {
        (1..=MOST_BOUND).contains(&part)
    }

    fn page(&self, reader: Reader<'_>, part: usize, head: HeadParts<'_>, _: Option<Pagination>) -> Page {
        match part.checked_sub(1) {
            None => Page::Divergences(list(reader, head)),
            Some(number) => Page::Divergence(one(reader, number, head)),
        }
    }
}

pub(crate) fn divergence_links(reader: Reader<'_>, claim: EntityIx) -> Vec<shown::Account> {
    let numbers = reader.site.evidence().divergences_of(claim).iter();
    let account = |number: &usize| {
        let divergence = &reader.site.evidence().divergences[*number];
        shown::Account {
            title: title(reader, divergence),
            path: path(reader, *number),
            accounts: divergence.accounts.len(),
        }
    };
    numbers.map(account).collect()
}

fn path(reader: Reader<'_>, number: usize) -> String {
    let file = Divergences.file(&reader.site.input(), number + 1).unwrap_or_default();
    layout::encoded(&reader.special_path(&file))
}

fn list(reader: Reader<'_>, head: HeadParts<'_>) -> DivergencesPage {
    let all = &reader.site.evidence().divergences;
    let items = all.iter().enumerate().take(MOST);
    DivergencesPage {
        head: head.head(reader),
        items: items.map(|(number, divergence)| item(reader, number, divergence)).collect(),
        more: all.len().saturating_sub(MOST),
    }
}

/// The subject of a divergence: `North Korean arms to Russia: shipments`.
fn title(reader: Reader<'_>, divergence: &Divergence) -> String {
    let locale = reader.locale;
    let figures = || divergence.accounts.iter().filter_map(|account| account.figure(reader.graph));
    let thing = |account: &Account| {
        let about = targets(reader.graph, account.claim, Role::About);
        let rank = |ix: &&EntityIx| match reader.graph.entity(**ix).kind {
            KindId::Event => 0,
            KindId::Route => 1,
            _ => 2,
        };
        about.iter().min_by_key(rank).map(|ix| reader.called(*ix))
    };
    let first = divergence.accounts.first();
    let subject = match divergence.on {
        On::Figure => {
            // Use the most common wording.
            let of = figures().find_map(|figure| figure.of.as_ref()).map(|of| reader.text(of));
            let name = figures().find_map(|figure| figure.unit.as_ref()).map(|unit| reader.text(unit));
            match (of, name) {
                (Some(of), Some(name)) if figures().next().and_then(unit).is_none() => {
                    Some(locale.fill("special.divergence.figure", &[("of", &of), ("unit", &name)]))
                }
                (of, name) => of.or(name),
            }
        }
        On::When => {
            first.and_then(thing).map(|thing| locale.fill("special.divergence.when", &[("thing", &thing)]))
        }
        On::Words => None,
    };
    let subject = subject.or_else(|| {
        let title = &reader.preview(first?.claim).title;
        Some(locale.fill("special.divergence.words", &[("title", title)]))
    });
    reader.config.dialect.shown(&capital(&subject.unwrap_or_default()), &locale.lang)
}

/// A divergence in the list: its title, and what the accounts say.
fn item(reader: Reader<'_>, number: usize, divergence: &Divergence) -> DivergenceItem {
    let mut said: Vec<String> = Vec::new();
    for account in &divergence.accounts {
        let words = said_of(reader, divergence.on, account);
        if !said.contains(&words) && said.len() < 6 {
            said.push(words);
        }
    }
    DivergenceItem {
        title: title(reader, divergence),
        path: path(reader, number),
        accounts: divergence.accounts.len(),
        said,
    }
}

/// What an account says: its figure, its dates or its title.
fn said_of(reader: Reader<'_>, on: On, account: &Account) -> String {
    let figure = account.figure(reader.graph).map(|figure| figure_text(reader, figure));
    let when = || account.when(reader.graph).map(|when| reader.locale.date(when));
    let said = match on {
        On::Figure => figure,
        On::When => when(),
        On::Words => None,
    };
    said.unwrap_or_else(|| reader.preview(account.claim).title.clone())
}

fn one(reader: Reader<'_>, number: usize, head: HeadParts<'_>) -> DivergencePage {
    let divergence = &reader.site.evidence().divergences[number];
    let head = HeadParts {
        template: "divergence_of.html".into(),
        title: title(reader, divergence),
        summary: None,
        ..head
    };
    DivergencePage {
        head: head.head(reader),
        on: word(divergence.on),
        rows: divergence
            .accounts
            .iter()
            .take(MOST)
            .map(|account| row(reader, divergence.on, account))
            .collect(),
        more: divergence.accounts.len().saturating_sub(MOST),
        origins: origin_heads(reader, divergence),
        diagram: diagram(reader, divergence).map(Html),
    }
}

fn row(reader: Reader<'_>, on: On, account: &Account) -> AccountRow {
    let graph = reader.graph;
    let actors = |role| reader.who(&targets(graph, account.claim, role));
    let computed = account.figure(graph).and_then(|figure| mismatch(graph, figure));
    AccountRow {
        preview: reader.preview(account.claim).clone(),
        said: said_of(reader, on, account),
        between: between(reader, account.figure(graph)),
        by: actors(Role::By),
        via: actors(Role::Via),
        sources: reader.previews_of(&origins::distinct(targets(graph, account.claim, Role::Source))),
        date: graph.entity(account.claim).date().map(|date| reader.date(date.value)),
        when: account.when(graph).map(|when| reader.date(when)),
        computed: computed.map(|mismatch| computed_text(reader, mismatch)),
    }
}

fn word(on: On) -> &'static str {
    match on {
        On::Figure => "figure",
        On::When => "when",
        On::Words => "words",
    }
}

/// The places or events that a figure lies between.
fn between(reader: Reader<'_>, figure: Option<&Quantity>) -> Option<String> {
    let [from, to] = figure?.between.as_slice() else { return None };
    let name = |id: &str| {
        let called = reader.called(reader.graph.by_id(id)?);
        Some(reader.locale.isolated(&called).into_owned())
    };
    Some(format!("{} – {}", name(&from.id)?, name(&to.id)?))
}

fn computed_text(reader: Reader<'_>, mismatch: Mismatch) -> String {
    let locale = reader.locale;
    match mismatch {
        Mismatch::Distance(metres) => {
            let km = locale.number((metres / 1000.0).round());
            locale.fill("special.divergence.computed_distance", &[("km", &km)])
        }
        Mismatch::Days(low, high) => {
            let (low, high) = (locale.number(low), locale.number(high));
            locale.fill("special.divergence.computed_days", &[("low", &low), ("high", &high)])
        }
    }
}

/// The number of distinct voices behind all the accounts.
fn origin_heads(reader: Reader<'_>, divergence: &Divergence) -> usize {
    let mut heads: Vec<EntityIx> = divergence
        .accounts
        .iter()
        .flat_map(|account| targets(reader.graph, account.claim, Role::By))
        .map(|actor| reader.site.evidence().voices.head(actor))
        .collect();
    heads.sort();
    heads.dedup();
    heads.len()
}

/// Draws the accounts on one scale. `None` if there is nothing to measure.
fn diagram(reader: Reader<'_>, divergence: &Divergence) -> Option<String> {
    let bar = |account: &Account| {
        let (low, high, open) = match divergence.on {
            On::Figure => figure_span(account.figure(reader.graph)?),
            On::When => date_span(account.when(reader.graph)?)?,
            On::Words => return None,
        };
        let said = said_of(reader, divergence.on, account);
        let who = narrator(reader, account.claim);
        let has_dot =
            account.figure(reader.graph).is_some_and(|figure| figure.comparator.is_some() || low == high);
        Some(Bar {
            low,
            high,
            open,
            has_dot,
            label: format!("{} · {}", reader.locale.isolated(&said), capital(&who)),
        })
    };
    let bars: Vec<Bar> = divergence.accounts.iter().take(MOST_DRAWN).filter_map(bar).collect();
    plot(&bars, reader.locale.direction)
}

/// Who told us last, whom they cite, and when: `The Hindu, citing the NIS, 1 November 2023`.
fn narrator(reader: Reader<'_>, claim: EntityIx) -> String {
    let locale = reader.locale;
    let name = |role| {
        let actors = targets(reader.graph, claim, role);
        let last = if role == Role::Via { actors.last() } else { actors.first() };
        last.map(|ix| locale.isolated(&reader.called(*ix)).into_owned())
    };
    let mut words = match (name(Role::Via), name(Role::By)) {
        (Some(relay), Some(by)) => relay + &locale.fill("chain.citing", &[("name", &by)]),
        (relay, by) => relay.or(by).unwrap_or_default(),
    };
    if let Some(date) = reader.graph.entity(claim).date() {
        words.push_str(locale.comma());
        words.push_str(&locale.date(date.value));
    }
    words
}

fn figure_span(figure: &Quantity) -> (f64, f64, (bool, bool)) {
    let Range { low, high, .. } = Range::of(figure);
    let end = |bound: f64, other: f64| if bound.is_finite() { bound } else { other };
    (end(low, high), end(high, low), (low.is_infinite(), high.is_infinite()))
}

fn date_span(date: Edtf) -> Option<(f64, f64, (bool, bool))> {
    let (start, end) = (date.earliest(), date.latest());
    let number = |day: Day| f64::from(day.number());
    let (first, last) = (start.or(end)?, end.or(start)?);
    Some((number(first), number(last), (start.is_none(), end.is_none())))
}
