//! Binds a page section into a book. It rewrites the rendered section as well-formed XML that is also valid
//! HTML (polyglot markup), with ids that are unique in the book and links that lead to other sections where
//! possible.
//!
//! The code handles only elements and attributes. What a section contains is up to the templates, so no class
//! names of a theme appear here.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::ops::Range;

use html5ever::{Attribute, local_name, ns};
use markup5ever_rcdom::NodeData;
use percent_encoding::percent_decode_str;

use crate::base::character::allowed;
use crate::base::html::{self, Handle, VOID};
use crate::base::markup::{escape, escaped};
use crate::base::media;
use crate::config::BookFormat;

/// What binding needs to know about the book.
pub(crate) struct Binding<'a> {
    /// How the sections are combined: on one page, or in a file each, named `NAME.xhtml`.
    pub format: BookFormat,
    /// The pages in the book, by path, each with the name and the number of its section.
    pub places: &'a BTreeMap<String, (String, String)>,
    /// The URL of the site, for links that lead out of the book; empty if there is none.
    pub base: &'a str,
}

/// A bound section.
#[derive(Debug, Default)]
pub(crate) struct Bound {
    /// Its markup.
    pub html: String,
    pub ids: HashSet<String>,
    /// The pictures in it, as paths from the site's root.
    pub pictures: BTreeSet<String>,
    /// Whether it contains a drawing.
    pub draws: bool,
    /// The parts of the markup that refer to what may not be in the book, in order.
    open: Vec<(Range<usize>, Reference)>,
}

/// A reference in a section before it is known what else is in the book.
#[derive(Debug)]
enum Reference {
    /// The fragment of a link, with the section that it leads to.
    Fragment(String),
    /// A picture, with its path from the site's root and the markup of its alt text.
    Picture(String, String),
}

/// Elements that have no use on paper.
const MUTE: [&str; 12] = [
    "audio", "button", "embed", "form", "iframe", "link", "noscript", "object", "script", "style",
    "template", "video",
];

/// Attributes that matter only on screens or for loading.
const SCREEN: [&str; 10] = [
    "autofocus",
    "decoding",
    "download",
    "fetchpriority",
    "loading",
    "open",
    "srcset",
    "sizes",
    "tabindex",
    "target",
];

/// Attributes whose values are ids.
const IDREFS: [&str; 5] = ["aria-controls", "aria-describedby", "aria-labelledby", "for", "headers"];

impl Binding<'_> {
    /// Binds a section under this name. The section was rendered for the page at `path`, from which `root` is
    /// the relative path to the site's root.
    pub(crate) fn bind(&self, section: &[Handle], path: &str, root: &str, name: &str) -> Bound {
        let mut writer = Writer {
            binding: self,
            folder: path.rsplit_once('/').map_or("", |(folder, _)| folder),
            path,
            root,
            name,
            bound: Bound::default(),
            said: BTreeSet::new(),
        };
        writer.write(section);
        writer.bound
    }
}

impl Bound {
    /// Removes the fragments and pictures that are not in the book. `has_id` says whether a section has an id.
    pub(crate) fn settle(&mut self, has_id: &dyn Fn(&str, &str) -> bool, has_picture: &dyn Fn(&str) -> bool) {
        self.pictures.retain(|path| has_picture(path));
        let mut html = String::with_capacity(self.html.len());
        let mut done = 0;
        for (range, reference) in self.open.drain(..) {
            let written = &self.html[range.clone()];
            let instead = match reference {
                Reference::Fragment(name) if has_id(&name, written.trim_start_matches('#')) => continue,
                // Link to the section itself, which exists.
                Reference::Fragment(name) => format!("#{name}"),
                Reference::Picture(path, _) if self.pictures.contains(&path) => continue,
                Reference::Picture(_, alt) => alt,
            };
            html.push_str(&self.html[done..range.start]);
            html.push_str(&instead);
            done = range.end;
        }
        if done > 0 {
            html.push_str(&self.html[done..]);
            self.html = html;
        }
    }
}

struct Writer<'a> {
    binding: &'a Binding<'a>,
    folder: &'a str,
    path: &'a str,
    root: &'a str,
    name: &'a str,
    bound: Bound,
    /// The sections already referred to by number.
    said: BTreeSet<String>,
}

/// A step that remains to be written.
enum Step {
    Node(Handle),
    /// An end tag.
    End(String),
}

