//! Every reader gets texts that were changed at random: none panics, overflows the stack or takes long.
//!
//! A target is a file of a small dossier, or an input of a command; the whole program reads it, so what follows a
//! reader (links, checks, pages) is tried with it. By default each target is tried for a moment; `FUZZ_SECONDS` says
//! for how long all of them together, `FUZZ_TARGET` names one, `FUZZ_SEED` repeats a run. `tests/long/fuzz` runs it for
//! minutes. What went wrong is written to `target/fuzz/`; once it is fixed, it belongs into `tests/fuzz/TARGET/`, whose
//! files are tried in every run and are also what texts are made from.

use std::hash::{BuildHasher, Hasher, RandomState};
use std::io::{Read as _, Write};
use std::net::TcpStream;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use dossier::base::date::Edtf;
use dossier::publish::edition::Edition;
use dossier::session::{Options, Snapshot};
use dossier::world::memory::MemoryWorld;
use proptest::prelude::Rng;
use proptest::test_runner::{RngAlgorithm, TestRng};

use crate::preview::client::Preview;

/// What one text may take. The machine may be slow, and a test build is.
const MOST: Duration = Duration::from_secs(20);

/// The longest text tried, in bytes; `tests/long/limits` tries long ones.
const LONGEST: usize = 8 << 10;

/// A small dossier with a file of every sort that is read.
const DOSSIER: [(&str, &str); 12] = [
    (
        "dossier.toml",
        "languages = [\"en\", \"id\"]\nbase_url = \"https://example.org/\"\ncitation_style = \"s.csl\"\n[title]\nen = \"T\"\n\
         id = \"J\"\n[rules]\nsource-without-archive = \"off\"\n[[redact]]\nwords = [\"Secret Name\"]\nwith = \"X\"\n",
    ),
    (
        "s.csl",
        "<style xmlns=\"http://purl.org/net/xbiblio/csl\" class=\"in-text\" version=\"1.0\"><info><title>x</title><id>x</id>\
         <updated>2020-01-01T00:00:00Z</updated></info><macro name=\"a\"><names variable=\"author\"><name and=\"text\"/>\
         <substitute><text variable=\"title\"/></substitute></names></macro><citation><layout><text macro=\"a\"/></layout>\
         </citation><bibliography><sort><key macro=\"a\"/></sort><layout><group delimiter=\", \"><text macro=\"a\"/>\
         <date variable=\"issued\" form=\"text\"/><choose><if type=\"book\"><text variable=\"publisher\"/></if><else>\
         <text variable=\"URL\"/></else></choose></group></layout></bibliography></style>",
    ),
    (
        "content/article.md",
        "---\ntitle: A\ndate: 2023-10-13\n---\n\n## One\n\nThe ship left the harbour with 300 containers. [[nis]] said so.[^1]\n\n[^1]: A *note*.\n",
    ),
    (
        "content/notes/n.md",
        "---\ntitle: N\naliases: [Note]\ntargets:\n  - {source: article, exact: left the harbour, prefix: ship}\n---\n\n\
         > [!note]\n> See ![[nis]], <https://example.org>, <b>this</b> and `code`.\n\n| a | b |\n| - | - |\n| 1 | 2 |\n\n\
         ```rust\nfn a() {}\n```\n\n- [x] $$x$$\n",
    ),
    ("content/actors/nis.md", "---\ntitle: NIS\ntype: organisation\n---\n\nWords.\n"),
    (
        "content/claims/c.md",
        "---\ntitle: C\ndate: 2023-10-13~\nwhen: 2023-09-01/2023-10\nby: [nis]\nstatus: reported\nsources: [{source: s, locator: p. 3}]\n\
         quantities:\n  - {value: 300, comparator: about, unit: containers, of: a}\n---\n\nThe NIS says so.\n",
    ),
    (
        "content/sources/s.md",
        "---\ntitle: S\ntype: book\nauthors: [\"A, B\", C]\npublished: 2023-09-01/2023-10-01\nurl: https://example.org/a\n---\n",
    ),
    ("content/places/a.md", "---\ntitle: A Place\nlocation: [42.2, 130.3]\n---\n"),
    ("content/places/b.md", "---\ntitle: B\nlocation: [-16.5, 179.9]\n---\n"),
    (
        "content/routes/r.md",
        "---\ntitle: R\nlegs:\n  - {from: a, to: b, mode: sea, path: line.gpx}\n  - {from: b, to: a, mode: sea, path: line.kml}\n\
         \x20 - {from: a, to: b, mode: rail, path: line.geojson}\n---\n",
    ),
    (
        "content/routes/line.gpx",
        "<gpx xmlns=\"http://www.topografix.com/GPX/1/1\"><trk><trkseg><trkpt lat=\"42.2\" lon=\"130.3\"><time>2023-10-13T00:00:00Z</time></trkpt><trkpt lat=\"-16.5\" lon=\"179.9\"/></trkseg></trk></gpx>",
    ),
    ("content/events/e.md", "---\ntitle: E\ndate: 2023-10\n---\n\nIt happened.\n"),
];

