//! `annotations.json` next to each article: its annotations as a W3C Web Annotation collection (Data Model
//! and Vocabulary, Recommendations of February 23, 2017).
//!
//! The selectors are computed from the finished page, so that a program in a browser finds the passages
//! again. Each annotation has a text quote, which is valid for the whole page, and a text position within the
//! element that contains the article.

use std::ops::Range;

use memchr::memmem;
use serde_json::{Value, json};

use super::shown::{self, PageText};
use super::{Output, Routes, SiteBuilder};
use crate::base::diagnostic::Diagnostic;
use crate::base::lines::Lines;
use crate::base::path::SitePath;
use crate::kinds::{self, KindId};
use crate::link::{Annotation, EntityIx, layout};
use crate::pages::passages;
use crate::site::{FileKey, PageId, SiteInput, Subject};

pub(crate) struct Annotations;

/// The id of the element that contains an article's text.
const ROOT: &str = "part-text";

/// The number of characters of context on each side of a quotation.
const CONTEXT: usize = 32;

impl Output for Annotations {
    fn name(&self) -> &'static str {
        "annotations"
    }

    fn routes(&self, input: &SiteInput<'_>, routes: &mut Routes<'_>) {
        let articles = input.graph.iter().filter(|(_, entity)| entity.kind == KindId::Article);
        for (ix, entity) in articles {
            for (number, lang) in input.languages().filter(|(_, lang)| entity.edition(lang).is_some()) {
                let key = FileKey::of(Subject::Entity(ix)).in_language(number);
                routes.add(layout::annotations(input.graph, entity, lang), key);
            }
        }
    }

    fn bytes(&self, builder: &SiteBuilder<'_>, path: &SitePath, key: FileKey) -> Result<Vec<u8>, Diagnostic> {
        key.entity().map_or(Ok(Vec::new()), |article| collection(builder, path, article, key.lang))
    }
}

/// The collection of an article in a language.
///
/// # Errors
/// If the article's page cannot be rendered.
fn collection(
    builder: &SiteBuilder<'_>,
    path: &SitePath,
    article: EntityIx,
    lang: usize,
) -> Result<Vec<u8>, Diagnostic> {
    let (site, graph) = (&builder.site, builder.site.graph());
    let page = site.page(&PageId::Entity(article, lang));
    let html = builder.renderer.html(&page, &|_| true)?;
    let shown = shown::read(&String::from_utf8_lossy(&html), ROOT);
    let lines = Lines::new(&shown.text);
    let tag = &site.locales()[lang].lang;
    let own = graph.entity(article).editions.iter().position(|edition| edition.input.lang == *tag);
    let annotated = own.and_then(|own| graph.annotations.on(article, own as u32));
    let base = &site.config().base_url;
    let id = format!("{base}{}", layout::encoded(path));
    let item = |annotation: &Annotation| {
        let mark = passages::fragment(graph, annotation);
        let selectors = selectors(&shown, &lines, &mark)?;
        let entity = graph.entity(annotation.by);
        let edition = entity.edition_for(tag);
        let about = format!("{base}{}", layout::address(&layout::page(graph, entity, tag)));
        let scope = if shown.root.is_some() {
            format!("{}#{ROOT}", page.head().canonical)
        } else {
            page.head().canonical.clone()
        };
        let language = edition.input.lang.as_str();
        let words = [Some(edition.title()), edition.summary()];
        let words = words.into_iter().flatten().collect::<Vec<&str>>().join("\n");
        let bodies = json!([
            {
                "type": "SpecificResource",
                "purpose": "linking",
                "source": { "id": about, "type": "Text", "format": "text/html", "language": language },
            },
            {
                "type": "TextualBody",
                "purpose": "describing",
                "value": words,
                "format": "text/plain",
                "language": language,
            },
        ]);
        Some(json!({
            "id": format!("{id}#{}", passages::name(graph, annotation)),
            "type": "Annotation",
            "motivation": motivation(&entity.facts()),
            "body": bodies,
            "target": {
                "type": "SpecificResource",
                "source": page.head().canonical,
                "scope": scope,
                "selector": selectors,
            },
        }))
    };
    let items: Vec<Value> = annotated
        .into_iter()
        .flat_map(|one| one.placed())
        .filter_map(|(annotation, _)| item(annotation))
        .collect();
    let collection = json!({
        "@context": "http://www.w3.org/ns/anno.jsonld",
        "id": id,
        "type": "AnnotationCollection",
        "label": page.head().title,
        "total": items.len(),
        "first": {
            "id": format!("{id}#page-1"),
            "type": "AnnotationPage",
            "partOf": id,
            "startIndex": 0,
            "items": items,
        },
    });
    let mut bytes = collection.to_string().into_bytes();
    bytes.push(b'\n');
    Ok(bytes)
}

/// The motivation of an annotation, if its author gives one.
fn motivation(facts: &kinds::Facts<'_>) -> String {
    let fact = facts.list.iter().find(|fact| fact.label == "motivation");
    match fact.and_then(|fact| fact.values.first()) {
        Some(kinds::Value::Term(_, word)) => (*word).to_owned(),
        _ => "describing".to_owned(),
    }
}

/// The selectors of a passage: its words with their context, and its character position in the article.
fn selectors(shown: &PageText, lines: &Lines<'_>, mark: &str) -> Option<Value> {
    let (text, range) = (&shown.text, shown.passages.get(mark)?);
    // The context must not include notes, because they are not part of the article.
    let before = shown.notes[..shown.notes.partition_point(|note| note.end <= range.start)].last();
    let after = shown.notes.get(shown.notes.partition_point(|note| note.start < range.end));
    let root = shown.root.clone().unwrap_or(0..text.len());
    let (least, most) = (
        before.map_or(0, |note| note.end).max(root.start),
        after.map_or(text.len(), |note| note.start).min(root.end),
    );
    let (mut start, mut end) =
        (back(text, range.start, CONTEXT, least), ahead(text, range.end, CONTEXT, most));
    let is_elsewhere = |words: &str| memmem::find_iter(text.as_bytes(), words).nth(1).is_some();
    while is_elsewhere(&text[start..end]) && (start > least || end < most) {
        (start, end) = (back(text, start, CONTEXT, least), ahead(text, end, CONTEXT, most));
    }
    let position = |at: usize, root: &Range<usize>| lines.characters(at) - lines.characters(root.start);
    let mut selectors = vec![json!({
        "type": "TextQuoteSelector",
        "exact": &text[range.clone()],
        "prefix": &text[start..range.start],
        "suffix": &text[range.end..end],
    })];
    // A custom theme may keep the text in another element.
    if let Some(root) = &shown.root {
        selectors.push(json!({
            "type": "CssSelector",
            "value": format!("#{ROOT}"),
            "refinedBy": {
                "type": "TextPositionSelector",
                "start": position(range.start, root),
                "end": position(range.end, root),
            },
        }));
    }
    Some(selectors.into())
}

fn back(text: &str, at: usize, count: usize, least: usize) -> usize {
    text[least..at].char_indices().rev().nth(count - 1).map_or(least, |(start, _)| least + start)
}

fn ahead(text: &str, at: usize, count: usize, most: usize) -> usize {
    text[at..most.max(at)].char_indices().nth(count).map_or(most.max(at), |(end, _)| at + end)
}
