//! Whether a text says when it may be published in a way that nobody can be sure of. Such a text is left out, even of a site
//! that is built in spite of its errors: a date that was mistyped must not publish what waits for it.

use crate::base::near::nearest;
use crate::data::{Key, Node, Value, reading};
use crate::kinds::{Common, Data, KindId};

const DRAFT: &str = "draft";
const EMBARGO: &str = "embargo";

/// Of an article, which waits for this date, too.
const PUBLISHED: &str = "published";

/// Whether a key of another program keeps a text back, as `publish: false` does in Obsidian.
pub(super) fn keeps_back(key: &str, value: &Value) -> bool {
    let Value::Scalar(word) = value else { return false };
    let key = key.to_lowercase();
    match key.as_str() {
        "publish" | "dg-publish" | "published" | "public" | "listed" | "visible" | "searchable" => {
            reading::denies(word)
        }
        "private" | "hidden" | "unlisted" | "secret" | "unpublished" | "nopublish" | "exclude" => {
            !reading::denies(word)
        }
        "visibility" | "access" => !matches!(word.to_lowercase().as_str(), "public" | "open" | "visible"),
        _ => false,
    }
}

/// Whether front matter with these entries, of which `common` and `data` could be read, may say that the text must wait.
/// `unread` is the front matter as written, if it does not parse.
pub(super) fn is_unclear(
    kind: KindId,
    entries: &[(Key, Node)],
    (common, data): (&Common, Option<&Data>),
    unread: Option<&str>,
) -> bool {
    let keys: &[&str] =
        if kind == KindId::Article { &[DRAFT, EMBARGO, PUBLISHED] } else { &[DRAFT, EMBARGO] };
    let is_known = |name: &str| kind.keys().any(|key| key.name == name);
    let meant = |name: &str| match keys.iter().find(|key| **key == name) {
        Some(key) => Some(*key),
        None if is_known(name) => None,
        None => {
            let name = name.to_lowercase();
            let is_in = |key: &&str| name.contains(key);
            [DRAFT, EMBARGO].into_iter().find(is_in).or_else(|| nearest(&name, keys.iter().copied()))
        }
    };
    let has_date = || data.and_then(|data| data.release(common)).is_some();
    let is_read = |key: &str, value: &Value| match (key, value) {
        (DRAFT, Value::Scalar(word)) => {
            // `no` only needs another word.
            let says_no = reading::denies(word);
            says_no != common.draft && (says_no || &**word == "true")
        }
        (DRAFT, _) => false,
        (EMBARGO, _) => common.embargo.is_some(),
        (_, Value::Null) => true,
        _ => has_date(),
    };
    let is_doubtful =
        |(key, node): &(Key, Node)| meant(&key.name).is_some_and(|key| !is_read(key, &node.value));
    let is_mentioned = |text: &str| {
        let text = text.to_lowercase();
        keys.iter().any(|key| text.contains(key) && !(*key == PUBLISHED && has_date()))
    };
    entries.iter().any(is_doubtful) || unread.is_some_and(is_mentioned)
}
