//! Resolves references.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::sync::Arc;

use percent_encoding::percent_decode_str;
use rayon::prelude::*;

use super::companions::Companions;
use super::entity::{Edition, Entity, EntityIx, PRINTED, Reference, Target, Unresolved};
use super::graph::Graph;
use super::names::normalized;
use crate::base::id::slug;
use crate::base::path::{InputPath, composed, folded, join, well_formed};
use crate::base::shrink::shrunk;
use crate::base::span::Span;
use crate::base::url::{scheme, unsafe_scheme};
use crate::kinds::{KindId, Role};
use crate::load::{self, CONTENT};
use crate::parse::fragments::of_heading;
use crate::parse::prose::{Link, LinkStyle, LinkUse};

/// The maximum number of entities of one name that a link remembers: thousands may have it, and be linked by it.
pub(crate) const MOST_NAMESAKES: usize = 100;

/// Resolves the references and links of all entities.
pub(crate) fn resolve(graph: &mut Graph) {
    let entities = graph.entities.par_iter().enumerate();
    graph.entities = entities.map(|(at, entity)| of_entity(graph, EntityIx(at as u32), entity)).collect();
    let mut incoming = vec![Vec::new(); graph.entities.len()];
    for (ix, entity) in graph.iter() {
        for (at, to) in targets(entity) {
            incoming[to.0 as usize].push((ix, at));
        }
    }
    graph.incoming = incoming.into_iter().map(Into::into).collect();
}

/// The resolved references of an entity: their indices and targets.
pub(crate) fn targets(entity: &Entity) -> impl Iterator<Item = (u32, EntityIx)> {
    entity.references.iter().enumerate().filter_map(|(at, reference)| match reference.target {
        Target::Entity(to, _) => Some((at as u32, to)),
        _ => None,
    })
}

/// The entity with its references and links resolved.
pub(crate) fn of_entity(graph: &Graph, from: EntityIx, entity: &Entity) -> Arc<Entity> {
    let mut references = Vec::new();
    let mut front = |edition: u32, role: Role, written: &str, span: Span| {
        let target = front_target(graph, written, role.leads_to());
        references.push(Reference {
            from,
            edition,
            role,
            written: written.to_owned(),
            span,
            link: None,
            target,
        });
    };
    entity.facts().each_ref(&mut |role, reference| front(0, role, &reference.id, reference.span));
    for citation in &entity.common().sources {
        front(0, Role::Source, &citation.source.id, citation.source.span);
    }
    for (number, edition) in entity.editions.iter().enumerate() {
        for target in &edition.parsed.head.common.targets {
            front(number as u32, Role::Target, &target.source.id, target.source.span);
        }
    }
    let mut links = Vec::with_capacity(entity.editions.len());
    for (number, edition) in entity.editions.iter().enumerate() {
        let targets: Vec<Target> =
            edition.prose().links.iter().map(|link| link_target(graph, edition, link)).collect();
        for (at, (link, target)) in edition.prose().links.iter().zip(&targets).enumerate() {
            if !concerns_entity(link, target) {
                continue;
            }
            references.push(Reference {
                from,
                edition: number as u32,
                role: if link.usage == LinkUse::Embed { Role::Embed } else { Role::Mention },
                written: link.target.clone(),
                span: link.target_span.unwrap_or(link.span),
                link: Some(at as u32),
                target: target.clone(),
            });
        }
        links.push(targets);
    }
    let references = shrunk(references);
    let editions = entity.editions.iter().zip(links);
    let editions = editions.map(|(edition, links)| Edition { links, ..edition.clone() }).collect();
    Arc::new(Entity {
        id: entity.id.clone(),
        kind: entity.kind,
        editions,
        embargo: entity.embargo,
        status: entity.status,
        references,
    })
}

/// Whether a link was meant to refer to an entity.
fn concerns_entity(link: &Link, target: &Target) -> bool {
    match target {
        Target::Entity(..) => true,
        Target::Unresolved(
            Unresolved::NotFound | Unresolved::Ambiguous(_) | Unresolved::Draft | Unresolved::Later,
        ) => true,
        Target::Unresolved(_) => link.style == LinkStyle::Wiki,
        _ => false,
    }
}

/// Resolves a bare id in front matter.
fn front_target(graph: &Graph, written: &str, kinds: &'static [KindId]) -> Target {
    match graph.by_id(written) {
        Some(to) if kinds.is_empty() || kinds.contains(&graph.entity(to).kind) => Target::Entity(to, None),
        Some(to) => Target::Unresolved(Unresolved::WrongKind(to)),
        None => Target::Unresolved(missing(graph, written)),
    }
}

fn missing(graph: &Graph, id: &str) -> Unresolved {
    let stem = folded(id.rsplit('/').next().unwrap_or(id));
    match &*stem {
        stem if graph.drafts.contains(stem) => Unresolved::Draft,
        stem if graph.later.contains(stem) => Unresolved::Later,
        _ => Unresolved::NotFound,
    }
}

