//! What stands for [`icons`](self) in a program that was built without resvg: the icon is an SVG only.

/// What icons are drawn from.
pub const SOURCE: &str = "favicon.svg";

/// None.
///
/// # Errors
/// Never.
pub fn drawn(_: &[u8]) -> Result<[(&'static str, Vec<u8>); 0], String> {
    Ok([])
}
