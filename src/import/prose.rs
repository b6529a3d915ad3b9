//! A text as documents have it → Markdown, with the same words: headings, paragraphs, lists, quotations, tables, notes
//! and pictures.

use super::brought::Remark;
use super::plain_within;

/// A document.
#[derive(Debug, Default)]
pub(super) struct Document {
    pub title: Option<String>,
    pub byline: Option<String>,
    pub date: Option<String>,
    pub blocks: Vec<Block>,
    /// Footnotes and endnotes.
    pub notes: Vec<Vec<Run>>,
    /// Pictures: the end of the name of a file, and its content.
    pub pictures: Vec<(String, Vec<u8>)>,
    pub remarks: Vec<Remark>,
}

#[derive(Debug)]
pub(super) enum Block {
    Heading(u8, Vec<Run>),
    Paragraph(Vec<Run>),
    Quote(Vec<Run>),
    Code(String),
    /// An item of a list, how deep the list is, and whether it is numbered.
    Item(usize, bool, Vec<Run>),
    /// Code in an item of a list, and how deep the list is.
    ItemCode(usize, String),
    Table(Vec<Vec<Vec<Run>>>),
}

/// Words of one style.
#[derive(Clone, Debug, Default)]
pub(super) struct Run {
    pub text: String,
    pub style: Style,
    pub link: Option<String>,
    pub what: What,
}

#[derive(Copy, Clone, Debug, Default, Eq, PartialEq)]
pub(super) struct Style {
    pub bold: bool,
    pub italic: bool,
    pub strike: bool,
    pub code: bool,
}

/// What a run is, if not words.
#[derive(Copy, Clone, Debug, Default, Eq, PartialEq)]
pub(super) enum What {
    #[default]
    Words,
    /// The mark of a note.
    Note(usize),
    /// A picture, described by the text.
    Picture(usize),
    Break,
}

/// The mark for the name of a picture's file, which is not known before the id of the article is.
pub(super) fn picture_mark(number: usize) -> String {
    format!("\u{e000}{number}\u{e001}")
}

/// The number of the picture that a mark is for.
pub(super) fn picture_marked(mark: &str) -> Option<usize> {
    mark.strip_prefix('\u{e000}')?.strip_suffix('\u{e001}')?.parse().ok()
}

impl Document {
    /// The text in Markdown.
    pub(super) fn markdown(&self) -> String {
        let mut markdown = String::new();
        let mut numbers: Vec<usize> = Vec::new();
        // The title of the page is the one heading above all.
        let level = |block: &Block| if let Block::Heading(level, _) = block { Some(*level) } else { None };
        let highest = self.blocks.iter().filter_map(level).min().unwrap_or(2);
        let mut was_item = false;
        let mut was_numbered: Vec<bool> = Vec::new();
        for block in &self.blocks {
            let is_item = matches!(block, Block::Item(..) | Block::ItemCode(..));
            if !markdown.is_empty() {
                markdown.push_str(if is_item && was_item { "\n" } else { "\n\n" });
            }
            if !is_item {
                numbers.clear();
            }
            was_item = is_item;
            match block {
                Block::Heading(level, runs) => {
                    let hashes = "#".repeat(usize::from((level - highest + 2).min(6)));
                    markdown.push_str(&format!("{hashes} {}", on_one_line(&self.inline(runs))));
                }
                Block::Paragraph(runs) => markdown.push_str(&self.inline(runs)),
                Block::Quote(runs) => {
                    let lines: Vec<String> =
                        self.inline(runs).lines().map(|line| format!("> {line}")).collect();
                    markdown.push_str(&lines.join("\n"));
                }
                Block::Code(text) => markdown.push_str(&fenced(text)),
                Block::ItemCode(depth, text) => {
                    let indent = "    ".repeat(depth + 1);
                    let lines = fenced(text);
                    let lines: Vec<String> = lines.lines().map(|line| format!("{indent}{line}")).collect();
                    markdown.push_str(&lines.join("\n"));
                }
                Block::Item(depth, is_numbered, runs) => {
                    numbers.resize(depth + 1, 0);
                    was_numbered.resize(depth + 1, *is_numbered);
                    // Another sort of list is another list.
                    if std::mem::replace(&mut was_numbered[*depth], *is_numbered) != *is_numbered {
                        numbers[*depth] = 0;
                    }
                    numbers[*depth] += 1;
                    let mark = if *is_numbered { format!("{}.", numbers[*depth]) } else { "-".to_owned() };
                    let indent = "    ".repeat(*depth);
                    let words = self.inline(runs).replace('\n', &format!("\n{indent}    "));
                    markdown.push_str(&format!("{indent}{mark:<3} {words}"));
                }
                Block::Table(rows) => markdown.push_str(&self.table(rows)),
            }
        }
        for (number, note) in self.notes.iter().enumerate().filter(|(_, note)| !note.is_empty()) {
            markdown.push_str(&format!("\n\n[^{}]: {}", number + 1, on_one_line(&self.inline(note))));
        }
        markdown
    }

