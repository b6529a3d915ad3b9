//! Reports recordings and documents whose content is not what their names say.

use crate::base::diagnostic::{Code, Diagnostic, Severity};
use crate::base::media::format_of;
use crate::base::span::Span;
use crate::check::{Context, Rule};
use crate::metadata::Copied;

pub(crate) static RULE: Rule = Rule {
    code: Code {
        name: "broken-media",
        level: Severity::Warning,
        docs: "\
A video, a sound or a PDF that would be published and cannot be opened: the file is empty, it is
something else than its name says, or it does not say what is in it, because it was cut off. Most
often a download failed, and what was saved is the page that says so.

```text
clip.mp4      a web page: \"Log in to see this video\"
call.mp3      0 bytes
```

How to fix: open the file on your computer. If it does not open, get it again, or leave it out. If it
opens, its name has the wrong extension: rename it.",
    },
    check,
};

/// Formats that share containers, by their usual extensions; a file may have the name of another of them.
const FAMILIES: [&[&str]; 4] =
    [&["mp4", "m4a", "mov", "3gp"], &["webm", "weba", "mkv"], &["ogg", "ogv"], &["wmv", "wma"]];

/// Formats that [`metadata`](crate::metadata) recognises by their content.
const RECOGNISED: [&str; 18] = [
    "mp4", "m4a", "mov", "3gp", "webm", "weba", "mkv", "avi", "ogg", "ogv", "mp3", "wav", "flac", "pdf",
    "wmv", "wma", "flv", "amr",
];

fn check(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    for (path, copied) in context.copied_files() {
        let Some(format) = format_of(path.extension()) else { continue };
        let expected = format.extension;
        if !format.is_recording() && expected != "pdf" {
            continue;
        }
        let Some(what) = fault(expected, copied) else { continue };
        let help = match copied.extent.format {
            Some(found) if found != "html" && found != expected => {
                format!("if it opens on your computer, name it `.{found}`; otherwise get it again")
            }
            _ => "open it on your computer; if it does not open, get it again".to_owned(),
        };
        diagnostics.push(RULE.code.found(format!("`{path}` {what}")).at(path, Span::empty(0), "").help(help));
    }
}

/// What is wrong with a file that should be of a format.
fn fault(expected: &str, copied: &Copied) -> Option<String> {
    let name = expected.to_uppercase();
    let extent = &copied.extent;
    let is_known = RECOGNISED.contains(&expected);
    let is_same = |found: &str| {
        found == expected
            || FAMILIES.iter().any(|family| family.contains(&found) && family.contains(&expected))
    };
    match extent.format {
        _ if copied.size == 0 => Some("is empty".to_owned()),
        Some("html") => Some(format!("is a web page, not {name}")),
        None if is_known => Some(format!("is not {name}, as its name says")),
        Some(found) if is_known && !is_same(found) => {
            Some(format!("is {}, not {name}, as its name says", found.to_uppercase()))
        }
        Some("mp4" | "m4a" | "mov") if extent.seconds.is_none() && extent.codec.is_none() => {
            Some("does not say what is in it, so no player can play it".to_owned())
        }
        Some("mp3" | "wav" | "flac") if extent.seconds.is_none() => {
            Some("has no sound that can be read".to_owned())
        }
        _ => None,
    }
}
