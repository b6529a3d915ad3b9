//! For programs: one JSON object per line. The format is part of the program's interface; see
//! `docs/commands.md`.

use std::io::{self, Write};

use serde::Serialize;

use super::places::Places;
use crate::base::diagnostic::{Diagnostic, Edit};
use crate::base::path::InputPath;
use crate::base::span::Span;

#[derive(Serialize)]
struct Finding<'a> {
    code: &'a str,
    severity: &'a str,
    message: &'a str,
    /// The path of the first label.
    path: Option<&'a str>,
    range: Option<Range>,
    labels: Vec<Label<'a>>,
    help: &'a [String],
    fix: Option<Fix<'a>>,
    choices: Vec<Fix<'a>>,
}

#[derive(Serialize)]
struct Label<'a> {
    path: &'a str,
    range: Option<Range>,
    message: &'a str,
}

#[derive(Serialize)]
struct Fix<'a> {
    title: &'a str,
    edits: Vec<Replacement<'a>>,
}

#[derive(Serialize)]
struct Replacement<'a> {
    path: &'a str,
    range: Option<Range>,
    replacement: &'a str,
}

#[derive(Serialize)]
struct Range {
    start: Point,
    end: Point,
}

/// Bytes are counted from 0, lines and columns from 1; columns are in characters.
#[derive(Serialize)]
struct Point {
    byte: usize,
    line: usize,
    column: usize,
}

/// Writes the lines, in the order of the files.
pub(crate) fn write(diagnostics: &[&Diagnostic], places: &Places<'_>, out: &mut dyn Write) -> io::Result<()> {
    for diagnostic in diagnostics {
        serde_json::to_writer(&mut *out, &finding(diagnostic, places))?;
        writeln!(out)?;
    }
    Ok(())
}

fn finding<'a>(diagnostic: &'a Diagnostic, places: &Places<'_>) -> Finding<'a> {
    let first = diagnostic.labels.first();
    let labels = diagnostic.labels.iter().map(|label| Label {
        path: label.path.as_str(),
        range: range(places, &label.path, label.span),
        message: &label.message,
    });
    let edit = |edit: &'a Edit| Replacement {
        path: edit.path.as_str(),
        range: range(places, &edit.path, edit.span),
        replacement: &edit.replacement,
    };
    let fix = |fix: &'a crate::base::diagnostic::Fix| Fix {
        title: &fix.title,
        edits: fix.edits.iter().map(edit).collect(),
    };
    Finding {
        code: diagnostic.code,
        severity: diagnostic.severity.word(),
        message: &diagnostic.message,
        path: first.map(|label| label.path.as_str()),
        range: first.and_then(|label| range(places, &label.path, label.span)),
        labels: labels.collect(),
        help: &diagnostic.help,
        fix: diagnostic.fix.as_ref().map(fix),
        choices: diagnostic.choices.iter().map(fix).collect(),
    }
}

fn range(places: &Places<'_>, path: &InputPath, span: Span) -> Option<Range> {
    let place = places.place(path, span)?;
    Some(Range {
        start: Point { byte: place.bytes.start, line: place.start.line, column: place.start.column },
        end: Point { byte: place.bytes.end, line: place.end.line, column: place.end.column },
    })
}
