//! Replaces `pixels` if the program is built without resvg. In that case [`Config`](crate::config::Config)
//! never asks for social cards.

use crate::base::id::Lang;
use crate::base::part::Part;

/// Always fails.
///
/// # Errors
/// Always.
pub(crate) fn png(_: &str, _: &Lang) -> Result<Vec<u8>, String> {
    Err(Part::Cards.lacking())
}
