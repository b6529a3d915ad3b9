//! Where accounts differ: a page that lists the divergences, and one for each with who gave which figure and when.

use super::super::claim::{called, capital};
use super::super::datum::Datum;
use super::super::diagram::Drawing;
use super::super::facts::figure_text;
use super::super::page::{DateText, Page};
use super::Special;
use crate::base::date::Edtf;
use crate::base::typography::curled;
use crate::evidence::consistency::{Mismatch, mismatch};
use crate::evidence::divergence::{Account, Divergence, On};
use crate::evidence::origins;
use crate::evidence::quantities::{Range, unit};
use crate::evidence::voices::targets;
use crate::kinds::{KindId, Quantity, Role};
use crate::link::{EntityIx, layout};
use crate::site::SiteInput;
use crate::view::Site;

/// See the module.
pub struct Divergences;

/// The most accounts that a page shows, and the most divergences that the list shows.
const MOST: usize = 300;

/// The most divergences that a book holds.
const MOST_BOUND: usize = 20;

/// The most accounts that are drawn.
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
        site.evidence.divergences.len()
    }

    fn file(&self, input: &SiteInput<'_>, part: usize) -> Option<String> {
        let divergence = input.evidence.divergences.get(part.checked_sub(1)?)?;
        Some(format!("{}/{}", self.name(), input.graph.entity(divergence.name).id))
    }

    fn is_bound(&self, part: usize) -> bool {
        (1..=MOST_BOUND).contains(&part)
    }

    fn fill(&self, site: &Site<'_>, part: usize, lang: usize, page: &mut Page) {
        match part.checked_sub(1) {
            None => {
                let shown = site.evidence.divergences.iter().enumerate().take(MOST);
                page.special = Datum::record([
                    (
                        "items",
                        Datum::list(shown, |(number, divergence)| item(site, number, divergence, lang)),
                    ),
                    ("more", site.evidence.divergences.len().saturating_sub(MOST).into()),
                ]);
            }
            Some(number) => one(site, number, lang, page),
        }
    }
}

/// The divergences that a claim is in: their titles, and where they are.
pub fn links(site: &Site<'_>, claim: EntityIx, lang: usize) -> Datum {
    let numbers = site.evidence.divergences_of(claim).iter();
    Datum::list(numbers, |number| {
        let divergence = &site.evidence.divergences[*number];
        Datum::record([
            ("title", title(site, divergence, lang).into()),
            ("path", path(site, *number, lang).into()),
            ("accounts", divergence.accounts.len().into()),
        ])
    })
}

fn path(site: &Site<'_>, number: usize, lang: usize) -> String {
    let file = Divergences.file(&site.input(), number + 1).unwrap_or_default();
    layout::encoded(&layout::special(&file, &site.locales[lang].lang, site.graph.default_language()))
}

/// What accounts differ in: `North Korean arms to Russia: shipments`.
fn title(site: &Site<'_>, divergence: &Divergence, lang: usize) -> String {
    let locale = &site.locales[lang];
    let figures = || divergence.accounts.iter().filter_map(|account| account.figure(site.graph));
    let thing = |account: &Account| {
        let about = targets(site.graph, account.claim, Role::About);
        let rank = |ix: &&EntityIx| match site.graph.entity(**ix).kind {
            KindId::Event => 0,
            KindId::Route => 1,
            _ => 2,
        };
        about.iter().min_by_key(rank).map(|ix| called(site, *ix, lang))
    };
    let first = divergence.accounts.first();
    let subject = match divergence.on {
        On::Figure => {
            // The words that most accounts use stand for all.
            let of = figures().find_map(|figure| figure.of.as_ref()).map(|of| site.text(of, lang));
            let name = figures().find_map(|figure| figure.unit.as_ref()).map(|unit| site.text(unit, lang));
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
        let title = &site.card(first?.claim, lang).title;
        Some(locale.fill("special.divergence.words", &[("title", title)]))
    });
    curled(&capital(&subject.unwrap_or_default()), &locale.lang)
}

