//! Reading XML that others wrote.

use std::collections::BTreeSet;

use roxmltree::{Document, Error, ParsingOptions, TextPos};

use super::nesting::tag_length;

/// The most attributes of an element: each is compared with those before it.
const MOST_ATTRIBUTES: usize = 512;

/// The most namespaces: every name is compared with all of them.
const MOST_NAMESPACES: usize = 64;

/// Parses a document.
///
/// # Errors
/// Why it cannot be used, and at which byte.
pub(crate) fn parse(text: &str) -> Result<Document<'_>, (String, usize)> {
    parse_with(text, ParsingOptions::default())
}

/// Parses a document that may have a DOCTYPE, as drawings do.
///
/// # Errors
/// As [`parse`].
pub(crate) fn parse_with_doctype(text: &str) -> Result<Document<'_>, (String, usize)> {
    parse_with(text, ParsingOptions { allow_dtd: true, ..ParsingOptions::default() })
}

fn parse_with<'t>(text: &'t str, options: ParsingOptions<'t>) -> Result<Document<'t>, (String, usize)> {
    let mut namespaces = BTreeSet::new();
    for (at, _) in text.match_indices("xmlns") {
        // `xmlns:a="b"`: what is repeated counts once.
        let end = text[at..].match_indices(['"', '\'']).nth(1).map_or(text.len(), |(end, _)| at + end);
        namespaces.insert(&text[at..end]);
        if namespaces.len() > MOST_NAMESPACES {
            return Err((format!("it declares more than {MOST_NAMESPACES} namespaces"), at));
        }
    }
    let mut at = 0;
    while let Some(start) = text[at..].find('<') {
        let tag = &text[at + start..];
        let tag = &tag[..tag_length(tag)];
        if !tag.starts_with("<!--") && attributes(tag) > MOST_ATTRIBUTES {
            let why = format!("an element in it has more than {MOST_ATTRIBUTES} attributes");
            return Err((why, at + start));
        }
        at += start + tag.len();
    }
    Document::parse_with_options(text, options).map_err(|error| {
        let at = match error {
            // Of these it gives no position.
            Error::UnexpectedEndOfStream | Error::UnclosedRootNode => text.len(),
            _ => offset(text, error.pos()),
        };
        (error.to_string(), at)
    })
}

/// The number of quoted values in a tag.
fn attributes(tag: &str) -> usize {
    let mut quote = None;
    let mut count = 0;
    for byte in tag.bytes() {
        match quote {
            None if matches!(byte, b'"' | b'\'') => {
                quote = Some(byte);
                count += 1;
            }
            Some(open) if open == byte => quote = None,
            _ => {}
        }
    }
    count
}

/// The byte at a position, whose columns count characters.
fn offset(text: &str, at: TextPos) -> usize {
    let before: usize =
        text.split_inclusive('\n').take(at.row.saturating_sub(1) as usize).map(str::len).sum();
    let line = &text[before..];
    before + line.char_indices().nth(at.col.saturating_sub(1) as usize).map_or(0, |(at, _)| at)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_takes_time_that_grows_with_its_square_is_refused() {
        let attributes: String = (0..9_000).map(|n| format!(" a{n}='b'")).collect();
        assert!(parse(&format!("<a{attributes}/>")).unwrap_err().0.contains("attributes"));
        // A long value is one attribute, and a namespace that is declared again is one namespace.
        assert!(parse(&format!("<a b='{}'/>", "c".repeat(100_000))).is_ok());
        assert!(parse(&format!("<a>{}</a>", "<b xmlns='c'/>".repeat(1_000))).is_ok());
        let namespaces: String = (0..100).map(|n| format!("<a xmlns:b{n}='c{n}'>")).collect();
        assert!(parse(&namespaces).unwrap_err().0.contains("namespaces"));
        assert!(parse("<a><!-- ' --><b c='>'/></a>").is_ok());
    }

    #[test]
    fn the_limits_are_reached_and_not_passed() {
        let attributes = |count: usize| -> String { (0..count).map(|n| format!(" a{n}='bc'")).collect() };
        let element = |count| format!("<a>é<b{}/></a>", attributes(count));
        assert!(parse(&element(MOST_ATTRIBUTES)).is_ok());
        assert_eq!(parse(&element(MOST_ATTRIBUTES + 1)).unwrap_err().1, "<a>é".len());
        let namespaces =
            |count: usize| -> String { (0..count).map(|n| format!(" xmlns:b{n}='c{n}'")).collect() };
        assert!(parse(&format!("<a{}/>", namespaces(MOST_NAMESPACES))).is_ok());
        let text = format!("<a{}/>", namespaces(MOST_NAMESPACES + 1));
        assert_eq!(Some(parse(&text).unwrap_err().1), text.rfind("xmlns"));
    }

    #[test]
    fn an_error_stands_where_it_is() {
        assert_eq!(parse("<a>\né<b").unwrap_err().1, "<a>\né<b".len());
        assert_eq!(parse("<a>\né</b>").unwrap_err().1, "<a>\né".len());
    }
}
