//! Front matter: YAML between `---`, or TOML between `+++`, into the structs of `kinds`.

use std::borrow::Cow;

use serde::Deserialize;

use super::comments;
use super::fence::{self, Fence, Fenced};
use super::prose::Heading;
use crate::base::diagnostic::Diagnostic;
use crate::base::hash::Fingerprint;
use crate::base::near::nearest;
use crate::base::path::InputPath;
use crate::base::span::{Span, Spanned};
use crate::data::de::fields_of;
use crate::data::decode::{Document, decode};
use crate::data::reading::Syntax;
use crate::data::repair::{self, Known, Mistakes, Repair, Slip};
use crate::data::yaml::SyntaxError;
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
    /// The front matter as written, if it does not parse. What is then known of it are the entries that can be read.
    pub(crate) unread: Option<Box<str>>,
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

/// Front matter as it was read.
pub(super) struct FrontMatter {
    pub head: Head,
    /// Where the body starts.
    pub body: usize,
    /// Its keys, each with the span of its value, and whether it has one.
    keys: Vec<(Box<str>, Span, Span, bool)>,
    /// The line that opens it.
    opening: Option<Span>,
}

/// Parses the front matter of `input`, which contains `text`.
pub(super) fn parse(
    input: &Input,
    text: &str,
    is_original: bool,
    diagnostics: &mut Vec<Diagnostic>,
) -> FrontMatter {
    let path = &input.path;
    let keys = known_keys(input.kind, is_original);
    let mistakes = |node: &Node, source: &Document<'_>| mistakes(input.kind, is_original, node, source);
    let known = Known { path, keys: &keys, mistakes: &mistakes };
    let read = read(text, &known, path, diagnostics);
    let Read { fenced, mut entries, unread } = read;
    if unread.is_none() {
        entries = words_of_nothing(entries, text, path, diagnostics);
    }
    let span = fenced.as_ref().map_or(Span::empty(fence::after_mark(text)), |fenced| fenced.span);
    let toml = fenced.as_ref().is_some_and(|fenced| fenced.fence == Fence::Toml);
    let source = Document { path, text, syntax: if toml { Syntax::Toml } else { Syntax::Yaml } };
    let mut found = Vec::new();
    let mut decoded = decode_entries(input.kind, &source, is_original, entries.clone(), span, &mut found);
    let readable = fenced.as_ref().filter(|_| unread.is_none());
    if let Some((meant, finding)) = readable.and_then(|fenced| misread(text, fenced, &known, path, &found)) {
        found.clear();
        decoded = decode_entries(input.kind, &source, is_original, meant.clone(), span, &mut found);
        entries = meant;
        diagnostics.push(finding);
    }
    let has_value = |node: &Node| !matches!(node.value, Value::Null);
    let keys = entries.iter().map(|(key, node)| (key.name.clone(), key.span, node.span, has_value(node)));
    let keys: Vec<_> = keys.collect();
    // What is said of a file that does not parse is the slip alone.
    if unread.is_none() {
        diagnostics.append(&mut found);
    }
    let (common, data, translated_from) = decoded;
    let head = Head {
        common,
        data,
        translated_from,
        span,
        toml,
        hash: Fingerprint::of(text[span.range()].as_bytes()),
        unread,
    };
    let body = fenced.as_ref().map_or(span.range().start, |fenced| fenced.body);
    FrontMatter { head, body, keys, opening: fenced.map(|fenced| fenced.opening) }
}

/// The keys that a file may have at the top level.
fn known_keys(kind: KindId, is_original: bool) -> Vec<&'static str> {
    let of_kind = kind.keys().map(|key| key.name);
    let of_translation = fields_of::<Translation>().iter().copied();
    if is_original { of_kind.collect() } else { of_translation.chain(of_kind).collect() }
}

/// Counts the mistakes in a table of front matter.
fn mistakes(kind: KindId, is_original: bool, node: &Node, source: &Document<'_>) -> Mistakes {
    let Value::Table(entries) = &node.value else { return Mistakes::default() };
    let mut found = Vec::new();
    decode_entries(kind, source, is_original, entries.clone(), node.span, &mut found);
    let of_shape = |code| code == data::WRONG_TYPE.name || code == data::UNKNOWN_KEY.name;
    Mistakes { shape: found.iter().filter(|found| of_shape(found.code)).count(), all: found.len() }
}

