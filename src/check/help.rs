//! Helpers for the wording of findings: lists of names, and where a word is in a text.

use crate::base::span::Span;
use crate::kinds::KindId;

/// The maximum number of findings per rule that get suggestions, each of which compares against every known
/// name.
pub(crate) const MOST_SUGGESTIONS: usize = 100;

/// The maximum number of names in a phrase.
const MOST_NAMES: usize = 6;

/// `a`, `b` or `c`
pub(crate) fn any_of<'a>(names: impl IntoIterator<Item = &'a str>) -> String {
    joined(names, "or")
}

/// `a`, `b` and `c`
pub(crate) fn all_of<'a>(names: impl IntoIterator<Item = &'a str>) -> String {
    joined(names, "and")
}

fn joined<'a>(names: impl IntoIterator<Item = &'a str>, word: &str) -> String {
    let mut quoted: Vec<String> = names.into_iter().map(|name| format!("`{name}`")).collect();
    if quoted.len() > MOST_NAMES {
        let more = quoted.len() - MOST_NAMES + 1;
        quoted.truncate(MOST_NAMES - 1);
        quoted.push(format!("{more} more"));
    }
    match quoted.pop() {
        Some(last) if !quoted.is_empty() => format!("{} {word} {last}", quoted.join(", ")),
        last => last.unwrap_or_default(),
    }
}

/// `an actor`, `a place`; `an actor or a source`; `an entity` if any kind is allowed.
pub(crate) fn a_kind(kinds: &[KindId]) -> String {
    let phrases: Vec<String> = kinds
        .iter()
        .map(|kind| {
            let article = if kind.name().starts_with(['a', 'e']) { "an" } else { "a" };
            format!("{article} {}", kind.name())
        })
        .collect();
    if phrases.is_empty() { "an entity".into() } else { phrases.join(" or ") }
}

/// The span of `part` within `span` of `text`.
pub(crate) fn part_of(text: &str, span: Span, part: &str) -> Option<Span> {
    let start = text.get(span.range())?.find(part)?;
    (!part.is_empty()).then(|| Span::new(0, part.len()).shifted(span.start as usize + start))
}

/// Whether a text has a name as a word of its own.
pub(crate) fn mentions(text: &str, name: &str) -> bool {
    let is_apart = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric());
    !name.is_empty()
        && text.match_indices(name).any(|(at, _)| {
            is_apart(text[..at].chars().next_back()) && is_apart(text[at + name.len()..].chars().next())
        })
}

/// Several values as they are written in the place of one: as a list, or as further items of the list that it is in.
pub(crate) fn several_at(text: &str, place: Span, values: &[String]) -> String {
    let before = &text[..place.start as usize];
    match (values, before.trim_end().chars().next_back()) {
        ([one], _) => one.clone(),
        (_, Some('[' | ',')) => values.join(", "),
        (_, Some('-')) => {
            let line = before.rfind('\n').map_or(0, |at| at + 1);
            values.join(&format!("\n{}", &before[line..]))
        }
        _ => format!("[{}]", values.join(", ")),
    }
}

/// What is between the items of a list in a text, in the scripts of the world.
pub(crate) const LIST_MARKS: [char; 5] = [',', ';', '，', '、', '،'];

/// The path of `target` as a Markdown address, relative to `folder`; in angle brackets if it contains
/// characters that would end the address.
pub(crate) fn address(folder: &str, target: &str) -> String {
    let path = crate::base::path::relative(folder, target);
    match path.contains(|c: char| c.is_whitespace() || c.is_control() || "()<>".contains(c)) {
        true => format!("<{}>", path.replace('<', "%3C").replace('>', "%3E")),
        false => path,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn phrases_read_well() {
        assert_eq!(any_of(["a"]), "`a`");
        assert_eq!(any_of(["a", "b", "c"]), "`a`, `b` or `c`");
        assert_eq!(all_of(["a", "b", "c", "d", "e", "f", "g"]), "`a`, `b`, `c`, `d`, `e` and 2 more");
        assert_eq!(a_kind(&[KindId::Actor, KindId::Source]), "an actor or a source");
        assert_eq!(a_kind(&[]), "an entity");
    }

    #[test]
    fn names_are_mentioned_as_words() {
        assert!(mentions("by: [a, nis]", "nis") && mentions("nis", "nis") && mentions("by: a-b.md", "a-b"));
        assert!(!mentions("dennis, nisan", "nis") && !mentions("viaa: true", "a") && !mentions("x", ""));
    }

    #[test]
    fn addresses_survive_markdown() {
        assert_eq!(address("content/claims", "content/actors/nis.md"), "../actors/nis.md");
        assert_eq!(address("content", "content/places/Port (old).md"), "<places/Port (old).md>");
    }
}
