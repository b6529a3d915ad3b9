//! Which files of a folder are notes, what each becomes, and by which names it is known.

use std::collections::{BTreeMap, BTreeSet};

use super::properties::{self, Said};
use super::{Counts, Flavour, Note, Request, alike, text_of, words};
use crate::base::free::FreeNames;
use crate::base::id::Lang;
use crate::base::path::InputPath;
use crate::config::Dialect;
use crate::data::{Node, Value, toml, yaml};
use crate::ide::Refusal;
use crate::ide::scaffold::id_of;
use crate::import::brought::{At, Remark};
use crate::import::door::MOST_ROWS;
use crate::import::table::kind_named;
use crate::kinds::KindId;
use crate::parse::markdown;
use crate::world::{Access, World};

/// What is in a folder.
pub(super) struct Found {
    /// The folder in it that holds the notes.
    pub root: String,
    pub notes: Vec<Note>,
    /// The other files, from the folder of the notes; those outside of it begin with `../`.
    pub files: BTreeSet<String>,
    /// The address of the site that is made of it.
    pub base: Option<String>,
}

/// Folders that hold no notes, by any part of their path.
const NO_NOTES: [&str; 3] = ["node_modules", "_templates", "_drafts"];

/// The same where a folder of notes is private as a whole. On other sites, these are parts of the site.
const PRIVATE: [&str; 2] = ["templates", "private"];

/// Files of the programs themselves, which nobody misses.
const OF_PROGRAMS: [&str; 3] = ["canvas", "base", "excalidraw"];

/// Folders of articles, by their names on sites.
const OF_ARTICLES: [&str; 8] = ["posts", "post", "blog", "news", "articles", "berita", "artikel", "essays"];

pub(super) fn notes(
    request: &Request<'_>,
    counts: &mut Counts,
    remarks: &mut Vec<Remark>,
) -> Result<Found, Refusal> {
    let listed = request.world.list("").map_err(|why| Refusal(format!("cannot read the folder: {why}")))?;
    let paths: Vec<String> = listed
        .iter()
        .filter(|entry| entry.access == Access::Inside)
        .map(|entry| entry.path.as_str().to_owned())
        .collect();
    let is_text = |path: &str| path.ends_with(".md") || path.ends_with(".markdown");
    let has_content = paths.iter().any(|path| path.starts_with("content/") && is_text(path));
    let is_site = request.flavour != Flavour::Vault;
    let mut root = if is_site && has_content { "content".to_owned() } else { String::new() };
    let languages = languages_of(&paths, &root);
    if let Some(first) = &languages {
        let lang = first.iter().find(|lang| request.graph.default_language().serves(lang));
        let lang = lang.or_else(|| first.first());
        if let Some(lang) = lang {
            root = format!("{root}/{lang}");
            for other in first.iter().filter(|other| *other != lang) {
                let why = "another language in a folder of its own; import that folder by itself";
                counts.add(why, other.as_str(), At::default());
            }
        }
    }
    let inside = |path: &str| match root.is_empty() {
        true => Some(path.to_owned()),
        false => path.strip_prefix(&*root)?.strip_prefix('/').map(str::to_owned),
    };
    let mut texts: Vec<String> = Vec::new();
    let mut files = BTreeSet::new();
    for path in &paths {
        match inside(path) {
            Some(inner) if is_text(&inner) => texts.push(inner),
            Some(inner) => drop(files.insert(inner)),
            // What a site serves beside its pages.
            None => drop(files.insert(format!("../{path}"))),
        }
    }
    if texts.is_empty() {
        return Err(Refusal(format!("there are no notes in `{}`", request.name)));
    }
    if texts.len() > MOST_ROWS {
        return Err(Refusal(format!("there are more than {MOST_ROWS} notes; import its folders one by one")));
    }
    let mut notes = Vec::new();
    for path in &texts {
        let folders = path.rsplit_once('/').map_or("", |(folder, _)| folder);
        let is_private = folders
            .to_lowercase()
            .split('/')
            .any(|part| NO_NOTES.contains(&part) || request.flavour.is_by_name() && PRIVATE.contains(&part));
        if is_private {
            let why = "a folder of templates, drafts or private notes; move a note out of it to import it";
            counts.add(why, folders, At::default());
            continue;
        }
        if let Some(note) = note(request, &root, path, counts, remarks) {
            notes.push(note);
        }
    }
    for end in OF_PROGRAMS {
        for path in files.iter().filter(|path| path.ends_with(&format!(".{end}"))) {
            counts.add(
                "made for another program",
                format!(".{end}"),
                At { file: Some(path.clone()), ..At::default() },
            );
        }
    }
    let base = if is_site { base_of(request.world) } else { None };
    join_translations(&mut notes, counts);
    name_apart(&mut notes, request);
    Ok(Found { root, notes, files, base })
}

