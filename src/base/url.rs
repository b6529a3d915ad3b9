//! Addresses: which a page may link to, and which stay on its own site.

use super::character::is_invisible;
use super::path::well_formed;

/// The schemes that a page may link to: the web's, and those that the HTML Standard lets websites handle because
/// they run nothing ("safelisted schemes",
/// <https://html.spec.whatwg.org/multipage/system-state.html#safelisted-scheme>).
pub(crate) const LINKED: [&str; 25] = [
    "http",
    "https",
    "bitcoin",
    "ftp",
    "ftps",
    "geo",
    "im",
    "irc",
    "ircs",
    "magnet",
    "mailto",
    "matrix",
    "mms",
    "news",
    "nntp",
    "openpgp4fpr",
    "sftp",
    "sip",
    "sms",
    "smsto",
    "ssh",
    "tel",
    "urn",
    "webcal",
    "xmpp",
];

/// The scheme of an absolute address, in lower case and as browsers read it: without control characters and
/// spaces.
pub(crate) fn scheme(address: &str) -> Option<String> {
    // Most addresses are paths.
    if !address.contains(':') {
        return None;
    }
    let plain: String = address.chars().filter(|c| !c.is_control() && !c.is_whitespace()).collect();
    let (scheme, _) = plain.split_once(':')?;
    let shaped = scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.'));
    shaped.then(|| scheme.to_ascii_lowercase())
}

/// The scheme of an address, if no page may link to it: a browser would execute it, or open what is on its
/// reader's own computer.
pub(crate) fn unsafe_scheme(address: &str) -> Option<String> {
    scheme(address).filter(|scheme| !LINKED.contains(&scheme.as_str()))
}

/// Whether this is an address that a browser would run, or would show as if it were a page of the site, and not merely
/// a text with a colon.
pub(crate) fn runs(text: &str) -> bool {
    let is_one = |scheme: String| matches!(&*scheme, "javascript" | "vbscript" | "data" | "blob" | "file");
    !text.trim().contains(' ') && scheme(text).is_some_and(is_one)
}

/// Whether a page that loads an address asks only the host that the page itself is from, wherever that is.
pub(crate) fn is_on_site(address: &str) -> bool {
    let is_asked_of = |page: &str| {
        let page = url::Url::parse(page).ok()?;
        Some(page.join(address).ok()?.origin() == page.origin())
    };
    scheme(address).is_none()
        && ["https://site.invalid/a/", "http://site.invalid/a/"]
            .iter()
            .all(|page| is_asked_of(page).unwrap_or_default())
}

/// A valid web address. Only `http` and `https`: other schemes could execute something in a reader's browser.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Url(String);

impl Url {
    /// Parses an address.
    ///
    /// # Errors
    /// A phrase that says what would be valid.
    pub(crate) fn parse(text: &str) -> Result<Url, String> {
        let scheme = text.split_once("://").map(|(scheme, _)| scheme.to_ascii_lowercase());
        let has_host = |rest: &str| !rest.starts_with(['/', '?', '#', '.', ':']) && !rest.is_empty();
        let web = matches!(scheme.as_deref(), Some("http" | "https"))
            && text.split_once("://").is_some_and(|(_, rest)| has_host(rest));
        match web && !text.contains(|c: char| c.is_whitespace() || matches!(c, '<' | '>' | '"')) {
            true => match slip(text) {
                Some(why) => Err(format!("`{text}` {why}")),
                None => Ok(Url(well_formed(text))),
            },
            false => {
                Err(format!("`{text}` is not an address on the web; write it as `https://example.org/page`"))
            }
        }
    }

    /// The address.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Whether an address has the name and the password of a user (RFC 3986, 3.2.1).
pub(crate) fn has_password(address: &str) -> bool {
    let server = address.split_once("://").and_then(|(_, rest)| rest.split(['/', '?', '#']).next());
    let user = server.and_then(|server| server.rsplit_once('@')).map_or("", |(user, _)| user);
    user.split_once(':').is_some_and(|(_, password)| !password.is_empty())
}

/// Why an address of a web page is not the one that was meant, as the end of a sentence: what was around it when it was
/// copied, or what nobody would publish.
pub(crate) fn slip(text: &str) -> Option<&'static str> {
    if !matches!(scheme(text)?.as_str(), "http" | "https") {
        return None;
    }
    let Some((_, rest)) = text.split_once("://") else {
        return Some("lacks one of the two slashes after its scheme");
    };
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let place = authority.rsplit_once('@').map_or(authority, |(_, place)| place);
    let (host, port) = match place.rsplit_once(':') {
        Some((host, port)) if !place.ends_with(']') => (host, port),
        _ => (place, ""),
    };
    let is_mixed = |label: &str| {
        let has = |is_in: &dyn Fn(char) -> bool| label.chars().any(is_in);
        has(&|c| c.is_ascii_alphabetic()) && has(&|c| matches!(c, '\u{370}'..='\u{52F}'))
    };
    let is_name = host.contains('.') && !host.starts_with('[');
    let why = if has_password(text) {
        "has a password in it, which would be published"
    } else if matches!(host.to_ascii_lowercase().as_str(), "http" | "https") {
        "begins twice"
    } else if text.contains("[.]") || text.contains("(.)") || text.contains("[://]") {
        "is written so that nobody opens it by accident; write it without brackets"
    } else if text.contains(is_invisible) {
        "has a character in it that nobody sees"
    } else if is_name && host.split('.').any(is_mixed) {
        "has letters of two scripts in one word of its host, as addresses that deceive have"
    } else if is_name && host.contains("..") {
        "has two full stops in its host, one after the other"
    } else if !port.is_empty() && port.parse::<u16>().is_err() {
        "has a port that is none: it is a number of at most 65535"
    } else if let Some(why) = local(text) {
        why
    } else if text.ends_with('…') || text.ends_with("...") || text.ends_with("[...]") {
        "was cut off at its end; copy the whole address"
    } else if text.ends_with([',', ';'])
        || rest == authority && text.ends_with(['.', ')', ']', '!']) && !host.starts_with('[')
    {
        "has a sign after it that does not belong to it"
    } else {
        return None;
    };
    Some(why)
}

