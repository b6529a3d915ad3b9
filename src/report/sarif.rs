//! For code scanning services: one SARIF 2.1.0 document (OASIS, 27 March 2020).

use std::io::{self, Write};

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::{Value, json};

use super::places::Places;
use crate::base::diagnostic::{Code, Diagnostic, Fix, Label};
use crate::base::path::InputPath;
use crate::base::span::Span;
use crate::session;

/// Characters allowed in a path in addition to letters and digits.
const PATH: &AsciiSet = &NON_ALPHANUMERIC.remove(b'/').remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// Writes the document.
pub(crate) fn write(diagnostics: &[&Diagnostic], places: &Places<'_>, out: &mut dyn Write) -> io::Result<()> {
    let codes = session::codes();
    let results: Vec<Value> =
        diagnostics.iter().map(|diagnostic| result(diagnostic, &codes, places)).collect();
    let document = json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": env!("CARGO_PKG_NAME"),
                "semanticVersion": env!("CARGO_PKG_VERSION"),
                "rules": codes.iter().map(|code| rule(code)).collect::<Vec<Value>>(),
            }},
            "columnKind": "unicodeCodePoints",
            "originalUriBaseIds": { "%SRCROOT%": { "description": { "text": "the folder that the report was made in" } } },
            "results": results,
        }],
    });
    serde_json::to_writer(&mut *out, &document)?;
    writeln!(out)
}

fn rule(code: &Code) -> Value {
    let first = code.docs.split("\n\n").next().unwrap_or_default().replace('\n', " ");
    let short = first.split_inclusive(". ").next().unwrap_or_default().trim();
    json!({
        "id": code.name,
        "shortDescription": { "text": short },
        "fullDescription": { "text": first },
        "help": { "text": code.docs, "markdown": code.docs },
        "defaultConfiguration": { "level": code.level.word() },
    })
}

fn result(diagnostic: &Diagnostic, codes: &[&'static Code], places: &Places<'_>) -> Value {
    let mut text = diagnostic.message.clone();
    for help in &diagnostic.help {
        text += &format!("\nhelp: {help}");
    }
    let mut result = json!({
        "ruleId": diagnostic.code,
        "level": diagnostic.severity.word(),
        "message": { "text": text },
        "locations": diagnostic.labels.iter().take(1).map(|label| location(label, places)).collect::<Vec<Value>>(),
    });
    if let Some(index) = codes.iter().position(|code| code.name == diagnostic.code) {
        result["ruleIndex"] = index.into();
    }
    if diagnostic.labels.len() > 1 {
        result["relatedLocations"] =
            diagnostic.labels[1..].iter().map(|label| location(label, places)).collect();
    }
    if let Some(fix) = diagnostic.fix.as_ref().and_then(|fix| fix_of(fix, places)) {
        result["fixes"] = json!([fix]);
    }
    result
}

fn location(label: &Label, places: &Places<'_>) -> Value {
    let mut physical = json!({ "artifactLocation": artifact(&label.path, places) });
    if let Some(region) = region(&label.path, label.span, places) {
        physical["region"] = region;
    }
    let mut location = json!({ "physicalLocation": physical });
    if !label.message.is_empty() {
        location["message"] = json!({ "text": label.message });
    }
    location
}

fn artifact(path: &InputPath, places: &Places<'_>) -> Value {
    let uri = utf8_percent_encode(&places.shown(path), PATH).to_string();
    json!({ "uri": uri, "uriBaseId": "%SRCROOT%" })
}

fn region(path: &InputPath, span: Span, places: &Places<'_>) -> Option<Value> {
    let place = places.place(path, span)?;
    Some(json!({
        "startLine": place.start.line,
        "startColumn": place.start.column,
        "endLine": place.end.line,
        "endColumn": place.end.column,
        "byteOffset": place.bytes.start,
        "byteLength": place.bytes.len(),
    }))
}

/// A fix; `None` if one of its places is not known, because a replacement must say what it replaces.
fn fix_of(fix: &Fix, places: &Places<'_>) -> Option<Value> {
    let changes = fix.edits.iter().map(|edit| {
        Some(json!({
            "artifactLocation": artifact(&edit.path, places),
            "replacements": [{
                "deletedRegion": region(&edit.path, edit.span, places)?,
                "insertedContent": { "text": edit.replacement },
            }],
        }))
    });
    let changes: Vec<Value> = changes.collect::<Option<_>>()?;
    Some(json!({ "description": { "text": fix.title }, "artifactChanges": changes }))
}
