//! The evidence for a claim: how it reached us, its independent origins, who denies it, and what it supports
//! and contradicts.

use super::special::divergence_links;
use crate::base::date::Edtf;
use crate::draw::chain::{Stop, tree};
use crate::evidence::chain::{Chain, Join, Leads, Path, Weakest};
use crate::evidence::status::has_evidence;
use crate::evidence::voices::targets;
use crate::kinds::{Claim, KindId, Role};
use crate::link::EntityIx;
use crate::reader::{Reader, capital, joined};
use crate::shown::{
    ClaimEvidence, HistoryEntry, Html, Located, Origin, Peer, Relation, Step, Supporter, Way, WeakestLink,
};

/// The fact that the head of a claim's page shows.
const STATUS: &str = "status";

/// The maximum number of claims shown for a relation.
const MOST_RELATED: usize = 60;

/// The maximum number of chains drawn; the list next to the drawing shows all of them.
const MOST_WAYS: usize = 24;

/// How a claim reached us, and how it relates to other claims.
pub(crate) fn evidence(reader: Reader<'_>, ix: EntityIx, claim: &Claim) -> ClaimEvidence {
    let (graph, evidence) = (reader.graph, reader.site.evidence());
    let origins = evidence.origins(graph, ix);
    let supporters = evidence.supporters(graph, ix, &origins);
    let chain = evidence.chain(graph, ix, &origins);
    let history = claim.history.iter().map(|entry| HistoryEntry {
        date: reader.date(*entry.date),
        status: entry.status.word(),
        why: entry.why.as_ref().map(|why| reader.text(why)),
    });
    let origin = |origin: &crate::evidence::origins::Origin| Origin {
        who: reader.who(&origin.voices),
        sources: origin.sources.len(),
    };
    let supporter = |supporter: &crate::evidence::origins::Supporter| Supporter {
        who: reader.who(&supporter.voices),
        claims: reader.previews_of(&supporter.claims),
    };
    // Other parts of the page show these facts.
    let elsewhere = [STATUS, Role::By.word(), Role::Via.word()].into_iter();
    ClaimEvidence {
        elsewhere: elsewhere.chain(Role::relations().map(Role::word)).collect(),
        superseded_by: reader.previews_of(&incoming(reader, ix, Role::Supersedes)),
        paths: chain.paths.iter().take(MOST_RELATED).map(|path| way(reader, ix, path)).collect(),
        diagram: diagram(reader, &chain).map(Html),
        weakest: chain.weakest.map(|weakest| weakest_link(reader, weakest)),
        computed: claim.is_computed(),
        origins: origins.iter().map(origin).collect(),
        supporters: supporters.iter().map(supporter).collect(),
        denied_by: denials(reader, ix),
        denies: peers(reader, &targets(graph, ix, Role::Denies)),
        relations: relations(reader, ix),
        history: history.collect(),
        divergences: divergence_links(reader, ix),
    }
}

fn way(reader: Reader<'_>, claim: EntityIx, path: &Path) -> Way {
    let step = |step: &crate::evidence::chain::Step| Step {
        join: match step.join {
            Join::Says => "says",
            Join::Citing => "citing",
            Join::OnBehalf => "on_behalf",
        },
        who: reader.who(&step.who),
    };
    let locators = path.source.map(|source| locators(reader, claim, source)).unwrap_or_default();
    Way {
        steps: path.steps.iter().map(step).collect(),
        source: path.source.map(|source| reader.preview(source).clone()),
        locator: joined(&locators, reader.locale),
        locators,
        entry: path.source.and_then(|source| reader.bibliography_entry(source)),
        leads: match path.leads {
            Leads::ToClaimant => "claimant",
            Leads::ToWitness => "witness",
            Leads::ToMaterial => "material",
        },
    }
}

fn locators(reader: Reader<'_>, claim: EntityIx, source: EntityIx) -> Vec<Located> {
    let citations = &reader.graph.entity(claim).common().sources;
    let of_source = citations.iter().filter(|c| reader.graph.by_id(&c.source.id) == Some(source));
    of_source.filter_map(|citation| Some(reader.located(source, citation.locator.as_deref()?))).collect()
}

fn weakest_link(reader: Reader<'_>, weakest: Weakest) -> WeakestLink {
    let (word, who) = match weakest {
        Weakest::NoSource => ("no_source", None),
        Weakest::Unreliable(source) => ("unreliable", Some(source)),
        Weakest::Bottleneck(actor) => ("bottleneck", Some(actor)),
        Weakest::OnlySource(source) => ("only_source", Some(source)),
        Weakest::SecondHand(actor) => ("second_hand", Some(actor)),
        Weakest::OneVoice(actor) => ("one_voice", Some(actor)),
    };
    WeakestLink { word, who: who.map(|ix| reader.who_is(ix)) }
}

