//! The rules, one file each. The table is sorted by name.

use super::Rule;

mod claim_without_source;

/// Every rule.
pub static RULES: &[&Rule] = &[&claim_without_source::RULE];