fn link_target(graph: &Graph, edition: &Edition, link: &Link) -> Target {
    match link.style {
        LinkStyle::Wiki => wiki_target(graph, edition, link),
        LinkStyle::Markdown | LinkStyle::Auto => markdown_target(graph, edition, &link.target),
    }
}

/// `[[id]]`, `[[kind/id]]`, `[[Title]]`, `[[alias#heading]]`, `![[picture.png]]`
fn wiki_target(graph: &Graph, edition: &Edition, link: &Link) -> Target {
    let (name, fragment) = match link.target.split_once('#') {
        Some((name, fragment)) => (name.trim(), Some(fragment.trim())),
        None => (link.target.as_str(), None),
    };
    let fragment = fragment.filter(|fragment| !fragment.is_empty());
    if name.is_empty() {
        return match fragment {
            Some(fragment) => Target::Fragment(fragment_of(edition, fragment)),
            None => Target::Unresolved(Unresolved::NotFound),
        };
    }
    let lang = &edition.input.lang;
    let lead_to = |to| {
        let target = graph.entity(to).edition_for(lang);
        Target::Entity(to, fragment.map(|fragment| fragment_of(target, fragment)))
    };
    let id = name.trim_end_matches(".md");
    let by_id = graph.by_id(id);
    // A title in capitals may be another's id in small letters.
    let is_as_written = |to: &EntityIx| composed(id).ends_with(graph.entity(*to).id.as_str());
    if let Some(to) = by_id.filter(is_as_written) {
        return lead_to(to);
    }
    let named: Vec<EntityIx> = graph.by_name(id, lang).take(MOST_NAMESAKES).collect();
    match (named.as_slice(), by_id) {
        (&[to], _) | ([], Some(to)) => lead_to(to),
        ([], None) => match find_asset(graph, edition, name) {
            Some(asset) => Target::Asset(asset),
            None if link.usage == LinkUse::Embed && has_extension(name) => {
                Target::Unresolved(Unresolved::NoAsset(name.to_owned()))
            }
            None if graph.names_of_drafts.contains_key(&normalized(id)) => {
                Target::Unresolved(Unresolved::Draft)
            }
            None => Target::Unresolved(missing(graph, id)),
        },
        _ => Target::Unresolved(Unresolved::Ambiguous(named)),
    }
}

/// Obsidian writes a heading's words and those of the headings above it, or the name of a block; GitHub writes
/// its fragment. All are accepted.
fn fragment_of(edition: &Edition, written: &str) -> String {
    let prose = edition.prose();
    let written = written.rsplit('#').next().unwrap_or(written);
    if written.starts_with(PRINTED) {
        return written.to_owned();
    }
    let fragment = block_of(edition, written);
    if prose.has_fragment(&fragment) || written.starts_with('^') {
        return fragment;
    }
    // Obsidian leaves out of the words what is a mark in links.
    let words = slug(written);
    let heading = prose.heading_called(&words).filter(|_| !words.is_empty());
    match (heading, of_heading(written)) {
        (Some(id), _) => id.to_owned(),
        (None, fragment) if fragment.is_empty() => written.to_owned(),
        (None, fragment) => fragment,
    }
}

/// The id of the block with a name, such as `^name`, or that differs only in case or in how its letters are composed;
/// other fragments as they are.
fn block_of(edition: &Edition, fragment: &str) -> String {
    let prose = edition.prose();
    let id = match fragment.starts_with('^') {
        true => prose.anchor_named(fragment),
        false if prose.has_fragment(fragment) => None,
        false => prose.fragments().find(|id| folded(id) == folded(fragment)),
    };
    id.unwrap_or(fragment).to_owned()
}

/// An asset beside the edition's file, or at a path from `content/`, or the only one with that name.
fn find_asset(graph: &Graph, edition: &Edition, name: &str) -> Option<InputPath> {
    if !has_extension(name) {
        return None;
    }
    // Obsidian's own paths start at the vault, which is `content/`.
    for folder in [edition.input.path.folder(), CONTENT] {
        let found = join(folder, name).and_then(|path| graph.asset_at(&path).cloned());
        if found.is_some() {
            return found;
        }
    }
    graph.assets_by_name.get(&*folded(name)).cloned().flatten()
}

fn has_extension(name: &str) -> bool {
    name.rsplit('/').next().unwrap_or(name).rsplit_once('.').is_some_and(|(stem, extension)| {
        !stem.is_empty()
            && (2..=7).contains(&extension.len())
            && extension.bytes().all(|b| b.is_ascii_alphanumeric())
    })
}

