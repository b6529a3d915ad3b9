//! Content hashes.

use std::fmt::{self, Write};
use std::io::{self, Read};

use sha2::{Digest, Sha256};

/// A SHA-256 checksum (FIPS 180-4).
pub(crate) type Sum = [u8; 32];

/// The checksum of some bytes.
pub fn sum(bytes: &[u8]) -> Sum {
    Sha256::digest(bytes).into()
}

/// Bytes as hexadecimal digits.
pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(2 * bytes.len()), |mut text, byte| {
        // Writing to a string cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// A BLAKE3 hash of some bytes, shortened to 128 bits.
#[derive(Copy, Clone, Eq, PartialEq, Ord, PartialOrd, Hash)]
pub struct Fingerprint([u8; 16]);

impl Fingerprint {
    /// The first in order.
    pub(crate) const LEAST: Fingerprint = Fingerprint([0; 16]);

    pub fn of(bytes: &[u8]) -> Fingerprint {
        Fingerprint::short_of(&blake3::hash(bytes))
    }

    /// The fingerprint of everything that `reader` yields.
    ///
    /// # Errors
    /// If reading fails.
    pub(crate) fn of_reader(mut reader: impl Read) -> io::Result<Fingerprint> {
        let mut hasher = blake3::Hasher::new();
        io::copy(&mut reader, &mut hasher)?;
        Ok(Fingerprint::short_of(&hasher.finalize()))
    }

    fn short_of(hash: &blake3::Hash) -> Fingerprint {
        let mut short = [0; 16];
        short.copy_from_slice(&hash.as_bytes()[..16]);
        Fingerprint(short)
    }

    /// The fingerprint of several byte strings, which differs from that of their concatenation.
    pub(crate) fn of_all<'a>(parts: impl IntoIterator<Item = &'a [u8]>) -> Fingerprint {
        let mut hasher = blake3::Hasher::new();
        for part in parts {
            hasher.update(&(part.len() as u64).to_le_bytes());
            hasher.update(part);
        }
        Fingerprint::short_of(&hasher.finalize())
    }

    /// The bytes of the fingerprint.
    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }

    /// The first `digits` hexadecimal digits, for names that people read.
    pub(crate) fn short(self, digits: usize) -> String {
        let mut text = self.to_string();
        text.truncate(digits);
        text
    }

    /// Parses what `Display` wrote.
    pub(crate) fn parse(text: &str) -> Option<Fingerprint> {
        if text.len() != 32 || !text.is_ascii() {
            return None;
        }
        let mut bytes = [0; 16];
        for (at, byte) in bytes.iter_mut().enumerate() {
            *byte = u8::from_str_radix(&text[2 * at..2 * at + 2], 16).ok()?;
        }
        Some(Fingerprint(bytes))
    }
}

impl fmt::Display for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&hex(&self.0))
    }
}

impl fmt::Debug for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}
