//! How a text that does not parse was meant.
//!
//! There is one judge and one list of steps for each language. A text is cut into chunks, one for each entry, so that a
//! slip in one entry hides no other. For a chunk that does not parse, [`search()`] tries steps, each of which undoes
//! one slip, and then pairs of them; [`Judge`] accepts a result only if it parses, has the keys that the chunk may
//! have, and holds every letter that its author wrote. So a repair is proved, and no step has to be right in itself.

mod edits;
pub(crate) mod guard;
pub(crate) mod line;
mod search;
pub(crate) mod toml;
pub(crate) mod yaml;

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use self::edits::edits;
pub(crate) use self::edits::{edited, map_back};
use self::guard::Keys;
use self::search::{Judge, Verdict, Way, search};
use super::decode::Document;
use super::node::{Key, Node, Value};
use super::yaml::SyntaxError;
use super::{UNKNOWN_KEY, WRONG_TYPE};
use crate::base::diagnostic::{Diagnostic, Edit, Fix};
use crate::base::path::InputPath;
use crate::base::span::Span;

/// A reading of a text that does not parse: the text with one slip undone.
pub(super) struct Reading {
    pub text: String,
    /// What is wrong, as a phrase for a message.
    pub wrong: Cow<'static, str>,
    /// How to fix it, as an imperative phrase.
    pub how_to_fix: Cow<'static, str>,
    /// Whether no other reading is as likely. Others are offered, and never applied unasked.
    pub is_sure: bool,
    /// Whether it says in other words what the author wrote, such as `true` for `yes`.
    pub is_reworded: bool,
}

impl Reading {
    pub(super) fn new(
        text: String,
        wrong: impl Into<Cow<'static, str>>,
        how_to_fix: impl Into<Cow<'static, str>>,
    ) -> Reading {
        Reading {
            text,
            wrong: wrong.into(),
            how_to_fix: how_to_fix.into(),
            is_sure: true,
            is_reworded: false,
        }
    }

    pub(super) fn unsure(self) -> Reading {
        Reading { is_sure: false, ..self }
    }

    pub(super) fn reworded(self) -> Reading {
        Reading { is_reworded: true, ..self }
    }
}

/// Undoes one sort of slip in all places of a chunk; `None` if it is not there.
pub(super) type Step = fn(&str, &Known<'_>) -> Option<Reading>;

/// What the texts of one sort may hold.
pub(crate) struct Known<'a> {
    /// The file.
    pub path: &'a InputPath,
    /// The tag of its language; empty if that is not known.
    pub lang: &'a str,
    /// The keys at the top level.
    pub keys: &'a [&'a str],
    /// Whether a word is a key anywhere in such a text.
    pub is_part: &'a dyn Fn(&str) -> bool,
    /// How well entries fit what their keys expect: the number of mistakes, or of mistakes in keys and types only.
    pub mistakes: &'a dyn Fn(&Node, &Document<'_>) -> Mistakes,
}

/// The mistakes in a table.
#[derive(Copy, Clone, Debug, Default)]
pub(crate) struct Mistakes {
    /// Unknown keys, and values of the wrong type.
    pub shape: usize,
    /// Those of them without a fix of their own.
    pub unfixed: usize,
    /// All.
    pub all: usize,
}

impl Mistakes {
    /// Counts what the decoder found.
    pub(crate) fn among(found: &[Diagnostic]) -> Mistakes {
        let of_shape = |found: &&Diagnostic| found.code == WRONG_TYPE.name || found.code == UNKNOWN_KEY.name;
        let shape: Vec<&Diagnostic> = found.iter().filter(of_shape).collect();
        let unfixed = shape.iter().filter(|found| found.fix.is_none()).count();
        Mistakes { shape: shape.len(), unfixed, all: found.len() }
    }
}

impl Known<'_> {
    fn all_keys(&self) -> Keys<'_> {
        Keys { top: self.keys, is_part: self.is_part }
    }

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
    pub how_to_fix: String,
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
        let (wrong, how_to_fix) = describe(&error.message);
        Slip { span: error.span, wrong, how_to_fix, edits: None, choices: Vec::new() }
    }
}

