//! Annotations from Hypothesis, or from any program that writes the W3C's model, → notes.

use std::collections::{BTreeMap, BTreeSet};

use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};
use serde_json::Value;

use super::brought::{At, Brought, Fact, Item, Remark, reference};
use super::{comment, door, first_words, privacy};
use crate::base::id::Lang;
use crate::data::reading::date;
use crate::data::write::{Given, Place, Syntax};
use crate::ide::{Refusal, annotate};
use crate::kinds::{KindId, words as kinds};
use crate::link::anchor::{Anchoring, Haystack, Quote, Selector};
use crate::link::{EntityIx, Graph, Shown};

/// The maximum length of a title made from a text, in characters.
const LONGEST_TITLE: usize = 60;

/// What is asked of an import of annotations.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Asked<'a> {
    /// The annotated article.
    pub article: Option<&'a str>,
    /// Whether private annotations come along, as drafts.
    pub private: bool,
}

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
    is_private: bool,
    at: At,
}

/// The notes for the annotations in a JSON file: an export of Hypothesis, a response of its API, or an annotation, a
/// collection, a page or a list of W3C annotations; `None` if it is none of these.
///
/// # Errors
/// If there is no article that they could be of, or there are too many.
pub(super) fn of_json(
    name: &str,
    value: &Value,
    graph: &Graph,
    asked: Asked<'_>,
) -> Result<Option<Brought>, Refusal> {
    let Some(all) = items(value).filter(|all| all.iter().any(is_annotation)) else { return Ok(None) };
    if let Some(refusal) = door::too_many(all.len()) {
        return Err(refusal);
    }
    let article = annotate::article(graph, asked.article)?;
    let mut brought = Brought { name: name.to_owned(), what: "annotations", ..Brought::default() };
    brought.remarks.extend(incomplete(value, all.len()));
    // Of several with one address, the first.
    let addresses = graph.entities.iter().rev().flat_map(|entity| {
        entity
            .common()
            .same_as
            .iter()
            .map(move |url| (url.as_str().to_owned(), entity.id.as_str().to_owned()))
    });
    let known: BTreeMap<String, String> = addresses.collect();
    let is_published = |id: &str| {
        let note = known.get(&hypothesis_address(id)).and_then(|note| graph.by_id(note));
        note.is_some_and(|ix| !graph.entity(ix).common().draft)
    };
    let privacy = privacy::of_all(all, is_published);
    brought.remarks.extend(privacy::remark(&privacy, asked.private));
    let page = annotated_page(all);
    let ids: BTreeSet<String> = all.iter().filter_map(|item| words(item.get("id"))).collect();
    let mut elsewhere = 0;
    let mut notes: Vec<Foreign> = Vec::new();
    let mut seen = BTreeSet::new();
    for (number, (item, privacy)) in all.iter().zip(privacy).enumerate() {
        let at = At { item: Some(number + 1), ..At::default() };
        let foreign = Foreign { is_private: privacy.is_some(), at, ..read(item, &ids) };
        if foreign.is_private && !asked.private {
            continue;
        }
        if foreign.page.is_some() && foreign.page.as_deref().map(normal) != page {
            elsewhere += 1;
            continue;
        }
        let why = match () {
            () if foreign.text.trim().is_empty() && foreign.exact.trim().is_empty() => "it says nothing",
            () if !foreign.address.as_ref().is_none_or(|address| seen.insert(address.clone())) => {
                "it is in the file twice"
            }
            () => {
                notes.push(foreign);
                continue;
            }
        };
        brought.remarks.push(Remark::left_out(called(&foreign), why, &foreign.at));
    }
    if let (Some(page), 1..) = (&page, elsewhere) {
        let these =
            if elsewhere == 1 { "1 annotation".to_owned() } else { format!("{elsewhere} annotations") };
        let why = format!("not of {page}, but of other pages");
        brought.remarks.push(Remark::left_out(these, why, &At::default()));
    }
    let there: BTreeSet<String> = notes.iter().filter_map(|note| note.address.clone()).collect();
    let places = places(graph, article, &notes);
    for (foreign, place) in notes.iter().zip(places) {
        let parent = foreign.parent.as_ref().and_then(|address| match there.contains(address) {
            true => Some(reference(address)),
            false => known.get(address).map(|id| Given::Words(id.clone())),
        });
        let note = Note { graph, article, foreign, parent, place };
        brought.items.push(note.item(&mut brought.remarks));
    }
    Ok(Some(brought))
}

/// What says that there are more of them elsewhere.
fn incomplete(value: &Value, there: usize) -> Option<Remark> {
    let page = value.get("first").filter(|first| first.is_object()).unwrap_or(value);
    let total = value.get("total").and_then(Value::as_u64).unwrap_or_default();
    let has_more = total > there as u64
        || words(page.get("next")).is_some()
        || page.get("next").is_some_and(Value::is_object);
    let of = if total > there as u64 {
        format!("{there} of {total} annotations")
    } else {
        format!("{there} annotations")
    };
    has_more
        .then(|| Remark::doubtful(of, "there are more; get the rest and import them, too", &At::default()))
}

