//! Input → [`Parsed`]: front matter and text, each with its spans. Cannot fail, and depends only on the one
//! input, so the result is valid as long as the text is unchanged.

mod comments;
mod cut_off;
mod fence;
pub(crate) mod foreign;
pub(crate) mod fragments;
mod front;
pub(crate) mod garbled;
pub mod head;
pub mod markdown;
pub(crate) mod missed;
mod missing;
pub mod prose;
pub(crate) mod raw_html;
mod release;
pub mod sentence;

pub(crate) use comments::{AMBIGUOUS_COMMENT, UNCLOSED_COMMENT};
pub(crate) use cut_off::CUT_OFF_TEXT;
pub(crate) use front::front_of;
pub(crate) use head::Head;
pub(crate) use markdown::callout;
pub(crate) use prose::Prose;
pub(crate) use release::{is_of_release, may_wait};

use std::borrow::Cow;
use std::ops::Range;

use crate::base::character::{allowed, is_forbidden};
use crate::base::diagnostic::{Code, Diagnostic, Reported, Severity};
use crate::base::hash::Fingerprint;
use crate::base::path::InputPath;
use crate::base::span::{Span, Spanned};
use crate::config::Config;
use crate::data::{INVALID_SYNTAX, Node, Value, WRONG_TYPE};
use crate::load::Input;
use prose::Fault;

/// A character that no XML can hold.
pub(crate) static FORBIDDEN_CHARACTER: Code = Code {
    name: "forbidden-character",
    level: Severity::Warning,
    docs: "\
A control character, such as the form feed with which `pdftotext` ends a page, or U+FFFE or U+FFFF. XML
does not allow these, so books and feeds with them could not be opened. The site has a space or U+FFFD
in place of each. Only the first one of a file is reported.

How to fix: delete it. Most editors find it with a regular expression such as `[\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f]`.",
};

/// Markup that is left out because of how deep it is.
pub(crate) static NESTED_TOO_DEEP: Code = Code {
    name: "nested-too-deep",
    level: Severity::Warning,
    docs: "\
Markup that is left out because it is nested too deep: lists, quotations and emphasis within one another
deeper than 48, or HTML elements deeper than 128. The same goes for an HTML tag longer than 16 KB. The words
in it stay. Nobody writes such a text on purpose, and browsers and other programs fail on it. Only the first
place in a file is reported.

How to fix: the usual causes are HTML elements that are never closed (`<div>` without `</div>`), and a
message quoted again and again (`> > > >`). Close them, or delete the marks that are too many.",
};

/// A parsed input.
#[derive(Clone, Debug)]
pub struct Parsed {
    /// The front matter.
    pub head: Head,
    /// The body.
    pub prose: Prose,
    /// The title and the summary as pages show them; `None` if that is how they are written.
    pub(crate) shown: [Option<Box<str>>; 2],
    /// The fingerprint of what a translator translates: title, summary and text. See `stale-translation`.
    pub wording: Fingerprint,
}

/// Parses an input. `is_original` is false for an edition in another language than the default, whose front
/// matter contains only words.
pub fn parse(input: &Input, text: &str, config: &Config) -> Reported<Parsed> {
    let mut diagnostics: Vec<Diagnostic> = Vec::new();
    let source = text;
    let text = allowed(source);
    if matches!(text, Cow::Owned(_)) {
        diagnostics.extend(forbidden(source, &input.path));
    }
    let text = &*text;
    let is_original = input.lang == config.languages[0];
    let front = head::parse(input, text, is_original, &mut diagnostics);
    let body_start = front.body;
    let clean = comments::clean(text, body_start);
    let mut prose = markdown::parse(&clean.text, body_start, &input.lang, config.dialect);
    clean.restore(&mut prose);
    prose.faults.extend(garbled::find(&text[..body_start], |_| false));
    // What this program wrote in place of characters that it may not hold has a finding of its own.
    prose
        .faults
        .retain(|(fault, span)| *fault != Fault::LettersLost || source.get(span.range()) == Some("\u{fffd}"));
    diagnostics.extend(prose.too_deep.map(|span| too_deep(span, &input.path)));
    diagnostics.extend(clean.doubt.map(|doubt| doubt.diagnostic(&input.path)));
    front.demand(input, text, is_original, &prose.headings, &mut diagnostics);
    let head = front.head;
    if head.unread.is_some() {
        diagnostics.retain(|found| found.code == INVALID_SYNTAX.name || found.code == WRONG_TYPE.name);
        diagnostics.truncate(1);
    }
    let words =
        |value: &Option<Spanned<String>>| value.as_ref().map_or(String::new(), |value| value.value.clone());
    let (title, summary) = (words(&head.common.title), words(&head.common.summary));
    let shown = [title.trim(), summary.trim()].map(|written| {
        let shown = config.dialect.shown(written, &input.lang);
        (shown != written).then(|| shown.into())
    });
    let body = clean.text[body_start..].trim();
    let body = if body.contains('\r') { body.replace("\r\n", "\n").into() } else { Cow::Borrowed(body) };
    let wording = Fingerprint::of_all([title.as_bytes(), summary.as_bytes(), body.as_bytes()]);
    Reported { value: Parsed { head, prose, shown, wording }, diagnostics }
}

