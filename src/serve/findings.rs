//! Diagnostics for the panel in the browser.

use serde::Serialize;

use crate::base::diagnostic::{Diagnostic, Severity};
use crate::report::{Places, Tally, Texts};

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
    /// Where the words in question begin, in bytes: with code and path, what a change names.
    start: Option<u32>,
    choices: Vec<String>,
    /// The key of the front matter that it is about, if a form asked.
    #[serde(skip_serializing_if = "Option::is_none")]
    key: Option<String>,
}

impl Findings {
    /// The first findings, with their places.
    pub(crate) fn of(found: &[Diagnostic], texts: &Texts) -> Findings {
        let places = Places::new(texts, "");
        let mut sorted: Vec<&Diagnostic> = found.iter().collect();
        sorted.sort_by_key(|diagnostic| diagnostic.severity);
        let count = |severity| found.iter().filter(|diagnostic| diagnostic.severity == severity).count();
        Findings {
            verdict: Tally::of(found).verdict().map(|(_, line)| line).unwrap_or_default(),
            errors: count(Severity::Error),
            warnings: count(Severity::Warning),
            list: sorted.iter().take(MOST).map(|diagnostic| finding(diagnostic, &places)).collect(),
        }
    }
}

impl Findings {
    /// With the keys that the findings are about: `key` has the one at a place of a file.
    pub(crate) fn with_keys(mut self, key: impl Fn(&str, u32) -> Option<String>) -> Findings {
        for finding in &mut self.list {
            let at = finding.path.as_deref().zip(finding.start);
            finding.key = at.and_then(|(path, start)| key(path, start));
        }
        self
    }
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
        key: None,
    }
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
