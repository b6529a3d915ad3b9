//! The attribution graph: from the claims, through those who make and relay them, to the sources that we read.

use std::collections::{BTreeMap, BTreeSet};

use rust_sugiyama::configure::{Config as Layout, RankingType};

use super::super::claim::{called, capital};
use super::super::datum::Datum;
use super::super::diagram::{Drawing, width, wrapped};
use super::super::page::Page;
use super::Special;
use crate::base::markup::escaped;
use crate::kinds::KindId;
use crate::link::EntityIx;
use crate::site::SiteInput;
use crate::view::Site;

/// See the module.
pub struct Attribution;

/// From so many claims on, none is drawn: each speaker says how many there are.
const BUNDLED_FROM: usize = 60;

/// The most actors and the most sources that are drawn, those that come up most, and the most lines, those that most
/// claims take. Beyond that a drawing is a tangle.
const MOST_NODES: usize = 36;
const MOST_EDGES: usize = 140;

/// The most claims that are looked at.
const MOST_CLAIMS: usize = 5_000;

/// Sizes, in pixels: of a label, between columns (wider where many lines run there), of letters, of a line, and between
/// nodes.
const LABEL: f64 = 202.0;
const COLUMN: f64 = 236.0;
const WIDE_COLUMN: f64 = 330.0;
const LETTERS: f64 = 12.5;
const LINE: f64 = 15.0;
const GAP: f64 = 9.0;

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

    fn fill(&self, site: &Site<'_>, _part: usize, lang: usize, page: &mut Page) {
        let network = Network::of(site, lang);
        page.special = Datum::record([
            ("diagram", Datum::Html(network.drawn(site, lang, &page.root))),
            ("list", network.told(site, lang)),
            ("bundled", network.is_bundled.into()),
            ("trimmed", network.is_trimmed.into()),
        ]);
    }
}

/// Something that is drawn.
#[derive(Copy, Clone, Debug, Eq, PartialEq, Ord, PartialOrd)]
enum Node {
    Actor(EntityIx),
    Claim(EntityIx),
    Source(EntityIx),
}

/// Who has it from whom.
struct Network {
    /// From whoever has it first to whoever has it from them, and in how many claims.
    edges: BTreeMap<(Node, Node), usize>,
    /// How many claims each speaker makes, where the claims are not drawn.
    spoken: BTreeMap<EntityIx, usize>,
    /// In how many claims each comes up.
    weights: BTreeMap<Node, usize>,
    is_bundled: bool,
    is_trimmed: bool,
}

