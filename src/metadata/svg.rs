//! SVG: what editors write for themselves is in other namespaces, comments and `metadata` (SVG 2, chapter 5).

use std::collections::BTreeSet;
use std::ops::Range;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use roxmltree::{Document, Node, NodeType};

use super::{Examined, Kept, Tell, Tells, names_local_path, within, xmp};
use crate::base::markup::escaped;
use crate::base::{css, xml};

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
    let outside = Around { is_hidden: false, is_words: false };
    let mut nodes: Vec<(Node<'_, '_>, Around)> =
        document.root().children().rev().map(|node| (node, outside)).collect();
    let styled = names_that_hide(&document);
    // Where things move, what is transparent at first may be shown later.
    let is_still = !["<animate", "<set", "animation", "transition"].iter().any(|word| text.contains(word));
    while let Some((node, around)) = nodes.pop() {
        let around = around.with(node, is_still, &styled);
        if around.is_hidden && shows_something(node, around) {
            left.add(Tell::Hidden);
        }
        if look_at(node, depth, &mut changes, &mut removed, &mut left) {
            nodes.extend(node.children().rev().map(|child| (child, around)));
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
    if node.tag_name().name() == "style" {
        let (style, range) = content(node);
        let clean = css::without_comments(&style);
        if clean != style {
            return take_out(Tell::Text, range, escaped(&clean));
        }
        return true;
    }
    for attribute in node.attributes() {
        // Illustrator names layers in `data-name`.
        let is_of_editor = attribute.namespace().is_some_and(|space| !DRAWN.contains(&space));
        if is_of_editor || attribute.name() == "data-name" {
            let is_path = names_local_path(format!("\"{}", attribute.value()).as_bytes());
            let tell = if is_path { Tell::LocalPath } else { Tell::Software };
            removed.add(tell);
            changes.push((attribute.range(), String::new()));
        } else if attribute.name() == "style" && attribute.value().contains("/*") {
            let clean = css::without_comments(attribute.value());
            if clean != attribute.value() {
                removed.add(Tell::Text);
                changes.push((attribute.range_value(), escaped(&clean)));
            }
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

/// What a style sheet says, and where, with the marks of `CDATA` around it.
fn content(node: Node<'_, '_>) -> (String, Range<usize>) {
    let text: String = node.children().filter(Node::is_text).filter_map(|child| child.text()).collect();
    let source = node.document().input_text();
    // A text and what is in `CDATA` are one node, of which only the first part has a range.
    let start = node.first_child().map_or(node.range().end, |first| first.range().start);
    let end = source[node.range()].rfind("</").map_or(start, |at| node.range().start + at);
    let mut range = start..end.max(start);
    if source[..range.start].ends_with("<![CDATA[") {
        range.start -= "<![CDATA[".len();
    }
    (text, range)
}

/// What the elements around a part of a drawing make of it.
#[derive(Copy, Clone, Debug)]
struct Around {
    /// It is not shown, as the hidden layers of drawing programs.
    is_hidden: bool,
    /// Text in it is drawn.
    is_words: bool,
}

impl Around {
    fn with(self, node: Node<'_, '_>, is_still: bool, styled: &BTreeSet<String>) -> Around {
        let name = node.tag_name().name();
        Around {
            is_hidden: self.is_hidden
                || node.is_element() && (hides(node, is_still) || has_name(node, styled)),
            is_words: self.is_words || matches!(name, "text" | "foreignObject"),
        }
    }
}

fn hides(node: Node<'_, '_>, is_still: bool) -> bool {
    let style = node.attribute("style").unwrap_or_default().to_ascii_lowercase();
    let says = |name: &str, value: &str| {
        let is_it = |declaration: &str| {
            declaration.split_once(':').is_some_and(|(key, given)| {
                key.trim() == name && given.trim().trim_end_matches("!important").trim_end() == value
            })
        };
        node.attribute(name).is_some_and(|given| given.trim() == value) || style.split(';').any(is_it)
    };
    says("display", "none") || says("visibility", "hidden") || (is_still && says("opacity", "0"))
}

/// The classes (`.a`) and ids (`#a`) for which a style sheet of a drawing says that it is not shown: Illustrator writes
/// hidden layers so.
fn names_that_hide(document: &Document<'_>) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    for node in document.descendants().filter(|node| node.tag_name().name() == "style") {
        let style: String = content(node).0.split_whitespace().collect::<Vec<_>>().join(" ");
        for (selectors, declarations) in style.split('}').filter_map(|rule| rule.rsplit_once('{')) {
            let declarations = declarations.replace(' ', "").to_ascii_lowercase();
            if !declarations.contains("display:none") && !declarations.contains("visibility:hidden") {
                continue;
            }
            for part in selectors.split([' ', ',', '>', '{', '+', '~']) {
                names.extend(part.rfind(['.', '#']).map(|at| part[at..].to_owned()));
            }
        }
    }
    names
}

/// Whether a node has a class or an id of these.
fn has_name(node: Node<'_, '_>, names: &BTreeSet<String>) -> bool {
    if names.is_empty() {
        return false;
    }
    let mut classes = node.attribute("class").unwrap_or_default().split_whitespace();
    classes.any(|class| names.contains(&format!(".{class}")))
        || node.attribute("id").is_some_and(|id| names.contains(&format!("#{id}")))
}

/// Whether a node is words or a picture.
fn shows_something(node: Node<'_, '_>, around: Around) -> bool {
    let has_words = || node.text().is_some_and(|text| !text.trim().is_empty());
    node.tag_name().name() == "image" || node.is_text() && around.is_words && has_words()
}

#[cfg(test)]
mod tests {
    use super::super::examine;

    #[test]
    fn hidden_words_are_reported() {
        let tells = |content: &str| {
            let drawing = format!("<svg xmlns=\"http://www.w3.org/2000/svg\">{content}</svg>");
            examine(drawing.as_bytes()).left.words()
        };
        for content in [
            "<g display='none'><text>Anna</text></g>",
            "<g style='fill: red; display : none !important'><g><text><tspan>Anna</tspan></text></g></g>",
            "<text visibility='hidden'>Anna</text>",
            "<text opacity='0'>Anna</text>",
            "<style>.a, g.b:x{} .st0{display:none;}</style><g class='a st0'><image/></g>",
            "<style>#layer { visibility: hidden }</style><g id='layer'><text>Anna</text></g>",
        ] {
            assert!(tells(content).contains("hidden"), "{content}");
        }
        for content in [
            "<g display='inline'><text>Words</text></g>",
            "<g display='none'><path/></g><text>Words</text>",
            "<text opacity='0'>Words<animate attributeName='opacity' to='1'/></text>",
            "<style>.st0{display:none;}</style><text class='st1'>Words</text>",
            "<title display='none'>Words</title>",
        ] {
            assert_eq!(tells(content), "", "{content}");
        }
    }
}
