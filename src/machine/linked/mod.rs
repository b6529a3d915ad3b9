//! The JSON-LD 1.1 of a page, in the schema.org vocabulary: one graph per page.
//!
//! Everything has the same id on all pages, in all languages and after a rename: the first URL that its page had in the
//! default language, with `#this`. If each translation of a text is a work of its own, each has its own id. Other
//! entities appear with id, type and name when they are first mentioned. If the dossier has no base URL yet, ids are
//! relative to the page. The JSON is written directly to a string for speed, because every page has it.

mod terms;

use std::borrow::Cow;

use crate::base::id::Lang;
use crate::base::json::{self, Open};
use crate::base::path::SitePath;
use crate::kinds::{Claim, Fact, Facts, Role, Value};
use crate::link::{EntityIx, layout};
use crate::reader::Reader;
use crate::shown::{Crumb, Listing, Media, Picture};
use crate::vocabulary::schema_org::{self, CORRECTION};
use crate::vocabulary::{Described, Term, links, says};

/// The fragment that identifies the main subject of a page.
const THIS: &str = "#this";

/// The subject of a page, if its JSON-LD describes more than the page.
#[derive(Copy, Clone)]
pub(crate) enum Subject<'a> {
    /// A page that search engines should not index: it has no JSON-LD.
    Nothing,
    /// The page only.
    Page,
    /// The home page of a dossier without an article.
    Home,
    /// An entity, with its other names, its picture, and the recordings and documents on its page.
    Entity(EntityIx, &'a [String], Option<&'a Picture>, &'a [&'a Media]),
    /// The entities that refer to this one.
    Referrers(EntityIx),
    /// A list, with the number of entries on its earlier pages.
    List(&'a Listing, usize),
}

/// The data for the JSON-LD of any page.
pub(crate) struct About<'a> {
    pub path: &'a SitePath,
    /// The relative path to the site's root.
    pub root: &'a str,
    pub title: &'a str,
    pub summary: Option<&'a str>,
    /// The breadcrumbs.
    pub crumbs: &'a [Crumb],
    pub subject: Subject<'a>,
}

/// The JSON-LD of a page, escaped for HTML. Empty for pages that search engines should not index.
pub(crate) fn json_ld(reader: Reader<'_>, about: &About<'_>) -> String {
    if matches!(about.subject, Subject::Nothing) {
        return String::new();
    }
    let is_hosted = reader.config.is_hosted();
    let mut out = Writer {
        reader,
        is_hosted,
        own: &layout::encoded(about.path),
        base: if is_hosted { &reader.config.base_url } else { about.root },
        named: Vec::new(),
        json: String::with_capacity(3 << 10),
    };
    out.graph(about);
    out.json
}

struct Writer<'a> {
    reader: Reader<'a>,
    is_hosted: bool,
    /// The address of the page.
    own: &'a str,
    /// The prefix of ids.
    base: &'a str,
    /// The entities already described on this page.
    named: Vec<EntityIx>,
    json: String,
}

impl<'a> Writer<'a> {
    fn graph(&mut self, about: &About<'_>) {
        self.json.push_str("{\"@context\":[\"https://schema.org\",{\"@language\":");
        json::string(self.reader.locale.lang.as_str(), &mut self.json);
        self.json.push_str("}],\"@graph\":");
        let mut graph = Open::array(&mut self.json);
        let described = match about.subject {
            Subject::Entity(ix, ..) => self.described(ix),
            _ => None,
        };
        graph.item(&mut self.json);
        self.page(about, described.is_some());
        if let (Subject::Entity(ix, aliases, image, _), Some(described)) = (about.subject, described) {
            graph.item(&mut self.json);
            self.entity(ix, described, aliases, image);
            self.review(ix, &mut graph);
        }
        if matches!(about.subject, Subject::Home) || *about.path == self.reader.home_path() {
            graph.item(&mut self.json);
            self.website();
        }
        graph.close(&mut self.json);
        self.json.push('}');
    }

