//! The ids within a page, which links lead to after a `#`. This is the one place that gives them to what an
//! author wrote, so none is given twice, and none that the page itself has.

use std::collections::{HashMap, HashSet};

use crate::base::id::is_mark;
use crate::base::path::composed;

/// The ids that are taken.
#[derive(Default)]
pub(super) struct Fragments {
    taken: HashSet<String>,
    /// For each id that was wanted more than once, the last number appended to it.
    numbers: HashMap<String, u32>,
}

impl Fragments {
    /// Takes the id that an author chose. False if it is not free.
    pub(super) fn take(&mut self, id: &str) -> bool {
        !is_of_page(id) && self.taken.insert(id.to_owned())
    }

    /// The id, with a number appended if it is taken, as on GitHub.
    pub(super) fn unique(&mut self, wanted: &str) -> String {
        // An empty id is none, and a number at the end might make another id of the page.
        let wanted = match wanted {
            "" => "section".to_owned(),
            wanted if is_of_page(wanted) => format!("section-{wanted}"),
            wanted => wanted.to_owned(),
        };
        if self.taken.insert(wanted.clone()) {
            return wanted;
        }
        loop {
            let number = self.numbers.entry(wanted.clone()).or_default();
            *number += 1;
            let id = format!("{wanted}-{number}");
            if self.taken.insert(id.clone()) {
                return id;
            }
        }
    }
}

/// The id of a heading, as GitHub makes it: lower-case letters, digits and underscores of any script, with a
/// hyphen for every space. What else there is leaves nothing, so `Cost & why` becomes `cost--why`.
pub(crate) fn of_heading(text: &str) -> String {
    // The spaces in French guillemets are the program's, and none in what the author wrote.
    let text = composed(text).replace("«\u{a0}", "").replace("\u{a0}»", "");
    let lower = text.trim().chars().flat_map(char::to_lowercase);
    let kept = lower.filter_map(|c| match c {
        c if c.is_alphanumeric() || is_mark(c) || matches!(c, '_' | '-' | '‿' | '⁀' | '⁔') => Some(c),
        c if c.is_whitespace() => Some('-'),
        _ => None,
    });
    kept.collect()
}

/// The id of a block that an author named with `^name`.
pub(super) fn of_block(name: &str) -> String {
    format!("block-{name}")
}

/// Whether the program or its theme may give this id to something on a page with a text: to a part, a note, a
/// footnote, a row of a table, a frame of a route or a map. A test compares this with the pages.
fn is_of_page(id: &str) -> bool {
    let number = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    let numbered =
        |text: &str| text.rsplit_once('-').is_some_and(|(name, last)| !name.is_empty() && number(last));
    // A place in a recording or a document, in the list of those that are cited.
    if id.starts_with("t=") || id.starts_with("page=") {
        return true;
    }
    let (first, rest) = id.split_once('-').unwrap_or((id, ""));
    match first {
        "part" => !rest.is_empty() && rest.bytes().all(|b| b.is_ascii_lowercase() || b == b'_'),
        "fn" | "leg" | "correction" => number(rest),
        "story" => number(rest) || ["-t", "-d"].iter().any(|end| rest.ends_with(end)),
        "fnref" => number(rest) || numbered(rest),
        "note" | "mark" => numbered(rest),
        "map" => ["-t", "-d"].iter().any(|end| rest.ends_with(end)),
        "contents" => rest.is_empty(),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_have_the_ids_that_github_gives_them() {
        for (heading, id) in [
            ("Cost & why", "cost--why"),
            ("C++ / Rust", "c--rust"),
            ("“Quoted” — dash", "quoted--dash"),
            ("What is known?", "what-is-known"),
            ("  a_b-c 1.2  ", "a_b-c-12"),
            ("🚢 Ships", "-ships"),
            ("Żółć 북한 ภาษา", "żółć-북한-ภาษา"),
            ("« Oui » et non", "-oui--et-non"),
            ("«\u{a0}Oui\u{a0}» et non", "oui-et-non"),
            ("?!", ""),
        ] {
            assert_eq!(of_heading(heading), id, "{heading}");
        }
    }

    #[test]
    fn no_id_is_given_twice_or_is_the_pages_own() {
        let mut fragments = Fragments::default();
        let mut unique = |wanted: &str| fragments.unique(wanted);
        assert_eq!([unique("a"), unique("a"), unique("a-1"), unique("a")], ["a", "a-1", "a-1-1", "a-2"]);
        assert_eq!(unique("fn-1"), "section-fn-1");
        assert_eq!(unique("part-text"), "section-part-text");
        assert_eq!(
            [unique("note-kim-1"), unique("note-kim-1")],
            ["section-note-kim-1", "section-note-kim-1-1"]
        );
        assert_eq!(unique("part-1"), "part-1");
        assert_eq!(unique("note-3"), "note-3");
        assert_eq!([unique(""), unique("?")], ["section", "?"]);
    }
}
