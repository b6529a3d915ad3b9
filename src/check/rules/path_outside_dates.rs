//! Reports legs whose path was recorded at another time.

use crate::base::date::{Edtf, PartialDate};
use crate::base::diagnostic::{Code, Diagnostic, Severity};
use crate::base::span::Spanned;
use crate::check::rules::path_astray::astray;
use crate::check::{Context, Rule};
use crate::course::position;
use crate::geo::leg::is_backward;
use crate::kinds::{LegPath, Route};

/// A day of a place may begin up to 14 hours before, or 12 hours after, that of UTC, in which devices record.
const DAYS: i32 = 1;

pub(crate) static RULE: Rule = Rule {
    code: Code {
        name: "path-outside-dates",
        level: Severity::Warning,
        docs: "\
A leg whose `path` is a file with times (a GPX track, a `gx:Track` in KML, GeoJSON with
`coordTimes`) that are not those of the leg: the track starts on another day than `departed`, ends
on another day than `arrived`, or leads from the end to the start.

```yaml
legs:
  - {from: ljubljana, to: koper, mode: road, path: track.gpx, departed: 2023-09-01}   # recorded in 2009
```

Devices record in UTC, so a difference of one day is not reported. A date known to the month may be
any day of it; approximate (`~`) and uncertain (`?`) dates are not compared.

How to fix: correct the dates, or name the file with the track of this journey. A device's clock can
be wrong, and a file can be edited, so times in a file prove nothing by themselves.",
    },
    check,
};

fn check(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    for (_, entity, route) in context.graph.all::<Route>() {
        for leg in &route.legs {
            let Some(LegPath::File(name)) = &leg.path else { continue };
            let Some(path) = context.courses.path(context.graph, entity, leg) else { continue };
            let Some([first, last]) = path.times else { continue };
            let is_reversed = is_after(first, last);
            let (start, end) = if is_reversed { (last, first) } else { (first, last) };
            let mut report = |does: &str, when: PartialDate, date: &Spanned<Edtf>| {
                let day = when.earliest();
                let found = RULE
                    .code
                    .found(format!("the path `{}` {does} on {day}, its leg on {}", name.value, date.value));
                let found = found.at(entity.path(), name.span, format!("recorded on {day}"));
                let help = "correct the date, or name the file with the track of this journey";
                diagnostics.push(found.at(entity.path(), date.span, "").help(help));
            };
            match (&leg.departed, &leg.arrived) {
                (Some(departed), _) if is_elsewhen(start, departed) => report("starts", start, departed),
                (_, Some(arrived)) if is_elsewhen(end, arrived) => report("ends", end, arrived),
                _ => {}
            }
            let ends = position(context.graph, &leg.from.id).zip(position(context.graph, &leg.to.id));
            let is_other_way = ends.is_some_and(|(from, to)| {
                is_backward(from, to, &path) != is_reversed && astray(leg, from, to, &path, true).is_none()
            });
            if is_other_way && first != last && leg.from.id != leg.to.id {
                let message = format!(
                    "the path `{}` was recorded from `{}` to `{}`",
                    name.value, leg.to.id, leg.from.id
                );
                let found = RULE.code.found(message).at(entity.path(), name.span, "in the other direction");
                diagnostics.push(
                    found.help("name the file with the track of this leg, or exchange `from` and `to`"),
                );
            }
        }
    }
}

fn is_after(one: PartialDate, other: PartialDate) -> bool {
    Edtf::Date(other).cmp(&Edtf::Date(one)).is_lt()
}

/// Whether a recorded moment is certainly on another day than a date.
fn is_elsewhen(recorded: PartialDate, date: &Edtf) -> bool {
    let day = recorded.earliest().number();
    let is_before = date.earliest().is_some_and(|first| day + DAYS < first.number());
    let is_after = date.latest().is_some_and(|last| day - DAYS > last.number());
    date.is_certain() && (is_before || is_after)
}
