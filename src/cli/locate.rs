//! Finds the dossier, and relates its paths to the current folder.

use std::io;
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

use super::Failure;
use crate::base::path::InputPath;
use crate::config::{FILE, dossier_around};
use crate::ide::change::Said;
use crate::load::table;
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

/// The dossier that is [opened](place), drawn with the theme in the folder `theme`, if one is named.
pub(crate) fn themed(given: Option<&Path>, theme: Option<&Path>) -> Result<Place, Failure> {
    let place = place(given)?;
    let Some(folder) = theme else { return Ok(place) };
    Ok(Place { world: Arc::new(with_theme((*place.world).clone(), folder)?), ..place })
}

/// The current folder as if it were a dossier, with the theme in `theme`.
pub(crate) fn only_theme(theme: &Path) -> Result<Place, Failure> {
    let here = std::env::current_dir();
    let here = here.map_err(|why| Failure(format!("there is no current folder: {why}")))?;
    let world =
        DiskWorld::open(&here).map_err(|why| Failure(format!("cannot open the current folder: {why}")))?;
    Ok(Place { root: here.clone(), world: Arc::new(with_theme(world, theme)?), here })
}

fn with_theme(world: DiskWorld, folder: &Path) -> Result<DiskWorld, Failure> {
    let named = world.with_theme(folder);
    named.map_err(|why| Failure(format!("cannot open the theme in `{}`: {why}", folder.display())))
}

/// Opens the dossier in `given`, or in the nearest folder upwards that contains `dossier.toml`.
pub(crate) fn place(given: Option<&Path>) -> Result<Place, Failure> {
    let here =
        std::env::current_dir().map_err(|why| Failure(format!("there is no current folder: {why}")))?;
    let root = match given {
        Some(folder) if folder.join(FILE).is_file() => folder.to_owned(),
        Some(folder) => {
            let what = format!("there is no `{FILE}` in `{}`", folder.display());
            return Err(Failure(format!("{what}; create a dossier with `dossier init DIR`")));
        }
        None => match dossier_around(&here) {
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
        History::of(&self.root).carry_out(&table::lowered(&*self.world, changes)?, said)
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
