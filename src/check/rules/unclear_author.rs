//! Reports `authors` of sources from which a bibliography would make other names.

use crate::base::diagnostic::{Code, Diagnostic, Severity};
use crate::base::person::{is_degree, is_suffix};
use crate::base::span::{Span, Spanned};
use crate::check::help::{LIST_MARKS, any_of, several_at};
use crate::check::{Context, Rule};
use crate::data::reading::{Plain, Syntax};
use crate::kinds::Source;

pub(crate) static RULE: Rule = Rule {
    code: Code {
        name: "unclear-author",
        level: Severity::Warning,
        docs: "\
An author from whom a bibliography would make another one. Each author is a text of its own: `\"Healy, Nuala\"`, the
family name first, or a name without a comma, which is shown as it is. So `Jane Doe, John Roe` would be one person
with the family name *Jane Doe*, and `[Doe, Jane]` would be two.

```yaml
authors: Jane Doe and John Roe         # wrong: one author with a long name
authors: [Jane Doe, John Roe]          # right
authors: Doe, Jane; Roe, John          # wrong
authors: [\"Doe, Jane\", \"Roe, John\"]    # right
authors: [García Márquez, Gabriel]     # two, or one with two family names?
authors: [\"García Márquez, Gabriel\"]   # right, for one
```

Names in quotation marks are taken as they are, unless they have more than one comma, or the comma is in the name of
an organization.

How to fix: write a list with one text for each author, as `--fix` does for names that a semicolon divides.",
    },
    check,
};

/// Words in the names of organizations, which may have commas and *and* in them.
const ORGANIZATIONS: [&str; 46] = [
    "academy",
    "administration",
    "affairs",
    "agency",
    "army",
    "association",
    "authority",
    "badan",
    "bank",
    "board",
    "broadcasting",
    "bureau",
    "centre",
    "center",
    "club",
    "commission",
    "committee",
    "company",
    "council",
    "court",
    "department",
    "directorate",
    "federation",
    "force",
    "foundation",
    "group",
    "inc",
    "institute",
    "international",
    "kementerian",
    "league",
    "ltd",
    "ministry",
    "museum",
    "national",
    "news",
    "of",
    "office",
    "organization",
    "parliament",
    "police",
    "press",
    "services",
    "society",
    "union",
    "university",
];

/// Words in the names of persons that are not capitalized.
const PARTICLES: [&str; 24] = [
    "al", "bin", "binti", "da", "das", "de", "del", "della", "den", "der", "di", "do", "dos", "du", "e",
    "el", "la", "le", "ter", "van", "von", "y", "zu", "zum",
];

fn check(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    for (_, entity, source) in context.graph.all::<Source>() {
        if source.authors.is_empty() {
            continue;
        }
        let text = context.text(entity.original());
        let syntax = if entity.original().parsed.head.toml { Syntax::Toml } else { Syntax::Yaml };
        let mut found = |span: Span, name: &str, readings: Readings| {
            let spelt = readings.lists.iter().map(|names| {
                let written = |name: &String| match text.get(span.range()) == Some(name) {
                    // In quotation marks, it is taken as it is.
                    true => serde_json::Value::from(name.as_str()).to_string(),
                    false => Plain::Word(name.clone()).written(syntax),
                };
                let names = names.iter().map(written);
                several_at(&text, span, &names.collect::<Vec<String>>())
            });
            let spelt: Vec<String> = spelt.collect();
            let offered = any_of(spelt.iter().map(String::as_str));
            let found = RULE.code.found(format!("`{name}` {}", readings.why)).at(entity.path(), span, "");
            let found = found.help(match spelt.len() {
                1 => format!("did you mean {offered}?"),
                _ => format!("it may mean {offered}: write the one that is meant"),
            });
            let is_sure = readings.is_sure;
            diagnostics.push(
                spelt.iter().fold(found, |found, list| found.suggest(is_sure, entity.path(), span, list)),
            );
        };
        let divided = halved(&source.authors, &text).or_else(|| divided(&source.authors, &text));
        if let Some((span, readings)) = divided {
            found(span, text.get(span.range()).unwrap_or_default(), readings);
            continue;
        }
        for author in &source.authors {
            let readings = read(&author.value, text[..].get(author.span.range()));
            if let Some(readings) = readings {
                found(author.span, &author.value, readings);
            }
        }
    }
}

