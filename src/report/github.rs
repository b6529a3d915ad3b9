//! For GitHub Actions: workflow commands, shown beside the lines of a pull request.

use std::io::{self, Write};

use super::by_gravity;
use super::places::Places;
use crate::base::diagnostic::{Diagnostic, Severity};

/// Writes one command per finding, errors first, because GitHub shows only the first ten of each type.
pub(crate) fn write(diagnostics: &[&Diagnostic], places: &Places<'_>, out: &mut dyn Write) -> io::Result<()> {
    for diagnostic in by_gravity(diagnostics) {
        let command = match diagnostic.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Note => "notice",
        };
        write!(out, "::{command} ")?;
        if let Some(label) = diagnostic.labels.first() {
            write!(out, "file={},", property(&places.shown(&label.path)))?;
            if let Some(place) = places.place(&label.path, label.span) {
                let (start, end) = (place.start, place.end);
                write!(out, "line={},endLine={},col={},", start.line, end.line, start.column)?;
                // An end column is valid only within one line.
                if start.line == end.line && start.column < end.column {
                    write!(out, "endColumn={},", end.column)?;
                }
            }
        }
        writeln!(out, "title={}::{}", property(diagnostic.code), data(&message(diagnostic)))?;
    }
    Ok(())
}

/// The message, the label and the help, one line each.
fn message(diagnostic: &Diagnostic) -> String {
    let mut message = diagnostic.message.clone();
    for label in diagnostic.labels.iter().filter(|label| !label.message.is_empty()) {
        message += &format!("\n{}", label.message);
    }
    for help in &diagnostic.help {
        message += &format!("\nhelp: {help}");
    }
    message
}

/// Escapes the text after the `::`.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// Escapes the value of a property.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes_as_the_runner_unescapes() {
        assert_eq!(data("50 %: a,b\r\nc"), "50 %25: a,b%0D%0Ac");
        assert_eq!(property("a:b,c%"), "a%3Ab%2Cc%25");
    }
}
