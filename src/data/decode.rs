//! [`Node`] → any plain struct, with every mistake in it reported.

use serde::de::DeserializeOwned;

use super::de::{MistakeKind, NodeReader};
use super::node::{Node, Removed, Value};
use super::{INVALID_VALUE, MISSING_FIELD, UNKNOWN_KEY, WRONG_TYPE};
use crate::base::diagnostic::Diagnostic;
use crate::base::near::nearest;
use crate::base::path::InputPath;
use crate::base::span::Span;

/// The maximum number of mistakes reported per text.
const MOST_MISTAKES: usize = 50;

/// Reads `node` as a `T`.
///
/// Reports a mistake, removes the value that contains it from the tree, and reads the rest again: so one run
/// finds all mistakes, and keeps everything that is valid. `also` are keys that the caller reads itself, for
/// suggestions. Falls back to the default if nothing can be read.
pub(crate) fn decode<T: DeserializeOwned + Default>(
    mut node: Node,
    path: &InputPath,
    also: &[&'static str],
    diagnostics: &mut Vec<Diagnostic>,
) -> T {
    let mut removed: Vec<Removed> = Vec::new();
    for _ in 0..MOST_MISTAKES {
        let mistake = match T::deserialize(NodeReader(&node)) {
            Ok(value) => return value,
            Err(mistake) => mistake,
        };
        let span = mistake.span.unwrap_or(node.span);
        // The caller's keys are at the top level only.
        let is_outermost =
            matches!(&node.value, Value::Table(entries) if entries.iter().any(|(key, _)| key.span == span));
        if !removed.iter().any(|removed| follows(&mistake.kind, span, removed)) {
            let also = if is_outermost { also } else { &[] };
            diagnostics.push(describe(mistake.kind, span, path, also));
        }
        match node.remove(span).filter(|_| span != node.span) {
            Some(more) => removed.push(more),
            None => break,
        }
    }
    T::default()
}

/// Whether a mistake at `span` is only a consequence of removing another value.
fn follows(kind: &MistakeKind, span: Span, removed: &Removed) -> bool {
    span == removed.parent
        && match (kind, &removed.key) {
            (MistakeKind::MissingField(field), Some(key)) => *field == &**key,
            (MistakeKind::Type(_) | MistakeKind::Value(_), None) => true,
            _ => false,
        }
}

fn describe(kind: MistakeKind, span: Span, path: &InputPath, also: &[&'static str]) -> Diagnostic {
    match kind {
        MistakeKind::UnknownKey(key, known) => {
            let all = || known.iter().chain(also).copied();
            let diagnostic = Diagnostic::error(UNKNOWN_KEY.name, format!("unknown key `{key}`")).at(
                path,
                span,
                "no such key here",
            );
            match nearest(&key, all()) {
                Some(near) => diagnostic.help(format!("did you mean `{near}`?")).fix(
                    format!("replace it with `{near}`"),
                    path,
                    span,
                    near,
                ),
                None => diagnostic.help(format!("the keys are {}", listed(all()))),
            }
        }
        MistakeKind::UnknownWord(word, known) => {
            let diagnostic = Diagnostic::error(INVALID_VALUE.name, format!("unknown word `{word}`")).at(
                path,
                span,
                "not in the list",
            );
            match nearest(&word, known.iter().copied()) {
                Some(near) => diagnostic
                    .help(format!("did you mean `{near}`?"))
                    .help(format!("the words are {}", listed(known.iter().copied())))
                    .fix(format!("replace it with `{near}`"), path, span, near),
                None => diagnostic.help(format!("the words are {}", listed(known.iter().copied()))),
            }
        }
        MistakeKind::MissingField(field) => {
            Diagnostic::error(MISSING_FIELD.name, format!("`{field}` is missing"))
                .at(path, span, format!("needs a key `{field}`"))
                .help(format!("add `{field}:` with its value"))
        }
        MistakeKind::Type(message) => Diagnostic::error(WRONG_TYPE.name, message).at(path, span, ""),
        MistakeKind::Value(message) => Diagnostic::error(INVALID_VALUE.name, message).at(path, span, ""),
    }
}

fn listed<'a>(words: impl Iterator<Item = &'a str>) -> String {
    let quoted: Vec<String> = words.map(|word| format!("`{word}`")).collect();
    quoted.join(", ")
}

#[cfg(test)]
mod tests {
    use serde::Deserialize;

    use super::*;
    use crate::base::span::Spanned;

    #[derive(Deserialize, Default)]
    #[serde(default, deny_unknown_fields)]
    struct Sample {
        title: Option<Spanned<String>>,
        draft: bool,
        legs: Vec<Leg>,
    }

    #[derive(Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Leg {
        #[expect(dead_code, reason = "read by serde only")]
        from: String,
    }

    #[test]
    fn every_mistake_is_reported_and_the_rest_is_kept() {
        let text = "drat: true\ntitle: Voyage\ndraft: perhaps\nlegs:\n  - from: a\n  - to: b\n";
        let mut diagnostics = Vec::new();
        let node = crate::data::yaml::parse(text).unwrap();
        let sample: Sample = decode(node, &"x.md".into(), &[], &mut diagnostics);
        let title = sample.title.unwrap();
        assert_eq!((title.value.as_str(), &text[title.span.range()]), ("Voyage", "Voyage"));
        assert_eq!((sample.draft, sample.legs.len()), (false, 1));
        let found: Vec<(&str, &str)> =
            diagnostics.iter().map(|found| (found.code, &text[found.labels[0].span.range()])).collect();
        let wanted = [
            ("unknown-key", "drat"),
            ("wrong-type", "perhaps"),
            ("unknown-key", "to"),
            ("missing-field", "to: b"),
        ];
        assert_eq!(found, wanted);
    }
}
