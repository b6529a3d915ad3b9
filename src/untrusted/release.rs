//! What the front matter and the comments of a text hold back, or show on every page, and a contribution changes:
//! drafts, embargoes, comments, the menu.

use std::collections::BTreeSet;

use super::tree::Tree;
use super::wording::is_text;
use super::{Change, about};
use crate::base::date::Day;
use crate::base::diagnostic::Diagnostic;
use crate::config::{self, Config};
use crate::kinds::Page;
use crate::load::{self, Found};
use crate::parse;
use crate::world::memory::MemoryWorld;
use crate::world::{Access, Entry};

/// What a text's front matter decides beyond its own page.
#[derive(Clone)]
struct Kept {
    is_draft: bool,
    until: Option<Day>,
    /// What the menu of every page of the site shows of it, and at which position.
    entry: Option<(String, Option<i32>)>,
}

/// Reports each draft and each embargo, later than `today`, that ends earlier or is deleted, each comment that is gone
/// or changed, and each change of the menu. Returns the files of which it reports that something may be published.
pub(super) fn compare(
    before: &Tree,
    after: &Tree,
    changes: &[Change<'_>],
    today: Day,
    found: &mut Vec<Diagnostic>,
) -> BTreeSet<String> {
    // The settings are those of the base: a contribution does not decide how it is read.
    let settings = before.bytes(&format!("{}{}", before.folder, config::FILE)).unwrap_or_default();
    let config = config::read(&MemoryWorld::new().with(config::FILE, settings), None).value;
    // The files of which something is said.
    let mut told: BTreeSet<String> = BTreeSet::new();
    for change in changes {
        let Some(path) = change.path.filter(|path| is_text(path)) else {
            continue;
        };
        let comments = |tree: &Tree| {
            let text = tree.bytes(change.shown).and_then(|bytes| String::from_utf8(bytes).ok());
            text.map(|text| parse::comments_of(&text).into_iter().collect::<BTreeSet<String>>())
        };
        if let (Some(was), Some(is)) = (comments(before), comments(after))
            && !was.is_subset(&is)
        {
            let message =
                format!("changes or removes a comment, so what it says may be published: `{}`", change.shown);
            found.push(about(change, message).help("restore it as it was"));
            told.insert(change.shown.to_owned());
        }
        let (was, is) = (kept(before, change.shown, path, &config), kept(after, change.shown, path, &config));
        let entry = is.as_ref().and_then(|is| is.entry.as_ref());
        if entry.is_some() && entry != was.as_ref().and_then(|was| was.entry.as_ref()) {
            let message = format!("changes the menu that every page has: `{}`", change.shown);
            let help = "leave it out, or make it a note; those who maintain the dossier can change the menu";
            found.push(about(change, message).help(help));
        }
        let Some(was) = was else { continue };
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
        told.insert(change.shown.to_owned());
    }
    told
}

fn kept(tree: &Tree, shown: &str, path: &str, config: &Config) -> Option<Kept> {
    let world = MemoryWorld::new().with(path, tree.bytes(shown)?);
    let entry = Entry { path: path.into(), access: Access::Inside };
    let Found::Input(input, text) = load::read(&world, config, &entry) else { return None };
    let head = parse::parse(&input, &text, config).value.head;
    let until =
        head.data.as_ref().and_then(|data| data.release(&head.common)).and_then(|date| date.earliest());
    let title = head.common.title.as_ref().map(|title| title.value.clone()).unwrap_or_default();
    let entry =
        head.data.as_ref().and_then(|data| <&Page>::try_from(data).ok()).map(|page| (title, page.order));
    Some(Kept { is_draft: head.is_draft(), until, entry })
}
