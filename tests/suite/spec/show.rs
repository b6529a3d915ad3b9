//! How specs show what was understood: references, plain text, headings and facts, a line each.

use dossier::base::lines::Lines;
use dossier::base::span::Span;
use dossier::base::text::Text;
use dossier::kinds::{Fact, Value};
use dossier::link::anchor::Anchoring;
use dossier::link::{Edition, Entity, Target, Unresolved};
use dossier::load;
use dossier::parse::prose::LinkUse;
use dossier::session::Snapshot;

/// Where every reference of some files leads.
pub fn links(snapshot: &Snapshot, files: &[&str]) -> Vec<String> {
    let graph = &snapshot.graph;
    let mut lines = Vec::new();
    for (ix, entity) in graph.iter() {
        for reference in graph.outgoing(ix).iter().filter(|reference| reference.link.is_none()) {
            let edition = &entity.editions[reference.edition as usize];
            let what = format!("{} {}", reference.role.word(), reference.written);
            lines.push(line(snapshot, edition, reference.span, &what, &reference.target));
        }
        for edition in &entity.editions {
            for (link, target) in edition.prose().links.iter().zip(&edition.links) {
                let what = match link.usage {
                    LinkUse::Link => "link",
                    LinkUse::Image => "image",
                    LinkUse::Embed => "embed",
                };
                let span = link.target_span.unwrap_or(link.span);
                lines.push(line(snapshot, edition, span, &format!("{what} {}", link.target), target));
            }
        }
    }
    lines.retain(|line| {
        files.iter().any(|file| line.strip_prefix(file).is_some_and(|rest| rest.starts_with(':')))
    });
    lines
}

fn line(snapshot: &Snapshot, edition: &Edition, span: Span, what: &str, target: &Target) -> String {
    let graph = &snapshot.graph;
    let at = Lines::new(&load::text(&**snapshot.world(), &edition.input)).position(span.start as usize);
    let path = |ix| graph.entity(ix).path();
    let target = match target {
        Target::Entity(ix, None) => path(*ix).to_string(),
        Target::Entity(ix, Some(fragment)) => format!("{}#{fragment}", path(*ix)),
        Target::Fragment(fragment) => format!("#{fragment}"),
        Target::Asset(path) => path.to_string(),
        Target::External(address) => format!("web {address}"),
        Target::Unresolved(why) => match why {
            Unresolved::NotFound => "nothing".into(),
            Unresolved::Ambiguous(several) => format!("one of {}", several.len()),
            Unresolved::Draft => "a draft".into(),
            Unresolved::Later => "what came later".into(),
            Unresolved::WrongKind(ix) => format!("wrong kind {}", path(*ix)),
            Unresolved::NoAsset(path) => format!("no file {path}"),
            Unresolved::Outside => "outside".into(),
            Unresolved::Unsafe => "unsafe".into(),
        },
    };
    format!("{}:{}:{}: {what} -> {target}", edition.input.path, at.line, at.column)
}

/// The plain text of a body.
pub fn plain(snapshot: &Snapshot, path: &str) -> Vec<String> {
    let edition = edition(snapshot, path);
    edition.map_or_else(Vec::new, |edition| edition.prose().plain.lines().map(str::to_owned).collect())
}

/// Every annotation of an article's edition: whose, how it was found, and the passage.
pub fn passages(snapshot: &Snapshot, path: &str) -> Vec<String> {
    let graph = &snapshot.graph;
    let Some(annotated) =
        graph.annotations.editions.iter().find(|one| one.text(graph).input.path.as_str() == path)
    else {
        return Vec::new();
    };
    let plain = &annotated.text(graph).prose().plain;
    let words = |range: &std::ops::Range<usize>| format!("“{}”", plain[range.clone()].replace('\n', "⏎"));
    let line = |annotation: &dossier::link::Annotation| {
        let found = match &annotation.at {
            Anchoring::Anchored(range) => words(range),
            Anchoring::Moved(range, likeness) => format!("{} ({:.0} %)", words(range), likeness * 100.0),
            Anchoring::Ambiguous(hits) => {
                format!("one of {}", hits.iter().map(words).collect::<Vec<String>>().join(" "))
            }
            Anchoring::NotFound(_) => "nowhere".into(),
            Anchoring::NotCompared => "nowhere, and not compared".into(),
        };
        format!("{} {}: {found}", graph.entity(annotation.by).id, annotation.target + 1)
    };
    annotated.list.iter().map(line).collect()
}

/// The headings of a body.
pub fn headings(snapshot: &Snapshot, path: &str) -> Vec<String> {
    let headings =
        edition(snapshot, path).map(|edition| edition.prose().headings.as_slice()).unwrap_or_default();
    headings.iter().map(|heading| format!("{} #{} {}", heading.level, heading.id, heading.text)).collect()
}

/// What an entity says.
pub fn facts(snapshot: &Snapshot, path: &str) -> Vec<String> {
    let of_path = |entity: &&Entity| entity.path().as_str() == path;
    let entity = snapshot.graph.iter().map(|(_, entity)| entity).find(of_path);
    entity.map_or_else(Vec::new, |entity| entity.facts().list.iter().map(fact).collect())
}

fn edition<'a>(snapshot: &'a Snapshot, path: &str) -> Option<&'a Edition> {
    let mut editions = snapshot.graph.entities.iter().flat_map(|entity| &entity.editions);
    editions.find(|edition| edition.input.path.as_str() == path)
}

fn fact(fact: &Fact<'_>) -> String {
    let values: Vec<String> = fact.values.iter().map(value).collect();
    format!("{}: {}", fact.label, values.join(" | "))
}

fn value(value: &Value<'_>) -> String {
    match value {
        Value::Text(words) => text(words),
        Value::Date(date) => date.value.to_string(),
        Value::Name(word) | Value::Term(_, word) | Value::Country(word) | Value::Language(word) => {
            (*word).to_owned()
        }
        Value::Ref(reference, _) => reference.id.clone(),
        Value::Citation(citation) => match &citation.locator {
            Some(locator) => format!("{} at {locator}", citation.source.id),
            None => citation.source.id.clone(),
        },
        Value::Url(url) => url.as_str().to_owned(),
        Value::Point(point) => format!("{}, {}", point.lat, point.lon),
        Value::Quantity(quantity) => {
            let mut words: Vec<String> = quantity.comparator.iter().map(|c| c.word().to_owned()).collect();
            words.push(quantity.value.to_string());
            words.extend(quantity.unit.as_ref().map(text));
            words.extend(quantity.of.as_ref().map(|of| format!("of {}", text(of))));
            words.extend(quantity.between.iter().map(|place| format!("({})", place.id)));
            words.join(" ")
        }
        Value::Verdict(review) => match (&review.verdict, &review.label) {
            (Some(word), _) => word.to_string(),
            (None, label) => format!("{label:?}"),
        },
        Value::Row(row) => format!("({})", row.iter().map(fact).collect::<Vec<_>>().join(", ")),
    }
}

fn text(text: &Text) -> String {
    match text {
        Text::Same(words) => words.clone(),
        Text::By(by) => {
            by.iter().map(|(lang, words)| format!("{lang} {words}")).collect::<Vec<_>>().join(" / ")
        }
    }
}
