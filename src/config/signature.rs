//! What proves the editions that are published.

use serde::Deserialize;

use crate::base::diagnostic::Diagnostic;
use crate::base::path::InputPath;
use crate::base::span::{Span, Spanned};
use crate::data;
use crate::seal::keys;

/// How published editions are signed and stamped. The secret key is never named here: it stays with the author.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Signature {
    /// The public key, as minisign writes it.
    pub key: Spanned<String>,
    /// The address of the authority that is asked for a time stamp (RFC 3161).
    #[serde(default)]
    pub authority: Option<Spanned<String>>,
    /// The file with the authority's certificates, in PEM, beside `dossier.toml`.
    #[serde(default)]
    pub certificate: Option<Spanned<String>>,
}

impl Signature {
    /// Reports what cannot be used, in the settings at `path`.
    pub(super) fn check(&self, has_sums: bool, path: &InputPath, diagnostics: &mut Vec<Diagnostic>) {
        let mut report = |span: Span, message: String, help: &str| {
            let found = Diagnostic::error(data::INVALID_VALUE.name, message);
            diagnostics.push(found.at(path, span, "").help(help));
        };
        if let Err(why) = keys::public(&self.key) {
            let help = "write the public key that `dossier key` prints; the secret key is never written here";
            report(self.key.span, format!("the key of the signature cannot be used: {why}"), help);
        }
        if !has_sums {
            let help = "remove `sums = false`: the signature is of the list of checksums";
            report(self.key.span, "there is nothing to sign without checksums".to_owned(), help);
        }
        let is_address = |url: &str| {
            let rest = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://"));
            rest.is_some_and(|rest| {
                let host = rest.split('/').next().unwrap_or_default();
                !host.is_empty() && !host.contains('@') && !rest.contains(char::is_whitespace)
            })
        };
        match &self.authority {
            Some(authority) if !is_address(authority) => {
                let message = format!("`{}` is not the address of an authority", authority.value);
                report(
                    authority.span,
                    message,
                    "write it as `https://example.org/tsr`, without a name or a password",
                );
            }
            None if self.certificate.is_some() => {
                let span = self.certificate.as_ref().map_or(self.key.span, |file| file.span);
                let help = "name its address with `authority`, or remove `certificate`";
                report(span, "there is a certificate of an authority that is not asked".to_owned(), help);
            }
            _ => {}
        }
    }
}
