//! Word documents (ECMA-376, part 1).

use std::collections::BTreeMap;

use roxmltree::Node;

use super::super::brought::{At, Remark};
use super::super::door::Archive;
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
    const MAIN: &str = "word/document.xml";
    let main = part(&mut archive, MAIN)?.ok_or_else(|| damaged(MAIN))?;
    let tree = xml::parse(&main).map_err(|_| damaged(MAIN))?;
    let mut reader = Reader {
        links: relations(&mut archive, "word/_rels/document.xml.rels")?,
        styles: styles(&mut archive)?,
        lists: lists(&mut archive)?,
        ..Reader::default()
    };
    let body = tree.root_element().children().find(|node| node.tag_name().name() == "body");
    reader.blocks(body.ok_or_else(|| damaged(MAIN))?);
    for (file, element, relations_of) in [
        ("word/footnotes.xml", "footnote", "word/_rels/footnotes.xml.rels"),
        ("word/endnotes.xml", "endnote", "word/_rels/endnotes.xml.rels"),
    ] {
        let Some(text) = part(&mut archive, file)? else { continue };
        let notes = xml::parse(&text).map_err(|_| damaged(file))?;
        reader.links = relations(&mut archive, relations_of)?;
        for note in notes.root_element().children().filter(|node| node.tag_name().name() == element) {
            let key = format!("{element} {}", attribute(note, "id").unwrap_or_default());
            if let Some(number) = reader.notes.get(&key).copied() {
                reader.note(number, note);
            }
        }
    }
    let comments = part(&mut archive, "word/comments.xml")?;
    let comments = comments.map_or(0, |text| text.matches("<w:comment ").count());
    let Reader { mut document, pictures, deletions, insertions, hidden, .. } = reader;
    for (number, name) in pictures.into_iter().enumerate() {
        let content =
            archive.part(&format!("word/{}", name.trim_start_matches("/word/"))).unwrap_or_default();
        if content.is_empty() {
            let why = "the picture is not in the document; it may be a link";
            document.remarks.push(Remark::left_out(format!("picture {}", number + 1), why, &At::default()));
        }
        let end = name.rsplit_once('.').map_or("", |(_, end)| end).to_ascii_lowercase();
        document.pictures.push((end, content));
    }
    document.remarks.extend(counted(comments, deletions, insertions, hidden));
    Ok(document)
}

/// What the names of relations lead to.
fn relations(archive: &mut Archive<'_>, name: &str) -> Result<BTreeMap<String, String>, Refusal> {
    let Some(text) = part(archive, name)? else { return Ok(BTreeMap::new()) };
    let tree = xml::parse(&text).map_err(|_| damaged(name))?;
    let relation =
        |node: Node<'_, '_>| Some((attribute(node, "Id")?.to_owned(), attribute(node, "Target")?.to_owned()));
    Ok(tree.root_element().children().filter_map(relation).collect())
}

/// The styles, each with its name in lower case; a style without a telling name has that of the one it is based on.
fn styles(archive: &mut Archive<'_>) -> Result<BTreeMap<String, String>, Refusal> {
    const NAME: &str = "word/styles.xml";
    let Some(text) = part(archive, NAME)? else { return Ok(BTreeMap::new()) };
    let tree = xml::parse(&text).map_err(|_| damaged(NAME))?;
    let style = |node: Node<'_, '_>| {
        let value = |name| child(node, name).and_then(|child| attribute(child, "val"));
        let name = value("name").unwrap_or_default().to_lowercase();
        let base = value("basedOn").unwrap_or_default().to_owned();
        Some((attribute(node, "styleId")?.to_owned(), (name, base)))
    };
    let all: BTreeMap<String, (String, String)> = tree.root_element().children().filter_map(style).collect();
    let named = |id: &String| {
        let mut at = id;
        for _ in 0..10 {
            match all.get(at) {
                Some((name, _)) if is_telling(name) => return name.clone(),
                Some((_, base)) if !base.is_empty() => at = base,
                _ => break,
            }
        }
        all.get(id).map(|(name, _)| name.clone()).unwrap_or_default()
    };
    Ok(all.keys().map(|id| (id.clone(), named(id))).collect())
}

