//! A drawn page → a section of a book: what the page says, without the frame around it and what leads around a site, well-formed as
//! XML (polyglot markup: the same bytes are HTML), with ids that are unique in the book and links that lead within it.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use html5ever::{Attribute, local_name, ns};
use markup5ever_rcdom::{Handle, NodeData};
use percent_encoding::percent_decode_str;

use super::dom::{all, attribute, find, has_class, is, is_blank, text_of, unnamed, value, within};
use crate::base::markup::escape;
use crate::config::BookFormat;

/// What a section has to know of its book.
pub struct Binding<'a> {
    /// How the sections are put together: on one page, or in files of their own, `NAME.xhtml`.
    pub format: BookFormat,
    /// For each page in it, by its path: the name of its section, and its number.
    pub places: &'a BTreeMap<String, (String, String)>,
    /// Where the site is, for links that lead out of the book; nowhere if empty.
    pub base: &'a str,
    /// What the notes of a text are called.
    pub notes: &'a str,
}

/// A section, bound.
#[derive(Debug, Default)]
pub struct Bound {
    /// Its markup.
    pub html: String,
    /// The ids in it.
    pub ids: BTreeSet<String>,
    /// The pictures in it: paths from the site's root.
    pub pictures: BTreeSet<String>,
    /// Whether something is drawn in it.
    pub draws: bool,
    /// The places of fragments in the markup, and the sections that they are in: it is not known yet whether they lead anywhere.
    fragments: Vec<(Range<usize>, String)>,
}

/// The classes of what leads around a site, and of what a book draws otherwise.
const LEFT_OUT: [&str; 10] = [
    "anchor",
    "choice",
    "crumbs",
    "downloads",
    "map-narrow",
    "more",
    "notice-as-of",
    "pager",
    "to-reference",
    "toc",
];

/// Elements without content.
const VOID: [&str; 14] = [
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr",
    "param",
];

/// Elements that do nothing on paper.
const MUTE: [&str; 12] = [
    "audio", "button", "embed", "form", "iframe", "link", "noscript", "object", "script", "style",
    "template", "video",
];

/// Attributes for screens and networks.
const SCREEN: [&str; 9] = [
    "autofocus",
    "decoding",
    "download",
    "fetchpriority",
    "loading",
    "srcset",
    "sizes",
    "tabindex",
    "target",
];

/// Attributes that hold ids.
const IDREFS: [&str; 5] = ["aria-controls", "aria-describedby", "aria-labelledby", "for", "headers"];

/// The file types that every reader of EPUB 3 shows as pictures.
const PICTURES: [&str; 5] = [".gif", ".jpeg", ".jpg", ".png", ".svg"];

impl Binding<'_> {
    /// Binds the page `document`, which is at `path` and from which `root` leads to the site's root, as the section `name`.
    pub fn bind(&self, document: &Handle, path: &str, root: &str, name: &str, number: &str) -> Bound {
        let mut writer = Writer {
            binding: self,
            folder: path.rsplit_once('/').map_or("", |(folder, _)| folder),
            path,
            root,
            name,
            number,
            bound: Bound::default(),
            said: BTreeSet::new(),
            notes: Vec::new(),
            is_titled: false,
        };
        writer.section(document);
        writer.bound
    }
}

impl Bound {
    /// Takes away those of its fragments that lead nowhere in the book. `ids` are those of all sections.
    pub fn settle(&mut self, ids: &BTreeSet<String>) {
        for (range, name) in std::mem::take(&mut self.fragments).into_iter().rev() {
            let is_there = |written: &str| ids.contains(written.trim_start_matches('#'));
            if self.html.get(range.clone()).is_some_and(is_there) {
                continue;
            }
            // The section itself is there.
            self.html.replace_range(range, &format!("#{name}"));
        }
    }
}

struct Writer<'a> {
    binding: &'a Binding<'a>,
    folder: &'a str,
    path: &'a str,
    root: &'a str,
    name: &'a str,
    number: &'a str,
    bound: Bound,
    /// The sections that it referred to by their numbers already.
    said: BTreeSet<String>,
    /// The notes on the passages of its text, which stand after it.
    notes: Vec<Handle>,
    is_titled: bool,
}

