//! The kinds of file that an address can have.

use crate::base::path::InputPath;
use crate::kinds::KindId;
use crate::link::EntityIx;

/// Says what makes the file at an address.
///
/// Pages and copied files have their own variants, because the preview, the sitemap and the rules treat them
/// differently. The files of all output formats share one variant, so a new format adds no new case to match
/// on.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Route {
    /// A page, drawn by the theme.
    Page(PageId),
    /// A file of `content/`, copied unchanged.
    Input(InputPath),
    /// A file made by an output.
    File(OutputId, FileKey),
}

/// The identity of a page.
#[derive(Clone, Debug, Eq, PartialEq, Hash)]
pub enum PageId {
    /// An entity's own page, in the language with this index.
    Entity(EntityIx, usize),
    /// A page of a kind's listing in a language; page numbers start at 0.
    Listing(KindId, usize, usize),
    /// A further page of the entities that refer to an entity, in a language. Page numbers start at 1,
    /// because the first page is part of the entity's own page.
    Referrers(EntityIx, usize, usize),
    /// The home page of a language, if no article is the home page.
    Home(usize),
    /// The overview map of all places and routes, in a language, or a map with this number of some of them.
    Map(usize, usize),
    /// The whole dossier as one page, for printing.
    Print(usize),
    /// The 404 page.
    NotFound,
    /// A redirect from the address of an entity's former id.
    Redirect(EntityIx, String, usize),
    /// A special page: one that belongs to no entity.
    Special(SpecialId, usize),
}

impl PageId {
    /// The index of its language; `None` if the page is the same for all languages.
    pub(crate) fn lang(&self) -> Option<usize> {
        match *self {
            PageId::Entity(_, lang)
            | PageId::Listing(_, lang, _)
            | PageId::Referrers(_, lang, _)
            | PageId::Home(lang)
            | PageId::Map(lang, _)
            | PageId::Print(lang)
            | PageId::Redirect(_, _, lang)
            | PageId::Special(_, lang) => Some(lang),
            PageId::NotFound => None,
        }
    }

    /// The same page in another language.
    pub(crate) fn in_language(mut self, number: usize) -> PageId {
        match &mut self {
            PageId::Entity(_, lang)
            | PageId::Listing(_, lang, _)
            | PageId::Referrers(_, lang, _)
            | PageId::Home(lang)
            | PageId::Map(lang, _)
            | PageId::Print(lang)
            | PageId::Redirect(_, _, lang)
            | PageId::Special(_, lang) => *lang = number,
            PageId::NotFound => {}
        }
        self
    }
}

/// A part of a special page.
#[derive(Copy, Clone, Debug, Eq, PartialEq, Hash)]
pub struct SpecialId {
    /// The index of the page in the table of special pages.
    pub number: usize,
    /// The part, starting at 0.
    pub part: usize,
}

/// An output: an entry in the table of `outputs`.
#[derive(Copy, Clone, Debug, Eq, PartialEq)]
pub struct OutputId {
    /// Its index in the table.
    pub number: usize,
    /// Its name, for messages.
    pub name: &'static str,
}

/// Identifies one of an output's files. Each output defines what the numbers mean.
#[derive(Copy, Clone, Debug, Eq, PartialEq)]
pub struct FileKey {
    /// The subject of the file.
    pub(crate) of: Subject,
    /// The index of its language; 0 if it has none.
    pub lang: usize,
    /// Distinguishes the sorts of file that an output makes of one subject; 0 if there is only one sort.
    pub sort: u8,
    /// Its index among the files of the same subject, language and sort.
    pub number: usize,
}

/// The subject of a file.
#[derive(Copy, Clone, Debug, Eq, PartialEq)]
pub(crate) enum Subject {
    /// The site as a whole.
    Site,
    /// All entities of a kind.
    Kind(KindId),
    Entity(EntityIx),
}

impl FileKey {
    /// The key of the only file about a subject.
    pub(crate) fn of(subject: Subject) -> FileKey {
        FileKey { of: subject, lang: 0, sort: 0, number: 0 }
    }

    /// The key of one of several files about the site.
    pub(crate) fn numbered(number: usize) -> FileKey {
        FileKey { number, ..FileKey::of(Subject::Site) }
    }

    /// The same key in another language.
    pub(crate) fn in_language(self, lang: usize) -> FileKey {
        FileKey { lang, ..self }
    }

    /// The entity that the file is about.
    pub(crate) fn entity(&self) -> Option<EntityIx> {
        match self.of {
            Subject::Entity(ix) => Some(ix),
            Subject::Site | Subject::Kind(_) => None,
        }
    }
}
