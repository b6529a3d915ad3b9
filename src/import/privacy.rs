//! Which annotations were not meant for everybody.

use std::collections::BTreeMap;

use serde_json::Value;

use super::brought::{At, Remark};

/// Why an annotation is private.
#[derive(Copy, Clone, Debug, Eq, PartialEq, Ord, PartialOrd)]
pub(super) enum Privacy {
    OnlyMe,
    Group,
    Hidden,
    /// For a named audience (W3C Web Annotation Data Model, 3.3.1 and 3.3.2; ActivityStreams 2.0, 5.1).
    Audience,
    /// It answers a private one, or one that is not known.
    Reply,
    /// It has a mark that is not known to mean that everybody may read it.
    Marked,
}

impl Privacy {
    fn words(self, count: usize) -> String {
        let of = match self {
            Privacy::OnlyMe => "only for those who wrote them",
            Privacy::Group => "of closed groups",
            Privacy::Hidden => "hidden or not approved by moderators",
            Privacy::Audience => "for a named audience",
            Privacy::Reply => "replies to private ones, or to ones that are not in the file",
            Privacy::Marked => "with a mark such as `private`, `draft` or `visibility`",
        };
        format!("{count} {of}")
    }
}

/// The group that everybody can read.
const WORLD: &str = "__world__";

/// The collection that everybody belongs to, in ActivityStreams.
const PUBLIC: [&str; 3] = ["https://www.w3.org/ns/activitystreams#Public", "as:Public", "Public"];

/// Whether each annotation is private, and why. `is_public` says whether an annotation that is not among them is
/// known to be for everybody.
pub(super) fn of_all(items: &[Value], is_public: impl Fn(&str) -> bool) -> Vec<Option<Privacy>> {
    let own: Vec<Option<Privacy>> = items.iter().map(of).collect();
    let ids = items.iter().map(|item| item.get("id").and_then(Value::as_str));
    let by_id: BTreeMap<&str, bool> =
        ids.zip(&own).filter_map(|(id, privacy)| Some((id?, privacy.is_some()))).collect();
    let answers_private = |item: &Value| {
        references(item).any(|id| by_id.get(id).copied().unwrap_or_else(|| !is_public(id)))
            // What a reply of the W3C's model answers is its target, which may also be a page.
            || targets(item).any(|id| by_id.get(id) == Some(&true))
    };
    let of =
        |(item, own): (&Value, &Option<Privacy>)| own.or(answers_private(item).then_some(Privacy::Reply));
    items.iter().zip(&own).map(of).collect()
}

/// Whether an annotation says itself that it is private. What is not known to say the opposite does.
fn of(item: &Value) -> Option<Privacy> {
    let parts = ["body", "target"].iter().filter_map(|key| item.get(*key)).flat_map(objects);
    let own = item.as_object().into_iter().flatten().find_map(|(key, value)| of_mark(key, value, true));
    own.or_else(|| of_audience(item)).or_else(|| {
        let mut parts = parts;
        parts.find_map(|part| {
            let marks = part.as_object().into_iter().flatten();
            of_audience(part)
                .or_else(|| marks.into_iter().find_map(|(key, value)| of_mark(key, value, false)))
        })
    })
}

/// A key without its vocabulary, and however it is written: `audience` for `schema:audience`, `isprivate` for
/// `_is_private`.
fn plain(key: &str) -> String {
    let name = key.rsplit([':', '/', '#']).next().unwrap_or_default();
    name.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_lowercase()).collect()
}