/// The languages of a site in which each has a folder.
fn languages_of(paths: &[String], root: &str) -> Option<Vec<Lang>> {
    let inner = paths.iter().filter_map(|path| path.strip_prefix(root)?.strip_prefix('/'));
    let folders: BTreeSet<&str> =
        inner.filter_map(|path| path.split_once('/')).map(|(folder, _)| folder).collect();
    let is_tag = |folder: &&&str| is_language(folder);
    let languages: Vec<Lang> =
        folders.iter().filter(is_tag).filter_map(|folder| Lang::parse(folder)).collect();
    (!root.is_empty() && !languages.is_empty() && languages.len() == folders.len()).then_some(languages)
}

/// The address that the settings of a site name.
fn base_of(world: &dyn World) -> Option<String> {
    const FILES: [&str; 8] = [
        "hugo.toml",
        "config.toml",
        "config/_default/hugo.toml",
        "config/_default/config.toml",
        "hugo.yaml",
        "config.yaml",
        "hugo.yml",
        "config.yml",
    ];
    FILES.iter().find_map(|path| {
        let text = text_of(world, &InputPath::from(*path)).ok()?;
        let node = if path.ends_with("toml") { toml::parse(&text).ok()? } else { yaml::parse(&text).ok()? };
        let entry = ["baseURL", "base_url", "baseurl"].iter().find_map(|key| node.get(key))?;
        let Value::Scalar(base) = &entry.value else { return None };
        base.starts_with("http").then(|| base.trim_end_matches('/').to_owned())
    })
}

/// Whether a part of a name is for a language: `id`, `pt-BR`, `zh-Hant`.
fn is_language(tag: &str) -> bool {
    let mut parts = tag.split(['-', '_']);
    parts.next().is_some_and(|first| first.len() == 2) && parts.all(|part| part.len() <= 4)
}

/// The language that a file has in its name.
fn language(stem: &str) -> Option<(&str, Lang)> {
    let (name, tag) = stem.rsplit_once('.')?;
    (is_language(tag) && !name.is_empty()).then(|| Lang::parse(tag).map(|lang| (name, lang)))?
}

