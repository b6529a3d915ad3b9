//! `sitemap.xml` (sitemaps.org protocol 0.9): every canonical page, with its translations (`hreflang`) and
//! pictures. If there are more addresses than one sitemap may have, it is an index of `sitemap-1.xml` and so
//! on.

use std::collections::HashMap;
use std::fmt::Write;

use super::xml::escaped;
use super::{Output, Routes, SiteBuilder};
use crate::base::diagnostic::Diagnostic;
use crate::base::id::Lang;
use crate::base::media::picture;
use crate::base::path::SitePath;
use crate::link::{Edition, Entity, Graph, Target, file_beside, layout};
use crate::site::{FileKey, PageId, SiteInput};

pub(crate) struct Sitemap;

/// The maximum number of addresses in a file, set by the protocol.
const MOST: usize = 50_000;

const HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
const SPACES: &str = " xmlns:xhtml=\"http://www.w3.org/1999/xhtml\" xmlns:image=\"http://www.google.com/schemas/sitemap-image/1.1\"";
const PROTOCOL: &str = "xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\"";

impl Output for Sitemap {
    fn name(&self) -> &'static str {
        "sitemap"
    }

    fn routes(&self, input: &SiteInput<'_>, routes: &mut Routes<'_>) {
        let editions = listed(input.graph).map(|entity| entity.editions.len()).sum::<usize>();
        let count = editions + routes.map().pages().filter(|(_, id)| is_other(id)).count();
        for (number, path) in paths(count, MOST).into_iter().enumerate() {
            routes.add(path, FileKey::numbered(number));
        }
    }

    fn bytes(&self, builder: &SiteBuilder<'_>, _: &SitePath, key: FileKey) -> Result<Vec<u8>, Diagnostic> {
        Ok(file(&entries(builder), &builder.site.config().base_url, key.number, MOST).into_bytes())
    }
}

/// The files for this number of entries: `sitemap.xml` and, if that is not enough, the files that it lists.
fn paths(entries: usize, most: usize) -> Vec<SitePath> {
    let parts = if entries > most { entries.div_ceil(most) } else { 0 };
    (0..=parts)
        .map(|number| if number == 0 { "sitemap.xml".into() } else { format!("sitemap-{number}.xml").into() })
        .collect()
}

/// The content of the file with this number.
fn file(entries: &[String], base: &str, number: usize, most: usize) -> String {
    let set =
        |entries: &[String]| format!("{HEAD}<urlset {PROTOCOL}{SPACES}>\n{}</urlset>\n", entries.concat());
    let paths = paths(entries.len(), most);
    match number.checked_sub(1) {
        Some(part) => set(entries.chunks(most).nth(part).unwrap_or_default()),
        None if paths.len() == 1 => set(entries),
        None => {
            let mut index = format!("{HEAD}<sitemapindex {PROTOCOL}>\n");
            for path in &paths[1..] {
                // Writing to a string cannot fail.
                let _ =
                    writeln!(index, "<sitemap><loc>{}</loc></sitemap>", escaped(&format!("{base}{path}")));
            }
            index + "</sitemapindex>\n"
        }
    }
}

/// The entities whose pages search engines may index.
fn listed(graph: &Graph) -> impl Iterator<Item = &Entity> {
    graph.entities.iter().map(|entity| &**entity).filter(|e| !e.common().draft && e.embargo.is_none())
}

/// Whether a page of no entity belongs in the sitemap. The print edition does not, because it repeats the
/// other pages.
fn is_other(id: &PageId) -> bool {
    !matches!(id, PageId::Entity(..) | PageId::Print(_) | PageId::Redirect(..) | PageId::NotFound)
}

