//! The result of the last build, kept beside `dossier.toml` so a build of unchanged input has nothing to do.
//!
//! One file, `.dossier/cache`, which users may delete at any time. It contains no pages: only the key of
//! everything that went into the build, the fingerprint of the resulting manifest, and the findings. Beside it
//! are `.dossier/cards/`, pictures that take long to draw, each named by the hash of its drawing, and
//! `.dossier/links`, the results of [`crate::external`].
//!
//! Each file ends with a seal: a hash of its name and content with the [key of the user](secret). A file
//! without the right one is damaged, of another version, or not made by this user's program, and is ignored.

use std::io;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::base::diagnostic::{Code, Diagnostic, Fix, Label, Severity};
use crate::base::hash::Fingerprint;
use crate::outputs::RenderCache;
use crate::world::dir::{Dir, Kind};
use crate::world::{LARGEST, secret};

/// Incremented when the format changes.
const VERSION: u32 = 2;

/// Contains the files.
const FOLDER: &str = ".dossier";

/// What is stored about a build.
const BUILD: &str = "cache";

/// The length of a seal: a BLAKE3 hash in hexadecimal digits.
const SEAL: usize = 64;

/// The files kept for the next run.
pub struct Cache {
    root: PathBuf,
    key: io::Result<[u8; 32]>,
}

impl RenderCache for Cache {
    fn get(&self, made_from: Fingerprint) -> Option<Vec<u8>> {
        self.kept(&card(made_from))
    }

    fn put(&self, made_from: Fingerprint, bytes: &[u8]) {
        // If the system refuses, the picture is drawn again next time.
        let _ = self.keep(&card(made_from), bytes);
    }
}

fn card(made_from: Fingerprint) -> String {
    format!("cards/{made_from}.png")
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
    #[serde(default)]
    subject: Option<String>,
    choices: Vec<Fix>,
}

impl Cache {
    /// The cache of the dossier in `root`.
    pub fn of(root: &Path) -> Cache {
        Cache { root: root.to_owned(), key: secret::key() }
    }

    /// Whether there is a stored build.
    pub fn is_there(&self) -> bool {
        matches!(Dir::open(&self.root).and_then(|root| root.folder(FOLDER)?.kind(BUILD)), Ok(Kind::File))
    }

    /// If the last build had this key: the fingerprint of its manifest, and its findings. `codes` are all
    /// that can be reported.
    pub fn read(&self, key: Fingerprint, codes: &[&'static Code]) -> Option<(Fingerprint, Vec<Diagnostic>)> {
        let kept: Kept = serde_json::from_slice(&self.kept(BUILD)?).ok()?;
        if kept.version != VERSION || kept.key != key.to_string() {
            return None;
        }
        let found = kept.found.into_iter().map(|kept| {
            let code = codes.iter().find(|code| code.name == kept.code)?.name;
            let KeptDiagnostic { severity, message, labels, help, fix, subject, choices, .. } = kept;
            Some(Diagnostic { code, severity, message, labels, help, fix, subject, choices })
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
            subject: found.subject.clone(),
            choices: found.choices.clone(),
        });
        let (key, manifest) = (key.to_string(), manifest.to_string());
        let kept = Kept { version: VERSION, key, manifest, found: found.collect() };
        let text = serde_json::to_vec(&kept).map_err(io::Error::other)?;
        self.keep(BUILD, &text)
    }

    /// The bytes that were [kept](Cache::keep) under a name, if they are still the same.
    pub fn kept(&self, name: &str) -> Option<Vec<u8>> {
        let key = self.key.as_ref().ok()?;
        let mut bytes = Dir::open(&self.root).ok()?.folder(FOLDER).ok()?.read(name, LARGEST).ok()?;
        let (content, seal) = bytes.split_at_checked(bytes.len().checked_sub(SEAL)?)?;
        if blake3::Hash::from_hex(seal).ok()? != sealed(key, name, content) {
            return None;
        }
        bytes.truncate(content.len());
        Some(bytes)
    }

    /// Stores bytes under a name: that of a file in `.dossier/`.
    ///
    /// # Errors
    /// If the system refuses.
    pub fn keep(&self, name: &str, bytes: &[u8]) -> io::Result<()> {
        let key = self.key.as_ref().map_err(|why| io::Error::new(why.kind(), why.to_string()))?;
        let mut sealed_bytes = bytes.to_vec();
        sealed_bytes.extend_from_slice(sealed(key, name, bytes).to_hex().as_bytes());
        let folder = name.rsplit_once('/').map_or("", |(folder, _)| folder);
        let own = Dir::open(&self.root)?.make_folder(FOLDER)?;
        own.make_folder(folder)?;
        own.replace(name, &sealed_bytes, false)
    }
}

/// The seal of a file.
fn sealed(key: &[u8; 32], name: &str, content: &[u8]) -> blake3::Hash {
    let mut hasher = blake3::Hasher::new_keyed(key);
    hasher.update(&(name.len() as u64).to_le_bytes());
    hasher.update(name.as_bytes());
    hasher.update(content);
    hasher.finalize()
}

/// The fingerprint of the running program, because another version may make other pages from the same input.
/// `None` if it cannot be read.
#[expect(clippy::disallowed_methods, reason = "it reads the running program")]
pub(crate) fn program() -> Option<Fingerprint> {
    let program = std::fs::File::open(std::env::current_exe().ok()?).ok()?;
    Fingerprint::of_reader(io::BufReader::with_capacity(1 << 16, program)).ok()
}
