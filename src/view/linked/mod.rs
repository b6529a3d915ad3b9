//! What a page says to machines: JSON-LD 1.1 in the words of schema.org, one graph a page.
//!
//! Every thing has one id on all pages and in all languages, its page in the default language and `#this`; a text of which each
//! translation is a work of its own has one for each. What a page names of others is their id, type and name, once. Where the
//! dossier has no address yet, ids are relative to the page. The JSON is written straight into a string: it is on every page.

mod terms;

use super::Site;
use super::page::{Listing, Page, Picture};
use crate::base::id::Lang;
use crate::base::json::{self, Open};
use crate::kinds::{Claim, Fact, Facts, Role, Value};
use crate::link::{EntityIx, layout};
use crate::site::{LONGEST_LIST, PageId};
use crate::vocabulary::schema_org::{self, CORRECTION};
use crate::vocabulary::{Described, Term, links, says};

/// What the things of a page's own are called within it.
const THIS: &str = "#this";

impl Site<'_> {
    /// The JSON-LD of a page, such that it can stand in HTML; empty on pages that nobody should find.
    pub(super) fn linked(&self, id: &PageId, page: &Page) -> String {
        let lang = match id {
            PageId::NotFound | PageId::Print(_) | PageId::Redirect(..) => return String::new(),
            PageId::Entity(_, lang)
            | PageId::Listing(_, lang, _)
            | PageId::Referrers(_, lang, _)
            | PageId::Home(lang)
            | PageId::Map(lang)
            | PageId::Special(_, lang) => *lang,
        };
        let entity = match id {
            PageId::Entity(ix, _) => Some(*ix),
            _ => None,
        };
        let is_hosted = self.config.is_hosted();
        let base = if is_hosted { &self.config.base_url } else { &page.root };
        let own = layout::encoded(&page.path);
        let mut out = Writer {
            site: self,
            lang,
            is_hosted,
            own: &own,
            base,
            named: Vec::new(),
            json: String::with_capacity(3 << 10),
        };
        out.graph(id, entity, page);
        out.json
    }
}

struct Writer<'a> {
    site: &'a Site<'a>,
    lang: usize,
    is_hosted: bool,
    /// Where the page is.
    own: &'a str,
    /// What ids start with.
    base: &'a str,
    /// What was named already.
    named: Vec<EntityIx>,
    json: String,
}

impl<'a> Writer<'a> {
    fn graph(&mut self, id: &PageId, entity: Option<EntityIx>, page: &Page) {
        self.json.push_str("{\"@context\":[\"https://schema.org\",{\"@language\":");
        json::string(&page.lang, &mut self.json);
        self.json.push_str("}],\"@graph\":");
        let mut graph = Open::array(&mut self.json);
        let described = entity.and_then(|ix| Some((ix, self.described(ix)?)));
        graph.item(&mut self.json);
        self.page(id, page, described.is_some());
        if let Some((ix, described)) = described {
            graph.item(&mut self.json);
            self.entity(ix, described, page);
            self.review(ix, &mut graph);
        }
        if matches!(id, PageId::Home(_)) || page.path == self.site.home(self.lang) {
            graph.item(&mut self.json);
            self.website();
        }
        graph.close(&mut self.json);
        self.json.push('}');
    }

    /// The page itself.
    fn page(&mut self, id: &PageId, page: &Page, is_about_something: bool) {
        let mut node = Open::object(&mut self.json);
        node.key("@id", &mut self.json);
        self.address(self.own, "");
        let is_list = matches!(id, PageId::Listing(..) | PageId::Referrers(..));
        node.text("@type", if is_list { "CollectionPage" } else { "WebPage" }, &mut self.json);
        node.text("inLanguage", &page.lang, &mut self.json);
        node.key("isPartOf", &mut self.json);
        self.site_id();
        if !page.crumbs.is_empty() {
            node.key("breadcrumb", &mut self.json);
            self.crumbs(page);
        }
        let of = match id {
            PageId::Entity(ix, _) if is_about_something => Some(("mainEntity", *ix)),
            PageId::Referrers(ix, ..) => Some(("about", *ix)),
            _ => None,
        };
        if let Some((property, ix)) = of {
            node.key(property, &mut self.json);
            self.bare(ix);
        }
        if !is_about_something {
            node.text("name", &page.title, &mut self.json);
            if let Some(summary) = &page.summary {
                node.text("description", summary, &mut self.json);
            }
        }
        if let Some(listing) = &page.listing {
            node.key("mainEntity", &mut self.json);
            self.list(listing, page.part.as_ref().map_or(0, |part| part.number - 1) * LONGEST_LIST);
        }
        if let PageId::Entity(ix, _) = id {
            self.of_page(*ix, &mut node);
        }
        node.close(&mut self.json);
    }

