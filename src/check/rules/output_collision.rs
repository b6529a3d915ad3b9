//! Reports files of the site that would be written twice.

use std::collections::{HashMap, HashSet};

use unicode_normalization::UnicodeNormalization;

use crate::base::diagnostic::{Code, Diagnostic, Severity};
use crate::base::path::{InputPath, SitePath};
use crate::base::span::{Span, Spanned};
use crate::check::{Context, Rule};
use crate::config::BookFormat;
use crate::kinds::{FormerId, KindId};
use crate::link::{Entity, Graph, layout};

pub static RULE: Rule = Rule {
    code: Code {
        name: "output-collision",
        level: Severity::Error,
        docs: "Two things that would be the same file of the site, so that one of them would be missing from it:
pages of entities, in every language, listings, former ids (`formerly`), assets, and the files with fixed names:
`404.html`, `SHA256SUMS`, `atom.xml` and those beside the lists of kinds, `corrections.xml`, `sitemap.xml`,
`robots.txt`, `dossier.json`, `entities.ftm.json`, an article's `annotations.json`, a route's `NAME.geojson`, the
print edition `print.html`, the book `dossier.epub`, the theme's folder `assets/`, and the folder `evidence/` of the
pages and data that the program writes.

Paths that differ only in upper and lower case are the same file on macOS and Windows, and on the servers of
some hosts, so they collide too.

```
content/actors/nis.md          makes actors/nis.html
content/actors/NIS.md          makes actors/NIS.html: the same file for many readers
content/routes/rail.geojson    is copied to routes/rail.geojson, where the route `rail` puts its own
```

How to fix: rename one of the two. `dossier rename OLD NEW` takes every reference along.",
    },
    check,
};

/// Files that a site has whatever is in it.
const FIXED: [&str; 9] = [
    "404.html",
    "SHA256SUMS",
    "annotations.json",
    "atom.xml",
    "corrections.xml",
    "dossier.json",
    "entities.ftm.json",
    "robots.txt",
    "sitemap.xml",
];

/// Folders that are the program's own: that of the theme's files, and that of what the evidence comes to.
const OWN_FOLDERS: [(&str, &str); 2] =
    [("assets", "the theme's folder"), (layout::SPECIAL, "the folder of the pages on the evidence")];

fn check(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let mut files =
        Files { taken: HashMap::new(), folders: HashMap::new(), seen: HashSet::new(), diagnostics };
    for path in FIXED {
        files.add(path.into(), Maker::Site("a file that every site has"));
    }
    for (folder, what) in OWN_FOLDERS {
        files.enter(folder, Maker::Site(what));
    }
    let graph = context.graph;
    for lang in graph.languages.iter() {
        for &kind in KindId::ALL {
            if has_listing(graph, kind) {
                let path = layout::listing(kind, lang, graph.default_language());
                files.add(path, Maker::Listing(kind));
                if let Some(feed) = layout::feed(kind).filter(|_| *lang == graph.languages[0]) {
                    files.add(feed, Maker::Listing(kind));
                }
            }
        }
        for format in context.config.books.formats(graph.entities.len()) {
            let (path, what) = match format {
                BookFormat::Print => (layout::print(lang, graph.default_language()), "the print edition"),
                BookFormat::Epub => (layout::epub(lang, graph.default_language()), "the EPUB"),
            };
            files.add(path, Maker::Site(what));
        }
        if !graph.iter().any(|(_, entity)| layout::is_home(entity)) {
            files.add(layout::home(lang, graph.default_language()), Maker::Site("the home of the site"));
        }
        for entity in &graph.entities {
            let page = layout::page(graph, entity, lang);
            if let Some(beside) = beside(entity, &page) {
                files.add(beside, Maker::Beside(entity));
            }
            files.add(page, Maker::Page(entity));
        }
        for entity in &graph.entities {
            for former in &entity.common().formerly {
                files.add(layout::former(graph, entity, former, lang), Maker::Former(entity, former));
            }
        }
    }
    for asset in graph.assets.iter() {
        files.add(layout::asset(asset), Maker::Asset(asset));
    }
}

/// Whether the site lists the entities of a kind.
fn has_listing(graph: &Graph, kind: KindId) -> bool {
    let count = graph.entities.iter().filter(|entity| entity.kind == kind).count();
    match kind {
        KindId::Page => false,
        KindId::Article => count > 1,
        _ => count > 0,
    }
}

/// The data that stands beside a page.
fn beside(entity: &Entity, page: &SitePath) -> Option<SitePath> {
    match entity.kind {
        // That of the article which is the site's home is among the fixed names.
        KindId::Article if page.folder().is_empty() => None,
        KindId::Article => Some(format!("{}/annotations.json", page.folder()).into()),
        KindId::Route => page.as_str().strip_suffix(".html").map(|stem| format!("{stem}.geojson").into()),
        _ => None,
    }
}

