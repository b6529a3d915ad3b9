//! Reports dates of events and claims that may only be the day on which their file was made.

use crate::base::date::Day;
use crate::base::diagnostic::{Code, Diagnostic, Severity};
use crate::check::{Context, Rule};
use crate::kinds::{KindId, Source};
use crate::link::{Entity, Graph};

pub(crate) static RULE: Rule = Rule {
    code: Code {
        name: "date-of-file",
        level: Severity::Warning,
        docs: "\
The `date` of a claim or an event is the very day on which its file was made. Templates and editors put the day
there by themselves; what is meant is the day on which somebody said it, or on which it happened.

```yaml
date: 2026-11-27     # the day on which this file was made: is it that of the event?
```

Nothing is said if the date is approximate, or known to the month only, or if one of the `sources` was published on
that day: then it is no accident. Notes, pages and articles are of the day on which they are written.

When a file was made is what the disk says: the earlier of its birth and its last change. In a fresh copy of a
repository, every file was made today, so this finds only dates of today there.

How to fix: write the day of the event or the claim, or cite a source of that day. If you report on the day itself,
switch the rule off: `date-of-file = \"off\"` under `[rules]` in `dossier.toml`.",
    },
    check,
};

fn check(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    for entity in &context.graph.entities {
        let is_of_the_world = matches!(entity.kind, KindId::Claim | KindId::Event);
        let date = entity.common().date.as_ref().filter(|date| is_of_the_world && date.is_day());
        let Some((date, day)) = date.and_then(|date| Some((date, date.earliest()?))) else { continue };
        if is_confirmed(context.graph, entity, day) || context.world.made(entity.path()) != Some(day) {
            continue;
        }
        let message = format!("`date: {}` is the day on which this file was made", date.value);
        let found = RULE.code.found(message).at(entity.path(), date.span, "is it that of the matter, too?");
        diagnostics.push(found.help(format!(
            "write the day of the {}, or cite a source that was published on that day",
            entity.kind.name()
        )));
    }
}

/// Whether a source was published on that day.
fn is_confirmed(graph: &Graph, entity: &Entity, day: Day) -> bool {
    let mut sources = entity.common().sources.iter().filter_map(|citation| graph.by_id(&citation.source.id));
    sources.any(|ix| {
        let source = graph.entity(ix).as_kind::<Source>();
        let published = source.and_then(|source| source.published.as_ref());
        published.is_some_and(|published| published.is_day() && published.earliest() == Some(day))
    })
}
