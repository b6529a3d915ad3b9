//! `dossier import` of spreadsheets, also of those that are broken or made to do harm.
#![expect(clippy::disallowed_methods, reason = "the tests make the files that are imported")]

use std::time::{Duration, Instant};

use tempfile::TempDir;

use super::{Ran, dossier, packed, read, run};

const HOME: (&str, &str) = ("content/article.md", "---\ntitle: Artikel\ndate: 2023-11-01\n---\nTeks.\n");

/// A workbook of sheets, each with its attributes and the content of its `sheetData` and what follows it. Style 1 is a
/// date.
fn workbook(sheets: &[(&str, &str, &str)], more: &[(&str, &[u8])]) -> Vec<u8> {
    const MAIN: &str = "xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\" \
        xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"";
    let list: String = sheets
        .iter()
        .enumerate()
        .map(|(at, (name, state, _))| {
            format!("<sheet name=\"{name}\" sheetId=\"{0}\" {state} r:id=\"rId{0}\"/>", at + 1)
        })
        .collect();
    let relations: String = (1..=sheets.len())
        .map(|at| format!("<Relationship Id=\"rId{at}\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet\" Target=\"worksheets/sheet{at}.xml\"/>"))
        .collect();
    let mut parts: Vec<(String, Vec<u8>)> = vec![
        ("_rels/.rels".into(), b"<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"rId1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>".to_vec()),
        ("xl/workbook.xml".into(), format!("<workbook {MAIN}><sheets>{list}</sheets></workbook>").into()),
        ("xl/_rels/workbook.xml.rels".into(), format!("<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">{relations}</Relationships>").into()),
        ("xl/styles.xml".into(), format!("<styleSheet {MAIN}><cellXfs count=\"2\"><xf numFmtId=\"0\"/><xf numFmtId=\"14\" applyNumberFormat=\"1\"/></cellXfs></styleSheet>").into()),
    ];
    for (at, (_, _, data)) in sheets.iter().enumerate() {
        parts.push((
            format!("xl/worksheets/sheet{}.xml", at + 1),
            format!("<worksheet {MAIN}>{data}</worksheet>").into(),
        ));
    }
    parts.extend(more.iter().map(|(name, content)| ((*name).to_owned(), content.to_vec())));
    let parts: Vec<(&str, &[u8])> =
        parts.iter().map(|(name, content)| (name.as_str(), content.as_slice())).collect();
    packed(&parts)
}

fn text(place: &str, words: &str) -> String {
    format!("<c r=\"{place}\" t=\"inlineStr\"><is><t>{words}</t></is></c>")
}

fn rows(rows: &[&[(&str, &str)]]) -> String {
    let row = |cells: &&[(&str, &str)]| {
        let cells: String = cells.iter().map(|(place, words)| text(place, words)).collect();
        format!("<row>{cells}</row>")
    };
    rows.iter().map(row).collect()
}

fn import(folder: &TempDir, name: &str, bytes: &[u8]) -> Ran {
    std::fs::write(folder.path().join(name), bytes).unwrap();
    run(folder.path(), &["import", name, "--write"])
}

#[test]
fn dates_merged_cells_and_results_of_formulas_are_taken() {
    let head = rows(&[
        &[("A1", "Laporan")],
        &[("A3", "Judul"), ("B3", "Tanggal"), ("C3", "Tempat"), ("D3", "Ringkasan")],
    ]);
    let data = format!(
        "<sheetData>{head}<row r=\"4\">{}<c r=\"B4\" s=\"1\"><v>45212</v></c>{}<c r=\"D4\" t=\"str\"><f>A1</f><v>Hasil</v></c></row>\
         <row r=\"5\">{}<c r=\"B5\" s=\"1\"><v>45213</v></c><c r=\"D5\" t=\"e\"><f>1/0</f><v>#DIV/0!</v></c></row></sheetData>\
         <mergeCells count=\"1\"><mergeCell ref=\"C4:C5\"/></mergeCells>",
        text("A4", "Satu"),
        text("C4", "Rajin"),
        text("A5", "Dua"),
    );
    let hidden = format!(
        "<sheetData>{}</sheetData>",
        rows(&[&[("A1", "Judul"), ("B1", "Tanggal")], &[("A2", "SECRET"), ("B2", "2023")]])
    );
    let book = workbook(
        &[("Peristiwa", "", &data), ("Rahasia", "state=\"hidden\"", &hidden)],
        &[("xl/vbaProject.bin", b"x")],
    );
    let folder = dossier(&[HOME]);
    // Its name is not what tells what it is.
    let ran = import(&folder, "data.bin", &book);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert_eq!(
        read(&folder, "content/events/satu.md"),
        "---\ntitle: Satu\nsummary: Hasil\ndate: 2023-10-13\nplaces: rajin\n---\n"
    );
    assert_eq!(
        read(&folder, "content/events/dua.md"),
        "---\ntitle: Dua\ndate: 2023-10-14\nplaces: rajin\n---\n"
    );
    for line in [
        "“macros”: the program runs no macros",
        "sheet “Peristiwa”, row 4, column C: “Rajin”: rows 4 to 5 are merged",
        "sheet “Peristiwa”, row 5, column D “Ringkasan”: “#DIV/0!”: the formula in this cell has no result",
        "sheet “Rahasia”: “the sheet”: it is hidden",
    ] {
        assert!(ran.out.contains(line), "{line}\n{}", ran.out);
    }
    assert!(!ran.out.contains("SECRET") && run(folder.path(), &["check", "-q"]).code == 0);
}

const ODS: &str = "<office:document-content xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\" \
    xmlns:table=\"urn:oasis:names:tc:opendocument:xmlns:table:1.0\" xmlns:text=\"urn:oasis:names:tc:opendocument:xmlns:text:1.0\">\
    <office:body><office:spreadsheet>";

fn ods(rows: &str, manifest: &str) -> Vec<u8> {
    let content = format!(
        "{ODS}<table:table table:name=\"Peristiwa\">{rows}</table:table></office:spreadsheet></office:body></office:document-content>"
    );
    packed(&[
        ("mimetype", b"application/vnd.oasis.opendocument.spreadsheet"),
        ("content.xml", content.as_bytes()),
        ("META-INF/manifest.xml", manifest.as_bytes()),
    ])
}

fn ods_row(cells: &[&str]) -> String {
    let cell = |words: &&str| {
        format!("<table:table-cell office:value-type=\"string\"><text:p>{words}</text:p></table:table-cell>")
    };
    let cells: String = cells.iter().map(cell).collect();
    // As LibreOffice ends a row and a table.
    format!(
        "<table:table-row>{cells}<table:table-cell table:number-columns-repeated=\"16382\"/></table:table-row>"
    )
}

#[test]
fn a_table_of_libre_office_is_read_and_its_empty_cells_cost_nothing() {
    let rows = ods_row(&["Judul", "Tanggal"])
        + &ods_row(&["Satu", "13 Oktober 2023"])
        + "<table:table-row table:number-rows-repeated=\"1048573\"><table:table-cell table:number-columns-repeated=\"16384\"/></table:table-row>";
    let folder = dossier(&[HOME]);
    let ran = import(&folder, "a.ods", &ods(&rows, "<manifest/>"));
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(read(&folder, "content/events/satu.md").contains("date: 2023-10-13\n"));
}

#[test]
fn what_is_broken_locked_or_made_to_do_harm_is_refused_at_once() {
    let zeros = vec![b' '; 64 << 20];
    let bomb = packed(&[
        ("xl/workbook.xml", b""),
        ("a", &zeros),
        ("b", &zeros),
        ("c", &zeros),
        ("d", &zeros),
        ("e", b"xx"),
    ]);
    let good = workbook(&[("Peristiwa", "", "<sheetData/>")], &[]);
    let far = workbook(
        &[(
            "Peristiwa",
            "",
            &format!("<sheetData>{}</sheetData>", rows(&[&[("A1", "Judul"), ("XFD1048576", "x")]])),
        )],
        &[],
    );
    let many = ods(
        &(ods_row(&["Judul"])
            + "<table:table-row table:number-rows-repeated=\"1000000\"><table:table-cell office:value-type=\"string\"><text:p>x</text:p></table:table-cell></table:table-row>"),
        "<manifest/>",
    );
    let locked = ods(&ods_row(&["Judul"]), "<manifest:encryption-data/>");
    let entities = workbook(
        &[(
            "Peristiwa",
            "",
            "<!DOCTYPE x [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;\">]><sheetData><row><c r=\"A1\" t=\"inlineStr\"><is><t>&b;</t></is></c></row></sheetData>",
        )],
        &[],
    );
    let mut office = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".to_vec();
    office.extend("EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes));
    let mut old = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".to_vec();
    old.extend("Workbook".encode_utf16().flat_map(u16::to_le_bytes));
    let folder = dossier(&[HOME]);
    for (name, bytes, words) in [
        ("bomb.xlsx", &bomb[..], "would take more than 256 MB unpacked"),
        ("cut.xlsx", &good[..good.len() / 2], "cut off or damaged"),
        ("far.xlsx", &far, "more than 50000 rows"),
        ("many.ods", &many, "more than 50000 rows"),
        ("locked.ods", &locked, "protected by a password"),
        ("locked.xlsx", &office, "protected by a password"),
        ("old.xls", &old, "save it as .xlsx or .ods"),
        ("words.xlsx", b"\0\x01 no text", "is no text"),
    ] {
        let start = Instant::now();
        import(&folder, name, bytes).refuses(words);
        assert!(start.elapsed() < Duration::from_secs(60), "{name}");
    }
    // Entities are never expanded, and nothing comes of them.
    assert!(import(&folder, "entities.xlsx", &entities).code == 2);
    assert!(!folder.path().join("import.lock").exists());
    let mut entries = std::fs::read_dir(folder.path().join("content")).unwrap();
    assert!(entries.next().is_some() && entries.next().is_none());
}
