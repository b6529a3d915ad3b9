//! Whatever is typed, the findings are those of a fresh check of the same texts.

use std::sync::Arc;

use dossier::base::diagnostic::Diagnostic;
use dossier::session::{Options, Snapshot};
use dossier::world::disk::DiskWorld;
use serde_json::Value as Json;

use super::editor::{Editor, Offers};
use super::files;

/// What is typed: parts of what authors write, and what breaks it.
const TYPED: [&str; 22] = [
    "",
    "a",
    ": ",
    "\n",
    "---\n",
    "[[ana]]",
    "[[",
    "]]",
    "🇮🇩",
    "𝕏",
    "e\u{301}",
    "by: ana\n",
    "- ",
    "\"",
    "#",
    " ",
    "\t",
    "date: 2024-13-40\n",
    "draft: true\n",
    "[x](../actors/ana.md)",
    "**",
    "{",
];

/// How many edits: `TYPING_EDITS` for more, see `tests/long`.
fn count() -> usize {
    std::env::var("TYPING_EDITS").ok().and_then(|count| count.parse().ok()).unwrap_or(60)
}

/// Numbers that are the same in every run (Knuth's MMIX generator).
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from((self.0 >> 33) % end as u64).unwrap()
    }
}

fn told(found: &[Diagnostic], path: &str) -> Vec<(String, u64)> {
    let of_file = found
        .iter()
        .filter(|finding| finding.labels.first().is_some_and(|label| label.path.as_str() == path));
    of_file.map(|finding| (finding.code.to_owned(), 1 + finding.severity as u64)).collect()
}

#[test]
#[expect(clippy::disallowed_methods, reason = "a test writes files")]
fn findings_are_those_of_a_fresh_check_whatever_is_typed() {
    let mut editor = Editor::start(&files(), Offers::All);
    let paths: Vec<&str> = files().into_iter().map(|(path, _)| path).collect();
    paths.iter().for_each(|path| editor.open(path));
    // The same texts as files.
    let fresh = tempfile::tempdir().unwrap();
    for path in &paths {
        let file = fresh.path().join(path);
        std::fs::create_dir_all(file.parent().unwrap()).unwrap();
        std::fs::write(file, editor.text(path)).unwrap();
    }
    let mut numbers = Numbers(7);
    for step in 0..count() {
        let path = paths[numbers.below(paths.len())];
        let text = editor.text(path);
        let places: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
        let start = numbers.below(places.len());
        let end = (start + numbers.below(6)).min(places.len() - 1);
        // A text that grew beyond its start is begun anew, so that most of it parses.
        if step % 12 == 11 {
            let first = files().into_iter().find(|(other, _)| *other == path).unwrap().1;
            editor.type_at(path, 0..text.len(), first);
        } else {
            editor.type_at(path, places[start]..places[end], TYPED[numbers.below(TYPED.len())]);
        }
        std::fs::write(fresh.path().join(path), editor.text(path)).unwrap();
        let options = Options { drafts: true, ..Options::default() };
        let snapshot = Snapshot::take(Arc::new(DiskWorld::open(fresh.path()).unwrap()), &options);
        for path in &paths {
            let wanted = told(snapshot.diagnostics(), path);
            editor.is_told_of(path, &format!("{wanted:?}"), |found| {
                let found = found.iter().map(|finding: &Json| {
                    (finding["code"].as_str().unwrap().to_owned(), finding["severity"].as_u64().unwrap())
                });
                // What is about the site as a whole is shown beside the settings.
                let found: Vec<(String, u64)> = found.collect();
                found == wanted || (*path == "dossier.toml" && found.len() >= wanted.len())
            });
        }
    }
}
