//! `[[redact]]`: words that must not be published.

use serde::Deserialize;

use crate::base::diagnostic::Diagnostic;
use crate::base::lines::Lines;
use crate::base::path::InputPath;
use crate::base::span::Spanned;
use crate::base::text::Text;
use crate::data;
use crate::data::decode::{Document, Others, decode};
use crate::data::reading::Syntax;
use crate::world::World;

/// Words that must not be published, and their replacement.
#[derive(Clone, Debug)]
pub(crate) struct Redaction {
    /// The words, in all their spellings.
    pub words: Vec<String>,
    /// The replacement.
    pub with: Text,
}

/// An entry of `[[redact]]`, as written.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct WrittenRedaction {
    words: Vec<Spanned<String>>,
    #[serde(default)]
    with: Option<Text>,
}

/// A file of redactions, as written.
#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct RedactionFile {
    redact: Vec<WrittenRedaction>,
}

/// The maximum length of redacted words, in characters: the time for a search grows with it.
const LONGEST_REDACTED: usize = 200;

/// The default replacement.
const BLACKENED: &str = "█████";

/// Validates a list of redactions.
pub(super) fn checked(
    list: Vec<WrittenRedaction>,
    path: &InputPath,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<Redaction> {
    let mut redactions = Vec::with_capacity(list.len());
    for WrittenRedaction { words, with } in list {
        for short in words.iter().filter(|words| words.chars().filter(|c| c.is_alphanumeric()).count() < 2) {
            let message = "too short to be redacted: it would match everywhere";
            let found = Diagnostic::error(data::INVALID_VALUE.name, message);
            diagnostics.push(found.at(path, short.span, "").help("write at least two letters"));
        }
        for long in words.iter().filter(|words| words.chars().count() > LONGEST_REDACTED) {
            let message = format!("too long to be redacted: more than {LONGEST_REDACTED} characters");
            let found = Diagnostic::error(data::INVALID_VALUE.name, message);
            let help = "write only the words that tell who or what it is, or several shorter entries";
            diagnostics.push(found.at(path, long.span, "").help(help));
        }
        redactions.push(Redaction {
            words: words
                .into_iter()
                .map(|words| words.value)
                .filter(|words| words.chars().count() > 1)
                .collect(),
            with: with.unwrap_or_else(|| Text::Same(BLACKENED.into())),
        });
    }
    redactions
}

/// Reads the list of redactions in another file, usually one outside the published folder. It is an error if
/// that cannot be read, because then nothing may be published.
pub(super) fn read(
    world: &dyn World,
    file: &Spanned<String>,
    path: &InputPath,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<Redaction> {
    let from = InputPath::from(file.as_str());
    let node = match world.read_private(&from).map(|bytes| String::from_utf8_lossy(&bytes).into_owned()) {
        Ok(text) => data::toml::parse(&text)
            .map(|node| (node, text))
            .map_err(|error| format!("is not TOML: {}", error.message)),
        Err(error) => Err(format!("cannot be read: {error}")),
    };
    match node {
        Ok((node, text)) => {
            // Reports mistakes in the list without showing their text, because its words are confidential, and
            // because the setting may name any file of the user's.
            let mut found = Vec::new();
            let written: RedactionFile = decode(
                node,
                &Document { path: &from, text: &text, syntax: Syntax::Toml, lang: "" },
                Others::NONE,
                &mut found,
            );
            let lines = Lines::new(&text);
            let line = |found: &Diagnostic| {
                found.labels.first().map_or(1, |label| lines.position(label.span.range().start).line)
            };
            let report = |line: usize, code: &'static str, what: &str| {
                let message = format!("the list of redactions `{}`, line {line}: {what}", file.value);
                Diagnostic::error(code, message).at(path, file.span, "named here")
            };
            // Such a message quotes the file.
            let what = |found: &Diagnostic| match found.code == data::UNKNOWN_KEY.name {
                true => "a key other than `redact`, and in it other than `words` and `with`",
                false => "a value of another sort than its key takes",
            };
            diagnostics.extend(found.iter().map(|found| report(line(found), found.code, what(found))));
            let mut found = Vec::new();
            let redactions = checked(written.redact, &from, &mut found);
            diagnostics.extend(found.iter().map(|found| report(line(found), found.code, &found.message)));
            redactions
        }
        Err(why) => {
            let message = format!("the list of redactions `{}` {why}", file.value);
            let found = Diagnostic::error(data::INVALID_VALUE.name, message).at(path, file.span, "");
            diagnostics.push(found.help("without it, the program cannot know what must not be published"));
            Vec::new()
        }
    }
}
