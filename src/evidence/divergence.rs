//! Where accounts of the same thing differ: claims with different figures or dates, or that contradict each
//! other.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::origins;
use super::quantities::{Measure, Range, unit};
use super::voices::{Voices, find, targets};
use crate::base::date::Edtf;
use crate::base::text::Text;
use crate::kinds::{Claim, KindId, Quantity, Role};
use crate::link::{Entity, EntityIx, Graph, normalized};

/// Claims about the same thing that disagree.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Divergence {
    /// What they differ in.
    pub(crate) on: On,
    /// By date, the undated last. At least two.
    pub(crate) accounts: Vec<Account>,
    /// The claim that identifies it: no other divergence has the same one, if that is possible.
    pub name: EntityIx,
}

/// What accounts differ in.
#[derive(Copy, Clone, Debug, Eq, PartialEq, Ord, PartialOrd)]
pub(crate) enum On {
    Figure,
    /// When it happened.
    When,
    /// Something expressed in words only.
    Words,
}

/// One claim in a divergence.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) struct Account {
    pub claim: EntityIx,
    /// The index of the claim's figure, if that is what differs.
    pub quantity: Option<usize>,
    /// Accounts with the same number measure the same thing in the same words.
    pub measure: usize,
}

impl Account {
    pub(crate) fn figure<'a>(&self, graph: &'a Graph) -> Option<&'a Quantity> {
        graph.entity(self.claim).as_kind::<Claim>()?.quantities.get(self.quantity?)
    }

    /// When the asserted event happened.
    pub(crate) fn when(&self, graph: &Graph) -> Option<Edtf> {
        graph.entity(self.claim).as_kind::<Claim>()?.when.as_ref().map(|when| when.value)
    }
}

/// Whether two accounts differ in this.
pub(super) fn differ(graph: &Graph, on: On, one: &Account, other: &Account) -> bool {
    let figure = |account: &Account| account.figure(graph).map(|q| (q.value, q.comparator, kind_of(q)));
    match on {
        On::Figure => figure(one) != figure(other),
        On::When => one.when(graph) != other.when(graph),
        On::Words => true,
    }
}

/// One aspect of a claim: a figure, a time, or its words.
#[derive(Copy, Clone)]
struct Saying {
    claim: EntityIx,
    on: On,
    quantity: Option<usize>,
    measure: usize,
}

/// All divergences, in the order of their first claims.
pub(crate) fn of(graph: &Graph, voices: &Voices) -> Vec<Divergence> {
    let mut sayings: Vec<Saying> = Vec::new();
    let mut of_claim: HashMap<EntityIx, (usize, usize)> = HashMap::new();
    let mut measures: HashMap<String, usize> = HashMap::new();
    // Statements about the same thing have a key in common.
    let mut keyed: HashMap<(usize, Option<EntityIx>), usize> = HashMap::new();
    let mut same: Vec<(usize, usize)> = Vec::new();
    for (ix, entity, claim) in graph.all::<Claim>() {
        let start = sayings.len();
        let things = things(graph, ix);
        for (number, quantity) in claim.quantities.iter().enumerate() {
            let next = measures.len();
            let measure = *measures.entry(measure_key(graph, entity, quantity)).or_insert(next);
            let at = sayings.len();
            sayings.push(Saying { claim: ix, on: On::Figure, quantity: Some(number), measure });
            for thing in &things {
                let first = *keyed.entry((measure, *thing)).or_insert(at);
                same.push((first, at));
            }
        }
        for on in [On::When, On::Words] {
            sayings.push(Saying { claim: ix, on, quantity: None, measure: 0 });
        }
        of_claim.insert(ix, (start, sayings.len()));
    }
    // Claims that are related speak of one figure though they name it in other words.
    for reference in graph.references().filter(|reference| reference.role.shares_figures()) {
        let crate::link::Target::Entity(to, _) = reference.target else { continue };
        let (Some(&(a, a_end)), Some(&(b, b_end))) = (of_claim.get(&reference.from), of_claim.get(&to))
        else {
            continue;
        };
        let (ours, theirs) = (a..a_end, b..b_end);
        let is_one_origin = || {
            let origin = |claim| origins::first(graph, voices, claim);
            origin(reference.from).is_some_and(|first| Some(first) == origin(to))
        };
        same.extend(related(graph, reference.role, &sayings, ours, theirs, is_one_origin));
    }
    let mut parents: Vec<usize> = (0..sayings.len()).collect();
    for (a, b) in same {
        let (a, b) = (find(&mut parents, a), find(&mut parents, b));
        parents[a.max(b)] = a.min(b);
    }
    let mut groups: BTreeMap<usize, Vec<Saying>> = BTreeMap::new();
    for (at, saying) in sayings.iter().enumerate() {
        groups.entry(find(&mut parents, at)).or_default().push(*saying);
    }
    groups.into_values().filter_map(|group| divergence(graph, &group)).collect()
}

