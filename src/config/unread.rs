//! Settings that do not parse: what can be read of them, and what is said of them.

use super::{Books, Level, Publisher, Security, TABLES, Written, WrittenRedaction, WrittenVerdict, publish};
use crate::base::diagnostic::Diagnostic;
use crate::base::path::InputPath;
use crate::base::span::Span;
use crate::data::de::fields_of;
use crate::data::decode::{Document, Others, decode};
use crate::data::repair::{self, Known, Mistakes, Slip};
use crate::data::yaml::SyntaxError;
use crate::data::{self, Node, Value};

/// The settings at the top level.
pub(crate) fn known_keys() -> Vec<&'static str> {
    fields_of::<Written>().iter().copied().chain(TABLES).collect()
}

/// Whether a word is a key anywhere in the settings.
pub(crate) fn has_key(word: &str) -> bool {
    let tables = [
        fields_of::<Written>(),
        &TABLES,
        fields_of::<Books>(),
        fields_of::<Publisher>(),
        fields_of::<Security>(),
        fields_of::<WrittenRedaction>(),
        fields_of::<WrittenVerdict>(),
        publish::keys(),
    ];
    tables.iter().any(|keys| keys.contains(&word))
}

/// What can be read of settings that do not parse, the finding, and whether that is all that their author meant.
pub(super) fn repaired(text: &str, error: SyntaxError, path: &InputPath) -> (Node, Diagnostic, bool) {
    let keys = known_keys();
    let mistakes = |node: &Node, source: &Document<'_>| mistakes(node, source);
    let known = Known { path, lang: "", keys: &keys, is_part: &has_key, mistakes: &mistakes };
    let repair = repair::toml::repair(text, &known);
    let code = data::INVALID_SYNTAX.name;
    let read = repair.edits().and_then(|edits| {
        let fixed = repair::edited(text, Span::new(0, text.len()), &edits);
        let mut node = data::toml::parse(&fixed).ok()?;
        repair::map_back(&mut node, &edits);
        Some(node)
    });
    let slip = repair.summary(read.is_some(), || Slip::of(error, repair::toml::describe));
    let found = repair::finding(path, &slip, code);
    match read {
        Some(node) => (node, found, true),
        None => (Node::empty(Span::default()), found, false),
    }
}

/// Counts the mistakes in some settings.
fn mistakes(node: &Node, source: &Document<'_>) -> Mistakes {
    let Value::Table(entries) = &node.value else { return Mistakes::default() };
    let mut found = Vec::new();
    for (key, node) in entries {
        match (&*key.name, &node.value) {
            ("rules", Value::Table(rules)) => {
                for (_, level) in rules {
                    decode::<Option<Level>>(level.clone(), source, Others::NONE, &mut found);
                }
            }
            (name, _) if TABLES.contains(&name) => {}
            _ => {
                let entry = Node { span: node.span, value: Value::Table(vec![(key.clone(), node.clone())]) };
                decode::<Written>(entry, source, Others::NONE, &mut found);
            }
        }
    }
    Mistakes::among(&found)
}
