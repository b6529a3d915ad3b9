//! Annotations from Hypothesis, or from any program that writes the W3C's model, → notes.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::{Imported, comment, first_words, not_a, privacy};
use crate::base::id::EntityId;
use crate::base::path::folded;
use crate::data::reading::date;
use crate::ide::front::{yaml_word, yaml_words};
use crate::ide::scaffold::{NewFile, id_of};
use crate::ide::{Refusal, translations};
use crate::kinds::KindId;
use crate::link::anchor::{Anchoring, Haystack, Quote, Selector};
use crate::link::{Edition, EntityIx, Graph, Shown};
use crate::load::CONTENT;
use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};

/// The maximum length of a title made from a text, in characters.
const LONGEST_TITLE: usize = 60;

/// An annotation, reduced to the parts that are imported.
#[derive(Debug, Default, PartialEq)]
struct Foreign {
    address: Option<String>,
    /// The text, in Markdown.
    text: String,
    tags: Vec<String>,
    motivation: Option<String>,
    /// The date of creation.
    created: Option<String>,
    author: Option<String>,
    exact: String,
    prefix: String,
    suffix: String,
    /// The address of the annotated page.
    page: Option<String>,
    /// The address of the annotation that it answers.
    parent: Option<String>,
}

/// The notes for the annotations in a JSON file: an export of Hypothesis, a response of its API, or a
/// collection, a page or a list of W3C annotations. `article` is the annotated article. Private annotations
/// are left out; with `with_private` they become drafts.
///
/// # Errors
/// If the file is none of these.
pub(crate) fn import(
    json: &str,
    graph: &Graph,
    article: EntityIx,
    with_private: bool,
) -> Result<Imported, Refusal> {
    let value: Value = serde_json::from_str(json).map_err(|why| not_a("a file of annotations", why))?;
    let items = items(&value).ok_or_else(|| {
        not_a("a file of annotations", "it has no `rows`, `annotations`, `items` or `first`")
    })?;
    let mut imported = Imported::default();
    let mut ids = Ids { graph, taken: BTreeSet::new(), next: BTreeMap::new() };
    // Of several with one address, the first.
    let addresses = graph.entities.iter().rev().flat_map(|entity| {
        entity.common().same_as.iter().map(move |url| (url.as_str().to_owned(), entity.id.clone()))
    });
    let known: BTreeMap<String, EntityId> = addresses.collect();
    let total = value.get("total").and_then(Value::as_u64).unwrap_or_default();
    if total > items.len() as u64 {
        let there = items.len();
        imported.remarks.push(format!(
            "incomplete: the file has {there} of {total} annotations; get the rest and import them, too"
        ));
    }
    let is_published = |id: &str| {
        let note = known.get(&hypothesis_address(id)).and_then(|note| graph.by_id(note.as_str()));
        note.is_some_and(|ix| !graph.entity(ix).common().draft)
    };
    let privacy = privacy::of_all(items, is_published);
    imported.remarks.extend(privacy::remark(&privacy, with_private));
    let page = annotated_page(items);
    let mut elsewhere = 0;
    let mut notes = Vec::new();
    for (item, privacy) in items.iter().zip(privacy) {
        let foreign = read(item);
        if privacy.is_some() && !with_private {
            continue;
        }
        if foreign.page.as_deref().map(normal) != page && foreign.page.is_some() {
            elsewhere += 1;
            continue;
        }
        if foreign.text.trim().is_empty() && foreign.exact.trim().is_empty() {
            imported.remarks.push(format!("left out: {} says nothing", name(&foreign)));
            continue;
        }
        if foreign.address.as_ref().is_some_and(|address| known.contains_key(address)) {
            imported.remarks.push(format!("skipped: {} has been imported already", name(&foreign)));
            continue;
        }
        let id = ids.free(&title(&foreign));
        notes.push((foreign, id, privacy.is_some()));
    }
    if let (Some(page), 1..) = (&page, elsewhere) {
        let these = if elsewhere == 1 { "annotation is" } else { "annotations are" };
        imported.remarks.push(format!("left out: {elsewhere} {these} not of {page}, but of other pages"));
    }
    let answered: BTreeMap<&str, &EntityId> =
        notes.iter().rev().filter_map(|(foreign, id, _)| Some((foreign.address.as_deref()?, id))).collect();
    let places = places(graph, article, notes.iter().map(|(foreign, ..)| foreign));
    for ((foreign, id, is_private), place) in notes.iter().zip(places) {
        let parent = foreign
            .parent
            .as_deref()
            .and_then(|address| answered.get(address).copied().or_else(|| known.get(address)));
        let made = Made { foreign, id, parent: parent.cloned(), is_private: *is_private, place };
        note(graph, article, &made, &mut imported);
    }
    Ok(imported)
}

