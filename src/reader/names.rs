//! Names and page addresses in one language.

use std::sync::Arc;

use super::Reader;
use crate::base::date::Edtf;
use crate::base::path::SitePath;
use crate::base::text::Text;
use crate::kinds::{Actor, KindId, Ref};
use crate::link::{Entity, EntityIx, layout};
use crate::shown::{Crumb, Date, Medium, Preview, Who};
use crate::site::LONGEST_LIST;

impl<'a> Reader<'a> {
    /// The same site in another language.
    pub(crate) fn in_language(self, lang: usize) -> Reader<'a> {
        self.site.reader(lang)
    }

    /// The preview of an entity.
    pub(crate) fn preview(self, ix: EntityIx) -> &'a Arc<Preview> {
        self.previews.get(ix)
    }

    /// The previews of these entities.
    pub(crate) fn previews_of(self, list: &[EntityIx]) -> Vec<Arc<Preview>> {
        list.iter().map(|ix| self.preview(*ix).clone()).collect()
    }

    /// The previews of the entities that these references lead to.
    pub(crate) fn previews_at<'r>(self, refs: impl Iterator<Item = &'r Ref>) -> Vec<Arc<Preview>> {
        refs.filter_map(|reference| Some(self.preview(self.graph.by_id(&reference.id)?).clone())).collect()
    }

    /// A text in this language, or else in the default language.
    pub(crate) fn text(self, text: &Text) -> String {
        text.get(&self.locale.lang, self.graph.default_language()).0.to_owned()
    }

    /// A date, formatted for this language.
    pub(crate) fn date(self, date: Edtf) -> Date {
        Date::of(date, self.locale)
    }

    /// The name of the site.
    pub(crate) fn title(self) -> String {
        self.config.dialect.shown(&self.text(&self.config.title), &self.locale.lang)
    }

    /// The name of an entity within a sentence.
    pub(crate) fn called(self, ix: EntityIx) -> String {
        let actor = self.graph.entity(ix).as_kind::<Actor>();
        match actor.and_then(|actor| actor.called.as_ref()) {
            Some(called) => self.text(called),
            None => self.preview(ix).title.clone(),
        }
    }

    /// These entities, each with its name within a sentence.
    pub(crate) fn who(self, list: &[EntityIx]) -> Vec<Who> {
        list.iter().map(|ix| self.who_is(*ix)).collect()
    }

    /// An entity, with its name within a sentence.
    pub(crate) fn who_is(self, ix: EntityIx) -> Who {
        Who { preview: self.preview(ix).clone(), called: self.called(ix) }
    }

    pub(crate) fn page_path(self, ix: EntityIx) -> SitePath {
        layout::page(self.graph, self.graph.entity(ix), &self.locale.lang)
    }

    pub(crate) fn home_path(self) -> SitePath {
        layout::home(&self.locale.lang, self.graph.default_language())
    }

    /// The path of the first page of a kind's list.
    pub(crate) fn listing_path(self, kind: KindId) -> SitePath {
        layout::listing(kind, &self.locale.lang, self.graph.default_language())
    }

    /// The path of a page about the evidence.
    pub(crate) fn special_path(self, file: &str) -> SitePath {
        layout::special(file, &self.locale.lang, self.graph.default_language())
    }

    /// The address of a source's entry in the bibliography, if the site has one. Books have no bibliography,
    /// because their sources form a chapter.
    pub(crate) fn bibliography_entry(self, source: EntityIx) -> Option<String> {
        self.site.citer.filter(|_| self.medium == Medium::Site)?;
        let page = self.orders.position(source) as usize / LONGEST_LIST;
        let page = layout::part(&self.special_path("bibliography"), page);
        Some(format!("{}#source-{}", layout::encoded(&page), self.graph.entity(source).id))
    }

    /// The breadcrumbs of an entity's page.
    pub(crate) fn crumbs(self, entity: &Entity) -> Vec<Crumb> {
        if layout::is_home(entity) {
            return Vec::new();
        }
        let mut crumbs = Vec::with_capacity(2);
        crumbs.push(self.labels.home.clone());
        crumbs.extend(self.labels.listing(entity.kind).cloned());
        crumbs
    }

    /// The kinds that have a listing page.
    pub(crate) fn listed(self) -> impl Iterator<Item = KindId> + 'a {
        KindId::ALL.iter().copied().filter(move |&kind| self.labels.listing(kind).is_some())
    }
}

/// Capitalises the first letter of a text.
pub(crate) fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map(|first| first.to_uppercase().chain(chars).collect()).unwrap_or_default()
}
