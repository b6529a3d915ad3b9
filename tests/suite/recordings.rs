//! Recordings and documents as evidence: whole small dossiers in, pages and findings out.

use std::collections::BTreeMap;
use std::io::{Cursor, Read};
use std::sync::Arc;

use dossier::base::hash::sum;
use dossier::session::{Options, Snapshot};
use dossier::world::memory::MemoryWorld;

use crate::sites;

const CLIP: &[u8] = include_bytes!("../media/clip.mp4");
const CALL: &[u8] = include_bytes!("../media/call.mp3");
const LETTER: &[u8] = include_bytes!("../media/letter.pdf");
const MOV: &[u8] = include_bytes!("../media/clip.mov");
const HEVC: &[u8] = include_bytes!("../media/hevc.mp4");
const WEBM: &[u8] = include_bytes!("../media/clip.webm");
const POSTER: &[u8] = include_bytes!("../media/clip.jpg");
const CAPTIONS: &str = "WEBVTT\n\n00:00.000 --> 00:02.000\nA\n";

/// A dossier with an article of this text and files of every sort.
fn world(text: &str) -> MemoryWorld {
    MemoryWorld::new()
        .with(
            "dossier.toml",
            "title = \"T\"\nbase_url = \"https://example.org/d/\"\nlanguages = [\"en\", \"id\"]\n",
        )
        .with(
            "content/article.md",
            format!("---\ntitle: A\npublished: 2023-11-09\n---\n\n{text}\n\n[[strike]] was reported.\n"),
        )
        .with("content/sources/clip.mp4", CLIP)
        .with("content/sources/clip.jpg", POSTER)
        .with("content/sources/clip.ar.vtt", CAPTIONS)
        .with("content/sources/clip.en.vtt", CAPTIONS)
        .with("content/sources/clip.txt", "What is said.\n")
        .with("content/sources/call.mp3", CALL)
        .with("content/sources/letter.pdf", LETTER)
        .with("content/sources/clip.mov", MOV)
        .with("content/sources/hevc.mp4", HEVC)
        .with("content/sources/small.webm", WEBM)
        .with(
            "content/sources/clip.md",
            "---\ntitle: Film from a balcony\nlanguage: ar\npublished: 2023-10-13\nfile: clip.mp4\n---\n",
        )
        .with(
            "content/sources/letter.md",
            "---\ntitle: The letter\npublished: 2023-10-13\nfile: letter.pdf\n---\n",
        )
        .with("content/actors/nis.md", "---\ntitle: NIS\ntype: agency\n---\n")
        .with(
            "content/claims/strike.md",
            "---\ntitle: A missile hit the house\ndate: 2023-10-13\nby: nis\nstatus: reported\nsources:\n  \
             - {source: clip, locator: \"00:00:03\"}\n  - {source: clip, locator: \"0:05\"}\n  \
             - {source: letter, locator: \"p. 2\"}\n  - {source: letter, locator: \"¶ 9\"}\n---\n",
        )
}

fn files(world: MemoryWorld) -> BTreeMap<String, Vec<u8>> {
    sites::files_of(&Snapshot::take(Arc::new(world), &Options::default()))
}

fn page(files: &BTreeMap<String, Vec<u8>>, path: &str) -> String {
    String::from_utf8(files[path].clone()).unwrap()
}

/// The article's page, for a text.
fn article(text: &str) -> String {
    page(&files(world(text)), "index.html")
}

fn codes(world: MemoryWorld) -> Vec<&'static str> {
    let snapshot = Snapshot::take(Arc::new(world), &Options::default());
    snapshot.diagnostics().iter().map(|found| found.code).collect()
}

#[track_caller]
fn holds(html: &str, all: &[&str]) {
    for words in all {
        assert!(html.contains(words), "{words}\n{html}");
    }
}

#[track_caller]
fn lacks(html: &str, none: &[&str]) {
    for words in none {
        assert!(!html.contains(words), "{words}\n{html}");
    }
}

