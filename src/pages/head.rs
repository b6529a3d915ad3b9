//! The head of a page, whatever the page is.

use std::borrow::Cow;

use crate::base::path::SitePath;
use crate::link::layout;
use crate::machine::{About, Subject, json_ld};
use crate::reader::Reader;
use crate::shown::{Crumb, EditionLink, Html, PageHead, Pagination};
use crate::site::parts;

/// What the heads of pages differ in.
pub(crate) struct HeadParts<'a> {
    /// The file of `templates/` that draws the page.
    pub template: Cow<'static, str>,
    /// Where the page is.
    pub path: SitePath,
    pub title: String,
    pub summary: Option<String>,
    /// The kind of its entity, or the kind that it lists.
    pub kind: Option<&'static str>,
    /// The pages above it.
    pub crumbs: Vec<Crumb>,
    /// Where the same page is in the language of a number, if it is there.
    pub edition: &'a dyn Fn(usize) -> Option<SitePath>,
    /// Whether its text is translated into the language of a number.
    pub is_translated: &'a dyn Fn(usize) -> bool,
    /// The address by which it is to be known, where that is not its own.
    pub canonical: Option<String>,
    /// Where the site's root is, if that is not to be said from the page.
    pub root: Option<String>,
    /// Whether there is a map on it.
    pub draws: bool,
    /// What its JSON-LD tells of.
    pub subject: Subject<'a>,
}

impl<'a> HeadParts<'a> {
    /// Those of a page of which there is nothing else to say.
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
            dir: reader.locale.lang.direction(),
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

/// Which page of a list of so many entries this is, from 0, where there are several pages.
pub(crate) fn pagination(first: &SitePath, number: usize, entries: usize) -> Option<Pagination> {
    pagination_of(first, number, parts(entries))
}

/// Which of `count` pages of a list this is, from 0, where there are several.
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
