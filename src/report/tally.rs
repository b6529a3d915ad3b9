//! Counts findings.

use std::collections::BTreeMap;

use crate::base::diagnostic::{Diagnostic, Severity};
use crate::external;

/// The number of findings of each severity.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub(crate) struct Tally {
    pub errors: usize,
    pub warnings: usize,
    pub notes: usize,
    /// The errors and warnings that `dossier check --fix` fixes.
    pub fixable: usize,
    /// Whether the findings are about links to other sites.
    pub is_external: bool,
}

impl Tally {
    /// Counts findings.
    pub(crate) fn of<'a>(diagnostics: impl IntoIterator<Item = &'a Diagnostic>) -> Tally {
        let mut tally = Tally::default();
        for diagnostic in diagnostics {
            match diagnostic.severity {
                Severity::Error => tally.errors += 1,
                Severity::Warning => tally.warnings += 1,
                Severity::Note => tally.notes += 1,
            }
            tally.is_external |= external::CODES.iter().any(|code| code.name == diagnostic.code);
            tally.fixable += usize::from(diagnostic.fix.is_some() && diagnostic.severity != Severity::Note);
        }
        tally
    }

    /// The highest severity, and the summary line of a report: `3 errors, 2 warnings; 2 can be fixed with …`.
    /// `None` if there is neither an error nor a warning.
    pub(crate) fn verdict(&self) -> Option<(Severity, String)> {
        self.line(|_| String::new())
    }

    /// [`verdict`](Tally::verdict), with the findings that it is of counted by code.
    pub(crate) fn verdict_by_code(&self, diagnostics: &[&Diagnostic]) -> Option<(Severity, String)> {
        self.line(|severity| {
            let of_it = diagnostics.iter().copied().filter(|diagnostic| diagnostic.severity == severity);
            let codes = match &by_code(&of_it.collect::<Vec<_>>())[..] {
                [(code, _)] => (*code).to_owned(),
                codes => {
                    let codes = codes.iter().map(|(code, count)| format!("{count} {code}"));
                    codes.collect::<Vec<_>>().join(", ")
                }
            };
            format!(" ({codes})")
        })
    }

    fn line(&self, detail: impl Fn(Severity) -> String) -> Option<(Severity, String)> {
        let severity = match (self.errors, self.warnings) {
            (0, 0) => return None,
            (0, _) => Severity::Warning,
            _ => Severity::Error,
        };
        let counts = [(self.errors, Severity::Error), (self.warnings, Severity::Warning)];
        let counts = counts.iter().filter(|(count, _)| *count > 0);
        let counts = counts.map(|(count, severity)| counted(*count, severity.word()) + &detail(*severity));
        let counts: Vec<String> = counts.collect();
        let mut line = counts.join(", ");
        if self.fixable > 0 {
            let flag = if self.is_external { " --external" } else { "" };
            line += &format!("; {} can be fixed with `dossier check{flag} --fix`", self.fixable);
        }
        Some((severity, line))
    }
}

/// `1 error`, `2 errors`.
pub(crate) fn counted(count: usize, word: &str) -> String {
    format!("{count} {word}{}", if count == 1 { "" } else { "s" })
}

/// Findings by code, the most frequent first.
pub(crate) fn by_code(diagnostics: &[&Diagnostic]) -> Vec<(&'static str, usize)> {
    let mut counts: BTreeMap<&'static str, usize> = BTreeMap::new();
    for diagnostic in diagnostics {
        *counts.entry(diagnostic.code).or_default() += 1;
    }
    let mut counts: Vec<(&str, usize)> = counts.into_iter().collect();
    counts.sort_by_key(|&(_, count)| std::cmp::Reverse(count));
    counts
}
