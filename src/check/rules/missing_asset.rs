//! Reports files that content refers to but that do not exist.

use std::collections::BTreeMap;

use percent_encoding::percent_decode_str;

use crate::base::diagnostic::{Code, Diagnostic, Severity};
use crate::base::near::{all_nearest, is_same_name};
use crate::base::path::{InputPath, folded, join, relative};
use crate::base::span::Span;
use crate::check::help::{MOST_SUGGESTIONS, address, any_of, part_of};
use crate::check::{Context, Rule};
use crate::data::reading;
use crate::link::{Edition, Entity, Graph, Target, Unresolved, file_beside, layout, markdown_target};

pub(crate) static RULE: Rule = Rule {
    code: Code {
        name: "missing-asset",
        level: Severity::Error,
        docs: "\
A picture, a document or another file that a text or front matter refers to, and that is not in
`content/`. It would be missing from the site. Paths are relative to the folder of the file that
contains them; case matters, as it does on most web servers. A path that leads out of `content/` is
refused, because it could publish files that were never meant to be public.

```md
![The pier](images/pier.png)      <!-- in claims/x.md: content/claims/images/pier.png -->
```

An address in HTML, `<img src=\"pier.png\">`, stays as it is written, so it has to be right from where the page
is on the site. Pages of translations are in a folder of their own (`en/claims/`); Markdown's addresses
are adapted to that, those in HTML are not. Such an address is only a warning: a text from elsewhere has
HTML that nobody wrote for this site.

Front matter names files in `image.src`, in a source's `file` and in a leg's `path`.

How to fix: correct the path, or copy the file into `content/`. To link to a page of the dossier,
use the path of its Markdown file, `../actors/nis.md`, not the address on the site.",
    },
    check,
};

fn check(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let graph = context.graph;
    let mut index = FileIndex::of(graph);
    for entity in &graph.entities {
        for file in entity.head().files() {
            let target = file_beside(graph, entity.path(), file);
            let place =
                Place { edition: entity.original(), span: file.span, written: file, is_address: false };
            diagnostics.extend(report(context, &mut index, &place, &target));
        }
        for edition in &entity.editions {
            for (place, target) in links(edition) {
                diagnostics.extend(report(context, &mut index, &place, target));
            }
            let in_html = edition.prose().html_addresses.iter();
            diagnostics.extend(
                in_html.filter_map(|(address, span)| broken(context, entity, edition, address, *span)),
            );
        }
    }
}

/// The finding for an address in HTML at which the site has nothing. It stays as it is written, so it is relative to
/// the page.
fn broken(
    context: &Context<'_>,
    entity: &Entity,
    edition: &Edition,
    address: &str,
    span: Span,
) -> Option<Diagnostic> {
    let target = markdown_target(context.graph, edition, address);
    let is_elsewhere =
        matches!(target, Target::External(_) | Target::Fragment(_) | Target::Unresolved(Unresolved::Unsafe));
    let written = address.split(['#', '?']).next().filter(|written| !written.is_empty() && !is_elsewhere)?;
    let decoded = percent_decode_str(written).decode_utf8_lossy();
    let page = layout::page(context.graph, entity, &edition.input.lang);
    let folder = if written.starts_with('/') { "" } else { page.folder() };
    let path = join(folder, decoded.trim_matches('/'));
    let has = |path: &str| context.map.find(&path.into()).is_some();
    if path.as_ref().is_some_and(|path| has(path) || has(join(path, "index.html").as_deref().unwrap_or(path)))
    {
        return None;
    }
    // `case-mismatch` reports those.
    let is_other_case = |asset: &InputPath| {
        path.as_ref().is_some_and(|path| folded(path) == folded(layout::asset(asset).as_str()))
    };
    if matches!(&target, Target::Asset(asset) if is_other_case(asset)) {
        return None;
    }
    let (message, help) = match target {
        Target::Asset(_) | Target::Entity(..) => (
            format!("the page has nothing at `{written}`: addresses in HTML stay as they are written"),
            "write it in Markdown, whose addresses lead to the same file from every page",
        ),
        _ => (format!("there is no file `{written}`"), "correct the path, or copy the file there"),
    };
    let span = part_of(&context.text(edition), span, written).unwrap_or(span);
    let found = RULE.code.found(message).at(&edition.input.path, span, "not found").help(help);
    // Texts from elsewhere have HTML that nobody wrote for this site.
    Some(Diagnostic { severity: Severity::Warning, ..found })
}

