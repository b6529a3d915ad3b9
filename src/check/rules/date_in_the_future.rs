//! Reports future dates of things that are said to have been done.

use std::collections::BTreeMap;

use crate::base::date::Edtf;
use crate::base::diagnostic::{Code, Diagnostic, Severity};
use crate::base::span::{Span, Spanned};
use crate::check::{Context, Rule};
use crate::kinds::{Fact, KindId, Value};
use crate::link::Entity;

pub(crate) static RULE: Rule = Rule {
    code: Code {
        name: "date-in-the-future",
        level: Severity::Warning,
        docs: "\
A future date on which something is said to have been asserted, published, read, corrected or
changed. Most often this is a slip: the wrong year in January, or day and month in the wrong order.

An event may be in the future, and so may what a claim is about (`when`). A date known only to the
month or the year counts as future only if all of it is.

How to fix: correct the date. An article with a future `published` date is scheduled, and not reported.",
    },
    check,
};

/// The labels of facts that say when somebody did something.
const DEEDS: [&str; 3] = ["date", "published", "accessed"];

fn check(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    for entity in &context.graph.entities {
        for (span, (label, date)) in dates(entity) {
            // `--drafts` shows a scheduled article too.
            let is_scheduled = label == "published" && entity.embargo == Some(date);
            if !is_scheduled && date.earliest().is_some_and(|day| day > context.today) {
                diagnostics.push(
                    RULE.code
                        .found(format!("`{label}: {date}` is in the future"))
                        .at(entity.path(), span, format!("today is {}", context.today))
                        .help("correct the date"),
                );
            }
        }
    }
}

/// The dates of deeds, by where they stand.
fn dates(entity: &Entity) -> BTreeMap<Span, (&'static str, Edtf)> {
    let common = entity.common();
    let mut dates = BTreeMap::new();
    let mut add = |label, date: &Spanned<Edtf>| {
        dates.insert(date.span, (label, date.value));
    };
    if let Some(updated) = &common.updated {
        add("updated", updated);
    }
    if entity.kind != KindId::Event {
        if let Some(date) = &common.date {
            add("date", date);
        }
        in_facts(&entity.facts().list, &mut add);
    }
    dates
}

fn in_facts(facts: &[Fact<'_>], add: &mut impl FnMut(&'static str, &Spanned<Edtf>)) {
    for fact in facts {
        for value in &fact.values {
            match value {
                Value::Date(date) if DEEDS.contains(&fact.label) => add(fact.label, date),
                Value::Row(row) => in_facts(row, add),
                _ => {}
            }
        }
    }
}
