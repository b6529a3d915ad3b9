//! `theme.toml`: what a theme is called, and the versions of this program that it is made for.

use serde::Deserialize;

use super::BROKEN_THEME;
use crate::base::diagnostic::Diagnostic;
use crate::base::path::InputPath;
use crate::base::span::Spanned;
use crate::data;
use crate::data::decode::{Document, Others, decode};
use crate::data::reading::Syntax;

/// The file, in the theme's folder.
pub(crate) const FILE: &str = "theme.toml";

/// The version of this program.
const OWN: &str = env!("CARGO_PKG_VERSION");

/// The file, as written.
#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Written {
    name: Option<Spanned<String>>,
    version: Option<Spanned<String>>,
    dossier: Option<Spanned<String>>,
}

/// Reports what is wrong with `theme.toml`, first of all that the theme is made for another version of this program.
pub(super) fn check(bytes: &[u8], path: &InputPath, diagnostics: &mut Vec<Diagnostic>) {
    let Ok(text) = std::str::from_utf8(bytes) else {
        diagnostics.push(BROKEN_THEME.found(format!("`{path}` is not UTF-8")));
        return;
    };
    let node = match data::toml::parse(text) {
        Ok(node) => node,
        Err(error) => {
            let message = format!("`{FILE}` is not TOML: {}", error.message);
            diagnostics.push(BROKEN_THEME.found(message).at(path, error.span, ""));
            return;
        }
    };
    let whole = node.span;
    let source = Document { path, text, syntax: Syntax::Toml, lang: "" };
    let before = diagnostics.len();
    let written: Written = decode(node, &source, Others::NONE, diagnostics);
    if diagnostics.len() > before {
        return;
    }
    for (key, value) in
        [("name", &written.name), ("version", &written.version), ("dossier", &written.dossier)]
    {
        if value.as_ref().is_none_or(|value| value.value.trim().is_empty()) {
            let span = value.as_ref().map_or(whole, |value| value.span);
            let help = format!("a line such as `{key} = \"{}\"`", example(key));
            diagnostics
                .push(BROKEN_THEME.found(format!("`{FILE}` has no `{key}`")).at(path, span, "").help(help));
        }
    }
    if let Some(version) = written.version.filter(|version| !version.value.trim().is_empty())
        && numbers(&version.value).is_none_or(|numbers| numbers.len() != 3)
    {
        let message = format!("`{}` is not a version", version.value);
        let help = "write three numbers, such as `1.0.0`";
        diagnostics.push(BROKEN_THEME.found(message).at(path, version.span, "").help(help));
    }
    let Some(range) = written.dossier.filter(|range| !range.value.trim().is_empty()) else { return };
    let label = "the versions that it is made for";
    match fits(&range.value, OWN) {
        Some(true) => {}
        Some(false) => {
            let name = written.name.map_or_else(|| "it".to_owned(), |name| format!("`{}`", name.value));
            let message = format!("the theme {name} is made for dossier {}, and this is {OWN}", range.value);
            let help = "take a version of the theme that is made for this one; or, if `dossier theme check` finds nothing wrong with it, widen the range";
            diagnostics.push(BROKEN_THEME.found(message).at(path, range.span, label).help(help));
        }
        None => {
            let message = format!("`{}` is not a range of versions", range.value);
            let help = "write one such as `0.1`, which stands for all versions 0.1, or `>=0.1, <0.3`";
            diagnostics.push(BROKEN_THEME.found(message).at(path, range.span, "").help(help));
        }
    }
}

fn example(key: &str) -> &'static str {
    match key {
        "name" => "court",
        "version" => "1.0.0",
        _ => "0.1",
    }
}

/// Up to three numbers with dots between them; what follows a hyphen or a plus is left out.
fn numbers(version: &str) -> Option<Vec<u64>> {
    let release = version.trim().split(['-', '+']).next()?;
    let numbers = release.split('.').map(|number| number.parse().ok()).collect::<Option<Vec<u64>>>()?;
    (numbers.len() <= 3).then_some(numbers)
}

/// Whether a version is in a range: conditions with commas between them, as Cargo has them. A version without a
/// sign stands for all versions that promise the same, up to the next change of its first number that is not 0.
fn fits(range: &str, version: &str) -> Option<bool> {
    let version = numbers(version)?;
    let mut fits = true;
    for condition in range.split(',').map(str::trim) {
        let sign = condition.find(|c: char| c.is_ascii_digit()).map(|at| condition.split_at(at))?;
        let (sign, bound) = (sign.0.trim(), numbers(sign.1)?);
        // A bound of fewer numbers is about these only: 0.3.7 is not above 0.3.
        let near = &version[..bound.len().min(version.len())];
        fits &= match sign {
            ">=" => near >= &bound[..],
            ">" => near > &bound[..],
            "<=" => near <= &bound[..],
            "<" => near < &bound[..],
            "=" => near == &bound[..],
            "" | "^" => {
                let steady = bound.iter().position(|number| *number > 0).map_or(bound.len(), |at| at + 1);
                near >= &bound[..] && near[..steady] == bound[..steady]
            }
            _ => return None,
        };
    }
    Some(fits)
}

#[cfg(test)]
mod tests {
    use super::fits;

    #[test]
    fn ranges_are_as_cargo_has_them() {
        for (range, inside, outside) in [
            ("0.1", &["0.1.0", "0.1.9", "0.1.0-rc.1"][..], &["0.2.0", "1.1.0", "0.0.9"][..]),
            ("0.1.3", &["0.1.3", "0.1.4"], &["0.1.2", "0.2.0"]),
            ("^1.2", &["1.2.0", "1.9.0"], &["1.1.9", "2.0.0"]),
            ("1", &["1.0.0", "1.9.9"], &["0.9.0", "2.0.0"]),
            (">=0.1, <0.3", &["0.1.0", "0.2.9"], &["0.3.0", "0.0.1"]),
            ("> 0.3", &["0.4.0"], &["0.3.7"]),
            ("<=0.3", &["0.3.7"], &["0.4.0"]),
            ("=0.1.0", &["0.1.0"], &["0.1.1"]),
        ] {
            assert!(inside.iter().all(|version| fits(range, version) == Some(true)), "{range}");
            assert!(outside.iter().all(|version| fits(range, version) == Some(false)), "{range}");
        }
        for range in ["", "*", "new", "0.1 or 0.2", ">=0.1,", "~0.1", "1.2.3.4"] {
            assert_eq!(fits(range, "0.1.0"), None, "{range}");
        }
    }
}