/// Further files that are read, which take the place of nothing above.
const MORE: [(&str, &str); 3] = [
    (
        "content/routes/line.kml",
        "<kml xmlns=\"http://www.opengis.net/kml/2.2\"><Document><Placemark><LineString><coordinates>179.9,-16.5 130.3,42.2</coordinates></LineString></Placemark></Document></kml>",
    ),
    (
        "content/routes/line.geojson",
        "{\"type\":\"FeatureCollection\",\"features\":[{\"type\":\"Feature\",\"geometry\":{\"type\":\"LineString\",\"coordinates\":[[130.3,42.2],[179.9,-16.5,3]]}}]}",
    ),
    (
        "content/p.svg",
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"10\" height=\"10\"><g><rect width=\"1\"/></g></svg>",
    ),
];

type Reader = Box<dyn Fn(&[u8])>;

/// A reader, and the texts to begin with.
struct Target {
    name: &'static str,
    seeds: Vec<Vec<u8>>,
    read: Reader,
}

fn targets() -> Vec<Target> {
    let files = || DOSSIER.iter().chain(&MORE);
    let of_dossier = |&(path, text): &(&'static str, &'static str)| Target {
        name: path,
        seeds: vec![text.into()],
        read: Box::new(move |bytes| dossier_with(path, bytes)),
    };
    let mut targets: Vec<Target> = files().map(of_dossier).collect();
    let date = |bytes: &[u8]| {
        if let Ok(date) = Edtf::parse(&String::from_utf8_lossy(bytes)) {
            let _ = (date.earliest(), date.latest());
        }
    };
    let dates = [
        "2023-10-13",
        "2023-10~/..",
        "-0044-03-15",
        "Y-170000002",
        "2023-21?",
        "201X",
        "1985-04-12T23:20:30Z",
    ];
    targets.push(Target {
        name: "date",
        seeds: dates.map(|text| text.into()).to_vec(),
        read: Box::new(date),
    });
    targets.push(Target {
        name: "edition",
        seeds: vec![b"dossier edition 1, whole\n0123456789abcdef0123456789abcdef  a/b.html\n".to_vec()],
        read: Box::new(|bytes| drop(Edition::parse(&String::from_utf8_lossy(bytes)))),
    });
    let imports: [(&str, &[&str], &str, &str); 3] = [
        (
            "import-hypothesis",
            &["import", "in.json", "--write"],
            "in.json",
            "{\"total\":1,\"rows\":[{\"id\":\"x\",\"uri\":\"https://example.org/\",\"text\":\"A *note*\",\"tags\":[\"a\"],\"created\":\"2023-10-13T00:00:00Z\",\
             \"target\":[{\"selector\":[{\"type\":\"TextQuoteSelector\",\"exact\":\"left the harbour\",\"prefix\":\"ship \",\"suffix\":\" with\"}]}]}]}",
        ),
        (
            "import-page",
            &["import", "article", "in.html"],
            "in.html",
            "<!doctype html><html><head><title>T</title></head><body><article><h1>T</h1><p>Some <b>words</b> &amp; a <a href=\"/b\">link</a>.</p><ul><li>x</ul><table><tr><td>1</table></article></body></html>",
        ),
        (
            "import-text",
            &["import", "article", "in.txt"],
            "in.txt",
            "Title\n\nSome words of an article.\n\nMore words.\n",
        ),
    ];
    for (name, command, file, seed) in imports {
        let read = move |bytes: &[u8]| {
            let folder = tempfile::tempdir().unwrap();
            write(&folder.path().join("dossier.toml"), b"languages = [\"en\"]\n");
            write(
                &folder.path().join("content/notes/n.md"),
                b"---\ntitle: N\n---\n\nThe ship left the harbour with it.\n",
            );
            if name == "import-hypothesis" {
                let article = b"---\ntitle: A\n---\n\nThe ship left the harbour with it.\n";
                write(&folder.path().join("content/article.md"), article);
            }
            write(&folder.path().join(file), bytes);
            runs(folder.path(), command);
        };
        targets.push(Target { name, seeds: vec![seed.into()], read: Box::new(read) });
    }
    let data = |bytes: &[u8]| {
        let folder = tempfile::tempdir().unwrap();
        write(&folder.path().join("dossier.toml"), b"languages = [\"en\"]\n");
        write(&folder.path().join("in.dat"), bytes);
        runs(folder.path(), &["import", "in.dat", "--write"]);
    };
    let seeds = [
        "@string{r = \"Wire\"}\n@article{a1, title = {The {\\\"o} \\emph{ship}}, author = {Doe, Jane and {NIS}}, journal = r # \" A\", year = 2023, month = oct}\n",
        "TY  - NEWS\nTI  - The ship\nAU  - Doe, Jane\nDA  - 2023/10/13/\nUR  - https://e.org/\nER  - \n",
        r#"[{"id":"a","type":"book","title":"<i>B</i>","author":[{"family":"Doe","given":"J."}],"issued":{"date-parts":[[2023,10]]}}]"#,
        "{\"id\":\"a\",\"schema\":\"Person\",\"properties\":{\"name\":[\"A\"]}}\n{\"id\":\"m\",\"schema\":\"Membership\",\"properties\":{\"member\":[\"a\"],\"organization\":[\"a\"]}}\n",
        "<kml><Folder><name>F</name><Placemark><name>P</name><Point><coordinates>1,2</coordinates></Point></Placemark><Placemark><LineString><coordinates>1,2 3,4</coordinates></LineString></Placemark></Folder></kml>",
        "<gpx><wpt lat=\"1\" lon=\"2\"><name>W</name></wpt><rte><rtept lat=\"1\" lon=\"2\"/><rtept lat=\"3\" lon=\"4\"/></rte></gpx>",
        r#"{"type":"Feature","properties":{"name":"L"},"geometry":{"type":"LineString","coordinates":[[1,2],[3,4]]}}"#,
    ];
    let seeds = seeds.map(|text| text.into()).to_vec();
    targets.push(Target { name: "import-data", seeds, read: Box::new(data) });
    let manifest = |bytes: &[u8]| {
        let folder = tempfile::tempdir().unwrap();
        write(&folder.path().join("dossier.toml"), b"languages = [\"en\"]\n");
        write(&folder.path().join("content/notes/n.md"), b"---\ntitle: N\n---\n");
        write(&folder.path().join("public/.dossier/manifest"), bytes);
        runs(folder.path(), &["build", "--quiet"]);
    };
    targets.push(Target {
        name: "manifest",
        seeds: vec![b"0123456789abcdef0123456789abcdef  index.html\n".to_vec()],
        read: Box::new(manifest),
    });
    targets.push(http());
    targets
}