impl Writer<'_> {
    fn html(&mut self, markup: &str) {
        self.bound.html.push_str(markup);
    }

    /// Writes text or an attribute value. References in HTML can name characters that XML cannot represent.
    fn text(&mut self, text: &str) {
        escape(&allowed(text), &mut self.bound.html);
    }

    /// Writes these nodes in order. It does not recurse, because authors can nest elements to any depth.
    fn write(&mut self, nodes: &[Handle]) {
        let mut stack: Vec<Step> = nodes.iter().rev().cloned().map(Step::Node).collect();
        while let Some(step) = stack.pop() {
            match step {
                Step::End(name) => {
                    self.html("</");
                    self.html(&name);
                    self.html(">");
                }
                Step::Node(node) => self.node(&node, &mut stack),
            }
        }
    }

    fn node(&mut self, node: &Handle, stack: &mut Vec<Step>) {
        let (name, attributes) = match &node.data {
            NodeData::Text { contents } => {
                return self.text(&contents.borrow());
            }
            NodeData::Element { name, attrs, .. } => (name, attrs.borrow()),
            _ => return,
        };
        let attributes = &attributes[..];
        let tag = name.local.as_ref();
        let is_html = name.ns == ns!(html);
        if value(attributes, "hidden").is_some() || is_html && MUTE.contains(&tag) {
            return;
        }
        let children = node.children.borrow();
        let tag = match tag {
            "img" if is_html => return self.picture(attributes),
            "a" if value(attributes, "href").is_some() => {
                let end = self.link(attributes, !is_html);
                stack.push(Step::End(end.into()));
                if !is_html && self.binding.format == BookFormat::Epub {
                    self.title_of_link(node);
                }
                return stack.extend(children.iter().rev().cloned().map(Step::Node));
            }
            // On paper everything is open, and a page's landmarks are not landmarks of the book.
            "details" | "summary" | "section" | "aside" | "nav" if is_html => "div".to_owned(),
            _ => match tag.strip_prefix('h').and_then(|level| level.parse::<u8>().ok()).filter(|_| is_html) {
                Some(level) => format!("h{}", (level + self.shift()).min(6)),
                None => tag.to_owned(),
            },
        };
        self.bound.draws |= tag == "svg";
        self.html("<");
        self.html(&tag);
        if tag == "svg" {
            self.html(" xmlns=\"http://www.w3.org/2000/svg\"");
        } else if tag == "math" {
            self.html(" xmlns=\"http://www.w3.org/1998/Math/MathML\"");
        }
        self.attributes(named(name.local.as_ref(), attributes), is_html);
        if is_html && VOID.contains(&tag.as_str()) {
            return self.html(self.void());
        }
        self.html(">");
        stack.push(Step::End(tag));
        stack.extend(children.iter().rev().cloned().map(Step::Node));
    }

    /// Adds a title, for screen readers, to a link in a drawing if it has none.
    fn title_of_link(&mut self, link: &Handle) {
        let is_title =
            |node: &Handle| matches!(&node.data, NodeData::Element { name, .. } if &*name.local == "title");
        if link.children.borrow().iter().any(is_title) {
            return;
        }
        self.html("<title>");
        self.text(&html::words_of(link));
        self.html("</title>");
    }

    /// The number of levels added to each heading: above a page are the book and the chapter in the print
    /// edition, and only the chapter in an EPUB file.
    fn shift(&self) -> u8 {
        if self.binding.format == BookFormat::Print { 2 } else { 1 }
    }

    /// The end of an empty element's tag.
    fn void(&self) -> &'static str {
        if self.binding.format == BookFormat::Print { ">" } else { "/>" }
    }

    fn attributes<'a>(&mut self, attributes: impl Iterator<Item = &'a Attribute> + Clone, is_html: bool) {
        for attribute in attributes.clone() {
            let name: &str = attribute.name.local.as_ref();
            let is_table = name == "tabindex" && self.binding.format == BookFormat::Print;
            let is_plain = name.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
            // In EPUB, a drawing that contains links has the role `document`.
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
                    self.attribute(name, &id);
                    self.bound.ids.insert(id);
                    continue;
                }
                "href" if attribute.name.local == local_name!("href") => match value.strip_prefix('#') {
                    Some(id) => format!("#{}", self.id(id)),
                    // A reference from a drawing to another file.
                    None => self.file(value).unwrap_or_default(),
                },
                _ if IDREFS.contains(&name) => {
                    let ids: Vec<String> = value.split_whitespace().map(|id| self.id(id)).collect();
                    ids.join(" ")
                }
                _ if value.contains("url(#") => value.replace("url(#", &format!("url(#{}.", self.name)),
                _ => {
                    self.attribute(name, value);
                    continue;
                }
            };
            self.attribute(name, &written);
        }
        // HTML reads one language attribute where XML needs two, so EPUB gets both.
        if let Some(lang) = value(attributes, "lang").filter(|_| self.binding.format == BookFormat::Epub) {
            self.attribute("xml:lang", lang);
        }
    }

    fn attribute(&mut self, name: &str, value: &str) {
        self.html(" ");
        self.html(name);
        self.html("=\"");
        self.text(value);
        self.html("\"");
    }

    /// Makes an id unique in the book. The section's own id already is.
    fn id(&self, id: &str) -> String {
        if id == self.name { id.to_owned() } else { within(self.name, id) }
    }

    /// Converts an address on the page to a path from the site's root; `None` for external addresses.
    fn on_site(&self, address: &str) -> Option<String> {
        if address.starts_with("//") || address.split(['/', '?', '#']).next()?.contains(':') {
            return None;
        }
        match address.strip_prefix(self.root) {
            Some(path) if !path.starts_with("../") => Some(path.to_owned()),
            _ => crate::base::path::join(self.folder, address),
        }
    }

    /// The name in the book of a file that a picture or drawing shows.
    fn file(&mut self, address: &str) -> Option<String> {
        let path = self.picture_path(address)?;
        Some(match self.binding.format {
            BookFormat::Print => self.outward(&path),
            BookFormat::Epub => {
                let name = picture_name(&path)?;
                self.bound.pictures.insert(path);
                name
            }
        })
    }

    /// The path of a picture from the site's root. What follows a file's name in an address chooses no other file.
    fn picture_path(&self, address: &str) -> Option<String> {
        let path = self.on_site(address.split(['?', '#']).next()?)?;
        crate::base::path::join("", &path)
    }

    /// Converts a path from the site's root to an address that leads out of the book.
    fn outward(&self, path: &str) -> String {
        format!("{}{path}", self.binding.base)
    }

    fn picture(&mut self, attributes: &[Attribute]) {
        let alt = value(attributes, "alt").unwrap_or_default();
        let file = value(attributes, "src").and_then(|source| match self.binding.format {
            BookFormat::Print if self.on_site(source).is_none() => Some(source.to_owned()),
            _ => self.file(source),
        });
        // A book contains its pictures.
        let Some(file) = file else { return self.text(alt) };
        let start = self.bound.html.len();
        self.html("<img");
        self.attribute("src", &file);
        self.attribute("alt", alt);
        for name in ["class", "width", "height", "title"] {
            if let Some(value) = value(attributes, name) {
                self.attribute(name, value);
            }
        }
        self.html(self.void());
        if let Some(path) = value(attributes, "src").and_then(|source| self.picture_path(source)) {
            self.bound.pictures.insert(path.clone());
            let alt = escaped(&allowed(alt));
            self.bound.open.push((start..self.bound.html.len(), Reference::Picture(path, alt)));
        }
    }

    /// Writes the start tag of a link, and returns its end.
    fn link(&mut self, attributes: &[Attribute], is_drawn: bool) -> &'static str {
        let address = value(attributes, "href").unwrap_or_default();
        let (address, fragment) = address.split_once('#').map_or((address, None), |(a, f)| (a, Some(f)));
        let path = if address.is_empty() { Some(self.path.to_owned()) } else { self.on_site(address) };
        let place = path.as_ref().and_then(|path| self.binding.places.get(path));
        let place = place.map(|(name, number)| (name.as_str(), number.as_str()));
        // Write each section number only at the first link to the section.
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
                // A link to the start of another file needs no fragment. A link to the start of the same file
                // does.
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
        self.text(&href.0);
        let start = self.bound.html.len();
        self.text(&href.1);
        if !href.1.is_empty() {
            let section = place.map_or(self.name, |(name, _)| name).to_owned();
            self.bound.open.push((start..self.bound.html.len(), Reference::Fragment(section)));
        }
        self.html("\"");
        if let Some(section) = section {
            self.attribute("data-section", section);
        }
        self.attributes(attributes.iter().filter(|attribute| &*attribute.name.local != "href"), true);
        self.html(">");
        "a"
    }

    /// Replaces a link that leads nowhere with its text.
    fn words(&mut self, is_drawn: bool) -> &'static str {
        let tag = if is_drawn { "g" } else { "span" };
        self.html("<");
        self.html(tag);
        self.html(">");
        tag
    }
}

