//! `corrections.xml`: what was corrected and withdrawn, and how the status of claims changed, the latest first.

use super::atom::{Entry, Feed, MOST};
use super::{Bundle, Content, Output, Press};
use crate::base::text::Text;
use crate::evidence::history::{Change, What, changes};
use crate::link::layout;

/// See the module.
pub struct Corrections;

impl Output for Corrections {
    fn name(&self) -> &'static str {
        "corrections"
    }

    fn only(&self) -> Option<&'static str> {
        Some("corrections.xml")
    }

    fn fill(&self, press: &Press<'_>, bundle: &mut Bundle) {
        let site = &press.site;
        let (graph, chrome) = (site.graph(), site.info(0));
        let changes = changes(graph);
        if changes.is_empty() {
            return;
        }
        let locale = &site.locales()[0];
        let word = |key: &str| locale.word(&format!("special.corrections.{key}")).unwrap_or(key).to_owned();
        let text = |text: &Text| text.get(&locale.lang, graph.default_language()).0.to_owned();
        let entry = |change: &Change<'_>| {
            let entity = graph.entity(change.entity);
            let path = layout::page(graph, entity, &locale.lang);
            let (term, number, summary) = match &change.what {
                What::Correction(number, correction) => {
                    ("correction", (number + 1).to_string(), Some(text(&correction.text)))
                }
                What::Withdrawal(why) => ("withdrawal", change.date.to_string(), why.map(text)),
                What::Status(_, to, why) => {
                    let label =
                        locale.word(&format!("terms.status.{}.label", to.word())).unwrap_or(to.word());
                    let why = why.map(text).map(|why| format!(": {why}")).unwrap_or_default();
                    ("status", change.date.to_string(), Some(format!("{label}{why}")))
                }
                What::Note => {
                    ("note", change.date.to_string(), entity.original().summary().map(str::to_owned))
                }
            };
            Some(Entry {
                title: format!("{}: {}", word(term), entity.original().title()),
                address: format!("{}{}", chrome.base_url, layout::address(&path)),
                fragment: format!("#{term}-{number}"),
                day: change.date.latest().or(change.date.earliest())?,
                summary,
                term,
            })
        };
        let entries = changes.iter().filter_map(entry).take(MOST).collect();
        let page = site.corrections(0).map(|page| page.path).unwrap_or_default();
        let feed = Feed {
            file: "corrections.xml",
            page: &page,
            title: word("title"),
            subtitle: word("about"),
            entries,
        };
        bundle.add(feed.file.into(), Content::Bytes(feed.xml(&chrome).into_bytes()));
    }
}
