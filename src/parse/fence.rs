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
    /// What is wrong with them; nothing for fences as they should be.
    pub slips: Vec<FenceSlip>,
}

/// What is wrong with a fence, and the edits that fix it.
#[derive(Clone, Debug)]
pub(super) struct FenceSlip {
    pub wrong: &'static str,
    pub how_to_fix: String,
    pub edits: Vec<(Span, String)>,
}

impl FenceSlip {
    fn new(
        wrong: &'static str,
        how_to_fix: impl Into<String>,
        span: Span,
        new: impl Into<String>,
    ) -> FenceSlip {
        FenceSlip { wrong, how_to_fix: how_to_fix.into(), edits: vec![(span, new.into())] }
    }
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
    let is_code = is_code(line)
        || matches!(line.to_ascii_lowercase().as_str(), "--- yaml" | "---yaml" | "--- json" | "---json");
    match (
        is_dashes || is_spaced || is_other || is_code,
        all("+＋") && (2..=8).contains(&count) || line == "```toml",
    ) {
        (true, _) => Some(Fence::Yaml),
        (_, true) => Some(Fence::Toml),
        _ => None,
    }
}

const NOT_FIRST: &str = "front matter must begin in the first line";

/// Whether a line opens a block of code that may hold front matter.
fn is_code(line: &str) -> bool {
    let line = line.trim().to_ascii_lowercase();
    let language = line.strip_prefix("```").or_else(|| line.strip_prefix("~~~"));
    language.is_some_and(|language| matches!(language.trim(), "" | "yaml" | "yml"))
}

/// Where front matter may have been meant to be, the most likely first, if its fences are not as they should be.
/// `keys` are those that it may have.
pub(super) fn guesses(text: &str, keys: &[&str]) -> Vec<Fenced> {
    let start = after_mark(text);
    let is_empty =
        |line: &str| line.chars().all(|c| c.is_whitespace() || matches!(c, '\u{200b}' | '\u{feff}'));
    let Some((at, first)) = lines(text, start).find(|(_, line)| !is_empty(line)) else { return Vec::new() };
    if first.starts_with('{') {
        return json(text, at, keys).into_iter().collect();
    }
    let mut slips = Vec::new();
    if at > start {
        slips.push(FenceSlip::new(NOT_FIRST, "remove what is before it", Span::new(start, at), ""));
    }
    let content = first.trim_end_matches(['\r', '\n']);
    let newline = newline(text);
    let after = at + first.len();
    let next = lines(text, after).next();
    let (fence, inner) = match sloppy(first) {
        // A block of code around front matter with its own fences.
        Some(_) if is_code(first) && next.is_some_and(|(_, line)| sloppy(line).is_some()) => {
            let (_, line) = next.unwrap_or_default();
            let wrong = "front matter is in a block of code";
            slips.push(FenceSlip::new(wrong, "remove the lines of the block", Span::new(at, after), ""));
            (sloppy(line).unwrap_or(Fence::Yaml), after + line.len())
        }
        Some(fence) => {
            if content.trim_end() != fence.line() {
                let how_to_fix = format!("write `{}`", fence.line());
                let span = Span::new(at, at + content.len());
                let wrong = "the line above front matter is not right";
                slips.push(FenceSlip::new(wrong, how_to_fix, span, fence.line()));
            }
            (fence, after)
        }
        None if opens(first, keys) => {
            let fence = if first.contains('=') && !first.contains(':') { Fence::Toml } else { Fence::Yaml };
            let how_to_fix = format!("write `{}` above the first key", fence.line());
            let line = format!("{}{newline}", fence.line());
            let wrong = "there is no line above front matter that opens it";
            slips.push(FenceSlip::new(wrong, how_to_fix, Span::empty(at), line));
            (fence, at)
        }
        None => {
            // `---title: T`
            let fence = if content.starts_with(Fence::Toml.line()) { Fence::Toml } else { Fence::Yaml };
            let key = content.strip_prefix(fence.line()).map(str::trim_start);
            let Some(key) = key.filter(|key| opens(key, keys)) else {
                return below(text, start, keys).into_iter().collect();
            };
            let (end, start) = (at + fence.line().len(), at + content.len() - key.len());
            let how_to_fix = format!("write `{}` on a line of its own", fence.line());
            let wrong = "the line above front matter is not right";
            slips.push(FenceSlip::new(wrong, how_to_fix, Span::new(end, start), newline));
            (fence, start)
        }
    };
    let opening = Span::new(at, at + content.len());
    let guess = |End { end, body, slip }: End| {
        let mut slips: Vec<FenceSlip> = slips.iter().cloned().chain(slip).collect();
        let mut body = body;
        // The end of the block of code that began above.
        if is_code(first)
            && let Some((at, line)) = lines(text, body).next().filter(|(_, line)| line.trim() == "```")
        {
            body = at + line.len();
            if let Some(slip) = slips.first_mut().filter(|slip| slip.wrong.contains("code")) {
                slip.edits.push((Span::new(at, body), String::new()));
            }
        }
        Fenced { fence, opening, span: Span::new(inner, end), body, slips }
    };
    ends(text, inner, fence, keys).into_iter().map(guess).filter(|guess| !guess.slips.is_empty()).collect()
}