fn is_own(folder: &str) -> bool {
    OWN_FOLDERS.iter().any(|(own, _)| *own == folder)
}

/// What makes a file of the site.
#[derive(Copy, Clone)]
enum Maker<'a> {
    Site(&'static str),
    Listing(KindId),
    Page(&'a Entity),
    /// Data beside the page.
    Beside(&'a Entity),
    Former(&'a Entity, &'a Spanned<FormerId>),
    Asset(&'a InputPath),
}

impl<'a> Maker<'a> {
    fn describe(self) -> String {
        match self {
            Maker::Site(what) => what.into(),
            Maker::Listing(kind) => format!("the listing of {}", kind.spec().folder),
            Maker::Page(entity) => format!("the page of `{}`", entity.id),
            Maker::Beside(entity) => format!("the data of `{}`", entity.id),
            Maker::Former(entity, id) => format!("the redirect from `{}` to `{}`", &*id.value, entity.id),
            Maker::Asset(path) => format!("the file `{path}`"),
        }
    }

    /// What in the content causes it, if anything.
    fn place(self) -> Option<(&'a InputPath, Span)> {
        match self {
            Maker::Site(_) | Maker::Listing(_) => None,
            Maker::Page(entity) | Maker::Beside(entity) => Some((entity.path(), entity.head_span())),
            Maker::Former(entity, id) => Some((entity.path(), id.span)),
            Maker::Asset(path) => Some((path, Span::empty(0))),
        }
    }
}

/// The files of the site, by the path that a file system without upper and lower case knows them by.
struct Files<'a, 'd> {
    taken: HashMap<String, (SitePath, Maker<'a>)>,
    /// Every folder, and a file in it.
    folders: HashMap<String, (SitePath, Maker<'a>)>,
    /// What was reported, so that a pair is reported in one language only.
    seen: HashSet<(String, String)>,
    diagnostics: &'d mut Vec<Diagnostic>,
}

impl<'a> Files<'a, '_> {
    fn add(&mut self, path: SitePath, maker: Maker<'a>) {
        let key = folded(path.as_str());
        let mut end = key.len();
        while let Some(slash) = key[..end].rfind('/') {
            end = slash;
            let folder = &key[..end];
            if let Some((file, other)) = self.taken.get(folder).cloned() {
                self.collide(&path, maker, &file, other);
            }
            match self.folders.get(folder).cloned() {
                Some((theme, other @ Maker::Site(_))) if is_own(folder) => {
                    self.collide(&path, maker, &theme, other);
                    // One report is enough for all that is in it.
                    self.folders.insert(folder.to_owned(), (path.clone(), maker));
                }
                Some(_) => break,
                None => drop(self.folders.insert(folder.to_owned(), (path.clone(), maker))),
            }
        }
        if let Some((file, other)) = self.taken.get(&key).or_else(|| self.folders.get(&key)).cloned() {
            self.collide(&path, maker, &file, other);
            return;
        }
        self.taken.insert(key, (path, maker));
    }

    /// Reserves a folder.
    fn enter(&mut self, folder: &str, maker: Maker<'a>) {
        self.folders.insert(folded(folder), (folder.into(), maker));
    }

    fn collide(&mut self, path: &SitePath, maker: Maker<'a>, file: &SitePath, other: Maker<'a>) {
        if !self.seen.insert((maker.describe(), other.describe())) {
            return;
        }
        let message = match (path == file, folded(path.as_str()) == folded(file.as_str())) {
            (true, _) => format!("`{path}` would be written twice"),
            (false, true) => format!("`{path}` and `{file}` are the same file on macOS and Windows"),
            (false, false) => format!("`{path}` and `{file}` cannot both be: one is a folder for the other"),
        };
        let mut diagnostic = RULE.code.found(message);
        for maker in [maker, other] {
            if let Some((path, span)) = maker.place() {
                diagnostic = diagnostic.at(path, span, format!("{} is one", maker.describe()));
            }
        }
        let others = [maker, other].into_iter().find(|maker| maker.place().is_none());
        self.diagnostics.push(match others {
            Some(site) => diagnostic.help(format!("rename this: the path is that of {}", site.describe())),
            None => diagnostic.help("rename one of the two"),
        });
    }
}

/// A path as it is compared: composed, and in lower case.
fn folded(path: &str) -> String {
    match path.is_ascii() {
        true => path.to_ascii_lowercase(),
        false => path.nfc().flat_map(char::to_lowercase).collect(),
    }
}
