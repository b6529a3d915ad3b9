//! What can be written at a place: keys, words of closed lists, entities by any of their names.

use serde_json::{Value as Json, json};

use super::context::{Wanted, wanted};
use super::look::{Here, meaning};
use super::place::Text;
use crate::base::names;
use crate::base::path::InputPath;
use crate::base::span::Span;
use crate::ide::form::named;
use crate::kinds::keys::{Key, Presence, Shape};
use crate::kinds::{KindId, Role};
use crate::parse::body_start;
use crate::session::Snapshot;

/// The kinds of items of the protocol that fit best.
const KEY: u8 = 10;
const WORD: u8 = 12;
const ENTITY: u8 = 18;

/// A place of a text.
pub(super) struct Place<'a> {
    pub snapshot: &'a Snapshot,
    pub path: &'a InputPath,
    pub text: &'a str,
    pub lines: &'a Text<'a>,
    pub at: usize,
}

impl Place<'_> {
    /// What can be written there.
    pub(super) fn items(&self) -> Json {
        let found = match self.front() {
            Some(front) => self.in_front(front).unwrap_or_default(),
            None => self.in_body().unwrap_or_default(),
        };
        // More letters may find others: of entities, only the best are listed.
        json!({ "isIncomplete": true, "items": found })
    }

    /// The span of the front matter, if the place is in it. It need not be closed.
    fn front(&self) -> Option<Span> {
        let start = self.text.find("---")?;
        let head = self.text[..start].trim_start_matches('\u{feff}');
        let open = start + self.text[start..].find('\n')? + 1;
        if !head.trim().is_empty() || self.at < open {
            return None;
        }
        let body = body_start(self.text);
        let end = match body {
            0 => self.text[open..].find("\n\n").map_or(self.text.len(), |end| open + end + 1),
            body => open + self.text[open..body].rfind("---")?,
        };
        (self.at <= end).then(|| Span::new(open, end))
    }

    fn in_front(&self, front: Span) -> Option<Vec<Json>> {
        let kind = self.kind()?;
        let inner = self.text.get(front.range())?;
        let items = match wanted(kind, inner, self.at - front.range().start)? {
            Wanted::Key { keys, known, typed } => {
                let missing = keys.into_iter().filter(|key| !known.contains(&key.name));
                missing.map(|key| self.key(key, typed)).collect()
            }
            Wanted::Value { key, shape, typed, needs_space } => {
                let space = if needs_space { " " } else { "" };
                self.values(kind, key, shape, typed, space)
            }
        };
        Some(items)
    }

    fn kind(&self) -> Option<KindId> {
        Here::of(self.snapshot, self.path).map(|here| here.entity.kind)
    }

    fn key(&self, key: &'static Key, typed: &str) -> Json {
        let after = match key.shape {
            Shape::List(Shape::Record(_)) | Shape::Record(_) => ":\n  ",
            _ => ": ",
        };
        let detail = if key.presence == Presence::Required { "required" } else { "" };
        let text =
            format!("{}{}", key.name, if self.follows_colon() { "" } else { after.trim_end_matches("\n  ") });
        self.item(key.name, KEY, detail, &key.plain(), typed, &text)
    }

    /// Whether a colon is there already.
    fn follows_colon(&self) -> bool {
        self.text[self.at..].starts_with(':')
    }

    fn values(&self, kind: KindId, key: &'static Key, shape: Shape, typed: &str, space: &str) -> Vec<Json> {
        let item = |word: &str, kind: u8, detail: &str, about: &str| {
            self.item(word, kind, detail, about, typed, &format!("{space}{word}"))
        };
        match shape {
            Shape::OneOf(words) => {
                let about = |word: &str| meaning(self.snapshot, kind, key, word).unwrap_or_default();
                words.iter().map(|word| item(word, WORD, "", about(word))).collect()
            }
            Shape::Flag => ["true", "false"].iter().map(|word| item(word, WORD, "", "")).collect(),
            Shape::Country => {
                let names = names::countries("en").into_iter().flatten();
                names::country_codes().zip(names).map(|(code, name)| item(code, WORD, name, "")).collect()
            }
            Shape::Language => {
                self.snapshot.graph.languages.iter().map(|lang| item(lang.as_str(), WORD, "", "")).collect()
            }
            Shape::Ref => {
                let kinds: Vec<&str> =
                    key.role.map_or(&[][..], Role::leads_to).iter().map(|kind| kind.name()).collect();
                self.entities(&kinds, typed, &|id, _| format!("{space}{id}"))
            }
            Shape::Either(one, other) => {
                let mut values = self.values(kind, key, *one, typed, space);
                values.extend(self.values(kind, key, *other, typed, space));
                values
            }
            Shape::Record(keys) if matches!(keys.first(), Some(first) if matches!(first.shape, Shape::Ref)) => {
                self.values(kind, keys.first().map_or(key, |first| first), Shape::Ref, typed, space)
            }
            _ => Vec::new(),
        }
    }

    /// After `[[`, and in the address of a link.
    fn in_body(&self) -> Option<Vec<Json>> {
        let start = self.text[..self.at].rfind('\n').map_or(0, |end| end + 1);
        let line = &self.text[start..self.at];
        if let Some(open) = line.rfind("[[").filter(|open| !line[*open..].contains("]]")) {
            let typed = line[open + 2..].rsplit('|').next().filter(|_| !line[open..].contains('|'))?;
            let end = if self.text[self.at..].starts_with("]]") { "" } else { "]]" };
            return Some(
                self.entities(&[], typed, &|id, title| {
                    format!("{id}|{}{end}", title.replace(['|', ']'], " "))
                }),
            );
        }
        let open = line.rfind("](")?;
        let typed = &line[open + 2..];
        if typed.contains(')') {
            return None;
        }
        let up = "../".repeat(self.path.as_str().matches('/').count());
        let to = |id: &str, _: &str| {
            let graph = &self.snapshot.graph;
            let path = graph.by_id(id).map(|ix| graph.entity(ix).path().to_string()).unwrap_or_default();
            format!("{up}{path}{}", if self.text[self.at..].starts_with(')') { "" } else { ")" })
        };
        // A path is typed by its last name.
        let words = typed.rsplit('/').next().unwrap_or(typed).trim_end_matches(".md");
        let found = named(&self.snapshot.graph, words, &[], Some(self.lang()));
        Some(found.into_iter().map(|named| self.entity(&named, typed, &to)).collect())
    }

    fn lang(&self) -> &str {
        let own = Here::of(self.snapshot, self.path).map(|here| &here.edition().input.lang);
        own.unwrap_or_else(|| self.snapshot.graph.default_language()).as_str()
    }

    fn entities(&self, kinds: &[&str], typed: &str, text: &dyn Fn(&str, &str) -> String) -> Vec<Json> {
        let words = typed.trim_matches(['"', '\'', ' ']);
        let found = named(&self.snapshot.graph, words, kinds, Some(self.lang()));
        found.into_iter().map(|named| self.entity(&named, typed, text)).collect()
    }

    fn entity(
        &self,
        named: &crate::ide::form::Named,
        typed: &str,
        text: &dyn Fn(&str, &str) -> String,
    ) -> Json {
        let detail = match &named.alias {
            Some(alias) => format!("{} · {} · {alias}", named.kind, named.id),
            None => format!("{} · {}", named.kind, named.id),
        };
        self.item(&named.title, ENTITY, &detail, "", typed, &text(&named.id, &named.title))
    }

    /// An item that replaces what was typed. It is found by that, in any script: the program has looked for names
    /// already.
    fn item(&self, label: &str, kind: u8, detail: &str, about: &str, typed: &str, text: &str) -> Json {
        let range = self.lines.range(Span::new(self.at - typed.len(), self.at));
        let mut item = json!({
            "label": label,
            "kind": kind,
            "textEdit": { "range": range, "newText": text },
        });
        if kind == ENTITY {
            item["filterText"] = Json::from(typed);
        }
        if !detail.is_empty() {
            item["detail"] = Json::from(detail);
        }
        if !about.is_empty() {
            item["documentation"] = json!({ "kind": "markdown", "value": about });
        }
        item
    }
}
