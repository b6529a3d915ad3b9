//! Reports actors who say or do something at a time when they did not have their role.

use crate::base::date::Edtf;
use crate::base::diagnostic::{Code, Diagnostic, Edit, Fix, Severity};
use crate::check::{Context, Rule};
use crate::kinds::{Actor, Membership, Role};
use crate::link::Entity;

pub(crate) static RULE: Rule = Rule {
    code: Code {
        name: "role-outside-dates",
        level: Severity::Warning,
        docs: "\
An actor who asserts a claim, passes one on, or takes part in an event, on a date on which none of
its memberships (`part_of`) was in effect. A spokesman who had left, or had not yet started, does
not speak for the office.

The rule checks only actors whose memberships all have dates (`from`, `to`), and reports only dates
that are certainly outside them. It also reports a membership that ends before it begins.

```yaml
# actors/press-secretary.md
part_of:
  - {actor: white-house, role: press secretary, from: 2021, to: 2022-05}
# claims/denial.md
date: 2023-10-17
by: press-secretary      # no longer was
```

How to fix: correct the date or the membership; add the membership that was in effect then; or name
the actor who really spoke.",
    },
    check,
};

/// The roles in which an actor says or does something on the date of the one who refers to it.
const DEEDS: [Role; 3] = [Role::By, Role::Via, Role::Actors];

fn check(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let graph = context.graph;
    for (ix, entity, actor) in graph.all::<Actor>() {
        let reversed: Vec<Diagnostic> =
            actor.part_of.iter().filter_map(|membership| reversed(entity, membership)).collect();
        if !reversed.is_empty() {
            diagnostics.extend(reversed);
            continue;
        }
        let is_dated = |m: &Membership| m.from.is_some() || m.to.is_some();
        if actor.part_of.is_empty()
            || !entity.has_read(Role::PartOf.word())
            || !actor.part_of.iter().all(is_dated)
        {
            continue;
        }
        for reference in graph.incoming(ix).filter(|reference| DEEDS.contains(&reference.role)) {
            let deed = graph.entity(reference.from);
            let Some(date) = deed.date() else { continue };
            let holds = |m: &Membership| {
                let before = m.from.as_ref().is_some_and(|from| date.is_certainly_before(from.value));
                let after = m.to.as_ref().is_some_and(|to| to.is_certainly_before(date.value));
                !before && !after
            };
            if actor.part_of.iter().any(holds) {
                continue;
            }
            let mut diagnostic = RULE
                .code
                .found(format!("`{}` had none of its roles when `{}` was said or done", entity.id, deed.id))
                .at(graph.path_of(reference), reference.span, format!("on {}", date.value));
            for membership in &actor.part_of {
                let when = span_of(membership.from.as_deref(), membership.to.as_deref());
                diagnostic = diagnostic.at(entity.path(), membership.actor.span, when);
            }
            diagnostics.push(
                diagnostic.help("correct one of the dates, or add the membership that was in effect then"),
            );
        }
    }
}

/// A membership that ends before it begins.
fn reversed(entity: &Entity, membership: &Membership) -> Option<Diagnostic> {
    let (from, to) = (membership.from.as_ref()?, membership.to.as_ref()?);
    if !to.is_certainly_before(from.value) {
        return None;
    }
    let path = entity.path();
    let edit = |span, date: Edtf| Edit { path: path.clone(), span, replacement: date.to_string() };
    let found = RULE
        .code
        .found(format!("this ends in {}, before it begins in {}", to.value, from.value))
        .at(path, to.span, "the end")
        .at(path, from.span, "the beginning")
        .help("correct one of the dates, or exchange them");
    let exchange = vec![edit(from.span, to.value), edit(to.span, from.value)];
    // TOML writes some dates without quotation marks.
    match entity.original().parsed.head.toml {
        true => Some(found),
        false => Some(found.choice(Fix::new("exchange the two dates", exchange))),
    }
}

fn span_of(from: Option<&Edtf>, to: Option<&Edtf>) -> String {
    match (from, to) {
        (Some(from), Some(to)) => format!("a part of it from {from} to {to}"),
        (Some(from), None) => format!("a part of it from {from}"),
        (None, Some(to)) => format!("a part of it until {to}"),
        (None, None) => String::new(),
    }
}
