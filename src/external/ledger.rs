//! What was heard of addresses before, so that no host is asked the same again and again.
//!
//! Only what works is kept, with the day: what failed may have been mended since, and is worth asking again.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use url::Url;

use super::{Answer, Answers};
use crate::base::date::{Day, Edtf};

/// Changes with the format.
const VERSION: u32 = 1;

/// Addresses that were there, and when.
#[derive(Debug)]
pub struct Ledger {
    today: Day,
    known: BTreeMap<Url, (Day, Answer)>,
}

/// As it lies on the disk.
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
    /// One that knows nothing yet.
    pub fn new(today: Day) -> Ledger {
        Ledger { today, known: BTreeMap::new() }
    }

    /// One as it was kept, without what is `days` old or older. What cannot be read is as good as none.
    pub fn read(bytes: &[u8], today: Day, days: u32) -> Ledger {
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
            // A day that is still to come was another clock's.
            if u32::try_from(today.number() - on.number()).is_ok_and(|age| age < days) {
                ledger.known.insert(url, (on, answer));
            }
        }
        ledger
    }

    /// As it is kept.
    pub fn written(&self) -> Vec<u8> {
        let answer = |(on, answer): &(Day, Answer)| {
            let moved_to = if let Answer::Moved(to) = answer { Some(to.to_string()) } else { None };
            WrittenAnswer { on: on.to_string(), moved_to }
        };
        let addresses = self.known.iter().map(|(url, known)| (url.to_string(), answer(known))).collect();
        // Text and numbers under keys that are text can always be written.
        serde_json::to_vec_pretty(&Written { version: VERSION, addresses }).unwrap_or_default()
    }

    /// Notes what was heard today.
    pub fn note(&mut self, url: &Url, answer: &Answer) {
        match answer {
            Answer::Good | Answer::Moved(_) => {
                self.known.insert(url.clone(), (self.today, answer.clone()));
            }
            Answer::Broken(_) | Answer::Unsure(_) => {
                self.known.remove(url);
            }
        }
    }

    /// What is known of an address.
    pub fn get(&self, url: &Url) -> Option<&Answer> {
        self.known.get(url).map(|(_, answer)| answer)
    }

    /// What is known of these, and which of them must be asked for.
    pub fn sort<'u>(&self, urls: impl Iterator<Item = &'u Url>) -> (Answers, Vec<Url>) {
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