/// The preview's server. Whatever it is sent, it answers the next request.
fn http() -> Target {
    let cell = std::cell::RefCell::new(None::<(tempfile::TempDir, Preview)>);
    let read = move |bytes: &[u8]| {
        let mut cell = cell.borrow_mut();
        let (_, preview) = cell.get_or_insert_with(|| {
            let folder = tempfile::tempdir().unwrap();
            write(&folder.path().join("dossier.toml"), b"languages = [\"en\"]\n");
            write(&folder.path().join("content/notes/n.md"), b"---\ntitle: N\n---\n");
            let preview = Preview::start(folder.path(), &[]);
            (folder, preview)
        });
        let port = preview.port;
        // The address that the server believes to have is part of what it checks.
        let bytes = String::from_utf8_lossy(bytes).replace("PORT", &port.to_string());
        let mut stream = TcpStream::connect(("127.0.0.1", port)).unwrap();
        stream.set_read_timeout(Some(MOST)).unwrap();
        // It may refuse and close before all is sent.
        let _ = stream.write_all(bytes.as_bytes());
        let _ = stream.shutdown(std::net::Shutdown::Write);
        let mut answer = [0; 64];
        let _ = stream.read(&mut answer);
        assert_eq!(preview.get("/notes/n.html").status, 200);
        let said = preview.lines();
        assert!(!said.iter().any(|line| line.contains("panicked")), "{said:?}");
    };
    let seeds = [
        "GET /notes/n.html HTTP/1.1\r\nhost: 127.0.0.1:PORT\r\nconnection: close\r\n\r\n",
        "GET /_dossier/findings?path=%2e%2e/a&x=1 HTTP/1.1\r\nhost: 127.0.0.1:PORT\r\nconnection: close\r\n\r\n",
        "POST /_dossier/open HTTP/1.1\r\nhost: 127.0.0.1:PORT\r\ncontent-type: application/json\r\nconnection: close\r\ncontent-length: 27\r\n\r\n{\"path\":\"content/notes/n.md\"}",
    ];
    Target { name: "http", seeds: seeds.map(|text| text.into()).to_vec(), read: Box::new(read) }
}