/// `[text](address)`
pub(crate) fn markdown_target(graph: &Graph, edition: &Edition, address: &str) -> Target {
    if unsafe_scheme(address).is_some() {
        return Target::Unresolved(Unresolved::Unsafe);
    }
    if scheme(address).is_some() || address.starts_with("//") {
        return Target::External(well_formed(address));
    }
    let (file, fragment) = match address.split_once('#') {
        Some((file, fragment)) => (file, Some(decoded(fragment).into_owned())),
        None => (address, None),
    };
    let fragment = fragment.filter(|fragment| !fragment.is_empty());
    if file.is_empty() {
        return match fragment {
            Some(fragment) => Target::Fragment(block_of(edition, &fragment)),
            None => Target::Fragment(String::new()),
        };
    }
    let file = decoded(file.split('?').next().unwrap_or(file));
    let is_document = edition.input.is_document();
    let folder = match file.starts_with('/') {
        true if is_document => "",
        true => CONTENT,
        false => edition.input.path.folder(),
    };
    let path = join(folder, file.trim_start_matches('/'));
    let Some(path) = path.filter(|path| is_content(path) || (is_document && load::is_document(path))) else {
        return Target::Unresolved(Unresolved::Outside);
    };
    if let Some(to) = entity_at(graph, &path) {
        let target = graph.entity(to).edition_for(&edition.input.lang);
        return Target::Entity(to, fragment.map(|fragment| block_of(target, &fragment)));
    }
    if let Some(asset) = graph.asset_at(&path) {
        return Target::Asset(asset.clone());
    }
    match path.strip_suffix(".md") {
        Some(stem) => Target::Unresolved(missing(graph, stem)),
        None => Target::Unresolved(Unresolved::NoAsset(path)),
    }
}

/// A file named in front matter, relative to the file that names it.
pub(crate) fn file_beside(graph: &Graph, path: &InputPath, written: &str) -> Target {
    match join(path.folder(), written).filter(|path| is_content(path)) {
        None => Target::Unresolved(Unresolved::Outside),
        Some(file) => match graph.asset_at(&file) {
            Some(asset) => Target::Asset(asset.clone()),
            None => Target::Unresolved(Unresolved::NoAsset(file)),
        },
    }
}

/// The files of `content/` that an edition refers to, in its front matter and its text, and those that belong to
/// them.
pub(crate) fn files_of(graph: &Graph, edition: &Edition) -> BTreeSet<InputPath> {
    let path = &edition.input.path;
    let named = edition.parsed.head.files().map(|file| file_beside(graph, path, file));
    let links = edition.prose().links.iter().enumerate().map(|(at, link)| match edition.links.get(at) {
        Some(target) => target.clone(),
        None => link_target(graph, edition, link),
    });
    let in_html =
        edition.prose().html_addresses.iter().map(|(address, _)| markdown_target(graph, edition, address));
    let files = named.chain(links).chain(in_html).filter_map(|target| match target {
        Target::Asset(path) => Some(path),
        _ => None,
    });
    let with_companions = |path: InputPath| {
        Companions::of(&graph.assets, &graph.languages, &path).published().chain([path]).collect::<Vec<_>>()
    };
    files.flat_map(with_companions).collect()
}

fn is_content(path: &str) -> bool {
    path.strip_prefix(CONTENT).is_some_and(|rest| rest.starts_with('/'))
}

/// The entity whose file, in any language and with or without `.md`, is at `path`.
fn entity_at(graph: &Graph, path: &str) -> Option<EntityIx> {
    let path = folded(path);
    let stem = path.strip_suffix(".md").unwrap_or(&path);
    let (folder, name) = stem.rsplit_once('/').unwrap_or(("", stem));
    let names = [Some(name), name.rsplit_once('.').map(|(id, _)| id)].into_iter().flatten();
    let called = |id: &str, stem: &str| {
        let is_there = |ix: &EntityIx| {
            let files = graph.entity(*ix).editions.iter().map(|edition| folded(edition.input.path.as_str()));
            files.into_iter().any(|file| file.strip_suffix(".md") == Some(stem))
        };
        graph.names.by_id(id).filter(is_there)
    };
    names.clone().find_map(|name| called(name, stem)).or_else(|| {
        if !load::is_document(&path) {
            return None;
        }
        let document = |folder: &str, name: &str, stem: &str| {
            called(load::document_id(folder, name).as_deref().unwrap_or("article"), stem)
        };
        let mut names = names;
        // A link to a folder leads to its README.
        names
            .find_map(|name| document(folder, name, stem))
            .or_else(|| document(&path, README, &format!("{path}/{README}")))
    })
}

/// The name of the file that is the index of a folder of documents.
const README: &str = "readme";

fn decoded(text: &str) -> Cow<'_, str> {
    match text.contains('%') {
        true => percent_decode_str(text).decode_utf8().unwrap_or(Cow::Borrowed(text)),
        false => Cow::Borrowed(text),
    }
}
