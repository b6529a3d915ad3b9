//! Marks a passage: writes a target for it into the file of an entity.

use crate::base::diagnostic::Edit;
use crate::base::id::Lang;
use crate::base::path::InputPath;
use crate::data::write::Given;
use crate::ide::front::FrontMatter;
use crate::ide::{Refusal, did_you_mean};
use crate::kinds::KindId;
use crate::link::anchor::{Anchoring, Haystack, Quote, Selector};
use crate::link::{Edition, Entity, EntityIx, Graph, Shown};
use crate::session::Snapshot;

/// A request to mark a passage.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Request<'a> {
    /// The words, and their context if they occur several times.
    pub quote: Quote<'a>,
    /// The id of the annotating entity.
    pub about: &'a str,
    /// The id of the article; by default the home page, or the only article.
    pub article: Option<&'a str>,
    /// The language; by default derived from the words.
    pub lang: Option<&'a str>,
}

/// A target that is not written yet.
#[derive(Clone, Debug)]
pub(crate) struct Target {
    pub edits: Vec<Edit>,
    /// The file that it is written into.
    pub path: InputPath,
    pub selector: Selector,
    /// The annotating entity.
    pub by: EntityIx,
}

/// The target for a request.
///
/// # Errors
/// If the words do not occur, or occur several times, or the entity has no edition in their language.
pub(crate) fn target(snapshot: &Snapshot, request: &Request<'_>) -> Result<Target, Refusal> {
    let graph = &snapshot.graph;
    let by = entity(graph, request.about)?;
    let (article, lang, selector) = selector(graph, request.article, request.lang, &request.quote)?;
    let entity = graph.entity(by);
    let lang = &lang;
    let Some(edition) = entity.edition(lang) else {
        let (kind, id) = (entity.kind.name(), &entity.id);
        return Err(Refusal(format!(
            "`{id}` has no edition in `{lang}`; create it with `dossier new {kind} \"…\" --id {id} --lang {lang}`"
        )));
    };
    let path = &edition.input.path;
    let id = graph.entity(article).id.as_str();
    let has = |target: &crate::kinds::Target| target.source.id == id && target.exact.value == selector.exact;
    if edition.parsed.head.common.targets.iter().any(has) && selector.prefix.is_empty() {
        return Err(Refusal(format!("`{path}` already quotes these words")));
    }
    let front = FrontMatter::of(&**snapshot.world(), edition);
    let edits = front.and_then(|front| front.append("targets", target_of(id, &selector)));
    let edits = edits.ok_or_else(|| {
        Refusal(format!("the front matter of `{path}` cannot be edited; see `dossier check`"))
    })?;
    let path = path.clone();
    Ok(Target { edits, path, selector, by })
}

/// A target as it is written.
pub(crate) fn target_of(article: &str, selector: &Selector) -> Given {
    let words = [
        ("source", article),
        ("exact", &selector.exact),
        ("prefix", &selector.prefix),
        ("suffix", &selector.suffix),
    ];
    let words = words.into_iter().filter(|(_, words)| !words.is_empty());
    Given::Table(words.map(|(key, words)| (key.to_owned(), Given::Words(words.to_owned()))).collect())
}

/// The article with the words, their language, and their selector.
///
/// # Errors
/// If the words do not occur, or occur several times.
pub(crate) fn selector(
    graph: &Graph,
    id: Option<&str>,
    lang: Option<&str>,
    quote: &Quote<'_>,
) -> Result<(EntityIx, Lang, Selector), Refusal> {
    let article = article(graph, id)?;
    let (edition, selector) = find(graph, graph.entity(article), lang, quote)?;
    Ok((article, edition.input.lang.clone(), selector))
}

/// Verifies that the written target is found, and that no other annotation is lost.
///
/// # Errors
/// If either is not the case.
pub(crate) fn verify(before: &Graph, after: &Graph, target: &Target) -> Result<(), Refusal> {
    let count = |graph: &Graph| {
        let anchored = |annotation: &crate::link::Annotation| matches!(annotation.at, Anchoring::Anchored(_));
        graph.annotations.by(target.by).filter(|(_, annotation, _)| anchored(annotation)).count()
    };
    match count(after) == count(before) + 1 {
        true => Ok(()),
        false => Err(Refusal(format!(
            "`targets` in `{}` cannot be edited automatically; add `exact: {:?}` there",
            target.path, target.selector.exact
        ))),
    }
}

