//! The functions that templates can call. They depend only on their arguments and the page's language.

use std::sync::Arc;

use tera::{Kwargs, State, Tera, TeraResult, Value};

use crate::base;
use crate::base::id::direction;
use crate::locale::Locale;

/// Registers the names of all filters, so that Tera can parse templates that use them.
pub(crate) fn register(tera: &mut Tera) {
    tera.register_filter("fill", fill);
    tera.register_filter("dir", dir);
    tera.register_filter("ended", |value: Value, _: Kwargs, _: &State| value);
    tera.register_filter("language", |value: Value, _: Kwargs, _: &State| value);
    tera.register_filter("number", |value: Value, _: Kwargs, _: &State| value);
    tera.register_filter("plural", |value: Value, _: Kwargs, _: &State| value);
}

/// Registers the filters that depend on the language.
pub(crate) fn register_for(tera: &mut Tera, locale: &Arc<Locale>) {
    let (ends, languages, numbers, plurals) =
        (locale.clone(), locale.clone(), locale.clone(), locale.clone());
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
    direction(lang)
}

/// `{{ "by {name}" | fill(name=…) }}`
fn fill(words: &str, kwargs: Kwargs, _: &State) -> String {
    let value =
        |blank: &str| kwargs.iter().find(|(name, _)| name.to_string() == blank).map(|(_, value)| value);
    base::fill::fill(words, value)
}