    /// Runs as Markdown, without pictures that are not there.
    fn inline(&self, runs: &[Run]) -> String {
        let is_there = |run: &&Run| match run.what {
            What::Picture(number) => self.pictures.get(number).is_none_or(|(_, content)| !content.is_empty()),
            _ => true,
        };
        inline(&runs.iter().filter(is_there).cloned().collect::<Vec<Run>>())
    }

    fn table(&self, rows: &[Vec<Vec<Run>>]) -> String {
        let width = rows.iter().map(Vec::len).max().unwrap_or_default();
        let line = |row: &Vec<Vec<Run>>| {
            let cell = |cell: &Vec<Run>| with_bars(&on_one_line(&self.inline(cell)));
            let cells = (0..width).map(|at| row.get(at).map_or(String::new(), cell));
            format!("| {} |", cells.collect::<Vec<String>>().join(" | "))
        };
        let mut lines: Vec<String> = rows.iter().map(line).collect();
        if !lines.is_empty() {
            lines.insert(1, format!("|{}", " --- |".repeat(width)));
        }
        lines.join("\n")
    }

    /// Takes marks away whose notes are not there.
    pub(super) fn drop_empty_notes(&mut self) {
        let notes = &self.notes;
        let is_there = |run: &Run| match run.what {
            What::Note(number) => notes.get(number).is_some_and(|note| !note.is_empty()),
            _ => true,
        };
        for block in &mut self.blocks {
            match block {
                Block::Heading(_, runs)
                | Block::Paragraph(runs)
                | Block::Quote(runs)
                | Block::Item(_, _, runs) => runs.retain(is_there),
                Block::Table(rows) => rows.iter_mut().flatten().for_each(|cell| cell.retain(is_there)),
                Block::Code(_) | Block::ItemCode(..) => {}
            }
        }
    }

    /// Every run of the text and of its notes.
    pub(super) fn runs(&self) -> impl Iterator<Item = &Run> {
        self.blocks.iter().flat_map(of_block).chain(self.notes.iter().flatten())
    }
}

fn fenced(code: &str) -> String {
    let fence = if code.contains("```") { "~~~~" } else { "```" };
    format!("{fence}\n{}\n{fence}", code.trim_end())
}

/// A cell of a table, in which a bar would end it, within code, too.
fn with_bars(cell: &str) -> String {
    let mut escaped = String::with_capacity(cell.len());
    for c in cell.chars() {
        if c == '|' && !escaped.ends_with('\\') {
            escaped.push('\\');
        }
        escaped.push(c);
    }
    escaped
}

fn of_block(block: &Block) -> Vec<&Run> {
    match block {
        Block::Heading(_, runs) | Block::Paragraph(runs) | Block::Quote(runs) | Block::Item(_, _, runs) => {
            runs.iter().collect()
        }
        Block::Table(rows) => rows.iter().flatten().flatten().collect(),
        Block::Code(_) | Block::ItemCode(..) => Vec::new(),
    }
}

/// The words of runs, without any markup.
pub(super) fn words(runs: &[Run]) -> String {
    let words = runs.iter().filter(|run| matches!(run.what, What::Words | What::Break));
    let words: String = words.map(|run| if run.what == What::Break { " " } else { &run.text }).collect();
    on_one_line(&words)
}

fn on_one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<&str>>().join(" ")
}

/// Runs as Markdown.
fn inline(runs: &[Run]) -> String {
    // Word cuts words into runs anywhere.
    let mut merged: Vec<Run> = Vec::new();
    for run in runs {
        match merged.last_mut() {
            Some(last)
                if last.what == What::Words
                    && run.what == What::Words
                    && last.style == run.style
                    && last.link == run.link =>
            {
                last.text.push_str(&run.text);
            }
            _ => merged.push(run.clone()),
        }
    }
    let mut markdown = String::new();
    for (at, run) in merged.iter().enumerate() {
        let after = merged[at + 1..].iter().find_map(|run| run.text.chars().next());
        match run.what {
            What::Note(number) => markdown.push_str(&format!("[^{}]", number + 1)),
            What::Picture(number) => {
                let alt = on_one_line(&run.text);
                markdown.push_str(&format!("![{}]({})", plain_within(&alt, false), picture_mark(number)));
            }
            What::Break => {
                let end = markdown.trim_end_matches(' ').len();
                markdown.truncate(end);
                markdown.push_str("\\\n");
            }
            What::Words => styled(run, after, &mut markdown),
        }
    }
    let trimmed = markdown.trim().trim_end_matches("\\\n").trim().trim_end_matches('\\');
    trimmed.to_owned()
}

