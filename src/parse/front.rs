//! Front matter as it is written: where it is, its entries, and what is to be said if it does not parse.

use std::borrow::Cow;

use super::comments;
use super::fence::{self, Fence, Fenced};
use super::release;
use crate::base::diagnostic::Diagnostic;
use crate::base::path::InputPath;
use crate::base::span::Span;
use crate::data::repair::guard::begins_with_keys;
use crate::data::repair::{self, Known, Repair, Slip};
use crate::data::yaml::SyntaxError;
use crate::data::{self, Key, Node, Value};

/// What was read of a text.
#[derive(Default)]
pub(super) struct Read {
    pub fenced: Option<Fenced>,
    pub entries: Vec<(Key, Node)>,
    /// The front matter as written, if it does not parse.
    pub unread: Option<Box<str>>,
}

/// Reads the keys and values of a text, or what can be read of them.
pub(super) fn read(
    text: &str,
    known: &Known<'_>,
    path: &InputPath,
    diagnostics: &mut Vec<Diagnostic>,
) -> Read {
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
                    // A template that was put below an empty one.
                    Value::Null => {
                        let read = Read { fenced: found, entries: Vec::new(), unread: None };
                        return with_second(text, read, known, path, diagnostics);
                    }
                    Value::Table(entries) => {
                        let read = Read { fenced: found, entries, unread: None };
                        return with_second(text, read, known, path, diagnostics);
                    }
                    _ => {
                        let wrong = format!("the front matter is {}, not a table of keys", node.describe());
                        Some(without_keys(wrong, node.span))
                    }
                }
            }
            Err(error) => {
                let span = error.span.shifted(fenced.span.start as usize);
                let describe = match fenced.fence {
                    Fence::Yaml => repair::yaml::describe,
                    Fence::Toml => repair::toml::describe,
                };
                Some(Slip::of(SyntaxError { span, ..error }, describe))
            }
        },
        None => None,
    };
    let guesses = found.into_iter().chain(fence::guesses(text, known.keys));
    let mut best: Option<(Fenced, Repair)> = None;
    for fenced in guesses {
        let mut repair = repaired(text, &fenced, known);
        let has_key = repair.entries.iter().any(|(key, _)| known.keys.contains(&&*key.name));
        match fixed(text, &fenced, &repair, known).filter(|_| has_key) {
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
        if fence::is_misplaced(text, known.keys) || release::is_mentioned_at_start(text) {
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
    let slip = summary_of(text, &fenced, &repair, known, error);
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

/// Front matter that is as it should be, and where the text below it begins.
pub(crate) fn front_of(text: &str) -> Option<(Node, usize)> {
    let fenced = fence::find(text)?;
    Some((parsed(text, &fenced).ok()?, fenced.body))
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

/// The front matter after the edits of a repair, with the spans of the text as it is; `None` unless it then parses,
/// and no key is left below it.
fn fixed(text: &str, fenced: &Fenced, repair: &Repair, known: &Known<'_>) -> Option<Vec<(Key, Node)>> {
    let mut edits = repair.edits().filter(|_| !begins_with_keys(&text[fenced.body..], known.keys))?;
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
fn summary_of(text: &str, fenced: &Fenced, repair: &Repair, known: &Known<'_>, error: Option<Slip>) -> Slip {
    let of_fence = fenced.slips.iter().map(|slip| Slip {
        span: slip.edits.first().map_or(fenced.opening, |(span, _)| *span),
        wrong: slip.wrong.to_owned(),
        how_to_fix: slip.how_to_fix.clone(),
        edits: Some(slip.edits.clone()),
        choices: Vec::new(),
    });
    // Of edits at the same place, a closing line comes last.
    let (before, after): (Vec<Slip>, Vec<Slip>) =
        of_fence.partition(|slip| slip.span.start <= fenced.span.start);
    let slips = before.into_iter().chain(repair.slips.iter().cloned()).chain(after).collect();
    repair::summary(slips, fixed(text, fenced, repair, known).is_some(), || {
        error.unwrap_or_else(|| without_keys("the front matter cannot be read".into(), fenced.span))
    })
}

/// The slip of front matter that may be anything.
fn without_keys(wrong: String, span: Span) -> Slip {
    let how_to_fix = "write on each line a key, a colon, a space and a value".into();
    Slip { span, wrong, how_to_fix, edits: None, choices: Vec::new() }
}

/// What was meant where front matter parses and yet says something else, and the finding.
pub(super) fn misread(
    text: &str,
    fenced: &Fenced,
    known: &Known<'_>,
    path: &InputPath,
    found: &[Diagnostic],
) -> Option<(Vec<(Key, Node)>, Diagnostic)> {
    let codes = [data::WRONG_TYPE.name, data::UNKNOWN_KEY.name];
    let inner = &text[fenced.span.range()];
    // In braces, a slip may leave a value of the right type.
    let is_wrong = |found: &Diagnostic| codes.contains(&found.code) || inner.contains('{');
    let is_wrong = found.iter().any(is_wrong);
    if fenced.fence != Fence::Yaml || !(is_wrong || repair::yaml::may_be_odd(inner)) {
        return None;
    }
    let repair = repaired(text, fenced, known);
    let mut entries = fixed(text, fenced, &repair, known).filter(|_| !repair.slips.is_empty())?;
    // Their findings are there already.
    entries.iter_mut().for_each(|(_, node)| take_out_comments(node, path, &mut Vec::new()));
    let slip = summary_of(text, fenced, &repair, known, None);
    Some((entries, repair::finding(path, &slip, data::INVALID_SYNTAX.name)))
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
