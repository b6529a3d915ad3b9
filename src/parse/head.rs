//! Front matter: YAML between `---`, or TOML between `+++`, into the structs of `kinds`.

use std::borrow::Cow;

use serde::Deserialize;

use super::comments;
use crate::base::diagnostic::Diagnostic;
use crate::base::hash::Fingerprint;
use crate::base::path::InputPath;
use crate::base::span::{Span, Spanned};
use crate::data::de::fields_of;
use crate::data::decode::{Document, decode};
use crate::data::reading::Syntax;
use crate::data::{self, Key, Node, Value};
use crate::kinds::{Common, Data, Image, KindId, LegPath, Target};
use crate::load::Input;

/// A file's front matter.
#[derive(Clone, Debug)]
pub struct Head {
    /// The keys of every kind.
    pub(crate) common: Common,
    /// The keys of its own kind; `None` in a translation, because the original has the facts.
    pub(crate) data: Option<Data>,
    /// In a translation, the fingerprint of the original's [wording](super::Parsed::wording) that it was made
    /// from.
    pub(crate) translated_from: Option<Spanned<String>>,
    /// Between the fences: where a key can be added. Empty, at the start, if there is no front matter.
    pub span: Span,
    /// Whether it is TOML.
    pub toml: bool,
    /// The hash of the front matter's text.
    pub hash: Fingerprint,
}

impl Head {
    /// The files that it names, as written: a picture, the copy of a source, the paths of legs.
    pub(crate) fn files(&self) -> impl Iterator<Item = &Spanned<String>> {
        let image = self.common.image.as_ref().and_then(|image| image.src.as_ref());
        let (copy, legs) = match &self.data {
            Some(Data::Source(source)) => (source.file.as_ref(), &[][..]),
            Some(Data::Route(route)) => (None, route.legs.as_slice()),
            _ => (None, &[][..]),
        };
        let paths = legs.iter().filter_map(|leg| match &leg.path {
            Some(LegPath::File(file)) => Some(file),
            _ => None,
        });
        image.into_iter().chain(copy).chain(paths)
    }
}

/// The keys of a picture in a translation: only words.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ImageWords {
    #[serde(default)]
    alt: Option<String>,
    #[serde(default)]
    caption: Option<String>,
}

/// The keys of a translation: only words.
#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Translation {
    title: Option<Spanned<String>>,
    summary: Option<Spanned<String>>,
    aliases: Vec<Spanned<String>>,
    image: Option<ImageWords>,
    targets: Vec<Target>,
    translated_from: Option<Spanned<String>>,
}

/// Parses the front matter of `input`, which contains `text`; also returns where the body starts.
pub fn parse(
    input: &Input,
    text: &str,
    is_original: bool,
    diagnostics: &mut Vec<Diagnostic>,
) -> (Head, usize) {
    let path = &input.path;
    let before = diagnostics.len();
    let fenced = fenced(text, path, diagnostics);
    let entries = match fenced.fence {
        None => Vec::new(),
        Some(fence) => read(text, fenced.span, fence, path, diagnostics),
    };
    let is_readable = diagnostics.len() == before;
    let has_value =
        |(key, node): &(Key, Node)| (!matches!(node.value, Value::Null)).then(|| key.name.clone());
    let given: Vec<Box<str>> = entries.iter().filter_map(has_value).collect();
    let table = |entries| Node { span: fenced.span, value: Value::Table(entries) };
    let syntax = if fenced.fence == Some(Fence::Toml) { Syntax::Toml } else { Syntax::Yaml };
    let source = Document { path, text, syntax };
    let (common, data, translated_from) = match is_original {
        true => original(input.kind, &source, entries, table, diagnostics),
        false => translation(&source, entries, table, diagnostics),
    };
    let head = Head {
        common,
        data,
        translated_from,
        span: fenced.span,
        toml: fenced.fence == Some(Fence::Toml),
        hash: Fingerprint::of(text[fenced.span.range()].as_bytes()),
    };
    if is_readable {
        let fence = fenced.fence.map(|_| Span::new(fenced.start, fenced.start + 3));
        demand(&head, input, is_original, &given, fence, diagnostics);
    }
    (head, fenced.body)
}

