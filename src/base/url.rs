//! Addresses: which a page may link to, and which stay on its own site.

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
            true => Ok(Url(well_formed(text))),
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

#[cfg(test)]
mod tests {
    use super::*;

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
