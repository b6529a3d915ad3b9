//! The examples of CommonMark, of GitHub's extensions and of pulldown-cmark's own tests (`tests/markdown`): no word of
//! one is lost, and the page has the HTML that it states, or `tests/markdown/differences.md` says why not.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::sync::Arc;

use dossier::base::diagnostic::Diagnostic;
use dossier::session::{Options, Snapshot};
use dossier::world::memory::MemoryWorld;
use fancy_regex::Regex;
use html5ever::tendril::TendrilSink;
use html5ever::{ParseOpts, parse_document};
use markup5ever_rcdom::{Handle, NodeData, RcDom};

use crate::words;

const SUITES: [(&str, &str); 3] = [
    ("commonmark", include_str!("../markdown/commonmark.txt")),
    ("gfm", include_str!("../markdown/gfm.txt")),
    ("pulldown-cmark", include_str!("../markdown/pulldown-cmark.txt")),
];

struct Example {
    /// As `differences.md` names it: `commonmark 12`, `pulldown-cmark table 3`.
    name: String,
    markdown: String,
    html: String,
}

fn examples() -> Vec<Example> {
    let fence = "`".repeat(32);
    let mut examples = Vec::new();
    for (suite, text) in SUITES {
        let mut section = "";
        for part in text.split(&format!("\n{fence} example ")) {
            if let Some((number, rest)) = part.split_once('\n')
                && let Some((example, _)) = rest.split_once(&format!("\n{fence}"))
            {
                let example = format!("\n{example}\n").replace('→', "\t");
                let (markdown, html) = example.split_once("\n.\n").expect("an example has two parts");
                let part = if suite == "pulldown-cmark" { format!("{section} ") } else { String::new() };
                examples.push(Example {
                    name: format!("{suite} {part}{number}"),
                    markdown: format!("{}\n", markdown.trim_start_matches('\n')),
                    html: html.to_owned(),
                });
            }
            let heading = part.rsplit_once(&format!("\n{fence}\n")).map_or(part, |(_, after)| after);
            section = heading.rsplit_once("# ").map_or(section, |(_, name)| name.trim());
        }
    }
    examples
}

/// The reasons of differences, by the name of the example.
#[expect(clippy::disallowed_methods, reason = "a test reads what it expects")]
fn differences() -> BTreeMap<String, String> {
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/markdown/differences.md");
    let text = std::fs::read_to_string(file).expect("the list of differences");
    let mut reasons = BTreeMap::new();
    let mut reason = "";
    for line in text.lines() {
        if let Some(heading) = line.strip_prefix("## ") {
            reason = heading;
        } else if let Some((suite, numbers)) = line.strip_prefix("- ").and_then(|line| line.split_once(": "))
        {
            for number in numbers.split(", ") {
                let name = format!("{suite} {number}");
                assert!(reasons.insert(name.clone(), reason.to_owned()).is_none(), "{name} is listed twice");
            }
        }
    }
    reasons
}

#[test]
fn the_examples_of_the_specifications_read_as_they_say() {
    let examples = examples();
    assert!(examples.len() > 1_100, "{} examples", examples.len());
    let input = |number: usize| format!("content/notes/n{number}.md");
    let mut world = MemoryWorld::new().with("dossier.toml", "title = \"T\"");
    for (number, example) in examples.iter().enumerate() {
        world = world.with(&input(number), words::note(&example.markdown));
    }
    let snapshot = Snapshot::take(Arc::new(world), &Options::default());
    let builder = snapshot.builder().expect("the theme is complete");
    let mut found: BTreeMap<&str, Vec<&Diagnostic>> = BTreeMap::new();
    for finding in snapshot.diagnostics() {
        for path in finding.labels.iter().map(|label| label.path.as_str()).collect::<BTreeSet<&str>>() {
            found.entry(path).or_default().push(finding);
        }
    }
    let mut differences = differences();
    let mut counts: BTreeMap<&str, [usize; 2]> = BTreeMap::new();
    let mut failures = String::new();
    for (number, example) in examples.iter().enumerate() {
        let path = format!("notes/n{number}.html").as_str().into();
        let page = builder.bytes(&path, snapshot.map().find(&path).expect("a page")).expect("a file");
        let page = String::from_utf8_lossy(&page);
        let findings = found.get(&*input(number)).map_or(&[][..], Vec::as_slice);
        let mut lost = words::neither_shown_nor_told(&example.markdown, &page, findings);
        if !lost.is_empty() {
            // A finding about many files does not name every place.
            lost = words::lost(&example.markdown);
        }
        let read = without_names(&example.markdown);
        lost.retain(|word| read.contains(word));
        if !lost.is_empty() {
            let _ = writeln!(failures, "\n{}: {lost:?} lost", example.name);
        }
        let ours = page_text(&page);
        let theirs = expected(&example.html);
        let suite = SUITES.iter().find(|(suite, _)| example.name.starts_with(suite)).expect("a suite").0;
        counts.entry(suite).or_default()[usize::from(ours == theirs)] += 1;
        match (ours == theirs, differences.remove(&example.name)) {
            (false, None) => {
                let (name, markdown) = (&example.name, &example.markdown);
                let _ = writeln!(failures, "\n=== {name}\n{markdown}--- stated\n{theirs}\n--- found\n{ours}");
            }
            (true, Some(reason)) => {
                let _ = writeln!(failures, "\n{} is listed under `{reason}`, and is the same", example.name);
            }
            _ => {}
        }
    }
    for name in differences.keys() {
        let _ = writeln!(failures, "\nthere is no example {name}");
    }
    for (suite, [different, same]) in counts {
        println!("{suite}: {same} the same, {different} different");
    }
    assert!(failures.is_empty(), "{failures}");
}

