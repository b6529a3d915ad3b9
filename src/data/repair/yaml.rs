//! The slips that people make in YAML.

use std::cell::Cell;

use super::line::{Line, is_blank, map_lines, quoted, uncurled, without_comments};
use super::{Chunk, Judge, Known, Language, MOST_PARSED, Reading, Repair, Slip, Step};
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
    end_sign,
    bullets,
    tabs,
    outdent,
    align,
    curly,
    inner_quotes,
    backslashes,
    unclosed_quote,
    apostrophe,
    brackets,
    commas,
    wiki_links,
    quote_flow_items,
    quote_value,
    quote_item,
    quote_lines,
    indent,
    comment_out,
    no_colon,
];

/// Reads front matter that is not well-formed, or of which something is odd.
pub(crate) fn repair(text: &str, known: &Known<'_>) -> Repair {
    // What shares values cannot be read in chunks.
    if shares_values(text) {
        let slips = yaml::parse(text).err().map(|error| Slip::of(error, describe));
        return Repair { slips: slips.into_iter().collect(), entries: Vec::new(), is_whole: false };
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
    let language = Language { steps: STEPS, is_odd, describe };
    super::repair(&chunks, &language, &judge)
}

/// Whether a value has a name by which another one refers to it: `by: &who [nis]`, `via: *who`.
fn shares_values(text: &str) -> bool {
    let names = text.lines().filter_map(|line| {
        let name = Line::of(line, ':').value.strip_prefix('&')?.split_whitespace().next()?;
        (!name.is_empty()).then(|| format!("*{name}"))
    });
    names.into_iter().any(|name| text.contains(&name))
}

/// Cuts a text where a key of the top level begins.
fn chunks<'a>(text: &'a str, known: &Known<'_>) -> Vec<Chunk<'a>> {
    let mut starts: Vec<usize> = Vec::new();
    let (mut at, mut is_open) = (0, false);
    let is_list = text.trim_start().starts_with("- ");
    for line in text.split_inclusive('\n') {
        let parts = Line::of(line, ':');
        let is_mark = is_list || parts.marks.is_empty();
        let is_opener = (parts.indent.is_empty() || starts.is_empty()) && is_mark && {
            let is_word = |key: &str| !key.contains(char::is_whitespace);
            match parts.key {
                "" => loose_key(line, known).is_some(),
                // What has no value yet may have this one as a part.
                key if is_open && !known.has(key) => false,
                key => known.has(key) || is_word(key),
            }
        };
        if is_opener {
            starts.push(at);
            is_open = !parts.key.is_empty() && parts.value.is_empty();
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
    text.lines().any(|line| {
        let content = line.trim_start();
        content.starts_with(['•', '–', '—', '*', '·'])
            || (content.starts_with('-') && !content.starts_with("- ") && content.len() > 1)
            || content.contains([']', '［', '【'])
    })
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
            || (content.starts_with('-') && Line::of(line, ':').marks.is_empty())
    };
    // `unit = tonnes` in a table.
    let has_signs = is_misfit
        && chunk.lines().any(|line| {
            let key = Line::of(line, '=').key;
            Line::of(line, ':').key.is_empty() && !key.is_empty() && !key.contains(char::is_whitespace)
        });
    let has_items = parts.value.is_empty() && lines.any(is_item);
    let has_brackets = parts.value.starts_with(['［', '【', '('])
        || (parts.value.ends_with(']') && !parts.value.contains('['));
    // A special space before the colon is a part of the key.
    let has_special_space = !parts.sign.trim_start_matches(' ').starts_with(':');
    let is_key_odd = !parts.key.is_empty() && has_special_space;
    is_key_odd
        || has_signs
        || has_items
        || has_brackets
        || (!known.has(parts.key) && loose_key(first, known).is_some())
}

/// The known key with which a line begins, where a colon is missing or something else stands for it: where the key is,
/// and where the value begins.
fn loose_key<'a>(line: &'a str, known: &Known<'_>) -> Option<(&'a str, &'a str)> {
    let is_around = |c: char| is_blank(c) || is_invisible(c) || "*_`>•#“”\"'".contains(c);
    let content = line.trim_start_matches(is_around);
    let content = content.strip_prefix("- ").unwrap_or(content);
    let length = content.find(|c: char| !(c.is_alphanumeric() || c == '_')).unwrap_or(content.len());
    let (key, rest) = content.split_at(length);
    let rest = rest.trim_start_matches(|c: char| is_invisible(c) || "*_`”\"'".contains(c));
    let is_apart = rest.starts_with(|c: char| is_blank(c) || COLONS.contains(c) || "=;→–—".contains(c))
        || rest.starts_with("->");
    (known.has(key) && is_apart && !rest.trim().is_empty()).then_some((key, rest))
}

/// How to fix a quotation mark without its other half.
const CLOSE: &str = "close the quotation mark at the end of the text";

/// Colons, as other scripts and input methods write them.
const COLONS: &str = ":：﹕︓∶꞉";

fn is_invisible(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}' | '\u{ad}')
}

