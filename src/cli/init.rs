//! `dossier init`: creates a small working dossier that teaches. Its files are in `init/` beside this file.

use std::io::ErrorKind;
use std::path::PathBuf;

use clap::Args;
use include_dir::{Dir, DirEntry, include_dir};

use super::console::Console;
use super::{Exit, Failure};
use crate::base::path::InputPath;
use crate::world::edit::SourceWriter;

static TEMPLATE: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/src/cli/init");

/// Create a small working dossier to learn from
#[derive(Debug, Args)]
pub(crate) struct Init {
    /// A new or empty folder
    #[arg(value_name = "DIR")]
    folder: PathBuf,
}

impl Init {
    /// Writes the files and says what to do next.
    pub(crate) fn run(self, console: &mut Console) -> Result<Exit, Failure> {
        let folder = self.folder.display();
        let writer = SourceWriter::at(&self.folder);
        let failure = |why: std::io::Error| Failure(format!("cannot create a dossier in `{folder}`: {why}"));
        if !writer.is_bare().map_err(failure)? {
            return Err(Failure(format!("`{folder}` is not empty; name a new folder")));
        }
        let mut files = Vec::new();
        collect(TEMPLATE.entries(), &mut files);
        for (path, content) in &files {
            match writer.create(path, content) {
                // A new repository may have one.
                Err(why) if why.kind() == ErrorKind::AlreadyExists && path.as_str() == ".gitignore" => {
                    writer.add_lines(path, content).map_err(failure)?;
                }
                created => created.map_err(failure)?,
            }
        }
        console.say(format_args!("created a dossier of {} files in `{folder}`; next:", files.len()))?;
        let cd = if folder.to_string().contains(' ') { format!("\"{folder}\"") } else { folder.to_string() };
        console.say(format_args!("  cd {cd}"))?;
        console.say("  dossier check                     report what is wrong with it: nothing yet")?;
        console.say("  dossier serve --open              preview it; the page updates as you save files")?;
        console.say("  dossier new claim \"Who said so\"   add a file of your own")?;
        console.say("Start with `content/article.md`: the comments in the files explain each key.")?;
        Ok(Exit::Clean)
    }
}

fn collect(entries: &'static [DirEntry<'static>], files: &mut Vec<(InputPath, &'static [u8])>) {
    for entry in entries {
        match entry {
            DirEntry::Dir(folder) => collect(folder.entries(), files),
            DirEntry::File(file) => {
                let path = file.path().to_string_lossy().replace('\\', "/");
                files.push((path.into(), file.contents()));
            }
        }
    }
}
