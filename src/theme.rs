//! The theme's files: the embedded default ones, overridden by the site's own.

#[cfg(feature = "cards")]
mod icons;
#[cfg(not(feature = "cards"))]
#[path = "theme/icons/absent.rs"]
mod icons;
pub(crate) mod manifest;

use std::borrow::Cow;
use std::collections::BTreeMap;

use include_dir::{Dir, include_dir};

use crate::base::diagnostic::{Code, Reported, Severity};
use crate::base::hash::Fingerprint;
use crate::base::id::Lang;
use crate::base::language;
use crate::base::path::{InputPath, SitePath};
use crate::base::span::Span;
use crate::config::Config;
use crate::metadata;
use crate::world::{Access, World};

static DEFAULT: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/themes/default");

/// The folder of the string tables.
const STRINGS: &str = "strings";

/// The languages that the default theme has words for.
pub(crate) fn languages() -> Vec<Lang> {
    let files = DEFAULT.get_dir(STRINGS).into_iter().flat_map(Dir::files);
    files.filter_map(|file| table_language(file.path().file_name()?.to_str()?)).collect()
}

/// A theme that cannot be used.
pub(crate) static BROKEN_THEME: Code = Code {
    name: "broken-theme",
    level: Severity::Error,
    docs: "\
A theme that cannot be used: its folder is not in `themes/`, its `theme.toml` says that it is made for
another version of this program, a template does not parse or refers to something that does not exist, a
string table is not TOML, or the icon is not an SVG.

Pages made from an incomplete theme would be broken, so nothing is written. A theme that only lacks
words in a language of the site is a warning: readers see the English ones in their place.

How to fix: correct the place that the report names. `dossier theme words LANG` writes the words to
fill in, or prints those that are missing. `themes/NAME/` needs to contain only the files
that differ from the default theme; see \"Making a theme\" in the guide.",
};

/// A theme with all its files.
#[derive(Debug)]
pub struct Theme {
    /// By their path within the theme: `templates/base.html`.
    files: BTreeMap<String, ThemeFile>,
}

#[derive(Debug)]
pub(crate) struct ThemeFile {
    /// What it holds.
    pub bytes: Cow<'static, [u8]>,
    /// The site's own file; `None` for one of the default theme's.
    pub path: Option<InputPath>,
}

impl Theme {
    /// Reads the theme that the settings name.
    pub fn read(world: &dyn World, config: &Config) -> Reported<Theme> {
        let mut files = BTreeMap::new();
        add_embedded(&DEFAULT, &mut files);
        let mut diagnostics = Vec::new();
        let folder = folder(world, config);
        if let Some(named) = config.theme.as_ref().filter(|theme| is_elsewhere(&theme.value))
            && world.theme().is_none()
        {
            let message = format!("`{}` is not in `themes/`", named.value);
            let help = "a theme's files are published, so a dossier cannot name a folder elsewhere; name it yourself: `dossier build --theme DIR`, and the same with `serve`, `check` and `publish`";
            let label = "only the name of a folder in `themes/`";
            let found = BROKEN_THEME.found(message).at(&crate::config::FILE.into(), named.span, label);
            diagnostics.push(found.help(help));
            return Reported { value: Theme { files }, diagnostics };
        }
        let own = world.list(&folder).unwrap_or_else(|error| {
            diagnostics.push(BROKEN_THEME.found(format!("cannot list `{folder}/`: {error}")));
            Vec::new()
        });
        let mut found = false;
        for entry in own {
            if let Access::Link(why) | Access::Unreadable(why) = &entry.access {
                diagnostics.push(BROKEN_THEME.found(format!("cannot read `{}`: {why}", entry.path)));
            }
            if entry.access != Access::Inside {
                continue;
            }
            let Some(inner) =
                entry.path.as_str().strip_prefix(&folder).and_then(|rest| rest.strip_prefix('/'))
            else {
                continue;
            };
            found = true;
            if let Some(table) = inner.strip_prefix(STRINGS).and_then(|rest| rest.strip_prefix('/'))
                && table_language(table).as_ref().is_none_or(|lang| language::fault(lang).is_some())
            {
                let message = format!("`{}` is named after no language, so nothing reads it", entry.path);
                let help = "name it after the code of its language, such as `ja.toml` or `pt-PT.toml`";
                diagnostics.push(BROKEN_THEME.found(message).at(&entry.path, Span::empty(0), "").help(help));
            }
            match world.read(&entry.path) {
                Ok(bytes) => {
                    if inner == manifest::FILE {
                        manifest::check(&bytes, &entry.path, &mut diagnostics);
                    }
                    let bytes = Cow::Owned(bytes.to_vec());
                    files.insert(inner.to_owned(), ThemeFile { bytes, path: Some(entry.path.clone()) });
                }
                Err(error) => {
                    diagnostics.push(BROKEN_THEME.found(format!("cannot read `{}`: {error}", entry.path)))
                }
            }
        }
        if let (false, Some(_)) = (found, world.theme()) {
            let help = "it has `templates/`, `strings/`, `assets/` or `theme.toml`";
            diagnostics.push(BROKEN_THEME.found(format!("`{folder}` holds no theme")).help(help));
        } else if let (false, false, Some(theme)) =
            (found, config.has_slip, config.theme.as_ref().filter(|theme| theme.value != "default"))
        {
            let message = format!("there is no theme `{}`", theme.value);
            let label = format!("no folder `{folder}/`");
            diagnostics.push(
                BROKEN_THEME
                    .found(message)
                    .at(&crate::config::FILE.into(), theme.span, label)
                    .help("create the folder, or leave `theme` out to use the default one"),
            );
        }
        Reported { value: Theme { files }, diagnostics }
    }

