//! Social cards: pictures of pages for other sites, under `assets/cards/`. Drawn as SVG by the view, set in pixels here, with
//! the letters of Source Serif 4 (SIL Open Font License 1.1, beside this file) and no others.

use std::sync::{Arc, LazyLock};

use resvg::{tiny_skia, usvg};

use super::{Bundle, Content, Output, Press};
use crate::base::path::SitePath;
use crate::pages::PageId;
use crate::draw::poster::{HEIGHT, WIDTH};

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

/// The drawing as a PNG.
///
/// # Errors
/// Where it is no SVG: the program that draws it is wrong.
pub fn png(svg: &str) -> Result<Vec<u8>, String> {
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