/// Where a file is named.
struct Place<'a> {
    edition: &'a Edition,
    span: Span,
    written: &'a str,
    /// Whether it is an address in Markdown, and not a plain name.
    is_address: bool,
}

impl Place<'_> {
    /// Where it stands as such.
    fn whole_span(&self, context: &Context<'_>) -> Option<Span> {
        part_of(&context.text(self.edition), self.span, self.written)
    }

    /// Where its path stands as such, without a fragment.
    fn file_span(&self, context: &Context<'_>) -> Option<Span> {
        let end = if self.is_address { self.written.find(['#', '?']) } else { None };
        part_of(&context.text(self.edition), self.span, &self.written[..end.unwrap_or(self.written.len())])
    }
}

fn links(edition: &Edition) -> impl Iterator<Item = (Place<'_>, &Target)> {
    edition.prose().links.iter().zip(&edition.links).map(|(link, target)| {
        let span = link.target_span.unwrap_or(link.span);
        (Place { edition, span, written: &link.target, is_address: true }, target)
    })
}

fn report<'a>(
    context: &Context<'a>,
    index: &mut FileIndex<'a>,
    place: &Place<'_>,
    target: &Target,
) -> Option<Diagnostic> {
    let Target::Unresolved(why) = target else { return None };
    let (graph, written, path) = (context.graph, place.written, &place.edition.input.path);
    let found = |message: String, label| RULE.code.found(message).at(path, place.span, label);
    // `[words]("https://example.org")`
    if let Some(inner) = unquoted(written).filter(|_| place.is_address)
        && let Some(span) = place.whole_span(context)
    {
        let target = markdown_target(graph, place.edition, inner);
        let is_sure = matches!(target, Target::External(_) | Target::Entity(..) | Target::Asset(_));
        return Some(
            found(format!("`{written}` has quotation marks around it, so it leads nowhere"), "not found")
                .help(format!("write `{inner}`"))
                .suggest(is_sure, path, span, inner),
        );
    }
    match why {
        Unresolved::Outside => Some(
            found(format!("`{written}` leads out of `content/`"), "refused")
                .help("copy the file into `content/`, beside this one"),
        ),
        Unresolved::NoAsset(_) if written.contains("://") => Some(
            found(format!("`{written}` is on another site"), "needs a file")
                .help("save a copy beside this file, and write its name"),
        ),
        Unresolved::NoAsset(wanted) => {
            let diagnostic = found(format!("there is no file `{wanted}`"), "not found");
            let near = index.near(graph, wanted);
            // `[NIS](nis)`: the id of a text.
            if let Some(id) = graph.by_id(written).filter(|_| place.is_address && near.is_empty())
                && let Some(span) = place.whole_span(context)
            {
                let file = address(path.folder(), graph.entity(id).path().as_str());
                let found = diagnostic.help(format!("did you mean `{file}`?"));
                return Some(found.suggest(true, path, span, file));
            }
            let spelling = |file: &&InputPath| match place.is_address {
                true => address(path.folder(), file.as_str()),
                false => relative(path.folder(), file.as_str()),
            };
            let name = wanted.rsplit('/').next().unwrap_or(wanted);
            let is_sure = match near.as_slice() {
                [one] => name.ends_with(".html") || is_same_name(name, one.name()),
                _ => false,
            };
            let near: Vec<String> = near.iter().map(spelling).collect();
            let on_the_web = on_the_web(written).filter(|_| place.is_address);
            Some(match near.as_slice() {
                [] => match on_the_web.zip(place.whole_span(context)) {
                    Some(((meant, is_sure), span)) => diagnostic
                        .help(format!("did you mean `{meant}`?"))
                        .suggest(is_sure, path, span, meant),
                    None => diagnostic.help("correct the path, or copy the file there"),
                },
                several => {
                    let diagnostic = diagnostic
                        .help(format!("did you mean {}?", any_of(several.iter().map(String::as_str))));
                    match (several, place.file_span(context)) {
                        (several, Some(span)) => several
                            .iter()
                            .filter(|one| may_stand(one))
                            .fold(diagnostic, |found, one| found.suggest(is_sure, path, span, one)),
                        (_, None) => diagnostic,
                    }
                }
            })
        }
        _ => None,
    }
}

