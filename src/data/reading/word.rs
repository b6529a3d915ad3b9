//! Truths, languages and addresses as people write them.

use super::text::plain;
use super::{Plain, Reading};
use crate::base::character::is_invisible;
use crate::base::id::Lang;
use crate::base::url::Url;
use crate::base::{language, media, names};

/// `yes`, `ya`, `on`, `1`: `true` or `false`.
pub(crate) fn flag(text: &str) -> Option<&'static str> {
    Some(match plain(text).trim_end_matches(['.', '!']) {
        "true" | "yes" | "y" | "on" | "1" | "t" | "ya" | "benar" | "ja" | "oui" | "si" | "sí" => "true",
        "false" | "no" | "n" | "off" | "0" | "f" | "tidak" | "salah" | "bukan" | "nein" | "non" => "false",
        _ => return None,
    })
}

/// `Indonesian`, `Bahasa Indonesia`, `pt_BR`, `jp`: the tags of the languages that it may mean.
pub(crate) fn language(text: &str) -> Vec<String> {
    let name = plain(text);
    let tag = name.replace('_', "-");
    if let (true, Some(lang)) = (tag != name, Lang::parse(&tag)) {
        return vec![lang.as_str().to_owned()];
    }
    let meant = language::meant(&tag);
    if !meant.is_empty() {
        return meant;
    }
    let name = name.strip_prefix("bahasa ").or_else(|| name.strip_suffix(" language")).unwrap_or(&name);
    names::languages_called(name).into_iter().map(str::to_owned).collect()
}

/// The addresses on the web that a text may mean: of `https://example.org/a (read in May)`, the one without the remark.
pub(super) fn urls(text: &str) -> Vec<Reading> {
    let text = unwrapped(text);
    // `https://name:password@example.org/`: the password would be published.
    if let Some((scheme, rest)) = text.split_once("://")
        && let Some((secret, address)) = rest.split_once('@')
        && secret.contains(':')
        && !secret.contains('/')
    {
        let address = url(&format!("{scheme}://{address}"));
        return address.map(|address| Reading::from(Plain::Word(address)).partial()).into_iter().collect();
    }
    let of = |text: &str| url(text).map(|address| Reading::from(Plain::Word(address)));
    // Defanged, as investigators write what must not be opened by accident: only a person can want it as a link.
    if text.contains("[.]") || text.contains("(.)") {
        let whole = text.replace("[.]", ".").replace("(.)", ".").replace("[://]", "://");
        let whole = whole.replacen("hxxp", "http", 1);
        return of(&whole).map(Reading::partial).into_iter().collect();
    }
    let Some((first, rest)) = text.split_once(char::is_whitespace) else {
        return of(text).into_iter().collect();
    };
    let rest = rest.trim_start();
    let name = rest.rsplit_once('.').filter(|(_, end)| (2..=5).contains(&end.len()));
    let is_file = name.is_some_and(|(_, end)| end.bytes().all(|byte| byte.is_ascii_alphanumeric()));
    let is_remark = first.ends_with([',', ';', ')'])
        || rest.contains(['(', '[', ')', ']', ',', ';', '|', '"'])
        || rest.contains("://")
        || rest.starts_with(['-', '–', '—', '/', '#']);
    // `https: //example.org`
    let is_scheme = first.ends_with(':') || first.ends_with('/');
    if is_scheme || is_file && !is_remark {
        let joined = if is_scheme { format!("{first}{rest}") } else { text.to_owned() };
        return of(&joined).into_iter().collect();
    }
    let parts = text.split(|c: char| c.is_whitespace() || c == '|').map(|part| {
        part.trim_start_matches(['(', '[', '<', '"']).trim_end_matches([',', ';', ')', ']', '>', '"'])
    });
    let alone = parts.filter(|part| part.contains("://") || part.starts_with("www.")).filter_map(of);
    let whole = of(text).filter(|_| !is_remark);
    whole.into_iter().chain(alone.map(Reading::partial)).collect()
}

