//! Paths of inputs and of outputs. Both are virtual: relative, separated by `/`, without `.` or `..`.

use std::borrow::{Borrow, Cow};
use std::collections::BTreeSet;
use std::fmt;
use std::sync::Arc;

use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use unicode_normalization::{UnicodeNormalization, is_nfc};

use super::character::is_unnameable;

macro_rules! virtual_path {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Eq, PartialEq, Ord, PartialOrd, Hash)]
        pub struct $name(Arc<str>);

        impl $name {
            /// The whole path.
            pub fn as_str(&self) -> &str {
                &self.0
            }

            /// The path without the last component; empty at the top.
            pub fn folder(&self) -> &str {
                self.0.rfind('/').map_or("", |at| &self.0[..at])
            }

            /// The last component.
            pub fn name(&self) -> &str {
                self.0.rfind('/').map_or(&*self.0, |at| &self.0[at + 1..])
            }

            /// The part of the name after the last dot, if any.
            pub fn extension(&self) -> Option<&str> {
                self.name().rsplit_once('.').map(|(_, extension)| extension)
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Debug::fmt(&self.0, f)
            }
        }

        impl Borrow<str> for $name {
            fn borrow(&self) -> &str {
                &self.0
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(&self.0)
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<$name, D::Error> {
                String::deserialize(deserializer).map(Into::into)
            }
        }

        impl From<&str> for $name {
            fn from(path: &str) -> $name {
                $name(path.into())
            }
        }

        impl From<String> for $name {
            fn from(path: String) -> $name {
                $name(path.into())
            }
        }
    };
}

virtual_path! {
    /// A file that an author wrote, relative to the folder of `dossier.toml`: `content/actors/nis.md`.
    InputPath
}

virtual_path! {
    /// A file of the built site, relative to its root: `actors/nis.html`.
    SitePath
}

impl SitePath {
    /// A path read from a file; `None` if it would lead out of the site.
    pub(crate) fn recorded(path: &str) -> Option<SitePath> {
        path.split('/').all(|name| refused_in(name).is_none()).then(|| path.into())
    }

    /// The path for comparisons, as on a file system that ignores case and Unicode composition.
    pub(crate) fn folded(&self) -> SitePath {
        match folded(self.as_str()) {
            Cow::Borrowed(_) => self.clone(),
            Cow::Owned(folded) => folded.into(),
        }
    }

    /// The prefix from this page to the site's root: `""`, `"../"`, `"../../"`.
    pub(crate) fn to_root(&self) -> String {
        "../".repeat(self.0.matches('/').count())
    }
}

/// A name or a path as it is compared, from whatever system it comes: macOS and Windows take names for one that
/// differ only in case or in how their letters are composed, and macOS writes `u` and two dots where everyone else
/// types `ü`.
pub(crate) fn folded(name: &str) -> Cow<'_, str> {
    match (name.is_ascii(), name.bytes().any(|byte| byte.is_ascii_uppercase())) {
        (true, false) => Cow::Borrowed(name),
        (true, true) => Cow::Owned(name.to_ascii_lowercase()),
        (false, _) => Cow::Owned(name.nfc().flat_map(char::to_lowercase).nfc().collect()),
    }
}

/// A name or a path with composed letters (NFC), as addresses are written.
pub(crate) fn composed(name: &str) -> Cow<'_, str> {
    if name.is_ascii() || is_nfc(name) { Cow::Borrowed(name) } else { Cow::Owned(name.nfc().collect()) }
}

/// Paths as file systems and stores see them that ignore case, and how letters are composed: those of macOS and
/// Windows.
pub(crate) struct Names {
    files: BTreeSet<SitePath>,
    folders: BTreeSet<String>,
}

impl Names {
    pub(crate) fn of<'p>(paths: impl IntoIterator<Item = &'p SitePath>) -> Names {
        let files: BTreeSet<SitePath> = paths.into_iter().map(SitePath::folded).collect();
        let folders = files.iter().flat_map(above).map(str::to_owned).collect();
        Names { files, folders }
    }

    /// Whether one of them cannot exist beside this file, or only on some stores.
    pub(crate) fn conflict_with(&self, path: &SitePath) -> bool {
        let path = path.folded();
        self.files.contains(&path)
            || self.folders.contains(path.as_str())
            || above(&path).any(|folder| self.files.contains(folder))
    }
}

/// The folders that a file is in, the innermost first.
fn above(path: &SitePath) -> impl Iterator<Item = &str> {
    let path = path.as_str();
    path.rmatch_indices('/').map(|(at, _)| &path[..at])
}

/// Why a name cannot be part of a path that stays below a folder, and of a line in a list of paths; `None` if it can.
pub(crate) fn refused_in(name: &str) -> Option<&'static str> {
    match name {
        "" => Some("a part of its path has no name"),
        "." | ".." => Some("its path leads elsewhere"),
        name if name.contains(char::is_control) => Some("its name has a control character"),
        name if name.contains(is_unnameable) => Some("its name has an invisible character that misleads"),
        name if cfg!(windows) && name.contains(['\\', ':']) => Some("its path leads elsewhere"),
        _ => None,
    }
}

