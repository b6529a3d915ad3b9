//! Redaction: names that must not be published are replaced in every file as it is read, and searched for in
//! every file of the site before it is written.
//!
//! Replacing makes the site; searching is the guarantee. A name replaced before parsing cannot reappear in an
//! index, a feed or a quotation, and one that is left in a picture's metadata or a file name stops the build.

mod fold;
mod pattern;
mod scan;
mod variants;

use std::io;
use std::sync::Arc;

use crate::base::date::Day;
use crate::base::diagnostic::{Code, Severity};
use crate::base::id::Lang;
use crate::base::path::InputPath;
use crate::config::{Config, Redaction};
use crate::world::{Entry, World};
use pattern::{Between, Patterns};

/// A redacted name is in the site.
pub(crate) static REDACTION_SURVIVED: Code = Code {
    name: "redaction-survived",
    level: Severity::Error,
    docs: "\
A file of the site contains words that `[[redact]]` in `dossier.toml` says must not be published, so
nothing is written. The report does not repeat the words, because reports may be published too: it
gives the number of their entry in the list.

The program searches every byte: pages, data and feeds, file names, the metadata that cameras and
programs leave in pictures, and the contents of PDF, Word and ZIP files, in upper or lower case, in any
order of the words and with anything between them. It cannot read words in a picture.

How to fix: it depends on where the words are. In the name of a file: use `dossier rename`. In a
picture or a document: remove its metadata or the words with the program that made it. In
`dossier.toml`: change the title or description. In a text where markup separates letters of the
name: write the name in one piece, so it is replaced. In a text or a table with the words in another
order, such as `Aminah, Siti`: add that to `words`, so it is replaced, too.",
};

/// File types in which words are replaced; in all others, they are only searched for.
const TEXTS: [&str; 16] = [
    "md", "txt", "json", "geojson", "csv", "tsv", "svg", "html", "htm", "xml", "bib", "yaml", "yml", "gpx",
    "kml", "vtt",
];

/// The names that must not be published.
#[derive(Clone, Debug, Default)]
pub(crate) struct Redactions {
    patterns: Patterns,
    /// For each pattern, the index of its entry in the list.
    entries: Vec<usize>,
    /// The same with the words in every order in which lists and tables have them, `Aminah, Siti`. They are only
    /// searched for: between two names of a list, they may be by chance what is replaced.
    orders: Patterns,
    /// For each of these, the index of its entry.
    order_entries: Vec<usize>,
    list: Vec<Redaction>,
    default: Option<Lang>,
}

impl Redactions {
    /// Prepares the redactions of the settings.
    pub(crate) fn of(config: &Config) -> Redactions {
        let words =
            || config.redact.iter().enumerate().flat_map(|(at, one)| one.words.iter().map(move |w| (at, w)));
        let orders: Vec<(usize, String)> =
            words().flat_map(|(at, words)| orders(words).into_iter().map(move |order| (at, order))).collect();
        Redactions {
            orders: Patterns::of(orders.iter().map(|(_, words)| words.as_str())),
            order_entries: orders.iter().map(|(at, _)| *at).collect(),
            patterns: Patterns::of(words().map(|(_, words)| words.as_str())),
            entries: words().map(|(at, _)| at).collect(),
            list: config.redact.clone(),
            default: config.languages.first().cloned(),
        }
    }

    /// Whether there is nothing to redact.
    pub(crate) fn is_empty(&self) -> bool {
        self.patterns.is_empty()
    }

    /// The text of a file with all names replaced. Line numbers do not change.
    fn replaced(&self, text: &str, lang: &Lang) -> String {
        let mut redacted = String::with_capacity(text.len());
        let mut done = 0;
        for (number, range) in self.patterns.matches(text, Between::Space) {
            redacted.push_str(&text[done..range.start]);
            let default = self.default.as_ref().unwrap_or(lang);
            redacted.push_str(self.list[self.entries[number]].with.get(lang, default).0);
            // A line end within a name is kept, with the indentation of the next line.
            if let Some(end) = text[range.clone()].find('\n') {
                let lines = &text[range.start + end..range.end];
                redacted.push_str(&lines[..lines.len() - lines.trim_start().len()]);
            }
            done = range.end;
        }
        redacted.push_str(&text[done..]);
        redacted
    }

    /// The number, from 1, of the entry whose words are in a file of the site.
    pub(crate) fn survivor(&self, bytes: &[u8]) -> Option<usize> {
        scan::survivor(&self.orders, bytes).map(|number| self.order_entries[number] + 1)
    }
}

/// The longest name of which other orders are searched for, in words.
const MOST_WORDS: usize = 6;

/// A name, and with some of its words before the others: the family's name may be the last one or the last two.
fn orders(words: &str) -> Vec<String> {
    let parts: Vec<&str> = words.split_whitespace().collect();
    let turned = (1..parts.len()).map(|first| [&parts[first..], &parts[..first]].concat().join(" "));
    let turned = turned.take(if parts.len() > MOST_WORDS { 0 } else { parts.len() });
    std::iter::once(words.to_owned()).chain(turned).collect()
}

/// A world with all redacted names replaced.
pub(crate) struct Redacted {
    under: Arc<dyn World>,
    redactions: Arc<Redactions>,
    languages: Vec<Lang>,
}