#[test]
fn every_way_to_embed_a_video_is_a_player() {
    for text in [
        "![[clip.mp4]]",
        "![[sources/clip.mp4]]",
        "![](sources/clip.mp4)",
        "<video src=\"sources/clip.mp4\" controls></video>",
        "<VIDEO controls autoplay src='sources/clip.mp4'>Your browser plays <b>no</b> video.</VIDEO>",
        "<video controls autoplay muted>\n  <source src=\"sources/clip.mp4\" type=\"video/mp4\">\n  Your browser plays no video.\n</video>",
    ] {
        let html = article(text);
        holds(
            &html,
            &[
                "<video controls preload=\"metadata\" playsinline src=\"sources/clip.mp4\" width=\"96\" height=\"54\" \
                 poster=\"sources/clip.jpg\" aria-label=\"Film from a balcony\">",
                "<track kind=\"captions\" src=\"sources/clip.ar.vtt\" srclang=\"ar\" label=\"Arabic\">",
                "<track kind=\"subtitles\" src=\"sources/clip.en.vtt\" srclang=\"en\" label=\"English\" default>",
                "Video (MP4), <time datetime=\"PT6S\">0:06</time>, <span dir=\"ltr\">96\u{a0}×\u{a0}54</span>, 12 kB",
                "href=\"sources/clip.txt\"",
                "href=\"sources/clip.html\"",
                "assets/media.",
            ],
        );
        lacks(&html, &["autoplay", "<img src=\"sources/clip.mp4\"", "Your browser"]);
        // What a browser without videos would show is nowhere else.
        assert_eq!(codes(world(text)).contains(&"html-removed"), text.contains("Your browser"), "{text}");
    }
}

#[test]
fn words_captions_and_times_are_the_authors() {
    let html = article("![The *strike*](sources/clip.mp4#t=0:03 \"Telegram, 13 October\")");
    holds(
        &html,
        &[
            "src=\"sources/clip.mp4#t=3\"",
            "aria-label=\"The strike\"",
            "<p class=\"media-caption\">Telegram, 13 October</p>",
            "starts at 0:03",
            "href=\"sources/clip.html#t=3\"",
        ],
    );
    holds(&article("![[clip.mp4#t=1,0:05|A & B]]"), &["#t=1,5", "aria-label=\"A &amp; B\""]);
    // In a line, it is a link; a link keeps its place.
    let html = article(
        "Hear ![[call.mp3#t=1]] and [the page](sources/letter.pdf#page=2), [it](sources/clip.mp4#t=0:02).",
    );
    holds(
        &html,
        &[
            "<a class=\"media-link\" href=\"sources/call.mp3#t=1\">call.mp3</a> (MP3, 0:02)",
            "href=\"sources/letter.pdf#page=2\"",
            "href=\"sources/clip.mp4#t=2\"",
        ],
    );
    lacks(&html, &["<audio"]);
}

#[test]
fn sounds_have_players_and_documents_have_cards() {
    let html =
        article("![[call.mp3]]\n\n![[letter.pdf#page=3]]\n\n![[clip.mov|From the phone]]\n\n![[clip.txt]]");
    holds(
        &html,
        &[
            "<audio controls preload=\"metadata\" src=\"sources/call.mp3\" aria-label=\"call.mp3\">",
            "Audio (MP3), <time datetime=\"PT2S\">0:02</time>, 3 kB",
            "<a href=\"sources/letter.pdf#page=3\">The letter</a>",
            "Document (PDF), 3 pages, 523 bytes, opens at page 3",
            "<a href=\"sources/clip.mov\" download>From the phone</a>",
            "Browsers do not show this format.",
            "Document (TXT), 14 bytes",
        ],
    );
    lacks(&html, &["<video", "<img src=\"sources/letter.pdf\""]);
    let html = page(&files(world("![[letter.pdf]]")), "id/index.html");
    holds(&html, &["Dokumen (PDF), 3 halaman", "href=\"../sources/letter.pdf\""]);
}

