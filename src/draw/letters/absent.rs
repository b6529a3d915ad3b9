//! Replaces `letters` if the program is built without resvg: no text can be set.

/// Always false.
pub(crate) fn can_be_set(_: &str) -> bool {
    false
}
