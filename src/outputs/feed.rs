//! `atom.xml`: what the dossier holds, the latest first.

use super::atom::{self, Entry, MOST};
use super::{Bundle, Content, Output, Press};
use crate::base::date::Day;
use crate::kinds::KindId;
use crate::link::{Entity, layout};

/// See the module.
pub struct Feed;

/// What readers are told of: what is new in the dossier, not whom or what it names.
const KINDS: [KindId; 4] = [KindId::Article, KindId::Claim, KindId::Event, KindId::Note];

impl Output for Feed {
    fn name(&self) -> &'static str {
        "feed"
    }

    fn only(&self) -> Option<&'static str> {
        Some("atom.xml")
    }

    fn fill(&self, press: &Press<'_>, bundle: &mut Bundle) {
        let site = &press.site;
        let mut entries: Vec<(Day, &Entity)> = site
            .graph()
            .iter()
            .map(|(_, entity)| entity)
            .filter(|entity| KINDS.contains(&entity.kind))
            .filter_map(|entity| Some((changed(entity)?, entity)))
            .collect();
        entries.sort_by(|(a, x), (b, y)| b.cmp(a).then_with(|| x.path().cmp(y.path())));
        let chrome = site.chrome(0);
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
        let (title, subtitle) = (chrome.title.clone(), chrome.description.clone());
        let feed = atom::Feed { file: "atom.xml", title, subtitle, entries };
        bundle.add(feed.file.into(), Content::Bytes(feed.xml(&chrome).into_bytes()));
    }
}

/// When it last changed, or else when it was.
fn changed(entity: &Entity) -> Option<Day> {
    entity.common().updated.as_ref().or(entity.date())?.latest()
}
