//! Creates files: an entity of a kind, or a translation to fill in.

use crate::base::date::Day;
use crate::base::id::{EntityId, Lang, slug};
use crate::base::path::InputPath;
use crate::ide::front::{yaml_word, yaml_words};
use crate::ide::{Refusal, did_you_mean, translations};
use crate::kinds::KindId;
use crate::link::Graph;
use crate::load::CONTENT;

/// The maximum length of an id made from a title, in letters.
const LONGEST: usize = 60;

/// A request for a file.
#[derive(Clone, Debug)]
pub struct Request<'a> {
    /// The kind of the entity.
    pub kind: KindId,
    /// The title of the entity.
    pub title: &'a str,
    /// The id; by default made from the title.
    pub id: Option<&'a str>,
    /// The language; by default that of the site.
    pub lang: Option<&'a str>,
}

/// A file that does not exist yet.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct NewFile {
    /// Where it goes.
    pub path: InputPath,
    /// What it holds.
    pub content: String,
}

/// The file for a request. The snapshot behind `graph` should include drafts, because their ids are taken
/// too.
///
/// # Errors
/// If the id is taken or not valid, or there is nothing to translate.
pub fn file(graph: &Graph, request: &Request<'_>, today: Day) -> Result<NewFile, Refusal> {
    if request.title.trim().is_empty() {
        return Err(Refusal("the title must contain a word".into()));
    }
    match request.lang.map(|tag| language(graph, tag)).transpose()? {
        Some(lang) if lang != graph.default_language() => translation(graph, request, lang),
        _ => original(graph, request, today),
    }
}

fn language<'a>(graph: &'a Graph, tag: &str) -> Result<&'a Lang, Refusal> {
    let known = graph.languages.iter().find(|lang| lang.as_str().eq_ignore_ascii_case(tag));
    known.ok_or_else(|| {
        let known: Vec<String> = graph.languages.iter().map(|lang| format!("`{lang}`")).collect();
        let help = format!("it has {}; add it to `languages` in `dossier.toml`", known.join(", "));
        Refusal(format!("`{tag}` is not a language of the site: {help}"))
    })
}

fn original(graph: &Graph, request: &Request<'_>, today: Day) -> Result<NewFile, Refusal> {
    let spec = request.kind.spec();
    let is_home = request.kind == KindId::Article && request.id.is_none() && graph.by_id("article").is_none();
    let id = match request.id {
        Some(id) => EntityId::parse(id).map_err(Refusal)?,
        None if is_home => EntityId::new("article"),
        None => id_of(request.title)?,
    };
    must_be_free(graph, &id)?;
    let path = match is_home {
        true => format!("{CONTENT}/article.md"),
        false => format!("{CONTENT}/{}/{id}.md", spec.folder),
    };
    let template = spec.template.replace("{today}", &today.to_string());
    let content = format!("---\ntitle: {}\n{template}---\n\n", yaml_words(request.title));
    Ok(NewFile { path: path.into(), content })
}

/// An id made from a title, in the letters a to z.
///
/// # Errors
/// If no letter of the title can be written with these.
pub fn id_of(title: &str) -> Result<EntityId, Refusal> {
    let ascii = slug(&deunicode::deunicode_with_tofu(title, "").replace(['_', '\'', '.'], " "));
    let mut words = String::new();
    for word in ascii.split('-').filter(|word| !word.is_empty()) {
        if !words.is_empty() && words.len() + word.len() >= LONGEST {
            break;
        }
        if !words.is_empty() {
            words.push('-');
        }
        words.push_str(word);
    }
    words.truncate(LONGEST);
    EntityId::parse(&words)
        .map_err(|why| Refusal(format!("cannot make an id from the title: {why}; give one with `--id`")))
}

fn must_be_free(graph: &Graph, id: &EntityId) -> Result<(), Refusal> {
    let help = "choose another with `--id`";
    if let Some(ix) = graph.by_id(id.as_str()) {
        return Err(Refusal(format!("the id `{id}` is taken by `{}`; {help}", graph.entity(ix).path())));
    }
    let is_former = |former: &crate::base::span::Spanned<String>| former.value == id.as_str();
    let had = |entity: &&crate::link::Entity| entity.common().formerly.iter().any(is_former);
    match graph.iter().map(|(_, entity)| entity).find(had) {
        Some(entity) => Err(Refusal(format!("`{id}` is a former id of `{}`; {help}", entity.id))),
        None => Ok(()),
    }
}

/// A template for the translation of an entity.
fn translation(graph: &Graph, request: &Request<'_>, lang: &Lang) -> Result<NewFile, Refusal> {
    let id = match request.id {
        Some(id) => id.to_owned(),
        None => id_of(request.title)?.as_str().to_owned(),
    };
    let Some(ix) = graph.by_id(&id) else {
        let near = did_you_mean(&id, graph.ids());
        let help = if near.is_empty() { "; say what it translates with `--id`" } else { &near };
        return Err(Refusal(format!("there is no `{id}` to translate{help}")));
    };
    let entity = graph.entity(ix);
    if entity.kind != request.kind {
        let (is, asked) = (entity.kind.name(), request.kind.name());
        return Err(Refusal(format!("`{id}` is of kind `{is}`, not `{asked}`: write `dossier new {is} …`")));
    }
    if let Some(edition) = entity.edition(lang) {
        return Err(Refusal(format!("`{id}` already has an edition in `{lang}`: `{}`", edition.input.path)));
    }
    let path = translations::path_of(entity.path(), lang);
    let (key, wording) = (translations::KEY, yaml_word(&translations::wording(entity)));
    let title = yaml_words(request.title);
    Ok(NewFile { path, content: format!("---\ntitle: {title}\nsummary:\n{key}: {wording}\n---\n\n") })
}