/// An annotation that becomes a note.
struct Made<'a> {
    foreign: &'a Foreign,
    id: &'a EntityId,
    /// The note that it answers.
    parent: Option<EntityId>,
    is_private: bool,
    /// Where the words are: the number of the edition, and their selector.
    place: Option<(usize, Selector)>,
}

/// The page that most of these annotate. An account's export has annotations of every page that it read.
fn annotated_page(items: &[Value]) -> Option<String> {
    let mut pages: BTreeMap<String, usize> = BTreeMap::new();
    for page in items.iter().filter_map(page_of) {
        *pages.entry(normal(&page)).or_default() += 1;
    }
    // Of several, the first in the alphabet, so that the same file always gives the same notes.
    pages.into_iter().rev().max_by_key(|(_, count)| *count).map(|(page, _)| page)
}

/// The address of the page that a Hypothesis annotation is of.
fn page_of(item: &Value) -> Option<String> {
    words(item.get("uri"))
}

/// An address without what differs between visits of one page.
fn normal(address: &str) -> String {
    let address = address.split(['#', '?']).next().unwrap_or_default();
    let address = address.strip_prefix("https://via.hypothes.is/").unwrap_or(address);
    let address = address.strip_prefix("https://").or(address.strip_prefix("http://")).unwrap_or(address);
    address.strip_prefix("www.").unwrap_or(address).trim_end_matches('/').to_owned()
}

/// The annotations in any of these formats.
fn items(value: &Value) -> Option<&Vec<Value>> {
    let below = |key: &str| value.get(key).and_then(Value::as_array);
    value
        .as_array()
        .or_else(|| below("rows"))
        .or_else(|| below("annotations"))
        .or_else(|| below("items"))
        .or_else(|| value.get("first").and_then(items))
}

fn words(value: Option<&Value>) -> Option<String> {
    value.and_then(Value::as_str).map(str::to_owned).filter(|words| !words.trim().is_empty())
}

fn read(item: &Value) -> Foreign {
    let mut foreign = Foreign {
        text: words(item.get("text")).or_else(|| words(item.get("bodyValue"))).unwrap_or_default(),
        motivation: words(item.get("motivation")),
        created: words(item.get("created")),
        author: words(item.get("user"))
            .or_else(|| words(item.get("creator")))
            .or_else(|| words(item.get("creator").and_then(|creator| creator.get("name")))),
        page: page_of(item),
        parent: privacy::parent(item).map(hypothesis_address),
        ..Foreign::default()
    };
    if foreign.parent.is_some() {
        foreign.motivation.get_or_insert_with(|| "replying".to_owned());
    }
    let tags = item.get("tags").and_then(Value::as_array).into_iter().flatten();
    foreign.tags = tags.filter_map(|tag| words(Some(tag))).collect();
    let id = words(item.get("id"));
    foreign.address = match id {
        Some(id) if id.starts_with("http://") || id.starts_with("https://") => Some(id),
        // Hypothesis identifies its annotations by short names.
        Some(id) if item.get("uri").is_some() => Some(hypothesis_address(&id)),
        _ => None,
    };
    for body in one_or_many(item.get("body")) {
        let value = words(Some(body)).or_else(|| words(body.get("value")));
        match (value, words(body.get("purpose")).as_deref()) {
            (Some(tag), Some("tagging")) => foreign.tags.push(tag),
            (Some(text), _) if !text.starts_with("http") => {
                if !foreign.text.is_empty() {
                    foreign.text.push_str("\n\n");
                }
                foreign.text.push_str(&text);
            }
            _ => {}
        }
    }
    for target in one_or_many(item.get("target")) {
        for selector in one_or_many(target.get("selector")) {
            read_selector(selector, &mut foreign);
        }
    }
    foreign
}

fn hypothesis_address(id: &str) -> String {
    format!("https://hypothes.is/a/{}", utf8_percent_encode(id, IN_PATH))
}

/// What no part of an address's path has as it is. `%` is the mark of private comments, too.
const IN_PATH: &AsciiSet =
    &CONTROLS.add(b' ').add(b'"').add(b'<').add(b'>').add(b'`').add(b'%').add(b'?').add(b'#').add(b'/');

