//! What a theme's templates read that no page has: a condition takes a misspelt field for false, so no page fails.

use std::collections::BTreeSet;

use toml::{Table, Value};

use super::words;
use crate::base::diagnostic::Diagnostic;
use crate::base::near::nearest;
use crate::base::span::Span;
use crate::locale::words::is_plural;
use crate::theme::{BROKEN_THEME, Theme};

/// The reference of what a template may read, generated from the structs that fill it. What is not promised there
/// may be gone in the next version.
const REFERENCE: &str = include_str!("../../../docs/themes.md");

/// The names with fields, and what they have on any page.
struct Fields {
    page: BTreeSet<&'static str>,
    site: BTreeSet<&'static str>,
}

impl Fields {
    fn of_reference() -> Fields {
        let (mut page, mut site) = (BTreeSet::new(), BTreeSet::new());
        let mut heading = "";
        for line in REFERENCE.lines() {
            if line.starts_with('#') {
                heading = line;
            } else if let Some((field, _)) = line.strip_prefix("| `").and_then(|row| row.split_once("` |")) {
                if heading.starts_with("### `page`") {
                    page.insert(field);
                } else if heading.starts_with("### `site`") {
                    site.insert(field);
                }
            }
        }
        Fields { page, site }
    }
}

/// The fields that the theme's own templates read and the reference does not have.
pub(super) fn unknown(theme: &Theme) -> Vec<Diagnostic> {
    let (fields, strings) = (Fields::of_reference(), words::known(theme));
    let own = theme.string_tables(&crate::locale::words::english());
    let strings_too = crate::locale::words::read(own, &mut Vec::new());
    let here = BTreeSet::from(["root", "kind", "path"]);
    let mut found = Vec::new();
    for (name, text, path) in theme.own_texts("templates") {
        for (span, chain) in chains(text) {
            let mut parts = chain.split('.');
            let (first, field) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
            let known = match first {
                "page" => &fields.page,
                "site" => &fields.site,
                "here" => &here,
                "t" => {
                    let rest = chain.strip_prefix("t.").unwrap_or_default();
                    if !is_word(rest, &strings) && !is_word(rest, &strings_too) {
                        let what = format!("`{name}` prints `{chain}`, and the theme has no such word");
                        found.push(BROKEN_THEME.found(what).at(path, span, ""));
                    }
                    continue;
                }
                _ => continue,
            };
            if !known.contains(field) {
                let what = format!("`{name}` reads `{first}.{field}`, which no page has");
                let diagnostic = BROKEN_THEME.found(what).at(path, span, "");
                found.push(match nearest(field, known.iter().copied()) {
                    Some(near) => diagnostic.help(format!("did you mean `{first}.{near}`?")),
                    None => diagnostic.help("\"What a template may read\" in the guide has the list"),
                });
            }
        }
    }
    found
}

/// Whether there is a word at a dotted path, or a table of words that a template chooses from.
fn is_word(path: &str, strings: &Table) -> bool {
    let mut table = strings;
    for part in path.split('.') {
        match table.get(part) {
            None => return false,
            Some(Value::Table(inner)) if !is_plural(inner) => table = inner,
            Some(_) => return true,
        }
    }
    true
}

/// The names with dots between them in a template's tags, such as `page.title`, without those in texts and
/// comments.
fn chains(template: &str) -> Vec<(Span, &str)> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(open) = template.get(at..).and_then(|rest| rest.find('{')).map(|open| at + open) {
        let rest = &template[open..];
        let (close, is_code) = match rest.get(..2) {
            Some("{#") => ("#}", false),
            Some("{{") => ("}}", true),
            Some("{%") => ("%}", true),
            _ => {
                at = open + 1;
                continue;
            }
        };
        let end = rest.find(close).map_or(template.len(), |end| open + end);
        if is_code {
            names(template, open + 2, end, &mut found);
        }
        at = end;
    }
    found
}

/// Adds the dotted names of `template[start..end]`.
fn names<'t>(template: &'t str, start: usize, end: usize, found: &mut Vec<(Span, &'t str)>) {
    let is_part = |c: char| c.is_alphanumeric() || matches!(c, '_' | '.');
    let mut at = start;
    while at < end {
        let rest = &template[at..end];
        let Some(c) = rest.chars().next() else { return };
        if matches!(c, '"' | '\'' | '`') {
            at += 1 + rest[1..].find(c).map_or(rest.len() - 1, |close| close + 1);
        } else if is_part(c) {
            let length = rest.find(|c| !is_part(c)).unwrap_or(rest.len());
            let name = rest[..length].trim_end_matches('.');
            if name.contains('.') && !name.starts_with('.') {
                found.push((Span::new(at, at + name.len()), name));
            }
            at += length;
        } else {
            at += c.len_utf8();
        }
    }
}
