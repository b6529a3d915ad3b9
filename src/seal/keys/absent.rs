//! Replaces `keys` in a program built without seals.

use crate::base::part::Part;

/// Refuses.
///
/// # Errors
/// Always.
pub(crate) fn make(_: Option<String>) -> Result<(String, String), String> {
    Err(Part::Seals.lacking())
}

/// Takes every key for a good one, as a program that has the part does with good ones.
pub(crate) fn public(_: &str) -> Result<(), String> {
    Ok(())
}

/// Refuses.
///
/// # Errors
/// Always.
pub(crate) fn sign(
    _: &[u8],
    _: &str,
    _: impl FnOnce() -> Result<String, String>,
    _: &str,
    _: &str,
) -> Result<String, String> {
    Err(Part::Seals.lacking())
}

/// Refuses.
///
/// # Errors
/// Always.
pub(crate) fn check(_: &[u8], _: &str, _: &str) -> Result<String, String> {
    Err(Part::Seals.lacking())
}

/// Refuses.
///
/// # Errors
/// Always.
pub(crate) fn signer(_: &str) -> Result<String, String> {
    Err(Part::Seals.lacking())
}