/// Reads a text-quote selector, or one that refines another selector.
fn read_selector(selector: &Value, foreign: &mut Foreign) {
    if selector.get("type").and_then(Value::as_str) == Some("TextQuoteSelector") && foreign.exact.is_empty() {
        let part = |key| words(selector.get(key)).unwrap_or_default();
        (foreign.exact, foreign.prefix, foreign.suffix) = (part("exact"), part("prefix"), part("suffix"));
    }
    if let Some(inner) = selector.get("refinedBy") {
        one_or_many(Some(inner)).for_each(|inner| read_selector(inner, foreign));
    }
}

fn one_or_many(value: Option<&Value>) -> impl Iterator<Item = &Value> {
    let (many, one) = match value {
        Some(Value::Array(many)) => (many.as_slice(), None),
        one => (&[][..], one),
    };
    many.iter().chain(one)
}

fn name(foreign: &Foreign) -> String {
    foreign.address.clone().unwrap_or_else(|| format!("“{}”", title(foreign)))
}

fn title(foreign: &Foreign) -> String {
    let bare = |line: &str| first_words(line.trim_start_matches(['#', '>', '*', '-', ' ']), LONGEST_TITLE);
    let mut lines = foreign.text.lines().chain(foreign.exact.lines()).map(bare);
    let title = lines.find(|words| !words.is_empty()).unwrap_or_else(|| "Annotation".to_owned());
    // These would begin a private comment, and a title has no escapes.
    title.replace("%%", "%").replace("<!--", "")
}

/// Ids for new notes.
struct Ids<'a> {
    graph: &'a Graph,
    taken: BTreeSet<EntityId>,
    /// The next number for each title that occurred.
    next: BTreeMap<EntityId, usize>,
}

impl Ids<'_> {
    fn free(&mut self, title: &str) -> EntityId {
        // A title in another script, or without letters, cannot be made into an id.
        let stem = id_of(title).unwrap_or_else(|_| EntityId::new("note"));
        let next = self.next.entry(stem.clone()).or_insert(1);
        loop {
            let id = match *next {
                1 => stem.clone(),
                number => EntityId::new(&format!("{stem}-{number}")),
            };
            *next += 1;
            let is_known =
                self.graph.by_id(id.as_str()).is_some() || self.graph.drafts.contains(&*folded(id.as_str()));
            if !is_known && self.taken.insert(id.clone()) {
                return id;
            }
        }
    }
}

/// For each annotation, where its words are: the number of the edition, and their selector.
fn places<'a>(
    graph: &Graph,
    article: EntityIx,
    notes: impl Iterator<Item = &'a Foreign>,
) -> Vec<Option<(usize, Selector)>> {
    let quote = |foreign: &'a Foreign| Quote {
        exact: &foreign.exact,
        prefix: &foreign.prefix,
        suffix: &foreign.suffix,
    };
    let quotes: Vec<Quote<'a>> = notes.map(quote).collect();
    let mut places = vec![None; quotes.len()];
    for (number, edition) in graph.entity(article).editions.iter().enumerate() {
        let shown = Shown::of(graph, edition);
        let haystack = Haystack::new(shown.text()).in_language(edition.input.lang.as_str());
        let missing: Vec<usize> = (0..quotes.len()).filter(|at| places[*at].is_none()).collect();
        let wanted: Vec<Quote<'a>> = missing.iter().map(|at| quotes[*at]).collect();
        for (at, anchoring) in missing.into_iter().zip(haystack.anchor_all(&wanted)) {
            if let Anchoring::Anchored(range) | Anchoring::Moved(range, _) = anchoring {
                places[at] = haystack.reselect(&range, &quotes[at]).map(|selector| (number, selector));
            }
        }
    }
    places
}

