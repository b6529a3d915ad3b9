//! `dossier import`: what is made of what others made.

use super::{dossier, read, run};

const ARTICLE: (&str, &str) = (
    "content/article.md",
    "---\ntitle: Artikel\n---\n\nAFP menulis sedikitnya sepuluh, Hankyoreh sekitar sepuluh.\n",
);
const ENGLISH: (&str, &str) =
    ("content/article.en.md", "---\ntitle: Article\n---\n\nAFP wrote at least ten.\n");

const HYPOTHESIS: &str = r##"{"export_date": "2026-11-20", "annotations": [
  {"id": "AbC", "uri": "https://example.org/", "user": "acct:ann@hypothes.is", "created": "2026-11-20T10:00:00Z",
   "text": "# Is this so?\n\nSomebody *should* ask.", "tags": ["doubt", "figures"],
   "target": [{"selector": [{"type": "TextQuoteSelector", "exact": "sepuluh", "prefix": "Hankyoreh sekitar ", "suffix": "."}]}]},
  {"id": "DeF", "uri": "https://example.org/", "text": "Who says?",
   "target": [{"selector": [{"type": "TextQuoteSelector", "exact": "AFP wrote"}]}]},
  {"id": "GhI", "uri": "https://example.org/", "text": "Gone.",
   "target": [{"selector": [{"type": "TextQuoteSelector", "exact": "These words were taken out of the article"}]}]},
  {"id": "JkL", "uri": "https://example.org/", "text": "", "target": [{}]}
]}"##;

#[test]
fn annotations_become_notes_once() {
    let folder = dossier(&[ARTICLE, ENGLISH, ("export.json", HYPOTHESIS)]);
    run(folder.path(), &["import", "hypothesis", "export.json"]).expect(
        0,
        "content/notes/is-this-so.md\ncontent/notes/who-says.md\ncontent/notes/who-says.en.md\ncontent/notes/gone.md\n",
        "left out: https://hypothes.is/a/JkL says nothing\n\
         content/notes/gone.md: the article does not contain “These words were taken out of the article”\n",
    );
    assert_eq!(
        read(&folder, "content/notes/is-this-so.md"),
        "---\ntitle: Is this so?\nsummary:\nmotivation: commenting\ndate: 2026-11-20T10:00:00Z\nsame_as: [\"https://hypothes.is/a/AbC\"]\n\
         # written by: acct:ann@hypothes.is\n# tags: doubt, figures\ntargets:\n  - source: article\n    exact: \"sepuluh\"\n    \
         prefix: \"Hankyoreh sekitar \"\n    suffix: \".\"\n---\n\n# Is this so?\n\nSomebody *should* ask.\n"
    );
    assert!(read(&folder, "content/notes/who-says.en.md").contains("exact: \"AFP wrote\""));
    assert!(
        read(&folder, "content/notes/gone.md")
            .contains("\n# targets:\n#   - source: article\n#     exact: \"These")
    );
    let checked = run(folder.path(), &["check", "--format", "short", "-q"]);
    assert_eq!((checked.code, checked.out.as_str()), (0, ""), "{}", checked.err);
    let again = run(folder.path(), &["import", "hypothesis", "export.json"]);
    assert_eq!(
        (again.code, again.out.as_str(), again.err.matches(" has been imported already\n").count()),
        (0, "", 3)
    );
}

#[test]
fn a_collection_of_our_own_comes_back() {
    let note = "---\ntitle: A\ntargets: {source: article, exact: AFP menulis}\n---\n";
    let folder = dossier(&[ARTICLE, ENGLISH, ("content/notes/a.md", note)]);
    assert_eq!(run(folder.path(), &["build", "-q", "--base-url", "https://example.org/"]).code, 0);
    let made = run(folder.path(), &["import", "hypothesis", "public/annotations.json"]);
    made.expect(0, "content/notes/a-2.md\n", "");
    let note = read(&folder, "content/notes/a-2.md");
    assert!(
        note.contains("motivation: describing\n") && note.contains("    exact: \"AFP menulis\"\n"),
        "{note}"
    );
}

