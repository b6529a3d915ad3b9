//! Reports files that tell something beside their content and that the program does not clean.

use crate::base::diagnostic::{Code, Diagnostic, Severity};
use crate::base::span::Span;
use crate::check::{Context, Rule};
use crate::config::Pattern;

pub(crate) static RULE: Rule = Rule {
    code: Code {
        name: "metadata-left",
        level: Severity::Warning,
        docs: "\
A file that would be published with something that its readers do not see, but can find: names of
authors, comments, tracked changes, hidden sheets, attached files, a place. This can give away who a
source is. The report says what kinds of things these are, and not what they say: reports may be
published, too.

The program takes such things out of pictures (JPEG, PNG, WebP, GIF, SVG, TIFF, HEIC, AVIF), of
sounds and films (MP3, WAV, FLAC, OGG, MP4, MOV, WebM, MKV) and of captions (WebVTT) when it
publishes them; your own files do not change. It does not alter PDF and Office documents or
archives, cannot clean a picture whose structure is damaged, and cannot read every format. Content
credentials (C2PA) stay in pictures; they can contain names and places, and they no longer match a
picture from which something else was taken out.

```toml
keep_metadata = [\"reports/un-panel.pdf\"]      # publish it as it is
```

How to fix: it depends on the file.

- PDF: print it to a new PDF, or use \"Remove hidden information\" or \"Sanitize\" of a PDF editor.
- Word, Excel, PowerPoint: *File*, *Info*, *Check for Issues*, *Inspect Document*, *Remove All*.
- LibreOffice: *File*, *Properties*, *Reset Properties*, without *Apply user data*; accept or reject
  all changes, and delete the comments.
- Pictures and films: save a copy with another program, without metadata.
- An archive: clean the files in it, and pack it again.

If everybody may read what is in it, list the file in `keep_metadata`.",
    },
    check,
};

fn check(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    for (path, copied) in context.copied_files().filter(|(path, _)| !context.config.keeps_metadata(path)) {
        let tells = copied.told.left.without_search();
        // `broken-media` reports that.
        let tells = if copied.is_cut { tells.without_damage() } else { tells };
        if !tells.is_empty() {
            let message = format!("`{path}` would be published with {}", tells.words());
            let below = Pattern::of(path);
            let keep = format!("or, if everybody may read that, set `keep_metadata = [\"{below}\"]`");
            let found = RULE.code.found(message).at(path, Span::empty(0), "");
            diagnostics.push(found.help(how_to_remove(path.extension())).help(keep));
        }
    }
}

/// How to remove metadata from a file with this extension.
fn how_to_remove(extension: Option<&str>) -> &'static str {
    match extension.unwrap_or_default().to_ascii_lowercase().as_str() {
        "pdf" => "print it to a new PDF, or use “Remove hidden information” of a PDF editor",
        "docx" | "docm" | "xlsx" | "xlsm" | "pptx" | "pptm" | "doc" | "xls" | "ppt" => {
            "in Office, choose File, Info, Check for Issues, Inspect Document, Remove All"
        }
        "odt" | "ods" | "odp" | "odg" => {
            "in LibreOffice, choose File, Properties, Reset Properties; delete comments and tracked changes"
        }
        "vtt" => "the names are in `<v Name>`, which says who speaks: write `<v>` if nobody may learn that",
        "zip" | "epub" | "7z" | "rar" => "clean the files in it, and pack it again",
        _ => "save a copy without it: `dossier explain metadata-left` says how",
    }
}
