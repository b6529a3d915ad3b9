//! Diagnostics for the panel in the browser.

use serde::Serialize;
use serde_json::Value as Json;

use crate::base::diagnostic::{Diagnostic, Severity};
use crate::data::patch::Step;
use crate::report::{Places, Tally, Texts};
use crate::session;

/// The maximum number of findings sent to a browser; the terminal and `dossier check` show all.
const MOST: usize = 100;

/// The number of characters of a line shown before and after the words in question.
const AROUND: usize = 60;

/// The findings, the most serious first.
#[derive(Debug, Default, Serialize)]
pub(crate) struct Findings {
    /// `2 errors, 1 warning`; empty if there is nothing to fix.
    verdict: String,
    errors: usize,
    warnings: usize,
    list: Vec<Finding>,
}

#[derive(Debug, Serialize)]
struct Finding {
    code: &'static str,
    severity: &'static str,
    message: String,
    path: Option<String>,
    line: Option<usize>,
    column: Option<usize>,
    /// The line: the text before the words in question, the words, and the text after.
    excerpt: Option<[String; 3]>,
    label: String,
    help: Vec<String>,
    fix: Option<String>,
    /// The code's meaning, in one sentence.
    about: &'static str,
    /// Where the words in question begin, in bytes: with code and path, what a change names.
    start: Option<u32>,
    choices: Vec<String>,
    /// What a form needs, if one asked.
    #[serde(flatten)]
    in_form: Option<InForm>,
}

impl Findings {
    /// The first findings, with their places.
    pub(crate) fn of(found: &[Diagnostic], texts: &Texts) -> Findings {
        Findings::for_form(found, texts, |_| None)
    }

    /// The first findings, each with what a form needs.
    pub(crate) fn for_form(
        found: &[Diagnostic],
        texts: &Texts,
        in_form: impl Fn(&Diagnostic) -> Option<InForm>,
    ) -> Findings {
        let places = Places::new(texts, "");
        let mut sorted: Vec<&Diagnostic> = found.iter().collect();
        sorted.sort_by_key(|diagnostic| diagnostic.severity);
        let count = |severity| found.iter().filter(|diagnostic| diagnostic.severity == severity).count();
        Findings {
            verdict: Tally::of(found).verdict().map(|(_, line)| line).unwrap_or_default(),
            errors: count(Severity::Error),
            warnings: count(Severity::Warning),
            list: sorted
                .iter()
                .take(MOST)
                .map(|diagnostic| Finding { in_form: in_form(diagnostic), ..finding(diagnostic, &places) })
                .collect(),
        }
    }
}

/// Where a finding belongs in a form, and what its buttons do there.
#[derive(Debug, Serialize)]
pub(crate) struct InForm {
    /// The way to the value in the front matter: `["legs", 1, "mode"]`.
    pub at: Vec<Step>,
    /// Values of keys that may have been meant, each with its title.
    pub meant: Vec<(String, Json)>,
}

fn finding(diagnostic: &Diagnostic, places: &Places<'_>) -> Finding {
    let first = diagnostic.labels.first();
    let place = first.and_then(|label| places.place(&label.path, label.span));
    let excerpt = first.and_then(|label| {
        let excerpt = places.excerpt(&label.path, [label.span].into_iter())?;
        let within = excerpt.within(label.span);
        let (before, rest) = excerpt.text.split_at(within.start);
        let (words, after) = rest.split_at(within.len());
        // A place may span several lines; the first one is shown.
        let (words, after) = match words.split_once('\n') {
            Some((first, _)) => (first, ""),
            None => (words, after.lines().next().unwrap_or_default()),
        };
        Some([end_of(before), words.chars().take(4 * AROUND).collect(), start_of(after)])
    });
    Finding {
        code: diagnostic.code,
        severity: diagnostic.severity.word(),
        message: diagnostic.message.clone(),
        path: first.map(|label| label.path.to_string()),
        line: place.as_ref().map(|place| place.start.line),
        column: place.as_ref().map(|place| place.start.column),
        excerpt: excerpt.filter(|parts| parts.iter().any(|part| !part.is_empty())),
        label: first.map(|label| label.message.clone()).unwrap_or_default(),
        help: diagnostic.help.clone(),
        fix: diagnostic.fix.as_ref().map(|fix| fix.title.clone()),
        start: first.map(|label| label.span.start),
        choices: diagnostic.choices.iter().map(|fix| fix.title.clone()).collect(),
        about: meaning(diagnostic.code),
        in_form: None,
    }
}

/// The first sentence of the docs of a code.
fn meaning(code: &str) -> &'static str {
    let codes = session::codes();
    let docs = codes.iter().find(|known| known.name == code).map_or("", |code| code.docs);
    let end = docs.find(". ").into_iter().chain(docs.find(".\n")).min().unwrap_or(docs.len());
    &docs[..end]
}

fn end_of(text: &str) -> String {
    let more = text.chars().count().saturating_sub(AROUND);
    let end: String = text.chars().skip(more).collect();
    if more > 0 { format!("…{end}") } else { end }
}

fn start_of(text: &str) -> String {
    let mut chars = text.chars();
    let start: String = chars.by_ref().take(AROUND).collect();
    if chars.next().is_some() { start + "…" } else { start }
}
