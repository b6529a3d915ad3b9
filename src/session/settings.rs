//! The settings of a site: `dossier.toml`, the theme and the strings of its languages.

use std::sync::{Arc, OnceLock};

use super::Options;
use crate::base::diagnostic::{Diagnostic, Reported};
use crate::base::hash::Fingerprint;
use crate::citation::Citer;
use crate::config::{self, Config};
use crate::locale::Locale;
use crate::reader::Style;
use crate::render::Templates;
use crate::theme::{Assets, Theme};
use crate::world::World;

pub(crate) struct Settings {
    pub config: Config,
    theme: Theme,
    /// The theme's assets, by published name.
    pub assets: Assets,
    pub locales: Vec<Arc<Locale>>,
    citer: Option<Arc<Citer>>,
    templates: OnceLock<Reported<Option<Arc<Templates>>>>,
    pub diagnostics: Vec<Diagnostic>,
    /// The fingerprint of `dossier.toml` and the list of redactions.
    pub config_fingerprint: Fingerprint,
    pub fingerprint: Fingerprint,
}

impl Settings {
    /// Reads the settings. Locales that are unchanged since `before` are reused.
    pub(crate) fn read(world: &dyn World, options: &Options, before: Option<&Settings>) -> Settings {
        let text = world.read(&config::FILE.into()).unwrap_or_default();
        let config = config::read(world, options.base_url.as_deref());
        let mut diagnostics = config.diagnostics;
        let mut config = config.value;
        if let Some(signature) = &mut config.signature {
            signature.is_shown = options.signed;
        }
        // The list of redactions can be in a separate file.
        let redact = format!("{:?}", config.redact);
        let config_fingerprint = Fingerprint::of_all([text.as_ref(), redact.as_bytes()]);
        let theme = Theme::read(world, &config);
        diagnostics.extend(theme.diagnostics);
        let theme = theme.value;
        let mut locales = Vec::with_capacity(config.languages.len());
        for lang in &config.languages {
            let locale = Locale::read(lang, &theme);
            let same = |before: &&Arc<Locale>| before.lang == *lang && before.strings == locale.value.strings;
            let known = before.and_then(|before| before.locales.iter().find(same));
            locales.push(known.cloned().unwrap_or_else(|| Arc::new(locale.value)));
            diagnostics.extend(locale.diagnostics);
        }
        let citer = Citer::read(world, &config);
        diagnostics.extend(citer.diagnostics);
        let fingerprint =
            Fingerprint::of_all([config_fingerprint.as_bytes(), theme.fingerprint().as_bytes()]);
        let Reported { value: assets, diagnostics: found } = theme.assets();
        diagnostics.extend(found);
        Settings {
            config,
            theme,
            assets,
            locales,
            citer: citer.value,
            templates: OnceLock::new(),
            diagnostics,
            config_fingerprint,
            fingerprint,
        }
    }

    /// The text of the site's own theme.
    pub(crate) fn own_theme(&self) -> String {
        self.theme.own_text()
    }

    /// Whether previews and lists come out the same, because the languages, their strings and the typography are the
    /// same.
    pub(crate) fn same_words(&self, other: &Settings) -> bool {
        self.config.dialect == other.config.dialect
            && self.locales.len() == other.locales.len()
            && self.locales.iter().zip(&other.locales).all(|(a, b)| Arc::ptr_eq(a, b))
    }

    /// What the rendering of the site depends on.
    pub(crate) fn style(&self) -> Style<'_> {
        Style { config: &self.config, locales: &self.locales, citer: self.citer.as_deref() }
    }

    /// The theme's templates, read on first use.
    pub(crate) fn templates(&self) -> &Reported<Option<Arc<Templates>>> {
        self.templates.get_or_init(|| {
            let Reported { value, diagnostics } = Templates::read(&self.theme, &self.assets, &self.locales);
            Reported { value: value.map(Arc::new), diagnostics }
        })
    }
}
