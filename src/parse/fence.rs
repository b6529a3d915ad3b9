//! Where front matter begins and ends: between two lines `---`, or `+++` for TOML; and where it was meant to, if those
//! lines are not quite right.

use crate::base::span::Span;
use crate::data::repair::line::opens;

/// The lines around front matter.
#[derive(Copy, Clone, Debug, Eq, PartialEq)]
pub(super) enum Fence {
    Yaml,
    Toml,
}

impl Fence {
    pub(super) fn line(self) -> &'static str {
        match self {
            Fence::Yaml => "---",
            Fence::Toml => "+++",
        }
    }
}

/// Front matter, and what is wrong with the lines around it.
#[derive(Clone, Debug)]
pub(super) struct Fenced {
    pub fence: Fence,
    /// The line that opens it.
    pub opening: Span,
    /// Between the fences.
    pub span: Span,
    pub body: usize,
    /// What is wrong, and how to fix it; nothing for fences as they should be.
    pub slips: Vec<(&'static str, String, Span, String)>,
}

/// Front matter as it should be.
pub(super) fn find(text: &str) -> Option<Fenced> {
    let start = after_mark(text);
    let first = text[start..].split_inclusive('\n').next()?;
    let fence = match first.trim_end() {
        "---" => Fence::Yaml,
        "+++" => Fence::Toml,
        _ => return None,
    };
    let inner = start + first.len();
    let opening = Span::new(start, start + fence.line().len());
    let (at, line) = lines(text, inner).find(|(_, line)| closes(line, fence))?;
    Some(Fenced { fence, opening, span: Span::new(inner, at), body: at + line.len(), slips: Vec::new() })
}

/// The line with which a file begins, if it opens front matter as it should.
pub(super) fn opening(text: &str) -> Option<(Fence, Span)> {
    let start = after_mark(text);
    let fence = match text[start..].lines().next()?.trim_end() {
        "---" => Fence::Yaml,
        "+++" => Fence::Toml,
        _ => return None,
    };
    Some((fence, Span::new(start, start + fence.line().len())))
}

/// Where a text starts, after a byte order mark.
pub(super) fn after_mark(text: &str) -> usize {
    if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 }
}

/// The lines from `from` on, each with its start.
fn lines(text: &str, from: usize) -> impl Iterator<Item = (usize, &str)> {
    let mut at = from;
    text[from..].split_inclusive('\n').map(move |line| {
        let start = at;
        at += line.len();
        (start, line)
    })
}

/// YAML also ends a document with three dots, which pandoc writes.
fn closes(line: &str, fence: Fence) -> bool {
    line.trim_end() == fence.line() || (fence == Fence::Yaml && line.trim_end() == "...")
}

/// A line that was meant as a fence: with a sign too many or too few, with the dashes of a word processor, indented.
fn sloppy(line: &str) -> Option<Fence> {
    let is_around =
        |c: char| c.is_whitespace() || matches!(c, '\u{200b}'..='\u{200f}' | '\u{feff}' | '\u{2060}' | '\\');
    let line = line.trim_matches(is_around);
    let count = line.chars().count();
    let all = |signs: &str| !line.is_empty() && line.chars().all(|c| signs.contains(c));
    let is_dashes = all("-–—―−‒‐‑") && (count > 1 || !line.is_ascii());
    let is_spaced = line.contains(' ') && all("- ") && count <= 7;
    let is_other = count > 2 && (all("*") || all("_") || all("=") || all("~"));
    let is_code = matches!(
        line.to_ascii_lowercase().as_str(),
        "```" | "```yaml" | "```yml" | "--- yaml" | "---yaml" | "~~~yaml"
    );
    match (
        is_dashes || is_spaced || is_other || is_code,
        all("+＋") && (2..=8).contains(&count) || line == "```toml",
    ) {
        (true, _) => Some(Fence::Yaml),
        (_, true) => Some(Fence::Toml),
        _ => None,
    }
}

