//! Creates files: an entity of a kind, or a translation to fill in.

use std::fmt::Write;

use crate::base::id::{EntityId, Lang, slug};
use crate::base::path::InputPath;
use crate::ide::front::{yaml_word, yaml_words};
use crate::ide::{Refusal, did_you_mean, translations};
use crate::kinds::keys::{Key, Said, Shape, Table};
use crate::kinds::{Common, KindId, Role};
use crate::link::Graph;
use crate::load::CONTENT;

/// The width of what stands before the comments in a new file.
const COMMENT: usize = 23;

/// The most words of a closed list that a new file names.
const MOST_WORDS: usize = 8;

/// The maximum length of an id made from a title, in letters.
const LONGEST: usize = 60;

/// A request for a file.
#[derive(Clone, Debug)]
pub(crate) struct Request<'a> {
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
pub(crate) struct NewFile {
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
pub(crate) fn file(graph: &Graph, request: &Request<'_>) -> Result<NewFile, Refusal> {
    if request.title.trim().is_empty() {
        return Err(Refusal("the title must contain a word".into()));
    }
    match request.lang.map(|tag| language(graph, tag)).transpose()? {
        Some(lang) if lang != graph.default_language() => translation(graph, request, lang),
        _ => original(graph, request),
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

fn original(graph: &Graph, request: &Request<'_>) -> Result<NewFile, Refusal> {
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
    let content = format!("---\ntitle: {}\n{}---\n\n", yaml_words(request.title), template(request.kind));
    Ok(NewFile { path: path.into(), content })
}

/// The front matter of a new file below its title: a line for each key of the kind, as a comment where it
/// need not be given.
fn template(kind: KindId) -> String {
    let mut lines = String::new();
    let started = |said: Said| Common::KEYS.iter().filter(move |key| key.start.is_some() && key.said == said);
    // What it rests on stands last.
    let keys = started(Said::Never).chain(kind.own_keys()).chain(started(Said::InData));
    for key in keys {
        // What is empty invents nothing when its comment sign is taken away; how it is written is in the comment.
        let line = match (key.start, key.shape) {
            (Some(value), _) => format!("{}: {value}", key.name),
            (None, Shape::Flag) => format!("# {}: true", key.name),
            (None, _) => format!("# {}:", key.name),
        };
        let _ = writeln!(lines, "{:<COMMENT$} # {}", line.trim_end(), comment(key));
    }
    lines
}

fn comment(key: &Key) -> String {
    let brief = key.brief();
    match key.shape {
        Shape::OneOf(words) if words.len() <= MOST_WORDS => format!("{brief}: {}", words.join(", ")),
        Shape::Words | Shape::Text | Shape::Flag => brief,
        shape => format!("{brief}, such as {}", example(shape, key.role)),
    }
}

/// How a value of that shape is written.
fn example(shape: Shape, role: Option<Role>) -> String {
    match shape {
        Shape::Words | Shape::Text => "…".to_owned(),
        Shape::Date => "2023-09-30".to_owned(),
        Shape::Flag => "true".to_owned(),
        Shape::Whole | Shape::Number => "1".to_owned(),
        Shape::Ref => match role.map_or(&[][..], Role::leads_to) {
            [kind, ..] => format!("id-of-the-{}", kind.name()),
            [] => "id".to_owned(),
        },
        Shape::FormerId => "id".to_owned(),
        Shape::OneOf(words) => words.first().copied().unwrap_or_default().to_owned(),
        Shape::Country => "ID".to_owned(),
        Shape::Language => "en".to_owned(),
        Shape::Url => "https://example.org/".to_owned(),
        Shape::Point => "[42.25, 130.29]".to_owned(),
        Shape::Path => "track.geojson".to_owned(),
        Shape::List(item) => format!("[{}]", example(*item, role)),
        Shape::Record(keys) => {
            let keys = keys.iter().map(|key| format!("{}: {}", key.name, example(key.shape, key.role)));
            format!("{{{}}}", keys.collect::<Vec<String>>().join(", "))
        }
        Shape::Either(plain, _) => example(*plain, role),
    }
}

/// An id made from a title, in the letters a to z.
///
/// # Errors
/// If no letter of the title can be written with these.
pub(crate) fn id_of(title: &str) -> Result<EntityId, Refusal> {
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
    let had = |entity: &&crate::link::Entity| {
        entity.common().formerly.iter().any(|former| &*former.value == id.as_str())
    };
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse::head;

    /// The problems of front matter of a kind.
    fn problems(kind: KindId, front: &str) -> Vec<String> {
        let found = head::findings(kind, &format!("title: T\n{front}"));
        found.into_iter().map(|diagnostic| diagnostic.message).collect()
    }

    #[test]
    fn a_new_file_lacks_only_what_must_be_given() {
        for &kind in KindId::ALL {
            let missing: &[&str] = if kind.needs_date() { &["`date` is missing"] } else { &[] };
            assert_eq!(problems(kind, &template(kind)), missing, "{}", kind.name());
        }
    }

    #[test]
    fn each_of_its_comments_can_be_taken_up() {
        for &kind in KindId::ALL {
            let front = template(kind).replace("\ndate: ", "\ndate: 2023");
            assert!(front.lines().count() > kind.own_keys().len(), "{front}");
            for (at, line) in front.lines().enumerate().filter(|(_, line)| line.starts_with("# ")) {
                let taken = |(other, line): (usize, &str)| {
                    if other == at { line[2..].to_owned() + "\n" } else { format!("{line}\n") }
                };
                let one: String = front.lines().enumerate().map(taken).collect();
                assert_eq!(problems(kind, &one), [""; 0], "{line}");
            }
            let all = front.replace("\n# ", "\n");
            assert_eq!(problems(kind, &all), [""; 0], "{all}");
        }
    }

    #[test]
    fn what_its_comments_show_is_right() {
        for &kind in KindId::ALL {
            for key in kind.own_keys().iter().filter(|key| !matches!(key.shape, Shape::Words | Shape::Text)) {
                let front = format!("{}date: 2023\n{}: {}\n", "", key.name, example(key.shape, key.role));
                let front = if key.name == "date" { "date: 2023\n" } else { &front };
                assert_eq!(problems(kind, front), [""; 0], "{front}");
            }
        }
    }
}
