//! What a contribution may bring: which files, of which sort.

use super::entry::Sort;
use super::tree::Tree;
use super::{CODE, Change, LARGEST_FILE, about};
use crate::base::character::{is_unnameable, visible};
use crate::base::diagnostic::Diagnostic;
use crate::base::media;
use crate::base::path::InputPath;
use crate::base::span::Span;
use crate::base::svg;
use crate::link::is_for_hosts;
use crate::load::{CONTENT, table};
use crate::metadata;

/// Files that only show or tell something, in addition to Markdown and pictures. Browsers open none of them as
/// a page with scripts, as they do XML.
const QUIET: [&str; 20] = [
    "txt", "csv", "tsv", "json", "geojson", "gpx", "kml", "bib", "pdf", "vtt", "srt", "mp3", "m4a", "ogg",
    "opus", "wav", "flac", "mp4", "m4v", "webm",
];

/// What is wrong with a change of a file other than the settings.
pub(super) fn of(change: &Change<'_>, after: &Tree) -> Option<Diagnostic> {
    let shown = change.shown;
    let done = match (change.before, change.after) {
        (None, _) => "adds",
        (_, None) => "deletes",
        _ => "changes",
    };
    let found = |what: &str, help: &str| {
        Some(about(change, format!("{done} `{}`, {what}", visible(shown))).help(help))
    };
    let leave_out = "leave it out; those who maintain the dossier can change it";
    if shown.contains(is_unnameable) {
        return found("whose name has control characters", "rename it");
    }
    let Some(within) = change.path else {
        return found("which is outside of the dossier's folder", leave_out);
    };
    if within.split('/').any(|part| part.starts_with('.')) {
        return found("a hidden file: such files are settings of programs", leave_out);
    }
    let Some(inner) = within.strip_prefix(CONTENT).and_then(|rest| rest.strip_prefix('/')) else {
        return match within.split('/').next() {
            Some("themes") => found("a part of the theme, which decides what runs on every page", leave_out),
            _ => found("which is not in `content/`", leave_out),
        };
    };
    if table::kind_at(&InputPath::from(within)).is_some() {
        return found("a table of entities: a cell of it may publish what waits", leave_out);
    }
    let entry = change.after?;
    match entry.sort {
        Sort::File => {}
        Sort::Executable => {
            return found("a file that can be executed", "remove that permission: `chmod -x`");
        }
        Sort::Link => return found("a symbolic link", "copy what it leads to"),
        Sort::Special => return found("which is not a regular file", leave_out),
    }
    if entry.size > LARGEST_FILE {
        let size = format!("which has {} MB, more than {}", entry.size >> 20, LARGEST_FILE >> 20);
        return found(&size, "make it smaller");
    }
    if is_for_hosts(&InputPath::from(within)) {
        return found(
            "which programs look for at the top of a site, so no page has to refer to it",
            leave_out,
        );
    }
    let path = InputPath::from(inner);
    let extension = path.extension().unwrap_or_default().to_ascii_lowercase();
    match extension.as_str() {
        "md" => None,
        "svg" | "svgz" => {
            let active = svg::active(&after.bytes(shown).unwrap_or_default())?;
            let message = format!("{done} `{shown}`, a drawing that {}", active.what);
            let at = if extension == "svg" { active.span } else { Span::empty(0) };
            Some(
                CODE.found(message)
                    .at(&InputPath::from(within), at, "")
                    .help("save it as a plain SVG, or as a PNG"),
            )
        }
        "pdf" if metadata::runs(&after.bytes(shown).unwrap_or_default()) => {
            found("a PDF that may run a script or a program", "print it to a new PDF")
        }
        other if media::picture(Some(other)).is_some() || QUIET.contains(&other) => None,
        _ => found("a type of file that contributions do not bring", leave_out),
    }
}
