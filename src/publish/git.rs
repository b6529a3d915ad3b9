//! Publishes the site as a branch of a Git repository, one commit per edition.
//!
//! The `git` program works in a bare repository of our own, so the author's checkout, index and branches are
//! not touched. It is made for each run, outside of the dossier: the author of a dossier could otherwise
//! supply a repository whose hooks and settings name commands. The settings of the user apply: credential
//! helpers, identities, proxies.

mod command;

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::Path;
use std::process::Command;

use tempfile::TempDir;

use self::command::{address, output, run};
use super::PublishError;
use super::edition::{Difference, Edition};
use super::plan::Plan;
use super::run::Bytes;
use super::store::{LARGEST_READ, OWN};
use crate::base::hash::Fingerprint;
use crate::base::path::{Names, SitePath};
use crate::config::address::Repository;
use crate::world::LARGEST;

/// The name of the record in that repository.
const RECORD: &str = "edition";

/// The files that hosts expect at the top of a branch, whatever the folder of the site: no Jekyll (GitHub),
/// and the domain.
const NO_JEKYLL: &str = ".nojekyll";
const CNAME: &str = "CNAME";

/// How `git` runs the other side of a transfer in a repository on this machine. That repository may be part of
/// the dossier; so of its settings, those that name commands are without effect, as are its hooks. Its checkout
/// stays as it is, because filters would run.
const LOCAL_SIDE: &str = "git -c core.hooksPath=/dev/null -c core.alternateRefsCommand=true -c core.fsmonitor=false \
    -c gc.auto=0 -c receive.autogc=false -c receive.denyCurrentBranch=refuse";

/// How `git ls-tree` begins the mode of a regular file.
const FILE_MODE: &str = "100";

/// The number of files whose content is read together: their names fit into a pipe, which is not read until all are
/// written.
const AT_A_TIME: usize = 64;

/// A branch that contains a site.
pub(crate) struct Branch {
    /// The bare repository, deleted at the end.
    repository: TempDir,
    url: String,
    /// Where `url` leads.
    side: Repository,
    branch: String,
    /// The folder of the site within the branch, with a slash at its end; empty for the top.
    prefix: String,
    /// The commit at the tip of the branch.
    tip: Option<String>,
    /// The edition in the branch.
    pub standing: Edition,
}

impl Branch {
    /// Fetches the branch's last two commits. `root` is the dossier's folder, `remote` an address or the name
    /// of a remote there.
    ///
    /// # Errors
    /// If `git` is not installed, or fails.
    pub(crate) fn open(
        root: &Path,
        remote: &str,
        branch: &str,
        prefix: &str,
    ) -> Result<Branch, PublishError> {
        let (url, side) = address(root, remote)?;
        let failed = |why| PublishError::Target(format!("cannot make a folder for `git`: {why}"));
        let repository = TempDir::with_prefix("dossier-").map_err(failed)?;
        let mut init = Command::new("git");
        // A template's hooks would be the user's, and for repositories that they work in.
        run(init.args(["init", "--quiet", "--bare", "--template=", "--"]).arg(repository.path()), &[])?;
        let prefix = match prefix.trim_matches('/') {
            "" => String::new(),
            folder => format!("{folder}/"),
        };
        let mut opened = Branch {
            repository,
            url,
            side,
            branch: branch.to_owned(),
            prefix,
            tip: None,
            standing: Edition::default(),
        };
        let head = format!("refs/heads/{branch}");
        if opened.transfer("ls-remote", &[], &head)?.is_empty() {
            return Ok(opened);
        }
        let into = format!("+{head}:refs/publish/tip");
        opened.transfer("fetch", &["--quiet", "--no-tags", "--depth=2"], &into)?;
        let tip = opened.git(&["rev-parse", "refs/publish/tip"])?.trim().to_owned();
        opened.standing = match opened.record_in(&tip)? {
            Record::Edition(edition) => edition,
            Record::None => Edition::default(),
            Record::Damaged => {
                let place = format!("`{}` in the branch `{branch}`", opened.record());
                return Err(PublishError::damaged(&place));
            }
        };
        opened.tip = Some(tip);
        Ok(opened)
    }

    /// The files that the host expects, with their contents; without those that somebody else put there with
    /// the same content, because a branch may contain several sites.
    ///
    /// # Errors
    /// If `git` fails.
    pub(crate) fn extras(&self, cname: Option<&str>) -> Result<Vec<(SitePath, Vec<u8>)>, PublishError> {
        let cname = cname.map(|domain| (CNAME, format!("{domain}\n").into_bytes()));
        let mut extras = Vec::new();
        for (name, bytes) in [(NO_JEKYLL, Vec::new())].into_iter().chain(cname) {
            let path = SitePath::from(name);
            let is_foreign = !self.standing.files.contains_key(&path);
            if !(is_foreign && self.holds(&path, &bytes)?) {
                extras.push((path, bytes));
            }
        }
        Ok(extras)
    }

