//! Rich Text Format (version 1.9.1): one pass over its groups and control words.

mod encodings;

use std::collections::BTreeMap;

use encoding_rs::{Encoding, WINDOWS_1252};
use encodings::{character_set, code_page};

use super::super::prose::{Block, Document, Run, Style, What, is_blank, words};
use super::counted;
use crate::ide::Refusal;

/// What every such file begins with.
pub(in super::super) const START: &[u8] = b"{\\rtf";

/// The deepest nesting of groups that a word processor writes is a fraction of this.
const MOST_DEPTH: usize = 500;

/// Groups that are no text of the document.
const NO_TEXT: &str = "colortbl header headerl headerr headerf footer footerl footerr footerf ftnsep ftnsepc aftnsep aftnsepc themedata \
    colorschememapping datastore generator xmlnstbl listtable listoverridetable rsidtbl latentstyles objdata nonshppict bkmkstart \
    bkmkend pgptbl revtbl userprops author operator company doccomm ud";

/// Groups of comments and what belongs to them.
const OF_COMMENTS: &str = "atnid atnauthor atntime atndate atnref atnparent";

fn is_in(list: &str, word: &str) -> bool {
    list.split_whitespace().any(|known| known == word)
}

/// What the text of a group is for.
#[derive(Copy, Clone, Debug, Default, Eq, PartialEq)]
enum Place {
    #[default]
    Text,
    /// Nothing.
    Skipped,
    Fonts,
    Styles,
    Info,
    Title,
    /// The mark of an item of a list.
    Mark,
    /// What a field is.
    Field,
    Picture,
}

#[derive(Clone, Default)]
struct Group {
    place: Place,
    style: Style,
    is_hidden: bool,
    is_deleted: bool,
    is_inserted: bool,
    link: Option<String>,
    /// How many characters stand for one in Unicode.
    fallback: Option<usize>,
    encoding: Option<&'static Encoding>,
    /// Whether a note ends with it.
    ends_note: bool,
}

/// What a paragraph is.
#[derive(Clone, Debug, Default)]
struct Paragraph {
    heading: Option<u8>,
    is_quote: bool,
    is_title: bool,
    in_table: bool,
    depth: usize,
    /// The mark of an item, if it is one.
    mark: Option<String>,
}

#[derive(Default)]
struct Reader {
    document: Document,
    group: Group,
    above: Vec<Group>,
    /// Bytes of the text that are not decoded yet.
    bytes: Vec<u8>,
    runs: Vec<Run>,
    paragraph: Paragraph,
    /// Of notes within notes, there are none; what stands around them waits here.
    around: Vec<(Vec<Run>, Paragraph, usize)>,
    row: Vec<Vec<Run>>,
    table: Vec<Vec<Vec<Run>>>,
    fonts: BTreeMap<i32, &'static Encoding>,
    font: i32,
    styles: BTreeMap<i32, String>,
    style: i32,
    /// The text of a group that does not belong to the document.
    aside: String,
    field: Option<String>,
    picture_end: &'static str,
    skip: usize,
    comments: usize,
    deletions: usize,
    insertions: usize,
    hidden: usize,
}

/// The text of a document.
///
/// # Errors
/// If it is cut off.
pub(in super::super) fn read(bytes: &[u8]) -> Result<Document, Refusal> {
    let mut reader = Reader { picture_end: "png", ..Reader::default() };
    reader.all(bytes)?;
    reader.end_paragraph();
    reader.end_table();
    let Reader { mut document, comments, deletions, insertions, hidden, .. } = reader;
    document.remarks.extend(counted(comments, deletions, insertions, hidden));
    Ok(document)
}

impl Reader {
    fn all(&mut self, bytes: &[u8]) -> Result<(), Refusal> {
        let cut_off = || Refusal("it is cut off or damaged; get it again, or save it again".into());
        let mut at = 0;
        let mut is_ended = false;
        while at < bytes.len() && !is_ended {
            match bytes[at] {
                b'{' => {
                    self.flush();
                    if self.above.len() > MOST_DEPTH {
                        return Err(Refusal("it is nested deeper than documents are".into()));
                    }
                    self.above.push(self.group.clone());
                    self.group.ends_note = false;
                    at += 1;
                }
                b'}' => {
                    self.flush();
                    self.end_group();
                    at += 1;
                    let Some(group) = self.above.pop() else { return Err(cut_off()) };
                    self.group = group;
                    is_ended = self.above.is_empty();
                }
                b'\\' => at = self.control(bytes, at + 1),
                b'\r' | b'\n' => at += 1,
                byte => {
                    self.byte(byte);
                    at += 1;
                }
            }
        }
        if is_ended { Ok(()) } else { Err(cut_off()) }
    }

