//! All parsed inputs → [`Graph`]: ids, names, and every reference followed to what it means.
//!
//! What cannot be followed stays in the graph as what it is, an [`Unresolved`] target; reporting it is a rule's
//! business.

mod gather;
mod graph;
pub mod layout;
mod names;
mod resolve;

pub use graph::{Edition, Entity, EntityIx, Graph, Misfit, MisfitKind, Reference, Target, Unresolved};
pub use names::normalized;
pub use resolve::{file_beside, unsafe_scheme};

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::base::id::Lang;
use crate::base::path::InputPath;
use crate::load::Input;
use crate::parse::Parsed;

/// An input and what was read from it.
#[derive(Clone, Debug)]
pub struct File {
    /// The input.
    pub input: Input,
    /// What it says.
    pub parsed: Arc<Parsed>,
}

/// Links `files`, which are sorted by path. Drafts are left out unless `drafts` is set.
pub fn link(files: Vec<File>, assets: Vec<InputPath>, languages: &[Lang], drafts: bool) -> Graph {
    let gathered = gather::gather(files, languages, drafts);
    let names = names::Names::of(&gathered.entities);
    let mut graph = Graph {
        languages: languages.to_vec(),
        entities: gathered.entities,
        misfits: gathered.misfits,
        names,
        references: Vec::new(),
        incoming: Vec::new(),
        assets: assets.into_iter().collect::<BTreeSet<_>>(),
        drafts: gathered.drafts,
    };
    resolve::resolve(&mut graph);
    graph
}