/// Pairs of statements of two related claims that are about the same thing.
fn related(
    graph: &Graph,
    role: Role,
    sayings: &[Saying],
    ours: std::ops::Range<usize>,
    theirs: std::ops::Range<usize>,
    is_one_origin: impl Fn() -> bool,
) -> Vec<(usize, usize)> {
    let figures =
        |range: std::ops::Range<usize>| range.filter(|&at| sayings[at].on == On::Figure).collect::<Vec<_>>();
    let kind = |at: usize| account(sayings[at]).figure(graph).map(kind_of);
    let (a, b) = (figures(ours.clone()), figures(theirs.clone()));
    let mut pairs: Vec<(usize, usize)> = Vec::new();
    for &x in &a {
        pairs.extend(b.iter().find(|&&y| kind(x) == kind(y)).map(|&y| (x, y)));
    }
    if !pairs.is_empty() || !matches!(role, Role::Contradicts | Role::Restates) {
        return pairs;
    }
    // After its figures, each claim has its statement of time and then its statement in words.
    let (when, other) = (ours.end - 2, theirs.end - 2);
    let dates = (account(sayings[when]).when(graph), account(sayings[other]).when(graph));
    match dates {
        (Some(one), Some(another)) if one != another => vec![(when, other)],
        // What somebody else says too is no divergence, but the same words of one speaker in two versions are.
        _ if role == Role::Contradicts || is_one_origin() => vec![(when + 1, other + 1)],
        _ => Vec::new(),
    }
}

fn account(saying: Saying) -> Account {
    Account { claim: saying.claim, quantity: saying.quantity, measure: saying.measure }
}

fn divergence(graph: &Graph, group: &[Saying]) -> Option<Divergence> {
    let claims: BTreeSet<EntityIx> = group.iter().map(|saying| saying.claim).collect();
    let on = group.first()?.on;
    let mut accounts: Vec<Account> = group.iter().map(|saying| account(*saying)).collect();
    let differs = match on {
        On::Figure => accounts.iter().any(|account| differ(graph, on, &accounts[0], account)),
        // These are grouped only if they differ.
        On::When | On::Words => true,
    };
    if claims.len() < 2 || !differs {
        return None;
    }
    let date = |account: &Account| graph.entity(account.claim).date().map(|date| date.value);
    accounts.sort_by_key(|account| (date(account).is_none(), date(account), account.claim, account.quantity));
    let name = *claims.first()?;
    Some(Divergence { on, accounts, name })
}

