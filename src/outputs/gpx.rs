//! `NAME.gpx` beside each route's page (GPX 1.1): its stops as waypoints, its legs as tracks.

use std::fmt::Write;

use super::xml::escaped;
use super::{Bundle, Content, Output, Press};
use crate::geo::LonLat;
use crate::geo::antimeridian::{cut, within};
use crate::link::{EntityIx, layout};

/// See the module.
pub struct Gpx;

impl Output for Gpx {
    fn name(&self) -> &'static str {
        "gpx"
    }

    fn fill(&self, press: &Press<'_>, bundle: &mut Bundle) {
        let (site, graph) = (&press.site, press.site.graph());
        for (ix, entity) in graph.iter().filter(|(ix, _)| site.has_lines(*ix)) {
            bundle.add(layout::data(graph, entity, "gpx"), Content::Data("gpx", Some(ix)));
        }
    }

    fn data(&self, press: &Press<'_>, of: Option<EntityIx>) -> Vec<u8> {
        let survey = press.site.survey(of);
        let mut xml = format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<gpx version=\"1.1\" creator=\"Dossier\" xmlns=\"http://www.topografix.com/GPX/1/1\">\n\
             <metadata><name>{}</name></metadata>\n",
            escaped(&survey.title),
        );
        for place in &survey.places {
            let (title, url) = (escaped(&place.title), escaped(&place.url));
            // Writing to a string cannot fail.
            let _ = writeln!(
                xml,
                "<wpt {}><name>{title}</name><link href=\"{url}\"/></wpt>",
                attributes(&place.at)
            );
        }
        for segment in &survey.lines {
            let (title, url) = (escaped(&segment.title), escaped(&segment.url));
            let about = format!("{}, {}", segment.certainty, segment.course());
            let _ = writeln!(
                xml,
                "<trk><name>{title}</name><desc>{about}</desc><link href=\"{url}\"/><number>{}</number><type>{}</type>",
                segment.number, segment.mode,
            );
            for part in cut(&segment.line.points) {
                xml.push_str("<trkseg>");
                for point in part {
                    let _ = write!(xml, "<trkpt {}/>", attributes(&point));
                }
                xml.push_str("</trkseg>\n");
            }
            xml.push_str("</trk>\n");
        }
        xml.push_str("</gpx>\n");
        xml.into_bytes()
    }
}

/// A position. The schema wants longitudes below 180.
fn attributes([lon, lat]: &LonLat) -> String {
    let lon = within(*lon);
    format!("lat=\"{lat:.5}\" lon=\"{:.5}\"", lon.min(179.999_99))
}
