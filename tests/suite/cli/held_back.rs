//! `dossier check --untrusted BASE`: what was held back and would be published.

use std::path::Path;

use tempfile::TempDir;

use super::contributions::{NOTE, check, contribution, found, git, remove, write};
use super::dossier;

#[expect(clippy::disallowed_methods, reason = "the tests make files as anybody does")]
fn copy(folder: &Path, from: &str, to: &str) {
    std::fs::copy(folder.join(from), folder.join(to)).unwrap();
}

#[test]
fn what_was_held_back_stays_so_when_it_is_moved() {
    type Case = (&'static str, fn(&Path), &'static str);
    fn moved(at: &Path, from: &str, to: &str) {
        git(at, &["mv", from, to]);
    }
    let cases: [Case; 12] = [
        (
            "a file, in the place of one that is published",
            |at| git(at, &["mv", "-f", "content/notes/interview.txt", "content/notes/open.txt"]),
            "publishes `content/notes/open.txt`, which is in the dossier and was held back",
        ),
        (
            "a text with a comment that becomes another file",
            |at| {
                moved(at, "content/notes/percent.md", "content/notes/percent.txt");
                write(at, "content/notes/a.md", format!("{NOTE}\n[x](percent.txt)\n"));
            },
            "publishes the words of a comment: `content/notes/percent.txt`",
        ),
        (
            "a copy of a draft as another file",
            |at| {
                copy(at, "content/notes/draft.md", "content/notes/copy.txt");
                write(at, "content/notes/a.md", format!("{NOTE}\n[x](copy.txt)\n"));
            },
            "publishes `content/notes/copy.txt`, which is in the dossier and was held back",
        ),
        (
            "another text in the place of a published one",
            |at| write(at, "content/notes/open.txt", "new\n"),
            "",
        ),
        (
            "a comment of Obsidian, in a text with another name",
            |at| {
                remove(at, "content/notes/percent.md");
                write(at, "content/notes/other.md", "---\ntitle: C\n---\nWords Anna told us words.\n");
            },
            "publishes the words of a comment: `content/notes/other.md`",
        ),
        (
            "a comment of CriticMarkup, in another text",
            |at| {
                remove(at, "content/notes/critic.md");
                write(at, "content/notes/a.md", format!("{NOTE}\nBudi told us.\n"));
            },
            "publishes the words of a comment: `content/notes/a.md`",
        ),
        (
            "a file",
            |at| {
                moved(at, "content/notes/interview.txt", "content/notes/pub.txt");
                write(at, "content/notes/a.md", format!("{NOTE}\n[x](pub.txt)\n"));
            },
            "publishes `content/notes/pub.txt`, which is in the dossier and was held back",
        ),
        (
            "a comment, in a text with another name",
            |at| {
                remove(at, "content/notes/commented.md");
                write(at, "content/notes/other.md", "---\ntitle: C\n---\nWords.\n\nPrivate.\n");
            },
            "publishes the words of a comment: `content/notes/other.md`",
        ),
        (
            "a comment of the front matter that becomes text",
            |at| write(at, "content/notes/hinted.md", "---\ntitle: H\n---\n# Anna said so\nWords.\n"),
            "publishes the words of a comment: `content/notes/hinted.md`",
        ),
        (
            "a text that waits with an article",
            |at| write(at, "content/notes/waits.md", "---\ntitle: W\n---\nWaits.\n"),
            "publishes `content/notes/waits.md`, which is in the dossier and was held back",
        ),
        (
            "a comment that stays one",
            |at| {
                moved(at, "content/notes/commented.md", "content/notes/other.md");
                write(at, "content/notes/hinted.md", "---\n# Anna said so\ntitle: H\n---\nOther words.\n");
            },
            "",
        ),
        ("a new table", |at| write(at, "content/data/table.csv", "new\n"), ""),
    ];
    for (what, change, words) in cases {
        let folder = contribution(|at| {
            git(at, &["checkout", "-q", "main"]);
            write(at, "content/notes/hinted.md", "---\ntitle: H\n# Anna said so\n---\nWords.\n");
            write(at, "content/notes/open.txt", "open\n");
            write(at, "content/notes/opens.md", format!("{NOTE}\n[x](open.txt)\n"));
            write(at, "content/notes/percent.md", "---\ntitle: P\n---\nWords %%Anna told us%% words.\n");
            write(at, "content/notes/critic.md", "---\ntitle: P\n---\nWords {>>Budi told us<<}.\n");
            write(at, "content/articles/later.md", "---\ntitle: S\npublished: 2999-01-01\n---\nScheduled.\n");
            write(
                at,
                "content/notes/waits.md",
                "---\ntitle: W\ntargets: [{source: later, exact: Scheduled.}]\n---\nWaits.\n",
            );
            git(at, &["add", "-A"]);
            git(at, &["commit", "-qm", "more"]);
            git(at, &["checkout", "-q", "change"]);
            git(at, &["merge", "-q", "main"]);
            change(at);
        });
        let found = found(&check(folder.path()));
        match words.is_empty() {
            true => assert_eq!(found, [""; 0], "{what}"),
            false => assert!(found.iter().any(|line| line.contains(words)), "{what}: {found:#?}"),
        }
    }
}

