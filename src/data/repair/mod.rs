//! How a text that does not parse was meant.
//!
//! There is one judge and one list of steps for each language. A text is cut into chunks, one for each entry, so that a
//! slip in one entry hides no other. For a chunk that does not parse, [`search`] tries steps, each of which undoes one
//! slip, and then pairs of them; [`Judge`] accepts a result only if it parses, has the keys that the chunk may have, and
//! holds every letter that its author wrote. So a repair is proved, and no step has to be right in itself.

pub(crate) mod line;
pub(crate) mod toml;
pub(crate) mod yaml;

use std::borrow::Cow;
use std::cell::Cell;
use std::collections::BTreeMap;

use super::decode::Document;
use super::node::{Key, Node, Value};
use super::reading::Syntax;
use super::yaml::SyntaxError;
use crate::base::diagnostic::{Diagnostic, Edit, Fix};
use crate::base::path::InputPath;
use crate::base::span::Span;

/// A reading of a text that does not parse: the text with one slip undone.
pub(super) struct Reading {
    pub text: String,
    /// What is wrong, as a phrase for a message.
    pub wrong: Cow<'static, str>,
    /// How to fix it, as an imperative phrase.
    pub cure: Cow<'static, str>,
    /// Whether no other reading is as likely. Others are offered, and never applied unasked.
    pub is_sure: bool,
    /// Whether it says in other words what the author wrote, such as `true` for `yes`.
    pub is_reworded: bool,
}

impl Reading {
    pub(super) fn new(
        text: String,
        wrong: impl Into<Cow<'static, str>>,
        cure: impl Into<Cow<'static, str>>,
    ) -> Reading {
        Reading { text, wrong: wrong.into(), cure: cure.into(), is_sure: true, is_reworded: false }
    }

    pub(super) fn unsure(self) -> Reading {
        Reading { is_sure: false, ..self }
    }

    pub(super) fn reworded(self) -> Reading {
        Reading { is_reworded: true, ..self }
    }
}

/// Undoes one sort of slip wherever it is in a chunk; `None` if it is not there.
pub(super) type Step = fn(&str, &Known<'_>) -> Option<Reading>;

/// What the texts of one sort may hold.
pub(crate) struct Known<'a> {
    /// The file.
    pub path: &'a InputPath,
    /// The keys at the top level.
    pub keys: &'a [&'a str],
    /// How well entries fit what their keys expect: the number of mistakes, or of mistakes in keys and types only.
    pub mistakes: &'a dyn Fn(&Node, &Document<'_>) -> Mistakes,
}

/// The mistakes in a table.
#[derive(Copy, Clone, Debug, Default)]
pub(crate) struct Mistakes {
    /// Unknown keys, and values of the wrong type.
    pub shape: usize,
    /// All.
    pub all: usize,
}

impl Known<'_> {
    pub(super) fn has(&self, key: &str) -> bool {
        self.keys.contains(&key)
    }
}

/// What is wrong in a text, and what its author has to do.
#[derive(Clone, Debug)]
pub(crate) struct Slip {
    /// Where the first change is needed, or where parsing stopped.
    pub span: Span,
    /// What is wrong, as a phrase for a message.
    pub wrong: String,
    /// How to fix it, as an imperative phrase; empty if nothing is known.
    pub cure: String,
    /// The edits that fix it, if one reading is left.
    pub edits: Option<Vec<(Span, String)>>,
    /// The readings that are left, if there are several, each with what it does.
    pub choices: Vec<(String, Vec<(Span, String)>)>,
}

/// A text that did not parse, as far as it can be read.
#[derive(Debug)]
pub(crate) struct Repair {
    /// The slips, in the order of the text; at least one.
    pub slips: Vec<Slip>,
    /// The entries that can be read, with the spans of the text as it is.
    pub entries: Vec<(Key, Node)>,
    /// Whether they are all entries, as they are after the edits of all slips.
    pub is_whole: bool,
}

