//! A source: where something was read, heard or seen.

use serde::Deserialize;

use super::described::{CORRECTION, Term, says, shaped};
use super::facts::{Facts, Value};
use super::words::{Reliability, SourceType};
use super::{Act, Common, Described, Group, Kind, KindId, Order, Ref, SocialCards, Spec, Url};
use crate::base::date::Edtf;
use crate::base::id::Lang;
use crate::base::span::Spanned;

/// A publication, a broadcast, a document.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Source {
    /// What it is, by CSL's item types.
    pub r#type: Option<SourceType>,
    /// Who wrote it.
    pub authors: Vec<String>,
    /// Who published it.
    pub publisher: Vec<Ref>,
    /// When.
    pub published: Option<Spanned<Edtf>>,
    /// When the dossier's authors read it.
    pub accessed: Option<Spanned<Edtf>>,
    /// Where it is on the web.
    pub url: Option<Spanned<Url>>,
    /// An archived copy.
    pub archive: Option<Spanned<Url>>,
    /// The Admiralty code's first half.
    pub reliability: Option<Reliability>,
    /// The language it is in.
    pub language: Option<Lang>,
    /// A copy of it, beside this file.
    pub file: Option<Spanned<String>>,
    /// Whose words it passes on: actors or other sources.
    pub relays: Vec<Ref>,
}

static WORK: Described = Described::new(&["CreativeWork"], TERMS);
static NEWS: Described = Described::new(&["NewsArticle"], TERMS);
static SCHOLARLY: Described = Described::new(&["ScholarlyArticle"], TERMS);
static ARTICLE: Described = Described::new(&["Article"], TERMS);
static POST: Described = Described::new(&["SocialMediaPosting"], TERMS);
static BLOG: Described = Described::new(&["BlogPosting"], TERMS);
static WEB_PAGE: Described = Described::new(&["WebPage"], TERMS);
static REPORT: Described = Described::new(&["Report"], TERMS);
static BOOK: Described = Described::new(&["Book"], TERMS);
static DATASET: Described = Described::new(&["Dataset"], TERMS);
static MAP: Described = Described::new(&["Map"], TERMS);
static THESIS: Described = Described::new(&["Thesis"], TERMS);
static LEGISLATION: Described = Described::new(&["Legislation"], TERMS);

const TERMS: &[Term] = &[
    says("author", &["authors"]),
    says("publisher", &["publisher"]),
    says("datePublished", &["published"]),
    says("inLanguage", &["language"]),
    says("url", &["url"]),
    says("archivedAt", &["archive"]),
    says("mentions", &["relays"]),
    says("citation", &["sources"]),
    shaped("correction", &["corrections"], CORRECTION),
    says("sameAs", &["same_as"]),
];

static FTM_ARTICLE: Described = Described::new(&["Article"], FTM_TERMS);
static FTM_DOCUMENT: Described = Described::new(&["HyperText"], FTM_TERMS);

const FTM_TERMS: &[Term] = &[
    says("author", &["authors"]),
    says("publisher", &["publisher"]),
    says("publishedAt", &["published"]),
    says("retrievedAt", &["accessed"]),
    says("sourceUrl", &["url"]),
    says("language", &["language"]),
    says("keywords", &["type"]),
];

impl Kind for Source {
    const SPEC: Spec = Spec {
        name: "source",
        folder: "sources",
        about: "a publication, document or recording that claims rest on",
        order: Order::Date,
        group: Group::Fact("type"),
        social_cards: SocialCards::All,
        needs_referrer: true,
        template: "summary:\ntype: webpage\n# authors: [Family name, Given name]\n# publisher: id-of-an-actor\npublished: {today}\n\
                   # accessed: {today}\n# url: https://example.org/\n# archive: https://web.archive.org/…\n# reliability: B       # A to F\n# language: id\n",
    };

    const ACT: Option<Act> = Some(Act::Published);

    fn facts<'a>(&'a self, common: &'a Common, facts: &mut Facts<'a>) {
        facts.add("type", self.r#type.map(|t| Value::Term(SourceType::VOCABULARY, t.word())));
        facts.add("authors", self.authors.iter().map(|name| Value::Name(name)));
        facts.refs("publisher", &self.publisher, &[KindId::Actor]);
        facts.add("published", self.published.as_ref().map(Value::Date));
        facts.refs("relays", &self.relays, &[KindId::Actor, KindId::Source]);
        facts.add("reliability", self.reliability.map(|r| Value::Term(Reliability::VOCABULARY, r.word())));
        facts.add("language", self.language.as_ref().map(|l| Value::Language(l.as_str())));
        facts.add("url", self.url.as_ref().map(Value::Url));
        facts.add("archive", self.archive.as_ref().map(Value::Url));
        facts.add("accessed", self.accessed.as_ref().map(Value::Date));
        facts.ending(common);
    }

    fn date<'a>(&'a self, common: &'a Common) -> Option<&'a Spanned<Edtf>> {
        self.published.as_ref().or(common.date.as_ref())
    }

    fn schema_org(&self) -> Option<&'static Described> {
        use super::words::SourceType::*;
        Some(match self.r#type {
            Some(ArticleNewspaper) => &NEWS,
            Some(ArticleJournal | PaperConference) => &SCHOLARLY,
            Some(Article | ArticleMagazine) => &ARTICLE,
            Some(Post) => &POST,
            Some(PostWeblog) => &BLOG,
            Some(Webpage) => &WEB_PAGE,
            Some(Report) => &REPORT,
            Some(Book) => &BOOK,
            Some(Dataset) => &DATASET,
            Some(Map) => &MAP,
            Some(Thesis) => &THESIS,
            Some(Legislation | Bill | Regulation | Treaty) => &LEGISLATION,
            _ => &WORK,
        })
    }

    fn follow_the_money(&self) -> Option<&'static Described> {
        use super::words::SourceType::*;
        Some(match self.r#type {
            Some(Article | ArticleJournal | ArticleMagazine | ArticleNewspaper) => &FTM_ARTICLE,
            _ => &FTM_DOCUMENT,
        })
    }
}
