//! The rules, one file each. The table is sorted by name.

use super::Rule;

mod accessed_before_published;
mod active_file;
mod address_with_space;
mod ambiguous_reference;
mod annotation_parity;
mod article_without_date;
mod broken_captions;
mod broken_fragment;
mod broken_media;
mod case_mismatch;
mod claim_without_claimant;
mod claim_without_source;
mod claims_kept_apart;
mod contradiction_unacknowledged;
mod correction_unlinked;
mod country_or_abbreviation;
mod date_in_the_future;
mod date_of_file;
mod denial_before_claim;
mod distance_mismatch;
mod duplicate_id;
mod embargo_without_day;
mod figure_differs;
mod figures_conflict;
mod footnote_unmatched;
mod foreign_syntax;
mod fragment_taken;
mod garbled_text;
mod history_mismatch;
mod html_removed;
mod leg_out_of_order;
mod likelihood_with_confidence;
mod locator_past_end;
mod metadata_kept;
mod metadata_left;
mod missed_markup;
mod missing_alt_text;
mod missing_asset;
mod missing_captions;
mod mistyped_address;
mod mixed_likelihood;
mod orphan_entity;
mod output_collision;
mod path_astray;
mod path_outside_dates;
mod path_unreadable;
mod pattern_without_file;
mod place_outside_country;
mod quote_ambiguous;
mod quote_moved;
mod quote_not_found;
mod rating_off_scale;
mod redaction_unsearched;
mod remote_picture;
mod role_outside_dates;
mod route_discontinuity;
mod sea_leg_on_land;
mod season_or_years;
mod self_reference;
mod single_source_corroboration;
mod source_before_claim;
mod source_without_archive;
mod stale_translation;
mod statement_before_event;
mod status_mismatch;
mod supersede_cycle;
mod text_not_shown;
mod translation_without_original;
mod unclear_alias;
mod unclear_author;
mod unknown_value;
mod unlinked_mention;
mod unplayable_media;
mod unportable_name;
mod unpublished_file;
mod unresolved_reference;
mod unsafe_link;
mod unverified_unsaid;
mod value_differs;
mod withdrawal_without_reason;

/// Every rule.
pub static RULES: &[&Rule] = &[
    &accessed_before_published::RULE,
    &active_file::RULE,
    &address_with_space::RULE,
    &ambiguous_reference::RULE,
    &annotation_parity::RULE,
    &article_without_date::RULE,
    &broken_captions::RULE,
    &broken_fragment::RULE,
    &broken_media::RULE,
    &case_mismatch::RULE,
    &claim_without_claimant::RULE,
    &claim_without_source::RULE,
    &claims_kept_apart::RULE,
    &contradiction_unacknowledged::RULE,
    &correction_unlinked::RULE,
    &country_or_abbreviation::RULE,
    &date_in_the_future::RULE,
    &date_of_file::RULE,
    &denial_before_claim::RULE,
    &distance_mismatch::RULE,
    &duplicate_id::RULE,
    &embargo_without_day::RULE,
    &figure_differs::RULE,
    &figures_conflict::RULE,
    &footnote_unmatched::RULE,
    &foreign_syntax::RULE,
    &fragment_taken::RULE,
    &garbled_text::RULE,
    &history_mismatch::RULE,
    &html_removed::RULE,
    &leg_out_of_order::RULE,
    &likelihood_with_confidence::RULE,
    &locator_past_end::RULE,
    &metadata_kept::RULE,
    &metadata_left::RULE,
    &missed_markup::RULE,
    &missing_alt_text::RULE,
    &missing_asset::RULE,
    &missing_captions::RULE,
    &mistyped_address::RULE,
    &mixed_likelihood::RULE,
    &orphan_entity::RULE,
    &output_collision::RULE,
    &path_astray::RULE,
    &path_outside_dates::RULE,
    &path_unreadable::RULE,
    &pattern_without_file::RULE,
    &place_outside_country::RULE,
    &quote_ambiguous::RULE,
    &quote_moved::RULE,
    &quote_not_found::RULE,
    &rating_off_scale::RULE,
    &redaction_unsearched::RULE,
    &remote_picture::RULE,
    &role_outside_dates::RULE,
    &route_discontinuity::RULE,
    &sea_leg_on_land::RULE,
    &season_or_years::RULE,
    &self_reference::RULE,
    &single_source_corroboration::RULE,
    &source_before_claim::RULE,
    &source_without_archive::RULE,
    &stale_translation::RULE,
    &statement_before_event::RULE,
    &status_mismatch::RULE,
    &supersede_cycle::RULE,
    &text_not_shown::RULE,
    &translation_without_original::RULE,
    &unclear_alias::RULE,
    &unclear_author::RULE,
    &unknown_value::RULE,
    &unlinked_mention::RULE,
    &unplayable_media::RULE,
    &unportable_name::RULE,
    &unpublished_file::RULE,
    &unresolved_reference::RULE,
    &unsafe_link::RULE,
    &unverified_unsaid::RULE,
    &value_differs::RULE,
    &withdrawal_without_reason::RULE,
];
