//! The attribution graph: from the claims, through the actors who make and relay them, to the sources that we
//! read.

use std::collections::{BTreeMap, BTreeSet};

use super::flow;
use super::sort::Special;
use super::ways::{Node, entity_of, is_actor, is_source, ways};
use crate::draw::network::{self, Shape, network};
use crate::kinds::KindId;
use crate::link::EntityIx;
use crate::pages::head::HeadParts;
use crate::reader::{Reader, Site, capital};
use crate::shown::{self, AttributionPage, Html, Onward, Page, Pagination};
use crate::site::SiteInput;

pub(crate) struct Attribution;

/// With at least this many claims, none is drawn; each speaker shows a count instead.
const BUNDLED_FROM: usize = 60;

/// The maximum numbers of actors, of sources and of lines in the drawing. It keeps those with the most
/// claims, because a larger drawing would be unreadable.
const MOST_NODES: usize = 36;
const MOST_EDGES: usize = 140;

/// The maximum number of claims considered.
const MOST_CLAIMS: usize = 5_000;

impl Special for Attribution {
    fn name(&self) -> &'static str {
        "attribution"
    }

    fn parts(&self, input: &SiteInput<'_>) -> usize {
        usize::from(input.graph.count(KindId::Claim) > 0)
    }

    fn count(&self, _site: &Site<'_>) -> usize {
        0
    }

    fn page(&self, reader: Reader<'_>, _: usize, head: HeadParts<'_>, _: Option<Pagination>) -> Page {
        let network = Network::of(reader);
        let head = head.head(reader);
        Page::Attribution(AttributionPage {
            flow: flow::of(reader, &head.root, MOST_CLAIMS),
            diagram: Html(network.drawn(reader, &head.root)),
            list: network.told(reader),
            bundled: network.is_bundled,
            trimmed: network.is_trimmed,
            head,
        })
    }
}

/// Who got claims from whom.
struct Network {
    /// Edges from the one who had it first to the one who got it from them, with the number of claims.
    edges: BTreeMap<(Node, Node), usize>,
    /// The number of claims that each speaker makes, if claims are not drawn.
    spoken: BTreeMap<EntityIx, usize>,
    /// The number of claims that each node occurs in.
    weights: BTreeMap<Node, usize>,
    is_bundled: bool,
    is_trimmed: bool,
}

impl Network {
    fn of(reader: Reader<'_>) -> Network {
        let claims = reader.orders.of_kind(KindId::Claim);
        let is_bundled = claims.len() > BUNDLED_FROM;
        let ways: Vec<Vec<Vec<Node>>> =
            claims.iter().take(MOST_CLAIMS).map(|claim| ways(reader, *claim, is_bundled)).collect();
        let mut spoken: BTreeMap<EntityIx, usize> = BTreeMap::new();
        let speakers = ways.iter().filter_map(|of_claim| of_claim.first()?.first());
        for speaker in speakers.filter(|node| is_actor(node)) {
            *spoken.entry(entity_of(*speaker)).or_default() += 1;
        }
        let mut weights: BTreeMap<Node, usize> = BTreeMap::new();
        for of_claim in &ways {
            let all: BTreeSet<Node> = of_claim.iter().flatten().copied().collect();
            all.into_iter().for_each(|node| *weights.entry(node).or_default() += 1);
        }
        let mut kept: BTreeSet<Node> = BTreeSet::new();
        let mut is_trimmed = claims.len() > MOST_CLAIMS;
        for wanted in [is_actor, is_source] {
            let mut nodes: Vec<Node> = weights.keys().copied().filter(wanted).collect();
            nodes.sort_by_key(|node| (std::cmp::Reverse(weights[node]), *node));
            is_trimmed |= nodes.len() > MOST_NODES;
            kept.extend(nodes.into_iter().take(MOST_NODES));
        }
        let mut edges: BTreeMap<(Node, Node), usize> = BTreeMap::new();
        for of_claim in &ways {
            let mut own: BTreeSet<(Node, Node)> = BTreeSet::new();
            for way in of_claim {
                let is_shown = |node: &&Node| match node {
                    Node::Claim(_) => true,
                    _ => kept.contains(node),
                };
                let shown: Vec<Node> = way.iter().filter(is_shown).copied().collect();
                own.extend(shown.windows(2).filter(|pair| pair[0] != pair[1]).map(|pair| (pair[0], pair[1])));
            }
            own.into_iter().for_each(|edge| *edges.entry(edge).or_default() += 1);
        }
        if edges.len() > MOST_EDGES {
            is_trimmed = true;
            let mut strongest: Vec<((Node, Node), usize)> = edges.into_iter().collect();
            strongest.sort_by_key(|(edge, count)| (std::cmp::Reverse(*count), *edge));
            edges = strongest.into_iter().take(MOST_EDGES).collect();
        }
        Network { edges, spoken, weights, is_bundled, is_trimmed }
    }

    /// Draws the network. `root` is the relative path from the page to the site's root.
    fn drawn(&self, reader: Reader<'_>, root: &str) -> String {
        let nodes: BTreeSet<Node> = self.edges.keys().flat_map(|(a, b)| [*a, *b]).collect();
        let nodes: Vec<Node> = nodes.into_iter().collect();
        let number = |node: &Node| nodes.binary_search(node).ok().and_then(|at| u32::try_from(at).ok());
        let edges: Vec<(u32, u32)> =
            self.edges.keys().filter_map(|(from, to)| number(from).zip(number(to))).collect();
        let drawn = nodes.iter().map(|node| network::Node {
            label: self.label(reader, *node),
            href: format!("{root}{}", reader.preview(entity_of(*node)).path),
            shape: match node {
                Node::Claim(_) => Shape::Claim,
                Node::Actor(_) => Shape::Actor,
                Node::Source(_) => Shape::Source,
            },
        });
        let label = reader.locale.word("special.attribution.graph").unwrap_or_default();
        network(&drawn.collect::<Vec<_>>(), &edges, self.is_bundled, label, reader.locale.direction)
    }

    /// The network as a list: each node, with the nodes it leads to.
    fn told(&self, reader: Reader<'_>) -> Vec<Onward> {
        let mut next: BTreeMap<Node, Vec<(Node, usize)>> = BTreeMap::new();
        for ((from, to), count) in &self.edges {
            next.entry(*from).or_default().push((*to, *count));
        }
        let node = |node: &Node, count: usize| shown::Node {
            preview: reader.preview(entity_of(*node)).clone(),
            called: capital(&self.label(reader, *node)),
            count,
        };
        let onward = |(from, list): (&Node, &Vec<(Node, usize)>)| Onward {
            from: node(from, self.weights.get(from).copied().unwrap_or(0)),
            to: list.iter().map(|(to, count)| node(to, *count)).collect(),
        };
        next.iter().map(onward).collect()
    }

    fn label(&self, reader: Reader<'_>, node: Node) -> String {
        match node {
            Node::Claim(ix) | Node::Source(ix) => reader.preview(ix).title.clone(),
            Node::Actor(ix) => {
                let name = capital(&reader.called(ix));
                let Some(count) = self.spoken.get(&ix) else { return name };
                let locale = reader.locale;
                let claims = locale.counted("special.attribution.bundle", *count as u64);
                format!("{} · {claims}", locale.isolated(&name))
            }
        }
    }
}