/// Where front matter may have been meant to be, the most likely first, if its fences are not as they should be.
/// `keys` are those that it may have.
pub(super) fn guesses(text: &str, keys: &[&str]) -> Vec<Fenced> {
    let start = after_mark(text);
    let is_empty =
        |line: &str| line.chars().all(|c| c.is_whitespace() || matches!(c, '\u{200b}' | '\u{feff}'));
    let Some((at, first)) = lines(text, start).find(|(_, line)| !is_empty(line)) else { return Vec::new() };
    let mut slips = Vec::new();
    if at > start {
        let how_to_fix = "remove what is before it".to_owned();
        slips.push((
            "front matter must begin in the first line",
            how_to_fix,
            Span::new(start, at),
            String::new(),
        ));
    }
    let content = first.trim_end_matches(['\r', '\n']);
    let newline = if text.contains("\r\n") { "\r\n" } else { "\n" };
    let (fence, inner) = match sloppy(first) {
        Some(fence) => {
            if content.trim_end() != fence.line() {
                let how_to_fix = format!("write `{}`", fence.line());
                let span = Span::new(at, at + content.len());
                slips.push((
                    "the line above front matter is not right",
                    how_to_fix,
                    span,
                    fence.line().to_owned(),
                ));
            }
            (fence, at + first.len())
        }
        None if opens(first, keys) => {
            let fence = if first.contains('=') && !first.contains(':') { Fence::Toml } else { Fence::Yaml };
            let how_to_fix = format!("write `{}` above the first key", fence.line());
            let line = format!("{}{newline}", fence.line());
            slips.push((
                "there is no line above front matter that opens it",
                how_to_fix,
                Span::empty(at),
                line,
            ));
            (fence, at)
        }
        None => {
            // `---title: T`
            let fence = if content.starts_with(Fence::Toml.line()) { Fence::Toml } else { Fence::Yaml };
            let key = content.strip_prefix(fence.line()).map(str::trim_start);
            let Some(key) = key.filter(|key| opens(key, keys)) else { return Vec::new() };
            let (end, start) = (at + fence.line().len(), at + content.len() - key.len());
            slips.push((
                "the line above front matter is not right",
                format!("write `{}` on a line of its own", fence.line()),
                Span::new(end, start),
                newline.to_owned(),
            ));
            (fence, start)
        }
    };
    let opening = Span::new(at, at + content.len());
    let guess = |(end, body, slip): End| {
        let slips = slips.iter().cloned().chain(slip).collect();
        Fenced { fence, opening, span: Span::new(inner, end), body, slips }
    };
    ends(text, inner, fence, keys).into_iter().map(guess).filter(|guess| !guess.slips.is_empty()).collect()
}

/// The end of the front matter, the start of the body, and what is wrong there.
type End = (usize, usize, Option<(&'static str, String, Span, String)>);

/// Where front matter may end that begins at `inner`.
fn ends(text: &str, inner: usize, fence: Fence, keys: &[&str]) -> Vec<End> {
    let mut ends: Vec<End> = Vec::new();
    let mut broken: Option<usize> = None;
    let mut blank: Option<usize> = None;
    let mut is_over = false;
    let how_to_fix = || format!("write `{}` below the last key", fence.line());
    for (at, line) in lines(text, inner) {
        if closes(line, fence) {
            ends.push((at, at + line.len(), None));
            break;
        }
        let content = line.trim_end_matches(['\r', '\n']);
        let is_item = line.trim_start().starts_with("- ");
        if sloppy(line).is_some() && !is_item {
            let span = Span::new(at, at + content.len());
            let slip =
                ("the line below front matter is not right", how_to_fix(), span, fence.line().to_owned());
            ends.push((at, at + line.len(), Some(slip)));
        }
        if line.trim().is_empty() {
            blank.get_or_insert(at);
            continue;
        }
        // An empty line between two keys ends nothing.
        if blank.is_some() && !is_over && opens(line, keys) {
            blank = None;
        }
        is_over |= blank.is_some();
        if blank.is_none() && broken.is_none() && !opens(line, keys) && !is_part(line, fence) {
            broken = Some(at);
        }
    }
    let newline = if text.contains("\r\n") { "\r\n" } else { "\n" };
    let at_end = (broken.is_none() && blank.is_none()).then_some(text.len());
    for at in [broken, blank, at_end].into_iter().flatten() {
        // A fence that is there encloses the keys above it; without one, what precedes the first blank line is front matter.
        let closed = ends.iter().find(|(.., slip)| slip.is_none()).map(|(end, ..)| *end);
        let until = closed.or(blank).unwrap_or(text.len());
        if lines(&text[..until.max(at)], at).any(|(_, line)| opens(line, keys)) {
            continue;
        }
        // At the end of a file, the last line is the place to look at.
        let last = text.trim_end_matches(['\r', '\n']).len();
        let (place, line) = match at == text.len() {
            true => (Span::new(last, at), format!("{newline}{}{newline}", fence.line())),
            false => (Span::empty(at), format!("{}{newline}", fence.line())),
        };
        ends.push((at, at, Some(("front matter is not closed", how_to_fix(), place, line))));
    }
    ends
}

/// Whether a line can be within front matter: it is indented, an item of a list, a comment, or has a key.
fn is_part(line: &str, fence: Fence) -> bool {
    let is_key = |key: &str| !key.is_empty() && key.chars().all(|c| c.is_alphanumeric() || "_-".contains(c));
    line.starts_with([' ', '\t', '-', '#', ']', '}'])
        || (line.starts_with('[') && fence == Fence::Toml)
        || line.split_once([':', '=']).is_some_and(|(key, _)| is_key(key.trim_end()))
}
