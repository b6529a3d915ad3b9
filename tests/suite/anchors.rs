//! How well annotations hold: passages of real prose, looked for again after it was edited.
//!
//! `cargo test --test suite anchors -- --ignored --nocapture` runs the full count and prints a table of it.

use std::ops::{Range, RangeInclusive};
use std::sync::Arc;

use dossier::link::anchor::{Anchoring, Haystack, Quote};
use dossier::session::{Options, Snapshot};
use dossier::world::disk::DiskWorld;

/// Numbers that look random and are the same on every run (xorshift64*, Vigna 2016).
struct Dice(u64);

impl Dice {
    fn roll(&mut self, below: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        (self.0.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 33) as usize % below.max(1)
    }

    fn chance(&mut self, thousandths: usize) -> bool {
        self.roll(1000) < thousandths
    }
}

/// A word of a text, and which word of the original it is, perhaps misspelt.
#[derive(Clone, Debug)]
struct Word {
    text: String,
    origin: Option<usize>,
    ends_line: bool,
}

fn words(text: &str) -> Vec<Word> {
    let line = |line: &str| {
        let mut words: Vec<Word> = line
            .split_whitespace()
            .map(|word| Word { text: word.to_owned(), origin: None, ends_line: false })
            .collect();
        if let Some(last) = words.last_mut() {
            last.ends_line = true;
        }
        words
    };
    let mut all: Vec<Word> = text.lines().flat_map(line).collect();
    all.iter_mut().enumerate().for_each(|(at, word)| word.origin = Some(at));
    all
}

/// The text of these words, and where each stands.
fn joined(words: &[Word]) -> (String, Vec<Range<usize>>) {
    let (mut text, mut places) = (String::new(), Vec::new());
    for word in words {
        let start = text.len();
        text.push_str(&word.text);
        places.push(start..text.len());
        text.push(if word.ends_line { '\n' } else { ' ' });
    }
    (text, places)
}

/// The bodies of the shipped dossier in a language, the article first: names, figures and phrases recur in them.
fn corpus(snapshot: &Snapshot, lang: &str) -> String {
    let edition = |id: &str| {
        let entity = snapshot.graph.entity(snapshot.graph.by_id(id).unwrap());
        entity
            .editions
            .iter()
            .find(|edition| edition.input.lang.as_str() == lang)
            .unwrap()
            .prose()
            .plain
            .clone()
    };
    let notes =
        ["one-briefing-four-figures", "total-and-set", "voyage-dates", "tikhoretsk-distance", "denials"];
    std::iter::once("article").chain(notes).map(edition).collect()
}

/// The same with traps: every fourth line comes again with a word or two changed, right after it or much later, as
/// wire reports repeat each other.
fn with_traps(text: &str, dice: &mut Dice) -> String {
    let lines: Vec<&str> = text.lines().collect();
    let mut trapped: Vec<String> = Vec::new();
    for (at, line) in lines.iter().enumerate() {
        trapped.push((*line).to_owned());
        if at % 4 == 0 && line.split_whitespace().count() > 8 {
            let mut copy: Vec<&str> = line.split_whitespace().collect();
            let vocabulary: Vec<&str> = text.split_whitespace().collect();
            for _ in 0..=dice.roll(2) {
                let place = dice.roll(copy.len());
                copy[place] = vocabulary[dice.roll(vocabulary.len())];
            }
            let place = if dice.chance(500) { trapped.len() } else { dice.roll(trapped.len()) };
            trapped.insert(place, copy.join(" "));
        }
    }
    trapped.join("\n")
}

/// The text with so many thousandths of its long words misspelt, written twice, replaced, deleted or added, and a
/// paragraph moved. Short words may mean nothing by themselves.
fn edited(original: &[Word], thousandths: usize, dice: &mut Dice) -> Vec<Word> {
    let long: Vec<&Word> = original.iter().filter(|word| is_long(word)).collect();
    let mut words: Vec<Word> = Vec::with_capacity(original.len());
    for word in original {
        if !is_long(word) || !dice.chance(thousandths) {
            words.push(word.clone());
            continue;
        }
        let other = long[dice.roll(long.len())].text.clone();
        match dice.roll(6) {
            0 | 1 => {
                let mut letters: Vec<char> = word.text.chars().collect();
                let at = 2 + dice.roll(letters.len() - 4);
                letters.swap(at, at + 1);
                words.push(Word { text: letters.into_iter().collect(), ..word.clone() });
            }
            2 => words.extend([Word { ends_line: false, ..word.clone() }, word.clone()]),
            3 => words.push(Word { text: other, origin: None, ..word.clone() }),
            4 => {
                // What is added may by chance be the word beside it, which is then written twice.
                let twice = words.last().into_iter().chain([word]).find(|beside| beside.text == other);
                let origin = twice.and_then(|beside| beside.origin);
                words.extend([Word { text: other, origin, ends_line: false }, word.clone()]);
            }
            _ => {
                if word.ends_line
                    && let Some(last) = words.last_mut()
                {
                    last.ends_line = true;
                }
            }
        }
    }
    // A paragraph goes elsewhere, with all that is in it.
    let mut lines: Vec<Vec<Word>> =
        words.split_inclusive(|word| word.ends_line).map(<[Word]>::to_vec).collect();
    let moved = lines.remove(dice.roll(lines.len()));
    lines.insert(dice.roll(lines.len()), moved);
    lines.concat()
}