/// Decodes the keys and values of front matter.
fn decode_entries(
    kind: KindId,
    source: &Document<'_>,
    is_original: bool,
    entries: Vec<(Key, Node)>,
    span: Span,
    diagnostics: &mut Vec<Diagnostic>,
) -> (Common, Option<Data>, Option<Spanned<String>>) {
    let table = |entries| Node { span, value: Value::Table(entries) };
    match is_original {
        true => original(kind, source, entries, table, diagnostics),
        false => translation(source, entries, table, diagnostics),
    }
}

/// What was read of a text.
struct Read {
    fenced: Option<Fenced>,
    entries: Vec<(Key, Node)>,
    /// The front matter as written, if it does not parse.
    unread: Option<Box<str>>,
}

/// Reads the keys and values of a text, or what can be read of them.
fn read(text: &str, known: &Known<'_>, path: &InputPath, diagnostics: &mut Vec<Diagnostic>) -> Read {
    let found = fence::find(text);
    let error = match &found {
        Some(fenced) => match parsed(text, fenced) {
            Ok(mut node) => {
                take_out_comments(&mut node);
                match node.value {
                    Value::Null => return Read { fenced: found, entries: Vec::new(), unread: None },
                    Value::Table(entries) => return Read { fenced: found, entries, unread: None },
                    _ => Some((
                        format!("the front matter is {}, not a table of keys", node.describe()),
                        node.span,
                    )),
                }
            }
            Err(error) => Some((error.message, error.span.shifted(fenced.span.start as usize))),
        },
        None => None,
    };
    let guesses = found.into_iter().chain(fence::guesses(text, known.keys));
    let mut best: Option<(Fenced, Repair)> = None;
    for fenced in guesses {
        let mut repair = repaired(text, &fenced, known);
        let has_key = repair.entries.iter().any(|(key, _)| known.keys.contains(&&*key.name));
        match fixed(text, &fenced, &repair).filter(|_| has_key) {
            Some(entries) => {
                repair.entries = entries;
                best = Some((fenced, repair));
                break;
            }
            // Fences as they should be enclose front matter, whatever it is.
            None if fenced.slips.is_empty() => best = Some((fenced, repair)),
            None => {}
        }
    }
    let Some((fenced, mut repair)) = best else {
        let opening = fence::opening(text);
        if let Some((fence, span)) = opening {
            let slip = Slip {
                span,
                wrong: "the front matter is not closed".into(),
                cure: format!("write `{}` below the last key", fence.line()),
                edits: None,
                choices: Vec::new(),
            };
            diagnostics.push(repair::finding(path, &slip, data::INVALID_SYNTAX.name));
            let fenced = Fenced {
                fence,
                opening: span,
                span: Span::empty(span.start as usize),
                body: text.len(),
                slips: Vec::new(),
            };
            return Read { fenced: Some(fenced), entries: Vec::new(), unread: Some(text.into()) };
        }
        return Read { fenced: None, entries: Vec::new(), unread: None };
    };
    let slip = summary_of(text, &fenced, &repair, error);
    let code = match repair.slips.is_empty() && fenced.slips.is_empty() {
        true => data::WRONG_TYPE.name,
        false => data::INVALID_SYNTAX.name,
    };
    diagnostics.push(repair::finding(path, &slip, code));
    for (_, node) in &mut repair.entries {
        take_out_comments(node);
    }
    let unread = Some(text[fenced.span.range()].into());
    Read { fenced: Some(fenced), entries: repair.entries, unread }
}

/// Parses what is between the fences. Spans are those of the text.
fn parsed(text: &str, fenced: &Fenced) -> Result<Node, SyntaxError> {
    let inner = &text[fenced.span.range()];
    let mut node = match fenced.fence {
        Fence::Yaml => data::yaml::parse(inner),
        Fence::Toml => data::toml::parse(inner),
    }?;
    node.shift(fenced.span.start as usize);
    Ok(node)
}

/// Reads what is between the fences slip by slip. Spans are those of the text.
fn repaired(text: &str, fenced: &Fenced, known: &Known<'_>) -> Repair {
    let inner = &text[fenced.span.range()];
    let repair = match fenced.fence {
        Fence::Yaml => repair::yaml::repair(inner, known),
        Fence::Toml => repair::toml::repair(inner, known),
    };
    repair.shifted(fenced.span.start as usize)
}

