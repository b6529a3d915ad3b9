//! `dossier.epub`: the dossier as an EPUB 3.3, one per language. It has a file for each page, in the order of
//! the [book](crate::shown::Book). It contains pictures and maps, and links lead to other parts of the book
//! where possible.

mod package;

use std::collections::BTreeSet;
use std::io::{Cursor, Write};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, System, ZipWriter};

use super::{Output, Routes, SiteBuilder};
use crate::base::diagnostic::Diagnostic;
use crate::base::path::SitePath;
use crate::config::BookFormat;
use crate::link::layout;
use crate::render::picture_name;
use crate::site::{FileKey, SiteInput, Subject};
use crate::theme::BROKEN_THEME;
use package::{File, Package};

pub(crate) struct Epub;

impl Output for Epub {
    fn name(&self) -> &'static str {
        "EPUB"
    }

    fn routes(&self, input: &SiteInput<'_>, routes: &mut Routes<'_>) {
        if input.has_book(BookFormat::Epub) {
            for (number, lang) in input.languages() {
                let path = layout::epub(lang, input.graph.default_language());
                routes.add(path, FileKey::of(Subject::Site).in_language(number));
            }
        }
    }

    fn bytes(&self, builder: &SiteBuilder<'_>, path: &SitePath, key: FileKey) -> Result<Vec<u8>, Diagnostic> {
        epub(builder, path, key.lang)
    }

    fn is_searched(&self, _: &SiteBuilder<'_>, _: FileKey) -> bool {
        // Each file in it is, before it is packed.
        false
    }
}

/// The EPUB in a language.
///
/// # Errors
/// If a page cannot be rendered, a picture cannot be read, or the book contains something that must not be
/// published.
fn epub(builder: &SiteBuilder<'_>, own: &SitePath, lang: usize) -> Result<Vec<u8>, Diagnostic> {
    let site = &builder.site;
    let book = site.book(lang);
    let tag = site.locales()[lang].lang.to_string();
    let picture = |path: &str| builder.picture(path);
    let has_picture = |path: &str| picture(path).is_some();
    let bound = builder.renderer.sections(&book, &tag, BookFormat::Epub, &has_picture)?;
    let mut pictures = Vec::new();
    for path in bound.iter().flat_map(|bound| &bound.pictures).collect::<BTreeSet<_>>() {
        if let (Some((found, route)), Some(name)) = (picture(path), picture_name(path)) {
            pictures.push((name, builder.bytes(&found, &route)?));
        }
    }
    let style = builder.assets.named("epub.css").unwrap_or_default().to_vec();
    let package = Package::new(site, &book, &bound, own, lang);
    let files = package.files(pictures, style);
    let is_own = |file: &&File| file.media != "text/css" || builder.assets.is_named_by_author("epub.css");
    for file in files.iter().filter(is_own) {
        // Before packing: what is packed would have to be unpacked again.
        builder.without_secrets(&file.bytes, own)?;
    }
    packed(&files).map_err(|error| BROKEN_THEME.found(format!("cannot pack the EPUB: {error}")))
}

/// Packs files into a ZIP container as EPUB requires (OCF 3.3): the media type comes first and is not
/// compressed. Entries have no dates, so the same files give the same bytes.
fn packed(files: &[File]) -> zip::result::ZipResult<Vec<u8>> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default()
        .system(System::Unix) // the same bytes wherever the book is made
        .last_modified_time(DateTime::default())
        .unix_permissions(0o644);
    zip.start_file("mimetype", options.compression_method(CompressionMethod::Stored))?;
    zip.write_all(b"application/epub+zip")?;
    for file in files {
        let method = match file.media {
            // These formats are already compressed.
            "image/png" | "image/jpeg" | "image/gif" => CompressionMethod::Stored,
            _ => CompressionMethod::Deflated,
        };
        zip.start_file(file.path.as_str(), options.compression_method(method))?;
        zip.write_all(&file.bytes)?;
    }
    Ok(zip.finish()?.into_inner())
}
