//! Diagnostics in each report format: one file per format, and one entry point, [`write()`].

mod edits;
mod github;
mod human;
mod json;
mod places;
mod sarif;
mod short;
mod tally;

pub(crate) use edits::edits;
pub(crate) use places::Places;
pub(crate) use tally::{Tally, counted};

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::sync::Arc;

use crate::base::diagnostic::{Diagnostic, Severity};
use crate::base::path::InputPath;

/// The format of a report.
#[derive(Copy, Clone, Debug, Default, Eq, PartialEq)]
pub(crate) enum Format {
    /// For people: excerpts, help, and a summary at the end.
    #[default]
    Human,
    /// For people in a hurry, or `grep`: one line per finding.
    Short,
    /// For programs: one JSON object per line.
    Json,
    /// For GitHub Actions: workflow commands, which it shows beside the lines of a pull request.
    Github,
    /// For code scanning services: one SARIF 2.1.0 document.
    Sarif,
}

impl Format {
    /// Every format, in the order of the help.
    pub(crate) const ALL: [Format; 5] =
        [Format::Human, Format::Short, Format::Json, Format::Github, Format::Sarif];

    /// The word for `--format`.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Format::Human => "human",
            Format::Short => "short",
            Format::Json => "json",
            Format::Github => "github",
            Format::Sarif => "sarif",
        }
    }

    pub(crate) fn named(word: &str) -> Option<Format> {
        Format::ALL.into_iter().find(|format| format.word() == word)
    }
}

/// How much to report, and how to show paths.
#[derive(Clone, Debug, Default)]
pub(crate) struct Options {
    /// Whether to report everything in full, including notes.
    pub verbose: bool,
    /// Whether to report only errors.
    pub quiet: bool,
    /// The maximum number of findings shown in full; 50 by default. The others are counted.
    pub most: Option<usize>,
    /// Put before every path: the way from the reader's folder to the dossier, such as `dossiers/najin/`.
    /// JSON omits it; its paths are always relative to the dossier.
    pub prefix: String,
    /// Where the page of each code is, before and after the code: the human format links to it.
    pub pages: Option<(String, &'static str)>,
}

pub(crate) type Texts = BTreeMap<InputPath, Arc<str>>;

/// Writes a report. `texts` are those of [`session::texts`](crate::session::texts); for files that are not
/// among them, positions have no line numbers.
///
/// # Errors
/// Those of `out`.
pub(crate) fn write(
    format: Format,
    diagnostics: &[Diagnostic],
    texts: &Texts,
    options: &Options,
    out: &mut dyn Write,
) -> io::Result<()> {
    let said = |diagnostic: &&Diagnostic| !options.quiet || diagnostic.severity == Severity::Error;
    let diagnostics: Vec<&Diagnostic> = diagnostics.iter().filter(said).collect();
    let places = Places::new(texts, &options.prefix);
    match format {
        Format::Human => human::write(&diagnostics, &places, options, out),
        Format::Short => short::write(&diagnostics, &places, out),
        Format::Json => json::write(&diagnostics, &places, out),
        Format::Github => github::write(&diagnostics, &places, out),
        Format::Sarif => sarif::write(&diagnostics, &places, out),
    }
}

/// The same findings, the most serious first, otherwise in their order.
fn by_gravity<'a>(diagnostics: &[&'a Diagnostic]) -> Vec<&'a Diagnostic> {
    let mut sorted = diagnostics.to_vec();
    sorted.sort_by_key(|diagnostic| diagnostic.severity);
    sorted
}