const PICTURE: &[u8] = include_bytes!("../../media/clip.jpg");

/// What nobody publishes, in every place where a repository may have it.
const HELD: [(&str, &str); 19] = [
    (
        "dossier.toml",
        "languages = [\"en\", \"id\"]\nignore_keys = [\"our_source\"]\n[rules]\norphan-entity = \"off\"\n",
    ),
    ("content/notes/draft.md", "---\ntitle: D\ndraft: true\n---\nHeld.\n"),
    ("content/notes/draft.id.md", "---\ntitle: D\n---\nTranslated.\n"),
    ("content/notes/pub.md", "---\ntitle: P\n---\nOpen.\n"),
    ("content/notes/pub (1).md", "---\ntitle: P\n---\nAn older copy.\n"),
    ("content/notes/near.md.txt", "---\ntitle: N\n---\nNear miss.\n"),
    ("content/notes/old.md.bak", "---\ntitle: O\n---\nBackup.\n"),
    ("content/notes/.hidden.md", "---\ntitle: H\n---\nHidden.\n"),
    ("content/notes/sub/README.md", "---\ntitle: R\n---\nThe source is Anna Kowalska of Gdansk.\n"),
    ("content/up.md", "---\ntitle: U\n---\nUnplaced.\n"),
    ("content/_drafts/up.md", "---\ntitle: U\n---\nIn the folder of drafts.\n"),
    ("private/source.md", "---\ntitle: S\n---\nOutside.\n"),
    (
        "content/notes/yaml.md",
        "---\ntitle: Y\nsummary: ok # Budi\n# Citra\naliases:\n  - one\n  # Dewi\n  - two\n---\nText.\n",
    ),
    (
        "content/notes/comment.md",
        "---\ntitle: C\n---\na %%the witness is Anna Kowalska of Gdansk, ask her first%% b\n",
    ),
    ("content/notes/key.md", "---\ntitle: K\nour_source: Eko told us on the phone\n---\nText.\n"),
    ("content/notes/open.txt", "open\n"),
    (
        "content/notes/uses.md",
        "---\ntitle: U\n---\n[x](open.txt)\n\n![A drawing](drawing.svg)\n\n![[clip.mp4]]\n",
    ),
    (
        "content/notes/drawing.svg",
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 9 9\"><!-- Fajar --><text>a</text></svg>",
    ),
    ("content/notes/clip.en.vtt", "WEBVTT\n\nNOTE Gita\n\n00:00.000 --> 00:01.000\nhello\n"),
];

/// A contribution to a dossier with [`HELD`].
fn to_held(change: impl FnOnce(&Path)) -> TempDir {
    let folder = dossier(&HELD);
    let at = folder.path();
    write(at, "content/notes/held.jpg", PICTURE);
    write(at, "content/notes/clip.mp4", include_bytes!("../../media/clip.mp4"));
    git(at, &["init", "-q", "-b", "main"]);
    git(at, &["add", "-A"]);
    git(at, &["commit", "-qm", "base"]);
    git(at, &["checkout", "-qb", "change"]);
    change(at);
    git(at, &["add", "-A"]);
    git(at, &["commit", "-qm", "change"]);
    folder
}

/// Replaces a part of a file of [`HELD`].
fn replace(at: &Path, path: &str, part: &str, new: &str) {
    let (_, text) = HELD.iter().find(|(held, _)| *held == path).unwrap();
    assert!(text.contains(part), "{path}");
    write(at, path, text.replace(part, new));
}

