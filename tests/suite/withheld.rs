//! What must wait: texts whose `draft`, `embargo` or date of publication cannot be read, and files that only they or
//! nothing refers to. They are on no site, not even on one that is built in spite of its errors.

use std::collections::BTreeMap;
use std::sync::Arc;

use dossier::base::path::InputPath;
use dossier::session::{Options, Snapshot};
use dossier::world::memory::MemoryWorld;

use crate::sites;

/// The word that nobody may read yet.
const SECRET: &str = "xqsecretkw";

/// Today, in these tests, is a day of 2026.
const SETTINGS: &str =
    "title = \"T\"\nbase_url = \"https://example.org/\"\nlanguages = [\"en\", \"id\"]\nsocial_cards = []\n";

fn built(files: &[(&str, String)]) -> (BTreeMap<String, Vec<u8>>, Vec<String>) {
    let home = ("content/article.md", "---\ntitle: T\n---\n\nWords.\n".to_owned());
    let base = MemoryWorld::new().with("dossier.toml", SETTINGS).with(home.0, home.1);
    let world = files.iter().fold(base, |world, (path, text)| world.with(path, text.clone()));
    let snapshot = Snapshot::take(Arc::new(world), &Options::default());
    let found =
        snapshot.diagnostics().iter().map(|found| format!("{}: {}", found.code, found.message)).collect();
    (sites::files_of(&snapshot), found)
}

/// The files of the site that contain the word.
fn leaks(path: &str, text: &str) -> Vec<String> {
    let original = ("content/notes/n.md", "---\ntitle: N\n---\n\nWords.\n".to_owned());
    let others = if path.ends_with(".id.md") { vec![original] } else { Vec::new() };
    let (files, found) = built(&[&[(path, text.to_owned())][..], &others].concat());
    assert!(!found.is_empty(), "nothing is said of it: {text}");
    let contains = |bytes: &[u8]| memchr::memmem::find(bytes, SECRET.as_bytes()).is_some();
    files
        .into_iter()
        .filter(|(path, bytes)| path.contains(SECRET) || contains(bytes))
        .map(|(path, _)| path)
        .collect()
}

/// Front matter that says, or may say, that its text must wait.
const DOUBTFUL: [&str; 43] = [
    "draft: yes",
    "draft: on",
    "draft: ture",
    "draft: 1",
    "draft: t",
    "draft: y",
    "draft: \"perhaps\"",
    "draft: [true]",
    "draft: {a: true}",
    "draft:",
    "draft: ~",
    "draft:true",
    "draft = true",
    "draft : true: x",
    "Draft: true",
    "DRAFT: true",
    "drafts: true",
    "darft: true",
    "draft: true\n bad: [",
    "draft: true\nsummary: \"open",
    "bad: [\ndraft: true",
    "draft: false\ndraft: true",
    "draft: true\ndraft: false",
    "\tdraft: true",
    "embargo: tomorrow",
    "embargo: 27.03.2127",
    "embargo: 2127/03/01",
    "embargo: 2127-01-01T00:00:00Z",
    "embargo: 1 January 2127",
    "embargo: January 2127",
    "embargo: 99999-01-01",
    "embargo: 2127-13-01",
    "embargo: true",
    "embargo: []",
    "embargo:",
    "embargo: null",
    "embargo:2127-01-01",
    "Embargo: 2127-01-01",
    "embargoed: 2127-01-01",
    "embrago: 2127-01-01",
    "embargo until: 2127-01-01",
    "embargo: 2127-01-01\nembargo: 2020-01-01",
    "embargo: 2127",
];

#[test]
fn what_may_have_to_wait_is_on_no_site() {
    for front in DOUBTFUL {
        for path in ["content/notes/n.md", "content/article.md", "content/notes/n.id.md"] {
            let text = format!("---\ntitle: N {SECRET}\n{front}\n---\n\nWords {SECRET}.\n");
            assert_eq!(leaks(path, &text), [""; 0], "{path}: {front}");
        }
        let many: String = (0..60).map(|n| format!("key{n}x: 1\n")).collect();
        let text = format!("---\ntitle: N\n{many}{front}\n---\n\nWords {SECRET}.\n");
        assert_eq!(leaks("content/notes/n.md", &text), [""; 0], "after many mistakes: {front}");
    }
    for fences in [
        "---\n{}\n\nWords",
        "{}\n---\n\nWords",
        "--\n{}\n--\n\nWords",
        "---\n{}\n----\nWords",
        "+++\n{}\n---\nWords",
    ] {
        for front in ["title: N\ndraft: true", "title: N\nembargo: 2127-01-01"] {
            let text = format!("{} {SECRET}.\n", fences.replace("{}", front));
            assert_eq!(leaks("content/notes/n.md", &text), [""; 0], "{text}");
        }
    }
    for front in ["+++\ntitle = \"N\"\ndraft = True\n+++", "+++\ntitle = \"N\"\nembargo = \n+++"] {
        assert_eq!(leaks("content/notes/n.md", &format!("{front}\n{SECRET}\n")), [""; 0], "{front}");
    }
}