impl Slip {
    /// A slip of which only the parser's message is known.
    pub(crate) fn of(error: SyntaxError, describe: fn(&str) -> (String, String)) -> Slip {
        let (wrong, cure) = describe(&error.message);
        Slip { span: error.span, wrong, cure, edits: None, choices: Vec::new() }
    }
}

/// The one thing to say of a text that does not parse: its first slip, and how to fix them all if that is proved.
pub(crate) fn summary(mut slips: Vec<Slip>, is_proved: bool, unknown: impl FnOnce() -> Slip) -> Slip {
    slips.sort_by_key(|slip| slip.span);
    let edits = is_proved.then(|| slips.iter().filter_map(|slip| slip.edits.clone()).flatten().collect());
    let more = slips.len().saturating_sub(1);
    let mut first = slips.into_iter().next().unwrap_or_else(unknown);
    first.edits = edits.filter(|edits: &Vec<_>| !edits.is_empty());
    if more > 0 {
        first.choices.clear();
        first.cure += &match more {
            1 => "; one more place needs a fix".to_owned(),
            _ => format!("; {more} more places need a fix"),
        };
    }
    first
}

/// A part of a text after edits.
pub(crate) fn edited(text: &str, span: Span, edits: &[(Span, String)]) -> String {
    let mut edits: Vec<&(Span, String)> = edits.iter().collect();
    edits.sort_by_key(|(span, _)| *span);
    let mut at = span.range().start;
    let mut new = String::new();
    for (span, replacement) in edits {
        new.push_str(&text[at..span.range().start.max(at)]);
        new.push_str(replacement);
        at = span.range().end.max(at);
    }
    new + &text[at..span.range().end.max(at)]
}

impl Repair {
    /// [`summary()`] of its slips.
    pub(crate) fn summary(&self, is_proved: bool, unknown: impl FnOnce() -> Slip) -> Slip {
        summary(self.slips.clone(), is_proved, unknown)
    }

    /// The repair of a part of a text that starts `by` bytes after the text.
    pub(crate) fn shifted(mut self, by: usize) -> Repair {
        for slip in &mut self.slips {
            slip.span = slip.span.shifted(by);
            let edits = slip.edits.iter_mut().flatten();
            for (span, _) in edits.chain(slip.choices.iter_mut().flat_map(|(_, edits)| edits)) {
                *span = span.shifted(by);
            }
        }
        for (key, node) in &mut self.entries {
            key.span = key.span.shifted(by);
            node.shift(by);
        }
        self
    }

    /// The edits that make the text parse; `None` unless that is proved.
    pub(crate) fn edits(&self) -> Option<Vec<(Span, String)>> {
        let edits = self.slips.iter().map(|slip| slip.edits.clone()).collect::<Option<Vec<_>>>()?;
        self.is_whole.then(|| edits.concat())
    }
}

/// The finding for a slip, with its fix.
pub(crate) fn finding(path: &InputPath, slip: &Slip, code: &'static str) -> Diagnostic {
    let edits = |edits: &[(Span, String)]| -> Vec<Edit> {
        let edit =
            |(span, new): &(Span, String)| Edit { path: path.clone(), span: *span, replacement: new.clone() };
        edits.iter().map(edit).collect()
    };
    let mut found =
        Diagnostic::error(code, slip.wrong.clone()).at(path, slip.span, "").help(slip.cure.clone());
    for (title, changes) in &slip.choices {
        if *title != slip.cure {
            found = found.help(format!("or {title}"));
        }
        found = found.choice(Fix { title: title.clone(), edits: edits(changes) });
    }
    let title = slip.cure.split(';').next().unwrap_or_default().to_owned();
    found.fix = slip.edits.as_deref().map(|changes| Fix { title, edits: edits(changes) });
    found.help(format!("`dossier explain {code}` has examples"))
}

