//! Whom to tell of security problems with the site.

use serde::Deserialize;

use crate::base::date::Edtf;
use crate::base::diagnostic::Diagnostic;
use crate::base::path::InputPath;
use crate::base::span::Spanned;
use crate::data;
use crate::data::reading::{Plain, Syntax, address};

/// The contact for security problems with the site (RFC 9116).
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Security {
    /// The address to write to.
    pub contact: Spanned<String>,
    /// The last day on which it is valid.
    pub expires: Edtf,
}

impl Security {
    /// Reports an address that is none, in the settings at `path`.
    pub(super) fn check(&self, path: &InputPath, diagnostics: &mut Vec<Diagnostic>) {
        let contact = &self.contact;
        let is_known = ["mailto:", "https://", "tel:"].iter().any(|scheme| contact.starts_with(scheme));
        if !is_known || contact.contains(char::is_whitespace) {
            let message = format!("`{}` is not a contact address", contact.value);
            let found = Diagnostic::error(data::INVALID_VALUE.name, message)
                .at(path, contact.span, "")
                .help("write it as `mailto:security@example.org` or `https://example.org/contact`");
            diagnostics.push(match address(contact).filter(|address| !address.starts_with("http:")) {
                Some(address) => {
                    let title = format!("replace it with `{address}`");
                    found.fix(title, path, contact.span, Plain::Word(address).written(Syntax::Toml))
                }
                None => found,
            });
        }
    }
}
