//! Pages that are read from the right, and names of both directions within one text.

use std::collections::BTreeMap;
use std::io::{Cursor, Read};
use std::sync::Arc;

use dossier::session::{Options, Snapshot};
use dossier::world::memory::MemoryWorld;

use crate::sites;

/// The files of a site with a claim that came through an agency, in these languages.
fn files(languages: &str, [ministry, agency, claim]: [&str; 3]) -> BTreeMap<String, Vec<u8>> {
    let settings = format!("languages = {languages}\nbase_url = \"https://example.org/\"\n");
    let world = MemoryWorld::new()
        .with("dossier.toml", settings)
        .with(
            "content/article.md",
            format!("---\ntitle: {claim}\npublished: 2023-10-13\n---\n[[claim]], [[agency]].[^1]\n\n[^1]: <https://example.org/a/>\n"),
        )
        .with("content/actors/ministry.md", format!("---\ntitle: {ministry}\naliases: [\"{agency} (2)\"]\n---\n"))
        .with("content/actors/agency.md", format!("---\ntitle: {agency}\n---\n"))
        .with(
            "content/claims/claim.md",
            format!("---\ntitle: {claim}\ndate: 2023-10-13\nby: ministry\nvia: agency\nsources: {{source: report, locator: p. 3}}\n---\n"),
        )
        .with("content/sources/report.md", format!("---\ntitle: {agency} 2023\npublisher: agency\nlanguage: en\n---\n"));
    sites::files_of(&Snapshot::take(Arc::new(world), &Options::default()))
}

const ARABIC: [&str; 3] = ["وزارة الخارجية", "Reuters (UK)", "الوزارة تقول إن 12 حاوية غادرت"];
const ENGLISH: [&str; 3] = ["Foreign Ministry", "رويترز (لندن)", "The ministry says that 12 containers left"];

fn text(files: &BTreeMap<String, Vec<u8>>, path: &str) -> String {
    let bytes = files.get(path).unwrap_or_else(|| panic!("no `{path}` in {:?}", files.keys()));
    String::from_utf8(bytes.clone()).unwrap()
}

#[track_caller]
fn holds(text: &str, words: &[&str]) {
    for words in words {
        assert!(text.contains(words), "no `{words}` in\n{text}");
    }
}

#[test]
fn names_are_isolated_from_text_of_the_other_direction() {
    let arabic = files("[\"ar\"]", ARABIC);
    holds(
        &text(&arabic, "claims/claim.html"),
        &[
            "href=\"../actors/agency.html\"><bdi>Reuters (UK)</bdi></a>",
            "href=\"../actors/ministry.html\"><bdi>وزارة الخارجية</bdi></a>",
            "<h1><bdi>الوزارة تقول إن 12 حاوية غادرت</bdi></h1>",
            "<bdi class=\"locator\">p. 3</bdi>",
        ],
    );
    holds(&text(&arabic, "actors/ministry.html"), &["<b><bdi>Reuters (UK) (2)</bdi></b>"]);
    holds(
        &text(&arabic, "index.html"),
        &["<bdi>Reuters (UK)</bdi></a>.", "<bdi>https://example.org/a/</bdi></a>", "↪"],
    );
    let english = text(&files("[\"en\"]", ENGLISH), "claims/claim.html");
    holds(
        &english,
        &[
            "<bdi>رويترز (لندن)</bdi></a>",
            "<h1>The ministry says that 12 containers left</h1>",
            ">Foreign Ministry</a>",
        ],
    );
    // In a site of both directions, an English name may be within Arabic text.
    let both = files("[\"en\", \"ar\"]", ENGLISH);
    holds(&text(&both, "claims/claim.html"), &["<bdi>Foreign Ministry</bdi></a>"]);
}

