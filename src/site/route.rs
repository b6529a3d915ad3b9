//! What can be at an address.

use crate::base::path::InputPath;
use crate::kinds::KindId;
use crate::link::EntityIx;

/// What makes the file at an address.
///
/// Pages and copied files are told apart because the preview, the sitemap and the rules ask for them; the
/// files of all formats are one variant, so that a new format is no new case for anyone.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Route {
    /// A page, drawn by the theme.
    Page(PageId),
    /// A file of `content/`, copied as it is.
    Input(InputPath),
    /// A file that an output makes.
    File(OutputId, FileKey),
}

/// The names by which a page can be asked for.
#[derive(Clone, Debug, Eq, PartialEq, Hash)]
pub enum PageId {
    /// An entity's own page, in the language of that number.
    Entity(EntityIx, usize),
    /// A page of the listing of a kind in a language; its number counts from 0.
    Listing(KindId, usize, usize),
    /// A further page of those who refer to an entity, in a language; its number counts from 1, for the first
    /// is on the entity's own page.
    Referrers(EntityIx, usize, usize),
    /// The home of a language, where there is no article.
    Home(usize),
    /// The map of all places and routes.
    Map(usize),
    /// The whole dossier, to be printed.
    Print(usize),
    /// The page for addresses that lead nowhere.
    NotFound,
    /// The address that an entity had under a former id.
    Redirect(EntityIx, String, usize),
    /// A page that is no entity's.
    Special(SpecialId, usize),
}

impl PageId {
    /// The number of its language; `None` where it is the same for all.
    pub(crate) fn lang(&self) -> Option<usize> {
        match *self {
            PageId::Entity(_, lang)
            | PageId::Listing(_, lang, _)
            | PageId::Referrers(_, lang, _)
            | PageId::Home(lang)
            | PageId::Map(lang)
            | PageId::Print(lang)
            | PageId::Redirect(_, _, lang)
            | PageId::Special(_, lang) => Some(lang),
            PageId::NotFound => None,
        }
    }

    /// The same page in the language of another number.
    pub(crate) fn in_language(mut self, number: usize) -> PageId {
        match &mut self {
            PageId::Entity(_, lang)
            | PageId::Listing(_, lang, _)
            | PageId::Referrers(_, lang, _)
            | PageId::Home(lang)
            | PageId::Map(lang)
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
    /// The page's place in the table of special pages.
    pub number: usize,
    /// The part, from 0.
    pub part: usize,
}

/// An output: a line in the table of `outputs`.
#[derive(Copy, Clone, Debug, Eq, PartialEq)]
pub struct OutputId {
    /// Its place in the table.
    pub number: usize,
    /// Its name, for messages.
    pub name: &'static str,
}

/// Which of an output's files it is. What the numbers mean is the output's own business.
#[derive(Copy, Clone, Debug, Eq, PartialEq)]
pub struct FileKey {
    /// What it is about.
    pub(crate) of: Subject,
    /// The number of its language; 0 where it has none.
    pub lang: usize,
    /// Tells apart what the output makes of a subject; 0 where that is one sort of file.
    pub sort: u8,
    /// Its place among those of the same subject, language and sort.
    pub number: usize,
}

/// What a file is about.
#[derive(Copy, Clone, Debug, Eq, PartialEq)]
pub(crate) enum Subject {
    /// The site as a whole.
    Site,
    /// All entities of a kind.
    Kind(KindId),
    Entity(EntityIx),
}

impl FileKey {
    /// The only file about a subject.
    pub(crate) fn of(subject: Subject) -> FileKey {
        FileKey { of: subject, lang: 0, sort: 0, number: 0 }
    }

    /// One of several files about the site.
    pub(crate) fn numbered(number: usize) -> FileKey {
        FileKey { number, ..FileKey::of(Subject::Site) }
    }

    /// The same in the language of a number.
    pub(crate) fn in_language(self, lang: usize) -> FileKey {
        FileKey { lang, ..self }
    }

    /// The entity that it is about.
    pub(crate) fn entity(&self) -> Option<EntityIx> {
        match self.of {
            Subject::Entity(ix) => Some(ix),
            Subject::Site | Subject::Kind(_) => None,
        }
    }
}