    /// The fingerprint of all its files.
    pub(crate) fn fingerprint(&self) -> Fingerprint {
        Fingerprint::of_all(self.files.iter().flat_map(|(path, file)| [path.as_bytes(), &*file.bytes]))
    }

    /// The site's own texts below `folder`, by their path below it.
    pub(crate) fn own_texts<'a>(
        &'a self,
        folder: &'a str,
    ) -> impl Iterator<Item = (&'a str, &'a str, &'a InputPath)> {
        self.below(folder).filter_map(|(name, file)| {
            Some((name, std::str::from_utf8(&file.bytes).ok()?, file.path.as_ref()?))
        })
    }

    /// The text of the files that are the site's own.
    pub(crate) fn own_text(&self) -> String {
        let own = self.files.values().filter(|file| file.path.is_some());
        own.filter_map(|file| std::str::from_utf8(&file.bytes).ok()).collect::<Vec<&str>>().join("\n")
    }

    /// The files below `folder`, by their path below it.
    pub(crate) fn below<'a>(&'a self, folder: &'a str) -> impl Iterator<Item = (&'a str, &'a ThemeFile)> {
        self.files
            .iter()
            .filter_map(move |(path, file)| Some((path.strip_prefix(folder)?.strip_prefix('/')?, file)))
    }

    /// The string tables whose words serve `lang`, each with its text and origin: first the most general ones
    /// (`pt.toml` before `pt-BR.toml`), and of the same language the default theme's before the site's own.
    pub(crate) fn string_tables(&self, lang: &Lang) -> Vec<(&str, Option<&InputPath>)> {
        let embedded = DEFAULT.get_dir(STRINGS).into_iter().flat_map(Dir::files);
        let embedded = embedded.filter_map(|file| {
            let name = file.path().file_name()?.to_str()?;
            Some((name, file.contents_utf8()?, None))
        });
        let own = self.below(STRINGS).filter(|(_, file)| file.path.is_some());
        let own = own.filter_map(|(name, file)| {
            Some((name, std::str::from_utf8(&file.bytes).ok()?, file.path.as_ref()))
        });
        let mut tables: Vec<_> = embedded
            .chain(own)
            .filter(|(name, ..)| table_language(name).is_some_and(|own| own.serves(lang)))
            .collect();
        tables.sort_by_key(|(name, _, path)| (name.matches('-').count(), path.is_some()));
        tables.into_iter().map(|(_, text, path)| (text, path)).collect()
    }

    /// The assets as published. A name contains the fingerprint of its content, so browsers may cache it for
    /// ever. The icon is included as bitmaps too, unless the site has its own.
    pub fn assets(&self) -> Reported<Assets> {
        let (mut assets, mut diagnostics) = (Assets::default(), Vec::new());
        let (sheets, others): (Vec<_>, Vec<_>) =
            self.below("assets").partition(|(name, _)| name.ends_with(".css"));
        for (name, file) in others {
            // What a site's own theme brings may be a photograph, too.
            let clean = file.path.as_ref().map(|_| metadata::examine(&file.bytes).bytes);
            match clean {
                Some(Cow::Owned(clean)) => assets.add(name, clean.into(), true),
                _ => assets.add(name, file.bytes.clone(), file.path.is_some()),
            }
        }
        for (name, file) in sheets {
            let bytes = match std::str::from_utf8(&file.bytes) {
                Ok(sheet) => Cow::Owned(assets.rewrite(sheet).into_bytes()),
                Err(_) => file.bytes.clone(),
            };
            assets.add(name, bytes, file.path.is_some());
        }
        if let Some(icon) = self.files.get(&format!("assets/{}", icons::SOURCE)) {
            match icons::drawn(&icon.bytes) {
                Ok(drawn) => {
                    for (name, bytes) in drawn {
                        if !assets.list.contains_key(name) {
                            assets.add(name, bytes.into(), icon.path.is_some());
                        }
                    }
                }
                Err(why) => {
                    let name = icon.path.as_ref().map_or(icons::SOURCE, InputPath::as_str);
                    diagnostics.push(BROKEN_THEME.found(format!("cannot draw `{name}`: {why}")));
                }
            }
        }
        Reported { value: assets, diagnostics }
    }
}

