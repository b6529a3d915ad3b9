//! A spec as text: cases, and the fenced blocks in them.

use std::fmt::Write;

/// A spec file.
pub struct Document {
    /// What belongs to every case.
    pub preamble: Vec<Piece>,
    pub cases: Vec<Case>,
}

/// What stands below one `## heading`.
pub struct Case {
    pub heading: String,
    pub pieces: Vec<Piece>,
}

/// A line of prose, or a block.
pub enum Piece {
    Line(String),
    Block(Block),
}

/// A fenced block.
pub struct Block {
    /// The line that opens it.
    pub open: String,
    pub lines: Vec<String>,
    /// The line that closes it.
    pub close: String,
    pub role: Role,
}

/// What a block is for, by its info string.
#[derive(Clone, Eq, PartialEq)]
pub enum Role {
    /// Part of the prose.
    Prose,
    File(File),
    Diagnostics,
    Help,
    Links,
    Fixed(String),
    Plain(String),
    /// Where each quoted passage of a file stands.
    Passages(String),
    Headings(String),
    Facts(String),
}

/// An embedded file.
#[derive(Clone, Eq, PartialEq)]
pub struct File {
    /// In the dossier: `content/actors/nis.md`.
    pub path: String,
    /// As it is embedded, without the lines that state what is expected.
    pub lines: Vec<String>,
    pub escaped: bool,
    crlf: bool,
    repeat: usize,
}

impl Document {
    pub fn parse(text: &str) -> Document {
        let mut document = Document { preamble: Vec::new(), cases: Vec::new() };
        let mut lines = text.lines();
        while let Some(line) = lines.next() {
            if let Some(heading) = line.strip_prefix("## ") {
                document.cases.push(Case { heading: heading.to_owned(), pieces: Vec::new() });
                continue;
            }
            let ticks = line.len() - line.trim_start_matches('`').len();
            let piece = match ticks {
                0..3 => Piece::Line(line.to_owned()),
                _ => Piece::Block(Block::read(line, ticks, &mut lines)),
            };
            match document.cases.last_mut() {
                Some(case) => case.pieces.push(piece),
                None => document.preamble.push(piece),
            }
        }
        document
    }

    /// The rules that the line `Rules: …` names.
    pub fn rules(&self) -> Option<Vec<&str>> {
        self.preamble
            .iter()
            .find_map(|piece| match piece {
                Piece::Line(line) => line.strip_prefix("Rules: "),
                Piece::Block(_) => None,
            })
            .map(|rules| rules.split(',').map(str::trim).filter(|rule| *rule != "none").collect())
    }

    /// What stands before the first case, as it is.
    pub fn preamble_text(&self) -> String {
        text_of(&self.preamble)
    }
}

/// Pieces as they are written.
pub fn text_of(pieces: &[Piece]) -> String {
    let mut text = String::new();
    for piece in pieces {
        match piece {
            Piece::Line(line) => writeln!(text, "{line}").unwrap(),
            Piece::Block(block) => text.push_str(&block.with(&block.lines)),
        }
    }
    text
}

impl Piece {
    /// The file that it embeds.
    pub fn file(&self) -> Option<&File> {
        match self {
            Piece::Block(Block { role: Role::File(file), .. }) => Some(file),
            _ => None,
        }
    }
}

impl Block {
    fn read<'a>(open: &str, ticks: usize, rest: &mut impl Iterator<Item = &'a str>) -> Block {
        let fence = "`".repeat(ticks);
        let mut lines = Vec::new();
        let mut close = fence.clone();
        for line in rest {
            if line.trim_end() == fence {
                close = line.to_owned();
                break;
            }
            lines.push(line.to_owned());
        }
        let role = Role::parse(&open[ticks..], &lines);
        Block { open: open.to_owned(), lines, close, role }
    }

    /// The block as text, with other lines in it.
    pub fn with(&self, lines: &[String]) -> String {
        let mut text = format!("{}\n", self.open);
        lines.iter().for_each(|line| writeln!(text, "{line}").unwrap());
        text + &self.close + "\n"
    }
}

impl Role {
    fn parse(info: &str, lines: &[String]) -> Role {
        let mut words = info.split_whitespace();
        let (name, file) = (words.next().unwrap_or_default(), words.next());
        match (name, file) {
            ("diagnostics", None) => Role::Diagnostics,
            ("help", None) => Role::Help,
            ("links", None) => Role::Links,
            ("fixed", Some(file)) => Role::Fixed(in_content(file)),
            ("passages", Some(file)) => Role::Passages(in_content(file)),
            ("plain", Some(file)) => Role::Plain(in_content(file)),
            ("headings", Some(file)) => Role::Headings(in_content(file)),
            ("facts", Some(file)) => Role::Facts(in_content(file)),
            (_, Some(_)) => {
                let is_flag = |word: &&str| ["crlf", "escaped"].contains(word) || word.starts_with("repeat=");
                let (flags, path): (Vec<&str>, Vec<&str>) =
                    info.split_whitespace().skip(1).partition(is_flag);
                let path = in_content(&path.join(" "));
                let repeat = flags.iter().find_map(|flag| flag.strip_prefix("repeat="));
                let is_source = |line: &&String| super::expected::Caret::parse(line).is_none();
                Role::File(File {
                    path,
                    lines: lines.iter().filter(is_source).cloned().collect(),
                    escaped: flags.contains(&"escaped"),
                    crlf: flags.contains(&"crlf"),
                    repeat: repeat.map_or(1, |count| count.parse().unwrap()),
                })
            }
            _ => Role::Prose,
        }
    }
}

fn in_content(file: &str) -> String {
    if file == "dossier.toml" { file.to_owned() } else { format!("content/{file}") }
}

impl File {
    /// What the file holds.
    pub fn bytes(&self) -> Vec<u8> {
        let end = if self.crlf { "\r\n" } else { "\n" };
        let text: String = self.lines.iter().flat_map(|line| [line, end]).collect();
        let bytes = if self.escaped { unescaped(&text) } else { text.into_bytes() };
        bytes.repeat(self.repeat)
    }
}

/// Reads `\xNN`, `\u{…}`, `\r`, `\n`, `\t`, `\0` and `\\`.
fn unescaped(text: &str) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut chars = text.chars();
    let mut buffer = [0; 4];
    while let Some(c) = chars.next() {
        let c = match c {
            '\\' => match chars.next() {
                Some('x') => {
                    let digits: String = chars.by_ref().take(2).collect();
                    bytes.push(u8::from_str_radix(&digits, 16).unwrap());
                    continue;
                }
                Some('u') => {
                    let digits: String = chars.by_ref().skip(1).take_while(|c| *c != '}').collect();
                    char::from_u32(u32::from_str_radix(&digits, 16).unwrap()).unwrap()
                }
                Some('r') => '\r',
                Some('n') => '\n',
                Some('t') => '\t',
                Some('0') => '\0',
                other => other.unwrap_or('\\'),
            },
            c => c,
        };
        bytes.extend(c.encode_utf8(&mut buffer).as_bytes());
    }
    bytes
}
