//! Captions (WebVTT, <https://www.w3.org/TR/webvtt1/>): comments, the head and the names of captions, which no player
//! shows.

use super::{Examined, Tell, Tells, contains, text};
use crate::base::css;

/// The text of a file of captions, after the mark of its format.
pub(super) fn text(bytes: &[u8]) -> Option<&str> {
    let text = std::str::from_utf8(bytes).ok()?;
    let rest = text.strip_prefix('\u{feff}').unwrap_or(text).strip_prefix("WEBVTT")?;
    (rest.is_empty() || rest.starts_with([' ', '\t', '\r', '\n'])).then_some(rest)
}

pub(super) fn examine<'a>(bytes: &'a [u8], rest: &str) -> Examined<'a> {
    let rest = rest.replace("\r\n", "\n").replace('\r', "\n");
    let mut lines = rest.split('\n');
    let mut removed = Tells::default();
    if lines.next().is_some_and(|line| !line.trim().is_empty()) {
        removed.add(Tell::Text);
    }
    let lines: Vec<&str> = lines.collect();
    // A style may be for the caption with a name.
    let has_names = lines.iter().any(|line| line.contains("::cue") && line.contains('#'));
    let mut clean = "WEBVTT\n".to_owned();
    let mut is_head = true;
    for block in lines.split(|line| line.trim().is_empty()) {
        let time = block.iter().position(|line| line.contains("-->"));
        let first = block.first().copied().unwrap_or_default();
        let is = |name: &str| {
            first
                .strip_prefix(name)
                .is_some_and(|rest| rest.trim_start().is_empty() || rest.starts_with([' ', '\t']))
        };
        let kept = match time {
            _ if block.is_empty() => {
                is_head = false;
                continue;
            }
            _ if is("NOTE") => {
                removed.add(Tell::Comments);
                continue;
            }
            None if is("STYLE") && !is_head => {
                let style = block.join("\n");
                let clean = css::without_comments(&style);
                if clean != style {
                    removed.add(Tell::Comments);
                }
                clean
            }
            None if is("REGION") && !is_head => block.join("\n"),
            None => {
                removed.add(Tell::Text);
                is_head = false;
                continue;
            }
            Some(at) => {
                let is_number = |line: &&str| line.trim().bytes().all(|byte| byte.is_ascii_digit());
                if at == 0 || at == 1 && (has_names || is_number(&block[0])) {
                    block.join("\n")
                } else {
                    removed.add(Tell::Text);
                    block[at..].join("\n")
                }
            }
        };
        is_head = false;
        clean.push('\n');
        clean.push_str(&kept);
        clean.push('\n');
    }
    if removed.is_empty() {
        return Examined::unchanged(bytes, left(bytes));
    }
    let left = left(clean.as_bytes());
    Examined { bytes: clean.into_bytes().into(), removed, left }
}

/// What captions still tell: who speaks, which players do not show, either.
fn left(clean: &[u8]) -> Tells {
    let mut left = text::tells(clean);
    if contains(clean, b"<v ") || contains(clean, b"<v.") {
        left.add(Tell::Name);
    }
    left
}

#[cfg(test)]
mod tests {
    use super::super::examine;

    #[test]
    fn what_players_do_not_show_is_taken_out_of_captions() {
        let file = "\u{feff}WEBVTT - Anna\r\nKind: Anna\r\n\r\nNOTE\r\nAnna\r\n\r\nSTYLE\r\n::cue { color: red /* Anna */ }\r\n\r\n\
                    Anna-1\r\n00:00.000 --> 00:01.000 line:0\r\nIt fell.\r\nThere.\r\n\r\n\r\n2\r\n00:02.000 --> 00:03.000\r\nNOTE this\r\n\r\n\
                    NOTE Anna\r\n\r\nAnna has no times\r\n";
        let clean = examine(file.as_bytes());
        let expected = "WEBVTT\n\nSTYLE\n::cue { color: red /**/ }\n\n00:00.000 --> 00:01.000 line:0\nIt fell.\nThere.\n\n\
                        2\n00:02.000 --> 00:03.000\nNOTE this\n";
        assert_eq!(String::from_utf8_lossy(&clean.bytes), expected);
        assert!(clean.left.is_empty());
        let again = examine(expected.as_bytes());
        assert!(again.removed.is_empty() && *again.bytes == *expected.as_bytes());
    }

    #[test]
    fn names_of_captions_stay_for_styles() {
        let file = "WEBVTT\n\nSTYLE\n::cue(#one) { color: red }\n\none\n00:00.000 --> 00:01.000\nHi\n";
        assert_eq!(*examine(file.as_bytes()).bytes, *file.as_bytes());
        let voices = "WEBVTT\n\n00:00.000 --> 00:01.000\n<v Anna>Hi\n";
        assert!(examine(voices.as_bytes()).left.words().contains("names"));
    }
}
