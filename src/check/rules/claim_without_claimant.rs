//! Reports claims without a claimant.

use crate::base::diagnostic::{Code, Diagnostic, Severity};
use crate::check::{Context, Rule};
use crate::kinds::{Claim, Role};

pub(crate) static RULE: Rule = Rule {
    code: Code {
        name: "claim-without-claimant",
        level: Severity::Error,
        docs: "\
A claim without `by`: nobody says it. (A calculation of your own, `basis: computation`, needs
nobody.) A claim is an assertion by somebody. Without a speaker,
readers assume that the dossier itself asserts it.

```yaml
by: [nis]            # who asserts it
via: [afp]           # who passes it on, if it was not said to the dossier
```

How to fix: name the actor. A person who cannot be named is an actor too:
`content/actors/unnamed-official.md`, of the type `person`, with a summary that says who vouches for
that person's position.",
    },
    check,
};

fn check(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    for (_, entity, claim) in context.graph.all::<Claim>() {
        let is_computed = claim.is_computed();
        if claim.by.is_empty() && !is_computed && entity.has_read(Role::By.word()) {
            diagnostics.push(
                RULE.code
                    .found(format!("the claim `{}` has no claimant", entity.id))
                    .at(entity.path(), entity.head_span(), "who says so?")
                    .help("add `by:` with the id of an actor"),
            );
        }
    }
}
