//! `dossier.toml`: the site's name, its languages, and how strict the rules are.

pub(crate) mod address;
mod base_url;
mod books;
mod misplaced;
mod pattern;
pub mod publish;
mod redactions;
mod security;
mod signature;
mod unread;

pub use pattern::Pattern;
pub(crate) use security::Security;
pub(crate) use signature::Signature;
pub(crate) use unread::{has_key, known_keys};

use std::path::Path;

use serde::Deserialize;

pub(crate) use self::books::Books;
use self::misplaced::{in_other_languages, misplaced, told_where_it_belongs};
pub(crate) use self::redactions::Redaction;
use self::redactions::WrittenRedaction;
use crate::base::diagnostic::{Diagnostic, Reported, Severity};
use crate::base::encoding;
use crate::base::id::Lang;
use crate::base::part::Part;
use crate::base::path::InputPath;
use crate::base::span::{Span, Spanned};
use crate::base::text::Text;
use crate::base::typography::curled;
use crate::base::url::Url;
use crate::data::de::fields_of;
use crate::data::decode::{Document, Others, decode};
use crate::data::reading::Syntax;
use crate::data::values::vocabulary;
use crate::data::{self, Node, Value};
use crate::world::World;

/// The file's name. Its presence also marks the dossier's folder.
pub(crate) const FILE: &str = "dossier.toml";

/// The nearest folder from `path` upwards that contains the settings of a dossier.
pub(crate) fn dossier_around(path: &Path) -> Option<&Path> {
    path.ancestors().find(|folder| folder.join(FILE).is_file())
}

/// The default value of `data`.
const EVERY_FORMAT: [DataFormat; 5] =
    [DataFormat::Json, DataFormat::Csv, DataFormat::Csl, DataFormat::Bibtex, DataFormat::Ftm];

/// The tables whose keys are read elsewhere.
const TABLES: [&str; 3] = ["rules", "verdicts", "publish"];

/// The settings of a site.
#[derive(Clone, Debug)]
pub struct Config {
    /// Whether the file does not parse, and some of its settings are not known.
    pub(crate) is_unread: bool,
    /// Whether the file does not parse as it is written, so nothing is said of what is in it but that.
    pub(crate) has_slip: bool,
    /// The site's name.
    pub title: Text,
    /// One or two sentences about the site.
    pub description: Text,
    /// The address of the published site, with a slash at the end; `http` or `https`.
    pub base_url: String,
    /// The site's languages; the first is the default. Never empty.
    pub languages: Vec<Lang>,
    /// The folder of `themes/` that overrides the default theme, if any.
    pub(crate) theme: Option<Spanned<String>>,
    /// How texts are read.
    pub dialect: Dialect,
    /// The editor in which the preview opens files.
    pub(crate) editor: Option<EditorName>,
    /// The levels that differ from the rules' defaults.
    pub(crate) rules: Vec<(Spanned<String>, Level)>,
    /// The scale of fact-checkers' verdicts, in the order written.
    pub(crate) verdicts: Vec<Verdict>,
    /// The formats in which the data is offered.
    pub(crate) data: Vec<DataFormat>,
    /// The names of the kinds whose pages have a social card.
    pub(crate) social_cards: Vec<Spanned<String>>,
    /// The names of the kinds whose passages are marked in articles; those of other kinds are links.
    pub(crate) marks: Vec<Spanned<String>>,
    /// The citation style: the name of a style of the Citation Style Language, or the path of a style file.
    pub(crate) citation_style: Spanned<String>,
    /// Whether the site has a search.
    pub search: bool,
    /// Whether the texts beside the settings are free pages, too.
    pub documents: bool,
    /// The print edition and the EPUB.
    pub(crate) books: Books,
    /// Who publishes the site.
    pub(crate) publisher: Option<Publisher>,
    /// The contact for security problems with the site.
    pub(crate) security: Option<Security>,
    /// What proves the editions that are published.
    pub(crate) signature: Option<Signature>,
    /// Whether to write the checksums of all files to `SHA256SUMS`.
    pub sums: bool,
    /// The licence of the data: its address or its name.
    pub license: Option<String>,
    /// Names that must not be published.
    pub(crate) redact: Vec<Redaction>,
    /// Whether another file lists some of them.
    pub redactions_elsewhere: bool,
    /// Patterns for the files, below `content/`, that are published with their metadata.
    pub(crate) keep_metadata: Vec<Pattern>,
    /// Whether the site includes `_headers` and `_redirects`, which some hosts read.
    pub host_files: bool,
    /// The files of `content/` that are published though nothing refers to them.
    pub publish_files: Vec<Pattern>,
    /// Keys of front matter that belong to other programs; `*` for all.
    pub(crate) ignore_keys: Vec<String>,
    /// The targets of `publish`, in the order written.
    pub targets: Vec<publish::Target>,
}

