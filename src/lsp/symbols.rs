//! The outline of a file, its links and what is told beside its lines; and the entities of the dossier by name.

use serde_json::{Value as Json, json};

use super::look::{Here, Places, led_to};
use super::place::{Position, Range, Text};
use crate::base::span::Span;
use crate::ide::form::named;
use crate::link::Target;
use crate::parse::body_start;
use crate::session::Snapshot;

/// The kinds of symbols of the protocol that fit best.
const FILE: u8 = 1;
const STRING: u8 = 15;

/// The title of a file and its headings, each within the one above it.
pub(super) fn outline(here: &Here<'_>, text: &str, lines: &Text<'_>) -> Json {
    let whole = lines.range(Span::new(0, text.len()));
    let mut top = Symbol::new(here.edition().title(), FILE, whole);
    let headings = headings(text);
    let mut open: Vec<(u8, Symbol)> = Vec::new();
    let close = |open: &mut Vec<(u8, Symbol)>, top: &mut Symbol, level: u8| {
        while open.last().is_some_and(|(inner, _)| *inner >= level) {
            let Some((_, closed)) = open.pop() else { return };
            open.last_mut().map_or(&mut *top, |(_, outer)| outer).children.push(closed);
        }
    };
    for (number, (level, span)) in headings.iter().enumerate() {
        close(&mut open, &mut top, *level);
        let end = headings[number + 1..].iter().find(|(other, _)| other <= level);
        let end = end.map_or(text.len(), |(_, next)| next.range().start);
        let words = text[span.range()].trim_start_matches(['#', ' ']).trim_end();
        let mut symbol = Symbol::new(words, STRING, lines.range(Span::new(span.range().start, end)));
        symbol.own = lines.range(*span);
        open.push((*level, symbol));
    }
    close(&mut open, &mut top, 0);
    json!([top.json()])
}

struct Symbol {
    name: String,
    kind: u8,
    whole: Range,
    own: Range,
    children: Vec<Symbol>,
}

impl Symbol {
    fn new(name: &str, kind: u8, whole: Range) -> Symbol {
        // A client may refuse a symbol without a name.
        let name = if name.trim().is_empty() { "…".to_owned() } else { name.to_owned() };
        Symbol {
            name,
            kind,
            whole,
            own: Range { start: whole.start, end: whole.start },
            children: Vec::new(),
        }
    }

    fn json(&self) -> Json {
        let children: Vec<Json> = self.children.iter().map(Symbol::json).collect();
        let Symbol { name, kind, whole, own, .. } = self;
        json!({ "name": name, "kind": kind, "range": whole, "selectionRange": own, "children": children })
    }
}

/// The headings of a text that begin with `#`, but for those in fences of code: level and line.
fn headings(text: &str) -> Vec<(u8, Span)> {
    let mut found = Vec::new();
    let mut fence: Option<&str> = None;
    let mut at = body_start(text);
    for line in text[at..].split_inclusive('\n') {
        let words = line.trim();
        let marks = &words[..words.len() - words.trim_start_matches(['`', '~']).len()];
        match fence {
            Some(open) if marks.starts_with(open) && words.len() == marks.len() => fence = None,
            None if marks.len() >= 3 => fence = Some(marks),
            None => {
                let level = line.len() - line.trim_start_matches('#').len();
                if (1..=6).contains(&level) && line[level..].starts_with([' ', '\t']) {
                    let level = u8::try_from(level).unwrap_or(6);
                    found.push((level, Span::new(at, at + line.trim_end().len())));
                }
            }
            Some(_) => {}
        }
        at += line.len();
    }
    found
}

/// What can be folded: the front matter, and what is below each heading.
pub(super) fn folds(text: &str, lines: &Text<'_>) -> Json {
    let mut spans = Vec::new();
    let body = body_start(text);
    if body > 0 {
        spans.push(Span::new(0, text[..body].trim_end().len()));
    }
    let headings = headings(text);
    for (number, (level, span)) in headings.iter().enumerate() {
        let end = headings[number + 1..].iter().find(|(other, _)| other <= level);
        let end = end.map_or(text.len(), |(_, next)| next.range().start);
        spans.push(Span::new(span.range().start, text[..end].trim_end().len()));
    }
    let fold = |span: &Span| {
        let Range { start, end } = lines.range(*span);
        (end.line > start.line).then(|| json!({ "startLine": start.line, "endLine": end.line }))
    };
    spans.iter().filter_map(fold).collect()
}

/// The links of a file that can be followed: to files of the dossier and to other sites.
pub(super) fn links(here: &Here<'_>, lines: &Text<'_>, places: &mut Places<'_>) -> Json {
    let edition = here.edition();
    let link = |reference: &crate::link::Reference| {
        let path = match &reference.target {
            Target::Entity(ix, _) => {
                &here.snapshot.graph.entity(*ix).edition_for(&edition.input.lang).input.path
            }
            Target::Asset(path) => path,
            _ => return None,
        };
        let target = places.of(path, Span::empty(0))?["uri"].take();
        Some(json!({ "range": lines.range(reference.span), "target": target }))
    };
    let inner: Vec<Json> = here.references().filter_map(link).collect();
    let outer = edition.prose().links.iter().zip(&edition.links).filter_map(|(link, target)| match target {
        Target::External(address) => {
            Some(json!({ "range": lines.range(link.target_span?), "target": address }))
        }
        _ => None,
    });
    inner.into_iter().chain(outer).collect()
}

/// The title of each entity that the front matter names by its id.
pub(super) fn hints(here: &Here<'_>, lines: &Text<'_>, range: Range) -> Json {
    let within = lines.span(range);
    let hint = |reference: &crate::link::Reference| {
        let entity = here.snapshot.graph.entity(led_to(reference).filter(|_| reference.link.is_none())?);
        let title = entity.edition_for(&here.edition().input.lang).title();
        let end = reference.span.end;
        let is_there = within.start <= end && end <= within.end && reference.written == entity.id.as_str();
        let position: Position = lines.position(end as usize);
        is_there.then(|| json!({ "position": position, "label": title, "paddingLeft": true }))
    };
    here.references().filter_map(hint).collect()
}

/// Above a file: how many others refer to it, and the status of a claim.
pub(super) fn lenses(here: &Here<'_>) -> Json {
    let count = here.snapshot.graph.incoming(here.ix).count();
    let referrers = match count {
        0 => "nothing refers to it".to_owned(),
        1 => "1 reference".to_owned(),
        count => format!("{count} references"),
    };
    let status = here.entity.status.map(|status| format!(" · {}", status.word())).unwrap_or_default();
    let start = json!({ "line": 0, "character": 0 });
    let title = format!("{referrers}{status}");
    json!([{ "range": { "start": start, "end": start }, "command": { "title": title, "command": "" } }])
}

/// The entities that are called so, anywhere in the dossier.
pub(super) fn everywhere(snapshot: &Snapshot, words: &str, places: &mut Places<'_>) -> Json {
    let symbol = |named: crate::ide::form::Named| {
        let entity = snapshot.graph.entity(snapshot.graph.by_id(&named.id)?);
        let location = places.of(entity.path(), Span::empty(0))?;
        Some(
            json!({ "name": named.title, "kind": STRING, "containerName": named.kind, "location": location }),
        )
    };
    named(&snapshot.graph, words, &[], None).into_iter().filter_map(symbol).collect()
}
