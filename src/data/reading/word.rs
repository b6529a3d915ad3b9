//! Truths, languages and addresses as people write them.

use super::text::plain;
use crate::base::id::Lang;
use crate::base::names;
use crate::base::url::Url;

/// `yes`, `ya`, `on`, `1`: `true` or `false`.
pub(super) fn flag(text: &str) -> Option<&'static str> {
    Some(match plain(text).trim_end_matches(['.', '!']) {
        "true" | "yes" | "y" | "on" | "1" | "t" | "ya" | "benar" | "ja" | "oui" | "si" | "sí" => "true",
        "false" | "no" | "n" | "off" | "0" | "f" | "tidak" | "salah" | "bukan" | "nein" | "non" => "false",
        _ => return None,
    })
}

/// `Indonesian`, `Bahasa Indonesia`, `pt_BR`: the tags of the languages that it may mean.
pub(super) fn language(text: &str) -> Vec<String> {
    let name = plain(text);
    let tag = name.replace('_', "-");
    if let (true, Some(lang)) = (tag != name, Lang::parse(&tag)) {
        return vec![lang.as_str().to_owned()];
    }
    let name = name.strip_prefix("bahasa ").or_else(|| name.strip_suffix(" language")).unwrap_or(&name);
    names::languages_called(name).into_iter().map(str::to_owned).collect()
}

/// `www.example.org/a b`, `<https://example.org/>`, `[a page](https://example.org/)`: the address on the web.
pub(super) fn url(text: &str) -> Option<String> {
    let text = text.trim();
    let inside = |start: char, end: char| text.strip_prefix(start).and_then(|rest| rest.strip_suffix(end));
    let linked = text.starts_with('[').then(|| text.split_once("](")?.1.strip_suffix(')')).flatten();
    let text = linked.or_else(|| inside('<', '>')).or_else(|| inside('"', '"')).unwrap_or(text).trim();
    let slipped = [
        "http//",
        "https//",
        "http:/",
        "https:/",
        "http:",
        "https:",
        "hhttps://",
        "htps://",
        "htpps://",
        "ttps://",
    ];
    let lower = text.to_ascii_lowercase();
    let rest = match lower.split_once("://") {
        Some(("http" | "https", _)) => None,
        // Defanged, as investigators write what must not be opened by accident.
        Some(("hxxp" | "hxxps", _)) => return None,
        _ => slipped.iter().find(|start| lower.starts_with(**start)).map(|start| &text[start.len()..]),
    };
    let is_secure = !lower.starts_with("http:") && !lower.starts_with("http//");
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
    let address = address.replace(' ', "%20").replace('"', "%22").replace('<', "%3C").replace('>', "%3E");
    let (_, after) = address.split_once("://")?;
    let host = after.split(['/', '?', '#']).next().unwrap_or_default();
    let is_sound = !host.is_empty() && !host.contains('%') && address.chars().all(|c| !c.is_control());
    (is_sound && Url::parse(&address).is_ok()).then_some(address)
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
            ("https://example.org/a b", "https://example.org/a%20b"),
            ("https//example.org", "https://example.org"),
            ("http:/example.org", "http://example.org"),
            ("https:example.org/a", "https://example.org/a"),
            ("example.org:8080/x", "https://example.org:8080/x"),
            ("bücher.example/é", "https://bücher.example/é"),
            ("sub.kompas.com/read/1", "https://sub.kompas.com/read/1"),
        ] {
            assert_eq!(url(text).as_deref(), Some(address), "{text}");
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
            "10.1000/xyz",
            "file.pdf",
            "data:text/html,x",
            "C:\\x.y",
        ] {
            assert_eq!(url(text), None, "{text}");
        }
    }

    #[test]
    fn truths_and_languages_are_read() {
        assert_eq!((flag("Yes"), flag("tidak"), flag("perhaps")), (Some("true"), Some("false"), None));
        assert_eq!(
            (language("Indonesian"), language("Bahasa Indonesia")),
            (vec!["id".to_owned()], vec!["id".to_owned()])
        );
        assert_eq!((language("pt_BR"), language("Klingon")), (vec!["pt-br".to_owned()], Vec::new()));
        assert_eq!(
            (language("English"), language("Français")),
            (vec!["en".to_owned()], vec!["fr".to_owned()])
        );
    }
}
