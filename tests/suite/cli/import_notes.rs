//! `dossier import vault|hugo|zola|quartz`: what becomes of notes, their properties, links, files and comments.
#![expect(clippy::disallowed_methods, reason = "the tests look at what was written")]

use std::path::Path;

use tempfile::TempDir;

use super::{Ran, dossier, read, run};

const SETTINGS: (&str, &str) = ("dossier.toml", "languages = [\"en\", \"id\"]\n");

/// One pixel.
const PNG: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x06\0\0\0\x1f\x15\xc4\x89\0\0\0\rIDATx\xdacd\xf8\xcfP\x0f\0\x03\x86\x01\x80Z4}j\0\0\0\0IEND\xaeB`\x82";

/// A folder of notes outside of any dossier.
fn notes(files: &[(&str, &str)], pictures: &[&str]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (path, content) in files {
        write(folder.path(), path, content.as_bytes());
    }
    for path in pictures {
        write(folder.path(), path, PNG);
    }
    folder
}

fn write(folder: &Path, path: &str, content: &[u8]) {
    let path = folder.join(path);
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    std::fs::write(path, content).unwrap();
}

fn import(folder: &TempDir, what: &str, from: &TempDir, more: &[&str]) -> Ran {
    let from = from.path().to_str().unwrap();
    let ran = run(folder.path(), &[&["import", what, from], more].concat());
    assert_eq!(ran.code, 0, "{}{}", ran.out, ran.err);
    ran
}

/// `check` finds no error in a dossier.
#[track_caller]
fn is_whole(folder: &TempDir) {
    let ran = run(folder.path(), &["check", "--format", "short"]);
    assert_eq!(ran.code, 0, "{}{}", ran.out, ran.err);
}

fn exists(folder: &TempDir, path: &str) -> bool {
    folder.path().join(path).exists()
}

const VAULT: [(&str, &str); 9] = [
    (
        "Ten ships.md",
        "---\ncreated: 2023-10-13T09:12\ntags: [cargo]\naliases: [The ten]\ncssclasses: wide\n---\n\
         Told by [[John Kirby]], see [[Ports/Najin#Pier 3|the pier]] and [[Najin#^depth]].\n\n\
         ![[pier.png|300]]\n\n![[Najin]]\n\n%%Ask R. for the log.%%\n\n\
         > [!warning] Unsure\n> Nobody [[Gone|saw]] it.\n\n| a | b |\n| - | - |\n| [[kirby]] | x |\n\n\
         ```dataview\nLIST\n```\n\nSee [the plan](Ports/Najin.md#pier-3), [map](Attachments/plan%20of%20pier.png), ^[a remark]\n",
    ),
    (
        "People/John Kirby.md",
        "---\ntype: person\nrole: spokesman\naliases: kirby\n---\n# John Kirby\n\nSpoke.\n",
    ),
    (
        "Ports/Najin.md",
        "---\ncoordinates: [42.25, 130.29]\npopulation: 196000\n---\n## Pier 3\n\nDeep water. ^depth\n",
    ),
    ("Private/R.md", "SECRET\n"),
    ("Templates/Person.md", "---\ntitle: {{title}}\n---\nSECRET\n"),
    ("Diary/2023-10-13.md", "Back to [[Ten ships]].\n"),
    ("Waiting.md", "---\npublish: false\n---\nSECRET until told.\n"),
    ("board.canvas", "{}"),
    (".obsidian/app.json", "{\"SECRET\":1}"),
];

#[test]
fn a_vault_becomes_notes_whose_links_lead_where_they_led() {
    let folder = dossier(&[SETTINGS]);
    let vault = notes(&VAULT, &["Attachments/pier.png", "Attachments/plan of pier.png", "unused.png"]);
    let plan = import(&folder, "vault", &vault, &["--folder", "Ports=place"]);
    assert!(!exists(&folder, "content"), "{}", plan.out);
    assert!(plan.err.ends_with("nothing was written; `--write` does it\n"), "{}", plan.err);
    for line in [
        "templates, drafts or private notes; move a note out of it to import it",
        "“Gone”: the link leads nowhere there either",
        "“.canvas (1)”: made for another program",
        "“dataview (1)”: a query of another program",
        "“comments (1)”: comments never come along",
        "“cssclasses (1), population (1), tags (1)”: properties without a key",
    ] {
        assert!(plan.out.contains(line), "{line}\n{}", plan.out);
    }
    let all = ["--write", "--folder", "Ports=place", "--folder", "Diary=", "--property", "population=keep"];
    import(&folder, "vault", &vault, &all);
    assert_eq!(
        read(&folder, "content/notes/ten-ships.md"),
        "---\ntitle: Ten ships\ndate: 2023-10-13\naliases: The ten\n---\n\n\
         Told by [[john-kirby]], see [[najin#Pier 3|the pier]] and [[najin#^depth|Najin]].\n\n\
         ![[pier.png|300]]\n\n![[najin]]\n\n\n> [!warning] Unsure\n> Nobody saw it.\n\n\
         | a | b |\n| - | - |\n| [[john-kirby\\|kirby]] | x |\n\n\n\
         See [the plan](../places/najin.md#pier-3), [map](plan-of-pier.png), ^[a remark]\n"
    );
    assert_eq!(
        read(&folder, "content/actors/john-kirby.md"),
        "---\ntitle: John Kirby\ntype: person\nrole: spokesman\naliases: kirby\n---\n\nSpoke.\n"
    );
    let najin = read(&folder, "content/places/najin.md");
    assert!(najin.contains("coordinates: [42.25, 130.29]\npopulation: 196000\n"), "{najin}");
    assert!(read(&folder, "dossier.toml").contains("ignore_keys = [\"population\"]"));
    assert!(read(&folder, "content/notes/waiting.md").contains("\ndraft: true\n"));
    for gone in ["content/notes/2023-10-13.md", "content/notes/r.md", "content/notes/unused.png"] {
        assert!(!exists(&folder, gone), "{gone}");
    }
    let kept = read(&folder, "import.toml");
    assert!(kept.contains("Diary = \"\"") && kept.contains("population = \"keep\""), "{kept}");
    is_whole(&folder);
}

#[test]
fn a_folder_that_is_imported_again_brings_what_is_new_and_keeps_what_was_edited() {
    let folder = dossier(&[SETTINGS]);
    let vault = notes(&[("A.md", "To [[B]].\n"), ("B.md", "One.\n"), ("C.md", "Old.\n")], &[]);
    import(&folder, "vault", &vault, &["--write"]);
    let again = import(&folder, "vault", &vault, &["--write"]);
    assert!(again.err.ends_with("there is nothing new to write\n"), "{}", again.err);
    write(folder.path(), "content/notes/b.md", b"---\ntitle: B\n---\n\nMine.\n");
    write(vault.path(), "A.md", b"To [[B]] and [[D]].\n");
    write(vault.path(), "D.md", b"New.\n");
    std::fs::remove_file(vault.path().join("C.md")).unwrap();
    let third = import(&folder, "vault", &vault, &["--write"]);
    for line in
        ["new (1):", "changed in the file since it was imported (1):", "changed by you since, and kept (1):"]
    {
        assert!(third.out.contains(line), "{line}\n{}", third.out);
    }
    assert!(third.out.contains("no longer in the file, and kept (1):"), "{}", third.out);
    assert!(read(&folder, "content/notes/a.md").ends_with("To [[b]] and [[d]].\n"));
    assert!(read(&folder, "content/notes/b.md").ends_with("Mine.\n"));
    is_whole(&folder);
}

const HUGO: [(&str, &str); 9] = [
    ("hugo.toml", "baseURL = \"https://site.example/\"\n"),
    ("content/_index.md", "---\ntitle: The site\n---\nWelcome to [ships](/posts/ten-ships/).\n"),
    ("content/about.md", "+++\ntitle = \"About\"\nweight = 3\n+++\nWho [we](mailto:a@b.example) are.\n"),
    (
        "content/posts/2023-10-13-ten-ships/index.md",
        "---\ntitle: Ten ships\nslug: ten-ships\nauthor: Ann Lee\n---\n{{< figure src=\"pier.png\" alt=\"A pier\" caption=\"By night\" >}}\n\n\
         See [about]({{< ref \"about.md\" >}}), [next](../later/), [tags](/tags/x/), [deep]({{% relref \"later.md#two\" %}}).\n\n\
         {{< notice >}}\nMind *this*.\n{{< /notice >}}\n\n`{{</* ref */>}}` 100%% sure.\n\n<p><img src=\"/logo.png\" alt=\"Logo\"></p>\n",
    ),
    (
        "content/posts/later.md",
        "---\ntitle: Later\ndate: 2023-11-02\nlastmod: 2023-12-01\n---\n## Two\n\nWords.\n",
    ),
    ("content/posts/later.id.md", "---\ntitle: Nanti\n---\n## Two\n\nKata, [tentang](/about/).\n"),
    ("content/posts/later.fr.md", "---\ntitle: Plus tard\n---\nMots.\n"),
    ("content/posts/_index.md", "---\ntitle: Posts\n---\n"),
    ("content/posts/draft.md", "---\ntitle: Not yet\ndraft: true\n---\nSECRET\n"),
];

#[test]
fn a_site_of_hugo_keeps_its_bundles_references_and_translations() {
    let folder = dossier(&[SETTINGS]);
    let site = notes(&HUGO, &["content/posts/2023-10-13-ten-ships/pier.png", "static/logo.png"]);
    let ran = import(&folder, "hugo", &site, &["--write"]);
    for line in [
        "“fr (1)”: a language that the dossier does not have",
        "“notice (1)”: shortcodes that mean nothing here",
    ] {
        assert!(ran.out.contains(line), "{line}\n{}", ran.out);
    }
    assert!(
        read(&folder, "content/article.md")
            .ends_with("Welcome to [ships](articles/2023-10-13-ten-ships.md).\n")
    );
    assert!(read(&folder, "content/pages/about.md").contains("title: About\norder: 3\n"));
    assert_eq!(
        read(&folder, "content/articles/2023-10-13-ten-ships.md"),
        "---\ntitle: Ten ships\nbyline: Ann Lee\ndate: 2023-10-13\n---\n\n\
         ![A pier](<pier.png> \"By night\")\n\n\
         See [about](../pages/about.md), [next](later.md), [tags](https://site.example/tags/x/), [deep](later.md#two).\n\n\n\
         Mind *this*.\n\n\n`{{< ref >}}` 100\\%\\% sure.\n\n<p>\n\n![Logo](<logo.png>)\n\n</p>\n"
    );
    let later = read(&folder, "content/articles/later.md");
    assert!(later.starts_with("---\ntitle: Later\ndate: 2023-11-02\nupdated: 2023-12-01\n---\n"), "{later}");
    assert_eq!(
        read(&folder, "content/articles/later.id.md"),
        "---\ntitle: Nanti\n---\n\n## Two\n\nKata, [tentang](../pages/about.md).\n"
    );
    assert!(read(&folder, "content/articles/draft.md").contains("\ndraft: true\n"));
    assert!(exists(&folder, "content/articles/logo.png") && !exists(&folder, "content/articles/posts.md"));
    is_whole(&folder);
}

#[test]
fn sites_of_zola_and_quartz_are_read_as_their_programs_do() {
    let zola = notes(
        &[
            ("config.toml", "base_url = \"https://z.example\"\n"),
            (
                "content/blog/2023-10-13-one.md",
                "+++\ntitle = \"One\"\n[taxonomies]\ntags = [\"x\"]\n+++\nTo [two](@/blog/two.md#end) and [it](https://z.example/blog/two/). {{ youtube(id=\"abc\") }}\n",
            ),
            (
                "content/blog/two.md",
                "+++\ntitle = \"Two\"\ndate = 2023-11-02\n[extra]\ndraft = true\n+++\n## End\n",
            ),
            (
                "content/blog/three.md",
                "+++\ntitle = \"Three\"\n+++\n{% quote(author=\"K\") %}Said.{% end %}\n\n[one](@/blog/2023-10-13-one.md)\n",
            ),
        ],
        &[],
    );
    let folder = dossier(&[SETTINGS]);
    let ran = import(&folder, "zola", &zola, &["--write"]);
    let one = read(&folder, "content/articles/2023-10-13-one.md");
    // The second is a draft, so its words stay.
    assert!(one.ends_with("To two and it. <https://www.youtube.com/watch?v=abc>\n"), "{one}");
    assert!(one.contains("\ndate: 2023-10-13\n") && ran.out.contains("it leads to a draft"), "{}", ran.out);
    assert!(read(&folder, "content/articles/two.md").contains("\ndraft: true\n"));
    let three = read(&folder, "content/articles/three.md");
    assert!(three.ends_with("Said.\n\n[one](2023-10-13-one.md)\n"), "{three}");
    is_whole(&folder);

    let quartz = notes(
        &[
            (
                "content/index.md",
                "---\ntitle: Garden\n---\nSee [[thoughts/memory|it]] and [x](./thoughts/memory).\n",
            ),
            (
                "content/thoughts/memory.md",
                "---\ntitle: Memory\nid: memory\n---\nUp to [[index]], [[The Mind]].\n",
            ),
            ("content/thoughts/mind.md", "---\ntitle: The Mind\n---\nWords.\n"),
            ("content/private/x.md", "SECRET\n"),
        ],
        &[],
    );
    let folder = dossier(&[SETTINGS]);
    import(&folder, "quartz", &quartz, &["--write"]);
    assert!(read(&folder, "content/article.md").ends_with("See [[memory|it]] and [x](notes/memory.md).\n"));
    let memory = read(&folder, "content/notes/memory.md");
    assert!(memory.ends_with("Up to [[article|index]], [[mind]].\n"), "{memory}");
    assert!(!exists(&folder, "content/notes/x.md"));
    is_whole(&folder);
}

#[test]
fn what_is_no_folder_of_notes_is_refused() {
    let folder = dossier(&[SETTINGS, ("empty/x.txt", "x")]);
    run(folder.path(), &["import", "vault", "empty"]).refuses("there are no notes in `empty`");
    run(folder.path(), &["import", "vault", "nowhere"]).refuses("cannot read `nowhere`");
    let ran = run(folder.path(), &["import", "vault", "empty", "--property", "x=nothing"]);
    ran.refuses("there is no key `nothing`");
    run(folder.path(), &["import", "vault", "empty", "--folder", "x"]).refuses("must have an equals sign");
}
