//! The dossier as a book: its pages in chapters.

use serde::{Serialize, Serializer};

use super::{Date, Page, PageHead};

/// The print edition: the whole dossier on one page.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct PrintPage {
    #[serde(flatten)]
    pub head: PageHead,
    /// What is in it.
    pub book: Book,
}

/// A book.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Book {
    /// Its chapters, in order.
    pub chapters: Vec<Chapter>,
    /// How many entities are not in it.
    pub left_out: usize,
    /// The last day on which the dossier changed.
    pub date: Option<Date>,
    /// The names of the authors of the article.
    pub byline: Option<String>,
    /// The address of the site, where it is known.
    pub address: Option<String>,
    /// The path of the EPUB, where there is one.
    pub epub: Option<String>,
}

/// A chapter of a book.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Chapter {
    /// Its id: `actors`.
    pub name: &'static str,
    /// Its number, from 1.
    pub number: usize,
    /// Its title.
    pub title: String,
    /// Its sections.
    pub sections: Vec<Section>,
}

/// A page in a book.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Section {
    /// Its id: `actor-nis`.
    pub name: String,
    /// Its number: `3.4`.
    pub number: String,
    /// Its title.
    pub title: String,
    /// The language of its title and text, where that is not the book's.
    pub lang: Option<String>,
    /// The page.
    #[cfg_attr(test, schemars(with = "super::Html"))]
    pub html: SectionHtml,
}

/// A page, drawn as a section by the template of its name in `book/`. `render` knows it by the name of this
/// struct; it serialises as the page's path.
#[derive(Debug)]
pub struct SectionHtml(pub Page);

impl Serialize for SectionHtml {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_newtype_struct("SectionHtml", self.0.head().path.as_str())
    }
}
