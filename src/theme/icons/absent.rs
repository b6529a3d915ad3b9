//! Replaces `icons` in a program built without resvg: the site has its icon as SVG only.

/// The asset that icons are drawn from.
pub(crate) const SOURCE: &str = "favicon.svg";

/// Draws none.
///
/// # Errors
/// Never.
pub(crate) fn drawn(_: &[u8]) -> Result<[(&'static str, Vec<u8>); 0], String> {
    Ok([])
}