fn is_telling(name: &str) -> bool {
    name.starts_with("heading")
        || name.starts_with("list")
        || [
            "title",
            "author",
            "date",
            "quote",
            "intense quote",
            "block text",
            "source code",
            "html preformatted",
            "verbatim char",
        ]
        .contains(&name)
}

/// For each list and depth, whether it is numbered.
fn lists(archive: &mut Archive<'_>) -> Result<BTreeMap<(String, usize), bool>, Refusal> {
    const NAME: &str = "word/numbering.xml";
    let Some(text) = part(archive, NAME)? else { return Ok(BTreeMap::new()) };
    let tree = xml::parse(&text).map_err(|_| damaged(NAME))?;
    let root = tree.root_element();
    let mut kinds: BTreeMap<(String, usize), bool> = BTreeMap::new();
    for list in root.children().filter(|node| node.tag_name().name() == "abstractNum") {
        let id = attribute(list, "abstractNumId").unwrap_or_default();
        for level in list.children().filter(|node| node.tag_name().name() == "lvl") {
            let depth = attribute(level, "ilvl").and_then(|depth| depth.parse().ok()).unwrap_or_default();
            let format =
                child(level, "numFmt").and_then(|format| attribute(format, "val")).unwrap_or("bullet");
            kinds.insert((id.to_owned(), depth), !matches!(format, "bullet" | "none"));
        }
    }
    let mut lists = BTreeMap::new();
    for list in root.children().filter(|node| node.tag_name().name() == "num") {
        let id = attribute(list, "numId").unwrap_or_default();
        let of = child(list, "abstractNumId").and_then(|of| attribute(of, "val")).unwrap_or_default();
        let own = kinds.iter().filter(|((kind, _), _)| kind == of);
        lists.extend(own.map(|((_, depth), is_numbered)| ((id.to_owned(), *depth), *is_numbered)));
    }
    Ok(lists)
}

#[derive(Default)]
struct Reader {
    document: Document,
    links: BTreeMap<String, String>,
    styles: BTreeMap<String, String>,
    lists: BTreeMap<(String, usize), bool>,
    /// The number of each note that the text has a mark of.
    notes: BTreeMap<String, usize>,
    pictures: Vec<String>,
    deletions: usize,
    insertions: usize,
    hidden: usize,
    /// The words of a field's instruction while it is open, and where it leads once that is known.
    fields: Vec<(String, bool)>,
}

impl Reader {
    fn blocks(&mut self, parent: Node<'_, '_>) {
        for node in parent.children() {
            match node.tag_name().name() {
                "p" => self.paragraph(node),
                "tbl" => self.table(node),
                "sdt" | "sdtContent" | "ins" | "moveTo" | "customXml" | "smartTag" => self.blocks(node),
                _ => {}
            }
        }
    }

    fn table(&mut self, table: Node<'_, '_>) {
        let mut rows = Vec::new();
        for row in table.descendants().filter(|node| node.tag_name().name() == "tr") {
            let mut cells = Vec::new();
            for cell in row.children().filter(|node| node.tag_name().name() == "tc") {
                let mut runs: Vec<Run> = Vec::new();
                for paragraph in cell.descendants().filter(|node| node.tag_name().name() == "p") {
                    if !runs.is_empty() {
                        runs.push(Run { text: " ".to_owned(), ..Run::default() });
                    }
                    self.inline(paragraph, &Run::default(), &mut runs);
                }
                cells.push(runs);
            }
            rows.push(cells);
        }
        if rows.iter().flatten().any(|cell| !is_blank(cell)) {
            self.document.blocks.push(Block::Table(rows));
        }
    }