fn newline(text: &str) -> &'static str {
    if text.contains("\r\n") { "\r\n" } else { "\n" }
}

/// Front matter in JSON, as Hugo has it, which is YAML, too.
fn json(text: &str, at: usize, keys: &[&str]) -> Option<Fenced> {
    let mut values =
        serde_json::Deserializer::from_str(&text[at..]).into_iter::<serde_json::Map<String, _>>();
    let table: serde_json::Map<String, serde_json::Value> = values.next()?.ok()?;
    let end = at + values.byte_offset();
    let is_front = table.keys().any(|key| keys.contains(&key.as_str()));
    let newline = newline(text);
    let rest = &text[end..];
    let after = rest.len() - rest.trim_start_matches([' ', '\t', '\r']).len();
    let slip = FenceSlip {
        wrong: "front matter in JSON needs lines around it",
        how_to_fix: "write `---` above and below it".into(),
        edits: vec![
            (Span::empty(at), format!("---{newline}")),
            (
                Span::empty(end),
                format!(
                    "{newline}---{}",
                    if rest[after..].starts_with('\n') || rest.is_empty() { "" } else { newline }
                ),
            ),
        ],
    };
    let span = Span::new(at, end);
    is_front.then(|| Fenced {
        fence: Fence::Yaml,
        opening: Span::new(at, at + 1),
        span,
        body: end,
        slips: vec![slip],
    })
}

/// Front matter as it should be, but below a part of the text.
fn below(text: &str, start: usize, keys: &[&str]) -> Option<Fenced> {
    let (at, line) = lines(text, start).find(|(_, line)| line.trim_end() == Fence::Yaml.line())?;
    let inner = at + line.len();
    let (_, first) = lines(text, inner).find(|(_, line)| !line.trim().is_empty())?;
    let (end, last) = lines(text, inner).find(|(_, line)| closes(line, Fence::Yaml))?;
    let body = end + last.len();
    let above = &text[start..at];
    let separator = if last.ends_with('\n') { "" } else { newline(text) };
    // `%YAML 1.2` says nothing to readers.
    let is_directive = above
        .lines()
        .all(|line| line.trim().is_empty() || line.starts_with("%YAML") || line.starts_with("%TAG"));
    let slip = FenceSlip {
        wrong: NOT_FIRST,
        how_to_fix: if is_directive { "remove what is above it" } else { "move what is above it below it" }
            .into(),
        edits: match is_directive {
            true => vec![(Span::new(start, at), String::new())],
            false => vec![
                (Span::new(start, at), String::new()),
                (Span::empty(body), format!("{separator}{above}")),
            ],
        },
    };
    opens(first, keys).then(|| Fenced {
        fence: Fence::Yaml,
        opening: Span::new(at, at + Fence::Yaml.line().len()),
        span: Span::new(inner, end),
        body,
        slips: vec![slip],
    })
}

/// A second block of front matter directly below the first: where it begins and ends, and where the text after it
/// begins.
pub(super) fn second(text: &str, first: &Fenced, keys: &[&str]) -> Option<(Span, usize)> {
    let (at, line) = lines(text, first.body).find(|(_, line)| !line.trim().is_empty())?;
    // Of an empty block, the line that closes it may be the one that was to open the other.
    let is_open = text[first.span.range()].trim().is_empty() && opens(line, keys);
    let inner = if is_open { at } else { at + line.len() };
    let (end, last) = lines(text, inner).find(|(_, line)| closes(line, first.fence))?;
    let within = lines(text, inner).take_while(|(at, _)| *at < end).map(|(_, line)| line);
    let mut within = within.filter(|line| !line.trim().is_empty() && !line.starts_with('#'));
    let is_front = (is_open || line.trim_end() == first.fence.line())
        && within.next().is_some_and(|line| opens(line, keys))
        && within.all(|line| is_part(line, first.fence));
    is_front.then(|| (Span::new(inner, end), end + last.len()))
}