    /// Whether the branch contains a file with exactly these bytes.
    fn holds(&self, path: &SitePath, bytes: &[u8]) -> Result<bool, PublishError> {
        let Some(tip) = &self.tip else { return Ok(false) };
        let place = self.place(path);
        if self.git(&["ls-tree", "--name-only", tip, "--", &place])?.is_empty() {
            return Ok(false);
        }
        Ok(self.git(&["cat-file", "blob", &format!("{tip}:{place}")])?.as_bytes() == bytes)
    }

    /// The path of a file of the site in the branch.
    fn place(&self, path: &SitePath) -> String {
        match path.as_str() {
            NO_JEKYLL | CNAME => path.to_string(),
            _ => format!("{}{path}", self.prefix),
        }
    }

    /// The files in the way of the plan: those that the record does not list, and links and submodules.
    ///
    /// # Errors
    /// If `git` fails.
    pub(crate) fn foreign(&self, plan: &Plan) -> Result<Vec<SitePath>, PublishError> {
        let Some(tip) = &self.tip else { return Ok(Vec::new()) };
        let place = |path| SitePath::from(self.place(path));
        let record = SitePath::from(self.record());
        let written: Vec<SitePath> = plan.uploads.iter().map(|upload| place(&upload.path)).collect();
        let written = Names::of(written.iter().chain([&record]));
        let deleted: BTreeSet<SitePath> = plan.deleted().map(place).collect();
        let ours = self.standing.files.keys().map(place).chain([record]);
        let ours: BTreeSet<SitePath> = ours.map(|path| path.folded()).collect();
        let listed = self.git(&["ls-tree", "-r", "-z", tip])?;
        let entries = listed.split('\0').filter_map(|entry| entry.split_once('\t'));
        let foreign = entries.filter_map(|(about, path)| {
            let path = SitePath::from(path);
            let is_ours = about.starts_with(FILE_MODE) && ours.contains(&path.folded());
            let is_touched = written.conflict_with(&path) || deleted.contains(&path);
            (is_touched && !is_ours).then_some(path)
        });
        Ok(foreign.collect())
    }

    /// The files that the record takes for what is wanted, and that are missing in the branch or have other
    /// content there.
    ///
    /// # Errors
    /// If `git` fails.
    pub(crate) fn differing(&self, wanted: &Edition) -> Result<Vec<(SitePath, Difference)>, PublishError> {
        let Some(tip) = &self.tip else { return Ok(Vec::new()) };
        let same = wanted.files.iter().filter(|(path, hash)| self.standing.hash(path) == **hash);
        self.compared(tip, same.filter_map(|(path, hash)| Some((path, (*hash)?))).collect())
    }

    /// Removes from the record what would be deleted or replaced and has other content than it says, as
    /// [`Site::leave_changed`](super::run::Site::leave_changed) does.
    ///
    /// # Errors
    /// If `git` fails.
    pub(crate) fn leave_changed(
        &mut self,
        wanted: &Edition,
        repaired: bool,
    ) -> Result<Vec<SitePath>, PublishError> {
        let Some(tip) = &self.tip else { return Ok(Vec::new()) };
        let plan = Plan::of(&self.standing, wanted);
        let touched = plan.deleted().chain(plan.uploads.iter().map(|upload| &upload.path));
        let recorded = touched.filter_map(|path| Some((path, self.standing.hash(path)?)));
        let mut changed = self.compared(tip, recorded.collect())?;
        changed.retain(|(_, difference)| *difference == Difference::Changed);
        changed.sort();
        Ok(self.standing.leave(changed.into_iter().map(|(path, _)| path), wanted, repaired))
    }

    /// The files that do not have these contents in a commit.
    fn compared(
        &self,
        commit: &str,
        files: Vec<(&SitePath, Fingerprint)>,
    ) -> Result<Vec<(SitePath, Difference)>, PublishError> {
        let mut differing = Vec::new();
        for some in files.chunks(AT_A_TIME) {
            let asked = some.iter().map(|(path, _)| format!("{commit}:{}\0", self.place(path)));
            let mut read = self.command();
            let asked = asked.collect::<String>();
            let most = AT_A_TIME as u64 * LARGEST;
            let told = output(read.args(["cat-file", "--batch", "-z"]), asked.as_bytes(), most)?;
            let mut told = &told[..];
            for (path, hash) in some {
                let broken =
                    || PublishError::Target("git: an answer of `cat-file` is not understood".to_owned());
                let end = memchr::memchr(b'\n', told).ok_or_else(broken)?;
                let head = String::from_utf8_lossy(&told[..end]).into_owned();
                told = &told[end + 1..];
                if head.ends_with(" missing") {
                    differing.push(((*path).clone(), Difference::Missing));
                    continue;
                }
                if head.ends_with(" submodule") {
                    differing.push(((*path).clone(), Difference::Changed));
                    continue;
                }
                let length: usize =
                    head.rsplit(' ').next().and_then(|length| length.parse().ok()).ok_or_else(broken)?;
                let bytes = told.get(..length).ok_or_else(broken)?;
                if !head.contains(" blob ") || Fingerprint::of(bytes) != *hash {
                    differing.push(((*path).clone(), Difference::Changed));
                }
                told = told.get(length + 1..).ok_or_else(broken)?;
            }
        }
        Ok(differing)
    }