/// What is still to be written.
enum Step {
    Node(Handle),
    /// The end of an element.
    End(String),
    /// The notes so far.
    Notes,
    Markup(&'static str),
}

impl Writer<'_> {
    fn section(&mut self, document: &Handle) {
        let main = find(document, &|node| is(node, "main")).unwrap_or_else(|| document.clone());
        let sheet = find(&main, &|node| has_class(node, "sheet"));
        let notices: Vec<Handle> = match &sheet {
            Some(_) => {
                main.children.borrow().iter().filter(|node| has_class(node, "notice")).cloned().collect()
            }
            None => Vec::new(),
        };
        let sheet = sheet.unwrap_or(main);
        let class = attribute(&sheet, "class").unwrap_or_default();
        let class = class.split_whitespace().filter(|class| *class != "sheet");
        let class = class.fold(String::from("leaf"), |all, class| all + " " + class);
        self.html("<article class=\"");
        escape(&class, &mut self.bound.html);
        self.html("\" id=\"");
        self.html(self.name);
        self.html("\">");
        self.bound.ids.insert(self.name.to_owned());
        let mut steps: Vec<Step> = Vec::new();
        let mut notices = Some(notices);
        for child in sheet.children.borrow().iter() {
            steps.push(Step::Node(child.clone()));
            if has_class(child, "head") {
                steps.extend(notices.take().unwrap_or_default().into_iter().map(Step::Node));
            }
        }
        // A theme may have no such head.
        let first = notices.take().unwrap_or_default().into_iter().map(Step::Node);
        let steps: Vec<Step> = first.chain(steps).collect();
        self.write(steps);
        if !self.notes.is_empty() {
            self.write(vec![Step::Notes]);
        }
        self.html("</article>");
    }

    fn html(&mut self, markup: &str) {
        self.bound.html.push_str(markup);
    }

    /// Writes these, one after the other. Without recursion: how deep a text goes is its author's affair.
    fn write(&mut self, steps: Vec<Step>) {
        let mut stack: Vec<Step> = steps.into_iter().rev().collect();
        while let Some(step) = stack.pop() {
            match step {
                Step::Markup(markup) => self.html(markup),
                Step::End(name) => {
                    self.html("</");
                    self.html(&name);
                    self.html(">");
                }
                Step::Notes => {
                    let notes = std::mem::take(&mut self.notes);
                    if notes.is_empty() {
                        continue;
                    }
                    self.html("<section class=\"endnotes\" role=\"doc-endnotes\" aria-label=\"");
                    escape(self.binding.notes, &mut self.bound.html);
                    self.html("\"><p class=\"label\">");
                    escape(self.binding.notes, &mut self.bound.html);
                    self.html("</p><ul>");
                    stack.push(Step::Markup("</ul></section>"));
                    stack.extend(notes.into_iter().rev().map(Step::Node));
                }
                Step::Node(node) => self.node(&node, &mut stack),
            }
        }
    }

    fn node(&mut self, node: &Handle, stack: &mut Vec<Step>) {
        let (name, attributes) = match &node.data {
            NodeData::Text { contents } => {
                // What XML cannot hold.
                let text = contents.borrow();
                let kept: String = text.chars().filter(|c| !c.is_control() || c.is_whitespace()).collect();
                return escape(&kept, &mut self.bound.html);
            }
            NodeData::Element { name, attrs, .. } => (name, attrs.borrow()),
            _ => return,
        };
        let tag = name.local.as_ref();
        let is_html = name.ns == ns!(html);
        let classes = value(&attributes, "class").unwrap_or_default();
        let is_left_out = classes.split_whitespace().any(|class| LEFT_OUT.contains(&class));
        if is_left_out || value(&attributes, "hidden").is_some() || is_html && MUTE.contains(&tag) {
            return;
        }
        let children = node.children.borrow();
        let inner = |stack: &mut Vec<Step>| stack.extend(children.iter().rev().cloned().map(Step::Node));
        match tag {
            "aside" if classes == "notes" => {
                return self.notes.extend(all(node, &|node| is(node, "li")));
            }
            "summary" if is_html => return,
            "details" if is_html => {
                self.html("<div>");
                stack.push(Step::End("div".into()));
                return inner(stack);
            }
            "img" if is_html => return self.picture(&attributes),
            "a" if value(&attributes, "href").is_some() => {
                let end = self.link(&attributes, !is_html);
                if let Some(end) = end {
                    stack.push(Step::End(end.into()));
                }
                if classes == "noteref" {
                    // Its number is written: nobody searches a book's markup for an author's words.
                    escape(&value(&attributes, "data-number").unwrap_or_default(), &mut self.bound.html);
                }
                let is_titled = children.iter().any(|child| is(child, "title"));
                if !is_html && !is_titled && self.binding.format == BookFormat::Epub {
                    self.html("<title>");
                    escape(&text_of(node), &mut self.bound.html);
                    self.html("</title>");
                }
                return inner(stack);
            }
            _ => {}
        }
        let heading = tag.strip_prefix('h').and_then(|level| level.parse::<u8>().ok()).filter(|_| is_html);
        let tag = match heading {
            // What is left of an empty one without its anchor; links may lead there.
            Some(_) if is_blank(node) => "div".to_owned(),
            Some(level) => format!("h{}", (level + self.shift()).min(6)),
            // A page's landmarks are not the book's.
            None if is_html && matches!(tag, "section" | "aside" | "nav") => "div".to_owned(),
            None => tag.to_owned(),
        };
        self.bound.draws |= tag == "svg";
        self.html("<");
        self.html(&tag);
        if tag == "svg" {
            self.html(" xmlns=\"http://www.w3.org/2000/svg\"");
        } else if tag == "math" {
            self.html(" xmlns=\"http://www.w3.org/1998/Math/MathML\"");
        }
        self.attributes(&unnamed(name.local.as_ref(), &attributes), is_html);
        if is_html && VOID.contains(&tag.as_str()) {
            return self.html(self.void());
        }
        self.html(">");
        if heading == Some(1) && !self.is_titled {
            self.is_titled = true;
            self.html("<span class=\"number\">");
            self.html(self.number);
            self.html("</span> ");
        }
        stack.push(Step::End(tag));
        if classes.split_whitespace().any(|class| class == "prose") {
            let end = stack.pop();
            stack.push(Step::Notes);
            stack.extend(end);
        }
        inner(stack);
    }

