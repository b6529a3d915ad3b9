//! What the last build came to, kept beside `dossier.toml` so that a build of the same input has nothing to do.
//!
//! One file, `.dossier/cache`, which may be deleted at any time. It holds no page: only the key of all that went into the
//! build, the fingerprint of the manifest of what came out, and what was found. A file that is damaged, or of another
//! version, is as good as none. Beside it, in `.dossier/cards/`, lie pictures that take long to draw, each named by what it
//! was drawn from; and what [`crate::external`] heard of addresses, in `.dossier/links`.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::base::diagnostic::{Code, Diagnostic, Fix, Label, Severity};
use crate::base::hash::Fingerprint;
use crate::outputs::RenderCache;

/// The last chunk of every PNG (PNG specification, third edition, 11.2.4).
const PNG_END: &[u8] = b"IEND\xae\x42\x60\x82";

/// Changes with the format.
const VERSION: u32 = 2;

/// The file.
pub struct Cache(PathBuf);

impl RenderCache for Cache {
    #[expect(clippy::disallowed_methods, reason = "the cache is no input")]
    fn get(&self, made_from: Fingerprint) -> Option<Vec<u8>> {
        let bytes = fs::read(self.card_path(made_from)).ok()?;
        // A file that was cut off has no end.
        bytes.ends_with(PNG_END).then_some(bytes)
    }

    #[expect(clippy::disallowed_methods, reason = "the cache is the program's own")]
    fn put(&self, made_from: Fingerprint, bytes: &[u8]) {
        let path = self.card_path(made_from);
        let folder = path.parent().map_or(Ok(()), fs::create_dir_all);
        // Where the system refuses, it is made again.
        let _ = folder.and_then(|()| fs::write(path, bytes));
    }
}

/// What is kept of a build.
#[derive(Serialize, Deserialize)]
struct Kept {
    version: u32,
    key: String,
    manifest: String,
    found: Vec<KeptDiagnostic>,
}

#[derive(Serialize, Deserialize)]
struct KeptDiagnostic {
    code: String,
    severity: Severity,
    message: String,
    labels: Vec<Label>,
    help: Vec<String>,
    fix: Option<Fix>,
    choices: Vec<Fix>,
}

impl Cache {
    /// The cache of the dossier in `root`.
    pub fn of(root: &Path) -> Cache {
        Cache(root.join(".dossier").join("cache"))
    }

    fn card_path(&self, made_from: Fingerprint) -> PathBuf {
        self.0.with_file_name("cards").join(format!("{made_from}.png"))
    }

    /// Whether anything was kept.
    pub fn is_there(&self) -> bool {
        self.0.is_file()
    }

    /// Of the last build, if it had this key: the fingerprint of its manifest, and what was found. `codes` are all that
    /// can be reported.
    #[expect(clippy::disallowed_methods, reason = "the cache is no input")]
    pub fn read(&self, key: Fingerprint, codes: &[&'static Code]) -> Option<(Fingerprint, Vec<Diagnostic>)> {
        let kept: Kept = serde_json::from_slice(&fs::read(&self.0).ok()?).ok()?;
        if kept.version != VERSION || kept.key != key.to_string() {
            return None;
        }
        let found = kept.found.into_iter().map(|kept| {
            let code = codes.iter().find(|code| code.name == kept.code)?.name;
            let KeptDiagnostic { severity, message, labels, help, fix, choices, .. } = kept;
            Some(Diagnostic { code, severity, message, labels, help, fix, choices })
        });
        Some((Fingerprint::parse(&kept.manifest)?, found.collect::<Option<_>>()?))
    }

    /// Keeps a build.
    ///
    /// # Errors
    /// Where the system refuses; the next build then does all again.
    pub fn write(&self, key: Fingerprint, manifest: Fingerprint, found: &[Diagnostic]) -> io::Result<()> {
        let found = found.iter().map(|found| KeptDiagnostic {
            code: found.code.to_owned(),
            severity: found.severity,
            message: found.message.clone(),
            labels: found.labels.clone(),
            help: found.help.clone(),
            fix: found.fix.clone(),
            choices: found.choices.clone(),
        });
        let (key, manifest) = (key.to_string(), manifest.to_string());
        let kept = Kept { version: VERSION, key, manifest, found: found.collect() };
        let text = serde_json::to_vec(&kept).map_err(io::Error::other)?;
        replace(&self.0, &text)
    }

    /// What was [kept](Cache::keep) under a name.
    #[expect(clippy::disallowed_methods, reason = "the cache is no input")]
    pub fn kept(&self, name: &str) -> Option<Vec<u8>> {
        fs::read(self.0.with_file_name(name)).ok()
    }

    /// Keeps something else beside it, in a file of its own.
    ///
    /// # Errors
    /// Where the system refuses.
    pub fn keep(&self, name: &str, bytes: &[u8]) -> io::Result<()> {
        replace(&self.0.with_file_name(name), bytes)
    }
}

/// Puts a file in the place of another, whole.
#[expect(clippy::disallowed_methods, reason = "the cache is the program's own")]
fn replace(path: &Path, bytes: &[u8]) -> io::Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    let new = path.with_extension("new");
    fs::write(&new, bytes)?;
    fs::rename(&new, path)
}

/// The fingerprint of the running program: another one may make other pages of the same input. `None` where it cannot
/// be read.
pub fn program() -> Option<Fingerprint> {
    let program = fs::File::open(std::env::current_exe().ok()?).ok()?;
    Fingerprint::of_reader(io::BufReader::with_capacity(1 << 16, program)).ok()
}
