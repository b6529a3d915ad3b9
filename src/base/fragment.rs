//! Places in a file: a time in a recording or a page of a document, as people cite them and as the fragment of
//! an address names them.

use std::fmt;

use super::media::{Format, Sort, format_of};
use super::number::digit;

/// A place in a file. It displays as the fragment that opens the file there: a time as in W3C Media Fragments
/// URI 1.0, section 4.2.1; a page as in RFC 8118, section 3.
#[derive(Copy, Clone, Debug, PartialEq)]
pub(crate) enum Fragment {
    /// Seconds from the start, and perhaps where the part ends.
    Time(f64, Option<f64>),
    /// A page of the file, from 1.
    Page(u32),
}

/// Words before the number of a page, in the languages that most dossiers are written in.
const PAGE_BEFORE: [&str; 21] = [
    "p", "pp", "pg", "page", "pages", "hal", "hlm", "halaman", "s", "seite", "seiten", "pag", "pág",
    "página", "páginas", "pagina", "стр", "с", "ص", "صفحة", "第",
];

/// Words after the number of a page.
const PAGE_AFTER: [&str; 4] = ["页", "頁", "ページ", "쪽"];

/// The longest recording that a time may be in, in seconds: a year.
const LONGEST: f64 = 366.0 * 86_400.0;

impl Fragment {
    /// The place that a citation names in a file of this format: `00:01:32` in a recording, `p. 4` in a PDF.
    /// `None` if it names none, as `¶ 13` does.
    pub(crate) fn of_locator(locator: &str, format: &Format) -> Option<Fragment> {
        let locator = ascii(locator);
        match format.sort {
            Sort::Video | Sort::Sound => times(&locator),
            _ if format.extension == "pdf" => page(&locator),
            _ => None,
        }
    }

    /// What is wrong with a citation that seems to name a place in a file of this format, and how to write it.
    pub(crate) fn slip(locator: &str, format: &Format) -> Option<(&'static str, &'static str)> {
        const TIME: &str = "write hours, minutes and seconds, each below 60: `00:01:32`";
        let locator = ascii(locator);
        let is_time = matches!(format.sort, Sort::Video | Sort::Sound);
        match Fragment::of_locator(&locator, format) {
            Some(Fragment::Time(start, None)) if is_time => {
                // `00:03-00:02`
                let (before, after) = locator.split_once(['-', '–', '—'])?;
                let end = time_at(after.trim()).filter(|_| before.contains(':') && after.contains(':'))?.0;
                (end <= start).then_some(("ends before it starts", "swap the times, or correct them"))
            }
            Some(_) => None,
            None if is_time => {
                let has_colon = |(at, _): (usize, &str)| {
                    locator[..at].ends_with(|c: char| c.is_ascii_digit())
                        && locator[at + 1..].starts_with(|c: char| c.is_ascii_digit())
                };
                locator.match_indices(':').any(has_colon).then_some(("is no time", TIME))
            }
            None if format.extension == "pdf" => {
                let (word, number) = locator.split_once(['.', ' '])?;
                let is_none = PAGE_BEFORE.contains(&word) && number.trim() == "0";
                is_none.then_some(("is no page", "the first page of a file is 1"))
            }
            None => None,
        }
    }

    /// The place that the fragment of a link names in a file of this format: `t=92`, `t=1:32,1:40`, `page=4`,
    /// or what a citation could say.
    pub(crate) fn of_link(fragment: &str, format: &Format) -> Option<Fragment> {
        let named = |name: &str| {
            fragment
                .split('&')
                .find_map(|part| part.trim().strip_prefix(name)?.trim_start().strip_prefix('='))
        };
        match format.sort {
            Sort::Video | Sort::Sound => {
                let time = named("t").unwrap_or(fragment).trim();
                let time = time.strip_prefix("npt:").unwrap_or(time);
                let (start, end) = match time.split_once(',') {
                    Some((start, end)) => (start, Some(end)),
                    None => (time, None),
                };
                let seconds = |text: &str| number(text).or_else(|| time_at(text).map(|(seconds, _)| seconds));
                let start = if start.is_empty() && end.is_some() { 0.0 } else { seconds(start)? };
                span(start, end.and_then(seconds))
            }
            _ if format.extension == "pdf" => match named("page") {
                Some(page) => Some(Fragment::Page(page.trim().parse().ok().filter(|page| *page > 0)?)),
                None => page(&ascii(fragment)),
            },
            _ => None,
        }
    }
}

