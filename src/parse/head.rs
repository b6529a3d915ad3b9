//! Front matter: YAML between `---`, or TOML between `+++`, into the structs of `kinds`.

use std::borrow::Cow;
use std::collections::BTreeSet;

use serde::Deserialize;

use super::fence::{self, Fence, Fenced};
use super::{comments, cut_off};
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
    /// The keys under which not everything could be read, each with its entry as written.
    pub(crate) half_read: Vec<(Box<str>, Box<str>)>,
}

impl Head {
    /// Whether all that is written under a key could be read. If not, nobody may conclude anything from what is missing.
    pub(crate) fn has_read(&self, key: &str) -> bool {
        self.half_read.iter().all(|(other, _)| **other != *key)
    }

    /// Whether it may say that its file must not be published: of that, a slip must not be the end.
    pub(crate) fn may_be_private(&self) -> bool {
        const KEYS: [&str; 2] = ["draft", "embargo"];
        let is_key = |line: &str| KEYS.iter().any(|key| line.trim_start().to_lowercase().starts_with(key));
        let is_named = |text: &str| text.lines().any(is_key);
        let is_known = self.common.draft || self.common.embargo.is_some();
        KEYS.iter().any(|key| !self.has_read(key))
            || !is_known && self.unread.as_deref().is_some_and(is_named)
    }

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
pub struct FrontMatter {
    pub head: Head,
    /// Where the body starts.
    pub body: usize,
    /// Its keys, each with the span of its value, and whether it has one.
    pub(super) keys: Vec<(Box<str>, Span, Span, bool)>,
    /// The line that opens it.
    pub(super) opening: Option<Span>,
}

/// Parses the front matter of `input`, which contains `text`.
pub fn parse(input: &Input, text: &str, is_original: bool, diagnostics: &mut Vec<Diagnostic>) -> FrontMatter {
    let path = &input.path;
    let keys = known_keys(input.kind, is_original);
    let mistakes = |node: &Node, source: &Document<'_>| mistakes(input.kind, is_original, node, source);
    let known = Known { path, keys: &keys, mistakes: &mistakes };
    let read = read(text, &known, path, diagnostics);
    let Read { fenced, mut entries, mut unread } = read;
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
        // The one thing to say of it comes first.
        diagnostics.insert(0, finding);
        unread = Some(text[span.range()].into());
    }
    let has_value = |node: &Node| !matches!(node.value, Value::Null);
    let keys = entries.iter().map(|(key, node)| (key.name.clone(), key.span, node.span, has_value(node)));
    let keys: Vec<_> = keys.collect();
    let mut half_read = Vec::new();
    // What is said of a file that does not parse is the slip alone.
    if unread.is_none() {
        half_read = with_mistakes(&entries, &found, &known, text);
        diagnostics.append(&mut found);
        if !toml {
            diagnostics.extend(cut_off::find(input.kind, &entries, text, path));
        }
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
        half_read,
    };
    let body = fenced.as_ref().map_or(span.range().start, |fenced| fenced.body);
    FrontMatter { head, body, keys, opening: fenced.map(|fenced| fenced.opening) }
}

/// The entries with a mistake, as they are written, by the keys that they were meant for.
fn with_mistakes(
    entries: &[(Key, Node)],
    found: &[Diagnostic],
    known: &Known<'_>,
    text: &str,
) -> Vec<(Box<str>, Box<str>)> {
    let places: BTreeSet<Span> =
        found.iter().filter_map(|found| found.labels.first()).map(|label| label.span).collect();
    let with_mistake = |(key, node): &(Key, Node)| {
        let whole = Span { start: key.span.start, end: node.span.end.max(key.span.end) };
        let first = places.range(Span::empty(whole.range().start)..).next()?;
        let name = match known.keys.contains(&&*key.name) {
            true => &*key.name,
            false => nearest(&key.name, known.keys.iter().copied())?,
        };
        (first.end <= whole.end).then(|| (name.into(), text[whole.range()].into()))
    };
    entries.iter().filter_map(with_mistake).collect()
}

/// The keys that a file may have at the top level.
pub(super) fn known_keys(kind: KindId, is_original: bool) -> Vec<&'static str> {
    let of_kind = kind.keys().map(|key| key.name);
    let of_translation = fields_of::<Translation>().iter().copied();
    if is_original { of_kind.collect() } else { of_translation.chain(of_kind).collect() }
}

