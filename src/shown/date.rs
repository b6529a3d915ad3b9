//! A date, for machines and for people.

use serde::Serialize;

use super::Html;
use crate::base::date::{Edtf, PartialDate};
use crate::base::markup::escaped;
use crate::locale::Locale;

/// A date for machines and for people.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Date {
    /// The date in EDTF: `2023-10`, `2023-09-07/2023-10-01`, `2023~`.
    pub iso: String,
    /// What HTML's attribute `datetime` can say of it: the moment, day, month or year that it is or begins with. Empty
    /// before the year 1, of which the attribute can say nothing.
    pub datetime: String,
    /// The date as the page's language writes it.
    pub text: String,
    /// The same as a `time` element, or as a `span` where there is no `datetime`.
    pub html: Html,
}

impl Date {
    /// Formats a date for a language.
    pub(crate) fn of(date: Edtf, locale: &Locale) -> Date {
        let datetime = date.bound().and_then(PartialDate::iso_of_our_era).unwrap_or_default();
        let text = locale.date(date);
        let html = match datetime.as_str() {
            "" => format!("<span>{}</span>", escaped(&text)),
            _ => format!("<time datetime=\"{datetime}\">{}</time>", escaped(&text)),
        };
        Date { iso: date.to_string(), datetime, text, html: Html(html) }
    }
}
