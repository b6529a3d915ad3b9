//! A feed in Atom (RFC 4287), which several outputs write.

use std::fmt::Write;

use super::xml::escaped;
use crate::base::date::Day;
use crate::shown::SiteInfo;

/// How many entries a feed has.
pub const MOST: usize = 50;

/// A feed.
pub struct Feed<'a> {
    /// Its file.
    pub file: &'a str,
    /// The page that shows the same, below the site's root.
    pub page: &'a str,
    /// What it is called.
    pub title: String,
    /// What it is.
    pub subtitle: String,
    /// The latest first.
    pub entries: Vec<Entry>,
}

/// An entry.
pub struct Entry {
    /// What it is called.
    pub title: String,
    /// Its page, as an absolute address.
    pub address: String,
    /// What tells it from others of the same page; part of its id.
    pub fragment: String,
    /// When it was, or changed.
    pub day: Day,
    /// What it says.
    pub summary: Option<String>,
    /// What it is.
    pub term: &'static str,
}

impl Feed<'_> {
    /// The feed as XML.
    pub fn xml(&self, chrome: &SiteInfo) -> String {
        let base = escaped(&chrome.base_url);
        let latest = self.entries.first().map_or(Day { year: 1970, month: 1, day: 1 }, |entry| entry.day);
        let id = if self.file == "atom.xml" { "" } else { self.file };
        let mut xml = format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"{}\">\n\
             <title>{}</title>\n<subtitle>{}</subtitle>\n<id>{base}{id}</id>\n<link rel=\"alternate\" href=\"{base}{}\"/>\n\
             <link rel=\"self\" type=\"application/atom+xml\" href=\"{base}{}\"/>\n<updated>{latest}T00:00:00Z</updated>\n\
             <author><name>{}</name></author>\n<generator>{}</generator>\n",
            chrome.lang,
            escaped(&self.title),
            escaped(&self.subtitle),
            escaped(self.page.strip_suffix("index.html").unwrap_or(self.page)),
            self.file,
            escaped(&chrome.title),
            chrome.generator,
        );
        for Entry { title, address, fragment, day, summary, term } in &self.entries {
            let (title, address) = (escaped(title), escaped(address));
            // Writing to a string cannot fail.
            let _ = write!(
                xml,
                "<entry><title>{title}</title><id>{address}{fragment}</id><link href=\"{address}\"/><updated>{day}T00:00:00Z</updated>",
            );
            if let Some(summary) = summary {
                let _ = write!(xml, "<summary>{}</summary>", escaped(summary));
            }
            let _ = writeln!(xml, "<category term=\"{term}\"/></entry>");
        }
        xml.push_str("</feed>\n");
        xml
    }
}
