//! The head of any page.

use std::borrow::Cow;

use crate::base::path::SitePath;
use crate::link::layout;
use crate::machine::{About, Subject, json_ld};
use crate::reader::Reader;
use crate::shown::{Crumb, EditionLink, Html, PageHead, Pagination};
use crate::site::parts;

/// The parts of a head that differ between pages.
pub(crate) struct HeadParts<'a> {
    /// The template file, in `templates/`.
    pub template: Cow<'static, str>,
    /// The path of the page.
    pub path: SitePath,
    pub title: String,
    pub summary: Option<String>,
    /// The kind of its entity, or the kind that it lists.
    pub kind: Option<&'static str>,
    /// The breadcrumbs.
    pub crumbs: Vec<Crumb>,
    /// The path of the same page in another language, if it exists.
    pub edition: &'a dyn Fn(usize) -> Option<SitePath>,
    /// Whether the page's text is translated into a language.
    pub is_translated: &'a dyn Fn(usize) -> bool,
    /// The canonical address, if it differs from the page's own.
    pub canonical: Option<String>,
    /// The address of the site's root, if it must not be relative to the page.
    pub root: Option<String>,
    /// Whether the page has a map.
    pub draws: bool,
    /// The subject of its JSON-LD.
    pub subject: Subject<'a>,
}

impl<'a> HeadParts<'a> {
    /// The parts of a page that needs nothing special.
    pub(crate) fn new(
        template: impl Into<Cow<'static, str>>,
        path: SitePath,
        title: String,
        edition: &'a dyn Fn(usize) -> Option<SitePath>,
    ) -> HeadParts<'a> {
        HeadParts {
            template: template.into(),
            path,
            title,
            summary: None,
            kind: None,
            crumbs: Vec::new(),
            edition,
            is_translated: &|_| true,
            canonical: None,
            root: None,
            draws: false,
            subject: Subject::Page,
        }
    }

    pub(crate) fn head(self, reader: Reader<'_>) -> PageHead {
        let languages = reader.labels.languages.iter().enumerate();
        let editions = languages.filter_map(|(number, (name, tag))| {
            Some(EditionLink {
                lang: tag.clone(),
                name: name.clone(),
                path: layout::encoded(&(self.edition)(number)?),
                current: number == reader.lang,
                translated: (self.is_translated)(number),
            })
        });
        let root = self.root.unwrap_or_else(|| self.path.to_root());
        let linked = json_ld(
            reader,
            &About {
                path: &self.path,
                root: &root,
                title: &self.title,
                summary: self.summary.as_deref(),
                crumbs: &self.crumbs,
                subject: self.subject,
            },
        );
        let own = || format!("{}{}", reader.config.base_url, layout::address(&self.path));
        PageHead {
            template: self.template,
            canonical: self.canonical.unwrap_or_else(own),
            lang: reader.locale.lang.to_string(),
            dir: reader.locale.direction.word(),
            numerals: reader.locale.numerals(),
            title: self.title,
            summary: self.summary,
            kind: self.kind,
            crumbs: self.crumbs,
            editions: editions.collect(),
            draws: self.draws,
            linked: Html(linked),
            path: self.path,
            root,
        }
    }
}

/// Page `number` of a list with this number of entries, starting at 0. `None` if the list has only one page.
pub(crate) fn pagination(first: &SitePath, number: usize, entries: usize) -> Option<Pagination> {
    pagination_of(first, number, parts(entries))
}

/// Page `number` of a list with `count` pages, starting at 0. `None` if the list has only one page.
pub(crate) fn pagination_of(first: &SitePath, number: usize, count: usize) -> Option<Pagination> {
    let path = |number: usize| layout::encoded(&layout::part(first, number));
    (count > 1).then(|| Pagination {
        number: number + 1,
        count,
        previous: number.checked_sub(1).map(path),
        next: Some(number + 1).filter(|next| *next < count).map(path),
        last: path(count - 1),
    })
}
