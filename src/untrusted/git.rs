//! Reads two states of the dossier from a Git repository that somebody else may have prepared.
//!
//! Only plumbing that reads objects is called (`rev-parse`, `merge-base`, `ls-tree`, `cat-file`): it knows no
//! hooks, filters, attributes or diff drivers. What else the repository's configuration could make Git run is
//! switched off.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::io::{self, BufRead as _, BufReader, Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::sync::{Arc, Mutex, PoisonError};

use super::entry::{Entry, Sort};

#[derive(Clone)]
pub(crate) struct Repository {
    folder: PathBuf,
    /// What gives contents, once one was asked for: a program started for each would take most of the time.
    contents: Arc<Mutex<Option<Contents>>>,
}

/// `git cat-file --batch`: it reads the hash of an object on a line, and writes `HASH blob SIZE`, the bytes, and a line
/// end.
struct Contents {
    git: Child,
    asked: ChildStdin,
    told: BufReader<ChildStdout>,
}

impl Contents {
    fn blob(&mut self, hash: &str) -> io::Result<Vec<u8>> {
        writeln!(self.asked, "{hash}")?;
        self.asked.flush()?;
        let mut about = String::new();
        self.told.read_line(&mut about)?;
        let size = about.trim_end().strip_prefix(hash).and_then(|rest| rest.strip_prefix(" blob "));
        let size = size.and_then(|size| size.parse().ok());
        let size: usize = size.ok_or_else(|| io::Error::other("Git lacks a file"))?;
        let mut bytes = vec![0; size + 1];
        self.told.read_exact(&mut bytes)?;
        bytes.truncate(size);
        Ok(bytes)
    }
}

impl Drop for Contents {
    fn drop(&mut self) {
        // It only reads: nothing is lost by its end.
        let _ = self.git.kill();
        let _ = self.git.wait();
    }
}

/// Settings that override the repository's own: nothing is run, and nothing fetched.
const SETTINGS: [&str; 6] = [
    "core.fsmonitor=false",
    "core.hooksPath=/dev/null",
    "core.pager=cat",
    "core.sshCommand=false",
    "credential.helper=",
    "protocol.allow=never",
];

impl Repository {
    /// The repository that holds the dossier at `root`, and the dossier's folder in it: with a slash at its end, or
    /// empty.
    ///
    /// # Errors
    /// If there is none.
    pub(crate) fn around(root: &Path) -> Result<(Repository, String), String> {
        let root = root.canonicalize().map_err(|why| format!("cannot open `{}`: {why}", root.display()))?;
        let Some(top) = root.ancestors().find(|folder| folder.join(".git").exists()) else {
            return Err(format!(
                "`{}` is not in a Git repository; name a folder that holds the dossier as it was, such as `../before`",
                root.display()
            ));
        };
        let below = root.strip_prefix(top).unwrap_or(&root);
        let folder = below.components().map(|part| part.as_os_str().to_string_lossy() + "/").collect();
        Ok((Repository { folder: top.to_owned(), contents: Arc::default() }, folder))
    }

    /// Where a change left its base. In a shallow copy that is not known; the base itself is then what there is to
    /// compare with.
    pub(crate) fn left_at(&self, base: &str, head: &str) -> String {
        self.git(&["merge-base", base, head]).map_or_else(|_| base.to_owned(), |text| line(&text))
    }

    /// The commit that a revision names.
    ///
    /// # Errors
    /// If Git is not there, or knows no such revision.
    pub(crate) fn commit(&self, revision: &str) -> Result<String, String> {
        if revision.is_empty() || revision.starts_with('-') {
            return Err(format!(
                "`{revision}` is not a revision; name a branch or a commit, such as `origin/main`"
            ));
        }
        let wanted = format!("{revision}^{{commit}}");
        let found = self.git(&["rev-parse", "--verify", "--quiet", "--end-of-options", &wanted]);
        found.map(|text| line(&text)).map_err(|why| {
            let why = if why.is_empty() { String::new() } else { format!(": {why}") };
            format!(
                "Git knows no revision `{revision}`{why}; fetch it first, as with `git fetch origin main`"
            )
        })
    }

