//! Reports links that ask for a value that the program does not know.

use crate::base::diagnostic::{Code, Diagnostic, Severity};
use crate::base::near::{all_nearest, is_same_name, is_typo};
use crate::base::span::Span;
use crate::check::help::{all_of, any_of};
use crate::check::{Context, Rule};
use crate::kinds::{Event, Place};
use crate::link::{Edition, EntityIx, PRINTED};
use crate::parse::prose::{Link, LinkUse};
use crate::values::{ACCOUNTS, Known, Missing};

pub(crate) static RULE: Rule = Rule {
    code: Code {
        name: "unknown-value",
        level: Severity::Error,
        docs: "\
A link that asks for a value which the program does not know: a name that no such page has, as in
`[two origins](../claims/containers.md#=orgins)`, or one that lacks what it is computed from, such as
a distance from a place without `coordinates`. The page would show the words of the link, and nobody
would notice when they are no longer true.

A text can print these values:

- of everything that has a date: `#=date`;
- of a claim: `#=figure` (the first of its `quantities`; `#=figure:2` is the second), `#=origins` and
  `#=status`;
- of a place: `#=distance:kerch`, the distance from it to the place `kerch` in a straight line;
- of a route: `#=distance`, the sum of its legs in straight lines, and `#=path`, along the line that the
  map draws; `#=distance:2` and `#=path:2` of its second leg;
- of an event: `#=days:other-event`, the days between the two.

`![[claim#=accounts]]` shows how the accounts of the same thing differ, in a picture;
`#=accounts:2` is the second of the divergences that a claim is part of. No other value can be shown so.

How to fix: correct the name, or add what the value is computed from.",
    },
    check,
};

fn check(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    for_each(context, |known, ix, edition, link, (of, name)| {
        if let Err(missing) = known.value(of, name) {
            diagnostics.push(unknown(context, known, (ix, edition, link), of, name, &missing));
        }
    });
    for_each_of(context, LinkUse::Embed, |known, _, edition, link, (of, name)| {
        if let Err(missing) = known.drawn(of, name) {
            diagnostics.push(undrawn(context, known, (edition, link), of, name, &missing));
        }
    });
}

/// What a text cannot show by `![[…]]`.
fn undrawn(
    context: &Context<'_>,
    known: Known<'_>,
    (edition, link): (&Edition, &Link),
    of: EntityIx,
    name: &str,
    missing: &Missing,
) -> Diagnostic {
    let entity = context.graph.entity(of);
    let span = name_span(&context.text(edition), link).unwrap_or(link.span);
    let message = match missing {
        Missing::Nothing(why) => format!("the accounts of `{}` cannot be shown: {why}", entity.id),
        Missing::Argument => format!("`{}` is part of fewer divergences", entity.id),
        Missing::Name => format!("`![[…]]` cannot show `{name}` of `{}`", entity.id),
    };
    let found = RULE.code.found(message).at(&edition.input.path, span, "");
    match known.drawn(of, ACCOUNTS) {
        Err(_) => found.help(format!("write `![[{}]]` for a preview of it", entity.id)),
        Ok(_) => found.help(format!("write `#={ACCOUNTS}` for how the accounts of it differ")),
    }
}

/// Calls `visit` for each link that asks for a value, with the entity and the name of the value.
pub(super) fn for_each<'a>(
    context: &Context<'a>,
    visit: impl FnMut(Known<'a>, EntityIx, &'a Edition, &'a Link, (EntityIx, &'a str)),
) {
    for_each_of(context, LinkUse::Link, visit);
}

/// The same for links of one use.
fn for_each_of<'a>(
    context: &Context<'a>,
    usage: LinkUse,
    mut visit: impl FnMut(Known<'a>, EntityIx, &'a Edition, &'a Link, (EntityIx, &'a str)),
) {
    let Context { graph, evidence, courses, .. } = *context;
    for (ix, entity) in graph.iter() {
        for edition in &entity.editions {
            for (link, target) in edition.prose().links.iter().zip(&edition.links) {
                if let Some(printed) = target.printed(ix).filter(|_| link.usage == usage) {
                    visit(Known { graph, evidence, courses }, ix, edition, link, printed);
                }
            }
        }
    }
}

fn unknown(
    context: &Context<'_>,
    known: Known<'_>,
    (own, edition, link): (EntityIx, &Edition, &Link),
    of: EntityIx,
    name: &str,
    missing: &Missing,
) -> Diagnostic {
    let graph = context.graph;
    let entity = graph.entity(of);
    let message = match missing {
        Missing::Nothing(why) => format!("`{name}` of `{}` cannot be computed: {why}", entity.id),
        _ => format!("`{}` has no value `{name}`", entity.id),
    };
    let path = &edition.input.path;
    let span = name_span(&context.text(edition), link).unwrap_or(link.span);
    let found = RULE.code.found(message).at(path, span, "");
    if let Missing::Nothing(_) = missing {
        return found.help(format!("add it to `{}`, or link to another value", entity.path()));
    }
    let names = known.names(of);
    let (word, argument) = name.split_once(':').unwrap_or((name, ""));
    // What follows the colon is a place or an event.
    let of_kind = |at: EntityIx| match word {
        "distance" => entity.as_kind::<Place>().is_some() && graph.entity(at).as_kind::<Place>().is_some(),
        _ => word == "days" && graph.entity(at).as_kind::<Event>().is_some(),
    };
    let ends = graph.iter().filter(|(at, _)| *at != of && *at != own && of_kind(*at));
    let ends: Vec<&str> = ends.map(|(_, other)| other.id.as_str()).collect();
    let is_argument = *missing == Missing::Argument;
    let (near, sure): (Vec<String>, bool) = match is_argument && !ends.is_empty() {
        true => {
            let near = all_nearest(argument, ends.iter().copied());
            let sure = matches!(near.as_slice(), [one] if is_same_name(argument, one));
            (near.iter().map(|end| format!("{word}:{end}")).collect(), sure)
        }
        false => {
            let words = names.iter().map(|name| name.trim_end_matches(':'));
            let near = all_nearest(word, words);
            let sure = matches!(near.as_slice(), [one] if is_typo(word, one));
            let with_argument = |one: &str| match argument {
                "" => one.to_owned(),
                argument => format!("{one}:{argument}"),
            };
            (near.into_iter().map(with_argument).collect(), sure)
        }
    };
    // Only what is a value itself is worth proposing.
    let near: Vec<String> = near.into_iter().filter(|near| known.value(of, near).is_ok()).collect();
    if near.is_empty() {
        let help = match (names.is_empty(), ends.is_empty()) {
            (true, _) => format!("nothing of `{}` can be printed", entity.id),
            (false, false) if is_argument => {
                format!("after `{word}:`, name one of {}", all_of(ends.iter().copied()))
            }
            _ => format!("it has {}", all_of(names.iter().map(String::as_str))),
        };
        return found.help(help);
    }
    let found = found.help(format!("did you mean {}?", any_of(near.iter().map(String::as_str))));
    near.iter().fold(found, |found, one| found.suggest(sure && near.len() == 1, path, span, one.as_str()))
}

/// Where the name of a value is written.
fn name_span(text: &str, link: &Link) -> Option<Span> {
    let target = link.target_span?;
    let written = text.get(target.range())?;
    let at = written.find('#')? + 1;
    let start = at + written[at..].find(PRINTED)? + PRINTED.len_utf8();
    Some(Span { start: target.start + start as u32, end: target.end })
}
