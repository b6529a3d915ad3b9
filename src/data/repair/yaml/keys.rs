//! Slips at keys: their colons, and what is around them.

use crate::base::character::is_invisible;
use crate::data::repair::line::{Line, closed, is_blank, map_lines};
use crate::data::repair::{Known, Reading};

/// The known key with which a line begins, where a colon is missing or something else stands for it: where the key is,
/// and where the value begins.
pub(super) fn loose_key<'a>(line: &'a str, known: &Known<'_>) -> Option<(&'a str, &'a str)> {
    let is_around = |c: char| is_blank(c) || is_invisible(c) || "*_`>•#“”\"'".contains(c);
    let content = unnumbered(line.trim_start_matches(is_around)).0;
    let content = content.strip_prefix("- ").unwrap_or(content);
    let length = content.find(|c: char| !(c.is_alphanumeric() || c == '_')).unwrap_or(content.len());
    let (key, rest) = content.split_at(length);
    let rest = rest.trim_start_matches(|c: char| is_invisible(c) || "*_`”\"'".contains(c));
    let is_apart = rest.starts_with(|c: char| is_blank(c) || COLONS.contains(c) || "=;→–—".contains(c))
        || rest.starts_with("->");
    (known.has(key) && is_apart && !rest.trim().is_empty()).then_some((key, rest))
}

/// A line without the number of a list before its text, and whether it had one: `1. title: x`.
fn unnumbered(line: &str) -> (&str, bool) {
    let rest = line.trim_start_matches(|c: char| c.is_ascii_digit());
    match rest.strip_prefix(". ").or(rest.strip_prefix(") ")) {
        Some(rest) if rest.len() + 2 < line.len() => (rest, true),
        _ => (line, false),
    }
}

/// Colons, as other scripts and input methods write them.
const COLONS: &str = ":：﹕︓∶꞉";

/// Characters that nobody sees before a value.
pub(super) fn invisible(text: &str, _: &Known<'_>) -> Option<Reading> {
    let mut is_space = false;
    let text = map_lines(text, |line| {
        let clean: String = line.chars().filter(|c| !is_invisible(*c)).collect();
        let parts = Line::of(&clean, ':');
        // Within brackets, a special space is a part of a key, too.
        let head = match parts.value.starts_with(['[', '{']) {
            true => clean.len(),
            false => parts.indent.len() + parts.marks.len() + parts.key.len() + parts.sign.len(),
        };
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

pub(super) fn full_width(text: &str, known: &Known<'_>) -> Option<Reading> {
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
                '，' | '、' if is_flow => ',',
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
pub(super) fn space_after_colon(text: &str, known: &Known<'_>) -> Option<Reading> {
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
pub(super) fn other_sign(text: &str, known: &Known<'_>) -> Option<Reading> {
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
pub(super) fn decorated_key(text: &str, known: &Known<'_>) -> Option<Reading> {
    let is_around = |c: char| is_blank(c) || "*_`>•#“”„‘’\"'+-–—".contains(c);
    let mut is_numbered = false;
    let text = map_lines(text, |line| {
        let (content, has_number) = unnumbered(line.trim_start_matches(is_around));
        let (key, rest) = content.split_once(':')?;
        let key = key.trim_end_matches(is_around);
        let rest = rest.trim_start_matches(|c| "*_`".contains(c));
        let is_plain = line.trim_start().starts_with(key)
            && line[..line.len() - rest.len()].ends_with(&format!("{key}:"));
        let is_slip = known.has(key) && !is_plain && !line.starts_with("  ");
        is_numbered |= is_slip && has_number;
        // `"title: x"`: the marks are around the whole line.
        let marks = |c: char| "\"“”„‘’'".contains(c);
        let start = &line[..line.len() - content.len()];
        let is_around_all = start.contains(marks) && !content[..content.len() - rest.len()].contains(marks);
        let value = rest.trim_end();
        let value = match value.strip_suffix(marks) {
            Some(inner) if is_around_all && !inner.contains(marks) => inner,
            _ => value,
        };
        is_slip.then(|| format!("{key}:{value}{}", &rest[rest.trim_end().len()..]))
    })?;
    let reading = Reading::new(
        text,
        "there are signs around a key, which must stand alone at the start of its line",
        "remove the signs around the key",
    );
    // The numbers are neither in a key nor in a value.
    Some(if is_numbered { reading.reworded() } else { reading })
}

/// `// a comment`, `<!-- a comment -->`, `%% a comment %%`, and what is one only perhaps: `-- a comment`, `; a comment`
pub(super) fn foreign_comment(text: &str, _: &Known<'_>) -> Option<Reading> {
    let mut is_sure = true;
    let text = map_lines(text, |line| {
        let content = line.trim_start();
        let starts = |signs: &[&str]| signs.iter().any(|start| content.starts_with(start));
        let is_foreign = starts(&["//", "<!--", "/*", "%%"]);
        let may_be = starts(&["-- ", "; "]);
        is_sure &= !may_be;
        (is_foreign || may_be).then(|| format!("# {content}"))
    })?;
    let reading =
        Reading::new(text, "this is no comment in YAML, where one begins with `#`", "begin it with `#`");
    let reading = reading.reworded();
    Some(if is_sure { reading } else { reading.unsure() })
}

/// `corrections` on a line of its own, above its value.
pub(super) fn bare_key(text: &str, known: &Known<'_>) -> Option<Reading> {
    let last = text.trim_end().rsplit('\n').next().unwrap_or_default().trim_end();
    let text = map_lines(text, |line| {
        let key = line.trim_end();
        (known.has(key) && key != last).then(|| format!("{key}:{}", &line[key.len()..]))
    })?;
    Some(Reading::new(text, "there is no colon after the key", "write a colon after the key"))
}

/// `title My text`
pub(super) fn no_colon(text: &str, known: &Known<'_>) -> Option<Reading> {
    let text = map_lines(text, |line| {
        let (key, rest) = loose_key(line, known)?;
        // In quotation marks, a colon is a part of the text.
        let value = rest.trim();
        let is_enclosed = closed(value) == Some(value.len());
        let is_text = is_enclosed || !rest.contains(": ");
        let is_bare = line.starts_with(key) && rest.starts_with(is_blank) && is_text;
        is_bare.then(|| format!("{key}: {}", rest.trim_start_matches(is_blank)))
    })?;
    Some(Reading::new(text, "there is no colon after the key", "write a colon and a space after the key"))
}
