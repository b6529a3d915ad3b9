//! The slips that people make in YAML.

mod flow;
mod keys;
mod layout;
mod quotes;

use std::cell::Cell;
use std::collections::HashSet;

use self::flow::{braces, flow_colons, flow_commas, other_brackets, point};
use self::keys::{
    bare_key, decorated_key, foreign_comment, full_width, invisible, loose_key, no_colon, other_sign,
    space_after_colon,
};
use self::layout::{
    align, boxes, brackets, bullets, commas, comment_out, double_bracket, hyphens, indent, inner_brace,
    item_on_key_line, negatives, outdent, tabs, wiki_links,
};
use self::quotes::{
    apostrophe, backslashes, curly, empty, end_sign, inner_quotes, is_block, lost_break, odd_quote, picture,
    quote_flow_items, quote_item, quote_lines, quote_value, quoted_list, remark, scheme, unclosed_quote,
};
use super::edits::{edits, map_back};
use super::line::{Line, is_blank, map_lines, without_comments};
use super::search::{Judge, LONGEST, MOST_PARSED};
use super::{Chunk, Known, Language, Repair, Slip, Step};
use crate::data::node::Value;
use crate::data::reading::Syntax;
use crate::data::yaml;

/// Undo one sort of slip each, the more likely first.
const STEPS: &[Step] = &[
    invisible,
    full_width,
    space_after_colon,
    other_sign,
    decorated_key,
    foreign_comment,
    bare_key,
    end_sign,
    scheme,
    item_on_key_line,
    bullets,
    negatives,
    boxes,
    hyphens,
    tabs,
    outdent,
    align,
    curly,
    lost_break,
    remark,
    quoted_list,
    odd_quote,
    inner_quotes,
    backslashes,
    unclosed_quote,
    apostrophe,
    double_bracket,
    other_brackets,
    brackets,
    inner_brace,
    commas,
    wiki_links,
    flow_colons,
    flow_commas,
    braces,
    point,
    quote_flow_items,
    picture,
    quote_value,
    quote_item,
    quote_lines,
    empty,
    indent,
    comment_out,
    no_colon,
];

/// Those for tables in braces, which YAML reads whatever is in them.
const WITHIN: &[Step] = &[invisible, flow_colons, flow_commas];

/// How many entries that end alike are no accident.
const MANY: usize = 3;

/// Reads front matter that is not well-formed, or of which something is odd.
pub(crate) fn repair(text: &str, known: &Known<'_>) -> Repair {
    // What shares values cannot be read in chunks.
    if text.len() > LONGEST || shares_values(text) {
        let slips = yaml::parse(text).err().map(|error| Slip::of(error, describe));
        return Repair { slips: slips.into_iter().collect(), entries: Vec::new(), is_whole: false };
    }
    if let Some(repair) = ended(text, known) {
        return repair;
    }
    let chunks = chunks(text, known);
    let budget = Cell::new(MOST_PARSED);
    let judge = Judge {
        syntax: Syntax::Yaml,
        parse: yaml::parse,
        strip: without_comments,
        known,
        table: None,
        budget: &budget,
    };
    let language = Language { steps: STEPS, within: WITHIN, is_odd, describe };
    super::repair(&chunks, &language, &judge)
}

/// The repair of a text of which every entry ends with a semicolon or a comma, as lines of programs do; `None` unless
/// it is one, and nothing else is wrong.
fn ended(text: &str, known: &Known<'_>) -> Option<Repair> {
    let entries =
        || text.lines().filter(|line| known.has(Line::of(line, ':').key) && !line.starts_with(is_blank));
    let sign = [';', ','].into_iter().find(|sign| entries().all(|line| line.trim_end().ends_with(*sign)))?;
    if entries().count() < MANY {
        return None;
    }
    let without = map_lines(text, |line| {
        let content = line.trim_end();
        Some(content.strip_suffix(sign)?.to_owned() + &line[content.len()..])
    })?;
    let mut node = yaml::parse(&without).ok()?;
    let edits = edits(text, &without);
    map_back(&mut node, &edits);
    let Value::Table(entries) = node.value else { return None };
    let slip = Slip {
        span: edits.first()?.0,
        wrong: "there is a sign at the end of each line".into(),
        how_to_fix: "remove the sign at the end of each line".into(),
        edits: Some(edits),
        choices: Vec::new(),
    };
    Some(Repair { slips: vec![slip], entries, is_whole: true })
}

