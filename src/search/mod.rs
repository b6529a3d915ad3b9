//! Texts → the files in which a browser finds them: an index of words, cut into pieces so that a search loads
//! only those that it needs.
//!
//! The browser's half is the theme's `search.js`. Both take words apart in the same way: [`words`] says how,
//! and the rules of [`stem`] travel with the index. The files are scripts that hand over data, since a page
//! opened from a disk may load scripts and nothing else. This room knows texts and numbers; `view` says what
//! there is to find.

pub mod index;
pub mod stem;
pub mod words;

/// The file of this piece's data, as the script that hands it over: `name` is what the browser asked for.
pub fn script(name: &str, data: &str) -> Vec<u8> {
    format!("dossierData({name:?},{data});\n").into_bytes()
}

/// Into how many pieces so many documents are cut: a power of two, so that it changes seldom.
pub fn pieces(documents: usize) -> usize {
    documents.div_ceil(DOCUMENTS_A_PIECE).next_power_of_two()
}

/// About how many documents a piece holds.
const DOCUMENTS_A_PIECE: usize = 16;

/// The piece of `count`, a power of two, that a page's path is in: the browser finds it from a link (FNV-1a,
/// 32 bits).
pub fn piece_of(path: &str, count: usize) -> usize {
    let hash =
        path.bytes().fold(0x811c_9dc5_u32, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193));
    hash as usize & (count - 1)
}