/// Whether a text is the name of a file rather than an address: `../x.pdf`, `clip.mp4`.
pub(crate) fn is_file(text: &str) -> bool {
    const ENDS: [&str; 16] = [
        "pdf", "jpg", "jpeg", "png", "webp", "gif", "mp4", "webm", "mp3", "wav", "ogg", "docx", "xlsx",
        "csv", "txt", "html",
    ];
    let end = text.rsplit_once('.').map(|(_, end)| end.to_lowercase());
    let is_named = end.is_some_and(|end| ENDS.contains(&end.as_str()));
    !text.contains("://") && !text.starts_with("www.") && (is_named || text.starts_with(['.', '/']))
}

/// The one address on the web that a text means, or that of an e-mail account, with its scheme.
pub(crate) fn address(text: &str) -> Option<String> {
    if let Some(account) = account(unwrapped(text)) {
        return Some(format!("mailto:{account}"));
    }
    match urls(text).as_slice() {
        [Reading { value: Plain::Word(address), is_partial: false, .. }] => Some(address.clone()),
        _ => None,
    }
}

/// An e-mail address, as people write it: `ann@example.org`, `Mailto: ann@example.org`.
fn account(text: &str) -> Option<&str> {
    let scheme = text.get(..7).filter(|start| start.eq_ignore_ascii_case("mailto:"));
    let text = text[scheme.map_or(0, str::len)..].trim();
    let (name, host) = text.split_once('@')?;
    let is_name =
        |c: char| c.is_alphanumeric() || matches!(c, '.' | '-' | '_' | '+' | '\'' | '&' | '!' | '/' | '=');
    (!name.is_empty() && name.chars().all(is_name) && is_host(host)).then_some(text)
}

/// A text without the brackets or quotation marks around it, or the address of a link in Markdown.
fn unwrapped(text: &str) -> &str {
    let text = text.trim();
    let inside = |start: char, end: char| text.strip_prefix(start).and_then(|rest| rest.strip_suffix(end));
    let linked = text.starts_with('[').then(|| text.split_once("](")?.1.strip_suffix(')')).flatten();
    let enclosed =
        linked.or_else(|| inside('<', '>')).or_else(|| inside('"', '"')).or_else(|| inside('“', '”'));
    let enclosed = enclosed.or_else(|| inside('(', ')').filter(|inner| !inner.contains(['(', ')'])));
    enclosed.unwrap_or(text).trim()
}

/// A source with a locator that is written as one text, cut in two: `paper, p. 4`, `paper (p. 4)`, `paper: p. 4`,
/// `paper#page=4`.
pub(crate) fn cited(text: &str) -> Option<(&str, String)> {
    let text = text.trim();
    if let Some((name, page)) = text.split_once("#page=") {
        return page.parse::<u32>().ok().map(|page| (name, format!("p. {page}")));
    }
    let enclosed = text.strip_suffix(')').and_then(|text| text.rsplit_once('('));
    let (name, locator) = enclosed.or_else(|| text.rsplit_once(", ")).or_else(|| text.split_once(": "))?;
    let (name, locator) = (name.trim(), locator.trim());
    (!name.is_empty() && is_locator(locator)).then(|| (name, locator.to_owned()))
}

/// Whether a text can only be a place in a source: `p. 4`, `hlm. 12–13`, `¶ 4`, `00:01:32`.
pub(crate) fn is_locator(text: &str) -> bool {
    const WORDS: [&str; 24] = [
        "p",
        "pp",
        "page",
        "pages",
        "hal",
        "hlm",
        "halaman",
        "s",
        "seite",
        "para",
        "par",
        "paragraph",
        "§",
        "¶",
        "ch",
        "chapter",
        "bab",
        "sec",
        "section",
        "min",
        "minute",
        "menit",
        "line",
        "lines",
    ];
    let text = plain(text);
    let start = text.find(|c: char| c.is_ascii_digit()).unwrap_or(text.len());
    let (word, place) = text.split_at(start);
    let word = word.trim_end_matches([' ', '.']);
    let is_place = !place.is_empty() && place.chars().all(|c| c.is_ascii_digit() || " -–,:".contains(c));
    is_place && (WORDS.contains(&word) || word.is_empty() && place.contains(':'))
}

