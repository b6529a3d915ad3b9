//! WebVTT, the format of captions (<https://www.w3.org/TR/webvtt1/>): what players would not read as it is meant.

use crate::base::span::Span;

/// A part that players leave out or misread.
#[derive(Debug)]
pub(crate) struct Fault {
    /// Where, in bytes.
    pub span: Span,
    pub message: String,
    pub help: &'static str,
}

/// The most faults of a file that are listed: one wrong program makes the same one in every line.
const MOST: usize = 5;

const TIMES: &str = "write the times as `00:01:32.000 --> 00:01:35.500`";

/// The faults of captions, in order.
pub(crate) fn faults(text: &str) -> Vec<Fault> {
    let mut faults = Vec::new();
    let start = text.len() - text.trim_start_matches('\u{feff}').len();
    let mut lines = lines(text, start);
    let first = lines.next().unwrap_or((start, ""));
    let is_head =
        first.1.strip_prefix("WEBVTT").is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', '\t']));
    if !is_head {
        faults.push(Fault {
            span: span(first),
            message: "captions must begin with a line `WEBVTT`, so players ignore this file".to_owned(),
            help: "write `WEBVTT` as the first line, and an empty line after it",
        });
    }
    let (mut count, mut before, mut is_after_text) = (0, None, is_head);
    let rest = if is_head { None } else { Some(first) };
    let mut block: Vec<(usize, &str)> = Vec::new();
    for line in rest.into_iter().chain(lines).chain([(text.len(), "")]) {
        if !line.1.trim().is_empty() {
            block.push(line);
            continue;
        }
        let words = block.first().map_or("", |(_, line)| line.trim());
        let is_other = ["NOTE", "STYLE", "REGION"].iter().any(|name| {
            words.strip_prefix(name).is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', '\t']))
        });
        // What is below the first line without an empty line belongs to it.
        let is_head_block =
            std::mem::take(&mut is_after_text) && block.iter().all(|(_, line)| !line.contains("-->"));
        if !block.is_empty() && !is_other && !is_head_block {
            count += 1;
            faults.extend(cue(&block, &mut before));
        }
        block.clear();
    }
    if count == 0 && faults.is_empty() {
        faults.push(Fault {
            span: Span::empty(0),
            message: "there are no captions in this file".to_owned(),
            help: TIMES,
        });
    }
    faults.truncate(MOST);
    faults
}

/// The captions of a file, by when they start, in seconds; each with its line of times.
pub(crate) fn starts(text: &str) -> impl Iterator<Item = (f64, Span)> {
    lines(text, 0).filter_map(|line| Some((time(line.1.split_once("-->")?.0.trim())?, span(line))))
}

/// The faults of a block that should be a caption. `before` is when the last one started.
fn cue(block: &[(usize, &str)], before: &mut Option<f64>) -> Vec<Fault> {
    let fault = |line: (usize, &str), message: &str, help| Fault {
        span: span(line),
        message: message.to_owned(),
        help,
    };
    let Some(at) = block.iter().position(|(_, line)| line.contains("-->")) else {
        return vec![fault(block[0], "this text has no times, so players ignore it", TIMES)];
    };
    let line = block[at];
    let mut faults = Vec::new();
    if at > 1 {
        faults.push(fault(
            block[0],
            "there is more than one line before the times of a caption",
            "leave one line, its name, or none",
        ));
    }
    let mut parts = line.1.splitn(2, "-->");
    let (from, to) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
    let to = to.split_whitespace().next().unwrap_or_default();
    match (time(from.trim()), time(to)) {
        (Some(from), Some(to)) if to <= from => {
            faults.push(fault(
                line,
                "this caption ends before it starts, so players ignore it",
                "swap or correct the times",
            ));
        }
        (Some(from), Some(_)) => {
            if before.is_some_and(|before| from < before) {
                faults.push(fault(
                    line,
                    "this caption starts before the one above it",
                    "put the captions in the order of their times",
                ));
            }
            *before = Some(from);
        }
        _ if line.1.contains(',') => {
            faults.push(fault(
                line,
                "these times have a comma, as in SRT, so players ignore this caption",
                "write a dot before the milliseconds: `00:01:32.000`",
            ));
        }
        _ => faults.push(fault(
            line,
            "players do not understand these times, so they ignore this caption",
            TIMES,
        )),
    }
    for (number, other) in block.iter().enumerate() {
        if number > at && other.1.contains("-->") {
            faults.push(fault(
                *other,
                "there is no empty line above this caption",
                "put an empty line between two captions",
            ));
            break;
        }
    }
    faults
}

