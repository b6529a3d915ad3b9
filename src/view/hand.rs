//! What a site is written with.

use std::sync::Arc;

use crate::citation::Citer;
use crate::config::Config;
use crate::locale::Locale;

/// What a site is written with: settings, words, citation style.
#[derive(Copy, Clone)]
pub struct Hand<'a> {
    /// The settings.
    pub config: &'a Config,
    /// One for each language, in their order.
    pub locales: &'a [Arc<Locale>],
    /// How references to sources are written; none where there is to be no bibliography.
    pub citer: Option<&'a Citer>,
}
