//! Findings as a client shows them.

use std::collections::BTreeMap;

use serde_json::{Value as Json, json};

use super::buffers::Buffers;
use super::place::{Encoding, Root, Text};
use crate::base::diagnostic::{Diagnostic, Severity};
use crate::base::path::InputPath;
use crate::config::FILE;

/// Every file with findings, and these as `Diagnostic`s of the protocol.
pub(super) fn by_file(
    found: &[Diagnostic],
    buffers: &Buffers,
    root: &Root,
    encoding: Encoding,
) -> BTreeMap<InputPath, Vec<Json>> {
    let mut texts = Texts { buffers, known: BTreeMap::new(), encoding };
    let mut files: BTreeMap<InputPath, Vec<Json>> = BTreeMap::new();
    for finding in found {
        // What is about the site as a whole is beside its settings.
        let path = finding.labels.first().map_or_else(|| FILE.into(), |label| label.path.clone());
        let told = told(finding, &mut texts, root);
        files.entry(path).or_default().push(told);
    }
    files
}

/// The severities of the protocol.
fn severity(severity: Severity) -> u8 {
    match severity {
        Severity::Error => 1,
        Severity::Warning => 2,
        Severity::Note => 3,
    }
}

/// A finding in the words of a report: what it is, what its first place has to do with it, and how to fix it.
fn told(finding: &Diagnostic, texts: &mut Texts<'_>, root: &Root) -> Json {
    let first = finding.labels.first();
    let why = first.map(|label| label.message.as_str()).filter(|why| !why.is_empty());
    let mut message = finding.message.clone();
    if let Some(why) = why {
        message.push_str(&format!(" ({why})"));
    }
    for help in &finding.help {
        message.push_str(&format!("\nhelp: {help}"));
    }
    let range = match first {
        Some(label) => texts.range(label),
        None => json!({ "start": { "line": 0, "character": 0 }, "end": { "line": 0, "character": 0 } }),
    };
    let others: Vec<Json> = finding
        .labels
        .iter()
        .skip(1)
        .map(|label| {
            let location = json!({ "uri": root.uri(&label.path), "range": texts.range(label) });
            json!({ "location": location, "message": label.message })
        })
        .collect();
    json!({
        "range": range,
        "severity": severity(finding.severity),
        "code": finding.code,
        "source": "dossier",
        "message": message,
        "relatedInformation": others,
    })
}

/// The texts that findings point into, each read once.
struct Texts<'a> {
    buffers: &'a Buffers,
    known: BTreeMap<InputPath, std::sync::Arc<str>>,
    encoding: Encoding,
}

impl Texts<'_> {
    fn range(&mut self, label: &crate::base::diagnostic::Label) -> Json {
        let read = || self.buffers.text(&label.path).unwrap_or_default();
        let text = self.known.entry(label.path.clone()).or_insert_with(read);
        json!(Text::new(text, self.encoding).range(label.span))
    }
}
