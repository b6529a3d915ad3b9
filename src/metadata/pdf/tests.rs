//! Texts of PDF files in every form, and what such a file tells of its author.

use super::*;

/// A document with one stream.
fn with_stream(dictionary: &str, data: &[u8]) -> Vec<u8> {
    let head = format!("%PDF-1.7\n1 0 obj\n<< {dictionary} >>\nstream\n");
    [head.as_bytes(), data, b"\nendstream\nendobj\n%%EOF"].concat()
}

fn says(pdf: &[u8], words: &str) -> bool {
    texts(pdf).iter().any(|text| text.contains(words))
}

#[test]
fn strings_are_read_in_every_form() {
    for content in [
        "(Jane \\(Doe\\)) Tj",
        "[(Ja) -20 (ne) 12.5 ( \\050D) -9 (oe\\051)] TJ",
        "<4A616E652028446F6529> Tj",
        "<FEFF 004A0061006E0065 0020 00280044006F00650029> Tj",
        "(J) Tj 3 0 Td (a) Tj 3 0 Td (n) Tj (e) Tj ( ) Tj (\\(Doe) Tj (\\)) Tj",
    ] {
        assert!(says(&with_stream("", content.as_bytes()), "Jane (Doe)"), "{content}");
    }
    assert!(says(&with_stream("", b"[(Jane)-400(Roe)] TJ"), "Jane Roe"));
    let in_base_85 = with_stream("/Filter /ASCII85Decode", b"6Z6d]Ch7Z<FDkp(~>");
    assert_eq!(streams(&in_base_85).0.len(), 1);
    assert_eq!(of_ascii85(b"87cURD]i,\"Ebo80~>"), b"Hello World!");
}

#[test]
fn letters_of_a_font_are_read_by_its_table() {
    let table =
        "/CMapName beginbfrange <0001> <0003> <0061> endbfrange 1 beginbfchar <0010> <00E9> endbfchar";
    let table = format!("begincmap {table} endcmap");
    let font = with_stream("", table.as_bytes());
    let page = with_stream("", b"<0003000100020010> Tj");
    assert!(says(&[font, page].concat(), "cabé"));
}

#[test]
fn the_last_table_of_a_code_holds() {
    let table =
        "beginbfrange <00> <ff> <0061> <02> <03> <0058> endbfrange beginbfchar <05> <0066006C> endbfchar";
    let letters = Letters::read(table.as_bytes());
    assert_eq!(letters.text_of(&[0, 1, 2, 3, 4, 5, 6]), "abXYeflg");
}

#[test]
fn what_a_document_tells_is_found_in_packed_objects_too() {
    use std::io::Write;
    let pack = |text: &str| {
        let mut encoder = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::default());
        encoder.write_all(text.as_bytes()).unwrap();
        encoder.finish().unwrap()
    };
    let cases: [(&str, &[Tell]); 8] = [
        ("<< /Author (Jane) >>", &[Tell::Name]),
        ("<< /Author () >>", &[]),
        ("<< /Subtype /Text /Contents (a) >>", &[Tell::Comments]),
        ("<< /Subtype /TextBox >>", &[]),
        ("<< /EmbeddedFiles 3 0 R >>", &[Tell::Attachments, Tell::Unsearchable]),
        ("<< /S /JavaScript >>", &[Tell::Script]),
        ("<< /Encoding /Identity-H /ToUnicode 3 0 R >>", &[]),
        ("<< /Encoding /Identity-H >>", &[Tell::Unsearchable]),
    ];
    for (object, told) in cases {
        let pdf = with_stream("/Type /ObjStm /Filter /FlateDecode", &pack(object));
        assert_eq!(tells(&pdf), Tells(told.iter().copied().collect()), "{object}");
    }
    let twice = [with_stream("", b""), with_stream("", b"")].concat();
    assert_eq!(tells(&twice), Tells([Tell::Changes].into()));
}
