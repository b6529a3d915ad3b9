//! `dossier check --external`: checks that linked pages on other sites still exist.

use std::collections::BTreeMap;
use std::time::Duration;

use clap::Args;

use super::Failure;
use super::build::bar;
use super::console::Console;
use super::locate::Place;
use crate::base::diagnostic::Diagnostic;
use crate::base::number;
use crate::emit::cache::Cache;
use crate::external::{Addresses, Answer, Answers, Ledger, Manners, WAYBACK, copies, findings, visit};
use crate::ide::change::Said;
use crate::ide::{copies as copied, fixes};
use crate::report::counted;
use crate::session::{Options, Snapshot, shown};
use crate::world::World;

/// The ledger's name in `.dossier/`.
const LEDGER: &str = "links";
/// The environment variable that names another archive with the interface of the Wayback Machine.
const ARCHIVE: &str = "DOSSIER_WAYBACK";
/// After how many answers the ledger is saved, so an interrupted run can resume.
const KEPT_EVERY: usize = 25;

/// The flags of `check --external`.
#[derive(Debug, Args)]
pub(crate) struct External {
    /// Instead of the dossier's files, check every link to other sites by requests to their hosts
    #[arg(long)]
    external: bool,
    /// With --external, also ask the Wayback Machine for copies of sources that have no `archive`
    #[arg(long, requires = "external")]
    archive: bool,
    /// With --external, ignore cached results and check every link
    #[arg(long, requires = "external")]
    fresh: bool,
    /// With --external, days for which a successful check is cached
    #[arg(long, value_name = "DAYS", default_value_t = 14, requires = "external")]
    max_age: u32,
    /// With --external, delay between requests to the same host, in seconds
    #[arg(long, value_name = "SECONDS", default_value = "1", value_parser = seconds, requires = "external")]
    pause: Duration,
    /// With --external, how long to wait for an answer, in seconds
    #[arg(long, value_name = "SECONDS", default_value = "20", value_parser = seconds, requires = "external")]
    timeout: Duration,
}

fn seconds(text: &str) -> Result<Duration, String> {
    let seconds = number::parse(text).ok_or("a number of seconds is needed, such as `0.5`")?;
    Duration::try_from_secs_f64(seconds).map_err(|why| why.to_string())
}

impl External {
    /// Whether `--external` is given.
    pub(crate) fn is_wanted(&self) -> bool {
        self.external
    }

    /// Checks the links, reports the findings and returns them. With `fix`, applies fixes first; its value
    /// says whether to include the fixes of notes.
    pub(crate) fn run(
        &self,
        place: &Place,
        options: &Options,
        fix: Option<bool>,
        console: &mut Console,
    ) -> Result<Vec<Diagnostic>, Failure> {
        let mut snapshot = Snapshot::take(place.world.clone(), options);
        let cache = Cache::of(&place.root);
        let today = place.world.today();
        let mut ledger = match cache.kept(LEDGER).filter(|_| !self.fresh) {
            Some(bytes) => Ledger::read(&bytes, today, self.max_age),
            None => Ledger::new(today),
        };
        let addresses = Addresses::of(&snapshot.graph, snapshot.config());
        let (mut answers, open) = ledger.sort(addresses.mentions.keys());
        let known = answers.len();
        let config = snapshot.config();
        let home = config.is_hosted().then(|| config.base_url.clone());
        let manners = Manners { pause: self.pause, patience: self.timeout, home };
        if !open.is_empty() {
            let bar = bar(console, open.len(), "addresses");
            let mut heard = 0;
            let visited = visit(&open, &answers, &manners, &mut |url, answer| {
                ledger.note(url, answer);
                heard += 1;
                bar.set_position(heard as u64);
                if heard % KEPT_EVERY == 0 {
                    // If this fails, the save at the end reports it.
                    let _ = cache.keep(LEDGER, &ledger.written());
                }
            });
            bar.finish_and_clear();
            answers.extend(visited.map_err(|why| Failure(format!("cannot check other sites: {why}")))?);
        }
        let copies = if self.archive {
            let archive =
                std::env::var(ARCHIVE).ok().filter(|at| !at.is_empty()).unwrap_or_else(|| WAYBACK.to_owned());
            let said = copies(&copied::wanted(&snapshot), &archive, &manners);
            for (page, why) in &said.unknown {
                console.say(format_args!(
                    "note: {archive} did not say whether it has a copy of {page}: {why}"
                ))?;
            }
            said.copies
        } else {
            BTreeMap::new()
        };
        let mut found = findings(&addresses, &answers, &*place.world);
        found.extend(copied::findings(&snapshot, &copies));
        found.sort_by(|a, b| a.order().cmp(&b.order()));
        if let Some(offers) = fix {
            let (changes, applied) = fixes::once(&*place.world, &found, offers)?;
            if !applied.is_empty() {
                place.carry_out(&changes, &Said::of("fix-all", "check --external --fix"))?;
                for fix in &applied {
                    let path = fix.edits.first().map_or("", |edit| edit.path.as_str());
                    console.say(format_args!("fixed {path}: {}", fix.title))?;
                }
                snapshot = Snapshot::take(place.world.clone(), options);
                good_where_moved(&mut answers, &mut ledger);
                let addresses = Addresses::of(&snapshot.graph, snapshot.config());
                found = findings(&addresses, &answers, &*place.world);
                found.extend(copied::findings(&snapshot, &copies));
                found.sort_by(|a, b| a.order().cmp(&b.order()));
            }
        }
        if let Err(why) = cache.keep(LEDGER, &ledger.written()) {
            console.say(format_args!(
                "cannot save the results, so the next run will check every link again: {why}"
            ))?;
        }
        let (found, texts) = shown(&**snapshot.world(), &found);
        console.report(&found, &texts, place)?;
        let (count, asked) = (counted(known + open.len(), "link"), open.len());
        console.say(format_args!("{count} to other sites: {asked} checked now, {known} from the cache"))?;
        Ok(found)
    }
}

/// Marks the targets of followed redirects as good, because they answered.
fn good_where_moved(answers: &mut Answers, ledger: &mut Ledger) {
    let moved: Vec<_> = answers
        .values()
        .filter_map(|answer| match answer {
            Answer::Moved(to) => Some(to.clone()),
            _ => None,
        })
        .collect();
    for mut to in moved {
        to.set_fragment(None);
        ledger.note(&to, &Answer::Good);
        answers.entry(to).or_insert(Answer::Good);
    }
}