/// Reads, checks and makes the dossier with this file replaced.
fn dossier_with(path: &str, bytes: &[u8]) {
    let mut world = MemoryWorld::new();
    for (other, text) in DOSSIER.iter().chain(&MORE) {
        world = world.with(other, text);
    }
    let world = world.with(path, bytes);
    let snapshot = Snapshot::take(Arc::new(world), &Options { redact: true, ..Options::default() });
    let mut found = snapshot.diagnostics().to_vec();
    if let Ok(builder) = snapshot.builder() {
        for (path, route) in builder.files() {
            // Fonts and cards do not depend on what is read here, and take most of the time.
            if !path.as_str().ends_with(".png") && !path.as_str().ends_with(".woff2") {
                found.extend(builder.bytes(&path, &route).err());
            }
        }
    }
    let bug = found.iter().find(|diagnostic| diagnostic.code == "internal-error");
    assert!(bug.is_none(), "{bug:?}");
}

/// Runs the program; it must end by itself and find no bug in itself.
fn runs(folder: &Path, arguments: &[&str]) {
    let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_dossier"));
    let output =
        command.current_dir(folder).args(arguments).stdin(std::process::Stdio::null()).output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(matches!(output.status.code(), Some(0..=2)), "{}: {said}", output.status);
    assert!(!said.contains("internal-error") && !said.contains("panicked"), "{said}");
}

#[expect(clippy::disallowed_methods, reason = "a test writes what the program reads")]
fn write(path: &Path, bytes: &[u8]) {
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    std::fs::write(path, bytes).unwrap();
}

/// The texts in a folder, in order.
#[expect(clippy::disallowed_methods, reason = "a test reads its own inputs")]
fn texts(folder: &Path) -> Vec<Vec<u8>> {
    let Ok(entries) = std::fs::read_dir(folder) else { return Vec::new() };
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    paths.iter().map(|path| std::fs::read(path).unwrap()).collect()
}

/// What the languages that are read are made of, and what trips those who count bytes or trust numbers.
const TOKENS: [&str; 72] = [
    "[[",
    "]]",
    "![[",
    "[",
    "](",
    ")",
    "{",
    "}",
    "|",
    "#",
    "\n",
    "\n\n",
    "\r\n",
    "\t",
    "- ",
    "> ",
    "    ",
    "`",
    "```\n",
    "*",
    "**",
    "_",
    "~~",
    "[^1]",
    "[^1]: ",
    "<",
    ">",
    "</",
    "/>",
    "<b>",
    "<div>",
    "<!--",
    "-->",
    "<![CDATA[",
    "&amp;",
    "&#xD800;",
    "&#0;",
    "&a;",
    ":",
    ": ",
    "---\n",
    "'",
    "\"",
    "\\",
    "\\u0000",
    "\\ud800",
    "\u{0}",
    "\u{b}",
    "\u{c}",
    "\u{85}",
    "\u{2028}",
    "\u{feff}",
    "\u{fffe}",
    "\u{200d}",
    "\u{301}",
    "é",
    "漢",
    "👩‍👩‍👧",
    "0",
    "-1",
    "1e309",
    "NaN",
    ".inf",
    "99999999999999999999",
    "-9999999999",
    "90",
    "180",
    "2023-02-30",
    "..",
    "../",
    "%2e%2e%2f",
    "&a0 ",
];

