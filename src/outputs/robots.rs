//! `robots.txt` (RFC 9309): allows everything, and names the sitemap.

use super::{Output, Routes, SiteBuilder};
use crate::base::diagnostic::Diagnostic;
use crate::base::path::SitePath;
use crate::site::{FileKey, SiteInput, Subject};

pub(crate) struct Robots;

impl Output for Robots {
    fn name(&self) -> &'static str {
        "robots file"
    }

    fn routes(&self, _: &SiteInput<'_>, routes: &mut Routes<'_>) {
        routes.add("robots.txt".into(), FileKey::of(Subject::Site));
    }

    fn bytes(&self, builder: &SiteBuilder<'_>, _: &SitePath, _: FileKey) -> Result<Vec<u8>, Diagnostic> {
        let base = &builder.site.config().base_url;
        Ok(format!("User-agent: *\nAllow: /\n\nSitemap: {base}sitemap.xml\n").into_bytes())
    }
}
