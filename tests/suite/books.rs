//! The dossier as a book: the print edition and the EPUB, what is in them, and where their links lead.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{Cursor, Read};
use std::sync::Arc;

use dossier::session::{Options, Snapshot};
use dossier::world::memory::MemoryWorld;

use crate::sites;

fn world(settings: &str) -> MemoryWorld {
    MemoryWorld::new()
        .with(
            "dossier.toml",
            format!("title = \"The voyage\"\nbase_url = \"https://example.org/d/\"\nlanguages = [\"en\", \"id\"]\n{settings}"),
        )
        .with(
            "content/article.md",
            "---\ntitle: What sailed\nbyline: A. Writer\npublished: 2023-11-09\ncorrections:\n  - date: 2024-02-01\n    text: A date.\n---\n\
             ## When\n\n[[a]] was told by [[nis]] and again by [[nis]]. See [below](#when), [more](claims/a.md#why), [a map](map.png).\n\n\
             ![A ship](ship.png)\n\n![[r]]\n\nSome <b>bold & <i>open text.\n",
        )
        .with(
            "content/claims/a.md",
            "---\ntitle: A ship left\ndate: 2023-10\nby: nis\nstatus: reported\ntargets:\n  - source: article\n    exact: was told\n---\n## Why\n\nBecause.",
        )
        .with("content/actors/nis.md", "---\ntitle: NIS & co\ntype: agency\n---\nSee [[a]].")
        .with("content/places/p.md", "---\ntitle: P\ncoordinates: [42.25, 130.29]\n---\n")
        .with("content/places/q.md", "---\ntitle: Q\ncoordinates: [42.88, 132.33]\n---\n")
        .with("content/routes/r.md", "---\ntitle: R\nlegs:\n  - {from: p, to: q, mode: sea}\n---\n")
        .with("content/ship.png", &b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\0\0\0\0"[..])
        .with("content/map.png", &b"\x89PNG"[..])
}

fn files(world: MemoryWorld) -> BTreeMap<String, Vec<u8>> {
    sites::files_of(&Snapshot::take(Arc::new(world), &Options::default()))
}

fn unpacked(epub: &[u8]) -> BTreeMap<String, String> {
    let mut archive = zip::ZipArchive::new(Cursor::new(epub)).unwrap();
    let names: Vec<String> = archive.file_names().map(|name| name.unwrap().into_owned()).collect();
    let mut read = |name: String| {
        let mut bytes = Vec::new();
        archive.by_name(&name).unwrap().read_to_end(&mut bytes).unwrap();
        (name, String::from_utf8_lossy(&bytes).into_owned())
    };
    names.into_iter().map(&mut read).collect()
}

/// What stands between `before` and the next quotation mark.
fn quoted<'a>(text: &'a str, before: &'a str) -> impl Iterator<Item = &'a str> {
    text.match_indices(before).map(move |(at, _)| text[at + before.len()..].split('"').next().unwrap())
}

#[test]
fn the_print_edition_holds_every_page_once_with_ids_of_its_own() {
    let files = files(world(""));
    let html = String::from_utf8(files["print.html"].clone()).unwrap();
    for words in [
        "<span class=\"number\">1.1</span> What sailed",
        "id=\"claim-a\"",
        "id=\"claim-a.why\"",
        "href=\"#claim-a.why\"",
        "href=\"#article-article.when\"",
        "id=\"actor-nis\"",
        "NIS &amp; co",
        "By A. Writer",
        "src=\"ship.png\"",
        "href=\"map.png\"",
        "class=\"endnotes\"",
    ] {
        assert!(html.contains(words), "{words}\n{html}");
    }
    let ids: Vec<&str> = quoted(&html, " id=\"").collect();
    let unique: BTreeSet<&str> = ids.iter().copied().collect();
    assert_eq!(ids.len(), unique.len(), "{ids:?}");
    let lost: Vec<&str> = quoted(&html, "href=\"#").filter(|id| !unique.contains(id)).collect();
    assert!(lost.is_empty(), "{lost:?}");
    // A section is referred to by its number once.
    let article = &html[html.find("id=\"article-article\"").unwrap()..html.find("id=\"claims\"").unwrap()];
    assert_eq!(article.matches("href=\"#actor-nis\" data-section=").count(), 1, "{article}");
    assert!(!String::from_utf8_lossy(&files["sitemap.xml"]).contains("print.html"));
    assert!(String::from_utf8_lossy(&files["index.html"]).contains("href=\"print.html\""));
    assert!(String::from_utf8_lossy(&files["id/print.html"]).contains("Daftar isi"));
}

#[test]
fn an_epub_is_well_formed_and_its_links_lead_somewhere() {
    // What XML forbids is in titles, texts, names and attributes.
    let odd = "---\ntitle: \"N\\u000b\\ufffe\"\n---\nText\u{b}\u{1}\u{ffff} [x](claims/a.md) ![\u{b}](ship.png) `\u{c}`\n\n## H\u{b}\n";
    let odd_names = ["content/notes/Meeting notes.md", "content/notes/a<b&c.md", "content/notes/Łódź.md"];
    let odd_world = odd_names.iter().fold(world("").with("content/notes/odd.md", odd), |world, path| {
        world.with(path, "---\ntitle: Odd\n---\n## Why\n\nSee [here](#why).\n")
    });
    let files = files(odd_world);
    let epub = &files["dossier.epub"];
    // OCF 3.3, 4.2.4: the first file says what it is, uncompressed, where readers look for it.
    assert_eq!(&epub[30..58], b"mimetypeapplication/epub+zip");
    let inside = unpacked(epub);
    let documents: BTreeMap<&str, roxmltree::Document<'_>> = inside
        .iter()
        .filter(|(name, _)| [".xhtml", ".opf", ".xml"].iter().any(|end| name.ends_with(end)))
        .map(|(name, text)| {
            let options = roxmltree::ParsingOptions { allow_dtd: true, ..Default::default() };
            let document = roxmltree::Document::parse_with_options(text, options);
            (name.as_str(), document.unwrap_or_else(|error| panic!("{name}: {error}\n{text}")))
        })
        .collect();
    let ids = |name: &str| -> BTreeSet<String> {
        documents[name].descendants().filter_map(|node| node.attribute("id")).map(str::to_owned).collect()
    };
    for name in inside.keys() {
        assert!(name.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_./".contains(&b)), "{name}");
    }
    let opf = documents["EPUB/package.opf"].descendants().filter_map(|node| node.attribute("id"));
    for id in opf {
        assert!(id.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_.".contains(&b)), "{id}");
    }
    let mut led = 0;
    for (name, document) in &documents {
        for node in document.descendants() {
            for address in [node.attribute("href"), node.attribute("src")].into_iter().flatten() {
                if address.starts_with("https://") {
                    continue;
                }
                let (file, fragment) = address.split_once('#').unwrap_or((address, ""));
                let file = if file.is_empty() { (*name).to_owned() } else { format!("EPUB/{file}") };
                assert!(inside.contains_key(&file), "{name}: {address}");
                assert!(fragment.is_empty() || ids(&file).contains(fragment), "{name}: {address}");
                led += 1;
            }
        }
    }
    assert!(led > 20);
    let opf = &inside["EPUB/package.opf"];
    assert!(opf.contains("<meta property=\"dcterms:modified\">2024-02-01T00:00:00Z</meta>"), "{opf}");
    assert!(opf.contains("<dc:creator>A. Writer</dc:creator>") && opf.contains("media-type=\"image/png\""));
    assert_eq!(quoted(opf, "properties=\"").filter(|one| *one == "nav").count(), 1);
    let article = &inside["EPUB/article-article.xhtml"];
    assert!(
        article.contains("href=\"claim-a.xhtml#claim-a.why\"")
            && article.contains("href=\"actor-nis.xhtml\"")
    );
    // What is not in the book is on the site.
    assert!(article.contains("href=\"https://example.org/d/map.png\""), "{article}");
    let identifier =
        |epub: &[u8]| unpacked(epub)["EPUB/package.opf"].split("urn:uuid:").nth(1).unwrap()[..36].to_owned();
    assert_ne!(identifier(epub), identifier(&files["id/dossier.epub"]));
}

#[test]
fn an_epub_has_only_pictures_that_readers_can_show() {
    let photo = include_bytes!("../media/clip.jpg");
    let raw = |source: &str, alt: &str| format!("Before <img src=\"{source}\" alt=\"{alt}\"> after.\n\n");
    let lost =
        ["gone.png", "web.jpg", "empty.png", "text.gif", "draft.jpg", "new.webp", "PHOTO.JPG", "gone.png?1"];
    let shown =
        ["photo.jpg", "photo.jpg?v=2", "photo.jpg#x", "./photo.jpg", "other%20photo.jpg", "notes/n.jpg"];
    let mut text: String = lost.iter().map(|source| raw(source, "Lost &amp; &lt;one")).collect();
    shown.iter().for_each(|source| text.push_str(&raw(source, "Shown")));
    // Links with and without fragments that exist are around them.
    let figure =
        "<figure><a href=\"#why\"><img src=\"gone.png\" alt=\"\"></a><figcaption>Said</figcaption></figure>";
    let text = format!("[x](#lost) {text}{figure}\n\n[y](#lost) [z](#why)\n\n## Why\n");
    let world = MemoryWorld::new()
        .with("dossier.toml", "title = \"T\"\n")
        .with("content/article.md", format!("---\ntitle: A\n---\n{text}"))
        .with("content/photo.jpg", &photo[..])
        .with("content/other photo.jpg", &photo[..])
        .with("content/notes/n.jpg", &photo[..])
        .with("content/notes/d.md", "---\ntitle: D\ndraft: true\nimage: {src: ../draft.jpg, alt: A}\n---\n")
        .with("content/web.jpg", "<!doctype html>")
        .with("content/empty.png", "")
        .with("content/text.gif", "A text.\n")
        .with("content/new.webp", &photo[..]);
    let inside = unpacked(&files(world)["dossier.epub"]);
    let article = &inside["EPUB/article-article.xhtml"];
    let pictures: Vec<&str> = quoted(article, "<img src=\"").collect();
    assert_eq!(pictures.len(), shown.len(), "{article}");
    let unique: BTreeSet<String> = pictures.iter().map(|name| format!("EPUB/{name}")).collect();
    let packed = inside.keys().filter(|name| name.ends_with(".jpg") || name.ends_with(".png"));
    assert!(packed.eq(&unique), "{unique:?} of {:?}", inside.keys());
    for name in &pictures {
        assert!(inside["EPUB/package.opf"].contains(&format!("href=\"{name}\"")), "{name}");
    }
    assert_eq!(article.matches("Before Lost &amp; &lt;one after.").count(), lost.len(), "{article}");
    assert!(article.contains("<a href=\"#article-article.why\"></a><figcaption>Said"), "{article}");
    assert_eq!(article.matches("href=\"#article-article\"").count(), 2, "{article}");
    assert_eq!(article.matches("href=\"#article-article.why\"").count(), 2, "{article}");
}

#[test]
fn books_are_made_as_the_settings_say() {
    let made = |settings: &str| {
        let files = files(world(settings));
        ["print.html", "id/print.html", "dossier.epub", "id/dossier.epub"]
            .map(|path| files.contains_key(path))
    };
    assert_eq!(made(""), [true; 4]);
    assert_eq!(made("[books]\nformats = [\"print\"]"), [true, true, false, false]);
    assert_eq!(made("[books]\nformats = [\"epub\"]"), [false, false, true, true]);
    assert_eq!(made("[books]\nformats = []"), [false; 4]);
}

#[test]
fn what_a_book_has_no_room_for_is_said_and_linked_to_the_site() {
    let files = files(world("[books]\nformats = [\"print\", \"epub\"]\nmost = 3\n"));
    let html = String::from_utf8_lossy(&files["print.html"]).into_owned();
    // The article, and what it leads to first.
    for (id, is_there) in
        [("article-article", true), ("claim-a", true), ("actor-nis", true), ("place-p", false)]
    {
        assert_eq!(html.contains(&format!("id=\"{id}\"")), is_there, "{id}");
    }
    assert!(html.contains("3 entries are not in this edition"), "{html}");
    assert!(html.contains("href=\"routes/r.html\""));
    assert!(
        unpacked(&files["dossier.epub"])["EPUB/title.xhtml"].contains("3 entries are not in this edition")
    );
}

#[test]
fn a_redacted_name_is_found_in_what_is_packed() {
    // It is in a file's name, which nothing replaces.
    let settings = "[[redact]]\nwords = [\"Perez\"]\n";
    let world = world(settings).with("content/actors/perez.md", "---\ntitle: X\n---\n");
    let snapshot = Snapshot::take(Arc::new(world), &Options::default());
    let builder = snapshot.builder().unwrap();
    let path = "dossier.epub".into();
    let found = builder.bytes(&path, &builder.find(&path).unwrap()).unwrap_err();
    assert_eq!(found.code, "redaction-survived");
}

/// A picture in HTML whose file is missing or broken leaves its words.
#[test]
fn a_book_has_no_raw_picture_without_its_file() {
    let note = "---\ntitle: N\n---\nA <img src=\"gone.png\" alt=\"gone words\"> <img src=\"bad.png\" alt=\"bad words\"> \
                <img src=\"../ship.png\" alt=\"good words\">\n";
    let world =
        world("").with("content/claims/n.md", note).with("content/claims/bad.png", &b"no picture"[..]);
    let files = files(world);
    let print = String::from_utf8(files["print.html"].clone()).unwrap();
    let chapters = unpacked(&files["dossier.epub"]);
    let epub = chapters.values().find(|chapter| chapter.contains("gone words")).unwrap();
    for book in [&print, epub] {
        assert!(book.contains("gone words") && book.contains("bad words"));
        assert!(!book.contains("alt=\"gone words\"") && !book.contains("alt=\"bad words\""));
        assert!(book.contains("alt=\"good words\""));
    }
}
