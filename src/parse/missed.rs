//! Finds what was meant as Markdown and is not, by a slip of the hand.

mod links;

use std::collections::HashSet;
use std::ops::Range;

use self::links::links;
use crate::data::reading::address;

/// What was meant.
#[derive(Copy, Clone, Debug, Eq, PartialEq, Ord, PartialOrd)]
pub(crate) enum Missed {
    /// `(words)[address]` and others: a link with other brackets, or with a sign between them.
    Link,
    /// `http;//example.org`: an address with a slip in its scheme.
    Address,
    /// `[address words]`: a link as wikis have it.
    WikiLink,
    /// `[words][label]` without the address of the label.
    Label,
    /// `[id]]`: a link without its first bracket.
    Opening,
    /// `[words](address`: a link or a picture without its last bracket.
    Closing,
    /// A heading whose `#` is followed by a space that is none to Markdown, or whose `#` is a full-width one; or one as
    /// Textile has it, `h2. Words`.
    Heading,
    /// `#Words on a line of their own`: a heading or a tag.
    Tag,
    /// A paragraph with a line of hyphens right below it, which make a heading of it.
    Underlined,
    /// `**words **`: a space within the marks.
    Strong,
    /// `**words` or `*words` without the marks at the end.
    Unpaired,
    /// `~~words~`: more marks at one end than at the other.
    Struck,
    /// Items of a list whose marks are none to Markdown: `-words`, `1.words`, `• words`.
    Items,
    /// A table whose second line does not have as many columns as the first.
    Table,
    /// Rows of a table without the line of hyphens below the first.
    Rows,
    /// A fence of code that nothing closes.
    Fence,
}

/// No link that is looked for is longer: this keeps the time linear.
const LONGEST: usize = 1 << 10;

/// A heading is no longer than this, in bytes.
const LONGEST_HEADING: usize = 160;

/// A line of a body, and where its words begin, behind spaces and marks of a quotation.
#[derive(Copy, Clone)]
struct Line<'a> {
    at: usize,
    words: &'a str,
    /// Whether there is something before its words.
    is_indented: bool,
}

/// Finds slips in a body, except where it is code: the bytes of each.
pub(super) fn find(body: &str, is_code: impl Fn(usize) -> bool) -> Vec<(Missed, Range<usize>)> {
    let mut found: Vec<(Missed, Range<usize>)> = Vec::new();
    let mut start = 0;
    // The lines of a paragraph, and of a table.
    let mut block: Vec<Line<'_>> = Vec::new();
    for line in body.split_inclusive('\n') {
        let words = line.trim_start_matches([' ', '\t', '>']);
        let at = start + line.len() - words.len();
        let words = words.trim_end_matches(['\r', '\n']).trim_end_matches([' ', '\t']);
        if words.is_empty() || is_code(at) {
            of_block(&block, &mut found);
            block.clear();
        } else {
            block.push(Line { at, words, is_indented: at > start });
        }
        for (missed, link) in links(line) {
            let link = start + link.start..start + link.end;
            if !is_code(link.start) {
                found.push((missed, link));
            }
        }
        start += line.len();
    }
    of_block(&block, &mut found);
    if found.iter().any(|(missed, _)| *missed == Missed::Label) {
        let labels = body.lines().filter_map(|line| line.trim().strip_prefix('[')?.split_once("]:"));
        let labels: HashSet<String> = labels.map(|(label, _)| label.to_lowercase()).collect();
        found.retain(|(missed, range)| {
            let label = body[range.clone()].rsplit_once('[').map_or("", |(_, label)| label);
            *missed != Missed::Label || !labels.contains(&label.trim_end_matches(']').to_lowercase())
        });
    }
    found.sort_by_key(|(_, range)| range.start);
    found
}