/// A divergence in a list: its title, and what is said.
fn item(site: &Site<'_>, number: usize, divergence: &Divergence, lang: usize) -> Datum {
    let mut said: Vec<String> = Vec::new();
    for account in &divergence.accounts {
        let words = said_of(site, divergence.on, account, lang);
        if !said.contains(&words) && said.len() < 6 {
            said.push(words);
        }
    }
    Datum::record([
        ("title", title(site, divergence, lang).into()),
        ("path", path(site, number, lang).into()),
        ("accounts", divergence.accounts.len().into()),
        ("said", Datum::list(said, Datum::Text)),
    ])
}

/// What an account says: its figure, its dates, or its title.
fn said_of(site: &Site<'_>, on: On, account: &Account, lang: usize) -> String {
    let figure = account.figure(site.graph).map(|figure| figure_text(site, figure, lang));
    let when = || account.when(site.graph).map(|when| site.locales[lang].date(when));
    let said = match on {
        On::Figure => figure,
        On::When => when(),
        On::Words => None,
    };
    said.unwrap_or_else(|| site.card(account.claim, lang).title.clone())
}

fn one(site: &Site<'_>, number: usize, lang: usize, page: &mut Page) {
    let divergence = &site.evidence.divergences[number];
    page.title = title(site, divergence, lang);
    page.summary = None;
    page.template = "divergence_of.html".into();
    let named = |ix: &EntityIx| {
        Datum::record([("card", site.card(*ix, lang).into()), ("called", called(site, *ix, lang).into())])
    };
    let locale = &site.locales[lang];
    let rows = divergence.accounts.iter().take(MOST).map(|account| {
        let entity = site.graph.entity(account.claim);
        let actors = |role| Datum::list(&targets(site.graph, account.claim, role), named);
        let computed = account.figure(site.graph).and_then(|figure| mismatch(site.graph, figure));
        Datum::record([
            ("card", site.card(account.claim, lang).into()),
            ("said", said_of(site, divergence.on, account, lang).into()),
            ("between", Datum::maybe(between(site, account.figure(site.graph), lang), Datum::Text)),
            ("by", actors(Role::By)),
            ("via", actors(Role::Via)),
            ("sources", {
                let sources = origins::distinct(targets(site.graph, account.claim, Role::Source));
                Datum::list(&sources, |ix| site.card(*ix, lang).into())
            }),
            ("date", Datum::maybe(entity.date(), |date| DateText::of(date.value, locale).into())),
            ("when", Datum::maybe(account.when(site.graph), |when| DateText::of(when, locale).into())),
            ("computed", Datum::maybe(computed, |mismatch| computed_text(site, mismatch, lang).into())),
        ])
    });
    let voices = origin_heads(site, divergence);
    page.special = Datum::record([
        ("on", word(divergence.on).into()),
        ("rows", Datum::List(rows.collect())),
        ("more", divergence.accounts.len().saturating_sub(MOST).into()),
        ("origins", voices.into()),
        ("diagram", Datum::maybe(plot(site, divergence, lang), Datum::Html)),
    ]);
}

fn word(on: On) -> &'static str {
    match on {
        On::Figure => "figure",
        On::When => "when",
        On::Words => "words",
    }
}

/// The places or events that a figure lies between.
fn between(site: &Site<'_>, figure: Option<&Quantity>, lang: usize) -> Option<String> {
    let [from, to] = figure?.between.as_slice() else { return None };
    let name = |id: &str| Some(called(site, site.graph.by_id(id)?, lang));
    Some(format!("{} – {}", name(&from.id)?, name(&to.id)?))
}

