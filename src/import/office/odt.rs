//! OpenDocument texts (OpenDocument 1.3, part 3).

use std::collections::BTreeMap;

use roxmltree::Node;

use super::super::door::{self, Archive};
use super::super::prose::{Block, Document, Run, Style, What, is_blank, words};
use super::{attribute, child, counted, damaged, part};
use crate::base::xml;
use crate::ide::Refusal;

/// The text of a document.
///
/// # Errors
/// If it is damaged or protected.
pub(in super::super) fn read(bytes: &[u8]) -> Result<Document, Refusal> {
    let mut archive = Archive::open(bytes)?;
    if archive.text("META-INF/manifest.xml").is_some_and(|parts| parts.contains("encryption-data")) {
        return Err(door::protected());
    }
    const MAIN: &str = "content.xml";
    let main = part(&mut archive, MAIN)?.ok_or_else(|| damaged(MAIN))?;
    let tree = xml::parse(&main).map_err(|_| damaged(MAIN))?;
    let mut reader = Reader::default();
    let common = part(&mut archive, "styles.xml")?;
    if let Some(common) = &common {
        let common = xml::parse(common).map_err(|_| damaged("styles.xml"))?;
        reader.learn_styles(common.root_element());
    }
    reader.learn_styles(tree.root_element());
    let body = tree.descendants().find(|node| {
        node.tag_name().name() == "text"
            && node.parent().is_some_and(|above| above.tag_name().name() == "body")
    });
    reader.blocks(body.ok_or_else(|| damaged(MAIN))?, None);
    let Reader { mut document, pictures, comments, deletions, .. } = reader;
    for name in pictures {
        let content = archive.part(name.trim_start_matches("./")).unwrap_or_default();
        let end = name.rsplit_once('.').map_or("", |(_, end)| end).to_ascii_lowercase();
        document.pictures.push((end, content));
    }
    document.remarks.extend(counted(comments, deletions, 0, 0));
    Ok(document)
}

#[derive(Default)]
struct Reader {
    document: Document,
    /// For each style of words, how they look; for each style of paragraphs, what it is based on.
    looks: BTreeMap<String, Style>,
    bases: BTreeMap<String, String>,
    /// The styles of lists that are numbered.
    numbered: BTreeMap<String, bool>,
    pictures: Vec<String>,
    comments: usize,
    deletions: usize,
}

impl Reader {
    fn learn_styles(&mut self, root: Node<'_, '_>) {
        for node in root.descendants() {
            let name = attribute(node, "name").unwrap_or_default().to_owned();
            match node.tag_name().name() {
                "style" => {
                    let base = attribute(node, "parent-style-name").unwrap_or_default().to_owned();
                    let look = child(node, "text-properties").map(|words| Style {
                        bold: attribute(words, "font-weight") == Some("bold"),
                        italic: attribute(words, "font-style") == Some("italic"),
                        strike: attribute(words, "text-line-through-style")
                            .is_some_and(|style| style != "none"),
                        code: false,
                    });
                    self.bases.insert(name.clone(), base);
                    self.looks.insert(name, look.unwrap_or_default());
                }
                "list-style" => {
                    let first = node.children().find(Node::is_element);
                    let is_numbered =
                        first.is_some_and(|level| level.tag_name().name() == "list-level-style-number");
                    self.numbered.insert(name, is_numbered);
                }
                _ => {}
            }
        }
    }

    /// The name of the style that a style of paragraphs is based on in the end, in lower case.
    fn base(&self, style: &str) -> String {
        let mut at = style;
        for _ in 0..10 {
            match self.bases.get(at) {
                Some(base) if !base.is_empty() && !is_telling(at) => at = base,
                _ => break,
            }
        }
        at.to_lowercase().replace("_20_", " ")
    }

    /// Whether a style of words is, or is based on, that of code.
    fn is_code(&self, style: &str) -> bool {
        let mut at = style;
        for _ in 0..10 {
            let name = at.to_lowercase().replace("_20_", " ").replace('_', " ");
            if ["source text", "verbatim char"].contains(&&*name) {
                return true;
            }
            match self.bases.get(at) {
                Some(base) => at = base,
                None => return false,
            }
        }
        false
    }

