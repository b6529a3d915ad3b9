//! What is wrong with a table.

use super::Table;
use crate::base::diagnostic::{Diagnostic, Edit, Fix};
use crate::base::path::InputPath;
use crate::base::span::Span;
use crate::load::TABLE_ROW;
use crate::world::World;

/// What is wrong with a table, where, and what was meant there, if that is known.
pub(super) struct Problem {
    pub why: String,
    pub span: Span,
    pub meant: Option<&'static str>,
}

impl Problem {
    pub(super) fn new(why: String, span: Span) -> Problem {
        Problem { why, span, meant: None }
    }
}

/// What is wrong with a table: the first of it, and how much there is.
pub(in crate::load) fn problem(world: &dyn World, path: &InputPath) -> Option<Diagnostic> {
    let bytes = world.read(path).ok()?;
    let mut table = Table::read(path, &bytes);
    let is_file = |(file, _): &(&InputPath, _)| !world.is_row(file);
    let twice = table.rows.iter().filter(is_file).map(|(file, (number, ..))| {
        let why = format!("row {}: there is also a file `{file}`, which is used", number + 1);
        Problem::new(why, table.line(*number))
    });
    let twice: Vec<Problem> = twice.collect();
    table.problems.extend(twice);
    let Problem { why: first, span, .. } = table.problems.first()?;
    let more = match table.problems.len() {
        1 => String::new(),
        count => format!(" (and {} more)", count - 1),
    };
    let found = TABLE_ROW.found(format!("`{path}`: {first}{more}")).at(path, *span, "here");
    let renamed: Vec<Edit> = table
        .problems
        .iter()
        .filter_map(|problem| {
            let replacement = problem.meant?.to_owned();
            Some(Edit { path: path.clone(), span: problem.span, replacement })
        })
        .collect();
    Some(match renamed.is_empty() {
        true => found,
        false => Diagnostic { fix: Some(Fix::new("rename the columns".to_owned(), renamed)), ..found },
    })
}
