//! The social cards of pages: the pictures in link previews on other sites.

use super::{maps, special};
use crate::base::id::Lang;
use crate::base::path::SitePath;
use crate::draw::letters::can_be_set;
use crate::draw::poster::{Accounts, MAP, Picture, Poster};
use crate::kinds::KindId;
use crate::link::{Entity, EntityIx, layout};
use crate::reader::{Reader, Site};
use crate::site::SiteInput;

impl Site<'_> {
    /// The social card of an entity's page, as SVG.
    pub(crate) fn poster(&self, ix: EntityIx, lang: usize) -> String {
        svg(self.reader(lang), ix)
    }
}

/// The path of the social card of an entity's page, if it has one.
pub(crate) fn path(reader: Reader<'_>, ix: EntityIx) -> Option<SitePath> {
    let path = layout::social_card(reader.graph, reader.graph.entity(ix), &reader.locale.lang);
    reader.site.map().find(&path).map(|_| path)
}

/// Whether an entity's page has a social card in a language: its kind has cards, and the embedded fonts cover
/// its title and the site's.
pub(crate) fn has_card(input: &SiteInput<'_>, entity: &Entity, lang: &Lang) -> bool {
    let edition = entity.edition_for(lang);
    let title = input.config.title.get(lang, input.graph.default_language()).0;
    input.config.social_cards.iter().any(|kind| kind.value == entity.kind.name())
        && can_be_set(edition.shown_title())
        && can_be_set(&input.config.dialect.shown(title, lang))
}

/// What a page is about, drawn: the route's map, how accounts of a claim differ, how claims flow through an actor or a
/// source.
fn picture(reader: Reader<'_>, ix: EntityIx) -> Option<Picture> {
    let map = || maps::on_card(reader, ix, &MAP).map(Picture::Map);
    let accounts = || {
        let number = *reader.site.evidence().divergences_of(ix).first()?;
        let plot = special::plot::plot(reader, number);
        let axis = plot.axis?.0;
        let path = &reader.preview(ix).path;
        let (mut rows, mut own) = (Vec::new(), 0);
        for row in plot.groups.into_iter().flat_map(|group| group.rows) {
            let Some(track) = row.track else { continue };
            if row.preview.path == *path {
                own = rows.len();
            }
            rows.push([row.said.into_iter().map(|piece| piece.text).collect::<String>(), row.who, track.0]);
        }
        Some(Picture::Accounts(Accounts { axis, rows, own, more: plot.more }))
    };
    let flow = || {
        let is_through = matches!(reader.graph.entity(ix).kind, KindId::Actor | KindId::Source);
        let flow = is_through.then(|| special::flow::around(reader, "", ix))??;
        Some(Picture::Flow(flow.drawing.0, flow.height))
    };
    map().or_else(accounts).or_else(flow)
}

fn svg(reader: Reader<'_>, ix: EntityIx) -> String {
    let (preview, locale) = (reader.preview(ix), reader.locale);
    let kind = locale.word(&format!("kinds.{}.singular", preview.kind)).unwrap_or(preview.kind);
    let label = |status| (status, locale.word(&format!("terms.status.{status}.label")).unwrap_or(status));
    let poster = Poster {
        above: match layout::is_home(reader.graph.entity(ix)) {
            true => kind.to_owned(),
            false => format!("{kind}  ·  {}", locale.isolated(&reader.title())),
        },
        title: &preview.title,
        summary: preview.summary.as_deref().unwrap_or_default(),
        status: preview.status.map(label),
        date: preview.date.as_ref().map(|date| date.text.as_str()),
        picture: picture(reader, ix),
        more: &|count| locale.counted("page.more", count as u64),
        direction: locale.direction,
    };
    poster.svg()
}