/// The folder of the theme's own files: the one that the user has named, or the one that the settings name.
pub(crate) fn folder(world: &dyn World, config: &Config) -> String {
    let name = config.theme.as_ref().map_or("default", |theme| theme.value.as_str());
    world.theme().map_or_else(|| format!("themes/{name}"), str::to_owned)
}

/// Whether what the settings name leads out of `themes/`.
fn is_elsewhere(name: &str) -> bool {
    std::path::Path::new(name).is_absolute()
        || name.starts_with('/')
        || name.split(['/', '\\']).any(|part| part == "..")
}

/// The language of a string table, from its name: `pt-BR.toml`.
fn table_language(name: &str) -> Option<Lang> {
    Lang::parse(name.strip_suffix(".toml")?)
}

fn add_embedded(folder: &'static Dir<'static>, files: &mut BTreeMap<String, ThemeFile>) {
    for file in folder.files() {
        let path = file.path().to_string_lossy().replace('\\', "/");
        files.insert(path, ThemeFile { bytes: Cow::Borrowed(file.contents()), path: None });
    }
    for inner in folder.dirs() {
        add_embedded(inner, files);
    }
}

/// A theme's assets, by name.
#[derive(Debug, Default)]
pub struct Assets {
    list: BTreeMap<String, Asset>,
}

#[derive(Debug)]
struct Asset {
    /// Where it is published.
    path: SitePath,
    bytes: Cow<'static, [u8]>,
    /// Whether it is from the site's own theme, or made from a file of that.
    is_authors: bool,
}

impl Assets {
    fn add(&mut self, name: &str, bytes: Cow<'static, [u8]>, is_authors: bool) {
        let hash = Fingerprint::of(&bytes).short(8);
        let published = match name.rsplit_once('.') {
            Some((stem, extension)) => format!("assets/{stem}.{hash}.{extension}"),
            None => format!("assets/{name}.{hash}"),
        };
        self.list.insert(name.to_owned(), Asset { path: published.into(), bytes, is_authors });
    }

    /// Replaces file names in a style sheet by the published ones.
    fn rewrite(&self, sheet: &str) -> String {
        let mut result = sheet.to_owned();
        for (name, Asset { path, .. }) in &self.list {
            for quote in ["\"", "'", ""] {
                let (old, new) =
                    (format!("url({quote}{name}{quote})"), format!("url({quote}{}{quote})", path.name()));
                result = result.replace(&old, &new);
            }
        }
        result
    }

    /// Names and published paths.
    pub(crate) fn paths(&self) -> impl Iterator<Item = (&str, &SitePath)> {
        self.list.iter().map(|(name, asset)| (name.as_str(), &asset.path))
    }

    /// The content of the asset with that name.
    pub(crate) fn named(&self, name: &str) -> Option<&[u8]> {
        self.list.get(name).map(|asset| &*asset.bytes)
    }

    /// Published paths and contents.
    pub(crate) fn contents(&self) -> impl Iterator<Item = (&SitePath, &[u8])> {
        self.list.values().map(|asset| (&asset.path, &*asset.bytes))
    }

    /// Whether the asset with that number is from the site's own theme, not from the program.
    pub(crate) fn is_authors(&self, number: usize) -> bool {
        self.list.values().nth(number).is_some_and(|asset| asset.is_authors)
    }

    /// The same for the asset with that name.
    pub(crate) fn is_named_by_author(&self, name: &str) -> bool {
        self.list.get(name).is_some_and(|asset| asset.is_authors)
    }
}