#[test]
fn what_holds_no_annotations_is_refused() {
    let folder = dossier(&[ARTICLE, ("a.json", "{}"), ("b.json", "x")]);
    run(folder.path(), &["import", "hypothesis", "a.json"])
        .refuses("this is not a file of annotations: it has no `rows`");
    run(folder.path(), &["import", "hypothesis", "b.json"])
        .refuses("this is not a file of annotations: expected value");
    run(folder.path(), &["import", "hypothesis", "c.json"]).refuses("cannot read `c.json`");
    let empty = dossier(&[("a.json", "[]")]);
    run(empty.path(), &["import", "hypothesis", "a.json"]).refuses("there is no article yet");
}

/// The system ends a program that writes more than it may, in the middle of the file.
#[test]
#[cfg(unix)]
fn a_killed_program_leaves_no_part_of_a_file() {
    let text = format!("# Ten ships\n\n{}\n", "Words and words. ".repeat(40_000));
    let folder = dossier(&[("wire.md", &text)]);
    let import =
        format!("ulimit -c 0; ulimit -f 64; exec {} import article wire.md", env!("CARGO_BIN_EXE_dossier"));
    let ran =
        std::process::Command::new("sh").current_dir(folder.path()).args(["-c", &import]).output().unwrap();
    assert!(!ran.status.success());
    let mut names = walkdir::WalkDir::new(folder.path().join("content")).into_iter().map(Result::unwrap);
    assert!(names.any(|entry| entry.file_name().to_string_lossy().starts_with(".article.md.dossier-")));
    assert!(!folder.path().join("content/article.md").exists());
    run(folder.path(), &["import", "article", "wire.md"]).expect(0, "content/article.md\n", "");
    assert!(read(&folder, "content/article.md").len() > text.len());
}

#[test]
fn an_article_keeps_its_paragraphs_and_offers_what_it_may_speak_of() {
    let text = "Ten ships\n\nIn Tokyo on October 13, 2023, John Kirby said that\nmore than 1,000 containers left Najin.\n\n- *Not* a list.\n";
    let known = "---\ntitle: John Kirby\n---\n";
    let folder = dossier(&[("wire.txt", text), ("content/actors/kirby.md", known)]);
    run(folder.path(), &["import", "article", "wire.txt"]).expect(0, "content/article.md\n", "");
    let article = read(&folder, "content/article.md");
    let (head, body) = article.split_once("---\n\n").unwrap();
    assert_eq!(
        body,
        "In Tokyo on October 13, 2023, John Kirby said that\nmore than 1,000 containers left Najin.\n\n\\- \\*Not\\* a list.\n"
    );
    for line in [
        "title: Ten ships\n",
        "\npublished: ",
        "\n#   dossier new place \"Tokyo\"   # ¶ 1\n",
        "\n#   dossier new actor \"Najin\"   # ¶ 1\n",
        "\n#   [[kirby|John Kirby]]   # ¶ 1\n",
        "\n#   date: 2023-10-13   # ¶ 1: October 13, 2023,\n",
        "\n#   - {value: 1000, comparator: more-than, unit: containers}   # ¶ 1: more than 1,000 containers\n",
    ] {
        assert!(head.contains(line), "{line:?} in\n{head}");
    }
    assert!(head.lines().skip(1).all(|line| line.starts_with('#') || line.contains(':')), "{head}");
    let checked = run(folder.path(), &["check", "--format", "short", "-q"]);
    assert_eq!((checked.code, checked.out.as_str()), (0, ""), "{}", checked.err);
}

#[test]
fn an_article_is_never_overwritten() {
    let page = "<title>T</title><body><nav>Menu</nav><main><h1>Sepuluh</h1><p>Teks.</main>";
    let folder = dossier(&[
        ARTICLE,
        ("page.html", page),
        ("two.md", "# Two\n\nText *so*.\n"),
        ("no.txt", "One.\nTwo.\n"),
    ]);
    let import = |arguments: &[&str]| run(folder.path(), &[&["import", "article"], arguments].concat());
    import(&["page.html"]).expect(0, "content/articles/sepuluh.md\n", "");
    assert!(read(&folder, "content/articles/sepuluh.md").ends_with("---\n\nTeks.\n"));
    import(&["page.html"]).refuses("the id `sepuluh` is taken by `content/articles/sepuluh.md`");
    import(&["two.md", "--id", "dua", "--title", "Dua"]).expect(0, "content/articles/dua.md\n", "");
    assert!(read(&folder, "content/articles/dua.md").ends_with("---\n\nText *so*.\n"));
    import(&["no.txt"]).refuses("the text has no title; give one with `--title`");
    assert!(read(&folder, "content/article.md").starts_with("---\ntitle: Artikel\n"));
}

