//! The functions that templates can call. They depend only on their arguments and the page's language.

use std::sync::Arc;

use tera::{Kwargs, State, Tera, TeraResult, Value};

use super::names::Names;
use crate::base;
use crate::base::bidi::Direction;
use crate::locale::Locale;

/// Registers the names of all filters, so that Tera can parse templates that use them.
pub(crate) fn register(tera: &mut Tera) {
    tera.register_filter("dir", dir);
    tera.register_filter("forms", forms);
    for name in ["bdi", "digits", "ended", "fill", "language", "number", "plural"] {
        tera.register_filter(name, |value: Value, _: Kwargs, _: &State| value);
    }
}

/// Registers the filters that depend on the language.
pub(crate) fn register_for(tera: &mut Tera, locale: &Arc<Locale>, names: Names) {
    let own = || locale.clone();
    let (blanks, digits, ends, languages, numbers, plurals) = (own(), own(), own(), own(), own(), own());
    tera.register_filter("bdi", move |name: &str, _: Kwargs, _: &State| {
        let mut html = String::with_capacity(name.len() + 16);
        names.write(name, &mut html);
        Value::safe_string(&html)
    });
    // `{{ "by {name}" | fill(name=…) }}`
    tera.register_filter("fill", move |words: &str, kwargs: Kwargs, _: &State| {
        let value = |blank: &str| {
            let (_, value) = kwargs.iter().find(|(name, _)| name.to_string() == blank)?;
            Some(match value.as_f64().filter(|_| value.is_number()) {
                Some(number) => blanks.number(number),
                None => blanks.isolated(&value.to_string()).into_owned(),
            })
        };
        base::fill::fill(words, value)
    });
    tera.register_filter("digits", move |text: Value, _: Kwargs, _: &State| digits.digits(&text.to_string()));
    tera.register_filter("ended", move |text: &str, _: Kwargs, _: &State| ends.ended(text));
    tera.register_filter("language", move |tag: &str, _: Kwargs, _: &State| languages.language(tag));
    tera.register_filter("number", move |number: f64, _: Kwargs, _: &State| numbers.number(number));
    tera.register_filter("plural", move |forms: Value, kwargs: Kwargs, _: &State| -> TeraResult<String> {
        let count: u64 = kwargs.must_get("n")?;
        let form = |name| forms.get_from_path(name).and_then(|form| form.as_str().map(str::to_owned));
        let single = forms.as_str().map(str::to_owned);
        let words =
            single.or_else(|| form(plurals.plural(count))).or_else(|| form("other")).unwrap_or_default();
        Ok(words.replace("{n}", &plurals.number(count as f64)))
    });
}

/// The direction of a language's script: `lang="{{ lang }}" dir="{{ lang | dir }}"`.
fn dir(lang: &str, _: Kwargs, _: &State) -> &'static str {
    Direction::of(lang).word()
}

/// The plural forms of a word as JSON, for a script that chooses one itself: `{"one": "{n} page", "other": …}`.
fn forms(words: Value, _: Kwargs, _: &State) -> String {
    match words.as_str() {
        Some(only) => serde_json::json!({ "other": only }).to_string(),
        None => serde_json::json!(words).to_string(),
    }
}
