//! The typefaces of social cards, and which texts they can set.

use std::sync::LazyLock;

use skrifa::charmap::Charmap;
use skrifa::{FontRef, MetadataProvider};

/// The typeface in its two weights, then those for what it lacks; `fonts.py` beside them makes them.
pub(crate) const SERIF: [&[u8]; 2] =
    [include_bytes!("source-serif-4-400.ttf"), include_bytes!("source-serif-4-600.ttf")];
/// See [`SERIF`]. It has the letters of the typeface, too.
pub(crate) const ARABIC: &[u8] = include_bytes!("noto-naskh-arabic-500.ttf");
/// See [`SERIF`].
pub(crate) const JAPANESE: &[u8] = include_bytes!("noto-sans-jp-500.ttf");
/// See [`SERIF`].
pub(crate) const KOREAN: &[u8] = include_bytes!("noto-sans-kr-500.ttf");
/// See [`SERIF`].
pub(crate) const CHINESE: &[u8] = include_bytes!("noto-sans-sc-500.ttf");

/// Whether a text can be set: from the faces whose letters stand alone, or in the one whose letters join. resvg puts
/// glyphs of several faces together only where each letter is one glyph.
pub(crate) fn can_be_set(text: &str) -> bool {
    static APART: LazyLock<Vec<Charmap<'static>>> =
        LazyLock::new(|| charmaps(&[SERIF[0], JAPANESE, KOREAN, CHINESE]));
    static JOINED: LazyLock<Vec<Charmap<'static>>> = LazyLock::new(|| charmaps(&[ARABIC]));
    // Marks that turn a text, and joiners, are drawn as nothing.
    let is_silent =
        |c: char| c.is_control() || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2066}'..='\u{2069}');
    let has = |maps: &[Charmap<'_>]| {
        text.chars().all(|c| is_silent(c) || maps.iter().any(|map| map.map(c).is_some()))
    };
    has(&APART) || has(&JOINED)
}

fn charmaps(faces: &[&'static [u8]]) -> Vec<Charmap<'static>> {
    faces.iter().filter_map(|face| Some(FontRef::new(face).ok()?.charmap())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_in_the_scripts_of_the_program_s_languages_can_be_set() {
        for title in [
            "Судно вышло",
            "Ґанок і її",
            "غادرت السفينة “Ангара” 200 km",
            "배가 떠났다",
            "船が港を出た",
            "船已离港",
            "Πλοίο",
            "Łódź “–”",
        ] {
            assert!(can_be_set(title), "{title}");
        }
        assert!(!can_be_set("जहाज़ रवाना हुआ"));
        assert!(!can_be_set("السفينة 船"));
    }
}
