//! `.well-known/security.txt` (RFC 9116): how to report a vulnerability of the site, if the settings give a
//! contact.

use super::{Output, Routes, SiteBuilder};
use crate::base::diagnostic::Diagnostic;
use crate::base::path::SitePath;
use crate::site::{FileKey, SiteInput, Subject};

pub(crate) struct Security;

impl Output for Security {
    fn name(&self) -> &'static str {
        "security.txt"
    }

    fn routes(&self, input: &SiteInput<'_>, routes: &mut Routes<'_>) {
        if input.config.security.is_some() {
            routes.add(".well-known/security.txt".into(), FileKey::of(Subject::Site));
        }
    }

    fn bytes(&self, builder: &SiteBuilder<'_>, path: &SitePath, _: FileKey) -> Result<Vec<u8>, Diagnostic> {
        let config = builder.site.config();
        let mut text = String::new();
        if let Some(security) = &config.security {
            text.push_str(&format!("Contact: {}\n", security.contact.value));
            if let Some(day) = security.expires.latest() {
                text.push_str(&format!("Expires: {day}T23:59:59Z\n"));
            }
        }
        let languages: Vec<&str> = config.languages.iter().map(|lang| lang.as_str()).collect();
        text.push_str(&format!(
            "Preferred-Languages: {}\nCanonical: {}{path}\n",
            languages.join(", "),
            config.base_url
        ));
        Ok(text.into_bytes())
    }
}
