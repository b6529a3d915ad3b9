//! `dossier import`: plans what becomes of foreign files, and carries it out if asked to.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use clap::{Args, Subcommand};

use super::console::Console;
use super::locate::Place;
use super::{Exit, Failure, given};
use crate::base::path::InputPath;
use crate::import::annotations::Asked;
use crate::import::article::Source;
use crate::import::brought::Brought;
use crate::import::door::LARGEST_FILE;
use crate::import::folder::{self, Flavour, Request};
use crate::import::mapping::{KEEP, KIND, Mapping};
use crate::import::{self, Imported, article, decode, print};
use crate::kinds::KindId;
use crate::report;
use crate::session::{Options, Session, Snapshot};
use crate::world::LARGEST_TEXT;
use crate::world::disk::DiskWorld;
use crate::world::edit::SourceWriter;

/// Bring what you have: tables, an article, sources, maps or annotations become files; nothing is overwritten
#[derive(Debug, Args)]
#[command(args_conflicts_with_subcommands = true, subcommand_negates_reqs = true)]
pub(crate) struct Import {
    /// Tables, texts, libraries of sources, maps and tracks, evidence, annotations. What they become is shown first
    #[arg(required = true)]
    files: Vec<PathBuf>,
    /// Write it, without asking
    #[arg(long)]
    write: bool,
    /// What the rows of the tables are: `claim`, `actor`, … [default: from the names of tables and columns]
    #[arg(long)]
    kind: Option<String>,
    /// What a column is, such as `--column "Siapa=by"`; `import.toml` keeps it
    #[arg(long, value_name = "NAME=KEY")]
    column: Vec<String>,
    /// What to leave out, by a file that the plan names; once for each
    #[arg(long, value_name = "FILE")]
    without: Vec<String>,
    /// Of annotations: the annotated article [default: the home page, or the only article]
    #[arg(long, value_name = "ID")]
    article: Option<String>,
    /// Of annotations: import private ones too, as drafts
    #[arg(long)]
    private: bool,
    #[command(subcommand)]
    what: Option<What>,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Bring a vault of Obsidian, or any folder of notes in Markdown
    Vault(Folder),
    /// Bring the texts of a site made with Hugo
    Hugo(Folder),
    /// Bring the texts of a site made with Zola
    Zola(Folder),
    /// Bring the notes of a site made with Quartz
    Quartz(Folder),
    /// Import plain text, Markdown or a saved page as an article
    Article {
        /// The file: .txt, .md or .html
        file: PathBuf,
        /// The title [default: the first heading or line]
        #[arg(long)]
        title: Option<String>,
        /// The id [default: the home page, or made from the title if there is one already]
        #[arg(long)]
        id: Option<String>,
    },
}

/// A folder of notes. What becomes of them is shown first.
#[derive(Debug, Args)]
struct Folder {
    /// The folder
    dir: PathBuf,
    /// Write it, without asking
    #[arg(long)]
    write: bool,
    /// What the other notes become [default: by their folders; a note]
    #[arg(long)]
    kind: Option<String>,
    /// What the notes of a folder become, such as `--folder "People=actor"`, or `--folder Diary=` to leave them out;
    /// `import.toml` keeps it
    #[arg(long, value_name = "NAME=KIND")]
    folder: Vec<String>,
    /// Which key a property is, such as `--property "author=byline"`; `NAME=keep` keeps it, `NAME=kind` takes it for
    /// what a note is, `NAME=` leaves it out; `import.toml` keeps it
    #[arg(long, value_name = "NAME=KEY")]
    property: Vec<String>,
}

