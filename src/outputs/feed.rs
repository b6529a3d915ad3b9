//! `atom.xml` (RFC 4287): what the dossier holds, the latest first.

use std::fmt::Write;

use super::xml::escaped;
use super::{Bundle, Content, Output, Press};
use crate::base::date::Day;
use crate::kinds::KindId;
use crate::link::{Entity, layout};

/// See the module.
pub struct Feed;

/// How many entries a feed has.
const MOST: usize = 50;

/// What readers are told of: what is new in the dossier, not whom or what it names.
const KINDS: [KindId; 4] = [KindId::Article, KindId::Claim, KindId::Event, KindId::Note];

impl Output for Feed {
    fn name(&self) -> &'static str {
        "feed"
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
        entries.truncate(MOST);
        let chrome = site.chrome(0);
        let base = escaped(&chrome.base_url);
        let latest = entries.first().map_or(Day { year: 1970, month: 1, day: 1 }, |(day, _)| *day);
        let mut xml = format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"{}\">\n\
             <title>{}</title>\n<subtitle>{}</subtitle>\n<id>{base}</id>\n<link rel=\"alternate\" href=\"{base}\"/>\n\
             <link rel=\"self\" type=\"application/atom+xml\" href=\"{base}atom.xml\"/>\n<updated>{latest}T00:00:00Z</updated>\n\
             <author><name>{}</name></author>\n<generator>{}</generator>\n",
            chrome.lang,
            escaped(&chrome.title),
            escaped(&chrome.description),
            escaped(&chrome.title),
            chrome.generator,
        );
        for (day, entity) in entries {
            let edition = entity.original();
            let path = layout::page(site.graph(), entity, &edition.input.lang);
            let address = escaped(&format!("{}{}", chrome.base_url, layout::address(&path)));
            // Writing to a string cannot fail.
            let _ = write!(
                xml,
                "<entry><title>{}</title><id>{address}</id><link href=\"{address}\"/><updated>{day}T00:00:00Z</updated>",
                escaped(edition.title()),
            );
            if let Some(summary) = edition.summary() {
                let _ = write!(xml, "<summary>{}</summary>", escaped(summary));
            }
            let _ = writeln!(xml, "<category term=\"{}\"/></entry>", entity.kind.name());
        }
        xml.push_str("</feed>\n");
        bundle.add("atom.xml".into(), Content::Bytes(xml.into_bytes()));
    }
}

/// When it last changed, or else when it was.
fn changed(entity: &Entity) -> Option<Day> {
    entity.common().updated.as_ref().or(entity.date())?.latest()
}
