//! BibTeX and BibLaTeX.
//!
//! The reader is our own: one entry that is not well-formed costs that entry and not the library, and strings that
//! name themselves, or each other a billion times, do no harm. The crate `biblatex` (0.12) ends the program on these.

use std::collections::BTreeMap;

use super::{Library, Work, doi, named, tex};
use crate::base::person::Person;
use crate::exports::babel_tag;
use crate::ide::Refusal;
use crate::import::brought::{At, Remark};
use crate::import::door::LONGEST_CELL;
use crate::kinds::words::SourceType;

/// An entry as it is written: its type and its fields in lower case, their values in TeX.
#[derive(Debug)]
struct Entry {
    sort: String,
    key: String,
    fields: BTreeMap<String, String>,
}

/// The types of sources, by those of entries.
const SORTS: [(&str, &str); 41] = [
    ("article", "article-journal"),
    ("artwork", "graphic"),
    ("audio", "song"),
    ("book", "book"),
    ("booklet", "pamphlet"),
    ("bookinbook", "chapter"),
    ("collection", "book"),
    ("conference", "paper-conference"),
    ("dataset", "dataset"),
    ("electronic", "webpage"),
    ("image", "graphic"),
    ("inbook", "chapter"),
    ("incollection", "chapter"),
    ("inproceedings", "paper-conference"),
    ("inreference", "entry"),
    ("jurisdiction", "legal_case"),
    ("legal", "legislation"),
    ("legislation", "legislation"),
    ("letter", "personal_communication"),
    ("manual", "report"),
    ("mastersthesis", "thesis"),
    ("movie", "motion_picture"),
    ("music", "song"),
    ("mvbook", "book"),
    ("mvcollection", "book"),
    ("newspaper", "article-newspaper"),
    ("online", "webpage"),
    ("patent", "patent"),
    ("performance", "performance"),
    ("periodical", "periodical"),
    ("phdthesis", "thesis"),
    ("proceedings", "book"),
    ("reference", "book"),
    ("report", "report"),
    ("review", "review"),
    ("software", "software"),
    ("standard", "standard"),
    ("techreport", "report"),
    ("thesis", "thesis"),
    ("unpublished", "manuscript"),
    ("video", "motion_picture"),
];

/// The fields that become keys, or say nothing of the work.
const USED: [&str; 24] = [
    "title",
    "subtitle",
    "author",
    "journal",
    "journaltitle",
    "publisher",
    "institution",
    "school",
    "organization",
    "date",
    "year",
    "month",
    "day",
    "url",
    "doi",
    "urldate",
    "archiveurl",
    "langid",
    "language",
    "abstract",
    "entrysubtype",
    "type",
    "shorttitle",
    "hyphenation",
];

/// Fields that say where files are on the disk of who wrote this.
const FILES: [&str; 4] = ["file", "local-url", "pdf", "bdsk-file-1"];

/// How many entries may be damaged: each is read to its end, which may be that of the file.
const MOST_DAMAGED: usize = 100;

/// Whether a text is such a library: its first line that says anything begins an entry.
pub(super) fn is_such(text: &str) -> bool {
    let mut lines = text.trim_start_matches('\u{feff}').lines().map(str::trim_start);
    let first = lines.find(|line| !line.is_empty() && !line.starts_with('%'));
    let entry = first.and_then(|line| line.strip_prefix('@'));
    entry.is_some_and(|entry| {
        let letters = entry.bytes().take_while(u8::is_ascii_alphabetic).count();
        letters > 2 && entry[letters..].trim_start().starts_with(['{', '('])
    })
}

/// # Errors
/// If the file ends within an entry.
pub(super) fn read(text: &str) -> Result<Library, Refusal> {
    let mut library = Library::default();
    let mut reader = Reader { text, at: 0, strings: BTreeMap::new() };
    let (mut line, mut counted) = (1, 0);
    while let Some(start) = text[reader.at..].find(['@', '%']).map(|start| reader.at + start) {
        if text[start..].starts_with('%') {
            reader.at = text[start..].find('\n').map_or(text.len(), |end| start + end);
            continue;
        }
        line += text[counted..start].matches('\n').count();
        counted = start;
        let at = At { line: Some(line), ..At::default() };
        reader.at = start + 1;
        match reader.entry() {
            Some(None) => {}
            Some(Some(entry)) => {
                let work = work(&entry, at, &mut library);
                library.works.push(work);
            }
            None => {
                let first = text[start..].lines().next().unwrap_or_default();
                match text[start + 1..].find("\n@") {
                    Some(next) => reader.at = start + 1 + next,
                    None => {
                        let why = format!("it is cut off or damaged in line {line} (`{first}`)");
                        return Err(Refusal(why));
                    }
                }
                library.remarks.push(Remark::left_out(first, "this entry is not well-formed", &at));
                if library.remarks.len() > MOST_DAMAGED {
                    return Err(Refusal(format!(
                        "more than {MOST_DAMAGED} of its entries are not well-formed"
                    )));
                }
            }
        }
    }
    Ok(library)
}

