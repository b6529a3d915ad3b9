//! A claim beside others: how it reached us, its independent origins, who denies it, what it supports and contradicts.

use super::datum::Datum;
use super::diagram::{Drawing, wrapped};
use super::page::DateText;
use super::{Site, special};
use crate::evidence::chain::{Chain, Join, Leads, Path, Step, Weakest};
use crate::evidence::origins::{Origin, Supporter};
use crate::evidence::voices::targets;
use crate::kinds::{Actor, Claim, KindId, Role};
use crate::link::EntityIx;

/// The fact that a claim's head shows.
const STATUS: &str = "status";

/// The most claims that are shown of one relation.
const MOST_RELATED: usize = 60;

/// The most ways that are drawn; the list beside the drawing has all.
const MOST_WAYS: usize = 24;

/// What a claim's page holds besides its facts; nothing for other kinds.
pub fn of(site: &Site<'_>, ix: EntityIx, lang: usize) -> Datum {
    let entity = site.graph.entity(ix);
    let Some(claim) = entity.as_kind::<Claim>() else { return Datum::None };
    let origins = site.evidence.origins(site.graph, ix);
    let supporters = site.evidence.supporters(site.graph, ix, &origins);
    let chain = site.evidence.chain(site.graph, ix, &origins);
    let teller = Teller { site, lang };
    let superseded = teller.incoming(ix, Role::Supersedes);
    let history = claim.history.iter().map(|entry| {
        Datum::record([
            ("date", teller.date(&entry.date)),
            ("status", entry.status.word().into()),
            ("why", Datum::maybe(entry.why.as_ref(), |why| site.text(why, lang).into())),
        ])
    });
    // Facts that the page shows in other parts of it.
    let elsewhere = [STATUS, Role::By.word(), Role::Via.word()];
    let elsewhere = elsewhere.into_iter().chain(Role::relations().map(Role::word));
    Datum::record([
        ("elsewhere", Datum::list(elsewhere, Datum::Word)),
        ("superseded_by", teller.cards(&superseded)),
        ("paths", Datum::list(chain.paths.iter().take(MOST_RELATED), |path| teller.path(ix, path))),
        ("diagram", Datum::maybe(diagram(&teller, &chain), Datum::Html)),
        ("weakest", Datum::maybe(chain.weakest, |weakest| teller.weakest(weakest))),
        ("origins", Datum::list(&origins, |origin| teller.origin(origin))),
        ("supporters", Datum::list(supporters, |supporter| teller.supporter(&supporter))),
        ("denied_by", teller.denials(ix)),
        ("denies", teller.peers(&targets(site.graph, ix, Role::Denies))),
        ("relations", teller.relations(ix)),
        ("history", Datum::List(history.collect())),
        ("divergences", special::divergence::links(site, ix, lang)),
    ])
}

/// Puts what is known into values, in one language.
struct Teller<'a, 's> {
    site: &'a Site<'s>,
    lang: usize,
}

impl Teller<'_, '_> {
    fn cards(&self, list: &[EntityIx]) -> Datum {
        Datum::list(list, |ix| self.site.card(*ix, self.lang).into())
    }

    fn date(&self, date: &crate::base::date::Edtf) -> Datum {
        DateText::of(*date, &self.site.locales[self.lang]).into()
    }

    fn path(&self, claim: EntityIx, path: &Path) -> Datum {
        let locator = path.source.and_then(|source| self.locator(claim, source));
        let leads = match path.leads {
            Leads::ToClaimant => "claimant",
            Leads::ToWitness => "witness",
            Leads::ToMaterial => "material",
        };
        Datum::record([
            ("steps", Datum::list(&path.steps, |step| self.step(step))),
            ("source", Datum::maybe(path.source, |source| self.site.card(source, self.lang).into())),
            ("locator", Datum::maybe(locator, Datum::Text)),
            (
                "entry",
                Datum::maybe(path.source.and_then(|source| self.site.entry(source, self.lang)), Datum::Text),
            ),
            ("leads", leads.into()),
        ])
    }

    fn step(&self, step: &Step) -> Datum {
        let join = match step.join {
            Join::Says => "says",
            Join::Citing => "citing",
            Join::OnBehalf => "on_behalf",
        };
        Datum::record([("join", join.into()), ("who", Datum::list(&step.who, |ix| self.named(*ix)))])
    }

