//! Looking things up in a parsed page.

use html5ever::tendril::TendrilSink;
use html5ever::{Attribute, parse_document};
use markup5ever_rcdom::{Handle, NodeData, RcDom};

/// A page.
pub fn parsed(html: &[u8]) -> RcDom {
    parse_document(RcDom::default(), Default::default()).from_utf8().one(html)
}

/// What an attribute says.
pub fn value(attributes: &[Attribute], name: &str) -> Option<String> {
    attributes
        .iter()
        .find(|attribute| &*attribute.name.local == name)
        .map(|attribute| attribute.value.to_string())
}

/// What an attribute of a node says.
pub fn attribute(node: &Handle, name: &str) -> Option<String> {
    match &node.data {
        NodeData::Element { attrs, .. } => value(&attrs.borrow(), name),
        _ => None,
    }
}

/// The words in a node.
pub fn text_of(node: &Handle) -> String {
    let is_text = |node: &Handle| matches!(node.data, NodeData::Text { .. });
    let words = all(node, &is_text).into_iter().filter_map(|node| match &node.data {
        NodeData::Text { contents } => Some(contents.borrow().trim().to_owned()),
        _ => None,
    });
    words.filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

/// Whether it is an element of that name.
pub fn is(node: &Handle, tag: &str) -> bool {
    matches!(&node.data, NodeData::Element { name, .. } if &*name.local == tag)
}

/// Whether it is an element of that class.
pub fn has_class(node: &Handle, class: &str) -> bool {
    attribute(node, "class").is_some_and(|classes| classes.split_whitespace().any(|other| other == class))
}

/// The first node that is asked for, in the order of the document.
pub fn find(top: &Handle, wanted: &dyn Fn(&Handle) -> bool) -> Option<Handle> {
    let mut stack = vec![top.clone()];
    while let Some(node) = stack.pop() {
        if wanted(&node) {
            return Some(node);
        }
        stack.extend(node.children.borrow().iter().rev().cloned());
    }
    None
}

/// Every node that is asked for; not those within them.
pub fn all(top: &Handle, wanted: &dyn Fn(&Handle) -> bool) -> Vec<Handle> {
    let mut found = Vec::new();
    let mut stack = vec![top.clone()];
    while let Some(node) = stack.pop() {
        if wanted(&node) {
            found.push(node);
        } else {
            stack.extend(node.children.borrow().iter().rev().cloned());
        }
    }
    found
}

/// Whether an element shows nothing but what leads to itself.
pub fn is_blank(node: &Handle) -> bool {
    let shows = |node: &Handle| match &node.data {
        NodeData::Text { contents } => !contents.borrow().trim().is_empty(),
        _ => is(node, "img") || is(node, "svg"),
    };
    all(node, &|node| has_class(node, "anchor") || shows(node)).iter().all(|node| has_class(node, "anchor"))
}

/// The attributes of an element, without role and name where a screen reader would list it among the parts of a page.
pub fn unnamed(tag: &str, attributes: &[Attribute]) -> Vec<Attribute> {
    let is_region = value(attributes, "role").as_deref() == Some("region");
    let is_part = is_region || matches!(tag, "section" | "aside" | "nav");
    let is_kept = |attribute: &&Attribute| {
        !is_part || !matches!(&*attribute.name.local, "role" | "aria-label" | "aria-labelledby")
    };
    attributes.iter().filter(is_kept).cloned().collect()
}

/// An id of a section as it is unique in the book, and a name to XML.
pub fn within(section: &str, id: &str) -> String {
    let mut written = format!("{section}.");
    for c in id.chars() {
        match c {
            c if c.is_alphanumeric() || matches!(c, '-' | '_' | '.') => written.push(c),
            other => written.push_str(&format!("_{:x}", u32::from(other))),
        }
    }
    written
}
