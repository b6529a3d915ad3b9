//! Keys of other programs, such as `tags` and `cssclasses`: one finding for each, not one for each file.

use std::collections::BTreeMap;

use crate::base::diagnostic::{Diagnostic, Label};
use crate::config::{self, Config};
use crate::data::UNKNOWN_KEY;
use crate::kinds::KindId;
use crate::parse::is_of_release;

/// The places that one finding points at.
const MOST_PLACES: usize = 5;

/// The entry of `ignore_keys` that stands for every key.
const EVERY: &str = "*";

/// Leaves out what `ignore_keys` ignores, and makes one finding of all those for the same key. Findings with a fix,
/// such as those for near misses, stay by themselves.
pub(crate) fn grouped(found: Vec<Diagnostic>, config: &Config) -> Vec<Diagnostic> {
    let mut all: Vec<Diagnostic> = Vec::with_capacity(found.len());
    // For each key, where its finding is in `all`, and in how many places the key is.
    let mut groups: BTreeMap<String, (usize, usize)> = BTreeMap::new();
    for one in found {
        let is_of_text = one.labels.first().is_some_and(|label| label.path.as_str() != config::FILE);
        let key = one.subject.clone().filter(|_| one.code == UNKNOWN_KEY.name && is_of_text);
        let is_near_miss = one.fix.is_some();
        match key {
            Some(key) if is_ignored(&key, is_near_miss, config) => {}
            Some(key) if !is_near_miss => match groups.get_mut(&key) {
                Some((at, count)) => {
                    *count += 1;
                    add(&mut all[*at], one);
                }
                None => {
                    groups.insert(key, (all.len(), 1));
                    all.push(one);
                }
            },
            _ => all.push(one),
        }
    }
    for (key, (at, count)) in groups.into_iter().filter(|(_, (_, count))| *count > 1) {
        all[at].message = format!("unknown key `{key}`, in {count} places");
        all[at].help.push(format!(
            "to have it ignored, write `ignore_keys = [\"{key}\"]` in `dossier.toml`; \
             `ignore_keys = [\"*\"]` ignores every key of other programs"
        ));
    }
    all
}

/// Adds the place of another finding for the same key.
fn add(group: &mut Diagnostic, one: Diagnostic) {
    // Each kind has its own keys, so the help for one kind is wrong for another.
    if group.help != one.help {
        group.help.clear();
    }
    if let Some(label) = one.labels.into_iter().next().filter(|_| group.labels.len() < MOST_PLACES) {
        group.labels.push(Label { message: "also here".into(), ..label });
    }
}

/// Whether the settings ignore a key. Of all keys, those that may be a mistake are not ignored: near misses, and keys
/// that another kind has. A key that looks like `draft` or `embargo` holds its text back, so it is never ignored.
fn is_ignored(key: &str, is_near_miss: bool, config: &Config) -> bool {
    if is_of_release(key) {
        return false;
    }
    let is_of_a_kind = || KindId::ALL.iter().any(|kind| kind.keys().any(|known| known.name == key));
    config.ignore_keys.iter().any(|ignored| match ignored.as_str() {
        EVERY => !is_near_miss && !is_of_a_kind(),
        ignored => ignored == key,
    })
}