    /// What is in a commit, by path.
    ///
    /// # Errors
    /// If Git lacks a part of it.
    pub(crate) fn entries(&self, commit: &str) -> Result<BTreeMap<String, Entry>, String> {
        let listed = self.git(&["ls-tree", "-r", "-l", "-z", "--full-tree", commit])?;
        let listed = String::from_utf8_lossy(&listed).into_owned();
        listed
            .split_terminator('\0')
            .map(|entry| of_line(entry).ok_or("Git lacks a part of the repository; fetch all of it".into()))
            .collect()
    }

    /// The contents of a file.
    ///
    /// # Errors
    /// If Git lacks it.
    pub(crate) fn blob(&self, hash: &str) -> Result<Vec<u8>, String> {
        let mut contents = self.contents.lock().unwrap_or_else(PoisonError::into_inner);
        let open = match contents.as_mut() {
            Some(open) => open,
            None => contents.insert(self.contents().map_err(|why| format!("cannot run `git`: {why}"))?),
        };
        let read = open.blob(hash);
        if read.is_err() {
            // What comes next would be the answer to something else.
            *contents = None;
        }
        read.map_err(|why| why.to_string())
    }

    fn contents(&self) -> io::Result<Contents> {
        let mut command = self.command();
        command.args(["cat-file", "--batch"]);
        let mut git = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn()?;
        let (Some(asked), Some(told)) = (git.stdin.take(), git.stdout.take()) else {
            return Err(io::Error::other("it has no pipes"));
        };
        Ok(Contents { git, asked, told: BufReader::new(told) })
    }

    fn git(&self, arguments: &[&str]) -> Result<Vec<u8>, String> {
        let ran = self.command().args(arguments).stdin(Stdio::null()).output();
        let ran = ran.map_err(|why| format!("cannot run `git`: {why}"))?;
        match ran.status.success() {
            true => Ok(ran.stdout),
            false => Err(String::from_utf8_lossy(&ran.stderr).lines().next().unwrap_or_default().to_owned()),
        }
    }

    /// The command, with nothing that the environment or the repository says of how to run it.
    fn command(&self) -> Command {
        let mut command = Command::new("git");
        // Variables, too, name programs and other repositories.
        let inherited: Vec<OsString> = std::env::vars_os().map(|(name, _)| name).collect();
        for name in inherited.iter().filter(|name| name.to_string_lossy().starts_with("GIT_")) {
            command.env_remove(name);
        }
        command
            .env("GIT_NO_LAZY_FETCH", "1")
            .env("GIT_NO_REPLACE_OBJECTS", "1")
            .env("GIT_TERMINAL_PROMPT", "0");
        command.arg("-C").arg(&self.folder).args(["--no-pager", "--no-optional-locks"]);
        for setting in SETTINGS {
            command.args(["-c", setting]);
        }
        command
    }
}

/// `100644 blob 0123… 42<TAB>content/a.md`
fn of_line(text: &str) -> Option<(String, Entry)> {
    let (about, path) = text.split_once('\t')?;
    let mut about = about.split_ascii_whitespace();
    let (mode, kind, hash, size) = (about.next()?, about.next()?, about.next()?, about.next()?);
    let sort = match (mode, kind) {
        ("100644", "blob") => Sort::File,
        ("100755", "blob") => Sort::Executable,
        ("120000", _) => Sort::Link,
        _ => Sort::Special,
    };
    // A submodule has no size here, and a file that a partial copy lacks has none either: that is an error.
    let size = if sort == Sort::Special { 0 } else { size.parse().ok()? };
    Some((path.to_owned(), Entry { sort, hash: hash.to_owned(), size }))
}

fn line(output: &[u8]) -> String {
    String::from_utf8_lossy(output).trim().to_owned()
}
