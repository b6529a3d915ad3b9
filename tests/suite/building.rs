//! How the program is built: what `Cargo.toml` says twice is the same.

use std::collections::BTreeSet;

use toml::Table;

#[expect(clippy::disallowed_methods, reason = "a test reads the project's own files")]
fn manifest() -> Table {
    std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/Cargo.toml")).unwrap().parse().unwrap()
}

#[test]
fn the_feature_for_the_tests_has_the_crates_of_every_part() {
    let manifest = manifest();
    let features = manifest["features"].as_table().unwrap();
    let crates = |feature: &str| -> BTreeSet<&str> {
        features[feature].as_array().unwrap().iter().map(|name| name.as_str().unwrap()).collect()
    };
    let of_parts: BTreeSet<&str> = crates("default").into_iter().flat_map(crates).collect();
    assert_eq!(crates("crates"), of_parts);
}

/// `dist` inherits from `release`, so it has to say what it does not want of it.
#[test]
fn what_is_shipped_is_optimised_where_a_build_from_source_is_not() {
    let manifest = manifest();
    let levels = |profile: &str| -> Vec<(&String, i64)> {
        let packages = manifest["profile"][profile]["package"].as_table().unwrap();
        packages.iter().map(|(name, package)| (name, package["opt-level"].as_integer().unwrap())).collect()
    };
    let (release, dist) = (levels("release"), levels("dist"));
    assert!(release.iter().all(|(_, level)| *level < 3), "{release:?}");
    let full: Vec<(&String, i64)> = release.iter().map(|(name, _)| (*name, 3)).collect();
    assert_eq!(dist, full);
}
