//! `atom.xml`, an `atom.xml` next to the listing of each kind that has a feed, and `corrections.xml`: the
//! [feeds](super::feed) in Atom (RFC 4287).

use std::fmt::Write;

use super::feed::{self, Entry, Feed};
use super::xml::escaped;
use super::{Output, Routes, SiteBuilder};
use crate::base::diagnostic::Diagnostic;
use crate::base::path::SitePath;
use crate::link::layout;
use crate::shown::SiteInfo;
use crate::site::{FileKey, SiteInput};

pub(crate) struct Atom;

impl Output for Atom {
    fn name(&self) -> &'static str {
        "Atom feed"
    }

    fn routes(&self, input: &SiteInput<'_>, routes: &mut Routes<'_>) {
        feed::add(input, layout::ATOM, "corrections.xml", routes);
    }

    fn bytes(&self, builder: &SiteBuilder<'_>, path: &SitePath, key: FileKey) -> Result<Vec<u8>, Diagnostic> {
        Ok(xml(&feed::feed(builder, key), path, &builder.site.info(0)).into_bytes())
    }
}

fn xml(feed: &Feed, path: &SitePath, chrome: &SiteInfo) -> String {
    let base = escaped(&chrome.base_url);
    let latest = feed.entries.first().map_or("1970-01-01T00:00:00Z", |entry| &entry.updated);
    let id = if path.as_str() == layout::ATOM { "" } else { path.as_str() };
    let mut xml = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"{}\">\n\
         <title>{}</title>\n<subtitle>{}</subtitle>\n<id>{base}{id}</id>\n<link rel=\"alternate\" href=\"{base}{}\"/>\n\
         <link rel=\"self\" type=\"application/atom+xml\" href=\"{base}{path}\"/>\n<updated>{latest}</updated>\n\
         <author><name>{}</name></author>\n<generator>{}</generator>\n",
        chrome.lang,
        escaped(&feed.title),
        escaped(&feed.subtitle),
        escaped(feed.page.strip_suffix("index.html").unwrap_or(&feed.page)),
        escaped(&chrome.title),
        chrome.generator,
    );
    for Entry { title, address, id, updated, published, summary, term, media } in &feed.entries {
        let (title, address, id) = (escaped(title), escaped(address), escaped(id));
        // Writing to a string cannot fail.
        let _ = write!(
            xml,
            "<entry><title>{title}</title><id>{id}</id><link href=\"{address}\"/><updated>{updated}</updated>",
        );
        if let Some(published) = published {
            let _ = write!(xml, "<published>{published}</published>");
        }
        if let Some(summary) = summary {
            let _ = write!(xml, "<summary>{}</summary>", escaped(summary));
        }
        for media in media {
            let _ = write!(
                xml,
                "<link rel=\"enclosure\" type=\"{}\" length=\"{}\" title=\"{}\" href=\"{}\"/>",
                media.media_type.split(';').next().unwrap_or_default(),
                media.bytes,
                escaped(&media.title),
                escaped(media.address.as_ref().unwrap_or(&media.path)),
            );
        }
        let _ = writeln!(xml, "<category term=\"{term}\"/></entry>");
    }
    xml.push_str("</feed>\n");
    xml
}
