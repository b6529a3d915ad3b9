//! What a case states, and what is true instead.

use std::collections::BTreeMap;

use dossier::base::diagnostic::{Diagnostic, Edit, Label};
use dossier::base::lines::Lines;
use dossier::session::Snapshot;
use dossier::world::edit;

use super::document::{Block, Case, File, Piece, Role, text_of};
use super::show;

/// A finding, as it is stated below a line.
#[derive(Clone, Eq, PartialEq)]
pub struct Caret {
    /// From 0, in characters.
    column: usize,
    width: usize,
    /// `error`, `warning` or `note`; `see` for a secondary label.
    level: String,
    code: String,
    message: String,
}

impl Caret {
    /// Reads `  ^^^ error[code] message`.
    pub fn parse(line: &str) -> Option<Caret> {
        let marks = line.trim_start_matches(' ');
        let rest = marks.trim_start_matches('^');
        let (column, width) = (line.len() - marks.len(), marks.len() - rest.len());
        let (level, rest) = rest.strip_prefix(' ')?.split_once('[')?;
        let (code, message) = rest.split_once(']')?;
        let is_level = ["error", "warning", "note", "see"].contains(&level);
        let (level, code, message) = (level.to_owned(), code.to_owned(), message.trim().to_owned());
        (width > 0 && is_level).then_some(Caret { column, width, level, code, message })
    }

    /// Whether this, as stated, holds of `found`.
    fn holds_of(&self, found: &Caret) -> bool {
        let place = |caret: &Caret| (caret.column, caret.width, caret.level.clone(), caret.code.clone());
        place(self) == place(found) && found.message.contains(&self.message)
    }

    fn text(&self) -> String {
        let Caret { column, width, level, code, message } = self;
        let line = format!("{:column$}{} {level}[{code}] {message}", "", "^".repeat(*width));
        line.trim_end().to_owned()
    }
}

/// What was found, where it is to be stated.
#[derive(Default)]
struct Found {
    /// By file, and line from 0.
    carets: BTreeMap<(String, usize), Vec<Caret>>,
    /// For the block `diagnostics`.
    others: Vec<String>,
}

/// A case as it would read if everything that it states were true.
pub fn rewrite(case: &Case, snapshot: &Snapshot) -> String {
    let found = find(case, snapshot);
    let mut pieces: Vec<Piece> = Vec::new();
    let mut is_listed = false;
    for piece in &case.pieces {
        let block = match piece {
            Piece::Line(line) => {
                pieces.push(Piece::Line(line.clone()));
                continue;
            }
            Piece::Block(block) => block,
        };
        let lines = match &block.role {
            Role::Prose => block.lines.clone(),
            Role::File(file) => with_carets(file, block, &found),
            // An empty list would say what having none says.
            Role::Diagnostics if found.others.is_empty() => continue,
            Role::Diagnostics => {
                is_listed = true;
                keep_parts(&block.lines, &found.others)
            }
            Role::Help => helps(snapshot),
            Role::Links => show::links(snapshot, &files(case)),
            Role::Fixed(path) => fixed(path, snapshot),
            Role::Passages(path) => show::passages(snapshot, path),
            Role::Plain(path) => show::plain(snapshot, path),
            Role::Headings(path) => show::headings(snapshot, path),
            Role::Facts(path) => show::facts(snapshot, path),
        };
        let Block { open, close, role, .. } = block;
        let (open, close, role) = (open.clone(), close.clone(), role.clone());
        pieces.push(Piece::Block(Block { open, lines, close, role }));
    }
    if !is_listed && !found.others.is_empty() {
        insert_list(&mut pieces, found.others);
    }
    format!("## {}\n{}", case.heading, text_of(&pieces))
}

fn files(case: &Case) -> Vec<&str> {
    case.pieces.iter().filter_map(Piece::file).map(|file| file.path.as_str()).collect()
}

fn find(case: &Case, snapshot: &Snapshot) -> Found {
    let states_labels = case.pieces.iter().any(|piece| match piece {
        Piece::Line(_) => false,
        Piece::Block(block) => block.lines.iter().any(|line| line.contains(" see[")),
    });
    let mut found = Found::default();
    for diagnostic in snapshot.diagnostics() {
        let primary = diagnostic.labels.first();
        add(&mut found, case, snapshot, diagnostic, primary, diagnostic.severity.word(), &diagnostic.message);
        for label in diagnostic.labels.iter().skip(1).filter(|_| states_labels) {
            add(&mut found, case, snapshot, diagnostic, Some(label), "see", &label.message);
        }
    }
    found
}

