//! The number of pages of a PDF.

use super::contains;
use super::pdf::{LONGEST_DICTIONARY, streams};

/// The number of pages: what the root of the tree of pages says (ISO 32000-2, 7.7.3.2), or the last root if the
/// document was changed.
pub(super) fn count(bytes: &[u8]) -> Option<usize> {
    let (streams, _) = streams(bytes);
    let packed = streams.iter().filter(|stream| contains(stream.dictionary, b"/ObjStm"));
    let texts = std::iter::once(bytes).chain(packed.map(|stream| &*stream.data));
    texts.filter_map(last_count).next_back()
}

/// What the last root of a tree of pages in a text says.
fn last_count(text: &[u8]) -> Option<usize> {
    let mut count = None;
    for at in memchr::memmem::find_iter(text, b"/Pages") {
        let before = text[..at].trim_ascii_end();
        let is_whole = text.get(at + 6).is_none_or(|next| !next.is_ascii_alphanumeric());
        if !before.ends_with(b"/Type") || !is_whole {
            continue;
        }
        let start = at.saturating_sub(LONGEST_DICTIONARY);
        let start = memchr::memmem::rfind(&text[start..at], b"<<").map_or(start, |found| start + found);
        let rest = &text[at..text.len().min(at + LONGEST_DICTIONARY)];
        let end = memchr::memmem::find(rest, b">>").map_or(at + rest.len(), |found| at + found);
        let dictionary = &text[start..end];
        if contains(dictionary, b"/Parent") {
            continue;
        }
        let number = memchr::memmem::find(dictionary, b"/Count").map(|found| &dictionary[found + 6..]);
        let digits: String = number
            .map(|rest| rest.trim_ascii_start().iter().take_while(|byte| byte.is_ascii_digit()))
            .into_iter()
            .flatten()
            .map(|byte| char::from(*byte))
            .collect();
        count = digits.parse().ok().filter(|count| *count > 0).or(count);
    }
    count
}
