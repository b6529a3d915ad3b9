//! `dossier annotate`: what it writes, and what it refuses.

use super::{dossier, read, run};

const ARTICLE: (&str, &str) = (
    "content/article.md",
    "---\ntitle: Artikel\n---\n\nAFP menulis *sedikitnya* sepuluh, Hankyoreh sekitar sepuluh.\n",
);
const ENGLISH: (&str, &str) = (
    "content/article.en.md",
    "---\ntitle: Article\n---\n\nAFP wrote “at least” ten, [Hankyoreh](actors/h.md) around ten.\n",
);
const CLAIM: (&str, &str) = ("content/claims/a.md", "---\ntitle: A # a comment\nby: afp\n---\n\nText.\n");

#[test]
fn the_target_goes_into_the_file_of_its_language() {
    let claim = ("content/claims/a.en.md", "---\ntitle: A\n---\n");
    let folder = dossier(&[ARTICLE, ENGLISH, CLAIM, claim]);
    let annotate = |words: &str, more: &[&str]| {
        run(folder.path(), &[&["annotate", words, "--about", "a"], more].concat())
    };
    annotate("menulis sedikitnya", &[]).expect(0, "content/claims/a.md\n", "marked “menulis sedikitnya”\n");
    annotate("AFP wrote \"at least\"", &[]).expect(
        0,
        "content/claims/a.en.md\n",
        "marked “AFP wrote “at least””\n",
    );
    annotate("sepuluh", &["--prefix", "sekitar"]).expect(
        0,
        "content/claims/a.md\n",
        "marked “sekitar sepuluh”\n",
    );
    annotate("ten", &["--lang", "en", "--prefix", "around", "--quiet"]).expect(
        0,
        "content/claims/a.en.md\n",
        "",
    );
    assert_eq!(
        read(&folder, "content/claims/a.md"),
        "---\ntitle: A # a comment\nby: afp\ntargets:\n  - {source: article, exact: menulis sedikitnya}\n  - {source: article, \
         exact: sepuluh, prefix: \"sekitar \"}\n---\n\nText.\n"
    );
    assert_eq!(
        read(&folder, "content/claims/a.en.md"),
        "---\ntitle: A\ntargets:\n  - {source: article, exact: AFP wrote “at least”}\n  - {source: article, exact: ten, prefix: \
         \"around \"}\n---\n"
    );
}

#[test]
fn what_is_not_sure_is_refused_and_nothing_is_written() {
    let folder = dossier(&[ARTICLE, ENGLISH, CLAIM]);
    let annotate = |words: &str, more: &[&str]| {
        run(folder.path(), &[&["annotate", words, "--about", "a"], more].concat())
    };
    annotate("sepuluh", &[])
        .refuses("occur 2 times in `content/article.md`; say which with `--prefix \"sedikitnya\"` or");
    annotate("menulis sedikit sepuluh", &[])
        .refuses("does not contain these words; did you mean “menulis sedikitnya sepuluh”?");
    annotate("around ten", &[])
        .refuses("`a` has no edition in `en`; create it with `dossier new claim \"…\" --id a --lang en`");
    annotate("AFP", &["--lang", "fr"]).refuses("`article` has no edition in `fr`");
    annotate("AFP", &["--article", "a"]).refuses("`a` is of kind `claim`, not an article");
    run(folder.path(), &["annotate", "AFP", "--about", "b"]).refuses("there is no `b`");
    annotate("AFP menulis", &["-q"]).expect(0, "content/claims/a.md\n", "");
    annotate("AFP menulis", &[]).refuses("`content/claims/a.md` already quotes these words");
}