#[test]
fn chains_begin_where_their_language_is_read_from() {
    let place = |languages, names, class: &str| -> f64 {
        let page = text(&files(languages, names), "claims/claim.html");
        let start = format!("<circle class=\"{class}\" cx=\"");
        let at = page.find(&start).unwrap() + start.len();
        page[at..].split('"').next().unwrap().parse().unwrap()
    };
    assert!(place("[\"en\"]", ENGLISH, "origin") < place("[\"en\"]", ENGLISH, "read"));
    assert!(place("[\"ar\"]", ARABIC, "origin") > place("[\"ar\"]", ARABIC, "read"));
    let page = text(&files("[\"ar\"]", ARABIC), "claims/claim.html");
    holds(&page, &[" direction=\"rtl\" aria-hidden", "\u{2066}Reuters (UK)\u{2069}</text>"]);
}

#[test]
fn numbers_and_plural_forms_are_those_of_the_language() {
    let arabic = files("[\"ar-eg\"]", ARABIC);
    let page = text(&arabic, "index.html");
    holds(&page, &[" data-numerals=\"arab\">", "href=\"#fn-1\"", ">١</a></sup>", "٢٠٢٣"]);
    let western = text(&files("[\"ar-ae\"]", ARABIC), "index.html");
    holds(&western, &["<html lang=\"ar-ae\" dir=\"rtl\">", ">1</a></sup>", "2023"]);
    let search = text(&files("[\"en\"]", ENGLISH), "evidence/search.html");
    holds(
        &search,
        &["data-found=\"{&quot;one&quot;:&quot;{n} page&quot;,&quot;other&quot;:&quot;{n} pages&quot;}\""],
    );
}

#[test]
fn english_words_on_a_page_from_the_right_are_isolated() {
    let page = text(&files("[\"he\"]", ["משרד החוץ", "Reuters", "המשרד אומר"]), "evidence/terms.html");
    let isolated = page.matches(".\u{2069}").count();
    assert!(isolated > 10 && !page.contains(".</dd>"), "{isolated}");
}

#[test]
fn a_book_from_the_right_is_turned_to_the_right() {
    let part = |languages, names, path: &str| {
        let files = files(languages, names);
        let mut archive = zip::ZipArchive::new(Cursor::new(&files["dossier.epub"])).unwrap();
        let mut text = String::new();
        archive.by_name(path).unwrap().read_to_string(&mut text).unwrap();
        text
    };
    holds(&part("[\"ar-lb\"]", ARABIC, "EPUB/package.opf"), &["<spine page-progression-direction=\"rtl\">"]);
    holds(
        &part("[\"ar-lb\"]", ARABIC, "EPUB/nav.xhtml"),
        &["dir=\"rtl\" data-numerals=\"arab\"", "<li><a href=\"article-article.xhtml\">١ ", "١.١ "],
    );
    holds(&part("[\"en\"]", ENGLISH, "EPUB/package.opf"), &["<spine>"]);
}

/// What a style sheet says of left and right does not turn with the page.
#[test]
fn the_style_sheets_know_no_left_and_right() {
    const PHYSICAL: [&str; 12] = [
        "margin-left",
        "margin-right",
        "padding-left",
        "padding-right",
        "border-left",
        "border-right",
        "text-align: left",
        "text-align: right",
        "float: left",
        "float: right",
        " left:",
        " right:",
    ];
    for (name, sheet) in [
        ("style.css", include_str!("../../themes/default/assets/style.css")),
        ("map.css", include_str!("../../themes/default/assets/map.css")),
        ("book.css", include_str!("../../themes/default/assets/book.css")),
        ("epub.css", include_str!("../../themes/default/assets/epub.css")),
    ] {
        for word in PHYSICAL {
            assert!(!sheet.contains(word), "{name}: {word}");
        }
        // Four values: the second is right, the fourth left.
        for declaration in sheet.split([';', '{', '}']).map(str::trim) {
            let Some((property, value)) = declaration.split_once(": ") else { continue };
            let values: Vec<&str> = value.split_whitespace().collect();
            if matches!(property, "margin" | "padding" | "inset" | "border-width") && !value.contains('(') {
                assert!(values.len() != 4 || values[1] == values[3], "{name}: {declaration}");
            }
        }
    }
}