    /// What a page lists, of a list that so many came before in.
    fn list(&mut self, listing: &Listing, before: usize) {
        let total = listing.total;
        self.json
            .push_str(&format!("{{\"@type\":\"ItemList\",\"numberOfItems\":{total},\"itemListElement\":"));
        let mut list = Open::array(&mut self.json);
        let cards = listing.groups.iter().flat_map(|group| &group.items).map(|item| &item.card);
        for (at, card) in cards.enumerate() {
            list.item(&mut self.json);
            self.json
                .push_str(&format!("{{\"@type\":\"ListItem\",\"position\":{},\"name\":", before + at + 1));
            json::string(&card.title, &mut self.json);
            self.json.push_str(",\"url\":");
            self.address(&card.path, "");
            self.json.push('}');
        }
        list.close(&mut self.json);
        self.json.push('}');
    }

    /// What is said of the page, where it is not said of its entity: only works have sources and corrections.
    fn of_page(&mut self, ix: EntityIx, node: &mut Open) {
        const TERMS: &[Term] = &[
            says("dateModified", &["updated"]),
            says("citation", &["sources"]),
            says("correction", &["corrections"]).shaped(CORRECTION),
        ];
        let entity = self.site.graph.entity(ix);
        let own = self.described(ix).map_or(&[][..], |described| described.terms);
        let said = |term: &Term| own.iter().any(|other| other.labels().eq(term.labels()));
        let mut facts = Facts::default();
        facts.unshown(entity.common());
        facts.ending(entity.common());
        for term in TERMS.iter().filter(|term| !said(term)) {
            self.term(term, &facts.list, node);
        }
    }

    fn crumbs(&mut self, page: &Page) {
        self.json.push_str("{\"@type\":\"BreadcrumbList\",\"itemListElement\":");
        let mut list = Open::array(&mut self.json);
        for (at, crumb) in page.crumbs.iter().enumerate() {
            list.item(&mut self.json);
            self.json.push_str(&format!("{{\"@type\":\"ListItem\",\"position\":{},\"name\":", at + 1));
            json::string(&crumb.title, &mut self.json);
            self.json.push_str(",\"item\":{\"@id\":");
            self.address(&crumb.path, "");
            self.json.push_str("}}");
        }
        list.close(&mut self.json);
        self.json.push('}');
    }

    fn website(&mut self) {
        let mut node = Open::object(&mut self.json);
        node.key("@id", &mut self.json);
        self.address("index.html", "#site");
        node.text("@type", "WebSite", &mut self.json);
        let config = self.site.config;
        node.text("name", &self.site.text(&config.title, self.lang), &mut self.json);
        let description = self.site.text(&config.description, self.lang);
        if !description.is_empty() {
            node.text("description", &description, &mut self.json);
        }
        node.key("url", &mut self.json);
        self.address("index.html", "");
        node.key("inLanguage", &mut self.json);
        let mut list = Open::array(&mut self.json);
        for locale in self.site.locales {
            list.item(&mut self.json);
            json::string(locale.lang.as_str(), &mut self.json);
        }
        list.close(&mut self.json);
        self.publisher(&mut node);
        node.close(&mut self.json);
    }

