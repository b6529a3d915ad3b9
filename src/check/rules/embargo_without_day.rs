//! Reports embargoes that do not say on which day they end, or say more than that.

use crate::base::diagnostic::{Code, Diagnostic, Severity};
use crate::check::{Context, Rule};

pub(crate) static RULE: Rule = Rule {
    code: Code {
        name: "embargo-without-day",
        level: Severity::Error,
        docs: "\
An `embargo` that is a month, a year, a range or about a date, so it is not clear on which day it ends, or that
is a time of day, while embargoes end with a day. Until the last day that it may mean is over, the file is left
out.

```yaml
embargo: 2026-11         wrong
embargo: 2026-12-01      right: published from that day on
```

How to fix: write the day from which it may be published.",
    },
    check,
};

fn check(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let graph = context.graph;
    let shown = graph.entities.iter().flat_map(|entity| &entity.editions);
    for edition in shown.chain(graph.withheld.iter().map(|withheld| &withheld.edition)) {
        let Some(date) =
            edition.parsed.head.common.embargo.as_ref().filter(|date| !date.is_day() || date.has_time())
        else {
            continue;
        };
        let message = match date.has_time() {
            true => format!("`embargo: {}` has a time of day, but embargoes end with a day", date.value),
            false => format!("`embargo: {}` does not say on which day it ends", date.value),
        };
        let found = RULE.code.found(message).at(&edition.input.path, date.span, "needs a day");
        diagnostics.push(found.help("write a day, such as `2026-12-01`; until then it is left out"));
    }
}
