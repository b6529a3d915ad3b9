//! Reports claims that are held to be more than reported on the strength of one voice.

use crate::base::diagnostic::{Code, Diagnostic, Severity};
use crate::check::{Context, Rule};
use crate::kinds::{Citation, Claim};

/// The most sources that are pointed at.
const MOST_SHOWN: usize = 50;

/// See its docs.
pub static RULE: Rule = Rule {
    code: Code {
        name: "single-source-corroboration",
        level: Severity::Error,
        docs: "A claim whose `status` is `corroborated` or `confirmed` though all that is cited for it leads back to one
origin. To say that something is corroborated is to say that somebody else, independently, found the same.

What counts is where the knowledge entered, not who printed it:

- Whoever asserts the claim (`by`) is one origin, and so is everybody who passes it on (`via`) or relays any of
them.
- A source is another where its words began with somebody else: `relays` is followed to the end, and where there is
  none, its `publisher` stands for it. A news medium that does not say whom it relays is taken to relay whoever
  asserts the claim. The sources of a claim whose `basis` is `analysis` are what it is drawn from.
- A claim that nobody asserts has as many origins as its sources have beginnings that they do not share.
- A spokesman, his office and his government are one voice (`part_of`); the members of an alliance are not.

```yaml
status: corroborated
by: [white-house]
sources: [kbs-report, yonhap-report]        # both relay the White House: one origin
sources: [kbs-report, satellite-study]      # the study's authors looked for themselves: two
```

The cure: cite a source with an origin of its own, or set `status: reported`. A claim's page counts and names
its origins.",
    },
    check,
};

fn check(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let graph = context.graph;
    for (ix, entity, claim) in graph.all::<Claim>() {
        let Some(status) = claim.status.as_ref().filter(|status| status.is_above_reported()) else {
            continue;
        };
        let citations = &entity.common().sources;
        // Where nothing is cited, `claim-without-source` says so; where a source is not there, `unresolved-reference`.
        let is_known = |citation: &Citation| graph.by_id(&citation.source.id).is_some();
        if citations.is_empty() || !citations.iter().all(is_known) {
            continue;
        }
        let origins = context.evidence.origins(graph, ix);
        if origins.len() > 1 {
            continue;
        }
        let names = origins.iter().flat_map(|origin| &origin.voices).map(|voice| &graph.entity(*voice).id);
        let names: Vec<String> = names.map(|id| format!("`{id}`")).collect();
        let mut diagnostic = RULE
            .code
            .found(format!("the claim `{}` is `{}` on the strength of one origin", entity.id, status.word()))
            .at(entity.path(), status.span, "needs two independent origins");
        for citation in citations.iter().take(MOST_SHOWN) {
            diagnostic = diagnostic.at(entity.path(), citation.source.span, "");
        }
        let all = if citations.len() > 1 { "all of these lead" } else { "it leads" };
        diagnostics.push(diagnostic.help(format!(
            "{all} back to {}; cite a source that does not, or set `status: reported`",
            names.join(" and ")
        )));
    }
}