#[test]
fn private_annotations_are_left_out_unless_asked_for_and_then_are_drafts() {
    let annotation = |id: &str, uri: &str, more: &str| {
        format!(r#"{{"id": "{id}", "uri": "{uri}", "text": "Note {id}"{more}}}"#)
    };
    let here = "https://example.org/x/";
    let rows = [
        annotation("Reply", here, r#", "references": ["Public"]"#),
        annotation(
            "Public",
            "http://www.example.org/x#top",
            r#", "group": "__world__", "permissions": {"read": ["group:__world__"]}"#,
        ),
        annotation("Secret", here, r#", "permissions": {"read": ["acct:ann@hypothes.is"]}"#),
        annotation("Closed", here, r#", "group": "abc""#),
        annotation("Hidden", here, r#", "hidden": true"#),
        annotation("Answer", here, r#", "references": ["Secret"]"#),
        annotation("Orphan", here, r#", "references": ["Gone"]"#),
        annotation("Other", "https://other.example/", ""),
    ];
    let export = format!(r#"{{"total": 5000, "rows": [{}]}}"#, rows.join(","));
    let later = annotation("Later %% and <!-- so", here, r#", "references": ["Public"]"#);
    let later = format!("[{later}]");
    let folder = dossier(&[ARTICLE, ENGLISH, ("export.json", &export), ("later.json", &later)]);
    run(folder.path(), &["import", "hypothesis", "export.json"]).expect(
        0,
        "content/notes/note-reply.md\ncontent/notes/note-public.md\n",
        "incomplete: the file has 8 of 5000 annotations; get the rest and import them, too\n\
         left out: 5 private annotations (1 only for those who wrote them, 1 of closed groups, 1 hidden or not approved \
         by moderators, 2 replies to private ones, or to ones that are not in the file); `--private` imports them as drafts\n\
         left out: 1 annotation is not of example.org/x, but of other pages\n",
    );
    let reply = read(&folder, "content/notes/note-reply.md");
    assert!(
        reply.contains("\nmotivation: replying\n") && reply.contains("\nabout: [note-public]\n"),
        "{reply}"
    );
    let asked = run(folder.path(), &["import", "hypothesis", "export.json", "--private"]);
    assert_eq!(asked.code, 0, "{}", asked.err);
    for name in ["secret", "closed", "hidden", "answer", "orphan"] {
        assert!(
            read(&folder, &format!("content/notes/note-{name}.md")).contains("\ndraft: true\n"),
            "{name}"
        );
    }
    assert!(
        read(&folder, "content/notes/note-orphan.md").contains("\n# reply to: https://hypothes.is/a/Gone\n")
    );
    assert_eq!(run(folder.path(), &["build", "-q", "--base-url", "https://example.org/"]).code, 0);
    assert!(folder.path().join("public/notes/note-public.html").exists());
    assert!(!folder.path().join("public/notes/note-secret.html").exists());

    // Later, what a published note answers is known, and marks of comments in a text are words.
    run(folder.path(), &["import", "hypothesis", "later.json"]).expect(
        0,
        "content/notes/note-later-and-so.md\n",
        "",
    );
    assert_eq!(run(folder.path(), &["build", "-q", "--base-url", "https://example.org/"]).code, 0);
    let page = read(&folder, "public/notes/note-later-and-so.html");
    assert!(page.contains("Later %% and &lt;!-- so"), "{page}");
}

#[test]
fn what_an_article_kept_private_is_not_imported_as_text() {
    let google = "<html><body><h1>G</h1><p>The ship left.<sup><a href=\"#cmnt1\" id=\"cmnt_ref1\">[a]</a></sup></p>\
        <div><p><a href=\"#cmnt_ref1\" id=\"cmnt1\">[a]</a><span>SECRET</span></p><p>SECRET</p></div></body></html>";
    let word = "<html><body><h1>W</h1><p class=MsoNormal>Kept <del cite=\"mailto:x\">SECRET</del><ins>a source</ins> \
        <span style='display:none'>SECRET</span> <span hidden>SECRET</span> <span style=\"mso-hide: all\">SECRET</span></p>\
        <div style='mso-element:comment-list'><div style='mso-element:comment'><p class=MsoCommentText>SECRET</p></div></div>";
    let text = "T\n\nThe ship left.[a]\n\n[a]SECRET\n";
    let folder = dossier(&[ARTICLE, ("g.html", google), ("w.html", word), ("t.txt", text)]);
    for (file, words, count) in [
        ("g.html", "The ship left.", "left out: 1 comment,"),
        ("w.html", "Kept a source", "left out: 5 comments"),
        ("t.txt", "The ship left.", "left out: 1 comment,"),
    ] {
        let id = file.split('.').next().unwrap();
        let ran = run(folder.path(), &["import", "article", file, "--id", &format!("x-{id}")]);
        let article = read(&folder, &format!("content/articles/x-{id}.md"));
        assert!(article.contains(words) && !article.contains("SECRET"), "{article}");
        assert!(ran.err.contains(count), "{}", ran.err);
    }
    for (number, line) in
        ["draft: true", "embargo: 2099-01-01", "published: 2099-01-01", "publish: false"].iter().enumerate()
    {
        let folder = dossier(&[ARTICLE, ("t.md", &format!("---\ntitle: T\n{line}\n---\nSECRET\n"))]);
        let id = format!("x-{number}");
        let ran = run(folder.path(), &["import", "article", "t.md", "--id", &id]);
        assert!(ran.err.contains(line), "{}", ran.err);
        assert!(read(&folder, &format!("content/articles/{id}.md")).contains("\ndraft: true\n"));
    }
}

#[test]
#[expect(clippy::disallowed_methods, reason = "a test changes its stage")]
fn what_is_no_text_is_named_with_what_to_do() {
    let folder = dossier(&[ARTICLE]);
    let files: [(&str, &[u8], &str); 5] = [
        (
            "a.docx",
            b"PK\x03\x04 word/document.xml",
            "is a Word document, which cannot be imported: `dossier import FILE`",
        ),
        ("a.txt", b"{\\rtf1 Words}", "is an RTF document"),
        ("a.md", b"From: a@b.example\nSubject: x\n\nWords.\n", "is a mail"),
        ("a.json", b"{\"a\": 1}", "is JSON"),
        ("b.txt", b"Caf\xe9", "is not UTF-8"),
    ];
    for (name, content, words) in files {
        std::fs::write(folder.path().join(name), content).unwrap();
        let ran = run(folder.path(), &["import", "article", name, "--title", "T"]);
        assert!(ran.code == 2 && ran.err.contains(words), "{name}: {} {}", ran.code, ran.err);
    }
    let page = b"<html><head><meta charset=windows-1252></head><body><h1>Caf\xe9</h1><p>\x93Ol\xe9\x94.</p></body></html>";
    std::fs::write(folder.path().join("page.txt"), page).unwrap();
    run(folder.path(), &["import", "article", "page.txt"]).expect(0, "content/articles/cafe.md\n", "");
    assert!(read(&folder, "content/articles/cafe.md").contains("“Olé”."));
}

#[test]
#[expect(clippy::disallowed_methods, reason = "a test changes its stage")]
fn a_text_that_waited_elsewhere_waits() {
    let folder = dossier(&[ARTICLE]);
    for (name, text) in [
        ("a.md", "---json\n{\"title\": \"A\", \"draft\": true}\n---\nWords.\n"),
        ("b.md", "Title: B\nDraft: true\n\nWords.\n"),
        ("c.md", "---\ntitle: C\nparams:\n  draft: true\n---\nWords.\n"),
    ] {
        std::fs::write(folder.path().join(name), text).unwrap();
        let ran = run(folder.path(), &["import", "article", name, "--title", name, "--id", &name[..1]]);
        assert_eq!(ran.code, 0, "{}", ran.err);
        assert!(
            read(&folder, &format!("content/articles/{}.md", &name[..1])).contains("\ndraft: true\n"),
            "{name}"
        );
    }
}

#[cfg(unix)]
#[test]
fn what_is_read_from_outside_has_a_limit() {
    let folder = dossier(&[ARTICLE]);
    for arguments in [["import", "article", "/dev/zero"], ["import", "hypothesis", "/dev/zero"]] {
        let ran = run(folder.path(), &arguments);
        assert!(ran.code == 2 && ran.err.contains("it is larger than 16 MB"), "{}", ran.err);
    }
}
