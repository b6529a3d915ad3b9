//! Marks in a text for what has no name yet: other items of the import, and files that come with it. They are replaced
//! once ids are known.

use std::collections::{BTreeMap, BTreeSet};

use crate::base::path::{InputPath, relative};

const ID: char = '\u{e002}';
const PATH: char = '\u{e004}';
const END: char = '\u{e003}';

/// The id of the item that its file calls so.
pub(super) fn id(called: &str) -> String {
    format!("{ID}{called}{END}")
}

/// The path of the item or the file that is called so.
pub(super) fn path(called: &str) -> String {
    format!("{PATH}{called}{END}")
}

/// A text of the file at `from` with names in the place of marks, and what they call. What is not there stays as it was
/// called, so it leads nowhere, which the trial of the plan finds.
pub(super) fn named(
    text: &str,
    from: &InputPath,
    names: &BTreeMap<String, (String, InputPath)>,
) -> (String, BTreeSet<String>) {
    let mut used = BTreeSet::new();
    let mut rest = text;
    let mut named = String::with_capacity(text.len());
    while let Some(at) = rest.find([ID, PATH]) {
        named.push_str(&rest[..at]);
        let is_id = rest[at..].starts_with(ID);
        let inner = &rest[at + ID.len_utf8()..];
        let Some((called, after)) = inner.split_once(END) else { break };
        used.insert(called.to_owned());
        match names.get(called) {
            Some((id, _)) if is_id => named.push_str(id),
            Some((_, path)) => named.push_str(&relative(from.folder(), path.as_str())),
            None => named.push_str(&called.replace([' ', '(', ')', '|'], "-")),
        }
        rest = after;
    }
    (named + rest, used)
}
