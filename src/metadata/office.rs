//! Office documents and other ZIP archives: what the parts of a document tell (ECMA-376; OpenDocument 1.3).

use std::collections::HashSet;
use std::io::{Cursor, Read};

use zip::ZipArchive;
use zip::result::ZipError;

use super::{LARGEST_PACKED, Tell, Tells, contains, names_local_path, within};
use crate::base::xml;

/// The most parts that are read, and the largest number of bytes of all.
const MOST_PARTS: usize = 10_000;
const LARGEST_FILE: u64 = 128 << 20;

/// How the names of all parts of an Office document begin.
const PACKAGED: [&str; 10] = [
    "[Content_Types].xml",
    "_rels/",
    "docProps/",
    "docMetadata/",
    "customXml/",
    "customUI/",
    "_xmlsignatures/",
    "word/",
    "xl/",
    "ppt/",
];

/// What a document tells beside its content, and what an archive's files tell.
pub(super) fn tells(bytes: &[u8], depth: usize) -> Tells {
    let mut tells = Tells::default();
    let Ok(mut archive) = ZipArchive::new(Cursor::new(bytes)) else {
        tells.add(Tell::Damaged);
        return tells;
    };
    let (mut part, mut total) = (Vec::new(), 0);
    let (mut is_package, mut is_foreign) = (false, false);
    let mut places = HashSet::new();
    if !archive.comment().is_empty() {
        tells.add(Tell::Text);
    }
    for number in 0..archive.len() {
        if number == MOST_PARTS || total > LARGEST_FILE {
            tells.add(Tell::Unread);
            break;
        }
        let file = match archive.by_index(number) {
            Ok(file) => file,
            Err(ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED)) => {
                tells.add(Tell::Encrypted);
                continue;
            }
            Err(_) => {
                tells.add(Tell::Damaged);
                continue;
            }
        };
        // A list that names one place many times makes a small archive a large one.
        if !places.insert(file.header_start()) {
            tells.add(Tell::Damaged);
            continue;
        }
        let name = file.name().map_or_else(|_| String::new(), |name| name.into_owned());
        part.clear();
        if file.take(LARGEST_PACKED).read_to_end(&mut part).is_err() {
            tells.add(Tell::Damaged);
        }
        total += part.len() as u64;
        is_foreign |= !name.ends_with('/') && !PACKAGED.iter().any(|start| name.starts_with(start));
        is_package |= ["word/", "xl/", "ppt/"].iter().any(|start| name.starts_with(start));
        if part.len() as u64 == LARGEST_PACKED {
            tells.add(Tell::Unread);
        }
        tells_of_name(&name, &mut tells);
        if name.ends_with(".xml") || name.ends_with(".rels") {
            tells_of_part(&name, &part, &mut tells);
        } else if depth > 0 {
            let inner = within(&part, depth - 1);
            let all = inner.removed.0.into_iter().chain(inner.left.0);
            tells.extend(Tells(all.filter(|tell| is_grave(*tell)).collect()));
        }
    }
    // What no Office program reads.
    if is_package && is_foreign {
        tells.add(Tell::Attachments);
    }
    tells
}

/// What an OpenDocument file that is not packed tells (OpenDocument 1.3, part 3, 3.1.2).
pub(super) fn tells_of_flat(document: &[u8]) -> Tells {
    let mut tells = Tells::default();
    tells_of_part("meta.xml", document, &mut tells);
    tells_of_part("content.xml", document, &mut tells);
    tells
}

/// Whether a file within a file is reported for this.
fn is_grave(tell: Tell) -> bool {
    !matches!(tell, Tell::Device | Tell::Software | Tell::Dates | Tell::Text | Tell::OtherPictures)
}

/// What the presence of a part tells.
fn tells_of_name(name: &str, tells: &mut Tells) {
    let is_below = |folder: &str| name.starts_with(folder) && !name.ends_with('/');
    for (folder, tell) in [
        ("docProps/thumbnail", Tell::OtherPictures),
        ("Thumbnails/", Tell::OtherPictures),
        ("xl/comments", Tell::Comments),
        ("xl/threadedComments/", Tell::Comments),
        ("ppt/comments/", Tell::Comments),
        ("ppt/commentAuthors.xml", Tell::Name),
        ("ppt/authors.xml", Tell::Name),
        ("word/people.xml", Tell::Name),
        ("xl/persons/", Tell::Name),
        ("xl/revisions/", Tell::Changes),
        ("Versions/", Tell::Changes),
        ("ppt/notesSlides/", Tell::Hidden),
        ("Basic/", Tell::Script),
        ("word/embeddings/", Tell::Attachments),
        ("xl/embeddings/", Tell::Attachments),
        ("xl/pivotCache/", Tell::Hidden),
        ("xl/externalLinks/", Tell::LocalPath),
        ("xl/connections.xml", Tell::LocalPath),
        ("xl/printerSettings/", Tell::Device),
        ("word/printerSettings", Tell::Device),
        ("customXml/item", Tell::Properties),
        ("__MACOSX/", Tell::Properties),
        ("docMetadata/", Tell::Properties),
        ("_xmlsignatures/", Tell::Name),
        (".git/", Tell::Changes),
        ("ppt/embeddings/", Tell::Attachments),
    ] {
        if is_below(folder) {
            tells.add(tell);
        }
    }
    if name.ends_with("vbaProject.bin") {
        tells.add(Tell::Script);
    }
}

