//! The settings of the print edition and the EPUB.

use serde::Deserialize;

use super::BookFormat;

/// The settings of books.
#[derive(Clone, Debug, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Books {
    /// The formats, if the author set them.
    pub(super) formats: Option<Vec<BookFormat>>,
    /// The maximum number of entities in a book: those nearest to the articles.
    pub most: usize,
}

impl Books {
    /// The formats for a dossier of this size. By default only small dossiers have books, because making a
    /// book takes long.
    pub(crate) fn formats(&self, entities: usize) -> &[BookFormat] {
        match &self.formats {
            _ if self.most == 0 || entities == 0 => &[],
            Some(formats) => formats,
            None if entities <= self.most => &[BookFormat::Print, BookFormat::Epub],
            None => &[],
        }
    }
}

impl Default for Books {
    fn default() -> Books {
        Books { formats: None, most: 300 }
    }
}