    /// The blocks in an element; in a list, how deep it is and whether it is numbered.
    fn blocks(&mut self, parent: Node<'_, '_>, list: Option<(usize, bool)>) {
        for node in parent.children() {
            match node.tag_name().name() {
                "tracked-changes" => {
                    let changes = node.descendants();
                    self.deletions += changes.filter(|node| node.tag_name().name() == "deletion").count();
                }
                "h" => {
                    let level =
                        attribute(node, "outline-level").and_then(|level| level.parse().ok()).unwrap_or(1);
                    let runs = self.runs(node);
                    if !is_blank(&runs) {
                        self.document.blocks.push(Block::Heading(level, runs));
                    }
                }
                "p" => self.paragraph(node, list),
                "list" => {
                    let style = attribute(node, "style-name").and_then(|style| self.numbered.get(style));
                    let is_numbered = style.copied().or(list.map(|(_, is)| is)).unwrap_or_default();
                    self.blocks(node, Some((list.map_or(0, |(depth, _)| (depth + 1).min(8)), is_numbered)));
                }
                "list-item" | "list-header" | "section" | "index-body" => self.blocks(node, list),
                "table" => self.table(node),
                _ => {}
            }
        }
    }

    fn paragraph(&mut self, node: Node<'_, '_>, list: Option<(usize, bool)>) {
        let style = self.base(attribute(node, "style-name").unwrap_or_default());
        let runs = self.runs(node);
        if is_blank(&runs) {
            return;
        }
        let block = match (style.as_str(), list) {
            ("title", _) if self.document.title.is_none() => return self.document.title = Some(words(&runs)),
            ("author", _) if self.document.byline.is_none() => {
                return self.document.byline = Some(words(&runs));
            }
            ("date", _) if self.document.date.is_none() => return self.document.date = Some(words(&runs)),
            ("preformatted text" | "source code", Some((depth, is_numbered))) => {
                let line = code(&runs);
                let is_first = !node.prev_siblings().skip(1).any(|before| before.is_element());
                match self.document.blocks.last_mut() {
                    Some(Block::ItemCode(other, code)) if *other == depth && !is_first => {
                        return *code += &format!("\n{line}");
                    }
                    _ if is_first => {
                        self.document.blocks.push(Block::Item(depth, is_numbered, Vec::new()));
                    }
                    _ => {}
                }
                Block::ItemCode(depth, line)
            }
            (_, Some((depth, is_numbered))) => Block::Item(depth, is_numbered, runs),
            ("quotations" | "quote", None) => Block::Quote(runs),
            ("preformatted text" | "source code", None) => {
                let text = code(&runs);
                // Each line is a paragraph of its own.
                match self.document.blocks.last_mut() {
                    Some(Block::Code(code)) => return *code += &format!("\n{text}"),
                    _ => Block::Code(text),
                }
            }
            (_, None) => Block::Paragraph(runs),
        };
        self.document.blocks.push(block);
    }

    fn table(&mut self, table: Node<'_, '_>) {
        let mut rows = Vec::new();
        for row in table.descendants().filter(|node| node.tag_name().name() == "table-row") {
            let mut cells = Vec::new();
            for cell in row.children().filter(|node| node.tag_name().name() == "table-cell") {
                let mut runs: Vec<Run> = Vec::new();
                for paragraph in cell.descendants().filter(|node| matches!(node.tag_name().name(), "p" | "h"))
                {
                    if !runs.is_empty() {
                        runs.push(Run { text: " ".to_owned(), ..Run::default() });
                    }
                    runs.extend(self.runs(paragraph));
                }
                cells.push(runs);
            }
            rows.push(cells);
        }
        if rows.iter().flatten().any(|cell| !is_blank(cell)) {
            self.document.blocks.push(Block::Table(rows));
        }
    }

