//! Reports files of the site that would be written twice.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

use crate::base::diagnostic::{Code, Diagnostic, Severity};
use crate::base::path::{InputPath, folded};
use crate::base::span::Span;
use crate::check::{Context, Rule};
use crate::kinds::KindId;
use crate::link::{EntityIx, Graph};
use crate::site::{Collision, Holder, PageId, Route, Subject, same_address};

pub(crate) static RULE: Rule = Rule {
    code: Code {
        name: "output-collision",
        level: Severity::Error,
        docs: "Two items would be written to the same output path, so one of them would be lost: a page of an entity, in any
language, a list, a former id (`formerly`), a file of your own in `content/`, or one of the files that the site makes,
such as `404.html`, `atom.xml`, `robots.txt`, or a route's `NAME.geojson` and `NAME.gpx`. Which those are depends on the
settings and on what the dossier holds. Three places are always the site's own: the theme's folder `assets/`, the
folder `evidence/` of each language, and, unless `sums` is off, `SHA256SUMS`.

Paths that differ only in upper and lower case, or in how their letters are composed, are the same file on
macOS and Windows, and on the servers of some hosts, so they collide too, and so do such files in `content/`
that are not published. This rule is always an error: `[rules]` cannot change its level.

```
content/actors/nis.md          makes actors/nis.html
content/actors/NIS.md          makes actors/NIS.html: the same file for many readers
content/routes/rail.geojson    is copied to routes/rail.geojson, where the route `rail` puts its own
```

How to fix: rename one of the two. `dossier rename OLD NEW` takes every reference along.",
    },
    check,
};

fn check(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    check_held(context.graph, diagnostics);
    // A pair is reported in one language only, and a folder of the site's own once.
    let mut seen = HashSet::new();
    for Collision { path, route, taken, holder } in context.map.collisions() {
        let own = Maker::of(context.graph, route);
        let other = match holder {
            Holder::File(route) => Maker::of(context.graph, route),
            Holder::Site => Maker { name: format!("`{taken}`, which every site has"), place: None },
        };
        let pair = match holder {
            Holder::File(_) => (own.name.clone(), other.name.clone()),
            Holder::Site => (String::new(), other.name.clone()),
        };
        if !seen.insert(pair) {
            continue;
        }
        let message = match (path == taken, same_address(path, taken), holder) {
            (true, _, Holder::Site) => format!("the site writes `{path}` itself"),
            (true, ..) => format!("`{path}` would be written twice"),
            (_, true, _) => format!("`{path}` and `{taken}` are the same file on macOS and Windows"),
            (.., Holder::Site) => format!("`{path}` would be in `{taken}/`, a folder of the site's own"),
            (.., Holder::File(_)) => {
                format!("`{path}` and `{taken}` cannot both be: one is a folder for the other")
            }
        };
        let mut diagnostic = RULE.code.found(message);
        for Maker { name, place } in [&own, &other] {
            if let Some((path, span)) = place {
                diagnostic = diagnostic.at(path, *span, name);
            }
        }
        let site = [own, other].into_iter().find(|maker| maker.place.is_none());
        diagnostics.push(match site {
            Some(site) => diagnostic.help(format!("choose another name: this one is taken by {}", site.name)),
            None => diagnostic.help("rename one of the two"),
        });
    }
}

/// Reports files of which not both are published, so that the map does not know of them.
fn check_held(graph: &Graph, diagnostics: &mut Vec<Diagnostic>) {
    let mut files: HashMap<Cow<'_, str>, &InputPath> = HashMap::new();
    for path in graph.assets.iter() {
        let first = *files.entry(folded(path.as_str())).or_insert(path);
        let are_published = [first, path].into_iter().all(|path| graph.files.published.contains(path));
        if first != path && !are_published {
            let message = format!("`{first}` and `{path}` are the same file on macOS and Windows");
            let found = RULE.code.found(message).at(first, Span::empty(0), "").at(path, Span::empty(0), "");
            diagnostics.push(found.help("rename one of the two"));
        }
    }
}

/// What makes a file of the site.
struct Maker<'a> {
    name: String,
    /// What in the content causes it, if anything.
    place: Option<(&'a InputPath, Span)>,
}

impl<'a> Maker<'a> {
    fn of(graph: &'a Graph, route: &'a Route) -> Maker<'a> {
        let site = |name: &str| Maker { name: name.to_owned(), place: None };
        let listing = |kind: KindId| site(&format!("the listing of {}", kind.spec().folder));
        let about = |ix: EntityIx, name: &str| {
            let entity = graph.entity(ix);
            Maker {
                name: format!("{name} `{}`", entity.id),
                place: Some((entity.path(), entity.head_span())),
            }
        };
        match route {
            Route::Page(PageId::Entity(ix, _)) => about(*ix, "the page of"),
            Route::Page(PageId::Referrers(ix, ..)) => about(*ix, "a list of what mentions"),
            Route::Page(PageId::Redirect(ix, former, _)) => {
                let entity = graph.entity(*ix);
                let written = entity.common().formerly.iter().find(|id| *id.value == *former.as_str());
                Maker {
                    name: format!("the redirect from `{former}` to `{}`", entity.id),
                    place: written.map(|id| (entity.path(), id.span)),
                }
            }
            Route::Page(PageId::Listing(kind, ..)) => listing(*kind),
            Route::Page(PageId::Home(_)) => site("the home of the site"),
            Route::Page(PageId::Map(_, 0)) => site("the map of everything"),
            Route::Page(PageId::Map(..)) => site("a map of some of the places"),
            Route::Page(PageId::Print(_)) => site("the print edition"),
            Route::Page(PageId::NotFound) => site("the page for addresses that lead nowhere"),
            Route::Page(PageId::Special(..)) => site("a page on the evidence"),
            Route::Input(path) => {
                Maker { name: format!("the file `{path}`"), place: Some((path, Span::empty(0))) }
            }
            Route::File(output, key) => match key.of {
                Subject::Entity(ix) => about(ix, &format!("the {} of", output.name)),
                Subject::Kind(kind) => site(&format!("the {} of {}", output.name, kind.spec().folder)),
                Subject::Site => site(&format!("the site's {}", output.name)),
            },
        }
    }
}
