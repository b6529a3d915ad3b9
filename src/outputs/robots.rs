//! `robots.txt` (RFC 9309): everybody may read everything, and there is a sitemap.

use super::{Bundle, Content, Output, Press};

/// See the module.
pub struct Robots;

impl Output for Robots {
    fn name(&self) -> &'static str {
        "robots"
    }

    fn only(&self) -> Option<&'static str> {
        Some("robots.txt")
    }

    fn fill(&self, press: &Press<'_>, bundle: &mut Bundle) {
        let base = &press.site.config().base_url;
        let text = format!("User-agent: *\nAllow: /\n\nSitemap: {base}sitemap.xml\n");
        bundle.add("robots.txt".into(), Content::Bytes(text.into_bytes()));
    }
}
