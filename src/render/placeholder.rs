//! What the program draws into a body is kept apart while the author's HTML around it is cleaned; meanwhile a
//! placeholder stands for it.
//!
//! An author may write any text, so a fixed placeholder would sooner or later be found in one. As with the
//! boundaries of MIME parts (RFC 2046, 5.1.1), its name is one that nobody can foresee. It is never part of a
//! page, so pages do not depend on it.

use std::hash::{BuildHasher, RandomState};
use std::sync::LazyLock;

/// Begins every placeholder of this process.
static NAME: LazyLock<String> = LazyLock::new(|| format!("[{:016x}-", RandomState::new().hash_one(())));

/// The drawings of a body, in the order in which they were added.
#[derive(Default)]
pub(crate) struct Drawings(Vec<String>);

impl Drawings {
    /// Keeps a drawing; what to write in its place.
    pub(crate) fn keep(&mut self, html: String) -> String {
        self.0.push(html);
        placeholder(self.0.len() - 1)
    }

    /// The body with every drawing in its place.
    pub(crate) fn put_into(self, html: String) -> String {
        self.0
            .iter()
            .enumerate()
            .fold(html, |html, (number, drawing)| html.replacen(&placeholder(number), drawing.trim(), 1))
    }
}

/// Whether a text holds a placeholder.
pub(crate) fn is_in(text: &str) -> bool {
    text.contains(&**NAME)
}

fn placeholder(number: usize) -> String {
    format!("{}{number}]", *NAME)
}
