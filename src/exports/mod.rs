//! Graph → files of data for other programs: one file a format, and the one table of them.
//!
//! They are made of facts, as pages are. A site's page on its data says how large they are, so each is made
//! once and kept with the site. To add one: its file, its `mod` line, its line in [`EXPORTS`], and its words,
//! `data.NAME` in the string tables.

mod bibtex;
pub mod csl;
mod csv;
mod ftm;
mod json;

use std::sync::{Arc, OnceLock};

use crate::base::id::Lang;
use crate::base::path::SitePath;
use crate::base::text::Text;
use crate::config::{Config, DataFormat};
use crate::kinds::{KindId, Source};
use crate::link::{Entity, EntityIx, Graph, layout};

/// What an export is made of.
#[derive(Copy, Clone)]
pub struct Dossier<'a> {
    /// All that there is.
    pub graph: &'a Graph,
    /// What it is called, and where it will be.
    pub config: &'a Config,
}

/// A format that data is given away in.
pub trait Export: Sync {
    /// What `dossier.toml` calls it.
    fn format(&self) -> DataFormat;

    /// What a file holds, as a key of the string tables.
    fn name(&self, number: usize) -> &'static str;

    /// Its files: the path of each, and the kind whose entities it holds, where it is those of one kind.
    fn files(&self, dossier: Dossier<'_>) -> Vec<(String, Option<KindId>)>;

    /// What a file holds. `number` is its place among [`files`](Export::files).
    fn text(&self, dossier: Dossier<'_>, number: usize) -> String;
}

/// Every export, in the order in which the page on the data lists them.
pub static EXPORTS: [&dyn Export; 6] =
    [&json::Json, &csv::Csv, &csl::Csl, &bibtex::Bibtex, &ftm::FollowTheMoney, &ftm::Claims];

/// A file of data.
pub struct File {
    /// Where it is.
    pub path: SitePath,
    /// Its format.
    pub export: &'static dyn Export,
    /// The kind whose entities it holds, where it is those of one kind.
    pub kind: Option<KindId>,
    number: usize,
    bytes: OnceLock<Arc<[u8]>>,
}

/// The files of data of a dossier, each made when it is first asked for.
pub struct Exports<'a> {
    dossier: Dossier<'a>,
    files: Vec<File>,
}

impl<'a> Exports<'a> {
    /// Those that the settings want.
    pub fn of(graph: &'a Graph, config: &'a Config) -> Exports<'a> {
        let dossier = Dossier { graph, config };
        let wanted = EXPORTS.into_iter().filter(|export| config.data.contains(&export.format()));
        let files = wanted.flat_map(|export| {
            let file = move |(number, (path, kind)): (usize, (String, Option<KindId>))| File {
                path: path.into(),
                export,
                kind,
                number,
                bytes: OnceLock::new(),
            };
            export.files(dossier).into_iter().enumerate().map(file)
        });
        Exports { dossier, files: files.collect() }
    }

    /// All of them.
    pub fn files(&self) -> &[File] {
        &self.files
    }

    /// What a file holds; none of another dossier's.
    pub fn bytes(&self, number: usize) -> Option<Arc<[u8]>> {
        let file = self.files.get(number)?;
        let make = || file.export.text(self.dossier, file.number).into_bytes().into();
        Some(file.bytes.get_or_init(make).clone())
    }
}

impl File {
    /// Its place among the files of its export.
    pub fn number(&self) -> usize {
        self.number
    }
}

impl<'a> Dossier<'a> {
    /// The address of an entity's page in the default language.
    fn address(&self, entity: &Entity) -> String {
        self.page(entity, self.graph.default_language())
    }

    fn page(&self, entity: &Entity, lang: &Lang) -> String {
        format!("{}{}", self.config.base_url, layout::address(&layout::page(self.graph, entity, lang)))
    }

    /// The words in the default language.
    fn words(&self, text: &'a Text) -> &'a str {
        text.get(self.graph.default_language(), self.graph.default_language()).0
    }

    /// What is referred to.
    fn entity(&self, id: &str) -> Option<(EntityIx, &'a Entity)> {
        let ix = self.graph.by_id(id)?;
        Some((ix, self.graph.entity(ix)))
    }

    /// Whether there are sources.
    fn has_sources(&self) -> bool {
        self.graph.all::<Source>().next().is_some()
    }

    /// The names of those who published a source, in a language.
    fn publishers(&self, source: &Source, lang: &Lang) -> String {
        let names = source.publisher.iter().filter_map(|publisher| self.entity(&publisher.id));
        names.map(|(_, entity)| entity.edition_for(lang).title()).collect::<Vec<&str>>().join(", ")
    }
}

/// Where a file of data is, unless it has a place of its own: in the folder that no file of an author's may
/// be in.
fn beside(name: &str) -> String {
    format!("{}/{name}", layout::SPECIAL)
}
