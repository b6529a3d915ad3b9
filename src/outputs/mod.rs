//! Site → bundle: one file a format, and the one table of them.
//!
//! An output says which files there are; what a file holds is made when it is asked for, so that a build
//! streams and a preview makes only what is looked at. To add one: its file, its `mod` line, and its line
//! in [`OUTPUTS`].

mod annotations;
mod assets;
mod atom;
mod corrections;
mod data;
mod epub;
mod feed;
mod geojson;
mod gpx;
pub mod hosting;
mod html;
mod kml;
pub mod posters;
mod robots;
pub mod search;
mod security;
mod shown;
mod sitemap;
mod xml;

use std::borrow::Cow;
use std::collections::BTreeMap;

use crate::base::diagnostic::Diagnostic;
use crate::base::hash::Fingerprint;
use crate::base::path::{InputPath, SitePath};
use crate::base::timing::timed;
use crate::link::{EntityIx, layout};
use crate::load::UNREADABLE_FILE;
use crate::pages::PageId;
use crate::reader::Site;
use crate::redact::{REDACTION_SURVIVED, Redactions};
use crate::render::Renderer;
use crate::theme::{Assets, BROKEN_THEME};
use crate::world::World;

/// Something that a site consists of.
pub trait Output: Sync {
    /// Its name, for `--timings` and the docs.
    fn name(&self) -> &'static str;

    /// The path of its file, where it never has but one.
    fn only(&self) -> Option<&'static str> {
        None
    }

    /// Adds its files.
    fn fill(&self, press: &Press<'_>, bundle: &mut Bundle);

    /// Its file of that path. To be written where a preview asks for it often, and listing all takes long.
    fn find(&self, press: &Press<'_>, path: &SitePath) -> Option<Content> {
        if self.only().is_some_and(|only| only != path.as_str()) {
            return None;
        }
        let mut bundle = Bundle::default();
        self.fill(press, &mut bundle);
        bundle.files.remove(path)
    }

    /// What one of its [data files](Content::Data) holds.
    fn data(&self, _: &Press<'_>, _of: Option<EntityIx>) -> Vec<u8> {
        Vec::new()
    }
}

/// Every output. Where two want the same file, the first has it; `output-collision` reports it.
pub static OUTPUTS: [&dyn Output; 16] = [
    &html::Html,
    &annotations::Annotations,
    &sitemap::Sitemap,
    &robots::Robots,
    &security::Security,
    &feed::Feed,
    &corrections::Corrections,
    &geojson::GeoJson,
    &gpx::Gpx,
    &kml::Kml,
    &hosting::Hosting,
    &data::Data,
    &epub::Epub,
    &search::Search,
    &posters::Posters,
    &assets::ContentAssets,
];

/// What a file of the site holds, or how it is made.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Content {
    /// A page.
    Page(PageId),
    /// A file of `content/`, as it is.
    Input(InputPath),
    /// The annotations of an article, in the language of that number.
    Annotations(EntityIx, usize),
    /// The file of data of that number.
    Export(usize),
    /// A piece of what a search reads, in the language of that number.
    Search(search::Piece, usize),
    /// The social card of an entity's page, in the language of that number.
    Poster(EntityIx, usize),
    /// The EPUB in the language of that number.
    Epub(usize),
    /// These bytes.
    Bytes(Vec<u8>),
    /// The data of an entity, or of all, as the output of that name writes it.
    Data(&'static str, Option<EntityIx>),
}

/// Every file of the site.
#[derive(Clone, Debug, Default)]
pub struct Bundle {
    files: BTreeMap<SitePath, Content>,
}

impl Bundle {
    /// Adds a file, unless there is one of that path.
    pub fn add(&mut self, path: SitePath, content: Content) {
        self.files.entry(path).or_insert(content);
    }

    /// The files, sorted by path.
    pub fn files(&self) -> &BTreeMap<SitePath, Content> {
        &self.files
    }
}

/// All that it takes to make the files of a site.
pub struct Press<'a> {
    /// The pages.
    pub site: Site<'a>,
    renderer: &'a Renderer,
    assets: &'a Assets,
    world: &'a dyn World,
    /// What must not be in any file.
    redactions: Redactions,
    /// Where what takes long to make is kept.
    shelf: Option<&'a dyn Shelf>,
}

/// Keeps files that take long to make, by the fingerprint of what they are made from: equal ones make equal files.
pub trait Shelf: Sync {
    /// What was put there.
    fn get(&self, made_from: Fingerprint) -> Option<Vec<u8>>;

    /// Keeps a file, if it can: what is not kept is made again.
    fn put(&self, made_from: Fingerprint, bytes: &[u8]);
}