    /// Commits the changes of the plan, and pushes the commit. Files that the program did not write are kept.
    /// `None` if there is nothing to do.
    ///
    /// # Errors
    /// If a file cannot be made, or `git` fails: the branch is then unchanged.
    pub(crate) fn publish(
        &self,
        plan: &Plan,
        wanted: &Edition,
        bytes: &Bytes<'_>,
        message: &str,
        progress: &dyn Fn(usize),
    ) -> Result<Option<String>, PublishError> {
        if plan.is_empty() && self.standing == *wanted {
            return Ok(None);
        }
        let mut stream = format!("commit refs/publish/next\ncommitter {}\n", self.committer()?).into_bytes();
        let put = |stream: &mut Vec<u8>, bytes: &[u8]| {
            stream.extend(format!("data {}\n", bytes.len()).bytes());
            stream.extend(bytes);
            stream.push(b'\n');
        };
        put(&mut stream, message.as_bytes());
        if let Some(tip) = &self.tip {
            stream.extend(format!("from {tip}\n").bytes());
        }
        for path in &plan.in_the_way {
            stream.extend(format!("D {}\n", quoted(&self.place(path))).bytes());
        }
        for (at, upload) in plan.uploads.iter().enumerate() {
            let fail = |why: String| PublishError::Uploads(vec![(upload.path.clone(), why)]);
            let bytes = bytes(&upload.path).map_err(fail)?;
            if Fingerprint::of(&bytes) != upload.hash {
                return Err(fail("it changed while it was being published".to_owned()));
            }
            stream.extend(format!("M 100644 inline {}\n", quoted(&self.place(&upload.path))).bytes());
            put(&mut stream, &bytes);
            progress(at + 1);
        }
        for path in &plan.deletions {
            stream.extend(format!("D {}\n", quoted(&self.place(path))).bytes());
        }
        stream.extend(format!("M 100644 inline {}\n", quoted(&self.record())).bytes());
        put(&mut stream, wanted.text().as_bytes());
        let mut import = self.command();
        run(import.args(["fast-import", "--quiet", "--force", "--date-format=raw"]), &stream)?;
        let commit = self.git(&["rev-parse", "refs/publish/next"])?.trim().to_owned();
        self.push(&commit)?;
        Ok(Some(commit))
    }

    /// The edition in the commit before the last.
    ///
    /// # Errors
    /// If there is none, the last commit is no other edition, or `git` fails.
    pub(crate) fn previous(&self) -> Result<Previous, PublishError> {
        let none = |why: &str| PublishError::NoPrevious(why.to_owned());
        let tip = self.tip.as_ref().ok_or_else(|| none("the branch has no edition"))?;
        let parents = self.git(&["rev-list", "--parents", "-n", "1", tip])?;
        let commit = parents.split_whitespace().nth(1).map(str::to_owned);
        let commit = commit.ok_or_else(|| none("the branch has no previous edition"))?;
        let Record::Edition(edition) = self.record_in(&commit)? else {
            return Err(none("the commit before the last is not an edition published by dossier"));
        };
        if edition.files == self.standing.files {
            let what = "the last commit in the branch is not another edition";
            return Err(none(&format!("{what}: it repaired one, or somebody else made it")));
        }
        Ok(Previous { commit, edition })
    }

    /// Checks that a commit still has the files that the plan takes from there.
    ///
    /// # Errors
    /// If somebody changed one before, or `git` fails.
    pub(crate) fn check_kept(&self, previous: &Previous, plan: &Plan) -> Result<(), PublishError> {
        let wanted = plan.uploads.iter().map(|upload| (&upload.path, upload.hash)).collect();
        match self.compared(&previous.commit, wanted)?.first() {
            None => Ok(()),
            Some((path, difference)) => Err(PublishError::NoPrevious(format!(
                "`{path}` is {} in the commit before the last",
                difference.word()
            ))),
        }
    }

