//! Makes the files of the site. Each format has its own file here, and one table lists all formats.
//!
//! An output says where its files go, and makes each one on request. So a build can stream the files, and a
//! preview makes only those being viewed. To add an output, add its file, its `mod` line, and its line in
//! `OUTPUTS`.

mod annotations;
mod assets;
mod atom;
mod data;
mod epub;
mod feed;
mod geojson;
mod gpx;
pub mod hosting;
mod json_feed;
mod kml;
mod posters;
mod robots;
mod search;
mod security;
mod shown;
mod sitemap;
mod xml;

use crate::base::bug::caught;
use crate::base::diagnostic::Diagnostic;
use crate::base::hash::Fingerprint;
use crate::base::path::SitePath;
use crate::base::timing::timed;
use crate::link::layout;
use crate::load::UNREADABLE_FILE;
use crate::metadata;
use crate::pages::add_pages;
use crate::reader::Site;
use crate::redact::{REDACTION_SURVIVED, Redactions};
use crate::render::Renderer;
use crate::site::{FileKey, OutputId, PageId, Route, SiteInput, SiteMap};
use crate::theme::Assets;
use crate::world::World;
use percent_encoding::percent_decode_str;

/// An output: a format, or another sort of file of the site.
trait Output: Sync {
    /// Its name in the singular, for messages and `--timings`.
    fn name(&self) -> &'static str;

    /// Adds its files to the site map.
    fn routes(&self, input: &SiteInput<'_>, routes: &mut Routes<'_>);

    /// The files in the folders that it [reserved](Routes::reserve).
    fn members(&self, _: &SiteBuilder<'_>) -> Vec<(SitePath, FileKey)> {
        Vec::new()
    }

    /// The content of one of its files.
    ///
    /// # Errors
    /// If the file cannot be made.
    fn bytes(&self, builder: &SiteBuilder<'_>, path: &SitePath, key: FileKey) -> Result<Vec<u8>, Diagnostic>;

    /// Whether one of its files has to be searched for what must not be published: not if nothing in it is an
    /// author's, or if all that it packs was searched before.
    fn is_searched(&self, _: &SiteBuilder<'_>, _: FileKey) -> bool {
        true
    }
}

/// Every output. If two want the same address, the first gets it.
static OUTPUTS: [&dyn Output; 15] = [
    &annotations::Annotations,
    &sitemap::Sitemap,
    &robots::Robots,
    &security::Security,
    &atom::Atom,
    &json_feed::JsonFeed,
    &geojson::GeoJson,
    &gpx::Gpx,
    &kml::Kml,
    &hosting::Hosting,
    &data::Data,
    &epub::Epub,
    &search::Search,
    &posters::Posters,
    &assets::ThemeAssets,
];

/// Collects the files of an output.
struct Routes<'m> {
    map: &'m mut SiteMap,
    output: OutputId,
}

impl Routes<'_> {
    /// Adds a file at an address.
    fn add(&mut self, path: SitePath, key: FileKey) {
        self.map.insert(path, Route::File(self.output, key));
    }

    /// Reserves a folder for files whose names are known only after they are made. [`Output::members`] then
    /// lists them.
    fn reserve(&mut self, folder: SitePath) {
        self.map.reserve(folder, Some(self.output));
    }

    /// The map with the files of the earlier outputs.
    fn map(&self) -> &SiteMap {
        self.map
    }
}

/// Builds the map of all files of the site, without rendering anything. Authors' files come last: if one
/// conflicts with a file that the site makes, the author can rename it.
pub fn site_map(input: &SiteInput<'_>) -> SiteMap {
    let mut map = SiteMap::default();
    timed("output", "pages", || add_pages(input, &mut map));
    for (number, output) in OUTPUTS.iter().enumerate() {
        let output_id = OutputId { number, name: output.name() };
        let mut routes = Routes { map: &mut map, output: output_id };
        timed("output", output.name(), || output.routes(input, &mut routes));
    }
    if input.config.sums {
        // The checksums are written at the end of a build, when the content of every other file is known.
        map.reserve(layout::SUMS.into(), None);
    }
    for path in &input.graph.files.published {
        map.insert(layout::asset(path), Route::Input(path.clone()));
    }
    map
}

/// Makes the files of a site.
pub struct SiteBuilder<'a> {
    /// The pages.
    pub site: Site<'a>,
    renderer: &'a Renderer,
    assets: &'a Assets,
    world: &'a dyn World,
    /// What no file may contain.
    redactions: Redactions,
    cache: Option<&'a dyn RenderCache>,
}

/// Caches files that take long to make, by the fingerprint of their input. The same fingerprint must always
/// give the same file.
pub trait RenderCache: Sync {
    /// Returns the cached file.
    fn get(&self, made_from: Fingerprint) -> Option<Vec<u8>>;