    /// What begins after a backslash. Returns where it ends.
    fn control(&mut self, bytes: &[u8], at: usize) -> usize {
        let Some(first) = bytes.get(at) else { return at };
        if !first.is_ascii_alphabetic() {
            match first {
                b'\'' => {
                    let digits =
                        bytes.get(at + 1..at + 3).and_then(|digits| std::str::from_utf8(digits).ok());
                    if let Some(byte) = digits.and_then(|digits| u8::from_str_radix(digits, 16).ok()) {
                        self.byte(byte);
                    }
                    return at + 3;
                }
                // What a program that does not know it passes over.
                b'*' if bytes.get(at + 1) == Some(&b'\\') => {
                    let (word, _, end) = word(bytes, at + 2);
                    let known = ["fldinst", "shppict", "annotation", "pn"].contains(&word.as_str())
                        || is_in(OF_COMMENTS, &word);
                    if known {
                        return self.control(bytes, at + 2);
                    }
                    self.group.place = Place::Skipped;
                    return end;
                }
                b'~' | b'_' => {
                    self.flush();
                    self.text(if *first == b'~' { "\u{a0}" } else { "-" });
                }
                b'\r' | b'\n' => self.end_paragraph(),
                b'\\' | b'{' | b'}' => self.byte(*first),
                _ => {}
            }
            return at + 1;
        }
        let (word, number, end) = word(bytes, at);
        self.word(&word, number);
        match (word.as_str(), number) {
            ("bin", Some(length)) => end + usize::try_from(length).unwrap_or_default(),
            _ => end,
        }
    }

    fn word(&mut self, word: &str, number: Option<i32>) {
        let is_on = number != Some(0);
        if word != "u" && word != "uc" {
            self.flush();
        }
        match word {
            "b" => self.group.style.bold = is_on,
            "i" => self.group.style.italic = is_on,
            "strike" | "striked" => self.group.style.strike = is_on,
            "v" => self.group.is_hidden = is_on,
            "deleted" => self.group.is_deleted = is_on,
            "revised" => self.group.is_inserted = is_on,
            "plain" => {
                self.group.style = Style::default();
                (self.group.is_hidden, self.group.is_deleted, self.group.is_inserted) = (false, false, false);
            }
            "par" | "sect" | "page" => self.end_paragraph(),
            "pard" => self.paragraph = Paragraph { mark: self.paragraph.mark.take(), ..Paragraph::default() },
            "s" => {
                self.style = number.unwrap_or_default();
                if self.group.place == Place::Text {
                    self.take_style();
                }
            }
            "outlinelevel" => {
                self.paragraph.heading =
                    number.and_then(|level| u8::try_from(level + 1).ok()).filter(|level| *level < 7);
            }
            "ilvl" => {
                self.paragraph.depth =
                    number.and_then(|depth| usize::try_from(depth).ok()).unwrap_or_default().min(8)
            }
            "intbl" => self.paragraph.in_table = true,
            "cell" => {
                let mut cell = std::mem::take(&mut self.runs);
                cell.retain(|run| !run.text.is_empty() || run.what != What::Words);
                self.row.push(cell);
            }
            "row" => {
                let row = std::mem::take(&mut self.row);
                self.table.push(row);
            }
            "line" => self.runs.push(Run { what: What::Break, ..Run::default() }),
            "tab" | "nestcell" => self.text("\t"),
            "emdash" => self.text("—"),
            "endash" => self.text("–"),
            "lquote" => self.text("‘"),
            "rquote" => self.text("’"),
            "ldblquote" => self.text("“"),
            "rdblquote" => self.text("”"),
            "bullet" => self.text("•"),
            "uc" => self.group.fallback = number.and_then(|count| usize::try_from(count).ok()),
            "u" => self.unicode(number.unwrap_or_default()),
            "ansicpg" => self.group.encoding = Some(code_page(number.unwrap_or_default())),
            "f" => {
                self.font = number.unwrap_or_default();
                if let Some(encoding) = self.fonts.get(&self.font).filter(|_| self.group.place == Place::Text)
                {
                    self.group.encoding = Some(encoding);
                }
            }
            "fcharset" => {
                if let Some(encoding) = character_set(number.unwrap_or_default()) {
                    self.fonts.insert(self.font, encoding);
                }
            }
            "pngblip" => self.picture_end = "png",
            "jpegblip" => self.picture_end = "jpg",
            "emfblip" | "wmetafile" => self.picture_end = "emf",
            _ => self.destination(word),
        }
    }

