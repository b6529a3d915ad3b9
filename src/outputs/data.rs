//! The files of data: [`exports`](crate::exports) makes them.

use super::{Bundle, Content, Output, Press};
use crate::base::path::SitePath;

/// See the module.
pub struct Data;

impl Output for Data {
    fn name(&self) -> &'static str {
        "data"
    }

    fn fill(&self, press: &Press<'_>, bundle: &mut Bundle) {
        for (number, file) in press.site.exports().files().iter().enumerate() {
            bundle.add(file.path.clone(), Content::Export(number));
        }
    }

    fn find(&self, press: &Press<'_>, path: &SitePath) -> Option<Content> {
        press.site.exports().files().iter().position(|file| file.path == *path).map(Content::Export)
    }
}
