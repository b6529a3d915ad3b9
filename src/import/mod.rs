//! Material from elsewhere → new files of a dossier: exported annotations, and existing articles. Nothing is
//! invented and nothing overwritten: the result is files that do not exist yet.

pub(crate) mod annotations;
pub(crate) mod article;
mod candidates;
pub(crate) mod decode;
mod html;
mod privacy;

use crate::ide::Refusal;

/// The result of an import.
#[derive(Clone, Debug, Default)]
pub(crate) struct Imported {
    /// The files to create, in order.
    pub files: Vec<crate::ide::scaffold::NewFile>,
    /// Remarks for the user: what was skipped, and what needs attention.
    pub remarks: Vec<String>,
}

/// Escapes text for a Markdown parser.
fn plain(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        if matches!(c, '\\' | '*' | '_' | '[' | ']' | '<' | '>' | '`' | '#' | '~' | '|') {
            escaped.push('\\');
        }
        escaped.push(c);
    }
    // Characters that would start a list or a rule at the start of a line.
    let digits = escaped.chars().take_while(char::is_ascii_digit).count();
    match escaped[digits..].chars().next() {
        Some('.' | ')') if digits > 0 && escaped[digits + 1..].starts_with([' ', '\t']) => {
            escaped.insert(digits, '\\')
        }
        Some('-' | '+' | '=') if digits == 0 => escaped.insert(0, '\\'),
        _ => {}
    }
    escaped
}

/// The first words of a text, for a title.
fn first_words(text: &str, most: usize) -> String {
    let mut title = String::new();
    for word in text.split_whitespace() {
        if !title.is_empty() && title.chars().count() + word.chars().count() >= most {
            title.push_str(" …");
            break;
        }
        if !title.is_empty() {
            title.push(' ');
        }
        title.push_str(word);
    }
    title
}

/// A comment of one line.
fn comment(text: &str) -> String {
    text.split_whitespace().collect::<Vec<&str>>().join(" ")
}

/// The error for a file that is not in the expected format.
fn not_a(what: &str, why: impl std::fmt::Display) -> Refusal {
    Refusal(format!("this is not {what}: {why}"))
}
