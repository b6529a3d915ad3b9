//! Reports dates that are read as a season of one year, and may be meant as two years.

use std::collections::BTreeMap;

use crate::base::date::{Edtf, Precision};
use crate::base::diagnostic::{Code, Diagnostic, Edit, Fix, Severity};
use crate::base::span::{Span, Spanned};
use crate::check::{Context, Rule};
use crate::kinds::{Fact, Value};
use crate::link::Entity;

pub(crate) static RULE: Rule = Rule {
    code: Code {
        name: "season-or-years",
        level: Severity::Warning,
        docs: "\
A date such as `2020-21`. EDTF, the standard for dates here, reads the numbers 21 to 24 after a year as seasons: spring,
summer, autumn and winter. So `2020-21` is spring 2020. As a budget year, a school year or a season of sports, it is
2020 to 2021.

```yaml
date: 2020-21          # spring 2020, or 2020 to 2021?
date: 2020/2021        # 2020 to 2021
```

How to fix: write two years as `2020/2021`. If you mean the season, write its months, `2020-03/2020-05`, or switch the
rule off: `season-or-years = \"off\"` under `[rules]` in `dossier.toml`.",
    },
    check,
};

fn check(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    for entity in &context.graph.entities {
        for (span, date) in dates(entity) {
            let Edtf::Date(one) = date else { continue };
            let Precision::Season(season) = one.precision else { continue };
            let first = one.earliest();
            if (first.year + 1).rem_euclid(100) != i32::from(season) {
                continue;
            }
            let years = format!("{}/{}", first.year, first.year + 1);
            let name = ["spring", "summer", "autumn", "winter"][usize::from(season - 21)];
            let year = first.year;
            let edit = Edit { path: entity.path().clone(), span, replacement: years.clone() };
            let found = RULE
                .code
                .found(format!("`{date}` is {name} {year}, not {year} to {}", year + 1))
                .at(entity.path(), span, "a season")
                .help(format!("if two years are meant, write `{years}`"))
                .choice(Fix::new(format!("write `{years}`"), vec![edit]));
            diagnostics.push(found);
        }
    }
}

/// The dates of an entity, by where they are.
fn dates(entity: &Entity) -> BTreeMap<Span, Edtf> {
    let common = entity.common();
    let mut dates = BTreeMap::new();
    let mut add = |date: &Spanned<Edtf>| {
        dates.insert(date.span, date.value);
    };
    common.date.iter().chain(&common.updated).for_each(&mut add);
    in_facts(&entity.facts().list, &mut add);
    dates
}

fn in_facts(facts: &[Fact<'_>], add: &mut impl FnMut(&Spanned<Edtf>)) {
    for value in facts.iter().flat_map(|fact| &fact.values) {
        match value {
            Value::Date(date) => add(date),
            Value::Row(row) => in_facts(row, add),
            _ => {}
        }
    }
}
