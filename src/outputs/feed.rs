//! `atom.xml`: what the dossier holds, the latest first; and the same for each kind that has a list, beside that list.

use super::atom::{self, Entry, MOST};
use super::{Bundle, Content, Output, Press};
use crate::base::date::Day;
use crate::base::path::SitePath;
use crate::kinds::KindId;
use crate::link::{Entity, layout};

/// See the module.
pub struct Feed;

impl Output for Feed {
    fn name(&self) -> &'static str {
        "feed"
    }

    fn fill(&self, press: &Press<'_>, bundle: &mut Bundle) {
        add(press, None, bundle);
        KindId::ALL.iter().for_each(|kind| add(press, Some(*kind), bundle));
    }

    fn find(&self, press: &Press<'_>, path: &SitePath) -> Option<Content> {
        let mut bundle = Bundle::default();
        match path.as_str() {
            "atom.xml" => add(press, None, &mut bundle),
            other => {
                let is_asked =
                    |kind: &&KindId| layout::feed(**kind).is_some_and(|path| path.as_str() == other);
                add(press, Some(*KindId::ALL.iter().find(is_asked)?), &mut bundle);
            }
        }
        bundle.files.remove(path)
    }
}

/// The feed of all, or that of a kind of which there is more than the one article.
fn add(press: &Press<'_>, only: Option<KindId>, bundle: &mut Bundle) {
    let site = &press.site;
    let (file, listing) = match only {
        None => ("atom.xml".into(), None),
        Some(kind) => match (layout::feed(kind), site.reader(0).labels.listing(kind)) {
            (Some(file), Some(listing)) => (file, Some(listing)),
            _ => return,
        },
    };
    let wanted = |entity: &Entity| match only {
        Some(kind) => entity.kind == kind,
        None => layout::feed(entity.kind).is_some(),
    };
    let mut entries: Vec<(Day, &Entity)> = site
        .graph()
        .iter()
        .map(|(_, entity)| entity)
        .filter(|entity| wanted(entity))
        .filter_map(|entity| Some((changed(entity)?, entity)))
        .collect();
    entries.sort_by(|(a, x), (b, y)| b.cmp(a).then_with(|| x.path().cmp(y.path())));
    let chrome = site.info(0);
    let entry = |(day, entity): (Day, &Entity)| {
        let edition = entity.original();
        let path = layout::page(site.graph(), entity, &edition.input.lang);
        Entry {
            title: edition.title().to_owned(),
            address: format!("{}{}", chrome.base_url, layout::address(&path)),
            fragment: String::new(),
            day,
            summary: edition.summary().map(str::to_owned),
            term: entity.kind.name(),
        }
    };
    let entries = entries.into_iter().take(MOST).map(entry).collect();
    let (title, page) = match listing {
        Some(listing) => (format!("{}: {}", chrome.title, listing.title), listing.path.clone()),
        None => (chrome.title.clone(), String::new()),
    };
    let feed =
        atom::Feed { file: file.as_str(), page: &page, title, subtitle: chrome.description.clone(), entries };
    bundle.add(file.clone(), Content::Bytes(feed.xml(&chrome).into_bytes()));
}

/// When it last changed, or else when it was.
fn changed(entity: &Entity) -> Option<Day> {
    entity.common().updated.as_ref().or(entity.date())?.latest()
}
