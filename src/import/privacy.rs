//! Which annotations were not meant for everybody.

use std::collections::BTreeMap;

use serde_json::Value;

/// Why an annotation is private.
#[derive(Copy, Clone, Debug, Eq, PartialEq, Ord, PartialOrd)]
pub(super) enum Privacy {
    OnlyMe,
    Group,
    Hidden,
    /// For a named audience (W3C Web Annotation Data Model, 3.3.1; ActivityStreams 2.0, 5.1).
    Audience,
    /// It answers a private one.
    Reply,
}

impl Privacy {
    fn words(self, count: usize) -> String {
        let of = match self {
            Privacy::OnlyMe => "only for those who wrote them",
            Privacy::Group => "of closed groups",
            Privacy::Hidden => "hidden or not approved by moderators",
            Privacy::Audience => "for a named audience",
            Privacy::Reply => "replies to private ones",
        };
        format!("{count} {of}")
    }
}

/// The group that everybody can read.
const WORLD: &str = "__world__";

/// The collection that everybody belongs to, in ActivityStreams.
const PUBLIC: [&str; 3] = ["https://www.w3.org/ns/activitystreams#Public", "as:Public", "Public"];

/// Whether each annotation is private, and why.
pub(super) fn of_all(items: &[Value]) -> Vec<Option<Privacy>> {
    let own: Vec<Option<Privacy>> = items.iter().map(of).collect();
    let ids = items.iter().map(|item| item.get("id").and_then(Value::as_str));
    let by_id: BTreeMap<&str, bool> =
        ids.zip(&own).filter_map(|(id, privacy)| Some((id?, privacy.is_some()))).collect();
    let answers_private = |item: &Value| {
        let mut above = references(item);
        above.any(|id| by_id.get(id) == Some(&true))
    };
    let of =
        |(item, own): (&Value, &Option<Privacy>)| own.or(answers_private(item).then_some(Privacy::Reply));
    items.iter().zip(&own).map(of).collect()
}

/// Whether an annotation says itself that it is private.
fn of(item: &Value) -> Option<Privacy> {
    let text = |key: &str| item.get(key).and_then(Value::as_str);
    let readers = item.get("permissions").and_then(|permissions| permissions.get("read"));
    if let Some(readers) = readers {
        let readers: Vec<&str> = list(readers).collect();
        let is_world = |reader: &&str| **reader == format!("group:{WORLD}");
        if !readers.iter().any(is_world) {
            let is_group = readers.iter().any(|reader| reader.starts_with("group:"));
            return Some(if is_group { Privacy::Group } else { Privacy::OnlyMe });
        }
    }
    if text("group").is_some_and(|group| group != WORLD) {
        return Some(Privacy::Group);
    }
    let is_moderated =
        text("moderation_status").is_some_and(|status| !status.eq_ignore_ascii_case("approved"));
    if item.get("hidden") == Some(&Value::Bool(true)) || is_moderated {
        return Some(Privacy::Hidden);
    }
    let audience = ["audience", "to"].iter().filter_map(|key| item.get(*key)).find(|value| !value.is_null());
    audience.filter(|value| !list(value).any(|reader| PUBLIC.contains(&reader))).map(|_| Privacy::Audience)
}

/// The annotations above a reply, from the first to the one that it answers.
fn references(item: &Value) -> impl Iterator<Item = &str> {
    item.get("references").into_iter().flat_map(list)
}

/// The annotation that a reply answers.
pub(super) fn parent(item: &Value) -> Option<&str> {
    references(item).last()
}

/// The words of a list, or a single one.
fn list(value: &Value) -> impl Iterator<Item = &str> {
    let many = value.as_array().into_iter().flatten();
    value.as_str().into_iter().chain(many.filter_map(Value::as_str))
}

/// What is said about the private annotations; `None` if there are none.
pub(super) fn remark(all: &[Option<Privacy>], with_private: bool) -> Option<String> {
    let mut counts: BTreeMap<Privacy, usize> = BTreeMap::new();
    for privacy in all.iter().flatten() {
        *counts.entry(*privacy).or_default() += 1;
    }
    if counts.is_empty() {
        return None;
    }
    let count: usize = counts.values().sum();
    let annotations = if count == 1 { "private annotation" } else { "private annotations" };
    let why: Vec<String> = counts.iter().map(|(privacy, count)| privacy.words(*count)).collect();
    let why = why.join(", ");
    Some(match with_private {
        false => format!("left out: {count} {annotations} ({why}); `--private` imports them as drafts"),
        true => format!("drafts: {count} {annotations} ({why})"),
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn only_what_everybody_may_read_is_public() {
        let world = json!(["group:__world__"]);
        for (item, privacy) in [
            (json!({"group": "__world__", "permissions": {"read": world}, "hidden": false}), None),
            (json!({"text": "no word of it"}), None),
            (
                json!({"permissions": {"read": ["acct:a@hypothes.is"]}, "group": "__world__"}),
                Some(Privacy::OnlyMe),
            ),
            (json!({"permissions": {"read": []}}), Some(Privacy::OnlyMe)),
            (json!({"permissions": {"read": ["group:x"]}, "group": "x"}), Some(Privacy::Group)),
            (json!({"group": "x"}), Some(Privacy::Group)),
            (json!({"permissions": {"read": world}, "hidden": true}), Some(Privacy::Hidden)),
            (json!({"moderation_status": "PENDING"}), Some(Privacy::Hidden)),
            (json!({"moderation_status": "APPROVED"}), None),
            (json!({"audience": {"type": "schema:EducationalAudience"}}), Some(Privacy::Audience)),
            (json!({"to": ["https://www.w3.org/ns/activitystreams#Public"]}), None),
            (json!({"to": "https://example.org/ann"}), Some(Privacy::Audience)),
        ] {
            assert_eq!(of(&item), privacy, "{item}");
        }
    }

    #[test]
    fn a_reply_is_as_private_as_what_it_answers() {
        let items = [
            json!({"id": "c", "references": ["a", "b"]}),
            json!({"id": "a", "group": "x"}),
            json!({"id": "b", "references": ["a"]}),
            json!({"id": "d", "references": ["gone"]}),
        ];
        let reply = Some(Privacy::Reply);
        assert_eq!(of_all(&items), [reply, Some(Privacy::Group), reply, None]);
        assert_eq!((parent(&items[0]), parent(&items[1])), (Some("b"), None));
        assert_eq!(
            remark(&of_all(&items), false).as_deref(),
            Some(
                "left out: 3 private annotations (1 of closed groups, 2 replies to private ones); `--private` imports them as drafts"
            )
        );
    }
}
