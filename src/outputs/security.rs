//! `.well-known/security.txt` (RFC 9116): whom to tell of a weakness of the site, where the settings say so.

use super::{Bundle, Content, Output, Press};

/// See the module.
pub struct Security;

const FILE: &str = ".well-known/security.txt";

impl Output for Security {
    fn name(&self) -> &'static str {
        "security"
    }

    fn only(&self) -> Option<&'static str> {
        Some(FILE)
    }

    fn fill(&self, press: &Press<'_>, bundle: &mut Bundle) {
        let config = press.site.config();
        let Some(security) = &config.security else { return };
        let languages: Vec<&str> = config.languages.iter().map(|lang| lang.as_str()).collect();
        let mut text = format!("Contact: {}\n", security.contact.value);
        if let Some(day) = security.expires.latest() {
            text.push_str(&format!("Expires: {day}T23:59:59Z\n"));
        }
        text.push_str(&format!(
            "Preferred-Languages: {}\nCanonical: {}{FILE}\n",
            languages.join(", "),
            config.base_url
        ));
        bundle.add(FILE.into(), Content::Bytes(text.into_bytes()));
    }
}