/// Characters that nobody sees before a value.
fn invisible(text: &str, _: &Known<'_>) -> Option<Reading> {
    let mut is_space = false;
    let text = map_lines(text, |line| {
        let clean: String = line.chars().filter(|c| !is_invisible(*c)).collect();
        let parts = Line::of(&clean, ':');
        let head = parts.indent.len() + parts.marks.len() + parts.key.len() + parts.sign.len();
        let spaced: String = clean[..head]
            .chars()
            .map(|c| if is_blank(c) && c != '\t' && c != ' ' { ' ' } else { c })
            .collect();
        if spaced != clean[..head] {
            is_space = true;
            return Some(spaced.replace(" :", ":") + &clean[head..]);
        }
        Some(clean)
    })?;
    Some(match is_space {
        true => Reading::new(
            text,
            "there is a special space, such as a no-break space, where YAML needs a plain one",
            "replace it by a plain space",
        ),
        false => Reading::new(text, "there is an invisible character", "remove it"),
    })
}

fn full_width(text: &str, known: &Known<'_>) -> Option<Reading> {
    let text = map_lines(text, |line| {
        let mut line = line.to_owned();
        if let Some(at) = line.find(|c: char| COLONS[1..].contains(c)) {
            let (before, after) = line.split_at(at);
            let name = before.trim_start_matches(|c: char| is_blank(c) || c == '-').trim_end();
            let is_key = known.has(name)
                || (!name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_'));
            if is_key {
                let mut rest = after.chars();
                rest.next();
                line = format!("{}: {}", before.trim_end(), rest.as_str().trim_start_matches(is_blank));
            }
        }
        let parts = Line::of(&line, ':');
        let brackets = [('［', '['), ('］', ']'), ('｛', '{'), ('｝', '}'), ('【', '['), ('】', ']')];
        let is_flow = parts.value.starts_with(|c| "[{［｛【".contains(c));
        let value: String = parts
            .value
            .chars()
            .map(|c| match c {
                '，' | '、' if is_flow => ','.into(),
                c if is_flow => brackets.iter().find(|(wide, _)| *wide == c).map_or(c, |(_, narrow)| *narrow),
                c => c,
            })
            .map(String::from)
            .collect();
        Some(parts.with(&value))
    })?;
    Some(Reading::new(text, "a full-width sign stands where YAML needs a plain one", "write the plain sign"))
}

/// Whether a word can be the key of a line: at the top level, one that is known.
fn can_be_key(word: &str, indent: &str, known: &Known<'_>) -> bool {
    let is_word = !word.is_empty() && word.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
    known.has(word) || (is_word && !indent.is_empty() && word.starts_with(|c: char| c.is_ascii_lowercase()))
}

/// `by:x`
fn space_after_colon(text: &str, known: &Known<'_>) -> Option<Reading> {
    let text = map_lines(text, |line| {
        let parts = Line::of(line, ':');
        let (before, after) = parts.value.split_once(':').filter(|_| parts.key.is_empty())?;
        let key = before.trim();
        let indent = [parts.indent, parts.marks].concat();
        let is_slip = can_be_key(key, &indent, known) && !after.is_empty() && !after.starts_with("//");
        let after = after.trim_start_matches(':').trim_start_matches(is_blank);
        is_slip.then(|| format!("{indent}{key}: {after}{}", parts.end))
    })?;
    Some(Reading::new(text, "there is no space after the colon", "write a space after the colon"))
}

/// `title = x`, `title:: x`, `title -> x`
fn other_sign(text: &str, known: &Known<'_>) -> Option<Reading> {
    const SIGNS: [&str; 13] = ["=>", "->", "::", ":=", "==", "=", "→", ";", "＝", "–", "—", "-", ","];
    let text = map_lines(text, |line| {
        let parts = Line::of(line, ':');
        let content = [parts.key, parts.sign, parts.value].concat();
        let length = content.find(|c: char| !(c.is_alphanumeric() || c == '_'))?;
        let (key, rest) = content.split_at(length);
        let indent = [parts.indent, parts.marks].concat();
        let rest = rest.trim_start();
        let sign = SIGNS.iter().find(|sign| rest.starts_with(**sign))?;
        let value = rest[sign.len()..].trim_start_matches(|c| is_blank(c) || c == ':');
        (can_be_key(key, &indent, known) && !value.is_empty())
            .then(|| format!("{indent}{key}: {value}{}", parts.end))
    })?;
    Some(Reading::new(
        text,
        "another sign stands where the colon after a key belongs",
        "write a colon and a space after the key",
    ))
}

/// `**title:** x`, `“title”: x`, `* title: x`
fn decorated_key(text: &str, known: &Known<'_>) -> Option<Reading> {
    let is_around = |c: char| is_blank(c) || "*_`>•#“”„‘’\"'+-–—".contains(c);
    let text = map_lines(text, |line| {
        let content = line.trim_start_matches(is_around);
        let (key, rest) = content.split_once(':')?;
        let key = key.trim_end_matches(is_around);
        let rest = rest.trim_start_matches(|c| "*_`".contains(c));
        let is_plain = line.trim_start().starts_with(key)
            && line[..line.len() - rest.len()].ends_with(&format!("{key}:"));
        (known.has(key) && !is_plain && !line.starts_with("  ")).then(|| format!("{key}:{rest}"))
    })?;
    Some(Reading::new(
        text,
        "there are signs around a key, which must stand alone at the start of its line",
        "remove the signs around the key",
    ))
}

/// `// a comment`, `<!-- a comment -->`
fn foreign_comment(text: &str, _: &Known<'_>) -> Option<Reading> {
    let text = map_lines(text, |line| {
        let content = line.trim_start();
        let is_foreign = ["//", "<!--", "/*"].iter().any(|start| content.starts_with(start));
        is_foreign.then(|| format!("# {content}"))
    })?;
    let reading =
        Reading::new(text, "this is no comment in YAML, where one begins with `#`", "begin it with `#`");
    Some(reading.reworded())
}

/// `title: "x",`
fn end_sign(text: &str, _: &Known<'_>) -> Option<Reading> {
    let text = map_lines(text, |line| {
        let parts = Line::of(line, ':');
        let value = parts.value.trim_end_matches([',', ';', '.']).trim_end();
        let is_closed = value.ends_with(['"', '\'', ']', '}', '”', '’']);
        (is_closed && value != parts.value).then(|| parts.with(value))
    })?;
    Some(Reading::new(text, "there is a sign after the value", "remove the sign after the value"))
}

/// `* a`, `• a`, `-a`, `1. a` in a list.
fn bullets(text: &str, _: &Known<'_>) -> Option<Reading> {
    let mut is_first = true;
    let text = map_lines(text, |line| {
        if std::mem::take(&mut is_first) {
            return None;
        }
        let content = line.trim_start();
        let indent = &line[..line.len() - content.len()];
        let digits = content.trim_start_matches(|c: char| c.is_ascii_digit());
        let rest = match content.strip_prefix(['*', '•', '–', '—', '+', '·', '−', '◦', '‣']) {
            Some(rest) if rest.starts_with(is_blank) => rest,
            _ if digits.len() < content.len() => digits.strip_prefix(". ").or(digits.strip_prefix(") "))?,
            _ => content.strip_prefix(['-', '–', '—', '•', '−']).filter(|rest| {
                !rest.starts_with(|c: char| is_blank(c) || c == '-') && !rest.trim().is_empty()
            })?,
        };
        Some(format!("{indent}- {}", rest.trim_start_matches(is_blank)))
    })?;
    Some(Reading::new(
        text,
        "an item of a list does not begin with a hyphen and a space",
        "begin each item with a hyphen and a space",
    ))
}

/// `“x”` as quotation marks.
fn curly(text: &str, _: &Known<'_>) -> Option<Reading> {
    let text = map_lines(text, |line| {
        let parts = Line::of(line, ':');
        let value = match flow_items(parts.value) {
            Some(items) if items.iter().any(|item| uncurled(item).is_some()) => {
                let items =
                    items.iter().map(|item| uncurled(item).map_or_else(|| (*item).to_owned(), quoted));
                format!("[{}]", items.collect::<Vec<String>>().join(", "))
            }
            _ => quoted(uncurled(parts.value)?),
        };
        Some(parts.with(&value))
    })?;
    Some(Reading::new(
        text,
        "curly quotation marks do not enclose a text in YAML",
        "write straight quotation marks",
    ))
}

/// `"He said "hi" there"`, `"Hi" he said`
fn inner_quotes(text: &str, _: &Known<'_>) -> Option<Reading> {
    let text = map_lines(text, |line| {
        let parts = Line::of(line, ':');
        // What looks like a comment may be within the quotation marks.
        let whole = [parts.value, parts.end.trim_end()].concat();
        let quote = whole.chars().next().filter(|c| matches!(c, '"' | '\''))?;
        let rest = &whole[1..];
        let at = rest.find(quote)?;
        let is_enclosed = rest.len() > 1 && rest.ends_with(quote);
        // A mark after a space opens a quotation within; one before a space closes what the first one opened.
        let before = rest[..at].chars().next_back();
        let after = rest[at + 1..].chars().next();
        let is_closing = before.is_some_and(|c| !is_blank(c))
            && after.is_none_or(|c| is_blank(c) || c.is_ascii_punctuation())
            && after != Some(quote);
        let is_whole = at + 1 == rest.len();
        if is_whole {
            return None;
        }
        let text = match (at, is_enclosed && !is_closing) {
            // `""Kirby""`
            (0, _) => whole.trim_matches(quote).to_owned(),
            (_, true) => rest[..rest.len() - 1].replace("\\\"", "\""),
            (_, false) => whole.clone(),
        };
        let end = &line[line.trim_end().len()..];
        Some(Line { end, ..parts }.with(&quoted(&text)))
    })?;
    Some(Reading::new(
        text,
        "there are quotation marks within quotation marks",
        "enclose the text in marks that are not in it",
    ))
}

/// `"C:\Users"`
fn backslashes(text: &str, _: &Known<'_>) -> Option<Reading> {
    let text = map_lines(text, |line| {
        let parts = Line::of(line, ':');
        let inner = parts.value.strip_prefix('"')?.strip_suffix('"')?;
        (inner.contains('\\') && !inner.contains('"')).then(|| parts.with(&quoted(inner)))
    })?;
    Some(Reading::new(
        text,
        "a backslash has a special meaning between double quotation marks",
        "use single quotation marks",
    ))
}

/// `"Kirby`
fn unclosed_quote(text: &str, _: &Known<'_>) -> Option<Reading> {
    let mut is_apostrophe = false;
    let text = map_lines(text, |line| {
        let parts = Line::of(line, ':');
        let mut chars = parts.value.chars();
        let quote = chars.next().filter(|c| matches!(c, '"' | '\'' | '“' | '‘' | '„'))?;
        let inner = chars.as_str();
        let others: &[char] =
            if matches!(quote, '\'' | '‘') { &['\'', '’'] } else { &['"', '”', '“'] };
        let mismatched = inner.strip_suffix(['"', '\'', '”', '’', ',']).unwrap_or(inner);
        is_apostrophe |= quote == '\'' && inner == mismatched && inner.starts_with(char::is_lowercase);
        (!mismatched.trim().is_empty() && !mismatched.contains(others))
            .then(|| parts.with(&quoted(mismatched)))
    })?;
    let reading = Reading::new(text, "a quotation mark is opened and not closed", CLOSE);
    // It may be an apostrophe, too.
    Some(if is_apostrophe { reading.unsure() } else { reading })
}

/// `'tis the season`
fn apostrophe(text: &str, _: &Known<'_>) -> Option<Reading> {
    let text = map_lines(text, |line| {
        let parts = Line::of(line, ':');
        let rest = parts.value.strip_prefix('\'')?;
        (rest.starts_with(char::is_alphanumeric) && !rest.contains('\''))
            .then(|| parts.with(&quoted(parts.value)))
    })?;
    let reading = Reading::new(
        text,
        "a quotation mark is opened and not closed",
        "keep it as an apostrophe, within quotation marks",
    );
    Some(reading.unsure())
}

/// Why a plain text has to be in quotation marks.
fn needs_quotes(text: &str) -> Option<String> {
    let first = text.chars().next()?;
    if matches!(first, '"' | '\'') || is_block(text) {
        return None;
    }
    if text.contains(": ") || text.ends_with(':') || text.contains(":\t") {
        return Some("a text with a colon and a space in it needs quotation marks".into());
    }
    if text.contains(" #") || first == '#' {
        return Some("a text with a space and `#` in it needs quotation marks".into());
    }
    let is_indicator = "@%&*!|>{}[],`?".contains(first)
        || (matches!(first, '-' | '?' | ':') && text[1..].chars().next().is_none_or(is_blank));
    is_indicator.then(|| format!("a text that begins with `{first}` needs quotation marks"))
}

/// Whether a value is the head of a block of text: `|`, `>-`.
fn is_block(text: &str) -> bool {
    let rest = text.trim_start_matches(['|', '>']);
    rest.len() + 1 == text.len() && rest.chars().all(|c| matches!(c, '-' | '+' | '1'..='9'))
}

/// `title: FBI: about 552 tonnes`, `title: @handle says`
fn quote_value(text: &str, _: &Known<'_>) -> Option<Reading> {
    let mut why = None;
    let text = map_lines(text, |line| {
        let parts = Line::of(line, ':');
        let reason = needs_quotes(parts.value)?;
        why.get_or_insert(reason);
        Some(parts.with(&quoted(parts.value)))
    })?;
    Some(Reading::new(text, why?, "put the text in quotation marks"))
}

/// `[a, b`, `a, b]`
fn brackets(text: &str, _: &Known<'_>) -> Option<Reading> {
    let mut wrong = "";
    let text = map_lines(text, |line| {
        let parts = Line::of(line, ':');
        let count = |c: char| parts.value.matches(c).count();
        for (open, close) in [('[', ']'), ('{', '}'), ('(', ')')] {
            let (opened, closed) = (count(open), count(close));
            let value = parts.value;
            if open == '(' {
                let inner = value.strip_prefix(open).and_then(|rest| rest.strip_suffix(close));
                if let Some(inner) = inner.filter(|inner| inner.contains(',') && !inner.contains(['(', ')']))
                {
                    wrong = "a list is written in square brackets";
                    return Some(parts.with(&format!("[{inner}]")));
                }
            } else if value.starts_with(open) && opened == closed + 1 {
                wrong = "a bracket is opened and not closed";
                let value =
                    value.strip_suffix([')', '}', ']']).filter(|_| !value.ends_with(close)).unwrap_or(value);
                return Some(parts.with(&format!("{}{close}", value.trim_end_matches([',', ' ']))));
            } else if value.ends_with(close) && closed == opened + 1 {
                wrong = "a bracket is closed and not opened";
                return Some(parts.with(&match value.starts_with(open) {
                    true => value[..value.len() - 1].to_owned(),
                    false => format!("{open}{}", value.trim_start_matches(['(', '<', '{'])),
                }));
            }
        }
        None
    })?;
    Some(Reading::new(text, wrong, "complete the pair of brackets"))
}

/// The items of a list in brackets on one line, at the commas outside of quotation marks and brackets.
fn flow_items(value: &str) -> Option<Vec<&str>> {
    let inner = value.strip_prefix('[')?.strip_suffix(']')?;
    let (mut items, mut start, mut depth, mut quote) = (Vec::new(), 0, 0i32, None);
    for (at, c) in inner.char_indices() {
        match c {
            c if quote == Some(c) => quote = None,
            _ if quote.is_some() => {}
            '"' | '\'' if inner[start..at].trim().is_empty() => quote = Some(c),
            '“' if inner[start..at].trim().is_empty() => quote = Some('”'),
            '[' | '{' => depth += 1,
            ']' | '}' => depth -= 1,
            ',' if depth == 0 => {
                items.push(inner[start..at].trim());
                start = at + 1;
            }
            _ => {}
        }
    }
    items.push(inner[start..].trim());
    Some(items)
}

/// `[a; b]`, `["a" "b"]`, `[a,, b]`
fn commas(text: &str, _: &Known<'_>) -> Option<Reading> {
    let text = map_lines(text, |line| {
        let parts = Line::of(line, ':');
        let inner = parts.value.strip_prefix('[')?.strip_suffix(']')?;
        let mut value = inner.to_owned();
        for quote in ['"', '\''] {
            value = value.replace(&format!("{quote} {quote}"), &format!("{quote}, {quote}"));
        }
        if !value.contains(',') {
            value = value.replace(';', ",").replace(" | ", ", ");
        }
        let items: Vec<&str> = value.split(',').map(str::trim).filter(|item| !item.is_empty()).collect();
        let is_same = items.len() == inner.split(',').count();
        (!is_same).then(|| parts.with(&format!("[{}]", items.join(", "))))
    })?;
    Some(Reading::new(
        text,
        "the items of a list are not separated by one comma each",
        "separate them by commas",
    ))
}

/// `[[a]], [[b]]`
fn wiki_links(text: &str, _: &Known<'_>) -> Option<Reading> {
    let text = map_lines(text, |line| {
        let parts = Line::of(line, ':');
        let links: Vec<&str> = parts.value.split(',').map(str::trim).collect();
        let is_link =
            |link: &&str| link.starts_with("[[") && link.ends_with("]]") && link.matches("[[").count() == 1;
        (links.len() > 1 && links.iter().all(|link| is_link(&link))).then(|| {
            let links: Vec<String> = links.iter().map(|link| quoted(link)).collect();
            parts.with(&format!("[{}]", links.join(", ")))
        })
    })?;
    Some(Reading::new(
        text,
        "links in double brackets need quotation marks here",
        "put each link in quotation marks, and all in brackets",
    ))
}

/// `[FBI: x, #1]`
fn quote_flow_items(text: &str, _: &Known<'_>) -> Option<Reading> {
    let mut why = None;
    let text = map_lines(text, |line| {
        let parts = Line::of(line, ':');
        let whole = [parts.value, parts.end.trim_end()].concat();
        let items = flow_items(&whole)?;
        let mut is_changed = false;
        let items: Vec<String> = items
            .iter()
            .map(|item| {
                let quote = item.chars().next().filter(|c| matches!(c, '"' | '\''));
                let is_odd =
                    |quote| item.matches(quote).count() != 2 || !item.ends_with(quote) || item.len() < 2;
                let reason = match quote {
                    Some(quote) if is_odd(quote) => {
                        Some("there are quotation marks within a text".to_owned())
                    }
                    _ => needs_quotes(item),
                };
                is_changed |= reason.is_some();
                match reason {
                    Some(reason) => {
                        why.get_or_insert(reason);
                        let inner = quote.and_then(|q| item.strip_prefix(q)?.strip_suffix(q)).unwrap_or(item);
                        quoted(inner)
                    }
                    None => (*item).to_owned(),
                }
            })
            .collect();
        let end = &line[line.trim_end().len()..];
        is_changed.then(|| Line { end, ..parts }.with(&format!("[{}]", items.join(", "))))
    })?;
    Some(Reading::new(text, why?, "put the text in quotation marks"))
}

/// `- He said: no`
fn quote_item(text: &str, _: &Known<'_>) -> Option<Reading> {
    let text = map_lines(text, |line| {
        let parts = Line::of(line, ':');
        if parts.marks.is_empty() || parts.key.is_empty() {
            return None;
        }
        let value = [parts.key, parts.sign, parts.value].concat();
        Some([parts.indent, parts.marks, &quoted(value.trim_end()), parts.end].concat())
    })?;
    Some(Reading::new(
        text,
        "a text with a colon and a space in it needs quotation marks",
        "put the text in quotation marks",
    ))
}

/// A text over several lines that needs quotation marks.
fn quote_lines(text: &str, _: &Known<'_>) -> Option<Reading> {
    let first = text.split_inclusive('\n').next()?;
    let parts = Line::of(first, ':');
    let rest = &text[first.len()..];
    let is_text = |line: &str| {
        line.trim().is_empty() || (line.starts_with([' ', '\t']) && Line::of(line, ':').marks.is_empty())
    };
    if parts.key.is_empty() || parts.value.is_empty() || rest.trim().is_empty() || !rest.lines().all(is_text)
    {
        return None;
    }
    let start = first.len() - parts.value.len() - parts.end.len();
    let whole = text[start..].trim_end();
    let (whole, wrong, cure) = match whole.strip_prefix('"') {
        Some(inner) if !inner.contains('"') => {
            (inner, "a quotation mark is opened and not closed".to_owned(), CLOSE)
        }
        _ if whole.starts_with(['"', '\'', '|', '>', '[', '{']) => return None,
        _ => (whole, whole.lines().find_map(needs_quotes)?, "put the text in quotation marks"),
    };
    let end = &text[text.trim_end().len()..];
    let text = [&text[..start], &quoted(whole), end].concat();
    Some(Reading::new(text, wrong, cure))
}

fn tabs(text: &str, _: &Known<'_>) -> Option<Reading> {
    let text = map_lines(text, |line| {
        let content = line.trim_start_matches(is_blank);
        let indent = &line[..line.len() - content.len()];
        indent.contains('\t').then(|| indent.replace('\t', "  ") + content)
    })?;
    Some(Reading::new(text, "YAML does not allow a tab as indentation", "indent by spaces"))
}

/// A key of the top level that is indented.
fn outdent(text: &str, known: &Known<'_>) -> Option<Reading> {
    let text = map_lines(text, |line| {
        let parts = Line::of(line, ':');
        let is_top = !parts.indent.is_empty() && parts.marks.is_empty() && known.has(parts.key);
        is_top.then(|| line[parts.indent.len()..].to_owned())
    })?;
    Some(Reading::new(
        text,
        "a key is indented, and the others are not",
        "move the key to the start of its line",
    ))
}

/// The keys of an item, and the items of a list, one below the other.
fn align(text: &str, _: &Known<'_>) -> Option<Reading> {
    let (mut item, mut keys): (Option<String>, Option<usize>) = (None, None);
    let (mut is_first, mut is_text) = (true, false);
    let text = map_lines(text, |line| {
        let parts = Line::of(line, ':');
        if std::mem::take(&mut is_first) || line.trim().is_empty() {
            return None;
        }
        if !parts.marks.is_empty() {
            let indent = item.get_or_insert_with(|| parts.indent.replace('\t', "  ")).clone();
            keys = Some(indent.len() + parts.marks.len());
            return Some(indent + &line[parts.indent.len()..]);
        }
        if parts.key.is_empty() {
            is_text = true;
        }
        let width = keys.get_or_insert_with(|| parts.indent.len().max(2));
        Some(" ".repeat(*width) + &line[parts.indent.len()..])
    })?;
    (!is_text).then(|| {
        Reading::new(
            text,
            "lines that belong together do not begin in the same column",
            "begin them in the same column",
        )
    })
}

/// What belongs to a key, and is not indented.
fn indent(text: &str, _: &Known<'_>) -> Option<Reading> {
    let first = text.lines().next().unwrap_or_default();
    let value = Line::of(first, ':').value;
    let is_enclosed = is_block(value) || value.starts_with(['"', '\'']);
    let is_text =
        |line: &str| !line.trim().is_empty() && Line::of(line, ':').key.is_empty() && !line.starts_with("- ");
    // A text that is not enclosed may also be no part of the value.
    let is_sure = is_enclosed || !text.lines().skip(1).any(is_text);
    let mut is_first = true;
    let text = map_lines(text, |line| {
        if std::mem::take(&mut is_first) || line.trim().is_empty() || line.starts_with('#') {
            return None;
        }
        Some(format!("  {line}"))
    })?;
    let reading = Reading::new(
        text,
        "what belongs to a key over several lines must be indented",
        "indent it by two spaces",
    );
    Some(if is_sure { reading } else { reading.unsure() })
}

/// A line between two keys that belongs to neither.
fn comment_out(text: &str, _: &Known<'_>) -> Option<Reading> {
    let mut is_first = true;
    let text = map_lines(text, |line| {
        let is_stray = !std::mem::take(&mut is_first)
            && !line.trim().is_empty()
            && !line.starts_with([' ', '\t', '#', '-'])
            && Line::of(line, ':').key.is_empty();
        is_stray.then(|| format!("# {line}"))
    })?;
    let reading =
        Reading::new(text, "this line has no key", "begin the line with `#`, which makes it a comment");
    Some(reading.unsure().reworded())
}

/// `title My text`
fn no_colon(text: &str, known: &Known<'_>) -> Option<Reading> {
    let text = map_lines(text, |line| {
        let (key, rest) = loose_key(line, known)?;
        let is_bare = line.starts_with(key) && rest.starts_with(is_blank) && !rest.contains(": ");
        is_bare.then(|| format!("{key}: {}", rest.trim_start_matches(is_blank)))
    })?;
    Some(Reading::new(text, "there is no colon after the key", "write a colon and a space after the key"))
}

/// What the parser says, in plain words, and how to fix it.
fn describe(message: &str) -> (String, String) {
    const WORDS: [(&str, &str, &str); 14] = [
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
        ("nested more than", "", "nest it less deeply"),
        ("more than", "", "write fewer values"),
    ];
    const QUOTE: &str = "put the text in quotation marks";
    let known = WORDS.iter().find(|(part, ..)| message.contains(part));
    match known {
        Some((_, "", cure)) => (message.to_owned(), (*cure).to_owned()),
        Some((_, wrong, cure)) => ((*wrong).to_owned(), (*cure).to_owned()),
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
