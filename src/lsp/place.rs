//! Positions of the protocol ↔ bytes of a text, and addresses ↔ paths.

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use url::Url;

use crate::base::lines::floor_char_boundary;
use crate::base::path::InputPath;
use crate::base::span::Span;

/// A place between two characters.
#[derive(Copy, Clone, Debug, Eq, PartialEq, Ord, PartialOrd, Serialize, Deserialize)]
pub(super) struct Position {
    /// From 0.
    pub line: u32,
    /// From 0, in units of the [`Encoding`].
    pub character: u32,
}

/// A half-open range.
#[derive(Copy, Clone, Debug, Eq, PartialEq, Serialize, Deserialize)]
pub(super) struct Range {
    pub start: Position,
    pub end: Position,
}

/// What the columns of positions count.
#[derive(Copy, Clone, Debug, Eq, PartialEq)]
pub(super) enum Encoding {
    /// Bytes.
    Utf8,
    /// Units of UTF-16: what a client counts that says nothing.
    Utf16,
}

impl Encoding {
    /// Its name in the protocol.
    pub(super) fn name(self) -> &'static str {
        match self {
            Encoding::Utf8 => "utf-8",
            Encoding::Utf16 => "utf-16",
        }
    }

    fn units(self, text: &str) -> usize {
        match self {
            Encoding::Utf8 => text.len(),
            Encoding::Utf16 => text.encode_utf16().count(),
        }
    }

    fn units_of(self, c: char) -> usize {
        match self {
            Encoding::Utf8 => c.len_utf8(),
            Encoding::Utf16 => c.len_utf16(),
        }
    }
}

/// A text, with its lines.
pub(super) struct Text<'a> {
    text: &'a str,
    /// Where each line starts.
    starts: Vec<usize>,
    encoding: Encoding,
}

