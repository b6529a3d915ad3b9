//! World → inputs: reads and classifies the files of `content/`.

mod leftover;
pub(crate) mod table;

use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::sync::Arc;

use crate::base::diagnostic::{Code, Diagnostic, Reported, Severity};
use crate::base::encoding;
use crate::base::hash::Fingerprint;
use crate::base::id::{EntityId, Lang};
use crate::base::language;
use crate::base::near::nearest;
use crate::base::path::InputPath;
use crate::base::span::Span;
use crate::config::{Config, FILE};
use crate::kinds::KindId;
use crate::world::{Access, Entry, World};

/// The folder of the authors' files.
pub(crate) const CONTENT: &str = "content";

/// A file for authors; among documents, the first page of its folder.
const README: &str = "readme.md";

/// A Markdown file with its kind and language.
#[derive(Clone, Debug)]
pub struct Input {
    /// Where it is.
    pub path: InputPath,
    /// The kind that it describes.
    pub kind: KindId,
    /// The file's stem, without the language; of a document, with its folder.
    pub id: EntityId,
    /// The language it is in.
    pub lang: Lang,
    /// The hash of its text, which is not kept: [`text`] reads it again.
    pub hash: Fingerprint,
}

impl Input {
    /// Whether it is a text beside the settings, which they say is a page.
    pub(crate) fn is_document(&self) -> bool {
        is_document(self.path.as_str())
    }
}

/// The folders of a dossier in which no documents are: `public` is what a build writes, and `node_modules` what npm
/// installs.
const NO_DOCUMENTS: [&str; 4] = [CONTENT, "themes", "public", "node_modules"];

/// Whether a file is beside the settings, or in a folder there that is for nothing else.
pub(crate) fn is_document(path: &str) -> bool {
    let first = path.split('/').next().unwrap_or(path);
    path != FILE && !NO_DOCUMENTS.contains(&first)
}

/// The id of a document, which is its path, because files in two folders may have one name; a README is the index of
/// its folder. `None` for the home page.
pub(crate) fn document_id(folder: &str, stem: &str) -> Option<String> {
    let name = if stem.eq_ignore_ascii_case("readme") { "index" } else { stem };
    match folder {
        "" => (name == stem).then(|| name.to_owned()),
        _ => Some(format!("{folder}/{name}")),
    }
}

/// The type of a file in `content/`.
#[derive(Clone, Debug)]
pub enum Found {
    /// A Markdown file of a kind, and its text, front matter included.
    Input(Input, Arc<str>),
    /// A file that is copied as it is.
    Asset(InputPath),
    /// A file for authors: a README.
    Nothing,
    /// A file that cannot be used.
    Problem(Box<Diagnostic>),
}

/// A file that cannot be read as text.
pub(crate) static UNREADABLE_FILE: Code = Code {
    name: "unreadable-file",
    level: Severity::Error,
    docs: "\
A file that cannot be read: it is not in UTF-8, it contains a NUL byte, it is a PDF, a web page or a
file of a word processor by the name of a text, a text is larger than 16 MiB or
another file larger than 256 MiB, its name is not Unicode, has a control character or one that shows
it in another order than it has, it is a pipe, a socket or a device, or the system refuses access.
Reading another encoding by a guess could silently corrupt names, so the guess is only told.

How to fix: save it as UTF-8; in most editors this is \"Save with encoding\". If the file is not text,
its name must not end in `.md`. Anything that is not a file does not belong in `content/`.",
};

/// A file that leads out of the dossier.
pub(crate) static LINK_OUTSIDE: Code = Code {
    name: "link-outside",
    level: Severity::Error,
    docs: "\
A symbolic link in `content/` that leads out of that folder, to a hidden file, to a folder, or to
nothing. The program refuses it: following it could publish files that were never meant to be public,
such as keys and passwords. A link to a visible file in `content/` is fine.

How to fix: delete the link, or put a copy of what should be published in its place.",
};

