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

use super::node::{Key, Node, Value};
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
    /// The keys at the top level.
    pub keys: &'a [&'a str],
    /// How well entries fit what their keys expect: the number of mistakes, or of mistakes in keys and types only.
    pub mistakes: &'a dyn Fn(&Node) -> Mistakes,
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

impl Repair {
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
        let edit = |(span, new): &(Span, String)| Edit { path: path.clone(), span: *span, replacement: new.clone() };
        edits.iter().map(edit).collect()
    };
    let mut found = Diagnostic::error(code, slip.wrong.clone()).at(path, slip.span, "").help(slip.cure.clone());
    for (title, changes) in &slip.choices {
        found = found.help(format!("or: {title}")).choice(Fix { title: title.clone(), edits: edits(changes) });
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

/// Decides whether a reading of a chunk is what its author meant.
pub(super) struct Judge<'a> {
    pub parse: fn(&str) -> Result<Node, SyntaxError>,
    /// Takes out what is no value: comments.
    pub strip: fn(&str) -> String,
    pub known: &'a Known<'a>,
    /// Whether the chunk has entries of the top level, whose keys are known.
    pub is_top: bool,
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
        let is_known = |(key, _): &(Key, Node)| self.known.has(&key.name);
        // An entry that its author did not write is known, at least; the first may have a name of their own.
        if entries.is_empty() || (self.is_top && !entries.iter().skip(1).all(is_known)) {
            return None;
        }
        if !is_reworded && essence(&(self.strip)(source)) != essence_of(&node) {
            return None;
        }
        let is_first_known = !self.is_top || is_known(&entries[0]);
        let mistakes = (self.known.mistakes)(&node);
        Some(match mistakes {
            Mistakes { all: 0, .. } if is_first_known => Verdict::Clean,
            Mistakes { shape: 0, .. } if is_first_known => Verdict::Fitting,
            _ => Verdict::Readable,
        })
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
struct Way {
    verdict: Verdict,
    text: String,
    wrong: String,
    cure: String,
    is_sure: bool,
}

/// Searches for the readings of a chunk: the best one, or several that are equally likely.
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
    for _ in 0..MOST_STEPS {
        let mut next: Vec<Way> = Vec::new();
        let mut accepted: Vec<(Way, bool)> = Vec::new();
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
                    Some(_) => accepted.push((found, true)),
                    None => next.push(found),
                }
            }
        }
        // Of equally good readings the first step's is the most likely.
        accepted.sort_by_key(|(way, _)| way.verdict);
        let mut accepted = accepted.into_iter().map(|(way, _)| way);
        if let Some(best) = accepted.next() {
            let rivals = accepted.filter(|way| !best.is_sure && way.verdict == best.verdict);
            let mut all: Vec<Way> = rivals.collect();
            all.insert(0, best);
            return all;
        }
        level = next;
    }
    Vec::new()
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

/// Converts the spans of an edited text to those of the text before the edits.
fn map_back(node: &mut Node, edits: &[(Span, String)]) {
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
    pub is_top: bool,
}

/// Reads a text chunk by chunk. `error` is why it cannot be read as a whole.
pub(super) fn repair(
    chunks: &[Chunk<'_>],
    steps: &[Step],
    judge: &Judge<'_>,
    describe: fn(&str) -> (String, String),
) -> Repair {
    let mut repair = Repair { slips: Vec::new(), entries: Vec::new(), is_whole: true };
    for chunk in chunks {
        let judge = Judge { is_top: chunk.is_top, ..*judge };
        let (node, slip) = read(chunk, steps, &judge, describe);
        repair.is_whole &= node.is_some();
        if let Some(Node { value: Value::Table(entries), .. }) = node {
            repair.entries.extend(entries);
        }
        repair.slips.extend(slip);
    }
    repair
}

/// Reads a chunk: what it holds, and what is wrong with it.
fn read(
    chunk: &Chunk<'_>,
    steps: &[Step],
    judge: &Judge<'_>,
    describe: fn(&str) -> (String, String),
) -> (Option<Node>, Option<Slip>) {
    let error = match (judge.parse)(chunk.text) {
        Ok(mut node) => match &node.value {
            Value::Null => return (Some(node), None),
            Value::Table(_) if (judge.known.mistakes)(&node).shape == 0 => {
                node.shift(chunk.start);
                return (Some(node), None);
            }
            _ => {
                let is_table = matches!(node.value, Value::Table(_));
                let ways = search(chunk.text, steps, judge);
                // Mistakes of which no slip is the cause are for the decoder to report.
                let is_better = ways.first().is_some_and(|way| way.verdict < Verdict::Readable);
                if is_better || !is_table {
                    return slipped(chunk, &ways, judge, || {
                        SyntaxError { message: String::new(), span: Span::new(0, chunk.text.trim_end().len()) }
                    }, describe);
                }
                node.shift(chunk.start);
                return (Some(node), None);
            }
        },
        Err(error) => error,
    };
    let ways = search(chunk.text, steps, judge);
    slipped(chunk, &ways, judge, || error, describe)
}

fn slipped(
    chunk: &Chunk<'_>,
    ways: &[Way],
    judge: &Judge<'_>,
    error: impl FnOnce() -> SyntaxError,
    describe: fn(&str) -> (String, String),
) -> (Option<Node>, Option<Slip>) {
    let edits_of = |way: &Way| -> Vec<(Span, String)> {
        let edits = edits(chunk.text, &way.text).into_iter();
        edits.map(|(span, new)| (span.shifted(chunk.start), new)).collect()
    };
    let Some(best) = ways.first() else {
        let SyntaxError { message, span } = error();
        let (wrong, cure) = describe(&message);
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
