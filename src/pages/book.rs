//! The dossier as a book: which pages it contains, in what order, and with what numbers. `render` renders and
//! binds them for the print edition and the EPUB.

use std::collections::{BTreeSet, VecDeque};

use super::head::HeadParts;
use super::{entity, special};
use crate::base::date::{Day, Edtf, PartialDate};
use crate::base::path::SitePath;
use crate::config::BookFormat;
use crate::kinds::{Article, KindId};
use crate::link::{Entity, EntityIx, Graph, Target, layout};
use crate::machine::Subject;
use crate::reader::{Reader, Site};
use crate::shown::{Book, Chapter, Medium, Page, PrintPage, Section, SectionHtml};

/// The kinds in chapter order: the chapters that are printed by default, then the others. The pages about the
/// evidence come before the events.
const ORDER: [KindId; 9] = [
    KindId::Article,
    KindId::Claim,
    KindId::Source,
    KindId::Event,
    KindId::Route,
    KindId::Actor,
    KindId::Place,
    KindId::Note,
    KindId::Page,
];

impl Site<'_> {
    /// The path of the print edition.
    pub(crate) fn print_path(&self, lang: usize) -> SitePath {
        layout::print(&self.locales()[lang].lang, self.graph().default_language())
    }

    /// The address of the EPUB, if there is one.
    pub(crate) fn epub(&self, lang: usize) -> Option<String> {
        let path = layout::epub(&self.locales()[lang].lang, self.graph().default_language());
        self.map().find(&path).map(|_| layout::encoded(&path))
    }

    /// The book formats that the site offers, each with the base address of links to the site; empty if there
    /// is none.
    pub(crate) fn book_roots(&self, lang: usize) -> Vec<(BookFormat, String)> {
        let root = |format: &BookFormat| match format {
            BookFormat::Print => (*format, self.print_path(lang).to_root()),
            BookFormat::Epub if self.config().is_hosted() => (*format, self.config().base_url.to_string()),
            BookFormat::Epub => (*format, String::new()),
        };
        self.config().books.formats(self.graph().entities.len()).iter().map(root).collect()
    }

    pub(crate) fn book(&self, lang: usize) -> Book {
        book(self.reader(lang))
    }
}

/// The page of the print edition.
pub(crate) fn page(reader: Reader<'_>) -> PrintPage {
    let title = reader.locale.word("book.print").unwrap_or("print").to_owned();
    let edition = |lang: usize| Some(reader.site.print_path(lang));
    let parts = HeadParts {
        subject: Subject::Nothing,
        ..HeadParts::new("print.html", reader.site.print_path(reader.lang), title, &edition)
    };
    PrintPage { head: parts.head(reader), book: book(reader) }
}

fn book(reader: Reader<'_>) -> Book {
    let reader = Reader { medium: Medium::Book, ..reader };
    let (site, graph) = (reader.site, reader.graph);
    let chosen = chosen(reader);
    let word = |key: &str| reader.locale.word(&format!("book.{key}")).unwrap_or(key).to_owned();
    let mut chapters = Vec::new();
    let mut add = |name, title, pages: Vec<(String, Page)>| {
        let number = chapters.len() + 1;
        let section = |(at, (name, page)): (usize, (String, Page))| Section {
            name,
            number: reader.locale.digits(&format!("{number}.{}", at + 1)),
            title: page.head().title.clone(),
            lang: page.fallback().map(str::to_owned),
            html: SectionHtml(page),
        };
        let sections: Vec<Section> = pages.into_iter().enumerate().map(section).collect();
        if !sections.is_empty() {
            chapters.push(Chapter { name, number, title, sections });
        }
    };
    for kind in ORDER {
        if kind == KindId::Event {
            add("evidence", word("evidence"), evidence_sections(reader));
        }
        let of_kind = reader.orders.of_kind(kind).iter().filter(|ix| chosen.contains(ix));
        let section = |ix: &EntityIx| {
            let name = section_name(kind, graph.entity(*ix).id.as_str(), *ix);
            (name, Page::Entity(Box::new(entity::page(reader, *ix))))
        };
        add(kind.spec().folder, word(kind.spec().folder), of_kind.map(section).collect());
    }
    let home = site.home_article().and_then(|ix| graph.entity(ix).as_kind::<Article>());
    let home_path = || layout::address(&reader.home_path());
    let is_hosted = reader.config.is_hosted();
    Book {
        chapters,
        left_out: graph.entities.len() - chosen.len(),
        date: last_change(graph).map(|day| reader.date(Edtf::Date(PartialDate::of(day)))),
        byline: home.and_then(|article| article.byline.as_ref()).map(|byline| reader.text(byline)),
        address: is_hosted.then(|| format!("{}{}", reader.config.base_url, home_path())),
        epub: site.epub(reader.lang),
    }
}

/// What a section is called in ids and file names: `actor-nis`. XML and EPUB's containers (OCF 3.3, 4.2.2) do not allow
/// every id of an entity as such a name; an entity with another id is known by its number. No id starts with a dot.
fn section_name(kind: KindId, id: &str, ix: EntityIx) -> String {
    let is_name = id.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.'));
    match is_name {
        true => format!("{}-{id}", kind.name()),
        false => format!("{}-.{}", kind.name(), ix.0),
    }
}

/// Chooses the entities of the book. If there are too many, it first takes those that the articles lead to,
/// the nearest first, and then the rest, up to the limit.
fn chosen(reader: Reader<'_>) -> BTreeSet<EntityIx> {
    let (graph, most) = (reader.graph, reader.config.books.most);
    if graph.entities.len() <= most {
        return graph.iter().map(|(ix, _)| ix).collect();
    }
    let articles = graph.all::<Article>().map(|(ix, ..)| ix);
    let pages = reader.in_language(0).orders.of_kind(KindId::Page).iter().copied();
    let mut chosen = BTreeSet::new();
    let mut queue: VecDeque<EntityIx> = articles.chain(pages).collect();
    let mut rest = graph.iter().map(|(ix, _)| ix);
    while chosen.len() < most {
        let Some(ix) = queue.pop_front().or_else(|| rest.next()) else { break };
        if chosen.insert(ix) {
            let targets = graph.outgoing(ix).iter().map(|reference| &reference.target);
            queue.extend(targets.filter_map(|target| match target {
                Target::Entity(to, _) => Some(*to),
                _ => None,
            }));
        }
    }
    chosen
}

fn evidence_sections(reader: Reader<'_>) -> Vec<(String, Page)> {
    let bound = special::bound(reader.site).into_iter();
    bound.map(|(id, name)| (format!("evidence-{name}"), special::bound_page(reader, id))).collect()
}

/// The latest date of change that the dossier states. It never uses the date of the build.
fn last_change(graph: &Graph) -> Option<Day> {
    let of = |entity: &Entity| {
        let common = entity.common();
        let corrections = common.corrections.iter().map(|correction| &correction.date);
        let published = entity.as_kind::<Article>().and_then(|article| article.published.as_ref());
        let dates = common.updated.iter().chain(corrections).chain(published);
        dates.filter_map(|date| date.latest()).max()
    };
    graph.iter().filter_map(|(_, entity)| of(entity)).max()
}
