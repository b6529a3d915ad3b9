//! Which files a contribution would have published earlier.

use super::tree::Tree;
use super::{Change, about};
use crate::base::date::Day;
use crate::base::diagnostic::Diagnostic;
use crate::base::path::InputPath;
use crate::config::{self, Config};
use crate::load::{self, Found};
use crate::parse;
use crate::world::memory::MemoryWorld;
use crate::world::{Access, Entry};

/// What keeps a file back.
#[derive(Copy, Clone)]
struct Kept {
    is_draft: bool,
    until: Option<Day>,
}

/// Reports each draft and each embargo, later than `today`, that ends earlier or is deleted.
pub(super) fn compare(
    before: &Tree,
    after: &Tree,
    changes: &[Change<'_>],
    today: Day,
    found: &mut Vec<Diagnostic>,
) {
    // The settings are those of the base: a contribution does not decide how it is read.
    let settings = before.bytes(&format!("{}{}", before.folder, config::FILE)).unwrap_or_default();
    let config = config::read(&MemoryWorld::new().with(config::FILE, settings), None).value;
    for change in changes {
        let Some(path) = change.path.filter(|path| InputPath::from(*path).extension() == Some("md")) else {
            continue;
        };
        let Some(was) = kept(before, change.shown, path, &config) else { continue };
        let is = kept(after, change.shown, path, &config);
        let until = was.until.filter(|day| *day > today);
        if !was.is_draft && until.is_none() {
            continue;
        }
        let message = match is {
            None => "deletes, or makes unreadable, a file that is not published yet",
            Some(is) if was.is_draft && !is.is_draft => "publishes a draft",
            Some(is) if until.is_some() && is.until < until => "ends an embargo earlier",
            Some(_) => continue,
        };
        found.push(about(change, format!("{message}: `{}`", change.shown)).help("restore it as it was"));
    }
}

fn kept(tree: &Tree, shown: &str, path: &str, config: &Config) -> Option<Kept> {
    let world = MemoryWorld::new().with(path, tree.bytes(shown)?);
    let entry = Entry { path: path.into(), access: Access::Inside };
    let Found::Input(input, text) = load::read(&world, config, &entry) else { return None };
    let head = parse::parse(&input, &text, config).value.head;
    let until =
        head.data.as_ref().and_then(|data| data.release(&head.common)).and_then(|date| date.earliest());
    Some(Kept { is_draft: head.is_draft(), until })
}
