//! The bytes of a file → its text, if it is a text that can be imported. Others are recognised by their content,
//! because a name can be wrong, and the error says how to get a text out of them.

use encoding_rs::{Encoding, ISO_2022_JP, WINDOWS_1252};

use super::article::Format;
use super::brought::{At, Remark};
use crate::ide::Refusal;

const WORD: &str =
    "in Word or LibreOffice, save it as .docx or .odt, and let `dossier import FILE` read that";
const OFFICE: &str = "`dossier import FILE` reads it, within a dossier; `dossier init DIR --empty` makes one";
const SHEET: &str = "save it as CSV, put that into `content/`, and link to it";
const SLIDES: &str = "copy its text into a new text file, and import that";
const PDF: &str = "open it, copy its text into a new text file, and import that";
const PAGE: &str = "in the browser, save the page as “Web Page, HTML Only”, and import that";
const MAIL: &str = "copy what may be published into a new text file, and import that";
const DATA: &str = "put it into `content/`, and link to it";
const UNPACK: &str = "unpack it, and import the text in it";
const PANDOC: &str = "convert it to Markdown or HTML, for example with Pandoc, and import that";

/// The text of a file with this name.
///
/// # Errors
/// If it is in a format that cannot be imported, or in an encoding that is not known.
pub(crate) fn text(name: &str, bytes: &[u8]) -> Result<(String, Format), Refusal> {
    if let Some((what, how)) = foreign(bytes) {
        return Err(Refusal(format!("`{name}` is {what}, which cannot be imported: {how}")));
    }
    let format = Format::of(name);
    let extension = name.rsplit_once('.').map_or("", |(_, extension)| extension).to_ascii_lowercase();
    if matches!(extension.as_str(), "csv" | "tsv") {
        return Err(Refusal(format!("`{name}` is a table, which cannot be imported: {DATA}")));
    }
    let text = decoded(bytes).ok_or_else(|| {
        Refusal(format!(
            "`{name}` is not UTF-8, nor does it say what else it is: save it as text with the encoding UTF-8"
        ))
    })?;
    if let Some((what, how)) = foreign_text(&text) {
        return Err(Refusal(format!("`{name}` is {what}, which cannot be imported: {how}")));
    }
    let is_page = format == Format::Text && is_page(&text);
    Ok((text, if is_page { Format::Html } else { format }))
}

/// The text in UTF-8, in UTF-16 if it begins with the mark of that, or in the encoding that a page declares.
fn decoded(bytes: &[u8]) -> Option<String> {
    if let Some((encoding, _)) = Encoding::for_bom(bytes) {
        return encoding.decode_with_bom_removal(bytes).0.into_owned().into();
    }
    let declared = declared(bytes);
    match std::str::from_utf8(bytes) {
        // Many pages declare what they are not any more.
        Ok(text) if declared != Some(ISO_2022_JP) => Some(text.to_owned()),
        _ => declared.map(|encoding| encoding.decode_without_bom_handling(bytes).0.into_owned()),
    }
}

/// The text of data for programs, and a remark if its encoding had to be guessed.
pub(super) fn guessed(bytes: &[u8]) -> (String, Option<Remark>) {
    if let Some((encoding, _)) = Encoding::for_bom(bytes) {
        return (encoding.decode_with_bom_removal(bytes).0.into_owned(), None);
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => (text.to_owned(), None),
        Err(_) => {
            let text = WINDOWS_1252.decode_without_bom_handling(bytes).0.into_owned();
            let why = "it is not UTF-8, so it is read as Windows-1252; look at letters with accents";
            (text, Some(Remark::doubtful("the encoding", why, &At::default())))
        }
    }
}

/// The encoding that a page declares: `<meta charset="windows-1252">` or `content="text/html; charset=…"` (HTML,
/// 4.2.5.4). Word writes its declaration behind some of its own.
fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(4096)]).to_ascii_lowercase();
    let is_markup = head.trim_start().starts_with('<');
    let label = head
        .split("charset")
        .skip(1)
        .find_map(|rest| rest.trim_start().strip_prefix('='))
        .filter(|_| is_markup)?;
    let label = label.trim_start_matches([' ', '"', '\'']);
    let end = label.find(|c: char| !c.is_ascii_alphanumeric() && !"-_:.".contains(c)).unwrap_or(label.len());
    Encoding::for_label(&label.as_bytes()[..end])
}

fn is_page(text: &str) -> bool {
    let start = text.trim_start_matches('\u{feff}').trim_start();
    let start: String = start.chars().take(14).collect::<String>().to_ascii_lowercase();
    start.starts_with("<!doctype html") || start.starts_with("<html")
}

