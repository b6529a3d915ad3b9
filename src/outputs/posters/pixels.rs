//! Converts a drawing to PNG with resvg.

use std::sync::{Arc, LazyLock};

use resvg::{tiny_skia, usvg};

use crate::base::id::Lang;
use crate::draw::letters::{ARABIC, CHINESE, JAPANESE, KOREAN, SERIF};
use crate::draw::poster::{HEIGHT, WIDTH};

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
    let tree = laid_out(svg, lang)?;
    let mut pixels = tiny_skia::Pixmap::new(WIDTH as u32, HEIGHT as u32).ok_or("it has no size")?;
    resvg::render(&tree, tiny_skia::Transform::identity(), &mut pixels.as_mut());
    pixels.encode_png().map_err(|why| why.to_string())
}

fn laid_out(svg: &str, lang: &Lang) -> Result<usvg::Tree, String> {
    let options = usvg::Options {
        fontdb: LETTERS[usize::from(lang.as_str().starts_with("zh"))].clone(),
        font_family: "Source Serif 4".to_owned(),
        ..usvg::Options::default()
    };
    usvg::Tree::from_str(svg, &options).map_err(|why| why.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::draw::letters::can_be_set;

    /// How many glyphs of a text are the box that stands for a letter which a face lacks.
    fn boxes(text: &str, lang: &str) -> usize {
        let svg = format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"9\" height=\"9\"><text font-weight=\"600\">{text}</text></svg>"
        );
        let tree = laid_out(&svg, &Lang::parse(lang).unwrap()).unwrap();
        let glyphs = |node: &usvg::Node| match node {
            usvg::Node::Text(text) => {
                let spans = text.layouted().iter();
                spans.flat_map(|span| &span.positioned_glyphs).filter(|glyph| glyph.id.0 == 0).count()
            }
            _ => 0,
        };
        tree.root().children().iter().map(glyphs).sum()
    }

    #[test]
    fn what_can_be_set_is_set_without_boxes() {
        let texts = [
            ("en", "More than 1,000 containers · Łódź “–”"),
            ("uk", "Понад 1 000 контейнерів · Ґанок"),
            ("ar", "حملت السفينة أورورا 200 طن من الحبوب لا غير"),
            ("ar", "نبأ · 13 أكتوبر 2023، “Ангара” و AFP"),
            ("ja", "3隻の船が2023年10月13日に出港した（AFP）"),
            ("ko", "배가 2023년 10월 13일에 떠났다 · AFP"),
            ("zh", "官方称船运载了1,200吨粮食・AFP"),
        ];
        for (lang, text) in texts {
            assert!(can_be_set(text), "{text}");
            assert_eq!(boxes(text, lang), 0, "{text}");
        }
        assert!(boxes("जहाज़", "en") > 0);
    }
}
