//! Normalised text for comparison, without differences of Unicode form, white space and typography; and the
//! mapping back.

use std::ops::Range;

use unicode_normalization::char::canonical_combining_class;
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

/// A text in the form in which texts are compared, and the origin of each of its bytes.
///
/// NFC (Unicode Standard Annex #15); any white space is one space, and there is none at the ends; quotation marks are
/// all apostrophes, because a language may have single ones where others have double ones, and French has spaces in
/// them; hyphens are the plain ones; characters without width are removed.
#[derive(Clone, Debug, Default)]
pub(crate) struct Normal {
    text: String,
    /// For each byte, the start of the original bytes of its character.
    starts: Vec<u32>,
    ends: Vec<u32>,
}

impl Normal {
    /// Normalises `text`.
    pub(crate) fn of(text: &str) -> Normal {
        let mut normal = Normal {
            text: String::with_capacity(text.len()),
            starts: Vec::with_capacity(text.len()),
            ends: Vec::with_capacity(text.len()),
        };
        let mut rest = 0;
        while rest < text.len() {
            let cluster = cluster(&text[rest..]);
            if !is_in_guillemets(text, rest) {
                normal.add(&text[rest..rest + cluster], rest, rest + cluster);
            }
            rest += cluster;
        }
        if normal.text.ends_with(' ') {
            normal.text.pop();
            normal.starts.pop();
            normal.ends.pop();
        }
        normal
    }

    fn add(&mut self, cluster: &str, start: usize, end: usize) {
        for c in cluster.nfc() {
            // With spaces around it or without, it is between parts of a sentence; hyphens are within words.
            if matches!(c, '—' | '―') {
                [" ", "-", " "].iter().for_each(|plain| self.push(plain, start, end));
                continue;
            }
            let plain = match c {
                c if c.is_whitespace() => " ",
                // Soft hyphen, zero-width space, word joiner, byte order mark.
                '\u{ad}' | '\u{200b}' | '\u{2060}' | '\u{feff}' => continue,
                '"' | '‘' | '’' | '‚' | '‛' | '′' | 'ʼ' | '“' | '”' | '„' | '‟' | '″' | '‹' | '›' | '«'
                | '»' => "'",
                '‐' | '‑' | '‒' | '–' | '−' => "-",
                '…' => "...",
                c => {
                    self.push(c.encode_utf8(&mut [0; 4]), start, end);
                    continue;
                }
            };
            self.push(plain, start, end);
        }
    }

    fn push(&mut self, piece: &str, start: usize, end: usize) {
        if piece == " " && (self.text.is_empty() || self.text.ends_with(' ')) {
            // Further white space belongs to the preceding space.
            if let Some(last) = self.ends.last_mut() {
                *last = end as u32;
            }
            return;
        }
        self.text.push_str(piece);
        self.starts.resize(self.text.len(), start as u32);
        self.ends.resize(self.text.len(), end as u32);
    }

    /// The normalised text.
    pub(crate) fn text(&self) -> &str {
        &self.text
    }

    /// The original bytes of a range.
    pub(crate) fn source(&self, range: Range<usize>) -> Range<usize> {
        match (self.starts.get(range.start), range.end.checked_sub(1).and_then(|last| self.ends.get(last))) {
            (Some(start), Some(end)) if range.start < range.end => *start as usize..*end as usize,
            _ => 0..0,
        }
    }

    /// The range for these bytes of the original, without white space at its ends.
    pub(crate) fn of_source(&self, source: &Range<usize>) -> Range<usize> {
        let mut start = self.ends.partition_point(|end| *end as usize <= source.start);
        let mut end = self.starts.partition_point(|start| (*start as usize) < source.end).max(start);
        let bytes = self.text.as_bytes();
        while start < end && bytes[start] == b' ' {
            start += 1;
        }
        while start < end && bytes[end - 1] == b' ' {
            end -= 1;
        }
        start..end
    }
}

/// Whether a space belongs to French quotation marks: `« oui »`. In German, it is around them: `er sagte »ja« und`.
fn is_in_guillemets(text: &str, at: usize) -> bool {
    let (before, after) = text.split_at(at);
    if !after.starts_with(char::is_whitespace) {
        return false;
    }
    let opening = before.trim_end().strip_suffix(['«', '‹']);
    let closing = after.trim_start().strip_prefix(['»', '›']);
    let begins = |c: char| c.is_whitespace() || matches!(c, '(' | '[' | '-' | '–' | '—' | '\'' | '’');
    let ends =
        |c: char| c.is_whitespace() || matches!(c, ')' | ']' | '.' | ',' | ';' | ':' | '!' | '?' | '…' | '»');
    opening.is_some_and(|before| before.chars().next_back().is_none_or(begins))
        || closing.is_some_and(|after| after.chars().next().is_none_or(ends))
}

/// The length of the first characters that must be normalised together: one, and those that may combine with
/// it.
fn cluster(text: &str) -> usize {
    let mut chars = text.char_indices();
    chars.next();
    let starts =
        |c: char| canonical_combining_class(c) == 0 && is_nfc_quick([c].into_iter()) == IsNormalized::Yes;
    let stands_alone = |c: char| c.is_ascii() || starts(c);
    chars.find(|(_, c)| stands_alone(*c)).map_or(text.len(), |(at, _)| at)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn typography_is_no_difference() {
        let normal = |text| Normal::of(text).text().to_owned();
        assert_eq!(normal(" 7–8\u{a0}“Najin’s”\n\n set… "), "7-8 'Najin's' set...");
        for french in ["l’«\u{a0}oui\u{a0}» (« non »).", "l'« oui » («non»).", "l'\"oui\" (\"non\")."]
        {
            assert_eq!(normal(french), "l''oui' ('non').", "{french}");
        }
        assert_eq!(normal("sagte »ja« und »nein«"), "sagte 'ja' und 'nein'");
        assert_eq!(normal("Ine\u{302}s\u{ad} \u{200b}x"), "Inês x");
        assert_eq!(normal("\u{1112}\u{1161}\u{11ab}"), "한");
        assert_eq!(normal(" \n "), "");
    }

    #[test]
    fn the_way_back_leads_to_whole_characters() {
        let text = "a  “e\u{301}…b” ";
        let normal = Normal::of(text);
        assert_eq!(normal.text(), "a 'é...b'");
        let at = normal.text().find('é').unwrap();
        assert_eq!(&text[normal.source(at..at + 2)], "e\u{301}");
        let dot = normal.text().find('.').unwrap();
        assert_eq!(&text[normal.source(dot..dot + 1)], "…");
        assert_eq!(&text[normal.source(1..3)], "  “");
        let whole = normal.of_source(&(0..text.len()));
        assert_eq!(whole, 0..normal.text().len());
        assert_eq!(normal.of_source(&(1..3)), 2..2);
    }
}
