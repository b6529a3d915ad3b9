//! Reports entities that nothing refers to.

use std::cell::LazyCell;
use std::collections::HashSet;

use super::unknown_value;
use crate::base::diagnostic::{Code, Diagnostic, Severity};
use crate::base::near::nearest;
use crate::base::path::folded;
use crate::check::help::{MOST_SUGGESTIONS, a_kind, mentions};
use crate::check::{Context, Rule};
use crate::kinds::Role;
use crate::link::{EntityIx, Target, Unresolved};

pub(crate) static RULE: Rule = Rule {
    code: Code {
        name: "orphan-entity",
        level: Severity::Warning,
        docs: "\
An actor, a place, an event, a route or a source that nothing else refers to. Readers can find its
page only through the listing, and it contributes nothing to the evidence.

References from its own page do not count. An entity that annotates a passage of an article
(`targets`) is not an orphan, because the passage links to it. One to which only drafts and texts under
embargo refer is published before them, and the finding says so. The rule does not check articles, claims,
notes and pages.

How to fix: refer to it, with `[its name](../places/najin.md)` or `by: [nis]`, or delete the file.
While you are writing it, set `draft: true` to keep it out of the site.",
    },
    check,
};

fn check(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    if context.is_blind {
        return;
    }
    let graph = context.graph;
    let unread = &context.unread;
    // `by: kriby` has a finding of its own, so nothing is said of `kirby`.
    let missed = graph.references().filter(|reference| {
        matches!(reference.target, Target::Unresolved(Unresolved::NotFound | Unresolved::Ambiguous(_)))
    });
    let missed: Vec<String> =
        missed.take(2 * MOST_SUGGESTIONS).map(|reference| folded(&reference.written).into_owned()).collect();
    let is_meant = |id: &str| {
        missed.iter().any(|written| mentions(written, &folded(id)) || nearest(written, [id]).is_some())
    };
    // The words of texts that are held back, which may be ids.
    let waiting = LazyCell::new(|| {
        let texts = graph.withheld.iter().map(|withheld| context.text(&withheld.edition));
        let is_of_id = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_');
        let words = texts.flat_map(|text| {
            text.split(|c| !is_of_id(c)).map(|word| folded(word).into_owned()).collect::<Vec<String>>()
        });
        words.collect::<HashSet<String>>()
    });
    // What a value in a text is computed from, such as the `visit` of `#=days:visit`.
    let measured = LazyCell::new(|| {
        let mut measured: HashSet<EntityIx> = HashSet::new();
        unknown_value::for_each(context, |_, _, _, _, (_, name)| {
            measured.extend(name.split_once(':').and_then(|(_, id)| graph.by_id(id.trim())));
        });
        measured
    });
    for (ix, entity) in graph.iter().filter(|(_, entity)| entity.kind.spec().needs_referrer) {
        let is_known = graph.incoming(ix).any(|reference| reference.from != ix)
            || graph.outgoing(ix).iter().any(|reference| {
                reference.role == Role::Target && matches!(reference.target, Target::Entity(..))
            })
            || measured.contains(&ix)
            || mentions(unread, &folded(entity.id.as_str()))
            || is_meant(entity.id.as_str());
        if !is_known && waiting.contains(&*folded(entity.id.as_str())) {
            let message = format!("only texts that are held back refer to `{}`", entity.id);
            let found = RULE.code.found(message).at(entity.path(), entity.head_span(), "this is published");
            diagnostics.push(found.help("hold it back, too, with `draft: true` or the same `embargo`"));
        } else if !is_known {
            diagnostics.push(
                RULE.code
                    .found(format!("nothing refers to `{}`", entity.id))
                    .at(
                        entity.path(),
                        entity.head_span(),
                        format!("{} that nothing mentions", a_kind(&[entity.kind])),
                    )
                    .help(format!(
                        "refer to it, as `[[{}]]` or in front matter, or delete the file",
                        entity.id
                    )),
            );
        }
    }
}