/// What is between quotation marks that are all around an address.
fn unquoted(written: &str) -> Option<&str> {
    const MARKS: [char; 9] = ['"', '\'', '“', '”', '„', '‘', '’', '«', '»'];
    let inner = written.strip_prefix(MARKS)?.strip_suffix(MARKS)?;
    (!inner.is_empty() && !inner.contains(MARKS)).then_some(inner)
}

/// The address on the web that the path of a file looks like, and whether it can be nothing else.
fn on_the_web(written: &str) -> Option<(String, bool)> {
    const DOMAINS: [&str; 8] = ["com", "edu", "gov", "id", "info", "int", "net", "org"];
    let host = written.split(['/', '?', '#']).next()?.to_lowercase();
    let is_sure = host.starts_with("www.") || matches!(host.as_str(), "http" | "https");
    let is_like = host.rsplit_once('.').is_some_and(|(_, domain)| DOMAINS.contains(&domain));
    let address = reading::address(written).filter(|_| is_sure || is_like)?;
    Some((address, is_sure))
}

/// Whether a path needs no quotation or escape, in Markdown, YAML or TOML.
fn may_stand(path: &str) -> bool {
    path.chars().all(|c| c.is_alphanumeric() || "-_./".contains(c))
}

/// The files that there are, by folder and by name in lower case.
struct FileIndex<'a> {
    by_folder: BTreeMap<&'a str, Vec<&'a InputPath>>,
    by_name: BTreeMap<String, Vec<&'a InputPath>>,
    looked_up: usize,
}

impl<'a> FileIndex<'a> {
    fn of(graph: &'a Graph) -> FileIndex<'a> {
        let mut index = FileIndex { by_folder: BTreeMap::new(), by_name: BTreeMap::new(), looked_up: 0 };
        for asset in graph.assets.iter() {
            index.by_folder.entry(asset.folder()).or_default().push(asset);
            index.by_name.entry(asset.name().to_lowercase()).or_default().push(asset);
        }
        index
    }

    /// What may have been meant by the path of a file that is not there.
    fn near(&mut self, graph: &'a Graph, wanted: &str) -> Vec<&'a InputPath> {
        self.looked_up += 1;
        if self.looked_up > MOST_SUGGESTIONS {
            return Vec::new();
        }
        let wanted = InputPath::from(wanted);
        // The page as it will be called, instead of the file that makes it.
        if let Some(stem) = wanted.name().strip_suffix(".html")
            && let Some(ix) = graph.by_id(stem)
        {
            return vec![graph.entity(ix).path()];
        }
        if let Some(same) = self.by_name.get(&wanted.name().to_lowercase()) {
            return same.clone();
        }
        let beside = self.by_folder.get(wanted.folder()).map(Vec::as_slice).unwrap_or_default();
        let names = all_nearest(wanted.name(), beside.iter().map(|path| path.name()));
        names.into_iter().filter_map(|name| graph.assets.get(join(wanted.folder(), name)?.as_str())).collect()
    }
}