fn styled(run: &Run, after: Option<char>, markdown: &mut String) {
    let words = run.text.trim_matches([' ', '\t', '\n']);
    let lead = &run.text[..run.text.len() - run.text.trim_start_matches([' ', '\t', '\n']).len()];
    if words.is_empty() {
        markdown.push_str(if run.text.is_empty() { "" } else { " " });
        return;
    }
    if !lead.is_empty() && !markdown.is_empty() {
        markdown.push(' ');
    }
    let has_space_after = run.text.len() > lead.len() + words.len();
    let is_start = markdown.is_empty() || markdown.ends_with('\n');
    let inner = match run.style.code {
        true if words.contains('`') => format!("`` {words} ``"),
        true => format!("`{words}`"),
        // Where it came from, this is no comment of the author's.
        false => plain_within(words, is_start).replace("%%", "\\%\\%"),
    };
    let mut marks = String::new();
    let is_word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    let edge = |c: Option<char>| c.is_some_and(|c| !c.is_alphanumeric());
    let before = markdown.chars().next_back().filter(|_| lead.is_empty());
    let next = after.filter(|_| !has_space_after);
    // Marks beside a letter on one side and punctuation on the other mark nothing.
    let is_marked =
        !(edge(words.chars().next()) && is_word(before) || edge(words.chars().next_back()) && is_word(next));
    if is_marked && run.link.is_none() && !run.style.code {
        marks.push_str(if run.style.bold { "**" } else { "" });
        marks.push_str(if run.style.italic { "*" } else { "" });
        marks.push_str(if run.style.strike { "~~" } else { "" });
    }
    let closing: String = marks.chars().rev().collect();
    match &run.link {
        Some(link) if link.contains(['(', ')', ' ', '<']) => {
            markdown.push_str(&format!("[{inner}](<{link}>)"));
        }
        Some(link) => markdown.push_str(&format!("[{inner}]({link})")),
        None => markdown.push_str(&format!("{marks}{inner}{closing}")),
    }
    if has_space_after {
        markdown.push(' ');
    }
}

/// Whether text that was read is worth a paragraph.
pub(super) fn is_blank(runs: &[Run]) -> bool {
    runs.iter().all(|run| run.what == What::Break || run.what == What::Words && run.text.trim().is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn run(text: &str) -> Run {
        Run { text: text.to_owned(), ..Run::default() }
    }

    fn bold(text: &str) -> Run {
        Run { style: Style { bold: true, ..Style::default() }, ..run(text) }
    }

    #[test]
    fn marks_stand_where_they_mark_something() {
        let link = Run { link: Some("https://a.example/(x)".into()), ..run("a link") };
        for (runs, expected) in [
            (vec![run("a "), bold("b "), run("c")], "a **b** c"),
            (vec![run("a"), bold("b"), run("c")], "a**b**c"),
            (vec![run("a"), bold("(b)"), run("c")], "a(b)c"),
            (vec![bold("one "), bold("two"), run(".")], "**one two**."),
            (vec![run("1. no list *so*")], "1\\. no list \\*so\\*"),
            (vec![run("see "), link, run(".")], "see [a link](<https://a.example/(x)>)."),
        ] {
            assert_eq!(inline(&runs), expected);
        }
    }

    #[test]
    fn blocks_are_apart_and_items_are_not() {
        let item = |depth, is_numbered, text: &str| Block::Item(depth, is_numbered, vec![run(text)]);
        let document = Document {
            blocks: vec![
                Block::Heading(1, vec![run("H")]),
                item(0, true, "a"),
                item(1, false, "b"),
                item(0, true, "c"),
                Block::Table(vec![vec![vec![run("x")], vec![run("y|z")]], vec![vec![run("1")]]]),
                Block::Paragraph(vec![run("p"), Run { what: What::Note(0), ..Run::default() }]),
            ],
            notes: vec![vec![run("n")]],
            ..Document::default()
        };
        assert_eq!(
            document.markdown(),
            "## H\n\n1.  a\n    -   b\n2.  c\n\n| x | y\\|z |\n| --- | --- |\n| 1 |  |\n\np[^1]\n\n[^1]: n"
        );
    }
}