    /// Caches a file if possible. Files that are not cached are made again.
    fn put(&self, made_from: Fingerprint, bytes: &[u8]);
}

impl<'a> SiteBuilder<'a> {
    pub(crate) fn new(
        site: Site<'a>,
        renderer: &'a Renderer,
        assets: &'a Assets,
        world: &'a dyn World,
    ) -> SiteBuilder<'a> {
        let redactions = Redactions::of(site.config());
        SiteBuilder { site, renderer, assets, world, redactions, cache: None }
    }

    /// Sets the cache for files that take long to make.
    pub fn with_cache(self, cache: &'a dyn RenderCache) -> SiteBuilder<'a> {
        SiteBuilder { cache: Some(cache), ..self }
    }

    /// Returns the route at an address.
    pub fn find(&self, path: &SitePath) -> Option<Route> {
        let map = self.site.map();
        map.find(path).cloned().or_else(|| {
            let output = map.members_of(path)?;
            let members = OUTPUTS[output.number].members(self).into_iter();
            members.filter(|(member, _)| member == path).map(|(_, key)| Route::File(output, key)).next()
        })
    }

    /// The picture at an address on the site, as a book can contain it: some readers of EPUBs refuse a whole book for a
    /// file that is missing or broken.
    fn picture(&self, address: &str) -> Option<(SitePath, Route)> {
        let path = SitePath::from(percent_decode_str(address).decode_utf8_lossy().into_owned());
        let route = self.find(&path)?;
        let is_broken = matches!(&route, Route::Input(input) if self.site.is_broken(input));
        (!is_broken).then_some((path, route))
    }

    /// Every file of the site, sorted by path.
    pub fn files(&self) -> Vec<(SitePath, Route)> {
        let map = self.site.map();
        let mut files = map.files().to_vec();
        for output in map.reserved() {
            let members = timed("output", output.name, || OUTPUTS[output.number].members(self));
            files.extend(members.into_iter().map(|(path, key)| (path, Route::File(output, key))));
        }
        files.sort_unstable_by(|(a, _), (b, _)| a.cmp(b));
        files
    }

    /// Makes the content of a file.
    ///
    /// # Errors
    /// If a template fails, a file can no longer be read, or the content must not be published.
    pub fn bytes(&self, path: &SitePath, route: &Route) -> Result<Vec<u8>, Diagnostic> {
        let bytes = caught(|| self.cannot_make(path, route), || self.make(path, route)).flatten()?;
        let holds_words = match route {
            Route::File(output, key) => OUTPUTS[output.number].is_searched(self, *key),
            _ => true,
        };
        self.without_secrets(if holds_words { &bytes } else { &[] }, path)?;
        Ok(bytes)
    }

    fn make(&self, path: &SitePath, route: &Route) -> Result<Vec<u8>, Diagnostic> {
        Ok(match route {
            Route::Page(id) => {
                let page = self.site.page(id);
                timed("template", &page.head().template, || {
                    self.renderer.html(&page, &|path| self.picture(path).is_some())
                })?
            }
            Route::Input(input) => match self.world.read(input) {
                Ok(bytes) if self.site.config().keeps_metadata(input) => bytes.to_vec(),
                Ok(bytes) => metadata::examine(&bytes).bytes.into_owned(),
                Err(error) => return Err(UNREADABLE_FILE.found(format!("cannot read `{input}`: {error}"))),
            },
            Route::File(output, key) => OUTPUTS[output.number].bytes(self, path, *key)?,
        })
    }

    /// Says which file of the site cannot be made, and which of the author's files it is made from.
    fn cannot_make(&self, path: &SitePath, route: &Route) -> String {
        let from = match route {
            Route::Page(PageId::Entity(ix, _)) => self.site.graph().entity(*ix).path().to_string(),
            Route::Input(input) => input.to_string(),
            _ => return format!("`{path}` cannot be made"),
        };
        format!("`{path}`, which is made from `{from}`, cannot be made")
    }

    /// The bugs met while making files that are complete but for a part.
    pub(crate) fn bugs(&self) -> Vec<Diagnostic> {
        self.site.bugs()
    }

    /// Checks that a file and its name contain nothing that must not be published.
    fn without_secrets(&self, bytes: &[u8], path: &SitePath) -> Result<(), Diagnostic> {
        if self.redactions.is_empty() {
            return Ok(());
        }
        let name = path.as_str().as_bytes();
        match self.redactions.survivor(bytes).or_else(|| self.redactions.survivor(name)) {
            None => Ok(()),
            Some(number) => {
                let message = format!("what entry {number} of the redactions names is still in `{path}`");
                let help = "take it out by hand: `dossier explain redaction-survived` says how";
                Err(REDACTION_SURVIVED.found(message).help(help))
            }
        }
    }
}
