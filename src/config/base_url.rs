//! The address that the site is published at.

use crate::base::character::is_unnameable;
use crate::base::diagnostic::Diagnostic;
use crate::base::path::InputPath;
use crate::base::span::Spanned;
use crate::data;
use crate::data::reading::{Plain, Syntax, address};

/// The default base URL.
pub(super) const NOWHERE: &str = "http://localhost/";

/// The base URL, validated and with a slash at its end.
pub(super) fn checked(
    url: Option<Spanned<String>>,
    path: &InputPath,
    diagnostics: &mut Vec<Diagnostic>,
) -> String {
    let Some(Spanned { value: url, span }) = url else { return NOWHERE.into() };
    let rest = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://"));
    if rest.is_some_and(|rest| rest.split('/').next().is_some_and(|server| server.contains('@'))) {
        // Without a label, which would show its line.
        let message =
            "the address to publish at has a user's name or a password in it, which every page would show";
        let help = "write `https://example.org/`; replace the password at the service, because others may have read it";
        diagnostics.push(Diagnostic::error(data::INVALID_VALUE.name, message).help(help));
        return NOWHERE.into();
    }
    let good = rest.is_some_and(|rest| {
        !rest.is_empty()
            && !rest.starts_with('/')
            && !rest.contains(['?', '#', ' ', '"', '<', '>'])
            && !rest.contains(is_unnameable)
    });
    if !good {
        let message = format!("`{url}` is not an address to publish at");
        let diagnostic = Diagnostic::error(data::INVALID_VALUE.name, message)
            .help("write it as `https://example.org/` or `https://example.org/dossiers/voyage/`");
        if span.is_empty() {
            diagnostics.push(diagnostic);
            return NOWHERE.into();
        }
        let diagnostic = diagnostic.at(path, span, "needs `http://` or `https://`, and no `?` or `#`");
        let meant =
            address(&url).filter(|meant| meant.starts_with("http") && !meant.contains(['?', '#', '%']));
        diagnostics.push(match meant {
            Some(meant) => {
                let title = format!("replace it with `{meant}`");
                diagnostic.fix(title, path, span, Plain::Word(meant).written(Syntax::Toml))
            }
            None => diagnostic,
        });
        return NOWHERE.into();
    }
    if url.ends_with('/') { url } else { url + "/" }
}
