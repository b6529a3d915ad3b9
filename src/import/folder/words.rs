//! The text of a note without what means nothing here: comments, queries, shortcodes, and HTML that Markdown can say.

use super::code::outside_code;
use super::{Counts, Flavour, html, shortcodes};
use crate::data::{Node, yaml};
use crate::import::brought::{At, Remark};
use crate::parse;

/// Front matter as it was found.
pub(super) struct Front {
    pub node: Option<Node>,
    /// Where the text begins.
    pub end: usize,
    /// Whether there is some that cannot be read.
    pub is_unread: bool,
}

/// Reads the front matter of a text: YAML, TOML or JSON.
pub(super) fn front(text: &str) -> Front {
    if let Some((node, end)) = parse::front_of(text) {
        return Front { node: Some(node), end, is_unread: false };
    }
    // Hugo's JSON, which is YAML, too.
    if text.starts_with("{\n")
        && let Some(end) = text.find("\n}\n").map(|at| at + 3)
        && let Ok(node) = yaml::parse(&text[..end])
    {
        return Front { node: Some(node), end, is_unread: false };
    }
    let end = parse::body_start(text);
    Front { node: None, end, is_unread: end > 0 || text.starts_with("---\n") && text[4..].contains("\n---") }
}

/// A text without comments and without what other programs make of it.
pub(super) fn cleaned(
    flavour: Flavour,
    body: &str,
    at: &At,
    counts: &mut Counts,
    remarks: &mut Vec<Remark>,
) -> String {
    let mut body = body.to_owned();
    for more in ["<!--more-->", "<!-- more -->"] {
        body = body.replace(more, "");
    }
    if matches!(flavour, Flavour::Hugo | Flavour::Zola) {
        // Two percent signs begin no comment there.
        body = outside_code(&body, |part| part.replace("%%", "\\%\\%"));
        body = shortcodes::replaced(flavour, &body, at, counts);
    }
    let (mut body, comments, is_doubtful) = parse::without_comments(&body);
    if comments > 0 {
        (0..comments).for_each(|_| counts.add("comments never come along", "comments", At::default()));
    }
    if is_doubtful {
        let why = "a comment does not end, or it is not clear where; the text from there on is left out";
        remarks.push(Remark::left_out("", why, at));
    }
    body = without_queries(&body, at, counts);
    html::replaced(&body)
}

/// A text without blocks of code that programs replace with what they find.
fn without_queries(text: &str, at: &At, counts: &mut Counts) -> String {
    const QUERIES: [&str; 7] = ["dataview", "dataviewjs", "tasks", "query", "base", "button", "meta-bind"];
    if !text.contains("```") {
        return text.to_owned();
    }
    let mut kept = String::with_capacity(text.len());
    let mut fence: Option<(usize, bool)> = None;
    for line in text.split_inclusive('\n') {
        let words = line.trim_start_matches([' ', '\t', '>']);
        let ticks = words.len() - words.trim_start_matches('`').len();
        match fence {
            Some((open, is_query)) => {
                if ticks >= open && words.trim_end().trim_start_matches('`').is_empty() {
                    fence = None;
                }
                if is_query {
                    continue;
                }
            }
            None if ticks >= 3 => {
                let language = words[ticks..].split_whitespace().next().unwrap_or_default();
                let is_query = QUERIES.contains(&language);
                fence = Some((ticks, is_query));
                if is_query {
                    counts.add(
                        "a query of another program, whose answer is not in the text",
                        language,
                        at.clone(),
                    );
                    continue;
                }
            }
            None => {}
        }
        kept.push_str(line);
    }
    kept
}

/// The heading that a text begins with, and the rest.
pub(super) fn heading(text: &str) -> (Option<String>, &str) {
    let start = text.trim_start_matches('\n');
    let Some(line) = start.lines().next() else { return (None, text) };
    let Some(words) = line.strip_prefix("# ") else { return (None, text) };
    let words = words.trim().trim_end_matches('#').trim();
    let words = words.split(" {#").next().unwrap_or(words);
    let is_plain = !words.is_empty() && !words.contains(['[', '`', '*', '<']);
    (is_plain.then(|| words.to_owned()), if is_plain { &start[line.len()..] } else { text })
}
