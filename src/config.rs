//! `dossier.toml`: what the site is called, its languages, and how strict the rules are.

pub mod publish;

use serde::Deserialize;

use crate::base::date::Edtf;
use crate::base::diagnostic::{Diagnostic, Reported, Severity};
use crate::base::id::Lang;
use crate::base::part::Part;
use crate::base::path::InputPath;
use crate::base::span::{Span, Spanned};
use crate::base::text::Text;
use crate::base::url::Url;
use crate::data::decode::decode;
use crate::data::values::vocabulary;
use crate::data::{self, Node, Value};
use crate::world::World;

/// The file's name, which also marks the dossier's folder.
pub const FILE: &str = "dossier.toml";

/// The formats in which data is given away unless something else is said.
const EVERY_FORMAT: [DataFormat; 5] =
    [DataFormat::Json, DataFormat::Csv, DataFormat::Csl, DataFormat::Bibtex, DataFormat::Ftm];

/// The address of a site that has none.
const NOWHERE: &str = "http://localhost/";

/// A site's settings.
#[derive(Clone, Debug)]
pub struct Config {
    /// The site's name.
    pub title: Text,
    /// One or two sentences about it.
    pub description: Text,
    /// Where it will be published, with a slash at the end; `http` or `https`.
    pub base_url: String,
    /// The languages it appears in; the first is the default. Never empty.
    pub languages: Vec<Lang>,
    /// The folder of `themes/` that overrides the default theme, if any.
    pub theme: Option<Spanned<String>>,
    /// What is done with raw HTML in content.
    pub html: RawHtml,
    /// What the preview opens a file in.
    pub editor: Option<EditorName>,
    /// Levels that differ from the rules' own.
    pub rules: Vec<(Spanned<String>, Level)>,
    /// The words of fact-checkers' verdicts, in the order written.
    pub verdicts: Vec<Verdict>,
    /// The formats in which the data is given away.
    pub data: Vec<DataFormat>,
    /// The names of the kinds whose pages have a picture that other sites show beside a link.
    pub social_cards: Vec<Spanned<String>>,
    /// How references to sources are written: the name of a style of the Citation Style Language, or the file of one.
    pub citation_style: Spanned<String>,
    /// Whether the site can be searched.
    pub search: bool,
    /// The whole dossier in one piece, to print and to hand over.
    pub books: Books,
    /// Who publishes the site.
    pub publisher: Option<Publisher>,
    /// Whom to tell of a weakness of the site.
    pub security: Option<Security>,
    /// Whether what every file holds is listed in `SHA256SUMS`.
    pub sums: bool,
    /// Under which the data may be used: the address of a licence, or its name.
    pub license: Option<String>,
    /// What must not be published.
    pub redact: Vec<Redaction>,
    /// Whether some of it is listed in another file.
    pub redactions_elsewhere: bool,
    /// Whether the site holds `_headers` and `_redirects`, which some hosts read.
    pub host_files: bool,
    /// Where it can be published, in the order written.
    pub targets: Vec<publish::Target>,
}

/// The dossier as a book.
#[derive(Clone, Debug, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Books {
    /// What is made, where somebody said so.
    formats: Option<Vec<BookFormat>>,
    /// The most entities that a book holds: those nearest to the articles.
    pub most: usize,
}

impl Books {
    /// What is made of a dossier with so many entities. Where nobody asked, only what is whole, and soon bound.
    pub fn formats(&self, entities: usize) -> &[BookFormat] {
        match &self.formats {
            _ if self.most == 0 || entities == 0 => &[],
            Some(formats) => formats,
            None if entities <= self.most => &[BookFormat::Print, BookFormat::Epub],
            None => &[],
        }
    }
}

impl Default for Books {
    fn default() -> Books {
        Books { formats: None, most: 300 }
    }
}

/// Who publishes the site.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Publisher {
    /// The name.
    pub name: Text,
    /// The address on the web.
    pub url: Option<Url>,
}

/// Whom to tell of a weakness of the site (RFC 9116).
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Security {
    /// Where to write.
    pub contact: Spanned<String>,
    /// The day until which that holds.
    pub expires: Edtf,
}

/// Words that must not be published.
#[derive(Clone, Debug)]
pub struct Redaction {
    /// The words, in each of the ways in which they may be written.
    pub words: Vec<String>,
    /// What stands in their place.
    pub with: Text,
}

