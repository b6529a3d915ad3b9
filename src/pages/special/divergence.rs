//! Divergent accounts: a page that lists the divergences, and a page for each with its accounts, who gave
//! them and when.

use std::cmp::Ordering;

use super::accounts::{NAME, between, path, said_of, title, word};
use super::plot;
use super::sort::Special;
use crate::evidence::consistency::{Mismatch, mismatch};
use crate::evidence::divergence::{Account, Divergence, On};
use crate::evidence::origins;
use crate::evidence::voices::targets;
use crate::kinds::{Claim, Role};
use crate::link::EntityIx;
use crate::pages::head::HeadParts;
use crate::reader::{Reader, Site};
use crate::shown::{self, AccountRow, DivergenceItem, DivergencePage, DivergencesPage, Page, Pagination};
use crate::site::SiteInput;

pub(crate) struct Divergences;

/// The maximum number of accounts on a page, and of divergences in the list.
const MOST: usize = 300;

/// How many different accounts the list shows of each.
const MOST_SAID: usize = 6;

/// The maximum number of divergences in a book.
const MOST_BOUND: usize = 20;

impl Special for Divergences {
    fn name(&self) -> &'static str {
        NAME
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
            accounts: told(reader, divergence),
        }
    };
    numbers.map(account).collect()
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

/// A divergence in the list: its title, and what the accounts say.
fn item(reader: Reader<'_>, number: usize, divergence: &Divergence) -> DivergenceItem {
    let mut said: Vec<(Option<f64>, String)> = Vec::new();
    for account in &divergence.accounts {
        let words = said_of(reader, divergence.on, account);
        if !said.iter().any(|(_, known)| *known == words) && said.len() < MOST_SAID {
            said.push((account.figure(reader.graph).map(|figure| figure.value.from), words));
        }
    }
    if divergence.on == On::Figure {
        said.sort_by(|(a, _), (b, _)| a.partial_cmp(b).unwrap_or(Ordering::Equal));
    }
    DivergenceItem {
        title: title(reader, divergence),
        path: path(reader, number),
        accounts: told(reader, divergence),
        said: said.into_iter().map(|(_, words)| words).collect(),
    }
}

fn one(reader: Reader<'_>, number: usize, head: HeadParts<'_>) -> DivergencePage {
    let divergence = &reader.site.evidence().divergences[number];
    let head = HeadParts {
        template: "divergence_of.html".into(),
        title: title(reader, divergence),
        summary: None,
        ..head
    };
    let accounts = told(reader, divergence);
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
        accounts,
        computed: divergence.accounts.len() - accounts,
        origins: origin_heads(reader, divergence),
        plot: plot::plot(reader, number),
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

/// How many accounts somebody gave; the others are our own computations.
fn told(reader: Reader<'_>, divergence: &Divergence) -> usize {
    let is_computed = |account: &&Account| {
        let claim = reader.graph.entity(account.claim).as_kind::<Claim>();
        claim.is_some_and(Claim::is_computed)
    };
    divergence.accounts.iter().filter(|account| !is_computed(account)).count()
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
