//! Archived copies of the pages that the site links to.

use std::collections::HashMap;

use super::Site;
use crate::base::date::{Edtf, PartialDate};
use crate::kinds::Source;
use crate::shown::Archived;

/// All archived copies, by the original address.
pub(crate) type Archives = HashMap<String, Archived>;

impl Site<'_> {
    /// The archived copy of a page, if a source gives one.
    pub(crate) fn archived(&self, address: &str) -> Option<&Archived> {
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

/// The day on which a copy was made, if its address contains the date, as the addresses of web archives do:
/// `/web/20231109123456/`.
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