/// The text of a chunk that is tried at most, in bytes: what is longer is no slip in one line.
const MOST_CHUNK: usize = 8_192;

/// How much is parsed in search of a repair of one text, in bytes.
const MOST_PARSED: usize = 1_000_000;

/// The most slips in one chunk.
const MOST_STEPS: usize = 3;

/// The most readings of a chunk among which a person chooses.
const MOST_CHOICES: usize = 4;

/// Decides whether a reading of a chunk is what its author meant.
pub(super) struct Judge<'a> {
    pub syntax: Syntax,
    pub parse: fn(&str) -> Result<Node, SyntaxError>,
    /// Takes out what is no value: comments.
    pub strip: fn(&str) -> String,
    pub known: &'a Known<'a>,
    /// The table that the chunk is in; `None` at the top level.
    pub table: Option<&'a str>,
    /// How much may still be parsed, in bytes.
    pub budget: &'a Cell<usize>,
}

/// How good a reading is; the least is the best.
#[derive(Copy, Clone, Debug, Eq, PartialEq, Ord, PartialOrd)]
enum Verdict {
    /// Nothing is wrong with it.
    Clean,
    /// A value is wrong, but of the right type.
    Fitting,
    /// It parses, and every letter is there.
    Readable,
}

impl Judge<'_> {
    /// Judges a reading of `source`; `None` if it cannot be what was meant.
    fn verdict(&self, source: &str, reading: &str, is_reworded: bool) -> Option<Verdict> {
        self.budget.set(self.budget.get().checked_sub(reading.len())?);
        let node = (self.parse)(reading).ok()?;
        let Value::Table(entries) = &node.value else { return None };
        let is_known = |(key, _): &(Key, Node)| self.table.is_some() || self.known.has(&key.name);
        // The first entry may have a name of its author's; any other is known, or it is text.
        if entries.is_empty() || !entries.iter().skip(1).all(is_known) {
            return None;
        }
        if !is_reworded && essence(&(self.strip)(source)) != essence_of(&node) {
            return None;
        }
        let is_first_known = is_known(&entries[0]);
        Some(match self.mistakes(node, reading) {
            Mistakes { all: 0, .. } if is_first_known => Verdict::Clean,
            Mistakes { shape: 0, .. } if is_first_known => Verdict::Fitting,
            _ => Verdict::Readable,
        })
    }
}

impl Judge<'_> {
    /// The mistakes in the entries of a chunk.
    fn mistakes(&self, node: Node, text: &str) -> Mistakes {
        let node = match self.table {
            Some(table) if !matches!(&node.value, Value::Table(entries) if entries.iter().any(|(key, _)| *key.name == *table)) =>
            {
                let key = Key { name: table.into(), span: node.span };
                Node { span: node.span, value: Value::Table(vec![(key, node)]) }
            }
            _ => node,
        };
        (self.known.mistakes)(&node, &Document { path: self.known.path, text, syntax: self.syntax })
    }
}

