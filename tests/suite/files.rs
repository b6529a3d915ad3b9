//! Which files of `content/` are published, and what is said of the others.

use std::collections::BTreeSet;
use std::sync::Arc;

use dossier::session::{Options, Snapshot};
use dossier::world::memory::MemoryWorld;

/// A dossier of these files, with some settings; the findings, and the files of the site that are copies.
fn look(settings: &str, files: &[(&str, &str)], drafts: bool) -> (BTreeSet<String>, Vec<String>) {
    let mut world = MemoryWorld::new().with(
        "dossier.toml",
        format!("languages = [\"en\", \"id\"]\nsocial_cards = []\nbooks = {{formats = []}}\n{settings}\n"),
    );
    for (path, text) in files {
        world = world.with(&format!("content/{path}"), *text);
    }
    let snapshot = Snapshot::take(Arc::new(world), &Options { drafts, ..Options::default() });
    let builder = snapshot.builder().unwrap_or_else(|why| panic!("{why:?}"));
    let published = files.iter().map(|(path, _)| (*path).to_owned());
    let published =
        published.filter(|path| !path.ends_with(".md") && builder.find(&path.as_str().into()).is_some());
    let found = snapshot.diagnostics().iter().map(|found| format!("{}: {}", found.code, found.message));
    (published.collect(), found.collect())
}

fn published(settings: &str, files: &[(&str, &str)]) -> BTreeSet<String> {
    look(settings, files, false).0
}

fn set(names: &[&str]) -> BTreeSet<String> {
    names.iter().map(|name| (*name).to_owned()).collect()
}

/// A note with this text, beside a file of this name.
fn refers(text: &str, name: &str) -> bool {
    let note = format!("---\ntitle: N\n---\n{text}\n");
    let (published, found) = look("", &[("notes/n.md", &note), (&format!("notes/{name}"), "x")], false);
    let is_reported = found.iter().any(|found| found.starts_with("unpublished-file"));
    assert_eq!(published.is_empty(), is_reported, "{text}: {found:?}");
    !published.is_empty()
}

#[test]
fn every_way_to_refer_to_a_file_publishes_it() {
    for (text, name) in [
        ("[x](f.pdf)", "f.pdf"),
        ("[x](./f.pdf)", "f.pdf"),
        ("[x](f.pdf#page=2)", "f.pdf"),
        ("[x](<f g.pdf>)", "f g.pdf"),
        ("[x](f%20g.pdf)", "f g.pdf"),
        ("[x](f%C3%A9.pdf)", "fé.pdf"),
        ("[x](fé.pdf)", "fé.pdf"),
        ("[x][r]\n\n[r]: f.pdf", "f.pdf"),
        ("![x](f.png)", "f.png"),
        ("![[f.png]]", "f.png"),
        ("[[f.pdf]]", "f.pdf"),
        ("[[f.pdf|the file]]", "f.pdf"),
        ("[![x](g.png)](f.pdf)", "f.pdf"),
        ("<img src=\"f.png\" alt=\"\">", "f.png"),
        ("<a href='f.pdf'>x</a>", "f.pdf"),
        ("<video><source src=\"f.mp4\"></video>", "f.mp4"),
        ("| a |\n|---|\n| [x](f.pdf) |", "f.pdf"),
        ("Words[^1].\n\n[^1]: [x](f.pdf)", "f.pdf"),
    ] {
        assert!(refers(text, name), "{text}");
    }
    for text in [
        "`f.pdf`",
        "f.pdf",
        "```\n[x](f.pdf)\n```",
        "%%[x](f.pdf)%%",
        "<!-- ![x](f.pdf) -->",
        "[x](https://example.com/f.pdf)",
    ] {
        assert!(!refers(text, "f.pdf"), "{text}");
    }
}

#[test]
fn front_matter_and_translations_refer_to_files_too() {
    let files = [
        ("notes/n.md", "---\ntitle: N\nimage: {src: i.png, alt: x}\n---\nWords.\n"),
        ("notes/n.id.md", "---\ntitle: N\n---\n![x](t.png)\n"),
        ("sources/s.md", "---\ntitle: S\nfile: s.pdf\n---\n"),
        ("places/p.md", "---\ntitle: P\ncoordinates: [1, 2]\n---\n"),
        ("places/q.md", "---\ntitle: Q\ncoordinates: [3, 4]\n---\n"),
        ("routes/r.md", "---\ntitle: R\nlegs:\n  - {from: p, to: q, mode: sea, path: r.gpx}\n---\n"),
        ("notes/i.png", "x"),
        ("notes/t.png", "x"),
        ("sources/s.pdf", "x"),
        ("routes/r.gpx", "<gpx/>"),
        ("sources/i.png", "x"),
    ];
    assert_eq!(published("", &files), set(&["notes/i.png", "notes/t.png", "routes/r.gpx", "sources/s.pdf"]));
}

