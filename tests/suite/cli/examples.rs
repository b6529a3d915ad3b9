//! The examples that `dossier init` offers: each is clean and builds, and its name is in the help and in errors.

use std::collections::BTreeSet;

use super::run;

/// The folders in `examples/` that are dossiers.
#[expect(clippy::disallowed_methods, reason = "a test lists the examples")]
fn names() -> BTreeSet<String> {
    let folders = std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/examples")).unwrap();
    let dossiers = folders.map(Result::unwrap).filter(|folder| folder.path().join("dossier.toml").exists());
    dossiers.map(|folder| folder.file_name().into_string().unwrap()).collect()
}

#[test]
fn every_example_is_clean_and_builds() {
    let folder = tempfile::tempdir().unwrap();
    let help = run(folder.path(), &["init", "--help"]).out;
    assert!(names().len() >= 4);
    for name in names() {
        assert!(help.contains(&format!("`{name}`")), "{help}");
        assert_eq!(run(folder.path(), &["init", "--example", &name, &name]).code, 0, "{name}");
        let made = folder.path().join(&name);
        let checked = run(&made, &["check", "--verbose", "--deny", "warnings", "--format", "short"]);
        assert_eq!((checked.code, checked.out.as_str()), (0, ""), "{name}");
        let built = run(&made, &["build"]);
        assert_eq!((built.code, built.out.as_str()), (0, ""), "{name}: {}", built.err);
        assert!(made.join("public/index.html").exists() && made.join(".gitignore").exists(), "{name}");
    }
}

#[test]
fn an_example_without_a_name_is_the_first() {
    let folder = tempfile::tempdir().unwrap();
    for arguments in [["one", "--example"], ["--example", "two"], ["--example=atlas", "three"]] {
        assert_eq!(run(folder.path(), &[&["init"], &arguments[..]].concat()).code, 0, "{arguments:?}");
    }
    for made in ["one", "two", "three"] {
        assert!(folder.path().join(made).join("content/routes/sintra-cork.md").exists(), "{made}");
    }
}

#[test]
#[expect(clippy::disallowed_methods, reason = "a test changes its stage")]
fn the_content_can_be_a_vault_of_obsidian() {
    let folder = tempfile::tempdir().unwrap();
    assert_eq!(run(folder.path(), &["init", "--obsidian", "--empty", "notes"]).code, 0);
    let made = folder.path().join("notes");
    let json = |name: &str| -> serde_json::Value {
        let text = std::fs::read_to_string(made.join("content/.obsidian").join(name)).unwrap();
        serde_json::from_str(&text).unwrap()
    };
    let types = &json("types.json")["types"];
    for (key, own) in [
        ("by", "multitext"),
        ("aliases", "aliases"),
        ("draft", "checkbox"),
        ("date", "text"),
        ("title", "text"),
    ] {
        assert_eq!(types[key], own, "{key}");
    }
    assert_eq!(types["quantities"], serde_json::Value::Null);
    assert_eq!(json("templates.json")["folder"], "_templates");
    let template = std::fs::read_to_string(made.join("content/_templates/claim.md")).unwrap();
    assert!(
        template.starts_with("---\ntitle: \"{{title}}\"\n") && template.contains("\nby:\n"),
        "{template}"
    );
    let ignored = std::fs::read_to_string(made.join(".gitignore")).unwrap();
    assert!(ignored.contains("\n/content/.obsidian/workspace*.json\n"), "{ignored}");
    // A note that is made of a template, as Obsidian does it, is as its form leaves it.
    let note = template.replace("{{title}}", "Nis");
    std::fs::create_dir(made.join("content/claims")).unwrap();
    std::fs::write(made.join("content/claims/nis.md"), note).unwrap();
    let checked = run(&made, &["check", "--format", "short", "--quiet"]);
    assert!(!checked.out.contains("_templates") && !checked.out.contains("invalid-"), "{}", checked.out);
    // The claim lacks what only its author knows.
    assert_eq!(run(&made, &["build", "--keep-going"]).code, 1);
    assert!(made.join("public/index.html").exists());
    for secret in ["_templates", ".obsidian"] {
        assert!(!made.join("public").join(secret).exists(), "{secret}");
    }
}

#[test]
fn an_unknown_example_is_refused_with_the_names() {
    let folder = tempfile::tempdir().unwrap();
    let all = "the examples are `atlas`, `permit`, `voyage`, `clock`";
    run(folder.path(), &["init", "--example", "permti", "x"])
        .refuses(&format!("there is no example `permti`; did you mean `permit`? {all}"));
    run(folder.path(), &["init", "--example", "permits"]).refuses("did you mean `permit`?");
    run(folder.path(), &["init", "--example", "school", "x"])
        .refuses(&format!("there is no example `school`; {all}"));
    run(folder.path(), &["init", "--example", "permit"]).refuses("name a new folder");
    run(folder.path(), &["init", "--example", "clock", "--languages", "fr,ar-TN", "x"])
        .refuses("the example is in `ar-TN` and `fr`; put `ar-TN` and `fr` first");
    assert!(!folder.path().join("x").exists());
}
