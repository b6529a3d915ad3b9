//! What an editor offers to do at a place: the fixes and choices of findings, and what words can become.

use std::sync::Arc;

use serde_json::{Value as Json, json};

use super::edits::Desk;
use super::look::Here;
use super::place::{Range, Text};
use crate::base::diagnostic::{Diagnostic, Fix};
use crate::base::path::InputPath;
use crate::base::span::Span;
use crate::ide::change::{Change, plan};
use crate::ide::translations::{self, State};
use crate::kinds::KindId;
use crate::parse::body_start;
use crate::session::{Session, Snapshot};

/// The kinds that words of an article can become, the most usual first.
const MARKED: [KindId; 6] =
    [KindId::Claim, KindId::Note, KindId::Actor, KindId::Place, KindId::Event, KindId::Source];

/// How long a title may be that is taken from selected words, in characters.
const LONGEST_TITLE: usize = 120;

/// A text of the dossier, and what is wrong with all of them.
pub(super) struct Place<'a> {
    pub snapshot: &'a Snapshot,
    pub found: &'a [Diagnostic],
    pub path: &'a InputPath,
    pub text: &'a str,
    pub lines: &'a Text<'a>,
}

/// The actions at a range of a text.
pub(super) fn at(place: &Place<'_>, range: Range, desk: &Desk<'_>) -> Vec<Json> {
    let &Place { snapshot, path, text, lines, .. } = place;
    let span = lines.span(range);
    let mut actions = Vec::new();
    let touches = |other: Span| other.start <= span.end && span.start <= other.end;
    let is_here = |finding: &&Diagnostic| {
        finding.labels.first().is_some_and(|label| label.path == *path && touches(label.span))
    };
    let found: Vec<&Diagnostic> = place.found.iter().filter(is_here).collect();
    for finding in &found {
        let told = json!({
            "range": lines.range(finding.labels[0].span),
            "code": finding.code,
            "source": "dossier",
            "message": finding.message,
        });
        let action = |fix: &Fix, is_preferred: bool| {
            let edit = desk.of_edits(&fix.edits)?;
            Some(json!({
                "title": fix.title,
                "kind": "quickfix",
                "isPreferred": is_preferred,
                "diagnostics": [told],
                "edit": edit,
            }))
        };
        actions.extend(finding.fix.iter().filter_map(|fix| action(fix, true)));
        actions.extend(finding.choices.iter().filter_map(|fix| action(fix, false)));
    }
    let mut codes: Vec<&str> =
        found.iter().filter(|finding| finding.fix.is_some()).map(|finding| finding.code).collect();
    codes.dedup();
    for code in codes {
        let count = place.found.iter().filter(|other| other.code == code && other.fix.is_some()).count();
        if count > 1 {
            let title = format!("fix all {count} of `{code}`");
            actions.push(later(&title, "quickfix", &json!({ "do": "fix-all", "code": code })));
        }
    }
    if let Some(here) = Here::of(snapshot, path) {
        actions.extend(for_words(&here, text, span));
        actions.extend(for_translation(&here, path));
    }
    actions
}

/// An action whose edit is worked out when it is chosen.
fn later(title: &str, kind: &str, change: &Json) -> Json {
    json!({ "title": title, "kind": kind, "data": change })
}

/// What selected words of an article can become.
fn for_words(here: &Here<'_>, text: &str, span: Span) -> Vec<Json> {
    let exact = text.get(span.range()).unwrap_or_default().trim();
    let is_body = span.range().start >= body_start(text);
    if exact.is_empty() || exact.contains("\n\n") || !is_body || here.entity.kind != KindId::Article {
        return Vec::new();
    }
    let title: String =
        exact.split_whitespace().collect::<Vec<&str>>().join(" ").chars().take(LONGEST_TITLE).collect();
    let mark = json!({ "article": here.entity.id.as_str(), "lang": here.edition().input.lang.as_str(), "exact": exact });
    let action = |kind: &KindId| {
        let name = kind.name();
        let new =
            json!({ "do": "new", "kind": name, "title": title, "id": null, "lang": null, "mark": mark });
        later(&format!("make these words {} {name}", article_of(name)), "refactor", &new)
    };
    MARKED.iter().map(action).collect()
}

/// The indefinite article of an English word.
fn article_of(word: &str) -> &'static str {
    if word.starts_with(['a', 'e', 'i', 'o', 'u']) { "an" } else { "a" }
}

/// Accepts a translation that was made from an older original, or from one that nobody wrote down.
fn for_translation(here: &Here<'_>, path: &InputPath) -> Option<Json> {
    if here.number == 0 {
        return None;
    }
    let list = translations::list(&here.snapshot.graph);
    let own = list.iter().find(|translation| translation.path == *path)?;
    let waits = matches!(own.state, State::Stale | State::Unrecorded);
    let accept = json!({ "do": "accept", "file": path });
    waits.then(|| later("record that this translation matches its original", "quickfix", &accept))
}

/// An action with its edit.
///
/// # Errors
/// If it cannot be done, or the editor cannot do it.
pub(super) fn worked_out(action: Json, session: &Session, desk: &Desk<'_>) -> Result<Json, String> {
    let mut action = action;
    let Some(change) = action.get_mut("data").map(Json::take) else { return Ok(action) };
    let change: Change = serde_json::from_value(change).map_err(|why| format!("this is no change: {why}"))?;
    let edit = edit_of(&change, session, desk)?;
    action["edit"] = edit;
    Ok(action)
}

/// The edit that carries a change out.
///
/// # Errors
/// If it cannot be done, or the editor cannot do it.
pub(super) fn edit_of(change: &Change, session: &Session, desk: &Desk<'_>) -> Result<Json, String> {
    let before: Arc<Snapshot> = session.snapshot();
    let plan = plan(&before, change, &|changes| session.trial(changes)).map_err(|refusal| refusal.0)?;
    desk.of_changes(&plan.changes)
}

/// The change of an id.
pub(super) fn renaming(id: &str, to: &str) -> Change {
    Change::Rename { id: id.to_owned(), to: to.to_owned() }
}