/// The address of a page or a file on another site, so that it opens at the place that a citation names, and the place:
/// of videos on YouTube and Vimeo, and of files that are recordings or PDFs. `None` where nothing is known to do that.
pub(crate) fn opened_at(url: &str, locator: &str) -> Option<(String, Fragment)> {
    let (whole, _) = url.split_once('#').unwrap_or((url, ""));
    let (address, query) = whole.split_once('?').unwrap_or((whole, ""));
    let (host, path) = address.split_once("://")?.1.split_once('/').unwrap_or_default();
    let host = host.to_ascii_lowercase();
    let name = ["www.", "m.", "music."].iter().find_map(|start| host.strip_prefix(start)).unwrap_or(&host);
    let time = || match times(&ascii(locator)) {
        Some(place @ Fragment::Time(start, _)) => Some((start as u64, place)),
        _ => None,
    };
    match name {
        "youtube.com" | "youtu.be" | "youtube-nocookie.com" => {
            let (seconds, place) = time()?;
            let is_time =
                |part: &&str| ["t=", "start=", "time_continue="].iter().any(|name| part.starts_with(name));
            let mut parts: Vec<&str> =
                query.split('&').filter(|part| !part.is_empty() && !is_time(part)).collect();
            // A video in a frame has a name of its own for it.
            let start =
                if path.starts_with("embed/") { format!("start={seconds}") } else { format!("t={seconds}s") };
            parts.push(&start);
            Some((format!("{address}?{}", parts.join("&")), place))
        }
        "vimeo.com" | "player.vimeo.com" => {
            let (seconds, place) = time()?;
            Some((format!("{whole}#t={seconds}s"), place))
        }
        _ => {
            let (_, extension) = path.rsplit_once('/').map_or(path, |(_, name)| name).rsplit_once('.')?;
            let place = Fragment::of_locator(locator, format_of(Some(extension))?)?;
            Some((format!("{whole}#{place}"), place))
        }
    }
}

impl fmt::Display for Fragment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Fragment::Time(start, None) => write!(f, "t={start}"),
            Fragment::Time(start, Some(end)) => write!(f, "t={start},{end}"),
            Fragment::Page(page) => write!(f, "page={page}"),
        }
    }
}

/// A length or a time as a clock shows it: `1:32`, `1:02:03`. Parts of a second are left out.
pub(crate) fn clock(seconds: f64) -> String {
    let whole = seconds.clamp(0.0, LONGEST) as u64;
    let (hours, minutes, seconds) = (whole / 3600, whole / 60 % 60, whole % 60);
    match hours {
        0 => format!("{minutes}:{seconds:02}"),
        _ => format!("{hours}:{minutes:02}:{seconds:02}"),
    }
}

/// A length as ISO 8601 writes it: `PT1M32S`.
pub(crate) fn iso_duration(seconds: f64) -> String {
    let whole = seconds.clamp(0.0, LONGEST) as u64;
    let parts = [(whole / 3600, 'H'), (whole / 60 % 60, 'M'), (whole % 60, 'S')];
    let text: String =
        parts.iter().filter(|(count, _)| *count > 0).map(|(count, unit)| format!("{count}{unit}")).collect();
    if text.is_empty() { "PT0S".to_owned() } else { format!("PT{text}") }
}

fn span(start: f64, end: Option<f64>) -> Option<Fragment> {
    (start <= LONGEST).then(|| Fragment::Time(start, end.filter(|end| *end > start && *end <= LONGEST)))
}

/// A text with its digits and colons in ASCII, in lower case.
fn ascii(text: &str) -> String {
    let plain = |c: char| if c == '\u{ff1a}' { Some(':') } else { digit(c) };
    text.chars().map(|c| plain(c).unwrap_or(c)).flat_map(char::to_lowercase).collect()
}

/// The first time in a locator, and the one that ends the part if it follows.
fn times(locator: &str) -> Option<Fragment> {
    let is_time = |at: &usize| !locator[..*at].ends_with(':') && time_at(&locator[*at..]).is_some();
    let Some(at) = starts(locator).find(is_time) else { return counted(locator) };
    let (start, length) = time_at(&locator[at..])?;
    let rest = locator[at + length..].trim_start();
    let rest = ["-", "–", "—", "−", "to ", "until ", "sampai ", "hingga ", "s.d. "]
        .iter()
        .find_map(|between| rest.strip_prefix(between));
    span(start, rest.and_then(|rest| time_at(rest.trim_start())).map(|(end, _)| end))
}