    /// A word that says what its group is for.
    fn destination(&mut self, word: &str) {
        if self.group.place == Place::Skipped {
            return;
        }
        let place = match word {
            "fonttbl" => Place::Fonts,
            "stylesheet" => Place::Styles,
            "info" => Place::Info,
            "title" if self.group.place == Place::Info => Place::Title,
            "listtext" | "pntext" => Place::Mark,
            "fldinst" => Place::Field,
            "pict" => Place::Picture,
            "annotation" => {
                self.comments += 1;
                Place::Skipped
            }
            "fldrslt" => {
                self.group.link = self.field.take();
                return;
            }
            "footnote" => {
                let number = self.document.notes.len();
                self.document.notes.push(Vec::new());
                self.runs.push(Run { what: What::Note(number), ..Run::default() });
                let around = (std::mem::take(&mut self.runs), std::mem::take(&mut self.paragraph), number);
                self.around.push(around);
                self.group.ends_note = true;
                self.group.style = Style::default();
                return;
            }
            word if is_in(NO_TEXT, word) || is_in(OF_COMMENTS, word) => Place::Skipped,
            _ => return,
        };
        self.group.place = place;
        self.aside.clear();
    }

    fn end_group(&mut self) {
        let is_outermost = self.above.last().is_some_and(|above| above.place != self.group.place);
        match self.group.place {
            Place::Title if is_outermost => {
                let title = std::mem::take(&mut self.aside);
                self.document.title = Some(title.trim().to_owned()).filter(|title| !title.is_empty());
            }
            Place::Styles => {
                let name = std::mem::take(&mut self.aside);
                self.styles.insert(self.style, name.trim().trim_end_matches(';').to_lowercase());
                self.style = 0;
            }
            Place::Mark if is_outermost => self.paragraph.mark = Some(std::mem::take(&mut self.aside)),
            Place::Field if is_outermost => {
                self.field = address(&self.aside);
                self.aside.clear();
            }
            Place::Picture if is_outermost => {
                let content = from_hex(&std::mem::take(&mut self.aside));
                self.runs.push(Run { what: What::Picture(self.document.pictures.len()), ..Run::default() });
                self.document.pictures.push((self.picture_end.to_owned(), content));
            }
            _ => {}
        }
        if self.group.ends_note
            && let Some((runs, paragraph, number)) = self.around.pop()
        {
            let note = std::mem::replace(&mut self.runs, runs);
            self.document.notes[number] = trimmed(note);
            self.paragraph = paragraph;
        }
    }

    fn take_style(&mut self) {
        let Some(name) = self.styles.get(&self.style) else { return };
        if let Some(level) = name.strip_prefix("heading ").and_then(|level| level.trim().parse().ok()) {
            self.paragraph.heading = Some(level).filter(|level| (1..7).contains(level));
        }
        self.paragraph.is_quote =
            ["quote", "quotations", "intense quote", "block text"].contains(&name.as_str());
        self.paragraph.is_title = name == "title";
    }

    fn unicode(&mut self, number: i32) {
        self.flush();
        self.skip = self.group.fallback.unwrap_or(1);
        let unit = u16::try_from(number.rem_euclid(1 << 16)).unwrap_or_default();
        // Two of them may be one character.
        match char::from_u32(u32::from(unit)) {
            Some(c) => self.text(c.encode_utf8(&mut [0; 4])),
            None => match (0xD800..0xDC00).contains(&unit) {
                true => self.bytes.extend(unit.to_be_bytes()),
                false => self.surrogate(unit),
            },
        }
    }

    /// The second half of a character. The first waits among the bytes.
    fn surrogate(&mut self, second: u16) {
        if let [.., high, low] = *self.bytes.as_slice() {
            let units = [u16::from_be_bytes([high, low]), second];
            let text: String = char::decode_utf16(units).map_while(Result::ok).collect();
            self.bytes.clear();
            self.text(&text);
        }
    }

    fn byte(&mut self, byte: u8) {
        match self.skip {
            0 => self.bytes.push(byte),
            _ => self.skip -= 1,
        }
    }

    /// Decodes what was read so far.
    fn flush(&mut self) {
        if self.bytes.first().is_some_and(|byte| (0xD8..0xDC).contains(byte)) && self.bytes.len() == 2 {
            return;
        }
        if !self.bytes.is_empty() {
            let bytes = std::mem::take(&mut self.bytes);
            let (text, _) = self.group.encoding.unwrap_or(WINDOWS_1252).decode_without_bom_handling(&bytes);
            self.text(&text);
        }
    }