/// The front matter after the edits of a repair, with the spans of the text as it is; `None` unless it then parses.
fn fixed(text: &str, fenced: &Fenced, repair: &Repair) -> Option<Vec<(Key, Node)>> {
    let mut edits = repair.edits()?;
    edits.sort_by_key(|(span, _)| *span);
    let inner = repair::edited(text, fenced.span, &edits);
    let mut node = parsed(&inner, &Fenced { span: Span::new(0, inner.len()), ..fenced.clone() }).ok()?;
    node.shift(fenced.span.start as usize);
    repair::map_back(&mut node, &edits);
    match node.value {
        Value::Table(entries) => Some(entries),
        _ => None,
    }
}

/// The one thing to say of front matter that does not parse: its first slip, and how to fix them all.
fn summary_of(text: &str, fenced: &Fenced, repair: &Repair, error: Option<(String, Span)>) -> Slip {
    let of_fence = fenced.slips.iter().map(|(wrong, cure, span, new)| Slip {
        span: *span,
        wrong: (*wrong).to_owned(),
        cure: cure.clone(),
        edits: Some(vec![(*span, new.clone())]),
        choices: Vec::new(),
    });
    let slips = of_fence.chain(repair.slips.iter().cloned()).collect();
    repair::summary(slips, fixed(text, fenced, repair).is_some(), || {
        let (wrong, span) = error.unwrap_or(("the front matter cannot be read".into(), fenced.span));
        let cure = "write on each line a key, a colon, a space and a value".into();
        Slip { span, wrong, cure, edits: None, choices: Vec::new() }
    })
}

/// What was meant where front matter parses and yet says something else, and the finding.
fn misread(
    text: &str,
    fenced: &Fenced,
    known: &Known<'_>,
    path: &InputPath,
    found: &[Diagnostic],
) -> Option<(Vec<(Key, Node)>, Diagnostic)> {
    let codes = [data::WRONG_TYPE.name, data::UNKNOWN_KEY.name];
    let is_wrong = found.iter().any(|found| codes.contains(&found.code));
    let inner = &text[fenced.span.range()];
    if fenced.fence != Fence::Yaml || !(is_wrong || repair::yaml::may_be_odd(inner)) {
        return None;
    }
    let repair = repaired(text, fenced, known);
    let mut entries = fixed(text, fenced, &repair).filter(|_| !repair.slips.is_empty())?;
    entries.iter_mut().for_each(|(_, node)| take_out_comments(node));
    let slip = summary_of(text, fenced, &repair, None);
    Some((entries, repair::finding(path, &slip, data::INVALID_SYNTAX.name)))
}