    /// Writes the page itself.
    fn page(&mut self, about: &About<'_>, is_about_something: bool) {
        let mut node = Open::object(&mut self.json);
        node.key("@id", &mut self.json);
        self.address(self.own, "");
        let is_list = matches!(about.subject, Subject::List(..) | Subject::Referrers(_));
        node.text("@type", if is_list { "CollectionPage" } else { "WebPage" }, &mut self.json);
        node.text("inLanguage", self.reader.locale.lang.as_str(), &mut self.json);
        node.key("isPartOf", &mut self.json);
        self.site_id();
        if !about.crumbs.is_empty() {
            node.key("breadcrumb", &mut self.json);
            self.crumbs(about.crumbs);
        }
        let of = match about.subject {
            Subject::Entity(ix, ..) if is_about_something => Some(("mainEntity", ix)),
            Subject::Referrers(ix) => Some(("about", ix)),
            _ => None,
        };
        if let Some((property, ix)) = of {
            node.key(property, &mut self.json);
            self.bare(ix);
        }
        if !is_about_something {
            node.text("name", about.title, &mut self.json);
            if let Some(summary) = about.summary {
                node.text("description", summary, &mut self.json);
            }
        }
        match about.subject {
            Subject::List(listing, before) => {
                node.key("mainEntity", &mut self.json);
                self.list(listing, before);
            }
            Subject::Entity(ix, _, _, media) => {
                self.of_page(ix, &mut node);
                if !media.is_empty() {
                    node.key("associatedMedia", &mut self.json);
                    self.media(media);
                }
            }
            _ => {}
        }
        node.close(&mut self.json);
    }

    /// Writes the entries of a list; `before` is the number of entries on its earlier pages.
    fn list(&mut self, listing: &Listing, before: usize) {
        let total = listing.total;
        self.json
            .push_str(&format!("{{\"@type\":\"ItemList\",\"numberOfItems\":{total},\"itemListElement\":"));
        let mut list = Open::array(&mut self.json);
        let previews = listing.groups.iter().flat_map(|group| &group.items).map(|item| &item.preview);
        for (at, preview) in previews.enumerate() {
            list.item(&mut self.json);
            self.json
                .push_str(&format!("{{\"@type\":\"ListItem\",\"position\":{},\"name\":", before + at + 1));
            json::string(&preview.title, &mut self.json);
            self.json.push_str(",\"url\":");
            self.address(&preview.path, "");
            self.json.push('}');
        }
        list.close(&mut self.json);
        self.json.push('}');
    }

    /// Writes the properties that belong to the page if they are not written for its entity: only works have
    /// sources and corrections.
    fn of_page(&mut self, ix: EntityIx, node: &mut Open) {
        const TERMS: &[Term] = &[
            says("dateModified", &["updated"]),
            says("citation", &["sources"]),
            says("correction", &["corrections"]).shaped(CORRECTION),
        ];
        let entity = self.reader.graph.entity(ix);
        let own = self.described(ix).map_or(&[][..], |described| described.terms);
        let said = |term: &Term| own.iter().any(|other| other.labels().eq(term.labels()));
        let mut facts = Facts::default();
        facts.unshown(entity.common());
        facts.ending(entity.common());
        for term in TERMS.iter().filter(|term| !said(term)) {
            self.term(term, &facts.list, node);
        }
    }

