//! `NAME.kml` next to each route's page (OGC KML 2.2): its legs and stops.

use std::fmt::Write;

use super::xml::escaped;
use super::{Output, Routes, SiteBuilder};
use crate::base::diagnostic::Diagnostic;
use crate::base::path::SitePath;
use crate::geo::LonLat;
use crate::geo::antimeridian::within;
use crate::link::layout;
use crate::site::{FileKey, SiteInput, Subject};

pub(crate) struct Kml;

impl Output for Kml {
    fn name(&self) -> &'static str {
        "KML file"
    }

    fn routes(&self, input: &SiteInput<'_>, routes: &mut Routes<'_>) {
        for (ix, entity) in input.graph.iter().filter(|(ix, _)| input.has_lines(*ix)) {
            routes.add(layout::data(input.graph, entity, "kml"), FileKey::of(Subject::Entity(ix)));
        }
    }

    fn bytes(&self, builder: &SiteBuilder<'_>, _: &SitePath, key: FileKey) -> Result<Vec<u8>, Diagnostic> {
        let survey = builder.site.survey(key.entity());
        let mut xml = format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<kml xmlns=\"http://www.opengis.net/kml/2.2\"><Document><name>{}</name>\n",
            escaped(&survey.title),
        );
        for segment in &survey.lines {
            let about = format!("{}, {}, {}", segment.mode, segment.certainty, segment.course);
            // Writing to a string cannot fail.
            let _ = write!(
                xml,
                "<Placemark><name>{}</name><description>{about}</description><MultiGeometry>",
                escaped(&segment.title)
            );
            for part in &segment.parts {
                let points: Vec<String> = part.iter().map(tuple).collect();
                let points = points.join(" ");
                let _ = write!(
                    xml,
                    "<LineString><tessellate>1</tessellate><coordinates>{points}</coordinates></LineString>"
                );
            }
            xml.push_str("</MultiGeometry></Placemark>\n");
        }
        for place in &survey.places {
            let (title, url, point) = (escaped(&place.title), escaped(&place.url), tuple(&place.at));
            let _ = writeln!(
                xml,
                "<Placemark><name>{title}</name><description>{url}</description><Point><coordinates>{point}</coordinates></Point></Placemark>"
            );
        }
        xml.push_str("</Document></kml>\n");
        Ok(xml.into_bytes())
    }
}

fn tuple([lon, lat]: &LonLat) -> String {
    let lon = within(*lon);
    format!("{lon:.5},{lat:.5}")
}