fn value<'a>(attributes: impl IntoIterator<Item = &'a Attribute>, name: &str) -> Option<&'a str> {
    attributes.into_iter().find(|attribute| &*attribute.name.local == name).map(|attribute| &*attribute.value)
}

/// The attributes of an element without role and name where a screen reader would list the element as a
/// landmark.
fn named<'a>(tag: &str, attributes: &'a [Attribute]) -> impl Iterator<Item = &'a Attribute> + Clone {
    let is_region = value(attributes, "role") == Some("region");
    let is_part = is_region || matches!(tag, "section" | "aside" | "nav");
    attributes.iter().filter(move |attribute| {
        !is_part || !matches!(&*attribute.name.local, "role" | "aria-label" | "aria-labelledby")
    })
}

/// Makes an id of a section unique in the book, and a valid XML name.
fn within(section: &str, id: &str) -> String {
    let mut written = String::with_capacity(section.len() + 1 + id.len());
    written.push_str(section);
    written.push('.');
    for c in id.chars() {
        match c {
            c if c.is_alphanumeric() || matches!(c, '-' | '_' | '.') => written.push(c),
            other => written.push_str(&format!("_{:x}", u32::from(other))),
        }
    }
    written
}

/// The file name of a picture in an EPUB; `None` if some readers cannot show its format.
pub(crate) fn picture_name(path: &str) -> Option<String> {
    let path = path.to_ascii_lowercase();
    let (_, extension) = path.rsplit_once('.')?;
    media::picture(Some(extension)).filter(|format| format.is_in_epub)?;
    Some(format!("{}.{extension}", crate::base::hash::Fingerprint::of(path.as_bytes()).short(12)))
}