/// What an entry of an annotation, or of a part of one, says. A part has a `state` that says something else.
fn of_mark(key: &str, value: &Value, is_whole: bool) -> Option<Privacy> {
    if value.is_null() {
        return None;
    }
    let word = value.as_str().map(str::to_ascii_lowercase);
    let is_word = |words: &[&str]| word.as_deref().is_some_and(|word| words.contains(&word));
    let is_public = match &*plain(key) {
        "permissions" => return of_readers(value),
        "group" | "groups" => {
            let id = value.get("id").unwrap_or(value);
            let mut groups = list(id);
            return (groups.next().is_none_or(|group| group != WORLD) || groups.any(|group| group != WORLD))
                .then_some(Privacy::Group);
        }
        "hidden" => return (*value != Value::Bool(false)).then_some(Privacy::Hidden),
        "moderationstatus" => return (!is_word(&["approved"])).then_some(Privacy::Hidden),
        "private" | "isprivate" | "draft" | "isdraft" | "deleted" | "isdeleted" | "confidential" => {
            *value == Value::Bool(false)
        }
        "public" | "ispublic" | "shared" | "isshared" | "published" | "ispublished" => {
            *value == Value::Bool(true)
        }
        "visibility" | "access" | "accessrights" | "accesslevel" | "privacy" => {
            is_word(&["public", "open", "world", "everyone", "everybody", "anyone"])
        }
        "status" | "state" if is_whole => {
            is_word(&["public", "published", "approved", "active", "open", "final", "edited", "updated"])
        }
        _ => true,
    };
    (!is_public).then_some(Privacy::Marked)
}

/// Who may read what has these permissions.
fn of_readers(permissions: &Value) -> Option<Privacy> {
    let readers = permissions.as_object().into_iter().flatten().find(|(key, _)| plain(key) == "read");
    let Some((_, readers)) = readers else { return Some(Privacy::OnlyMe) };
    let mut readers = list(readers);
    let mut is_group = false;
    let is_world = |reader: &str| {
        let group = reader.strip_prefix("group:");
        is_group |= group.is_some();
        group == Some(WORLD)
    };
    match readers.any(is_world) {
        true => None,
        false if is_group => Some(Privacy::Group),
        false => Some(Privacy::OnlyMe),
    }
}

/// Whether something is for others than everybody. It is for everybody if one of those addressed openly is.
fn of_audience(item: &Value) -> Option<Privacy> {
    let entries = || item.as_object().into_iter().flatten().filter(|(_, value)| !value.is_null());
    let has_public = |value: &Value| {
        let ids = value.as_array().map_or(std::slice::from_ref(value), Vec::as_slice);
        let id = |one: &Value| one.as_str().or_else(|| one.get("id")?.as_str()).map(str::to_owned);
        ids.iter().filter_map(id).any(|id| PUBLIC.contains(&&*id))
    };
    let named = |keys: &'static [&'static str]| {
        entries().filter(move |(key, _)| keys.contains(&&*plain(key))).map(|(_, value)| value)
    };
    let is_addressed = named(&["to", "cc"]).next().is_some();
    let is_open = named(&["to", "cc"]).any(has_public);
    let is_secret = named(&["bto", "bcc"]).next().is_some() && !is_open;
    let has_audience = named(&["audience"]).any(|audience| !has_public(audience));
    (is_addressed && !is_open || is_secret || has_audience).then_some(Privacy::Audience)
}

/// A value and all that it holds, as far as these are objects.
fn objects(value: &Value) -> Vec<&Value> {
    let mut found = Vec::new();
    let mut open = vec![value];
    while let Some(value) = open.pop() {
        match value {
            Value::Array(values) => open.extend(values),
            Value::Object(entries) => {
                found.push(value);
                open.extend(entries.values());
            }
            _ => {}
        }
    }
    found
}

