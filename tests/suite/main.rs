//! The tests that look at the program as a whole, in one binary. A file here that no `mod` line names fails.
#![expect(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on has failed")]

mod addresses;
mod anchors;
#[cfg(feature = "bibliography")]
mod bibliography;
mod books;
mod building;
mod cli;
mod data;
mod desk;
mod directions;
mod edits;
mod emit;
mod evidence;
mod exchange;
mod files;
mod fragments;
mod fuzz;
mod hostile;
mod lists;
mod lsp;
mod maps;
mod markdown;
mod metadata;
mod names;
mod newcomers;
mod notices;
mod passages;
mod plots;
#[cfg(feature = "cards")]
mod posters;
mod preview;
mod printed;
mod private;
mod properties;
mod publish;
mod readings;
mod recordings;
mod session;
mod single_slips;
mod site_words;
mod sitemap;
mod sites;
mod slips;
mod spec;
// At a terminal that `script` of util-linux makes.
#[cfg(target_os = "linux")]
mod start;
mod story;
mod terms;
mod tidy;
mod typography;
mod values;
mod withheld;
mod words;

/// A test file that nobody runs is worse than none.
#[test]
#[expect(clippy::disallowed_methods, reason = "a test reads its own sources")]
fn every_file_is_a_module() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/suite");
    let main = std::fs::read_to_string(format!("{folder}/main.rs")).unwrap();
    for entry in std::fs::read_dir(folder).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        let stem = name.trim_end_matches(".rs");
        assert!(
            stem == "main" || main.contains(&format!("\nmod {stem};")),
            "`mod {stem};` is missing in main.rs"
        );
    }
}