fn is_long(word: &Word) -> bool {
    word.text.chars().count() >= 8 && word.text.chars().all(char::is_lowercase)
}

/// What became of the targets.
#[derive(Clone, Copy, Debug, Default)]
struct Count {
    right: usize,
    wrong: usize,
    /// Of the wrong ones, those of which no warning tells.
    silent: usize,
    not: usize,
    /// Those that rightly are not marked: their words were replaced.
    gone: usize,
}

/// How much of two ranges is shared, of all that they cover.
fn overlap(a: &Range<usize>, b: &Range<usize>) -> f64 {
    let shared = a.end.min(b.end).saturating_sub(a.start.max(b.start));
    shared as f64 / (a.end.max(b.end) - a.start.min(b.start)).max(1) as f64
}

/// Where the words of these numbers are after an edit, if all of them are there, and none between them.
fn now_at(edited: &[Word], places: &[Range<usize>], words: RangeInclusive<usize>) -> Option<Range<usize>> {
    let is_one = |word: &Word| word.origin.is_some_and(|origin| words.contains(&origin));
    let first = edited.iter().position(is_one)?;
    let last = edited.iter().rposition(is_one)?;
    let mut found: Vec<usize> = edited[first..=last].iter().map(|word| word.origin).collect::<Option<_>>()?;
    found.dedup();
    found.into_iter().eq(words).then(|| places[first].start..places[last].end)
}

/// Looks for `targets` passages of 3 to 24 words after an edit. Context is that of an author, who gives what is needed
/// to tell the words from others, or of a browser's client, which gives 32 characters on each side.
fn run(
    (lang, text): (&str, &str),
    targets: usize,
    thousandths: usize,
    context: usize,
    dice: &mut Dice,
) -> Count {
    let original = words(text);
    let (before, places) = joined(&original);
    let haystack = Haystack::new(&before);
    let edited = edited(&original, thousandths, dice);
    let (after, new_places) = joined(&edited);
    let edited_haystack = Haystack::new(&after).in_language(lang);
    let mut count = Count::default();
    for _ in 0..targets {
        let length = 3 + dice.roll(22);
        let first = dice.roll(original.len() - length);
        let last = first + length - 1;
        let range = places[first].start..places[last].end;
        let Some(selector) = haystack.select_within(&range, context) else { continue };
        let anchoring = edited_haystack.anchor(&selector.quote());
        let truth = now_at(&edited, &new_places, first..=last);
        match (anchoring.range(), truth) {
            (Some(found), Some(truth)) if overlap(found, &truth) >= 0.5 => count.right += 1,
            (Some(_), _) => {
                count.wrong += 1;
                count.silent += usize::from(matches!(anchoring, Anchoring::Anchored(_)));
                if std::env::var_os("ANCHORS").is_some() {
                    eprintln!(
                        "WRONG {thousandths} {context} {selector:?} => {anchoring:?} {:?}",
                        &after[anchoring.range().unwrap().clone()]
                    );
                }
            }
            (None, Some(_)) => count.not += 1,
            (None, None) => count.gone += 1,
        }
    }
    count
}

/// What a row of the table is about.
#[derive(Clone, Copy, Debug)]
struct Row {
    traps: bool,
    /// Characters on each side; 0 is as many as are needed.
    context: usize,
    /// Of the words, how many were edited.
    thousandths: usize,
}

/// Counts for both languages.
fn table(targets: usize, edits: usize) -> Vec<(Row, Count)> {
    let mut dice = Dice(0x0bad_5eed_cafe_f00d);
    let world = DiskWorld::open(std::path::Path::new(env!("CARGO_MANIFEST_DIR"))).unwrap();
    let snapshot = Snapshot::take(Arc::new(world), &Options::default());
    let plain = ["id", "en"].map(|lang| (lang, corpus(&snapshot, lang)));
    let trapped = [0, 1].map(|at: usize| (plain[at].0, with_traps(&plain[at].1, &mut dice)));
    let mut rows = Vec::new();
    for (traps, texts) in [(false, &plain), (true, &trapped)] {
        for context in [0, 32] {
            for thousandths in [10, 30, 100, 300] {
                let mut sum = Count::default();
                // Each text is edited several times over.
                for (lang, text) in texts.iter().cycle().take(edits) {
                    let Count { right, wrong, silent, not, gone } =
                        run((lang, text), targets.div_ceil(edits), thousandths, context, &mut dice);
                    sum.right += right;
                    sum.wrong += wrong;
                    sum.silent += silent;
                    sum.not += not;
                    sum.gone += gone;
                }
                rows.push((Row { traps, context, thousandths }, sum));
            }
        }
    }
    rows
}

