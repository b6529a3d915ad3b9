//! All parsed inputs → [`Graph`]: ids, names, resolved references, and annotated passages.
//!
//! A reference that cannot be resolved stays in the graph as an [`Unresolved`] target; rules report it.

pub mod anchor;
mod annotate;
mod annotations;
mod as_of;
mod companions;
mod entity;
mod files;
mod gather;
mod graph;
pub mod layout;
mod names;
mod patch;
mod publication;
mod resolve;
mod shown;

pub use annotations::Annotation;
pub(crate) use annotations::{Annotated, Annotations};
pub(crate) use companions::Companions;
pub(crate) use entity::PRINTED;
pub use entity::{Edition, Entity, EntityIx, Reference, Target, Unresolved};
pub(crate) use files::Held;
pub use files::{Files, Publishing};
pub use gather::Release;
pub use graph::Graph;
pub(crate) use graph::{Misfit, MisfitKind};
pub(crate) use names::{names_of, normalized};
pub(crate) use publication::is_for_hosts;
pub(crate) use resolve::{MOST_NAMESAKES, file_beside, markdown_target, of_entity};
pub(crate) use shown::Shown;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::base::id::Lang;
use crate::base::path::{InputPath, folded};
use crate::kinds::KindId;
use crate::load::Input;
use crate::parse::Parsed;

/// An input and its parsed content.
#[derive(Clone, Debug)]
pub struct File {
    pub input: Arc<Input>,
    /// The parsed content.
    pub parsed: Arc<Parsed>,
}

/// Links `files`, which are sorted by path. [`Graph::drafts`] are left out.
pub fn link(
    files: impl Iterator<Item = File>,
    assets: impl Iterator<Item = InputPath>,
    languages: &[Lang],
    release: &Release,
    publishing: Arc<Publishing>,
) -> Graph {
    let gathered = gather::gather(files, languages, release);
    let names = names::Names::of(&gathered.entities);
    let names_of_drafts = gathered.names_of_drafts();
    let mut counts = vec![0; KindId::ALL.len()];
    gathered.entities.iter().for_each(|entity| counts[entity.kind as usize] += 1);
    let assets: BTreeSet<InputPath> = assets.collect();
    let mut assets_by_name: BTreeMap<String, Option<InputPath>> = BTreeMap::new();
    for asset in &assets {
        let only = |known: &mut Option<InputPath>| *known = None;
        let name = folded(asset.name()).into_owned();
        assets_by_name.entry(name).and_modify(only).or_insert_with(|| Some(asset.clone()));
    }
    // Of two that one name stands for, which is an error, the first counts.
    let by_path = assets.iter().rev().map(|asset| (folded(asset.as_str()).into_owned(), asset.clone()));
    let assets_by_path = by_path.collect();
    let mut graph = Graph {
        languages: languages.into(),
        entities: gathered.entities.into_iter().map(Arc::new).collect(),
        counts: counts.into(),
        misfits: gathered.misfits.into(),
        names: Arc::new(names),
        incoming: Vec::new(),
        annotations: Arc::default(),
        assets: Arc::new(assets),
        assets_by_path: Arc::new(assets_by_path),
        assets_by_name: Arc::new(assets_by_name),
        files: Arc::default(),
        names_of_drafts: Arc::new(names_of_drafts),
        drafts: Arc::new(gathered.drafts),
        withheld: gathered.withheld.into(),
        later: Arc::new(gathered.later),
        as_of: release.as_of,
    };
    resolve::resolve(&mut graph);
    graph.annotations = Arc::new(Annotations::of(&graph));
    graph.files = Arc::new(publication::files(&graph, publishing));
    graph
}