#[test]
fn the_checksum_is_that_of_the_published_file() {
    let files = files(world("![[clip.mp4]]"));
    let published = &files["sources/clip.mp4"];
    assert_ne!(&published[..], CLIP, "the test needs a file that is cleaned");
    let hex: String = sum(published).iter().map(|byte| format!("{byte:02x}")).collect();
    let html = page(&files, "index.html");
    holds(
        &html,
        &[
            &format!("<code dir=\"ltr\">{hex}</code>"),
            "The program removed metadata",
            &format!("\"sha256\":\"{hex}\""),
        ],
    );
    let settings = "title = \"T\"\nkeep_metadata = [\"*.mp4\"]\n";
    let files = self::files(world("![[clip.mp4]]").with("dossier.toml", settings));
    assert_eq!(&files["sources/clip.mp4"][..], CLIP);
    let hex: String = sum(CLIP).iter().map(|byte| format!("{byte:02x}")).collect();
    let html = page(&files, "index.html");
    holds(&html, &[&format!("<code dir=\"ltr\">{hex}</code>")]);
    lacks(&html, &["The program removed metadata"]);
}

#[test]
fn a_citation_leads_to_the_moment_and_the_source_lists_it() {
    let files = files(world(""));
    let html = page(&files, "claims/strike.html");
    holds(
        &html,
        &[
            "href=\"../sources/clip.html#t=3\">Film from a balcony</a>",
            "<a class=\"locator\" href=\"../sources/clip.mp4#t=3\"><bdi>00:00:03</bdi></a>, \
             <a class=\"locator\" href=\"../sources/clip.mp4#t=5\"><bdi>0:05</bdi></a>",
            "<a class=\"locator\" href=\"../sources/letter.pdf#page=2\"><bdi>p. 2</bdi></a>, <bdi class=\"locator\">¶ 9</bdi>",
        ],
    );
    let html = page(&files, "sources/clip.html");
    holds(
        &html,
        &[
            "<video controls",
            "Our copy",
            "<li id=\"t=3\">",
            "href=\"../sources/clip.mp4#t=3\"><bdi>00:00:03</bdi></a> <a class=\"ref ref-claim\"",
            "<li id=\"t=5\">",
            "\"@type\":\"VideoObject\"",
            "\"duration\":\"PT6S\"",
        ],
    );
    let html = page(&files, "sources/letter.html");
    holds(&html, &["href=\"../sources/letter.pdf\"", "<li id=\"page=2\">", "\"@type\":\"MediaObject\""]);
    lacks(&html, &["assets/media."]);
    // The page in another language finds the same file.
    holds(&page(&files, "id/sources/clip.html"), &["src=\"../../sources/clip.mp4\"", "Salinan kami"]);
}

#[test]
fn what_belongs_to_a_recording_is_published_with_it() {
    let files = files(world(""));
    for path in ["clip.mp4", "clip.jpg", "clip.ar.vtt", "clip.en.vtt", "clip.txt", "letter.pdf"] {
        assert!(files.contains_key(&format!("sources/{path}")), "{path}");
    }
    // Nothing refers to the others, and a draft keeps back what is its own.
    assert!(!files.contains_key("sources/call.mp3") && !files.contains_key("sources/hevc.mp4"));
    let draft = "---\ntitle: D\ndraft: true\nfile: secret.mp4\n---\n";
    let world = world("")
        .with("content/sources/d.md", draft)
        .with("content/sources/secret.mp4", CLIP)
        .with("content/sources/secret.vtt", CAPTIONS);
    assert!(!self::files(world).keys().any(|path| path.contains("secret")));
}

#[test]
fn books_and_feeds_have_a_line() {
    let files = files(world("![[clip.mp4]]\n\n![[letter.pdf]]\n\n![[call.mp3]]"));
    let sound = "call.mp3. </b>Audio (MP3), <time datetime=\"PT2S\">0:02</time>";
    let line = "Film from a balcony. </b>Video (MP4), <time datetime=\"PT6S\">0:06</time>";
    let print = page(&files, "print.html");
    holds(
        &print,
        &[line, sound, "https://example.org/d/sources/clip.mp4</a>", "SHA-256: <code dir=\"ltr\">"],
    );
    lacks(&print, &["<video", "<audio", "<details"]);
    let mut archive = zip::ZipArchive::new(Cursor::new(&files["dossier.epub"])).unwrap();
    let mut book = String::new();
    for at in 0..archive.len() {
        let mut file = archive.by_index(at).unwrap();
        if file.name().unwrap().ends_with(".xhtml") {
            file.read_to_string(&mut book).unwrap();
        }
    }
    holds(
        &book,
        &["Film from a balcony. </b>Video (MP4)", sound, "href=\"https://example.org/d/sources/clip.mp4\""],
    );
    lacks(&book, &["<video", "<audio"]);
    holds(
        &page(&files, "atom.xml"),
        &[
            "<link rel=\"enclosure\" type=\"video/mp4\" length=\"11267\" title=\"Film from a balcony\" href=\"https://example.org/d/sources/clip.mp4\"/>",
        ],
    );
    holds(&page(&files, "feed.json"), &["\"duration_in_seconds\":6", "\"mime_type\":\"application/pdf\""]);
}