#[test]
fn an_article_whose_date_cannot_be_read_waits() {
    for front in
        ["published: 27.03.2127", "published: tomorrow", "publshed: 2127-01-01", "published: [2127-01-01"]
    {
        let text = format!("---\ntitle: T\n{front}\n---\n\n{SECRET}\n");
        assert_eq!(leaks("content/article.md", &text), [""; 0], "{front}");
    }
}

#[test]
fn what_says_clearly_that_it_may_be_published_is() {
    for front in [
        "draft: false",
        "draft: no",
        "draft: Off",
        "embargo: 2020-01-01",
        "draft: false\nembargo: 2020-01-01",
        "date: 2020-01-01",
        "summary: a draft",
        "summary: 1 [",
        "drawn: x",
    ] {
        let (files, _) =
            built(&[("content/notes/n.md", format!("---\ntitle: N\n{front}\n---\n\n{SECRET}\n"))]);
        assert!(files.contains_key("notes/n.html"), "{front}");
    }
    let (files, _) = built(&[(
        "content/article.md",
        format!("---\ntitle: N\npublished: 2020-01-01\nwrong: [\n---\n\n{SECRET}\n"),
    )]);
    assert!(String::from_utf8_lossy(&files["index.html"]).contains(SECRET));
}

#[test]
fn a_reference_by_any_name_to_what_waits_for_its_day_is_a_note() {
    let waits = "---\ntitle: Sched / Art\naliases: [The Plan]\npublished: 2127-05-01\n---\nx\n";
    let draft = "---\ntitle: Other Plan\ndraft: true\n---\nx\n";
    let text = "---\ntitle: Two\n---\n[[s]] [[S]] [[Sched / Art]] [[sched / art#x|words]] [[the plan]] and [[other plan]]\n";
    let files =
        [("content/articles/s.md", waits), ("content/notes/d.md", draft), ("content/notes/two.md", text)];
    let (files, found) = built(&files.map(|(path, text)| (path, text.to_owned())));
    let of_links = || found.iter().filter(|found| found.starts_with("unresolved-reference"));
    assert_eq!(
        of_links().filter(|found| found.contains("is left out until 2127-05-01")).count(),
        5,
        "{found:?}"
    );
    assert_eq!(of_links().filter(|found| found.contains("is a draft")).count(), 1, "{found:?}");
    assert_eq!(of_links().count(), 6, "{found:?}");
    assert!(String::from_utf8_lossy(&files["notes/two.html"]).contains("words"));
}

#[test]
fn what_is_about_a_scheduled_article_waits_with_it() {
    let article = "---\ntitle: Sched\npublished: 2127-05-01\n---\nSchedbody words here.\n".to_owned();
    let claim =
        |targets: &str| format!("---\ntitle: {SECRET}\ndate: 2023-01-01\ntargets: [{targets}]\n---\nBody.\n");
    let (waits, open) = ("{source: s, exact: Schedbody words}", "{source: article, exact: Words}");
    let text = "---\ntitle: Two\nabout: [c]\n---\n[[c]]\n".to_owned();
    for (targets, is_shown) in
        [(waits.to_owned(), false), (open.to_owned(), true), (format!("{waits}, {open}"), true)]
    {
        let files = [
            ("content/articles/s.md", article.clone()),
            ("content/claims/c.md", claim(&targets)),
            ("content/claims/d.md", text.replace("about", "date: 2023-01-01\nabout")),
        ];
        let (files, found) = built(&files);
        let contains = |bytes: &[u8]| memchr::memmem::find(bytes, SECRET.as_bytes()).is_some();
        assert_eq!(files.values().any(|bytes| contains(bytes)), is_shown, "{targets}");
        assert!(!found.iter().any(|found| found.contains("nothing is called")), "{found:?}");
    }
}