    /// The content of a file of the previous edition.
    ///
    /// # Errors
    /// If `git` fails.
    pub(crate) fn kept(&self, previous: &Previous, path: &SitePath) -> Result<Vec<u8>, String> {
        let blob = format!("{}:{}", previous.commit, self.place(path));
        let read = output(self.command().args(["cat-file", "blob", &blob]), &[], LARGEST_READ);
        read.map_err(|why| why.to_string())
    }

    /// Never with force: if somebody else has pushed in the meantime, this fails.
    fn push(&self, commit: &str) -> Result<(), PublishError> {
        let to = format!("{commit}:refs/heads/{}", self.branch);
        self.transfer("push", &["--quiet"], &to).map(drop)
    }

    /// Runs a command of `git` that talks to the target's repository about a reference.
    fn transfer(&self, what: &str, options: &[&str], reference: &str) -> Result<String, PublishError> {
        let mut command = self.command();
        command.arg(what).args(options);
        if self.side == Repository::Local {
            let side = if what == "push" { "receive-pack" } else { "upload-pack" };
            command.arg(format!("--{side}={LOCAL_SIDE} {side}"));
        }
        run(command.args(["--", &self.url, reference]), &[])
    }

    fn record(&self) -> String {
        format!("{}{OWN}{RECORD}", self.prefix)
    }

    fn record_in(&self, commit: &str) -> Result<Record, PublishError> {
        let path = self.record();
        let about = self.git(&["ls-tree", commit, "--", &path])?;
        if about.is_empty() {
            return Ok(Record::None);
        }
        if !about.starts_with(FILE_MODE) {
            return Ok(Record::Damaged);
        }
        let text = self.git(&["cat-file", "blob", &format!("{commit}:{path}")])?;
        Ok(Edition::parse(&text).map_or(Record::Damaged, Record::Edition))
    }

    /// The committer and the time: the user that Git knows, or the program if it knows none (as on a build
    /// server).
    fn committer(&self) -> Result<String, PublishError> {
        if let Ok(identity) = self.git(&["var", "GIT_COMMITTER_IDENT"]) {
            return Ok(identity.trim().to_owned());
        }
        let ours =
            ["-c", "user.name=dossier", "-c", "user.email=dossier@localhost", "var", "GIT_COMMITTER_IDENT"];
        Ok(self.git(&ours)?.trim().to_owned())
    }

    fn command(&self) -> Command {
        let mut command = Command::new("git");
        command.arg("--git-dir").arg(self.repository.path());
        command
    }

    fn git(&self, arguments: &[&str]) -> Result<String, PublishError> {
        run(self.command().args(arguments), &[])
    }
}

/// The record in a commit.
enum Record {
    None,
    /// It is of another version, or not one at all.
    Damaged,
    Edition(Edition),
}

/// The edition before the last.
pub(crate) struct Previous {
    commit: String,
    pub edition: Edition,
}

/// A path in the syntax of `git fast-import`.
fn quoted(path: &str) -> String {
    let mut quoted = String::from('"');
    for c in path.chars() {
        match c {
            '"' | '\\' => quoted.extend(['\\', c]),
            c if c.is_control() => {
                // Octal, as in C. Writing to a string cannot fail.
                let _ = write!(quoted, "\\{:03o}", u32::from(c));
            }
            c => quoted.push(c),
        }
    }
    quoted.push('"');
    quoted
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_commit_counts_its_files_and_is_previous_to_the_next() {
        let host = TempDir::new().unwrap();
        run(Command::new("git").args(["init", "--quiet", "--bare"]).arg(host.path()), &[]).unwrap();
        let remote = host.path().to_str().unwrap();
        let open = || Branch::open(host.path(), remote, "site", "").unwrap();
        let publish = |paths: &[&str]| {
            let hash = |path: &str| (SitePath::from(path), Fingerprint::of(path.as_bytes()));
            let wanted = Edition::of(paths.iter().map(|path| hash(path)));
            let branch = open();
            let told = std::cell::RefCell::new(Vec::new());
            let bytes = |path: &SitePath| Ok(path.as_str().as_bytes().to_vec());
            let plan = Plan::of(&branch.standing, &wanted);
            let commit =
                branch.publish(&plan, &wanted, &bytes, "message", &|count| told.borrow_mut().push(count));
            assert!(commit.unwrap().is_some());
            (wanted, told.into_inner())
        };
        let (first, told) = publish(&["a.html", "b.html"]);
        assert_eq!(told, [1, 2]);
        assert!(open().previous().is_err());
        let (second, told) = publish(&["a.html", "c.html"]);
        assert_eq!(told, [1]);
        assert_eq!((open().previous().unwrap().edition, open().standing), (first, second));
    }

    #[test]
    fn a_path_is_quoted_as_in_c() {
        assert_eq!(quoted("a\"b\\c\u{1}é\t.html"), r#""a\"b\\c\001é\011.html""#);
    }
}