/// An entry of `[[redact]]`, as it is written.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenRedaction {
    words: Vec<Spanned<String>>,
    #[serde(default)]
    with: Option<Text>,
}

/// A file of redactions, as it is written.
#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct RedactionFile {
    redact: Vec<WrittenRedaction>,
}

/// What stands in the place of what is redacted, unless something else is given.
const BLACKENED: &str = "█████";

/// A word of a fact-checker's scale.
#[derive(Clone, Debug)]
pub struct Verdict {
    /// As reviews write it.
    pub word: String,
    /// What readers see.
    pub label: Text,
    /// Its place on the scale; `None` for a state that is no verdict.
    pub rating: Option<f64>,
}

/// A word of the scale, as it is written.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenVerdict {
    label: Text,
    #[serde(default)]
    rating: Option<f64>,
}

vocabulary! {
    /// What a rule's findings count as.
    pub enum Level: "level" {
        /// Not looked for.
        Off = "off" | "allow",
        /// An offer.
        Note = "note",
        /// Reported; the build goes on.
        Warn = "warn" | "warning",
        /// Reported; nothing is written.
        Error = "error" | "deny",
    }
}

impl Config {
    /// Whether it is known where the site will be.
    pub fn is_hosted(&self) -> bool {
        self.base_url != NOWHERE
    }
}

impl Level {
    /// The gravity of a finding at this level; `None` when it is off.
    pub fn severity(self) -> Option<Severity> {
        match self {
            Level::Off => None,
            Level::Note => Some(Severity::Note),
            Level::Warn => Some(Severity::Warning),
            Level::Error => Some(Severity::Error),
        }
    }
}

vocabulary! {
    /// A format in which the data is given away.
    pub enum DataFormat: "data-format" {
        /// `dossier.json` and its schema.
        Json = "json",
        /// A table for each kind.
        Csv = "csv",
        /// The sources for citation processors.
        Csl = "csl",
        /// The sources for TeX.
        Bibtex = "bibtex",
        /// Entities in the FollowTheMoney model.
        Ftm = "ftm",
    }
}

vocabulary! {
    /// How a whole dossier is handed over.
    pub enum BookFormat: "book-format" {
        /// One page, made to be printed.
        Print = "print",
        /// A book for readers of EPUB.
        Epub = "epub",
    }
}

vocabulary! {
    /// What is done with raw HTML in content.
    pub enum RawHtml: "raw-html" {
        /// Elements and attributes that cannot run or load anything are kept, others removed.
        Sanitize = "sanitize",
        /// Kept as it is, for those who trust all their authors.
        Allow = "allow",
    }
}

vocabulary! {
    /// An editor that the preview opens files in. Only names: a dossier of others must not run what it likes.
    pub enum EditorName: "editor" {
        /// Visual Studio Code.
        VsCode = "vscode" | "code",
        /// VSCodium.
        VsCodium = "vscodium" | "codium",
        /// Cursor.
        Cursor = "cursor",
        /// Zed.
        Zed = "zed",
        /// Obsidian, which opens files but not lines.
        Obsidian = "obsidian",
        /// What `VISUAL` or `EDITOR` names in the environment of the preview.
        Environment = "$EDITOR",
    }
}

/// The file as it is written.
#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Written {
    title: Option<Text>,
    description: Option<Text>,
    base_url: Option<Spanned<String>>,
    language: Option<Lang>,
    languages: Vec<Lang>,
    theme: Option<Spanned<String>>,
    html: Option<RawHtml>,
    editor: Option<EditorName>,
    redact: Vec<WrittenRedaction>,
    redactions: Option<Spanned<String>>,
    host_files: bool,
    data: Option<Vec<DataFormat>>,
    license: Option<String>,
    social_cards: Option<Vec<Spanned<String>>>,
    books: Books,
    sums: Option<bool>,
    search: Option<bool>,
    citation_style: Option<Spanned<String>>,
    publisher: Option<Publisher>,
    security: Option<Security>,
}