struct Reader<'t> {
    text: &'t str,
    at: usize,
    /// The values that `@string` gives names to.
    strings: BTreeMap<String, String>,
}

impl<'t> Reader<'t> {
    fn rest(&self) -> &'t str {
        &self.text[self.at..]
    }

    fn skip_space(&mut self) {
        loop {
            self.at += self.rest().len() - self.rest().trim_start().len();
            if !self.rest().starts_with('%') {
                return;
            }
            self.at += self.rest().find('\n').unwrap_or(self.rest().len());
        }
    }

    fn eat(&mut self, c: char) -> Option<()> {
        self.skip_space();
        self.rest().starts_with(c).then(|| self.at += c.len_utf8())
    }

    fn word(&mut self, ends: &[char]) -> &'t str {
        self.skip_space();
        let rest = self.rest();
        let end = rest.find(|c: char| c.is_whitespace() || ends.contains(&c)).unwrap_or(rest.len());
        self.at += end;
        &rest[..end]
    }

    /// What follows an `@`: an entry, or nothing if it is one of the other things; `None` if it is not well-formed.
    fn entry(&mut self) -> Option<Option<Entry>> {
        let sort = self.word(&['{', '(', '"', '@']).to_ascii_lowercase();
        let close = match self.eat('{') {
            Some(()) => '}',
            None => self.eat('(').map(|()| ')')?,
        };
        match &*sort {
            "comment" | "preamble" => {
                self.at -= 1;
                self.block(close)?;
                return Some(None);
            }
            "string" => {
                let fields = self.fields(close)?;
                self.strings.extend(fields);
                return Some(None);
            }
            _ => {}
        }
        let key = self.word(&[',', '}', ')', '=', '{']).to_owned();
        let fields = match self.eat(',') {
            Some(()) => self.fields(close)?,
            None => self.eat(close).map(|()| BTreeMap::new())?,
        };
        Some(Some(Entry { sort, key, fields }))
    }

    fn fields(&mut self, close: char) -> Option<BTreeMap<String, String>> {
        let mut fields = BTreeMap::new();
        loop {
            if self.eat(close).is_some() {
                return Some(fields);
            }
            let name = self.word(&['=', ',', '{', '}', '"']).to_ascii_lowercase();
            self.eat('=').filter(|()| !name.is_empty())?;
            let value = self.value()?;
            fields.entry(name).or_insert(value);
            if self.eat(',').is_none() {
                self.eat(close)?;
                return Some(fields);
            }
        }
    }

    /// Values that are put together with `#`.
    fn value(&mut self) -> Option<String> {
        let mut value = String::new();
        loop {
            self.skip_space();
            match self.rest().chars().next()? {
                '{' => value.push_str(self.block('}')?),
                '"' => value.push_str(self.block('"')?),
                _ => {
                    let word = self.word(&[',', '}', ')', '#', '{', '"']);
                    let named = self.strings.get(&word.to_ascii_lowercase());
                    value.push_str(named.map_or(word, String::as_str));
                }
            }
            if value.len() > LONGEST_CELL {
                return None;
            }
            if self.eat('#').is_none() {
                return Some(value);
            }
        }
    }

    /// What is between the mark here and the one that closes it, in which braces are in pairs.
    fn block(&mut self, close: char) -> Option<&'t str> {
        let start = self.at + 1;
        let mut depth = 0;
        let mut is_escaped = false;
        for (at, c) in self.text[start..].char_indices() {
            match c {
                _ if is_escaped => is_escaped = false,
                '\\' => is_escaped = true,
                c if c == close && depth == 0 => {
                    self.at = start + at + 1;
                    return Some(&self.text[start..start + at]);
                }
                '{' => depth += 1,
                '}' => depth -= 1,
                _ => {}
            }
            if depth < 0 {
                return None;
            }
        }
        None
    }
}

