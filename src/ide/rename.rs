//! Another id for an entity: its files renamed, every reference edited in place, its old id kept as a former one.

use crate::base::diagnostic::Edit;
use crate::base::id::EntityId;
use crate::base::lines::Lines;
use crate::base::path::InputPath;
use crate::base::span::Span;
use crate::ide::front::FrontMatter;
use crate::ide::{Refusal, did_you_mean};
use crate::link::layout::is_home;
use crate::link::{Edition, Entity, EntityIx, Graph, Reference, Target};
use crate::parse::prose::{Link, LinkStyle};
use crate::session::Snapshot;
use crate::world::World;
use crate::{data, load};

/// What a rename does.
#[derive(Clone, Debug)]
pub struct Rename {
    /// In the files as they are called now.
    pub edits: Vec<Edit>,
    /// The files of every edition, from and to.
    pub moves: Vec<(InputPath, InputPath)>,
}

/// Computes the rename of `old` to `new`. The snapshot should include drafts, which refer to things too.
///
/// # Errors
/// Where there is no `old`, `new` is taken or no id, or a file could not be read in full, so that what refers to
/// `old` in it is not known.
pub fn rename(snapshot: &Snapshot, old: &str, new: &str) -> Result<Rename, Refusal> {
    let (graph, world) = (&snapshot.graph, &**snapshot.world());
    let Some(ix) = graph.by_id(old) else {
        return Err(Refusal(format!("there is no `{old}` to rename{}", did_you_mean(old, graph.ids()))));
    };
    let entity = graph.entity(ix);
    let new = EntityId::parse(new).map_err(Refusal)?;
    if is_home(entity) {
        return Err(Refusal("`article` is the home of the site and keeps its name".into()));
    }
    must_be_free(graph, entity, &new)?;
    must_be_readable(snapshot, entity)?;
    let mut edits = Vec::new();
    for reference in graph.incoming(ix) {
        let edition = &graph.entity(reference.from).editions[reference.edition as usize];
        let text = load::text(world, &edition.input);
        match locate(&text, reference, edition, &entity.id) {
            Found::At(span) => edits.push(Edit {
                path: edition.input.path.clone(),
                span,
                replacement: new.as_str().to_owned(),
            }),
            Found::ByName => {}
            Found::Nowhere => return Err(uneditable(&text, reference, edition)),
        }
    }
    edits.push(remember(world, entity, &new)?);
    edits.sort_by(|a, b| (&a.path, a.span).cmp(&(&b.path, b.span)));
    // Links of the reference style share the one address that their definition holds.
    edits.dedup();
    Ok(Rename { edits, moves: moves(entity, &new) })
}

/// Holds the dossier `after` a rename against the one `before`: every reference must lead where it led.
///
/// # Errors
/// Names the first file in which one does not, or what the rename would break besides.
pub fn verify(before: &Snapshot, after: &Snapshot, old: &str, new: &str) -> Result<(), Refusal> {
    let errors = |snapshot: &Snapshot| {
        let errors =
            snapshot.diagnostics().iter().filter(|d| d.severity == crate::base::diagnostic::Severity::Error);
        errors.cloned().collect::<Vec<_>>()
    };
    let old = before.graph.by_id(old).map_or(old, |ix| before.graph.entity(ix).id.as_str());
    let now = |id: &str| if id == old { new.to_owned() } else { id.to_owned() };
    for (ix, entity) in before.graph.iter() {
        let wanted = leads(&before.graph, ix, now);
        let other = after.graph.by_id(&now(entity.id.as_str()));
        let found = other.map(|ix| leads(&after.graph, ix, |id| id.to_owned())).unwrap_or_default();
        // What led nowhere may have waited for the new name.
        let same = |(a, b): (&Option<String>, &Option<String>)| a.is_none() || a == b;
        if wanted.len() != found.len() || !wanted.iter().zip(&found).all(same) {
            let path = entity.path();
            return Err(Refusal(format!(
                "something in `{path}` would no longer lead where it leads; nothing was changed"
            )));
        }
    }
    let (had, has) = (errors(before), errors(after));
    if has.len() > had.len() {
        let new_error = has.iter().find(|error| had.iter().all(|other| other.message != error.message));
        let what = new_error.map_or("there would be new errors", |error| &error.message);
        return Err(Refusal(format!("the rename would break something: {what}; nothing was changed")));
    }
    Ok(())
}

/// Where the references of an entity lead, in order: an id and a fragment, or `None` for nowhere.
fn leads(graph: &Graph, ix: EntityIx, now: impl Fn(&str) -> String) -> Vec<Option<String>> {
    let lead = |reference: &Reference| match &reference.target {
        Target::Entity(to, fragment) => Some(format!(
            "{}#{}",
            now(graph.entity(*to).id.as_str()),
            fragment.as_deref().unwrap_or_default()
        )),
        _ => None,
    };
    graph.outgoing(ix).iter().map(lead).collect()
}

fn must_be_free(graph: &Graph, entity: &Entity, new: &EntityId) -> Result<(), Refusal> {
    let taken = |by: &InputPath| Refusal(format!("`{new}` is taken by `{by}`; choose another id"));
    if let Some(ix) = graph.by_id(new.as_str()) {
        return Err(taken(graph.entity(ix).path()));
    }
    if let Some(misfit) = graph.misfits.iter().find(|misfit| misfit.input.id == *new) {
        return Err(taken(&misfit.input.path));
    }
    let had = |other: &&Entity| {
        other.id != entity.id && other.common().formerly.iter().any(|former| &*former.value == new.as_str())
    };
    match graph.iter().map(|(_, other)| other).find(had) {
        Some(other) => Err(Refusal(format!(
            "`{new}` is a former id of `{}`, to which its old address leads; choose another id",
            other.id
        ))),
        None => Ok(()),
    }
}

