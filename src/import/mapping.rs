//! `import.toml`, beside `dossier.toml`: what the tables and columns are that are not called by names that the program
//! knows. Its author may write it; `dossier import --kind … --column …` adds to it.

use std::collections::BTreeMap;

use crate::base::path::InputPath;
use crate::data::patch::{Editable, Patch, Step, applied};
use crate::data::write::{Given, Syntax, quoted};
use crate::data::{Node, Value, toml};
use crate::ide::Refusal;
use crate::kinds::KindId;
use crate::world::World;
use crate::world::edit::Rewrite;

/// Its name.
pub(crate) const FILE: &str = "import.toml";

/// The section for the kinds of tables.
const KINDS: &str = "kinds";

/// The sections for folders of notes: what a folder holds, and which key a property is.
const FOLDERS: &str = "folders";
const PROPERTIES: &str = "properties";

/// What a property may be instead of a key: kept as it is, or what says the kind of a note.
pub(crate) const KEEP: &str = "keep";
pub(crate) const KIND: &str = "kind";

const HEAD: &str = "# How `dossier import` reads tables and folders of notes. `[kinds]` says what the rows of a table are, by the name of its sheet,\n\
# or of its file; `[folders]` what the notes of a folder become, and `[properties]` which key a property of notes is.\n\
# The other sections say, for each kind, which key a column is. \"\" leaves out.\n";

/// What `import.toml` says.
#[derive(Clone, Debug, Default)]
pub(crate) struct Mapping {
    kinds: BTreeMap<String, KindId>,
    columns: BTreeMap<(KindId, String), String>,
    /// Of folders of notes; `None` leaves them out.
    folders: BTreeMap<String, Option<KindId>>,
    properties: BTreeMap<String, String>,
    /// What was asked for now and is not in the file yet: a section, a name, and a word.
    added: Vec<(&'static str, String, String)>,
}

impl Mapping {
    /// Reads the file, if there is one.
    ///
    /// # Errors
    /// If it cannot be read, or names a kind that does not exist.
    pub(crate) fn read(world: &dyn World) -> Result<Mapping, Refusal> {
        let Some(bytes) = content(world) else { return Ok(Mapping::default()) };
        let text = String::from_utf8_lossy(&bytes);
        let node = toml::parse(&text).map_err(|_| refused("it is not well-formed TOML"))?;
        let mut mapping = Mapping::default();
        for (section, entries) in table(&node)? {
            let is_of_kind = ![KINDS, FOLDERS, PROPERTIES].contains(&section);
            let of_kind = if is_of_kind { Some(kind(section)?) } else { None };
            for (name, value) in table(entries)? {
                let Value::Scalar(word) = &value.value else {
                    return Err(refused(&format!("`{name}` must be a word in quotation marks")));
                };
                match of_kind {
                    None if section == FOLDERS => {
                        let kind = if word.is_empty() { None } else { Some(kind(word)?) };
                        mapping.folders.insert(folded(name), kind);
                    }
                    None if section == PROPERTIES => {
                        mapping.properties.insert(folded(name), word.to_string());
                    }
                    None => drop(mapping.kinds.insert(name.to_owned(), kind(word)?)),
                    Some(of) => drop(mapping.columns.insert((of, name.to_owned()), word.to_string())),
                }
            }
        }
        Ok(mapping)
    }

    /// Adds what the user says now: the kind of a table.
    pub(crate) fn add_kind(&mut self, table: &str, kind: KindId) {
        if self.kinds.insert(table.to_owned(), kind) != Some(kind) {
            self.added.push((KINDS, table.to_owned(), kind.name().to_owned()));
        }
    }

    /// Adds what the user says now: which key a column is.
    pub(crate) fn add_column(&mut self, kind: KindId, column: &str, key: &str) {
        let before = self.columns.insert((kind, column.to_owned()), key.to_owned());
        if before.as_deref() != Some(key) {
            self.added.push((kind.name(), column.to_owned(), key.to_owned()));
        }
    }

