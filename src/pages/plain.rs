//! Pages with little content of their own: the home page without an article, the 404 page and redirects.

use super::head::HeadParts;
use crate::link::{EntityIx, layout};
use crate::machine::Subject;
use crate::reader::Reader;
use crate::shown::{HomePage, NotFoundPage, RedirectPage};

/// The home page, if no article is the home page.
pub(crate) fn home(reader: Reader<'_>) -> HomePage {
    let edition = |lang: usize| Some(reader.in_language(lang).home_path());
    let title = reader.text(&reader.config.title);
    let parts = HeadParts {
        kind: Some("article"),
        subject: Subject::Home,
        ..HeadParts::new("article.html", reader.home_path(), title, &edition)
    };
    HomePage { head: parts.head(reader) }
}

/// The 404 page. A host serves it at any depth, so its root is absolute.
pub(crate) fn not_found(reader: Reader<'_>) -> NotFoundPage {
    let title = reader.locale.word("notfound.title").unwrap_or("404").to_owned();
    let rest = reader.config.base_url.split_once("://").map_or("", |(_, rest)| rest);
    let parts = HeadParts {
        root: Some(rest.find('/').map_or("/", |at| &rest[at..]).to_owned()),
        subject: Subject::Nothing,
        ..HeadParts::new("404.html", "404.html".into(), title, &|_| None)
    };
    NotFoundPage { head: parts.head(reader) }
}

/// The redirect page at the address of an entity's former id.
pub(crate) fn redirect(reader: Reader<'_>, ix: EntityIx, former: &str) -> RedirectPage {
    let path = layout::former(reader.graph, reader.graph.entity(ix), former, &reader.locale.lang);
    let preview = reader.preview(ix);
    let parts = HeadParts {
        canonical: Some(format!("{}{}", reader.config.base_url, preview.path)),
        subject: Subject::Nothing,
        ..HeadParts::new("redirect.html", path, preview.title.clone(), &|_| None)
    };
    RedirectPage { head: parts.head(reader), redirect_to: preview.path.clone() }
}