/// Whether keys of front matter are on lines of their own somewhere in a text, where nobody reads them.
pub(super) fn is_misplaced(text: &str, keys: &[&str]) -> bool {
    let content =
        |line: &'_ str| -> usize { line.len() - line.trim_start_matches(['>', ' ', '|', '/', '*']).len() };
    let mut found = text.lines().take(60).filter(|line| opens(&line[content(line)..], keys));
    let is_json =
        text.trim_start().starts_with('{') && keys.iter().any(|key| text.contains(&format!("\"{key}\":")));
    is_json || found.next().is_some_and(|line| line.contains("title")) && found.next().is_some()
}

/// The end of the front matter, the start of the body, and what is wrong there.
struct End {
    end: usize,
    body: usize,
    slip: Option<FenceSlip>,
}

/// Where front matter may end that begins at `inner`.
fn ends(text: &str, inner: usize, fence: Fence, keys: &[&str]) -> Vec<End> {
    const NOT_RIGHT: &str = "the line below front matter is not right";
    let mut ends: Vec<End> = Vec::new();
    let mut broken: Option<usize> = None;
    let mut blank: Option<usize> = None;
    let mut is_over = false;
    let newline = newline(text);
    let how_to_fix = || format!("write `{}` below the last key", fence.line());
    for (at, line) in lines(text, inner) {
        if closes(line, fence) {
            ends.push(End { end: at, body: at + line.len(), slip: None });
            break;
        }
        let content = line.trim_end_matches(['\r', '\n']);
        let is_item = line.trim_start().starts_with("- ");
        if sloppy(line).is_some() && !is_item {
            let span = Span::new(at, at + content.len());
            let slip = FenceSlip::new(NOT_RIGHT, how_to_fix(), span, fence.line());
            ends.push(End { end: at, body: at + line.len(), slip: Some(slip) });
        } else if let Some(value) = content.trim_end().strip_suffix(fence.line())
            && !value.ends_with(['-', '+'])
            && is_part(line, fence)
        {
            // `by: nis---`
            let end = at + value.trim_end().len();
            let slip = FenceSlip::new(
                "the line that closes front matter is at the end of another one",
                format!("write `{}` on a line of its own", fence.line()),
                Span::new(end, at + value.len()),
                newline,
            );
            ends.push(End { end, body: at + line.len(), slip: Some(slip) });
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
        // A comment below the last key is a heading.
        let is_heading = line.starts_with('#') && !lines(text, at).any(|(_, line)| opens(line, keys));
        let is_inside = opens(line, keys) || is_part(line, fence) && !is_heading;
        if blank.is_none() && broken.is_none() && !is_inside {
            broken = Some(at);
        }
    }
    let at_end = (broken.is_none() && blank.is_none()).then_some(text.len());
    for at in [broken, blank, at_end].into_iter().flatten() {
        // A fence that is there encloses the keys above it; without one, what precedes the first blank line is front
        // matter.
        let closed = ends.iter().find(|end| end.slip.is_none()).map(|end| end.end);
        let until = closed.or(blank).unwrap_or(text.len());
        if lines(&text[..until.max(at)], at).any(|(_, line)| opens(line, keys)) {
            continue;
        }
        // A line that is there closes front matter, if what is above it is no text with paragraphs of its own.
        let is_one_block = |end: usize| text[at..end].trim().lines().all(|line| !line.trim().is_empty());
        let is_attached = |end: usize| {
            broken == Some(at) || text[..end].lines().next_back().is_some_and(|line| !line.trim().is_empty())
        };
        if at != text.len() && closed.is_some_and(|end| end > at && is_one_block(end) && is_attached(end)) {
            continue;
        }
        // Below a key without its colon, its value goes on.
        let mut rest =
            lines(&text[..closed.unwrap_or(at).max(at)], at).skip(1).map(|(_, line)| line).peekable();
        if rest.peek().is_some() && rest.all(|line| !line.trim().is_empty() && is_part(line, fence)) {
            continue;
        }
        // At the end of a file, the last line is the place to look at.
        let last = text.trim_end_matches(['\r', '\n']).len();
        let (place, line) = match at == text.len() {
            true => (Span::new(last, at), format!("{newline}{}{newline}", fence.line())),
            false => (Span::empty(at), format!("{}{newline}", fence.line())),
        };
        let slip = FenceSlip::new("front matter is not closed", how_to_fix(), place, line);
        ends.push(End { end: at, body: at, slip: Some(slip) });
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
