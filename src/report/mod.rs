//! Diagnostics for each reader: one file a format, and one way in, [`write()`].

mod edits;
mod github;
mod human;
mod json;
mod places;
mod sarif;
mod short;
mod tally;

pub use edits::edits;
pub use places::{Excerpt, Place, Places};
pub use tally::{Tally, counted};

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::sync::Arc;

use crate::base::diagnostic::{Diagnostic, Severity};
use crate::base::path::InputPath;

/// Who reads the report.
#[derive(Copy, Clone, Debug, Default, Eq, PartialEq)]
pub enum Format {
    /// A person: excerpts, cures, a count at the end.
    #[default]
    Human,
    /// A person in a hurry, or `grep`: a line each.
    Short,
    /// A program: a JSON object a line.
    Json,
    /// GitHub Actions: workflow commands, which it shows beside the lines of a pull request.
    Github,
    /// Code scanning services: one SARIF 2.1.0 document.
    Sarif,
}

impl Format {
    /// Every format, in the order of the help.
    pub const ALL: [Format; 5] = [Format::Human, Format::Short, Format::Json, Format::Github, Format::Sarif];

    /// The word for `--format`.
    pub fn word(self) -> &'static str {
        match self {
            Format::Human => "human",
            Format::Short => "short",
            Format::Json => "json",
            Format::Github => "github",
            Format::Sarif => "sarif",
        }
    }

    /// The format of a word.
    pub fn named(word: &str) -> Option<Format> {
        Format::ALL.into_iter().find(|format| format.word() == word)
    }
}

/// How much is said, and from where paths are told.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// Everything in full, the notes too.
    pub verbose: bool,
    /// Errors only.
    pub quiet: bool,
    /// The most findings that are shown in full to a person; 50 unless given. The others are counted.
    pub most: Option<usize>,
    /// Put before every path, such as `dossiers/najin/`: the way to the dossier from where its reader stands.
    /// JSON leaves it out: its paths are always the dossier's own.
    pub prefix: String,
}

/// The texts of inputs, by path.
pub type Texts = BTreeMap<InputPath, Arc<str>>;

/// Writes a report. `texts` are those of [`session::texts`](crate::session::texts); a place in a file
/// that is not among them is told without its line.
///
/// # Errors
/// Those of `out`.
pub fn write(
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

/// The same findings, the gravest first, else in their order.
fn by_gravity<'a>(diagnostics: &[&'a Diagnostic]) -> Vec<&'a Diagnostic> {
    let mut sorted = diagnostics.to_vec();
    sorted.sort_by_key(|diagnostic| diagnostic.severity);
    sorted
}