/// Reads the settings. `base_url` replaces the file's own, as `--base-url` does.
pub fn read(world: &dyn World, base_url: Option<&str>) -> Reported<Config> {
    let path = InputPath::from(FILE);
    let mut diagnostics = Vec::new();
    let mut node = match world.read(&path).map(|bytes| String::from_utf8(bytes.to_vec())) {
        Ok(Ok(text)) => data::toml::parse(&text).unwrap_or_else(|error| {
            let code = data::INVALID_SYNTAX.name;
            diagnostics.push(Diagnostic::error(code, error.message).at(&path, error.span, ""));
            Node::empty(Span::default())
        }),
        Ok(Err(_)) => {
            let message = format!("`{FILE}` is not UTF-8");
            diagnostics.push(Diagnostic::error(data::INVALID_SYNTAX.name, message).help("save it as UTF-8"));
            Node::empty(Span::default())
        }
        Err(error) => {
            let message = format!("cannot read `{FILE}`: {error}");
            let help = "run in the folder that holds it, or name that folder with `--root`";
            diagnostics.push(Diagnostic::error(data::MISSING_FIELD.name, message).help(help));
            Node::empty(Span::default())
        }
    };
    let rules = take_table(&mut node, "rules", "rules and their levels", &path, &mut diagnostics);
    let rules = rules.into_iter().filter_map(|(name, level)| {
        Some((name, decode::<Option<Level>>(level, &path, &[], &mut diagnostics)?))
    });
    let rules = rules.collect();
    let verdicts = take_table(&mut node, "verdicts", "verdicts and their labels", &path, &mut diagnostics);
    let verdicts = verdicts.into_iter().filter_map(|(word, node)| {
        let WrittenVerdict { label, rating } =
            decode::<Option<WrittenVerdict>>(node, &path, &[], &mut diagnostics)?;
        Some(Verdict { word: word.value, label, rating })
    });
    let verdicts = verdicts.collect();
    let targets = take_table(&mut node, "publish", "targets and their settings", &path, &mut diagnostics);
    let targets = targets
        .into_iter()
        .filter_map(|(name, node)| publish::Target::read(name, node, &path, &mut diagnostics));
    let targets = targets.collect();
    let written: Written = decode(node, &path, &["rules", "verdicts", "publish"], &mut diagnostics);

    let mut redact = redactions(written.redact, &path, &mut diagnostics);
    let redactions_elsewhere = written.redactions.is_some();
    if let Some(file) = &written.redactions {
        redact.extend(read_redactions(world, file, &path, &mut diagnostics));
    }
    let given = base_url.map(|url| Spanned { value: url.to_owned(), span: Span::default() });
    let base_url = check_url(given.or(written.base_url), &path, &mut diagnostics);
    let mut languages: Vec<Lang> = Vec::new();
    for lang in written.language.into_iter().chain(written.languages) {
        if !languages.contains(&lang) {
            languages.push(lang);
        }
    }
    if languages.is_empty() {
        languages.extend(Lang::parse("en"));
    }
    if let Some(security) = &written.security {
        let contact = &security.contact;
        let known = ["mailto:", "https://", "tel:"].iter().any(|scheme| contact.starts_with(scheme));
        if !known || contact.contains(char::is_whitespace) {
            let message = format!("`{}` is not where one can be reached", contact.value);
            let found = Diagnostic::error(data::INVALID_VALUE.name, message).at(&path, contact.span, "");
            diagnostics.push(
                found.help("write it as `mailto:security@example.org` or `https://example.org/contact`"),
            );
        }
    }
    let mut social_cards = written
        .social_cards
        .unwrap_or_else(|| vec![Spanned { value: "article".to_owned(), span: Span::default() }]);
    if !Part::Cards.is_here() {
        social_cards.clear();
    }
    let config = Config {
        title: written.title.unwrap_or_else(|| Text::Same("Dossier".into())),
        description: written.description.unwrap_or_default(),
        base_url,
        languages,
        theme: written.theme,
        html: written.html.unwrap_or(RawHtml::Sanitize),
        editor: written.editor,
        rules,
        verdicts,
        data: written.data.unwrap_or_else(|| EVERY_FORMAT.to_vec()),
        social_cards,
        books: written.books,
        publisher: written.publisher,
        security: written.security,
        citation_style: written
            .citation_style
            .unwrap_or_else(|| Spanned { value: "apa".to_owned(), span: Span::default() }),
        search: written.search.unwrap_or(true),
        sums: written.sums.unwrap_or(true),
        license: written.license.filter(|license| !license.trim().is_empty()),
        redact,
        redactions_elsewhere,
        host_files: written.host_files,
        targets,
    };
    Reported { value: config, diagnostics }
}

