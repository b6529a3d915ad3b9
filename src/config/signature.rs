//! What proves the editions that are published.

use std::sync::Arc;

use serde::Deserialize;

use crate::base::diagnostic::Diagnostic;
use crate::base::path::InputPath;
use crate::base::span::Spanned;
use crate::data;
use crate::seal::{keys, stamp};
use crate::world::World;

/// How published editions are signed and stamped. The secret key is never named here: it stays with the author.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Signature {
    /// The public key, as minisign writes it.
    pub key: Spanned<String>,
    /// The address of the authority that is asked for a time stamp (RFC 3161).
    #[serde(default)]
    pub authority: Option<Spanned<String>>,
    /// The file with the authority's certificates, in PEM, from the folder of `dossier.toml`. It is not published.
    #[serde(default)]
    pub certificate: Option<Spanned<String>>,
    /// Whether the site says how to check a copy: what is not published is not signed.
    #[serde(skip)]
    pub is_shown: bool,
}

impl Signature {
    /// Reports what cannot be used.
    pub(super) fn check(&self, world: &dyn World, has_sums: bool, diagnostics: &mut Vec<Diagnostic>) {
        // Without a label, which would show its line: what is written here by mistake may be secret.
        let mut secretly = |message: String, help: &str| {
            diagnostics.push(Diagnostic::error(data::INVALID_VALUE.name, message).help(help));
        };
        if let Err(why) = keys::public(&self.key) {
            let help = "write the public key that `dossier key` prints; the secret key is never written here";
            secretly(format!("`key` of `[signature]` cannot be used: {why}"), help);
        }
        if !has_sums {
            let help = "remove `sums = false`: the signature is of the list of checksums";
            secretly("there is nothing to sign without checksums".to_owned(), help);
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
                let help = "write it as `https://example.org/tsr`, without a name or a password";
                secretly("`authority` of `[signature]` is not the address of an authority".to_owned(), help);
            }
            None if self.certificate.is_some() => {
                let help = "name its address with `authority`, or remove `certificate`";
                secretly(
                    "`[signature]` has a certificate of an authority that is not asked".to_owned(),
                    help,
                );
            }
            _ => {}
        }
        if let Some(Err(why)) = self.certificates(world) {
            let help =
                "save the authority's root certificate beside dossier.toml, in PEM, and name that file";
            secretly(format!("`certificate` of `[signature]` cannot be used: {why}"), help);
        }
    }

    /// The certificates that may vouch for a time stamp, if a file of them is named.
    ///
    /// # Errors
    /// Why they cannot be read.
    pub(crate) fn certificates(&self, world: &dyn World) -> Option<Result<Arc<[u8]>, String>> {
        let file = self.certificate.as_ref()?;
        let read = world.read_private(&InputPath::from(file.as_str())).map_err(|why| why.to_string());
        Some(read.and_then(|text| stamp::roots(&text).map(|()| text)))
    }
}
