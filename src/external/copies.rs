//! Asks the Wayback Machine which pages it has copies of. It is asked only with `--archive`, and nothing is saved there.

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

/// The newest copy of each of these pages that has one, as the interface at `place` answers.
///
/// # Errors
/// If it does not answer as it should: then it is not asked any further.
pub(crate) fn copies(pages: &[Url], place: &str, manners: &Manners) -> io::Result<BTreeMap<Url, String>> {
    let mut found = BTreeMap::new();
    for (at, page) in pages.iter().enumerate() {
        if at > 0 {
            std::thread::sleep(manners.pause);
        }
        let mut address = Url::parse(place).map_err(io::Error::other)?;
        address.query_pairs_mut().append_pair("url", page.as_str());
        let text = ask(address.as_str(), LIMIT, manners.patience)?;
        let answer: Answer = serde_json::from_str(&text).map_err(io::Error::other)?;
        let copy = answer.archived_snapshots.closest.filter(|copy| copy.available && copy.status == "200");
        if let Some(copy) = copy.and_then(|copy| address_of(&copy.url)) {
            found.insert(page.clone(), copy);
        }
    }
    Ok(found)
}

/// The address of a copy, over HTTPS: the interface says `http:`. `None` if it is not an address on the web.
fn address_of(copy: &str) -> Option<String> {
    let url = Url::parse(copy).ok().filter(|url| matches!(url.scheme(), "http" | "https"))?;
    let own =
        copy.strip_prefix("http://web.archive.org/").map(|rest| format!("https://web.archive.org/{rest}"));
    Some(own.unwrap_or_else(|| url.into()))
}