impl Import {
    /// Creates the files and prints their paths.
    pub(crate) fn run(self, console: &mut Console) -> Result<Exit, Failure> {
        let place = console.place()?;
        let options = Options { drafts: true, ..Options::default() };
        let Some(what) = &self.what else { return self.bring(&place, options, console) };
        let (flavour, folder) = match what {
            What::Article { file, title, id } => {
                return article_of(file, title.as_deref(), id.as_deref(), &place, &options, console);
            }
            What::Vault(folder) => (Flavour::Vault, folder),
            What::Hugo(folder) => (Flavour::Hugo, folder),
            What::Zola(folder) => (Flavour::Zola, folder),
            What::Quartz(folder) => (Flavour::Quartz, folder),
        };
        folder.bring(flavour, &place, options, console)
    }

    /// Shows what becomes of the files, and writes it if that is wanted.
    fn bring(&self, place: &Place, options: Options, console: &mut Console) -> Result<Exit, Failure> {
        let session = Session::open(place.world.clone(), options);
        let snapshot = session.snapshot();
        let mapping = self.mapping(&snapshot)?;
        let (graph, today) = (&snapshot.graph, snapshot.world().today());
        let asked = Asked { article: self.article.as_deref(), private: self.private };
        let mut brought = Vec::new();
        for path in &self.files {
            let bytes = given::read(path, LARGEST_FILE).map_err(|why| unreadable(path, why))?;
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            brought.push(import::read(&name, &bytes, &mapping, graph, today, asked)?);
        }
        let without = self.without.iter().map(|path| path.as_str().into()).collect();
        carry_out(place, &session, &mapping, brought, &without, self.write, console)
    }

    /// What `import.toml` says, and what is said now.
    fn mapping(&self, snapshot: &Snapshot) -> Result<Mapping, Failure> {
        let mut mapping = Mapping::read(&**snapshot.world())?;
        let kind = self.kind.as_deref().map(kind_called).transpose()?;
        if let Some(kind) = kind {
            for path in &self.files {
                let stem = path.file_stem().unwrap_or_default().to_string_lossy();
                mapping.add_kind(stem.split('.').next().unwrap_or(&stem), kind);
            }
        }
        for column in &self.column {
            let (name, key) = column.split_once('=').ok_or_else(|| {
                Failure(format!("`{column}` must be a column and a key, such as `Siapa=by`"))
            })?;
            let known = |kind: &KindId| {
                key.is_empty()
                    || ["id", "text", "latitude", "longitude"].contains(&key)
                    || kind.keys().any(|known| known.name == key)
            };
            let kinds: Vec<KindId> = kind.map_or_else(|| KindId::ALL.to_vec(), |kind| vec![kind]);
            let kinds: Vec<KindId> = kinds.into_iter().filter(known).collect();
            if kinds.is_empty() {
                return Err(Failure(format!("there is no key `{key}`; `dossier schema` lists them")));
            }
            kinds.into_iter().for_each(|kind| mapping.add_column(kind, name.trim(), key.trim()));
        }
        Ok(mapping)
    }
}

impl Folder {
    /// Shows what becomes of the notes, and writes it if that is wanted.
    fn bring(
        &self,
        flavour: Flavour,
        place: &Place,
        options: Options,
        console: &mut Console,
    ) -> Result<Exit, Failure> {
        let session = Session::open(place.world.clone(), options);
        let snapshot = session.snapshot();
        let mut mapping = Mapping::read(&**snapshot.world())?;
        for said in &self.folder {
            let (name, kind) = pair(said, "People=actor")?;
            let kind = if kind.is_empty() { None } else { Some(kind_called(kind)?) };
            mapping.add_folder(name, kind);
        }
        for said in &self.property {
            let (name, key) = pair(said, "author=byline")?;
            let is_known = ["", KEEP, KIND].contains(&key)
                || KindId::ALL.iter().any(|kind| kind.keys().any(|known| known.name == key));
            if !is_known {
                return Err(Failure(format!("there is no key `{key}`; `dossier schema` lists them")));
            }
            mapping.add_property(name, key);
        }
        let world = DiskWorld::open(&self.dir).map_err(|why| unreadable(&self.dir, why))?;
        let name = world.real().file_name().unwrap_or_default().to_string_lossy().into_owned();
        let kind = self.kind.as_deref().map(kind_called).transpose()?;
        let request = Request {
            flavour,
            name: &name,
            world: &world,
            mapping: &mapping,
            graph: &snapshot.graph,
            today: snapshot.world().today(),
            kind,
        };
        let brought = vec![folder::read(&request)?];
        carry_out(place, &session, &mapping, brought, &BTreeSet::new(), self.write, console)
    }
}