/// Finds slips in lines with nothing between them.
fn of_block(lines: &[Line<'_>], found: &mut Vec<(Missed, Range<usize>)>) {
    let whole = |line: &Line<'_>| line.at..line.at + line.words.len();
    for (number, line) in lines.iter().enumerate() {
        let above = number.checked_sub(1).map(|above| lines[above].words);
        if let Some(length) = false_heading(line.words) {
            found.push((Missed::Heading, line.at..line.at + length));
        }
        if let Some(link) = unended(line.words, lines.get(number + 1)) {
            found.push((Missed::Closing, line.at + link.start..line.at + link.end));
        }
        if above.is_none() && lines.len() == 1 && is_tag(line.words) {
            found.push((Missed::Tag, line.at..line.at + 1));
        }
        let is_second = number.checked_sub(2).is_none_or(|before| !lines[before].words.contains('|'));
        if is_second
            && is_rule(line.words)
            && above.is_some_and(|above| above.contains('|') && columns(line.words) != columns(above))
        {
            found.push((Missed::Table, whole(line)));
        }
    }
    if let Some(rule) = underline(lines) {
        found.push((Missed::Underlined, whole(rule)));
    }
    if let [first, second, ..] = lines
        && lines.iter().all(|line| is_row(line.words) && !line.is_indented)
        && second.words.contains(char::is_alphanumeric)
        && columns(first.words) > 1
        && lines.iter().all(|line| columns(line.words) == columns(first.words))
    {
        found.push((Missed::Rows, whole(first)));
    }
    items(lines, found);
    strong(lines, found);
    unpaired(lines, found);
}

/// The marks of a heading and the wrong space after them, or the wrong marks.
fn false_heading(line: &str) -> Option<usize> {
    let wide = line.len() - line.trim_start_matches('＃').len();
    if wide > 0 && wide <= 6 * '＃'.len_utf8() && line[wide..].starts_with([' ', '\u{3000}']) {
        let space = line[wide..].chars().next().map_or(0, char::len_utf8);
        return (!line[wide..].trim().is_empty()).then_some(wide + space);
    }
    if let [b'h', b'1'..=b'6', b'.', b' ', _, ..] = line.as_bytes() {
        return Some("h1. ".len());
    }
    let marks = line.len() - line.trim_start_matches('#').len();
    let space = line[marks..].chars().next().filter(|c| c.is_whitespace() && !matches!(c, ' ' | '\t'))?;
    let is_heading = (1..=6).contains(&marks) && !line[marks..].trim().is_empty();
    is_heading.then_some(marks + space.len_utf8())
}

/// Whether a line is one `#` and several words: `#Who paid for it`.
fn is_tag(line: &str) -> bool {
    line.strip_prefix('#').is_some_and(|words| {
        words.starts_with(char::is_uppercase)
            && words.split_whitespace().count() > 1
            && !words.contains('#')
            && !words.ends_with('.')
    })
}

/// The line of hyphens below a paragraph that is too long for a heading, or a sentence.
fn underline<'a>(lines: &'a [Line<'a>]) -> Option<&'a Line<'a>> {
    let at = lines.iter().position(|line| line.words.len() > 2 && line.words.bytes().all(|b| b == b'-'))?;
    let above = &lines[..at];
    let is_text = above.first().filter(|line| !line.is_indented).is_some_and(|line| {
        let first = line.words.chars().next();
        first.is_some_and(|c| !"#>|-*+<`~".contains(c)) && !line.words.contains('|')
    });
    let length: usize = above.iter().map(|line| line.words.len()).sum();
    // A heading may be a question.
    let is_sentence = above.last().is_some_and(|line| line.words.ends_with(['.', '。']));
    (is_text && (is_sentence || length > LONGEST_HEADING)).then(|| &lines[at])
}

/// The number of columns of a row: bars at its ends, and those after a backslash, separate nothing.
pub(crate) fn columns(row: &str) -> usize {
    let row = row.trim();
    let row = row.strip_prefix('|').unwrap_or(row);
    let row = row.strip_suffix('|').filter(|row| !row.ends_with('\\')).unwrap_or(row);
    1 + row.match_indices('|').filter(|(at, _)| !row[..*at].ends_with('\\')).count()
}

fn is_row(line: &str) -> bool {
    line.len() > 2 && line.starts_with('|') && line.ends_with('|')
}

/// Whether a line is of dashes, colons and bars, as below the head of a table.
fn is_rule(line: &str) -> bool {
    line.contains("--")
        && line.contains('|')
        && line.chars().all(|c| matches!(c, '-' | ':' | '|' | ' ' | '\t'))
}

/// Finds items of lists that are none: two or more lines in a row with the same mark.
fn items(lines: &[Line<'_>], found: &mut Vec<(Missed, Range<usize>)>) {
    for run in lines.chunk_by(|a, b| false_item(a.words).is_some_and(|(sort, _)| is_sort(b.words, sort))) {
        if let [first, .., last] = run
            && false_item(last.words).is_some()
        {
            found.push((Missed::Items, first.at..last.at + last.words.len()));
        }
    }
}

fn is_sort(line: &str, sort: char) -> bool {
    false_item(line).is_some_and(|(other, _)| other == sort)
}

/// The sort of mark with which a line begins that is no item to Markdown, and its length with the space after it.
fn false_item(line: &str) -> Option<(char, usize)> {
    let first = line.chars().next()?;
    let rest = &line[first.len_utf8()..];
    let next = rest.chars().next()?;
    match first {
        '-' if next.is_alphabetic() => Some(('-', 1)),
        // A dash may be one of a dialogue.
        '•' | '●' | '◦' | '▪' | '‣' | '·' | '－' | '∙' => {
            let space = rest.len() - rest.trim_start().len();
            Some(('•', first.len_utf8() + space))
        }
        '0'..='9' => {
            let digits = line.len() - line.trim_start_matches(|c: char| c.is_ascii_digit()).len();
            let word = line[digits..].strip_prefix(['.', ')'])?;
            (digits < 3 && word.starts_with(char::is_alphabetic)).then_some(('1', digits + 1))
        }
        _ => None,
    }
}

/// Finds marks of strong words that make none.
fn strong(lines: &[Line<'_>], found: &mut Vec<(Missed, Range<usize>)>) {
    let count = |line: &Line<'_>| line.words.matches("**").count();
    let is_plain = lines.iter().all(|line| !line.words.contains("***") && !line.words.contains('`'));
    let marks: usize = lines.iter().map(count).sum();
    if !is_plain || marks > 2 {
        return;
    }
    for line in lines {
        let marks: Vec<usize> = line.words.match_indices("**").map(|(at, _)| at).collect();
        let beside = |at: usize| {
            let before = line.words[..at].chars().next_back().unwrap_or(' ');
            let after = line.words[at + 2..].chars().next().unwrap_or(' ');
            (before, after)
        };
        match marks[..] {
            [open, close] => {
                let inner = &line.words[open + 2..close];
                let (start, end) =
                    (inner.starts_with(char::is_whitespace), inner.ends_with(char::is_whitespace));
                // `2 ** 3 ** 4` has a space on either side.
                if start != end && !inner.trim().is_empty() {
                    found.push((Missed::Strong, line.at + open..line.at + close + 2));
                }
            }
            [at] if marks.len() == lines.iter().map(count).sum::<usize>() => {
                let (before, after) = beside(at);
                let is_open = !before.is_alphanumeric() && after.is_alphabetic();
                let is_close = before.is_alphabetic() && !after.is_alphanumeric();
                if is_open || is_close {
                    found.push((Missed::Unpaired, line.at + at..line.at + at + 2));
                }
            }
            _ => {}
        }
    }
}

/// Finds marks of emphasised and of deleted words that make none. A `*` at the start of a line may be that of a remark.
fn unpaired(lines: &[Line<'_>], found: &mut Vec<(Missed, Range<usize>)>) {
    if lines.iter().any(|line| line.words.contains('`')) {
        return;
    }
    let runs = |mark: char| {
        let runs = lines.iter().flat_map(move |line| {
            let starts = line.words.match_indices(mark).map(|(at, _)| at);
            let first = starts.filter(move |at| !line.words[..*at].ends_with(mark));
            first.map(move |at| {
                let rest = &line.words[at..];
                (line, at..at + rest.len() - rest.trim_start_matches(mark).len())
            })
        });
        runs.take(3).collect::<Vec<_>>()
    };
    let opens = |line: &Line<'_>, run: &Range<usize>| {
        !line.words[..run.start].ends_with(char::is_alphanumeric)
            && line.words[run.end..].starts_with(char::is_alphabetic)
    };
    let closes = |line: &Line<'_>, run: &Range<usize>| {
        line.words[..run.start].ends_with(|c: char| !c.is_whitespace())
            && !line.words[run.end..].starts_with(char::is_alphanumeric)
    };
    let within = |line: &Line<'_>, start: usize, end: usize| line.at + start..line.at + end;
    if let [(line, run)] = &runs('*')[..]
        && run.len() == 1
        && run.start > 0
        && opens(line, run)
    {
        found.push((Missed::Unpaired, within(line, run.start, run.end)));
    }
    match &runs('~')[..] {
        [(line, run)] if run.len() == 2 && opens(line, run) => {
            found.push((Missed::Unpaired, within(line, run.start, run.end)));
        }
        [(line, first), (other, last)]
            if line.at == other.at
                && first.len() + last.len() == 3
                && opens(line, first)
                && closes(line, last) =>
        {
            found.push((Missed::Struck, within(line, first.start, last.end)));
        }
        _ => {}
    }
}

/// A link or a picture of a line that no bracket ends.
fn unended(line: &str, next: Option<&Line<'_>>) -> Option<Range<usize>> {
    let middle = line.rfind("](")?;
    let rest = &line[middle + 2..];
    // The bracket or a title may be on the next line.
    let goes_on = next.is_some_and(|next| next.words.starts_with([')', '"', '\'', '(']));
    if goes_on || rest.len() > LONGEST || rest.contains([')', '<', '`', '"']) {
        return None;
    }
    let address = rest.split_whitespace().next()?;
    let is_whole = address.starts_with("http://") || address.starts_with("https://");
    let is_file = address.rsplit_once('.').is_some_and(|(_, end)| {
        (2..=4).contains(&end.len()) && end.chars().all(|c| c.is_ascii_alphanumeric())
    });
    let from = line.floor_char_boundary(middle.saturating_sub(LONGEST));
    let open = from + line[from..middle].rfind('[')?;
    let start = if line[..open].ends_with('!') { open - 1 } else { open };
    let end = middle + 2 + rest.find(address)? + address.trim_end_matches(['.', ',', ';']).len();
    ((is_whole || is_file) && !line[..start].ends_with('\\')).then_some(start..end)
}

/// How many columns a table has, written as the line below its first row.
pub(crate) fn rule_for(row: &str) -> String {
    format!("|{}", " --- |".repeat(columns(row)))
}

/// What was meant by what is written; `None` if only its author knows.
pub(crate) fn meant(missed: Missed, written: &str) -> Option<String> {
    match missed {
        Missed::Link => {
            let marks = [")[", ")(", "]{", "](<", "]:(", "}(", "]["];
            let (at, mark) = marks.iter().filter_map(|mark| Some((written.find(mark)?, mark))).min()?;
            let address = written[at + mark.len()..].trim_end_matches([')', ']', '}', '>']);
            Some(format!("[{}]({address})", &written[1..at]))
        }
        Missed::Address => address(written),
        Missed::WikiLink => {
            let inner = written.strip_prefix('[')?.strip_suffix(']')?;
            let (address, words) = inner.split_once(' ')?;
            Some(format!("[{}]({address})", words.trim()))
        }
        Missed::Opening => Some(format!("[{written}")),
        Missed::Closing => Some(format!("{written})")),
        Missed::Struck => Some(format!("~~{}~~", written.trim_matches('~'))),
        Missed::Heading => {
            let textile = written.strip_prefix('h').and_then(|rest| rest.get(..1)?.parse().ok());
            let marks = textile.unwrap_or(written.chars().filter(|c| matches!(c, '#' | '＃')).count());
            Some(format!("{} ", "#".repeat(marks)))
        }
        Missed::Underlined => Some(format!("\n{written}")),
        Missed::Strong => {
            let inner = written.strip_prefix("**")?.strip_suffix("**")?;
            let words = inner.trim();
            let (before, after) = inner.split_once(words)?;
            Some(format!("{before}**{words}**{after}"))
        }
        Missed::Items => {
            let line = |line: &str| {
                let words = line.trim_start_matches([' ', '\t', '>']);
                let (start, end) = line.split_at(line.len() - words.len());
                match false_item(words) {
                    Some(('1', length)) => format!("{start}{} {}", &end[..length], &end[length..]),
                    Some((_, length)) => format!("{start}- {}", &end[length..]),
                    None => line.to_owned(),
                }
            };
            Some(written.split('\n').map(line).collect::<Vec<String>>().join("\n"))
        }
        Missed::Rows => Some(format!("{written}\n{}", rule_for(written))),
        Missed::Label | Missed::Tag | Missed::Unpaired | Missed::Table | Missed::Fence => None,
    }
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
mod tests;