/// A text without what does not count as its words: comments, names of characters, the labels that join a link or a
/// footnote to its address or text, and the numbers of lists.
fn without_names(markdown: &str) -> String {
    let names =
        r"(?s)<!--.*?-->|&#?\w+;|(?<=\])\[[^\]]*\]|\[[^\]]*\]:|\[\^[^\]]*\]|(?m:^[\s>]*\d+[.)])|\{#[^}]*\}";
    Regex::new(names).expect("a pattern").replace_all(markdown, " ").into_owned()
}

/// The HTML of a text on a page, without what the program adds to it.
fn page_text(page: &str) -> String {
    let dom = parse_document(RcDom::default(), ParseOpts::default()).one(page);
    let text = find(&dom.document, &|node| class(node).split(' ').any(|class| class == "prose"));
    let mut writer = Writer { is_expected: false, shift: 0, html: String::new() };
    text.into_iter().for_each(|text| writer.children(&text));
    writer.finish()
}

/// The HTML that an example states, as the program would write it where it does so on purpose: links that lead
/// nowhere are words, pictures of other sites are links, and there is one heading of the first level, the page's.
fn expected(html: &str) -> String {
    let dom = parse_document(RcDom::default(), ParseOpts::default()).one(format!("<body>{html}"));
    let body = find(&dom.document, &|node| tag(node) == "body").expect("a body");
    let shift = u8::from(find(&body, &|node| tag(node) == "h1").is_some());
    let mut writer = Writer { is_expected: true, shift, html: String::new() };
    writer.children(&body);
    writer.finish()
}

fn find(node: &Handle, is: &impl Fn(&Handle) -> bool) -> Option<Handle> {
    if is(node) {
        return Some(node.clone());
    }
    node.children.borrow().iter().find_map(|child| find(child, is))
}

fn tag(node: &Handle) -> String {
    match &node.data {
        NodeData::Element { name, .. } => name.local.to_string(),
        _ => String::new(),
    }
}

fn attribute(node: &Handle, name: &str) -> String {
    let NodeData::Element { attrs, .. } = &node.data else { return String::new() };
    let attrs = attrs.borrow();
    let found = attrs.iter().find(|attribute| &*attribute.name.local == name);
    found.map_or_else(String::new, |attribute| attribute.value.to_string())
}

fn class(node: &Handle) -> String {
    attribute(node, "class")
}

const BLOCKS: [&str; 26] = [
    "p",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "ul",
    "ol",
    "li",
    "blockquote",
    "pre",
    "hr",
    "table",
    "thead",
    "tbody",
    "tr",
    "th",
    "td",
    "dl",
    "dt",
    "dd",
    "div",
    "section",
    "details",
    "summary",
];

struct Writer {
    is_expected: bool,
    shift: u8,
    html: String,
}

impl Writer {
    fn children(&mut self, node: &Handle) {
        node.children.borrow().iter().for_each(|child| self.node(child));
    }

    fn within(&mut self, start: &str, node: &Handle, end: &str) {
        self.html.push_str(start);
        self.children(node);
        self.html.push_str(end);
    }