/// The letters and digits of a text, in one case.
fn essence(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// The letters and digits of the keys and values of a node, in their order.
fn essence_of(node: &Node) -> String {
    fn collect(node: &Node, all: &mut String) {
        match &node.value {
            Value::Null => {}
            Value::Scalar(text) => all.push_str(text),
            Value::List(items) => items.iter().for_each(|item| collect(item, all)),
            Value::Table(entries) => {
                for (key, value) in entries {
                    all.push_str(&key.name);
                    collect(value, all);
                }
            }
        }
    }
    let mut all = String::new();
    collect(node, &mut all);
    essence(&all)
}

/// A way to a reading: the steps taken.
#[derive(Clone)]
struct Way {
    verdict: Verdict,
    text: String,
    wrong: String,
    cure: String,
    is_sure: bool,
}

/// Searches for the readings of a chunk: the best one, or several that are equally likely. What only parses is taken if no
/// further step leads to what its keys expect.
fn search(source: &str, steps: &[Step], judge: &Judge<'_>) -> Vec<Way> {
    if source.len() > MOST_CHUNK {
        return Vec::new();
    }
    let mut level = vec![Way {
        verdict: Verdict::Readable,
        text: source.to_owned(),
        wrong: String::new(),
        cure: String::new(),
        is_sure: true,
    }];
    let mut readable: Vec<Way> = Vec::new();
    for _ in 0..MOST_STEPS {
        let mut next: Vec<Way> = Vec::new();
        let mut accepted: Vec<Way> = Vec::new();
        for way in &level {
            for step in steps {
                let Some(reading) = step(&way.text, judge.known) else { continue };
                if reading.text == way.text || next.iter().any(|other| other.text == reading.text) {
                    continue;
                }
                let verdict = judge.verdict(source, &reading.text, reading.is_reworded);
                let is_first = way.wrong.is_empty();
                let found = Way {
                    verdict: verdict.unwrap_or(Verdict::Readable),
                    wrong: if is_first { reading.wrong.into() } else { way.wrong.clone() },
                    cure: if is_first { reading.cure.into() } else { way.cure.clone() },
                    is_sure: way.is_sure && reading.is_sure,
                    text: reading.text,
                };
                match verdict {
                    Some(_) => accepted.push(found),
                    None => next.push(found),
                }
            }
        }
        // Of equally good readings the first step's is the most likely.
        accepted.sort_by_key(|way| way.verdict);
        if let Some(best) = accepted.first() {
            let (is_sure, verdict) = (best.is_sure, best.verdict);
            let mut ways = accepted.clone();
            ways.retain(|way| way.verdict == verdict);
            ways.truncate(if is_sure { 1 } else { MOST_CHOICES });
            if verdict < Verdict::Readable {
                return ways;
            }
            if readable.is_empty() {
                readable = ways;
            }
        }
        level = accepted.into_iter().chain(next).collect();
    }
    readable
}

/// The edits that turn `from` into `to`: line by line, if they have as many lines.
fn edits(from: &str, to: &str) -> Vec<(Span, String)> {
    let (old, new): (Vec<&str>, Vec<&str>) =
        (from.split_inclusive('\n').collect(), to.split_inclusive('\n').collect());
    if old.len() != new.len() {
        return difference(from, to, 0).into_iter().collect();
    }
    let mut at = 0;
    let mut edits = Vec::new();
    for (old, new) in old.iter().zip(new) {
        edits.extend(difference(old, new, at));
        at += old.len();
    }
    edits
}

/// What differs, without what is the same before and after it.
fn difference(from: &str, to: &str, at: usize) -> Option<(Span, String)> {
    if from == to {
        return None;
    }
    let same = |(a, b): &(char, char)| a == b;
    let length = |pairs: &mut dyn Iterator<Item = (char, char)>| -> usize {
        pairs.take_while(same).map(|(c, _)| c.len_utf8()).sum()
    };
    let before = length(&mut from.chars().zip(to.chars()));
    let (rest, other) = (&from[before..], &to[before..]);
    let after = length(&mut rest.chars().rev().zip(other.chars().rev()));
    let span = Span::new(at + before, at + from.len() - after);
    Some((span, other[..other.len() - after].to_owned()))
}

/// Converts the spans of an edited text to those of the text before the edits, which are in their order.
pub(crate) fn map_back(node: &mut Node, edits: &[(Span, String)]) {
    node.span = original(node.span, edits);
    match &mut node.value {
        Value::Null | Value::Scalar(_) => {}
        Value::List(items) => items.iter_mut().for_each(|item| map_back(item, edits)),
        Value::Table(entries) => {
            for (key, value) in entries {
                key.span = original(key.span, edits);
                map_back(value, edits);
            }
        }
    }
}

fn original(span: Span, edits: &[(Span, String)]) -> Span {
    let at = |position: u32, is_end: bool| {
        let mut shift = 0i64;
        for (old, new) in edits {
            let start = i64::from(old.start) + shift;
            let end = start + new.len() as i64;
            let position = i64::from(position);
            if position <= start {
                break;
            }
            if position < end {
                return if is_end { old.end } else { old.start };
            }
            shift += new.len() as i64 - (i64::from(old.end) - i64::from(old.start));
        }
        u32::try_from(i64::from(position) - shift).unwrap_or_default()
    };
    let start = at(span.start, false);
    Span { start, end: at(span.end, true).max(start) }
}

/// A part of a text that is read by itself.
pub(super) struct Chunk<'a> {
    /// Where it starts.
    pub start: usize,
    pub text: &'a str,
    /// The table that it is in; `None` at the top level.
    pub table: Option<&'a str>,
}

