//! Reports claims marked as corroborated or confirmed that have only one origin.

use crate::base::diagnostic::{Code, Diagnostic, Severity};
use crate::check::{Context, Rule};
use crate::kinds::{Citation, Claim};

/// The maximum number of sources labelled.
const MOST_SHOWN: usize = 50;

pub(crate) static RULE: Rule = Rule {
    code: Code {
        name: "single-source-corroboration",
        level: Severity::Error,
        docs: "\
A claim whose `status` is `corroborated` or `confirmed` although everything it cites leads back to
one origin. *Corroborated* means that somebody else, independently, found the same.

The rule counts where the knowledge entered, not who printed it:

- The actor who asserts the claim (`by`) is one origin, together with everybody who passes it on
  (`via`) and every source that relays any of them.
- A source is another origin if its account began with somebody else. The program follows `relays`
  to the end; a source that relays nobody begins with its `publisher`. A news medium that does not
  say whom it relays is assumed to relay the claimant. The sources of a claim whose `basis` is
  `analysis` are its material.
- A claim that nobody asserts has as many origins as its sources have separate beginnings.
- A spokesman, his office and his government are one voice (`part_of`); the members of an alliance
  are not.

```yaml
status: corroborated
by: [white-house]
sources: [kbs-report, yonhap-report]        # both relay the White House: one origin
sources: [kbs-report, satellite-study]      # the study's authors looked for themselves: two
```

How to fix: cite a source with an independent origin, or set `status: reported`. A claim's page
counts and names its origins.",
    },
    check,
};

fn check(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let graph = context.graph;
    for (ix, entity, claim) in graph.all::<Claim>() {
        let Some(status) = claim.written_status().filter(|status| status.is_above_reported()) else {
            continue;
        };
        let citations = &entity.common().sources;
        // If nothing is cited, `claim-without-source` reports it; if a source does not exist,
        // `unresolved-reference` does.
        let is_known = |citation: &Citation| graph.by_id(&citation.source.id).is_some();
        if citations.is_empty() || !entity.has_read("sources") || !citations.iter().all(is_known) {
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
            .found(format!("the claim `{}` is `{}` but has only one origin", entity.id, status.word()))
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
