//! What others made, and is in the program, is named with its licence.

use std::collections::{BTreeMap, BTreeSet};

use super::cli::run;

#[expect(clippy::disallowed_methods, reason = "a test reads the project's own files")]
fn table(name: &str) -> toml::Table {
    std::fs::read_to_string(format!("{}/{name}", env!("CARGO_MANIFEST_DIR"))).unwrap().parse().unwrap()
}

/// The crates that a program for some platform is built from, as `NAME VERSION`.
fn crates() -> BTreeSet<String> {
    let lock = table("Cargo.lock");
    let packages = lock["package"].as_array().unwrap();
    let mut by_name: BTreeMap<&str, Vec<&toml::Value>> = BTreeMap::new();
    for package in packages {
        by_name.entry(package["name"].as_str().unwrap()).or_default().push(package);
    }
    // The lock lists what the tests need with the rest.
    let manifest = table("Cargo.toml");
    let only_tested: BTreeSet<&str> =
        manifest["dev-dependencies"].as_table().unwrap().keys().map(String::as_str).collect();
    let mut open = vec![by_name["dossier"][0]];
    let mut found = BTreeSet::new();
    while let Some(package) = open.pop() {
        let is_ours = package["name"].as_str() == Some("dossier");
        for dependency in package.get("dependencies").and_then(toml::Value::as_array).into_iter().flatten() {
            let mut words = dependency.as_str().unwrap().split(' ');
            let (name, version) = (words.next().unwrap(), words.next());
            if is_ours && only_tested.contains(name) {
                continue;
            }
            for package in &by_name[name] {
                let own = package["version"].as_str().unwrap();
                if version.is_none_or(|version| version == own) && found.insert(format!("{name} {own}")) {
                    open.push(package);
                }
            }
        }
    }
    found
}

#[test]
fn the_notices_name_every_crate_and_what_else_is_in_the_program() {
    let ran = run(env!("CARGO_MANIFEST_DIR").as_ref(), &["--licenses"]);
    assert_eq!((ran.code, ran.err.as_str()), (0, ""));
    let (_, list) = ran.out.split_once("\nCrates\n\n").unwrap();
    let named: BTreeSet<String> = list
        .lines()
        .take_while(|line| !line.is_empty())
        .map(|line| line.split("  ").next().unwrap().to_owned())
        .collect();
    let crates = crates();
    assert!(crates.len() > 300, "{}", crates.len());
    let differ: Vec<&String> = crates.symmetric_difference(&named).collect();
    assert!(differ.is_empty(), "run licenses/make.py: Cargo.lock has changed: {differ:?}");
    for text in [
        "Mozilla Public License Version 2.0",
        "Community Data License Agreement - Permissive - Version 2.0",
        "UNICODE LICENSE V3",
        "SIL OPEN FONT LICENSE Version 1.1",
        "Zero-Clause BSD",
        "creativecommons.org/licenses/by-sa/3.0/",
        "Natural Earth",
        "Kevin Atkinson",
    ] {
        assert!(ran.out.contains(text), "{text}");
    }
}