fn note(
    request: &Request<'_>,
    root: &str,
    path: &str,
    counts: &mut Counts,
    remarks: &mut Vec<Remark>,
) -> Option<Note> {
    let at = At { file: Some(path.to_owned()), ..At::default() };
    let whole = if root.is_empty() { path.to_owned() } else { format!("{root}/{path}") };
    let text = match text_of(request.world, &InputPath::from(&*whole)) {
        Ok(text) => text,
        Err(why) => {
            remarks.push(Remark::left_out("", why, &at));
            return None;
        }
    };
    let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    let (stem, lang) = match language(stem).filter(|_| request.flavour != Flavour::Vault) {
        Some((stem, lang)) => (stem, Some(lang)),
        None => (stem, None),
    };
    let first = request.graph.default_language();
    let is_first = lang.as_ref().is_none_or(|lang| first.serves(lang) || lang.serves(first));
    let lang = match lang.filter(|_| !is_first) {
        None => None,
        Some(lang) => {
            match request.graph.languages.iter().find(|own| own.serves(&lang) || lang.serves(own)) {
                Some(own) => Some(own.clone()),
                None => {
                    counts.add("a language that the dossier does not have", lang.as_str(), at);
                    return None;
                }
            }
        }
    };
    let front = words::front(&text);
    // A bundle is in the folder that its own folder is in.
    let within =
        if stem == "index" { folder.rsplit_once('/').map_or("", |(above, _)| above) } else { folder };
    let is_dated = front.node.as_ref().is_some_and(|node| node.get("date").is_some());
    let kind = match request.mapping.folder(folder) {
        Some(None) => {
            counts.add("you said so (`--folder`)", folder, at);
            return None;
        }
        Some(Some(kind)) => kind,
        None if within.is_empty() && is_dated && is_site_of(request) => KindId::Article,
        None => of_folder(request, within),
    };
    if front.is_unread {
        let why = "its properties cannot be read, so it becomes a draft without them";
        remarks.push(Remark::doubtful("", why, &at));
    }
    let node = front.node.unwrap_or_else(|| Node::empty(crate::base::span::Span::empty(0)));
    let said = properties::read(request, &node, kind, &at, counts);
    let Said { kind, title, facts, kept, is_draft, aliases, addresses, slug, is_left_out } = said;
    if is_left_out {
        counts.add("it is not a page of the site (`headless`)", "", at);
        return None;
    }
    let cleaned = words::cleaned(request.flavour, &text[front.end..], &at, counts, remarks);
    let (heading, body) = words::heading(&cleaned);
    let is_index = is_index(stem);
    let own = match is_index {
        true => folder.rsplit('/').next().filter(|name| !name.is_empty()).unwrap_or(request.name),
        false => stem,
    };
    let (day, bare) = dated(own).filter(|_| request.flavour != Flavour::Vault).unwrap_or(("", own));
    let same = |heading: &str| title.as_deref().is_none_or(|title| alike(title) == alike(heading));
    let (heading, body) = match heading {
        Some(heading) if same(&heading) => (Some(heading), body.to_owned()),
        _ => (None, cleaned.clone()),
    };
    let title = title.or_else(|| heading.clone()).unwrap_or_else(|| match request.flavour {
        Flavour::Vault => own.to_owned(),
        _ => sentence(bare),
    });
    if is_index && body.trim().is_empty() && is_site_of(request) {
        // A list of pages, which the program makes by itself.
        counts.add("an index without words of its own", stem, at);
        return None;
    }
    let mut facts = facts;
    if !day.is_empty() && facts.iter().all(|fact| fact.key != "date") {
        let value = crate::data::write::Given::Bare(day.to_owned());
        facts.push(crate::import::brought::Fact { key: "date", value, at });
    }
    let id = id_of(own)
        .or_else(|_| id_of(&title))
        .map_or_else(|_| kind.name().to_owned(), |id| id.as_str().to_owned());
    let has_home = request.graph.by_id("article").is_some();
    let is_home = is_index && folder.is_empty() && lang.is_none() && !has_home && request.kind.is_none();
    let prose = markdown::parse(&body, 0, lang.as_ref().unwrap_or(first), Dialect::default());
    let above = if is_index { folder.rsplit_once('/').map_or("", |(above, _)| above) } else { folder };
    let mut all = addresses;
    let last = slug.unwrap_or_else(|| if is_index { own.to_owned() } else { bare.to_owned() });
    all.push(if is_index && folder.is_empty() { String::new() } else { format!("{above}/{last}") });
    let all = all.iter().map(|address| alike(address.trim_matches('/'))).collect();
    Some(Note {
        path: path.to_owned(),
        lang,
        kind: if is_home { KindId::Article } else { kind },
        id,
        is_home,
        title,
        heading,
        facts,
        kept,
        is_draft: is_draft || front.is_unread,
        addresses: all,
        aliases,
        body,
        prose,
    })
}

fn is_site_of(request: &Request<'_>) -> bool {
    request.flavour != Flavour::Vault
}

/// Whether a file is the page of its folder.
pub(super) fn is_index(stem: &str) -> bool {
    ["index", "_index", "readme"].contains(&&*stem.to_lowercase())
}

