//! Input that no honest author writes: an error or a page, never a panic, never a hang.

use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use dossier::base::date::Day;
use dossier::base::diagnostic::Severity;
use dossier::base::path::InputPath;
use dossier::session::{Options, Snapshot};
use dossier::world::memory::MemoryWorld;
use dossier::world::{Entry, World};

use crate::sites;

/// Builds a dossier with one note, beside an actor and a claim; gives its page and the codes of the errors.
fn build(note: &[u8]) -> (String, Vec<&'static str>) {
    let world = MemoryWorld::new()
        .with("dossier.toml", "title = \"T\"\nbase_url = \"https://example.org/\"")
        .with("content/actors/a.md", "---\ntitle: A <i>&\"b\"</i>\n---\n")
        .with("content/claims/c.md", "---\ntitle: C\nby: a\nsources: s\n---\n")
        .with("content/sources/s.md", "---\ntitle: S\n---\n")
        .with("content/notes/n.md", note);
    let snapshot = Snapshot::take(Arc::new(world), &Options::default());
    let errors = snapshot.diagnostics().iter().filter(|d| d.severity == Severity::Error).map(|d| d.code);
    let builder = snapshot.builder().unwrap_or_else(|why| panic!("{why:?}"));
    let path = "notes/n.html".into();
    let page = builder.find(&path).map(|route| builder.bytes(&path, &route).expect("it can be drawn"));
    let page = page.map(|bytes| String::from_utf8(bytes).expect("a page is UTF-8"));
    (page.unwrap_or_default(), errors.collect())
}

fn body(text: &str) -> (String, Vec<&'static str>) {
    build(format!("---\ntitle: N\n---\n{text}\n").as_bytes())
}

fn head(text: &str) -> Vec<&'static str> {
    build(format!("---\ntitle: N\n{text}\n---\n").as_bytes()).1
}

#[test]
fn deep_or_endless_markdown_is_a_page() {
    let nested: String = (0..500).map(|depth| "  ".repeat(depth) + "- x\n").collect();
    let table = format!("|{}\n|{}\n|{}\n", "a|".repeat(500), "-|".repeat(500), "b|".repeat(500));
    for text in [
        ">".repeat(50_000),
        nested,
        table,
        "*a **a ".repeat(10_000),
        "[".repeat(50_000),
        "[[a|".repeat(10_000),
        "![a".repeat(5_000) + &"](x)".repeat(5_000),
        "# same\n\n".repeat(2_000),
        "<div>".repeat(5_000),
        "[^a]: [^b]\n\n[^b]: [^a]\n\nx[^a] y[^a] z[^c]".to_owned(),
    ] {
        let (page, _) = body(&text);
        assert!(page.contains("<h1>N</h1>"), "{}", &text[..20]);
    }
}

/// The levels of a list that a page has, and the words below them, each apart.
#[test]
fn what_is_nested_too_deep_stays_apart() {
    let list: String = (0..60).map(|depth| "  ".repeat(depth) + &format!("- word{depth} x\n")).collect();
    let world = MemoryWorld::new().with("content/article.md", format!("---\ntitle: A\n---\n{list}"));
    let files = sites::files_of(&Snapshot::take(Arc::new(world), &Options::default()));
    let html = String::from_utf8_lossy(&files["index.html"]).into_owned();
    assert_eq!(html.matches("<li>word").count(), 48);
    for depth in 0..60 {
        let at = html.find(&format!("word{depth} x")).unwrap();
        assert!(html[..at].ends_with([' ', '\n', '>']), "{depth}");
    }
}

/// The places of `nested-too-deep` in a note.
fn too_deep(body: &str) -> Vec<usize> {
    let text = format!("---\ntitle: N\n---\n{body}\n");
    let world = MemoryWorld::new()
        .with("dossier.toml", "title = \"T\"\nhtml = \"allow\"")
        .with("content/notes/n.md", text.clone());
    let snapshot = Snapshot::take(Arc::new(world), &Options::default());
    let found = snapshot.diagnostics().iter().filter(|found| found.code == "nested-too-deep");
    found.map(|found| text[..found.labels[0].span.start as usize].matches('\n').count() - 2).collect()
}

