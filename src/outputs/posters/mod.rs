//! Social cards: the pictures of pages in link previews on other sites, under `assets/cards/`. `pages` draws
//! them as SVG, and this module converts them to PNG. The fonts are Source Serif 4, and Noto for the scripts that it
//! lacks (SIL Open Font License 1.1, next to this file).

#[cfg(feature = "cards")]
mod pixels;
#[cfg(not(feature = "cards"))]
#[path = "absent.rs"]
mod pixels;

use pixels::png;

use super::{Output, Routes, SiteBuilder};
use crate::base::diagnostic::Diagnostic;
use crate::base::hash::Fingerprint;
use crate::base::path::SitePath;
use crate::link::layout;
use crate::pages::has_card;
use crate::site::{FileKey, SiteInput, Subject};
use crate::theme::BROKEN_THEME;

pub(crate) struct Posters;

impl Output for Posters {
    fn name(&self) -> &'static str {
        "social card"
    }

    fn routes(&self, input: &SiteInput<'_>, routes: &mut Routes<'_>) {
        for (ix, entity) in input.graph.iter() {
            for (number, lang) in input.languages().filter(|(_, lang)| has_card(input, entity, lang)) {
                let key = FileKey::of(Subject::Entity(ix)).in_language(number);
                routes.add(layout::social_card(input.graph, entity, lang), key);
            }
        }
    }

    fn bytes(&self, builder: &SiteBuilder<'_>, path: &SitePath, key: FileKey) -> Result<Vec<u8>, Diagnostic> {
        let svg = key.entity().map(|ix| builder.site.poster(ix, key.lang)).unwrap_or_default();
        let lang = &builder.site.locales()[key.lang].lang;
        // Another version of the program may render it differently.
        let made_from = Fingerprint::of_all([
            env!("CARGO_PKG_VERSION").as_bytes(),
            lang.as_str().as_bytes(),
            svg.as_bytes(),
        ]);
        if let Some(kept) = builder.cache.and_then(|cache| cache.get(made_from)) {
            return Ok(kept);
        }
        let png =
            png(&svg, lang).map_err(|why| BROKEN_THEME.found(format!("cannot draw `{path}`: {why}")))?;
        if let Some(cache) = builder.cache {
            cache.put(made_from, &png);
        }
        Ok(png)
    }
}
