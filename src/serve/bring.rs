//! What the desk brings in: files of others, and the names and figures of an article. The terminal has the same as
//! `dossier import` and `dossier triage`.

use std::collections::{BTreeMap, BTreeSet};

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use serde::Deserialize;
use serde_json::{Value as Json, json};

use super::desk::Desk;
use crate::base::id::EntityId;
use crate::base::path::InputPath;
use crate::ide::Refusal;
use crate::import::annotations::Asked;
use crate::import::door::LARGEST_FILE;
use crate::import::mapping::Mapping;
use crate::import::triage::{self, Candidate, Decision, Sort};
use crate::import::{self, print};
use crate::kinds::KindId;
use crate::link::EntityIx;
use crate::session::Snapshot;

/// Files of others, and what their owner says of them.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Files {
    files: Vec<File>,
    /// What the rows of tables are, by the names of tables.
    #[serde(default)]
    kinds: BTreeMap<String, String>,
    /// Which keys columns are.
    #[serde(default)]
    columns: Vec<Column>,
    /// The files that are not to be made.
    #[serde(default)]
    without: BTreeSet<InputPath>,
    /// Whether to carry it out.
    #[serde(default)]
    pub write: bool,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    name: String,
    base64: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Column {
    kind: String,
    name: String,
    key: String,
}

/// What somebody decided about the names and figures of an article, in their order.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Decided {
    article: String,
    decisions: Vec<Answer>,
}

#[derive(Debug, Deserialize)]
struct Answer {
    /// The words, as they were shown.
    text: String,
    #[serde(flatten)]
    is: Is,
}

#[derive(Debug, Deserialize)]
#[serde(tag = "is", rename_all = "kebab-case")]
enum Is {
    No,
    New { kind: String },
    Known { id: String },
    Same { of: usize },
}

/// What becomes of files; it is carried out if that is asked for.
///
/// # Errors
/// If a file cannot be read, or something cannot be written. Then no file is changed.
pub(crate) fn files(desk: &Desk, wanted: &Files) -> Result<Json, Refusal> {
    desk.brought(wanted.write, |session| {
        let snapshot = session.snapshot();
        let mut mapping = Mapping::read(&**snapshot.world())?;
        for (table, kind) in &wanted.kinds {
            mapping.add_kind(table, kind_called(kind)?);
        }
        for Column { kind, name, key } in &wanted.columns {
            mapping.add_column(kind_called(kind)?, name, key);
        }
        let read = |file: &File| {
            let bytes = BASE64_STANDARD.decode(&file.base64);
            let bytes = bytes.map_err(|_| Refusal(format!("`{}` did not arrive whole", file.name)))?;
            if bytes.len() as u64 > LARGEST_FILE {
                return Err(Refusal(format!("`{}` is larger than {} MB", file.name, LARGEST_FILE >> 20)));
            }
            let today = snapshot.world().today();
            import::read(&file.name, &bytes, &mapping, &snapshot.graph, today, Asked::default())
        };
        let brought = wanted.files.iter().map(read).collect::<Result<_, _>>()?;
        let plan = import::planned(session, &mapping, brought, &wanted.without)?;
        let count = plan.changes.rewrites.len();
        Ok((
            json!({ "lines": print::json(&plan), "count": count, "said": plan.said }),
            plan.changes,
            plan.said,
        ))
    })
}

/// The names and figures of an article that the dossier does not know, or nothing if it is no article.
pub(crate) fn candidates(snapshot: &Snapshot, id: &str) -> Option<Json> {
    let candidates = triage::candidates(snapshot, article(snapshot, id)?);
    let candidate = |Candidate { text, spellings, is, context, .. }: Candidate| {
        let kind = match is {
            Sort::Name(kind) => Some(kind.name()),
            Sort::Figure(_) => None,
        };
        json!({ "text": text, "spellings": spellings, "kind": kind, "context": context })
    };
    Some(candidates.into_iter().map(candidate).collect())
}

/// Carries decisions out.
///
/// # Errors
/// If the article is another by now, or a file cannot be changed. Then no file is changed.
pub(crate) fn decided(desk: &Desk, wanted: &Decided) -> Result<Json, Refusal> {
    desk.brought(true, |session| {
        let snapshot = session.snapshot();
        let changed =
            || Refusal(format!("`{}` has changed since you saw it; look at it again", wanted.article));
        let article = article(&snapshot, &wanted.article).ok_or_else(changed)?;
        let candidates = triage::candidates(&snapshot, article);
        let texts = candidates.iter().map(|candidate| &candidate.text);
        if !texts.eq(wanted.decisions.iter().map(|answer| &answer.text)) {
            return Err(changed());
        }
        let decision = |answer: &Answer| {
            Ok(match &answer.is {
                Is::No => Decision::No,
                Is::New { kind } => Decision::New(kind_called(kind)?),
                Is::Known { id } => Decision::Known(EntityId::new(id)),
                Is::Same { of } => Decision::Same(*of),
            })
        };
        let decisions: Vec<Decision> =
            wanted.decisions.iter().map(decision).collect::<Result<_, Refusal>>()?;
        let all: Vec<(Candidate, Decision)> = candidates.into_iter().zip(decisions).collect();
        let outcome = triage::decided(&snapshot, &|changes| session.trial(changes), article, &all)?;
        let told = json!({
            "said": outcome.said,
            "made": outcome.made.len(),
            "linked": outcome.linked,
            "unmarked": outcome.unmarked,
        });
        Ok((told, outcome.changes, outcome.said))
    })
}

fn article(snapshot: &Snapshot, id: &str) -> Option<EntityIx> {
    snapshot.graph.by_id(id).filter(|ix| snapshot.graph.entity(*ix).kind == KindId::Article)
}

fn kind_called(name: &str) -> Result<KindId, Refusal> {
    KindId::named(name).ok_or_else(|| Refusal(format!("there is no kind `{name}`")))
}