    fn text(&mut self, text: &str) {
        match self.group.place {
            Place::Text => {
                let count =
                    |is: bool, count: &mut usize| *count += usize::from(is && !text.trim().is_empty());
                count(self.group.is_deleted, &mut self.deletions);
                count(self.group.is_hidden, &mut self.hidden);
                if self.group.is_deleted || self.group.is_hidden {
                    return;
                }
                count(self.group.is_inserted, &mut self.insertions);
                let (style, link) = (self.group.style, self.group.link.clone());
                self.runs.push(Run { text: text.replace('\t', " "), style, link, what: What::Words });
            }
            Place::Skipped | Place::Fonts | Place::Info => {}
            _ => self.aside.push_str(text),
        }
    }

    fn end_paragraph(&mut self) {
        self.flush();
        if !self.around.is_empty() || self.paragraph.in_table {
            self.runs.push(Run { what: What::Break, ..Run::default() });
            return;
        }
        let mut runs = trimmed(std::mem::take(&mut self.runs));
        let mark = self.paragraph.mark.take().or_else(|| bullet(&mut runs));
        self.end_table();
        if is_blank(&runs) {
            return;
        }
        let Paragraph { heading, is_quote, is_title, depth, .. } = self.paragraph;
        if is_title && self.document.title.is_none() {
            self.document.title = Some(words(&runs));
            return;
        }
        if heading.is_some() {
            runs.iter_mut().for_each(|run| run.style.bold = false);
        }
        self.document.blocks.push(match (heading, mark) {
            (Some(level), _) => Block::Heading(level, runs),
            (None, Some(mark)) => Block::Item(depth, mark.contains(char::is_alphanumeric), runs),
            (None, None) if is_quote => Block::Quote(runs),
            (None, None) => Block::Paragraph(runs),
        });
    }

    fn end_table(&mut self) {
        let table = std::mem::take(&mut self.table);
        if !table.is_empty() {
            self.document.blocks.push(Block::Table(table));
        }
    }
}

/// A control word, its number, and where it ends: a space after it belongs to it.
fn word(bytes: &[u8], at: usize) -> (String, Option<i32>, usize) {
    let letters = bytes[at..].iter().take_while(|byte| byte.is_ascii_alphabetic()).count();
    let word = String::from_utf8_lossy(&bytes[at..at + letters]).into_owned();
    let from = at + letters;
    let sign = usize::from(bytes.get(from) == Some(&b'-'));
    let digits = bytes[from + sign..].iter().take_while(|byte| byte.is_ascii_digit()).take(10).count();
    let end = if digits > 0 { from + sign + digits } else { from };
    let number = std::str::from_utf8(&bytes[from..end]).ok().and_then(|number| number.parse().ok());
    (word, number, end + usize::from(bytes.get(end) == Some(&b' ')))
}

/// Runs without breaks and spaces at their ends.
fn trimmed(mut runs: Vec<Run>) -> Vec<Run> {
    let is_empty =
        |run: &Run| run.what == What::Break || run.what == What::Words && run.text.trim().is_empty();
    while runs.last().is_some_and(is_empty) {
        runs.pop();
    }
    let lead = runs.iter().take_while(|run| is_empty(run)).count();
    runs.drain(..lead);
    runs
}

/// The mark of an item that is written into its text.
fn bullet(runs: &mut [Run]) -> Option<String> {
    let first = runs.first_mut().filter(|run| run.what == What::Words)?;
    let rest = first.text.strip_prefix('•')?;
    first.text = rest.trim_start().to_owned();
    Some("•".to_owned())
}

/// The address of a field that is a link to another page.
fn address(field: &str) -> Option<String> {
    let rest = field.trim().strip_prefix("HYPERLINK")?.trim_start();
    let address = match rest.strip_prefix('"') {
        Some(quoted) => quoted.split('"').next()?,
        None => rest.split_whitespace().next()?,
    };
    ["http://", "https://", "mailto:"]
        .iter()
        .any(|start| address.starts_with(start))
        .then(|| address.to_owned())
}

fn from_hex(text: &str) -> Vec<u8> {
    let digits: Vec<u8> =
        text.chars().filter_map(|c| c.to_digit(16)).filter_map(|digit| u8::try_from(digit).ok()).collect();
    digits.chunks_exact(2).map(|pair| pair[0] << 4 | pair[1]).collect()
}
