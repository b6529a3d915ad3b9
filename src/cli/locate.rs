//! Finds the dossier, and relates its paths to the current folder.

use std::io;
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

use super::Failure;
use crate::base::path::InputPath;
use crate::config::FILE;
use crate::ide::change::Said;
use crate::world::disk::DiskWorld;
use crate::world::edit::Changes;
use crate::world::history::History;

/// A dossier on the disk.
pub(crate) struct Place {
    /// Its folder.
    pub root: PathBuf,
    /// Its files.
    pub world: Arc<DiskWorld>,
    /// Where the program was started.
    here: PathBuf,
}

/// Opens the dossier in `given`, or in the nearest folder upwards that contains `dossier.toml`.
pub(crate) fn place(given: Option<&Path>) -> Result<Place, Failure> {
    let here =
        std::env::current_dir().map_err(|why| Failure(format!("there is no current folder: {why}")))?;
    let is_dossier = |folder: &Path| folder.join(FILE).is_file();
    let root = match given {
        Some(folder) if is_dossier(folder) => folder.to_owned(),
        Some(folder) => {
            let what = format!("there is no `{FILE}` in `{}`", folder.display());
            return Err(Failure(format!("{what}; create a dossier with `dossier init DIR`")));
        }
        None => match here.ancestors().find(|folder| is_dossier(folder)) {
            Some(folder) => folder.to_owned(),
            None => {
                let help =
                    "name the dossier's folder with `--root`, or create a dossier with `dossier init DIR`";
                return Err(Failure(format!("there is no `{FILE}` here or in a folder above; {help}")));
            }
        },
    };
    let world =
        DiskWorld::open(&root).map_err(|why| Failure(format!("cannot open `{}`: {why}", root.display())))?;
    Ok(Place { root, world: Arc::new(world), here })
}

impl Place {
    /// Carries out changes of the author's files; the preview can undo them.
    ///
    /// # Errors
    /// If a file changed in the meantime, a name is taken, or the disk refuses. Then no file is changed.
    pub(crate) fn carry_out(&self, changes: &Changes, said: &Said) -> io::Result<()> {
        let said = serde_json::to_value(said).map_err(io::Error::other)?;
        History::of(&self.root).carry_out(changes, said)
    }

    /// The path from the current folder to the dossier, if it is below: `dossiers/voyage/`.
    pub(crate) fn prefix(&self) -> String {
        self.below(&self.here).unwrap_or_default()
    }

    /// The same from the top of the repository, if GitHub's environment names it.
    pub(crate) fn prefix_in_repository(&self) -> String {
        let top = std::env::var_os("GITHUB_WORKSPACE").map(PathBuf::from);
        top.and_then(|top| self.below(&top)).unwrap_or_else(|| self.prefix())
    }

    fn below(&self, top: &Path) -> Option<String> {
        let root = self.root.canonicalize().ok()?;
        let rest = root.strip_prefix(top.canonicalize().ok()?).ok()?;
        let parts = rest.components().map(|part| part.as_os_str().to_str());
        Some(parts.collect::<Option<Vec<&str>>>()?.iter().map(|part| format!("{part}/")).collect())
    }

    /// The input that the user names by a path from the current folder or from the dossier.
    pub(crate) fn input(&self, named: &Path) -> Option<InputPath> {
        let of_root = |path: PathBuf| {
            let root = self.root.canonicalize().ok()?;
            let rest = path.canonicalize().ok()?.strip_prefix(root).ok()?.to_owned();
            let parts = rest.components().map(|part| match part {
                Component::Normal(part) => part.to_str(),
                _ => None,
            });
            Some(parts.collect::<Option<Vec<&str>>>()?.join("/").into())
        };
        of_root(self.here.join(named)).or_else(|| of_root(self.root.join(named)))
    }
}