/// The id in a link to a file: `[John](../actors/kirby.md)`.
pub(super) fn linked_file(text: &str) -> Option<String> {
    let (_, path) = text.trim().strip_prefix('[')?.strip_suffix(')')?.split_once("](")?;
    let id = path.rsplit('/').next()?.strip_suffix(".md")?;
    (!id.is_empty()).then(|| id.to_owned())
}

/// A picture as a link to it in a text: `b.png`, `[[b.png]]`, `![[b.png|A ship]]`, `![A ship](b.png)`.
pub(super) fn picture(written: &str) -> Reading {
    let word = written.trim();
    let link = word.strip_prefix('!').unwrap_or(word);
    let inside = |start: &str, end: &str| link.strip_prefix(start)?.strip_suffix(end);
    let tag = word.strip_prefix("<img").filter(|tag| tag.ends_with('>'));
    let attribute = |name: &str| {
        let (_, rest) = tag?.split_once(&format!(" {name}="))?;
        let quote = rest.chars().next().filter(|c| matches!(c, '"' | '\''))?;
        rest[1..].split(quote).next()
    };
    let is_picture = |file: &str| {
        file.rsplit_once('.').is_some_and(|(_, extension)| media::picture(Some(extension)).is_some())
    };
    let (src, alt) = match (inside("[[", "]]"), inside("[", ")").and_then(|link| link.split_once("]("))) {
        _ if tag.is_some() => (attribute("src").unwrap_or(word), attribute("alt").unwrap_or_default()),
        (Some(link), _) => link.split_once('|').unwrap_or((link, "")),
        (None, Some((alt, address))) => (address, alt),
        // `b.png, words that describe it`
        (None, None) => word.split_once(", ").filter(|(file, _)| is_picture(file)).unwrap_or((word, "")),
    };
    // `b.png "A caption"`
    let (src, caption) = match src.strip_suffix('"').and_then(|src| src.split_once(" \"")) {
        Some((src, caption)) => (src, caption),
        None => (src, ""),
    };
    let src =
        percent_encoding::percent_decode_str(unwrapped(src)).decode_utf8().unwrap_or_else(|_| src.into());
    let word = |text: &str| Plain::Word(text.trim().to_owned());
    // Obsidian's width.
    let is_width = !alt.is_empty() && alt.bytes().all(|byte| byte.is_ascii_digit() || byte == b'x');
    let alt = (!alt.is_empty() && !is_width).then(|| ("alt".into(), word(alt)));
    let caption = (!caption.is_empty()).then(|| ("caption".into(), word(caption)));
    let entries = [("src".into(), word(&src))].into_iter().chain(alt).chain(caption);
    let reading = Reading::from(Plain::Table(entries.collect()));
    if is_width { reading.partial() } else { reading }
}