    fn publisher(&mut self, node: &mut Open) {
        let Some(publisher) = &self.site.config.publisher else { return };
        node.key("publisher", &mut self.json);
        let mut organization = Open::object(&mut self.json);
        organization.text("@type", "Organization", &mut self.json);
        organization.text("name", &self.site.text(&publisher.name, self.lang), &mut self.json);
        if let Some(url) = &publisher.url {
            organization.text("url", url.as_str(), &mut self.json);
        }
        organization.close(&mut self.json);
    }

    /// What the page is about.
    fn entity(&mut self, ix: EntityIx, described: &'static Described, page: &Page) {
        let entity = self.site.graph.entity(ix);
        let mut node = self.open(ix, described);
        let card = self.site.card(ix, self.lang);
        let foreign = card.foreign.then_some(card.lang.as_str());
        if described.per_edition {
            node.key("headline", &mut self.json);
            self.words(&card.title, foreign);
            node.text("inLanguage", &card.lang, &mut self.json);
            let property = if entity.original().input.lang.as_str() == card.lang {
                "workTranslation"
            } else {
                "translationOfWork"
            };
            self.editions(ix, property, &mut node);
            self.publisher(&mut node);
        }
        if let Some(summary) = &card.summary {
            node.key("description", &mut self.json);
            self.words(summary, foreign);
        }
        if !page.aliases.is_empty() {
            node.key("alternateName", &mut self.json);
            let mut list = Open::array(&mut self.json);
            for alias in &page.aliases {
                list.item(&mut self.json);
                self.words(alias, foreign);
            }
            list.close(&mut self.json);
        }
        if let Some(image) = &page.image {
            node.key("image", &mut self.json);
            self.image(image);
        }
        let facts = entity.all_facts();
        for term in described.terms {
            self.term(term, &facts.list, &mut node);
        }
        node.close(&mut self.json);
    }

    /// The other editions of a text: of the original its translations, of a translation the original.
    fn editions(&mut self, ix: EntityIx, property: &str, node: &mut Open) {
        let entity = self.site.graph.entity(ix);
        let others: Vec<_> = match property {
            "translationOfWork" => vec![entity.original()],
            _ => entity.editions.iter().skip(1).collect(),
        };
        if others.is_empty() {
            return;
        }
        node.key(property, &mut self.json);
        let mut list = Open::array(&mut self.json);
        for edition in others {
            list.item(&mut self.json);
            self.json.push_str("{\"@id\":");
            let path = &self.site.card(ix, self.number(&edition.input.lang)).path;
            self.address(path, THIS);
            self.json.push('}');
        }
        list.close(&mut self.json);
    }

    fn image(&mut self, image: &Picture) {
        self.json.push_str("{\"@type\":\"ImageObject\",\"contentUrl\":");
        self.address(&image.src, "");
        let words = [("caption", image.caption.as_deref()), ("creditText", image.credit.as_deref())];
        for (property, words) in words {
            if let Some(words) = words {
                self.json.push_str(&format!(",\"{property}\":"));
                json::string(words, &mut self.json);
            }
        }
        self.json.push('}');
    }

    /// The verdict on a claim, where somebody gave one. A state that is no verdict is not published as one.
    fn review(&mut self, ix: EntityIx, graph: &mut Open) {
        let entity = self.site.graph.entity(ix);
        let Some(review) = entity.as_kind::<Claim>().and_then(|claim| claim.review.as_ref()) else { return };
        let Some(rating) = self.rating(review) else { return };
        graph.item(&mut self.json);
        let mut node = Open::object(&mut self.json);
        node.key("@id", &mut self.json);
        self.address(self.page_of(ix), "#review");
        node.text("@type", "ClaimReview", &mut self.json);
        node.key("url", &mut self.json);
        match &review.url {
            Some(url) => json::string(url.as_str(), &mut self.json),
            None => self.address(self.own, ""),
        }
        node.text("claimReviewed", &self.site.card(ix, self.lang).title, &mut self.json);
        node.key("itemReviewed", &mut self.json);
        self.bare(ix);
        node.key("reviewRating", &mut self.json);
        self.json.push_str(&rating);
        let values: Vec<Value<'_>> = review.by.iter().map(|by| Value::Ref(by, Role::By)).collect();
        let date = review.date.as_ref().map(Value::Date);
        let facts = [
            Fact { label: Role::By.word(), values },
            Fact { label: "date", values: date.into_iter().collect() },
        ];
        const TERMS: [Term; 2] = [links("author", &[Role::By]), says("datePublished", &["date"])];
        for term in &TERMS {
            self.term(term, &facts, &mut node);
        }
        node.close(&mut self.json);
    }

