//! What a citation style of an author's may ask for. The processor calls itself for every element and macro,
//! so a style that is nested deep, calls its own macros in a circle or doubles them would end the program.

use std::collections::BTreeMap;

use roxmltree::Node;

use crate::base::span::Span;
use crate::base::xml;

/// The most levels of elements, counting those of the macros that are called. Published styles have some 40.
const MOST_DEPTH: usize = 128;

/// The most elements to process for one source, counting those of a macro once for every call.
const MOST_ELEMENTS: usize = 100_000;

/// How many elements a date counts for: the processor compares it with all others of a style.
const DATE: usize = 100;

/// How much there is to process in an element.
#[derive(Copy, Clone, Debug, Default, Eq, PartialEq)]
struct Size {
    depth: usize,
    elements: usize,
}

/// Checks a style.
///
/// # Errors
/// What is wrong with it, and where.
pub(super) fn check(text: &str) -> Result<(), (String, Span)> {
    let document = xml::parse(text).map_err(|(why, at)| (why, Span::empty(at)))?;
    let root = document.root_element();
    let mut macros = BTreeMap::new();
    for node in root.children().filter(|node| node.has_tag_name((NAMESPACE, "macro"))) {
        if let Some(name) = node.attribute("name") {
            macros.insert(name, (node, State::Unknown));
        }
    }
    let mut measure = Measure { macros };
    measure.of(root, 0).map(|_| ())
}

const NAMESPACE: &str = "http://purl.org/net/xbiblio/csl";

enum State {
    Unknown,
    /// It is being measured: a call now is a circle.
    Open,
    Known(Size),
}

struct Measure<'a, 'i> {
    /// By name.
    macros: BTreeMap<&'a str, (Node<'a, 'i>, State)>,
}

impl<'a> Measure<'a, '_> {
    /// The size of an element with all that it calls. `depth` is how many levels are above it.
    fn of(&mut self, node: Node<'a, '_>, depth: usize) -> Result<Size, (String, Span)> {
        let here = || Span::new(node.range().start, node.range().start + 1 + node.tag_name().name().len());
        let too_deep =
            || (format!("elements and macros are nested more than {MOST_DEPTH} levels deep"), here());
        if depth > MOST_DEPTH {
            return Err(too_deep());
        }
        let is_date = node.has_tag_name((NAMESPACE, "date"));
        let mut size = Size { depth: 0, elements: if is_date { DATE } else { 1 } };
        let called = node.attribute("macro").map(|name| self.of_macro(name, depth, here())).transpose()?;
        let mut add = |part: Size| {
            size.depth = size.depth.max(part.depth + 1);
            size.elements = size.elements.saturating_add(part.elements);
        };
        called.into_iter().for_each(&mut add);
        for child in node.children().filter(Node::is_element) {
            match child.attribute("name").filter(|_| child.has_tag_name((NAMESPACE, "macro"))) {
                // It counts where it is called.
                Some(name) => self.of_macro(name, depth, here()).map(|_| ())?,
                None => add(self.of(child, depth + 1)?),
            }
        }
        match size {
            Size { depth: below, .. } if depth + below > MOST_DEPTH => Err(too_deep()),
            Size { elements, .. } if elements > MOST_ELEMENTS => Err((
                format!("more than {MOST_ELEMENTS} elements, those of macros counted at every call"),
                here(),
            )),
            size => Ok(size),
        }
    }

    fn of_macro(&mut self, name: &str, depth: usize, here: Span) -> Result<Size, (String, Span)> {
        let Some((node, state)) = self.macros.get_mut(name) else { return Ok(Size::default()) };
        let node = *node;
        match state {
            State::Known(size) => return Ok(*size),
            State::Open => return Err((format!("the macro `{name}` calls itself"), here)),
            State::Unknown => *state = State::Open,
        }
        let size = self.of(node, depth + 1)?;
        if let Some((_, state)) = self.macros.get_mut(name) {
            *state = State::Known(size);
        }
        Ok(size)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn style(macros: &str, layout: &str) -> String {
        format!(
            "<style xmlns=\"{NAMESPACE}\">{macros}<bibliography><layout>{layout}</layout></bibliography></style>"
        )
    }

    fn refused(text: &str) -> String {
        let (message, span) = check(text).unwrap_err();
        assert!(text[span.range()].starts_with('<'), "{message}: {}", &text[span.range()]);
        message
    }

    #[test]
    fn what_a_style_may_ask_for_is_bounded() {
        let n = 30_000;
        let nested = style("", &format!("{}{}", "<group>".repeat(n), "</group>".repeat(n)));
        assert!(check(&nested).is_err());
        let nested = style("", &format!("{}{}", "<group>".repeat(200), "</group>".repeat(200)));
        assert!(refused(&nested).contains("nested"));
        let circle =
            style("<macro name='a'><text macro='b'/></macro><macro name='b'><text macro='a'/></macro>", "");
        assert!(refused(&circle).contains("calls itself"));
        let mut doubling = "<macro name='m0'><text value='a'/></macro>".to_owned();
        let mut chain = doubling.clone();
        for n in 1..100 {
            let call = format!("<text macro='m{}'/>", n - 1);
            doubling.push_str(&format!("<macro name='m{n}'>{call}{call}</macro>"));
            chain.push_str(&format!("<macro name='m{n}'>{call}</macro>"));
        }
        assert!(refused(&style(&doubling, "<text macro='m40'/>")).contains("elements"));
        assert!(refused(&style(&chain, "<text macro='m99'/>")).contains("nested"));
    }

    #[test]
    fn a_macro_may_be_called_often_and_before_it_is_defined() {
        let macros = "<macro name='a'><text macro='b'/><text macro='b'/></macro><macro name='b'><text value='x'/></macro>";
        assert_eq!(check(&style(macros, "<text macro='a'/><text macro='unknown'/>")), Ok(()));
    }
}
