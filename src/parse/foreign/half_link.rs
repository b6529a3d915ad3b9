//! Links that are none, because a bracket is missing, a space is between the brackets, or these are of Chinese or
//! Japanese.

use super::closing;
use crate::base::media::format_of;

/// The length of a link that is none, with which a text begins, because a bracket is missing, or a space is between the
/// brackets.
pub(super) fn half_link(text: &str) -> Option<usize> {
    if let Some(inner) = text.strip_prefix("[[") {
        let end = inner.find(['[', ']', '\n']).unwrap_or(inner.len());
        // `[[1](a.md), [2](b.md)]` is whole.
        if inner[..end].trim().is_empty() || inner[end..].starts_with("]]") || closing(text).is_some() {
            return None;
        }
        return match inner[end..].strip_prefix(']') {
            // `[[id](file.md)`
            Some(rest) if rest.starts_with('(') => Some(end + 4 + rest.find(')')?),
            Some(rest) => (!rest.starts_with('[')).then_some(end + 3),
            // `[[id|words`
            None => Some(2 + inner[..end].trim_end().len()),
        };
    }
    let words = text.find(']').filter(|end| *end > 1 && !text[1..*end].contains('['))?;
    let after = &text[words + 1..];
    let is_address = |address: &str| {
        let extension = address.rsplit_once('.').map(|(_, extension)| extension);
        format_of(extension).is_some()
            || extension == Some("md")
            || address.starts_with("https://")
            || address.starts_with("http://")
    };
    // `[words] (file.md)`
    if let Some(rest) = after.strip_prefix(" (") {
        let end = rest.find([')', '\n', ' '])?;
        return (rest[end..].starts_with(')') && is_address(&rest[..end])).then_some(words + end + 4);
    }
    // `[words](file.md`
    let rest = after.strip_prefix('(').filter(|rest| !rest.contains(')'))?;
    let address = rest.split(char::is_whitespace).next()?;
    // A title may go on in the next line.
    let has_title = rest[address.len()..].trim_start().starts_with(['"', '\'', '(']);
    (is_address(address) && !has_title).then_some(words + 2 + address.len())
}

/// What a link that is none, of [`Syntax::HalfLink`](super::Syntax::HalfLink), was meant to be.
pub(crate) fn whole_link(written: &str) -> String {
    if let Some(name) = written.strip_prefix("［［") {
        return format!("[[{}]]", name.trim_end_matches('］'));
    }
    if let Some(rest) = written.strip_prefix("! [") {
        return format!("![{rest}");
    }
    match (written.starts_with("[["), written.contains("](")) {
        (true, true) => written[1..].to_owned(),
        (true, false) => format!("{}]]", written.trim_end_matches(']')),
        (false, true) => format!("{written})"),
        (false, false) => written.replacen("] (", "](", 1),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_stands_at_its_bracket() {
        assert_eq!(half_link("[a](b.md"), Some("[a](b.md".len()));
        assert_eq!(half_link("[a](    é![["), None);
        assert_eq!(half_link("[a](  b.md"), None);
    }
}
