//! The pages, and the theme's assets that they load.

use super::{Bundle, Content, Output, Press};

/// See the module.
pub struct Html;

impl Output for Html {
    fn name(&self) -> &'static str {
        "html"
    }

    fn fill(&self, press: &Press<'_>, bundle: &mut Bundle) {
        for (path, id) in press.site.pages() {
            bundle.add(path, Content::Page(id));
        }
        for (path, bytes) in press.assets.contents() {
            bundle.add(path.clone(), Content::Bytes(bytes.to_vec()));
        }
    }
}