/// Why nobody else can open an address: it is for this computer or this network (RFC 6761, 1918, 3927, 4193, 4291).
/// `127.0.0.1` is accepted: `check --external` can be tried against it.
fn local(text: &str) -> Option<&'static str> {
    let parsed = ::url::Url::parse(text).ok()?;
    let (is_own, is_near) = match parsed.host()? {
        ::url::Host::Domain(name) => {
            let top = name.trim_end_matches('.').rsplit('.').next().unwrap_or_default();
            (top == "localhost", matches!(top, "local" | "internal" | "localdomain"))
        }
        ::url::Host::Ipv4(address) => {
            (address.is_unspecified(), address.is_private() || address.is_link_local())
        }
        ::url::Host::Ipv6(address) => (
            address.is_loopback() || address.is_unspecified(),
            address.is_unique_local() || address.is_unicast_link_local(),
        ),
    };
    match (is_own, is_near) {
        (true, _) => Some("is an address that only your own computer knows"),
        (_, true) => Some("is an address that only your local network knows"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_the_one_that_was_meant() {
        for (address, why) in [
            ("https://user:pw@example.org/a", "password"),
            ("https://https://example.org", "twice"),
            ("http://HTTPS://example.org", "twice"),
            ("https://example[.]org", "brackets"),
            ("https://example.org\u{200B}/a", "nobody sees"),
            ("https://example.org/\u{202e}fdp.a", "nobody sees"),
            ("https://\u{435}xample.org/a", "two scripts"),
            ("https://example..org", "full stops"),
            ("https://example.org:99999/", "port"),
            ("http://localhost:1111/x", "own computer"),
            ("http://0.0.0.0/", "own computer"),
            ("http://[::1]:80/", "own computer"),
            ("http://192.168.0.7/report.pdf", "local network"),
            ("http://10.1.2.3/", "local network"),
            ("https://[fd00::1]/a", "local network"),
            ("http://nas.local/a", "local network"),
            ("https://example.org/a…", "cut off"),
            ("https://example.org/a...", "cut off"),
            ("https://example.org,", "sign after"),
            ("https://example.org/a;", "sign after"),
            ("https://example.org.", "sign after"),
        ] {
            assert!(Url::parse(address).is_err_and(|said| said.contains(why)), "{address}");
        }
        for address in [
            "https://example.org/Foo_Inc.",
            "https://example.org/a_(b)",
            "https://example.org:8443/a",
            "https://user@example.org/a",
            "https://web.archive.org/web/2023/https://example.org/a",
            "https://example.org/login?next=https://user:pw@x",
            "https://xn--mnchen-3ya.de/a",
            "https://münchen.de/a",
            "https://пример.рф/а",
            "http://[2001:db8::1]/a",
            "http://[2001:db8::1]:80/a",
            "http://1.1.1.1/a",
            "http://127.0.0.1:4000/a",
            "https://local.example.org/",
            "https://example.org/a?b=c:d,e",
            "https://t.me/c/1",
        ] {
            assert!(Url::parse(address).is_ok(), "{address}");
        }
    }

    #[test]
    fn only_what_runs_nothing_may_be_linked() {
        for address in [
            "a.html",
            "../a b.html",
            "#a",
            "//example.org",
            "HTTPS://example.org",
            "tel:1",
            "12:30",
            "a/b:c",
            "",
        ] {
            assert_eq!(unsafe_scheme(address), None, "{address}");
        }
        for (address, scheme) in [
            ("javascript:x", "javascript"),
            (" \u{1}JAVA\nscript\t:x", "javascript"),
            ("data:text/html,x", "data"),
            ("vbscript:x", "vbscript"),
            ("blob:https://example.org/x", "blob"),
            ("file:///etc/passwd", "file"),
            ("filesystem:x", "filesystem"),
            ("view-source:x", "view-source"),
            ("x-new:y", "x-new"),
        ] {
            assert_eq!(unsafe_scheme(address).as_deref(), Some(scheme), "{address}");
        }
    }

    #[test]
    fn an_address_on_the_site_is_so_wherever_the_site_is() {
        for address in ["a.png", "../a.png", "/a.png", "./a:b.png", "a b.png", "?a", "#a", "", "a//b.png"] {
            assert!(is_on_site(address), "{address}");
        }
        for address in [
            "https://host.example/a.png",
            "//host.example/a.png",
            "\\\\host.example/a.png",
            "/\\host.example/a.png",
            "\t//host.example",
            "/\n/host.example",
            "https:host.example",
            "http:/host.example",
            "https:a.png",
            "data:image/png,x",
            "javascript:x",
            "blob:x",
            "file:///a",
            "http://[",
        ] {
            assert!(!is_on_site(address), "{address}");
        }
    }
}
