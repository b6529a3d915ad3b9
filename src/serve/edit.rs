//! Opens a place in the author's editor.

use std::path::Path;
use std::process::{Command, Stdio};

use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde::Serialize;

use super::place::FilePlace;
use crate::base::path::percent_encoded;
use crate::config::EditorName;
use crate::world::disk::DiskWorld;

/// An editor's command, from `VISUAL` or `EDITOR`.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) struct Editor {
    program: String,
    arguments: Vec<String>,
}

/// The result, for the browser.
#[derive(Debug, Serialize)]
pub(crate) struct Opened {
    path: String,
    line: usize,
    column: usize,
    /// An address for the browser to open, which the system passes to the editor.
    href: Option<String>,
    /// A message for the user.
    message: Option<String>,
}

/// Editors that run in a terminal.
const IN_TERMINAL: [&str; 14] =
    ["vi", "vim", "nvim", "view", "nano", "pico", "micro", "hx", "helix", "kak", "joe", "ne", "ed", "mg"];

/// The editors' syntax for a place: `F`, `L` and `C` are replaced by file, line and column.
const PLACES: [(&[&str], &[&str]); 9] = [
    (&["code", "code-insiders", "codium", "vscodium", "cursor", "windsurf"], &["-g", "F:L:C"]),
    (&["zed", "zeditor", "subl", "sublime_text", "lapce"], &["F:L:C"]),
    (&["gvim", "mvim"], &["+L", "F"]),
    (&["emacs", "gedit", "gnome-text-editor", "xed", "pluma"], &["+L:C", "F"]),
    (&["emacsclient"], &["-n", "+L:C", "F"]),
    (&["kate", "kwrite"], &["-l", "L", "-c", "C", "F"]),
    (&["idea", "webstorm", "pycharm", "rider", "phpstorm", "goland"], &["--line", "L", "F"]),
    (&["mate", "bbedit"], &["-l", "L", "F"]),
    (&["notepad++"], &["-nL", "F"]),
];

impl Editor {
    /// The one that `VISUAL` or `EDITOR` names.
    pub(crate) fn of_environment() -> Option<Editor> {
        ["VISUAL", "EDITOR"].iter().find_map(|name| Editor::parse(&std::env::var(name).ok()?))
    }

    /// Parses the value of an environment variable.
    pub(crate) fn parse(command: &str) -> Option<Editor> {
        let mut words = command.split_whitespace().map(str::to_owned);
        Some(Editor { program: words.next()?, arguments: words.collect() })
    }

    fn name(&self) -> String {
        let stem = Path::new(&self.program).file_stem().unwrap_or_default();
        stem.to_string_lossy().to_lowercase()
    }

    fn needs_terminal(&self) -> bool {
        IN_TERMINAL.contains(&self.name().as_str())
            || self.arguments.iter().any(|argument| matches!(argument.as_str(), "-nw" | "-t" | "-tty"))
    }

    /// The arguments that open a place.
    fn arguments(&self, file: &Path, place: &FilePlace) -> Vec<String> {
        let name = self.name();
        let known = PLACES.iter().find(|(names, _)| names.contains(&name.as_str()));
        let file = file.display().to_string();
        let fill = |word: &&str| match *word {
            "F" => file.clone(),
            "F:L:C" => format!("{file}:{}:{}", place.line, place.column),
            word => word.replace('L', &place.line.to_string()).replace('C', &place.column.to_string()),
        };
        let own = known.map_or_else(|| vec![file.clone()], |(_, words)| words.iter().map(fill).collect());
        self.arguments.iter().cloned().chain(own).collect()
    }

    fn start(&self, file: &Path, place: &FilePlace) -> std::io::Result<()> {
        let mut command = Command::new(&self.program);
        command
            .args(self.arguments(file, place))
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        let mut child = command.spawn()?;
        // Unless something waits for the child, it remains a zombie until the preview ends.
        std::thread::spawn(move || child.wait());
        Ok(())
    }
}

