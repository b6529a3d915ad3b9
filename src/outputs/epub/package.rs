//! The files of an EPUB: the package document, the table of contents, the title page, and a file for each
//! section.

use std::fmt::Write;

use super::super::xml::escaped;
use crate::base::hash::Fingerprint;
use crate::base::media::media_type;
use crate::base::path::SitePath;
use crate::link::layout;
use crate::locale::Locale;
use crate::reader::Site;
use crate::render::Bound;
use crate::shown::{Book, Section, SiteInfo};

const HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";

/// Names the path of the package document (OCF 3.3, 4.2.6.3.1).
const CONTAINER: &str = "<container version=\"1.0\" xmlns=\"urn:oasis:names:tc:opendocument:xmlns:container\"><rootfiles>\
<rootfile full-path=\"EPUB/package.opf\" media-type=\"application/oebps-package+xml\"/></rootfiles></container>\n";

/// The accessibility metadata (schema.org).
const ACCESSIBILITY: [(&str, &str); 8] = [
    ("accessMode", "textual"),
    ("accessMode", "visual"),
    ("accessModeSufficient", "textual"),
    ("accessibilityFeature", "tableOfContents"),
    ("accessibilityFeature", "structuralNavigation"),
    ("accessibilityFeature", "readingOrder"),
    ("accessibilityFeature", "alternativeText"),
    ("accessibilityHazard", "none"),
];

/// A file of the container.
pub(crate) struct File {
    /// Its path in the container.
    pub path: String,
    /// Its media type.
    pub media: &'static str,
    /// Its content.
    pub bytes: Vec<u8>,
}

/// The data for an EPUB's files.
pub(crate) struct Package<'a> {
    book: &'a Book,
    bound: &'a [Bound],
    info: SiteInfo,
    locale: &'a Locale,
    license: Option<&'a str>,
    identifier: String,
    /// The date of the last change that the content states.
    day: String,
}

