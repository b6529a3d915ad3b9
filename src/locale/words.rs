//! The words of a theme in one language: what is missing, and a file to fill in.

use std::fmt::Write;

use icu_locale::Locale;
use icu_plurals::{PluralCategory, PluralRules};
use toml::{Table, Value};

use crate::base::diagnostic::{Diagnostic, Severity};
use crate::base::id::Lang;
use crate::base::names;
use crate::base::path::InputPath;
use crate::base::span::Span;
use crate::theme::{BROKEN_THEME, Theme};

/// How many missing words a finding names.
const MOST_NAMED: usize = 3;

/// The key that chooses a country's conventions, which is no word.
pub(crate) const LOCALE: &str = "site.locale";

/// The plural forms of the CLDR, in its order.
const FORMS: [(PluralCategory, &str); 6] = [
    (PluralCategory::Zero, "zero"),
    (PluralCategory::One, "one"),
    (PluralCategory::Two, "two"),
    (PluralCategory::Few, "few"),
    (PluralCategory::Many, "many"),
    (PluralCategory::Other, "other"),
];

/// The language whose words every theme has.
#[expect(clippy::expect_used, reason = "it is a tag")]
pub(crate) fn english() -> Lang {
    Lang::parse("en").expect("a language tag")
}

/// The name of a plural form.
pub(crate) fn form(category: PluralCategory) -> &'static str {
    FORMS.iter().find(|(known, _)| *known == category).map_or("other", |(_, name)| name)
}

/// Whether a table holds the plural forms of one word, and not words with keys of their own.
pub(crate) fn is_plural(table: &Table) -> bool {
    let is_form =
        |(key, value): (&String, &Value)| value.is_str() && FORMS.iter().any(|(_, name)| name == key);
    table.contains_key("other") && table.iter().all(is_form)
}

/// The words of several string tables; the words of a later one replace those of an earlier one. What is not TOML
/// is reported.
pub(crate) fn read(tables: Vec<(&str, Option<&InputPath>)>, diagnostics: &mut Vec<Diagnostic>) -> Table {
    let mut words = Table::new();
    for (text, path) in tables {
        match text.parse::<Table>() {
            Ok(mut table) => {
                remove_empty(&mut table);
                merge(&mut words, table);
            }
            Err(error) => diagnostics.push(not_toml(&error, path)),
        }
    }
    words
}

/// Merges the words of `over` into those of `under`.
pub(crate) fn merge(under: &mut Table, over: Table) {
    for (key, value) in over {
        match (under.get_mut(&key), value) {
            // Plural forms are replaced as a whole, because languages have different forms.
            (Some(Value::Table(inner)), Value::Table(table)) if !is_plural(inner) => merge(inner, table),
            (_, value) => {
                under.insert(key, value);
            }
        }
    }
}

fn not_toml(error: &toml::de::Error, path: Option<&InputPath>) -> Diagnostic {
    let diagnostic = BROKEN_THEME.found(format!("a string table is not TOML: {}", error.message()));
    match (path, error.span()) {
        (Some(path), Some(range)) => diagnostic.at(path, Span::new(range.start, range.end), ""),
        _ => diagnostic,
    }
}

/// Removes words that nobody has filled in.
fn remove_empty(table: &mut Table) {
    table.retain(|_, value| match value {
        Value::String(word) => !word.is_empty(),
        Value::Table(inner) => {
            remove_empty(inner);
            !inner.is_empty()
        }
        _ => true,
    });
}

/// The dotted paths of the words that `all` has and `own` has not.
pub(crate) fn missing(own: &Table, all: &Table) -> Vec<String> {
    fn add(own: Option<&Table>, all: &Table, path: &str, missing: &mut Vec<String>) {
        for (key, value) in all {
            let (path, found) = (format!("{path}{key}"), own.and_then(|own| own.get(key)));
            match value {
                Value::Table(inner) if !is_plural(inner) => {
                    add(found.and_then(Value::as_table), inner, &format!("{path}."), missing);
                }
                // A language has its own conventions, whatever those of English are.
                _ if path == LOCALE || found.is_some() => {}
                _ => missing.push(path),
            }
        }
    }
    let mut paths = Vec::new();
    add(Some(own), all, "", &mut paths);
    paths
}

/// Reports that readers of `lang` will see English words.
pub(crate) fn finding(lang: &Lang, has_some: bool, missing: &[String]) -> Option<Diagnostic> {
    let tag = lang.as_str();
    let name = names::language_name(tag, "en").map(|name| format!(" ({name})")).unwrap_or_default();
    let message = match missing {
        [] => return None,
        _ if !has_some => {
            format!("the theme has no words in `{tag}`{name}, so the English ones are used")
        }
        [one] => format!("the theme has no word for `{one}` in `{tag}`{name}, so the English one is used"),
        _ => {
            let some = missing.iter().take(MOST_NAMED).map(|path| format!("`{path}`"));
            let more = if missing.len() > MOST_NAMED { ", …" } else { "" };
            let some = some.collect::<Vec<String>>().join(", ");
            let count = missing.len();
            format!("the theme lacks {count} words in `{tag}`{name}, so English ones are used: {some}{more}")
        }
    };
    let help = format!("`dossier theme words {tag}` gives you what is to be filled in");
    Some(Diagnostic { severity: Severity::Warning, ..BROKEN_THEME.found(message).help(help) })
}

/// A string table to fill in for a language.
pub(crate) struct Sheet<'t> {
    lang: &'t Lang,
    /// The default theme's English table.
    english: &'t str,
    /// The words that the theme has in the language.
    own: Table,
    /// The paths of those that it lacks.
    missing: Vec<String>,
}

