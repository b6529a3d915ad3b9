//! The words of a theme in one language: what is missing, and a file to fill in.

use std::fmt::Write;

use icu_locale::Locale;
use icu_plurals::{PluralCategory, PluralRules};
use toml::{Table, Value};

use crate::base::diagnostic::{Diagnostic, Severity};
use crate::base::id::Lang;
use crate::base::names;
use crate::theme::BROKEN_THEME;

/// How many missing words a finding names.
const MOST_NAMED: usize = 3;

/// The plural forms of the CLDR, in its order.
const FORMS: [(PluralCategory, &str); 6] = [
    (PluralCategory::Zero, "zero"),
    (PluralCategory::One, "one"),
    (PluralCategory::Two, "two"),
    (PluralCategory::Few, "few"),
    (PluralCategory::Many, "many"),
    (PluralCategory::Other, "other"),
];

/// The name of a plural form.
pub(crate) fn form(category: PluralCategory) -> &'static str {
    FORMS.iter().find(|(known, _)| *known == category).map_or("other", |(_, name)| name)
}

/// Whether a table holds the plural forms of one word, and not words with keys of their own.
pub(crate) fn is_plural(table: &Table) -> bool {
    let is_form = |(key, value): (&String, &Value)| value.is_str() && FORMS.iter().any(|(_, name)| name == key);
    table.contains_key("other") && table.iter().all(is_form)
}

/// Removes words that nobody has filled in.
pub(crate) fn remove_empty(table: &mut Table) {
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
                _ if path == "site.locale" || found.is_some() => {}
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

/// A string table to fill in for `lang`: the lines of `english`, with the plural forms that the language has, the words
/// that `own` has, and the English ones as comments. With `only`, the words at these paths alone.
pub(crate) fn to_fill(lang: &Lang, english: &str, own: &Table, only: Option<&[String]>) -> String {
    let forms = forms(lang);
    let mut file = String::new();
    let (mut section, mut pending) = (String::new(), String::new());
    // What stands before the first section says what the English file is.
    for line in english.lines().skip_while(|line| !line.starts_with('[')) {
        if let Some(name) = line.strip_prefix('[').and_then(|line| line.strip_suffix(']')) {
            section = format!("{name}.");
        }
        let entry = line.parse::<Table>().ok().and_then(|table| table.into_iter().next());
        let Some((key, value)) = entry.filter(|_| line.contains('=') && !line.starts_with('#')) else {
            if line.is_empty() && only.is_some() {
                pending.clear();
            }
            let _ = writeln!(pending, "{line}");
            continue;
        };
        let path = format!("{section}{key}");
        if only.is_some_and(|only| !only.iter().any(|known| known.starts_with(&path))) {
            continue;
        }
        file += &std::mem::take(&mut pending);
        let known = path.split('.').try_fold(None, |at: Option<&Value>, part| {
            let table = at.map_or(Some(own), Value::as_table)?;
            Some(Some(table.get(part)?))
        });
        let known = known.flatten();
        let (value, said) = match (&value, path.as_str()) {
            (_, "site.locale") => (Value::from(lang.as_str()), String::new()),
            (Value::Table(table), _) => {
                let keys: Vec<&str> = match is_plural(table) {
                    true => forms.iter().map(|(name, _)| *name).collect(),
                    false => table.keys().map(String::as_str).collect(),
                };
                let word = |key: &str| known.and_then(|known| known.get(key)).cloned().unwrap_or("".into());
                let filled = keys.into_iter().map(|key| (key.to_owned(), word(key)));
                let english = table.iter().map(|(key, word)| format!("{key}: {}", plain(word)));
                let english = english.collect::<Vec<String>>().join(" | ");
                (Value::Table(filled.collect()), english)
            }
            _ => (known.cloned().unwrap_or("".into()), plain(&value)),
        };
        let _ = write!(file, "{key} = {}", inline(&value));
        let _ = writeln!(file, "{}", if said.is_empty() { said } else { format!("  # {said}") });
    }
    match only {
        Some(_) => file,
        None => head(lang, &forms) + "\n" + &file,
    }
}

/// What the file says of itself.
fn head(lang: &Lang, forms: &[(&str, String)]) -> String {
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
