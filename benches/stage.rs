//! What the benchmarks of edits share: a dossier to edit, and the middle of what was measured.

use std::fs;
use std::path::Path;
use std::time::Duration;

use tempfile::TempDir;

use crate::corpus::{Corpus, Plan};

/// How many claims name the hub.
const REFERRERS: usize = 1000;

/// A made-up dossier in a folder of its own, on the RAM disk where there is one. It goes with the value.
pub fn dossier() -> (Corpus, TempDir) {
    let number = std::env::args().skip(1).find(|argument| argument != "--bench");
    let pages = number.map_or(10_000, |number| number.parse().unwrap());
    let memory = Path::new("/dev/shm");
    let folder = if memory.is_dir() { tempfile::tempdir_in(memory) } else { tempfile::tempdir() }.unwrap();
    let corpus = Corpus::new(Plan { hub: Some(REFERRERS), ..Plan::of(pages) });
    corpus.write(folder.path()).unwrap();
    println!("{pages} pages, and a hub that {REFERRERS} claims name, in {}", folder.path().display());
    (corpus, folder)
}

/// The claims that name the hub, by their names.
pub fn referrers(corpus: &Corpus) -> Vec<String> {
    corpus.entities().filter(|entity| corpus.names_hub(entity)).map(|entity| entity.name).collect()
}

/// Gives a file another title.
pub fn retitle(path: &Path, title: &str) {
    let text = fs::read_to_string(path).unwrap();
    let line = text.lines().find(|line| line.starts_with("title:")).unwrap();
    fs::write(path, text.replacen(line, &format!("title: {title}"), 1)).unwrap();
}

/// Adds words at the end of a file.
pub fn append(path: &Path, words: &str) {
    let text = fs::read_to_string(path).unwrap();
    fs::write(path, format!("{text}\n{words}\n")).unwrap();
}

/// The median and the 95th percentile, in milliseconds.
pub fn middle(times: &mut [Duration]) -> String {
    times.sort();
    let at = |part: usize| times[part * (times.len() - 1) / 100].as_secs_f64() * 1e3;
    format!("median {:.1} ms, p95 {:.1} ms", at(50), at(95))
}

/// A template of claims that says which round it is.
pub fn template(round: usize) -> String {
    format!("{{% extends \"entity.html\" %}}\n{{% block lead %}}<p>Template {round}.</p>{{% endblock %}}\n")
}