    /// Somebody, and what they are called within a sentence.
    fn named(&self, ix: EntityIx) -> Datum {
        let card = self.site.card(ix, self.lang);
        Datum::record([("card", card.into()), ("called", called(self.site, ix, self.lang).into())])
    }

    fn locator(&self, claim: EntityIx, source: EntityIx) -> Option<String> {
        let citations = &self.site.graph.entity(claim).common().sources;
        let of_source = citations.iter().filter(|c| self.site.graph.by_id(&c.source.id) == Some(source));
        let locators: Vec<&str> = of_source.filter_map(|citation| citation.locator.as_deref()).collect();
        (!locators.is_empty()).then(|| locators.join(", "))
    }

    fn weakest(&self, weakest: Weakest) -> Datum {
        let (word, who) = match weakest {
            Weakest::NoSource => ("no_source", None),
            Weakest::Unreliable(source) => ("unreliable", Some(source)),
            Weakest::Bottleneck(actor) => ("bottleneck", Some(actor)),
            Weakest::OnlySource(source) => ("only_source", Some(source)),
            Weakest::SecondHand(actor) => ("second_hand", Some(actor)),
            Weakest::OneVoice(actor) => ("one_voice", Some(actor)),
        };
        Datum::record([("word", word.into()), ("who", Datum::maybe(who, |ix| self.named(ix)))])
    }

    fn origin(&self, origin: &Origin) -> Datum {
        Datum::record([
            ("who", Datum::list(&origin.voices, |ix| self.named(*ix))),
            ("sources", origin.sources.len().into()),
        ])
    }

    fn supporter(&self, supporter: &Supporter) -> Datum {
        Datum::record([
            ("who", Datum::list(&supporter.voices, |ix| self.named(*ix))),
            ("claims", self.cards(&supporter.claims)),
        ])
    }

    /// The claims that refer to one in a role.
    fn incoming(&self, ix: EntityIx, role: Role) -> Vec<EntityIx> {
        let graph = self.site.graph;
        let references = graph.incoming(ix).filter(|reference| reference.role == role);
        let claims = references.map(|reference| reference.from);
        let mut claims: Vec<EntityIx> =
            claims.filter(|from| *from != ix && graph.entity(*from).kind == KindId::Claim).collect();
        claims.sort_by_key(|claim| self.site.shelves[self.lang].orders.position(*claim));
        claims.dedup();
        claims
    }

    fn relations(&self, ix: EntityIx) -> Datum {
        let graph = self.site.graph;
        let mut groups = Vec::new();
        // Denials stand on their own.
        for role in Role::relations().filter(|role| *role != Role::Denies) {
            let mut own: Vec<EntityIx> =
                targets(graph, ix, role).into_iter().filter(|to| *to != ix).collect();
            let mut others = self.incoming(ix, role);
            if role.is_mutual() {
                own.append(&mut others);
                own.sort_by_key(|claim| self.site.shelves[self.lang].orders.position(*claim));
                own.dedup();
            }
            for (facing, claims) in [("ours", own), ("theirs", others)] {
                if !claims.is_empty() {
                    groups.push(Datum::record([
                        ("role", role.word().into()),
                        ("facing", facing.into()),
                        ("claims", self.peers(&claims)),
                        ("more", claims.len().saturating_sub(MOST_RELATED).into()),
                    ]));
                }
            }
        }
        Datum::List(groups)
    }

    /// Claims with who makes them.
    fn peers(&self, claims: &[EntityIx]) -> Datum {
        Datum::list(claims.iter().take(MOST_RELATED), |claim| self.peer(*claim, Datum::None))
    }

    fn peer(&self, claim: EntityIx, days: Datum) -> Datum {
        let by = targets(self.site.graph, claim, Role::By);
        Datum::record([
            ("card", self.site.card(claim, self.lang).into()),
            ("by", Datum::list(&by, |ix| self.named(*ix))),
            ("days_after", days),
        ])
    }

    /// Who denies the claim, and how long after it.
    fn denials(&self, ix: EntityIx) -> Datum {
        let day = |claim: EntityIx| match self.site.graph.entity(claim).date()?.value {
            crate::base::date::Edtf::Date(date) if date.earliest() == date.latest() => Some(date.earliest()),
            _ => None,
        };
        Datum::list(self.incoming(ix, Role::Denies).into_iter().take(MOST_RELATED), |denial| {
            let days = day(denial).zip(day(ix)).map(|(later, sooner)| later.number() - sooner.number());
            let days = days.and_then(|days| usize::try_from(days).ok());
            self.peer(denial, Datum::maybe(days, Datum::Count))
        })
    }
}