    fn node(&mut self, node: &Handle) {
        let name = match &node.data {
            NodeData::Text { contents } => return self.html.push_str(&escaped(&contents.borrow())),
            NodeData::Element { name, .. } => name.local.to_string(),
            _ => return,
        };
        let title = attribute(node, "title");
        let titled = if title.is_empty() { String::new() } else { format!(" title=\"{}\"", escaped(&title)) };
        match name.as_str() {
            "a" if class(node) == "anchor" => {}
            // To the page itself.
            "a" if matches!(&*attribute(node, "href"), "" | "#") => self.children(node),
            "a" => self.link(&attribute(node, "href"), &titled, |writer| writer.children(node)),
            "img" => {
                let alt = escaped(&attribute(node, "alt"));
                self.link(&attribute(node, "src"), &titled, |writer| writer.html.push_str(&alt));
            }
            "span" if title.is_empty() => self.children(node),
            "span" => self.within(&format!("<span{titled}>"), node, "</span>"),
            "div" if class(node) == "table" => self.children(node),
            "label" => self.children(node),
            // The caption is the title.
            "figure" => match find(node, &|node| tag(node) == "figcaption") {
                None => self.within("<p>", node, "</p>"),
                Some(caption) => {
                    let mut title = Writer { is_expected: false, shift: 0, html: String::new() };
                    title.children(&caption);
                    let start = format!("<p><span title=\"{}\">", title.html);
                    self.within(&start, node, "</span></p>");
                }
            },
            "figcaption" => {}
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
                let level = (name.as_bytes()[1] - b'0' + self.shift).min(6);
                self.within(&format!("<h{level}>"), node, &format!("</h{level}>"));
            }
            "code" => {
                let class = class(node);
                let class = class.split(' ').find(|class| class.starts_with("language-"));
                let class = class.map(|class| format!(" class=\"{class}\"")).unwrap_or_default();
                self.within(&format!("<code{class}>"), node, "</code>");
            }
            "input" => self.html.push_str(if self.is_checked(node) { "[x]" } else { "[ ]" }),
            "ol" if !matches!(&*attribute(node, "start"), "" | "1") => {
                self.within(&format!("<ol start={}>", attribute(node, "start")), node, "</ol>");
            }
            "br" | "hr" => self.html.push_str(&format!("<{name}>")),
            _ => self.within(&format!("<{name}>"), node, &format!("</{name}>")),
        }
    }

    fn is_checked(&self, node: &Handle) -> bool {
        let NodeData::Element { attrs, .. } = &node.data else { return false };
        attrs.borrow().iter().any(|attribute| &*attribute.name.local == "checked")
    }

    /// A link, or its words if it leads nowhere in a dossier without other files.
    fn link(&mut self, address: &str, titled: &str, words: impl FnOnce(&mut Self)) {
        let address = percent_encoding::percent_decode_str(address).decode_utf8_lossy().into_owned();
        let scheme = address.split_once(':').map_or("", |(scheme, _)| scheme).to_ascii_lowercase();
        let leads = !self.is_expected
            || address.starts_with('#')
            || matches!(&*scheme, "http" | "https" | "ftp" | "mailto" | "irc" | "xmpp");
        let (start, end) = match (leads, titled) {
            (true, _) => (format!("<a href=\"{}\"{titled}>", escaped(&address)), "</a>"),
            (false, "") => (String::new(), ""),
            (false, _) => (format!("<span{titled}>"), "</span>"),
        };
        self.html.push_str(&start);
        words(self);
        self.html.push_str(end);
    }

    /// Without white space that means nothing, and with plain quotation marks and dashes.
    fn finish(self) -> String {
        let mut html = self.html;
        for (curled, plain) in [
            ("“", "&quot;"),
            ("”", "&quot;"),
            ("‘", "&quot;"),
            ("’", "&quot;"),
            // Marks within marks are curled as inner ones.
            ("'", "&quot;"),
            ("…", "..."),
            ("—", "---"),
            ("–", "--"),
        ] {
            html = html.replace(curled, plain);
        }
        let mut text = String::new();
        for (at, part) in html.split("<pre>").enumerate() {
            let (code, rest) =
                if at == 0 { ("", part) } else { part.split_once("</pre>").unwrap_or((part, "")) };
            if at > 0 {
                let _ = write!(text, "<pre>{}</pre>", code.replace('\n', "⏎"));
            }
            text.push_str(&rest.split_whitespace().collect::<Vec<_>>().join(" ").replace("> <", "><"));
            if rest.ends_with(char::is_whitespace) && !rest.trim().is_empty() {
                text.push(' ');
            }
        }
        for block in BLOCKS.iter().chain(&["br"]) {
            for tag in [format!("<{block}>"), format!("</{block}>")] {
                text = text.replace(&format!(" {tag}"), &tag).replace(&format!("{tag} "), &tag);
            }
        }
        text.trim().replace("<tbody></tbody>", "")
    }
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

/// The parser fills in only so many missing cells.
#[test]
fn a_wide_table_with_short_rows_is_read() {
    let table = format!("|{}\n|{}\n{}|loaf\n", "a|".repeat(300), "-|".repeat(300), "|b\n".repeat(2000));
    let world = MemoryWorld::new()
        .with("dossier.toml", "title = \"T\"\n")
        .with("content/article.md", format!("---\ntitle: A\npublished: 2024-01-01\n---\n{table}"));
    let snapshot = Snapshot::take(Arc::new(world), &Options::default());
    assert!(snapshot.problems().is_empty(), "{:?}", snapshot.problems().first());
}
