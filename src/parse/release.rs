//! Whether a text says when it may be published in a way that nobody can be sure of. Such a text is left out, even of a
//! site that is built in spite of its errors: a date that was mistyped must not publish what waits for it.

use crate::base::date::Edtf;
use crate::base::near::nearest;
use crate::base::span::Spanned;
use crate::data::{Key, Node, Value, reading};
use crate::kinds::{Common, Data, KindId};

const DRAFT: &str = "draft";
const EMBARGO: &str = "embargo";

/// Of an article, which waits for this date, too.
const PUBLISHED: &str = "published";

/// Keys with which other programs say that a text is not for everybody (Obsidian Publish, Digital Garden, WordPress),
/// each with the word that says so. `published` is a key of our own only in articles.
const PRIVATE: [(&str, bool); 14] = [
    ("publish", false),
    (PUBLISHED, false),
    ("dgpublish", false),
    ("share", false),
    ("public", false),
    ("visible", false),
    ("listed", false),
    ("private", true),
    ("isprivate", true),
    ("hidden", true),
    ("unlisted", true),
    ("secret", true),
    ("unpublished", true),
    ("nopublish", true),
];

/// Words for the status of a text that is not for everybody, in content management systems.
const UNFINISHED: [&str; 17] = [
    "draft",
    "drafts",
    "private",
    "hidden",
    "unlisted",
    "pending",
    "unpublished",
    "internal",
    "confidential",
    "embargo",
    "embargoed",
    "draf",
    "entwurf",
    "borrador",
    "brouillon",
    "rascunho",
    "bozza",
];

/// Keys for the day from which another program publishes a text: Hugo's `publishDate` and its like.
const SCHEDULED: [&str; 6] =
    ["publishdate", "publishon", "publishafter", "publishfrom", "scheduled", "golive"];

/// Keys for the day on which another program takes a text down, which this one does not do.
const TAKEN_DOWN: [&str; 5] = ["expirydate", "expires", "expireson", "unpublishdate", "unpublishon"];

/// The day from which another program publishes a text.
pub(super) fn published_from(kind: KindId, entries: &[(Key, Node)]) -> Option<Spanned<Edtf>> {
    let mut scheduled = entries.iter().filter(|(key, _)| is_scheduled(kind, &key.name));
    scheduled.find_map(|(_, node)| {
        let Value::Scalar(written) = &node.value else { return None };
        Some(Spanned { value: day(written)?, span: node.span })
    })
}

/// Whether a key that a kind does not have is for the day from which another program publishes a text.
fn is_scheduled(kind: KindId, key: &str) -> bool {
    let name = plain(key);
    (name == PUBLISHED || SCHEDULED.contains(&name.as_str())) && !kind.keys().any(|known| known.name == key)
}

/// The day of a time.
fn day(written: &str) -> Option<Edtf> {
    Edtf::parse(written.split(['T', ' ']).next()?).ok()
}

/// A key in small letters, without what is between its words.
fn plain(key: &str) -> String {
    key.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_lowercase()).collect()
}

/// Whether another program's key says that a text is not for everybody.
pub(super) fn is_private(key: &str, value: &Value) -> bool {
    let name = plain(key);
    match (name.as_str(), value) {
        ("visibility" | "access", Value::Scalar(word)) => {
            return !matches!(word.to_lowercase().as_str(), "public" | "open" | "visible");
        }
        (
            "status" | "state" | "stage" | "workflow" | "poststatus" | "publicationstatus",
            Value::Scalar(word),
        ) => {
            return UNFINISHED.contains(&word.trim().to_lowercase().as_str());
        }
        _ => {}
    }
    let Some((_, meaning)) = PRIVATE.iter().find(|(private, _)| *private == name) else { return false };
    let Value::Scalar(word) = value else { return false };
    match meaning {
        true => !reading::denies(word),
        false => reading::denies(word),
    }
}

/// Whether a key of some program, with its value as written, may say that a text must wait.
pub(crate) fn may_wait(key: &str, value: &str) -> bool {
    let says = is_of_release(key) || SCHEDULED.contains(&plain(key).as_str());
    says && !reading::denies(value) || is_private(key, &Value::Scalar(value.into()))
}

/// Whether a key says that a text must wait, or nearly so.
pub(crate) fn is_of_release(key: &str) -> bool {
    let name = key.to_lowercase();
    [DRAFT, EMBARGO].iter().any(|key| name.contains(key)) || TAKEN_DOWN.contains(&plain(key).as_str())
}

/// Whether a text without front matter says at its start, in the form of some other program, that it must wait:
/// `Draft: yes`, `"draft": true`.
pub(super) fn is_mentioned_at_start(text: &str) -> bool {
    let is_key = |line: &str| {
        let line = line.to_lowercase();
        [DRAFT, EMBARGO].iter().any(|key| {
            line.match_indices(key).any(|(at, _)| {
                let is_of_key = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-');
                let before = line[..at].trim_end_matches(is_of_key).trim_end_matches([' ', '"', '\'']);
                let rest = line[at..].trim_start_matches(is_of_key).trim_start_matches(['"', '\'', ' ']);
                (before.is_empty() || before.ends_with(['{', ','])) && rest.starts_with([':', '='])
            })
        })
    };
    text.lines().take(60).any(is_key)
}

/// Whether something below the first level says that the text must wait: nothing reads it there, but its author meant
/// it.
fn waits_within(value: &Value) -> bool {
    match value {
        Value::Null | Value::Scalar(_) => false,
        Value::List(items) => items.iter().any(|item| waits_within(&item.value)),
        Value::Table(entries) => entries.iter().any(|(key, node)| {
            let denies = matches!(&node.value, Value::Scalar(word) if reading::denies(word));
            is_of_release(&key.name) && !denies || waits_within(&node.value)
        }),
    }
}

/// Whether a value, as it is written, goes on with a line that is `draft: true` or an embargo's day: a text below `>`
/// does with an indented key. Words that go on after the value are a sentence.
pub(super) fn is_swallowed(written: &str) -> bool {
    let is_key = |(key, value): (&str, &str)| match key.trim() {
        DRAFT => reading::flag(value) == Some("true"),
        EMBARGO => day(value.trim()).is_some() || reading::flag(value) == Some("true"),
        _ => false,
    };
    written.lines().skip(1).filter_map(|line| line.split_once(':')).any(is_key)
}

/// Whether front matter with these entries, of which `common` and `data` could be read, may say that the text must
/// wait. `unread` is the front matter as written, if it does not parse.
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
    let is_hidden = |(key, node): &(Key, Node)| {
        waits_within(&node.value) || !is_known(&key.name) && is_private(&key.name, &node.value)
    };
    // A day that is none, or after which the text should not be there.
    let is_untimely = |(key, node): &(Key, Node)| match &node.value {
        Value::Null => false,
        Value::Scalar(word) if is_scheduled(kind, &key.name) => {
            day(word).is_none() && reading::flag(word) != Some("true")
        }
        Value::Scalar(word) => TAKEN_DOWN.contains(&plain(&key.name).as_str()) && !reading::denies(word),
        _ => is_scheduled(kind, &key.name) || TAKEN_DOWN.contains(&plain(&key.name).as_str()),
    };
    let is_held = |entry: &(Key, Node)| is_doubtful(entry) || is_hidden(entry) || is_untimely(entry);
    entries.iter().any(is_held) || unread.is_some_and(is_mentioned)
}
