//! The theme's icon as bitmaps, for software that does not support `favicon.svg`: old browsers, feed readers,
//! home screens.

use resvg::tiny_skia::{Color, Pixmap, Transform};
use resvg::usvg::{ImageHrefResolver, Options, Tree};

/// The file that they are drawn from.
pub(crate) const SOURCE: &str = "favicon.svg";
/// The icon as an ICO, and for Apple's home screens.
pub(crate) const ICO: &str = "favicon.ico";
/// See [`ICO`].
pub(crate) const TOUCH: &str = "apple-touch-icon.png";

/// The sides, in pixels: one that every browser supports, and the one that Apple requires.
const ICO_SIDE: u8 = 32;
const TOUCH_SIDE: u32 = 180;
/// The margin of a home screen's icon, whose corners are cut off.
const MARGIN: u32 = 22;

/// Both bitmaps, by name.
///
/// # Errors
/// If the source is not an SVG, or has no size.
pub(crate) fn drawn(svg: &[u8]) -> Result<[(&'static str, Vec<u8>); 2], String> {
    // The theme may be somebody else's, and the reader would open any file on this computer that it names.
    let nothing =
        ImageHrefResolver { resolve_data: Box::new(|_, _, _| None), resolve_string: Box::new(|_, _| None) };
    let options = Options { image_href_resolver: nothing, ..Options::default() };
    let tree = Tree::from_data(svg, &options).map_err(|why| why.to_string())?;
    let small = picture(&tree, u32::from(ICO_SIDE), 0, Color::TRANSPARENT)?;
    // Transparent areas are black on a home screen.
    let touch = picture(&tree, TOUCH_SIDE, MARGIN, Color::WHITE)?;
    Ok([(ICO, ico(&small)), (TOUCH, touch)])
}

/// The drawing as a square PNG: as large as possible, centred.
fn picture(tree: &Tree, side: u32, margin: u32, paper: Color) -> Result<Vec<u8>, String> {
    let mut pixels = Pixmap::new(side, side).ok_or("it has no size")?;
    pixels.fill(paper);
    let (width, height) = (tree.size().width(), tree.size().height());
    let scale = (side - 2 * margin) as f32 / width.max(height);
    let middle = side as f32 / 2.0;
    let place = Transform::from_scale(scale, scale)
        .post_translate(middle - width * scale / 2.0, middle - height * scale / 2.0);
    resvg::render(tree, place, &mut pixels.as_mut());
    pixels.encode_png().map_err(|why| why.to_string())
}

/// An ICO that contains one PNG: the directory, its entry (width, height, colours, planes, bits, length,
/// start), the picture.
fn ico(png: &[u8]) -> Vec<u8> {
    const HEAD: u32 = 22;
    let mut file = vec![0, 0, 1, 0, 1, 0, ICO_SIDE, ICO_SIDE, 0, 0, 1, 0, 32, 0];
    file.extend(u32::try_from(png.len()).unwrap_or(u32::MAX).to_le_bytes());
    file.extend(HEAD.to_le_bytes());
    file.extend(png);
    file
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_icon_is_drawn_as_an_ico_and_for_home_screens() {
        let wide =
            br#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 20 10"><path d="M0 0h20v10H0z"/></svg>"#;
        let [(_, ico), (_, touch)] = drawn(wide).unwrap();
        assert_eq!(&ico[..6], [0, 0, 1, 0, 1, 0]);
        let small = Pixmap::decode_png(&ico[22..]).unwrap();
        assert_eq!((small.width(), small.height()), (32, 32));
        let alpha = |x, y| small.pixel(x, y).unwrap().alpha();
        assert_eq!((alpha(1, 16), alpha(16, 2)), (255, 0));
        let touch = Pixmap::decode_png(&touch).unwrap();
        assert_eq!(touch.width(), 180);
        assert!(touch.pixels().iter().all(|pixel| pixel.alpha() == 255));
        assert!(drawn(b"<p>").is_err());
    }

    #[test]
    fn an_icon_shows_no_file_of_this_computer() {
        let folder = tempfile::tempdir().unwrap();
        let secret = folder.path().join("secret.svg");
        #[expect(clippy::disallowed_methods, reason = "a file outside of any dossier")]
        std::fs::write(
            &secret,
            r#"<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><path d="M0 0h9v9H0z"/></svg>"#,
        )
        .unwrap();
        for address in [secret.display().to_string(), format!("file://{}", secret.display())] {
            let icon = format!(
                r#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><image href="{address}" width="9" height="9"/></svg>"#
            );
            let [(_, ico), _] = drawn(icon.as_bytes()).unwrap();
            let shown = Pixmap::decode_png(&ico[22..]).unwrap();
            assert!(shown.pixels().iter().all(|pixel| pixel.alpha() == 0), "{address}");
        }
    }
}