/// Whether a value has a name by which another one refers to it: `by: &who [nis]`, `via: *who`.
fn shares_values(text: &str) -> bool {
    let name = |line| Line::of(line, ':').value.strip_prefix('&')?.split_whitespace().next();
    let names: HashSet<&str> = text.lines().filter_map(name).collect();
    let refers = |(at, _): (usize, &str)| {
        let name = text[at + 1..].split(|c: char| c.is_whitespace() || ",]}".contains(c)).next();
        name.is_some_and(|name| names.contains(name))
    };
    !names.is_empty() && text.match_indices('*').any(refers)
}

/// Cuts a text where a key of the top level begins.
fn chunks<'a>(text: &'a str, known: &Known<'_>) -> Vec<Chunk<'a>> {
    let mut starts: Vec<usize> = Vec::new();
    let (mut at, mut is_open, mut is_block_open, mut is_text_open) = (0, false, false, false);
    let is_list = text.trim_start().starts_with("- ");
    for line in text.split_inclusive('\n') {
        let parts = Line::of(line, ':');
        is_block_open &= parts.indent.is_empty() || line.trim().is_empty();
        let is_mark = is_list || parts.marks.is_empty();
        let is_opener = (parts.indent.is_empty() || starts.is_empty()) && is_mark && {
            // `date created`, as Obsidian has it.
            let is_word = |key: &str| {
                let words = key.split(' ').count();
                words == 1 || words < 4 && key.chars().all(|c| c.is_lowercase() || c.is_numeric() || c == ' ')
            };
            match parts.key {
                "" => loose_key(line, known).is_some(),
                // What has no value yet may have this one as a part.
                key if (is_open || is_block_open || is_text_open) && !known.has(key) => false,
                key => known.has(key) || is_word(key),
            }
        };
        if is_opener {
            starts.push(at);
            is_open = !parts.key.is_empty() && parts.value.is_empty();
            is_block_open = is_block(parts.value);
            is_text_open = parts.value.strip_prefix('"').is_some_and(|text| !text.contains('"'));
        } else if line.trim_end().ends_with('"') {
            is_text_open = false;
        }
        at += line.len();
    }
    if starts.first().is_none_or(|first| text[..*first].trim().is_empty()) {
        starts.retain(|start| *start > 0 && !text[..*start].trim().is_empty());
    }
    starts.insert(0, 0);
    starts.dedup();
    let ends = starts.iter().skip(1).copied().chain([text.len()]);
    starts
        .iter()
        .zip(ends)
        .map(|(&start, end)| Chunk { start, text: &text[start..end], table: None })
        .collect()
}

/// Whether front matter that parses may have a list that is read as one text.
pub(crate) fn may_be_odd(text: &str) -> bool {
    let is_ended = |sign| text.lines().filter(|line| line.trim_end().ends_with(sign)).count() >= MANY;
    has_deeper_item(text.lines())
        || is_ended(';')
        || is_ended(',')
        || text.lines().any(|line| {
            let content = line.trim_start();
            content.starts_with(['•', '–', '—', '*', '·'])
                || is_numbered(content)
                || has_special_indent(line)
                || (content.starts_with('-') && !content.starts_with("- ") && content.len() > 1)
                || content.contains(['［', '【'])
                || content.trim_end().ends_with(']') && !content.contains('[')
        })
}

/// Whether there is a special space before or after the hyphen of an item, so YAML sees a part of the text before it.
fn has_special_indent(line: &str) -> bool {
    let is_special = |text: &str| text.starts_with(|c: char| is_blank(c) && !c.is_ascii());
    let content = line.trim_start_matches([' ', '\t']);
    let is_item = line.trim_start().starts_with('-');
    is_item && (is_special(content) || content.strip_prefix('-').is_some_and(is_special))
}

/// Whether a line begins as an item of a numbered list.
fn is_numbered(content: &str) -> bool {
    // `a) kirby`
    if content.starts_with(|c: char| c.is_ascii_lowercase()) && content[1..].starts_with(") ") {
        return true;
    }
    let rest = content.trim_start_matches(|c: char| c.is_ascii_digit());
    rest.len() < content.len() && (rest.starts_with(". ") || rest.starts_with(") "))
}