/// A Markdown file that belongs to no kind.
pub(crate) static UNPLACED_FILE: Code = Code {
    name: "unplaced-file",
    level: Severity::Warning,
    docs: "\
A Markdown file in `content/` that is not in the folder of a kind, so it has no page. The first
folder decides the kind of a file: `content/actors/nis.md` is an actor. A `README.md`, in any
folder, is for authors, and is ignored.

```
content/nis.md             wrong
content/actor/nis.md       wrong: the folder is `actors`
content/actors/nis.md      right
content/article.md         right: the article is the one file at the top
```

How to fix: move it into the folder of its kind; free pages go into `content/pages/`.",
};

/// A translation into a language that the site does not have.
pub(crate) static UNKNOWN_LANGUAGE: Code = Code {
    name: "unknown-language",
    level: Severity::Error,
    docs: "\
A file such as `nis.fr.md` is the French translation of `nis.md`, but French is not a language of
the site, so the file would never be used.

How to fix: add the language to `languages` in `dossier.toml`, or rename the file. An id may contain
a dot only if what follows the last one cannot be a language: `report.2023.md` is fine.",
};

/// A hidden file, which is not published.
pub(crate) static HIDDEN_FILE: Code = Code {
    name: "hidden-file",
    level: Severity::Note,
    docs: "A file or folder in `content/` whose name begins with a dot. It is not published: such names are those of settings, keys
and what programs keep for themselves, and none of that should end up on a public site by accident. At the top of
`content/`, what hosts and browsers look for is published as other files are: `.well-known/`, `.htaccess`, `.nojekyll`
and `.domains`. Nothing is said of what version control, file managers and editors leave behind (`.git`, `.DS_Store`).

How to fix: rename it without the dot if it belongs on the site, or keep it outside of `content/`.",
};

/// What programs leave behind beside the files of authors.
pub(crate) static LEFTOVER_FILE: Code = Code {
    name: "leftover-file",
    level: Severity::Note,
    docs: "\
A file that a program left behind, and that is never published, whatever refers to it or
`publish_files` says: a backup (`x.md.bak`), a lock file of Office (`~$x.docx`), what a system keeps
for itself (`Thumbs.db`, `desktop.ini`, `__MACOSX/`), a canvas, a base or a drawing of Obsidian
(`x.excalidraw.md`), a text that is a backup, a draft or a template by its name (`story.bak.md`,
`story.draft.md`, `_drafts/story.md`), the copy that Dropbox, OneDrive, Obsidian or Syncthing makes of a
file that was changed in two places, or a text beside which its original is: `x (1).md`, `x copy.md`,
`x - Kopie.md` beside `x.md`. Only copies and drafts are a warning, because one of two copies may hold the
better text, and a draft may be ready.

A text that is called as iCloud or OneDrive call copies, but as people call texts too, is published
with a warning: `x 2.md` and `x-ANNAS-PC.md` beside `x.md`.

How to fix: compare the copy with its original, and delete it; delete the others, or leave them. A
text of its own that is only called like a copy needs another name.",
};

/// A table whose rows cannot all be entities.
pub(crate) static TABLE_ROW: Code = Code {
    name: "table-row",
    level: Severity::Error,
    docs: "\
A table whose rows are entities, such as `content/actors.csv`, of which a row or the whole cannot be
read: it has no column `id`, a row has no id, an id is none or is there twice, there is also a file of
that name, a quotation mark is not closed, two columns have one name, a column is called by another word than
its key (`name` for `title`), or the table is not in UTF-8. A row without an id has no page. Capitals in the
names of columns do not matter.

```
id,title,type
nis,National Intelligence Service,government     right
,Yonhap,media                                    wrong: it has no id
```

How to fix: give each row an id of its own in the column `id`: lower-case letters, digits and hyphens.",
};