#[test]
fn what_is_left_out_because_it_is_deep_is_named_once() {
    let inline = "a <b>".repeat(40) + "\n\n";
    for (body, line) in [
        (">".repeat(60) + " a\n\n" + &"<i>".repeat(200), 1),
        ((0..60).map(|depth| "  ".repeat(depth) + "- x\n").collect(), 49),
        ("a\n\n".to_owned() + &"<div>".repeat(200), 3),
        ("<div>\n\na\n\n".repeat(200), 4 * 128 + 1),
        (inline.repeat(9), 2 * 3 + 1),
        ("%%private%%\n\n<div>\n\n".repeat(200), 4 * 128 + 3),
        (format!("a <b {}>", "x=y ".repeat(5_000)), 1),
    ] {
        assert_eq!(too_deep(&body), [line], "{}", &body[..20]);
    }
    for body in [">".repeat(40) + " a", "<b>a</b> ".repeat(500), "<p>a\n\n".repeat(500)] {
        assert!(too_deep(&body).is_empty(), "{}", &body[..9]);
    }
}

#[test]
fn bombs_and_nesting_in_front_matter_are_errors() {
    let first = "a0: &a0 [x,x,x,x,x,x,x,x,x,x]\n".to_owned();
    let bomb = (1..12).fold(first, |text, n| {
        let refs = vec![format!("*a{}", n - 1); 10].join(",");
        text + &format!("a{n}: &a{n} [{refs}]\n")
    });
    assert!(head(&bomb).contains(&"invalid-syntax"));
    assert!(head(&format!("x: {}", "[".repeat(1_000_000))).contains(&"invalid-syntax"));
    assert!(head("title: again").contains(&"invalid-syntax"));
    let toml = format!("+++\ntitle = \"N\"\nx = {}\n+++\n", "[".repeat(500_000));
    assert!(build(toml.as_bytes()).1.contains(&"invalid-syntax"));
}

#[test]
fn bytes_that_are_no_text_are_errors() {
    assert_eq!(build(b"---\ntitle: N\n---\na\0b").1, ["unreadable-file"]);
    assert_eq!(build(b"---\ntitle: caf\xe9\n---\n").1, ["unreadable-file"]);
    assert_eq!(build(b"").1, ["missing-field"]);
    assert_eq!(build(b"---\ntitle: N\n").1, ["invalid-syntax"]);
}

#[test]
fn a_byte_order_mark_and_windows_lines_are_no_matter() {
    let (page, errors) = build("\u{feff}---\r\ntitle: N\r\nsummary: \"x\"\r\n---\r\n\r\nBody\r\n".as_bytes());
    assert!(errors.is_empty() && page.contains("<p>Body</p>"), "{errors:?}");
}

#[test]
fn nothing_that_runs_reaches_a_page() {
    let (page, _) = body(concat!(
        "[a](javascript:alert(1)) [b](JaVaScRiPt&#58;alert(1)) ![c](data:text/html,alert(1)) [d](vbscript:alert(1))\n\n",
        "[e](<java\tscript:alert(1)>) <a href=\"javascript:alert(1)\">f</a> <img src=x onerror=\"alert(1)\">\n\n",
        "<svg><script>alert(1)</script></svg>\n\n<script>alert(1)</script>\n\n[g]: javascript:alert(1)\n\n[g]\n",
    ));
    let main = page.split("<div class=\"prose\">").nth(1).expect("there is a body");
    for bad in ["javascript:", "vbscript:", "data:", "onerror", "<script"] {
        assert!(!main.contains(bad), "{bad} in {main}");
    }
}

/// What the note says.
fn prose(text: &str) -> String {
    let (page, errors) = body(text);
    assert!(errors.is_empty(), "{errors:?}");
    let (_, rest) = page.split_once("<div class=\"prose\">").expect("there is a body");
    rest.split("</main>").next().unwrap_or(rest).to_owned()
}

#[test]
fn titles_are_text_wherever_they_are_shown() {
    for text in ["x ![[a]] y", "x [[a]] y", "![[a]]", "<b>x</b> ![[a]] y"] {
        let prose = prose(text);
        assert!(prose.contains("href=\"../actors/a.html\""), "{text}: {prose}");
        assert!(prose.contains(">A &lt;i&gt;&amp;") && prose.contains("&lt;/i&gt;</a>"), "{text}: {prose}");
        assert!(!prose.contains("<i>"), "{text}: {prose}");
    }
}