/// `www.example.org/a b`, `doi:10.1000/182`: the address on the web.
fn url(text: &str) -> Option<String> {
    // As browsers read them.
    let is_turned =
        text.contains('\\') && ["http", "www.", "\\\\"].iter().any(|start| text.starts_with(start));
    let turned = text.replace('\\', "/").replacen(":///", "://", 1);
    let text = if is_turned { turned.as_str() } else { text };
    let lower = text.to_ascii_lowercase();
    if let Some(doi) = doi(text) {
        return Some(format!("https://doi.org/{doi}"));
    }
    // `https://https://`
    if let Some((start, rest)) = lower.split_once("://")
        && matches!(start, "http" | "https")
        && (rest.starts_with("http://") || rest.starts_with("https://"))
    {
        return url(&text[start.len() + 3..]);
    }
    let rest = match lower.split_once("://") {
        Some(("http" | "https", _)) => None,
        // Defanged, as investigators write what must not be opened by accident.
        Some(("hxxp" | "hxxps", _)) => return None,
        _ => misspelt_scheme(&lower).map(|length| &text[length..]),
    };
    let is_secure = rest.is_none_or(|rest| lower[..text.len() - rest.len()].contains('s'));
    let scheme = if is_secure { "https" } else { "http" };
    let address = match (rest, text.strip_prefix("//")) {
        (Some(rest), _) => format!("{scheme}://{}", rest.trim_start_matches('/')),
        (None, Some(rest)) => format!("https://{rest}"),
        (None, None) if lower.contains("://") => text.to_owned(),
        (None, None) if is_host(lower.split(['/', '?', '#']).next().unwrap_or_default()) => {
            format!("https://{text}")
        }
        _ => return None,
    };
    let address = address.replace(is_invisible, "");
    let is_host_alone = address.split_once("://").is_some_and(|(_, rest)| !rest.contains('/'));
    let ends = if is_host_alone { &[',', ';', '.', ')', '!'][..] } else { &[',', ';'] };
    // The other half of a quotation mark that was not copied.
    let address = address.trim_end_matches(['"', '“', '”']).trim_end_matches(ends);
    let address = address.replace(' ', "%20").replace('"', "%22").replace('<', "%3C").replace('>', "%3E");
    let (_, after) = address.split_once("://")?;
    let host = after.split(['/', '?', '#']).next().unwrap_or_default();
    let is_sound = !host.is_empty() && !host.contains('%') && address.chars().all(|c| !c.is_control());
    (is_sound && Url::parse(&address).is_ok()).then_some(address)
}

/// The length of a scheme of the web with its signs, as people misspell it: `htp://`, `http//`, `https;//`, `htttps:/`.
pub(crate) fn misspelt_scheme(lower: &str) -> Option<usize> {
    let word = lower.len() - lower.trim_start_matches(['h', 't', 'p', 's']).len();
    let (scheme, rest) = lower.split_at(word);
    let signs = rest.len() - rest.trim_start_matches([':', ';']).len();
    let slashes = rest[signs..].len() - rest[signs..].trim_start_matches('/').len();
    let is_whole = matches!(scheme, "http" | "https");
    let is_right = is_whole && &rest[..signs] == ":" && slashes == 2;
    let is_like = (3..=8).contains(&word)
        && scheme.contains('t')
        && scheme.contains('p')
        && !scheme.starts_with('p')
        && (signs > 0 && (slashes > 0 || is_whole) || slashes > 1);
    (is_like && !is_right).then_some(word + signs + slashes)
}

/// A Digital Object Identifier (ISO 26324), with or without its prefix.
fn doi(text: &str) -> Option<&str> {
    let starts = ["doi:", "DOI:", "doi.org/", "DOI "];
    let text = starts.iter().find_map(|start| text.strip_prefix(start)).unwrap_or(text).trim_start();
    let (registrant, suffix) = text.strip_prefix("10.")?.split_once('/')?;
    let is_registrant = (4..=9).contains(&registrant.len())
        && registrant.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    (is_registrant && !suffix.is_empty() && !suffix.contains(char::is_whitespace)).then_some(text)
}

