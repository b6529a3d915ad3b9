//! Front matter: YAML between `---`, or TOML between `+++`, into the structs of `kinds`.

use std::collections::BTreeSet;

use serde::Deserialize;

use super::fence::{self, Fence};
use super::front::{Read, misread, read};
use super::{cut_off, release};
use crate::base::diagnostic::Diagnostic;
use crate::base::hash::Fingerprint;
use crate::base::near::nearest;
use crate::base::path::InputPath;
use crate::base::span::{Span, Spanned};
use crate::data::de::fields_of;
use crate::data::decode::{Document, Others, decode};
use crate::data::reading::{Syntax, synonyms};
use crate::data::repair::{Known, Mistakes};
use crate::data::{self, Key, Node, UNKNOWN_KEY, Value};
use crate::kinds::keys::Shape;
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
    /// Whether it may say that the text must wait, in a way that cannot be read.
    pub(crate) is_unclear: bool,
    /// The keys under which not everything could be read, each with its entry as written.
    pub(crate) half_read: Vec<(Box<str>, Box<str>)>,
}

impl Head {
    /// Whether all that is written under a key could be read. If not, nobody may conclude anything from what is
    /// missing.
    pub(crate) fn has_read(&self, key: &str) -> bool {
        self.half_read.iter().all(|(other, _)| **other != *key)
    }

