//! `dossier triage`: goes through the names and figures of an article, one by one.

use clap::Args;

use super::console::Console;
use super::{Exit, Failure};
use crate::base::id::EntityId;
use crate::import::triage::{self, Candidate, Decision, Sort};
use crate::kinds::KindId;
use crate::link::{EntityIx, Graph};
use crate::report::counted;
use crate::session::{Options, Session};

/// Go through the names and figures of an article: each becomes a file with a link, or not
#[derive(Debug, Args)]
pub(crate) struct Triage {
    /// The id of the article [default: the home page, or the only article]
    article: Option<String>,
    /// Only list what would be asked
    #[arg(long)]
    list: bool,
}

/// What the answers mean.
const HELP: &str = "a: actor, p: place, e: event, c: claim, n: no; = and a number: another spelling of that one; \
                    the id or the name of something that the dossier has; q: carry out what was answered so far";

impl Triage {
    /// Asks, and then writes everything at once.
    pub(crate) fn run(self, console: &mut Console) -> Result<Exit, Failure> {
        let place = console.place()?;
        let options = Options { drafts: true, ..Options::default() };
        let session = Session::open(place.world.clone(), options);
        let snapshot = session.snapshot();
        let graph = &snapshot.graph;
        let article = article(graph, self.article.as_deref())?;
        let found = triage::candidates(&snapshot, article);
        if self.list {
            for candidate in &found {
                console.print(line(candidate))?;
            }
            return Ok(Exit::Clean);
        }
        if found.is_empty() {
            console.say("there is no name or figure in it that the dossier does not know")?;
            return Ok(Exit::Clean);
        }
        console.say(HELP)?;
        let mut all: Vec<(Candidate, Decision)> = Vec::new();
        let count = found.len();
        for (number, candidate) in found.into_iter().enumerate() {
            console.say(format_args!("\n{} of {count}: {}", number + 1, line(&candidate)))?;
            console.say(format_args!("  ¶ {}: {}", candidate.paragraph, candidate.context))?;
            let default = match candidate.is {
                Sort::Name(KindId::Place) => "p",
                Sort::Name(_) => "a",
                Sort::Figure(_) => "n",
            };
            let decision = loop {
                let answer = console.ask("  what is it?", default)?;
                if answer == "q" {
                    break None;
                }
                match meant(&answer, number, &all, graph) {
                    Some(decision) => break Some(decision),
                    None => {
                        console.say(format_args!("  `{answer}` is nothing that the dossier has. {HELP}"))?
                    }
                }
            };
            let Some(decision) = decision else { break };
            all.push((candidate, decision));
        }
        let outcome = triage::decided(&snapshot, &|changes| session.trial(changes), article, &all)?;
        if outcome.changes.is_empty() {
            console.say("nothing was written")?;
            return Ok(Exit::Clean);
        }
        place.carry_out(&outcome.changes, &outcome.said)?;
        for path in &outcome.made {
            console.print(format_args!("{}{path}", place.prefix()))?;
        }
        let path = graph.entity(article).path();
        console.say(format_args!("linked {} in {path}", counted(outcome.linked, "mention")))?;
        for words in &outcome.unmarked {
            console.say(format_args!("`{words}` is not marked there: mark it with `dossier annotate`"))?;
        }
        Ok(Exit::Clean)
    }
}

fn article(graph: &Graph, id: Option<&str>) -> Result<EntityIx, Failure> {
    let is_article = |ix: &EntityIx| graph.entity(*ix).kind == KindId::Article;
    if let Some(id) = id {
        let found = graph.by_id(id).filter(is_article);
        return found.ok_or_else(|| Failure(format!("there is no article `{id}`")));
    }
    let all: Vec<EntityIx> = graph.iter().map(|(ix, _)| ix).filter(is_article).collect();
    match (graph.by_id("article"), all.as_slice()) {
        (Some(home), _) => Ok(home),
        (None, &[one]) => Ok(one),
        _ => Err(Failure("name the article: there are several, or none".into())),
    }
}

fn line(candidate: &Candidate) -> String {
    let also = match candidate.spellings.as_slice() {
        [] => String::new(),
        spellings => format!(" (also {})", spellings.join(", ")),
    };
    let sort = match candidate.is {
        Sort::Name(kind) => format!("{}?", kind.name()),
        Sort::Figure(_) => "figure".to_owned(),
    };
    format!("{}{also} — {sort}", candidate.text)
}

/// What an answer means; `None` if it is nothing.
fn meant(answer: &str, number: usize, before: &[(Candidate, Decision)], graph: &Graph) -> Option<Decision> {
    let kind = match answer {
        "n" | "no" => return Some(Decision::No),
        "a" | "actor" => Some(KindId::Actor),
        "p" | "place" => Some(KindId::Place),
        "e" | "event" => Some(KindId::Event),
        "c" | "claim" => Some(KindId::Claim),
        _ => None,
    };
    if let Some(kind) = kind {
        return Some(Decision::New(kind));
    }
    if let Some(other) = answer.strip_prefix('=') {
        let other: usize = other.trim().parse().ok()?;
        let at = other.checked_sub(1).filter(|at| *at < number)?;
        // A spelling of a spelling is one of the first.
        return Some(match &before.get(at)?.1 {
            Decision::Same(first) => Decision::Same(*first),
            _ => Decision::Same(at),
        });
    }
    let named = || graph.by_name(answer, graph.default_language()).next();
    let ix = graph.by_id(answer).or_else(named)?;
    Some(Decision::Known(EntityId::new(graph.entity(ix).id.as_str())))
}
