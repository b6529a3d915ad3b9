//! The search for the readings of one chunk: steps, and a judge of what they lead to.

use std::cell::Cell;

use super::guard::is_sound;
use super::{Known, Mistakes, Step};
use crate::data::decode::Document;
use crate::data::node::{Key, Node, Value};
use crate::data::reading::Syntax;
use crate::data::yaml::SyntaxError;

/// The text of a chunk that is tried at most, in bytes: what is longer is no slip in one line.
const MOST_CHUNK: usize = 8_192;

/// The longest text that is searched for slips, in bytes: nobody writes more front matter or settings by hand, and each
/// step looks at all of it.
pub(super) const LONGEST: usize = 200_000;

/// How much is parsed in search of a repair of one text, in bytes.
pub(super) const MOST_PARSED: usize = 1_000_000;

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
pub(super) enum Verdict {
    /// Nothing is wrong with it.
    Clean,
    /// A value is wrong, but of the right type.
    Fitting,
    /// Values are of another type than their keys expect, but each says what was meant.
    Fixable,
    /// It parses, and every letter is there, but its key is not known.
    Readable,
    /// It parses, and every letter is there, but its key expects something else.
    Misfit,
}

impl Judge<'_> {
    /// Judges a reading of `source`, and whether it is suspect, which is what is not [sound](is_sound); `None` if it
    /// cannot be what was meant.
    fn verdict(&self, source: &str, reading: &str, is_reworded: bool) -> Option<(bool, Verdict)> {
        let left = self.budget.get().checked_sub(reading.len());
        self.budget.set(left.unwrap_or(0));
        left?;
        let node = (self.parse)(reading).ok()?;
        let Value::Table(entries) = &node.value else { return None };
        // What is left are comments.
        if entries.is_empty() && is_reworded {
            return Some((false, Verdict::Clean));
        }
        let is_known = |(key, _): &(Key, Node)| self.table.is_some() || self.known.has(&key.name);
        // The first entry may have a name of its author's; any other is known, or it is text.
        if entries.is_empty() || !entries.iter().skip(1).all(is_known) {
            return None;
        }
        if !is_reworded && essence(&(self.strip)(source)) != essence_of(&node) {
            return None;
        }
        let is_first_known = is_known(&entries[0]);
        let is_suspect = !is_sound(source, reading, &node, self.known.all_keys());
        let verdict = match self.mistakes(node, reading) {
            Mistakes { all: 0, .. } if is_first_known => Verdict::Clean,
            Mistakes { shape: 0, .. } if is_first_known => Verdict::Fitting,
            Mistakes { unfixed: 0, .. } if is_first_known => Verdict::Fixable,
            _ if is_first_known => Verdict::Misfit,
            _ => Verdict::Readable,
        };
        Some((is_suspect, verdict))
    }

    /// The mistakes in the entries of a chunk.
    pub(super) fn mistakes(&self, node: Node, text: &str) -> Mistakes {
        let has_key = |name: &str| match &node.value {
            Value::Table(entries) => entries.iter().any(|(key, _)| *key.name == *name),
            _ => false,
        };
        let node = match self.table {
            Some(table) if !has_key(table) => {
                let key = Key { name: table.into(), span: node.span };
                Node { span: node.span, value: Value::Table(vec![(key, node)]) }
            }
            _ => node,
        };
        (self.known.mistakes)(
            &node,
            &Document { path: self.known.path, text, syntax: self.syntax, lang: self.known.lang },
        )
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
pub(super) struct Way {
    /// Whether it is suspect: then it is only offered.
    pub is_suspect: bool,
    pub verdict: Verdict,
    pub text: String,
    pub wrong: String,
    pub how_to_fix: String,
    pub is_sure: bool,
}

/// Searches for the readings of a chunk: the best one, or several that are equally likely. What only parses is taken if
/// no further step leads to what its keys expect.
pub(super) fn search(source: &str, steps: &[Step], judge: &Judge<'_>) -> Vec<Way> {
    if source.len() > MOST_CHUNK {
        return Vec::new();
    }
    let mut level = vec![Way {
        is_suspect: false,
        verdict: Verdict::Readable,
        text: source.to_owned(),
        wrong: String::new(),
        how_to_fix: String::new(),
        is_sure: true,
    }];
    let mut readable: Vec<Way> = Vec::new();
    for _ in 0..MOST_STEPS {
        let mut next: Vec<Way> = Vec::new();
        let mut accepted: Vec<Way> = Vec::new();
        for way in &level {
            if judge.budget.get() == 0 {
                return readable;
            }
            for step in steps {
                let Some(reading) = step(&way.text, judge.known) else { continue };
                if reading.text == way.text || next.iter().any(|other| other.text == reading.text) {
                    continue;
                }
                let verdict = judge.verdict(source, &reading.text, reading.is_reworded);
                let is_first = way.wrong.is_empty();
                let (is_suspect, of_reading) = verdict.unwrap_or((false, Verdict::Readable));
                let found = Way {
                    is_suspect,
                    verdict: of_reading,
                    wrong: if is_first { reading.wrong.into() } else { way.wrong.clone() },
                    how_to_fix: if is_first { reading.how_to_fix.into() } else { way.how_to_fix.clone() },
                    is_sure: way.is_sure && reading.is_sure && !is_suspect,
                    text: reading.text,
                };
                match verdict {
                    Some(_) => accepted.push(found),
                    None => next.push(found),
                }
            }
        }
        // Of equally good readings the first step's is the most likely.
        let quality = |way: &Way| (way.is_suspect, way.verdict);
        accepted.sort_by_key(quality);
        if let Some(best) = accepted.first() {
            let (is_sure, best) = (best.is_sure, quality(best));
            let mut ways = accepted.clone();
            ways.retain(|way| quality(way) == best);
            ways.truncate(if is_sure { 1 } else { MOST_CHOICES });
            if best < (false, Verdict::Fixable) {
                return ways;
            }
            if readable.first().is_none_or(|known| best < quality(known)) {
                readable = ways;
            }
        }
        level = accepted.into_iter().chain(next).collect();
    }
    readable
}
