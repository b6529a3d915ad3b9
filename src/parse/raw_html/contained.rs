//! Raw HTML that does not end what it begins.

use std::borrow::Cow;
use std::collections::HashSet;

/// Elements whose content is not read as HTML, or not shown as text, so that one without an end would hide the
/// rest of the page.
const ENCLOSING: [&str; 15] = [
    "script",
    "style",
    "title",
    "textarea",
    "iframe",
    "noembed",
    "noframes",
    "noscript",
    "xmp",
    "plaintext",
    "select",
    "template",
    "svg",
    "math",
    "frameset",
];

/// The tags, comments and declarations in HTML, each with its start and its end; without an end if it has none.
pub(super) struct Marks<'h> {
    html: &'h str,
    at: usize,
    /// Whether no comment that starts from here on ends.
    has_open_comment: bool,
    /// The starts of tags that a search for the end of an earlier one passed in vain, outside of quotation marks. So
    /// no text is searched more than once for each of the states inside and outside of quotation marks.
    endless: HashSet<usize>,
}

impl<'h> Marks<'h> {
    pub(super) fn of(html: &'h str) -> Marks<'h> {
        Marks { html, at: 0, has_open_comment: false, endless: HashSet::new() }
    }

    /// The end of the tag or declaration that starts at `start`. To a browser, a declaration is a comment, in which
    /// quotation marks mean nothing.
    fn end_of_tag(&mut self, start: usize, has_quotes: bool) -> Option<usize> {
        if self.endless.contains(&start) {
            return None;
        }
        let mut quote = None;
        let mut passed = Vec::new();
        for (at, byte) in self.html.bytes().enumerate().skip(start) {
            match (quote, byte) {
                (None, b'>') => return Some(at + 1),
                (None, b'<') => passed.push(at),
                (None, b'"' | b'\'') if has_quotes => quote = Some(byte),
                (Some(open), _) if open == byte => quote = None,
                _ => {}
            }
        }
        self.endless.extend(passed);
        None
    }
}

impl Iterator for Marks<'_> {
    type Item = (usize, Option<usize>);

    fn next(&mut self) -> Option<(usize, Option<usize>)> {
        loop {
            let start = self.at + self.html[self.at..].find('<')?;
            let rest = &self.html[start..];
            let end = if rest.starts_with("<!--") {
                let end = if self.has_open_comment { None } else { rest.find("-->") };
                self.has_open_comment = end.is_none();
                end.map(|end| start + end + 3)
            } else if rest[1..].starts_with(|c: char| c.is_ascii_alphabetic() || "/?!".contains(c)) {
                self.end_of_tag(start, !rest[1..].starts_with(['?', '!']))
            } else {
                self.at = start + 1;
                continue;
            };
            self.at = end.unwrap_or(start + 1);
            return Some((start, end));
        }
    }
}

/// A piece of HTML that hides nothing after it: a tag that does not end is text, and an element of
/// [`ENCLOSING`] that does not end is left out, but not its words.
pub(crate) fn contained(html: &str) -> Cow<'_, str> {
    let lower = html.to_ascii_lowercase();
    let mut contained = String::new();
    // The names of elements that have no end tag after here.
    let mut unclosed: HashSet<&str> = HashSet::new();
    let mut done = 0;
    let mut marks = Marks::of(html);
    while let Some((start, end)) = marks.next() {
        let Some(end) = end else {
            contained.push_str(&html[done..start]);
            contained.push_str("&lt;");
            done = start + 1;
            continue;
        };
        let name = &lower[start + 1..];
        let name = &name[..name.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(name.len())];
        if !ENCLOSING.contains(&name) {
            continue;
        }
        let closing = match unclosed.contains(name) {
            true => None,
            false => lower[end..].find(&format!("</{name}")),
        };
        match closing {
            Some(closing) => marks.at = end + closing,
            None => {
                unclosed.insert(name);
                contained.push_str(&html[done..start]);
                done = end;
            }
        }
    }
    match done {
        0 => Cow::Borrowed(html),
        _ => Cow::Owned(contained + &html[done..]),
    }
}
