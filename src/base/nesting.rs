//! How deep HTML may be nested: parsers of HTML look through all open elements at many a tag, so the time that
//! they take grows with the square of the depth.

use std::collections::HashMap;

/// Elements nested deeper than this are left out, and their content stays.
pub(crate) const MOST_DEPTH: usize = 128;

/// The longest tag, in bytes. Every attribute is compared with those before it.
pub(crate) const LONGEST_TAG: usize = 16 << 10;

/// Elements without content, and those whose next sibling ends them, so that they need no end tag.
const NOT_OPEN: [&str; 30] = [
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track",
    "wbr", "p", "li", "dt", "dd", "tr", "td", "th", "thead", "tbody", "tfoot", "caption", "colgroup",
    "option", "optgroup", "rt", "rp",
];

/// The elements that are open in a text that is read piece by piece.
#[derive(Default)]
pub(crate) struct Nesting {
    /// How often each element is open, by its name in lower case.
    open: HashMap<String, usize>,
    depth: usize,
    /// For tags that were left out, their end tags are left out, too.
    left_out: HashMap<String, usize>,
}

impl Nesting {
    /// The next piece, without the tags of elements that are nested too deep, and without tags that are too
    /// long. A tag must not be cut by the end of a piece.
    pub(crate) fn bounded(&mut self, html: &str) -> String {
        let mut bounded = String::with_capacity(html.len());
        let mut rest = html;
        while let Some(at) = rest.find('<') {
            bounded.push_str(&rest[..at]);
            rest = &rest[at..];
            let length = tag_length(rest);
            let tag = &rest[..length];
            if self.keeps(tag) {
                bounded.push_str(tag);
            }
            rest = &rest[length..];
        }
        bounded.push_str(rest);
        bounded
    }

    /// Whether the next tag is kept. It must be whole.
    pub(crate) fn keeps(&mut self, tag: &str) -> bool {
        let (name, is_end) = match tag[1..].strip_prefix('/') {
            Some(name) => (name, true),
            None => (&tag[1..], false),
        };
        if !name.starts_with(|c: char| c.is_ascii_alphabetic()) {
            return true;
        }
        if tag.len() > LONGEST_TAG {
            return false;
        }
        let end = name.find(|c: char| c.is_whitespace() || matches!(c, '/' | '>')).unwrap_or(name.len());
        let name = name[..end].to_ascii_lowercase();
        if NOT_OPEN.contains(&name.as_str()) {
            return true;
        }
        if !is_end {
            let keeps = self.depth < MOST_DEPTH;
            self.depth += usize::from(keeps);
            *if keeps { &mut self.open } else { &mut self.left_out }.entry(name).or_default() += 1;
            return keeps;
        }
        // The innermost elements end first, and those are the ones that were left out.
        if let Some(count) = self.left_out.get_mut(&name).filter(|count| **count > 0) {
            *count -= 1;
            return false;
        }
        if let Some(count) = self.open.get_mut(&name).filter(|count| **count > 0) {
            *count -= 1;
            self.depth -= 1;
        }
        true
    }
}

/// The length of the tag or comment that a text starts with; of its first character, if it starts with none.
pub(crate) fn tag_length(html: &str) -> usize {
    if html.starts_with("<!--") {
        return html.find("-->").map_or(html.len(), |end| end + 3);
    }
    if !html[1..].starts_with(|c: char| c.is_ascii_alphabetic() || c == '/') {
        return 1;
    }
    let mut quote = None;
    for (at, byte) in html.bytes().enumerate() {
        match (quote, byte) {
            (None, b'>') => return at + 1,
            (None, b'"' | b'\'') => quote = Some(byte),
            (Some(open), _) if open == byte => quote = None,
            _ => {}
        }
    }
    html.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bounded(html: &str) -> String {
        Nesting::default().bounded(html)
    }

    #[test]
    fn elements_that_are_nested_too_deep_are_left_out_and_their_words_stay() {
        let deep = format!("{}words{}", "<div>".repeat(300), "</div>".repeat(300));
        let wanted = format!("{}words{}", "<div>".repeat(MOST_DEPTH), "</div>".repeat(MOST_DEPTH));
        assert_eq!(bounded(&deep), wanted);
        // An end tag of something that is not open ends nothing.
        assert_eq!(bounded(&"<div></x>".repeat(300)).matches("<div>").count(), MOST_DEPTH);
        assert_eq!(bounded(&format!("<b {}>x</b>", "a=b ".repeat(9_000))), "x</b>");
    }

    #[test]
    fn what_is_not_deep_stays_as_it_is() {
        for html in [
            &"<p>a<li>b<br><img src='>' alt=\"<div>\">".repeat(300),
            &"<div class=a>b</DIV>".repeat(300),
            &"<!-- <div> -->".repeat(300),
            "a < b <3 <",
            "</",
            "é<é",
            "<b title='",
            "<!--",
        ] {
            assert_eq!(bounded(html), *html);
        }
    }
}