/// Accounts that measure the same thing and cannot both be true, two by two, if no relation between them says so.
pub(crate) fn unacknowledged<'a>(
    graph: &Graph,
    divergence: &'a Divergence,
) -> Vec<(&'a Account, &'a Account)> {
    if divergence.on != On::Figure {
        return Vec::new();
    }
    let mut upheld: BTreeMap<usize, Vec<(&Account, Range)>> = BTreeMap::new();
    for account in &divergence.accounts {
        if let Some(figure) = account.figure(graph).filter(|_| !admits(graph, account.claim)) {
            upheld.entry(account.measure).or_default().push((account, Range::of(figure)));
        }
    }
    let (mut found, mut known) = (Vec::new(), BTreeSet::new());
    for accounts in upheld.values() {
        // What overlaps both the one that ends first and the one that starts last overlaps all.
        let first = accounts.iter().min_by(|a, b| a.1.high.total_cmp(&b.1.high));
        let last = accounts.iter().max_by(|a, b| a.1.low.total_cmp(&b.1.low));
        for (account, range) in accounts {
            for (other, other_range) in [first, last].into_iter().flatten() {
                let pair = (account.claim.min(other.claim), account.claim.max(other.claim));
                if account.claim != other.claim
                    && !range.meets(*other_range)
                    && !are_of_other_times(graph, account, other)
                    && !are_related(graph, account.claim, other.claim)
                    && known.insert(pair)
                {
                    found.push((*account, *other));
                }
            }
        }
    }
    found
}

fn are_of_other_times(graph: &Graph, one: &Account, other: &Account) -> bool {
    match (one.when(graph), other.when(graph)) {
        (Some(a), Some(b)) => a.is_certainly_before(b) || b.is_certainly_before(a),
        _ => false,
    }
}

/// Whether a claim's author says that it is in conflict, or another claim replaces it.
fn admits(graph: &Graph, ix: EntityIx) -> bool {
    let status = graph.entity(ix).as_kind::<Claim>().and_then(Claim::written_status);
    status.is_some_and(|status| status.acknowledges_conflict())
        || graph.incoming(ix).any(|reference| reference.role == Role::Supersedes)
}

/// Whether one of two claims says of the other that both cannot be true, or that it tells the same in other figures.
/// What a third says of one of them does not matter: anyone who is accused can deny.
fn are_related(graph: &Graph, one: EntityIx, other: EntityIx) -> bool {
    let says = |from: EntityIx, to: EntityIx| {
        graph.outgoing(from).iter().any(|reference| {
            (reference.role.opposes() || reference.role == Role::Restates)
                && matches!(reference.target, crate::link::Target::Entity(at, _) if at == to)
        })
    };
    says(one, other) || says(other, one)
}

/// The most specific things that a claim is about: events, otherwise routes and claims, otherwise places,
/// otherwise anything. If it is about nothing, `None`.
fn things(graph: &Graph, ix: EntityIx) -> Vec<Option<EntityIx>> {
    let about = targets(graph, ix, Role::About);
    let rank = |ix: &EntityIx| match graph.entity(*ix).kind {
        KindId::Event => 0,
        KindId::Route | KindId::Claim => 1,
        KindId::Place => 2,
        _ => 3,
    };
    match about.iter().map(rank).min() {
        Some(best) => about.iter().filter(|ix| rank(ix) == best).copied().map(Some).collect(),
        None => vec![None],
    }
}

/// The measure or the unit of a figure.
fn kind_of(quantity: &Quantity) -> (Option<Measure>, String) {
    match unit(quantity) {
        Some((measure, _)) => (Some(measure), String::new()),
        None => (None, quantity.unit.as_ref().map(words).unwrap_or_default()),
    }
}

/// The key shared by figures that measure the same thing.
fn measure_key(graph: &Graph, entity: &Entity, quantity: &Quantity) -> String {
    let (measure, unit) = kind_of(quantity);
    let of = quantity.of.as_ref().map(words).unwrap_or_default();
    let mut between: Vec<String> = quantity
        .between
        .iter()
        .map(|place| graph.by_id(&place.id).map_or_else(|| place.id.clone(), |ix| ix.0.to_string()))
        .collect();
    between.sort();
    // A figure with neither a unit nor `of` cannot be compared with that of another claim.
    let own = if measure.is_none() && unit.is_empty() && of.is_empty() { entity.id.as_str() } else { "" };
    format!("{measure:?}\n{unit}\n{of}\n{}\n{own}", between.join(" "))
}

fn words(text: &Text) -> String {
    match text {
        Text::Same(words) => normalized(words),
        Text::By(words) => words.values().map(|words| normalized(words)).collect::<Vec<_>>().join("|"),
    }
}
