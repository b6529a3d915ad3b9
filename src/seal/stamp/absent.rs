//! Replaces `stamp` in a program built without seals.

use super::Stamp;
use crate::base::part::Part;

/// Asks for nothing.
///
/// # Errors
/// Always.
pub(crate) fn question(_: &[u8]) -> Result<Vec<u8>, String> {
    Err(Part::Seals.lacking())
}

/// Refuses.
///
/// # Errors
/// Always.
pub(crate) fn answers(_: &[u8], _: &[u8]) -> Result<(), String> {
    Err(Part::Seals.lacking())
}

/// Refuses.
///
/// # Errors
/// Always.
pub(crate) fn check(_: &[u8], _: &[u8], _: Option<&[u8]>) -> Result<Stamp, String> {
    Err(Part::Seals.lacking())
}

/// Takes every file for a good one, as a program that has the part does with good ones.
pub(crate) fn roots(_: &[u8]) -> Result<(), String> {
    Ok(())
}
