//! Social cards: pictures of pages for other sites, under `assets/cards/`. Drawn as SVG by the view, set in pixels here, with
//! the letters of Source Serif 4 (SIL Open Font License 1.1, beside this file) and no others.

use std::sync::{Arc, LazyLock};

use resvg::{tiny_skia, usvg};

use super::{Output, Routes, SiteBuilder};
use crate::base::diagnostic::Diagnostic;
use crate::base::hash::Fingerprint;
use crate::base::path::SitePath;
use crate::link::layout;
use crate::site::{FileKey, SiteInput, Subject};
use crate::theme::BROKEN_THEME;
use crate::view::poster::{self, HEIGHT, WIDTH};

/// See the module.
pub struct Posters;

/// Instances of the variable font at weights 400 and 600.
const FONTS: [&[u8]; 4] = [
    include_bytes!("source-serif-4-latin-400.ttf"),
    include_bytes!("source-serif-4-latin-600.ttf"),
    include_bytes!("source-serif-4-latin-ext-400.ttf"),
    include_bytes!("source-serif-4-latin-ext-600.ttf"),
];

static LETTERS: LazyLock<Arc<usvg::fontdb::Database>> = LazyLock::new(|| {
    let mut letters = usvg::fontdb::Database::new();
    FONTS.into_iter().for_each(|font| letters.load_font_data(font.to_vec()));
    Arc::new(letters)
});

impl Output for Posters {
    fn name(&self) -> &'static str {
        "social card"
    }

    fn routes(&self, input: &SiteInput<'_>, routes: &mut Routes<'_>) {
        for (ix, entity) in input.graph.iter() {
            for (number, lang) in input.languages().filter(|(_, lang)| poster::has_card(input, entity, lang))
            {
                let key = FileKey::of(Subject::Entity(ix)).in_language(number);
                routes.add(layout::social_card(input.graph, entity, lang), key);
            }
        }
    }

    fn bytes(&self, builder: &SiteBuilder<'_>, path: &SitePath, key: FileKey) -> Result<Vec<u8>, Diagnostic> {
        let svg = key.entity().map(|ix| builder.site.poster(ix, key.lang)).unwrap_or_default();
        // Another program may draw it otherwise.
        let made_from = Fingerprint::of_all([env!("CARGO_PKG_VERSION").as_bytes(), svg.as_bytes()]);
        if let Some(kept) = builder.cache.and_then(|cache| cache.get(made_from)) {
            return Ok(kept);
        }
        let png = png(&svg).map_err(|why| BROKEN_THEME.found(format!("cannot draw `{path}`: {why}")))?;
        if let Some(cache) = builder.cache {
            cache.put(made_from, &png);
        }
        Ok(png)
    }
}

/// The drawing as a PNG.
///
/// # Errors
/// Where it is no SVG: the program that draws it is wrong.
fn png(svg: &str) -> Result<Vec<u8>, String> {
    let options = usvg::Options {
        fontdb: LETTERS.clone(),
        font_family: "Source Serif 4".to_owned(),
        ..usvg::Options::default()
    };
    let tree = usvg::Tree::from_str(svg, &options).map_err(|why| why.to_string())?;
    let mut pixels = tiny_skia::Pixmap::new(WIDTH as u32, HEIGHT as u32).ok_or("it has no size")?;
    resvg::render(&tree, tiny_skia::Transform::identity(), &mut pixels.as_mut());
    pixels.encode_png().map_err(|why| why.to_string())
}
