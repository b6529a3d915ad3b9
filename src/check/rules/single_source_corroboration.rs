//! Reports claims that are held to be more than reported on the strength of one voice.

use std::collections::BTreeSet;

use crate::base::diagnostic::{Code, Diagnostic, Severity};
use crate::check::{Context, Rule};
use crate::kinds::{Claim, Ref, Source};
use crate::link::{EntityIx, Graph};

/// See its docs.
pub static RULE: Rule = Rule {
    code: Code {
        name: "single-source-corroboration",
        level: Severity::Error,
        docs: "A claim whose `status` is `corroborated` or `confirmed` though all its sources speak with one voice. To say that
something is corroborated is to say that somebody else, independently, found the same.

Two sources are independent when they have no publisher in common, neither passes on the other's words, and they do
not pass on the same words (`relays`): ten outlets that carry one briefing are one. A source that names no publisher
counts as its own.

```yaml
status: corroborated
sources: [nis-briefing, kyodo-report]     # both of them relay the NIS: one voice
sources: [nis-briefing, satellite-study]  # two
```

The cure: cite a second, independent source, or set `status: reported`.",
    },
    check,
};

/// The most sources of one claim that are compared with each other.
const MOST_COMPARED: usize = 50;

fn check(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    for (_, entity, claim) in context.graph.all::<Claim>() {
        let Some(status) = claim.status.as_ref().filter(|status| status.is_above_reported()) else {
            continue;
        };
        let citations = &entity.common().sources;
        let voices: BTreeSet<Voice> =
            citations.iter().map(|citation| Voice::of(context.graph, &citation.source)).collect();
        let voices: Vec<&Voice> = voices.iter().take(MOST_COMPARED).collect();
        let agree = |(at, a): (usize, &&Voice)| voices[at + 1..].iter().any(|b| a.is_independent_of(b));
        // Where nothing is cited, `claim-without-source` says so.
        if citations.is_empty() || voices.iter().enumerate().any(agree) {
            continue;
        }
        let mut diagnostic = RULE
            .code
            .found(format!("the claim `{}` is `{}` on the strength of one voice", entity.id, status.word()))
            .at(entity.path(), status.span, "needs two independent sources");
        for citation in citations.iter().take(MOST_COMPARED) {
            diagnostic = diagnostic.at(entity.path(), citation.source.span, "");
        }
        diagnostics.push(match voices.len() {
            1 => diagnostic.help("cite a second, independent source, or set `status: reported`"),
            _ => diagnostic.help(
                "these share a publisher or relay the same words; cite another, or set `status: reported`",
            ),
        });
    }
}

/// Whose words a source holds.
#[derive(Eq, PartialEq, Ord, PartialOrd)]
struct Voice {
    source: Name,
    publishers: BTreeSet<Name>,
    relays: BTreeSet<Name>,
}

/// An entity, or a name that means none and is reported elsewhere.
#[derive(Eq, PartialEq, Ord, PartialOrd)]
enum Name {
    Known(EntityIx),
    Unknown(String),
}

impl Name {
    fn of(graph: &Graph, reference: &Ref) -> Name {
        graph.by_id(&reference.id).map_or_else(|| Name::Unknown(reference.id.clone()), Name::Known)
    }
}

impl Voice {
    fn of(graph: &Graph, reference: &Ref) -> Voice {
        let source = Name::of(graph, reference);
        let data = match &source {
            Name::Known(ix) => graph.entity(*ix).as_kind::<Source>(),
            Name::Unknown(_) => None,
        };
        let names = |refs: &[Ref]| refs.iter().map(|reference| Name::of(graph, reference)).collect();
        let (publishers, relays) =
            data.map(|data| (names(&data.publisher), names(&data.relays))).unwrap_or_default();
        Voice { source, publishers, relays }
    }

    fn is_independent_of(&self, other: &Voice) -> bool {
        self.publishers.is_disjoint(&other.publishers)
            && self.relays.is_disjoint(&other.relays)
            && !self.passes_on(other)
            && !other.passes_on(self)
    }

    fn passes_on(&self, other: &Voice) -> bool {
        self.relays.contains(&other.source) || !self.relays.is_disjoint(&other.publishers)
    }
}