/// The one thing to say of a text that does not parse: its first slip, and how to fix them all if that is proved.
pub(crate) fn summary(mut slips: Vec<Slip>, is_proved: bool, unknown: impl FnOnce() -> Slip) -> Slip {
    slips.sort_by_key(|slip| slip.span);
    let edits = is_proved.then(|| joined(slips.iter().filter_map(|slip| slip.edits.clone()).flatten()));
    let more = slips.len().saturating_sub(1);
    let mut first = slips.into_iter().next().unwrap_or_else(unknown);
    first.edits = edits.filter(|edits: &Vec<_>| !edits.is_empty());
    if more > 0 {
        first.choices.clear();
        first.how_to_fix += &match more {
            1 => "; one more place needs a fix".to_owned(),
            _ => format!("; {more} more places need a fix"),
        };
    }
    first
}

/// The edits, with those that insert at the same place as one, which keeps their order.
fn joined(edits: impl Iterator<Item = (Span, String)>) -> Vec<(Span, String)> {
    let mut joined: Vec<(Span, String)> = Vec::new();
    for (span, new) in edits {
        match joined.last_mut().filter(|(last, _)| *last == span && span.is_empty()) {
            Some((_, text)) => text.push_str(&new),
            None => joined.push((span, new)),
        }
    }
    joined
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
        Diagnostic::error(code, slip.wrong.clone()).at(path, slip.span, "").help(slip.how_to_fix.clone());
    for (title, changes) in &slip.choices {
        if *title != slip.how_to_fix {
            found = found.help(format!("or {title}"));
        }
        found = found.choice(Fix::new(title.clone(), edits(changes)));
    }
    let title = slip.how_to_fix.split(';').next().unwrap_or_default().to_owned();
    found.fix = slip.edits.as_deref().map(|changes| Fix::new(title, edits(changes)));
    found.help(format!("`dossier explain {code}` has examples"))
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
    /// Those of a chunk that parses, but has values of another type than its keys expect.
    pub within: &'static [Step],
    /// Whether a chunk that parses may say something else than its author meant; the flag tells whether it has values
    /// of another type than its keys expect.
    pub is_odd: fn(&str, &Known<'_>, bool) -> bool,
    /// What the parser says, in plain words, and how to fix it.
    pub describe: fn(&str) -> (String, String),
}

/// Reads a text chunk by chunk.
fn repair<'a>(chunks: &[Chunk<'a>], language: &Language, judge: &Judge<'a>) -> Repair {
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
    let mistakes = judge.mistakes(node.clone(), chunk.text);
    let is_misfit = mistakes.unfixed > 0 || mistakes.all > 0 && chunk.text.contains('{');
    // Of two keys in one chunk, the second was meant as a part of the first one's value.
    let is_odd = is_misfit && entries.len() > 1 || (language.is_odd)(chunk.text, judge.known, is_misfit);
    if is_misfit || is_odd {
        let ways = search(chunk.text, if is_odd { language.steps } else { language.within }, judge);
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
        let (wrong, how_to_fix) = (language.describe)(&message);
        let span = span.shifted(chunk.start);
        return (None, Some(Slip { span, wrong, how_to_fix, edits: None, choices: Vec::new() }));
    };
    let edits = edits_of(best);
    let mut node = (judge.parse)(&best.text).ok();
    if let Some(node) = &mut node {
        let local: Vec<(Span, String)> = self::edits(chunk.text, &best.text);
        map_back(node, &local);
        node.shift(chunk.start);
    }
    let span = edits.first().map_or(Span::empty(chunk.start), |(span, _)| *span);
    let mut slip = Slip {
        span,
        wrong: best.wrong.clone(),
        how_to_fix: best.how_to_fix.clone(),
        edits: None,
        choices: Vec::new(),
    };
    match best.is_sure && best.verdict < Verdict::Misfit {
        true => slip.edits = Some(edits),
        false => slip.choices = ways.iter().map(|way| (way.how_to_fix.clone(), edits_of(way))).collect(),
    }
    (node, Some(slip))
}

