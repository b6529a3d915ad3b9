//! The patterns of `publish_files` and `keep_metadata`.

use globset::{GlobBuilder, GlobSet};

use super::Config;
use crate::base::diagnostic::Diagnostic;
use crate::base::path::{InputPath, composed};
use crate::base::span::{Span, Spanned};
use crate::data;

/// The maximum length of a pattern, in bytes, and of a list: each pattern is compared with each file.
const LONGEST: usize = 1_000;
const MOST: usize = 250;

/// A pattern of paths below `content/`, such as `data/*.csv`. One without a slash stands for a name in any
/// folder, as in `.gitignore`. `*` matches within a folder, and `**` any number of folders.
#[derive(Clone, Debug)]
pub struct Pattern {
    written: String,
    /// Where it is in `dossier.toml`.
    pub(crate) span: Span,
    matcher: GlobSet,
}

impl Pattern {
    pub(super) fn parse(Spanned { value: written, span }: &Spanned<String>) -> Result<Pattern, String> {
        let written = composed(written);
        let inner = written.trim_start_matches('/');
        let inner = inner.strip_prefix("content/").unwrap_or(inner);
        if inner.is_empty() {
            return Err("it is empty".to_owned());
        }
        if inner.len() > LONGEST {
            return Err(format!("it is longer than {LONGEST} bytes"));
        }
        let anywhere = !written.contains('/');
        let glob = if anywhere { format!("**/{inner}") } else { inner.to_owned() };
        let glob = GlobBuilder::new(&glob).literal_separator(true).backslash_escape(true).build();
        // A matcher of one pattern would panic if the pattern is too complicated.
        let matcher = glob.and_then(|glob| GlobSet::new([glob])).map_err(|error| error.kind().to_string())?;
        Ok(Pattern { written: inner.to_owned(), span: *span, matcher })
    }

    /// The text of a pattern that matches only this file.
    pub(crate) fn of(path: &InputPath) -> String {
        let inner = path.as_str().strip_prefix("content/").unwrap_or(path.as_str());
        let inner = globset::escape(inner);
        if inner.contains('/') { inner } else { format!("/{inner}") }
    }

    /// Whether it matches a file of `content/`.
    pub(crate) fn matches(&self, path: &InputPath) -> bool {
        let path = composed(path.as_str());
        self.matcher.is_match(path.strip_prefix("content/").unwrap_or(&path))
    }

    /// Whether it matches a file and says its name or its extension letter by letter: `*.html` does so for
    /// `a.html`, and `*` does not.
    pub(crate) fn names(&self, path: &InputPath) -> bool {
        let last = self.written.rsplit('/').next().unwrap_or_default();
        let extension = last.rsplit_once('.').map(|(_, extension)| extension);
        let is_literal =
            last == composed(path.name()) || (extension.is_some() && extension == path.extension());
        is_literal && self.matches(path)
    }
}

impl Config {
    /// Whether a file is published with its metadata.
    pub(crate) fn keeps_metadata(&self, file: &InputPath) -> bool {
        self.keep_metadata.iter().any(|pattern| pattern.matches(file))
    }
}

/// Reads a list of patterns from the settings at `path`.
pub(super) fn read(
    written: &[Spanned<String>],
    path: &InputPath,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<Pattern> {
    let mut patterns = Vec::with_capacity(written.len());
    if let Some(further) = written.get(MOST) {
        let message = format!("there are {} patterns, more than {MOST}", written.len());
        let found = Diagnostic::error(data::INVALID_VALUE.name, message).at(path, further.span, "");
        diagnostics.push(found.help("combine them with `*`, or name a folder: `data/**`"));
    }
    for pattern in written.iter().take(MOST) {
        match Pattern::parse(pattern) {
            Ok(pattern) => patterns.push(pattern),
            Err(why) => {
                let shown: String = pattern.value.chars().take(100).collect();
                let message = format!("`{shown}` is not a pattern of paths: {why}");
                let found = Diagnostic::error(data::INVALID_VALUE.name, message).at(path, pattern.span, "");
                diagnostics.push(found.help("write it as `data/*.csv`: a path below `content/`"));
            }
        }
    }
    patterns
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(written: &str) -> Result<Pattern, String> {
        Pattern::parse(&Spanned { value: written.to_owned(), span: Span::default() })
    }

    fn matches(pattern: &str, path: &str) -> bool {
        parse(pattern).unwrap().matches(&format!("content/{path}").as_str().into())
    }

    #[test]
    fn patterns_match_names_and_folders() {
        for (pattern, path) in [
            ("photos/*.jpg", "photos/a.jpg"),
            ("content/photos/*.jpg", "photos/a.jpg"),
            ("*.jpg", "a.jpg"),
            ("*.jpg", "x/y/a.jpg"),
            ("a.jpg", "x/a.jpg"),
            ("/a.jpg", "a.jpg"),
            ("**", "a/b/c.jpg"),
            ("**/c.jpg", "c.jpg"),
            ("a/**/c*.j?g", "a/x/y/cé.jpg"),
            ("{a,b}.[ch]", "x/b.c"),
            ("a (1).jpg", "a (1).jpg"),
        ] {
            assert!(matches(pattern, path), "{pattern} {path}");
        }
        for (pattern, path) in [
            ("photos/*.jpg", "photos/x/a.jpg"),
            ("/a.jpg", "x/a.jpg"),
            ("*.jpg", "a.JPG"),
            ("a/**/c", "a/b"),
            ("?", "ab"),
        ] {
            assert!(!matches(pattern, path), "{pattern} {path}");
        }
        assert!(parse("[a").is_err() && parse("").is_err() && parse("/").is_err());
    }

    #[test]
    fn patterns_that_are_too_much_are_errors_and_end_nothing() {
        for pattern in ["{a,b}".repeat(100_000), "*a".repeat(501), "{a,".repeat(300) + "b" + &"}".repeat(300)]
        {
            assert!(parse(&pattern).is_err(), "{}", &pattern[..9]);
        }
        for pattern in ["[a-z]".repeat(200), "{a,b}".repeat(200), "**/".repeat(300) + "a", "é?".repeat(300)]
        {
            assert!(parse(&pattern).is_ok(), "{}", &pattern[..9]);
        }
        let list = |count: usize| {
            let mut diagnostics = Vec::new();
            let written = vec![Spanned { value: "a".to_owned(), span: Span::default() }; count];
            (read(&written, &"dossier.toml".into(), &mut diagnostics).len(), diagnostics.len())
        };
        assert_eq!((list(MOST), list(MOST + 1)), ((MOST, 0), (MOST, 1)));
    }

    #[test]
    fn a_pattern_names_an_extension_or_a_name() {
        let names = |pattern: &str, path: &str| {
            parse(pattern).unwrap().names(&format!("content/{path}").as_str().into())
        };
        assert!(names("*.html", "a/b.html") && names("CNAME", "CNAME") && names("a/*.js", "a/b.js"));
        assert!(
            !names("*", "b.html")
                && !names("**", "CNAME")
                && !names("a.*", "a.js")
                && !names("b/*.js", "a/b.js")
        );
    }
}
