//! A point of which the halves have keys of their own.

use super::Document;
use crate::base::diagnostic::{Diagnostic, Edit, Fix};
use crate::base::span::Span;
use crate::data::UNKNOWN_KEY;
use crate::data::de::{Mistake, MistakeKind};
use crate::data::node::{Key, Node, Value};
use crate::data::reading::{self, HALVES, Syntax};

/// A point of which the halves have keys of their own, `lat` and `lon`, as one finding, and where these keys are.
pub(super) fn point(
    node: &Node,
    mistake: &Mistake,
    source: &Document<'_>,
) -> Option<(Diagnostic, [Span; 2])> {
    let (MistakeKind::UnknownKey(_, known), Value::Table(entries)) = (&mistake.kind, &node.value) else {
        return None;
    };
    let half =
        |names: &[&str]| entries.iter().find(|(key, _)| names.contains(&key.name.to_lowercase().as_str()));
    let (lat, lon) = (half(HALVES[0])?, half(HALVES[1])?);
    let is_here = [lat, lon].iter().any(|(key, _)| mistake.span == Some(key.span));
    let is_free =
        known.contains(&"coordinates") && entries.iter().all(|(key, _)| *key.name != *"coordinates");
    if !is_here || !is_free {
        return None;
    }
    let message = format!("`{}` and `{}` are one key, `coordinates`", lat.0.name, lon.0.name);
    let found = Diagnostic::error(UNKNOWN_KEY.name, message).at(source.path, lat.0.span, "no such key here");
    let halves = [lat.0.span, lon.0.span];
    let written = [lat, lon].map(|(_, value)| source.written(value.span).trim_matches(['"', '\'']));
    let points = reading::point_of(&written.join(", "));
    let Some(point) = points else {
        return Some((found.help("write `coordinates: [42.25, 130.29]`, the latitude first"), halves));
    };
    let edit = |span: Span, replacement: String| Edit { path: source.path.clone(), span, replacement };
    let line = |(key, value): &(Key, Node)| {
        let start = key.span.range().start - source.line_before(key.span).len();
        let end = source.text[value.span.range().end..].find('\n');
        Span::new(start, end.map_or(source.text.len(), |end| value.span.range().end + end + 1))
    };
    let whole = Span { end: lat.1.span.end, ..lat.0.span };
    let fix = format!("coordinates: {point}");
    let edits = vec![edit(whole, fix.clone()), edit(line(lon), String::new())];
    let is_block = source.syntax == Syntax::Yaml
        && [lat, lon].iter().all(|(key, value)| {
            source.line_before(key.span).trim().is_empty()
                && source.text[value.span.range().end..]
                    .split('\n')
                    .next()
                    .is_some_and(|rest| rest.trim().is_empty())
        });
    let found = found.help(format!("write `{fix}`"));
    Some(match is_block {
        true => (Diagnostic { fix: Some(Fix::new(format!("write `{fix}`"), edits)), ..found }, halves),
        false => (found, halves),
    })
}