/// The page that most of these annotate. An account's export has annotations of every page that it read.
fn annotated_page(all: &[Value]) -> Option<String> {
    let mut pages: BTreeMap<String, usize> = BTreeMap::new();
    let ids: BTreeSet<String> = all.iter().filter_map(|item| words(item.get("id"))).collect();
    for page in all.iter().filter_map(|item| page_of(item, &ids)) {
        *pages.entry(normal(&page)).or_default() += 1;
    }
    // Of several, the first in the alphabet, so that the same file always gives the same notes.
    pages.into_iter().rev().max_by_key(|(_, count)| *count).map(|(page, _)| page)
}

/// The address of the page that an annotation is of. What a reply is of may be another annotation.
fn page_of(item: &Value, ids: &BTreeSet<String>) -> Option<String> {
    let target = one_or_many(item.get("target")).next();
    let source = || target.and_then(|target| words(Some(target)).or_else(|| words(target.get("source"))));
    let page = words(item.get("uri")).or_else(source).filter(|page| !ids.contains(page))?;
    page.starts_with("http").then_some(page)
}

/// An address without what differs between visits of one page.
fn normal(address: &str) -> String {
    let address = address.split(['#', '?']).next().unwrap_or_default();
    let address = address.strip_prefix("https://via.hypothes.is/").unwrap_or(address);
    let address = address.strip_prefix("https://").or(address.strip_prefix("http://")).unwrap_or(address);
    let address = address.strip_prefix("www.").unwrap_or(address);
    address.trim_end_matches("index.html").trim_end_matches('/').to_owned()
}

/// The annotations in any of these formats.
fn items(value: &Value) -> Option<&[Value]> {
    let below = |key: &str| value.get(key).and_then(Value::as_array).map(Vec::as_slice);
    let list = value.as_array().map(Vec::as_slice).or_else(|| below("rows")).or_else(|| below("annotations"));
    list.or_else(|| below("items"))
        .or_else(|| value.get("first").and_then(items))
        .or_else(|| is_annotation(value).then_some(std::slice::from_ref(value)))
}

fn is_annotation(item: &Value) -> bool {
    let has = |key: &str| item.get(key).is_some();
    let is_called = words(item.get("type")).is_some_and(|sort| sort.ends_with("Annotation"));
    has("uri") && (has("text") || has("target"))
        || has("target") && (is_called || has("body") || has("bodyValue") || has("motivation"))
}

fn words(value: Option<&Value>) -> Option<String> {
    value.and_then(Value::as_str).map(str::to_owned).filter(|words| !words.trim().is_empty())
}

