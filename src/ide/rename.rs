//! Changes an entity's id: renames its files, edits every reference in place, and keeps the old id as a
//! former one.

use crate::base::diagnostic::Edit;
use crate::base::id::EntityId;
use crate::base::lines::Lines;
use crate::base::path::{InputPath, folded};
use crate::base::span::Span;
use crate::data::patch::{Patch, Step};
use crate::data::write::Given;
use crate::ide::front::FrontMatter;
use crate::ide::{Refusal, did_you_mean};
use crate::link::layout::is_home;
use crate::link::{Edition, Entity, EntityIx, Graph, Reference, Target, names_of, normalized};
use crate::parse::prose::{Link, LinkStyle};
use crate::session::Snapshot;
use crate::world::World;
use crate::{data, load};

/// The changes of a rename.
#[derive(Clone, Debug)]
pub(crate) struct Rename {
    /// Edits, in the files under their current names.
    pub edits: Vec<Edit>,
    /// The files of every edition, from and to.
    pub moves: Vec<(InputPath, InputPath)>,
}

/// Computes the rename of `old` to `new`. The snapshot should include drafts, which contain references too.
///
/// # Errors
/// If `old` does not exist, `new` is taken or not an id, or a file cannot be read in full, so its references
/// are not known.
pub(crate) fn rename(snapshot: &Snapshot, old: &str, new: &str) -> Result<Rename, Refusal> {
    let (graph, world) = (&snapshot.graph, &**snapshot.world());
    let Some(ix) = graph.by_id(old) else {
        return Err(Refusal(format!("there is no `{old}` to rename{}", did_you_mean(old, graph.ids()))));
    };
    let entity = graph.entity(ix);
    let new = EntityId::parse(new).map_err(Refusal)?;
    if moves(entity, &new).iter().all(|(from, to)| from == to) {
        return Err(Refusal(format!("it is called `{new}` already")));
    }
    if is_home(entity) {
        return Err(Refusal("`article` is the home page of the site and keeps its name".into()));
    }
    must_be_free(graph, entity, &new)?;
    must_be_readable(snapshot, entity)?;
    let mut edits = Vec::new();
    for reference in graph.incoming(ix) {
        let edition = &graph.entity(reference.from).editions[reference.edition as usize];
        let text = load::text(world, &edition.input);
        match locate(&text, reference, edition, entity) {
            Found::At(span) => edits.push(Edit {
                path: edition.input.path.clone(),
                span,
                replacement: new.as_str().to_owned(),
            }),
            Found::ByName => {}
            Found::Nowhere => return Err(uneditable(&text, reference, edition)),
        }
    }
    // An address that differs only in case is the same on some hosts, so it cannot redirect.
    if folded(new.as_str()) != folded(entity.id.as_str()) {
        edits.extend(remember(world, entity, &new)?);
    }
    edits.sort_by(|a, b| (&a.path, a.span).cmp(&(&b.path, b.span)));
    // Links of the reference style share the address in their definition.
    edits.dedup();
    Ok(Rename { edits, moves: moves(entity, &new) })
}