/// What a part's markup tells.
fn tells_of_part(name: &str, part: &[u8], tells: &mut Tells) {
    if names_local_path(part) {
        tells.add(Tell::LocalPath);
    }
    // Elements that name somebody, and others whose text or presence tells something.
    let text = String::from_utf8_lossy(part);
    if matches!(name, "docProps/core.xml" | "docProps/app.xml" | "docProps/custom.xml" | "meta.xml") {
        let Ok(document) = xml::parse(&text) else {
            tells.add(Tell::Damaged);
            return;
        };
        for node in document.descendants().filter(|node| node.is_element()) {
            let is_empty =
                node.descendants().filter_map(|inner| inner.text()).all(|text| text.trim().is_empty());
            match node.tag_name().name() {
                _ if is_empty => {}
                "creator" | "lastModifiedBy" | "initial-creator" | "printed-by" | "Company" | "Manager" => {
                    tells.add(Tell::Name);
                }
                "property" | "user-defined" => tells.add(Tell::Properties),
                "description" | "keyword" | "keywords" => tells.add(Tell::Text),
                "Template" if node.text().is_some_and(|text| text.contains(['/', '\\'])) => {
                    tells.add(Tell::LocalPath);
                }
                _ => {}
            }
        }
        return;
    }
    if name == "settings.xml" && names_printer(&text) {
        tells.add(Tell::Device);
    }
    let is_word = name.starts_with("word/");
    let is_sheet = name.starts_with("xl/");
    let is_open = matches!(name, "content.xml" | "styles.xml");
    for (applies, words, tell) in [
        (is_word, &b"<w:comment "[..], Tell::Comments),
        (is_word, b"<w:ins ", Tell::Changes),
        (is_word, b"<w:del ", Tell::Changes),
        (is_word, b"<w:moveFrom ", Tell::Changes),
        (is_word, b"<w:vanish", Tell::Hidden),
        (name == "xl/workbook.xml", b"state=\"hidden\"", Tell::Hidden),
        (name == "xl/workbook.xml", b"state=\"veryHidden\"", Tell::Hidden),
        (is_sheet, b" hidden=\"1\"", Tell::Hidden),
        (is_sheet, b" hidden=\"true\"", Tell::Hidden),
        (name.starts_with("ppt/slides/"), b" show=\"0\"", Tell::Hidden),
        (is_open, b"<office:annotation", Tell::Comments),
        (is_open, b"<text:changed-region", Tell::Changes),
        (is_open, b"<table:tracked-changes", Tell::Changes),
        (is_open, b"text:display=\"none\"", Tell::Hidden),
        (is_open, b"table:display=\"false\"", Tell::Hidden),
        (is_open, b"table:visibility=\"collapse\"", Tell::Hidden),
        (is_open, b"presentation:visibility=\"hidden\"", Tell::Hidden),
        (is_open, b"<presentation:notes", Tell::Hidden),
        (name == "META-INF/manifest.xml", b"encryption-data", Tell::Encrypted),
        (name == "META-INF/metadata.xml", b"<dc:creator>", Tell::Name),
    ] {
        if applies && contains(part, words) {
            tells.add(tell);
        }
    }
}

/// Whether the settings of an OpenDocument file have the name of a printer.
fn names_printer(settings: &str) -> bool {
    let mut parts = settings.split("\"PrinterName\"").skip(1);
    parts.any(|rest| rest.split_once('>').is_some_and(|(_, value)| !value.starts_with('<')))
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;

    fn archive(parts: &[(&str, &str)], comment: &str) -> Vec<u8> {
        let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
        for (name, content) in parts {
            archive.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
            archive.write_all(content.as_bytes()).unwrap();
        }
        archive.set_comment(comment).unwrap();
        archive.finish().unwrap().into_inner()
    }

    #[test]
    fn what_is_beside_the_parts_of_a_document_is_told() {
        let (types, text) = (("[Content_Types].xml", "<Types/>"), ("word/document.xml", "<w:document/>"));
        let tells = |parts: &[(&str, &str)], comment: &str| tells(&archive(parts, comment), 2).words();
        assert_eq!(tells(&[types, text], ""), "");
        assert!(tells(&[types, text, ("notes.txt", "Anna")], "").contains("attached"));
        assert_eq!(tells(&[("notes.txt", "Words")], ""), "");
        assert!(tells(&[("notes.txt", "Words")], "Anna").contains("descriptions"));
        let printer =
            |name: &str| format!("<item config:name=\"PrinterName\" config:type=\"string\">{name}</item>");
        assert!(tells(&[("settings.xml", &printer("Anna's"))], "").contains("the device"));
        assert_eq!(tells(&[("settings.xml", &printer(""))], ""), "");
    }
}
