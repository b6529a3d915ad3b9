//! A theme of one's own: what is wrong with it, and the files that a new one begins with.

mod contrast;
mod fields;
mod words;

use std::collections::BTreeSet;
use std::io;
use std::sync::Arc;

use super::Refusal;
use crate::base::date::Day;
use crate::base::diagnostic::Diagnostic;
use crate::base::id::Lang;
use crate::base::path::InputPath;
use crate::config;
use crate::locale::Locale;
use crate::session::{Options, Snapshot};
use crate::theme::{BROKEN_THEME, Theme, folder, manifest};
use crate::world::edit::{Changes, Rewrite};
use crate::world::memory::MemoryWorld;
use crate::world::{Entry, World};

/// Everything that is wrong with the theme of a world: its `theme.toml`, its words in `languages`, what its
/// templates read, its colours, and what fails as the pages of sample dossiers are drawn with it.
pub(crate) fn examine(
    world: &Arc<dyn World>,
    languages: &[Lang],
    samples: impl IntoIterator<Item = Files>,
) -> Vec<Diagnostic> {
    let config = config::read(&**world, None).value;
    let theme = Theme::read(&**world, &config);
    let (mut found, theme) = (theme.diagnostics, theme.value);
    for lang in languages {
        found.extend(Locale::read(lang, &theme).diagnostics);
    }
    found.extend(theme.assets().diagnostics);
    found.extend(words::unknown(&theme));
    found.extend(fields::unknown(&theme));
    found.extend(contrast::weak(&theme));
    found.extend(drawn(world, &folder(&**world, &config), samples));
    let mut seen = BTreeSet::new();
    // Many pages fail at the same place.
    found.retain(|found| {
        let place = found.labels.first().map(|label| (label.path.clone(), label.span));
        let what =
            if place.is_some() && found.message.contains(CANNOT_DRAW) { CANNOT_DRAW } else { &found.message };
        seen.insert((place, what.to_owned()))
    });
    found.sort_by(|a, b| a.order().cmp(&b.order()));
    found
}

/// What a failure to draw a page begins with.
const CANNOT_DRAW: &str = "the theme cannot draw";

/// The files of a dossier, by path.
type Files = Vec<(InputPath, Vec<u8>)>;

/// What fails as every page of the samples, and of their books, is drawn.
fn drawn(world: &Arc<dyn World>, folder: &str, samples: impl IntoIterator<Item = Files>) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for sample in samples {
        let mut files = MemoryWorld::new().on(world.today());
        for (path, content) in sample {
            files = files.with(path.as_str(), content);
        }
        let sample = Sample { files, theme: world.clone(), folder: folder.to_owned() };
        let snapshot = Snapshot::take(Arc::new(sample), &Options::default());
        let builder = match snapshot.builder() {
            Ok(builder) => builder,
            // What cannot be read fails in the same way with every sample.
            Err(why) => return why.to_vec(),
        };
        let files = builder.files();
        let pages = files
            .iter()
            .filter(|(path, _)| [".html", ".epub"].iter().any(|end| path.as_str().ends_with(end)));
        found.extend(pages.filter_map(|(path, route)| builder.bytes(path, route).err()));
    }
    found.retain(|found| found.code == BROKEN_THEME.name);
    found
}

/// A dossier in memory, drawn with a theme from another world.
struct Sample {
    files: MemoryWorld,
    theme: Arc<dyn World>,
    folder: String,
}

impl Sample {
    fn is_of_theme(&self, path: &str) -> bool {
        path.strip_prefix(&self.folder).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    }
}

impl World for Sample {
    fn list(&self, folder: &str) -> io::Result<Vec<Entry>> {
        if self.is_of_theme(folder) { self.theme.list(folder) } else { self.files.list(folder) }
    }

    fn read(&self, path: &InputPath) -> io::Result<Arc<[u8]>> {
        if self.is_of_theme(path.as_str()) { self.theme.read(path) } else { self.files.read(path) }
    }

    fn theme(&self) -> Option<&str> {
        Some(&self.folder)
    }

    fn today(&self) -> Day {
        self.files.today()
    }
}

/// The files of a new theme: a `theme.toml`, a style sheet that changes some variables, and what to do next.
///
/// # Errors
/// If a folder cannot have that name.
pub(crate) fn scaffold(name: &str) -> Result<Changes, Refusal> {
    let is_plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    if name.is_empty() || name.starts_with('-') || !name.chars().all(is_plain) {
        let what = format!("`{name}` cannot be the name of a theme");
        return Err(Refusal(format!("{what}; use small letters, digits and hyphens, such as `court`")));
    }
    if name == "default" {
        return Err(Refusal(
            "`default` is the theme that comes with the program; choose another name".into(),
        ));
    }
    let mut version = env!("CARGO_PKG_VERSION").split('.');
    let made_for = [version.next().unwrap_or_default(), version.next().unwrap_or_default()].join(".");
    let files = [
        (manifest::FILE, include_str!("theme/new/theme.toml")),
        ("assets/theme.css", include_str!("theme/new/theme.css")),
        ("README.md", include_str!("theme/new/README.md")),
    ];
    let rewrites = files.map(|(path, text)| {
        let text = text.replace("NAME", name).replace("VERSION", &made_for);
        Rewrite::created(&format!("themes/{name}/{path}").into(), text)
    });
    Ok(Changes { rewrites: rewrites.into(), moves: Vec::new() })
}
