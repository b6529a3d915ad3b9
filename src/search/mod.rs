//! Texts → the files of the search: an index of words, split into pieces so a search loads only those that it
//! needs.
//!
//! The theme's `search.js` is the browser's half. Both split words in the same way: [`words`] defines how,
//! and the index contains the rules of [`stem`]. The files are scripts that pass on data, because a page
//! opened from a disk may load scripts and nothing else. This module knows only texts and numbers;
//! `machine` provides the documents.

pub(crate) mod index;
pub(crate) mod stem;
pub(crate) mod words;

/// A piece of data, as a script that passes it on.
pub(crate) fn script(data: &str) -> Vec<u8> {
    format!("dossierData({data});\n").into_bytes()
}

/// The end of the overview's path. The overview names the other files of the search, so it is published after them.
pub(crate) const OVERVIEW: &str = "search/index.js";

/// The number of pieces for this many documents: a power of two, so it rarely changes.
pub(crate) fn pieces(documents: usize) -> usize {
    documents.div_ceil(DOCUMENTS_A_PIECE).next_power_of_two()
}

/// The approximate number of documents per piece.
const DOCUMENTS_A_PIECE: usize = 16;

/// The piece, of a power-of-two `count`, for a page's path: the browser computes it from a link (FNV-1a, 32
/// bits).
pub(crate) fn piece_of(path: &str, count: usize) -> usize {
    let hash =
        path.bytes().fold(0x811c_9dc5_u32, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193));
    hash as usize & (count - 1)
}
