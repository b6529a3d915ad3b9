//! One line per finding: `content/x.md:3:5: error[code]: message`.

use std::io::{self, Write};

use super::places::Places;
use crate::base::diagnostic::Diagnostic;

/// Writes the lines, in the order of the files.
pub(crate) fn write(diagnostics: &[&Diagnostic], places: &Places<'_>, out: &mut dyn Write) -> io::Result<()> {
    for diagnostic in diagnostics {
        let place = diagnostic.labels.first().map(|label| match places.place(&label.path, label.span) {
            Some(place) => {
                format!("{}:{}:{}: ", places.shown(&label.path), place.start.line, place.start.column)
            }
            None => format!("{}: ", places.shown(&label.path)),
        });
        let (severity, code) = (diagnostic.severity.word(), diagnostic.code);
        let message = one_line(&diagnostic.message);
        writeln!(out, "{}{severity}[{code}]: {message}", place.unwrap_or_default())?;
    }
    Ok(())
}

/// Text without characters that would end its line or control a terminal.
fn one_line(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}