    fn paragraph(&mut self, paragraph: Node<'_, '_>) {
        let properties = child(paragraph, "pPr");
        let value =
            |name| properties.and_then(|all| child(all, name)).and_then(|node| attribute(node, "val"));
        let id = value("pStyle").unwrap_or_default();
        let style = self.styles.get(id).cloned().unwrap_or_else(|| id.to_lowercase());
        let mut runs = Vec::new();
        self.inline(paragraph, &Run::default(), &mut runs);
        if is_blank(&runs) {
            return;
        }
        let list = properties.and_then(|all| child(all, "numPr"));
        let of_list = |name| list.and_then(|list| child(list, name)).and_then(|node| attribute(node, "val"));
        let level = style.strip_prefix("heading").and_then(|level| level.trim().parse::<u8>().ok());
        let outline =
            value("outlineLvl").and_then(|level| level.parse::<u8>().ok()).filter(|level| *level < 9);
        let block = match (style.as_str(), level.or(outline.map(|level| level + 1))) {
            ("title", _) if self.document.title.is_none() => return self.document.title = Some(words(&runs)),
            ("author", _) if self.document.byline.is_none() => {
                return self.document.byline = Some(words(&runs));
            }
            ("date", _) if self.document.date.is_none() => return self.document.date = Some(words(&runs)),
            (_, Some(level)) => Block::Heading(level, runs),
            ("quote" | "intense quote" | "block text", None) => Block::Quote(runs),
            ("source code" | "html preformatted", None) => {
                let lines = runs.iter().map(|run| if run.what == What::Break { "\n" } else { &run.text });
                Block::Code(lines.collect())
            }
            (_, None) => match of_list("numId").filter(|id| *id != "0") {
                Some(id) => {
                    let depth = of_list("ilvl").and_then(|depth| depth.parse().ok()).unwrap_or(0).min(8);
                    let is_numbered = self.lists.get(&(id.to_owned(), depth)).copied().unwrap_or_default();
                    Block::Item(depth, is_numbered, runs)
                }
                None if style.starts_with("list number") => Block::Item(0, true, runs),
                None if style.starts_with("list bullet") => Block::Item(0, false, runs),
                None => Block::Paragraph(runs),
            },
        };
        self.document.blocks.push(block);
    }

    fn note(&mut self, number: usize, note: Node<'_, '_>) {
        let mut runs: Vec<Run> = Vec::new();
        for paragraph in note.children().filter(|node| node.tag_name().name() == "p") {
            if !runs.is_empty() {
                runs.push(Run { text: " ".to_owned(), ..Run::default() });
            }
            self.inline(paragraph, &Run::default(), &mut runs);
        }
        if let Some(place) = self.document.notes.get_mut(number) {
            *place = runs;
        }
    }

    /// The runs in an element. `like` has the style and the link that hold for all of it.
    fn inline(&mut self, parent: Node<'_, '_>, like: &Run, runs: &mut Vec<Run>) {
        for node in parent.children() {
            match node.tag_name().name() {
                "r" => self.run(node, like, runs),
                "del" | "moveFrom" => self.deletions += 1,
                "ins" | "moveTo" => {
                    self.insertions += 1;
                    self.inline(node, like, runs);
                }
                "hyperlink" => {
                    let link = attribute(node, "id").and_then(|id| self.links.get(id)).cloned();
                    let link = link.filter(|link| is_web(link));
                    self.inline(node, &Run { link, ..like.clone() }, runs);
                }
                "fldSimple" => {
                    let link = attribute(node, "instr").and_then(link_of);
                    self.inline(node, &Run { link, ..like.clone() }, runs);
                }
                "sdt" | "sdtContent" | "smartTag" | "customXml" | "dir" | "bdo" | "oMath" | "oMathPara" => {
                    self.inline(node, like, runs);
                }
                _ => {}
            }
        }
    }