/// Why Windows cannot have a file or a folder of this name (Microsoft's "Naming Files, Paths, and Namespaces"); `None`
/// if it can.
pub(crate) fn refused_by_windows(name: &str) -> Option<String> {
    const DEVICES: [&str; 6] = ["aux", "con", "conin$", "conout$", "nul", "prn"];
    let stem = name.split('.').next().unwrap_or_default().trim_end_matches(' ').to_ascii_lowercase();
    let port = stem.strip_prefix("com").or_else(|| stem.strip_prefix("lpt"));
    let is_port = port.is_some_and(|number| {
        let mut digits = number.chars();
        matches!((digits.next(), digits.next()), (Some('0'..='9' | '¹' | '²' | '³'), None))
    });
    if is_port || DEVICES.contains(&stem.as_str()) {
        return Some(format!("`{stem}` is a device there"));
    }
    if let Some(c) = name.chars().find(|c| matches!(c, '<' | '>' | ':' | '"' | '|' | '?' | '*' | '\\')) {
        return Some(format!("no name has `{c}` there"));
    }
    name.ends_with(['.', ' ']).then(|| "no name ends with a dot or a space there".to_owned())
}

/// Joins `relative` to `folder` and resolves `.` and `..`; `None` if it climbs above the top.
pub fn join(folder: &str, relative: &str) -> Option<String> {
    let (start, rest) = match relative.strip_prefix('/') {
        Some(rest) => ("", rest),
        None => (folder, relative),
    };
    let mut path = String::with_capacity(start.len() + 1 + rest.len());
    let from_top = start.split('/').filter(|part| !part.is_empty());
    for part in from_top.chain(rest.split('/')) {
        match part {
            "" | "." => {}
            ".." if path.is_empty() => return None,
            ".." => path.truncate(path.rfind('/').unwrap_or(0)),
            _ => {
                if !path.is_empty() {
                    path.push('/');
                }
                path.push_str(part);
            }
        }
    }
    Some(path)
}

/// The relative path from a file in `folder` to `target`, both given from the same top.
pub fn relative(folder: &str, target: &str) -> String {
    let from: Vec<&str> = folder.split('/').filter(|p| !p.is_empty()).collect();
    let to: Vec<&str> = target.split('/').collect();
    let shared = from.iter().zip(&to[..to.len() - 1]).take_while(|(a, b)| a == b).count();
    let mut path = "../".repeat(from.len() - shared);
    path.push_str(&to[shared..].join("/"));
    path
}

/// A path as written in a URL: characters that RFC 3986 does not allow are percent-encoded.
pub(crate) fn percent_encoded(path: &str) -> String {
    const NOT_ALLOWED: &AsciiSet = &CONTROLS
        .add(b' ')
        .add(b'"')
        .add(b'#')
        .add(b'%')
        .add(b'<')
        .add(b'>')
        .add(b'?')
        .add(b'[')
        .add(b'\\')
        .add(b']')
        .add(b'^')
        .add(b'`')
        .add(b'{')
        .add(b'|')
        .add(b'}');
    utf8_percent_encode(path, NOT_ALLOWED).to_string()
}

/// A web address as people paste it, made valid: characters that the URL standard calls an error are
/// percent-encoded, letters of all scripts are kept.
pub(crate) fn well_formed(address: &str) -> String {
    let host = address.find("://").map_or(0, |at| at + 3);
    let path = address[host..].find('/').map_or(address.len(), |at| host + at);
    let mut out = String::with_capacity(address.len());
    for (at, c) in address.char_indices() {
        let encoded = match c {
            '%' => address[at + 1..].bytes().take(2).filter(u8::is_ascii_hexdigit).count() < 2,
            // An IPv6 address is in brackets.
            '[' | ']' => at > path,
            ' ' | '"' | '<' | '>' | '\\' | '^' | '`' | '{' | '|' | '}' => true,
            _ => c.is_ascii_control(),
        };
        match encoded {
            true => out.push_str(&format!("%{:02X}", u32::from(c))),
            false => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_made_well_formed_and_no_more() {
        for (pasted, written) in [
            ("https://example.org/ä?a=1&b='2'#c", "https://example.org/ä?a=1&b='2'#c"),
            ("https://[::1]:80/a[1]|{b}", "https://[::1]:80/a%5B1%5D%7C%7Bb%7D"),
            ("https://example.org/100%/%41/%é", "https://example.org/100%25/%41/%25é"),
            ("mailto:a b@example.org", "mailto:a%20b@example.org"),
        ] {
            assert_eq!(well_formed(pasted), written);
            assert_eq!(well_formed(written), written);
        }
    }

    #[test]
    fn names_that_windows_cannot_have_are_known() {
        for bad in [
            "con",
            "CON.md",
            "nul.tar.gz",
            "aux .md",
            "com1.md",
            "LPT9",
            "com¹",
            "conin$",
            "a:b",
            "a?",
            "a.",
            "a ",
            "b\\c",
        ] {
            assert!(refused_by_windows(bad).is_some(), "{bad}");
        }
        for good in [
            "contact.md",
            "com10",
            "com",
            "lpt.md",
            "console",
            "nulls",
            ".a",
            " a",
            "a.b c.md",
            "日本",
            "com-1",
        ] {
            assert_eq!(refused_by_windows(good), None, "{good}");
        }
    }

    #[test]
    fn join_resolves_dots_and_refuses_to_leave() {
        assert_eq!(join("content/claims", "../actors/nis.md").as_deref(), Some("content/actors/nis.md"));
        assert_eq!(join("content", "./a/./b.png").as_deref(), Some("content/a/b.png"));
        assert_eq!(join("content", "../../etc/passwd"), None);
    }

    #[test]
    fn relative_is_the_inverse_of_join() {
        for (folder, target) in [("", "a.html"), ("a/b", "a/c.html"), ("a", "b/c/d.html"), ("a/b", "a/b/c")] {
            assert_eq!(join(folder, &relative(folder, target)).as_deref(), Some(target));
        }
    }
}
