//! Themes by others: `theme.toml`, `dossier theme new` and `check`, a theme from a folder elsewhere, and the one in
//! `examples/themes`.
#![expect(clippy::disallowed_methods, reason = "a test sets its stage and looks at what was written")]

use std::fs;
use std::path::Path;

use tempfile::TempDir;

use super::run;

const SETTINGS: &str = "title = \"D\"\nbase_url = \"https://example.org/\"\nlanguages = [\"en\"]\n";
const COURT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/examples/themes/court");

/// A folder with these files, and in `d/` a dossier of an article.
fn stage(files: &[(&str, &str)]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let article = ("d/content/article.md", "---\ntitle: The article\npublished: 2024-01-01\n---\nWords.\n");
    for (path, text) in [("d/dossier.toml", SETTINGS), article].iter().chain(files) {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    folder
}

/// What `dossier` reports in the dossier of these files, one line each.
fn reports(files: &[(&str, &str)], arguments: &[&str]) -> (i32, String) {
    let folder = stage(files);
    let ran = run(&folder.path().join("d"), &[arguments, &["--format", "short"]].concat());
    (ran.code, ran.out + &ran.err)
}

fn with_theme(theme: &str) -> String {
    format!("{SETTINGS}theme = \"{theme}\"\n")
}

#[test]
fn a_theme_for_another_version_is_refused_at_its_range() {
    let settings = with_theme("court");
    let of = |manifest: &str| {
        let files = [("d/dossier.toml", settings.as_str()), ("d/themes/court/theme.toml", manifest)];
        reports(&files, &["check"])
    };
    let court = "name = \"court\"\nversion = \"1.0.0\"\n";
    assert_eq!(of(&format!("{court}dossier = \"0.1\"\n")).0, 0);
    assert_eq!(of(&format!("{court}dossier = \">=0.1, <9\"\n")).0, 0);
    for (manifest, place, words) in [
        (format!("{court}dossier = \">=7.2\"\n"), "3:11", "`court` is made for dossier >=7.2, and this is "),
        (format!("{court}dossier = \"new\"\n"), "3:11", "`new` is not a range of versions"),
        (format!("{court}dossier = \n"), "3:11", "`theme.toml` is not TOML"),
        (court.to_owned(), "1:1", "`theme.toml` has no `dossier`"),
        ("name = \"c\"\nversion = \"1\"\ndossier = \"0.1\"\n".to_owned(), "2:11", "`1` is not a version"),
    ] {
        let (code, said) = of(&manifest);
        let at = format!("themes/court/theme.toml:{place}: error[broken-theme]");
        assert!(code == 1 && said.contains(&at) && said.contains(words), "{said}");
    }
    let (code, said) = of(&format!("{court}dosier = \"0.1\"\n"));
    assert!(code == 1 && said.contains("theme.toml:3:1: error[unknown-key]"), "{said}");
}

#[test]
fn a_new_theme_works_and_is_never_overwritten() {
    let folder = stage(&[]);
    let dossier = folder.path().join("d");
    let made = run(&dossier, &["theme", "new", "mine"]);
    let files = "themes/mine/theme.toml\nthemes/mine/assets/theme.css\nthemes/mine/README.md\n";
    assert_eq!((made.code, made.out.as_str()), (0, files), "{}", made.err);
    fs::write(dossier.join("dossier.toml"), with_theme("mine")).unwrap();
    let checked = run(&dossier, &["theme", "check"]);
    assert_eq!((checked.code, checked.out.as_str()), (0, ""), "{}", checked.err);
    assert_eq!(run(&dossier, &["build"]).code, 0);
    let page = fs::read_to_string(dossier.join("public/index.html")).unwrap();
    let style = page.find("assets/style.").unwrap();
    assert!(page[style..].contains("assets/theme.") && page[style..].contains(".css"), "{page}");
    fs::write(dossier.join("themes/mine/assets/theme.css"), "").unwrap();
    run(&dossier, &["theme", "new", "mine"]).refuses("there is a theme in `themes/mine/`");
    assert_eq!(fs::read_to_string(dossier.join("themes/mine/assets/theme.css")).unwrap(), "");
    for name in ["default", "../x", "My theme", ""] {
        assert_eq!(run(&dossier, &["theme", "new", name]).code, 2, "{name}");
    }
    assert!(!folder.path().join("x").exists());
}

#[test]
fn a_check_finds_what_no_page_has() {
    let settings = with_theme("mine");
    let files = [
        ("d/dossier.toml", settings.as_str()),
        // In a condition, in a text, in a comment, in a loop, and printed.
        (
            "d/themes/mine/templates/note.html",
            "{% extends \"entity.html\" %}\n{% block text %}{# page.no #}{{ \"page.no\" }}\n\
             {% if page.sumary %}x{% endif %}{{ page.body or \"\" }}{{ t.nav.hom }}\n{% endblock text %}\n",
        ),
        ("d/themes/mine/templates/pager.html", "{{ page.title }}\n{{ page.titel }}\n"),
        ("d/themes/mine/strings/en.toml", "[nav]\nhome = \"Start\"\nhoem = \"Start\"\n"),
        ("d/themes/mine/assets/theme.css", ":root {\n  --soft: #999;\n}\n"),
    ];
    let (code, said) = reports(&files, &["theme", "check"]);
    assert_eq!(code, 1, "{said}");
    for line in [
        "themes/mine/assets/theme.css:2:11: error[broken-theme]: in the light, text in `--soft` (#999) on `--paper` \
         (#fdfcfa) has a contrast of 2.7",
        "themes/mine/strings/en.toml:3:1: error[broken-theme]: no page shows `nav.hoem`",
        "themes/mine/templates/note.html:3:7: error[broken-theme]: `note.html` reads `page.sumary`, which no page has",
        "themes/mine/templates/note.html:3:57: error[broken-theme]: `note.html` prints `t.nav.hom`",
        "themes/mine/templates/pager.html:2:4: error[broken-theme]: `pager.html` reads `page.titel`",
        "themes/mine/templates/pager.html:2:9: error[broken-theme]: the theme cannot draw `",
    ] {
        assert!(said.contains(line), "{line}\n{said}");
    }
    assert!(!said.contains("page.no"), "{said}");
    // The same place once, on however many pages.
    assert_eq!(
        said.matches("pager.html:2:9: error[broken-theme]: the theme cannot draw").count(),
        1,
        "{said}"
    );
    let (code, said) = reports(&[], &["theme", "check"]);
    assert!(code == 2 && said.contains("name the folder of the theme"), "{said}");
    let (code, said) = reports(&[("d/dossier.toml", "languages = [\"nl\"]\n")], &["theme", "check", COURT]);
    assert!(code == 1 && said.contains("no words in `nl`"), "{said}");
}

#[test]
fn only_the_user_names_a_theme_elsewhere() {
    let theme = [("t/assets/theme.css", "/* of t */"), ("t/secret.txt", "no"), ("t/assets/x.svg", "<svg/>")];
    let absolute = tempfile::tempdir().unwrap();
    for named in ["../../t", "/etc", absolute.path().to_str().unwrap(), "x/../../../t"] {
        let settings = with_theme(&named.replace('\\', "/"));
        let files = [&theme[..], &[("d/dossier.toml", settings.as_str())]].concat();
        let (code, said) = reports(&files, &["build"]);
        let words = "is not in `themes/`";
        assert!(code == 1 && said.contains("dossier.toml:4:9: error[broken-theme]"), "{said}");
        assert!(said.contains(words) && said.contains("nothing was written"), "{said}");
    }
    let folder = stage(&theme);
    let dossier = folder.path().join("d");
    let theme_css = |site: &Path| {
        let assets = fs::read_dir(site.join("assets")).unwrap().map(|file| file.unwrap());
        let names = assets.map(|file| file.file_name().into_string().unwrap());
        names.filter(|name| name.starts_with("theme.") && name.ends_with(".css")).count()
    };
    assert_eq!(run(&dossier, &["build"]).code, 0);
    assert_eq!(theme_css(&dossier.join("public")), 0);
    // The cache of the last build is not taken for it, nor for another state of it.
    let built = run(&dossier, &["build", "--theme", "../t"]);
    assert_eq!((built.code, built.out.as_str()), (0, ""), "{}", built.err);
    assert_eq!(theme_css(&dossier.join("public")), 1);
    assert!(!fs::read_to_string(dossier.join("public/SHA256SUMS")).unwrap().contains("secret"));
    fs::write(folder.path().join("t/assets/theme.css"), "@import \"x\"; /* changed */").unwrap();
    run(&dossier, &["build", "--theme", "../t"]);
    assert!(!fs::read_to_string(dossier.join("public/SHA256SUMS")).unwrap().is_empty());
    // What is wrong in it is reported where it is.
    fs::create_dir(folder.path().join("t/templates")).unwrap();
    fs::write(folder.path().join("t/templates/pager.html"), "{{ x").unwrap();
    let broken = run(&dossier, &["build", "--theme", "../t", "--format", "short"]);
    assert!(broken.code == 1 && broken.out.starts_with("../t/templates/pager.html:1:"), "{}", broken.out);
    run(&dossier, &["build", "--theme", "../none"]).refuses("cannot open the theme in `../none`");
    let empty = run(&dossier, &["check", "--theme", "content", "--format", "short"]);
    assert!(empty.code == 1 && empty.out.contains("holds no theme"), "{}", empty.out);
}

#[cfg(unix)]
#[test]
fn a_link_in_a_theme_elsewhere_leads_no_further() {
    let folder = stage(&[("t/assets/theme.css", ""), ("private.svg", "<svg>private</svg>")]);
    std::os::unix::fs::symlink("../../private.svg", folder.path().join("t/assets/x.svg")).unwrap();
    let built = run(&folder.path().join("d"), &["build", "--theme", "../t", "--format", "short"]);
    assert!(built.code == 1 && built.out.contains("cannot read `../t/assets/x.svg`"), "{}", built.out);
}

#[test]
fn the_theme_for_a_courtroom_keeps_to_the_reference() {
    let folder = tempfile::tempdir().unwrap();
    let checked = run(folder.path(), &["theme", "check", COURT]);
    assert_eq!((checked.code, checked.out.as_str()), (0, ""), "{}", checked.err);
    let reference = fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/themes.md")).unwrap();
    let sheet = fs::read_to_string(Path::new(COURT).join("assets/theme.css")).unwrap();
    let named = fancy_regex::Regex::new(r"(?<![\w.])\.[a-z][a-z-]*|--[a-z][a-z-]*").unwrap();
    for name in named.find_iter(&sheet).map(|found| found.unwrap().as_str()) {
        assert!(reference.contains(&format!("`{name}`")), "{name} is not in the reference");
    }
    for example in ["clock", "permit"] {
        assert_eq!(run(folder.path(), &["init", "--example", example, example]).code, 0);
        let made = folder.path().join(example);
        let checked = run(&made, &["check", "--theme", COURT, "--deny", "warnings", "--format", "short"]);
        assert_eq!((checked.code, checked.out.as_str()), (0, ""), "{}", checked.err);
        assert_eq!(run(&made, &["build", "--theme", COURT]).code, 0, "{example}");
    }
}