#[test]
fn what_is_held_back_in_doubt_is_told() {
    let text = "---\ntitle: N\nembargo: tomorrow\n---\n\nWords.\n";
    let world = MemoryWorld::new().with("dossier.toml", SETTINGS).with("content/notes/n.md", text);
    let snapshot = Snapshot::take(Arc::new(world), &Options { drafts: true, ..Options::default() });
    let path: InputPath = "content/notes/n.md".into();
    assert!(snapshot.diagnostics().iter().any(|found| found.labels.iter().any(|label| label.path == path)));
    assert!(sites::files_of(&snapshot).contains_key("notes/n.html"), "a preview shows it");
}

#[test]
fn a_file_that_only_removed_html_refers_to_is_not_published() {
    for html in [
        "<object data=\"s.csv\"></object>",
        "<link rel=x href=\"s.csv\">",
        "<div style=\"background:url(s.csv)\">x</div>",
        "<embed src=s.csv>",
        "<iframe src=s.csv></iframe>",
        "<script src=s.csv></script>",
        "<img src=a.png srcset='s.csv 2x'>",
        "<svg><image href=s.csv /><use xlink:href=s.csv /></svg>",
        "<table background=s.csv></table>",
        "<picture><source srcset=s.csv><img src=a.png></picture>",
        "Words <object data=s.csv></object> in a line",
    ] {
        let text = format!("---\ntitle: N\n---\n\n{html}\n");
        let (files, _) = built(&[("content/notes/n.md", text), ("content/notes/s.csv", SECRET.to_owned())]);
        assert!(!files.contains_key("notes/s.csv"), "{html}");
    }
    let text = "---\ntitle: N\n---\n\n<a href=\"s.csv\">data</a>\n".to_owned();
    let (files, _) = built(&[("content/notes/n.md", text), ("content/notes/s.csv", "1".to_owned())]);
    assert!(files.contains_key("notes/s.csv"));
}

#[test]
fn what_other_programs_keep_private_is_held_back() {
    let front = |lines: &str| format!("---\ntitle: N\n{lines}\n---\n\n{SECRET}\n");
    let mut texts: Vec<String> = [
        "publish: false",
        "publish: no",
        "dg-publish: false",
        "private: true",
        "isPrivate: yes",
        "unpublished: true",
        "image: {src: x.png, alt: \"\", draft: true}",
        "targets:\n- source: article\n  exact: Words\n  draft: true",
        "params:\n  embargo: 2127-01-01",
        "base: &b\n  draft: true\n<<: *b",
        "is_draft: true",
        "embargo-date: 2127-01-01",
        "published: 2127-01-01",
        "published: false",
        "published: soon",
        "publishDate: 2127-13-01",
        "expires: 2020-01-01",
        "expiryDate: 2020-01-01",
    ]
    .map(front)
    .into();
    texts.extend([
        format!("+++\ntitle = \"A\"\n[image]\nsrc = \"x.png\"\nalt = \"\"\ndraft = true\n+++\n{SECRET}\n"),
        format!("---json\n{{\"title\":\"D\",\"draft\":true}}\n---\n{SECRET}\n"),
        format!("Title: E\nDraft: true\n\n{SECRET}\n"),
        format!(";;;\n{{\"title\":\"D\", \"embargo\": \"2127-01-01\"}}\n;;;\n{SECRET}\n"),
    ]);
    for text in texts {
        let leaks = leaks("content/notes/x.md", &text);
        assert!(leaks.is_empty(), "{text}: {leaks:?}");
    }
}

#[test]
fn a_key_that_holds_a_text_back_is_never_ignored_in_silence() {
    for key in ["publish: false", "private: true", "isDraft: true", "embargoed: 2127-01-01"] {
        let name = key.split(':').next().unwrap();
        for ignored in ["*", name] {
            let world = MemoryWorld::new()
                .with("dossier.toml", format!("ignore_keys = [\"{ignored}\"]\n{SETTINGS}"))
                .with("content/article.md", "---\ntitle: T\n---\n\nWords.\n")
                .with("content/notes/n.md", format!("---\ntitle: N\n{key}\n---\n\n{SECRET}\n"));
            let snapshot = Snapshot::take(Arc::new(world), &Options::default());
            let is_of_note = |found: &&dossier::base::diagnostic::Diagnostic| {
                found.labels.iter().any(|label| label.path.as_str() == "content/notes/n.md")
            };
            assert!(snapshot.diagnostics().iter().any(|found| is_of_note(&found)), "{key}, {ignored}");
        }
    }
}

#[test]
fn what_other_programs_publish_is_published() {
    for line in ["publish: true", "dg-publish: true", "private: false", "tags: [draft]", "status: x"] {
        let text = format!("---\ntitle: N\n{line}\n---\n\n{SECRET}\n");
        assert!(!leaks("content/notes/x.md", &text).is_empty(), "{line}");
    }
}
