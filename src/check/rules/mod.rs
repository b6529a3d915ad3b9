//! The rules, one file each. The table is sorted by name.

use super::Rule;

mod ambiguous_reference;
mod broken_fragment;
mod claim_without_claimant;
mod claim_without_source;
mod contradiction_unacknowledged;
mod date_in_the_future;
mod duplicate_id;
mod leg_out_of_order;
mod missing_alt_text;
mod missing_asset;
mod orphan_entity;
mod output_collision;
mod path_unreadable;
mod route_discontinuity;
mod sea_leg_on_land;
mod single_source_corroboration;
mod source_without_archive;
mod stale_translation;
mod statement_before_event;
mod supersede_cycle;
mod translation_without_original;
mod unlinked_mention;
mod unresolved_reference;
mod unsafe_link;

/// Every rule.
pub static RULES: &[&Rule] = &[
    &ambiguous_reference::RULE,
    &broken_fragment::RULE,
    &claim_without_claimant::RULE,
    &claim_without_source::RULE,
    &contradiction_unacknowledged::RULE,
    &date_in_the_future::RULE,
    &duplicate_id::RULE,
    &leg_out_of_order::RULE,
    &missing_alt_text::RULE,
    &missing_asset::RULE,
    &orphan_entity::RULE,
    &output_collision::RULE,
    &path_unreadable::RULE,
    &route_discontinuity::RULE,
    &sea_leg_on_land::RULE,
    &single_source_corroboration::RULE,
    &source_without_archive::RULE,
    &stale_translation::RULE,
    &statement_before_event::RULE,
    &supersede_cycle::RULE,
    &translation_without_original::RULE,
    &unlinked_mention::RULE,
    &unresolved_reference::RULE,
    &unsafe_link::RULE,
];