/// Opens a place in the editor from the settings, otherwise from the environment; or says what is missing.
pub(crate) fn open(
    place: &FilePlace,
    name: Option<EditorName>,
    environment: Option<&Editor>,
    world: &DiskWorld,
) -> Opened {
    let file = world.real().join(place.path.as_str());
    let by_address = |href: String| opened(place, Some(href), None);
    let FilePlace { line, column, .. } = place;
    let scheme = match name {
        Some(EditorName::VsCode) => "vscode",
        Some(EditorName::VsCodium) => "vscodium",
        Some(EditorName::Cursor) => "cursor",
        Some(EditorName::Zed) => "zed",
        Some(EditorName::Obsidian) => {
            let path = file.display().to_string();
            return by_address(format!(
                "obsidian://open?path={}",
                utf8_percent_encode(&path, NON_ALPHANUMERIC)
            ));
        }
        Some(EditorName::Environment) | None => return by_command(place, &file, environment),
    };
    by_address(format!("{scheme}://file{}:{line}:{column}", address(&file)))
}

fn by_command(place: &FilePlace, file: &Path, environment: Option<&Editor>) -> Opened {
    const HELP: &str = "name your editor in dossier.toml, for example: editor = \"vscode\"";
    let message = match environment {
        None => Some(HELP.to_owned()),
        Some(editor) if editor.needs_terminal() => {
            Some(format!("`{}` needs a terminal of its own; {HELP}", editor.program))
        }
        Some(editor) => {
            editor.start(file, place).err().map(|why| format!("cannot start `{}`: {why}", editor.program))
        }
    };
    opened(place, None, message)
}

fn opened(place: &FilePlace, href: Option<String>, message: Option<String>) -> Opened {
    Opened { path: place.path.to_string(), line: place.line, column: place.column, href, message }
}

/// A file's path as part of an address: with a leading slash, even before a drive letter.
fn address(file: &Path) -> String {
    let path = file.display().to_string().replace('\\', "/");
    let slash = if path.starts_with('/') { "" } else { "/" };
    format!("{slash}{}", percent_encoded(&path))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn editors_are_told_of_the_line() {
        let place = FilePlace { path: "content/a b.md".into(), line: 7, column: 3 };
        let words = |command: &str| {
            let editor = Editor::parse(command).unwrap();
            editor.arguments(Path::new("/Letters/LC.md"), &place).join(" ")
        };
        assert_eq!(words("code --wait"), "--wait -g /Letters/LC.md:7:3");
        assert_eq!(words("/usr/bin/emacsclient"), "-n +7:3 /Letters/LC.md");
        assert_eq!(words("kate"), "-l 7 -c 3 /Letters/LC.md");
        assert_eq!(words("something-else"), "/Letters/LC.md");
        assert_eq!(Editor::parse("  "), None);
    }

    #[test]
    fn an_editor_of_the_terminal_is_not_started() {
        for command in ["vim", "/usr/bin/nvim", "emacs -nw", "nano"] {
            assert!(Editor::parse(command).unwrap().needs_terminal(), "{command}");
        }
        assert!(!Editor::parse("gvim").unwrap().needs_terminal());
    }

    #[test]
    fn addresses_are_encoded() {
        let world = DiskWorld::open(&std::env::temp_dir()).unwrap();
        let place = FilePlace { path: "content/a b#.md".into(), line: 7, column: 3 };
        let href = open(&place, Some(EditorName::VsCode), None, &world).href.unwrap();
        assert!(href.starts_with("vscode://file/") && href.ends_with("/content/a%20b%23.md:7:3"), "{href}");
        let href = open(&place, Some(EditorName::Obsidian), None, &world).href.unwrap();
        assert!(href.starts_with("obsidian://open?path=%2F") && href.ends_with("a%20b%23%2Emd"), "{href}");
    }
}
