//! `dossier rename`: every reference, and nothing but the references.

use super::{dossier, example, read, run};

const NIS: &str = "---\ntitle: Badan Intelijen # its name\naliases: [NIS]\nformerly:\n  - kcia   # until 1981\ncountry: KR\n---\n\n\
                   Lihat [diri sendiri](nis.md#apa).\n\n## Apa\n";

const ARTICLE: &str = "\
---
title: Artikel
based_on: [harian]
---

Kata [[nis]], [[actors/nis|lembaga itu]], [[NIS]] dan [NIS](actors/nis.md#apa 'judul').

| kolom | lain |
| --- | --- |
| [[nis\\|dia]] | ![[nis]] |

Lagi: [satu][a], [dua][a] dan <a href=\"#nis\">nis</a>, `[[nis]]`.

[a]: actors/nis.md
";

const CLAIM: &str = "\
---
title: Klaim
by:
  - nis     # the one
  - \"[[nis]]\"
via: 'actors/nis'
about: [ nis , klaim ]
sources: [{source: harian, locator: nis}]
---
Kata [NIS](../actors/nis.md), [juga](../actors/nis.en.md) dan [lagi](../actors/nis).
";

fn voyage() -> tempfile::TempDir {
    dossier(&[
        ("content/article.md", ARTICLE),
        ("content/article.en.md", "---\ntitle: Article\n---\nThe [NIS](actors/nis.md) says.\n"),
        ("content/actors/nis.md", NIS),
        ("content/actors/nis.en.md", "---\ntitle: The agency\n---\n\n## Apa\n"),
        ("content/claims/klaim.md", CLAIM),
        (
            "content/claims/draf.md",
            "+++\ntitle = 'Draf'\ndraft = true\nby = [\"nis\"]\nsources = [ 'harian' ]\n+++\n",
        ),
        ("content/sources/harian.md", "---\ntitle: Harian\n---\n"),
    ])
}

#[test]
fn every_reference_is_edited_and_nothing_else() {
    let folder = voyage();
    assert_eq!(run(folder.path(), &["check", "--drafts"]).code, 0);
    let renamed = run(folder.path(), &["rename", "nis", "badan-2"]);
    let moved = "content/actors/nis.md → content/actors/badan-2.md\ncontent/actors/nis.en.md → content/actors/badan-2.en.md\n";
    renamed.expect(0, moved, "edited 16 references in 5 files\n");
    assert_eq!(
        read(&folder, "content/article.md"),
        ARTICLE
            .replace("Kata [[nis]], [[actors/nis|", "Kata [[badan-2]], [[actors/badan-2|")
            .replace("actors/nis.md", "actors/badan-2.md")
            .replace("| [[nis\\|dia]] | ![[nis]] |", "| [[badan-2\\|dia]] | ![[badan-2]] |")
    );
    assert_eq!(
        read(&folder, "content/claims/klaim.md"),
        CLAIM
            .replace("  - nis     #", "  - badan-2     #")
            .replace("\"[[nis]]\"", "\"[[badan-2]]\"")
            .replace("actors/nis", "actors/badan-2")
            .replace("[ nis ,", "[ badan-2 ,")
    );
    assert_eq!(
        read(&folder, "content/actors/badan-2.md"),
        NIS.replace("(nis.md#apa)", "(badan-2.md#apa)").replace("# until 1981\n", "# until 1981\n  - nis\n")
    );
    assert!(read(&folder, "content/claims/draf.md").contains("by = [\"badan-2\"]\n"));
    assert_eq!(
        read(&folder, "content/article.en.md"),
        "---\ntitle: Article\n---\nThe [NIS](actors/badan-2.md) says.\n"
    );
    assert!(!folder.path().join("content/actors/nis.md").exists());
    assert_eq!(run(folder.path(), &["check", "--drafts"]).code, 0);

    // And back again: the old id is a former one no more.
    assert_eq!(run(folder.path(), &["rename", "actors/badan-2", "nis"]).code, 0);
    assert_eq!(read(&folder, "content/article.md"), ARTICLE);
    assert_eq!(read(&folder, "content/claims/klaim.md"), CLAIM);
    assert_eq!(
        read(&folder, "content/actors/nis.md"),
        NIS.replace("# until 1981\n", "# until 1981\n  - badan-2\n")
    );
}

#[test]
fn a_dry_run_tells_and_changes_nothing() {
    let folder = example();
    let told = run(folder.path(), &["rename", "cork", "cork-city", "--dry-run"]);
    told.expect(
        0,
        "content/actors/ines-duarte.md:9:49: `cork` → `cork-city`\n\
         content/article.md:16:77: `cork` → `cork-city`\n\
         content/events/book-returned.md:6:10: `cork` → `cork-city`\n\
         content/places/cork.md:9:1: + `formerly: [cork]`\n\
         content/routes/sintra-cork.md:15:9: `cork` → `cork-city`\n\
         content/places/cork.md → content/places/cork-city.md\n",
        "",
    );
    assert!(folder.path().join("content/places/cork.md").exists());
    assert_eq!(run(folder.path(), &["check", "--deny", "warnings"]).code, 0);
}

#[test]
fn what_cannot_be_renamed_is_refused() {
    let folder = voyage();
    let refuses =
        |old: &str, new: &str, words: &str| run(folder.path(), &["rename", old, new]).refuses(words);
    refuses("nsi", "x", "there is no `nsi` to rename; did you mean `nis`?");
    refuses("nis", "klaim", "`klaim` is taken by `content/claims/klaim.md`");
    refuses("nis", "draf", "`draf` is taken by `content/claims/draf.md`");
    refuses("klaim", "kcia", "`kcia` is a former id of `nis`");
    refuses("nis", "a b", "holds ` `");
    refuses("nis", "NIS", "has capitals");
    refuses("article", "x", "keeps its name");
    assert_eq!(read(&folder, "content/actors/nis.md"), NIS);
}

#[test]
fn what_cannot_be_read_or_edited_stops_it() {
    let broken = ("content/pages/p.md", "---\ntitle: [\n---\n[[nis]]\n");
    let nis = ("content/actors/nis.md", "---\ntitle: A\n---\n");
    run(dossier(&[nis, broken]).path(), &["rename", "nis", "x"])
        .refuses("`content/pages/p.md` cannot be read in full");
    let escaped = ("content/pages/p.md", "---\ntitle: P\n---\n[it](../actors/n&#105;s.md)\n");
    run(dossier(&[nis, escaped]).path(), &["rename", "nis", "x"])
        .refuses("`content/pages/p.md:4:1` contains a reference to");
    // A title that is the new id would be led to by it instead of by its own entity.
    let other = ("content/actors/other.md", "---\ntitle: Hantu\n---\n");
    let link = ("content/pages/p.md", "---\ntitle: P\n---\n[[hantu]] [[nis]]\n");
    let folder = dossier(&[nis, other, link]);
    run(folder.path(), &["rename", "nis", "hantu"]).refuses("would then lead to something else");
    assert!(folder.path().join("content/actors/nis.md").exists());
}

/// Only the capitals change, or how the letters of a file's name are composed; other capitals in references do not
/// matter.
#[test]
fn capitals_of_an_id_can_be_changed() {
    let claim = "---\ntitle: K\nby: [Foo, foo]\nsources: [H]\n---\n[[FOO]] [a](../actors/Foo.md) [b](../actors/foo) [[actors/Foo|c]]\n";
    let folder = dossier(&[
        ("content/actors/Foo.md", "---\ntitle: F\n---\n"),
        ("content/actors/Foo.en.md", "---\ntitle: F\n---\n"),
        ("content/actors/mu\u{308}ller.md", "---\ntitle: M\n---\n"),
        ("content/claims/k.md", claim),
        ("content/sources/H.md", "---\ntitle: H\n---\n[[m\u{fc}ller]] [m](../actors/mu\u{308}ller.md)\n"),
    ]);
    let moved = "content/actors/Foo.md → content/actors/foo.md\ncontent/actors/Foo.en.md → content/actors/foo.en.md\n";
    run(folder.path(), &["rename", "Foo", "foo"]).expect(0, moved, "edited 6 references in 1 file\n");
    assert_eq!(read(&folder, "content/claims/k.md"), claim.replace("Foo", "foo").replace("FOO", "foo"));
    assert_eq!(read(&folder, "content/actors/foo.md"), "---\ntitle: F\n---\n");
    assert!(!folder.path().join("content/actors/Foo.md").exists());
    run(folder.path(), &["rename", "foo", "foo"]).refuses("it is called `foo` already");
    assert_eq!(run(folder.path(), &["rename", "h", "harian"]).code, 0);
    assert_eq!(run(folder.path(), &["rename", "m\u{fc}ller", "mueller"]).code, 0);
    assert_eq!(
        read(&folder, "content/sources/harian.md"),
        "---\ntitle: H\nformerly: [H]\n---\n[[mueller]] [m](../actors/mueller.md)\n"
    );
    assert_eq!(run(folder.path(), &["check"]).code, 0);
}

/// Then nothing can be kept for undoing, and the change is made all the same.
#[cfg(unix)]
#[test]
fn a_user_without_a_folder_of_their_own_renames_too() {
    let folder = voyage();
    let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_dossier"));
    command.current_dir(folder.path()).args(["rename", "nis", "nis-baru"]).env("XDG_STATE_HOME", "/dev/null");
    let output = command.output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    assert!(read(&folder, "content/claims/klaim.md").contains("- nis-baru "));
    assert!(!folder.path().join(".dossier/undo").exists());
}