fn percent(part: usize, count: &Count) -> f64 {
    part as f64 * 100.0 / (count.right + count.wrong + count.not + count.gone) as f64
}

/// A quotation that is no longer in its article, and the passage that took its place.
struct Pair {
    lang: &'static str,
    /// Whether the passage makes the same assertion.
    is_same: bool,
    quotation: &'static str,
    passage: &'static str,
}

fn pairs() -> impl Iterator<Item = Pair> {
    let lines = include_str!("anchors/pairs.txt").lines();
    lines.filter(|line| !line.is_empty() && !line.starts_with('#')).map(|line| {
        let parts: Vec<&str> = line.split(" | ").collect();
        let [lang, same, quotation, passage] = parts[..] else { panic!("four parts: {line}") };
        assert!(matches!(same, "same" | "other"), "{line}");
        Pair { lang, is_same: same == "same", quotation, passage }
    })
}

/// Passages that an editor would carry an annotation over to are marked, and no other assertion is.
#[test]
fn quotations_move_only_to_the_same_assertion() {
    let (mut same, mut carried, mut other, mut wrong) = (0, 0, 0, 0);
    for Pair { lang, is_same, quotation, passage } in pairs() {
        let text = format!("{passage}\n\n1 2 3.");
        let anchoring =
            Haystack::new(&text).in_language(lang).anchor(&Quote { exact: quotation, ..Quote::default() });
        let is_marked = anchoring.range().is_some();
        *(if is_same { &mut same } else { &mut other }) += 1;
        carried += usize::from(is_same && is_marked);
        wrong += usize::from(!is_same && is_marked);
        if is_same != is_marked {
            println!(
                "{}: {lang} | {quotation} | {passage}",
                if is_same { "not carried over" } else { "wrong" }
            );
        }
    }
    println!("{carried} of {same} carried over, {wrong} of {other} marked wrongly");
    assert!(same + other >= 300, "{}", same + other);
    assert_eq!(wrong, 0, "other assertions are marked");
    assert!(carried * 100 >= same * 95, "only {carried} of {same} are carried over");
}

#[test]
fn few_targets_go_astray() {
    let (mut wrong, mut all, mut right, mut not) = (0, 0, 0, 0);
    for (row, count) in table(24, 4) {
        wrong += count.wrong;
        all += count.right + count.wrong + count.not + count.gone;
        if !row.traps {
            right += count.right;
            not += count.not;
        }
    }
    assert!(all > 300, "{all}");
    assert_eq!(wrong, 0, "of {all}");
    // Of those on plain text whose words are still there, nearly every one.
    assert!(right * 100 > (right + not) * 93, "only {right} of {} are right", right + not);
}

/// A thousand targets on an article of 100,000 characters: as they are, and with every fifth word of the article
/// changed.
#[test]
#[ignore = "prints how long it takes"]
fn a_long_article() {
    let mut dice = Dice(0x5eed);
    let world = DiskWorld::open(std::path::Path::new(env!("CARGO_MANIFEST_DIR"))).unwrap();
    let snapshot = Snapshot::take(Arc::new(world), &Options::default());
    let bodies = snapshot.graph.entities.iter().flat_map(|entity| &entity.editions);
    let text: String = bodies.map(|edition| edition.prose().plain.as_str()).collect();
    let text = &text[..(0..=100_000).rev().find(|at| text.is_char_boundary(*at)).unwrap()];
    let original = words(text);
    let (before, places) = joined(&original);
    let (after, _) = joined(&edited(&original, 200, &mut dice));
    let haystack = Haystack::new(&before);
    let quotes: Vec<_> = (0..1000)
        .map(|_| {
            let first = dice.roll(original.len() - 12);
            haystack.select(&(places[first].start..places[first + 11].end)).unwrap()
        })
        .collect();
    for (what, text) in [("as they are", &before), ("edited", &after)] {
        let start = std::time::Instant::now();
        let haystack = Haystack::new(text);
        let found = quotes.iter().filter(|quote| haystack.anchor(&quote.quote()).range().is_some()).count();
        println!("{} characters, {what}: {found} of 1000 in {:?}", text.chars().count(), start.elapsed());
    }
}

#[test]
#[ignore = "takes a while; prints a table"]
fn a_thousand_targets() {
    let targets = std::env::var("TARGETS").ok().and_then(|n| n.parse().ok()).unwrap_or(1000);
    for (Row { traps, context, thousandths }, count) in table(targets, 20) {
        let [right, wrong, silent, not, gone] =
            [count.right, count.wrong, count.silent, count.not, count.gone].map(|part| percent(part, &count));
        println!(
            "| {traps} | {context} | {} % | {right:.1} % | {wrong:.2} % | {silent:.2} % | {not:.1} % | {gone:.1} % |",
            thousandths / 10
        );
    }
}