/// Reads `Null` as a word where nothing else can be meant: in a list.
fn words_of_nothing(
    mut entries: Vec<(Key, Node)>,
    text: &str,
    path: &InputPath,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<(Key, Node)> {
    for (_, node) in &mut entries {
        let Value::List(items) = &mut node.value else { continue };
        for item in items {
            let written = &text[item.span.range()];
            if matches!(item.value, Value::Null) && written.chars().any(char::is_alphabetic) {
                let message = format!("`{written}` means nothing in YAML");
                let quoted = format!("\"{written}\"");
                diagnostics.push(
                    Diagnostic::error(data::WRONG_TYPE.name, message)
                        .at(path, item.span, "not a word")
                        .help("put it in quotation marks if it is a word")
                        .fix("put it in quotation marks", path, item.span, quoted),
                );
                item.value = Value::Scalar(written.into());
            }
        }
    }
    entries
}

/// Takes [comments] out of every value: they stay private in a summary as in a text.
fn take_out_comments(node: &mut Node) {
    match &mut node.value {
        Value::Null => {}
        Value::Scalar(text) => {
            if let Cow::Owned(clean) = comments::without(text) {
                *text = clean.into();
            }
        }
        Value::List(items) => items.iter_mut().for_each(take_out_comments),
        Value::Table(entries) => entries.iter_mut().for_each(|(_, value)| take_out_comments(value)),
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

impl FrontMatter {
    /// Reports missing keys that every file must have. A key with an invalid value is not missing.
    pub(super) fn demand(
        &self,
        input: &Input,
        text: &str,
        is_original: bool,
        headings: &[Heading],
        diagnostics: &mut Vec<Diagnostic>,
    ) {
        if self.head.unread.is_some() {
            return;
        }
        let title = self.head.common.title.as_ref();
        let names: Vec<&str> = known_keys(input.kind, is_original);
        // The misspelt key has a finding of its own, and its fix gives what is missing.
        let is_misspelt = |name: &str| {
            let mut unknown = self.keys.iter().filter(|(key, ..)| !names.contains(&&**key));
            unknown
                .any(|(key, .., has_value)| *has_value && nearest(key, names.iter().copied()) == Some(name))
        };
        let given = |name: &str| self.keys.iter().find(|(key, ..)| **key == *name);
        let is_blank = title.is_some_and(|title| title.trim().is_empty());
        let has_title = given("title").is_some_and(|(.., has_value)| *has_value) || is_misspelt("title");
        if is_blank || !has_title {
            diagnostics.push(self.without_title(input, text, headings));
        }
        let has_date = given("date").is_some_and(|(.., has_value)| *has_value) || is_misspelt("date");
        if is_original && input.kind.needs_date() && !has_date {
            diagnostics.push(self.missing(input, "date").help("add a line `date: 2023-10-13`"));
        }
    }

    fn missing(&self, input: &Input, name: &str) -> Diagnostic {
        let (span, label) = match (self.keys.iter().find(|(key, ..)| **key == *name), self.opening) {
            (Some((_, key, value, _)), _) if value.is_empty() => (*key, "nothing follows it"),
            (Some((_, _, value, _)), _) => (*value, "this means nothing"),
            (None, Some(opening)) => (opening, "not in this front matter"),
            (None, None) => (Span::empty(0), "this file has no front matter"),
        };
        let message = format!("`{name}` is missing");
        Diagnostic::error(data::MISSING_FIELD.name, message).at(&input.path, span, label)
    }

    /// The finding for a missing title, with a title made from what the author wrote elsewhere.
    fn without_title(&self, input: &Input, text: &str, headings: &[Heading]) -> Diagnostic {
        let found = self.missing(input, "title");
        let path = &input.path;
        let newline = if text.contains("\r\n") { "\r\n" } else { "\n" };
        let given = self.keys.iter().find(|(key, ..)| &**key == "title");
        // What YAML takes for a comment or for nothing may be the title.
        if let Some((_, key, value, false)) = given {
            let written = text[value.range()].trim();
            if written.chars().any(char::is_alphabetic) {
                let title =
                    format!("`{written}` means nothing in YAML; a title of that word needs quotation marks");
                let quoted = repair::line::quoted(written);
                return found.help(title).fix("put the title in quotation marks", path, *value, quoted);
            }
            let end =
                text[key.range().end..].find(['\r', '\n']).map_or(text.len(), |at| key.range().end + at);
            let rest = &text[key.range().end..end];
            if let Some(at) = rest.find('#').filter(|at| rest[at + 1..].starts_with(char::is_alphanumeric)) {
                let start = key.range().end + at;
                let span = Span::new(start, start + rest[at..].trim_end().len());
                let help = "a text after ` #` is a comment in YAML; a title that begins with `#` needs quotation marks";
                let quoted = repair::line::quoted(&text[span.range()]);
                return found.help(help).fix("put the title in quotation marks", path, span, quoted);
            }
        }
        let heading = headings.iter().map(|heading| heading.text.trim()).find(|text| !text.is_empty());
        let (title, from) = match heading {
            Some(heading) => (heading.to_owned(), "its first heading"),
            None => (title_of_name(input.id.as_str()), "the file's name"),
        };
        if title.is_empty() {
            return found.help("add a line `title: what it is called`");
        }
        let (sign, title) = (if self.head.toml { " = " } else { ": " }, repair::line::quoted(&title));
        let fix = format!("take the title from {from}");
        let found = found.help(format!("add a line `title{sign}{title}`, after {from}"));
        match (given, self.opening) {
            (Some((_, _, value, _)), _) if !value.is_empty() => found.fix(fix, path, *value, title),
            (Some((_, key, ..)), _) => {
                let after = key.range().end;
                let at = text[after..].find([':', '=']).map_or(after, |at| after + at + 1);
                found.fix(fix, path, Span::empty(at), format!(" {title}"))
            }
            (None, Some(_)) => {
                let span = Span::empty(self.head.span.range().start);
                found.fix(fix, path, span, format!("title{sign}{title}{newline}"))
            }
            (None, None) => {
                let front = format!("---{newline}title: {title}{newline}---{newline}{newline}");
                found.fix(fix, path, Span::empty(self.body), front)
            }
        }
    }
}

/// A title made from the name of a file: `kirby-barracks` is "Kirby barracks", and `Kirby Barracks` stays.
fn title_of_name(name: &str) -> String {
    if name.contains(char::is_whitespace) || name.chars().any(char::is_uppercase) {
        return name.trim().to_owned();
    }
    let words = name.replace(['-', '_'], " ");
    let mut letters = words.trim().chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
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
    parse(&input, &text, true, &mut found).demand(&input, &text, true, &[], &mut found);
    found
}
