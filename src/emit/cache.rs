//! The result of the last build, kept beside `dossier.toml` so a build of unchanged input has nothing to do.
//!
//! One file, `.dossier/cache`, which users may delete at any time. It contains no pages: only the key of
//! everything that went into the build, the fingerprint of the resulting manifest, and the findings. A
//! damaged file or one of another version is ignored. Beside it are `.dossier/cards/`, pictures that take
//! long to draw, each named by the hash of its drawing, and `.dossier/links`, the results of
//! [`crate::external`].

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::base::diagnostic::{Code, Diagnostic, Fix, Label, Severity};
use crate::base::hash::Fingerprint;
use crate::outputs::RenderCache;

/// The last chunk of every PNG (PNG specification, third edition, 11.2.4).
const PNG_END: &[u8] = b"IEND\xae\x42\x60\x82";

/// Incremented when the format changes.
const VERSION: u32 = 2;

/// The file.
pub struct Cache(PathBuf);

impl RenderCache for Cache {
    #[expect(clippy::disallowed_methods, reason = "the cache is no input")]
    fn get(&self, made_from: Fingerprint) -> Option<Vec<u8>> {
        let bytes = fs::read(self.card_path(made_from)).ok()?;
        // A truncated file lacks the end chunk.
        bytes.ends_with(PNG_END).then_some(bytes)
    }

    #[expect(clippy::disallowed_methods, reason = "the cache is the program's own")]
    fn put(&self, made_from: Fingerprint, bytes: &[u8]) {
        let path = self.card_path(made_from);
        let folder = path.parent().map_or(Ok(()), fs::create_dir_all);
        // If the system refuses, the picture is drawn again next time.
        let _ = folder.and_then(|()| fs::write(path, bytes));
    }
}

/// What is stored about a build.
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

    /// Whether there is a stored build.
    pub fn is_there(&self) -> bool {
        self.0.is_file()
    }

    /// If the last build had this key: the fingerprint of its manifest, and its findings. `codes` are all
    /// that can be reported.
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

    /// Stores a build.
    ///
    /// # Errors
    /// If the system refuses; the next build is then not incremental.
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

    /// The bytes that were [kept](Cache::keep) under a name.
    #[expect(clippy::disallowed_methods, reason = "the cache is no input")]
    pub fn kept(&self, name: &str) -> Option<Vec<u8>> {
        fs::read(self.0.with_file_name(name)).ok()
    }

    /// Stores bytes in a separate file beside the cache.
    ///
    /// # Errors
    /// If the system refuses.
    pub fn keep(&self, name: &str, bytes: &[u8]) -> io::Result<()> {
        replace(&self.0.with_file_name(name), bytes)
    }
}

/// Replaces a file atomically.
#[expect(clippy::disallowed_methods, reason = "the cache is the program's own")]
fn replace(path: &Path, bytes: &[u8]) -> io::Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    let new = path.with_extension("new");
    fs::write(&new, bytes)?;
    fs::rename(&new, path)
}

/// The fingerprint of the running program, because another version may make other pages from the same input.
/// `None` if it cannot be read.
pub(crate) fn program() -> Option<Fingerprint> {
    let program = fs::File::open(std::env::current_exe().ok()?).ok()?;
    Fingerprint::of_reader(io::BufReader::with_capacity(1 << 16, program)).ok()
}
