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
    let plan = run(folder.path(), &["import", "export.json"]);
    for line in [
        "export.json: annotations\nnew (3):\n  content/notes/is-this-so.md “Is this so?” ← item 1\n",
        "  content/notes/who-says.md “Who says?” ← item 2\n",
        "item 4: “https://hypothes.is/a/JkL”: it says nothing\n",
        "item 3: “These words were taken out of the article”: the article does not contain these words; the note keeps them as a comment\n",
    ] {
        assert!(plan.out.contains(line), "{line}\n{}", plan.out);
    }
    assert!(!folder.path().join("content/notes").exists());
    assert_eq!(run(folder.path(), &["import", "export.json", "--write"]).code, 0);
    assert_eq!(
        read(&folder, "content/notes/is-this-so.md"),
        "---\ntitle: Is this so?\nmotivation: commenting\ndate: 2026-11-20T10:00:00Z\n\
         same_as: https://hypothes.is/a/AbC\n\
         targets: [{source: article, exact: sepuluh, prefix: \"Hankyoreh sekitar \", suffix: .}]\n\
         # written by: acct:ann@hypothes.is\n# tags: doubt, figures\n---\n\n# Is this so?\n\nSomebody *should* ask.\n"
    );
    assert!(read(&folder, "content/notes/who-says.en.md").contains("exact: AFP wrote"));
    assert!(
        read(&folder, "content/notes/gone.md")
            .contains("\n# targets: [{source: article, exact: These words were taken")
    );
    let checked = run(folder.path(), &["check", "--format", "short", "-q"]);
    assert_eq!((checked.code, checked.out.as_str()), (0, ""), "{}", checked.err);
    let again = run(folder.path(), &["import", "export.json", "--write"]);
    assert_eq!((again.code, again.err.as_str()), (0, "there is nothing new to write\n"), "{}", again.out);

    // Its author writes more there, and it comes; what changed here stays.
    #[expect(clippy::disallowed_methods, reason = "a test changes its stage")]
    let write = |text: &str| std::fs::write(folder.path().join("export.json"), text).unwrap();
    write(&HYPOTHESIS.replace("Somebody *should* ask.", "Nobody asked."));
    let ran = run(folder.path(), &["import", "export.json", "--write"]);
    assert!(ran.out.contains("“Is this so?”: text"), "{}", ran.out);
    assert!(read(&folder, "content/notes/is-this-so.md").ends_with("\nNobody asked.\n"));
}

#[test]
fn notes_of_an_older_import_are_known_by_their_addresses() {
    let note = "---\ntitle: Mine\nsame_as: [\"https://hypothes.is/a/AbC\"]\n---\n\nMine.\n";
    let folder = dossier(&[ARTICLE, ENGLISH, ("content/notes/mine.md", note), ("export.json", HYPOTHESIS)]);
    let ran = run(folder.path(), &["import", "export.json", "--write"]);
    assert!(
        ran.out.contains("something else in the dossier, which is kept (1):\n  content/notes/mine.md"),
        "{}",
        ran.out
    );
    assert!(!folder.path().join("content/notes/is-this-so.md").exists());
    assert_eq!(read(&folder, "content/notes/mine.md"), note);
}

#[test]
fn a_collection_of_our_own_comes_back() {
    let note = "---\ntitle: A\ntargets: {source: article, exact: AFP menulis}\n---\n";
    let folder = dossier(&[ARTICLE, ENGLISH, ("content/notes/a.md", note)]);
    assert_eq!(run(folder.path(), &["build", "-q", "--base-url", "https://example.org/"]).code, 0);
    let exported = read(&folder, "public/annotations.json");
    // Where it is from, it is the note that is there.
    let ran = run(folder.path(), &["import", "public/annotations.json", "--write"]);
    assert_eq!((ran.code, read(&folder, "content/notes/a.md").as_str()), (0, note), "{}", ran.out);
    let other = dossier(&[ARTICLE, ENGLISH, ("a.json", &exported)]);
    let made = run(other.path(), &["import", "a.json", "--write"]);
    assert_eq!(made.code, 0, "{}", made.err);
    let note = read(&other, "content/notes/a.md");
    assert!(note.contains("motivation: describing\n") && note.contains("exact: AFP menulis,"), "{note}");
}