fn add(
    found: &mut Found,
    case: &Case,
    snapshot: &Snapshot,
    diagnostic: &Diagnostic,
    label: Option<&Label>,
    level: &str,
    message: &str,
) {
    let code = diagnostic.code;
    let Some(label) = label else {
        found.others.push(format!("{level}[{code}]: {message}"));
        return;
    };
    let text = read(snapshot, label.path.as_str());
    let start = Lines::new(&text).position(label.span.start as usize);
    let shown = case.pieces.iter().filter_map(Piece::file).find(|file| file.path == label.path.as_str());
    let line = shown.filter(|file| !file.escaped).and_then(|file| file.lines.get(start.line - 1));
    let is_whole = label.span.is_empty() && label.span.start == 0;
    match line.filter(|_| !is_whole) {
        Some(line) => {
            let column = start.column - 1;
            let rest = line.chars().count().saturating_sub(column);
            let covered = text.get(label.span.range()).unwrap_or_default().chars().count();
            let width = covered.min(rest).max(1);
            let (level, code, message) = (level.to_owned(), code.to_owned(), message.to_owned());
            let caret = Caret { column, width, level, code, message };
            found.carets.entry((label.path.to_string(), start.line - 1)).or_default().push(caret);
        }
        None => {
            let place = format!("{}:{}:{}", label.path, start.line, start.column);
            found.others.push(format!("{place}: {level}[{code}]: {message}"));
        }
    }
}

/// The lines of an embedded file, and below them what was found; what was stated and holds stays as it is.
fn with_carets(file: &File, block: &Block, found: &Found) -> Vec<String> {
    let mut stated: BTreeMap<usize, Vec<Caret>> = BTreeMap::new();
    let mut number = 0usize;
    for line in &block.lines {
        match Caret::parse(line) {
            Some(caret) => stated.entry(number.saturating_sub(1)).or_default().push(caret),
            None => number += 1,
        }
    }
    let mut lines = Vec::new();
    for (number, line) in file.lines.iter().enumerate() {
        lines.push(line.clone());
        let stated = stated.get(&number).map(Vec::as_slice).unwrap_or_default();
        for caret in found.carets.get(&(file.path.clone(), number)).into_iter().flatten() {
            lines.push(stated.iter().find(|stated| stated.holds_of(caret)).unwrap_or(caret).text());
        }
    }
    lines
}

/// The lines found, or those stated that are the beginning of a line found and part of its message.
fn keep_parts(stated: &[String], found: &[String]) -> Vec<String> {
    let holds = |stated: &str, found: &str| match (stated.split_once("]: "), found.split_once("]: ")) {
        (Some((place, part)), Some((other, message))) => place == other && message.contains(part),
        _ => stated == found,
    };
    let keep = |line: &String| stated.iter().find(|stated| holds(stated, line)).unwrap_or(line).clone();
    found.iter().map(keep).collect()
}

/// Adds a block `diagnostics` at the end of a case.
fn insert_list(pieces: &mut Vec<Piece>, lines: Vec<String>) {
    while matches!(pieces.last(), Some(Piece::Line(line)) if line.is_empty()) {
        pieces.pop();
    }
    let (open, close) = ("```diagnostics".to_owned(), "```".to_owned());
    pieces.push(Piece::Line(String::new()));
    pieces.push(Piece::Block(Block { open, lines, close, role: Role::Diagnostics }));
    pieces.push(Piece::Line(String::new()));
}

fn helps(snapshot: &Snapshot) -> Vec<String> {
    let of = |diagnostic: &Diagnostic| {
        let code = diagnostic.code;
        diagnostic.help.iter().map(|help| format!("{code}: {help}")).collect::<Vec<_>>()
    };
    snapshot.diagnostics().iter().flat_map(of).collect()
}

fn fixed(path: &str, snapshot: &Snapshot) -> Vec<String> {
    let fixes = snapshot.diagnostics().iter().filter_map(|diagnostic| diagnostic.fix.as_ref());
    let edits: Vec<&Edit> =
        fixes.flat_map(|fix| &fix.edits).filter(|edit| edit.path.as_str() == path).collect();
    edit::apply(&read(snapshot, path), &edits).0.lines().map(str::to_owned).collect()
}

fn read(snapshot: &Snapshot, path: &str) -> String {
    let bytes = snapshot.world().read(&path.into());
    bytes.map(|bytes| String::from_utf8_lossy(&bytes).into_owned()).unwrap_or_default()
}
