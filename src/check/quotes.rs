//! Helpers for the rules about quoted passages: where a passage is in its file, and how to rewrite a target.

use std::cell::OnceCell;
use std::ops::Range;

use super::Context;
use crate::base::diagnostic::{Edit, Fix};
use crate::base::span::{Span, Spanned};
use crate::kinds::Target;
use crate::link::anchor::{Haystack, Selector};
use crate::link::{Edition, Graph, Shown};
use crate::parse::Prose;

/// The maximum number of characters of a quotation in a message.
const LONGEST: usize = 72;

/// The span in the file of a range of the plain text, from its first byte that is written there to its last.
pub(crate) fn source_span(prose: &Prose, range: &Range<usize>) -> Span {
    let end_of =
        |segment: &crate::parse::prose::Segment| segment.plain as usize + segment.source.range().len();
    let first = prose.segments.partition_point(|segment| end_of(segment) <= range.start);
    let after = prose.segments.partition_point(|segment| (segment.plain as usize) < range.end);
    let (Some(a), Some(b)) =
        (prose.segments.get(first), after.checked_sub(1).and_then(|b| prose.segments.get(b)))
    else {
        return Span::empty(0);
    };
    let start = a.source.start as usize + range.start.saturating_sub(a.plain as usize);
    let end =
        b.source.start as usize + range.end.saturating_sub(b.plain as usize).min(b.source.range().len());
    Span::new(start, end)
}

/// Quotes passages of an edition.
pub(crate) struct Quoter<'a> {
    shown: Shown<'a>,
    /// Made once, because the text may be long and the quotations many.
    haystack: OnceCell<Haystack<'static>>,
}

impl<'a> Quoter<'a> {
    /// A quoter for passages of this edition of an article.
    pub(crate) fn of(graph: &Graph, edition: &'a Edition) -> Quoter<'a> {
        Quoter { shown: Shown::of(graph, edition), haystack: OnceCell::new() }
    }

    /// The words of a passage, for a message.
    pub(crate) fn words(&self, plain: &Range<usize>) -> String {
        let shown = self.shown.shown(plain);
        let words =
            self.shown.text().get(shown).unwrap_or_default().split_whitespace().collect::<Vec<&str>>();
        shortened(&words.join(" "))
    }

    /// The selector for a passage, with context if `target` has some.
    pub(crate) fn select(&self, plain: &Range<usize>, target: &Target) -> Option<Selector> {
        let haystack = self.haystack.get_or_init(|| Haystack::new(self.shown.text().to_owned()));
        haystack.reselect(&self.shown.shown(plain), &target.quote())
    }
}

/// The words, shortened in the middle if there are many.
pub(crate) fn shortened(words: &str) -> String {
    let count = words.chars().count();
    if count <= LONGEST {
        return words.to_owned();
    }
    let half = LONGEST / 2;
    let head: String = words.chars().take(half).collect();
    let tail: String = words.chars().skip(count - half).collect();
    let head = head.rsplit_once(' ').map_or(head.as_str(), |(head, _)| head);
    let tail = tail.split_once(' ').map_or(tail.as_str(), |(_, tail)| tail);
    format!("{head} … {tail}")
}

/// The edits that make a target say what `selector` says; values that already match are left unchanged.
pub(crate) fn rewrite(
    context: &Context<'_>,
    title: String,
    edition: &Edition,
    target: &Target,
    selector: &Selector,
) -> Fix {
    let text = context.text(edition);
    let written = Written { text: &text, toml: edition.parsed.head.toml };
    let mut edits = Vec::new();
    let mut edit = |span: Span, replacement: String| {
        edits.push(Edit { path: edition.input.path.clone(), span, replacement });
    };
    let differs = |old: &str, new: &str| old.split_whitespace().ne(new.split_whitespace());
    if differs(&target.exact, &selector.exact) {
        edit(target.exact.span, written.value(target.exact.span, &selector.exact));
    }
    let mut added = String::new();
    for (key, old, new) in
        [("prefix", &target.prefix, &selector.prefix), ("suffix", &target.suffix, &selector.suffix)]
    {
        match old {
            Some(Spanned { value, span }) if differs(value, new) => edit(*span, written.value(*span, new)),
            Some(_) => {}
            None if new.is_empty() => {}
            None => added += &written.another(target.exact.span, key, new),
        }
    }
    if !added.is_empty() {
        edit(Span::empty(written.end_of(target.exact.span)), added);
    }
    Fix::new(title, edits)
}

/// The text of a front matter, and the values of a target in it.
struct Written<'a> {
    text: &'a str,
    toml: bool,
}

impl Written<'_> {
    /// Words in the quotation marks of the old value, if those can hold them.
    fn value(&self, old: Span, words: &str) -> String {
        let plain = |c: char| c.is_alphanumeric() || matches!(c, ' ' | '.' | '’' | '-' | '“' | '”' | '/');
        // A block of text below `>` or `|` holds any words as they are.
        let before =
            self.text.get(..old.start as usize).unwrap_or_default().trim_end_matches([' ', '\n', '\r']);
        let is_below =
            self.text.get(before.len()..old.start as usize).is_some_and(|space| space.contains('\n'));
        if !self.toml && is_below && before.trim_end_matches(['-', '+']).ends_with(['>', '|']) {
            return words.to_owned();
        }
        let old = self.text.get(old.range()).unwrap_or_default();
        let is_plain = words.starts_with(char::is_alphabetic) && words.ends_with(char::is_alphanumeric);
        match old.chars().next() {
            Some('\'') if !words.contains('\'') => format!("'{words}'"),
            Some(c) if !self.toml && c.is_alphanumeric() && is_plain && words.chars().all(plain) => {
                words.to_owned()
            }
            _ => quoted(words),
        }
    }

    /// Another key of the target, in the target's own form.
    fn another(&self, exact: Span, key: &str, words: &str) -> String {
        let sign = if self.toml { " =" } else { ":" };
        let entry = format!("{key}{sign} {}", quoted(words));
        match self.indent(exact) {
            None => format!(", {entry}"),
            Some(indent) => {
                let newline = if self.text.contains("\r\n") { "\r\n" } else { "\n" };
                format!("{newline}{}{entry}", " ".repeat(indent))
            }
        }
    }

    /// The column of the key, if keys are on lines of their own.
    fn indent(&self, exact: Span) -> Option<usize> {
        let before = self.text.get(..exact.start as usize)?;
        let line = &before[before.rfind('\n').map_or(0, |at| at + 1)..];
        let key = line.trim_start_matches([' ', '-']);
        let is_key = key.split([':', '=']).next().is_some_and(|key| key.trim().trim_matches('"') == "exact");
        is_key.then(|| line.len() - key.len())
    }

    /// The end of the value, or the end of its line if a comment follows it.
    fn end_of(&self, exact: Span) -> usize {
        let end = exact.end as usize;
        let rest = self.text.get(end..).unwrap_or_default();
        let line = rest.split(['\r', '\n']).next().unwrap_or_default();
        match self.indent(exact).is_some() && line.trim_start().starts_with('#') {
            true => end + line.trim_end().len(),
            false => end,
        }
    }
}

/// A JSON string, which is a valid YAML and TOML string too.
fn quoted(words: &str) -> String {
    serde_json::Value::from(words).to_string()
}
