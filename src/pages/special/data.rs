//! The data files that the site offers: content, size and licence of each.

use url::Url;

use super::sort::Special;
use crate::base::media::media_type;
use crate::exports::{Exports, File};
use crate::link::layout;
use crate::pages::head::HeadParts;
use crate::reader::{Reader, Site, plural};
use crate::shown::{DataFile, DataPage, Page, Pagination, SignatureShown};
use crate::site::SiteInput;

pub(crate) struct Data;

impl Special for Data {
    fn name(&self) -> &'static str {
        "data"
    }

    fn parts(&self, input: &SiteInput<'_>) -> usize {
        let has_files = !Exports::of(input.graph, input.config).files().is_empty();
        usize::from(has_files || input.config.signature.as_ref().is_some_and(|signature| signature.is_shown))
    }

    fn count(&self, site: &Site<'_>) -> usize {
        site.exports().files().len()
    }

    fn page(&self, reader: Reader<'_>, _: usize, head: HeadParts<'_>, _: Option<Pagination>) -> Page {
        let files = reader.site.exports().files().iter().enumerate();
        let license = reader.config.license.clone();
        let is_address = |text: &String| text.starts_with("https://") || text.starts_with("http://");
        Page::Data(DataPage {
            head: head.head(reader),
            files: files.map(|(number, file)| data_file(reader, number, file)).collect(),
            is_address: license.as_ref().is_some_and(is_address),
            license,
            signature: reader.config.signature.as_ref().filter(|signature| signature.is_shown).map(
                |signature| SignatureShown {
                    key: signature.key.value.clone(),
                    authority: signature
                        .authority
                        .as_ref()
                        .and_then(|url| Some(Url::parse(url).ok()?.host_str()?.to_owned())),
                    copy: reader.config.base_url.clone(),
                },
            ),
        })
    }
}

fn data_file(reader: Reader<'_>, number: usize, file: &File) -> DataFile {
    let bytes = reader.site.exports().bytes(number).map_or(0, |bytes| bytes.len());
    DataFile {
        path: layout::encoded(&file.path),
        name: file.path.name().to_owned(),
        word: file.export.name(file.number()),
        kind: file.kind.map(|kind| plural(kind, reader.locale)),
        media: media_type(&file.path),
        size: reader.locale.size(bytes),
    }
}
