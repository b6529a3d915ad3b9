//! Input → [`Parsed`]: front matter and text, each with its spans. Cannot fail, and depends only on the one
//! input, so the result is valid as long as the text is unchanged.

mod comments;
pub mod head;
pub mod markdown;
pub mod prose;
pub(crate) mod raw_html;
pub mod sentence;

pub(crate) use comments::UNCLOSED_COMMENT;
pub(crate) use head::Head;
pub(crate) use prose::Prose;

use std::borrow::Cow;

use crate::base::diagnostic::{Diagnostic, Reported};
use crate::base::hash::Fingerprint;
use crate::base::span::Spanned;
use crate::config::Config;
use crate::load::Input;

/// A parsed input.
#[derive(Clone, Debug)]
pub struct Parsed {
    /// The front matter.
    pub head: Head,
    /// The body.
    pub prose: Prose,
    /// The fingerprint of what a translator translates: title, summary and text. See `stale-translation`.
    pub wording: Fingerprint,
}

/// Parses an input. `is_original` is false for an edition in another language than the default, whose front
/// matter contains only words.
pub fn parse(input: &Input, text: &str, config: &Config) -> Reported<Parsed> {
    let mut diagnostics: Vec<Diagnostic> = Vec::new();
    let is_original = input.lang == config.languages[0];
    let (head, body_start) = head::parse(input, text, is_original, &mut diagnostics);
    let clean = comments::clean(text, body_start);
    let mut prose = markdown::parse(&clean.text, body_start, &input.lang);
    clean.restore(&mut prose);
    if let Some(span) = clean.unclosed {
        let found = UNCLOSED_COMMENT.found("a comment begins here and does not end");
        let help = "close it: until then, everything after it is left out";
        diagnostics.push(found.at(&input.path, span, "not closed").help(help));
    }
    let words =
        |value: &Option<Spanned<String>>| value.as_ref().map_or(String::new(), |value| value.value.clone());
    let (title, summary) = (words(&head.common.title), words(&head.common.summary));
    let body = clean.text[body_start..].trim();
    let body = if body.contains('\r') { body.replace("\r\n", "\n").into() } else { Cow::Borrowed(body) };
    let wording = Fingerprint::of_all([title.as_bytes(), summary.as_bytes(), body.as_bytes()]);
    Reported { value: Parsed { head, prose, wording }, diagnostics }
}
