//! The door through which foreign files come in: how large they may be, unpacked, too, and how much they may hold.
//! Readers of formats open nothing by themselves.

use std::collections::HashSet;
use std::io::{Cursor, Read};

use zip::ZipArchive;
use zip::result::ZipError;

use crate::base::nesting::MOST_DEPTH;
use crate::ide::Refusal;

/// The largest file that is imported, in bytes.
pub(crate) const LARGEST_FILE: u64 = 64 << 20;

/// The most that the parts of a packed file may take when they are unpacked, in bytes, and their number.
const MOST_UNPACKED: u64 = 256 << 20;
const MOST_PARTS: usize = 10_000;

/// The most rows and columns of a table, and the longest cell in bytes.
pub(super) const MOST_ROWS: usize = 50_000;
pub(super) const MOST_COLUMNS: usize = 400;
pub(super) const LONGEST_CELL: usize = 1 << 20;

/// A packed file whose parts were all unpacked once, so they are known to be whole and not too large.
pub(super) struct Archive<'a> {
    zip: ZipArchive<Cursor<&'a [u8]>>,
}

impl<'a> Archive<'a> {
    /// # Errors
    /// If the file is damaged or encrypted, or its parts are more or larger than is allowed.
    pub(super) fn open(bytes: &'a [u8]) -> Result<Archive<'a>, Refusal> {
        let damaged = || Refusal("it is cut off or damaged; get it again, or save it again".into());
        let mut zip = ZipArchive::new(Cursor::new(bytes)).map_err(|_| damaged())?;
        if zip.len() > MOST_PARTS {
            return Err(Refusal(format!("it is packed, and has more than {MOST_PARTS} parts")));
        }
        let mut places = HashSet::new();
        let mut left = MOST_UNPACKED;
        for number in 0..zip.len() {
            let part = zip.by_index(number).map_err(|why| match why {
                ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED) => protected(),
                _ => damaged(),
            })?;
            // A list that names one place many times makes a small file a large one.
            if !places.insert(part.header_start()) {
                return Err(damaged());
            }
            let size =
                std::io::copy(&mut part.take(left + 1), &mut std::io::sink()).map_err(|_| damaged())?;
            left = left.checked_sub(size).ok_or_else(|| {
                Refusal(format!("it is packed, and would take more than {} MB unpacked", MOST_UNPACKED >> 20))
            })?;
        }
        Ok(Archive { zip })
    }

    pub(super) fn names(&self) -> Vec<String> {
        self.zip.file_names().flatten().map(|name| name.into_owned()).collect()
    }

    pub(super) fn has(&self, name: &str) -> bool {
        self.zip.index_for_name(name).is_some()
    }

    /// The content of a part.
    pub(super) fn part(&mut self, name: &str) -> Option<Vec<u8>> {
        let mut bytes = Vec::new();
        self.zip.by_name(name).ok()?.read_to_end(&mut bytes).ok()?;
        Some(bytes)
    }

    pub(super) fn text(&mut self, name: &str) -> Option<String> {
        self.part(name).map(|bytes| String::from_utf8_lossy(&bytes).into_owned())
    }
}

/// The refusal of a file that only a password opens.
pub(super) fn protected() -> Refusal {
    Refusal("it is protected by a password; open it, save it without one, and import that".into())
}

/// Whether this is a compound file (MS-CFB), as older programs of Microsoft Office write them, with a stream of this
/// name.
pub(super) fn has_stream(bytes: &[u8], name: &str) -> bool {
    let name: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
    bytes.starts_with(b"\xd0\xcf\x11\xe0") && memchr::memmem::find(bytes, &name).is_some()
}

/// The refusal of a file that lists too many things.
pub(super) fn too_many(count: usize) -> Option<Refusal> {
    (count > MOST_ROWS)
        .then(|| Refusal(format!("it holds more than {MOST_ROWS} things; divide it into several files")))
}

/// Whether XML is nested deeper than files are: readers follow it by calling themselves.
pub(super) fn is_deep(xml: &str) -> bool {
    let mut depth = 0_usize;
    memchr::memchr_iter(b'<', xml.as_bytes()).any(|at| {
        let tag = &xml[at + 1..];
        match tag.as_bytes().first() {
            Some(b'/') => depth = depth.saturating_sub(1),
            Some(b'!' | b'?') | None => {}
            Some(_) => {
                let end = tag.find('>').unwrap_or(tag.len());
                depth += usize::from(!tag[..end].ends_with('/'));
            }
        }
        depth > MOST_DEPTH
    })
}

/// The refusal of a table that is too long or too wide.
pub(super) fn too_large(rows: usize, columns: usize) -> Option<Refusal> {
    match () {
        () if rows > MOST_ROWS => Some(Refusal(format!(
            "a table in it has more than {MOST_ROWS} rows; divide it into several files"
        ))),
        () if columns > MOST_COLUMNS => {
            Some(Refusal(format!("a table in it has more than {MOST_COLUMNS} columns")))
        }
        () => None,
    }
}