    fn runs(&mut self, node: Node<'_, '_>) -> Vec<Run> {
        let mut runs = Vec::new();
        self.inline(node, &Run::default(), &mut runs);
        runs
    }

    fn inline(&mut self, parent: Node<'_, '_>, like: &Run, runs: &mut Vec<Run>) {
        for node in parent.children() {
            if let Some(text) = node.text().filter(|_| node.is_text()) {
                // White space is as in HTML.
                let mut spaced = String::new();
                for c in text.chars() {
                    match c.is_ascii_whitespace() {
                        true if spaced.ends_with(' ') => {}
                        true => spaced.push(' '),
                        false => spaced.push(c),
                    }
                }
                runs.push(Run { text: spaced, ..like.clone() });
                continue;
            }
            match node.tag_name().name() {
                "span" => {
                    let name = attribute(node, "style-name").unwrap_or_default();
                    let look = self.looks.get(name).copied().unwrap_or_default();
                    let lower = name.to_lowercase();
                    let style = Style {
                        bold: like.style.bold || look.bold || lower.starts_with("strong"),
                        italic: like.style.italic || look.italic || lower.starts_with("emphasis"),
                        strike: like.style.strike || look.strike,
                        code: like.style.code || self.is_code(name),
                    };
                    self.inline(node, &Run { style, ..like.clone() }, runs);
                }
                "a" => {
                    let link = attribute(node, "href")
                        .filter(|link| link.starts_with("http") || link.starts_with("mailto:"));
                    self.inline(node, &Run { link: link.map(str::to_owned), ..like.clone() }, runs);
                }
                "s" => {
                    let count =
                        attribute(node, "c").and_then(|count| count.parse().ok()).unwrap_or(1_usize).min(80);
                    runs.push(Run { text: " ".repeat(count), ..like.clone() });
                }
                "tab" => runs.push(Run { text: " ".to_owned(), ..like.clone() }),
                "line-break" => runs.push(Run { what: What::Break, ..like.clone() }),
                "note" => {
                    let number = self.document.notes.len();
                    self.document.notes.push(Vec::new());
                    runs.push(Run { what: What::Note(number), ..Run::default() });
                    let mut note: Vec<Run> = Vec::new();
                    for paragraph in child(node, "note-body").into_iter().flat_map(|body| body.children()) {
                        if !note.is_empty() {
                            note.push(Run { text: " ".to_owned(), ..Run::default() });
                        }
                        self.inline(paragraph, &Run::default(), &mut note);
                    }
                    self.document.notes[number] = note;
                }
                "annotation" => self.comments += 1,
                "frame" => self.frame(node, like, runs),
                "ruby" | "ruby-base" | "meta" | "bookmark-ref" | "reference-ref" | "title" | "date" => {
                    self.inline(node, like, runs);
                }
                _ => {}
            }
        }
    }

    fn frame(&mut self, frame: Node<'_, '_>, like: &Run, runs: &mut Vec<Run>) {
        let image = child(frame, "image").and_then(|image| attribute(image, "href"));
        match (image, child(frame, "text-box")) {
            (Some(name), _) if !name.contains("://") => {
                let alt = ["desc", "title"].iter().find_map(|name| child(frame, name)?.text());
                let number = self.pictures.len();
                self.pictures.push(name.to_owned());
                let text = alt.unwrap_or_default().to_owned();
                runs.push(Run { text, what: What::Picture(number), ..Run::default() });
            }
            // A picture with a caption is a box.
            (_, Some(text)) => {
                for paragraph in text.children() {
                    self.inline(paragraph, like, runs);
                }
            }
            _ => {}
        }
    }
}

/// The words of code, with its line breaks.
fn code(runs: &[Run]) -> String {
    runs.iter().map(|run| if run.what == What::Break { "\n" } else { &run.text }).collect()
}

fn is_telling(style: &str) -> bool {
    ["Title", "Quotations", "Preformatted_20_Text", "Author", "Date"].contains(&style)
}