/// Where the body of a text begins: after its front matter, if it has any.
pub(crate) fn body_start(text: &str) -> usize {
    fence::find(text).map_or(0, |fenced| fenced.body)
}

/// The words of each comment in a text and its front matter.
pub(crate) fn comments_of(text: &str) -> Vec<String> {
    let body = body_start(text);
    [comments::of(&text[..body], 0), comments::of(text, body)].concat()
}

/// A body without its comments, how many there were, and whether one of them does not clearly end.
pub(crate) fn without_comments(body: &str) -> (String, usize, bool) {
    let clean = comments::clean(body, 0);
    let is_doubtful = clean.doubt.is_some();
    (clean.text.replace("<!---->", ""), comments::of(body, 0).len(), is_doubtful)
}

/// Where the code is in a body, in order.
pub(crate) fn code_in(body: &str) -> Vec<Range<usize>> {
    comments::code(body)
}

/// What a text says, by whether it is published.
pub(crate) struct Parts {
    /// The body, and the keys and values of the front matter.
    pub shown: Vec<String>,
    /// The keys and values that no page shows.
    pub unshown: Vec<String>,
    /// The words of each comment, those of YAML and TOML too.
    pub comments: Vec<String>,
}

/// Splits a text. `is_shown` says of a key whether its value is.
pub(crate) fn split(text: &str, is_shown: &dyn Fn(&str) -> bool) -> Parts {
    let body = body_start(text);
    let mut comments = comments_of(text);
    let mut shown = vec![comments::clean(text, body).text[body..].to_owned()];
    let mut unshown = Vec::new();
    let front = front::front_of(text).map(|(node, _)| node);
    // Where scalars are, in which `#` begins no comment.
    let mut spans: Vec<Span> = Vec::new();
    if let Some(Node { value: Value::Table(entries), .. }) = &front {
        for (key, node) in entries {
            let mut parts = vec![key.name.to_string()];
            spans.push(key.span);
            scalars(node, &mut |span, words| {
                spans.push(span);
                parts.push(comments::without(words).0.into_owned());
            });
            if is_shown(&key.name) { shown.extend(parts) } else { unshown.extend(parts) }
        }
    }
    spans.sort();
    let is_in_scalar = |at: usize| {
        let next = spans.partition_point(|span| span.range().start <= at);
        spans[..next].last().is_some_and(|span| at < span.range().end)
    };
    let mut start = 0;
    for line in text[..body].split_inclusive('\n') {
        let comment = match front {
            Some(_) => marks(line).find(|at| !is_in_scalar(start + at)),
            None => comment_at(line),
        };
        comments.extend(comment.map(|at| line[at + 1..].to_owned()));
        if front.is_none() {
            shown.push(comments::without(&line[..comment.unwrap_or(line.len())]).0.into_owned());
        }
        start += line.len();
    }
    Parts { shown, unshown, comments }
}

/// Calls `each` with the place and the words of every scalar in a node, and with the keys of tables.
fn scalars(node: &Node, each: &mut dyn FnMut(Span, &str)) {
    match &node.value {
        Value::Null => {}
        Value::Scalar(words) => each(node.span, words),
        Value::List(items) => items.iter().for_each(|item| scalars(item, each)),
        Value::Table(entries) => {
            for (key, node) in entries {
                each(key.span, &key.name);
                scalars(node, each);
            }
        }
    }
}

/// Where a comment of YAML or TOML may begin in a line.
fn marks(line: &str) -> impl Iterator<Item = usize> {
    line.match_indices('#').map(|(at, _)| at).filter(|at| at == &0 || line[..*at].ends_with([' ', '\t']))
}

/// Where the comment begins of a line that is in no front matter that parses.
fn comment_at(line: &str) -> Option<usize> {
    let (mut quotes, mut from) = ([0, 0], 0);
    marks(line).find(|at| {
        for (count, quote) in quotes.iter_mut().zip(['"', '\'']) {
            *count += line[from..*at].matches(quote).count();
        }
        from = *at;
        quotes.iter().all(|count| count % 2 == 0)
    })
}

/// Reports the first markup that is left out because of how deep it is.
fn too_deep(span: Span, path: &InputPath) -> Diagnostic {
    let message = "markup is left out from here: it is nested too deep, or an HTML tag is too long";
    let found = NESTED_TOO_DEEP.found(message).at(path, span, "the words stay");
    found.help("close HTML elements that are still open, or delete marks that are too many, such as `> > >`")
}

/// Reports the first character of a text that is replaced, and how many there are.
fn forbidden(text: &str, path: &InputPath) -> Option<Diagnostic> {
    let mut found = text.char_indices().filter(|(_, c)| is_forbidden(*c));
    let (at, c) = found.next()?;
    let count = 1 + found.count();
    let also = if count > 1 { format!(", one of {count} such characters") } else { String::new() };
    let message = format!("U+{:04X} may not be in a text{also}", u32::from(c));
    let span = Span::new(at, at + c.len_utf8());
    let found = FORBIDDEN_CHARACTER.found(message).at(path, span, "left out");
    Some(found.help("delete it; form feeds come from `pdftotext`, whose option `-nopgbrk` avoids them"))
}
