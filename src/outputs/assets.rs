//! The files that lie beside the content: pictures, data, documents.

use super::{Bundle, Content, Output, Press};
use crate::base::path::SitePath;
use crate::link::layout;
use crate::load::CONTENT;

/// See the module.
pub struct ContentAssets;

impl Output for ContentAssets {
    fn name(&self) -> &'static str {
        "assets"
    }

    fn fill(&self, press: &Press<'_>, bundle: &mut Bundle) {
        for path in press.site.graph().assets.iter() {
            bundle.add(layout::asset(path), Content::Input(path.clone()));
        }
    }

    fn find(&self, press: &Press<'_>, path: &SitePath) -> Option<Content> {
        let input = press.site.graph().assets.get(format!("{CONTENT}/{path}").as_str())?;
        Some(Content::Input(input.clone()))
    }
}
