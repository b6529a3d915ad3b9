//! What a site is written with: `dossier.toml`, the theme and the words of its languages.

use std::sync::Arc;

use super::Options;
use crate::base::diagnostic::Diagnostic;
use crate::base::hash::Fingerprint;
use crate::config::{self, Config};
use crate::locale::Locale;
use crate::theme::{Assets, Theme};
use crate::world::World;

/// The settings, read.
pub struct Settings {
    pub config: Config,
    pub theme: Theme,
    /// The theme's assets under the names they are published by.
    pub assets: Assets,
    pub locales: Vec<Arc<Locale>>,
    pub diagnostics: Vec<Diagnostic>,
    /// Of `dossier.toml`.
    pub config_fingerprint: Fingerprint,
    /// Of all of it.
    pub fingerprint: Fingerprint,
}

impl Settings {
    /// Reads them.
    pub fn read(world: &dyn World, options: &Options) -> Settings {
        let text = world.read(&config::FILE.into()).unwrap_or_default();
        let config_fingerprint = Fingerprint::of(&text);
        let config = config::read(world, options.base_url.as_deref());
        let mut diagnostics = config.diagnostics;
        let config = config.value;
        let theme = Theme::read(world, &config);
        diagnostics.extend(theme.diagnostics);
        let theme = theme.value;
        let mut locales = Vec::with_capacity(config.languages.len());
        for lang in &config.languages {
            let locale = Locale::read(lang, &theme);
            locales.push(Arc::new(locale.value));
            diagnostics.extend(locale.diagnostics);
        }
        let fingerprint = Fingerprint::of_all([text.as_ref(), theme.fingerprint().as_bytes()]);
        let assets = theme.assets();
        Settings { config, theme, assets, locales, diagnostics, config_fingerprint, fingerprint }
    }
}
