//! What hosts of static sites read of how to serve it: `_headers` and `_redirects`, as Netlify, Cloudflare Pages and others know
//! them. Only where `host_files` in dossier.toml asks for them.

use super::{Bundle, Content, Output, Press};
use crate::base::path::{SitePath, percent_encoded};
use crate::pages::PageId;
use crate::shown::{Page, RedirectPage};

/// What the default theme needs, and nothing else (CSP 3): all from the site itself, nothing inline, nobody's frame.
pub const CONTENT_SECURITY_POLICY: &str = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; \
    font-src 'self'; connect-src 'self'; media-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'self'; \
    frame-ancestors 'none'";

/// See the module.
pub struct Hosting;

impl Output for Hosting {
    fn name(&self) -> &'static str {
        "hosting"
    }

    fn fill(&self, press: &Press<'_>, bundle: &mut Bundle) {
        let config = press.site.config();
        if !config.host_files {
            return;
        }
        // The path below the host, without a slash at its end: rules are written from the host's root.
        let below = config.base_url.split_once("://").and_then(|(_, rest)| rest.split_once('/'));
        let below = below.map_or("", |(_, path)| path.trim_end_matches('/'));
        let root = if below.is_empty() { String::new() } else { format!("/{below}") };
        let mut headers = format!(
            "{root}/*\n  Content-Security-Policy: {CONTENT_SECURITY_POLICY}\n  X-Content-Type-Options: nosniff\n  \
             Referrer-Policy: strict-origin-when-cross-origin\n"
        );
        for (_, asset) in press.assets.paths() {
            let path = percent_encoded(asset.as_str());
            headers
                .push_str(&format!("{root}/{path}\n  Cache-Control: public, max-age=31536000, immutable\n"));
        }
        let mut redirects = String::new();
        for (path, page) in press.site.pages() {
            if let PageId::Redirect(..) = page
                && let Page::Redirect(RedirectPage { redirect_to: to, .. }) = press.site.page(&page)
            {
                let (from, to) = (percent_encoded(path.as_str()), percent_encoded(&to));
                redirects.push_str(&format!("{root}/{from} {root}/{to} 301!\n"));
            }
        }
        bundle.add("_headers".into(), Content::Bytes(headers.into_bytes()));
        bundle.add("_redirects".into(), Content::Bytes(redirects.into_bytes()));
    }

    fn find(&self, press: &Press<'_>, path: &SitePath) -> Option<Content> {
        if !matches!(path.as_str(), "_headers" | "_redirects") {
            return None;
        }
        let mut bundle = Bundle::default();
        self.fill(press, &mut bundle);
        bundle.files().get(path).cloned()
    }
}
