//! `NAME.gpx` next to each route's page (GPX 1.1): the stops as waypoints, and the legs as tracks.

use std::fmt::Write;

use super::xml::escaped;
use super::{Output, Routes, SiteBuilder};
use crate::base::diagnostic::Diagnostic;
use crate::base::path::SitePath;
use crate::geo::LonLat;
use crate::geo::antimeridian::within;
use crate::link::layout;
use crate::site::{FileKey, SiteInput, Subject};

pub(crate) struct Gpx;

impl Output for Gpx {
    fn name(&self) -> &'static str {
        "GPX file"
    }

    fn routes(&self, input: &SiteInput<'_>, routes: &mut Routes<'_>) {
        for (ix, entity) in input.graph.iter().filter(|(ix, _)| input.has_lines(*ix)) {
            routes.add(layout::data(input.graph, entity, "gpx"), FileKey::of(Subject::Entity(ix)));
        }
    }

    fn bytes(&self, builder: &SiteBuilder<'_>, _: &SitePath, key: FileKey) -> Result<Vec<u8>, Diagnostic> {
        let survey = builder.site.survey(key.entity());
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
            let about = format!("{}, {}", segment.certainty, segment.course);
            let _ = writeln!(
                xml,
                "<trk><name>{title}</name><desc>{about}</desc><link href=\"{url}\"/><number>{}</number><type>{}</type>",
                segment.number, segment.mode,
            );
            for part in &segment.parts {
                xml.push_str("<trkseg>");
                for point in part {
                    let _ = write!(xml, "<trkpt {}/>", attributes(point));
                }
                xml.push_str("</trkseg>\n");
            }
            xml.push_str("</trk>\n");
        }
        xml.push_str("</gpx>\n");
        Ok(xml.into_bytes())
    }
}

/// A position. The schema requires longitudes below 180.
fn attributes([lon, lat]: &LonLat) -> String {
    let lon = within(*lon);
    format!("lat=\"{lat:.5}\" lon=\"{:.5}\"", lon.min(179.999_99))
}