/// The lists of authors that may be meant.
struct Readings {
    lists: Vec<Vec<String>>,
    /// Whether the first is the only one.
    is_sure: bool,
    /// What is wrong.
    why: &'static str,
}

/// `[Doe, Jane; Roe, John]`: a list of names that semicolons divide.
fn halved(authors: &[Spanned<String>], text: &str) -> Option<(Span, Readings)> {
    let (first, last) = (authors.first()?, authors.last()?);
    let span = Span { start: first.span.start, end: last.span.end };
    let row = text.get(span.range()).filter(|row| authors.len() > 1 && row.contains(';'))?;
    if row.contains(['\n', '"', '\'', '&']) {
        return None;
    }
    let names: Vec<String> = row.split(';').map(|name| name.trim().to_owned()).collect();
    let are_persons = names.iter().all(|name| name.split(',').count() == 2);
    Some((
        span,
        Readings { lists: vec![names], is_sure: are_persons, why: "is a list that semicolons divide" },
    ))
}

/// `[Doe, Jane]`: names of one word each, without quotation marks, which may be halves of names.
fn divided(authors: &[Spanned<String>], text: &str) -> Option<(Span, Readings)> {
    let is_half = |author: &Spanned<String>| {
        let name = author.value.as_str();
        text.get(author.span.range()) == Some(name)
            && !name.contains(char::is_whitespace)
            && name.chars().next().is_some_and(char::is_uppercase)
            // `AFP` is an agency, but `J.` a person.
            && (name.ends_with('.') || name.chars().any(char::is_lowercase))
    };
    let (first, last) = (authors.first()?, authors.last()?);
    let span = Span { start: first.span.start, end: last.span.end };
    let is_row = text.get(span.range()).is_some_and(|row| !row.contains('\n'));
    if !authors.len().is_multiple_of(2) || !is_row || !authors.iter().all(is_half) {
        return None;
    }
    let names: Vec<&str> = authors.iter().map(|author| author.value.as_str()).collect();
    // In quotation marks, each is a name.
    let readings =
        Readings { lists: vec![pairs(&names)], is_sure: false, why: "is a list of names of one word" };
    Some((span, readings))
}