fn read(item: &Value, ids: &BTreeSet<String>) -> Foreign {
    let mut foreign = Foreign {
        text: words(item.get("text")).or_else(|| words(item.get("bodyValue"))).unwrap_or_default(),
        motivation: words(item.get("motivation")),
        created: words(item.get("created")),
        author: words(item.get("user"))
            .or_else(|| words(item.get("creator")))
            .or_else(|| words(item.get("creator").and_then(|creator| creator.get("name")))),
        page: page_of(item, ids),
        parent: privacy::parent(item).map(hypothesis_address).or_else(|| {
            let targets = one_or_many(item.get("target"));
            let mut sources =
                targets.filter_map(|target| words(Some(target)).or_else(|| words(target.get("source"))));
            sources.find(|source| ids.contains(source))
        }),
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
    if foreign.text.trim().is_empty() && !foreign.exact.is_empty() {
        foreign.motivation.get_or_insert_with(|| "highlighting".to_owned());
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

fn called(foreign: &Foreign) -> String {
    foreign.address.clone().unwrap_or_else(|| title(foreign))
}

fn title(foreign: &Foreign) -> String {
    let bare = |line: &str| first_words(line.trim_start_matches(['#', '>', '*', '-', ' ']), LONGEST_TITLE);
    let mut lines = foreign.text.lines().chain(foreign.exact.lines()).map(bare);
    let title = lines.find(|words| !words.is_empty()).unwrap_or_else(|| "Annotation".to_owned());
    // These would begin a private comment, and a title has no escapes.
    title.replace("%%", "%").replace("<!--", "")
}

/// For each annotation, where its words are: the number of the edition, and their selector.
fn places(graph: &Graph, article: EntityIx, notes: &[Foreign]) -> Vec<Option<(usize, Selector)>> {
    fn quote(foreign: &Foreign) -> Quote<'_> {
        Quote { exact: &foreign.exact, prefix: &foreign.prefix, suffix: &foreign.suffix }
    }
    let quotes: Vec<Quote<'_>> = notes.iter().map(quote).collect();
    let mut places = vec![None; quotes.len()];
    for (number, edition) in graph.entity(article).editions.iter().enumerate() {
        let shown = Shown::of(graph, edition);
        let haystack = Haystack::new(shown.text()).in_language(edition.input.lang.as_str());
        let missing: Vec<usize> = (0..quotes.len()).filter(|at| places[*at].is_none()).collect();
        let wanted: Vec<Quote<'_>> = missing.iter().map(|at| quotes[*at]).collect();
        for (at, anchoring) in missing.into_iter().zip(haystack.anchor_all(&wanted)) {
            if let Anchoring::Anchored(range) | Anchoring::Moved(range, _) = anchoring {
                places[at] = haystack.reselect(&range, &quotes[at]).map(|selector| (number, selector));
            }
        }
    }
    places
}

/// An annotation that becomes a note.
struct Note<'a> {
    graph: &'a Graph,
    article: EntityIx,
    foreign: &'a Foreign,
    /// The note that it answers.
    parent: Option<Given>,
    /// Where the words are: the number of the edition, and their selector.
    place: Option<(usize, Selector)>,
}

impl Note<'_> {
    fn item(self, remarks: &mut Vec<Remark>) -> Item {
        let Note { graph, article, foreign, .. } = self;
        let title = title(foreign);
        let mut note = Item::titled(KindId::Note, &title, foreign.at.clone());
        note.key = format!("note {}", called(foreign));
        note.called = foreign.address.iter().cloned().collect();
        note.text = without_comments(foreign.text.trim());
        let mut add = |key: &'static str, value: Option<Given>| {
            note.facts.extend(value.map(|value| Fact { key, value, at: foreign.at.clone() }));
        };
        add("draft", foreign.is_private.then(|| Given::Bare("true".to_owned())));
        let motivation = foreign.motivation.as_deref().map(|word| word.trim_start_matches("oa:"));
        let is_known = |word: &&str| kinds::rank("motivation", word).is_some();
        let motivation = motivation.filter(is_known).unwrap_or("commenting");
        add("motivation", Some(Given::Words(motivation.to_owned())));
        let mut comments: Vec<String> = Vec::new();
        if let Some(created) = &foreign.created {
            match date::read(created).as_slice() {
                [day] => add("date", Some(Given::Bare(day.to_string()))),
                _ => comments.push(format!("created: {created}")),
            }
        }
        add("same_as", foreign.address.clone().map(|address| Given::List(vec![Given::Words(address)])));
        match (self.parent, &foreign.parent) {
            (Some(parent), _) => add("about", Some(Given::List(vec![parent]))),
            (None, Some(address)) => comments.push(format!("reply to: {address}")),
            (None, None) => {}
        }
        comments.extend(foreign.author.as_ref().map(|author| format!("written by: {author}")));
        if !foreign.tags.is_empty() {
            comments.push(format!("tags: {}", foreign.tags.join(", ")));
        }
        let editions = &graph.entity(article).editions;
        let id = graph.entity(article).id.as_str();
        match self.place {
            Some((0, selector)) => add("targets", Some(target(id, &selector))),
            Some((number, selector)) => {
                let lang: &Lang = &editions[number].input.lang;
                let facts = [("title", Given::Words(title)), ("targets", target(id, &selector))];
                let fact = |(key, value)| (lang.clone(), Fact { key, value, at: foreign.at.clone() });
                note.words = facts.into_iter().map(fact).collect();
            }
            None if foreign.exact.is_empty() => {}
            None => {
                let is_there =
                    editions.iter().any(|edition| edition.prose().plain.contains(foreign.exact.trim()));
                let why = match is_there {
                    true => {
                        "the article has these words, but other words before or after them; the note keeps them as a comment"
                    }
                    false => "the article does not contain these words; the note keeps them as a comment",
                };
                remarks.push(Remark::doubtful(first_words(&foreign.exact, 80), why, &foreign.at));
                let Foreign { exact, prefix, suffix, .. } = foreign;
                let (exact, prefix, suffix) = (exact.clone(), prefix.clone(), suffix.clone());
                let lost = target(id, &Selector { exact, prefix, suffix });
                comments.push(format!("targets: {}", Syntax::Yaml.written(&lost, Place::Line)));
            }
        }
        note.comments = comments.iter().map(|line| format!("# {}\n", comment(line))).collect();
        note
    }
}

/// A target in an article.
fn target(article: &str, selector: &Selector) -> Given {
    let parts = [
        ("source", article),
        ("exact", &selector.exact),
        ("prefix", &selector.prefix),
        ("suffix", &selector.suffix),
    ];
    let said = parts.into_iter().filter(|(_, words)| !words.is_empty());
    let entry = |(key, words): (&str, &str)| (key.to_owned(), Given::Words(words.to_owned()));
    Given::List(vec![Given::Table(said.map(entry).collect())])
}

/// A text that was written where `%%` and an open `<!--` are words, not comments.
fn without_comments(text: &str) -> String {
    let text = text.replace("%%", "\\%\\%");
    let closed = text.rfind("-->").unwrap_or(0);
    let (closed, open) = text.split_at(closed);
    format!("{closed}{}", open.replace("<!--", "&lt;!\\-\\-"))
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
        let none = BTreeSet::new();
        let foreign = read(&hypothesis, &none);
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
        let foreign = read(&w3c, &none);
        assert_eq!((foreign.exact.as_str(), foreign.text.as_str()), ("ten", "Is this so?"));
        assert_eq!(
            (foreign.tags, foreign.motivation.as_deref()),
            (vec!["doubt".to_owned()], Some("questioning"))
        );
    }
}
