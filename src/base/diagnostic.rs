//! Findings of the compiler about an input, as data. `report` decides how they look.

use serde::{Deserialize, Serialize};

use super::character::{is_unnameable, visible};
use super::path::InputPath;
use super::span::Span;

/// How serious a finding is.
#[derive(Copy, Clone, Debug, Eq, PartialEq, Ord, PartialOrd, Hash, Serialize, Deserialize)]
pub enum Severity {
    /// The site cannot be published as it is.
    Error,
    /// Something looks wrong, or weaker than it should be.
    Warning,
    /// A suggestion, such as a name that could be a link.
    Note,
}

impl Severity {
    /// The word used in every report format.
    pub fn word(self) -> &'static str {
        match self {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Note => "note",
        }
    }
}

/// One finding: what is wrong, where, and how to fix it.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Diagnostic {
    /// The rule's name, such as `unresolved-reference`. `dossier explain` knows each.
    pub code: &'static str,
    /// How serious it is.
    pub severity: Severity,
    /// A lowercase phrase with backticked names and no full stop.
    pub message: String,
    /// The places that the finding points at; the first is the primary one. Empty only for the site as a
    /// whole.
    pub labels: Vec<Label>,
    /// How to fix it, one phrase each.
    pub help: Vec<String>,
    /// An edit that fixes it without changing what the author means.
    pub fix: Option<Fix>,
    /// What it is about, such as the name of a key: findings with one subject can be grouped.
    pub subject: Option<String>,
    /// Alternative edits that would fix it; only a person can choose the right one.
    pub choices: Vec<Fix>,
}

/// A place in an input, with a phrase that says why it matters.
#[derive(Clone, Debug, Eq, PartialEq, Serialize, Deserialize)]
pub struct Label {
    /// The input.
    pub path: InputPath,
    /// The bytes in the input.
    pub span: Span,
    /// May be empty.
    pub message: String,
}

/// A machine-applicable fix.
#[derive(Clone, Debug, Eq, Hash, PartialEq, Serialize, Deserialize)]
pub struct Fix {
    /// What applying it does, as an imperative phrase.
    pub title: String,
    /// All are applied, or none.
    pub edits: Vec<Edit>,
}

/// A replacement of some bytes of an input.
#[derive(Clone, Debug, Eq, Hash, PartialEq, Serialize, Deserialize)]
pub struct Edit {
    /// The input to change.
    pub path: InputPath,
    /// The bytes to replace; empty to insert.
    pub span: Span,
    /// The new text.
    pub replacement: String,
}

impl Fix {
    /// A fix of some edits.
    pub(crate) fn new(title: impl Into<String>, edits: Vec<Edit>) -> Fix {
        Fix { title: phrase(title), edits }
    }
}

impl Diagnostic {
    /// An error with no label yet.
    pub fn error(code: &'static str, message: impl Into<String>) -> Diagnostic {
        Diagnostic::new(code, Severity::Error, message)
    }

    /// A finding with no label yet.
    pub(crate) fn new(code: &'static str, severity: Severity, message: impl Into<String>) -> Diagnostic {
        Diagnostic {
            code,
            severity,
            message: phrase(message),
            labels: Vec::new(),
            help: Vec::new(),
            fix: None,
            subject: None,
            choices: Vec::new(),
        }
    }

    /// Adds a place. The first one is the primary one.
    pub fn at(mut self, path: &InputPath, span: Span, message: impl Into<String>) -> Diagnostic {
        self.labels.push(Label { path: path.clone(), span, message: phrase(message) });
        self
    }

    /// Adds a phrase that says how to fix it.
    pub(crate) fn help(mut self, help: impl Into<String>) -> Diagnostic {
        self.help.push(phrase(help));
        self
    }

    /// Says what it is about.
    pub(crate) fn about(mut self, subject: impl Into<String>) -> Diagnostic {
        self.subject = Some(subject.into());
        self
    }

    /// Adds a fix that edits one place.
    pub(crate) fn fix(
        mut self,
        title: impl Into<String>,
        path: &InputPath,
        span: Span,
        replacement: impl Into<String>,
    ) -> Diagnostic {
        let edit = Edit { path: path.clone(), span, replacement: replacement.into() };
        self.fix = Some(Fix::new(title, vec![edit]));
        self
    }

    /// Adds a replacement: as the fix if it is sure to be meant, else as one that a person may choose.
    pub(crate) fn suggest(
        self,
        is_sure: bool,
        path: &InputPath,
        span: Span,
        replacement: impl Into<String>,
    ) -> Diagnostic {
        let replacement = replacement.into();
        let title = format!("replace it with `{replacement}`");
        match is_sure {
            true => self.fix(title, path, span, replacement),
            false => self.choice(Fix::new(title, vec![Edit { path: path.clone(), span, replacement }])),
        }
    }

    /// Adds a fix that a person may choose.
    pub(crate) fn choice(mut self, fix: Fix) -> Diagnostic {
        self.choices.push(fix);
        self
    }

    /// The order in which findings are reported: by place, then by severity.
    pub(crate) fn order(&self) -> (Option<(&InputPath, Span)>, Severity, &'static str, &str) {
        (self.labels.first().map(|l| (&l.path, l.span)), self.severity, self.code, &self.message)
    }
}

/// A phrase on one line. It may hold words of a file: in a report, a line of these could be a command to the program
/// that reads it, such as GitHub's `::stop-commands::`, and marks of direction show words in another order.
fn phrase(text: impl Into<String>) -> String {
    let text = text.into();
    if !text.contains(is_unnameable) {
        return text;
    }
    let lines: Vec<&str> = text.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    visible(&lines.join(" ")).into_owned()
}

/// A stage's product together with its findings. Stages do not fail.
#[derive(Clone, Debug, Default)]
pub struct Reported<T> {
    /// The product, as complete as the input allowed.
    pub value: T,
    /// The findings.
    pub diagnostics: Vec<Diagnostic>,
}

/// A kind of finding: its name, its default severity, and the page that explains it.
#[derive(Debug)]
pub struct Code {
    /// The name reads well after "allow": `claim-without-source`.
    pub name: &'static str,
    /// The severity, unless `[rules]` in `dossier.toml` sets another.
    pub level: Severity,
    /// Markdown for `dossier explain`: what it means, why it matters, an example, how to fix it.
    pub docs: &'static str,
}

impl Code {
    /// A finding of this kind, with its default severity and no label yet.
    pub(crate) fn found(&self, message: impl Into<String>) -> Diagnostic {
        Diagnostic::new(self.name, self.level, message)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_finding_is_of_phrases_on_one_line() {
        let words = "there is no `zz\n  ::stop-commands::q\r\n\u{202e}x\u{1b}[1m`";
        let path: InputPath = "content/a.md".into();
        let found = Diagnostic::error("x", words).at(&path, Span::empty(0), words).help(words);
        let found = found.fix(words, &path, Span::empty(0), "a\nb");
        let wanted = "there is no `zz ::stop-commands::q \\u{202e}x\\u{1b}[1m`";
        let title = &found.fix.as_ref().unwrap().title;
        assert_eq!([&found.message, &found.labels[0].message, &found.help[0], title], [wanted; 4]);
        assert_eq!(found.fix.as_ref().unwrap().edits[0].replacement, "a\nb");
    }
}
