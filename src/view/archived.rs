//! Copies in archives of what the site links to, as attributes of links (Robust Links 1.0, robustlinks.mementoweb.org), so that a link
//! leads somewhere still when the page it leads to is gone.

use std::collections::HashMap;

use serde::Serialize;

use super::Site;
use crate::base::date::{Edtf, PartialDate};
use crate::base::markup::escape;
use crate::kinds::Source;

/// A copy in an archive.
#[derive(Clone, Debug, Serialize)]
pub struct Archived {
    /// Where it is.
    pub version: String,
    /// The day it was made, or the day the source was read.
    pub date: Option<String>,
}

/// The copies of all that is archived, by address.
pub(super) type Archives = HashMap<String, Archived>;

impl Site<'_> {
    /// The archived copy of what is at an address, where a source has one.
    pub(super) fn archived(&self, address: &str) -> Option<&Archived> {
        self.archives
            .get_or_init(|| {
                let copy = |source: &Source| {
                    let (url, archive) = (source.url.as_ref()?, source.archive.as_ref()?);
                    let read = source.accessed.as_ref().and_then(|day| match **day {
                        Edtf::Date(day) => Some(day.iso()),
                        Edtf::Interval(..) => None,
                    });
                    let date = made(archive.as_str()).or(read);
                    Some((url.as_str().to_owned(), Archived { version: archive.as_str().to_owned(), date }))
                };
                self.graph.all::<Source>().filter_map(|(_, _, source)| copy(source)).collect()
            })
            .get(address)
    }
}

/// The day on which a copy was made, where its address says so, as those of web archives do: `/web/20231109123456/`.
fn made(archive: &str) -> Option<String> {
    let stamp = archive.split('/').find(|part| {
        let digits = part.bytes().take_while(u8::is_ascii_digit).count();
        (8..=14).contains(&digits)
    })?;
    let (year, month, day) = (stamp.get(..4)?, stamp.get(4..6)?, stamp.get(6..8)?);
    let text = format!("{year}-{month}-{day}");
    match Edtf::parse(&text) {
        Ok(Edtf::Date(date)) => Some(PartialDate::iso(date)),
        _ => None,
    }
}

/// Adds the attributes of a link to another site.
pub fn attributes(address: &str, archived: Option<&Archived>, html: &mut String) {
    html.push_str(" href=\"");
    escape(address, html);
    html.push('"');
    let Some(archived) = archived else { return };
    let date = archived.date.as_deref().map(|date| ("versiondate", date));
    let fields = [("originalurl", address), ("versionurl", archived.version.as_str())];
    for (name, value) in fields.into_iter().chain(date) {
        html.push_str(&format!(" data-{name}=\""));
        escape(value, html);
        html.push('"');
    }
}

#[cfg(test)]
mod tests {
    use super::made;

    #[test]
    fn archives_say_when_a_copy_was_made() {
        let day = |address| made(address);
        assert_eq!(
            day("https://web.archive.org/web/20231109120000/https://a.org/").as_deref(),
            Some("2023-11-09")
        );
        assert_eq!(day("https://archive.example/20231109/a").as_deref(), Some("2023-11-09"));
        assert_eq!(day("https://archive.example/99999999/a"), None);
        assert_eq!(day("https://archive.example/aBcDe"), None);
    }
}