impl<'a> Package<'a> {
    /// The package of a book in a language; `own` is the path of the EPUB.
    pub(crate) fn new(
        site: &'a Site<'a>,
        book: &'a Book,
        bound: &'a [Bound],
        own: &SitePath,
        lang: usize,
    ) -> Package<'a> {
        let info = site.info(lang);
        let address = layout::encoded(own);
        let latest = || site.graph().iter().filter_map(|(_, entity)| entity.date()?.latest()).max();
        let day = book.date.as_ref().map(|date| date.iso.clone()).or_else(|| Some(latest()?.to_string()));
        Package {
            book,
            bound,
            identifier: identifier([info.base_url.as_str(), &info.title, &address]),
            locale: &site.locales()[lang],
            license: site.config().license.as_deref(),
            // A dossier without dates gets a fixed date.
            day: day.unwrap_or_else(|| "2000-01-01".to_owned()),
            info,
        }
    }

    /// The files, in the order of the container.
    pub(crate) fn files(&self, pictures: Vec<(String, Vec<u8>)>, style: Vec<u8>) -> Vec<File> {
        let text =
            |path: &str, media, text: String| File { path: path.into(), media, bytes: text.into_bytes() };
        let xhtml =
            |name: &str, content| text(&format!("EPUB/{name}.xhtml"), "application/xhtml+xml", content);
        let mut files = vec![
            text("META-INF/container.xml", "application/xml", format!("{HEAD}{CONTAINER}")),
            text("EPUB/package.opf", "application/oebps-package+xml", self.package(&pictures)),
            xhtml("nav", self.contents()),
            xhtml("title", self.title_page()),
        ];
        let mut bound = self.bound.iter();
        for (number, chapter) in self.book.chapters.iter().enumerate() {
            for (at, (section, bound)) in chapter.sections.iter().zip(&mut bound).enumerate() {
                let mut body = String::new();
                if at == 0 {
                    let (number, title) = (self.locale.ordinal(number + 1), escaped(&chapter.title));
                    // Writing to a string cannot fail.
                    let _ = writeln!(body, "<h1><span class=\"number\">{number}</span> {title}</h1>");
                }
                body.push_str(&bound.html);
                files.push(xhtml(&section.name, self.document(&section.title, &body)));
            }
        }
        files.push(File { path: "EPUB/epub.css".into(), media: "text/css", bytes: style });
        for (name, bytes) in pictures {
            let media = media_type(&SitePath::from(name.as_str()));
            files.push(File { path: format!("EPUB/{name}"), media, bytes });
        }
        files
    }

    fn word(&self, key: &'static str) -> &str {
        self.locale.word(&format!("book.{key}")).unwrap_or(key)
    }

    /// An XHTML document.
    fn document(&self, title: &str, body: &str) -> String {
        let numerals = match self.locale.numerals() {
            Some(numerals) => format!(" data-numerals=\"{numerals}\""),
            None => String::new(),
        };
        let (lang, dir, title) = (&self.locale.lang, self.locale.direction.word(), escaped(title));
        format!(
            "{HEAD}<!DOCTYPE html>\n<html xmlns=\"http://www.w3.org/1999/xhtml\" xmlns:epub=\"http://www.idpf.org/2007/ops\" \
             lang=\"{lang}\" xml:lang=\"{lang}\" dir=\"{dir}\"{numerals}>\n<head><meta charset=\"utf-8\"/><title>{title}</title>\
             <link rel=\"stylesheet\" type=\"text/css\" href=\"epub.css\"/></head>\n<body>{body}</body>\n</html>\n"
        )
    }

    fn title_page(&self) -> String {
        let Book { byline, date, address, left_out, .. } = self.book;
        let mut body = format!(
            "<section class=\"cover\" epub:type=\"titlepage\"><h1>{}</h1>",
            escaped(&self.locale.isolated(&self.info.title))
        );
        let mut line = |class: &str, text: &str| {
            let _ = write!(body, "<p class=\"{class}\">{}</p>", escaped(text));
        };
        if !self.info.description.is_empty() {
            line("standfirst", &self.info.description);
        }
        if let Some(byline) = byline {
            line("byline", &self.locale.fill("book.by", &[("name", byline)]));
        }
        if let Some(date) = date {
            line("imprint", &self.locale.fill("book.edition", &[("date", &date.text)]));
        }
        if let Some(date) = &self.info.as_of {
            line("imprint", &self.locale.fill("page.as_of", &[("date", &date.text)]));
        }
        if *left_out > 0 {
            line("imprint", &self.locale.counted("book.left_out", *left_out as u64));
        }
        if let Some(address) = address {
            let (word, address) = (escaped(self.word("address")), escaped(address));
            let _ = write!(body, "<p class=\"imprint\">{word} <a href=\"{address}\">{address}</a></p>");
        }
        body.push_str("</section>");
        self.document(&self.info.title, &body)
    }

    /// The navigation document (EPUB 3.3, 7).
    fn contents(&self) -> String {
        let title = escaped(self.word("contents"));
        let mut body = format!("<nav epub:type=\"toc\" role=\"doc-toc\" id=\"toc\"><h1>{title}</h1>\n<ol>\n");
        for (number, chapter) in self.book.chapters.iter().enumerate() {
            let first = chapter.sections.first().map_or("title", |section| &section.name);
            let (number, title) = (self.locale.ordinal(number + 1), escaped(&chapter.title));
            let _ = writeln!(body, "<li><a href=\"{first}.xhtml\">{number} {title}</a><ol>");
            for section in &chapter.sections {
                let title = escaped(&self.locale.isolated(&section.title));
                let (name, number) = (&section.name, &section.number);
                let _ = writeln!(body, "<li><a href=\"{name}.xhtml#{name}\">{number} {title}</a></li>");
            }
            body.push_str("</ol></li>\n");
        }
        body.push_str("</ol></nav>");
        self.document(self.word("contents"), &body)
    }

    /// The package document (EPUB 3.3, 5).
    fn package(&self, pictures: &[(String, Vec<u8>)]) -> String {
        let (lang, identifier) = (&self.locale.lang, &self.identifier);
        let mut xml = format!(
            "{HEAD}<package xmlns=\"http://www.idpf.org/2007/opf\" version=\"3.0\" unique-identifier=\"id\" xml:lang=\"{lang}\">\n\
             <metadata xmlns:dc=\"http://purl.org/dc/elements/1.1/\">\n<dc:identifier id=\"id\">{identifier}</dc:identifier>\n"
        );
        let mut says = |name: &str, value: &str| {
            let _ = writeln!(xml, "<dc:{name}>{}</dc:{name}>", escaped(value));
        };
        says("title", &self.info.title);
        says("language", &lang.to_string());
        if let Some(byline) = &self.book.byline {
            says("creator", byline);
        }
        if !self.info.description.is_empty() {
            says("description", &self.info.description);
        }
        if let Some(date) = &self.book.date {
            says("date", &date.iso);
        }
        if let Some(address) = &self.book.address {
            says("source", address);
        }
        if let Some(license) = self.license {
            says("rights", license);
        }
        let mut meta = |property: &str, value: &str| {
            let _ = writeln!(xml, "<meta property=\"{property}\">{}</meta>", escaped(value));
        };
        meta("dcterms:modified", &format!("{}T00:00:00Z", self.day));
        for (property, value) in ACCESSIBILITY {
            meta(&format!("schema:{property}"), value);
        }
        meta("schema:accessibilitySummary", self.word("accessibility"));
        xml.push_str("</metadata>\n<manifest>\n");
        let mut item = |id: &str, path: &str, media: &str, properties: &str| {
            let properties = match properties {
                "" => String::new(),
                some => format!(" properties=\"{some}\""),
            };
            let _ = writeln!(xml, "<item id=\"{id}\" href=\"{path}\" media-type=\"{media}\"{properties}/>");
        };
        const XHTML: &str = "application/xhtml+xml";
        item("nav", "nav.xhtml", XHTML, "nav");
        item("title", "title.xhtml", XHTML, "");
        for (section, bound) in self.sections() {
            let properties = if bound.draws { "svg" } else { "" };
            item(&section.name, &format!("{}.xhtml", section.name), XHTML, properties);
        }
        item("style", "epub.css", "text/css", "");
        for (at, (name, _)) in pictures.iter().enumerate() {
            item(&format!("picture-{at}."), name, media_type(&SitePath::from(name.as_str())), "");
        }
        let progression = match self.locale.direction.is_rtl() {
            true => " page-progression-direction=\"rtl\"",
            false => "",
        };
        let _ = write!(
            xml,
            "</manifest>\n<spine{progression}>\n<itemref idref=\"title\"/>\n<itemref idref=\"nav\"/>\n"
        );
        for (section, _) in self.sections() {
            let _ = writeln!(xml, "<itemref idref=\"{}\"/>", section.name);
        }
        xml.push_str("</spine>\n</package>\n");
        xml
    }

    fn sections(&self) -> impl Iterator<Item = (&Section, &Bound)> {
        self.book.chapters.iter().flat_map(|chapter| &chapter.sections).zip(self.bound)
    }
}

/// An identifier of the book that is the same for all its editions: a UUID of version 8 (RFC 9562), computed
/// from the address where the book is published.
fn identifier<const N: usize>(parts: [&str; N]) -> String {
    let hash = Fingerprint::of_all(parts.map(str::as_bytes)).short(32);
    let part = |range: std::ops::Range<usize>| hash.get(range).unwrap_or_default();
    format!("urn:uuid:{}-{}-8{}-8{}-{}", part(0..8), part(8..12), part(13..16), part(17..20), part(20..32))
}
