//! The patterns of `publish_files`.

use globset::{GlobBuilder, GlobMatcher};

use crate::base::diagnostic::Diagnostic;
use crate::base::path::InputPath;
use crate::base::span::Spanned;
use crate::data;

/// A pattern of paths below `content/`, such as `data/*.csv`. One without a slash stands for a name in any
/// folder, as in `.gitignore`. `*` matches within a folder, and `**` any number of folders.
#[derive(Clone, Debug)]
pub struct Pattern {
    written: String,
    matcher: GlobMatcher,
}

impl Pattern {
    fn parse(written: &str) -> Result<Pattern, String> {
        let inner = written.trim_start_matches('/');
        let inner = inner.strip_prefix("content/").unwrap_or(inner);
        let anywhere = !written.contains('/');
        let glob = if anywhere { format!("**/{inner}") } else { inner.to_owned() };
        let glob = GlobBuilder::new(&glob).literal_separator(true).backslash_escape(true).build();
        let matcher = glob.map_err(|error| error.kind().to_string())?.compile_matcher();
        Ok(Pattern { written: inner.to_owned(), matcher })
    }

    /// Whether it matches a file of `content/`.
    pub(crate) fn matches(&self, path: &InputPath) -> bool {
        self.matcher.is_match(path.as_str().strip_prefix("content/").unwrap_or(path.as_str()))
    }

    /// Whether it matches a file and says its name or its extension letter by letter: `*.html` does so for
    /// `a.html`, and `*` does not.
    pub(crate) fn names(&self, path: &InputPath) -> bool {
        let last = self.written.rsplit('/').next().unwrap_or_default();
        let extension = last.rsplit_once('.').map(|(_, extension)| extension);
        let is_literal = last == path.name() || (extension.is_some() && extension == path.extension());
        is_literal && self.matches(path)
    }
}

/// Reads a list of patterns from the settings at `path`.
pub(super) fn read(
    written: &[Spanned<String>],
    path: &InputPath,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<Pattern> {
    let mut patterns = Vec::with_capacity(written.len());
    for pattern in written {
        match Pattern::parse(pattern) {
            Ok(pattern) => patterns.push(pattern),
            Err(why) => {
                let message = format!("`{}` is not a pattern of paths: {why}", pattern.value);
                let found = Diagnostic::error(data::INVALID_VALUE.name, message).at(path, pattern.span, "");
                diagnostics.push(found.help("write it as `data/*.csv`: a path below `content/`"));
            }
        }
    }
    patterns
}