fn entity(graph: &Graph, id: &str) -> Result<EntityIx, Refusal> {
    graph.by_id(id).ok_or_else(|| Refusal(format!("there is no `{id}`{}", did_you_mean(id, graph.ids()))))
}

/// The article with that id, or the home page, or the only article.
pub(crate) fn article(graph: &Graph, id: Option<&str>) -> Result<EntityIx, Refusal> {
    if let Some(id) = id {
        let ix = entity(graph, id)?;
        return match graph.entity(ix).kind {
            KindId::Article => Ok(ix),
            kind => Err(Refusal(format!("`{id}` is of kind `{}`, not an article", kind.name()))),
        };
    }
    let mut articles = graph.iter().filter(|(_, entity)| entity.kind == KindId::Article).map(|(ix, _)| ix);
    let home = graph.by_id("article").filter(|ix| graph.entity(*ix).kind == KindId::Article);
    match (home, articles.next(), articles.next()) {
        (Some(home), ..) => Ok(home),
        (None, Some(only), None) => Ok(only),
        (None, None, _) => {
            Err(Refusal("there is no article yet; create one with `dossier new article`".into()))
        }
        _ => Err(Refusal("there are several articles; say which with `--article`".into())),
    }
}

/// The edition that contains the words, and their selector.
fn find<'g>(
    graph: &'g Graph,
    article: &'g Entity,
    lang: Option<&str>,
    quote: &Quote<'_>,
) -> Result<(&'g Edition, Selector), Refusal> {
    let wanted = |edition: &&Edition| lang.is_none_or(|lang| *edition.input.lang.as_str() == *lang);
    let editions: Vec<&Edition> = article.editions.iter().filter(wanted).collect();
    if editions.is_empty() {
        let langs: Vec<&str> = article.editions.iter().map(|edition| edition.input.lang.as_str()).collect();
        let (id, lang) = (&article.id, lang.unwrap_or_default());
        return Err(Refusal(format!("`{id}` has no edition in `{lang}`; it has {}", langs.join(", "))));
    }
    let mut best: Option<(f64, String)> = None;
    for edition in editions {
        let shown = Shown::of(graph, edition);
        let haystack = Haystack::new(shown.text()).in_language(edition.input.lang.as_str());
        let words = |range: &std::ops::Range<usize>| {
            shown.text()[range.clone()].split_whitespace().collect::<Vec<&str>>().join(" ")
        };
        match haystack.anchor(quote) {
            Anchoring::Anchored(range) => {
                if let Some(selector) = haystack.select(&range) {
                    return Ok((edition, selector));
                }
            }
            Anchoring::Ambiguous(hits) => {
                let prefix = |hit| Some(format!("`--prefix {:?}`", haystack.select(hit)?.prefix.trim_end()));
                let prefixes: Vec<String> = hits.iter().take(5).filter_map(prefix).collect();
                let (count, path) = (hits.len(), &edition.input.path);
                return Err(Refusal(format!(
                    "the words occur {count} times in `{path}`; say which with {}",
                    prefixes.join(" or ")
                )));
            }
            Anchoring::Moved(range, likeness) => keep(&mut best, likeness, words(&range)),
            Anchoring::NotFound(near) => {
                near.iter().for_each(|(range, likeness)| keep(&mut best, *likeness, words(range)));
            }
            Anchoring::NotCompared => {}
        }
    }
    let near = best.map_or(String::new(), |(_, words)| format!("; did you mean “{words}”?"));
    Err(Refusal(format!("`{}` does not contain these words{near}", article.id)))
}

fn keep(best: &mut Option<(f64, String)>, likeness: f64, words: String) {
    if best.as_ref().is_none_or(|(most, _)| likeness > *most) {
        *best = Some((likeness, words));
    }
}
