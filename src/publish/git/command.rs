//! Runs the `git` program.

use std::io::{self, Read, Write};
use std::path::Path;
use std::process::{Command, Stdio};

use crate::config::address::{self, GIT_TRANSPORTS, Repository};
use crate::publish::PublishError;
use crate::world::LARGEST;
use crate::world::dir::larger_than;

/// How much is read of the messages of `git`, in bytes.
const MOST_SAID: u64 = 1 << 20;

/// The address of a remote of the dossier's repository, or otherwise the given address, which may be a path
/// from its folder; and where it leads.
pub(super) fn address(root: &Path, remote: &str) -> Result<(String, Repository), PublishError> {
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

/// Runs a command with that input, and returns its output as text.
pub(super) fn run(command: &mut Command, input: &[u8]) -> Result<String, PublishError> {
    output(command, input, LARGEST).map(|bytes| String::from_utf8_lossy(&bytes).into_owned())
}

/// Runs a command with that input, and returns its output of at most `most` bytes.
pub(super) fn output(command: &mut Command, input: &[u8], most: u64) -> Result<Vec<u8>, PublishError> {
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
    use tempfile::TempDir;

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
}
