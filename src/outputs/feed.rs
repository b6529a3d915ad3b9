//! The content of feeds, in any format. One feed has the entities of the dossier, latest first; each kind
//! with a feed has the same for its own entities, next to its listing; and one has corrections, withdrawals
//! and changes of a claim's status.

use super::{Routes, SiteBuilder};
use crate::base::date::{Edtf, PartialDate};
use crate::base::text::Text;
use crate::evidence::history::{Change, What, changes};
use crate::kinds::{Article, KindId};
use crate::link::{Entity, layout};
use crate::pages::media_on;
use crate::shown::Media;
use crate::site::{FileKey, SiteInput, Subject};

/// The maximum number of entries in a feed.
const MOST: usize = 50;

pub(crate) struct Feed {
    /// The page that shows the same entries, as a path from the site's root.
    pub page: String,
    pub title: String,
    pub subtitle: String,
    /// Latest first.
    pub entries: Vec<Entry>,
}

pub(crate) struct Entry {
    /// The title of the entry.
    pub title: String,
    /// The absolute URL of its page.
    pub address: String,
    /// The id by which readers know it again: the first address of its page, and what distinguishes it from
    /// other entries there.
    pub id: String,
    /// When the event or change was, as RFC 3339 writes it.
    pub updated: String,
    /// When it was published, if it is an article.
    pub published: Option<String>,
    pub summary: Option<String>,
    pub term: &'static str,
    /// The recordings and documents on its page.
    pub media: Vec<Media>,
}

/// The sorts of feed, for [`FileKey::sort`].
const NEWS: u8 = 0;
const CORRECTIONS: u8 = 1;

/// Adds a format's feeds to the map. `news` is the file name of the feeds of entities, and `corrections` that
/// of the feed of changes.
pub(crate) fn add(input: &SiteInput<'_>, news: &str, corrections: &str, routes: &mut Routes<'_>) {
    routes.add(news.into(), FileKey::of(Subject::Site));
    for &kind in KindId::ALL.iter().filter(|kind| input.has_listing(**kind)) {
        if let Some(path) = layout::feed(kind, news) {
            routes.add(path, FileKey::of(Subject::Kind(kind)));
        }
    }
    if input.evidence.changes > 0 {
        routes.add(corrections.into(), FileKey { sort: CORRECTIONS, ..FileKey::of(Subject::Site) });
    }
}

pub(crate) fn feed(builder: &SiteBuilder<'_>, key: FileKey) -> Feed {
    match (key.sort, key.of) {
        (NEWS, Subject::Kind(kind)) => of_news(builder, Some(kind)),
        (NEWS, _) => of_news(builder, None),
        _ => of_corrections(builder),
    }
}

/// The feed of all entities, or of one kind.
fn of_news(builder: &SiteBuilder<'_>, only: Option<KindId>) -> Feed {
    let site = &builder.site;
    let wanted = |entity: &Entity| match only {
        Some(kind) => entity.kind == kind,
        None => layout::feed(entity.kind, "").is_some(),
    };
    let mut entries: Vec<(String, &Entity)> = site
        .graph()
        .iter()
        .map(|(_, entity)| entity)
        .filter(|entity| wanted(entity))
        .filter_map(|entity| Some((changed(entity)?, entity)))
        .collect();
    entries.sort_by(|(a, x), (b, y)| b.cmp(a).then_with(|| x.path().cmp(y.path())));
    let chrome = site.info(0);
    let entry = |(updated, entity): (String, &Entity)| {
        let edition = entity.original();
        let lang = &edition.input.lang;
        let address = |path| format!("{}{}", chrome.base_url, layout::address(&path));
        Entry {
            title: edition.title().to_owned(),
            address: address(layout::page(site.graph(), entity, lang)),
            id: address(layout::first_page(site.graph(), entity, lang)),
            updated,
            published: entity.as_kind::<Article>().and_then(|_| moment(entity.date()?.value)),
            summary: edition.summary().map(str::to_owned),
            term: entity.kind.name(),
            media: media_on(site.reader(0), entity),
        }
    };
    let (title, page) = match only.and_then(|kind| site.reader(0).labels.listing(kind)) {
        Some(listing) => (format!("{}: {}", chrome.title, listing.title), listing.path.clone()),
        None => (chrome.title.clone(), String::new()),
    };
    let entries = entries.into_iter().take(MOST).map(entry).collect();
    Feed { page, title, subtitle: chrome.description, entries }
}

/// The moment of the entity's last change, or else its own date.
fn changed(entity: &Entity) -> Option<String> {
    moment(entity.common().updated.as_ref().or(entity.date())?.value)
}

/// The last moment that a date may mean, as RFC 3339 writes it, in UTC; a day is its start. `None` before the year 1,
/// which RFC 3339 does not have.
fn moment(date: Edtf) -> Option<String> {
    let last = match date {
        Edtf::Date(date) if date.time.is_some() => date.utc(),
        date => PartialDate::of(date.latest().or(date.earliest())?),
    };
    let iso = last.iso_of_our_era()?;
    Some(if last.time.is_some() { iso + "Z" } else { iso + "T00:00:00Z" })
}

fn of_corrections(builder: &SiteBuilder<'_>) -> Feed {
    let site = &builder.site;
    let (graph, base) = (site.graph(), &site.config().base_url);
    let locale = &site.locales()[0];
    let word = |key: &str| locale.word(&format!("special.corrections.{key}")).unwrap_or(key).to_owned();
    let text = |text: &Text| text.get(&locale.lang, graph.default_language()).0.to_owned();
    let entry = |change: &Change<'_>| {
        let entity = graph.entity(change.entity);
        let path = layout::page(graph, entity, &locale.lang);
        let first = layout::first_page(graph, entity, &locale.lang);
        let (term, number, summary) = match &change.what {
            What::Correction(number, correction) => {
                ("correction", (number + 1).to_string(), Some(text(&correction.text)))
            }
            What::Withdrawal(why) => ("withdrawal", change.date.to_string(), why.map(text)),
            What::Status(_, to, why) => {
                let label = locale.word(&format!("terms.status.{}.label", to.word())).unwrap_or(to.word());
                let why = why.map(text).map(|why| format!(": {why}")).unwrap_or_default();
                ("status", change.date.to_string(), Some(format!("{label}{why}")))
            }
            What::Note => ("note", change.date.to_string(), entity.original().summary().map(str::to_owned)),
        };
        Some(Entry {
            title: format!("{}: {}", word(term), entity.original().title()),
            address: format!("{base}{}", layout::address(&path)),
            id: format!("{base}{}#{term}-{number}", layout::address(&first)),
            updated: moment(change.date)?,
            published: None,
            summary,
            term,
            media: Vec::new(),
        })
    };
    Feed {
        page: site.corrections(0).map(|page| page.path).unwrap_or_default(),
        title: word("title"),
        subtitle: word("about"),
        entries: changes(graph).iter().filter_map(entry).take(MOST).collect(),
    }
}
