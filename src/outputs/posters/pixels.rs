//! Converts a drawing to PNG with resvg.

use std::sync::{Arc, LazyLock};

use resvg::{tiny_skia, usvg};

use crate::base::id::Lang;
use crate::draw::poster::{HEIGHT, WIDTH};

/// The typeface in its two weights, then those for what it lacks; `fonts.py` in this folder makes them.
const SERIF: [&[u8]; 2] =
    [include_bytes!("source-serif-4-400.ttf"), include_bytes!("source-serif-4-600.ttf")];
const ARABIC: &[u8] = include_bytes!("noto-naskh-arabic-500.ttf");
const JAPANESE: &[u8] = include_bytes!("noto-sans-jp-500.ttf");
const KOREAN: &[u8] = include_bytes!("noto-sans-kr-500.ttf");
const CHINESE: &[u8] = include_bytes!("noto-sans-sc-500.ttf");

/// For each language, the typefaces: a character that several of them have is drawn as the first of them does it.
static LETTERS: LazyLock<[Arc<usvg::fontdb::Database>; 2]> =
    LazyLock::new(|| [letters([JAPANESE, KOREAN, CHINESE]), letters([CHINESE, KOREAN, JAPANESE])]);

fn letters(others: [&'static [u8]; 3]) -> Arc<usvg::fontdb::Database> {
    let mut letters = usvg::fontdb::Database::new();
    for font in SERIF.into_iter().chain([ARABIC]).chain(others) {
        letters.load_font_source(usvg::fontdb::Source::Binary(Arc::new(font)));
    }
    Arc::new(letters)
}

/// The drawing as a PNG, for readers of a language.
///
/// # Errors
/// If the SVG is invalid, which is a bug in the code that draws it.
pub(crate) fn png(svg: &str, lang: &Lang) -> Result<Vec<u8>, String> {
    let options = usvg::Options {
        fontdb: LETTERS[usize::from(lang.as_str().starts_with("zh"))].clone(),
        font_family: "Source Serif 4".to_owned(),
        ..usvg::Options::default()
    };
    let tree = usvg::Tree::from_str(svg, &options).map_err(|why| why.to_string())?;
    let mut pixels = tiny_skia::Pixmap::new(WIDTH as u32, HEIGHT as u32).ok_or("it has no size")?;
    resvg::render(&tree, tiny_skia::Transform::identity(), &mut pixels.as_mut());
    pixels.encode_png().map_err(|why| why.to_string())
}