#[test]
fn files_wait_with_what_refers_to_them() {
    let files = [
        ("notes/a.md", "---\ntitle: A\n---\n[x](both.pdf)\n"),
        ("notes/d.md", "---\ntitle: D\ndraft: true\n---\n[x](draft.pdf) [y](both.pdf)\n"),
        ("notes/d.id.md", "---\ntitle: D\n---\n[x](translated.pdf)\n"),
        ("notes/e.md", "---\ntitle: E\nembargo: 2999-01-01\n---\n[x](embargo.pdf)\n"),
        ("article.md", "---\ntitle: T\npublished: 2999-01-01\n---\n[x](later.pdf)\n"),
        ("notes/both.pdf", "%PDF-1.4\n%%EOF"),
        ("notes/draft.pdf", "x"),
        ("notes/translated.pdf", "x"),
        ("notes/embargo.pdf", "x"),
        ("later.pdf", "x"),
    ];
    let (published, found) = look("", &files, false);
    assert_eq!(published, set(&["notes/both.pdf"]));
    assert_eq!(found, [""; 0], "what waits is no problem");
    assert_eq!(look("", &files, true).0.len(), 5);
}

#[test]
fn unused_files_are_reported_once_for_each_kind_and_can_be_allowed() {
    let files = [
        ("notes/n.md", "---\ntitle: N\n---\n"),
        ("data/a.csv", "x"),
        ("data/b.csv", "x"),
        ("data/deep/c.csv", "x"),
        ("z.txt", "x"),
    ];
    let (none, found) = look("", &files, false);
    assert!(none.is_empty() && found.len() == 3, "{found:?}");
    for (patterns, allowed) in [
        ("\"data/*.csv\"", &["data/a.csv", "data/b.csv"][..]),
        ("\"*.csv\"", &["data/a.csv", "data/b.csv", "data/deep/c.csv"]),
        ("\"data/**\"", &["data/a.csv", "data/b.csv", "data/deep/c.csv"]),
        ("\"/z.txt\", \"data/a.csv\"", &["data/a.csv", "z.txt"]),
        ("\"/a.csv\"", &[]),
    ] {
        assert_eq!(published(&format!("publish_files = [{patterns}]"), &files), set(allowed), "{patterns}");
    }
    let (_, found) = look("publish_files = [\"/a.csv\"]\nkeep_metadata = [\"no/*.jpg\"]", &files, false);
    assert_eq!(
        found.iter().filter(|found| found.starts_with("pattern-without-file")).count(),
        2,
        "{found:?}"
    );
}

#[test]
fn what_programs_leave_behind_is_never_published() {
    for name in [
        "~$x.docx",
        ".~lock.x.odt#",
        "Thumbs.db",
        "thumbs.DB",
        "desktop.ini",
        "x.md.bak",
        "x.pdf~",
        "x.pdf.orig",
        "x.canvas",
        "x.base",
        "x.swp",
        "x.tmp",
        "x (A's conflicted copy 2024-01-01).pdf",
        "x.sync-conflict-20240101-120000-AAAAAAA.pdf",
    ] {
        let note = format!("---\ntitle: N\n---\n[x](<{name}>)\n");
        let path = format!("notes/{name}");
        let files = [("notes/n.md", note.as_str()), (&path, "x")];
        assert!(published("publish_files = [\"**\"]", &files).is_empty(), "{name}");
    }
}

#[test]
fn a_copy_beside_its_original_is_not_published_and_said_once() {
    let text = "---\ntitle: N\n---\n";
    for name in
        ["n (1)", "n copy 2", "n - Copy", "Copy of n", "n - Kopie", "nのコピー", "n (Konflikt-Kopie von A)"]
    {
        let path = format!("notes/{name}.md");
        let (_, found) = look("", &[("notes/n.md", text), (&path, text)], false);
        assert_eq!(found.len(), 1, "{name}: {found:?}");
        assert!(found[0].starts_with("leftover-file"), "{name}: {found:?}");
    }
    // A name that only looks like one, and a picture that a text shows.
    assert_eq!(look("", &[("notes/n.md", text), ("notes/m (1).md", text)], false).1, [""; 0]);
    let files = [
        ("notes/n.md", "---\ntitle: N\n---\n[x](<f (1).pdf>)\n[x](f.pdf)\n"),
        ("notes/f.pdf", "x"),
        ("notes/f (1).pdf", "x"),
    ];
    assert_eq!(published("", &files).len(), 2);
}

