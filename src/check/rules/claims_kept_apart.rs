//! Reports relations that join claims which are kept apart elsewhere, or cannot be about the same thing.

use std::collections::HashMap;

use crate::base::diagnostic::{Code, Diagnostic, Severity};
use crate::base::path::InputPath;
use crate::base::span::Span;
use crate::base::text::Text;
use crate::check::{Context, Rule};
use crate::evidence::quantities::unit;
use crate::kinds::{Claim, Note, Quantity, Role};
use crate::link::{Edition, Entity, EntityIx, Target};

pub(crate) static RULE: Rule = Rule {
    code: Code {
        name: "claims-kept-apart",
        level: Severity::Warning,
        docs: "\
A claim that `narrows`, `restates`, `supersedes` or is `part_of` another, although the two are not about
the same thing, as far as that can be told:

- a note is `about` both and no other claim, and says in its title, its summary or the passage that it annotates
  that they are two (\"two claims, not one\", \"not the same\", \"runs the two together\", \"dua klaim\", \"bukan
  satu\"). Two that are tellings of one statement (`restates`) may differ;
- both have figures, and none of one is in a unit of the other: containers do not say shells more exactly;
- both say `when`, and one is over before the other begins. A claim that `restates` another may have another
  date, and so may one that `supersedes` it.

```yaml
# claims/imagery.md: a set of containers, seen in pictures
narrows: [total]                    # claims/total.md: more than 1,000 containers, without pictures
```

A dossier that accuses others of mixing two claims up must not do so itself: readers would take the one for
proof of the other.

How to fix: remove the relation, or write one that says what is meant, such as `supports`. If the two are
about one thing after all, correct the note, the figures or the dates.",
    },
    check,
};

/// What says that two claims are two, in lower case.
const APART: [&str; 16] = [
    "two claims",
    "two different",
    "two separate",
    "not one",
    "not the same",
    "different things",
    "keeps apart",
    "kept apart",
    "runs the two together",
    "dua klaim",
    "dua hal",
    "bukan satu",
    "tidak sama",
    "menyatukan keduanya",
    "mencampuradukkan",
    "hal yang berbeda",
];

fn check(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let graph = context.graph;
    let apart = kept_apart(context);
    for reference in graph.references() {
        let Target::Entity(to, _) = reference.target else { continue };
        let joins =
            matches!(reference.role, Role::Narrows | Role::Restates | Role::Supersedes | Role::PartOf);
        let (from, to) = (reference.from, to);
        let (one, other) = (graph.entity(from), graph.entity(to));
        let (Some(claim), Some(target)) = (one.as_kind::<Claim>(), other.as_kind::<Claim>()) else {
            continue;
        };
        if !joins || from == to {
            continue;
        }
        let what = format!("`{}` {} `{}`", one.id, joined(reference.role), other.id);
        let found = |why: String| {
            let found = RULE.code.found(format!("{what}, but {why}"));
            found.at(one.path(), reference.span, "")
        };
        let note = apart.get(&(from.min(to), from.max(to)));
        // Another telling of one statement may well differ from it, and notes say how.
        let note = note.filter(|_| reference.role != Role::Restates);
        if let Some((note, path, span)) = note {
            let help = "remove the relation, or correct the note";
            diagnostics
                .push(found(format!("`{note}` keeps them apart")).at(path, *span, "says so here").help(help));
        } else if reference.role != Role::PartOf && differ_in_unit(claim, target) {
            let help = "remove the relation, or correct the units";
            diagnostics.push(found("their figures are of different things".into()).help(help));
        } else if let (Role::Narrows | Role::PartOf, Some(a), Some(b)) =
            (reference.role, &claim.when, &target.when)
            && (a.is_certainly_before(b.value) || b.is_certainly_before(a.value))
        {
            let found = found("they are about different times".into());
            let found = found.at(one.path(), a.span, "").at(other.path(), b.span, "");
            diagnostics.push(found.help("remove the relation, or correct the dates"));
        }
    }
}

fn joined(role: Role) -> &'static str {
    match role {
        Role::PartOf => "is part of",
        other => other.word(),
    }
}

/// The pairs of claims that notes keep apart: the note, and where it says so.
type Apart<'a> = HashMap<(EntityIx, EntityIx), (&'a str, &'a InputPath, Span)>;

fn kept_apart<'a>(context: &Context<'a>) -> Apart<'a> {
    let graph = context.graph;
    let mut apart = Apart::new();
    for (_, entity, note) in graph.all::<Note>() {
        let claims = note.about.iter().filter_map(|about| graph.by_id(&about.id));
        let claims: Vec<EntityIx> =
            claims.filter(|ix| graph.entity(*ix).as_kind::<Claim>().is_some()).collect();
        if claims.len() != 2 || claims[0] == claims[1] {
            // Of several claims, it is not known which two are meant.
            continue;
        }
        if let Some((edition, span)) = says_apart(entity) {
            let pair = (claims[0].min(claims[1]), claims[0].max(claims[1]));
            apart.entry(pair).or_insert((entity.id.as_str(), &edition.input.path, span));
        }
    }
    apart
}

/// Where a note says that the claims that it is about are two.
fn says_apart(entity: &Entity) -> Option<(&Edition, Span)> {
    entity.editions.iter().find_map(|edition| {
        let common = &edition.parsed.head.common;
        let own = common.title.iter().chain(&common.summary).map(|text| (text.value.as_str(), text.span));
        let passages = common.targets.iter().map(|target| (target.exact.value.as_str(), target.exact.span));
        let says = |(text, _): &(&str, Span)| {
            let text = text.to_lowercase();
            APART.iter().any(|words| text.contains(words))
        };
        own.chain(passages).find(says).map(|(_, span)| (edition, span))
    })
}

/// Whether both claims have figures, and none of one is in a unit of the other.
fn differ_in_unit(one: &Claim, other: &Claim) -> bool {
    let is_told = |claim: &Claim| {
        !claim.quantities.is_empty() && claim.quantities.iter().all(|quantity| quantity.unit.is_some())
    };
    let alike = |a: &Quantity| other.quantities.iter().any(|b| is_same_unit(a, b));
    is_told(one) && is_told(other) && !one.quantities.iter().any(alike)
}

fn is_same_unit(a: &Quantity, b: &Quantity) -> bool {
    match (unit(a), unit(b)) {
        (Some((one, _)), Some((other, _))) => one == other,
        (None, None) => {
            let (a, b) = (names(a.unit.as_ref()), names(b.unit.as_ref()));
            a.iter().any(|name| b.contains(name))
        }
        _ => false,
    }
}

fn names(unit: Option<&Text>) -> Vec<String> {
    let names: Vec<&String> = match unit {
        None => Vec::new(),
        Some(Text::Same(name)) => vec![name],
        Some(Text::By(names)) => names.values().collect(),
    };
    let stem = |name: &String| name.trim().to_lowercase().trim_end_matches('s').to_owned();
    names.into_iter().map(stem).collect()
}
