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
A country whose code is, in the language of the text, the usual abbreviation of another one, and of which nothing says
that it is meant. In Indonesian and Malay, *AS* is *Amerika Serikat*, the United States, whose code is `US`; `AS` is
American Samoa. In French, Portuguese and Spanish, *RU* is the United Kingdom, whose code is `GB`; `RU` is Russia.

```yaml
title: Departemen Keuangan AS
country: AS            # American Samoa
country: US            # the United States
```

The rule reports nothing if the title, the summary, an alias or the text names the country of the code.

How to fix: write the other code; or name the country in the text.",
    },
    check,
};

/// A code that abbreviates another country in some languages.
struct Abbreviation {
    code: &'static str,
    /// What it is the code of, and what a text has that names that.
    name: &'static str,
    stems: &'static [&'static str],
    languages: &'static [&'static str],
    /// The code of the country that it abbreviates, and that country.
    other: &'static str,
    other_name: &'static str,
}

const ABBREVIATIONS: [Abbreviation; 2] = [
    Abbreviation {
        code: "AS",
        name: "American Samoa",
        stems: &["samoa"],
        languages: &["id", "ms"],
        other: "US",
        other_name: "the United States",
    },
    Abbreviation {
        code: "RU",
        name: "Russia",
        stems: &["russ", "rúss", "rusia", "ruso", "rusa"],
        languages: &["es", "fr", "pt"],
        other: "GB",
        other_name: "the United Kingdom",
    },
];

fn check(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let places = context.graph.all::<Place>().map(|(_, entity, place)| (entity, &place.country));
    let actors = context.graph.all::<Actor>().map(|(_, entity, actor)| (entity, &actor.country));
    for (entity, country) in places.chain(actors) {
        diagnostics.extend(country.as_ref().and_then(|country| found(context, entity, country)));
    }
}

fn found(context: &Context<'_>, entity: &Entity, country: &Spanned<Country>) -> Option<Diagnostic> {
    let lang = entity.original().input.lang.as_str().split('-').next()?;
    let is_it = |one: &&Abbreviation| one.code == country.code() && one.languages.contains(&lang);
    let Abbreviation { code, name, stems, other, other_name, .. } = ABBREVIATIONS.iter().find(is_it)?;
    let names_it = |edition| {
        let text = context.text(edition).to_lowercase();
        stems.iter().any(|stem| text.contains(stem))
    };
    if entity.editions.iter().any(names_it) {
        return None;
    }
    let edit = Edit { path: entity.path().clone(), span: country.span, replacement: (*other).into() };
    let found =
        RULE.code.found(format!("the country `{code}` is {name}; the code of {other_name} is `{other}`"));
    let found =
        found.at(entity.path(), country.span, "").help(format!("if you mean {other_name}, write `{other}`"));
    Some(found.choice(Fix::new(format!("write `{other}`"), vec![edit])))
}