/// What an annotation is about.
fn targets(item: &Value) -> impl Iterator<Item = &str> {
    let target = item.get("target").into_iter();
    let each =
        target.flat_map(|target| target.as_array().map_or(std::slice::from_ref(target), Vec::as_slice));
    each.filter_map(|target| {
        let named = || target.get("source").or_else(|| target.get("id"))?.as_str();
        target.as_str().or_else(named)
    })
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
pub(super) fn remark(all: &[Option<Privacy>], with_private: bool) -> Option<Remark> {
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
    let what = format!("{count} {annotations}");
    Some(match with_private {
        false => Remark::left_out(what, format!("{why}; `--private` imports them as drafts"), &At::default()),
        true => Remark::doubtful(what, format!("{why}; they become drafts"), &At::default()),
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
            (json!({"to": [{"id": "as:Public"}], "cc": ["https://example.org/ann"]}), None),
            (json!({"as:to": "x"}), Some(Privacy::Audience)),
            (json!({"https://www.w3.org/ns/activitystreams#to": "x"}), Some(Privacy::Audience)),
            (json!({"schema:audience": {"type": "x"}}), Some(Privacy::Audience)),
            (json!({"cc": "x"}), Some(Privacy::Audience)),
            (json!({"bcc": ["x"]}), Some(Privacy::Audience)),
            (json!({"body": [{"value": "a"}, {"value": "b", "audience": "x"}]}), Some(Privacy::Audience)),
            (
                json!({"target": {"source": "https://x.example/", "oa:audience": "x"}}),
                Some(Privacy::Audience),
            ),
            (json!({"target": {"source": "https://x.example/", "state": {"type": "TimeState"}}}), None),
            (json!({"permissions": ["read"]}), Some(Privacy::OnlyMe)),
            (json!({"permissions": {}}), Some(Privacy::OnlyMe)),
            (json!({"permissions": {"read": null}}), Some(Privacy::OnlyMe)),
            (json!({"permissions": {"Read": "acct:a"}}), Some(Privacy::OnlyMe)),
            (json!({"permissions": {"read": {"0": "acct:a"}}}), Some(Privacy::OnlyMe)),
            (json!({"permissions": null, "group": null}), None),
            (json!({"group": {"id": "abc", "public": false}}), Some(Privacy::Group)),
            (json!({"group": {"id": "__world__"}}), None),
            (json!({"groups": ["__world__", "abc"]}), Some(Privacy::Group)),
            (json!({"group": 7}), Some(Privacy::Group)),
            (json!({"hidden": "true"}), Some(Privacy::Hidden)),
            (json!({"hidden": 1}), Some(Privacy::Hidden)),
            (json!({"private": true}), Some(Privacy::Marked)),
            (json!({"private": "yes"}), Some(Privacy::Marked)),
            (json!({"private": false, "draft": false, "public": true}), None),
            (json!({"_isPrivate": true}), Some(Privacy::Marked)),
            (json!({"shared": false}), Some(Privacy::Marked)),
            (json!({"deleted": true}), Some(Privacy::Marked)),
            (json!({"visibility": "private"}), Some(Privacy::Marked)),
            (json!({"visibility": {"of": "what"}}), Some(Privacy::Marked)),
            (json!({"visibility": "Public"}), None),
            (json!({"dc:accessRights": "private"}), Some(Privacy::Marked)),
            (json!({"status": "rejected"}), Some(Privacy::Marked)),
            (json!({"flagged": false, "moderation": {"flagCount": 0}, "links": {"html": "x"}}), None),
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
            json!({"id": "e", "motivation": "replying", "target": {"source": "a"}}),
            json!({"id": "f", "target": ["https://example.org/page"]}),
            json!({"id": "g", "references": ["public"]}),
        ];
        let reply = Some(Privacy::Reply);
        assert_eq!(
            of_all(&items, |id| id == "public"),
            [reply, Some(Privacy::Group), reply, reply, reply, None, None]
        );
        assert_eq!((parent(&items[0]), parent(&items[1])), (Some("b"), None));
        assert_eq!(
            remark(&of_all(&items, |_| false), false).map(|remark| (remark.what, remark.why)),
            Some((
                "6 private annotations".to_owned(),
                "1 of closed groups, 5 replies to private ones, or to ones that are not in the file; `--private` imports them as drafts".to_owned()
            ))
        );
    }
}