/// How texts are read.
#[derive(Copy, Clone, Debug, Eq, PartialEq)]
pub struct Dialect {
    /// How raw HTML is treated.
    pub html: RawHtml,
    /// Whether straight quotation marks, hyphens for dashes and three full stops become typographic ones.
    pub typography: bool,
}

impl Dialect {
    /// A title or another text without markup, as pages show it.
    pub(crate) fn shown(self, text: &str, lang: &Lang) -> String {
        if self.typography { curled(text, lang) } else { text.to_owned() }
    }
}

impl Default for Dialect {
    fn default() -> Dialect {
        Dialect { html: RawHtml::Sanitize, typography: true }
    }
}

/// Who publishes the site.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Publisher {
    /// The name.
    pub name: Text,
    /// The publisher's web address.
    pub url: Option<Url>,
}

/// An entry of the scale of fact-checkers' verdicts.
#[derive(Clone, Debug)]
pub(crate) struct Verdict {
    /// The word that reviews use.
    pub word: String,
    /// The label that readers see.
    pub label: Text,
    /// The position on the scale; `None` for a state that is not a verdict.
    pub rating: Option<f64>,
}

/// An entry of the scale, as written.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenVerdict {
    label: Text,
    #[serde(default)]
    rating: Option<f64>,
}

vocabulary! {
    /// The level of a rule.
    pub enum Level: "level" {
        /// The rule is disabled.
        Off = "off" | "allow",
        /// Reported as a suggestion.
        Note = "note",
        /// Reported as a warning; the site is built.
        Warn = "warn" | "warning",
        /// Reported as an error; nothing is written.
        Error = "error" | "deny",
    }
}

impl Config {
    /// Whether the address of the published site is known.
    pub(crate) fn is_hosted(&self) -> bool {
        self.base_url != base_url::NOWHERE
    }
}

impl Level {
    /// The severity of findings at this level; `None` if the rule is off.
    pub(crate) fn severity(self) -> Option<Severity> {
        match self {
            Level::Off => None,
            Level::Note => Some(Severity::Note),
            Level::Warn => Some(Severity::Warning),
            Level::Error => Some(Severity::Error),
        }
    }
}

vocabulary! {
    /// A format in which the data is offered.
    pub enum DataFormat: "data-format" {
        /// `dossier.json` and its schema.
        Json = "json",
        /// A table for each kind.
        Csv = "csv",
        /// The sources as CSL-JSON, for citation processors.
        Csl = "csl",
        /// The sources as BibTeX.
        Bibtex = "bibtex",
        /// Entities in the FollowTheMoney model.
        Ftm = "ftm",
    }
}

vocabulary! {
    /// A format of the whole dossier as one document.
    pub enum BookFormat: "book-format" {
        /// A page made for printing.
        Print = "print",
        /// An EPUB for e-readers.
        Epub = "epub",
    }
}

vocabulary! {
    /// How raw HTML in content is treated.
    pub enum RawHtml: "raw-html" {
        /// Keeps elements and attributes that cannot execute or load anything, and removes the others.
        Sanitize = "sanitize",
        /// Keeps all HTML, for sites that trust every author.
        Allow = "allow",
    }
}

vocabulary! {
    /// An editor in which the preview opens files. A name, never a command: somebody else's dossier must not
    /// run programs.
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
        /// The one that `VISUAL` or `EDITOR` names in the preview's environment.
        Environment = "$EDITOR",
    }
}

/// The most languages of a site.
const MOST_LANGUAGES: usize = 40;