#[derive(Copy, Clone, Eq, PartialEq)]
enum Fence {
    Yaml,
    Toml,
}

impl Fence {
    fn line(self) -> &'static str {
        match self {
            Fence::Yaml => "---",
            Fence::Toml => "+++",
        }
    }
}

struct Fenced {
    fence: Option<Fence>,
    /// The start of the text, after a byte order mark.
    start: usize,
    span: Span,
    body: usize,
}

/// Finds the fences.
fn fenced(text: &str, path: &InputPath, diagnostics: &mut Vec<Diagnostic>) -> Fenced {
    let start = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    let none = Fenced { fence: None, start, span: Span::empty(start), body: start };
    let mut lines = text[start..].split_inclusive('\n');
    let Some(first) = lines.next() else { return none };
    let fence = match first.trim_end() {
        "---" => Fence::Yaml,
        "+++" => Fence::Toml,
        _ => return none,
    };
    let inner = start + first.len();
    let mut at = inner;
    for line in lines {
        // YAML also ends a document with three dots, which pandoc writes.
        let ends = line.trim_end() == fence.line() || (fence == Fence::Yaml && line.trim_end() == "...");
        if ends {
            return Fenced { fence: Some(fence), start, span: Span::new(inner, at), body: at + line.len() };
        }
        at += line.len();
    }
    diagnostics.push(
        Diagnostic::error(data::INVALID_SYNTAX.name, "the front matter is not closed")
            .at(path, Span::new(start, start + fence.line().len()), "opened here")
            .help(format!("add a line `{}` after the last key", fence.line())),
    );
    Fenced { fence: None, start, span: Span::empty(start), body: text.len() }
}

