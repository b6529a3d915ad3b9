//! `feed.json`, a `feed.json` next to the listing of each kind that has a feed, and `corrections.json`: the
//! [feeds](super::feed) as JSON Feed 1.1 (<https://www.jsonfeed.org/version/1.1/>).

use serde_json::{Value, json};

use super::feed::{self, Entry, Feed};
use super::{Output, Routes, SiteBuilder};
use crate::base::diagnostic::Diagnostic;
use crate::base::path::SitePath;
use crate::link::layout;
use crate::shown::Media;
use crate::site::{FileKey, SiteInput};

pub(crate) struct JsonFeed;

impl Output for JsonFeed {
    fn name(&self) -> &'static str {
        "JSON feed"
    }

    fn routes(&self, input: &SiteInput<'_>, routes: &mut Routes<'_>) {
        feed::add(input, "feed.json", "corrections.json", routes);
    }

    fn bytes(&self, builder: &SiteBuilder<'_>, path: &SitePath, key: FileKey) -> Result<Vec<u8>, Diagnostic> {
        let Feed { page, title, subtitle, entries } = feed::feed(builder, key);
        let chrome = builder.site.info(0);
        let base = &chrome.base_url;
        let feed = json!({
            "version": "https://jsonfeed.org/version/1.1",
            "title": title,
            "description": subtitle,
            "home_page_url": format!("{base}{}", page.strip_suffix("index.html").unwrap_or(&page)),
            "feed_url": format!("{base}{}", layout::encoded(path)),
            "language": chrome.lang,
            "authors": [{ "name": chrome.title, "url": base }],
            "items": entries.iter().map(item).collect::<Vec<Value>>(),
        });
        Ok(format!("{feed}\n").into_bytes())
    }
}

/// An item must have content. The full page is too rich for a feed, so the content is the summary, or else
/// the title.
fn item(entry: &Entry) -> Value {
    let mut item = json!({
        "id": entry.id,
        "url": entry.address,
        "title": entry.title,
        "content_text": entry.summary.as_ref().unwrap_or(&entry.title),
        "date_modified": entry.updated,
        "tags": [entry.term],
    });
    if let Some(published) = &entry.published {
        item["date_published"] = published.as_str().into();
    }
    if !entry.media.is_empty() {
        item["attachments"] = entry.media.iter().map(attachment).collect();
    }
    item
}

fn attachment(media: &Media) -> Value {
    let mut attachment = json!({
        "url": media.address.as_ref().unwrap_or(&media.path),
        "mime_type": media.media_type.split(';').next(),
        "title": media.title,
        "size_in_bytes": media.bytes,
    });
    if let Some(duration) = &media.duration {
        attachment["duration_in_seconds"] = duration.seconds.into();
    }
    attachment
}
