//! Reading XML that others wrote.

use roxmltree::{Document, Error, TextPos};

use super::nesting::tag_length;

/// The longest tag, in bytes: every attribute is compared with those before it.
const LONGEST_TAG: usize = 16 << 10;

/// The most declarations of namespaces: every name is compared with all of them.
const MOST_NAMESPACES: usize = 64;

/// Parses a document.
///
/// # Errors
/// Why it cannot be used, and at which byte.
pub(crate) fn parse(text: &str) -> Result<Document<'_>, (String, usize)> {
    if let Some((at, _)) = text.match_indices("xmlns").nth(MOST_NAMESPACES) {
        return Err((format!("it declares more than {MOST_NAMESPACES} namespaces"), at));
    }
    let mut at = 0;
    while let Some(start) = text[at..].find('<') {
        let length = tag_length(&text[at + start..]);
        if length > LONGEST_TAG && !text[at + start..].starts_with("<!--") {
            return Err((format!("a tag in it is longer than {LONGEST_TAG} bytes"), at + start));
        }
        at += start + length;
    }
    Document::parse(text).map_err(|error| {
        let at = match error {
            // Of these it gives no position.
            Error::UnexpectedEndOfStream | Error::UnclosedRootNode => text.len(),
            _ => offset(text, error.pos()),
        };
        (error.to_string(), at)
    })
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
        assert!(parse(&format!("<a{attributes}/>")).unwrap_err().0.contains("longer"));
        let namespaces: String = (0..100).map(|n| format!("<a xmlns:b{n}='c{n}'>")).collect();
        assert!(parse(&namespaces).unwrap_err().0.contains("namespaces"));
        assert!(parse("<a><!-- ' --><b c='>'/></a>").is_ok());
    }

    #[test]
    fn an_error_stands_where_it_is() {
        assert_eq!(parse("<a>\né<b").unwrap_err().1, "<a>\né<b".len());
        assert_eq!(parse("<a>\né</b>").unwrap_err().1, "<a>\né".len());
    }
}