impl<'a> Press<'a> {
    /// A press for a site.
    pub fn new(
        site: Site<'a>,
        renderer: &'a Renderer,
        assets: &'a Assets,
        world: &'a dyn World,
    ) -> Press<'a> {
        let redactions = Redactions::of(site.config());
        Press { site, renderer, assets, world, redactions, shelf: None }
    }

    /// The press, with a shelf to keep on what takes long.
    pub fn with_shelf(self, shelf: &'a dyn Shelf) -> Press<'a> {
        Press { shelf: Some(shelf), ..self }
    }

    /// The file of that path.
    pub fn find(&self, path: &SitePath) -> Option<Content> {
        OUTPUTS.iter().find_map(|output| output.find(self, path))
    }

    /// Every file of the site.
    pub fn bundle(&self) -> Bundle {
        let mut bundle = Bundle::default();
        for output in OUTPUTS {
            timed("output", output.name(), || output.fill(self, &mut bundle));
        }
        bundle
    }

    /// What a file holds.
    ///
    /// # Errors
    /// Where a template fails, a file can no longer be read, or something that must not be published is in it.
    pub fn bytes<'c>(&self, content: &'c Content) -> Result<Cow<'c, [u8]>, Diagnostic> {
        let bytes = self.made(content)?;
        if self.redactions.is_empty() {
            return Ok(bytes);
        }
        let name = match content {
            Content::Page(PageId::Print(lang)) => self.site.print_path(*lang).to_string(),
            Content::Page(id) => self.site.page(id).head().path.to_string(),
            Content::Input(path) => layout::asset(path).to_string(),
            Content::Poster(ix, lang) => {
                self.site.poster_path(*ix, *lang).map_or_else(String::new, |path| path.to_string())
            }
            Content::Bytes(_)
            | Content::Annotations(..)
            | Content::Data(..)
            | Content::Epub(_)
            | Content::Export(_)
            | Content::Search(..) => String::new(),
        };
        self.without_secrets(&bytes, &name)?;
        Ok(bytes)
    }

    /// Looks for what must not be published in a file and its name; without a name it is a file of data.
    fn without_secrets(&self, bytes: &[u8], name: &str) -> Result<(), Diagnostic> {
        if self.redactions.is_empty() {
            return Ok(());
        }
        let survivor = self.redactions.survivor(bytes).or_else(|| self.redactions.survivor(name.as_bytes()));
        match survivor {
            None => Ok(()),
            Some(number) => {
                let place = if name.is_empty() { "a file of data".to_owned() } else { format!("`{name}`") };
                let message = format!("what entry {number} of the redactions names is still in {place}");
                let help = "take it out by hand: `dossier explain redaction-survived` says how";
                Err(REDACTION_SURVIVED.found(message).help(help))
            }
        }
    }

    fn made<'c>(&self, content: &'c Content) -> Result<Cow<'c, [u8]>, Diagnostic> {
        match content {
            Content::Bytes(bytes) => Ok(Cow::Borrowed(bytes)),
            Content::Data(name, of) => {
                let output = OUTPUTS.iter().find(|output| output.name() == *name);
                Ok(Cow::Owned(output.map_or_else(Vec::new, |output| output.data(self, *of))))
            }
            Content::Page(id) => {
                let page = self.site.page(id);
                timed("template", &page.head().template, || self.renderer.html(&page)).map(Cow::Owned)
            }
            Content::Poster(ix, lang) => {
                let svg = self.site.poster(*ix, *lang);
                // Another program may draw it otherwise.
                let made_from = Fingerprint::of_all([env!("CARGO_PKG_VERSION").as_bytes(), svg.as_bytes()]);
                if let Some(kept) = self.shelf.and_then(|shelf| shelf.get(made_from)) {
                    return Ok(Cow::Owned(kept));
                }
                let png = posters::png(&svg).map_err(|why| {
                    let name = &self.site.graph().entity(*ix).id;
                    BROKEN_THEME.found(format!("cannot draw the social card of `{name}`: {why}"))
                })?;
                if let Some(shelf) = self.shelf {
                    shelf.put(made_from, &png);
                }
                Ok(Cow::Owned(png))
            }
            Content::Export(number) => {
                Ok(Cow::Owned(self.site.exports().bytes(*number).unwrap_or_default().to_vec()))
            }
            Content::Search(piece, lang) => Ok(Cow::Owned(piece.bytes(self, *lang))),
            Content::Epub(lang) => epub::epub(self, *lang).map(Cow::Owned),
            Content::Annotations(article, lang) => {
                annotations::collection(self, *article, *lang).map(Cow::Owned)
            }
            Content::Input(path) => match self.world.read(path) {
                Ok(bytes) => Ok(Cow::Owned(bytes.to_vec())),
                Err(error) => Err(UNREADABLE_FILE.found(format!("cannot read `{path}`: {error}"))),
            },
        }
    }
}