impl Redacted {
    /// The redacted world; `under` itself if there is nothing to redact.
    pub(crate) fn over(under: Arc<dyn World>, config: &Config) -> Arc<dyn World> {
        let redactions = Redactions::of(config);
        if redactions.is_empty() {
            return under;
        }
        Arc::new(Redacted { under, redactions: Arc::new(redactions), languages: config.languages.clone() })
    }

    /// The language of a file, from its name: `x.en.md`.
    fn language(&self, path: &InputPath) -> Lang {
        let tag = path.as_str().rsplit('.').nth(1).and_then(Lang::parse);
        let known = tag.filter(|tag| self.languages.contains(tag));
        known.unwrap_or_else(|| self.languages[0].clone())
    }
}

impl World for Redacted {
    fn list(&self, folder: &str) -> io::Result<Vec<Entry>> {
        self.under.list(folder)
    }

    fn read(&self, path: &InputPath) -> io::Result<Arc<[u8]>> {
        let bytes = self.under.read(path)?;
        let is_text = path.extension().is_some_and(|end| TEXTS.contains(&end.to_ascii_lowercase().as_str()));
        match std::str::from_utf8(&bytes) {
            // The settings contain the list itself.
            Ok(text) if is_text => {
                Ok(self.redactions.replaced(text, &self.language(path)).into_bytes().into())
            }
            _ => Ok(bytes),
        }
    }

    fn read_private(&self, path: &InputPath) -> io::Result<Arc<[u8]>> {
        self.under.read_private(path)
    }

    fn made(&self, path: &InputPath) -> Option<Day> {
        self.under.made(path)
    }

    fn theme(&self) -> Option<&str> {
        self.under.theme()
    }

    fn has_tables(&self) -> bool {
        self.under.has_tables()
    }

    fn is_row(&self, path: &InputPath) -> bool {
        self.under.is_row(path)
    }

    fn today(&self) -> Day {
        self.under.today()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Whether the name of somebody is found in a file.
    fn finds(words: &str, file: &[u8]) -> bool {
        let orders = orders(words);
        scan::survivor(&Patterns::of(orders.iter().map(String::as_str)), file).is_some()
    }

    fn zipped(name: &str, content: &str) -> Vec<u8> {
        use std::io::Write;
        let mut archive = zip::ZipWriter::new(io::Cursor::new(Vec::new()));
        archive.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        archive.write_all(content.as_bytes()).unwrap();
        archive.finish().unwrap().into_inner()
    }

    #[test]
    fn quotation_marks_are_found_with_escapes() {
        for file in [
            r#"{"a": "Siti \"Tuti\" Aminah"}"#,
            "<b title='Siti &quot;Tuti&quot; Aminah'>",
            "Siti «Tuti» Aminah",
        ] {
            assert!(finds("Siti \"Tuti\" Aminah", file.as_bytes()), "{file}");
        }
    }

    #[test]
    fn a_name_of_many_words_has_one_order() {
        let three = ["Ana Maria Ng", "Maria Ng Ana", "Ng Ana Maria"];
        assert_eq!(orders(three[0]), three);
        assert_eq!((orders("a b c d e f").len(), orders("a b c d e f g").len()), (MOST_WORDS, 1));
    }

    #[test]
    fn a_name_is_found_in_whatever_order_and_table() {
        for file in [
            "Aminah, Siti was there",
            "author = {Aminah, Siti}",
            "last,first\nAminah,Siti\n",
            "\"Aminah\";\"Siti\"\n",
            "Aminah\tSiti",
            "{\"last\":\"Aminah\",\"first\":\"Siti\"}",
            "[{\"properties\": {\"first\": \"Siti\",\n\"last\": \"Aminah\"}}]",
            "x: y\nlast: Aminah\nfirst: Siti\n",
            "Siti Ami-\n   nah",
            "<p>Siti <del>Budi</del> Aminah</p>",
            r"$Siti\ Aminah$",
            r"\textbf{Siti}\quad{\it Aminah}",
            r#"{"a": "Siti\nAminah"}"#,
            "<ruby>Si<rp>(</rp><rt>x</rt><rp>)</rp>ti<rt>y</rt></ruby> Aminah",
        ] {
            assert!(finds("Siti Aminah", file.as_bytes()), "{file}");
        }
        for name in ["García Márquez, Gabriel", "Márquez, Gabriel García", "Gabriel García Márquez"] {
            assert!(finds("Gabriel García Márquez", name.as_bytes()), "{name}");
        }
        for (name, part) in [
            (
                "word/document.xml",
                "<w:t>Siti </w:t><w:del w:id=\"1\"><w:delText>Budi </w:delText></w:del><w:t>Aminah</w:t>",
            ),
            ("word/document.xml", "<w:t>Aminah, Siti</w:t>"),
            ("xl/sharedStrings.xml", "<t>Siti_x0020_Aminah</t>"),
        ] {
            assert!(finds("Siti Aminah", &zipped(name, part)), "{part}");
        }
        for file in
            ["Siti and Aminah", "Aminah. Then Budi, Siti", "{\"a\": \"Siti\", \"b\": 1, \"c\": \"Aminah\"}"]
        {
            assert!(!finds("Siti Aminah", file.as_bytes()), "{file}");
        }
    }
}
