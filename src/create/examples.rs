//! The examples that a new dossier can start from. Their files are in `examples/`, in a folder each.

use include_dir::{Dir, DirEntry, include_dir};

use crate::base::id::Lang;
use crate::base::path::InputPath;
use crate::config::FILE;

/// A dossier that is in the program.
#[derive(Debug)]
pub(crate) struct Example {
    pub name: &'static str,
    /// What it is, in a phrase. The start page has its own words for it, in `start-words.js`.
    pub about: &'static str,
    /// The tags of its languages, the default first.
    languages: &'static [&'static str],
    settings: &'static str,
    /// Only this folder is embedded, so that a site built beside it is not.
    content: Dir<'static>,
}

/// All examples. The first is the default: it has at least one file of every kind, and comments that explain it.
pub(crate) static EXAMPLES: [Example; 4] = [
    Example {
        name: "atlas",
        about: "a small dossier with every kind of file, and comments that explain it",
        languages: &["en"],
        settings: include_str!("../../examples/atlas/dossier.toml"),
        content: include_dir!("$CARGO_MANIFEST_DIR/examples/atlas/content"),
    },
    Example {
        name: "permit",
        about: "a dispute over a building permit, for a class",
        languages: &["en"],
        settings: include_str!("../../examples/permit/dossier.toml"),
        content: include_dir!("$CARGO_MANIFEST_DIR/examples/permit/content"),
    },
    Example {
        name: "voyage",
        about: "a voyage over the antimeridian, with tracks and a recording",
        languages: &["en"],
        settings: include_str!("../../examples/voyage/dossier.toml"),
        content: include_dir!("$CARGO_MANIFEST_DIR/examples/voyage/content"),
    },
    Example {
        name: "clock",
        about: "a dossier in Arabic and French",
        languages: &["ar-TN", "fr"],
        settings: include_str!("../../examples/clock/dossier.toml"),
        content: include_dir!("$CARGO_MANIFEST_DIR/examples/clock/content"),
    },
];

/// The default example.
pub(crate) fn first() -> &'static Example {
    let [first, ..] = &EXAMPLES;
    first
}

/// The example with this name.
pub(crate) fn named(name: &str) -> Option<&'static Example> {
    EXAMPLES.iter().find(|example| example.name == name)
}

impl Example {
    /// Its languages, the default first.
    pub(super) fn languages(&self) -> impl Iterator<Item = Lang> {
        self.languages.iter().filter_map(|tag| Lang::parse(tag))
    }

    /// Its files by path, the settings first.
    pub(crate) fn files(&self) -> Vec<(InputPath, Vec<u8>)> {
        let mut files = vec![(FILE.into(), self.settings.as_bytes().to_vec())];
        collect(self.content.entries(), &mut files);
        files
    }
}

fn collect(entries: &'static [DirEntry<'static>], files: &mut Vec<(InputPath, Vec<u8>)>) {
    for entry in entries {
        match entry {
            DirEntry::Dir(folder) => collect(folder.entries(), files),
            DirEntry::File(file) => {
                let path = file.path().to_string_lossy().replace('\\', "/");
                files.push((format!("content/{path}").into(), file.contents().to_vec()));
            }
        }
    }
}