#[test]
fn every_form_of_the_w3c_model_is_read() {
    let one =
        |id: &str, more: &str| format!(r#"{{"type": "Annotation", "id": "https://a.example/{id}"{more}}}"#);
    let target = r#", "target": {"source": "https://example.org/", "selector": {"type": "TextQuoteSelector", "exact": "AFP menulis"}}"#;
    let first = one("1", &format!(r#", "bodyValue": "First"{target}"#));
    let reply =
        one("2", r#", "motivation": "replying", "bodyValue": "Answer", "target": "https://a.example/1""#);
    let mark = one("3", &format!(r#", "motivation": "oa:highlighting"{target}"#));
    let other = one("4", r#", "bodyValue": "Other", "target": "https://other.example/""#);
    let page = format!(
        r#"{{"type": "AnnotationPage", "next": "https://a.example/?page=2", "items": [{first}, {reply}, {mark}, {other}]}}"#
    );
    let collection = format!(r#"{{"type": "AnnotationCollection", "total": 9, "first": {page}}}"#);
    let folder = dossier(&[ARTICLE, ("one.json", &first), ("page.json", &page), ("all.json", &collection)]);
    let ran = run(folder.path(), &["import", "one.json", "--write"]);
    assert!(ran.out.contains("content/notes/first.md"), "{}{}", ran.out, ran.err);
    let ran = run(folder.path(), &["import", "page.json", "--write"]);
    for line in [
        "new (2):\n",
        "“4 annotations”: there are more; get the rest and import them, too\n",
        "“1 annotation”: not of example.org, but of other pages\n",
    ] {
        assert!(ran.out.contains(line), "{line}\n{}", ran.out);
    }
    let answer = read(&folder, "content/notes/answer.md");
    assert!(answer.contains("motivation: replying\n") && answer.contains("about: first\n"), "{answer}");
    assert!(read(&folder, "content/notes/afp-menulis.md").contains("motivation: highlighting\n"));
    let ran = run(folder.path(), &["import", "all.json"]);
    assert!(ran.out.contains("“4 of 9 annotations”: there are more"), "{}", ran.out);
    assert_eq!(ran.err, "there is nothing new to write\n");
}

#[test]
fn what_holds_no_annotations_is_refused() {
    let folder = dossier(&[ARTICLE, ("a.json", "{}"), ("b.json", "{\"rows\": [{\"uri\": ")]);
    run(folder.path(), &["import", "a.json"]).refuses("is JSON, which cannot be imported");
    run(folder.path(), &["import", "b.json"]).refuses("it is cut off or damaged");
    run(folder.path(), &["import", "c.json"]).refuses("cannot read `c.json`");
    let empty = dossier(&[("a.json", HYPOTHESIS)]);
    run(empty.path(), &["import", "a.json"]).refuses("there is no article yet");
    let two = dossier(&[
        ("content/articles/x.md", "---\ntitle: X\n---\nx\n"),
        ("content/articles/y.md", "---\ntitle: Y\n---\ny\n"),
        ("a.json", HYPOTHESIS),
    ]);
    run(two.path(), &["import", "a.json"]).refuses("there are several articles; say which with `--article`");
    assert_eq!(run(two.path(), &["import", "a.json", "--article", "y", "--write"]).code, 0);
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
    let ran = run(folder.path(), &["import", "export.json", "--write"]);
    for line in [
        "new (2):\n",
        "“8 of 5000 annotations”: there are more; get the rest and import them, too\n",
        "“5 private annotations”: 1 only for those who wrote them, 1 of closed groups, 1 hidden or not approved \
         by moderators, 2 replies to private ones, or to ones that are not in the file; `--private` imports them as drafts\n",
        "“1 annotation”: not of example.org/x, but of other pages\n",
    ] {
        assert!(ran.out.contains(line), "{line}\n{}", ran.out);
    }
    let reply = read(&folder, "content/notes/note-reply.md");
    assert!(
        reply.contains("\nmotivation: replying\n") && reply.contains("\nabout: note-public\n"),
        "{reply}"
    );
    let asked = run(folder.path(), &["import", "export.json", "--private", "--write"]);
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
    assert_eq!(run(folder.path(), &["import", "later.json", "--write"]).code, 0);
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
    let arguments: [(&[&str], &str); 2] =
        [(&["import", "article", "/dev/zero"], "16 MB"), (&["import", "/dev/zero"], "64 MB")];
    for (arguments, limit) in arguments {
        let ran = run(folder.path(), arguments);
        assert!(ran.code == 2 && ran.err.contains(&format!("it is larger than {limit}")), "{}", ran.err);
    }
}
