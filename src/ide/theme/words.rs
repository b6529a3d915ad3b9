//! Words of a theme's string tables that nothing shows.

use toml::Table;

use crate::base::diagnostic::Diagnostic;
use crate::base::near::nearest;
use crate::data::{self, Node, Value};
use crate::locale::words::{LOCALE, english, is_plural, read};
use crate::theme::{BROKEN_THEME, Theme};

/// The words that every page may show: those of the default theme, in English.
pub(super) fn known(theme: &Theme) -> Table {
    let tables = theme.string_tables(&english()).into_iter().filter(|(_, path)| path.is_none());
    read(tables.collect(), &mut Vec::new())
}

/// The keys of the theme's own tables that the default theme does not have and no template of its own reads.
pub(super) fn unknown(theme: &Theme) -> Vec<Diagnostic> {
    let known = known(theme);
    let templates: String = theme.own_texts("templates").map(|(_, text, _)| text).collect();
    let mut found = Vec::new();
    for (_, text, path) in theme.own_texts("strings") {
        // What is not TOML is reported where the language is read.
        let Ok(node) = data::toml::parse(text) else { continue };
        add(&node, &known, "", &mut |key, span, near| {
            if templates.contains(&format!("t.{key}")) {
                return;
            }
            let found_here = BROKEN_THEME.found(format!("no page shows `{key}`")).at(path, span, "");
            found.push(match near {
                Some(near) => found_here.help(format!("did you mean `{near}`?")),
                None => found_here.help("leave it out, or print it in a template of the theme"),
            });
        });
    }
    found
}

fn add(
    node: &Node,
    known: &Table,
    path: &str,
    report: &mut impl FnMut(&str, crate::base::span::Span, Option<&str>),
) {
    let Value::Table(entries) = &node.value else { return };
    for (key, value) in entries {
        let path = format!("{path}{}", key.name);
        match known.get(&*key.name) {
            Some(toml::Value::Table(inner)) if !is_plural(inner) => {
                add(value, inner, &format!("{path}."), report);
            }
            Some(_) => {}
            None if path == LOCALE => {}
            None => report(&path, key.span, nearest(&key.name, known.keys().map(String::as_str))),
        }
    }
}
