//! The ways of claims from those who make them, through those who relay them, to the sources: what the flow and the
//! graph are drawn from.

use crate::kinds::KindId;
use crate::link::EntityIx;
use crate::reader::Reader;

/// A node of the drawing.
#[derive(Copy, Clone, Debug, Eq, PartialEq, Ord, PartialOrd)]
pub(super) enum Node {
    Actor(EntityIx),
    Claim(EntityIx),
    Source(EntityIx),
}

pub(super) fn is_actor(node: &Node) -> bool {
    matches!(node, Node::Actor(_))
}

pub(super) fn is_source(node: &Node) -> bool {
    matches!(node, Node::Source(_))
}

pub(super) fn entity_of(node: Node) -> EntityIx {
    match node {
        Node::Claim(ix) | Node::Actor(ix) | Node::Source(ix) => ix,
    }
}

/// The chains of a claim, from the claim itself to the sources.
pub(super) fn ways(reader: Reader<'_>, claim: EntityIx, is_bundled: bool) -> Vec<Vec<Node>> {
    // The weakest link is not needed here, so neither are the origins.
    let chain = reader.site.evidence().chain(reader.graph, claim, &[]);
    let ways = chain.paths.iter().map(|path| {
        let mut way: Vec<Node> = if is_bundled { Vec::new() } else { vec![Node::Claim(claim)] };
        for step in path.steps.iter().rev() {
            let actors = step.who.iter().filter(|ix| reader.graph.entity(**ix).kind == KindId::Actor);
            way.extend(actors.take(1).map(|actor| Node::Actor(*actor)));
        }
        way.extend(path.source.map(Node::Source));
        way
    });
    ways.collect()
}