/// The claims that refer to this one in a role.
fn incoming(reader: Reader<'_>, ix: EntityIx, role: Role) -> Vec<EntityIx> {
    let graph = reader.graph;
    let references = graph.incoming(ix).filter(|reference| reference.role == role);
    let claims = references.map(|reference| reference.from);
    let mut claims: Vec<EntityIx> =
        claims.filter(|from| *from != ix && graph.entity(*from).kind == KindId::Claim).collect();
    claims.sort_by_key(|claim| reader.orders.position(*claim));
    claims.dedup();
    claims
}

fn relations(reader: Reader<'_>, ix: EntityIx) -> Vec<Relation> {
    let mut relations = Vec::new();
    // Denials have their own list.
    for role in Role::relations().filter(|role| *role != Role::Denies) {
        let mut own: Vec<EntityIx> =
            targets(reader.graph, ix, role).into_iter().filter(|to| *to != ix).collect();
        let mut others = incoming(reader, ix, role);
        if role.is_mutual() {
            own.append(&mut others);
            own.sort_by_key(|claim| reader.orders.position(*claim));
            own.dedup();
        }
        for (facing, claims) in [("ours", own), ("theirs", others)] {
            if !claims.is_empty() {
                let more = claims.len().saturating_sub(MOST_RELATED);
                relations.push(Relation { role: role.word(), facing, claims: peers(reader, &claims), more });
            }
        }
    }
    relations
}

/// Claims, each with its claimants.
fn peers(reader: Reader<'_>, claims: &[EntityIx]) -> Vec<Peer> {
    claims.iter().take(MOST_RELATED).map(|claim| peer(reader, *claim)).collect()
}

fn peer(reader: Reader<'_>, claim: EntityIx) -> Peer {
    let by = reader.who(&targets(reader.graph, claim, Role::By));
    Peer { preview: reader.preview(claim).clone(), by, days_after: None, evidence: None }
}

/// The claims that deny this one, each with the time between the two.
fn denials(reader: Reader<'_>, ix: EntityIx) -> Vec<Peer> {
    let day = |claim: EntityIx| match reader.graph.entity(claim).date()?.value {
        Edtf::Date(date) if date.earliest() == date.latest() => Some(date.earliest()),
        _ => None,
    };
    let denial = |denial: EntityIx| {
        let days = day(denial).zip(day(ix)).map(|(later, sooner)| later.number() - sooner.number());
        Peer {
            days_after: days.and_then(|days| usize::try_from(days).ok()),
            evidence: Some(has_evidence(reader.graph, denial)),
            ..peer(reader, denial)
        }
    };
    incoming(reader, ix, Role::Denies).into_iter().take(MOST_RELATED).map(denial).collect()
}

/// Who denies a claim.
pub(super) fn speakers_of_denials(reader: Reader<'_>, ix: EntityIx) -> Vec<EntityIx> {
    let mut speakers = Vec::new();
    for denial in incoming(reader, ix, Role::Denies) {
        for by in targets(reader.graph, denial, Role::By) {
            if !speakers.contains(&by) {
                speakers.push(by);
            }
        }
    }
    speakers
}

/// Draws the chain as a tree, from the origins to the sources we read.
fn diagram(reader: Reader<'_>, chain: &Chain) -> Option<String> {
    let weak = match chain.weakest {
        Some(Weakest::Bottleneck(actor)) => Some(actor),
        _ => None,
    };
    // A calculation has no voices.
    let told = chain.paths.iter().filter(|path| !path.steps.is_empty());
    let ways = told.take(MOST_WAYS).map(|path| {
        let stop = |(at, step): (usize, &crate::evidence::chain::Step)| {
            let names: Vec<String> = step.who.iter().map(|ix| reader.called(*ix)).collect();
            let label = match names.as_slice() {
                // The drawing isolates a label as a whole.
                [only] => only.clone(),
                several => {
                    let each: Vec<_> = several.iter().map(|name| reader.locale.isolated(name)).collect();
                    each.join(reader.locale.comma())
                }
            };
            Stop {
                key: step.who.clone(),
                label: capital(&label),
                is_weak: weak.is_some_and(|weak| step.who.contains(&weak)),
                is_read: at == 0 && path.source.is_some(),
            }
        };
        path.steps.iter().enumerate().map(stop).rev().collect()
    });
    tree(ways.collect(), reader.locale.direction)
}