    fn crumbs(&mut self, crumbs: &[Crumb]) {
        self.json.push_str("{\"@type\":\"BreadcrumbList\",\"itemListElement\":");
        let mut list = Open::array(&mut self.json);
        for (at, crumb) in crumbs.iter().enumerate() {
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
        let config = self.reader.config;
        node.text("name", &self.reader.text(&config.title), &mut self.json);
        let description = self.reader.text(&config.description);
        if !description.is_empty() {
            node.text("description", &description, &mut self.json);
        }
        node.key("url", &mut self.json);
        self.address("index.html", "");
        node.key("inLanguage", &mut self.json);
        let mut list = Open::array(&mut self.json);
        for locale in self.reader.site.locales() {
            list.item(&mut self.json);
            json::string(locale.lang.as_str(), &mut self.json);
        }
        list.close(&mut self.json);
        self.publisher(&mut node);
        node.close(&mut self.json);
    }

    fn publisher(&mut self, node: &mut Open) {
        let Some(publisher) = &self.reader.config.publisher else { return };
        node.key("publisher", &mut self.json);
        let mut organization = Open::object(&mut self.json);
        organization.text("@type", "Organization", &mut self.json);
        organization.text("name", &self.reader.text(&publisher.name), &mut self.json);
        if let Some(url) = &publisher.url {
            organization.text("url", url.as_str(), &mut self.json);
        }
        organization.close(&mut self.json);
    }

    /// Writes the main entity of the page.
    fn entity(
        &mut self,
        ix: EntityIx,
        described: &'static Described,
        aliases: &[String],
        image: Option<&Picture>,
    ) {
        let entity = self.reader.graph.entity(ix);
        let mut node = self.open(ix, described);
        let preview = self.reader.preview(ix);
        let foreign = preview.foreign.then_some(preview.lang.as_str());
        if described.per_edition {
            node.key("headline", &mut self.json);
            self.words(&preview.title, foreign);
            node.text("inLanguage", &preview.lang, &mut self.json);
            let property = if entity.original().input.lang.as_str() == preview.lang {
                "workTranslation"
            } else {
                "translationOfWork"
            };
            self.editions(ix, property, &mut node);
            self.publisher(&mut node);
        }
        if let Some(summary) = &preview.summary {
            node.key("description", &mut self.json);
            self.words(summary, foreign);
        }
        if !aliases.is_empty() {
            node.key("alternateName", &mut self.json);
            let mut list = Open::array(&mut self.json);
            for alias in aliases {
                list.item(&mut self.json);
                self.words(alias, foreign);
            }
            list.close(&mut self.json);
        }
        if let Some(image) = image {
            node.key("image", &mut self.json);
            self.image(image);
        }
        let facts = entity.all_facts();
        for term in described.terms {
            self.term(term, &facts.list, &mut node);
        }
        node.close(&mut self.json);
    }

    /// Writes the other editions of a text: for the original its translations, for a translation its
    /// original.
    fn editions(&mut self, ix: EntityIx, property: &str, node: &mut Open) {
        let entity = self.reader.graph.entity(ix);
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
            let path = &self.reader.in_language(self.number(&edition.input.lang)).preview(ix).path;
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

    /// Writes recordings and documents.
    fn media(&mut self, media: &[&Media]) {
        let mut list = Open::array(&mut self.json);
        for media in media {
            list.item(&mut self.json);
            let mut node = Open::object(&mut self.json);
            let sort = match media.sort {
                "video" => "VideoObject",
                "sound" => "AudioObject",
                "picture" => "ImageObject",
                _ => "MediaObject",
            };
            node.text("@type", sort, &mut self.json);
            node.key("name", &mut self.json);
            self.words(&media.title, media.lang.as_deref());
            node.key("contentUrl", &mut self.json);
            self.address(&media.path, "");
            let media_type = media.media_type.split(';').next().unwrap_or_default();
            node.text("encodingFormat", media_type, &mut self.json);
            node.text("contentSize", &format!("{} B", media.bytes), &mut self.json);
            node.text("sha256", &media.sha256, &mut self.json);
            if let Some(duration) = &media.duration {
                node.text("duration", &duration.iso, &mut self.json);
            }
            for (property, pixels) in [("width", media.width), ("height", media.height)] {
                if let Some(pixels) = pixels {
                    node.text(property, &format!("{pixels} px"), &mut self.json);
                }
            }
            if let Some(poster) = &media.poster {
                node.key("thumbnailUrl", &mut self.json);
                self.address(poster, "");
            }
            node.close(&mut self.json);
        }
        list.close(&mut self.json);
    }

    /// Writes the verdict on a claim, if there is one. A state that is not a verdict is not published as one.
    fn review(&mut self, ix: EntityIx, graph: &mut Open) {
        let entity = self.reader.graph.entity(ix);
        let Some(review) = entity.as_kind::<Claim>().and_then(|claim| claim.review.as_ref()) else { return };
        let Some(rating) = self.rating(review) else { return };
        graph.item(&mut self.json);
        let mut node = Open::object(&mut self.json);
        node.key("@id", &mut self.json);
        self.address(&self.page_of(ix), "#review");
        node.text("@type", "ClaimReview", &mut self.json);
        node.key("url", &mut self.json);
        match &review.url {
            Some(url) => json::string(url.as_str(), &mut self.json),
            None => self.address(self.own, ""),
        }
        node.text("claimReviewed", &self.reader.preview(ix).title, &mut self.json);
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

    /// Writes another entity: id, type and name on first mention, and only the id after that.
    fn reference(&mut self, id: &str) {
        let Some(ix) = self.reader.graph.by_id(id) else { return };
        match self.described(ix) {
            Some(described) if !self.named.contains(&ix) => {
                let node = self.open(ix, described);
                node.close(&mut self.json);
            }
            _ => self.bare(ix),
        }
    }

    /// Starts the node of an entity with its id, type and name.
    fn open(&mut self, ix: EntityIx, described: &'static Described) -> Open {
        self.named.push(ix);
        let mut node = Open::object(&mut self.json);
        node.key("@id", &mut self.json);
        self.address(&self.page_of(ix), THIS);
        self.types(described.types, &mut node);
        let preview = self.reader.preview(ix);
        node.key("name", &mut self.json);
        self.words(&preview.title, preview.foreign.then_some(preview.lang.as_str()));
        node
    }

    /// Writes only an id.
    fn bare(&mut self, ix: EntityIx) {
        let this = if self.described(ix).is_some() { THIS } else { "" };
        self.json.push_str("{\"@id\":");
        self.address(&self.page_of(ix), this);
        self.json.push('}');
    }

    fn site_id(&mut self) {
        self.json.push_str("{\"@id\":");
        self.address("index.html", "#site");
        self.json.push('}');
    }

    fn described(&self, ix: EntityIx) -> Option<&'static Described> {
        self.reader.graph.entity(ix).data()?.nature().map(schema_org::of)
    }

    /// The path of the page from which an entity's id is built, encoded: the first that it had.
    fn page_of(&self, ix: EntityIx) -> Cow<'a, str> {
        let (entity, graph) = (self.reader.graph.entity(ix), self.reader.graph);
        let lang = match self.described(ix).is_none_or(|described| described.per_edition) {
            true => &entity.edition_for(&self.reader.locale.lang).input.lang,
            false => graph.default_language(),
        };
        if !entity.common().formerly.is_empty() {
            return layout::encoded(&layout::first_page(graph, entity, lang)).into();
        }
        // Previews hold it already encoded.
        self.reader.in_language(self.number(lang)).preview(ix).path.as_str().into()
    }

    /// The index of a language. The default language comes first.
    fn number(&self, lang: &Lang) -> usize {
        self.reader.site.locales().iter().position(|locale| locale.lang == *lang).unwrap_or(0)
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

    /// Writes a string, with a language tag if it differs from the page's language.
    fn words(&mut self, words: &str, lang: Option<&str>) {
        let Some(lang) = lang else { return json::string(words, &mut self.json) };
        self.json.push_str("{\"@value\":");
        json::string(words, &mut self.json);
        self.json.push_str(",\"@language\":");
        json::string(lang, &mut self.json);
        self.json.push('}');
    }

    /// Writes an address below the site's root, with a fragment. The index page of a folder is written as the
    /// folder, but on a site without a base URL it is written in full, so that it can be opened from disk.
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
