//! Reports entities whose front matter refers to themselves.

use crate::base::diagnostic::{Code, Diagnostic, Severity};
use crate::check::{Context, Rule};
use crate::kinds::Role;
use crate::link::Target;

pub(crate) static RULE: Rule = Rule {
    code: Code {
        name: "self-reference",
        level: Severity::Error,
        docs: "\
A key of front matter with the id of its own file: a claim that denies itself, a place that is a part of itself, a
source that relays itself. It is a slip, mostly from a file that was copied. For `supersedes`, `supersede-cycle`
reports it.

```yaml
# claims/no-containers.md
denies: [no-containers]                # wrong: its own id
denies: [more-than-1000-containers]    # right
```

How to fix: write the id of the one that is meant, or remove the reference.",
    },
    check,
};

fn check(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let graph = context.graph;
    for reference in graph.references() {
        let is_itself = matches!(reference.target, Target::Entity(to, _) if to == reference.from);
        // A claim may be about itself, and name itself among those that it contradicts.
        let is_fine = matches!(reference.role, Role::Supersedes | Role::About | Role::Contradicts);
        if !is_itself || reference.link.is_some() || is_fine {
            continue;
        }
        let message = format!("`{}` refers to itself", graph.entity(reference.from).id);
        let found = RULE.code.found(message).at(graph.path_of(reference), reference.span, "its own id");
        diagnostics.push(found.help("write the id of the one that is meant, or remove the reference"));
    }
}
