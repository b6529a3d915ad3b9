//! A path → the response of a static host, made from a snapshot; or the last good page if that fails.

use std::collections::BTreeMap;
use std::sync::Mutex;

use percent_encoding::percent_decode_str;

use super::lock;
use crate::base::diagnostic::{Diagnostic, Severity};
use crate::base::hash::Fingerprint;
use crate::base::markup::escaped;
use crate::base::media::media_type;
use crate::base::path::{InputPath, SitePath};
use crate::data::INVALID_SYNTAX;
use crate::link::layout;
use crate::load::UNREADABLE_FILE;
use crate::outputs::SiteBuilder;
use crate::session::Snapshot;
use crate::site::{PageId, Route};

/// The maximum number of good pages kept.
const MOST_KEPT: usize = 64;

/// The response to a path.
pub(crate) enum Answer {
    /// A file of the site.
    File(Made),
    /// A redirect to the folder's page, with a slash at the end.
    Folder(String),
}

/// A file of the site, or its replacement.
pub(crate) struct Made {
    /// 200, 404 or 500.
    pub status: u16,
    pub media_type: &'static str,
    /// The bytes that a build writes, or would write.
    pub bytes: Vec<u8>,
    pub page: Option<Version>,
}

/// A version of a page.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) struct Version {
    /// The hash of its bytes.
    pub hash: Fingerprint,
    /// Whether it is an earlier version, because the current one cannot be made.
    pub stale: bool,
    /// The files that the page's words come from.
    pub files: Vec<InputPath>,
}

/// The last good version of each requested page.
#[derive(Default)]
pub(crate) struct LastGood {
    kept: Mutex<Kept>,
}

#[derive(Default)]
struct Kept {
    pages: BTreeMap<SitePath, Good>,
    /// Counts the pages added, to find the oldest.
    count: u64,
}

#[derive(Clone)]
struct Good {
    bytes: Vec<u8>,
    files: Vec<InputPath>,
    number: u64,
}

impl LastGood {
    fn put(&self, path: &SitePath, bytes: &[u8], files: &[InputPath]) {
        let mut kept = lock(&self.kept);
        kept.count += 1;
        let good = Good { bytes: bytes.to_vec(), files: files.to_vec(), number: kept.count };
        kept.pages.insert(path.clone(), good);
        if kept.pages.len() > MOST_KEPT {
            let oldest = kept.pages.iter().min_by_key(|(_, good)| good.number).map(|(path, _)| path.clone());
            oldest.and_then(|path| kept.pages.remove(&path));
        }
    }

    /// The last good version of a page that cannot be made now.
    fn stale(&self, path: &SitePath) -> Option<Made> {
        let good = lock(&self.kept).pages.get(path).cloned()?;
        Some(page(200, good.bytes, true, good.files))
    }

    /// The files of the last good version.
    fn files(&self, path: &SitePath) -> Vec<InputPath> {
        lock(&self.kept).pages.get(path).map(|good| good.files.clone()).unwrap_or_default()
    }
}

/// Responds to a request for `path`.
pub(crate) fn answer(snapshot: &Snapshot, last_good: &LastGood, path: &str) -> Answer {
    let path = site_path(path);
    let builder = match snapshot.builder() {
        Ok(builder) => builder,
        Err(why) => return Answer::File(last_good.stale(&path).unwrap_or_else(|| trouble(why))),
    };
    match builder.find(&path) {
        Some(route) => Answer::File(file(snapshot, &builder, last_good, &path, &route)),
        None => missing(snapshot, &builder, last_good, &path),
    }
}

/// The file that a static host would look for.
pub(crate) fn site_path(path: &str) -> SitePath {
    let path = percent_decode_str(path.trim_start_matches('/')).decode_utf8_lossy().into_owned();
    match path.is_empty() || path.ends_with('/') {
        true => format!("{path}index.html").into(),
        false => path.into(),
    }
}

