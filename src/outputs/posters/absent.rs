//! Replaces `pixels` in a program built without resvg, where [`Config`](crate::config::Config) has no social
//! cards to draw.

use crate::base::part::Part;

/// Refuses to draw.
///
/// # Errors
/// Always.
pub(crate) fn png(_: &str) -> Result<Vec<u8>, String> {
    Err(Part::Cards.lacking())
}