/// A time whose unit is before its number: `minute 1`, `menit 1`, `t=92`.
fn counted(locator: &str) -> Option<Fragment> {
    let (name, count) = locator.trim().split_once([' ', '='])?;
    let unit = match name {
        "minute" | "min" | "menit" => 60.0,
        "second" | "sec" | "detik" | "t" => 1.0,
        _ => return None,
    };
    number(count.trim()).and_then(|count| span(count * unit, None))
}

/// Where numbers start in a text.
fn starts(text: &str) -> impl Iterator<Item = usize> {
    let is_digit = |at: usize| text.as_bytes().get(at).is_some_and(u8::is_ascii_digit);
    (0..text.len()).filter(move |at| is_digit(*at) && (*at == 0 || !is_digit(*at - 1)))
}

/// A time at the start of a text, in seconds, and its length in bytes: `00:01:32`, `1:32.5`, `1:32,500`,
/// `00:01:32:12` (whose last part counts frames), `1h 2m 3s`, `92 s`, `2 min`.
fn time_at(text: &str) -> Option<(f64, usize)> {
    let digits = |text: &str| text.bytes().take_while(u8::is_ascii_digit).count();
    let mut at = digits(text);
    let first: f64 = text.get(..at)?.parse().ok()?;
    let mut parts = vec![first];
    while parts.len() < 4
        && let Some(rest) = text[at..].strip_prefix(':')
        && digits(rest) == 2
    {
        parts.push(rest[..2].parse().ok()?);
        at += 3;
    }
    // `00.01.32`, as in Indonesian; a date ends with a year.
    if parts.len() == 1
        && let [b'.', a, b, b'.', c, d, rest @ ..] = &text.as_bytes()[at..]
        && [a, b, c, d].iter().all(|byte| byte.is_ascii_digit())
        && !rest.first().is_some_and(|byte| byte.is_ascii_digit() || *byte == b'.')
    {
        parts.extend([text[at + 1..at + 3].parse::<f64>().ok()?, text[at + 4..at + 6].parse::<f64>().ok()?]);
        at += 6;
    }
    // `1'32"`
    if parts.len() == 1
        && let Some(rest) = text[at..].strip_prefix(['\'', '′', '’'])
        && digits(rest) == 2
    {
        let seconds: f64 = rest[..2].parse().ok().filter(|seconds| *seconds < 60.0)?;
        return Some((first * 60.0 + seconds, text.len() - rest.len() + 2));
    }
    if parts.len() == 1 {
        return units(text);
    }
    let minutes_and_seconds = if parts.len() == 2 { &parts[1..] } else { &parts[1..3] };
    if minutes_and_seconds.iter().any(|part| *part >= 60.0) {
        return None;
    }
    let mut seconds = parts.iter().take(3).fold(0.0, |sum, part| sum * 60.0 + part);
    if parts.len() < 4
        && let Some(rest) = text[at..].strip_prefix(['.', ','])
        && digits(rest) > 0
    {
        let length = digits(rest);
        seconds += format!("0.{}", &rest[..length]).parse::<f64>().ok()?;
        at += 1 + length;
    }
    Some((seconds, at))
}

/// A time in words: `1h 2m 3s`, `1 min 32 s`, `92 seconds`, `2 menit`.
fn units(text: &str) -> Option<(f64, usize)> {
    const UNITS: [(&[&str], f64); 3] = [
        (&["hours", "hour", "hrs", "hr", "h", "jam"], 3600.0),
        (&["minutes", "minute", "mins", "min", "m", "menit", "mnt"], 60.0),
        (&["seconds", "second", "secs", "sec", "s", "detik", "dtk"], 1.0),
    ];
    let (mut seconds, mut at, mut largest) = (0.0, 0, f64::INFINITY);
    loop {
        let rest = &text[at..];
        let start = rest.len() - rest.trim_start().len();
        let length = rest[start..].bytes().take_while(|byte| byte.is_ascii_digit() || *byte == b'.').count();
        let Some(count) = number(&rest[start..start + length]) else { break };
        let words = rest[start + length..].trim_start_matches([' ', '\u{a0}']);
        let word: &str = &words[..words.find(|c: char| !c.is_alphabetic()).unwrap_or(words.len())];
        let unit = UNITS.iter().find(|(names, _)| names.contains(&word)).map(|(_, unit)| *unit);
        // `1m32`, `1h02`: the next smaller unit.
        if word.is_empty()
            && start == 0
            && length == 2
            && largest.is_finite()
            && largest > 1.0
            && count < 60.0
        {
            seconds += count * largest / 60.0;
            at += length;
            break;
        }
        let Some(unit) = unit.filter(|unit| *unit < largest) else { break };
        seconds += count * unit;
        largest = unit;
        at = text.len() - words.len() + word.len();
        at += text[at..].len() - text[at..].trim_start_matches(['.', ',']).len();
    }
    (at > 0).then_some((seconds, at))
}

