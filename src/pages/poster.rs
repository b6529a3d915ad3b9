//! The card of a page for other sites, such as a link preview shows.

use super::maps;
use crate::base::path::SitePath;
use crate::draw::poster::{MAP, Poster, can_be_set};
use crate::link::{EntityIx, layout};
use crate::reader::{Reader, Site};

impl Site<'_> {
    /// Where the card of an entity's page is, if it has one.
    pub fn poster_path(&self, ix: EntityIx, lang: usize) -> Option<SitePath> {
        path(self.reader(lang), ix)
    }

    /// The card of an entity's page, as SVG.
    pub fn poster(&self, ix: EntityIx, lang: usize) -> String {
        svg(self.reader(lang), ix)
    }
}

/// Where the card of an entity's page is; `None` where it has none: its kind has no cards, or its title is in a script
/// that the program has no letters for.
pub fn path(reader: Reader<'_>, ix: EntityIx) -> Option<SitePath> {
    let kind = reader.graph.entity(ix).kind.name();
    let is_wanted = reader.config.social_cards.iter().any(|wanted| wanted.value == kind)
        && can_be_set(&reader.preview(ix).title)
        && can_be_set(&reader.title());
    is_wanted.then(|| {
        let page = reader.page_path(ix);
        let stem = page.as_str().strip_suffix(".html").unwrap_or(page.as_str());
        format!("assets/cards/{stem}.png").into()
    })
}

fn svg(reader: Reader<'_>, ix: EntityIx) -> String {
    let (preview, locale) = (reader.preview(ix), reader.locale);
    let kind = locale.word(&format!("kinds.{}.singular", preview.kind)).unwrap_or(preview.kind);
    let label = |status| (status, locale.word(&format!("terms.status.{status}.label")).unwrap_or(status));
    let poster = Poster {
        above: match layout::is_home(reader.graph.entity(ix)) {
            true => kind.to_owned(),
            false => format!("{kind}  ·  {}", reader.title()),
        },
        title: &preview.title,
        summary: preview.summary.as_deref().unwrap_or_default(),
        status: preview.status.map(label),
        date: preview.date.as_ref().map(|date| date.text.as_str()),
        map: maps::on_card(reader, ix, &MAP),
    };
    poster.svg()
}
