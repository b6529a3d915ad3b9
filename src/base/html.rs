//! Reading HTML as browsers do (the WHATWG parsing algorithm, by html5ever): pages that were saved elsewhere,
//! texts of authors, and the program's own pages, where somebody has to know what a browser makes of them.

use std::cell::{Cell, RefCell};

use html5ever::tendril::TendrilSink;
use html5ever::tokenizer::{BufferQueue, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts};
pub(crate) use html5ever::tokenizer::{Tag, TagKind};
use html5ever::{Attribute, ParseOpts, QualName, local_name, ns, parse_document, parse_fragment};
pub(crate) use markup5ever_rcdom::Handle;
use markup5ever_rcdom::{NodeData, RcDom};

/// Elements without content and end tag (HTML, section 13.1.2), and `param`, which is obsolete.
pub(crate) const VOID: [&str; 14] = [
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track",
    "wbr",
];

/// What is done with the parts of a tree, in the order of the document.
pub(crate) trait Visitor {
    /// A text node.
    fn text(&mut self, text: &str);

    /// The start of an element; whether to go into it. [`Visitor::leave`] follows in either case.
    fn enter(&mut self, element: &Element<'_>) -> bool;

    /// The end of an element.
    fn leave(&mut self, tag: &str);
}

/// An element, without what is in it.
pub(crate) struct Element<'a> {
    /// Its name: in lower case, but for some of SVG's.
    pub tag: &'a str,
    pub attributes: &'a [Attribute],
}

impl Element<'_> {
    pub(crate) fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|other| &*other.name.local == name).map(|other| &*other.value)
    }
}

/// Reads a page.
pub(crate) fn page(html: &str) -> RcDom {
    parse_document(RcDom::default(), ParseOpts::default()).one(html)
}

/// The tag that a text is, if it is one and nothing else.
pub(crate) fn tag(text: &str) -> Option<Tag> {
    #[derive(Default)]
    struct Tokens {
        tag: RefCell<Option<Tag>>,
        others: Cell<usize>,
    }

    impl TokenSink for Tokens {
        type Handle = ();

        fn process_token(&self, token: Token, _: u64) -> TokenSinkResult<()> {
            match token {
                Token::TagToken(tag) if self.tag.borrow().is_none() => *self.tag.borrow_mut() = Some(tag),
                Token::EOFToken | Token::ParseError(_) => {}
                _ => self.others.set(self.others.get() + 1),
            }
            TokenSinkResult::Continue
        }
    }

    let input = BufferQueue::default();
    input.push_back(text.into());
    let tokenizer = Tokenizer::new(Tokens::default(), TokenizerOpts::default());
    // A sink without scripts is never interrupted.
    let _ = tokenizer.feed(&input);
    tokenizer.end();
    let Tokens { tag, others } = tokenizer.sink;
    tag.into_inner().filter(|_| others.get() == 0)
}

/// Parses the content of a `<body>` and returns its nodes.
pub(crate) fn fragment(html: &str) -> Vec<Handle> {
    let body = QualName::new(None, ns!(html), local_name!("body"));
    let fragment = parse_fragment(RcDom::default(), ParseOpts::default(), body, Vec::new(), false).one(html);
    // A fragment hangs below an element that stands for its parent.
    let root = fragment.document.children.borrow().first().cloned();
    root.map_or_else(Vec::new, |root| root.children.take())
}

/// The words in a node, each text node trimmed, with a space between them.
pub(crate) fn words_of(node: &Handle) -> String {
    struct Words(Vec<String>);

    impl Visitor for Words {
        fn text(&mut self, text: &str) {
            self.0.extend(Some(text.trim()).filter(|text| !text.is_empty()).map(str::to_owned));
        }

        fn enter(&mut self, _: &Element<'_>) -> bool {
            true
        }

        fn leave(&mut self, _: &str) {}
    }

    let mut words = Words(Vec::new());
    visit(node, &mut words);
    words.0.join(" ")
}

/// Visits a node and all below it. Without recursion: how deep a page is nested is its author's affair.
pub(crate) fn visit(top: &Handle, visitor: &mut impl Visitor) {
    enum Step {
        Enter(Handle),
        Leave(Handle),
    }
    let mut steps = vec![Step::Enter(top.clone())];
    while let Some(step) = steps.pop() {
        match step {
            Step::Enter(node) => {
                let goes_in = match &node.data {
                    NodeData::Text { contents } => {
                        visitor.text(&contents.borrow());
                        false
                    }
                    NodeData::Document => true,
                    NodeData::Element { name, attrs, .. } => {
                        steps.push(Step::Leave(node.clone()));
                        visitor.enter(&Element { tag: &name.local, attributes: &attrs.borrow() })
                    }
                    _ => false,
                };
                if goes_in {
                    steps.extend(node.children.borrow().iter().rev().cloned().map(Step::Enter));
                }
            }
            Step::Leave(node) => {
                if let NodeData::Element { name, .. } = &node.data {
                    visitor.leave(&name.local);
                }
            }
        }
    }
}
