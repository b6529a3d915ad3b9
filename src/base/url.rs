//! Web addresses.

use super::path::well_formed;

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
        let web = matches!(scheme.as_deref(), Some("http" | "https"));
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
