//! Converts a drawing to PNG with resvg.

use std::sync::{Arc, LazyLock};

use resvg::{tiny_skia, usvg};

use crate::draw::poster::{HEIGHT, WIDTH};

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

/// The drawing as a PNG.
///
/// # Errors
/// If the SVG is invalid, which is a bug in the code that draws it.
pub(crate) fn png(svg: &str) -> Result<Vec<u8>, String> {
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