    /// Another entity: id, type and name where it is first named, then its id.
    fn reference(&mut self, id: &str) {
        let Some(ix) = self.site.graph.by_id(id) else { return };
        match self.described(ix) {
            Some(described) if !self.named.contains(&ix) => {
                let node = self.open(ix, described);
                node.close(&mut self.json);
            }
            _ => self.bare(ix),
        }
    }

    /// Opens what is said of an entity: id, type and name.
    fn open(&mut self, ix: EntityIx, described: &'static Described) -> Open {
        self.named.push(ix);
        let mut node = Open::object(&mut self.json);
        node.key("@id", &mut self.json);
        self.address(self.page_of(ix), THIS);
        self.types(described.types, &mut node);
        let card = self.site.card(ix, self.lang);
        node.key("name", &mut self.json);
        self.words(&card.title, card.foreign.then_some(card.lang.as_str()));
        node
    }

    /// Only an id.
    fn bare(&mut self, ix: EntityIx) {
        let this = if self.described(ix).is_some() { THIS } else { "" };
        self.json.push_str("{\"@id\":");
        self.address(self.page_of(ix), this);
        self.json.push('}');
    }

    fn site_id(&mut self) {
        self.json.push_str("{\"@id\":");
        self.address("index.html", "#site");
        self.json.push('}');
    }

    fn described(&self, ix: EntityIx) -> Option<&'static Described> {
        self.site.graph.entity(ix).data()?.nature().map(schema_org::of)
    }

    /// The page that an entity's id is made of. Cards hold it as it is written in addresses.
    fn page_of(&self, ix: EntityIx) -> &'a str {
        let entity = self.site.graph.entity(ix);
        let per_edition = self.described(ix).is_none_or(|described| described.per_edition);
        let lang = match per_edition {
            true => self.number(&entity.edition_for(&self.site.locales[self.lang].lang).input.lang),
            false => 0,
        };
        &self.site.card(ix, lang).path
    }

    /// The number of a language; the default one has the first.
    fn number(&self, lang: &Lang) -> usize {
        self.site.locales.iter().position(|locale| locale.lang == *lang).unwrap_or(0)
    }

    fn types(&mut self, types: &[&str], node: &mut Open) {
        match types {
            [one] => node.text("@type", one, &mut self.json),
            several => {
                node.key("@type", &mut self.json);
                let mut list = Open::array(&mut self.json);
                for name in several {
                    list.item(&mut self.json);
                    json::string(name, &mut self.json);
                }
                list.close(&mut self.json);
            }
        }
    }

    /// Words, with their language where it is not the page's.
    fn words(&mut self, words: &str, lang: Option<&str>) {
        let Some(lang) = lang else { return json::string(words, &mut self.json) };
        self.json.push_str("{\"@value\":");
        json::string(words, &mut self.json);
        self.json.push_str(",\"@language\":");
        json::string(lang, &mut self.json);
        self.json.push('}');
    }

    /// An address below the site's root, with a fragment. A folder's own page is known by the folder; but on a site without an
    /// address it is named in full, so that it opens from a disk.
    fn address(&mut self, path: &str, fragment: &str) {
        let path = match path.strip_suffix("index.html") {
            Some(folder) if self.is_hosted && (folder.is_empty() || folder.ends_with('/')) => folder,
            _ => path,
        };
        self.json.push('"');
        for part in [self.base, path, fragment] {
            json::escape(part, &mut self.json);
        }
        self.json.push('"');
    }
}
