//! `import.lock`, beside `dossier.toml`: what was imported, and how it was written. It is changed together with the
//! files that it is about, so undoing an import undoes this, too.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::base::hash::Fingerprint;
use crate::base::path::InputPath;
use crate::data::{Node, Value};
use crate::ide::Refusal;
use crate::world::World;
use crate::world::edit::Rewrite;

/// Its name.
pub(super) const FILE: &str = "import.lock";

const ABOUT: &str = "Written by `dossier import`, which needs it to tell what you changed from what changed in the file that was imported. Do not edit it.";

#[derive(Serialize, Deserialize)]
struct Head {
    about: String,
}

/// What was imported, by the keys of items.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub(super) struct Record {
    pub entries: BTreeMap<String, Imported>,
}

/// An item that was imported.
#[derive(Clone, Debug, Eq, PartialEq, Serialize, Deserialize)]
pub(super) struct Imported {
    pub key: String,
    /// The name of the file that it was in.
    pub from: String,
    /// The id of the entity that it became.
    pub id: String,
    /// Whether it was made only because another item names it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub named: bool,
    /// For each key, what the file said, and what was written.
    pub said: BTreeMap<String, (String, String)>,
}

impl Record {
    /// Reads the file, if there is one.
    ///
    /// # Errors
    /// If it holds something else.
    pub(super) fn read(world: &dyn World) -> Result<Record, Refusal> {
        let Ok(bytes) = world.read(&InputPath::from(FILE)) else { return Ok(Record::default()) };
        let text = String::from_utf8_lossy(&bytes);
        let lines = text.lines().skip(1).filter(|line| !line.is_empty());
        let read = |line| serde_json::from_str(line).map(|one: Imported| (one.key.clone(), one));
        let entries = lines.map(read).collect::<Result<_, _>>().map_err(|why| {
            Refusal(format!(
                "`{FILE}` is damaged ({why}); restore it, or delete it to import as if for the first time"
            ))
        })?;
        Ok(Record { entries })
    }

    /// The change that writes it; `None` if it holds the same already.
    pub(super) fn written(&self, world: &dyn World) -> Option<Rewrite> {
        let before = world.read(&InputPath::from(FILE)).ok();
        let head = Head { about: ABOUT.to_owned() };
        let mut text = serde_json::to_string(&head).unwrap_or_default() + "\n";
        for entry in self.entries.values() {
            text += &serde_json::to_string(entry).unwrap_or_default();
            text.push('\n');
        }
        let is_same = before.as_deref() == Some(text.as_bytes());
        (!is_same).then(|| Rewrite { path: FILE.into(), before, after: Some(text.into_bytes().into()) })
    }
}

/// The hash of words, short because a collision only hides a change of one value.
pub(super) fn hash(words: &str) -> String {
    let mut hash = Fingerprint::of(words.as_bytes()).to_string();
    hash.truncate(16);
    hash
}

/// A value in one way, however it is written: a list of one value is that value.
pub(super) fn canonical(node: &Node) -> String {
    match &node.value {
        Value::Null => String::new(),
        Value::Scalar(words) => words.to_string(),
        Value::List(items) => match items.as_slice() {
            [one] => canonical(one),
            items => {
                let items: Vec<String> = items.iter().map(canonical).collect();
                format!("[{}]", items.join("\u{1f}"))
            }
        },
        Value::Table(entries) => {
            let entry =
                |(key, node): &(crate::data::Key, Node)| format!("{}\u{1e}{}", key.name, canonical(node));
            format!("{{{}}}", entries.iter().map(entry).collect::<Vec<String>>().join("\u{1f}"))
        }
    }
}
