//! Reports legs of a route that go back in time.

use crate::base::date::Edtf;
use crate::base::diagnostic::{Code, Diagnostic, Severity};
use crate::base::span::Spanned;
use crate::check::{Context, Rule};
use crate::kinds::{Leg, Route};

pub(crate) static RULE: Rule = Rule {
    code: Code {
        name: "leg-out-of-order",
        level: Severity::Error,
        docs: "\
A leg of a route that arrives before it departs, or departs before an earlier leg departed or
arrived. Legs are listed in the order travelled, so either a date or the order is wrong.

The rule reports only what is impossible: a date known to the month may mean any day of it, and
approximate (`~`) or uncertain (`?`) dates are not compared.

```yaml
legs:
  - {from: najin, to: dunay, mode: sea, departed: 2023-09-07, arrived: 2023-10-01}
  - {from: dunay, to: tikhoretsk, mode: rail, departed: 2023-09-12}                 # wrong
```

How to fix: correct the dates, or put the legs in order. If two accounts disagree, write a claim for
each, give the leg the date of the better one, and name the other in its `claims`.",
    },
    check,
};

fn check(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    for (_, entity, route) in context.graph.all::<Route>() {
        let mut last: Option<Moment<'_>> = None;
        for moment in route.legs.iter().enumerate().flat_map(|(at, leg)| moments(at + 1, leg)) {
            let date = moment.date.value;
            if let Some(before) = last.as_ref().filter(|last| date.is_certainly_before(last.date.value)) {
                diagnostics.push(
                    RULE.code
                        .found(format!("{} before {}", moment.does(), before.did(moment.leg)))
                        .at(entity.path(), moment.date.span, format!("on {date}"))
                        .at(entity.path(), before.date.span, format!("on {}", before.date.value))
                        .help("correct one of the dates, or put the legs in the order travelled"),
                );
                continue;
            }
            let is_later = |last: &Moment<'_>| last.date.earliest() <= date.earliest();
            if date.is_certain() && date.earliest().is_some() && last.as_ref().is_none_or(is_later) {
                last = Some(moment);
            }
        }
    }
}

/// A leg's start or end.
struct Moment<'a> {
    leg: usize,
    is_arrival: bool,
    date: &'a Spanned<Edtf>,
}

fn moments(leg: usize, data: &Leg) -> impl Iterator<Item = Moment<'_>> {
    let departure = data.departed.as_ref().map(|date| Moment { leg, is_arrival: false, date });
    let arrival = data.arrived.as_ref().map(|date| Moment { leg, is_arrival: true, date });
    departure.into_iter().chain(arrival)
}

impl Moment<'_> {
    fn does(&self) -> String {
        format!("leg {} {}", self.leg, if self.is_arrival { "arrives" } else { "departs" })
    }

    fn did(&self, other: usize) -> String {
        match (self.leg == other, self.is_arrival) {
            (true, _) => "it departs".into(),
            (false, true) => format!("leg {} arrived", self.leg),
            (false, false) => format!("leg {} departed", self.leg),
        }
    }
}
