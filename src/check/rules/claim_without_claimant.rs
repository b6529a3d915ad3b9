//! Reports claims that nobody makes.

use crate::base::diagnostic::{Code, Diagnostic, Severity};
use crate::check::{Context, Rule};
use crate::kinds::Claim;

/// See its docs.
pub static RULE: Rule = Rule {
    code: Code {
        name: "claim-without-claimant",
        level: Severity::Error,
        docs: "A claim without `by`: nobody says it. A claim is an assertion by somebody; without a speaker a reader takes it for what
the dossier itself holds to be true.

```yaml
by: [nis]            # who asserts it
via: [afp]           # who passes it on, if it was not said to the dossier
```

The cure: name the actor. One that cannot be named is an actor too: `content/actors/unnamed-official.md`, of the type
`person`, with a summary that says who vouches for the standing of that person.",
    },
    check,
};

fn check(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    for (_, entity, claim) in context.graph.all::<Claim>() {
        if claim.by.is_empty() {
            diagnostics.push(
                RULE.code
                    .found(format!("the claim `{}` is made by nobody", entity.id))
                    .at(entity.path(), entity.head_span(), "who says so?")
                    .help("add `by:` with the id of an actor"),
            );
        }
    }
}