    fn run(&mut self, run: Node<'_, '_>, like: &Run, runs: &mut Vec<Run>) {
        let properties = child(run, "rPr");
        let is = |name: &str| {
            let property = properties.and_then(|all| child(all, name));
            property
                .is_some_and(|node| !matches!(attribute(node, "val"), Some("0" | "false" | "none" | "off")))
        };
        if is("vanish") || is("webHidden") {
            self.hidden += 1;
            return;
        }
        let style = properties.and_then(|all| child(all, "rStyle")).and_then(|style| attribute(style, "val"));
        let style = style.map(|id| self.styles.get(id).cloned().unwrap_or_else(|| id.to_lowercase()));
        let code = style.as_deref().is_some_and(|style| style.contains("verbatim") || style == "html code");
        let style = Style { bold: is("b"), italic: is("i"), strike: is("strike") || is("dstrike"), code };
        let open =
            self.fields.iter().rev().find_map(|(words, is_shown)| link_of(words).filter(|_| *is_shown));
        let like = Run { style, link: like.link.clone().or(open), ..Run::default() };
        for node in run.children() {
            let words = |text: &str| Run { text: text.to_owned(), ..like.clone() };
            match node.tag_name().name() {
                "t" if self.fields.iter().all(|(_, is_shown)| *is_shown) => {
                    runs.push(words(node.text().unwrap_or_default()));
                }
                "tab" | "ptab" => runs.push(words(" ")),
                "noBreakHyphen" => runs.push(words("\u{2011}")),
                "br" if attribute(node, "type").is_some() => {}
                "br" | "cr" => runs.push(Run { what: What::Break, ..like.clone() }),
                "delText" => self.deletions += 1,
                "fldChar" => match attribute(node, "fldCharType") {
                    Some("begin") => self.fields.push((String::new(), false)),
                    Some("separate") => self.fields.iter_mut().rev().take(1).for_each(|field| field.1 = true),
                    _ => drop(self.fields.pop()),
                },
                "instrText" => {
                    if let Some((words, _)) = self.fields.last_mut() {
                        words.push_str(node.text().unwrap_or_default());
                    }
                }
                name @ ("footnoteReference" | "endnoteReference") => {
                    let key = format!(
                        "{} {}",
                        name.trim_end_matches("Reference"),
                        attribute(node, "id").unwrap_or_default()
                    );
                    let number = self.document.notes.len();
                    self.document.notes.push(Vec::new());
                    self.notes.insert(key, number);
                    runs.push(Run { what: What::Note(number), ..Run::default() });
                }
                "drawing" | "pict" | "object" => self.picture(node, runs),
                "AlternateContent" => {
                    if let Some(choice) = child(node, "Choice") {
                        self.picture(choice, runs);
                    }
                }
                _ => {}
            }
        }
    }

    fn picture(&mut self, drawing: Node<'_, '_>, runs: &mut Vec<Run>) {
        let alt = drawing.descendants().find(|node| node.tag_name().name() == "docPr");
        let alt = alt.and_then(|node| attribute(node, "descr")).unwrap_or_default();
        let id = drawing.descendants().find_map(|node| match node.tag_name().name() {
            "blip" => attribute(node, "embed"),
            "imagedata" => attribute(node, "id"),
            _ => None,
        });
        if let Some(target) = id.and_then(|id| self.links.get(id)) {
            let number = self.pictures.len();
            self.pictures.push(target.clone());
            runs.push(Run { text: alt.to_owned(), what: What::Picture(number), ..Run::default() });
        }
    }
}

fn is_web(link: &str) -> bool {
    link.starts_with("http://") || link.starts_with("https://") || link.starts_with("mailto:")
}

/// The address in the instruction of a field: `HYPERLINK "https://…"`.
fn link_of(instruction: &str) -> Option<String> {
    let rest = instruction.trim().strip_prefix("HYPERLINK")?;
    rest.split('"').nth(1).filter(|link| is_web(link)).map(str::to_owned)
}
