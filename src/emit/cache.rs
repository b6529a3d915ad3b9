//! The result of the last build, kept beside `dossier.toml` so a build of unchanged input has nothing to do.
//!
//! One file, `.dossier/cache`, which users may delete at any time. It contains no pages: only the key of
//! everything that went into the build, the fingerprint of the resulting manifest, and the findings. Beside it
//! are `.dossier/cards/`, pictures that take long to draw, each named by the hash of its drawing, and
//! `.dossier/links`, the results of [`crate::external`].
//!
//! [`Store`] believes only what this user's program wrote.

use std::io;
use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::base::diagnostic::{Code, Diagnostic, Fix, Label, Severity};
use crate::base::hash::Fingerprint;
use crate::outputs::RenderCache;
use crate::world::kept::Kept as Store;

/// Incremented when the format changes.
const VERSION: u32 = 2;

/// What is stored about a build.
const BUILD: &str = "cache";

/// The files kept for the next run.
pub struct Cache {
    store: Store,
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
        Cache { store: Store::of(root) }
    }

    /// Whether there is a stored build.
    pub fn is_there(&self) -> bool {
        self.store.is_there(BUILD)
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
        self.store.get(name)
    }

    /// Stores bytes under a name: that of a file in `.dossier/`.
    ///
    /// # Errors
    /// If the system refuses.
    pub fn keep(&self, name: &str, bytes: &[u8]) -> io::Result<()> {
        self.store.put(name, bytes, false)
    }
}

/// The fingerprint of the running program, because another version may make other pages from the same input.
/// `None` if it cannot be read.
#[expect(clippy::disallowed_methods, reason = "it reads the running program")]
pub(crate) fn program() -> Option<Fingerprint> {
    let program = std::fs::File::open(std::env::current_exe().ok()?).ok()?;
    Fingerprint::of_reader(io::BufReader::with_capacity(1 << 16, program)).ok()
}
