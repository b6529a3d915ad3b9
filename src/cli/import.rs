//! `dossier import`: makes new files from annotations or an article.

use std::path::{Path, PathBuf};

use clap::{Args, Subcommand};

use super::console::Console;
use super::{Exit, Failure, given};
use crate::ide::annotate;
use crate::import::article::Source;
use crate::import::{Imported, annotations, article, decode};
use crate::session::{Options, Snapshot};
use crate::world::LARGEST_TEXT;
use crate::world::edit::SourceWriter;

/// Convert annotations or an article from elsewhere into new files; nothing is overwritten
#[derive(Debug, Args)]
pub(crate) struct Import {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Import an export of Hypothesis, or a W3C Web Annotation collection, as notes
    Hypothesis {
        /// A JSON file
        file: PathBuf,
        /// The annotated article [default: the home page, or the only article]
        #[arg(long, value_name = "ID")]
        article: Option<String>,
        /// Import private annotations too, as drafts
        #[arg(long)]
        private: bool,
    },
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

impl Import {
    /// Creates the files and prints their paths.
    pub(crate) fn run(self, console: &mut Console) -> Result<Exit, Failure> {
        let place = console.place()?;
        let snapshot = Snapshot::take(place.world.clone(), &Options { drafts: true, ..Options::default() });
        let graph = &snapshot.graph;
        let imported: Imported = match &self.what {
            What::Hypothesis { file, article, private } => {
                let article = annotate::article(graph, article.as_deref())?;
                annotations::import(&annotations_of(file)?, graph, article, *private)?
            }
            What::Article { file, title, id } => {
                let (text, format) = decode::text(&file.display().to_string(), &read(file)?)?;
                let source = Source { text: &text, format, title: title.as_deref(), id: id.as_deref() };
                article::import(graph, &source)?
            }
        };
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
}

/// Reads a file that the user names; it need not be in the dossier.
fn read(path: &Path) -> Result<Vec<u8>, Failure> {
    given::read(path, LARGEST_TEXT).map_err(|why| Failure(format!("cannot read `{}`: {why}", path.display())))
}

fn annotations_of(path: &Path) -> Result<String, Failure> {
    String::from_utf8(read(path)?).map_err(|_| {
        Failure(format!("`{}` is not UTF-8, so it is not a file of annotations", path.display()))
    })
}
