//! What templates may call: pure functions of their arguments and the page's language.

use std::sync::Arc;

use icu::decimal::DecimalFormatter;
use icu::decimal::input::Decimal;
use icu::plurals::PluralRules;
use tera::{Kwargs, State, Tera, TeraResult, Value};

use crate::locale::Locale;

/// Names the filters, so that templates which use them can be read.
pub fn register(tera: &mut Tera) {
    tera.register_filter("fill", fill);
    tera.register_filter("number", |value: Value, _: Kwargs, _: &State| value);
    tera.register_filter("plural", |value: Value, _: Kwargs, _: &State| value);
}

/// Gives the filters that depend on a language theirs.
pub fn register_for(tera: &mut Tera, locale: &Locale) {
    let icu: icu::locale::Locale = locale.lang.as_str().parse().unwrap_or(icu::locale::Locale::UNKNOWN);
    let numbers = DecimalFormatter::try_new((&icu).into(), Default::default()).ok().map(Arc::new);
    let plurals = PluralRules::try_new_cardinal((&icu).into()).ok().map(Arc::new);
    let format = move |number: f64| match (&numbers, number.to_string().parse::<Decimal>()) {
        (Some(numbers), Ok(decimal)) => numbers.format(&decimal).to_string(),
        _ => number.to_string(),
    };
    let in_plural = format.clone();
    tera.register_filter("number", move |number: f64, _: Kwargs, _: &State| format(number));
    tera.register_filter("plural", move |forms: Value, kwargs: Kwargs, _: &State| -> TeraResult<String> {
        let count: u64 = kwargs.must_get("n")?;
        let category = plurals.as_ref().map_or("other", |rules| category(rules, count));
        let form = |name| forms.get_from_path(name).and_then(|form| form.as_str().map(str::to_owned));
        let words = forms.as_str().map(str::to_owned).or_else(|| form(category)).or_else(|| form("other"));
        Ok(words.unwrap_or_default().replace("{n}", &in_plural(count as f64)))
    });
}

fn category(rules: &PluralRules, count: u64) -> &'static str {
    use icu::plurals::PluralCategory::{Few, Many, One, Other, Two, Zero};
    match rules.category_for(count) {
        Zero => "zero",
        One => "one",
        Two => "two",
        Few => "few",
        Many => "many",
        Other => "other",
    }
}

/// `{{ "by {name}" | fill(name=…) }}`
fn fill(text: &str, kwargs: Kwargs, _: &State) -> String {
    let mut filled = text.to_owned();
    for (name, value) in kwargs.iter() {
        filled = filled.replace(&format!("{{{name}}}"), &value.to_string());
    }
    filled
}