/// What is particular to YAML or TOML.
pub(super) struct Language {
    pub steps: &'static [Step],
    /// Whether a chunk that parses may say something else than its author meant; the flag tells whether it has values of
    /// another type than its keys expect.
    pub is_odd: fn(&str, &Known<'_>, bool) -> bool,
    /// What the parser says, in plain words, and how to fix it.
    pub describe: fn(&str) -> (String, String),
}

/// Reads a text chunk by chunk.
pub(super) fn repair<'a>(chunks: &[Chunk<'a>], language: &Language, judge: &Judge<'a>) -> Repair {
    let mut repair = Repair { slips: Vec::new(), entries: Vec::new(), is_whole: true };
    for chunk in chunks {
        let judge = Judge { table: chunk.table, ..*judge };
        let (node, slip) = read(chunk, language, &judge);
        repair.is_whole &= node.is_some();
        if let Some(Node { value: Value::Table(entries), .. }) = node.filter(|_| chunk.table.is_none()) {
            repair.entries.extend(entries);
        }
        repair.slips.extend(slip);
    }
    repeated(chunks, &mut repair);
    repair.slips.sort_by_key(|slip| slip.span);
    repair
}

/// Reads a chunk: what it holds, and what is wrong with it.
fn read(chunk: &Chunk<'_>, language: &Language, judge: &Judge<'_>) -> (Option<Node>, Option<Slip>) {
    let node = match (judge.parse)(chunk.text) {
        Ok(node) => node,
        Err(error) => {
            let ways = search(chunk.text, language.steps, judge);
            return slipped(chunk, &ways, judge, error, language);
        }
    };
    let Value::Table(entries) = &node.value else {
        let end = chunk.text.trim_end().len();
        if matches!(node.value, Value::Null) {
            return (Some(node), None);
        }
        let ways = search(chunk.text, language.steps, judge);
        let error = SyntaxError { message: String::new(), span: Span::new(0, end) };
        return slipped(chunk, &ways, judge, error, language);
    };
    let is_misfit = judge.mistakes(node.clone(), chunk.text).shape > 0;
    // Of two keys in one chunk, the second was meant as a part of the first one's value.
    if is_misfit && entries.len() > 1 || (language.is_odd)(chunk.text, judge.known, is_misfit) {
        let ways = search(chunk.text, language.steps, judge);
        // Mistakes of which no slip is the cause are for the decoder to report.
        if ways.first().is_some_and(|way| way.verdict < Verdict::Readable) {
            let error = SyntaxError { message: String::new(), span: Span::empty(0) };
            return slipped(chunk, &ways, judge, error, language);
        }
    }
    let mut node = node;
    node.shift(chunk.start);
    (Some(node), None)
}

