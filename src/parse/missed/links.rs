//! Finds links that are none, by a slip in their brackets or their address.

use std::ops::Range;

use super::{LONGEST, Missed};
use crate::data::reading::misspelt_scheme;

/// What stands between the two parts of a link that is none, the bracket that opens it, and the one that ends it.
const BETWEEN: [(&str, char, char); 7] = [
    (")[", '(', ']'),
    (")(", '(', ')'),
    ("]{", '[', '}'),
    ("](<", '[', ')'),
    ("]:(", '[', ')'),
    ("}(", '{', ')'),
    ("][", '[', ']'),
];

/// Each link of a line that is none by a slip in its brackets, with an address on the web or of a file.
pub(super) fn links(line: &str) -> Vec<(Missed, Range<usize>)> {
    let mut found = Vec::new();
    if line.contains(['(', '[', '{']) {
        brackets(line, &mut found);
        wiki_links(line, &mut found);
        openings(line, &mut found);
    }
    addresses(line, &mut found);
    found
}

/// The part of a text in which the end of a link is looked for.
fn near(text: &str) -> &str {
    &text[..text.floor_char_boundary(LONGEST)]
}

/// `(words)[address]` and others.
fn brackets(line: &str, found: &mut Vec<(Missed, Range<usize>)>) {
    for (mark, open, close) in BETWEEN {
        for (at, _) in line.match_indices(mark) {
            let inner = &line[at + mark.len()..];
            let Some(end) = near(inner).find(close) else { continue };
            // `(see it)[^1]`, `f(x)[0]` and `[a](b)[c]` are something else.
            let address = &inner[..end];
            let is_whole = mark == "](<" && address.ends_with('>');
            let from = line.floor_char_boundary(at.saturating_sub(LONGEST));
            let opening = line[from..at].rfind(open).map(|opening| from + opening);
            let Some(opening) = opening.filter(|opening| at > opening + 1 && !is_whole) else { continue };
            if line[..opening].ends_with([']', '[', '\\', '!']) {
                continue;
            }
            let range = opening..at + mark.len() + end + 1;
            if is_address(address) {
                found.push((Missed::Link, range));
            } else if mark == "][" && is_label(address) && line[opening..at].contains(' ') {
                found.push((Missed::Label, range));
            }
        }
    }
}

/// `http;//example.org`, but not the address of a link.
fn addresses(line: &str, found: &mut Vec<(Missed, Range<usize>)>) {
    if !line.contains("//") {
        return;
    }
    let is_end = |c: char| c.is_whitespace() || "()<>[]\"'`“”".contains(c);
    let (mut start, mut may_be_link) = (0, false);
    for part in line.split_inclusive(is_end) {
        let word = part.trim_end_matches(is_end).trim_end_matches(['.', ',', ';', ':', '!', '?']);
        let is_link = may_be_link && line[..start].ends_with(['(', '<', '"', '\'']);
        if word.contains("//")
            && word.contains('.')
            && !is_link
            && misspelt_scheme(&word.to_ascii_lowercase()).is_some()
        {
            found.push((Missed::Address, start..start + word.len()));
        }
        may_be_link |= part.ends_with(['[', '<']);
        start += part.len();
    }
}

/// `[https://example.org/a the report]`
fn wiki_links(line: &str, found: &mut Vec<(Missed, Range<usize>)>) {
    for (at, _) in line.match_indices("[http") {
        let inner = &line[at + 1..];
        let Some(end) = near(inner).find(']') else { continue };
        let Some((address, words)) = inner[..end].split_once(' ') else { continue };
        let after = &inner[end + 1..];
        let is_link = after.starts_with(['(', '[', ':']) || line[..at].ends_with(['[', '!', ']']);
        if is_address(address) && !words.trim().is_empty() && !is_link {
            found.push((Missed::WikiLink, at..at + end + 2));
        }
    }
}

/// `[id]]`
fn openings(line: &str, found: &mut Vec<(Missed, Range<usize>)>) {
    // How many links were opened before, without those that were closed.
    let (mut seen, mut open_links) = (0, 0);
    for (at, _) in line.match_indices("]]") {
        let since = &line[seen..at];
        open_links += since.matches("[[").count() as isize - since.matches("]]").count() as isize;
        seen = at;
        let Some(open) = line[..at].rfind(['[', ']']) else { continue };
        let id = &line[open + 1..at];
        let is_id =
            !id.is_empty() && id.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | '|' | ' '));
        let is_single = line[open..].starts_with('[') && !line[..open].ends_with(['[', '!']);
        if is_id && is_single && open_links == 0 && !line[at + 2..].starts_with([']', '(']) {
            found.push((Missed::Opening, open..at + 2));
        }
    }
}

fn is_address(text: &str) -> bool {
    !text.contains(char::is_whitespace)
        && (text.starts_with("http://") || text.starts_with("https://") || text.ends_with(".md"))
}

fn is_label(text: &str) -> bool {
    text.len() > 2 && text.chars().all(|c| c.is_alphanumeric() || c == '-')
}
