//! The paths of everything on the site.

use crate::base::id::Lang;
use crate::base::path::{InputPath, SitePath, composed, percent_encoded};
use crate::kinds::KindId;
use crate::link::{Entity, Graph};

/// The folder of a language: none for the default one, so it has the short addresses.
fn prefix(lang: &Lang, default: &Lang) -> String {
    if lang == default { String::new() } else { format!("{lang}/") }
}

/// Whether this is the article on the home page.
pub(crate) fn is_home(entity: &Entity) -> bool {
    entity.kind == KindId::Article && entity.id.as_str() == "article"
}

/// The page of an entity in a language.
pub(crate) fn page(graph: &Graph, entity: &Entity, lang: &Lang) -> SitePath {
    match is_home(entity) {
        true => home(lang, graph.default_language()),
        false => page_called(graph, entity.kind, entity.id.as_str(), lang),
    }
}

fn page_called(graph: &Graph, kind: KindId, id: &str, lang: &Lang) -> SitePath {
    let (prefix, folder) = (prefix(lang, graph.default_language()), kind.spec().folder);
    match kind {
        // Each article has a folder of its own, because its annotations are beside it.
        KindId::Article => format!("{prefix}{folder}/{id}/index.html"),
        KindId::Page => format!("{prefix}{id}.html"),
        _ => format!("{prefix}{folder}/{id}.html"),
    }
    .into()
}

/// The id by which programs elsewhere know an entity for good: the first that it had. If another entity has that id by
/// now, it is the first that no other has.
pub(crate) fn first_id<'a>(graph: &Graph, entity: &'a Entity) -> &'a str {
    let mut ids = entity.common().formerly.iter().map(|former| &*former.value);
    let is_free =
        |id: &&str| graph.by_id(id).is_none_or(|other| graph.entity(other).id.as_str() == entity.id.as_str());
    ids.find(is_free).unwrap_or(entity.id.as_str())
}

/// The page of an entity under its [first id](first_id): an address for ids, which may lead there by a redirect.
pub(crate) fn first_page(graph: &Graph, entity: &Entity, lang: &Lang) -> SitePath {
    match first_id(graph, entity) {
        id if id == entity.id.as_str() => page(graph, entity, lang),
        id => page_called(graph, entity.kind, id, lang),
    }
}

/// The home page of a language.
pub(crate) fn home(lang: &Lang, default: &Lang) -> SitePath {
    format!("{}index.html", prefix(lang, default)).into()
}

/// The listing of a kind in a language, first page.
pub(crate) fn listing(kind: KindId, lang: &Lang, default: &Lang) -> SitePath {
    format!("{}{}/index.html", prefix(lang, default), kind.spec().folder).into()
}

/// A feed of the entities of a kind, beside its listing in the default language. Readers are told of what is
/// new in the dossier, not of whom or what it names.
pub(crate) fn feed(kind: KindId, file: &str) -> Option<SitePath> {
    let is_news = matches!(kind, KindId::Article | KindId::Claim | KindId::Event | KindId::Note);
    is_news.then(|| format!("{}/{file}", kind.spec().folder).into())
}

/// The file of a feed in Atom.
pub(crate) const ATOM: &str = "atom.xml";

/// The page for addresses that lead nowhere. Hosts look for it under this name.
pub(crate) const NOT_FOUND: &str = "404.html";

/// The list of what every file holds.
pub const SUMS: &str = "SHA256SUMS";

/// The folder of the theme's files.
pub(crate) const ASSETS: &str = "assets";

/// The folder of the pages that show what the evidence comes to.
pub(crate) const SPECIAL: &str = "evidence";

/// The same for a language, with a slash at the end. It also contains the data for scripts.
pub(crate) fn special_folder(lang: &Lang, default: &Lang) -> String {
    format!("{}{SPECIAL}/", prefix(lang, default))
}

/// A special page in a language.
pub(crate) fn special(file: &str, lang: &Lang, default: &Lang) -> SitePath {
    format!("{}{file}.html", special_folder(lang, default)).into()
}

/// A further page of a list that starts on `first`, counted from 0.
pub(crate) fn part(first: &SitePath, number: usize) -> SitePath {
    match (number, first.as_str().strip_suffix(".html")) {
        (1.., Some(stem)) => format!("{stem}.part-{}.html", number + 1).into(),
        _ => first.clone(),
    }
}

/// The map of the whole dossier, or that of a part of it, which lies within parts that have these names, in a language.
pub(crate) fn map(parts: &[&str], lang: &Lang, default: &Lang) -> SitePath {
    let parts: String = parts.iter().flat_map(|part| ["/", part]).collect();
    format!("{}map{parts}.html", prefix(lang, default)).into()
}

/// The print edition, in a language.
pub(crate) fn print(lang: &Lang, default: &Lang) -> SitePath {
    format!("{}print.html", prefix(lang, default)).into()
}

/// The EPUB, in a language.
pub(crate) fn epub(lang: &Lang, default: &Lang) -> SitePath {
    format!("{}dossier.epub", prefix(lang, default)).into()
}

/// A data file of an entity, beside its page in the default language.
pub fn data(graph: &Graph, entity: &Entity, extension: &str) -> SitePath {
    let page = page(graph, entity, graph.default_language());
    let stem = page.as_str().strip_suffix(".html").unwrap_or(page.as_str());
    format!("{stem}.{extension}").into()
}

/// The social card of an entity's page in a language.
pub(crate) fn social_card(graph: &Graph, entity: &Entity, lang: &Lang) -> SitePath {
    let page = page(graph, entity, lang);
    let stem = page.as_str().strip_suffix(".html").unwrap_or(page.as_str());
    format!("{ASSETS}/cards/{stem}.png").into()
}

/// The annotations of an article, beside its page in a language.
pub(crate) fn annotations(graph: &Graph, article: &Entity, lang: &Lang) -> SitePath {
    match page(graph, article, lang).folder() {
        "" => "annotations.json".into(),
        folder => format!("{folder}/annotations.json").into(),
    }
}

/// The page of a former id, which redirects to the new one.
pub(crate) fn former(graph: &Graph, entity: &Entity, id: &str, lang: &Lang) -> SitePath {
    page_called(graph, entity.kind, id, lang)
}

/// An asset: beside the pages of the default language, as it is beside their files.
pub(crate) fn asset(path: &InputPath) -> SitePath {
    composed(path.as_str().strip_prefix("content/").unwrap_or(path.as_str())).as_ref().into()
}

/// A site path as written in an address. A colon could be mistaken for that of a scheme.
pub(crate) fn encoded(path: &SitePath) -> String {
    percent_encoded(path.as_str()).replace(':', "%3A")
}

/// The address of a page, relative to the site's root. A folder's own page has the address of the folder.
pub(crate) fn address(path: &SitePath) -> String {
    let encoded = encoded(path);
    match encoded.strip_suffix("index.html") {
        Some(folder) if folder.is_empty() || folder.ends_with('/') => folder.to_owned(),
        _ => encoded,
    }
}