impl<'a> Text<'a> {
    /// Finds the lines, which end with `\n`, `\r\n` or `\r`.
    pub(super) fn new(text: &'a str, encoding: Encoding) -> Text<'a> {
        let bytes = text.as_bytes();
        let ends = bytes.iter().enumerate().filter(|&(at, byte)| match byte {
            b'\n' => true,
            b'\r' => bytes.get(at + 1) != Some(&b'\n'),
            _ => false,
        });
        let starts = std::iter::once(0).chain(ends.map(|(at, _)| at + 1)).collect();
        Text { text, starts, encoding }
    }

    /// The position of a byte; of the end, for one beyond it.
    pub(super) fn position(&self, at: usize) -> Position {
        let at = floor_char_boundary(self.text, at);
        let line = self.starts.partition_point(|&start| start <= at) - 1;
        let before = &self.text[self.starts[line]..at];
        Position { line: number(line), character: number(self.encoding.units(before)) }
    }

    /// The byte at a position. A column beyond the end of its line is its end, a line beyond the last is the end of the
    /// text, and the middle of a character is its start.
    pub(super) fn offset(&self, position: Position) -> usize {
        let line = position.line as usize;
        let Some(&start) = self.starts.get(line) else { return self.text.len() };
        let end = self.starts.get(line + 1).copied().unwrap_or(self.text.len());
        let content = self.text[start..end].trim_end_matches(['\r', '\n']);
        let mut left = position.character as usize;
        for (at, c) in content.char_indices() {
            let units = self.encoding.units_of(c);
            if left < units {
                return start + at;
            }
            left -= units;
        }
        start + content.len()
    }

    /// The range of a span.
    pub(super) fn range(&self, span: Span) -> Range {
        Range { start: self.position(span.start as usize), end: self.position(span.end as usize) }
    }

    /// The span of a range; empty if it ends before it starts.
    pub(super) fn span(&self, range: Range) -> Span {
        Span::new(self.offset(range.start), self.offset(range.end))
    }
}

fn number(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

/// The folder of a dossier, as the client names it and as the system does.
pub(super) struct Root {
    named: PathBuf,
    real: PathBuf,
}

impl Root {
    /// `named` is the folder as the client wrote it, `real` the same without links.
    pub(super) fn new(named: PathBuf, real: PathBuf) -> Root {
        Root { named, real }
    }

    /// The path in the dossier of an address; `None` if it is elsewhere.
    pub(super) fn path(&self, uri: &str) -> Option<InputPath> {
        let path = file(uri)?;
        let inner = path.strip_prefix(&self.named).or_else(|_| path.strip_prefix(&self.real)).ok()?;
        let names: Option<Vec<&str>> = inner.iter().map(|name| name.to_str()).collect();
        let path = names?.join("/");
        (!path.is_empty()).then(|| path.as_str().into())
    }

    /// The address of a file of the dossier.
    pub(super) fn uri(&self, path: &InputPath) -> String {
        let file = path.as_str().split('/').fold(self.named.clone(), |folder, name| folder.join(name));
        Url::from_file_path(file).map(String::from).unwrap_or_default()
    }
}

/// The file of an address; `None` if it is not a file on this computer.
pub(super) fn file(uri: &str) -> Option<PathBuf> {
    Url::parse(uri).ok().filter(|url| url.scheme() == "file")?.to_file_path().ok()
}

/// The folder that contains a file's dossier, and the file's own folder otherwise.
pub(super) fn dossier_of(file: &Path) -> Option<&Path> {
    crate::config::dossier_around(if file.is_dir() { file } else { file.parent()? })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn columns_are_counted_as_the_client_counts() {
        let line = "a🇮🇩é𝕏\u{301}|b";
        let at = line.find('|').unwrap();
        for (encoding, column) in [(Encoding::Utf8, at), (Encoding::Utf16, 9)] {
            let text = format!("x\r\n{line}\ry\n");
            let lines = Text::new(&text, encoding);
            let position = Position { line: 1, character: u32::try_from(column).unwrap() };
            assert_eq!(lines.position(3 + at), position);
            assert_eq!(lines.offset(position), 3 + at);
            assert_eq!(lines.position(text.find('y').unwrap()).line, 2);
        }
    }

    #[test]
    fn what_is_out_of_range_is_the_nearest_place() {
        let text = Text::new("𝕏b\r\n\r\nend", Encoding::Utf16);
        let offset = |line, character| text.offset(Position { line, character });
        assert_eq!([offset(0, 1), offset(0, 2), offset(0, 99)], [0, 4, 5]);
        assert_eq!([offset(1, 5), offset(2, 9), offset(9, 0)], [7, 12, 12]);
        assert_eq!(text.position(99), Position { line: 2, character: 3 });
        assert_eq!(text.position(2), Position { line: 0, character: 0 });
    }

    #[test]
    fn an_address_is_a_path_of_the_dossier_or_none() {
        let root = Root::new("/home/a b/d".into(), "/real".into());
        let path = |uri: &str| root.path(uri).map(|path| path.to_string());
        assert_eq!(path("file:///home/a%20b/d/content/%C3%A9.md").as_deref(), Some("content/é.md"));
        assert_eq!(path("file:///real/dossier.toml").as_deref(), Some("dossier.toml"));
        for other in
            ["file:///home/a%20b/other.md", "untitled:Untitled-1", "file:///home/a%20b/d", "nonsense"]
        {
            assert_eq!(path(other), None, "{other}");
        }
        assert_eq!(root.uri(&"content/é.md".into()), "file:///home/a%20b/d/content/%C3%A9.md");
    }

    proptest! {
        #[test]
        fn a_position_leads_back(text in "[a\r\n\u{301}é🇮𝕏]{0,40}", at in 0_usize..120) {
            for encoding in [Encoding::Utf8, Encoding::Utf16] {
                let lines = Text::new(&text, encoding);
                let at = floor_char_boundary(&text, at);
                // Between the two characters of one line end nothing can stand.
                if !(at > 0 && text[..at].ends_with('\r') && text[at..].starts_with('\n')) {
                    prop_assert_eq!(lines.offset(lines.position(at)), at);
                }
            }
        }
    }
}
