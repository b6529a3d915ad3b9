//! `sitemap.xml` (sitemaps.org protocol 0.9): every page that is the first of its kind to say something, with its translations
//! (`hreflang`) and pictures. Where there are more addresses than a sitemap may hold, it is an index of `sitemap-1.xml` and on.

use std::fmt::Write;

use super::xml::escaped;
use super::{Bundle, Content, Output, Press};
use crate::base::path::SitePath;
use crate::link::{Edition, Entity, Target, file_beside, layout};
use crate::pages::PageId;

/// See the module.
pub struct Sitemap;

/// The most addresses in one file, as the protocol has it.
const MOST: usize = 50_000;

/// What browsers show as pictures.
const PICTURES: [&str; 7] = ["avif", "gif", "jpeg", "jpg", "png", "svg", "webp"];

const HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
const SPACES: &str = " xmlns:xhtml=\"http://www.w3.org/1999/xhtml\" xmlns:image=\"http://www.google.com/schemas/sitemap-image/1.1\"";
const PROTOCOL: &str = "xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\"";

impl Output for Sitemap {
    fn name(&self) -> &'static str {
        "sitemap"
    }

    fn fill(&self, press: &Press<'_>, bundle: &mut Bundle) {
        let files = files(&entries(press), &press.site.config().base_url, MOST);
        for (path, xml) in files {
            bundle.add(path.into(), Content::Bytes(xml.into_bytes()));
        }
    }

    fn find(&self, press: &Press<'_>, path: &SitePath) -> Option<Content> {
        if !path.as_str().starts_with("sitemap") {
            return None;
        }
        let mut bundle = Bundle::default();
        self.fill(press, &mut bundle);
        bundle.files.remove(path)
    }
}

/// The files of so many entries.
fn files(entries: &[String], base: &str, most: usize) -> Vec<(String, String)> {
    let set =
        |entries: &[String]| format!("{HEAD}<urlset {PROTOCOL}{SPACES}>\n{}</urlset>\n", entries.concat());
    if entries.len() <= most {
        return vec![("sitemap.xml".into(), set(entries))];
    }
    let parts = entries.chunks(most).enumerate();
    let mut files: Vec<_> = parts.map(|(at, part)| (format!("sitemap-{}.xml", at + 1), set(part))).collect();
    let mut index = format!("{HEAD}<sitemapindex {PROTOCOL}>\n");
    for (path, _) in &files {
        // Writing to a string cannot fail.
        let _ = writeln!(index, "<sitemap><loc>{}</loc></sitemap>", escaped(&format!("{base}{path}")));
    }
    index.push_str("</sitemapindex>\n");
    files.push(("sitemap.xml".into(), index));
    files
}

/// An entry for every page that is nobody else's translation, copy or way.
fn entries(press: &Press<'_>) -> Vec<String> {
    let site = &press.site;
    let (graph, config) = (site.graph(), site.config());
    let mut entries = Vec::with_capacity(graph.entities.len() * 2);
    for entity in &graph.entities {
        // What nobody should find yet.
        if !entity.common().draft && entity.embargo.is_none() {
            add(press, entity, &mut entries);
        }
    }
    // Pages that are no entity's: the same part of a list is a translation of the other languages'.
    let is_other = |id: &PageId| {
        // The print edition says nothing that the pages do not.
        !matches!(id, PageId::Entity(..) | PageId::Print(_) | PageId::Redirect(..) | PageId::NotFound)
    };
    let others = site.pages().into_iter().filter(|(_, id)| is_other(id));
    for (path, _) in others {
        let address = escaped(&format!("{}{}", config.base_url, layout::address(&path)));
        entries.push(format!("<url><loc>{address}</loc></url>\n"));
    }
    entries
}

fn add(press: &Press<'_>, entity: &Entity, entries: &mut Vec<String>) {
    let graph = press.site.graph();
    let base = &press.site.config().base_url;
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
                let (lang, href) = (&other.input.lang, address(other));
                let _ = write!(xml, "<xhtml:link rel=\"alternate\" hreflang=\"{lang}\" href=\"{href}\"/>");
            }
        }
        for path in pictures(press, entity, edition) {
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

/// The pictures on a page, each once.
fn pictures(press: &Press<'_>, entity: &Entity, edition: &Edition) -> Vec<String> {
    let src = entity.common().image.as_ref().and_then(|image| image.src.as_ref());
    let own = src.map(|src| file_beside(press.site.graph(), entity.path(), src));
    let mut paths: Vec<String> = Vec::new();
    for target in own.iter().chain(&edition.links) {
        let Target::Asset(path) = target else { continue };
        let extension = path.extension().unwrap_or_default().to_ascii_lowercase();
        let path = layout::encoded(&layout::asset(path));
        if PICTURES.contains(&extension.as_str()) && !paths.contains(&path) {
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
        let one = files(&entries, "https://example.org/", 5);
        assert_eq!(one.len(), 1);
        assert!(one[0].1.contains("<urlset ") && one[0].1.ends_with("<url>4</url>\n</urlset>\n"));
        let several = files(&entries, "https://example.org/", 2);
        let names: Vec<&str> = several.iter().map(|(path, _)| path.as_str()).collect();
        assert_eq!(names, ["sitemap-1.xml", "sitemap-2.xml", "sitemap-3.xml", "sitemap.xml"]);
        assert!(several[2].1.contains("<url>4</url>") && !several[2].1.contains("<url>3</url>"));
        assert!(several[3].1.contains("<loc>https://example.org/sitemap-3.xml</loc>"));
    }
}
