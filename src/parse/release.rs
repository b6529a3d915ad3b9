//! Whether a text says when it may be published in a way that nobody can be sure of. Such a text is left out, even of a site
//! that is built in spite of its errors: a date that was mistyped must not publish what waits for it.

use crate::base::near::nearest;
use crate::data::{Key, Node, Value};
use crate::kinds::{Common, Data, KindId};

const DRAFT: &str = "draft";
const EMBARGO: &str = "embargo";

/// Of an article, which waits for this date, too.
const PUBLISHED: &str = "published";

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
            // Those say no, whatever the finding about them is.
            let says_no = ["false", "no", "off", "n", "0"].contains(&word.to_lowercase().as_str());
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
