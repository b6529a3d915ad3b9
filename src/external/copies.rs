//! Asks the Wayback Machine which pages it has copies of. It is asked only with `--archive`, and nothing is saved
//! there.

use std::collections::BTreeMap;
use std::io;

use serde::Deserialize;
use url::Url;

use super::{Manners, ask};
use crate::base::diagnostic::{Code, Severity};

/// Its interface: <https://archive.org/help/wayback_api.php>.
pub(crate) const WAYBACK: &str = "https://archive.org/wayback/available";
/// The most bytes of an answer; it names a page twice.
const LIMIT: usize = 1 << 16;

pub(crate) static FOUND: Code = Code {
    name: "archived-copy-found",
    level: Severity::Note,
    docs: "\
A source has a `url` and no `archive`, and the Wayback Machine has a copy of the page. Only
`dossier check --external --archive` asks for copies.

```yaml
url: https://example.org/report-2023
archive: https://web.archive.org/web/20231013190000/https://example.org/report-2023
```

How to fix: open the copy, and see whether it says what the source says; then add its address as
`archive`. `dossier check --external --archive --fix --offers` adds all of them.",
};

#[derive(Debug, Deserialize)]
struct Answer {
    #[serde(default)]
    archived_snapshots: Copies,
}

#[derive(Debug, Default, Deserialize)]
struct Copies {
    closest: Option<Copy>,
}

#[derive(Debug, Deserialize)]
struct Copy {
    available: bool,
    status: String,
    url: String,
}

/// What the archive says: the newest copy of each page that has one, and of which pages it said nothing, and why.
#[derive(Debug, Default)]
pub(crate) struct Archived {
    pub copies: BTreeMap<Url, String>,
    pub unknown: BTreeMap<Url, String>,
}

/// The newest copy of each of these pages, as the interface at `place` answers. What it does not answer is no reason to
/// forget the rest.
pub(crate) fn copies(pages: &[Url], place: &str, manners: &Manners) -> Archived {
    let mut found = Archived::default();
    for (at, page) in pages.iter().enumerate() {
        if at > 0 {
            std::thread::sleep(manners.pause);
        }
        match copy_of(page, place, manners) {
            Ok(copy) => found.copies.extend(copy.map(|copy| (page.clone(), copy))),
            Err(why) => drop(found.unknown.insert(page.clone(), why.to_string())),
        }
    }
    found
}

fn copy_of(page: &Url, place: &str, manners: &Manners) -> io::Result<Option<String>> {
    let mut address = Url::parse(place).map_err(|_| io::Error::other("it is not an address"))?;
    address.query_pairs_mut().append_pair("url", page.as_str());
    let text = ask(address.as_str(), LIMIT, manners.patience)?;
    let answer: Answer =
        serde_json::from_str(&text).map_err(|_| io::Error::other("the answer is not one of the archive"))?;
    let copy = answer.archived_snapshots.closest.filter(|copy| copy.available && copy.status == "200");
    Ok(copy.and_then(|copy| address_of(&copy.url)))
}

/// The address of a copy, over HTTPS: the interface says `http:`. `None` if it is not an address on the web.
fn address_of(copy: &str) -> Option<String> {
    let is_plain = !copy.contains(|c: char| c.is_whitespace() || c.is_control());
    let url = Url::parse(copy).ok().filter(|url| is_plain && matches!(url.scheme(), "http" | "https"))?;
    let own =
        copy.strip_prefix("http://web.archive.org/").map(|rest| format!("https://web.archive.org/{rest}"));
    Some(own.unwrap_or_else(|| url.into()))
}