/// What cannot be read in full may refer to the entity without anyone knowing.
fn must_be_readable(snapshot: &Snapshot, entity: &Entity) -> Result<(), Refusal> {
    let opaque = [data::INVALID_SYNTAX.name, load::UNREADABLE_FILE.name];
    let blind = snapshot.diagnostics().iter().find(|diagnostic| opaque.contains(&diagnostic.code));
    if let Some(path) = blind.and_then(|diagnostic| diagnostic.labels.first()).map(|label| &label.path) {
        let message =
            format!("`{path}` cannot be read in full, so what it refers to is not known; mend it first");
        return Err(Refusal(message));
    }
    let stray = snapshot
        .graph
        .misfits
        .iter()
        .find(|misfit| load::text(&**snapshot.world(), &misfit.input).contains(entity.id.as_str()));
    match stray {
        Some(misfit) => Err(Refusal(format!(
            "`{}` belongs to no entity and may refer to `{}`; mend it first, see `dossier check`",
            misfit.input.path, entity.id
        ))),
        None => Ok(()),
    }
}

enum Found {
    /// The id itself.
    At(Span),
    /// The reference speaks of a title or an alias, which stay.
    ByName,
    /// The reference is written with escapes.
    Nowhere,
}

/// Where in a reference the id is written.
fn locate(text: &str, reference: &Reference, edition: &Edition, id: &EntityId) -> Found {
    match reference.link {
        None => in_front(text, reference, id),
        Some(number) => in_body(text, &edition.prose().links[number as usize], id),
    }
}

/// `nis`, `actors/nis`, `"[[nis]]"`: what stands before the id is quotes, brackets and the folder.
fn in_front(text: &str, reference: &Reference, id: &EntityId) -> Found {
    let raw = text.get(reference.span.range()).unwrap_or_default();
    let before = raw.find(&reference.written).filter(|&at| raw[..at].chars().all(|c| "\"'[ ".contains(c)));
    match (before, reference.written.strip_suffix(id.as_str())) {
        (Some(at), Some(folder)) => {
            let start = reference.span.range().start + at + folder.len();
            Found::At(Span::new(start, start + id.as_str().len()))
        }
        _ => Found::Nowhere,
    }
}

fn in_body(text: &str, link: &Link, id: &EntityId) -> Found {
    let id = id.as_str();
    let file = match link.style {
        LinkStyle::Wiki => link.target.split('#').next().unwrap_or_default().trim_end(),
        LinkStyle::Markdown | LinkStyle::Auto => link.target.split(['#', '?']).next().unwrap_or_default(),
    };
    let name = &file[file.rfind('/').map_or(0, |at| at + 1)..];
    // The id may be percent-encoded, and a language and an extension may follow it.
    let written = name.split('.').next().unwrap_or_default();
    let decoded = percent_encoding::percent_decode_str(written).decode_utf8_lossy();
    let length = match () {
        () if name.starts_with(id) && matches!(&name[id.len()..], "" | ".md") => id.len(),
        () if link.style == LinkStyle::Wiki => return Found::ByName,
        () if decoded == id => written.len(),
        // An id with a dot in it.
        () if name.starts_with(id) => id.len(),
        () => return Found::Nowhere,
    };
    let start = file.len() - name.len();
    match link.target_span {
        Some(span) if text.get(span.range()) == Some(&link.target) => {
            Found::At(Span::new(start, start + length).shifted(span.range().start))
        }
        _ => Found::Nowhere,
    }
}

fn uneditable(text: &str, reference: &Reference, edition: &Edition) -> Refusal {
    let at = Lines::new(text).position(reference.span.range().start);
    let place = format!("{}:{}:{}", edition.input.path, at.line, at.column);
    Refusal(format!(
        "`{place}` refers to `{}` with escapes in it, which cannot be edited; write it without them",
        reference.written
    ))
}

/// Adds the old id to the former ones; on the way back to a former id, takes that one's place.
fn remember(world: &dyn World, entity: &Entity, new: &EntityId) -> Result<Edit, Refusal> {
    let (edition, old) = (entity.original(), entity.id.as_str());
    let front = FrontMatter::of(world, edition);
    let former = entity.common().formerly.iter().find(|former| &*former.value == new.as_str());
    let edit = front.and_then(|front| match former {
        Some(former) => front.replace_item(former.span, new.as_str(), old),
        None => Some(front.append("formerly", old)),
    });
    let path = &edition.input.path;
    edit.ok_or_else(|| Refusal(format!("the front matter of `{path}` cannot be edited; see `dossier check`")))
}

fn moves(entity: &Entity, new: &EntityId) -> Vec<(InputPath, InputPath)> {
    let moved = |edition: &Edition| {
        let from = &edition.input.path;
        let rest = from.name().strip_prefix(entity.id.as_str()).unwrap_or(".md");
        let folder = from.as_str().strip_suffix(from.name()).unwrap_or_default();
        (from.clone(), format!("{folder}{new}{rest}").into())
    };
    entity.editions.iter().map(moved).collect()
}
