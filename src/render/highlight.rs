//! Highlights code as HTML with classes, using syntect. Code that is long or in an unknown language stays
//! plain.

use std::collections::HashMap;
use std::sync::{LazyLock, Mutex};

use syntect::html::{ClassStyle, ClassedHTMLGenerator};
use syntect::parsing::SyntaxSet;
use syntect::util::LinesWithEndings;

use crate::base::hash::Fingerprint;

static SYNTAXES: LazyLock<SyntaxSet> = LazyLock::new(SyntaxSet::load_defaults_newlines);

/// A cache of highlighted code: the same snippet is often on many pages.
static KNOWN: LazyLock<Mutex<HashMap<Fingerprint, String>>> = LazyLock::new(Mutex::default);

/// The maximum length of code to highlight, in bytes, and the maximum number of cached snippets.
const LONGEST: usize = 200_000;
const MOST_KNOWN: usize = 2_000;

/// The code with highlighting spans; `None` if the language is unknown.
pub(crate) fn highlight(language: &str, code: &str) -> Option<String> {
    if language.is_empty() || code.len() > LONGEST {
        return None;
    }
    let syntax = SYNTAXES.find_syntax_by_token(language)?;
    let key = Fingerprint::of_all([language.as_bytes(), code.as_bytes()]);
    if let Some(html) = KNOWN.lock().ok().and_then(|known| known.get(&key).cloned()) {
        return Some(html);
    }
    let style = ClassStyle::SpacedPrefixed { prefix: "hl-" };
    let mut generator = ClassedHTMLGenerator::new_with_class_style(syntax, &SYNTAXES, style);
    for line in LinesWithEndings::from(code) {
        generator.parse_html_for_line_which_includes_newline(line).ok()?;
    }
    let html = generator.finalize();
    if let Ok(mut known) = KNOWN.lock()
        && known.len() < MOST_KNOWN
    {
        known.insert(key, html.clone());
    }
    Some(html)
}
