//! The files of data that the site gives away: what each holds, how large it is, and under which licence.

use super::super::datum::Datum;
use super::super::index::plural;
use super::super::page::Page;
use super::Special;
use crate::base::media::media_type;
use crate::exports::Exports;
use crate::exports::File;
use crate::link::layout;
use crate::site::SiteInput;
use crate::view::Site;

/// See the module.
pub struct Data;

impl Special for Data {
    fn name(&self) -> &'static str {
        "data"
    }

    fn parts(&self, input: &SiteInput<'_>) -> usize {
        usize::from(!Exports::of(input.graph, input.config).files().is_empty())
    }

    fn count(&self, site: &Site<'_>) -> usize {
        site.exports.files().len()
    }

    fn fill(&self, site: &Site<'_>, _part: usize, lang: usize, page: &mut Page) {
        let locale = &site.locales[lang];
        let size = |number: usize| {
            let bytes = site.exports.bytes(number).map_or(0, |bytes| bytes.len());
            let (unit, count) = match bytes {
                0..1_000 => ("bytes", bytes),
                1_000..1_000_000 => ("kilobytes", bytes.div_ceil(1_000)),
                _ => ("megabytes", bytes.div_ceil(1_000_000)),
            };
            locale.fill(&format!("special.data.{unit}"), &[("n", &locale.number(count as f64))])
        };
        let file = |(number, file): (usize, &File)| {
            Datum::record([
                ("path", layout::encoded(&file.path).into()),
                ("name", file.path.name().to_owned().into()),
                ("word", file.export.name(file.number()).into()),
                ("kind", Datum::maybe(file.kind, |kind| plural(kind, locale).into())),
                ("media", media_type(&file.path).into()),
                ("size", size(number).into()),
            ])
        };
        let license = site.config.license.as_deref();
        let is_address =
            license.is_some_and(|text| text.starts_with("https://") || text.starts_with("http://"));
        page.special = Datum::record([
            ("files", Datum::list(site.exports.files().iter().enumerate(), file)),
            ("license", Datum::maybe(license, |text| text.to_owned().into())),
            ("is_address", is_address.into()),
        ]);
    }
}
