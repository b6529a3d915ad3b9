//! Finds what was meant as Markdown and is not, by a slip of the hand.

use std::ops::Range;

/// What was meant.
#[derive(Copy, Clone, Debug, Eq, PartialEq, Ord, PartialOrd)]
pub(crate) enum Missed {
    /// `(words)[address]`: a link with its brackets exchanged.
    Link,
    /// A heading whose `#` is followed by a space that is none to Markdown.
    Heading,
    /// A table whose second line does not have as many columns as the first.
    Table,
    /// A fence of code that nothing closes.
    Fence,
}

/// No link that is looked for is longer: this keeps the time linear.
const LONGEST: usize = 1 << 10;

/// Finds slips in a body, except where it is code: the bytes of each.
pub(super) fn find(body: &str, is_code: impl Fn(usize) -> bool) -> Vec<(Missed, Range<usize>)> {
    let mut found = Vec::new();
    let (mut start, mut above, mut is_in_table) = (0, "", false);
    for line in body.split_inclusive('\n') {
        let words = line.trim_start_matches([' ', '>']);
        let at = start + line.len() - words.len();
        let words = words.trim_end_matches(['\r', '\n']);
        if !is_code(at) {
            if let Some(length) = false_space(words) {
                found.push((Missed::Heading, at..at + length));
            }
            let is_head = above.contains('|') && !is_in_table;
            if is_head && is_rule(words) && columns(words) != columns(above) {
                found.push((Missed::Table, at..at + words.trim_end().len()));
            }
        }
        for link in exchanged(line) {
            let link = start + link.start..start + link.end;
            if !is_code(link.start) {
                found.push((Missed::Link, link));
            }
        }
        is_in_table = above.contains('|') && words.contains('|');
        above = words;
        start += line.len();
    }
    found
}

/// The marks of a heading and the wrong space after them.
fn false_space(line: &str) -> Option<usize> {
    let marks = line.len() - line.trim_start_matches('#').len();
    let space = line[marks..].chars().next().filter(|c| c.is_whitespace() && !matches!(c, ' ' | '\t'))?;
    let is_heading = (1..=6).contains(&marks) && !line[marks..].trim().is_empty();
    is_heading.then_some(marks + space.len_utf8())
}

/// The number of columns of a row: bars at its ends, and those after a backslash, separate nothing.
pub(crate) fn columns(row: &str) -> usize {
    let row = row.trim();
    let row = row.strip_prefix('|').unwrap_or(row);
    let row = row.strip_suffix('|').filter(|row| !row.ends_with('\\')).unwrap_or(row);
    1 + row.match_indices('|').filter(|(at, _)| !row[..*at].ends_with('\\')).count()
}

/// Whether a line is of dashes, colons and bars, as below the head of a table.
fn is_rule(line: &str) -> bool {
    line.contains("--")
        && line.contains('|')
        && line.chars().all(|c| matches!(c, '-' | ':' | '|' | ' ' | '\t'))
}

/// Each `(words)[address]` whose address is one: with a protocol, or a file's ending.
fn exchanged(line: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    for (at, mark) in line.match_indices(")[") {
        let inner = &line[at + mark.len()..];
        let Some(end) = inner.find(']').filter(|end| *end <= LONGEST) else { continue };
        // `(see it)[^1]`, `f(x)[0]` and `[a](b)[c]` are something else.
        let address = &inner[..end];
        let is_address = !address.contains(char::is_whitespace)
            && (address.starts_with("http://")
                || address.starts_with("https://")
                || address.ends_with(".md"));
        let from = line.floor_char_boundary(at.saturating_sub(LONGEST));
        let open = line[from..at].rfind('(').map(|open| from + open);
        let Some(open) = open.filter(|open| is_address && !line[..*open].ends_with(']')) else { continue };
        if at > open + 1 {
            found.push(open..at + mark.len() + end + 1);
        }
    }
    found
}

/// Whether a block of code that begins with a fence does not end with one.
pub(super) fn is_open(block: &str) -> bool {
    let first = block.trim_start();
    let Some(mark) = first.chars().next().filter(|mark| matches!(mark, '`' | '~')) else { return false };
    let length = first.len() - first.trim_start_matches(mark).len();
    let last = block.trim_end().rsplit('\n').next().unwrap_or_default();
    let last = last.trim_start_matches([' ', '\t', '>']);
    let is_closed =
        last.len() >= length && last.chars().all(|c| c == mark) && block.trim_end().contains('\n');
    !is_closed
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(body: &str) -> Vec<(Missed, &str)> {
        find(body, |_| false).into_iter().map(|(missed, range)| (missed, &body[range])).collect()
    }

    #[test]
    fn slips_are_found_and_what_is_meant_so_is_not() {
        assert_eq!(
            found("See (the report)[https://example.org/a]."),
            [(Missed::Link, "(the report)[https://example.org/a]")]
        );
        assert_eq!(found("> (a)[b.md] (c)[d.md]").len(), 2);
        assert_eq!(found("##\u{a0}Heading\n"), [(Missed::Heading, "##\u{a0}")]);
        assert_eq!(found("| a | b |\n| --- |\n| 1 | 2 |\n"), [(Missed::Table, "| --- |")]);
        for other in [
            "f(x)[0] and (see)[^1] and [a](b)[c.md] and ()[x.md]",
            "# Heading",
            "#\u{a0}",
            "#######\u{a0}x",
            "| a | b |\n| - | - |\n",
            "| a | b |\n|---|---|",
            "a | b\n---\n",
            "Words\n---\n",
            "(a)[b c.md]",
            "a | b\n--- | ---\n",
        ] {
            assert_eq!(found(other), [], "{other}");
        }
    }

    #[test]
    fn a_fence_is_closed_by_as_many_marks() {
        for (block, open) in [
            ("```\na\n```", false),
            ("```\na\n", true),
            ("````\n```", true),
            ("```", true),
            ("~~~ x\na\n~~~~\n", false),
            ("    indented", false),
            ("> ```\n> a\n> ```", false),
        ] {
            assert_eq!(is_open(block.trim_start_matches("> ")), open, "{block}");
        }
    }
}