pub(crate) static CODES: [&Code; 7] = [
    &HIDDEN_FILE,
    &LEFTOVER_FILE,
    &LINK_OUTSIDE,
    &TABLE_ROW,
    &UNKNOWN_LANGUAGE,
    &UNPLACED_FILE,
    &UNREADABLE_FILE,
];

/// Lists `content/`, and the documents if there are any.
pub fn list(world: &dyn World, config: &Config) -> Reported<Vec<Entry>> {
    let documents = || {
        let mut found = world.list("")?;
        found.retain(|entry| entry.access == Access::Inside && is_document(entry.path.as_str()));
        found.extend(world.list(CONTENT)?);
        found.sort();
        Ok(found)
    };
    match if config.documents { documents() } else { world.list(CONTENT) } {
        Ok(mut value) => {
            let diagnostics = mark_copies(&mut value);
            Reported { value, diagnostics }
        }
        Err(error) => {
            let message = format!("cannot list `{CONTENT}/`: {error}");
            Reported {
                value: Vec::new(),
                diagnostics: vec![Diagnostic::error(UNREADABLE_FILE.name, message)],
            }
        }
    }
}

/// Notes which texts are copies of others, and reports those that may be. Of other files, a text decides:
/// `photo (1).jpg` is often another picture.
fn mark_copies(entries: &mut [Entry]) -> Vec<Diagnostic> {
    let mut supposed = Vec::new();
    let is_text = |entry: &&mut Entry| entry.access == Access::Inside && entry.path.extension() == Some("md");
    let texts: Vec<(String, String)> = entries
        .iter_mut()
        .filter(is_text)
        .map(|entry| (entry.path.folder().to_owned(), entry.path.name().to_owned()))
        .collect();
    let mut folders: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for (folder, name) in &texts {
        folders.entry(folder).or_default().insert(name);
    }
    for entry in entries.iter_mut().filter(|entry| is_text(entry)) {
        let names = folders.get(entry.path.folder());
        let Some(names) = names else { continue };
        if let Some(original) = leftover::original(entry.path.name(), names) {
            entry.access = Access::CopyOf(original.to_owned());
        } else if let Some(original) = leftover::perhaps_original(entry.path.name(), names) {
            let message = format!("`{}` may be a copy of `{original}`; both are published", entry.path);
            let found = Diagnostic::new(LEFTOVER_FILE.name, Severity::Warning, message);
            let help =
                "delete it if it is one; if it is a text of its own, give it a name that says what it is";
            supposed.push(at_file(found, &entry.path).help(help));
        }
    }
    supposed
}

/// The finding for a dossier without any page.
pub(crate) fn nothing_there() -> Diagnostic {
    Diagnostic::new(UNPLACED_FILE.name, Severity::Warning, format!("there is nothing in `{CONTENT}/`"))
        .help("`dossier init DIR` creates a small dossier to start from")
}

