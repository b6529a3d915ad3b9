//! `sitemap.xml` (sitemaps.org protocol 0.9), each page with its translations (`hreflang`).

use std::fmt::Write;

use super::xml::escaped;
use super::{Bundle, Content, Output, Press};
use crate::link::{Entity, layout};

/// See the module.
pub struct Sitemap;

impl Output for Sitemap {
    fn name(&self) -> &'static str {
        "sitemap"
    }

    fn only(&self) -> Option<&'static str> {
        Some("sitemap.xml")
    }

    fn fill(&self, press: &Press<'_>, bundle: &mut Bundle) {
        let graph = press.site.graph();
        let mut xml = String::from(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\" \
             xmlns:xhtml=\"http://www.w3.org/1999/xhtml\">\n",
        );
        for entity in &graph.entities {
            add(press, entity, &mut xml);
        }
        xml.push_str("</urlset>\n");
        bundle.add("sitemap.xml".into(), Content::Bytes(xml.into_bytes()));
    }
}

fn add(press: &Press<'_>, entity: &Entity, xml: &mut String) {
    let graph = press.site.graph();
    let address = |edition: &crate::link::Edition| {
        let path = layout::page(graph, entity, &edition.input.lang);
        escaped(&format!("{}{}", press.site.config().base_url, layout::address(&path)))
    };
    let modified = entity.common().updated.as_ref().and_then(|date| date.earliest());
    for edition in &entity.editions {
        // Writing to a string cannot fail.
        let _ = write!(xml, "<url><loc>{}</loc>", address(edition));
        if let Some(day) = modified {
            let _ = write!(xml, "<lastmod>{day}</lastmod>");
        }
        if entity.editions.len() > 1 {
            for other in &entity.editions {
                let (lang, href) = (&other.input.lang, address(other));
                let _ = write!(xml, "<xhtml:link rel=\"alternate\" hreflang=\"{lang}\" href=\"{href}\"/>");
            }
        }
        xml.push_str("</url>\n");
    }
}
