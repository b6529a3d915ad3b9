//! Graph → data files for other programs: one file per format, and the table of them.
//!
//! Exports are made from facts, as pages are. The data page gives their sizes, so each is made once and kept
//! with the site. To add one, write its file, its `mod` line, its line in [`EXPORTS`], and its words,
//! `data.NAME`, in the string tables.

mod bibtex;
pub(crate) mod csl;
mod csv;
mod ftm;
mod json;

pub(crate) use bibtex::babel_tag;

use std::sync::{Arc, OnceLock};

use crate::base::id::Lang;
use crate::base::path::SitePath;
use crate::base::text::Text;
use crate::config::{Config, DataFormat};
use crate::kinds::{KindId, Source};
use crate::link::{Entity, EntityIx, Graph, layout};

/// The input of an export.
#[derive(Copy, Clone)]
pub(crate) struct Dossier<'a> {
    /// The entities.
    pub graph: &'a Graph,
    /// The site's name and address, among other settings.
    pub config: &'a Config,
}

/// A data format.
pub(crate) trait Export: Sync {
    /// The name of the format in `dossier.toml`.
    fn format(&self) -> DataFormat;

    /// The key in the string tables for a description of a file.
    fn name(&self, number: usize) -> &'static str;

    /// The files: the path of each, and the kind whose entities it contains, if it is only one.
    fn files(&self, dossier: Dossier<'_>) -> Vec<(String, Option<KindId>)>;

    /// The content of a file. `number` is its index in [`files`](Export::files).
    fn text(&self, dossier: Dossier<'_>, number: usize) -> String;
}

/// Every export, in the order of the data page.
pub(crate) static EXPORTS: [&dyn Export; 6] =
    [&json::Json, &csv::Csv, &csl::Csl, &bibtex::Bibtex, &ftm::FollowTheMoney, &ftm::Claims];

/// A data file.
pub(crate) struct File {
    pub path: SitePath,
    /// Its format.
    pub export: &'static dyn Export,
    /// The kind whose entities it contains, if it is only one.
    pub kind: Option<KindId>,
    number: usize,
    bytes: OnceLock<Arc<[u8]>>,
}

/// The data files of a dossier, each made on first use.
pub(crate) struct Exports<'a> {
    dossier: Dossier<'a>,
    files: Vec<File>,
}

impl<'a> Exports<'a> {
    /// The files in the formats that the settings list.
    pub(crate) fn of(graph: &'a Graph, config: &'a Config) -> Exports<'a> {
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
    pub(crate) fn files(&self) -> &[File] {
        &self.files
    }

    /// The content of a file; `None` if there is no such file.
    pub(crate) fn bytes(&self, number: usize) -> Option<Arc<[u8]>> {
        let file = self.files.get(number)?;
        let make = || file.export.text(self.dossier, file.number).into_bytes().into();
        Some(file.bytes.get_or_init(make).clone())
    }
}

impl File {
    /// The index of the file in its export.
    pub(crate) fn number(&self) -> usize {
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

    /// The entity that a reference names.
    fn entity(&self, id: &str) -> Option<(EntityIx, &'a Entity)> {
        let ix = self.graph.by_id(id)?;
        Some((ix, self.graph.entity(ix)))
    }

    /// Whether the dossier has sources.
    fn has_sources(&self) -> bool {
        self.graph.all::<Source>().next().is_some()
    }

    /// The names of a source's publishers, in a language.
    fn publishers(&self, source: &Source, lang: &Lang) -> String {
        let names = source.publisher.iter().filter_map(|publisher| self.entity(&publisher.id));
        names.map(|(_, entity)| entity.edition_for(lang).title()).collect::<Vec<&str>>().join(", ")
    }
}

/// The path of a data file without a place of its own: in the folder reserved for the program.
fn beside(name: &str) -> String {
    format!("{}/{name}", layout::SPECIAL)
}