fn computed_text(site: &Site<'_>, mismatch: Mismatch, lang: usize) -> String {
    let locale = &site.locales[lang];
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

/// How many voices stand behind all the accounts.
fn origin_heads(site: &Site<'_>, divergence: &Divergence) -> usize {
    let mut heads: Vec<EntityIx> = divergence
        .accounts
        .iter()
        .flat_map(|account| targets(site.graph, account.claim, Role::By))
        .map(|actor| site.evidence.voices.head(actor))
        .collect();
    heads.sort();
    heads.dedup();
    heads.len()
}

/// A span on a scale.
struct Bar {
    low: f64,
    high: f64,
    /// Whether it goes on beyond either end.
    open: (bool, bool),
    /// Whether somebody gave a number, and not only what it lies between.
    has_dot: bool,
    label: String,
}

/// The accounts on one scale: dots and bars, with who gave them. `None` where there is nothing to measure.
fn plot(site: &Site<'_>, divergence: &Divergence, lang: usize) -> Option<String> {
    let bars: Vec<Bar> = divergence
        .accounts
        .iter()
        .take(MOST_DRAWN)
        .filter_map(|account| {
            let (low, high, open) = match divergence.on {
                On::Figure => figure_span(account.figure(site.graph)?),
                On::When => date_span(account.when(site.graph)?)?,
                On::Words => return None,
            };
            let said = said_of(site, divergence.on, account, lang);
            let who = teller(site, account.claim, lang);
            let has_dot = account.figure(site.graph).is_some_and(|f| f.comparator.is_some() || low == high);
            Some(Bar { low, high, open, has_dot, label: format!("{said} · {}", capital(&who)) })
        })
        .collect();
    if bars.len() < 2 {
        return None;
    }
    let ends = || bars.iter().flat_map(|bar| [bar.low, bar.high]);
    let (least, most) = (ends().fold(f64::INFINITY, f64::min), ends().fold(f64::NEG_INFINITY, f64::max));
    let spread = if most > least { most - least } else { most.abs().max(1.0) };
    let (start, end) = (least - spread * 0.12, most + spread * 0.12);
    const ROOM: f64 = 620.0;
    const ROW: f64 = 44.0;
    let x = |value: f64| 8.0 + (value - start) / (end - start) * (ROOM - 16.0);
    let mut drawing = Drawing::new();
    for (number, bar) in bars.iter().enumerate() {
        let y = number as f64 * ROW + 34.0;
        let (from, to) = (x(bar.low), x(bar.high));
        drawing.add(format_args!("<path class=\"scale\" d=\"M0 {y:.0}H{ROOM:.0}\"/>"));
        let left = if bar.open.0 { 0.0 } else { from };
        let right = if bar.open.1 { ROOM } else { to };
        if right - left > 1.0 {
            drawing.add(format_args!("<path class=\"span\" d=\"M{left:.1} {y:.0}H{right:.1}\"/>"));
        }
        for (is_open, at, step) in [(bar.open.0, 1.0, 7.0), (bar.open.1, ROOM - 1.0, -7.0)] {
            if is_open {
                let (inner, above, below) = (at + step, y - 5.0, y + 5.0);
                drawing.add(format_args!(
                    "<path class=\"arrow\" d=\"M{inner:.0} {above:.0}L{at:.0} {y:.0}L{inner:.0} {below:.0}\"/>"
                ));
            }
        }
        let middle = match bar.open {
            (true, false) => to,
            (false, true) => from,
            _ => (from + to) / 2.0,
        };
        if bar.has_dot {
            drawing.add(format_args!("<circle class=\"origin\" cx=\"{middle:.1}\" cy=\"{y:.0}\" r=\"5\"/>"));
        }
        drawing.text("", (0.0, y - 12.0), std::slice::from_ref(&bar.label));
    }
    drawing.reach(ROOM, bars.len() as f64 * ROW + 8.0);
    Some(drawing.finish("plot", "aria-hidden=\"true\" focusable=\"false\""))
}

/// Who told us last, citing whom, and when: `The Hindu, citing the NIS, 1 November 2023`.
fn teller(site: &Site<'_>, claim: EntityIx, lang: usize) -> String {
    let locale = &site.locales[lang];
    let name = |role| {
        let actors = targets(site.graph, claim, role);
        let last = if role == Role::Via { actors.last() } else { actors.first() };
        last.map(|ix| called(site, *ix, lang))
    };
    let mut words = match (name(Role::Via), name(Role::By)) {
        (Some(relay), Some(by)) => relay + &locale.fill("chain.citing", &[("name", &by)]),
        (relay, by) => relay.or(by).unwrap_or_default(),
    };
    if let Some(date) = site.graph.entity(claim).date() {
        words.push_str(", ");
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
    let number = |day: crate::base::date::Day| f64::from(day.number());
    let (first, last) = (start.or(end)?, end.or(start)?);
    Some((number(first), number(last), (start.is_none(), end.is_none())))
}