/// The files of a note: the note, and if it annotates a translation, its own translation with the target.
fn note(graph: &Graph, article: EntityIx, made: &Made<'_>, imported: &mut Imported) {
    let Made { foreign, id, parent, is_private, place } = made;
    let target = |selector: &Selector| {
        let source = yaml_word(graph.entity(article).id.as_str());
        let mut target = format!("targets:\n  - source: {source}\n    exact: {}\n", quoted(&selector.exact));
        for (key, words) in [("prefix", &selector.prefix), ("suffix", &selector.suffix)] {
            if !words.is_empty() {
                target += &format!("    {key}: {}\n", quoted(words));
            }
        }
        target
    };
    let draft = if *is_private { "draft: true\n" } else { "" };
    let mut head = format!("---\ntitle: {}\nsummary:\n{draft}", yaml_words(&title(foreign)));
    let motivation = foreign.motivation.as_deref().map(|word| word.trim_start_matches("oa:"));
    let is_known = |word: &&str| crate::kinds::words::rank("motivation", word).is_some();
    head += &format!("motivation: {}\n", motivation.filter(is_known).unwrap_or("commenting"));
    if let Some(created) = &foreign.created {
        head += &match date::read(created).as_slice() {
            [day] => format!("date: {day}\n"),
            _ => format!("# created: {}\n", comment(created)),
        };
    }
    if let Some(address) = &foreign.address {
        head += &format!("same_as: [{}]\n", quoted(address));
    }
    match (parent, &foreign.parent) {
        (Some(parent), _) => head += &format!("about: [{}]\n", yaml_word(parent.as_str())),
        (None, Some(address)) => head += &format!("# reply to: {}\n", comment(address)),
        (None, None) => {}
    }
    if let Some(author) = &foreign.author {
        head += &format!("# written by: {}\n", comment(author));
    }
    if !foreign.tags.is_empty() {
        head += &format!("# tags: {}\n", comment(&foreign.tags.join(", ")));
    }
    let path = format!("{CONTENT}/{}/{id}.md", KindId::Note.spec().folder);
    let mut translation = None;
    match place {
        Some((0, selector)) => head += &target(selector),
        Some((number, selector)) => {
            let lang = &graph.entity(article).editions[*number].input.lang;
            let content =
                format!("---\ntitle: {}\nsummary:\n{}---\n\n", yaml_words(&title(foreign)), target(selector));
            translation = Some(NewFile { path: translations::path_of(&path.as_str().into(), lang), content });
        }
        None if foreign.exact.is_empty() => {}
        None => {
            let is_there = |edition: &Edition| edition.prose().plain.contains(foreign.exact.trim());
            let words = first_words(&foreign.exact, 80);
            imported.remarks.push(match graph.entity(article).editions.iter().any(is_there) {
                true => {
                    format!("{path}: the article has “{words}”, but other words stand before or after it")
                }
                false => format!("{path}: the article does not contain “{words}”"),
            });
            let Foreign { exact, prefix, suffix, .. } = foreign;
            let (exact, prefix, suffix) = (exact.clone(), prefix.clone(), suffix.clone());
            for line in target(&Selector { exact, prefix, suffix }).lines() {
                head += &format!("# {line}\n");
            }
        }
    }
    let content = format!("{head}---\n\n{}\n", without_comments(foreign.text.trim()));
    imported.files.push(NewFile { path: path.into(), content });
    imported.files.extend(translation);
}

/// A text that was written where `%%` and an open `<!--` are words, not comments.
fn without_comments(text: &str) -> String {
    let text = text.replace("%%", "\\%\\%");
    let closed = text.rfind("-->").unwrap_or(0);
    let (closed, open) = text.split_at(closed);
    format!("{closed}{}", open.replace("<!--", "&lt;!\\-\\-"))
}

/// Words in double quotes, valid in YAML and JSON.
fn quoted(words: &str) -> String {
    Value::from(words).to_string()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn both_models_are_read() {
        let hypothesis = json!({
            "id": "abc", "uri": "https://example.org/", "user": "acct:ann@hypothes.is", "created": "2026-11-20T10:00:00Z",
            "text": "Is this so?", "tags": ["doubt"],
            "target": [{"source": "https://example.org/", "selector": [
                {"type": "RangeSelector"}, {"type": "TextQuoteSelector", "exact": "ten", "prefix": "at least ", "suffix": ", H"}]}],
        });
        let foreign = read(&hypothesis);
        assert_eq!(foreign.address.as_deref(), Some("https://hypothes.is/a/abc"));
        assert_eq!((foreign.exact.as_str(), foreign.prefix.as_str()), ("ten", "at least "));
        assert_eq!(
            (foreign.text.as_str(), foreign.created.as_deref()),
            ("Is this so?", Some("2026-11-20T10:00:00Z"))
        );
        let w3c = json!({
            "id": "https://example.org/a#1", "motivation": "questioning",
            "body": [{"type": "TextualBody", "value": "Is this so?"}, {"type": "TextualBody", "value": "doubt", "purpose": "tagging"}],
            "target": {"selector": {"type": "CssSelector", "value": "p", "refinedBy": {"type": "TextQuoteSelector", "exact": "ten"}}},
        });
        let foreign = read(&w3c);
        assert_eq!((foreign.exact.as_str(), foreign.text.as_str()), ("ten", "Is this so?"));
        assert_eq!(
            (foreign.tags, foreign.motivation.as_deref()),
            (vec!["doubt".to_owned()], Some("questioning"))
        );
    }
}
