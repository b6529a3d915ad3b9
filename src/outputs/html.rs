//! The pages, and the theme's assets that they load.

use super::{Bundle, Content, Output, Press};
use crate::base::path::SitePath;

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

    fn find(&self, press: &Press<'_>, path: &SitePath) -> Option<Content> {
        let page = press.site.find(path).map(Content::Page);
        let asset = || press.assets.contents().find(|(other, _)| *other == path);
        page.or_else(|| asset().map(|(_, bytes)| Content::Bytes(bytes.to_vec())))
    }
}