/// Whether an item is deeper than the one in the line before it, of whose text it is then a part.
fn has_deeper_item<'a>(lines: impl Iterator<Item = &'a str>) -> bool {
    let mut before: Option<usize> = None;
    for line in lines {
        let depth = line.len() - line.trim_start_matches(' ').len();
        let is_item = line[depth..].starts_with("- ");
        if is_item && before.is_some_and(|before| depth > before) {
            return true;
        }
        before = is_item.then_some(depth);
    }
    false
}

/// Whether a chunk that parses may still say something else than its author meant: its key is nearly a known one, the
/// items of a list are read as one text, or a bracket is none.
fn is_odd(chunk: &str, known: &Known<'_>, is_misfit: bool) -> bool {
    let mut lines = chunk.lines().skip_while(|line| line.trim().is_empty() || line.starts_with('#'));
    let Some(first) = lines.next() else { return false };
    let parts = Line::of(first, ':');
    let is_item = |line: &str| {
        let content = line.trim_start();
        content.starts_with(['•', '–', '—', '*', '·'])
            || is_numbered(content)
            || has_special_indent(line)
            || (content.starts_with('-') && Line::of(line, ':').marks.is_empty())
    };
    // `unit = tonnes` in a table.
    let has_signs = is_misfit
        && chunk.lines().any(|line| {
            let key = Line::of(line, '=').key;
            Line::of(line, ':').key.is_empty() && !key.is_empty() && !key.contains(char::is_whitespace)
        });
    // The others are not indented, or the text would parse.
    let is_indented = !parts.indent.is_empty() && known.has(parts.key);
    let has_deeper = parts.value.is_empty() && has_deeper_item(lines.clone());
    let has_items = has_deeper || parts.value.is_empty() && lines.any(is_item);
    let has_brackets = parts.value.starts_with(['［', '【', '('])
        || (parts.value.ends_with(']') && !parts.value.contains('['));
    // A special space before the colon is a part of the key.
    let has_special_space = !parts.sign.trim_start_matches(' ').starts_with(':');
    let is_key_odd = !parts.key.is_empty() && has_special_space;
    is_key_odd
        || is_indented
        || chunk.lines().any(has_special_indent)
        || has_signs
        || has_items
        || has_brackets
        || (!known.has(parts.key) && loose_key(first, known).is_some())
}

/// What the parser says, in plain words, and how to fix it.
pub(crate) fn describe(message: &str) -> (String, String) {
    const WORDS: [(&str, &str, &str); 16] = [
        ("a tag", "a word that begins with `!` is no text in YAML", QUOTE),
        ("an anchor", "a word that begins with `&` is no text in YAML", QUOTE),
        ("nested more than", "", "nest it less deeply"),
        ("more than", "", "write fewer, or several files"),
        ("mapping values are not allowed", "there is a colon and a space where no key can be", QUOTE),
        ("twice", "a key is there twice", "keep one of the two"),
        ("unexpected end of stream", "a quotation mark is opened and not closed", "close it"),
        ("trailing content after", "there is text after the closing quotation mark", QUOTE),
        ("found a tab", "YAML does not allow a tab here", "indent by spaces"),
        ("tab", "YAML does not allow a tab here", "indent by spaces"),
        ("flow", "a bracket is not closed, or something between brackets is wrong", "close each bracket"),
        ("unexpected character", "a text cannot begin with this character", QUOTE),
        (
            "indent",
            "this line begins in a column that fits no line above it",
            "align it with the lines that it belongs to",
        ),
        ("simple key expect", "this line has no key", "write a key and a colon before it, or indent it"),
        ("simple key", "this line has no key", "write a key and a colon before it, or indent it"),
        ("alias", "a text that begins with `*` is a reference in YAML", QUOTE),
    ];
    const QUOTE: &str = "put the text in quotation marks";
    let known = WORDS.iter().find(|(part, ..)| message.contains(part));
    match known {
        Some((_, "", how_to_fix)) => (message.to_owned(), (*how_to_fix).to_owned()),
        Some((_, wrong, how_to_fix)) => ((*wrong).to_owned(), (*how_to_fix).to_owned()),
        None if message.is_empty() => (
            "this line has no key".to_owned(),
            "write on each line a key, a colon, a space and a value".to_owned(),
        ),
        None => (
            format!("this is not YAML: {message}"),
            "write on each line a key, a colon, a space and a value".to_owned(),
        ),
    }
}