#[test]
fn near_misses_say_what_they_should_be_called() {
    for name in ["x.md.txt", "Y.MD", "z.markdown", "a.Md", "b.mdx", "C.MD.TXT", "d.mdown"] {
        let path = format!("notes/{name}");
        let files = [("notes/n.md", "---\ntitle: N\n---\n"), (path.as_str(), "---\ntitle: X\n---\n")];
        let (none, found) = look("", &files, false);
        assert!(none.is_empty(), "{name}");
        assert!(found.iter().any(|found| found.contains("is not read as a text")), "{name}: {found:?}");
    }
}

const SCRIPTED: &str = "<svg xmlns=\"http://www.w3.org/2000/svg\"><script>alert(1)</script></svg>";
const STYLED: &str = "<?xml version=\"1.0\"?><?xml-stylesheet href=\"x.xsl\"?><gpx/>";
const XHTML: &str = "<gpx xmlns:h=\"http://www.w3.org/1999/xhtml\"><h:script>alert(1)</h:script></gpx>";

#[test]
fn files_that_could_run_code_are_published_only_if_they_are_named() {
    for (name, text) in [
        ("x.html", "x"),
        ("x.HTM", "x"),
        ("x.xhtml", "x"),
        ("x.shtml", "x"),
        ("x.js", "x"),
        ("x.mjs", "x"),
        ("x.wasm", "x"),
        ("x.xml", "<a/>"),
        ("x.xsl", "<a/>"),
        ("x.php", "x"),
        ("x.php5", "x"),
        ("x.phtml", "x"),
        ("x.cgi", "x"),
        ("x.svg", SCRIPTED),
        ("x.Svg", SCRIPTED),
        ("x.gpx", STYLED),
        ("x.KML", XHTML),
        ("_headers", "x"),
        ("_redirects", "x"),
        ("CNAME", "x"),
        ("_worker.js", "x"),
        ("web.config", "x"),
        ("vercel.json", "{}"),
    ] {
        let article = format!("---\ntitle: T\n---\n[x]({name})\n");
        let files = [("article.md", article.as_str()), (name, text)];
        for settings in ["", "publish_files = [\"*\"]", "publish_files = [\"**\", \"x.*\"]"] {
            let (none, found) = look(settings, &files, false);
            assert!(none.is_empty(), "{name} with {settings}");
            assert!(found.iter().any(|found| found.starts_with("active-file")), "{name}: {found:?}");
        }
        let pattern =
            name.rsplit_once('.').map_or(name.to_owned(), |(_, extension)| format!("*.{extension}"));
        for pattern in [&*pattern, name, &format!("/{name}")] {
            let (published, found) = look(&format!("publish_files = [\"{pattern}\"]"), &files, false);
            assert_eq!(published.len(), 1, "{name} with {pattern}: {found:?}");
            assert!(!found.iter().any(|found| found.starts_with("active-file")), "{found:?}");
        }
    }
    let harmless = [
        ("article.md", "---\ntitle: T\n---\n[a](a.svg) [b](b.gpx) [c](c.json) [d](d.csv)\n"),
        ("a.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"><path d=\"M0 0\"/></svg>"),
        ("b.gpx", "<gpx xmlns=\"http://www.topografix.com/GPX/1/1\"/>"),
        ("c.json", "{}"),
        ("d.csv", "a"),
    ];
    assert_eq!(published("", &harmless).len(), 4);
}

#[test]
fn a_text_links_to_what_waits_from_the_day_on_that_it_is_out() {
    let files = [
        ("article.md", "---\ntitle: A\npublished: 2999-01-01\n---\nSome words here.\n"),
        ("notes/n.md", "---\ntitle: N\n---\nSee [[article|the words]].\n"),
    ];
    let (_, found) = look("", &files, false);
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(found[0].contains("left out until 2999-01-01"), "{found:?}");
    assert_eq!(look("", &files, true).1, [""; 0], "a scheduled article is no slip");
}