/// Whatever an author writes is text, also what the program used to write for itself.
#[test]
fn no_text_is_taken_for_the_place_of_a_drawing() {
    let cards = |prose: &str| prose.matches("href=\"../actors/a.html\"").count();
    let alone = cards(&prose("![[a]]"));
    for sign in ["\u{e000}0\u{e000}", "&#xE000;0&#xE000;", "\u{e000}<!-- -->\u{e000}0\u{e000}"] {
        for before in [format!("<b>{sign}</b>"), format!("{sign} <b>x</b>")] {
            let prose = prose(&format!("{before}\n\n![[a]]\n\n<b>after</b> {sign}"));
            let (first, rest) = prose.split_once("href=\"../actors/a.html\"").expect("a card");
            assert!(first.contains("\u{e000}") && first.contains('0'), "{first}");
            assert!(rest.contains("<b>after</b> \u{e000}"), "{rest}");
            assert_eq!(cards(&prose), alone, "{prose}");
        }
    }
}

/// A card within an attribute would end it with its quotes, so a tag that does not end is text.
#[test]
fn a_drawing_does_not_get_into_an_attribute() {
    let prose = prose("<div title=\"\n\n![[a]]\n\n<script>alert(1)</script>\n\n<b class=\"z\">x</b></div>");
    assert!(prose.contains("&lt;div title=\"") && !prose.contains("<div title"), "{prose}");
    assert!(prose.contains("<aside class=\"embed embed-actor\">") && !prose.contains("<script"), "{prose}");
}

/// A world in which reading one file panics from the given time on: a bug, wherever the file is worked on.
struct Buggy {
    under: MemoryWorld,
    file: &'static str,
    good: usize,
    reads: AtomicUsize,
}

impl World for Buggy {
    fn list(&self, folder: &str) -> io::Result<Vec<Entry>> {
        self.under.list(folder)
    }

    fn read(&self, path: &InputPath) -> io::Result<Arc<[u8]>> {
        let is_it = path.as_str() == self.file;
        assert!(!is_it || self.reads.fetch_add(1, Ordering::Relaxed) < self.good, "no luck");
        self.under.read(path)
    }

    fn today(&self) -> Day {
        self.under.today()
    }
}

/// The codes and messages of what is found, and the paths of the files that cannot be made.
fn build_with_bug(file: &'static str, good: usize) -> (Vec<String>, Vec<String>, usize) {
    let under = MemoryWorld::new()
        .with("dossier.toml", "title = \"T\"")
        .with("content/notes/a.md", "---\ntitle: A\n---\n\n[data](../d.txt)\n")
        .with("content/notes/b.md", "---\ntitle: B\n---\n")
        .with("content/d.txt", "data");
    let world = Buggy { under, file, good, reads: AtomicUsize::new(0) };
    let snapshot = Snapshot::take(Arc::new(world), &Options::default());
    let found = snapshot.problems().iter().filter(|found| found.code == "internal-error");
    let found = found.map(|found| found.message.clone()).collect();
    let builder = snapshot.builder().unwrap_or_else(|why| panic!("{why:?}"));
    let (mut lost, mut made) = (Vec::new(), 0);
    for (path, route) in builder.files() {
        match builder.bytes(&path, &route) {
            Ok(_) => made += 1,
            Err(why) => lost.push(why.message),
        }
    }
    (found, lost, made)
}

#[test]
fn a_panic_in_one_file_is_a_finding_and_the_rest_is_made() {
    let (none, lost, all) = build_with_bug("content/notes/other.md", 0);
    assert!(none.is_empty() && lost.is_empty());
    // While it is read: its pages are not there, all others are.
    let (found, lost, made) = build_with_bug("content/notes/b.md", 0);
    assert!(
        matches!(&found[..], [one] if one.contains("`content/notes/b.md` cannot be read: no luck")),
        "{found:?}"
    );
    assert!(lost.is_empty() && 0 < made && made < all, "{lost:?} {made} of {all}");
    // While a file of the site is made.
    let times = (1..9).find(|good| build_with_bug("content/d.txt", *good).0.is_empty()).unwrap();
    let (found, lost, made) = build_with_bug("content/d.txt", times);
    assert!(found.is_empty());
    assert!(matches!(&lost[..], [one] if one.contains("no luck") && one.contains("d.txt")), "{lost:?}");
    assert_eq!(made, all - 1);
}