    /// Adds what the user says now: what the notes of a folder become; `None` leaves them out.
    pub(crate) fn add_folder(&mut self, name: &str, kind: Option<KindId>) {
        if self.folders.insert(folded(name), kind) != Some(kind) {
            let word = kind.map_or("", KindId::name);
            self.added.push((FOLDERS, name.to_owned(), word.to_owned()));
        }
    }

    /// Adds what the user says now: which key a property is.
    pub(crate) fn add_property(&mut self, name: &str, key: &str) {
        let before = self.properties.insert(folded(name), key.to_owned());
        if before.as_deref() != Some(key) {
            self.added.push((PROPERTIES, name.to_owned(), key.to_owned()));
        }
    }

    /// What the notes of a folder become, by its path, by the name of a folder in it, or by those above it.
    pub(crate) fn folder(&self, path: &str) -> Option<Option<KindId>> {
        let path = folded(path);
        let mut above = Some(path.as_str());
        while let Some(folder) = above {
            let name = folder.rsplit('/').next().unwrap_or(folder);
            if let Some(kind) = self.folders.get(folder).or_else(|| self.folders.get(name)) {
                return Some(*kind);
            }
            above = folder.rsplit_once('/').map(|(above, _)| above);
        }
        None
    }

    /// Which key a property is; empty if it is to be left out.
    pub(crate) fn property(&self, name: &str) -> Option<&str> {
        self.properties.get(&folded(name)).map(String::as_str)
    }

    pub(crate) fn kind(&self, table: &str) -> Option<KindId> {
        self.kinds.get(table).copied()
    }

    /// The key that a column is; empty if it is to be left out.
    pub(crate) fn column(&self, kind: KindId, name: &str) -> Option<&str> {
        self.columns.get(&(kind, name.trim().to_owned())).map(String::as_str)
    }

    /// The change of the file that keeps what was added.
    ///
    /// # Errors
    /// If the file is written in a way that cannot be added to.
    pub(crate) fn kept(&self, world: &dyn World) -> Result<Option<Rewrite>, Refusal> {
        if self.added.is_empty() {
            return Ok(None);
        }
        let before = content(world);
        let mut text = match &before {
            Some(bytes) => String::from_utf8_lossy(bytes).into_owned(),
            None => HEAD.to_owned(),
        };
        for (section, name, word) in &self.added {
            let file =
                Editable::parse(&text, Syntax::Toml).ok_or_else(|| refused("it is not well-formed TOML"))?;
            if file.entries().iter().all(|(key, _)| *key.name != **section) {
                let gap = if text.ends_with('\n') { "" } else { "\n" };
                text += &format!("{gap}\n[{section}]\n{}{}\n", Syntax::Toml.key(name), quoted(word));
                continue;
            }
            let at = [Step::Key((*section).to_owned()), Step::Key(name.clone())];
            let replacements = file.patch(&at, &Patch::Set(Given::Words(word.clone())));
            let replacements =
                replacements.ok_or_else(|| refused(&format!("`{name}` cannot be added to `[{section}]`")))?;
            text = applied(&text, &replacements);
        }
        let after = Some(text.into_bytes().into());
        Ok(Some(Rewrite { path: FILE.into(), before, after }))
    }
}

fn folded(name: &str) -> String {
    crate::base::path::folded(name.trim().trim_matches('/')).into_owned()
}

fn content(world: &dyn World) -> Option<std::sync::Arc<[u8]>> {
    world.read(&InputPath::from(FILE)).ok()
}

fn kind(word: &str) -> Result<KindId, Refusal> {
    KindId::named(word).ok_or_else(|| refused(&format!("there is no kind `{word}`")))
}

fn table(node: &Node) -> Result<impl Iterator<Item = (&str, &Node)>, Refusal> {
    match &node.value {
        Value::Table(entries) => Ok(entries.iter().map(|(key, node)| (&*key.name, node))),
        _ => Err(refused("it must hold sections, such as `[claim]`")),
    }
}

fn refused(why: &str) -> Refusal {
    Refusal(format!("`{FILE}` cannot be used: {why}"))
}
