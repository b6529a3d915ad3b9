//! SVG: what editors write for themselves is in other namespaces, comments and `metadata` (SVG 2, chapter 5).

use std::ops::Range;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use roxmltree::{Node, NodeType};

use super::{Examined, Kept, Tell, Tells, names_local_path, within, xmp};
use crate::base::xml;

const SVG: &str = "http://www.w3.org/2000/svg";

/// The namespaces that browsers draw.
const DRAWN: [&str; 5] = [
    SVG,
    "http://www.w3.org/1999/xhtml",
    "http://www.w3.org/1998/Math/MathML",
    "http://www.w3.org/1999/xlink",
    "http://www.w3.org/XML/1998/namespace",
];

/// The text of a file that may be an SVG.
pub(super) fn text(bytes: &[u8]) -> Option<&str> {
    let start = String::from_utf8_lossy(bytes.get(..bytes.len().min(64))?).into_owned();
    let is_markup = start.trim_start_matches('\u{feff}').trim_start().starts_with('<');
    std::str::from_utf8(bytes).ok().filter(|text| is_markup && text.contains("<svg"))
}

/// A piece of the text, and what replaces it.
type Change = (Range<usize>, String);

pub(super) fn examine<'a>(bytes: &'a [u8], text: &'a str, depth: usize) -> Examined<'a> {
    let document = match xml::parse_with_doctype(text) {
        Ok(document) if document.root_element().has_tag_name((SVG, "svg")) => document,
        // HTML with a drawing in it.
        Ok(_) => return Examined::unchanged(bytes, Tells::default()),
        Err(_) if text.contains("<html") => return Examined::unchanged(bytes, Tells::default()),
        Err(_) => return Examined::only(bytes, Tell::Damaged),
    };
    let (mut changes, mut removed, mut left) = (Vec::new(), Tells::default(), Tells::default());
    // A list and not a function that calls itself: drawings may be nested to any depth.
    let mut nodes: Vec<Node<'_, '_>> = document.root().children().rev().collect();
    while let Some(node) = nodes.pop() {
        if look_at(node, depth, &mut changes, &mut removed, &mut left) {
            nodes.extend(node.children().rev());
        }
    }
    changes.sort_by_key(|(range, _)| range.start);
    let mut clean = String::with_capacity(text.len());
    let mut done = 0;
    // What an entity brings is where the entity is declared, before the drawing and perhaps several times.
    for (range, with) in changes.into_iter().filter(|(range, _)| range.end <= text.len()) {
        if range.start < done {
            continue;
        }
        clean.push_str(&text[done..range.start]);
        clean.push_str(&with);
        done = range.end;
    }
    clean.push_str(&text[done..]);
    if names_local_path(clean.as_bytes()) {
        left.add(Tell::LocalPath);
    }
    Examined { bytes: clean.into_bytes().into(), removed, left }
}

/// Whether the children are to be looked at, too.
fn look_at(
    node: Node<'_, '_>,
    depth: usize,
    changes: &mut Vec<Change>,
    removed: &mut Tells,
    left: &mut Tells,
) -> bool {
    let mut take_out = |tell, range, with| {
        removed.add(tell);
        changes.push((range, with));
        false
    };
    match node.node_type() {
        NodeType::Comment => return take_out(Tell::Text, node.range(), String::new()),
        NodeType::PI => {
            if node.pi().is_some_and(|pi| pi.target != "xml-stylesheet") {
                take_out(Tell::Text, node.range(), String::new());
            }
            return false;
        }
        NodeType::Element => {}
        NodeType::Root | NodeType::Text => return false,
    }
    let source = &node.document().input_text()[node.range()];
    if node.has_tag_name((SVG, "metadata")) {
        let mut kept = Kept::default();
        xmp::read(source.as_bytes(), &mut kept, removed);
        kept.rights.read(node);
        let rdf = kept.rights.rdf().map(|rdf| format!("<metadata>{rdf}</metadata>"));
        if rdf.as_deref() != Some(source) {
            changes.push((node.range(), rdf.unwrap_or_default()));
        }
        return false;
    }
    if node.tag_name().namespace().is_some_and(|space| !DRAWN.contains(&space)) {
        return take_out(Tell::Software, node.range(), String::new());
    }
    for attribute in node.attributes() {
        if attribute.namespace().is_some_and(|space| !DRAWN.contains(&space)) {
            let is_path = names_local_path(format!("\"{}", attribute.value()).as_bytes());
            let tell = if is_path { Tell::LocalPath } else { Tell::Software };
            removed.add(tell);
            changes.push((attribute.range(), String::new()));
        } else if attribute.name() == "href"
            && depth > 0
            && let Some((head, data)) = attribute.value().split_once(";base64,")
            && let Ok(inner) = STANDARD.decode(data.split_ascii_whitespace().collect::<String>())
        {
            let inner = within(&inner, depth - 1);
            removed.extend(inner.removed.clone());
            left.extend(inner.left.clone());
            if !inner.removed.is_empty() {
                let data = STANDARD.encode(&inner.bytes);
                changes.push((attribute.range_value(), format!("{head};base64,{data}")));
            }
        }
    }
    true
}
