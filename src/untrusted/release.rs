//! What a contribution would have published that was held back: drafts, embargoes, comments, and files that no published text
//! referred to.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::tree::Tree;
use super::{CODE, Change, about};
use crate::base::date::Day;
use crate::base::diagnostic::Diagnostic;
use crate::base::path::InputPath;
use crate::config::{self, Config};
use crate::kinds::Page;
use crate::load::{self, Found};
use crate::parse;
use crate::session::{Options, Snapshot};
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

/// Files that are read to see what is published. Of all others only the names matter.
const READ: [&str; 3] = ["md", "svg", "svgz"];

/// Reports each draft and each embargo, later than `today`, that ends earlier or is deleted, each comment that is gone or
/// changed, and each file of the base that only now is published.
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
    for change in uncovered(before, after, changes) {
        if told.insert(change.shown.to_owned()) {
            let message = format!("publishes the words of a comment: `{}`", change.shown);
            found.push(about(change, message).help("leave the comment where it was, or leave the words out"));
        }
    }
    let was = State::of(before, before, today);
    let is = State::of(after, before, today);
    let held = |path: &String| {
        let shown = format!("{}{path}", before.folder);
        before.entries.contains_key(&shown) && !was.published.contains(path)
    };
    // A file that is moved is the same file.
    let content = |tree: &Tree, path: &str| {
        let entry = tree.entries.get(&format!("{}{path}", tree.folder))?;
        (entry.size > 0).then(|| entry.hash.clone())
    };
    let published: BTreeSet<String> = was.published.iter().filter_map(|path| content(before, path)).collect();
    let in_content = before.entries.keys().filter_map(|shown| shown.strip_prefix(before.folder.as_str()));
    // A text is published as a page; its comments and its front matter are not, so the file itself is held back.
    let held_contents: BTreeSet<String> = in_content
        .filter(|path| path.starts_with("content/") && !was.published.contains(*path))
        .filter_map(|path| content(before, path))
        .filter(|hash| !published.contains(hash))
        .collect();
    for path in &is.published {
        let now = content(after, path);
        let is_moved = now != content(before, path) && now.is_some_and(|hash| held_contents.contains(&hash));
        if !was.published.contains(path) && held(path) || is_moved {
            let message =
                format!("publishes `{}{path}`, which is in the dossier and was held back", before.folder);
            found.push(
                CODE.found(message).help("do not refer to it, and bring nothing with its name or content"),
            );
        }
    }
    for path in was.withheld.difference(&is.withheld) {
        let shown = format!("{}{path}", before.folder);
        if after.entries.contains_key(&shown) && !told.contains(&shown) {
            let message = format!("publishes a text that waits: `{shown}`");
            found.push(CODE.found(message).help("restore it as it was"));
        }
    }
}

/// The files in which the words of a comment are no comment any more: a text with them was moved, also to the name of a file that
/// is no text, or the front matter ends earlier.
fn uncovered<'c>(before: &Tree, after: &Tree, changes: &'c [Change<'c>]) -> Vec<&'c Change<'c>> {
    let split = |tree: &Tree, change: &Change<'_>| {
        let text =
            tree.bytes(change.shown).and_then(|bytes| String::from_utf8(bytes).ok()).unwrap_or_default();
        match change.path.is_some_and(is_text) {
            true => parse::split_comments(&text),
            false => (Vec::new(), text.split_whitespace().collect::<Vec<&str>>().join(" ")),
        }
    };
    let texts: Vec<_> = changes
        .iter()
        .filter(|change| change.path.is_some_and(|path| path.starts_with("content/")))
        .map(|change| (change, split(before, change), split(after, change)))
        .collect();
    let still: BTreeSet<&String> = texts.iter().flat_map(|(.., (comments, _))| comments).collect();
    let all: BTreeSet<&String> = texts.iter().flat_map(|(_, (comments, _), _)| comments).collect();
    let gone: Vec<&String> = all.difference(&still).copied().collect();
    let is_uncovered = |was: &str, is: &str| {
        gone.iter().any(|words| is.contains(words.as_str()) && !was.contains(words.as_str()))
    };
    let uncovered = texts.iter().filter(|(_, (_, was), (_, is))| is_uncovered(was, is));
    uncovered.map(|(change, ..)| *change).collect()
}

fn is_text(path: &str) -> bool {
    InputPath::from(path).extension() == Some("md")
}

/// What would be on the site on a day, with the settings and the theme of the base.
struct State {
    /// The paths of the files of `content/` that would be published.
    published: BTreeSet<String>,
    /// The texts that would not.
    withheld: BTreeSet<String>,
}

impl State {
    fn of(tree: &Tree, base: &Tree, today: Day) -> State {
        let files = |tree: &'_ Tree, is_content: bool| -> Vec<(String, Vec<u8>)> {
            let inner =
                |path: &String| path.strip_prefix(&tree.folder).map(|inner| (path.clone(), inner.to_owned()));
            let all = tree.entries.keys().filter_map(inner);
            let of = |inner: &str| match is_content {
                true => inner.starts_with("content/"),
                false => inner == config::FILE || inner.starts_with("themes/"),
            };
            let read = |(path, inner): (String, String)| {
                let extension =
                    InputPath::from(inner.as_str()).extension().unwrap_or_default().to_ascii_lowercase();
                let is_read = !is_content || READ.contains(&extension.as_str());
                let bytes = if is_read { tree.bytes(&path) } else { None };
                (inner, bytes.unwrap_or_default())
            };
            all.filter(|(_, inner)| of(inner)).map(read).collect()
        };
        let all = files(base, false).into_iter().chain(files(tree, true));
        let world = all.fold(MemoryWorld::new().on(today), |world, (path, bytes)| world.with(&path, bytes));
        let graph = &Snapshot::take(Arc::new(world), &Options::default()).graph;
        let owned = |path: &InputPath| path.as_str().to_owned();
        State {
            published: graph.files.published.iter().map(owned).collect(),
            withheld: graph.withheld.iter().map(|withheld| owned(&withheld.edition.input.path)).collect(),
        }
    }
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
