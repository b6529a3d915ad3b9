//! What makes `content/` a vault of Obsidian: the types of its properties, a template for each kind, and settings by
//! which Obsidian writes what the dossier reads. Obsidian's formats are those of its help, *Properties* and
//! *Templates*.

use std::collections::BTreeMap;

use serde_json::json;

use super::Files;
use crate::kinds::KindId;
use crate::kinds::keys::{Key, Shape};
use crate::load::CONTENT;

/// The folder of the templates, which no build publishes: see `load::leftover`.
const TEMPLATES: &str = "_templates";

/// Where a window was, which is nobody else's business.
pub(super) const IGNORED: &str = "# Where Obsidian's windows were.\n/content/.obsidian/workspace*.json\n";

/// The files of a vault.
pub(super) fn files() -> Files {
    let app = json!({
        "alwaysUpdateLinks": true,
        "attachmentFolderPath": "./",
        "newFileLocation": "current",
        "newLinkFormat": "shortest",
        "useMarkdownLinks": false,
        "userIgnoreFilters": [format!("{TEMPLATES}/")],
    });
    let settings = [
        ("app.json", app),
        ("types.json", json!({ "types": types() })),
        ("templates.json", json!({ "folder": TEMPLATES })),
    ];
    let settings = settings.into_iter().map(|(name, value)| {
        (format!("{CONTENT}/.obsidian/{name}").into(), format!("{value:#}\n").into_bytes())
    });
    let templates = KindId::ALL.iter().map(|kind| {
        (format!("{CONTENT}/{TEMPLATES}/{}.md", kind.name()).into(), template(*kind).into_bytes())
    });
    settings.chain(templates).collect()
}

/// The type of each property that Obsidian has one for; of those that are another for another kind, text.
fn types() -> BTreeMap<&'static str, &'static str> {
    let mut types = BTreeMap::new();
    for key in KindId::ALL.iter().flat_map(|kind| kind.keys()) {
        let Some(own) = of_shape(key.name, key.shape) else { continue };
        types
            .entry(key.name)
            .and_modify(|known| {
                if *known != own {
                    *known = "text"
                }
            })
            .or_insert(own);
    }
    types
}

/// What Obsidian calls values of that shape; `None` if its form cannot hold them. A date may be a month or doubtful
/// here, which Obsidian's dates cannot.
fn of_shape(name: &str, shape: Shape) -> Option<&'static str> {
    match shape {
        _ if name == "aliases" => Some("aliases"),
        Shape::Flag => Some("checkbox"),
        Shape::Whole | Shape::Number => Some("number"),
        Shape::Point => Some("multitext"),
        Shape::List(item) => of_shape("", *item).map(|_| "multitext"),
        Shape::Either(one, _) => of_shape("", *one),
        Shape::Record(_) => None,
        _ => Some("text"),
    }
}

/// A note of a kind. Its properties are empty, because Obsidian's form takes comments out of what it writes.
fn template(kind: KindId) -> String {
    let is_asked =
        |key: &&Key| key.name == "sources" || kind.own_keys().iter().any(|own| own.name == key.name);
    let keys = kind.keys().filter(|key| key.name != "title" && of_shape(key.name, key.shape).is_some());
    let lines: String = keys.filter(is_asked).map(|key| format!("{}:\n", key.name)).collect();
    format!("---\ntitle: \"{{{{title}}}}\"\n{lines}---\n\n")
}