/// What begins alike is compared once, words that occur often are not all told apart, and so on: each took
/// minutes. `tests/long/limits` measures them at full length.
#[test]
fn of_a_sentence_with_very_many_links_what_is_near_is_quoted() {
    let mut world = MemoryWorld::new().with("dossier.toml", "title = \"T\"\n");
    for number in 0..60 {
        world =
            world.with(&format!("content/actors/a{number}.md"), format!("---\ntitle: Nr {number}\n---\n"));
    }
    let links: Vec<String> = (0..60).map(|number| format!("[[a{number}]]")).collect();
    let world = world.with("content/notes/n.md", format!("---\ntitle: N\n---\n{}.\n", links.join(", ")));
    let files = sites::files_of(&Snapshot::take(Arc::new(world), &Options::default()));
    let page = |number: usize| {
        let bytes = files[&format!("actors/a{number}.html")].clone();
        String::from_utf8(bytes).expect("a page is UTF-8")
    };
    for (number, shown, other) in [(0, 9, 20), (30, 22, 10), (30, 38, 50), (59, 50, 40)] {
        let page = page(number);
        let quotes = |number: usize| page.contains(&format!("Nr {number},"));
        assert!(quotes(shown) && !quotes(other), "{number}");
    }
}

#[test]
fn what_is_repeated_is_read_in_time() {
    let svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\">{}{}</svg>",
        "<g>".repeat(30_000),
        "</g>".repeat(30_000)
    );
    let targets = "  - {source: n, exact: same words}\n".repeat(200);
    let redact: String = (0..300)
        .map(|n| format!("[[redact]]\nwords = [\"{} {n}\"]\n", "prefix of names ".repeat(4)))
        .collect();
    let body =
        format!("{}\n\n{}\n\n![A](../p.svg)", "same words ".repeat(5_000), "prefix of names ".repeat(5_000));
    let world = MemoryWorld::new()
        .with("dossier.toml", format!("title = \"T\"\n{redact}"))
        .with("content/p.svg", svg)
        .with("content/notes/n.md", format!("---\ntitle: N\n---\n\n{body}\n"))
        .with(
            "content/notes/m.md",
            format!("---\ntitle: M\ntargets:\n{targets}---\n\n{}", "![[n]]\n\n".repeat(1_500)),
        );
    let snapshot = Snapshot::take(Arc::new(world), &Options::default());
    let builder = snapshot.builder().unwrap_or_else(|why| panic!("{why:?}"));
    let page = "notes/m.html".into();
    let route = builder.find(&page).unwrap();
    let html = String::from_utf8(builder.bytes(&page, &route).unwrap()).unwrap();
    assert!(html.contains("<p><a class=\"ref ref-note\""), "embeds beyond the limit are links");
}

/// Each language has every page, and a book of its own.
#[test]
fn a_site_has_few_languages() {
    let tags = "aa ab af ak am an ar as av ay az ba be bg bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de dv dz ee el en eo es \
                et eu fa ff fi fj fo fr fy";
    let tags: Vec<String> = tags.split(' ').map(|tag| format!("\"{tag}\"")).collect();
    let world = MemoryWorld::new()
        .with("dossier.toml", format!("languages = [{}]\n", tags.join(", ")))
        .with("content/article.md", "---\ntitle: A\n---\n");
    let snapshot = Snapshot::take(Arc::new(world), &Options::default());
    let found: Vec<&str> = snapshot.diagnostics().iter().map(|found| found.message.as_str()).collect();
    assert!(found.contains(&"47 languages are more than 40"), "{found:?}");
    assert_eq!(snapshot.graph.languages.len(), 40);
}

/// If a text were read as far as a name reaches at each place where it may begin, this would take half an hour.
#[test]
fn a_very_long_name_is_looked_for_nowhere() {
    let (long, text) = ("a ".repeat(200_000), "a ".repeat(200_000));
    let world = MemoryWorld::new()
        .with("dossier.toml", "title = \"T\"")
        .with("content/notes/z.md", format!("---\ntitle: Z\naliases: [\"{long}b\", \"a a a\", Anna]\n---\n"))
        .with("content/notes/y.md", format!("---\ntitle: Y\n---\n{text}and Anna\n"));
    let snapshot = Snapshot::take(Arc::new(world), &Options::default());
    let found = snapshot.diagnostics().iter().filter(|found| found.code == "unlinked-mention");
    assert_eq!(found.map(|found| found.message.as_str()).collect::<Vec<_>>(), ["`a a a` is not linked"]);
}

#[test]
fn more_keys_and_values_than_a_person_writes_are_one_error() {
    let target = "{source = \"article\", exact = \"Words\"},";
    let toml = format!("+++\ntitle = \"N\"\ntargets = [{}]\n+++\n", target.repeat(10_000));
    assert_eq!(build(toml.as_bytes()).1, ["invalid-syntax"]);
    let legs = "legs:\n".to_owned() + &"- {from: a, to: b, mode: road}\n".repeat(6_000);
    assert_eq!(head(&legs), ["invalid-syntax"]);
}
