//! The theme's assets, in `assets/`. Their names contain a hash of the content, so the whole folder is
//! reserved for the theme.

use super::{Output, Routes, SiteBuilder};
use crate::base::diagnostic::Diagnostic;
use crate::base::path::SitePath;
use crate::link::layout;
use crate::site::{FileKey, SiteInput};

pub(crate) struct ThemeAssets;

impl Output for ThemeAssets {
    fn name(&self) -> &'static str {
        "theme asset"
    }

    fn routes(&self, _: &SiteInput<'_>, routes: &mut Routes<'_>) {
        routes.reserve(layout::ASSETS.into());
    }

    fn members(&self, builder: &SiteBuilder<'_>) -> Vec<(SitePath, FileKey)> {
        let paths = builder.assets.paths().enumerate();
        paths.map(|(number, (_, path))| (path.clone(), FileKey::numbered(number))).collect()
    }

    fn bytes(&self, builder: &SiteBuilder<'_>, _: &SitePath, key: FileKey) -> Result<Vec<u8>, Diagnostic> {
        Ok(builder.assets.contents().nth(key.number).map_or_else(Vec::new, |(_, bytes)| bytes.to_vec()))
    }

    fn is_searched(&self, builder: &SiteBuilder<'_>, key: FileKey) -> bool {
        builder.assets.is_authors(key.number)
    }
}