fn file(
    snapshot: &Snapshot,
    builder: &SiteBuilder<'_>,
    last_good: &LastGood,
    path: &SitePath,
    route: &Route,
) -> Made {
    let Route::Page(id) = route else {
        return match builder.bytes(path, route) {
            Ok(bytes) => Made { status: 200, media_type: media_type(path), bytes, page: None },
            Err(diagnostic) => plain(500, &words(&[diagnostic])),
        };
    };
    let files = files_of(snapshot, id);
    if files.iter().any(|file| is_broken(snapshot, file))
        && let Some(good) = last_good.stale(path)
    {
        return good;
    }
    match builder.bytes(path, route) {
        Ok(bytes) => {
            last_good.put(path, &bytes, &files);
            page(200, bytes, false, files)
        }
        Err(diagnostic) => last_good.stale(path).unwrap_or_else(|| trouble(&[diagnostic])),
    }
}

/// What a host answers where there is no such file.
fn missing(snapshot: &Snapshot, builder: &SiteBuilder<'_>, last_good: &LastGood, path: &SitePath) -> Answer {
    // A file that cannot be read at all has no page, yet it is there.
    if last_good.files(path).iter().any(|file| is_broken(snapshot, file))
        && let Some(good) = last_good.stale(path)
    {
        return Answer::File(good);
    }
    let folder = format!("{path}/index.html").into();
    if snapshot.map().find(&folder).is_some() {
        return Answer::Folder(format!("/{path}/"));
    }
    let own = SitePath::from(layout::NOT_FOUND);
    let not_found = snapshot.map().find(&own).map(|route| builder.bytes(&own, route));
    Answer::File(match not_found {
        Some(Ok(bytes)) => page(404, bytes, false, Vec::new()),
        Some(Err(diagnostic)) => trouble(&[diagnostic]),
        None => plain(404, "not found"),
    })
}

fn page(status: u16, bytes: Vec<u8>, stale: bool, files: Vec<InputPath>) -> Made {
    let version = Version { hash: Fingerprint::of(&bytes), stale, files };
    Made { status, media_type: "text/html; charset=utf-8", bytes, page: Some(version) }
}

/// The files that the words of a page come from.
fn files_of(snapshot: &Snapshot, page: &PageId) -> Vec<InputPath> {
    let PageId::Entity(ix, number) = page else { return Vec::new() };
    let entity = snapshot.graph.entity(*ix);
    let edition = snapshot.graph.languages.get(*number).map(|lang| &entity.edition_for(lang).input.path);
    let original = entity.path();
    edition.into_iter().chain([original].into_iter().filter(|path| edition != Some(*path))).cloned().collect()
}

/// Whether a file cannot be parsed. Its page would lack more than the author removed.
fn is_broken(snapshot: &Snapshot, file: &InputPath) -> bool {
    let codes = [INVALID_SYNTAX.name, UNREADABLE_FILE.name];
    snapshot.found_in(file).any(|found| found.severity == Severity::Error && codes.contains(&found.code))
}

/// A page that explains why the requested one cannot be made.
fn trouble(why: &[Diagnostic]) -> Made {
    let html = format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<title>This page cannot be made</title>\n\
         </head>\n<body>\n<h1>This page cannot be made</h1>\n<pre>{}</pre>\n</body>\n</html>\n",
        escaped(&words(why))
    );
    page(500, html.into_bytes(), false, Vec::new())
}

/// A message instead of a file.
pub(crate) fn plain(status: u16, message: &str) -> Made {
    let bytes = message.as_bytes().to_vec();
    Made { status, media_type: "text/plain; charset=utf-8", bytes, page: None }
}

fn words(diagnostics: &[Diagnostic]) -> String {
    let line = |diagnostic: &Diagnostic| format!("{}\n{}\n", diagnostic.message, diagnostic.help.join("\n"));
    diagnostics.iter().map(line).collect()
}