fn number(text: &str) -> Option<f64> {
    let is_plain = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    is_plain.then(|| super::number::parse(text)).flatten()
}

/// The first page that a locator names.
fn page(locator: &str) -> Option<Fragment> {
    let found = starts(locator).find_map(|at| {
        let length = locator[at..].bytes().take_while(u8::is_ascii_digit).count();
        let before = locator[..at].trim_end_matches([' ', '.', '\u{a0}', '#', ':']);
        let word = before.rsplit(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
        let after = locator[at + length..].trim_start();
        let is_page = PAGE_BEFORE.contains(&word) || PAGE_AFTER.iter().any(|word| after.starts_with(word));
        is_page.then(|| locator[at..at + length].parse().ok()).flatten()
    });
    // A number alone, or two: `4`, `4–5`.
    let bare = || {
        let (first, rest) = locator.trim().split_at(
            starts(locator.trim())
                .next()
                .filter(|at| *at == 0)
                .map(|_| locator.trim().bytes().take_while(u8::is_ascii_digit).count())?,
        );
        rest.chars().all(|c| c.is_ascii_digit() || " -–—,".contains(c)).then(|| first.parse().ok()).flatten()
    };
    found.or_else(bare).filter(|page| *page > 0).map(Fragment::Page)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_open_where_a_citation_says() {
        let opened = |url: &str, locator: &str| opened_at(url, locator).map(|(address, _)| address);
        for (url, locator, address) in [
            ("https://www.youtube.com/watch?v=abc", "00:01:32", "https://www.youtube.com/watch?v=abc&t=92s"),
            (
                "https://www.youtube.com/watch?v=abc&t=5s#x",
                "1:32",
                "https://www.youtube.com/watch?v=abc&t=92s",
            ),
            ("https://youtu.be/abc", "1:32–1:40", "https://youtu.be/abc?t=92s"),
            ("https://www.youtube.com/embed/abc", "92 s", "https://www.youtube.com/embed/abc?start=92"),
            ("https://vimeo.com/123", "1:32", "https://vimeo.com/123#t=92s"),
            ("https://example.org/a/clip.mp4?x=1", "1:32", "https://example.org/a/clip.mp4?x=1#t=92"),
            ("https://example.org/a.pdf", "p. 4", "https://example.org/a.pdf#page=4"),
        ] {
            assert_eq!(opened(url, locator).as_deref(), Some(address), "{url} {locator}");
        }
        for (url, locator) in [
            ("https://example.org/a.html", "1:32"),
            ("https://example.org/watch?v=abc", "1:32"),
            ("https://www.youtube.com/watch?v=abc", "p. 4"),
            ("https://web.archive.org/web/2023/https://www.youtube.com/watch?v=abc", "1:32"),
            ("https://notyoutube.com/watch?v=abc", "1:32"),
            ("https://example.org", "1:32"),
        ] {
            assert_eq!(opened(url, locator), None, "{url} {locator}");
        }
    }
    use crate::base::media::format_of;

    fn locator(text: &str, extension: &str) -> Option<String> {
        Fragment::of_locator(text, format_of(Some(extension)).unwrap()).map(|place| place.to_string())
    }

    fn link(text: &str, extension: &str) -> Option<String> {
        Fragment::of_link(text, format_of(Some(extension)).unwrap()).map(|place| place.to_string())
    }

    #[test]
    fn times_are_read_as_people_cite_them() {
        for (text, fragment) in [
            ("00:01:32", "t=92"),
            ("1:32", "t=92"),
            ("01:02:03", "t=3723"),
            ("1:32.5", "t=92.5"),
            ("00:01:32,500", "t=92.5"),
            ("00:01:32:12", "t=92"),
            ("0:00", "t=0"),
            ("123:45", "t=7425"),
            ("at 1:32", "t=92"),
            ("Minute 1:32", "t=92"),
            ("[00:01:32]", "t=92"),
            ("1:32–1:40", "t=92,100"),
            ("00:01:32 - 00:01:40", "t=92,100"),
            ("1:32 to 1:40", "t=92,100"),
            ("1:40–1:32", "t=100"),
            ("1h 2m 3s", "t=3723"),
            ("1h2m3s", "t=3723"),
            ("1 min 32 s", "t=92"),
            ("1 min. 32 sec.", "t=92"),
            ("92 s", "t=92"),
            ("92 seconds", "t=92"),
            ("2 menit 5 detik", "t=125"),
            ("scene 2, 1:32", "t=92"),
            ("٠١:٣٢", "t=92"),
            ("1：32", "t=92"),
        ] {
            assert_eq!(locator(text, "mp4").as_deref(), Some(fragment), "{text}");
        }
        for text in ["", "¶ 13", "p. 4", "13", "the end", "1:3", "1:75", "2 km", "00:61:00", "99999999999:00"]
        {
            assert_eq!(locator(text, "mp4"), None, "{text}");
        }
        assert_eq!(locator("1:32", "pdf"), None);
        assert_eq!(locator("1:32", "docx"), None);
    }

    #[test]
    fn pages_are_read_as_people_cite_them() {
        for (text, fragment) in [
            ("p. 4", "page=4"),
            ("p.4", "page=4"),
            ("P 4", "page=4"),
            ("pp. 4–5", "page=4"),
            ("page 12", "page=12"),
            ("¶ 13, p. 4", "page=4"),
            ("§ 2, hal. 7", "page=7"),
            ("hlm. 7", "page=7"),
            ("S. 9", "page=9"),
            ("стр. 3", "page=3"),
            ("ص ٤", "page=4"),
            ("第 4 页", "page=4"),
            ("4 頁", "page=4"),
            ("4", "page=4"),
            ("4–5", "page=4"),
        ] {
            assert_eq!(locator(text, "pdf").as_deref(), Some(fragment), "{text}");
        }
        for text in
            ["", "¶ 13", "annex 2", "table 3", "p. 0", "p. iv", "Article 5", "2023 report", "p. 99999999999"]
        {
            assert_eq!(locator(text, "pdf"), None, "{text}");
        }
    }

    #[test]
    fn fragments_of_links_become_those_that_browsers_know() {
        for (text, extension, fragment) in [
            ("t=92", "mp4", "t=92"),
            ("t=1:32", "mp4", "t=92"),
            ("t=npt:00:01:32", "mp4", "t=92"),
            ("t=10,20", "mp4", "t=10,20"),
            ("t=1:32,1:40", "mp3", "t=92,100"),
            ("t=,20", "mp4", "t=0,20"),
            ("t=20,10", "mp4", "t=20"),
            ("t=1m32s", "mp4", "t=92"),
            ("t=92.5", "wav", "t=92.5"),
            ("1:32", "mp4", "t=92"),
            ("page=3", "pdf", "page=3"),
            ("page=3&zoom=100", "pdf", "page=3"),
            ("zoom=100&page=3", "pdf", "page=3"),
            ("p. 3", "pdf", "page=3"),
        ] {
            assert_eq!(link(text, extension).as_deref(), Some(fragment), "{text}");
        }
        for (text, extension) in
            [("", "mp3"), ("x", "mp4"), ("t=x", "mp4"), ("page=x", "pdf"), ("page=0", "pdf"), ("t=1", "png")]
        {
            assert_eq!(link(text, extension), None, "{text}");
        }
    }

    #[test]
    fn lengths_are_written_for_people_and_for_programs() {
        for (seconds, shown, iso) in [
            (0.0, "0:00", "PT0S"),
            (92.4, "1:32", "PT1M32S"),
            (3600.0, "1:00:00", "PT1H"),
            (3723.0, "1:02:03", "PT1H2M3S"),
            (f64::INFINITY, "8784:00:00", "PT8784H"),
        ] {
            assert_eq!((clock(seconds).as_str(), iso_duration(seconds).as_str()), (shown, iso));
        }
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_read_without_a_panic(text in "\\PC*") {
            for extension in ["mp4", "pdf", "docx"] {
                let _ = (locator(&text, extension), link(&text, extension));
            }
        }
    }
}