/// What an entity is called within a sentence.
pub fn called(site: &Site<'_>, ix: EntityIx, lang: usize) -> String {
    let actor = site.graph.entity(ix).as_kind::<Actor>();
    match actor.and_then(|actor| actor.called.as_ref()) {
        Some(called) => site.text(called, lang),
        None => site.card(ix, lang).title.clone(),
    }
}

/// A text as a sentence begins.
pub fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map(|first| first.to_uppercase().chain(chars).collect()).unwrap_or_default()
}

/// The room for each step, the height of each way, and the size of its letters, in pixels.
const STEP: f64 = 152.0;
const WAY: f64 = 60.0;
const LETTERS: f64 = 13.0;

/// A tree from where the knowledge entered to where we read it. `None` where there is only one step, or nothing.
fn diagram(teller: &Teller<'_, '_>, chain: &Chain) -> Option<String> {
    let mut roots: Vec<Knot> = Vec::new();
    for path in chain.paths.iter().take(MOST_WAYS) {
        let mut level = &mut roots;
        for step in path.steps.iter().rev() {
            let at = match level.iter().position(|knot| knot.who == step.who) {
                Some(at) => at,
                None => {
                    level.push(Knot { who: step.who.clone(), next: Vec::new(), is_read: false });
                    level.len() - 1
                }
            };
            if std::ptr::eq(step, &path.steps[0]) {
                level[at].is_read = path.source.is_some();
            }
            level = &mut level[at].next;
        }
    }
    let depth = roots.iter().map(Knot::depth).max()?;
    if depth < 2 {
        return None;
    }
    let weak = match chain.weakest {
        Some(Weakest::Bottleneck(actor)) => Some(actor),
        _ => None,
    };
    let mut drawing = Drawing::new();
    let mut row = 0.0;
    for root in &roots {
        draw(teller, root, 0, weak, &mut row, &mut drawing);
    }
    drawing.reach(depth as f64 * STEP, row * WAY - 8.0);
    Some(drawing.finish("chain-diagram", "aria-hidden=\"true\" focusable=\"false\""))
}

/// Somebody in the tree, and who has it from them.
struct Knot {
    who: Vec<EntityIx>,
    next: Vec<Knot>,
    is_read: bool,
}

impl Knot {
    fn depth(&self) -> usize {
        1 + self.next.iter().map(Knot::depth).max().unwrap_or(0)
    }
}

/// Draws a knot and all behind it; gives its height on the page.
fn draw(
    teller: &Teller<'_, '_>,
    knot: &Knot,
    depth: usize,
    weak: Option<EntityIx>,
    row: &mut f64,
    drawing: &mut Drawing,
) -> f64 {
    let x = depth as f64 * STEP + 9.0;
    let heights: Vec<f64> =
        knot.next.iter().map(|next| draw(teller, next, depth + 1, weak, row, drawing)).collect();
    let y = match heights.first() {
        // In line with the first, so that a single way is a straight line.
        Some(first) => *first,
        None => {
            *row += 1.0;
            (*row - 1.0) * WAY + 40.0
        }
    };
    for height in heights {
        drawing.curve((x + 8.0, y), (x + STEP - 8.0, height));
    }
    let class = match (depth, knot.is_read) {
        _ if weak.is_some_and(|weak| knot.who.contains(&weak)) => "weak",
        (0, _) => "origin",
        (_, true) => "read",
        _ => "relay",
    };
    drawing.add(format_args!("<circle class=\"{class}\" cx=\"{x:.0}\" cy=\"{y:.0}\" r=\"5\"/>"));
    // Above the dot, where no line to another passes.
    let names: Vec<String> = knot.who.iter().map(|ix| called(teller.site, *ix, teller.lang)).collect();
    let lines = wrapped(&capital(&names.join(", ")), LETTERS, STEP - 14.0, 2);
    let above = lines.len().saturating_sub(1) as f64 * LETTERS * 1.2;
    drawing.text(class, (x - 5.0, y - 12.0 - above), &lines);
    y
}
