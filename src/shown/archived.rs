//! Copies of pages in web archives, and links that name them.

use serde::Serialize;

use crate::base::markup::escape;

/// A copy of a page in a web archive.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Archived {
    /// The address of the copy.
    pub version: String,
    /// The day on which it was made, or on which the source was read.
    pub date: Option<String>,
}

/// Writes the attributes of an external link. If there is an archived copy, adds Robust Links 1.0 attributes
/// (robustlinks.mementoweb.org), so that readers can reach the copy after the page is gone.
pub(crate) fn attributes(address: &str, archived: Option<&Archived>, html: &mut String) {
    html.push_str(" href=\"");
    escape(address, html);
    html.push('"');
    let Some(archived) = archived else { return };
    let date = archived.date.as_deref().map(|date| ("versiondate", date));
    let fields = [("originalurl", address), ("versionurl", archived.version.as_str())];
    for (name, value) in fields.into_iter().chain(date) {
        html.push_str(&format!(" data-{name}=\""));
        escape(value, html);
        html.push('"');
    }
}
