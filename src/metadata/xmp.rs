//! XMP: metadata as RDF (ISO 16684-1).

use roxmltree::Node;

use super::{Kept, Tell, Tells, contains};
use crate::base::markup::escaped;
use crate::base::xml;

/// Before the packet, in a JPEG.
pub(super) const MARK: &[u8] = b"http://ns.adobe.com/xap/1.0/\0";

/// A packet that says nothing.
pub(super) const EMPTY: &[u8] = b"<x:xmpmeta xmlns:x=\"adobe:ns:meta/\"/>";

const DC: &str = "http://purl.org/dc/elements/1.1/";
const RIGHTS: &str = "http://ns.adobe.com/xap/1.0/rights/";

/// Who owns a picture, and on which terms it may be used.
#[derive(Debug, Default)]
pub(super) struct Rights {
    rights: Option<String>,
    terms: Option<String>,
    statement: Option<String>,
}

/// Words of names of properties, and what these tell.
const PROPERTIES: [(&[u8], Tell); 27] = [
    (b"GPS", Tell::Place),
    (b":City", Tell::Place),
    (b":State", Tell::Place),
    (b":Country", Tell::Place),
    (b"Location", Tell::Place),
    (b"SerialNumber", Tell::Serial),
    (b"DocumentID", Tell::Serial),
    (b"InstanceID", Tell::Serial),
    (b"ImageUniqueID", Tell::Serial),
    (b"dc:creator", Tell::Name),
    (b"OwnerName", Tell::Name),
    (b"PersonInImage", Tell::Name),
    (b":Credit", Tell::Name),
    (b":CaptionWriter", Tell::Name),
    (b"PersonDisplayName", Tell::Name),
    (b"tiff:Artist", Tell::Name),
    (b":Author", Tell::Name),
    (b"tiff:Model", Tell::Device),
    (b"aux:Lens", Tell::Device),
    (b"CreatorTool", Tell::Software),
    (b"softwareAgent", Tell::Software),
    (b"Date", Tell::Dates),
    (b"dc:description", Tell::Text),
    (b"dc:title", Tell::Text),
    (b"dc:subject", Tell::Text),
    (b"History", Tell::Changes),
    (b"Thumbnail", Tell::OtherPictures),
];

/// Reads what a packet tells, and what of it stays.
pub(super) fn read(packet: &[u8], kept: &mut Kept, told: &mut Tells) {
    for (words, tell) in PROPERTIES {
        if contains(packet, words) {
            told.add(tell);
        }
    }
    if super::names_local_path(packet) {
        told.add(Tell::LocalPath);
    }
    let text = String::from_utf8_lossy(packet);
    // The padding of a packet may contain zeros.
    if let Ok(document) = xml::parse(text.trim_matches(['\0', '\u{feff}', ' ', '\n', '\r', '\t'])) {
        kept.rights.read(document.root());
    }
}

impl Rights {
    /// Reads the rights below a node.
    pub(super) fn read(&mut self, within: Node<'_, '_>) {
        let value = |namespace: &str, name: &str| {
            let element = within.descendants().find(|node| node.has_tag_name((namespace, name)));
            let words = |node: Node<'_, '_>| {
                let item = node.descendants().find(|inner| inner.tag_name().name() == "li").unwrap_or(node);
                item.descendants().filter_map(|inner| inner.text()).next().map(str::to_owned)
            };
            let resource = |node: Node<'_, '_>| {
                node.attributes().find(|one| one.name() == "resource").map(|one| one.value().to_owned())
            };
            let as_element = element.and_then(|node| words(node).or_else(|| resource(node)));
            let as_attribute =
                || within.descendants().find_map(|node| node.attribute((namespace, name)).map(str::to_owned));
            as_element
                .or_else(as_attribute)
                .map(|text| text.trim().to_owned())
                .filter(|text| !text.is_empty())
        };
        self.rights = value(DC, "rights");
        self.terms = value(RIGHTS, "UsageTerms");
        self.statement = value(RIGHTS, "WebStatement");
    }

    /// RDF with the rights; `None` if there are none.
    pub(super) fn rdf(&self) -> Option<String> {
        let Rights { rights, terms, statement } = self;
        if rights.is_none() && terms.is_none() && statement.is_none() {
            return None;
        }
        let text = |name: &str, words: &Option<String>| {
            words.as_deref().map_or_else(String::new, |words| {
                let words = escaped(words);
                format!("<{name}><rdf:Alt><rdf:li xml:lang=\"x-default\">{words}</rdf:li></rdf:Alt></{name}>")
            })
        };
        let statement = statement.as_deref().map_or_else(String::new, |address| {
            format!("<xmpRights:WebStatement>{}</xmpRights:WebStatement>", escaped(address))
        });
        // A packet that replaces another in place must not be longer.
        let has_names = terms.is_some() || !statement.is_empty();
        let names = if has_names { format!(" xmlns:xmpRights=\"{RIGHTS}\"") } else { String::new() };
        Some(format!(
            "<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\
             <rdf:Description rdf:about=\"\" xmlns:dc=\"{DC}\"{names}>\
             {}{}{statement}</rdf:Description></rdf:RDF>",
            text("dc:rights", rights),
            text("xmpRights:UsageTerms", terms),
        ))
    }
}

/// A packet with what stays; `None` if nothing does.
pub(super) fn minimal(kept: &Kept) -> Option<Vec<u8>> {
    let rdf = kept.rights.rdf()?;
    Some(format!("<x:xmpmeta xmlns:x=\"adobe:ns:meta/\">{rdf}</x:xmpmeta>").into_bytes())
}