/// What a file is that is no text, and what to do.
pub(super) fn foreign(bytes: &[u8]) -> Option<(&'static str, &'static str)> {
    let has = |needle: &[u8]| memchr::memmem::find(bytes, needle).is_some();
    let starts = |start: &[u8]| bytes.starts_with(start);
    let archive = || match () {
        () if has(b"word/document") => ("a Word document", OFFICE),
        () if has(b"opendocument.text") => ("an OpenDocument text", OFFICE),
        () if has(b"xl/workbook") || has(b"opendocument.spreadsheet") => ("a spreadsheet", SHEET),
        () if has(b"ppt/presentation") || has(b"opendocument.presentation") => ("a presentation", SLIDES),
        () if has(b"META-INF/container.xml") => ("an EPUB book", UNPACK),
        () if has(b"Index/Document.iwa") => ("a document of Pages", WORD),
        () => ("an archive", UNPACK),
    };
    match () {
        () if starts(b"PK\x03\x04") || starts(b"PK\x05\x06") => Some(archive()),
        () if starts(b"\xd0\xcf\x11\xe0") => Some(("a document of an old Office program", WORD)),
        () if starts(b"{\\rtf") => Some(("an RTF document", WORD)),
        () if starts(b"%PDF") => Some(("a PDF", PDF)),
        () if starts(b"bplist") => Some(("a web archive of Safari or other data of a Mac", PAGE)),
        () if starts(b"\x1f\x8b")
            || starts(b"BZh")
            || starts(b"\xfd7zXZ")
            || starts(b"7z\xbc\xaf")
            || starts(b"Rar!") =>
        {
            Some(("an archive", UNPACK))
        }
        () if starts(b"\xff\xd8\xff")
            || starts(b"\x89PNG")
            || starts(b"GIF8")
            || bytes.get(4..8) == Some(b"ftyp") =>
        {
            Some(("a picture or a recording", "write down what it shows or says, and import that"))
        }
        () if bytes.contains(&0) && Encoding::for_bom(bytes).is_none() => {
            Some(("no text", "save it as text with the encoding UTF-8, and import that"))
        }
        () => None,
    }
}

/// What a text is that is written for programs, and what to do.
fn foreign_text(text: &str) -> Option<(&'static str, &'static str)> {
    let text = text.trim_start_matches('\u{feff}').trim_start();
    let head: String = text.chars().take(4096).collect();
    let has_header =
        |name: &str| head.lines().take_while(|line| !line.is_empty()).any(|line| line.starts_with(name));
    match () {
        () if head.contains("<office:document") => Some(("a flat OpenDocument file", WORD)),
        () if has_header("MIME-Version:") && head.contains("multipart/related") => {
            Some(("a page saved in one file (MHTML)", PAGE))
        }
        () if (has_header("From: ") && (has_header("Subject:") || has_header("Date: ")))
            || has_header("Received: ") =>
        {
            Some(("a mail", MAIL))
        }
        () if text.starts_with(['{', '[']) && serde_json::from_str::<serde::de::IgnoredAny>(text).is_ok() => {
            Some(match () {
                () if head.contains("\"cells\"") => {
                    ("a notebook", "export it as Markdown or HTML, and import that")
                }
                () => ("JSON", DATA),
            })
        }
        () if text.starts_with("<?xml") && !head.contains("<html") => Some(("XML", DATA)),
        () if text.starts_with("\\documentclass") || text.starts_with("\\documentstyle") => {
            Some(("LaTeX", PANDOC))
        }
        () => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_text_is_recognised_by_its_content() {
        for (file, what) in [
            (&b"PK\x03\x04....word/document.xml"[..], "Word"),
            (b"PK\x03\x04mimetypeapplication/vnd.oasis.opendocument.text", "OpenDocument text"),
            (b"PK\x03\x04..xl/workbook.xml", "spreadsheet"),
            (b"PK\x03\x04..x", "archive"),
            (b"\xd0\xcf\x11\xe0\xa1\xb1", "old Office"),
            (b"{\\rtf1 Anna}", "RTF"),
            (b"%PDF-1.4\n", "PDF"),
            (b"\x89PNG\r\n", "picture"),
            (b"a\0b", "no text"),
            (b"<?xml version=\"1.0\"?>\n<office:document><dc:creator>Anna", "flat OpenDocument"),
            (b"From: anna\r\nSubject: x\r\n\r\nx", "mail"),
            (b"From: <Saved by Blink>\nMIME-Version: 1.0\nContent-Type: multipart/related;\n\n", "MHTML"),
            (b"{\"cells\": []}", "notebook"),
            (b" [1, 2]", "JSON"),
            (b"<?xml version=\"1.0\"?><gpx/>", "XML"),
            (b"\\documentclass{article}", "LaTeX"),
            (b"Caf\xe9", "not UTF-8"),
        ] {
            let error = text("x.txt", file).unwrap_err().0;
            assert!(error.contains(what) && error.starts_with("`x.txt` is "), "{error}");
        }
        for plain in ["From: here\n\nWords.", "[a] list", "{x", "PK", "<html>", "# T", "", "Subject: x\n\ny"]
        {
            assert_eq!(text("x.md", plain.as_bytes()).unwrap(), (plain.to_owned(), Format::Markdown));
        }
    }

    #[test]
    fn encodings_are_those_that_a_file_declares() {
        let wide = |start: &[u8], bytes: fn(u16) -> [u8; 2]| -> Vec<u8> {
            start.iter().copied().chain("Olé".encode_utf16().flat_map(bytes)).collect()
        };
        for (file, expected) in [
            (b"<meta charset=\"iso-8859-1\">Ol\xe9 \x93".to_vec(), "Olé “"),
            (
                b"<meta http-equiv=Content-Type content=\"text/html; charset=windows-1251\">\xc4\xe0"
                    .to_vec(),
                "Да",
            ),
            (b"<meta charset=Shift_JIS>\x93\xfa".to_vec(), "日"),
            ("<meta charset=iso-8859-1>Olé".into(), "Olé"),
            (b"<meta charset=iso-2022-jp>\x1b$BF|\x1b(B".to_vec(), "日"),
            (wide(b"\xff\xfe", u16::to_le_bytes), "Olé"),
            (wide(b"\xfe\xff", u16::to_be_bytes), "Olé"),
            ("\u{feff}Olé".into(), "Olé"),
        ] {
            let (text, _) = text("x.html", &file).unwrap();
            assert!(text.ends_with(expected), "{text}");
        }
        assert!(text("x.html", b"<p>Ol\xe9").is_err());
        assert_eq!(text("x.txt", b" <!DOCTYPE html><p>x").unwrap().1, Format::Html);
    }
}
