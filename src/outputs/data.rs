//! The data files, made by [`exports`](crate::exports).

use super::{Output, Routes, SiteBuilder};
use crate::base::diagnostic::Diagnostic;
use crate::base::path::SitePath;
use crate::exports::Exports;
use crate::site::{FileKey, SiteInput};

pub(crate) struct Data;

impl Output for Data {
    fn name(&self) -> &'static str {
        "data file"
    }

    fn routes(&self, input: &SiteInput<'_>, routes: &mut Routes<'_>) {
        for (number, file) in Exports::of(input.graph, input.config).files().iter().enumerate() {
            routes.add(file.path.clone(), FileKey::numbered(number));
        }
    }

    fn bytes(&self, builder: &SiteBuilder<'_>, _: &SitePath, key: FileKey) -> Result<Vec<u8>, Diagnostic> {
        Ok(builder.site.exports().bytes(key.number).unwrap_or_default().to_vec())
    }
}
