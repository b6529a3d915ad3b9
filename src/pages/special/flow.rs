//! How claims flow: from where they began, through who passed them on, to where they were read.

use std::collections::{BTreeMap, BTreeSet};

use super::ways::{Node, entity_of, is_source, ways};
use crate::draw::flow::{self, Band, flow};
use crate::kinds::KindId;
use crate::kinds::words::Status;
use crate::link::EntityIx;
use crate::reader::{Reader, capital};
use crate::shown::{Flow, Html};

/// How many nodes a column shows, beside one for all the others.
const MOST: [usize; 3] = [9, 8, 10];

/// The ways of a claim: from an origin, perhaps through who passed it on, to a source.
struct Told {
    status: Option<Status>,
    ways: BTreeSet<[Option<EntityIx>; 3]>,
}

/// How many claims there are of each status.
type Counts = BTreeMap<Option<Status>, usize>;

/// A node: its column, and its number in it.
type At = (usize, usize);

/// The flow of the first `most` claims; `None` if nothing flows from anybody to anywhere.
pub(super) fn of(reader: Reader<'_>, root: &str, most: usize) -> Option<Flow> {
    let claims = reader.orders.of_kind(KindId::Claim);
    let told = claims.iter().take(most).map(|claim| Told {
        status: reader.graph.entity(*claim).status,
        ways: ways(reader, *claim, true).iter().filter_map(|way| columns_of(way)).collect(),
    });
    let told: Vec<Told> = told.filter(|told| !told.ways.is_empty()).collect();
    let columns = Columns::of(&told);
    let (first, count) = *columns.kept[0].first()?;
    // A claim that takes two ways through a band is one claim there.
    let mut bands: BTreeMap<(At, At), Counts> = BTreeMap::new();
    for Told { status, ways } in &told {
        let pairs = ways.iter().flat_map(|way| {
            let places = way
                .iter()
                .enumerate()
                .filter_map(|(column, ix)| Some((column, columns.place(column, (*ix)?))));
            let places: Vec<At> = places.collect();
            places.windows(2).map(|pair| (pair[0], pair[1])).collect::<Vec<_>>()
        });
        for pair in pairs.collect::<BTreeSet<(At, At)>>() {
            *bands.entry(pair).or_default().entry(*status).or_default() += 1;
        }
    }
    let locale = reader.locale;
    let nodes = [0, 1, 2].map(|column| columns.nodes(reader, root, column));
    let bands = bands.into_iter().map(|((from, to), counts)| {
        let count: usize = counts.values().sum();
        let claims = locale.counted("special.attribution.bundle", count as u64);
        let [a, b] = [from, to].map(|(column, node)| &nodes[column][node]);
        let title = format!("{} → {}: {claims}", locale.isolated(&a.label), locale.isolated(&b.label));
        let parts = counts.into_iter().map(|(status, count)| (class(status), count)).collect();
        let href = if a.href.is_empty() { b.href.clone() } else { a.href.clone() };
        Band { from, to, parts, title, href: if href.is_empty() { "#part-list".to_owned() } else { href } }
    });
    let bands: Vec<Band> = bands.collect();
    let name = reader.called(first);
    let (count, all) = (locale.number(count as f64), locale.number(told.len() as f64));
    let title = locale.fill("special.attribution.shows", &[("name", &name), ("n", &count), ("all", &all)]);
    let title = capital(&title);
    let label = locale.word("special.attribution.flow").unwrap_or_default();
    let statuses = Status::WORDS.iter().copied();
    let is_shown = |word: &&str| {
        bands.iter().any(|band| band.parts.iter().any(|(class, _)| *class == format!("status-{word}")))
    };
    Some(Flow {
        statuses: statuses.filter(is_shown).collect(),
        drawing: Html(flow(&nodes, &bands, label, locale.direction)),
        title,
    })
}

fn class(status: Option<Status>) -> String {
    status.map_or_else(String::new, |status| format!("status-{}", status.word()))
}

/// The origin of a way, who passed it on, and its source. Of several who passed it on, the one before the last: the last one
/// most often publishes the source itself.
fn columns_of(way: &[Node]) -> Option<[Option<EntityIx>; 3]> {
    let (source, actors) = way.split_last().filter(|(source, _)| is_source(source))?;
    let (origin, relays) = actors.split_first()?;
    let relay = match relays {
        [.., relay, _] | [relay] => Some(entity_of(*relay)),
        [] => None,
    };
    let origin = entity_of(*origin);
    Some([Some(origin), relay.filter(|relay| *relay != origin), Some(entity_of(*source))])
}

/// The nodes of each column with the numbers of their claims, those with the most first.
struct Columns {
    kept: [Vec<(EntityIx, usize)>; 3],
    /// How many more there are.
    more: [usize; 3],
}

impl Columns {
    fn of(told: &[Told]) -> Columns {
        let mut weights: [BTreeMap<EntityIx, usize>; 3] = Default::default();
        for Told { ways, .. } in told {
            for (column, weights) in weights.iter_mut().enumerate() {
                for ix in ways.iter().filter_map(|way| way[column]).collect::<BTreeSet<EntityIx>>() {
                    *weights.entry(ix).or_default() += 1;
                }
            }
        }
        let mut more = [0; 3];
        let mut column = 0;
        let kept = weights.map(|weights| {
            let mut list: Vec<(EntityIx, usize)> = weights.into_iter().collect();
            list.sort_by_key(|(ix, count)| (std::cmp::Reverse(*count), *ix));
            // One more is no reason for a sum.
            let most = MOST[column];
            if list.len() > most + 1 {
                more[column] = list.len() - most;
                list.truncate(most);
            }
            column += 1;
            list
        });
        Columns { kept, more }
    }

    /// The number of an entity in a column; those that are not shown are after all others.
    fn place(&self, column: usize, ix: EntityIx) -> usize {
        let kept = &self.kept[column];
        kept.iter().position(|(known, _)| *known == ix).unwrap_or(kept.len())
    }

    fn nodes(&self, reader: Reader<'_>, root: &str, column: usize) -> Vec<flow::Node> {
        let node = |(ix, count): &(EntityIx, usize)| {
            let preview = reader.preview(*ix);
            let name =
                if preview.kind == "actor" { capital(&reader.called(*ix)) } else { preview.title.clone() };
            let label =
                format!("{} · {}", reader.locale.isolated(&name), reader.locale.number(*count as f64));
            flow::Node { label, href: format!("{root}{}", preview.path) }
        };
        let mut nodes: Vec<flow::Node> = self.kept[column].iter().map(node).collect();
        if self.more[column] > 0 {
            let label = reader.locale.counted("page.more", self.more[column] as u64);
            nodes.push(flow::Node { label, href: String::new() });
        }
        nodes
    }
}