/// The file, as written.
#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Written {
    title: Option<Text>,
    description: Option<Text>,
    base_url: Option<Spanned<String>>,
    language: Option<Lang>,
    languages: Option<Spanned<Vec<Lang>>>,
    theme: Option<Spanned<String>>,
    html: Option<RawHtml>,
    typography: Option<bool>,
    editor: Option<EditorName>,
    redact: Vec<WrittenRedaction>,
    redactions: Option<Spanned<String>>,
    host_files: bool,
    keep_metadata: Vec<Spanned<String>>,
    publish_files: Vec<Spanned<String>>,
    ignore_keys: Vec<String>,
    data: Option<Vec<DataFormat>>,
    license: Option<Spanned<String>>,
    social_cards: Option<Vec<Spanned<String>>>,
    marks: Option<Vec<Spanned<String>>>,
    books: Books,
    sums: Option<bool>,
    search: Option<bool>,
    documents: bool,
    citation_style: Option<Spanned<String>>,
    publisher: Option<Publisher>,
    security: Option<Security>,
    signature: Option<Signature>,
}

/// Reads the settings. `base_url` replaces the file's own, as `--base-url` does.
pub fn read(world: &dyn World, base_url: Option<&str>) -> Reported<Config> {
    let path = InputPath::from(FILE);
    let mut diagnostics = Vec::new();
    let mut slip = None;
    let mut text = String::new();
    let mut node = match world.read(&path).map(|bytes| encoding::utf_8(&bytes).map(str::to_owned)) {
        Ok(Ok(read)) => {
            text = read;
            data::toml::parse(&text).unwrap_or_else(|error| {
                let (node, found, is_whole) = unread::repaired(&text, error, &path);
                slip = Some((found, is_whole));
                node
            })
        }
        Ok(Err(likely)) => {
            let message = format!("`{FILE}` is not in UTF-8{likely}");
            diagnostics.push(Diagnostic::error(data::INVALID_SYNTAX.name, message).help(encoding::AS_UTF8));
            Node::empty(Span::default())
        }
        Err(error) => {
            let message = format!("cannot read `{FILE}`: {error}");
            let help = "run the command in the folder that contains it, or name that folder with `--root`";
            diagnostics.push(Diagnostic::error(data::MISSING_FIELD.name, message).help(help));
            Node::empty(Span::default())
        }
    };
    let source = Document { path: &path, text: &text, syntax: Syntax::Toml, lang: "" };
    let rules = take_table(&mut node, "rules", "rules and their levels", &path, &mut diagnostics);
    let settings = fields_of::<Written>();
    let (below, rules): (Vec<_>, Vec<_>) =
        rules.into_iter().partition(|(name, _)| settings.contains(&name.value.as_str()));
    diagnostics
        .extend(below.iter().map(|(name, _)| misplaced(&name.value, name.span, "[rules]", "rule", &path)));
    let rules = rules.into_iter().filter_map(|(name, level)| {
        Some((name, decode::<Option<Level>>(level, &source, Others::NONE, &mut diagnostics)?))
    });
    let rules = rules.collect();
    let verdicts = take_table(&mut node, "verdicts", "verdicts and their labels", &path, &mut diagnostics);
    let verdicts = verdicts.into_iter().filter_map(|(word, node)| {
        let WrittenVerdict { label, rating } =
            decode::<Option<WrittenVerdict>>(node, &source, Others::NONE, &mut diagnostics)?;
        Some(Verdict { word: word.value, label, rating })
    });
    let verdicts = verdicts.collect();
    let targets = take_table(&mut node, "publish", "targets and their settings", &path, &mut diagnostics);
    let targets = targets
        .into_iter()
        .filter_map(|(name, node)| publish::Target::read(name, node, &source, &mut diagnostics));
    let targets = targets.collect();
    let is_table = |_: &'static str, node: &Node| matches!(node.value, Value::Table(_));
    let tables = Others { keys: &TABLES, takes: &is_table };
    let by_language = ["title", "description"].iter().filter_map(|name| match node.get(name)?.value {
        Value::Table(ref entries) => Some(entries),
        _ => None,
    });
    let by_language: Vec<(String, Span)> =
        by_language.flatten().map(|(key, _)| (key.name.to_string(), key.span)).collect();
    let written: Written = decode(node, &source, tables, &mut diagnostics);

    let keep_metadata = pattern::read(&written.keep_metadata, &path, &mut diagnostics);
    let publish_files = pattern::read(&written.publish_files, &path, &mut diagnostics);
    let mut redact = redactions::checked(written.redact, &path, &mut diagnostics);
    let redactions_elsewhere = written.redactions.is_some();
    if let Some(file) = &written.redactions {
        redact.extend(redactions::read(world, file, &path, &mut diagnostics));
    }
    let given = base_url.map(|url| Spanned { value: url.to_owned(), span: Span::default() });
    let base_url = base_url::checked(given.or(written.base_url), &path, &mut diagnostics);
    let mut languages: Vec<Lang> = Vec::new();
    let list = written.languages.unwrap_or_default();
    if list.len() > MOST_LANGUAGES {
        let message = format!("{} languages are more than {MOST_LANGUAGES}", list.len());
        let found = Diagnostic::error(data::INVALID_VALUE.name, message).at(&path, list.span, "too many");
        diagnostics
            .push(found.help("each has every page and a book of its own: name those that you write in"));
    }
    let list = list.value.into_iter().take(MOST_LANGUAGES);
    for lang in written.language.into_iter().chain(list) {
        if !languages.contains(&lang) {
            languages.push(lang);
        }
    }
    if languages.is_empty() {
        languages.extend(Lang::parse("en"));
    }
    diagnostics.extend(in_other_languages(&by_language, &languages, &path));
    if let Some(security) = &written.security {
        security.check(&path, &mut diagnostics);
    }
    let sums = written.sums.unwrap_or(true);
    if let Some(signature) = &written.signature {
        signature.check(world, sums, &mut diagnostics);
    }
    let license = written.license.filter(|license| !license.value.trim().is_empty());
    let runs = |license: &Spanned<String>| crate::base::url::runs(&license.value);
    if let Some(license) = license.as_ref().filter(|license| runs(license)) {
        let message = format!("`{}` is not the address or the name of a licence", license.value);
        let found = Diagnostic::error(data::INVALID_VALUE.name, message).at(&path, license.span, "");
        diagnostics.push(found.help("write `https://creativecommons.org/licenses/by/4.0/`, for example"));
    }
    let license = license.filter(|license| !runs(license)).map(|license| license.value);
    let only = |kind: &str| vec![Spanned { value: kind.to_owned(), span: Span::default() }];
    let mut social_cards = written.social_cards.unwrap_or_else(|| only("article"));
    if !Part::Cards.is_here() {
        social_cards.clear();
    }
    let has_slip = slip.is_some();
    let is_unread = slip.as_ref().is_some_and(|(_, is_whole)| !is_whole);
    if let Some((found, _)) = slip {
        // What is said of settings that do not parse is the slip alone.
        diagnostics = vec![found];
    }
    let diagnostics: Vec<Diagnostic> =
        diagnostics.into_iter().map(|found| told_where_it_belongs(found, &text, &path)).collect();
    let config = Config {
        is_unread,
        has_slip,
        title: written.title.unwrap_or_else(|| Text::Same("Dossier".into())),
        description: written.description.unwrap_or_default(),
        base_url,
        languages,
        theme: written.theme,
        dialect: Dialect {
            html: written.html.unwrap_or(RawHtml::Sanitize),
            typography: written.typography.unwrap_or(true),
        },
        editor: written.editor,
        rules,
        verdicts,
        data: written.data.unwrap_or_else(|| EVERY_FORMAT.to_vec()),
        social_cards,
        marks: written.marks.unwrap_or_else(|| only("claim")),
        books: written.books,
        publisher: written.publisher,
        security: written.security,
        signature: written.signature,
        citation_style: written
            .citation_style
            .unwrap_or_else(|| Spanned { value: "apa".to_owned(), span: Span::default() }),
        search: written.search.unwrap_or(true),
        documents: written.documents,
        sums,
        license,
        redact,
        redactions_elsewhere,
        host_files: written.host_files,
        keep_metadata,
        publish_files,
        ignore_keys: written.ignore_keys,
        targets,
    };
    Reported { value: config, diagnostics }
}

/// Takes a table out of `node` whose keys are validated elsewhere.
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
        let help = format!("write `[{name}]` on a line, and below it one line for each");
        diagnostics
            .push(Diagnostic::error(data::WRONG_TYPE.name, message).at(path, table.span, "").help(help));
        return Vec::new();
    };
    let named = |key: data::Key| Spanned { value: key.name.into_string(), span: key.span };
    entries.into_iter().map(|(key, node)| (named(key), node)).collect()
}