/// An entry for every page that is not a translation, copy or redirect of another page.
fn entries(builder: &SiteBuilder<'_>) -> Vec<String> {
    let site = &builder.site;
    let mut entries = Vec::with_capacity(site.graph().entities.len() * 2);
    for entity in listed(site.graph()) {
        add(builder, entity, &mut entries);
    }
    let others = || site.map().pages().filter(|(_, id)| is_other(id));
    let address = |path| escaped(&format!("{}{}", site.config().base_url, layout::address(path)));
    // The languages of a page, keyed by the page's id in the first language.
    let mut alternates: HashMap<PageId, Vec<String>> = HashMap::new();
    for (path, id) in others() {
        if let Some(lang) = id.lang() {
            let link = alternate(&site.locales()[lang].lang, &address(path));
            alternates.entry(id.clone().in_language(0)).or_default().push(link);
        }
    }
    for (path, id) in others() {
        let links = alternates.get(&id.clone().in_language(0)).filter(|links| links.len() > 1);
        let links = links.map_or_else(String::new, |links| links.concat());
        entries.push(format!("<url><loc>{}</loc>{links}</url>\n", address(path)));
    }
    entries
}

fn add(builder: &SiteBuilder<'_>, entity: &Entity, entries: &mut Vec<String>) {
    let graph = builder.site.graph();
    let base = &builder.site.config().base_url;
    let address = |edition: &Edition| {
        escaped(&format!("{base}{}", layout::address(&layout::page(graph, entity, &edition.input.lang))))
    };
    let modified = entity.common().updated.as_ref().and_then(|date| date.earliest());
    for edition in &entity.editions {
        let mut xml = format!("<url><loc>{}</loc>", address(edition));
        // Writing to a string cannot fail.
        if let Some(day) = modified {
            let _ = write!(xml, "<lastmod>{day}</lastmod>");
        }
        if entity.editions.len() > 1 {
            for other in &entity.editions {
                xml.push_str(&alternate(&other.input.lang, &address(other)));
            }
        }
        for path in pictures(builder, entity, edition) {
            let _ = write!(
                xml,
                "<image:image><image:loc>{}</image:loc></image:image>",
                escaped(&format!("{base}{path}"))
            );
        }
        xml.push_str("</url>\n");
        entries.push(xml);
    }
}

/// Links to the page in another language.
fn alternate(lang: &Lang, address: &str) -> String {
    format!("<xhtml:link rel=\"alternate\" hreflang=\"{lang}\" href=\"{address}\"/>")
}

/// The pictures on a page, without duplicates.
fn pictures(builder: &SiteBuilder<'_>, entity: &Entity, edition: &Edition) -> Vec<String> {
    let src = entity.common().image.as_ref().and_then(|image| image.src.as_ref());
    let own = src.map(|src| file_beside(builder.site.graph(), entity.path(), src));
    let mut paths: Vec<String> = Vec::new();
    for target in own.iter().chain(&edition.links) {
        let Target::Asset(path) = target else { continue };
        let is_picture = picture(path.extension()).is_some();
        let path = layout::encoded(&layout::asset(path));
        if is_picture && !paths.contains(&path) {
            paths.push(path);
        }
    }
    paths
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_too_long_for_one_file_goes_over_several() {
        let entries: Vec<String> = (0..5).map(|n| format!("<url>{n}</url>\n")).collect();
        let files = |most| {
            let file = |number| file(&entries, "https://example.org/", number, most);
            paths(entries.len(), most)
                .into_iter()
                .enumerate()
                .map(|(at, path)| (path, file(at)))
                .collect::<Vec<_>>()
        };
        let one = files(5);
        assert_eq!(one.len(), 1);
        assert!(one[0].1.contains("<urlset ") && one[0].1.ends_with("<url>4</url>\n</urlset>\n"));
        let several = files(2);
        let names: Vec<&str> = several.iter().map(|(path, _)| path.as_str()).collect();
        assert_eq!(names, ["sitemap.xml", "sitemap-1.xml", "sitemap-2.xml", "sitemap-3.xml"]);
        assert!(several[3].1.contains("<url>4</url>") && !several[3].1.contains("<url>3</url>"));
        assert!(several[0].1.contains("<loc>https://example.org/sitemap-3.xml</loc>"));
    }
}