/// What an author means that is no single name; `None` if it is one. `written` is how it is written.
fn read(name: &str, written: Option<&str>) -> Option<Readings> {
    let is_quoted = written.is_some_and(|written| written.starts_with(['"', '\'']));
    let sure = |names: Vec<String>, why| Some(Readings { lists: vec![names], is_sure: true, why });
    let one = |name: &str, why| sure(vec![name.trim().to_owned()], why);
    let unsure = |lists, why| Some(Readings { lists, is_sure: false, why });
    if let Some((before, rest)) = name.split_once('<').filter(|(_, rest)| rest.contains('@')) {
        let after = rest.split_once('>').map_or("", |(_, after)| after);
        return match (before.trim(), after.trim()) {
            (name, "") if !name.is_empty() => {
                unsure(vec![vec![name.to_owned()]], "would publish the address")
            }
            _ => None,
        };
    }
    if let Some(rest) = ["by: ", "By: ", "oleh: ", "Oleh: ", "by ", "By ", "oleh ", "Oleh "]
        .iter()
        .find_map(|by| name.strip_prefix(by))
    {
        return match is_person(rest) {
            true => one(rest, "is more than the name"),
            false => None,
        };
    }
    if name.contains(';') && !name.contains("&") {
        let parts = name.split(';').map(without_and).filter(|part| !part.is_empty());
        return sure(parts.map(str::to_owned).collect(), "would be one author");
    }
    let parts = joined(name);
    if parts.len() > 1 {
        let names: Option<Vec<Vec<String>>> = parts.iter().map(|part| persons(part)).collect();
        // The name of an organization that no list has may be two capitalized words on each side, too.
        return match names {
            Some(names) => unsure(vec![names.concat()], "would be one author"),
            // `Bappenas, BPS, dan KKP`, `Smith, J., and Lee, S.`: a comma makes a family name of the first.
            None if name.contains(',') => {
                let each: Vec<&str> = parts.iter().flat_map(|part| part.split(',')).map(str::trim).collect();
                let has_initials = each.len().is_multiple_of(2)
                    && each.iter().skip(1).step_by(2).all(|given| given.ends_with('.'));
                let whole = vec![each.iter().map(|name| (*name).to_owned()).collect()];
                unsure(if has_initials { vec![pairs(&each)] } else { whole }, "would be one person")
            }
            None => None,
        };
    }
    // `李明、王芳`: such a mark divides names, and seldom the parts of one.
    if !is_quoted && name.contains(['、', '，', '،']) {
        let names = name.split(LIST_MARKS).map(str::trim).filter(|part| !part.is_empty());
        let several = names.map(str::to_owned).collect();
        return unsure(vec![several, vec![name.to_owned()]], "would be one author");
    }
    let parts: Vec<&str> = name.split(',').map(str::trim).filter(|part| !part.is_empty()).collect();
    if parts.len() < 2 || parts.iter().skip(1).any(|part| is_suffix(part) || is_degree(part)) {
        return None;
    }
    let each: Vec<String> = parts.iter().map(|part| (*part).to_owned()).collect();
    match parts.as_slice() {
        [family, given] => {
            // `Bank` is a family name, too.
            let is_group = |part: &str| part.contains(' ') && is_organization(part);
            if is_group(family) {
                let one = vec![format!("{family} ({given})")];
                return unsure(vec![each, one], "would be a person with a family name and a given name");
            }
            if is_group(given) {
                return unsure(vec![each], "would be one person");
            }
            let is_family = family.split_whitespace().count() == 1
                || family.split_whitespace().any(|word| PARTICLES.contains(&word.to_lowercase().as_str()));
            // `Reuters, AFP`
            let is_agency = given.chars().count() > 1 && given.chars().all(char::is_uppercase);
            if is_quoted || is_family && !is_agency {
                return None;
            }
            unsure(vec![each, vec![name.to_owned()]], "may be two authors, or one with the family name first")
        }
        several if several.len().is_multiple_of(2) => {
            unsure(vec![each, pairs(several)], "would be one person")
        }
        _ => unsure(vec![each], "would be one person"),
    }
}

/// Family names and given names by turns.
fn pairs(names: &[&str]) -> Vec<String> {
    names.chunks(2).map(|pair| pair.join(", ")).collect()
}

/// The parts of a text that *and* joins.
fn joined(name: &str) -> Vec<&str> {
    let parts = [" and ", " dan ", " & ", " und ", " et ", " y ", " и ", " і ", " / "]
        .into_iter()
        .fold(vec![name], |parts, and| parts.into_iter().flat_map(|part| part.split(and)).collect());
    parts.into_iter().map(without_and).collect()
}

/// A part of a list without what joins it to others.
fn without_and(part: &str) -> &str {
    let part = part.trim().trim_end_matches(',');
    ["and ", "dan ", "& "].iter().find_map(|and| part.strip_prefix(and)).unwrap_or(part).trim()
}

/// The persons whose names are in a text: `Doe, Jane` is one, and `Jane Doe, John Roe` are two.
fn persons(text: &str) -> Option<Vec<String>> {
    let parts: Vec<&str> = text.split(',').map(str::trim).collect();
    match parts.as_slice() {
        [family, given] if !family.contains(' ') => {
            let is_name = [family, given].iter().all(|part| is_capitalized(part) && !is_organization(part));
            is_name.then(|| vec![text.trim().to_owned()])
        }
        parts => {
            let is_each = parts.iter().all(|part| is_person(part));
            is_each.then(|| parts.iter().map(|part| (*part).to_owned()).collect())
        }
    }
}

/// Whether a text is like the name of a person: two to four words with capitals.
fn is_person(name: &str) -> bool {
    (2..=4).contains(&name.split_whitespace().count()) && is_capitalized(name) && !is_organization(name)
}

fn is_capitalized(name: &str) -> bool {
    !name.is_empty()
        && name.split_whitespace().all(|word| {
            PARTICLES.contains(&word)
                || word.chars().next().is_some_and(|c| c.is_alphabetic() && !c.is_lowercase())
        })
}

fn is_organization(name: &str) -> bool {
    name.split_whitespace().any(|word| ORGANIZATIONS.contains(&word.to_lowercase().trim_matches('.')))
}