impl Network {
    fn of(site: &Site<'_>, lang: usize) -> Network {
        let claims = site.shelves[lang].orders.of_kind(KindId::Claim);
        let is_bundled = claims.len() > BUNDLED_FROM;
        let ways: Vec<Vec<Vec<Node>>> =
            claims.iter().take(MOST_CLAIMS).map(|claim| ways(site, *claim, is_bundled)).collect();
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

    /// The network as a drawing, in columns from the claims to the sources.
    fn drawn(&self, site: &Site<'_>, lang: usize, root: &str) -> String {
        let nodes: BTreeSet<Node> = self.edges.keys().flat_map(|(a, b)| [*a, *b]).collect();
        let nodes: Vec<Node> = nodes.into_iter().collect();
        let labels: Vec<Vec<String>> =
            nodes.iter().map(|node| wrapped(&self.label(site, *node, lang), LETTERS, LABEL, 2)).collect();
        let column = if self.is_bundled { WIDE_COLUMN } else { COLUMN };
        let places = places(&nodes, &labels, self.edges.keys(), column);
        let place = |node: &Node| nodes.binary_search(node).ok().and_then(|at| places.get(&at).copied());
        let mut drawing = Drawing::new();
        for (from, to) in self.edges.keys() {
            if let (Some((x1, y1)), Some((x2, y2)), Ok(at)) =
                (place(from), place(to), nodes.binary_search(from))
            {
                let end = labels[at].first().map_or(0.0, |line| width(line, LETTERS));
                drawing.curve((x1 + 12.0 + end, y1), (x2 - 7.0, y2));
            }
        }
        for (at, node) in nodes.iter().enumerate() {
            let Some((x, y)) = places.get(&at).copied() else { continue };
            let (card, class) = match node {
                Node::Claim(ix) => (site.card(*ix, lang), "claim"),
                Node::Actor(ix) => (site.card(*ix, lang), "relay"),
                Node::Source(ix) => (site.card(*ix, lang), "read"),
            };
            let (path, title) = (escaped(&card.path), escaped(&self.label(site, *node, lang)));
            drawing.add(format_args!("<a href=\"{root}{path}\"><title>{title}</title>"));
            match node {
                Node::Source(_) => drawing.add(format_args!(
                    "<rect class=\"{class}\" x=\"{:.0}\" y=\"{:.0}\" width=\"9\" height=\"9\"/>",
                    x - 4.5,
                    y - 4.5
                )),
                _ => drawing
                    .add(format_args!("<circle class=\"{class}\" cx=\"{x:.0}\" cy=\"{y:.0}\" r=\"4.5\"/>")),
            }
            drawing.text(class, (x + 9.0, y + 4.0), &labels[at]);
            drawing.add(format_args!("</a>"));
            drawing.reach(x + LABEL + 24.0, y + LINE * labels[at].len() as f64 + 6.0);
        }
        let label = site.locales[lang].word("special.attribution.graph").unwrap_or_default();
        drawing.finish("network", &format!("role=\"group\" aria-label=\"{}\"", escaped(label)))
    }

    /// The network as a list: of each, to whom it goes.
    fn told(&self, site: &Site<'_>, lang: usize) -> Datum {
        let mut next: BTreeMap<Node, Vec<(Node, usize)>> = BTreeMap::new();
        for ((from, to), count) in &self.edges {
            next.entry(*from).or_default().push((*to, *count));
        }
        let node = |node: &Node, count: usize| {
            Datum::record([
                ("card", site.card(entity_of(*node), lang).into()),
                ("called", capital(&self.label(site, *node, lang)).into()),
                ("count", count.into()),
            ])
        };
        Datum::list(&next, |(from, list)| {
            Datum::record([
                ("from", node(from, self.weights.get(from).copied().unwrap_or(0))),
                ("to", Datum::list(list, |(to, count)| node(to, *count))),
            ])
        })
    }

    fn label(&self, site: &Site<'_>, node: Node, lang: usize) -> String {
        match node {
            Node::Claim(ix) | Node::Source(ix) => site.card(ix, lang).title.clone(),
            Node::Actor(ix) => {
                let name = capital(&called(site, ix, lang));
                let Some(count) = self.spoken.get(&ix) else { return name };
                let locale = &site.locales[lang];
                let form = format!("special.attribution.bundle.{}", locale.plural(*count as u64));
                let other = "special.attribution.bundle.other";
                let words = locale.word(&form).or_else(|| locale.word(other)).unwrap_or("{n}");
                format!("{name} · {}", words.replace("{n}", &locale.number(*count as f64)))
            }
        }
    }
}

fn is_actor(node: &Node) -> bool {
    matches!(node, Node::Actor(_))
}

fn is_source(node: &Node) -> bool {
    matches!(node, Node::Source(_))
}

fn entity_of(node: Node) -> EntityIx {
    match node {
        Node::Claim(ix) | Node::Actor(ix) | Node::Source(ix) => ix,
    }
}

/// The ways of a claim, from itself to the sources.
fn ways(site: &Site<'_>, claim: EntityIx, is_bundled: bool) -> Vec<Vec<Node>> {
    // What is the weakest link is not asked here, so neither are the origins.
    let chain = site.evidence.chain(site.graph, claim, &[]);
    let ways = chain.paths.iter().map(|path| {
        let mut way: Vec<Node> = if is_bundled { Vec::new() } else { vec![Node::Claim(claim)] };
        for step in path.steps.iter().rev() {
            let actors = step.who.iter().filter(|ix| site.graph.entity(**ix).kind == KindId::Actor);
            way.extend(actors.take(1).map(|actor| Node::Actor(*actor)));
        }
        way.extend(path.source.map(Node::Source));
        way
    });
    ways.collect()
}

/// Where each node stands: layered so that lines run one way and cross little (Sugiyama's method).
fn places<'a>(
    nodes: &[Node],
    labels: &[Vec<String>],
    edges: impl Iterator<Item = &'a (Node, Node)>,
    column: f64,
) -> BTreeMap<usize, (f64, f64)> {
    let at = |node: &Node| nodes.binary_search(node).ok().and_then(|at| u32::try_from(at).ok());
    // The library's layers lie below each other and ours beside each other: its width is our height.
    let sizes: Vec<(u32, (f64, f64))> =
        labels.iter().zip(0..).map(|(lines, at)| (at, (lines.len().max(1) as f64 * LINE, column))).collect();
    let edges: Vec<(u32, u32)> = edges.filter_map(|(from, to)| at(from).zip(at(to))).collect();
    // Every claim in the first column.
    let layout = Layout { vertex_spacing: GAP, ranking_type: RankingType::Up, ..Layout::default() };
    let mut places = BTreeMap::new();
    let mut below = 0.0;
    for (component, _, _) in rust_sugiyama::from_vertices_and_edges(&sizes, &edges, &layout) {
        let least = component.iter().map(|(_, (across, _))| *across).fold(f64::INFINITY, f64::min);
        let mut bottom: f64 = below;
        for (node, (across, along)) in component {
            let number = (along / (column + GAP)).round();
            let y = below + across - least + 14.0;
            bottom = bottom.max(y + LINE * 1.5);
            places.insert(node, (number * column + 8.0, y));
        }
        below = bottom + GAP;
    }
    places
}