impl<'t> Sheet<'t> {
    /// Reads what the theme has in `lang`. Tables that are not TOML count as empty.
    pub(crate) fn read(lang: &'t Lang, theme: &'t Theme) -> Sheet<'t> {
        let tables = theme.string_tables(&english());
        let english = tables.first().map_or("", |(text, _)| text);
        let (all, own) = (read(tables, &mut Vec::new()), read(theme.string_tables(lang), &mut Vec::new()));
        Sheet { lang, english, missing: missing(&own, &all), own }
    }

    /// The dotted paths of the words that the theme lacks.
    pub(crate) fn missing(&self) -> &[String] {
        &self.missing
    }

    /// The whole file: the lines of the English one, with the plural forms that the language has, the words that
    /// there are, and the English ones as comments.
    pub(crate) fn file(&self) -> String {
        let forms = forms(self.lang);
        head(self.lang, &forms) + "\n" + &self.lines(&forms, |_| true)
    }

    /// The lines of the missing words.
    pub(crate) fn missing_lines(&self) -> String {
        let is_missing = |path: &str| {
            let is_within = |missing: &String| {
                missing.strip_prefix(path).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
            };
            self.missing.iter().any(is_within)
        };
        self.lines(&forms(self.lang), is_missing)
    }

    fn lines(&self, forms: &[(&'static str, String)], is_wanted: impl Fn(&str) -> bool) -> String {
        let (mut lines, mut section, mut pending) = (String::new(), String::new(), String::new());
        // What stands before the first section says what the English file is.
        for line in self.english.lines().skip_while(|line| !line.starts_with('[')) {
            if let Some(name) = line.strip_prefix('[').and_then(|line| line.strip_suffix(']')) {
                section = format!("{name}.");
                // The section before it has no word that is wanted.
                if pending.lines().any(|line| line.starts_with('[')) {
                    pending = "\n".to_owned();
                }
            }
            let entry = line.parse::<Table>().ok().and_then(|table| table.into_iter().next());
            let Some((key, english)) = entry.filter(|_| !line.starts_with('[')) else {
                let _ = writeln!(pending, "{line}");
                continue;
            };
            let path = format!("{section}{key}");
            if is_wanted(&path) {
                lines += &std::mem::take(&mut pending);
                lines += &self.line(&path, &key, &english, forms);
            }
        }
        lines
    }

    /// The line of a word, with what it is in English.
    fn line(&self, path: &str, key: &str, english: &Value, forms: &[(&'static str, String)]) -> String {
        let mut parts = path.split('.');
        let first = parts.next().and_then(|part| self.own.get(part));
        let known = parts.fold(first, |at, part| at?.get(part));
        let empty = || Value::from("");
        let (value, said) = match english {
            _ if path == LOCALE => (known.cloned().unwrap_or(self.lang.cased().into()), String::new()),
            Value::Table(english) => {
                let keys: Vec<&str> = match is_plural(english) {
                    true => forms.iter().map(|(form, _)| *form).collect(),
                    false => english.keys().map(String::as_str).collect(),
                };
                let word = |key: &str| known.and_then(|known| known.get(key)).cloned().unwrap_or_else(empty);
                let words = keys.into_iter().map(|key| (key.to_owned(), word(key))).collect();
                let said = english.iter().map(|(key, word)| format!("{key}: {}", plain(word)));
                (Value::Table(words), said.collect::<Vec<String>>().join(" | "))
            }
            english => (known.cloned().unwrap_or_else(empty), plain(english)),
        };
        let comment = if said.is_empty() { said } else { format!("  # {said}") };
        format!("{key} = {}{comment}\n", inline(&value))
    }
}

/// What the file says of itself.
fn head(lang: &Lang, forms: &[(&'static str, String)]) -> String {
    let tag = lang.as_str();
    let name = names::language_name(tag, "en").unwrap_or(tag);
    let mut head = format!(
        "# Every word of the theme that a reader sees, in {name}. The English stands beside each.\n\
         # {{name}} and {{n}} are filled in by the program: keep them as they are, in the order that the language wants.\n\
         # What is left empty is shown in English.\n\
         # Seen by a native reader: no. Write here who has read it, and when.\n\
         #\n\
         # The plural forms of this language, and some numbers that take each:\n"
    );
    for (form, examples) in forms {
        let _ = writeln!(head, "#   {form}: {examples}");
    }
    head
}

/// The plural forms of a language, each with numbers that take it.
fn forms(lang: &Lang) -> Vec<(&'static str, String)> {
    let locale: Locale = lang.as_str().parse().unwrap_or(Locale::UNKNOWN);
    let Ok(rules) = PluralRules::try_new_cardinal((&locale).into()) else { return Vec::new() };
    let has: Vec<PluralCategory> = rules.categories().collect();
    let examples = |category| {
        let takes = |n: &u64| rules.category_for(*n) == category;
        let numbers: Vec<String> =
            (0..200).chain([1_000_000]).filter(takes).take(5).map(|n| n.to_string()).collect();
        match numbers.as_slice() {
            [] => "fractions only".to_owned(),
            numbers => numbers.join(", "),
        }
    };
    let forms = FORMS.iter().filter(|(category, _)| has.contains(category));
    forms.map(|(category, name)| (*name, examples(*category))).collect()
}

fn plain(word: &Value) -> String {
    word.as_str().map_or_else(|| word.to_string(), str::to_owned)
}

/// A value as it stands in one line.
fn inline(value: &Value) -> String {
    match value {
        Value::Table(table) => {
            let entries = table.iter().map(|(key, value)| format!("{key} = {}", inline(value)));
            format!("{{ {} }}", entries.collect::<Vec<String>>().join(", "))
        }
        value => value.to_string(),
    }
}
