//! How claims flow: from where they began, through who passed them on, to where they were read.

use std::collections::{BTreeMap, BTreeSet};

use super::ways::{Node, entity_of, is_source, ways};
use crate::draw::flow::{self, Band, flow};
use crate::kinds::words::Status;
use crate::kinds::{KindId, Role};
use crate::link::{EntityIx, layout};
use crate::reader::{Reader, capital};
use crate::shown::{Flow, Html};

/// How many nodes a column shows, beside one for all the others: of all claims, and of those of one entity.
const MOST: [usize; 3] = [9, 8, 10];
const FEWER: [usize; 3] = [4, 4, 5];

/// The most claims of one entity that its page draws.
const OF_ONE: usize = 2_000;

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
    let told = told(reader, claims.iter().copied().take(most), None);
    let columns = Columns::of(&told, MOST);
    let (first, count) = *columns.kept[0].first()?;
    let locale = reader.locale;
    let name = reader.called(first);
    let (count, all) = (locale.number(count as f64), locale.number(told.len() as f64));
    let title = locale.fill("special.attribution.shows", &[("name", &name), ("n", &count), ("all", &all)]);
    drawn(reader, root, &told, &columns, &capital(&title))
}

/// The flow of the claims that pass through an actor or a source: its neighbours. `None` if there are few.
pub(crate) fn around(reader: Reader<'_>, root: &str, ix: EntityIx) -> Option<Flow> {
    let role = |role: Role| matches!(role, Role::By | Role::Via | Role::Source);
    let references = reader.graph.incoming(ix).filter(|reference| role(reference.role));
    let claims = references.map(|reference| reference.from);
    let claims: BTreeSet<EntityIx> =
        claims.filter(|from| reader.graph.entity(*from).kind == KindId::Claim).take(OF_ONE).collect();
    let told = told(reader, claims.into_iter(), Some(ix));
    let columns = Columns::of(&told, FEWER);
    let claims = reader.locale.counted("special.attribution.bundle", told.len() as u64);
    let name = capital(&reader.called(ix));
    let name = if reader.preview(ix).kind == "actor" { &name } else { &reader.preview(ix).title };
    let title = reader.locale.fill("special.attribution.around", &[("name", name), ("claims", &claims)]);
    // One band says no more than the title.
    if columns.kept.iter().all(|column| column.len() < 2) {
        return None;
    }
    let flow = drawn(reader, root, &told, &columns, &title)?;
    let whole = reader.special_path("attribution");
    (told.len() > 1).then(|| Flow { whole: Some(format!("{root}{}", layout::encoded(&whole))), ..flow })
}

/// The ways of claims, or those of them that pass through an entity.
fn told(reader: Reader<'_>, claims: impl Iterator<Item = EntityIx>, through: Option<EntityIx>) -> Vec<Told> {
    let is_wanted = |way: &[Node]| through.is_none_or(|ix| way.iter().any(|node| entity_of(*node) == ix));
    let told = claims.map(|claim| Told {
        status: reader.graph.entity(claim).status,
        ways: ways(reader, claim, true)
            .iter()
            .filter(|way| is_wanted(way))
            .filter_map(|way| columns_of(way, through))
            .collect(),
    });
    told.filter(|told| !told.ways.is_empty()).collect()
}

/// Draws the flow; `None` if nothing flows.
fn drawn(reader: Reader<'_>, root: &str, told: &[Told], columns: &Columns, title: &str) -> Option<Flow> {
    // A claim that takes two ways through a band is one claim there.
    let mut bands: BTreeMap<(At, At), Counts> = BTreeMap::new();
    for Told { status, ways } in told {
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
    if bands.is_empty() {
        return None;
    }
    let label = locale.word("special.attribution.flow").unwrap_or_default();
    let statuses = Status::WORDS.iter().copied();
    let is_shown = |word: &&str| {
        bands.iter().any(|band| band.parts.iter().any(|(class, _)| *class == format!("status-{word}")))
    };
    let (drawing, height) = flow(&nodes, &bands, label, locale.direction);
    Some(Flow {
        statuses: statuses.filter(is_shown).collect(),
        drawing: Html(drawing),
        height,
        title: title.to_owned(),
        is_passed_on: !columns.kept[1].is_empty(),
        whole: None,
    })
}

fn class(status: Option<Status>) -> String {
    status.map_or_else(String::new, |status| format!("status-{}", status.word()))
}

/// The origin of a way, who passed it on, and its source. Of several who passed it on, it is the entity that this is
/// about, and otherwise the one before the last: the last one most often publishes the source itself.
fn columns_of(way: &[Node], through: Option<EntityIx>) -> Option<[Option<EntityIx>; 3]> {
    let (source, actors) = way.split_last().filter(|(source, _)| is_source(source))?;
    let (origin, relays) = actors.split_first()?;
    let origin = entity_of(*origin);
    let own = relays.iter().map(|relay| entity_of(*relay)).find(|relay| Some(*relay) == through);
    let relay = own.or(match relays {
        [.., relay, _] | [relay] => Some(entity_of(*relay)),
        [] => None,
    });
    Some([Some(origin), relay.filter(|relay| *relay != origin), Some(entity_of(*source))])
}

/// The nodes of each column with the numbers of their claims, those with the most first.
struct Columns {
    kept: [Vec<(EntityIx, usize)>; 3],
    /// How many more there are.
    more: [usize; 3],
}

impl Columns {
    fn of(told: &[Told], most: [usize; 3]) -> Columns {
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
            let most = most[column];
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
