//! Finds links that are none, by a slip in their brackets or their address.

use std::ops::Range;

use super::{LONGEST, Missed};
use crate::data::reading::misspelt_scheme;

/// Each link of a line that is none by a slip in its brackets, with an address on the web or of a file.
pub(super) fn links(line: &str) -> Vec<(Missed, Range<usize>)> {
    let mut found = Vec::new();
    for (at, mark, open, close) in [
        (")[", '(', ']'),
        (")(", '(', ')'),
        ("]{", '[', '}'),
        ("](<", '[', ')'),
        ("]:(", '[', ')'),
        ("}(", '{', ')'),
        ("][", '[', ']'),
    ]
    .into_iter()
    .flat_map(|(mark, open, close)| line.match_indices(mark).map(move |(at, _)| (at, mark, open, close)))
    {
        let inner = &line[at + mark.len()..];
        let Some(end) = inner.find(close).filter(|end| *end <= LONGEST) else { continue };
        // `(see it)[^1]`, `f(x)[0]` and `[a](b)[c]` are something else.
        let address = &inner[..end];
        let is_whole = mark == "](<" && address.ends_with('>');
        let from = line.floor_char_boundary(at.saturating_sub(LONGEST));
        let opening = line[from..at].rfind(open).map(|opening| from + opening);
        let Some(opening) = opening.filter(|opening| at > opening + 1 && !is_whole) else { continue };
        let before = &line[..opening];
        if before.ends_with([']', '[', '\\', '!']) {
            continue;
        }
        let range = opening..at + mark.len() + end + 1;
        if is_address(address) {
            found.push((Missed::Link, range));
        } else if mark == "][" && is_label(address) && line[opening..at].contains(' ') {
            found.push((Missed::Label, range));
        }
    }
    // `http;//example.org`, but not the address of a link
    for (at, _) in line.match_indices("//") {
        let is_end = |c: char| c.is_whitespace() || "()<>[]\"'`“”".contains(c);
        let start = line[..at]
            .char_indices()
            .rev()
            .find(|(_, c)| is_end(*c))
            .map_or(0, |(end, c)| end + c.len_utf8());
        let end = line[at..].find(is_end).map_or(line.len(), |end| at + end);
        let end = start + line[start..end].trim_end_matches(['.', ',', ';', ':', '!', '?']).len();
        let is_link = line[..start].ends_with(['(', '<', '"', '\'']) && line[..start].contains(['[', '<']);
        let word = &line[start..end];
        if !is_link && misspelt_scheme(&word.to_ascii_lowercase()).is_some() && word.contains('.') {
            found.push((Missed::Address, start..end));
        }
    }
    // `[https://example.org/a the report]`
    for (at, _) in line.match_indices("[http") {
        let inner = &line[at + 1..];
        let end = inner.find(']').filter(|end| *end <= LONGEST);
        let Some((end, (address, words))) = end.and_then(|end| Some((end, inner[..end].split_once(' ')?)))
        else {
            continue;
        };
        let after = &inner[end + 1..];
        let is_link = after.starts_with(['(', '[', ':']) || line[..at].ends_with(['[', '!', ']']);
        if is_address(address) && !words.trim().is_empty() && !is_link {
            found.push((Missed::WikiLink, at..at + end + 2));
        }
    }
    // `[id]]`
    for (at, _) in line.match_indices("]]") {
        let before = &line[..at];
        let Some(open) = before.rfind(['[', ']']) else { continue };
        let id = &before[open + 1..];
        let is_id =
            !id.is_empty() && id.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | '|' | ' '));
        let is_single = before[open..].starts_with('[') && !before[..open].ends_with(['[', '!']);
        if is_id
            && is_single
            && !line[at + 2..].starts_with([']', '('])
            && before.matches("[[").count() == before.matches("]]").count()
        {
            found.push((Missed::Opening, open..at + 2));
        }
    }
    found
}

fn is_address(text: &str) -> bool {
    !text.contains(char::is_whitespace)
        && (text.starts_with("http://") || text.starts_with("https://") || text.ends_with(".md"))
}

fn is_label(text: &str) -> bool {
    text.len() > 2 && text.chars().all(|c| c.is_alphanumeric() || c == '-')
}