/// Changes a text in some places.
fn change(text: &[u8], others: &[Vec<u8>], rng: &mut TestRng) -> Vec<u8> {
    let mut text = text.to_vec();
    let below = |rng: &mut TestRng, most: usize| (rng.next_u64() % most.max(1) as u64) as usize;
    for _ in 0..=below(rng, 4) {
        let at = below(rng, text.len() + 1);
        let end = (at + 1 + below(rng, 32)).min(text.len());
        match below(rng, 7) {
            0 => drop(text.drain(at..end)),
            1 => drop(text.splice(at..at, TOKENS[below(rng, TOKENS.len())].bytes())),
            2 => drop(text.splice(at..end, TOKENS[below(rng, TOKENS.len())].bytes())),
            3 => {
                let piece = text[at..end].repeat(1 + below(rng, 40));
                text.splice(at..at, piece);
            }
            4 => text.iter_mut().skip(at).take(1).for_each(|byte| *byte = rng.next_u32() as u8),
            5 => {
                let piece = TOKENS[below(rng, TOKENS.len())].repeat(1 + below(rng, 100));
                text.splice(at..at, piece.into_bytes());
            }
            _ => {
                let other = &others[below(rng, others.len())];
                let from = below(rng, other.len() + 1);
                text.splice(at..end, other[from..(from + below(rng, 64)).min(other.len())].iter().copied());
            }
        }
    }
    text.truncate(LONGEST);
    text
}

fn setting(name: &str) -> Option<String> {
    std::env::var(name).ok()
}

/// Tries one text. On a failure says how to repeat it.
fn attempt(target: &Target, text: &[u8]) {
    // A stack overflow ends the program, so what is tried is written before. `target/` is not kept.
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/fuzz").join(target.name.replace('/', "-"));
    write(&path, text);
    let read = || {
        let start = Instant::now();
        (catch_unwind(AssertUnwindSafe(|| (target.read)(text))), start.elapsed())
    };
    let (result, mut time) = read();
    if time >= MOST {
        // The machine may have been busy with something else.
        time = time.min(read().1);
    }
    let path = path.display();
    assert!(result.is_ok(), "{}: fails with the text in {path}", target.name);
    assert!(time < MOST, "{}: takes {time:?} with the text in {path}", target.name);
}

#[test]
fn what_once_failed_does_not_fail_again() {
    for target in targets() {
        let folder =
            Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fuzz").join(target.name.replace('/', "-"));
        for text in target.seeds.iter().chain(&texts(&folder)) {
            attempt(&target, text);
        }
    }
}

#[test]
fn any_text_is_read_without_a_panic() {
    let seconds = setting("FUZZ_SECONDS").map_or(4.0, |text| text.parse::<f64>().unwrap());
    let any = RandomState::new().build_hasher().finish();
    let seed = setting("FUZZ_SEED").map_or(any, |text| text.parse().unwrap());
    let only = setting("FUZZ_TARGET");
    let mut bytes = [0; 32];
    bytes[..8].copy_from_slice(&seed.to_le_bytes());
    let mut rng = TestRng::from_seed(RngAlgorithm::ChaCha, &bytes);
    let targets: Vec<Target> =
        targets().into_iter().filter(|target| only.as_ref().is_none_or(|only| target.name == only)).collect();
    assert!(!targets.is_empty(), "FUZZ_TARGET names no target");
    let others: Vec<Vec<u8>> = targets.iter().flat_map(|target| target.seeds.clone()).collect();
    println!("FUZZ_SEED={seed}");
    for target in &targets {
        let end = Instant::now() + Duration::from_secs_f64(seconds / targets.len() as f64);
        let folder =
            Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fuzz").join(target.name.replace('/', "-"));
        // A changed text may be changed again: what is tried moves away from the seeds.
        let mut pool: Vec<Vec<u8>> = [target.seeds.clone(), texts(&folder)].concat();
        let own = pool.len();
        let mut tried = 0;
        while Instant::now() < end {
            let chosen = (rng.next_u64() % pool.len() as u64) as usize;
            let text = change(&pool[chosen], &others, &mut rng);
            attempt(target, &text);
            tried += 1;
            match pool.len() < own + 16 {
                true => pool.push(text),
                false => {
                    let replaced = own + (rng.next_u64() % 16) as usize;
                    pool[replaced] =
                        if rng.next_u32().is_multiple_of(4) { target.seeds[0].clone() } else { text };
                }
            }
        }
        println!("{:32} {tried} texts", target.name);
    }
}