/// Parses the keys and values between the fences.
fn read(
    text: &str,
    span: Span,
    fence: Fence,
    path: &InputPath,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<(Key, Node)> {
    let inner = &text[span.range()];
    let parsed = match fence {
        Fence::Yaml => data::yaml::parse(inner),
        Fence::Toml => data::toml::parse(inner),
    };
    match parsed {
        Ok(mut node) => {
            shift(&mut node, span.start as usize);
            take_out_comments(&mut node, path, diagnostics);
            match node.value {
                Value::Null => Vec::new(),
                Value::Table(entries) => entries,
                _ => {
                    let message = format!("the front matter is {}, not a table of keys", node.describe());
                    let diagnostic =
                        Diagnostic::error(data::WRONG_TYPE.name, message).at(path, node.span, "");
                    diagnostics.push(diagnostic.help("write a key, a colon and a value on each line"));
                    Vec::new()
                }
            }
        }
        Err(error) => {
            let at = error.span.shifted(span.start as usize);
            diagnostics.push(Diagnostic::error(data::INVALID_SYNTAX.name, error.message).at(path, at, ""));
            Vec::new()
        }
    }
}

/// Converts spans within the front matter to spans within the file.
fn shift(node: &mut Node, by: usize) {
    node.span = node.span.shifted(by);
    match &mut node.value {
        Value::Null | Value::Scalar(_) => {}
        Value::List(items) => items.iter_mut().for_each(|item| shift(item, by)),
        Value::Table(entries) => {
            for (key, value) in entries {
                key.span = key.span.shifted(by);
                shift(value, by);
            }
        }
    }
}

/// Takes [comments] out of every value: they stay private in a summary as in a text.
fn take_out_comments(node: &mut Node, path: &InputPath, diagnostics: &mut Vec<Diagnostic>) {
    match &mut node.value {
        Value::Null => {}
        Value::Scalar(text) => {
            let (clean, doubt) = comments::without(text);
            if let Cow::Owned(clean) = clean {
                *text = clean.into();
            }
            diagnostics.extend(doubt.map(|doubt| doubt.map(|()| node.span).diagnostic(path)));
        }
        Value::List(items) => {
            items.iter_mut().for_each(|item| take_out_comments(item, path, diagnostics));
        }
        Value::Table(entries) => {
            entries.iter_mut().for_each(|(_, value)| take_out_comments(value, path, diagnostics));
        }
    }
}

/// The front matter of an original: the keys of every kind go to [`Common`], the rest to its kind.
fn original(
    kind: KindId,
    source: &Document<'_>,
    entries: Vec<(Key, Node)>,
    table: impl Fn(Vec<(Key, Node)>) -> Node,
    diagnostics: &mut Vec<Diagnostic>,
) -> (Common, Option<Data>, Option<Spanned<String>>) {
    let common_keys = fields_of::<Common>();
    let (common, own): (Vec<_>, Vec<_>) =
        entries.into_iter().partition(|(key, _)| common_keys.contains(&&*key.name));
    let common = decode(table(common), source, &[], diagnostics);
    let data = kind.decode(table(own), source, common_keys, diagnostics);
    (common, Some(data), None)
}

/// The front matter of a translation.
fn translation(
    source: &Document<'_>,
    mut entries: Vec<(Key, Node)>,
    table: impl Fn(Vec<(Key, Node)>) -> Node,
    diagnostics: &mut Vec<Diagnostic>,
) -> (Common, Option<Data>, Option<Spanned<String>>) {
    let allowed = fields_of::<Translation>();
    let is_fact = |name: &str| KindId::ALL.iter().any(|kind| kind.keys().any(|key| key.name == name));
    entries.retain(|(key, _)| {
        let name = &*key.name;
        let misplaced = !allowed.contains(&name) && is_fact(name);
        if misplaced {
            let message = format!("`{name}` is a fact, and facts belong in the original's file only");
            diagnostics.push(
                Diagnostic::error(data::UNKNOWN_KEY.name, message)
                    .at(source.path, key.span, "not in a translation")
                    .help(format!("remove it here; in the original, write words by language as `{name}: {{id: …, en: …}}`")),
            );
        }
        !misplaced
    });
    let words: Translation = decode(table(entries), source, &[], diagnostics);
    let common = Common {
        title: words.title,
        summary: words.summary,
        aliases: words.aliases,
        image: words.image.map(|ImageWords { alt, caption }| Image { src: None, alt, caption, credit: None }),
        targets: words.targets,
        ..Common::default()
    };
    (common, None, words.translated_from)
}

/// Reports missing keys that every file must have. A key with an invalid value is not missing.
fn demand(
    head: &Head,
    input: &Input,
    is_original: bool,
    given: &[Box<str>],
    fence: Option<Span>,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let (span, label) = match fence {
        Some(fence) => (fence, "not in this front matter"),
        None => (Span::empty(0), "this file has no front matter"),
    };
    let mut missing = |key: &str, sample: &str| {
        diagnostics.push(
            Diagnostic::error(data::MISSING_FIELD.name, format!("`{key}` is missing"))
                .at(&input.path, span, label)
                .help(format!("add a line `{key}: {sample}`")),
        );
    };
    let is_given = |key: &str| given.iter().any(|given| **given == *key);
    let is_blank = head.common.title.as_ref().is_some_and(|title| title.trim().is_empty());
    if is_blank || !is_given("title") {
        missing("title", "what it is called");
    }
    if is_original && input.kind.needs_date() && !is_given("date") {
        missing("date", "2023-10-13");
    }
}

/// The findings in the front matter of an original of a kind, between its fences.
#[cfg(test)]
pub(crate) fn findings(kind: KindId, front: &str) -> Vec<Diagnostic> {
    use crate::base::id::{EntityId, Lang};
    let text = format!("---\n{front}\n---\n");
    let input = Input {
        path: format!("content/{}/x.md", kind.spec().folder).into(),
        kind,
        id: EntityId::new("x"),
        lang: Lang::parse("en").expect("a language tag"),
        hash: Fingerprint::of(text.as_bytes()),
    };
    let mut found = Vec::new();
    parse(&input, &text, true, &mut found);
    found
}
