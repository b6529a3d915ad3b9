//! `SHA256SUMS`: the checksums of all files of a site (SHA-256, FIPS 180-4), in the format of
//! `sha256sum --check`, against which a published copy can be checked.

use std::collections::BTreeMap;
use std::io;

use rayon::prelude::*;

pub(crate) use crate::base::hash::Sum;
use crate::base::hash::hex;
pub use crate::base::hash::sum;
use crate::base::path::SitePath;

/// The list's own name.
pub(crate) use crate::link::layout::SUMS as FILE;

/// The list, sorted by path.
pub fn list<'p>(files: impl Iterator<Item = (&'p SitePath, Sum)>) -> String {
    let mut text = String::new();
    for (path, sum) in files {
        text.push_str(&hex(&sum));
        text.push_str("  ");
        text.push_str(path.as_str());
        text.push('\n');
    }
    text
}

/// Parses a list.
///
/// # Errors
/// The number of the first line that is not well-formed, from 1.
pub fn read(text: &str) -> Result<BTreeMap<SitePath, Sum>, usize> {
    let entry = |line: &str| {
        let (hex, path) = line.split_once("  ").or_else(|| line.split_once(" *"))?;
        let mut sum = [0; 32];
        if hex.len() != 64 || !hex.is_ascii() {
            return None;
        }
        for (at, byte) in sum.iter_mut().enumerate() {
            *byte = u8::from_str_radix(&hex[2 * at..2 * at + 2], 16).ok()?;
        }
        // A list from elsewhere must not lead out of the copy.
        Some((SitePath::recorded(path)?, sum))
    };
    text.lines().enumerate().map(|(at, line)| entry(line).ok_or(at + 1)).collect()
}

/// What is wrong with a file of a copy.
#[derive(Debug)]
pub(crate) enum Fault {
    /// The file does not exist.
    Missing,
    /// The file has another content.
    Differs,
    /// The file cannot be read.
    Unreadable(io::Error),
}

/// The files of a copy that differ from the list, in its order. `fetch` reads one file and is called from
/// several threads.
pub(crate) fn faults(
    listed: &BTreeMap<SitePath, Sum>,
    fetch: impl Fn(&SitePath) -> io::Result<Vec<u8>> + Sync,
) -> Vec<(SitePath, Fault)> {
    let fault = |(path, sum): (&SitePath, &Sum)| {
        let fault = match fetch(path) {
            Ok(bytes) if self::sum(&bytes) == *sum => return None,
            Ok(_) => Fault::Differs,
            Err(error) if error.kind() == io::ErrorKind::NotFound => Fault::Missing,
            Err(error) => Fault::Unreadable(error),
        };
        Some((path.clone(), fault))
    };
    listed.par_iter().filter_map(fault).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_wrong_with_a_file_is_told_apart() {
        let listed = ["same", "other", "gone", "locked"].map(|name| (SitePath::from(name), sum(b"1")));
        let fetch = |path: &SitePath| match path.as_str() {
            "same" => Ok(b"1".to_vec()),
            "other" => Ok(b"2".to_vec()),
            "gone" => Err(io::ErrorKind::NotFound.into()),
            _ => Err(io::ErrorKind::PermissionDenied.into()),
        };
        let found = faults(&listed.into(), fetch);
        let kinds = found.iter().map(|(path, fault)| match fault {
            Fault::Missing => (path.as_str(), "missing"),
            Fault::Differs => (path.as_str(), "differs"),
            Fault::Unreadable(_) => (path.as_str(), "unreadable"),
        });
        assert!(kinds.eq([("gone", "missing"), ("locked", "unreadable"), ("other", "differs")]));
    }

    #[test]
    fn a_list_comes_back_and_leads_nowhere_else() {
        let path = SitePath::from("a/b c.html");
        let text = list([(&path, sum(b"abc"))].into_iter());
        assert_eq!(text, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad  a/b c.html\n");
        assert_eq!(read(&text).unwrap(), BTreeMap::from([(path, sum(b"abc"))]));
        let hex = "0".repeat(64);
        for bad in [format!("{hex}  ../x"), format!("{hex}  /etc/passwd"), "00  a".to_owned(), hex.clone()] {
            assert_eq!(read(&format!("{hex}  a\n{bad}\n")), Err(2), "{bad}");
        }
    }
}
