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
    pub(crate) fn put_into(self, html: String) -> String {
        self.0
            .iter()
            .enumerate()
            .fold(html, |html, (number, drawing)| html.replacen(&placeholder(number), drawing.trim(), 1))
    }
}

/// Whether a text contains a placeholder.
pub(crate) fn is_in(text: &str) -> bool {
    text.contains(&**NAME)
}

fn placeholder(number: usize) -> String {
    format!("{}{number}]", *NAME)
}
