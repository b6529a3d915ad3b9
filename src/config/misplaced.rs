//! Settings that are where they mean something else, or nothing.

use super::known_keys;
use crate::base::diagnostic::{Diagnostic, Severity};
use crate::base::id::Lang;
use crate::base::path::InputPath;
use crate::base::span::Span;
use crate::data;

/// The finding for a setting below the line of a table, such as `[rules]`, which makes it a part of that table.
pub(super) fn misplaced(name: &str, span: Span, table: &str, what: &str, path: &InputPath) -> Diagnostic {
    let message = format!("`{name}` is no {what}, but it is below the line `{table}`");
    let found = Diagnostic::error(data::INVALID_VALUE.name, message);
    found.at(path, span, format!("a part of `{table}` here")).help(format!(
        "move the line above `{table}`: what follows that line belongs to it, so `{name}` must come first"
    ))
}

/// Says of a setting below `[title]` or another table where it belongs: to that table, it is a language or an unknown
/// key. Of a rule above all tables, it says so, too: their names have hyphens, those of settings do not.
pub(super) fn told_where_it_belongs(found: Diagnostic, text: &str, path: &InputPath) -> Diagnostic {
    let is_unknown = found.code == data::UNKNOWN_KEY.name && found.fix.is_none();
    let language =
        found.message.strip_prefix('`').and_then(|message| message.split_once("` is not a language tag"));
    let name = language.map(|(name, _)| name).or(found.subject.as_deref().filter(|_| is_unknown));
    let (Some(name), Some(label)) = (name, found.labels.first()) else { return found };
    let before = text.get(..label.span.range().start).unwrap_or_default();
    let table = before.lines().rev().find(|line| line.starts_with('['));
    let setting = known_keys().into_iter().find(|known| *known == name);
    match (setting, table) {
        (Some(setting), Some(table)) => {
            let what = if is_unknown { "key of that table" } else { "language" };
            misplaced(setting, label.span, table.trim_end(), what, path)
        }
        (None, None) if is_unknown && name.contains('-') => {
            let help = format!("if `{name}` is a rule, write a line `[rules]` above it");
            Diagnostic { help: vec![help], ..found }
        }
        _ => found,
    }
}

/// The findings for titles and descriptions in languages that the site does not have.
pub(super) fn in_other_languages(
    by_language: &[(String, Span)],
    languages: &[Lang],
    path: &InputPath,
) -> Vec<Diagnostic> {
    let is_other =
        |(name, _): &&(String, Span)| Lang::parse(name).is_some_and(|lang| !languages.contains(&lang));
    let found = by_language.iter().filter(is_other).map(|(name, span)| {
        let message = format!("the site has no language `{name}`, so nobody reads this text");
        Diagnostic::new(data::INVALID_VALUE.name, Severity::Warning, message)
            .at(path, *span, "")
            .help(format!("add `{name}` to `languages`, or correct the code of the language"))
    });
    found.collect()
}