/// Reads and classifies a file.
pub fn read(world: &dyn World, config: &Config, entry: &Entry) -> Found {
    let path = &entry.path;
    let problem = |diagnostic: Diagnostic| Found::Problem(Box::new(diagnostic));
    match &entry.access {
        Access::Inside => {}
        Access::CopyOf(original) => {
            let message = format!("`{path}` is a copy or a backup of `{original}`, so it is not published");
            let found = Diagnostic::new(LEFTOVER_FILE.name, Severity::Warning, message);
            let help = "delete it if it holds nothing new; if it is a text of its own, give it another name";
            return problem(at_file(found, path).help(help));
        }
        Access::Hidden => {
            let message = format!("`{path}` is hidden, so it is not published");
            return problem(at_file(HIDDEN_FILE.found(message), path).help("rename it without the dot"));
        }
        Access::Link(why) => {
            let message = format!("`{path}` is a symbolic link that is not followed: {why}");
            let help = "delete the link, or put a copy of what should be published in its place";
            return problem(at_file(Diagnostic::error(LINK_OUTSIDE.name, message), path).help(help));
        }
        Access::Unreadable(why) => {
            let message = format!("cannot read `{path}`: {why}");
            return problem(at_file(Diagnostic::error(UNREADABLE_FILE.name, message), path));
        }
    }
    if let Some((what, severity)) = leftover::leftover(path.as_str()) {
        let message = format!("`{path}` is {what}, so it is not published");
        let found = Diagnostic::new(LEFTOVER_FILE.name, severity, message);
        return problem(at_file(found, path).help("delete it, or give it another name if it is wanted"));
    }
    if let Some((what, severity)) = leftover::draft(path.as_str()) {
        let message = format!("`{path}` is {what}, so it is not published");
        let found = Diagnostic::new(LEFTOVER_FILE.name, severity, message);
        return problem(at_file(found, path).help("when it is ready, give it another name, or move it"));
    }
    if path.name().eq_ignore_ascii_case(README) && !is_document(path.as_str()) {
        return Found::Nothing;
    }
    if table::kind_at(path).is_some() {
        return table::problem(world, path).map_or(Found::Nothing, problem);
    }
    if path.extension() != Some("md") {
        return Found::Asset(path.clone());
    }
    if path.name().ends_with(".md.md") {
        let message = format!("`{path}` ends in `.md` twice, so it is not read");
        let name = path.name().trim_end_matches(".md");
        let found = Diagnostic::new(UNPLACED_FILE.name, Severity::Warning, message);
        return problem(at_file(found, path).help(format!("rename it to `{name}.md`")));
    }
    let place = match place(path, config) {
        Ok(place) => place,
        Err(diagnostic) => return Found::Problem(diagnostic),
    };
    match read_text(world, path) {
        Ok(text) => {
            let hash = Fingerprint::of(text.as_bytes());
            let input = Input { path: path.clone(), kind: place.kind, id: place.id, lang: place.lang, hash };
            Found::Input(input, text)
        }
        Err(diagnostic) => problem(diagnostic),
    }
}

/// The source text of an input. It is not kept in memory, so it is read again. Empty if the file has changed
/// since.
pub fn text(world: &dyn World, input: &Input) -> Arc<str> {
    let text = read_text(world, &input.path).unwrap_or_default();
    if Fingerprint::of(text.as_bytes()) == input.hash { text } else { Arc::default() }
}

struct Place {
    kind: KindId,
    id: EntityId,
    lang: Lang,
}

/// The kind, id and language of a Markdown file, from its path.
fn place(path: &InputPath, config: &Config) -> Result<Place, Box<Diagnostic>> {
    let inner = path.as_str().strip_prefix("content/").unwrap_or(path.as_str());
    let stem = path.name().trim_end_matches(".md");
    let (stem, lang) = match stem.rsplit_once('.') {
        Some((stem, tag)) if Lang::parse(tag).is_some() && !stem.is_empty() => {
            match config.languages.iter().find(|lang| lang.as_str().eq_ignore_ascii_case(tag)) {
                Some(lang) => (stem, lang),
                None => {
                    let message = format!("`{path}` is in `{tag}`, which is not a language of the site");
                    let help = match language::meant(tag).as_slice() {
                        [] => format!("add `{tag}` to `languages` in `dossier.toml`, or rename the file"),
                        [one, ..] => {
                            format!("no language has the code `{tag}`: did you mean `{stem}.{one}.md`?")
                        }
                    };
                    return Err(Box::new(
                        at_file(Diagnostic::error(UNKNOWN_LANGUAGE.name, message), path).help(help),
                    ));
                }
            }
        }
        _ => (stem, &config.languages[0]),
    };
    if is_document(path.as_str()) {
        let (kind, id) = match document_id(path.folder(), stem) {
            None => (KindId::Article, "article".to_owned()),
            Some(id) => (KindId::Page, id),
        };
        return Ok(Place { kind, id: EntityId::new(&id), lang: lang.clone() });
    }
    let kind = match inner.split_once('/') {
        None if stem == "article" => Some(KindId::Article),
        None => None,
        Some((folder, _)) => KindId::in_folder(folder),
    };
    let Some(kind) = kind else {
        let folders = KindId::ALL.iter().map(|kind| kind.spec().folder);
        let message = format!("`{path}` belongs to no kind, so it has no page");
        let diagnostic = at_file(Diagnostic::new(UNPLACED_FILE.name, Severity::Warning, message), path);
        let near = inner.split_once('/').and_then(|(folder, _)| nearest(folder, folders.clone()));
        return Err(Box::new(match near {
            Some(near) => diagnostic.help(format!("did you mean the folder `{CONTENT}/{near}/`?")),
            None => {
                let folders: Vec<String> = folders.map(|folder| format!("`{folder}/`")).collect();
                diagnostic.help(format!("move it into one of {}", folders.join(", ")))
            }
        }));
    };
    Ok(Place { kind, id: EntityId::new(stem), lang: lang.clone() })
}