#[test]
fn a_title_of_a_recording_is_found() {
    let files = files(world("![[call.mp3|Intercepted telephone conversation]]"));
    let is_found = files.iter().any(|(path, bytes)| {
        path.contains("/search/") && memchr::memmem::find(bytes, b"intercept").is_some()
    });
    assert!(is_found, "{:?}", files.keys().filter(|path| path.contains("search")).collect::<Vec<_>>());
}

#[test]
fn broken_files_have_a_card_and_a_finding() {
    for (name, bytes) in [
        ("a.mp4", &b"x"[..]),
        ("a.mp4", b""),
        ("a.mp4", b"<!doctype html>"),
        ("a.mp3", b"\n"),
        ("a.pdf", b"\xff"),
        ("a.mp4", &CLIP[..200]),
    ] {
        let world = world(&format!("![[{name}]]")).with(&format!("content/{name}"), bytes);
        assert!(codes(world.clone()).contains(&"broken-media"), "{name}, {} bytes", bytes.len());
        holds(&page(&files(world), "index.html"), &["<figure class=\"media", name]);
    }
    let codes =
        codes(world("![[hevc.mp4]]\n\n![[clip.mov]]\n\n![[small.webm]]\n\n![[clip.mp4]]\n\n![[call.mp3]]"));
    assert_eq!(codes.iter().filter(|code| **code == "unplayable-media").count(), 2, "{codes:?}");
    assert!(!codes.contains(&"broken-media"), "{codes:?}");
}

/// Whatever its format, a file that was cut off is said to be incomplete, and nothing else.
#[test]
fn what_is_cut_off_in_the_middle_is_incomplete() {
    for (name, bytes) in [
        ("a.mp4", CLIP),
        ("a.mov", MOV),
        ("a.mp4", HEVC),
        ("a.webm", WEBM),
        ("a.mp3", CALL),
        ("a.pdf", LETTER),
        ("a.jpg", POSTER),
    ] {
        for part in [5, 7, 9] {
            let cut = &bytes[..bytes.len() * part / 10];
            let world = world(&format!("![[{name}|Words]]")).with(&format!("content/{name}"), cut);
            let snapshot = Snapshot::take(Arc::new(world), &Options::default());
            let found: Vec<&str> = snapshot
                .diagnostics()
                .iter()
                .filter(|found| {
                    found.labels.iter().any(|label| label.path.as_str() == format!("content/{name}"))
                })
                .map(|found| found.code)
                .collect();
            assert!(found.contains(&"broken-media"), "{name}, {part} tenths: {found:?}");
            assert!(!found.contains(&"metadata-left"), "{name}, {part} tenths: {found:?}");
        }
        assert!(
            !codes(world(&format!("![[{name}|Words]]")).with(&format!("content/{name}"), bytes))
                .contains(&"broken-media"),
            "{name}"
        );
    }
}

#[test]
fn captions_after_the_end_of_a_recording_are_told() {
    let late = "WEBVTT\n\n00:01.000 --> 00:02.000\nA\n\n59:00.000 --> 59:01.000\nB\n";
    for name in ["clip.vtt", "clip.en.vtt"] {
        let world = world("![[clip.mp4]]").with(&format!("content/sources/{name}"), late);
        assert!(codes(world).contains(&"broken-captions"), "{name}");
    }
    assert!(!codes(world("![[clip.mp4]]")).contains(&"broken-captions"));
}

#[test]
fn without_an_address_of_its_own_the_site_names_the_path() {
    let world = world("![[clip.mp4]]").with("dossier.toml", "title = \"T\"\n");
    let files = files(world);
    holds(&page(&files, "index.html"), &["<span class=\"media-address\">sources/clip.mp4</span>"]);
}