    /// Whether it is not to be published yet, whatever the day.
    pub(crate) fn is_draft(&self) -> bool {
        self.common.draft || self.is_unclear
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

/// Whether a kind has that key.
fn keys_of(kind: KindId, name: &str) -> bool {
    kind.keys().any(|key| key.name == name)
}

/// Adds to each finding on words in several languages, `title: {en: …, id: …}`, in which file the others are.
fn say_where_translations_are(input: &Input, entries: &[(Key, Node)], found: &mut [Diagnostic]) {
    for (_, node) in entries.iter().filter(|(key, _)| matches!(&*key.name, "title" | "summary" | "aliases")) {
        let Value::Table(words) = &node.value else { continue };
        let mut languages = words.iter().map(|(key, _)| &*key.name);
        if words.is_empty() || !languages.clone().all(|lang| has_key(lang) && lang.len() == 2) {
            continue;
        }
        let other = languages.find(|lang| *lang != input.lang.as_str()).unwrap_or("id");
        let help = format!(
            "write it in one language here, and in another in a file of its own, such as `{}.{other}.md`",
            input.id
        );
        let is_of =
            |found: &&mut Diagnostic| found.labels.first().is_some_and(|label| label.span == node.span);
        found.iter_mut().filter(is_of).for_each(|found| found.help.push(help.clone()));
    }
}

/// Parses the front matter of `input`, which contains `text`.
pub fn parse(input: &Input, text: &str, is_original: bool, diagnostics: &mut Vec<Diagnostic>) -> FrontMatter {
    let path = &input.path;
    let keys_here = known_keys(input.kind, is_original);
    let mistakes = |node: &Node, source: &Document<'_>| mistakes(input.kind, is_original, node, source);
    let known =
        Known { path, lang: input.lang.as_str(), keys: &keys_here, is_part: &has_key, mistakes: &mistakes };
    // A document that opens with its title has no front matter, and what looks like some is an example.
    let heading = first_heading(text, fence::after_mark(text)).filter(|_| input.is_document());
    let read = match heading {
        Some(_) => Read::default(),
        None => read(text, &known, path, diagnostics),
    };
    let Read { fenced, mut entries, mut unread } = read;
    if unread.is_none() {
        entries = words_of_nothing(entries, text, path, diagnostics);
    }
    let span = fenced.as_ref().map_or(Span::empty(fence::after_mark(text)), |fenced| fenced.span);
    let toml = fenced.as_ref().is_some_and(|fenced| fenced.fence == Fence::Toml);
    let syntax = if toml { Syntax::Toml } else { Syntax::Yaml };
    let source = Document { path, text, syntax, lang: input.lang.as_str() };
    let mut found = Vec::new();
    let mut decoded = decode_entries(input.kind, &source, is_original, entries.clone(), span, &mut found);
    let readable = fenced.as_ref().filter(|_| unread.is_none());
    let unclear =
        |entries: &[(Key, Node)], (common, data, _): &(Common, Option<Data>, _), unread: Option<&str>| {
            release::is_unclear(input.kind, entries, (common, data.as_ref()), unread)
        };
    let mut is_unclear = unclear(&entries, &decoded, unread.as_deref());
    if let Some((meant, finding)) = readable.and_then(|fenced| misread(text, fenced, &known, path, &found)) {
        found.clear();
        decoded = decode_entries(input.kind, &source, is_original, meant.clone(), span, &mut found);
        entries = meant;
        is_unclear |= unclear(&entries, &decoded, None);
        // The one thing to say of it comes first.
        diagnostics.insert(0, finding);
        unread = Some(text[span.range()].into());
    }
    // A text that goes on after a comma within braces: what follows it is read as keys, which it is not.
    if unread.is_none() && found.iter().any(is_slip) {
        unread = Some(text[span.range()].into());
        diagnostics.extend(in_one(std::mem::take(&mut found).into_iter().filter(is_slip)));
    }
    for (key, node) in entries.iter().filter(|(key, node)| release::is_private(&key.name, &node.value)) {
        if keys_of(input.kind, &key.name) {
            continue;
        }
        found.retain(|found: &Diagnostic| found.labels.first().is_none_or(|label| label.span != key.span));
        let span = Span { start: key.span.start, end: node.span.end };
        let written = &text[span.range()];
        let draft = if toml { "draft = true" } else { "draft: true" };
        let found_it = UNKNOWN_KEY
            .found(format!("`{written}` is a key of another program, so this text is not published"))
            .at(path, key.span, "held back for this")
            .help(format!("if it is not to be published, write `{draft}`; if it is, delete this line"));
        found.push(found_it.fix(format!("write `{draft}`"), path, span, draft));
    }
    for (key, node) in &entries {
        if matches!(node.value, Value::Scalar(_)) && release::is_swallowed(&text[node.span.range()]) {
            is_unclear = true;
            let message = format!(
                "the value of `{}` goes on with `draft` or `embargo`, so this text is not published",
                key.name
            );
            let help = "begin the line of that key in the first column";
            let at = Diagnostic::error(data::INVALID_SYNTAX.name, message).at(
                path,
                node.span,
                "held back for this",
            );
            found.push(at.help(help));
        }
    }
    say_where_translations_are(input, &entries, &mut found);
    let has_value = |node: &Node| !matches!(node.value, Value::Null);
    let keys = entries.iter().map(|(key, node)| (key.name.clone(), key.span, node.span, has_value(node)));
    let keys: Vec<_> = keys.collect();
    let mut half_read = Vec::new();
    // What is said of a file that does not parse is the slip alone.
    if unread.is_none() {
        half_read = with_mistakes(&entries, &found, &keys_here, text);
        diagnostics.append(&mut found);
        if !toml {
            let cut_off = cut_off::find(input.kind, &entries, text, path);
            half_read.extend(cut_off::emptied(&entries, &cut_off, text));
            diagnostics.extend(cut_off);
        }
    }
    let (mut common, data, translated_from) = decoded;
    let mut body = fenced.as_ref().map_or(span.range().start, |fenced| fenced.body);
    if common.title.is_none() && input.is_document() {
        let heading = first_heading(text, body);
        body = heading.as_ref().map_or(body, |(_, end)| *end);
        common.title = heading.map(|(title, _)| title);
    }
    if data.as_ref().and_then(|data| data.release(&common)).is_none() {
        common.embargo = release::published_from(input.kind, &entries);
    }
    let head = Head {
        common,
        data,
        translated_from,
        span,
        toml,
        hash: Fingerprint::of(text[span.range()].as_bytes()),
        unread,
        is_unclear,
        half_read,
    };
    FrontMatter { head, body, keys, opening: fenced.map(|fenced| fenced.opening) }
}

/// The heading that a document opens with, which is its title, and where its line ends.
fn first_heading(text: &str, start: usize) -> Option<(Spanned<String>, usize)> {
    let blank = text[start..].len() - text[start..].trim_start().len();
    let line = text[start + blank..].lines().next()?;
    let words = line.strip_prefix("# ")?.trim();
    let at = start + blank + line.find(words)?;
    let title = Spanned { value: words.to_owned(), span: Span::new(at, at + words.len()) };
    (!words.is_empty()).then_some((title, start + blank + line.len()))
}

fn is_slip(found: &Diagnostic) -> bool {
    found.code == data::INVALID_SYNTAX.name
}

/// The slips of a file as its one finding, at the first of them.
fn in_one(mut slips: impl Iterator<Item = Diagnostic>) -> Option<Diagnostic> {
    let first = slips.next()?;
    Some(slips.fold(first, |mut first, mut other| {
        if let (Some(all), Some(fix)) = (&mut first.fix, &mut other.fix) {
            all.edits.append(&mut fix.edits);
        }
        first.labels.append(&mut other.labels);
        first
    }))
}

/// The entries with a mistake, as they are written, by the keys that they were meant for.
fn with_mistakes(
    entries: &[(Key, Node)],
    found: &[Diagnostic],
    known: &[&'static str],
    text: &str,
) -> Vec<(Box<str>, Box<str>)> {
    let places: BTreeSet<Span> =
        found.iter().filter_map(|found| found.labels.first()).map(|label| label.span).collect();
    let with_mistake = |(key, node): &(Key, Node)| {
        let whole = Span { start: key.span.start, end: node.span.end.max(key.span.end) };
        let first = places.range(Span::empty(whole.range().start)..).next()?;
        let name = match known.contains(&&*key.name) {
            true => &*key.name,
            false => key_meant(&key.name, known)?,
        };
        (first.end <= whole.end).then(|| (name.into(), text[whole.range()].into()))
    };
    entries.iter().filter_map(with_mistake).collect()
}

/// The key that an unknown one is most likely meant for.
pub(super) fn key_meant(unknown: &str, known: &[&'static str]) -> Option<&'static str> {
    let synonym = synonyms(unknown).find(|synonym| known.contains(synonym));
    let synonym = synonym.filter(|synonym| *synonym != "title");
    synonym.or_else(|| nearest(unknown, known.iter().copied()))
}

/// The keys that a file may have at the top level.
pub(crate) fn known_keys(kind: KindId, is_original: bool) -> Vec<&'static str> {
    let of_kind = kind.keys().map(|key| key.name);
    let of_translation = fields_of::<Translation>().iter().copied();
    if is_original { of_kind.collect() } else { of_translation.chain(of_kind).collect() }
}

/// Whether a word is a key anywhere in front matter, or may be the code of a language, by which a text is given.
pub(crate) fn has_key(word: &str) -> bool {
    KindId::any_has_key(word) || word.len() == 2
}

/// Counts the mistakes in a table of front matter.
fn mistakes(kind: KindId, is_original: bool, node: &Node, source: &Document<'_>) -> Mistakes {
    let Value::Table(entries) = &node.value else { return Mistakes::default() };
    let mut found = Vec::new();
    decode_entries(kind, source, is_original, entries.clone(), node.span, &mut found);
    Mistakes::among(&found)
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
    let takes = |key: &'static str, value: &Node| {
        let mut found = Vec::new();
        let entry = (Key { name: key.into(), span: Span::empty(0) }, value.clone());
        let _: Common = decode(table(vec![entry]), source, Others::NONE, &mut found);
        found.is_empty() && common.iter().all(|(other, _)| *other.name != *key)
    };
    let data = kind.decode(table(own), source, Others { keys: common_keys, takes: &takes }, diagnostics);
    let common = decode(table(common), source, Others::NONE, diagnostics);
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
    let fact = |name: &str| KindId::ALL.iter().flat_map(|kind| kind.keys()).find(|key| key.name == name);
    entries.retain(|(key, _)| {
        let name = &*key.name;
        let Some(fact) = fact(name).filter(|_| !allowed.contains(&name)) else { return true };
        let message = format!("`{name}` is a fact, and facts belong in the original's file only");
        let help = match fact.shape {
            Shape::Text => {
                format!("remove it here; in the original, write words by language as `{name}: {{id: …, en: …}}`")
            }
            _ if release::is_of_release(name) => format!(
                "remove it here; `{name}` in the original holds every language back; to hold back this one alone, keep its \
                 file outside of `content/`"
            ),
            _ => format!("remove it here; `{name}` in the original holds for every language"),
        };
        diagnostics.push(
            Diagnostic::error(data::UNKNOWN_KEY.name, message)
                .at(source.path, key.span, "not in a translation")
                .help(help),
        );
        false
    });
    let words: Translation = decode(table(entries), source, Others::NONE, diagnostics);
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
