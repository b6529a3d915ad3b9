//! Access control. The preview serves the author's own browser, but not other sites open in it.

use std::net::{IpAddr, SocketAddr};
use std::path::Path;

use axum::http::{HeaderMap, Method};

use crate::base::hash::Fingerprint;

/// The parameter of the address that lets a browser edit.
pub(crate) const KEY: &str = "_dossier_key";

/// Decides which requests are allowed.
pub(crate) struct Guard {
    address: SocketAddr,
    /// What a browser must know to edit; `None` if nobody may.
    key: Option<String>,
    /// Names the dossier that is edited. Another one may have had this address before, and a page of it still be open.
    dossier: String,
}

impl Guard {
    /// The guard for a server of the dossier in `root` that listens at `address`. With a key, a browser that knows it
    /// may edit.
    pub(crate) fn of(address: SocketAddr, key: Option<String>, root: &Path) -> Guard {
        let dossier = Fingerprint::of(root.as_os_str().as_encoded_bytes()).short(12);
        Guard { address, key, dossier }
    }

    /// What the pages of this dossier say they are of.
    pub(crate) fn dossier(&self) -> &str {
        &self.dossier
    }

    /// The address with which a browser at `base_url` can edit; `None` if nobody may.
    pub(crate) fn address_for_editing(&self, base_url: &str) -> Option<String> {
        Some(format!("{base_url}?{KEY}={}", self.key.as_deref()?))
    }

    /// The cookie for a browser that opens an address with this key in its query; `None` if it is not the key.
    pub(crate) fn cookie(&self, key: &str) -> Option<String> {
        let own = self.key.as_deref().filter(|own| is_same(own, key))?;
        // Cookies are shared by all ports of a host.
        Some(format!("{}={own}; Path=/; HttpOnly; SameSite=Strict", self.cookie_name()))
    }

    /// Whether a request comes from a browser that may edit: other users of this computer do not know the key.
    pub(crate) fn may_edit(&self, headers: &HeaderMap) -> bool {
        let (Some(own), name) = (&self.key, self.cookie_name()) else { return false };
        let cookies = headers.get_all("cookie").iter().filter_map(|value| value.to_str().ok());
        let mut pairs =
            cookies.flat_map(|cookies| cookies.split(';')).filter_map(|pair| pair.trim().split_once('='));
        pairs.any(|(key, value)| key == name && is_same(own, value))
    }

    /// Checks whether a request may edit.
    ///
    /// # Errors
    /// The status and the reason if it may not.
    pub(crate) fn admit_edit(&self, headers: &HeaderMap, peer: IpAddr) -> Result<(), (u16, &'static str)> {
        self.admit_action(headers, peer)?;
        if header(headers, "x-dossier").is_some_and(|of| of != "1" && of != self.dossier) {
            return Err((409, "this page belongs to another dossier, which is not open any more"));
        }
        match (&self.key, self.may_edit(headers)) {
            (_, true) => Ok(()),
            (None, false) => Err((403, "this preview is read-only")),
            (Some(_), false) => Err((403, "open the address for editing that the terminal shows")),
        }
    }

    fn cookie_name(&self) -> String {
        format!("dossier-{}", self.address.port())
    }

    /// Checks whether a request may be answered at all.
    ///
    /// # Errors
    /// The status and the reason if it may not.
    pub(crate) fn admit(&self, method: &Method, headers: &HeaderMap) -> Result<(), (u16, &'static str)> {
        let host = header(headers, "host").unwrap_or_default();
        if !self.knows(host) {
            // DNS rebinding gets past the browser's same-origin policy with another name for this address.
            return Err((403, "this preview does not have that host name"));
        }
        if !matches!(*method, Method::GET | Method::HEAD | Method::POST) {
            return Err((405, "only GET and HEAD"));
        }
        Ok(())
    }

    /// Checks whether a request may cause an action on this computer.
    ///
    /// # Errors
    /// The status and the reason if it may not.
    pub(crate) fn admit_action(&self, headers: &HeaderMap, peer: IpAddr) -> Result<(), (u16, &'static str)> {
        let host = header(headers, "host").unwrap_or_default();
        // A page of another site cannot send this header without a preflight request, which fails.
        let is_ours = headers.contains_key("x-dossier")
            && header(headers, "sec-fetch-site").is_none_or(|site| site == "same-origin")
            && header(headers, "origin").is_none_or(|origin| origin == format!("http://{host}"));
        if !is_ours {
            return Err((403, "only the preview's own pages may request that"));
        }
        match peer.to_canonical().is_loopback() {
            true => Ok(()),
            false => Err((403, "only a browser on the same computer may request that")),
        }
    }

    fn knows(&self, host: &str) -> bool {
        let (name, port) = match host.rsplit_once(':') {
            Some((name, port)) if !port.ends_with(']') => (name, port.parse().ok()),
            _ => (host, Some(80)),
        };
        if port != Some(self.address.port()) {
            return false;
        }
        let ip: Option<IpAddr> = name.trim_start_matches('[').trim_end_matches(']').parse().ok();
        if name.eq_ignore_ascii_case("localhost") {
            return true;
        }
        match (self.address.ip().is_loopback(), ip) {
            (true, ip) => ip.is_some_and(|ip| ip.is_loopback()),
            // An IP address cannot be rebound. Nobody else controls names without a dot, or those of the
            // local network.
            (false, Some(_)) => true,
            (false, None) => !name.is_empty() && (!name.contains('.') || name.ends_with(".local")),
        }
    }
}

/// Compares in the same time wherever the two differ.
fn is_same(a: &str, b: &str) -> bool {
    a.len() == b.len() && a.bytes().zip(b.bytes()).fold(0, |differs, (a, b)| differs | (a ^ b)) == 0
}

fn header<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers.get(name).and_then(|value| value.to_str().ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn knows(address: &str, host: &str) -> bool {
        Guard::of(address.parse().unwrap(), None, Path::new("")).knows(host)
    }

    #[test]
    fn only_names_that_lead_here_are_known() {
        for host in ["127.0.0.1:1111", "localhost:1111", "LOCALHOST:1111", "[::1]:1111"] {
            assert!(knows("127.0.0.1:1111", host), "{host}");
        }
        for host in [
            "",
            "evil.example:1111",
            "127.0.0.1",
            "127.0.0.1:1112",
            "localhost.evil.example:1111",
            "192.0.2.1:1111",
        ] {
            assert!(!knows("127.0.0.1:1111", host), "{host}");
        }
        assert!(knows("127.0.0.1:80", "localhost"));
    }

    #[test]
    fn on_a_network_names_of_the_internet_are_refused() {
        for host in ["192.0.2.1:1111", "desk:1111", "desk.local:1111", "localhost:1111"] {
            assert!(knows("0.0.0.0:1111", host), "{host}");
        }
        assert!(!knows("0.0.0.0:1111", "evil.example:1111"));
    }
}