    /// Added to the level of each heading: above a page stand the book and the chapter, in a file the chapter alone.
    fn shift(&self) -> u8 {
        if self.binding.format == BookFormat::Print { 2 } else { 1 }
    }

    /// How an element ends that holds nothing.
    fn void(&self) -> &'static str {
        if self.binding.format == BookFormat::Print { ">" } else { "/>" }
    }

    fn attributes(&mut self, attributes: &[Attribute], is_html: bool) {
        for attribute in attributes {
            let name: &str = attribute.name.local.as_ref();
            let is_table = name == "tabindex" && self.binding.format == BookFormat::Print;
            let is_plain = name.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
            // EPUB knows a drawing with links in it as a document.
            let is_group = !is_html && (name, &*attribute.value) == ("role", "group");
            if is_group && self.binding.format == BookFormat::Epub {
                self.attribute(name, "document");
                continue;
            }
            let is_skipped = is_html && SCREEN.contains(&name) && !is_table;
            if is_skipped || !is_plain || name == "xmlns" || name == "style" || name.starts_with("on") {
                continue;
            }
            let value = attribute.value.as_ref();
            let written = match name {
                "id" => {
                    let id = self.id(value);
                    self.bound.ids.insert(id.clone());
                    id
                }
                "href" if attribute.name.local == local_name!("href") => match value.strip_prefix('#') {
                    Some(id) => format!("#{}", self.id(id)),
                    // What a drawing shows of another file.
                    None => self.file(value).unwrap_or_default(),
                },
                _ if IDREFS.contains(&name) => {
                    let ids: Vec<String> = value.split_whitespace().map(|id| self.id(id)).collect();
                    ids.join(" ")
                }
                _ => value.replace("url(#", &format!("url(#{}.", self.name)),
            };
            self.attribute(name, &written);
        }
        // A drawing's language, and a page's, are one thing to HTML and two to XML.
        if let Some(lang) = value(attributes, "lang").filter(|_| self.binding.format == BookFormat::Epub) {
            self.attribute("xml:lang", &lang);
        }
    }

    fn attribute(&mut self, name: &str, value: &str) {
        self.html(" ");
        self.html(name);
        self.html("=\"");
        escape(value, &mut self.bound.html);
        self.html("\"");
    }

    /// An id as it is unique in the book.
    fn id(&self, id: &str) -> String {
        within(self.name, id)
    }

    /// A path from the site's root, of an address on the page; `None` for an address elsewhere.
    fn on_site(&self, address: &str) -> Option<String> {
        if address.starts_with("//") || address.split(['/', '?', '#']).next()?.contains(':') {
            return None;
        }
        match address.strip_prefix(self.root) {
            Some(path) if !path.starts_with("../") => Some(path.to_owned()),
            _ => crate::base::path::join(self.folder, address),
        }
    }

    /// The file that a picture or drawing shows, as it is called in the book.
    fn file(&mut self, address: &str) -> Option<String> {
        let path = self.on_site(address)?;
        Some(match self.binding.format {
            BookFormat::Print => self.outward(&path),
            BookFormat::Epub => {
                let name = picture_name(&path)?;
                self.bound.pictures.insert(path);
                name
            }
        })
    }

    /// A path from the site's root as it is written in the book.
    fn outward(&self, path: &str) -> String {
        format!("{}{path}", self.binding.base)
    }

    fn picture(&mut self, attributes: &[Attribute]) {
        let alt = value(attributes, "alt").unwrap_or_default();
        let file = value(attributes, "src").and_then(|source| match self.binding.format {
            BookFormat::Print if self.on_site(&source).is_none() => Some(source),
            _ => self.file(&source),
        });
        // A book holds its pictures itself.
        let Some(file) = file else { return escape(&alt, &mut self.bound.html) };
        self.html("<img");
        self.attribute("src", &file);
        self.attribute("alt", &alt);
        for name in ["class", "width", "height", "title"] {
            if let Some(value) = value(attributes, name) {
                self.attribute(name, &value);
            }
        }
        self.html(self.void());
    }

    /// Opens a link, and says how it ends.
    fn link(&mut self, attributes: &[Attribute], is_drawn: bool) -> Option<&'static str> {
        let address = value(attributes, "href").unwrap_or_default();
        let (address, fragment) = address.split_once('#').map_or((&*address, None), |(a, f)| (a, Some(f)));
        let path = if address.is_empty() { Some(self.path.to_owned()) } else { self.on_site(address) };
        let place = path.as_ref().and_then(|path| self.binding.places.get(path));
        let place = place.map(|(name, number)| (name.as_str(), number.as_str()));
        // What is written by its number once is not written so again.
        let mut section = None;
        let href = match (place, path) {
            (Some((name, number)), _) => {
                if name != self.name && !is_drawn && self.said.insert(name.to_owned()) {
                    section = Some(number);
                }
                let fragment = fragment.filter(|fragment| !fragment.starts_with(":~:"));
                let fragment = fragment.map(|fragment| fragment.split(":~:").next().unwrap_or_default());
                let other = match fragment.filter(|fragment| !fragment.is_empty()) {
                    None => name.to_owned(),
                    Some(fragment) => within(name, &percent_decode_str(fragment).decode_utf8_lossy()),
                };
                let file = match self.binding.format {
                    BookFormat::Epub if name != self.name => format!("{name}.xhtml"),
                    _ => String::new(),
                };
                // The start of a file needs no fragment; that of the own one is a place like others.
                let needs = !file.is_empty() && fragment.is_none();
                (file, if needs { String::new() } else { format!("#{other}") })
            }
            (None, Some(_)) if self.binding.format == BookFormat::Epub && self.binding.base.is_empty() => {
                return self.words(is_drawn);
            }
            (None, Some(path)) => {
                let path = path.strip_suffix("index.html").unwrap_or(&path);
                let fragment = fragment.map(|fragment| format!("#{fragment}")).unwrap_or_default();
                (format!("{}{fragment}", self.outward(path)), String::new())
            }
            (None, None) => {
                let fragment = fragment.map(|fragment| format!("#{fragment}")).unwrap_or_default();
                (format!("{address}{fragment}"), String::new())
            }
        };
        self.html("<a href=\"");
        escape(&href.0, &mut self.bound.html);
        let start = self.bound.html.len();
        escape(&href.1, &mut self.bound.html);
        if !href.1.is_empty() {
            self.bound
                .fragments
                .push((start..self.bound.html.len(), place.map_or(self.name, |(name, _)| name).to_owned()));
        }
        self.html("\"");
        if let Some(section) = section {
            self.attribute("data-section", section);
        }
        let kept: Vec<Attribute> =
            attributes.iter().filter(|attribute| &*attribute.name.local != "href").cloned().collect();
        self.attributes(&kept, true);
        self.html(">");
        Some("a")
    }

    /// A link that leads nowhere is its words.
    fn words(&mut self, is_drawn: bool) -> Option<&'static str> {
        let tag = if is_drawn { "g" } else { "span" };
        self.html("<");
        self.html(tag);
        self.html(">");
        Some(tag)
    }
}

/// What a picture of the site is called in an EPUB; `None` where not every reader could show it.
pub fn picture_name(path: &str) -> Option<String> {
    let path = path.split(['?', '#']).next().unwrap_or_default().to_ascii_lowercase();
    let extension = PICTURES.iter().find(|extension| path.ends_with(**extension))?;
    Some(format!("{}{extension}", crate::base::hash::Fingerprint::of(path.as_bytes()).short(12)))
}
