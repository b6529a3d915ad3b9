//! Social cards: pictures of pages for other sites, under `assets/cards/`. Drawn as SVG by the view, set in pixels here, with
//! the letters of Source Serif 4 (SIL Open Font License 1.1, beside this file) and no others.

#[cfg(feature = "cards")]
mod pixels;
#[cfg(not(feature = "cards"))]
#[path = "absent.rs"]
mod pixels;

pub use pixels::png;

use super::{Bundle, Content, Output, Press};
use crate::base::path::SitePath;
use crate::view::PageId;

/// See the module.
pub struct Posters;

impl Output for Posters {
    fn name(&self) -> &'static str {
        "social cards"
    }

    fn fill(&self, press: &Press<'_>, bundle: &mut Bundle) {
        let site = &press.site;
        for (ix, _) in site.graph().iter() {
            for lang in 0..site.locales().len() {
                if let Some(path) = site.poster_path(ix, lang) {
                    bundle.add(path, Content::Poster(ix, lang));
                }
            }
        }
    }

    fn find(&self, press: &Press<'_>, path: &SitePath) -> Option<Content> {
        let stem = path.as_str().strip_prefix("assets/cards/")?.strip_suffix(".png")?;
        match press.site.find(&format!("{stem}.html").into())? {
            PageId::Entity(ix, lang)
                if press.site.poster_path(ix, lang).is_some_and(|known| known == *path) =>
            {
                Some(Content::Poster(ix, lang))
            }
            _ => None,
        }
    }
}