#[test]
fn whatever_was_not_published_is_a_finding_if_it_is_now() {
    type Case = (&'static str, fn(&Path));
    const NEW: &str = "content/notes/new.md";
    let cases: [Case; 30] = [
        ("a translation of a draft, moved", |at| git(at, &["mv", "content/notes/draft.id.md", NEW])),
        ("a translation of a draft, copied", |at| copy(at, "content/notes/draft.id.md", NEW)),
        ("a copy whose original is gone", |at| remove(at, "content/notes/pub.md")),
        ("a copy whose original is moved", |at| git(at, &["mv", "content/notes/pub.md", NEW])),
        ("a copy that gets a name", |at| git(at, &["mv", "content/notes/pub (1).md", NEW])),
        ("a near miss", |at| git(at, &["mv", "content/notes/near.md.txt", "content/notes/near.md"])),
        ("a backup", |at| copy(at, "content/notes/old.md.bak", NEW)),
        ("a hidden file", |at| copy(at, "content/notes/.hidden.md", NEW)),
        ("a README", |at| git(at, &["mv", "content/notes/sub/README.md", NEW])),
        ("the words of a README", |at| {
            write(at, NEW, format!("{NOTE}\nThe source is Anna **Kowalska** of Gdansk.\n"));
        }),
        ("a text at no place, moved", |at| git(at, &["mv", "content/up.md", NEW])),
        ("a text at no place, copied", |at| copy(at, "content/up.md", NEW)),
        ("the folder of drafts", |at| copy(at, "content/_drafts/up.md", NEW)),
        ("a file outside of `content/`", |at| copy(at, "private/source.md", NEW)),
        ("a file outside, over a published one", |at| {
            copy(at, "private/source.md", "content/notes/open.txt");
        }),
        ("a comment that a block text swallows", |at| {
            replace(at, "content/notes/yaml.md", "summary: ok # Budi", "summary: |\n  ok # Budi");
        }),
        ("a comment that a folded text swallows", |at| {
            replace(at, "content/notes/yaml.md", "summary: ok # Budi\n# Citra", "summary: >\n  # Citra");
        }),
        ("a list that becomes a text", |at| {
            replace(at, "content/notes/yaml.md", "summary: ok # Budi\n# Citra\naliases:", "summary: |");
        }),
        ("a comment in quotation marks", |at| {
            replace(at, "content/notes/yaml.md", "ok # Budi", "\"ok # Budi\"");
        }),
        ("a copy without the marks of a comment", |at| {
            write(at, NEW, HELD[13].1.replace("%%", ""));
        }),
        ("the whole of a comment, in another text", |at| {
            write(at, NEW, format!("{NOTE}\nthe witness is Anna Kowalska of Gdansk, ask her first\n"));
        }),
        ("a part of a comment, in another text", |at| {
            write(at, NEW, format!("{NOTE}\nis Anna Kowalska of Gdansk, ask her first\n"));
        }),
        ("a value that no page shows", |at| {
            replace(at, "content/notes/key.md", "our_source", "summary");
        }),
        ("a note of captions", |at| {
            let cue = "00:02.000 --> 00:03.000\nGita";
            replace(at, "content/notes/clip.en.vtt", "NOTE Gita", cue);
        }),
        ("a comment of a drawing", |at| {
            replace(at, "content/notes/drawing.svg", "<!-- Fajar -->", "<title>Fajar</title>");
        }),
        ("a text without what held it back", |at| {
            write(at, NEW, HELD[11].1.replace("title: S", "title: Mine"));
        }),
        ("a text in another wrapping", |at| {
            write(at, "content/notes/open.txt", format!("\u{feff}{}\n\n", HELD[11].1));
        }),
        ("a sentence as a summary", |at| {
            write(at, NEW, "---\ntitle: N\nsummary: In the folder of drafts.\n---\nWords.\n");
        }),
        ("a picture with a tail", |at| {
            let mut picture = PICTURE.to_vec();
            picture.push(b'x');
            write(at, "content/notes/tail.jpg", picture);
            write(at, NEW, format!("{NOTE}\n![A picture](tail.jpg)\n"));
        }),
        ("a page that is a draft now", |at| {
            replace(at, "content/notes/uses.md", "title: U", "title: U\ndraft: true");
        }),
    ];
    for (what, change) in cases {
        let ran = check(to_held(change).path());
        let is_found = found(&ran).iter().any(|line| {
            line.contains("held back")
                || line.contains("holds back")
                || line.contains("a comment")
                || line.contains("not published yet")
        });
        assert!(is_found, "{what}: {}{}", ran.out, ran.err);
    }
}

#[test]
fn words_of_ones_own_pass() {
    type Case = (&'static str, fn(&Path));
    let cases: [Case; 8] = [
        ("a new text", |at| {
            write(
                at,
                "content/notes/new.md",
                format!("{NOTE}\nThe source of this is the report of the ministry.\n"),
            );
        }),
        ("a text that is moved with its comment", |at| {
            git(at, &["mv", "content/notes/comment.md", "content/notes/moved.md"]);
        }),
        ("a text that quotes a published one", |at| {
            copy(at, "content/notes/pub.md", "content/notes/other.md");
        }),
        ("words beside a comment", |at| {
            replace(at, "content/notes/comment.md", "a %%", "Many more words of the witness here %%");
        }),
        ("a title above comments", |at| replace(at, "content/notes/yaml.md", "title: Y", "title: Why")),
        ("a sign of a number in a value", |at| {
            replace(at, "content/notes/yaml.md", "  - two", "  - \"two # three\"");
        }),
        ("captions", |at| replace(at, "content/notes/clip.en.vtt", "hello", "hello there")),
        ("a drawing", |at| replace(at, "content/notes/drawing.svg", ">a<", ">b<")),
    ];
    for (what, change) in cases {
        let ran = check(to_held(change).path());
        assert_eq!(found(&ran), [""; 0], "{what}");
    }
}
