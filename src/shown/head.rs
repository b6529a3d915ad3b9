//! What every page has.

use std::borrow::Cow;

use serde::Serialize;

use super::Html;
use crate::base::path::SitePath;

/// What every page has.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct PageHead {
    /// The file of `templates/` that draws the page.
    pub template: Cow<'static, str>,
    /// Its path.
    #[serde(serialize_with = "encoded")]
    #[cfg_attr(test, schemars(with = "String"))]
    pub path: SitePath,
    /// What leads from the page to the site's root: `../`, or nothing. On the page for addresses that lead
    /// nowhere, it is absolute.
    pub root: String,
    /// The address by which search engines are to know it, absolute.
    pub canonical: String,
    /// The language of the page, as BCP 47 has it.
    pub lang: String,
    /// The direction of its writing: `ltr` or `rtl`.
    pub dir: &'static str,
    /// The numbering system of its language, as CLDR names it, such as `arab`; `none` for the Western digits.
    pub numerals: Option<&'static str>,
    /// Its title.
    pub title: String,
    /// Its summary, in a sentence or two.
    pub summary: Option<String>,
    /// The kind of its entity, or the kind that it lists; `evidence` on the pages about the evidence.
    pub kind: Option<&'static str>,
    /// The pages above it, from the home down to its parent.
    pub crumbs: Vec<Crumb>,
    /// The same page in each language of the site.
    pub editions: Vec<EditionLink>,
    /// Whether there is a map on it, so that it needs `map.css` and `map.js`.
    pub draws: bool,
    /// Its JSON-LD, safe within `<script type="application/ld+json">`; empty on pages that nobody should
    /// find.
    pub linked: Html,
}

fn encoded<S: serde::Serializer>(path: &SitePath, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(&crate::link::layout::encoded(path))
}

/// A link to a page with its title.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Crumb {
    /// The path of the page.
    pub path: String,
    /// Its title.
    pub title: String,
}

/// A page in one of the site's languages.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct EditionLink {
    /// The language, as BCP 47 has it.
    pub lang: String,
    /// The name of the language in that language.
    pub name: String,
    /// The path of the page in it.
    pub path: String,
    /// Whether it is this page.
    pub current: bool,
    /// Whether its text is translated into that language.
    pub translated: bool,
}

/// Which page of a list this is that goes over several.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Pagination {
    /// The number of this page, from 1.
    pub number: usize,
    /// How many pages there are.
    pub count: usize,
    /// The path of the page before.
    pub previous: Option<String>,
    /// The path of the page after.
    pub next: Option<String>,
    /// The path of the last page.
    pub last: String,
}
