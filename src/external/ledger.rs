//! The cache of good answers, so no host is asked the same thing too often.
//!
//! It stores only good answers, with the date: a broken link may have been fixed since, and is worth checking
//! again.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use url::Url;

use super::{Answer, Answers};
use crate::base::date::{Day, Edtf};

/// Incremented when the format changes.
const VERSION: u32 = 1;

/// Addresses that were good, and when.
#[derive(Debug)]
pub(crate) struct Ledger {
    today: Day,
    known: BTreeMap<Url, (Day, Answer)>,
}

/// The stored form.
#[derive(Serialize, Deserialize)]
struct Written {
    version: u32,
    addresses: BTreeMap<String, WrittenAnswer>,
}

#[derive(Serialize, Deserialize)]
struct WrittenAnswer {
    on: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    moved_to: Option<String>,
}

impl Ledger {
    /// An empty ledger.
    pub(crate) fn new(today: Day) -> Ledger {
        Ledger { today, known: BTreeMap::new() }
    }

    /// Reads a stored ledger without entries that are `days` old or older. An unreadable ledger is treated as
    /// empty.
    pub(crate) fn read(bytes: &[u8], today: Day, days: u32) -> Ledger {
        let mut ledger = Ledger::new(today);
        let Ok(Written { version: VERSION, addresses }) = serde_json::from_slice(bytes) else {
            return ledger;
        };
        for (url, WrittenAnswer { on, moved_to }) in addresses {
            let answer = match moved_to.map(|to| Url::parse(&to)) {
                None => Answer::Good,
                Some(Ok(to)) => Answer::Moved(to),
                Some(Err(_)) => continue,
            };
            let on = Edtf::parse(&on).ok().and_then(Edtf::earliest);
            let (Some(on), Ok(url)) = (on, Url::parse(&url)) else { continue };
            // An entry from the future comes from a wrong clock.
            if u32::try_from(today.number() - on.number()).is_ok_and(|age| age < days) {
                ledger.known.insert(url, (on, answer));
            }
        }
        ledger
    }

    /// The stored form.
    pub(crate) fn written(&self) -> Vec<u8> {
        let answer = |(on, answer): &(Day, Answer)| {
            let moved_to = if let Answer::Moved(to) = answer { Some(to.to_string()) } else { None };
            WrittenAnswer { on: on.to_string(), moved_to }
        };
        let addresses = self.known.iter().map(|(url, known)| (url.to_string(), answer(known))).collect();
        // A map with text keys can always be serialised.
        serde_json::to_vec_pretty(&Written { version: VERSION, addresses }).unwrap_or_default()
    }

    /// Records today's answer for an address.
    pub(crate) fn note(&mut self, url: &Url, answer: &Answer) {
        match answer {
            Answer::Good | Answer::Moved(_) => {
                self.known.insert(url.clone(), (self.today, answer.clone()));
            }
            Answer::Broken(_) | Answer::Unsure(_) => {
                self.known.remove(url);
            }
        }
    }

    /// The known answer for an address.
    pub(crate) fn get(&self, url: &Url) -> Option<&Answer> {
        self.known.get(url).map(|(_, answer)| answer)
    }

    /// Splits addresses into those with known answers and those that must be requested.
    pub(crate) fn sort<'u>(&self, urls: impl Iterator<Item = &'u Url>) -> (Answers, Vec<Url>) {
        let mut answers = Answers::new();
        let mut open = Vec::new();
        for url in urls {
            match self.get(url) {
                Some(answer) => drop(answers.insert(url.clone(), answer.clone())),
                None => open.push(url.clone()),
            }
        }
        (answers, open)
    }
}