/// Counts the mistakes in a table of front matter.
fn mistakes(kind: KindId, is_original: bool, node: &Node, source: &Document<'_>) -> Mistakes {
    let Value::Table(entries) = &node.value else { return Mistakes::default() };
    let mut found = Vec::new();
    decode_entries(kind, source, is_original, entries.clone(), node.span, &mut found);
    // A mistake with a fix of its own says what was meant.
    let of_shape = |found: &&Diagnostic| {
        (found.code == data::WRONG_TYPE.name || found.code == data::UNKNOWN_KEY.name) && found.fix.is_none()
    };
    Mistakes { shape: found.iter().filter(of_shape).count(), all: found.len() }
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
    if let Some(slip) = old_line_ends(text) {
        diagnostics.push(repair::finding(path, &slip, data::INVALID_SYNTAX.name));
        return Read { fenced: None, entries: Vec::new(), unread: Some(text.into()) };
    }
    let found = fence::find(text);
    let error = match &found {
        Some(fenced) => match parsed(text, fenced) {
            Ok(mut node) => {
                take_out_comments(&mut node, path, diagnostics);
                match node.value {
                    Value::Null => return Read { fenced: found, entries: Vec::new(), unread: None },
                    Value::Table(entries) => {
                        let read = Read { fenced: found, entries, unread: None };
                        return with_second(text, read, known, path, diagnostics);
                    }
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
                how_to_fix: format!("write `{}` below the last key", fence.line()),
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
        if fence::is_misplaced(text, known.keys) {
            let slip = Slip {
                span: Span::empty(fence::after_mark(text)),
                wrong: "this file has keys, but not at its start between two lines `---`".into(),
                how_to_fix: "put them at the start of the file, between two lines `---`".into(),
                edits: None,
                choices: Vec::new(),
            };
            diagnostics.push(repair::finding(path, &slip, data::INVALID_SYNTAX.name));
            return Read { fenced: None, entries: Vec::new(), unread: Some(text.into()) };
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
        // What is said of such a file is the slip alone.
        take_out_comments(node, path, &mut Vec::new());
    }
    let unread = Some(text[fenced.span.range()].into());
    Read { fenced: Some(fenced), entries: repair.entries, unread }
}

/// The slip of a text whose lines end as those of the first Macs: with carriage returns alone.
fn old_line_ends(text: &str) -> Option<Slip> {
    if text.contains('\n') || !text.contains('\r') {
        return None;
    }
    let ends = text.match_indices('\r').map(|(at, _)| (Span::new(at, at + 1), "\n".to_owned()));
    let edits: Vec<(Span, String)> = ends.collect();
    Some(Slip {
        span: Span::empty(0),
        wrong: "the lines end in a way that no program has used since 2001".into(),
        how_to_fix: "save the file with line ends of Unix or Windows".into(),
        edits: Some(edits),
        choices: Vec::new(),
    })
}

/// Joins front matter with a second block of it directly below.
fn with_second(
    text: &str,
    first: Read,
    known: &Known<'_>,
    path: &InputPath,
    diagnostics: &mut Vec<Diagnostic>,
) -> Read {
    let second = first.fenced.as_ref().and_then(|fenced| {
        let (span, body) = fence::second(text, fenced, known.keys)?;
        let node = parsed(text, &Fenced { span, body, ..fenced.clone() }).ok()?;
        match node.value {
            Value::Table(entries) => Some((fenced.clone(), span, body, entries)),
            _ => None,
        }
    });
    let Some((fenced, span, body, more)) = second else { return first };
    let is_repeated = |(key, _): &(Key, Node)| first.entries.iter().any(|(other, _)| other.name == key.name);
    let between = Span::new(fenced.span.range().end, span.range().start);
    let slip = Slip {
        span: between,
        wrong: "there are two blocks of front matter, and the second is read as text".into(),
        how_to_fix: "make one block of the two".into(),
        edits: (!more.iter().any(is_repeated)).then(|| vec![(between, String::new())]),
        choices: Vec::new(),
    };
    diagnostics.push(repair::finding(path, &slip, data::INVALID_SYNTAX.name));
    let unread = Some(text[fenced.span.range().start..span.range().end].into());
    let fenced = Fenced { span: Span::new(fenced.span.range().start, span.range().end), body, ..fenced };
    Read { fenced: Some(fenced), entries: first.entries.into_iter().chain(more).collect(), unread }
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
    if let (false, Ok(Node { value: Value::Table(entries), .. })) =
        (fenced.slips.is_empty(), parsed(text, fenced))
    {
        return Repair { slips: Vec::new(), entries, is_whole: true };
    }
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
    let of_fence = fenced.slips.iter().map(|slip| Slip {
        span: slip.edits.first().map_or(fenced.opening, |(span, _)| *span),
        wrong: slip.wrong.to_owned(),
        how_to_fix: slip.how_to_fix.clone(),
        edits: Some(slip.edits.clone()),
        choices: Vec::new(),
    });
    let slips = of_fence.chain(repair.slips.iter().cloned()).collect();
    repair::summary(slips, fixed(text, fenced, repair).is_some(), || {
        let (wrong, span) = error.unwrap_or(("the front matter cannot be read".into(), fenced.span));
        let how_to_fix = "write on each line a key, a colon, a space and a value".into();
        Slip { span, wrong, how_to_fix, edits: None, choices: Vec::new() }
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
    // Their findings are there already.
    entries.iter_mut().for_each(|(_, node)| take_out_comments(node, path, &mut Vec::new()));
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