fn read_text(world: &dyn World, path: &InputPath) -> Result<Arc<str>, Diagnostic> {
    let error = |message: String, help: &str| {
        at_file(Diagnostic::error(UNREADABLE_FILE.name, message), path).help(help)
    };
    let bytes = world.read(path).map_err(|why| {
        let help = match why.kind() {
            io::ErrorKind::FileTooLarge => "split it into several files",
            _ => "check the file's permissions",
        };
        error(format!("cannot read `{path}`: {why}"), help)
    })?;
    if let Some((what, help)) = foreign(&bytes) {
        return Err(error(format!("`{path}` is {what}, not a text in Markdown"), help));
    }
    let text =
        encoding::utf_8(&bytes).map_err(|likely| match (likely.as_str(), std::str::from_utf8(&bytes)) {
            ("", Err(why)) => {
                let before = String::from_utf8_lossy(&bytes[..why.valid_up_to()]);
                let line = before.matches('\n').count() + 1;
                let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
                let byte = bytes.get(why.valid_up_to()).copied().unwrap_or_default();
                error(
                    format!("`{path}` is not in UTF-8: line {line}, column {column} has the byte {byte:02X}"),
                    encoding::AS_UTF8,
                )
            }
            _ => error(format!("`{path}` is not in UTF-8{likely}"), encoding::AS_UTF8),
        })?;
    if let Some(at) = text.find('\0') {
        let message = format!("`{path}` contains a NUL byte");
        return Err(Diagnostic::error(UNREADABLE_FILE.name, message)
            .at(path, Span::new(at, at + 1), "here")
            .help("remove it, or save the file as UTF-8 text"));
    }
    Ok(text.into())
}

/// What a file is that only has the name of a text, by its first bytes, and what to do.
fn foreign(bytes: &[u8]) -> Option<(&'static str, &'static str)> {
    const COPY: &str = "copy its words into a new file, or import it with `dossier import article`";
    let start = bytes.trim_ascii_start();
    let begins =
        |with: &str| start.get(..with.len()).is_some_and(|start| start.eq_ignore_ascii_case(with.as_bytes()));
    match () {
        () if begins("{\\rtf") => Some(("a file of a word processor (RTF)", COPY)),
        () if start.starts_with(b"PK\x03\x04") => Some(("a ZIP archive or a file of a word processor", COPY)),
        () if start.starts_with(b"%PDF-") => {
            Some(("a PDF", "give it the ending `.pdf`, or copy its words into a new file"))
        }
        () if begins("<!doctype html") || begins("<html") => Some(("a web page", COPY)),
        () => None,
    }
}

/// Labels a finding about a whole file at the start of the file.
fn at_file(diagnostic: Diagnostic, path: &InputPath) -> Diagnostic {
    diagnostic.at(path, Span::empty(0), "")
}