/// Reports keys that are there twice.
fn repeated(chunks: &[Chunk<'_>], repair: &mut Repair) {
    let mut twice = Vec::new();
    // For each key, the first entry that has a value.
    let mut first: BTreeMap<Box<str>, usize> = BTreeMap::new();
    let mut is_removed = vec![false; repair.entries.len()];
    let mut starts: Vec<u32> = repair.entries.iter().map(|(key, _)| key.span.start).collect();
    starts.sort_unstable();
    // What is removed must hold nothing else.
    let is_alone = |chunk: Span| {
        let before = |place: u32| starts.partition_point(|start| *start < place);
        before(chunk.end) - before(chunk.start) == 1
    };
    for (at, (key, node)) in repair.entries.iter().enumerate() {
        let Some(&other) = first.get(&key.name) else {
            first.insert(key.name.clone(), at);
            continue;
        };
        let (first_key, first_node) = &repair.entries[other];
        let (old, new) = (chunk_at(chunks, first_key.span), chunk_at(chunks, key.span));
        let is_empty = |node: &Node| matches!(node.value, Value::Null);
        let are_apart = old != new && is_alone(old) && is_alone(new);
        let remove = |span: Span| vec![(span, String::new())];
        let mut slip = Slip {
            span: key.span,
            wrong: format!("the key `{}` is there twice", key.name),
            how_to_fix: "keep one of the two".into(),
            edits: None,
            choices: Vec::new(),
        };
        if are_apart && (is_empty(node) || same_value(first_node, node)) {
            slip.how_to_fix = "remove the second one".into();
            slip.edits = Some(remove(new));
        } else if are_apart && is_empty(first_node) {
            slip.how_to_fix = "remove the first one, which is empty".into();
            slip.edits = Some(remove(old));
        } else if are_apart {
            slip.choices =
                vec![("keep the first one".into(), remove(new)), ("keep the second one".into(), remove(old))];
        }
        is_removed[if is_empty(first_node) && !is_empty(node) { other } else { at }] = true;
        if is_empty(first_node) {
            first.insert(key.name.clone(), at);
        }
        twice.push(slip);
    }
    let mut is_removed = is_removed.into_iter();
    repair.entries.retain(|_| !is_removed.next().unwrap_or_default());
    // Nothing is fixed in a chunk that goes.
    let start_of = |edits: &[(Span, String)]| edits.first().map(|(span, _)| chunk_at(chunks, *span).start);
    let gone: BTreeSet<u32> = twice.iter().filter_map(|slip| start_of(slip.edits.as_deref()?)).collect();
    let stays =
        |slip: &Slip| slip.edits.as_deref().and_then(start_of).is_none_or(|start| !gone.contains(&start));
    repair.slips.retain(stays);
    repair.slips.append(&mut twice);
}

/// The span of the chunk that a place is in.
fn chunk_at(chunks: &[Chunk<'_>], place: Span) -> Span {
    let next = chunks.partition_point(|chunk| chunk.start <= place.start as usize);
    let chunk = next.checked_sub(1).map(|at| &chunks[at]);
    chunk.map_or(Span::empty(0), |chunk| Span::new(chunk.start, chunk.start + chunk.text.len()))
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

#[cfg(test)]
mod tests {
    use super::*;

    /// If each entry were compared with all others, this would take many minutes.
    #[test]
    fn one_key_that_is_there_very_often_is_reported_each_time() {
        let text = "a: 1\n".repeat(200_000);
        let starts = (0..text.len()).step_by(5);
        let chunks: Vec<Chunk<'_>> =
            starts.clone().map(|start| Chunk { start, text: &text[start..start + 5], table: None }).collect();
        let entry = |start: usize| {
            let value = Node { span: Span::new(start + 3, start + 4), value: Value::Scalar("1".into()) };
            (Key { name: "a".into(), span: Span::new(start, start + 1) }, value)
        };
        let mut repair = Repair { slips: Vec::new(), entries: starts.map(entry).collect(), is_whole: true };
        repeated(&chunks, &mut repair);
        assert_eq!((repair.entries.len(), repair.slips.len()), (1, 199_999));
        assert!(repair.slips.iter().all(|slip| slip.edits.is_some()));
    }
}
