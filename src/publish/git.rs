//! Publishes the site as a branch of a Git repository, one commit per edition.
//!
//! The `git` program works in a bare repository of our own, so the author's checkout, index and branches are
//! not touched. It is made for each run, outside of the dossier: the author of a dossier could otherwise
//! supply a repository whose hooks and settings name commands. The settings of the user apply: credential
//! helpers, identities, proxies.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::io::{self, Read, Write as _};
use std::path::Path;
use std::process::{Command, Stdio};

use tempfile::TempDir;

use super::PublishError;
use super::edition::{Difference, Edition};
use super::plan::Plan;
use super::run::Bytes;
use super::store::OWN;
use crate::base::hash::Fingerprint;
use crate::base::path::SitePath;
use crate::config::address::{self, GIT_TRANSPORTS, Repository};
use crate::world::LARGEST;
use crate::world::dir::larger_than;

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

/// The number of files whose content is read together: their names fit into a pipe, which is not read until all are
/// written.
const AT_A_TIME: usize = 64;

/// How much is read of the messages of `git`, in bytes.
const MOST_SAID: u64 = 1 << 20;

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
        opened.standing = opened.record_in(&tip)?.unwrap_or_default();
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

    /// The files in the way: those at new paths that the record does not list.
    ///
    /// # Errors
    /// If `git` fails.
    pub(crate) fn foreign(&self, plan: &Plan) -> Result<Vec<SitePath>, PublishError> {
        let Some(tip) = &self.tip else { return Ok(Vec::new()) };
        let listed = self.git(&["ls-tree", "-r", "-z", "--name-only", tip])?;
        let there: BTreeSet<&str> = listed.split('\0').collect();
        let new = plan.uploads.iter().filter(|upload| upload.is_new).map(|upload| &upload.path);
        Ok(new.filter(|path| there.contains(&*self.place(path))).cloned().collect())
    }

    /// The files that the record takes for what is wanted, and that are missing in the branch or have other
    /// content there.
    ///
    /// # Errors
    /// If `git` fails.
    pub(crate) fn differing(&self, wanted: &Edition) -> Result<Vec<(SitePath, Difference)>, PublishError> {
        let same = wanted.files.iter().filter(|(path, hash)| self.standing.hash(path) == **hash);
        self.compared(same.filter_map(|(path, hash)| Some((path, (*hash)?))).collect())
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
        let plan = Plan::of(&self.standing, wanted);
        let touched = plan.deleted().chain(plan.uploads.iter().map(|upload| &upload.path));
        let recorded = touched.filter_map(|path| Some((path, self.standing.hash(path)?)));
        let mut changed = self.compared(recorded.collect())?;
        changed.retain(|(_, difference)| *difference == Difference::Changed);
        changed.sort();
        Ok(self.standing.leave(changed.into_iter().map(|(path, _)| path), wanted, repaired))
    }

    /// The files that do not have these contents in the branch.
    fn compared(
        &self,
        files: Vec<(&SitePath, Fingerprint)>,
    ) -> Result<Vec<(SitePath, Difference)>, PublishError> {
        let Some(tip) = &self.tip else { return Ok(Vec::new()) };
        let mut differing = Vec::new();
        for some in files.chunks(AT_A_TIME) {
            let asked = some.iter().map(|(path, _)| format!("{tip}:{}\0", self.place(path)));
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

    /// Commits the content of the previous commit, and pushes it.
    ///
    /// # Errors
    /// If there is no previous edition, or `git` fails.
    pub(crate) fn roll_back(&self, message: &str) -> Result<String, PublishError> {
        let (tip, parent) = self.before()?;
        let tree = format!("{parent}^{{tree}}");
        let mut commit = self.command();
        let identity = self.committer()?;
        let (name, rest) = identity.split_once(" <").unwrap_or((&identity, ""));
        let (email, _) = rest.split_once('>').unwrap_or((rest, ""));
        for (variable, value) in [
            ("GIT_AUTHOR_NAME", name),
            ("GIT_AUTHOR_EMAIL", email),
            ("GIT_COMMITTER_NAME", name),
            ("GIT_COMMITTER_EMAIL", email),
        ] {
            commit.env(variable, value);
        }
        let commit = run(commit.args(["commit-tree", &tree, "-p", &tip, "-m", message]), &[])?;
        let commit = commit.trim().to_owned();
        self.push(&commit)?;
        Ok(commit)
    }

    /// The edition in the previous commit.
    ///
    /// # Errors
    /// If there is none, or `git` fails.
    pub(crate) fn previous(&self) -> Result<Edition, PublishError> {
        let (_, parent) = self.before()?;
        let none = "the commit before the last is not an edition published by dossier";
        self.record_in(&parent)?.ok_or(PublishError::NoPrevious(none))
    }

    fn before(&self) -> Result<(String, String), PublishError> {
        let none = || PublishError::NoPrevious("the branch has no previous edition");
        let tip = self.tip.clone().ok_or_else(none)?;
        let parents = self.git(&["rev-list", "--parents", "-n", "1", &tip])?;
        let parent = parents.split_whitespace().nth(1).ok_or_else(none)?.to_owned();
        match self.record_in(&parent)? {
            Some(_) => Ok((tip, parent)),
            None => Err(none()),
        }
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

    fn record_in(&self, commit: &str) -> Result<Option<Edition>, PublishError> {
        let path = self.record();
        if self.git(&["ls-tree", "--name-only", commit, "--", &path])?.is_empty() {
            return Ok(None);
        }
        let text = self.git(&["cat-file", "blob", &format!("{commit}:{path}")])?;
        let damaged = || PublishError::Target(format!("`{path}` in the branch `{}` is damaged", self.branch));
        Edition::parse(&text).map(Some).ok_or_else(damaged)
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

/// The address of a remote of the dossier's repository, or otherwise the given address, which may be a path
/// from its folder; and where it leads.
fn address(root: &Path, remote: &str) -> Result<(String, Repository), PublishError> {
    let mut known = Command::new("git");
    let known = run(known.arg("-C").arg(root).args(["remote", "get-url", "--", remote]), &[]);
    let url = known.map_or_else(|_| remote.to_owned(), |url| url.trim_end_matches(['\r', '\n']).to_owned());
    // The repository around a dossier may be its author's, too: what it says is checked as well.
    let Some(side) = address::repository(&url) else {
        let what = format!("`{}` is not the address of a Git repository", without_user(&url).escape_debug());
        return Err(PublishError::Target(format!("{what}; see docs/publishing.md")));
    };
    let folder = root.join(&url);
    match side == Repository::Local && folder.is_dir() {
        true => Ok((folder.to_string_lossy().into_owned(), side)),
        false => Ok((url, side)),
    }
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

/// Runs a command with that input, and returns its output as text.
fn run(command: &mut Command, input: &[u8]) -> Result<String, PublishError> {
    output(command, input, LARGEST).map(|bytes| String::from_utf8_lossy(&bytes).into_owned())
}

/// Runs a command with that input, and returns its output of at most `most` bytes.
fn output(command: &mut Command, input: &[u8], most: u64) -> Result<Vec<u8>, PublishError> {
    let failed = |why: String| PublishError::Target(format!("git: {why}"));
    // Only people read the messages, and the author's repository must not be used instead of ours.
    for variable in ["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_OBJECT_DIRECTORY"] {
        command.env_remove(variable);
    }
    command.env("GIT_ALLOW_PROTOCOL", GIT_TRANSPORTS);
    let piped = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn();
    let mut child = piped.map_err(|why| failed(format!("cannot be run: {why}")))?;
    // If the process ends early, its own message says why.
    let fed = child.stdin.take().map(|mut stdin| stdin.write_all(input));
    let (stdout, stderr) = (child.stdout.take(), child.stderr.take());
    let (told, said) = std::thread::scope(|scope| {
        let said = scope.spawn(|| read_some(stderr, MOST_SAID));
        let told = read_some(stdout, most + 1);
        if told.as_ref().is_ok_and(|told| told.len() as u64 > most) {
            // What it has left to say is never read. That it has ended already is not an error.
            let _ = child.kill();
        }
        (told, said.join().unwrap_or_else(|_| Ok(Vec::new())))
    });
    let status = child.wait().map_err(|why| failed(why.to_string()))?;
    let told = told.map_err(|why| failed(why.to_string()))?;
    if told.len() as u64 > most {
        return Err(failed(format!("what it reads is not plausible: {}", larger_than(most))));
    }
    if status.success() && !matches!(fed, Some(Err(_))) {
        return Ok(told);
    }
    let said = said.map_err(|why| failed(why.to_string()))?;
    let said = String::from_utf8_lossy(&said);
    let line =
        said.lines().find(|line| ["fatal:", "error:", "remote:", " !"].iter().any(|at| line.starts_with(at)));
    Err(failed(without_user(line.or_else(|| said.lines().last()).unwrap_or("it failed without a message"))))
}

/// The first `most` bytes that a process writes.
fn read_some(output: Option<impl Read>, most: u64) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    let Some(output) = output else { return Ok(bytes) };
    output.take(most).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// A message without the part of an address before the `@`, which is often a token.
fn without_user(message: &str) -> String {
    let mut plain = String::new();
    let mut rest = message;
    while let Some((before, after)) = rest.split_once("://") {
        plain.push_str(before);
        plain.push_str("://");
        let end = after.find(['/', ' ', '\'']).unwrap_or(after.len());
        rest = after[..end].rfind('@').map_or(after, |at| &after[at + 1..]);
    }
    plain.push_str(rest);
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_token_is_shown() {
        let said = "fatal: unable to access 'https://x:ghp_1@example.org/a.git/': no";
        assert_eq!(without_user(said), "fatal: unable to access 'https://example.org/a.git/': no");
        assert_eq!(without_user("https://example.org/@a"), "https://example.org/@a");
    }

    #[test]
    fn an_address_is_a_path_only_if_it_is_no_other() {
        let root = TempDir::new().unwrap();
        for name in ["pages", "example.org:pages"] {
            run(Command::new("git").args(["init", "--quiet", "--bare"]).arg(root.path().join(name)), &[])
                .unwrap();
        }
        let url = |remote| address(root.path(), remote).unwrap().0;
        assert_eq!(Path::new(&url("pages")), root.path().join("pages"));
        for other in ["example.org:pages", "https://example.org/pages", "none"] {
            assert_eq!(url(other), other);
        }
    }

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
        assert_eq!((open().previous().unwrap(), open().standing), (first, second));
    }

    #[test]
    fn a_path_is_quoted_as_in_c() {
        assert_eq!(quoted("a\"b\\c\u{1}é\t.html"), r#""a\"b\\c\001é\011.html""#);
    }
}