fn work(entry: &Entry, at: At, library: &mut Library) -> Work {
    let raw = |name: &str| entry.fields.get(name).map_or("", |value| value.trim());
    let words = |name: &str| tex::words(raw(name));
    let first = |names: &[&str]| names.iter().map(|name| words(name)).find(|words| !words.is_empty());
    for (name, value) in &entry.fields {
        if FILES.contains(&name.as_str()) {
            library.leave_out_file(name);
        } else if !USED.contains(&name.as_str()) && !value.trim().is_empty() {
            library.leave_out(name);
        }
    }
    let subtitle = words("subtitle");
    let title = words("title");
    let known = SORTS.iter().find(|(name, _)| *name == entry.sort).map(|(_, sort)| *sort);
    let publisher = match entry.sort == "article" {
        true => ["journaltitle", "journal", "publisher", "institution", "school", "organization"],
        false => ["publisher", "institution", "school", "organization", "journaltitle", "journal"],
    };
    let publisher = first(&publisher).unwrap_or_default();
    let mut authors = authors(raw("author"));
    // We give away what has no author with its publisher as the author, because entries must have one.
    authors.retain(|author| *author != publisher || publisher.is_empty());
    let url = address(raw("url"));
    let language = raw("langid").to_lowercase();
    Work {
        key: entry.key.clone(),
        is_citation_key: !entry.key.is_empty(),
        sort: SourceType::WORDS.iter().copied().find(|word| *word == raw("entrysubtype")).or(known),
        title: if subtitle.is_empty() { title } else { format!("{title}: {subtitle}") },
        authors,
        publisher,
        published: published(entry),
        url: if url.is_empty() { doi(&words("doi")) } else { url },
        archive: address(raw("archiveurl")),
        accessed: words("urldate"),
        language: match babel_tag(&language) {
            Some(tag) => tag.to_owned(),
            None => first(&["language", "langid"]).unwrap_or_default(),
        },
        summary: words("abstract"),
        at,
    }
}

/// An address, which TeX reads as it stands, but for what old styles need escaped.
fn address(raw: &str) -> String {
    let inner = raw.strip_prefix("\\url{").and_then(|rest| rest.strip_suffix('}')).unwrap_or(raw);
    ["\\_", "\\%", "\\&", "\\#", "\\~"]
        .iter()
        .fold(inner.trim().to_owned(), |url, escaped| url.replace(escaped, &escaped[1..]))
}

fn published(entry: &Entry) -> String {
    let raw = |name: &str| entry.fields.get(name).map_or("", |value| value.trim());
    let words = |name: &str| tex::words(raw(name));
    // In a date, `~` is no space.
    let date = raw("date").replace(['{', '}'], "");
    if !date.is_empty() {
        return date;
    }
    let year = words("year");
    let month = words("month").to_lowercase();
    let months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    let named = months.iter().position(|name| month.starts_with(name)).map(|at| at + 1);
    let month = named.or_else(|| month.parse().ok()).filter(|month| (1..=12).contains(month));
    let is_year = year.len() == 4 && year.bytes().all(|b| b.is_ascii_digit());
    let year = match year.parse::<i32>() {
        Ok(number) => format!("{}{:04}", if number < 0 { "-" } else { "" }, number.unsigned_abs()),
        Err(_) => year,
    };
    match (month.filter(|_| is_year), words("day").parse::<u8>()) {
        (Some(month), Ok(day)) => format!("{year}-{month:02}-{day:02}"),
        (Some(month), Err(_)) => format!("{year}-{month:02}"),
        (None, _) => year,
    }
}

/// The names in a field, `and` between them.
fn authors(raw: &str) -> Vec<String> {
    let names = apart(raw, |rest| {
        let is_and = rest.get(..3).is_some_and(|word| word.eq_ignore_ascii_case("and"));
        (is_and && rest[3..].starts_with(char::is_whitespace)).then_some(3)
    });
    let names = names.into_iter().map(|name| name.trim().to_owned());
    names.filter(|name| !name.is_empty() && name != "others").map(|name| author(&name)).collect()
}

