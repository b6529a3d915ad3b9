//! What stands for [`pixels`](self) in a program that was built without resvg. The settings have no social cards then.

use crate::base::part::Part;

/// No picture.
///
/// # Errors
/// Always.
pub fn png(_: &str) -> Result<Vec<u8>, String> {
    Err(Part::Cards.lacking())
}