/// Seconds: `00:01:32.000`, `01:32.000` (section 4.1).
fn time(text: &str) -> Option<f64> {
    let (whole, milliseconds) = text.split_once('.')?;
    let parts: Vec<&str> = whole.split(':').collect();
    let is_number = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    let (hours, minutes, seconds) = match parts.as_slice() {
        [hours, minutes, seconds] if hours.len() >= 2 => (*hours, *minutes, *seconds),
        [minutes, seconds] => ("0", *minutes, *seconds),
        _ => return None,
    };
    let fits = [hours, minutes, seconds, milliseconds].into_iter().all(is_number)
        && minutes.len() == 2
        && seconds.len() == 2
        && milliseconds.len() == 3;
    let number = |part: &str| part.parse::<f64>().ok();
    let (hours, minutes, seconds) = (number(hours)?, number(minutes)?, number(seconds)?);
    let milliseconds = number(milliseconds)?;
    (fits && minutes < 60.0 && seconds < 60.0)
        .then(|| hours * 3600.0 + minutes * 60.0 + seconds + milliseconds / 1000.0)
}

/// The lines from a position, each with where it starts.
fn lines(text: &str, start: usize) -> impl Iterator<Item = (usize, &str)> {
    let mut at = start;
    let mut is_done = false;
    std::iter::from_fn(move || {
        let rest = text.get(at..).filter(|_| !is_done)?;
        let end = rest.find(['\n', '\r']);
        let line = (at, &rest[..end.unwrap_or(rest.len())]);
        match end {
            Some(end) => at += end + if rest[end..].starts_with("\r\n") { 2 } else { 1 },
            None => is_done = true,
        }
        Some(line)
    })
}

fn span(line: (usize, &str)) -> Span {
    Span::new(line.0, line.0 + line.1.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn messages(text: &str) -> Vec<String> {
        faults(text)
            .into_iter()
            .map(|fault| format!("{}: {}", &text[fault.span.range()], fault.message))
            .collect()
    }

    #[test]
    fn captions_that_players_read_have_no_faults() {
        for text in [
            "WEBVTT\n\n00:00.000 --> 00:02.000\nA\n",
            "\u{feff}WEBVTT - Title\r\n\r\n1\r\n00:00:00.000 --> 00:00:02.000 line:0 position:20%\r\n<v Jane>A\r\nB\r\n\r\n",
            "WEBVTT\rKind: captions\rLanguage: en\r\rNOTE a\rb\r\r00:00.000 --> 00:02.000\rA",
            "WEBVTT\n\nSTYLE\n::cue { color: red }\n\nREGION\nid:a\n\n00:00.000 --> 00:02.000\nA\n\n\n00:01.000 --> 00:03.000\nB",
            "WEBVTT\n\n100:00:00.000 --> 100:00:01.000\n",
        ] {
            assert_eq!(messages(text), [""; 0], "{text:?}");
        }
    }

    #[test]
    fn what_players_leave_out_is_said() {
        for (text, expected) in [
            ("", ": captions must begin"),
            ("WEBVTT", ": there are no captions"),
            ("WEBVTTX\n\n00:00.000 --> 00:02.000\nA", "WEBVTTX: captions must begin"),
            ("1\n00:00:00,000 --> 00:00:02,000\nA\n", "1: captions must begin"),
            (
                "WEBVTT\n\n00:00:00,000 --> 00:00:02,000\nA",
                "00:00:00,000 --> 00:00:02,000: these times have a comma",
            ),
            ("WEBVTT\n\n0:00.000 --> 00:02.000\nA", "0:00.000 --> 00:02.000: players do not understand"),
            ("WEBVTT\n\n00:00.000 -> 00:02.000\nA", "00:00.000 -> 00:02.000: this text has no times"),
            ("WEBVTT\n\n00:02.000 --> 00:01.000\nA", "00:02.000 --> 00:01.000: this caption ends before"),
            ("WEBVTT\n\n00:75.000 --> 00:76.000\nA", "00:75.000 --> 00:76.000: players do not understand"),
            (
                "WEBVTT\n\n00:01.000 --> 00:02.000\nA\n00:02.000 --> 00:03.000\nB",
                "00:02.000 --> 00:03.000: there is no empty line",
            ),
            (
                "WEBVTT\n\n00:05.000 --> 00:06.000\nA\n\n00:02.000 --> 00:03.000\nB",
                "00:02.000 --> 00:03.000: this caption starts before",
            ),
            ("WEBVTT\n\n1\nA\n00:05.000 --> 00:06.000\nA", "1: there is more than one line"),
        ] {
            let found = messages(text);
            assert!(found.iter().any(|found| found.starts_with(expected)), "{text:?}: {found:?}");
        }
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_read_without_a_panic(text in "(WEBVTT)?[\\n\\r 0-9:.,>éa-]*") {
            for fault in faults(&text) {
                let _ = &text[fault.span.range()];
            }
        }
    }
}