/// The parts of a text between what a function finds outside of braces: its length. It is asked at the beginnings of
/// words.
fn apart(text: &str, separator: impl Fn(&str) -> Option<usize>) -> Vec<&str> {
    let mut parts = Vec::new();
    let (mut start, mut depth, mut skip_to) = (0, 0_i32, 0);
    let mut before = ' ';
    for (at, c) in text.char_indices() {
        let is_beginning = before.is_whitespace() || !c.is_alphanumeric();
        before = c;
        match c {
            _ if at < skip_to => {}
            '\\' => skip_to = at + c.len_utf8() + text[at + 1..].chars().next().map_or(0, char::len_utf8),
            '{' => depth += 1,
            '}' => depth -= 1,
            _ if depth == 0 && is_beginning => {
                if let Some(length) = separator(&text[at..]) {
                    parts.push(&text[start..at]);
                    (start, skip_to) = (at + length, at + length);
                }
            }
            _ => {}
        }
    }
    parts.push(&text[start..]);
    parts
}

/// A name of BibTeX, `First von Last` or `von Last, Jr, First`, with the family name first.
fn author(name: &str) -> String {
    let commas = apart(name, |rest| rest.starts_with(',').then_some(1));
    let parts: Vec<String> = commas.iter().map(|part| tex::words(part)).collect();
    match parts.as_slice() {
        [_] => {
            let words = apart(name, |rest| rest.starts_with(char::is_whitespace).then_some(1));
            let words: Vec<String> = words.iter().map(|word| tex::words(word)).collect();
            let words: Vec<&str> = words.iter().map(String::as_str).filter(|word| !word.is_empty()).collect();
            if words.len() < 2 {
                return words.join(" ");
            }
            let is_particle = |word: &&str| word.starts_with(char::is_lowercase);
            let family = words[..words.len() - 1].iter().position(is_particle).unwrap_or(words.len() - 1);
            match family {
                0 => words.join(" "),
                _ => format!("{}, {}", words[family..].join(" "), words[..family].join(" ")),
            }
        }
        [family, given] => format!("{family}, {given}"),
        [family, suffix @ .., given] => {
            let suffix = suffix.join(", ");
            named(&Person { family, given, suffix: &suffix, ..Person::default() })
        }
        [] => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_read_as_bibtex_reads_them() {
        for (names, expected) in [
            ("Jane Doe and {Ministry of War and Peace}", vec!["Doe, Jane", "Ministry of War and Peace"]),
            ("Ludwig van Beethoven AND Doe, Jane and others", vec!["van Beethoven, Ludwig", "Doe, Jane"]),
            ("Stewart, Jr., Thomas W.", vec!["Stewart, Thomas W., Jr."]),
            ("Rahayu, S.H., M.H., Siti", vec!["Siti Rahayu, S.H., M.H."]),
            ("{NIS}", vec!["NIS"]),
            (r"{a \} b} and {\{c}", vec!["a } b", "{c"]),
            ("Andersen, Hans and Brandt, Anna", vec!["Andersen, Hans", "Brandt, Anna"]),
            (r#"G{\"o}del, Kurt"#, vec!["Gödel, Kurt"]),
            ("", vec![]),
        ] {
            assert_eq!(authors(names), expected, "{names}");
        }
    }

    #[test]
    fn what_is_not_well_formed_costs_one_entry() {
        let text = "% Encoding: UTF-8\n@comment{jabref-meta: {a}{b;};}\n@string{r = \"Re\" # {uters}}\n@string{a = a}\n\
            @article(x, title = {A {B}}, journal = r # \" wire\", month = oct # \"~3\", year = 2023,)\n\
            @book{broken, title = {C\n@misc{y, title = a, note = \"{\"}\"}\n@misc{z}\n";
        let library = read(text).unwrap();
        let titles: Vec<(&str, &str)> =
            library.works.iter().map(|work| (work.key.as_str(), work.title.as_str())).collect();
        assert_eq!(titles, [("x", "A B"), ("y", "a"), ("z", "")]);
        assert_eq!(library.works[0].publisher, "Reuters wire");
        assert_eq!(library.works[0].published, "2023-10");
        assert_eq!(library.remarks[0].what, "@book{broken, title = {C");
        assert!(read("@book{a, title = {A").unwrap_err().0.contains("cut off"));
        let doubled: String =
            (1..60).map(|n| format!("@string{{s{n} = s{} # s{}}}\n", n - 1, n - 1)).collect();
        let bomb = format!("@string{{s0 = \"xxxxxxxx\"}}\n{doubled}@misc{{m, title = s59}}\n");
        assert!(read(&bomb).is_ok_and(|library| library.works[0].title.len() <= LONGEST_CELL));
    }
}