fn slipped(
    chunk: &Chunk<'_>,
    ways: &[Way],
    judge: &Judge<'_>,
    error: SyntaxError,
    language: &Language,
) -> (Option<Node>, Option<Slip>) {
    let edits_of = |way: &Way| -> Vec<(Span, String)> {
        let edits = edits(chunk.text, &way.text).into_iter();
        edits.map(|(span, new)| (span.shifted(chunk.start), new)).collect()
    };
    let Some(best) = ways.first() else {
        let SyntaxError { message, span } = error;
        let (wrong, cure) = (language.describe)(&message);
        let span = span.shifted(chunk.start);
        return (None, Some(Slip { span, wrong, cure, edits: None, choices: Vec::new() }));
    };
    let edits = edits_of(best);
    let mut node = (judge.parse)(&best.text).ok();
    if let Some(node) = &mut node {
        let local: Vec<(Span, String)> = self::edits(chunk.text, &best.text);
        map_back(node, &local);
        node.shift(chunk.start);
    }
    let span = edits.first().map_or(Span::empty(chunk.start), |(span, _)| *span);
    let mut slip =
        Slip { span, wrong: best.wrong.clone(), cure: best.cure.clone(), edits: None, choices: Vec::new() };
    match best.is_sure {
        true => slip.edits = Some(edits),
        false => slip.choices = ways.iter().map(|way| (way.cure.clone(), edits_of(way))).collect(),
    }
    (node, Some(slip))
}

/// Reports keys that are there twice.
fn repeated(chunks: &[Chunk<'_>], repair: &mut Repair) {
    let mut first: BTreeMap<Box<str>, usize> = BTreeMap::new();
    let mut removed: Vec<usize> = Vec::new();
    for at in 0..repair.entries.len() {
        let (key, node) = &repair.entries[at];
        let Some(&other) = first.get(&key.name) else {
            first.insert(key.name.clone(), at);
            continue;
        };
        let (first_key, first_node) = &repair.entries[other];
        let chunk_of = |span: Span| {
            let chunk = chunks.iter().rev().find(|chunk| chunk.start <= span.start as usize);
            chunk.map_or(Span::empty(0), |chunk| Span::new(chunk.start, chunk.start + chunk.text.len()))
        };
        let (old, new) = (chunk_of(first_key.span), chunk_of(key.span));
        let is_same = same_value(first_node, node);
        let is_empty = |node: &Node| matches!(node.value, Value::Null);
        let wrong = format!("the key `{}` is there twice", key.name);
        let remove = |span: Span| vec![(span, String::new())];
        let mut slip = Slip { span: key.span, wrong, cure: String::new(), edits: None, choices: Vec::new() };
        if old != new && (is_same || is_empty(node)) {
            slip.cure = "remove the second one".into();
            slip.edits = Some(remove(new));
        } else if old != new && is_empty(first_node) {
            slip.cure = "remove the first one, which is empty".into();
            slip.edits = Some(remove(old));
        } else {
            slip.cure = "keep one of the two".into();
            if old != new {
                slip.choices = vec![
                    ("keep the first one".into(), remove(new)),
                    ("keep the second one".into(), remove(old)),
                ];
            }
        }
        removed.push(if is_empty(first_node) && !is_empty(node) { other } else { at });
        if is_empty(first_node) {
            let name = key.name.clone();
            first.insert(name, at);
        }
        repair.slips.push(slip);
    }
    removed.sort_unstable();
    for at in removed.into_iter().rev() {
        repair.entries.remove(at);
    }
}

fn same_value(a: &Node, b: &Node) -> bool {
    match (&a.value, &b.value) {
        (Value::Null, Value::Null) => true,
        (Value::Scalar(a), Value::Scalar(b)) => a == b,
        (Value::List(a), Value::List(b)) => {
            a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same_value(a, b))
        }
        (Value::Table(a), Value::Table(b)) => {
            let same = |((x, a), (y, b)): (&(_, Node), &(_, Node))| {
                let (x, y): (&Key, &Key) = (x, y);
                x.name == y.name && same_value(a, b)
            };
            a.len() == b.len() && a.iter().zip(b).all(same)
        }
        _ => false,
    }
}