/// Whether it is written like the name of a host, with a domain of letters.
fn is_host(name: &str) -> bool {
    let name =
        name.rsplit_once(':').filter(|(_, port)| port.parse::<u16>().is_ok()).map_or(name, |(name, _)| name);
    let labels: Vec<&str> = name.split('.').collect();
    let fits = |label: &&str| {
        !label.is_empty() && !label.starts_with('-') && label.chars().all(|c| c.is_alphanumeric() || c == '-')
    };
    // The ends of file names that are no domains.
    const FILES: [&str; 12] =
        ["html", "htm", "pdf", "png", "jpg", "jpeg", "webp", "gif", "txt", "doc", "docx", "zip"];
    labels.len() > 1
        && labels.iter().all(fits)
        && labels.last().is_some_and(|last| {
            last.chars().count() > 1 && last.chars().all(char::is_alphabetic) && !FILES.contains(last)
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_get_what_they_lack() {
        for (text, address) in [
            ("example.org", "https://example.org"),
            ("www.example.org/a?b=c#d", "https://www.example.org/a?b=c#d"),
            ("//example.org/a", "https://example.org/a"),
            ("<https://example.org/>", "https://example.org/"),
            ("[a](https://example.org/b)", "https://example.org/b"),
            ("https://example.org/a b.pdf", "https://example.org/a%20b.pdf"),
            ("https: //example.org/a", "https://example.org/a"),
            ("“https://example.org/a”", "https://example.org/a"),
            ("doi:10.1000/182", "https://doi.org/10.1000/182"),
            ("10.1000/182", "https://doi.org/10.1000/182"),
            ("https//example.org", "https://example.org"),
            ("http:/example.org", "http://example.org"),
            ("https:example.org/a", "https://example.org/a"),
            ("example.org:8080/x", "https://example.org:8080/x"),
            ("bücher.example/é", "https://bücher.example/é"),
            ("https://example.org/315\"", "https://example.org/315"),
            ("htp://example.org", "http://example.org"),
            ("htttps://example.org", "https://example.org"),
            ("http;//example.org/a", "http://example.org/a"),
            (r"https:\\example.org\a", "https://example.org/a"),
            (r"http:\\www.example.org\a\b.html", "http://www.example.org/a/b.html"),
            (r"www.example.org\a", "https://www.example.org/a"),
            (r"https:/\example.org/a", "https://example.org/a"),
            ("sub.kompas.com/read/1", "https://sub.kompas.com/read/1"),
        ] {
            assert_eq!(urls(text), [Plain::Word(address.to_owned()).into()], "{text}");
        }
        for text in [
            "",
            "javascript:alert(1)",
            "ftp://example.org",
            "a page",
            "example",
            "photo.jpg",
            "hxxps://evil.example",
            "ann@example.org",
            "mailto:a@example.org",
            "1.5",
            "https://",
            "file.pdf",
            "data:text/html,x",
            "C:\\x.y",
        ] {
            assert_eq!(urls(text), [], "{text}");
        }
    }

    #[test]
    fn what_is_beside_an_address_is_left_out_only_by_a_person() {
        let offered = |text: &str| -> Vec<(String, bool)> {
            let all = urls(text).into_iter();
            all.map(|reading| (reading.value.written(crate::data::reading::Syntax::Toml), reading.is_partial))
                .collect()
        };
        let (a, b) = ("\"https://example.org/a\"".to_owned(), "\"https://example.org/b\"".to_owned());
        for text in [
            "https://example.org/a (accessed 2023)",
            "https://example.org/a, p. 4",
            "https://example.org/a - a mirror",
            "see https://example.org/a",
            "https://example.org/a [archived]",
        ] {
            assert_eq!(offered(text), [(a.clone(), true)], "{text}");
        }
        for text in
            ["https://example.org/a, https://example.org/b", "https://example.org/a https://example.org/b"]
        {
            assert_eq!(offered(text), [(a.clone(), true), (b.clone(), true)], "{text}");
        }
        let joined = "\"https://example.org/a%20report\"".to_owned();
        assert_eq!(offered("https://example.org/a report"), [(joined, false), (a, true)]);
    }

    #[test]
    fn truths_and_languages_are_read() {
        assert_eq!((flag("Yes"), flag("tidak"), flag("perhaps")), (Some("true"), Some("false"), None));
        assert_eq!(
            (language("Indonesian"), language("Bahasa Indonesia")),
            (vec!["id".to_owned()], vec!["id".to_owned()])
        );
        assert_eq!((language("jp"), language("indonesia")), (vec!["ja".to_owned()], vec!["id".to_owned()]));
        assert_eq!((language("pt_BR"), language("Klingon")), (vec!["pt-br".to_owned()], Vec::new()));
        assert_eq!(
            (language("English"), language("Français")),
            (vec!["en".to_owned()], vec!["fr".to_owned()])
        );
    }
}
