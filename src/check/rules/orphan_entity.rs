//! Reports entities that nothing leads to.

use crate::base::diagnostic::{Code, Diagnostic, Severity};
use crate::check::help::a_kind;
use crate::check::{Context, Rule};
use crate::kinds::Role;
use crate::link::Target;

/// See its docs.
pub static RULE: Rule = Rule {
    code: Code {
        name: "orphan-entity",
        level: Severity::Warning,
        docs: "An actor, a place, an event, a route or a source that nothing else refers to. It has a page that
no reader will find but by the listing, and says nothing about the evidence: who is this, that nobody mentions?

References from its own page do not count. An entity that annotates a passage of an article (`targets`) is not
an orphan, for the passage leads to it. Articles, claims, notes and pages stand for themselves.

The cure: refer to it, `[its name](../places/najin.md)` or `by: [nis]`, or delete the file. While it is being
written, `draft: true` keeps it out.",
    },
    check,
};

fn check(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let graph = context.graph;
    for (ix, entity) in graph.iter().filter(|(_, entity)| entity.kind.spec().needs_referrer) {
        let is_known = graph.incoming(ix).any(|reference| reference.from != ix)
            || graph.outgoing(ix).iter().any(|reference| {
                reference.role == Role::Target && matches!(reference.target, Target::Entity(..))
            });
        if !is_known {
            diagnostics.push(
                RULE.code
                    .found(format!("nothing refers to `{}`", entity.id))
                    .at(
                        entity.path(),
                        entity.head_span(),
                        format!("{} without a mention", a_kind(&[entity.kind])),
                    )
                    .help(format!(
                        "refer to it, as `[[{}]]` or in front matter, or delete the file",
                        entity.id
                    )),
            );
        }
    }
}
