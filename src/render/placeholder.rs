//! Placeholders for content that the program renders into a body. While the author's HTML around it is
//! sanitised, a placeholder takes its place.
//!
//! Authors can write any text, so it could contain a fixed placeholder. The name is therefore random, as with
//! the boundaries of MIME parts (RFC 2046, 5.1.1). Placeholders never appear in the finished page, so pages
//! do not depend on the random name.

use std::hash::{BuildHasher, RandomState};
use std::sync::LazyLock;

/// The start of every placeholder of this process.
static NAME: LazyLock<String> = LazyLock::new(|| format!("[{:016x}-", RandomState::new().hash_one(())));

/// The drawings of a body, in the order in which they were added.
#[derive(Default)]
pub(crate) struct Drawings(Vec<String>);

impl Drawings {
    /// Stores a drawing, and returns its placeholder.
    pub(crate) fn keep(&mut self, html: String) -> String {
        self.0.push(html);
        placeholder(self.0.len() - 1)
    }

    /// Replaces every placeholder with its drawing.
    pub(crate) fn put_into(mut self, html: String) -> String {
        if self.0.is_empty() {
            return html;
        }
        let mut whole = String::with_capacity(html.len() + self.0.iter().map(String::len).sum::<usize>());
        self.put(&html, &mut whole);
        whole
    }

    /// Appends a text with its drawings, which may hold others.
    fn put(&mut self, html: &str, whole: &mut String) {
        let mut rest = html;
        while let Some(at) = rest.find(&**NAME) {
            whole.push_str(&rest[..at]);
            rest = &rest[at + NAME.len()..];
            let drawing = rest.split_once(']').and_then(|(number, after)| {
                let drawing = std::mem::take(self.0.get_mut(number.parse::<usize>().ok()?)?);
                Some((drawing, after))
            });
            match drawing {
                Some((drawing, after)) => {
                    self.put(drawing.trim(), whole);
                    rest = after;
                }
                None => whole.push_str(&NAME),
            }
        }
        whole.push_str(rest);
    }
}

/// Whether a text contains a placeholder.
pub(crate) fn is_in(text: &str) -> bool {
    text.contains(&**NAME)
}

fn placeholder(number: usize) -> String {
    format!("{}{number}]", *NAME)
}