/// Creates the file of an article.
fn article_of(
    file: &Path,
    title: Option<&str>,
    id: Option<&str>,
    place: &Place,
    options: &Options,
    console: &mut Console,
) -> Result<Exit, Failure> {
    let snapshot = Snapshot::take(place.world.clone(), options);
    let graph = &snapshot.graph;
    let (text, format) = decode::text(&file.display().to_string(), &read(file)?)?;
    let imported: Imported = article::import(graph, &Source { text: &text, format, title, id })?;
    let writer = SourceWriter::at(&place.root);
    for file in &imported.files {
        let created = writer.create(&file.path, file.content.as_bytes());
        created.map_err(|why| Failure(format!("cannot create `{}`: {why}", file.path)))?;
        console.print(format_args!("{}{}", place.prefix(), file.path))?;
    }
    for remark in &imported.remarks {
        console.say(remark)?;
    }
    Ok(Exit::Clean)
}

/// Shows what becomes of what was read, and writes it if that is wanted.
fn carry_out(
    place: &Place,
    session: &Session,
    mapping: &Mapping,
    brought: Vec<Brought>,
    without: &BTreeSet<InputPath>,
    is_asked_for: bool,
    console: &mut Console,
) -> Result<Exit, Failure> {
    let plan = import::planned(session, mapping, brought, without)?;
    let lines = match console.is_json() {
        true => print::json(&plan).iter().map(ToString::to_string).collect(),
        false => print::words(&plan, &place.prefix(), console.is_verbose()),
    };
    for line in lines {
        console.print(line)?;
    }
    if plan.changes.is_empty() {
        console.say("there is nothing new to write")?;
        return Ok(Exit::Clean);
    }
    let files = report::counted(plan.changes.rewrites.len(), "file");
    let is_wanted =
        is_asked_for || console.is_attended() && is_yes(&console.ask(&format!("write {files}?"), "no")?);
    if !is_wanted {
        console.say("nothing was written; `--write` does it")?;
        return Ok(Exit::Clean);
    }
    place.carry_out(&plan.changes, &plan.said)?;
    console.say(format_args!("wrote {files}"))?;
    Ok(Exit::Clean)
}

/// The two sides of `NAME=WHAT`.
fn pair<'a>(said: &'a str, example: &str) -> Result<(&'a str, &'a str), Failure> {
    let (name, what) = said
        .rsplit_once('=')
        .ok_or_else(|| Failure(format!("`{said}` must have an equals sign, as in `{example}`")))?;
    Ok((name.trim(), what.trim()))
}

fn kind_called(name: &str) -> Result<KindId, Failure> {
    let kinds = || KindId::ALL.iter().map(|kind| kind.name()).collect::<Vec<&str>>().join(", ");
    KindId::named(name).ok_or_else(|| Failure(format!("there is no kind `{name}`; there are {}", kinds())))
}

fn is_yes(answer: &str) -> bool {
    ["y", "yes", "ya"].contains(&answer.to_lowercase().as_str())
}

fn unreadable(path: &Path, why: std::io::Error) -> Failure {
    Failure(format!("cannot read `{}`: {why}", path.display()))
}

/// Reads a file that the user names; it need not be in the dossier.
fn read(path: &Path) -> Result<Vec<u8>, Failure> {
    given::read(path, LARGEST_TEXT).map_err(|why| unreadable(path, why))
}