/// What the notes of a folder become, if nobody said it.
fn of_folder(request: &Request<'_>, folder: &str) -> KindId {
    let named = folder.split('/').rev().find_map(kind_named);
    let is_of_articles = || folder.split('/').any(|part| OF_ARTICLES.contains(&&*part.to_lowercase()));
    match (request.kind, named) {
        (_, Some(kind)) => kind,
        (Some(kind), None) => kind,
        (None, None) if is_of_articles() => KindId::Article,
        // `about.md` of a site.
        (None, None) if folder.is_empty() && is_site_of(request) => KindId::Page,
        (None, None) => KindId::Note,
    }
}

/// The date that a file has before its name: `2023-10-13-ten-ships`.
fn dated(stem: &str) -> Option<(&str, &str)> {
    let (day, rest) = (stem.get(..10)?, stem.get(10..)?);
    let rest = rest.strip_prefix(['-', '_'])?;
    let is_day = day.bytes().enumerate().all(|(at, byte)| match at {
        4 | 7 => byte == b'-',
        _ => byte.is_ascii_digit(),
    });
    (is_day && !rest.is_empty()).then_some((day, rest))
}

/// A name of a file as words: `ten-ships` is `Ten ships`.
fn sentence(name: &str) -> String {
    let words = name.replace(['-', '_'], " ");
    let mut letters = words.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

/// Gives translations the kind and the id of their originals.
fn join_translations(notes: &mut Vec<Note>, counts: &mut Counts) {
    let stem = |note: &Note| {
        let name = note.path.rsplit('/').next().unwrap_or(&note.path);
        let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
        let stem = language(stem).map_or(stem, |(stem, _)| stem);
        format!("{}/{stem}", note.folder())
    };
    let originals: BTreeSet<String> = notes.iter().filter(|note| note.lang.is_none()).map(&stem).collect();
    notes.retain(|note| {
        let is_kept = note.lang.is_none() || originals.contains(&stem(note));
        if !is_kept {
            counts.add("a translation without its original", note.path.clone(), note.at());
        }
        is_kept
    });
}

/// Gives each note an id of its own: of two, the second has its folder in its id.
fn name_apart(notes: &mut [Note], request: &Request<'_>) {
    let mut taken: BTreeSet<String> = ["article", "index", "readme"].into_iter().map(str::to_owned).collect();
    // Where the dossier has something of another kind, `Ids` would only add a number.
    let is_other = |note: &Note, id: &str| {
        request.graph.by_id(id).is_some_and(|ix| request.graph.entity(ix).kind != note.kind)
    };
    let (mut by_path, mut free) = (BTreeMap::<String, String>::new(), FreeNames::default());
    let order: Vec<usize> = (0..notes.len()).collect();
    let (first, later): (Vec<usize>, Vec<usize>) =
        order.into_iter().partition(|at| notes[*at].lang.is_none());
    let plain = |note: &Note| {
        let stem = note.path.rsplit_once('.').map_or(&*note.path, |(stem, _)| stem);
        let (folder, name) = stem.rsplit_once('/').unwrap_or(("", stem));
        format!("{folder}/{}", language(name).map_or(name, |(name, _)| name))
    };
    for at in first {
        let note = &notes[at];
        let within = note.folder().rsplit('/').next().unwrap_or_default();
        let longer = id_of(&format!("{within} {}", note.id)).ok().map(|id| id.as_str().to_owned());
        let is_free = |id: &str| !taken.contains(id) && !is_other(note, id);
        let longer = longer.filter(|longer| !is_free(&note.id) && is_free(longer));
        let numbered = |number| format!("{}-{number}", note.id);
        let id = longer.unwrap_or_else(|| free.name(&note.id, numbered, is_free));
        taken.insert(id.clone());
        by_path.insert(plain(note), id.clone());
        notes[at].id = id;
    }
    let originals = notes.iter().filter(|note| note.lang.is_none());
    let kinds: BTreeMap<String, KindId> = originals.map(|note| (plain(note), note.kind)).collect();
    for at in later {
        let key = plain(&notes[at]);
        if let Some(id) = by_path.get(&key) {
            notes[at].id.clone_from(id);
        }
        if let Some(kind) = kinds.get(&key) {
            notes[at].kind = *kind;
        }
    }
}