/// Checks a list of redactions.
fn redactions(
    list: Vec<WrittenRedaction>,
    path: &InputPath,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<Redaction> {
    let mut redactions = Vec::with_capacity(list.len());
    for WrittenRedaction { words, with } in list {
        for short in words.iter().filter(|words| words.chars().filter(|c| c.is_alphanumeric()).count() < 2) {
            let message = "too short to be redacted: it would be found everywhere";
            let found = Diagnostic::error(data::INVALID_VALUE.name, message);
            diagnostics.push(found.at(path, short.span, "").help("write at least two letters"));
        }
        redactions.push(Redaction {
            words: words
                .into_iter()
                .map(|words| words.value)
                .filter(|words| words.chars().count() > 1)
                .collect(),
            with: with.unwrap_or_else(|| Text::Same(BLACKENED.into())),
        });
    }
    redactions
}

/// Reads a list of redactions that lies elsewhere, most often outside of what is published. Where it cannot be read, nothing
/// may be: that is an error.
fn read_redactions(
    world: &dyn World,
    file: &Spanned<String>,
    path: &InputPath,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<Redaction> {
    let from = InputPath::from(file.as_str());
    let node = match world.read(&from).map(|bytes| String::from_utf8_lossy(&bytes).into_owned()) {
        Ok(text) => data::toml::parse(&text).map_err(|error| format!("is not TOML: {}", error.message)),
        Err(error) => Err(format!("cannot be read: {error}")),
    };
    match node {
        Ok(node) => {
            // What is wrong in it is said without showing it: its words are not for everybody.
            let mut found = Vec::new();
            let written: RedactionFile = decode(node, &from, &[], &mut found);
            let redactions = redactions(written.redact, &from, &mut found);
            diagnostics.extend(found.into_iter().map(|found| {
                let message = format!("the list of redactions `{}`: {}", file.value, found.message);
                Diagnostic::error(found.code, message).at(path, file.span, "named here")
            }));
            redactions
        }
        Err(why) => {
            let message = format!("the list of redactions `{}` {why}", file.value);
            let found = Diagnostic::error(data::INVALID_VALUE.name, message).at(path, file.span, "");
            diagnostics.push(found.help("without it, nobody knows what must not be published"));
            Vec::new()
        }
    }
}

/// Takes a table out whose keys are names that others know.
fn take_table(
    node: &mut Node,
    name: &str,
    what: &str,
    path: &InputPath,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<(Spanned<String>, Node)> {
    let Value::Table(entries) = &mut node.value else { return Vec::new() };
    let Some(at) = entries.iter().position(|(key, _)| &*key.name == name) else { return Vec::new() };
    let (_, table) = entries.remove(at);
    let Value::Table(entries) = table.value else {
        let message = format!("expected a table of {what}");
        diagnostics.push(Diagnostic::error(data::WRONG_TYPE.name, message).at(path, table.span, ""));
        return Vec::new();
    };
    let named = |key: data::Key| Spanned { value: key.name.into_string(), span: key.span };
    entries.into_iter().map(|(key, node)| (named(key), node)).collect()
}

/// A base URL with a slash at its end.
fn check_url(url: Option<Spanned<String>>, path: &InputPath, diagnostics: &mut Vec<Diagnostic>) -> String {
    let Some(Spanned { value: url, span }) = url else { return NOWHERE.into() };
    let rest = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://"));
    let good = rest.is_some_and(|rest| {
        !rest.is_empty() && !rest.starts_with('/') && !rest.contains(['?', '#', ' ', '"', '<', '>'])
    });
    if !good {
        let message = format!("`{url}` is not an address to publish at");
        let diagnostic = Diagnostic::error(data::INVALID_VALUE.name, message)
            .help("write it as `https://example.org/` or `https://example.org/dossiers/voyage/`");
        diagnostics.push(match span.is_empty() {
            true => diagnostic,
            false => diagnostic.at(path, span, "needs `http://` or `https://`, and no `?` or `#`"),
        });
        return NOWHERE.into();
    }
    if url.ends_with('/') { url } else { url + "/" }
}
