//! Reports codes of countries that are abbreviations of others in the language of a text.

use crate::base::country::Country;
use crate::base::diagnostic::{Code, Diagnostic, Edit, Fix, Severity};
use crate::base::span::Spanned;
use crate::check::{Context, Rule};
use crate::kinds::{Actor, Place};
use crate::link::Entity;

pub(crate) static RULE: Rule = Rule {
    code: Code {
        name: "country-or-abbreviation",
        level: Severity::Warning,
        docs: "\
In an Indonesian or Malay text, `country: AS` of which nothing says that American Samoa is meant. `AS` is its code;
in these languages, *AS* is also the usual abbreviation of *Amerika Serikat*, the United States, whose code is `US`.

```yaml
title: Departemen Keuangan AS
country: AS            # American Samoa
country: US            # the United States
```

The rule reports nothing if the title, the summary, an alias or the text has the word *Samoa*.

How to fix: write `US`; or name American Samoa in the text.",
    },
    check,
};

/// The languages in which `AS` abbreviates the name of the United States.
const LANGUAGES: [&str; 2] = ["id", "ms"];

fn check(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let places = context.graph.all::<Place>().map(|(_, entity, place)| (entity, &place.country));
    let actors = context.graph.all::<Actor>().map(|(_, entity, actor)| (entity, &actor.country));
    for (entity, country) in places.chain(actors) {
        diagnostics.extend(country.as_ref().and_then(|country| found(context, entity, country)));
    }
}

fn found(context: &Context<'_>, entity: &Entity, country: &Spanned<Country>) -> Option<Diagnostic> {
    let lang = entity.original().input.lang.as_str().split('-').next()?;
    let names_samoa = |edition| context.text(edition).to_lowercase().contains("samoa");
    if country.code() != "AS" || !LANGUAGES.contains(&lang) || entity.editions.iter().any(names_samoa) {
        return None;
    }
    let edit = Edit { path: entity.path().clone(), span: country.span, replacement: "US".into() };
    let found = RULE.code.found("the country `AS` is American Samoa; the United States are `US`");
    let found = found.at(entity.path(), country.span, "").help("if you mean the United States, write `US`");
    Some(found.choice(Fix::new("write `US`", vec![edit])))
}