/// Compares the dossier `after` a rename with the one `before`: every reference must still resolve to the
/// same target.
///
/// # Errors
/// Names the first file with a changed reference, or another error that the rename would cause.
pub(crate) fn verify(before: &Snapshot, after: &Snapshot, old: &str, new: &str) -> Result<(), Refusal> {
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
        // An unresolved reference may have been meant for the new name.
        let same = |(a, b): (&Option<String>, &Option<String>)| a.is_none() || a == b;
        if wanted.len() != found.len() || !wanted.iter().zip(&found).all(same) {
            let path = entity.path();
            return Err(Refusal(format!(
                "a link in `{path}` would then lead to something else; nothing was changed"
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

/// The targets of an entity's references, in order: an id and a fragment, or `None` if unresolved.
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
    if let Some(ix) = graph.by_id(new.as_str()).filter(|ix| graph.entity(*ix).id != entity.id) {
        return Err(taken(graph.entity(ix).path()));
    }
    if let Some(misfit) =
        graph.misfits.iter().find(|misfit| folded(misfit.input.id.as_str()) == folded(new.as_str()))
    {
        return Err(taken(&misfit.input.path));
    }
    let had = |other: &&Entity| {
        other.id != entity.id && other.common().formerly.iter().any(|former| &*former.value == new.as_str())
    };
    match graph.iter().map(|(_, other)| other).find(had) {
        Some(other) => Err(Refusal(format!(
            "`{new}` is a former id of `{}`, whose old address redirects there; choose another id",
            other.id
        ))),
        None => Ok(()),
    }
}

/// A file that cannot be read in full may contain unknown references to the entity.
fn must_be_readable(snapshot: &Snapshot, entity: &Entity) -> Result<(), Refusal> {
    let opaque = [data::INVALID_SYNTAX.name, load::UNREADABLE_FILE.name];
    let blind = snapshot.diagnostics().iter().find(|diagnostic| opaque.contains(&diagnostic.code));
    if let Some(path) = blind.and_then(|diagnostic| diagnostic.labels.first()).map(|label| &label.path) {
        let message =
            format!("`{path}` cannot be read in full, so its references are not known; fix it first");
        return Err(Refusal(message));
    }
    if let Some((path, key)) = half_read_mentions(&snapshot.graph, &entity.id).next() {
        return Err(Refusal(format!(
            "`{key}` in `{path}` has a mistake and may refer to `{}`; fix it first",
            entity.id
        )));
    }
    let stray = snapshot
        .graph
        .misfits
        .iter()
        .find(|misfit| load::text(&**snapshot.world(), &misfit.input).contains(entity.id.as_str()));
    match stray {
        Some(misfit) => Err(Refusal(format!(
            "`{}` belongs to no entity and may refer to `{}`; fix it first, see `dossier check`",
            misfit.input.path, entity.id
        ))),
        None => Ok(()),
    }
}

/// The entries that may refer to an entity and could not be read, such as a leg without its mode: the graph does not
/// know them. Each with its file and its key.
pub(crate) fn half_read_mentions<'g>(
    graph: &'g Graph,
    id: &EntityId,
) -> impl Iterator<Item = (&'g InputPath, &'g str)> + use<'g> {
    let id = folded(id.as_str()).into_owned();
    let is_word = move |text: &str| {
        folded(text).split(|c: char| !c.is_alphanumeric() && !matches!(c, '-' | '_')).any(|word| word == id)
    };
    let editions = graph.entities.iter().flat_map(|entity| &entity.editions);
    let entries = editions.flat_map(|edition| {
        edition.parsed.head.half_read.iter().map(move |entry| (&edition.input.path, entry))
    });
    entries.filter_map(move |(path, (key, text))| is_word(text).then_some((path, &**key)))
}

enum Found {
    /// The id itself.
    At(Span),
    /// The reference is by a title or an alias, which do not change.
    ByName,
    /// The reference is written with escapes.
    Nowhere,
}

/// Where in a reference the id is written.
fn locate(text: &str, reference: &Reference, edition: &Edition, entity: &Entity) -> Found {
    match reference.link {
        None => in_front(text, reference, &entity.id),
        Some(number) => in_body(text, &edition.prose().links[number as usize], entity),
    }
}

/// `nis`, `actors/nis`, `"[[nis]]"`: the id follows quotes, brackets and the folder.
fn in_front(text: &str, reference: &Reference, id: &EntityId) -> Found {
    let raw = text.get(reference.span.range()).unwrap_or_default();
    let before = raw.find(&reference.written).filter(|&at| raw[..at].chars().all(|c| "\"'[ ".contains(c)));
    let folder = reference.written.rfind('/').map_or(0, |at| at + 1);
    match (before, length_called(&reference.written[folder..], id.as_str())) {
        (Some(at), Some(length)) => {
            let start = reference.span.range().start + at + folder;
            Found::At(Span::new(start, start + length))
        }
        _ => Found::Nowhere,
    }
}

fn in_body(text: &str, link: &Link, entity: &Entity) -> Found {
    let id = entity.id.as_str();
    let file = match link.style {
        LinkStyle::Wiki => link.target.split('#').next().unwrap_or_default().trim_end(),
        LinkStyle::Markdown | LinkStyle::Auto => link.target.split(['#', '?']).next().unwrap_or_default(),
    };
    let name = &file[file.rfind('/').map_or(0, |at| at + 1)..];
    // The id may be percent-encoded, and followed by a language and an extension.
    let written = name.split('.').next().unwrap_or_default();
    let decoded = percent_encoding::percent_decode_str(written).decode_utf8_lossy();
    let length = match length_called(name, id) {
        Some(length) if link.style == LinkStyle::Wiki && &name[..length] != id && is_name(entity, name) => {
            return Found::ByName;
        }
        Some(length) if matches!(&name[length..], "" | ".md") => length,
        _ if link.style == LinkStyle::Wiki => return Found::ByName,
        _ if folded(&decoded) == folded(id) => written.len(),
        // An id that contains a dot.
        Some(length) => length,
        None => return Found::Nowhere,
    };
    let start = file.len() - name.len();
    match link.target_span {
        Some(span) if text.get(span.range()) == Some(&link.target) => {
            Found::At(Span::new(start, start + length).shifted(span.range().start))
        }
        _ => Found::Nowhere,
    }
}

/// Whether an entity has a title or an alias like this, so that a link in double brackets leads to it by that.
fn is_name(entity: &Entity, name: &str) -> bool {
    names_of(entity).any(|(other, _)| other == normalized(name))
}

/// The length of an id at the start of a name, where it may be written in another case, and with other letters that
/// look the same. A language and an extension may follow it.
fn length_called(name: &str, id: &str) -> Option<usize> {
    let ends = name.match_indices('.').map(|(at, _)| at).chain([name.len()]);
    ends.into_iter().find(|end| folded(&name[..*end]) == folded(id))
}

fn uneditable(text: &str, reference: &Reference, edition: &Edition) -> Refusal {
    let at = Lines::new(text).position(reference.span.range().start);
    let place = format!("{}:{}:{}", edition.input.path, at.line, at.column);
    Refusal(format!(
        "`{place}` contains a reference to `{}` with escapes, which cannot be edited; write it without escapes",
        reference.written
    ))
}

/// Adds the old id to the former ones; when renaming back to a former id, replaces that one. The first stays where it
/// is, because [ids for other programs](crate::link::layout::first_id) are made from it.
fn remember(world: &dyn World, entity: &Entity, new: &EntityId) -> Result<Vec<Edit>, Refusal> {
    let (edition, old) = (entity.original(), entity.id.as_str());
    let formerly = &entity.common().formerly;
    if formerly.iter().any(|former| &*former.value == old) {
        return Ok(Vec::new());
    }
    let front = FrontMatter::of(world, edition);
    let renamed_back = formerly.iter().skip(1).position(|former| &*former.value == new.as_str());
    let word = Given::Words(old.to_owned());
    let edits = front.and_then(|front| match renamed_back {
        Some(at) => {
            let at = [Step::Key("formerly".to_owned()), Step::Item(at + 1)];
            front.patch(&at, &Patch::Set(word))
        }
        None => front.append("formerly", word),
    });
    let path = &edition.input.path;
    let refusal = || Refusal(format!("the front matter of `{path}` cannot be edited; see `dossier check`"));
    edits.ok_or_else(refusal)
}

fn moves(entity: &Entity, new: &EntityId) -> Vec<(InputPath, InputPath)> {
    let moved = |edition: &Edition| {
        let from = &edition.input.path;
        let length = length_called(from.name(), entity.id.as_str());
        let rest = length.map_or(".md", |length| &from.name()[length..]);
        let folder = from.as_str().strip_suffix(from.name()).unwrap_or_default();
        (from.clone(), format!("{folder}{new}{rest}").into())
    };
    entity.editions.iter().map(moved).collect()
}
