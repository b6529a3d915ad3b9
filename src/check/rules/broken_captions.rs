//! Reports captions that browsers do not read as they are meant.

use std::collections::HashMap;

use crate::base::diagnostic::{Code, Diagnostic, Severity};
use crate::base::encoding;
use crate::base::fragment::clock;
use crate::base::id::Lang;
use crate::base::language;
use crate::base::media::format_of;
use crate::base::path::InputPath;
use crate::base::span::Span;
use crate::check::{Context, Rule};
use crate::data::vtt;

pub(crate) static RULE: Rule = Rule {
    code: Code {
        name: "broken-captions",
        level: Severity::Warning,
        docs: "\
Captions in WebVTT, the format of captions on the web, that browsers read in part or not at all: the
first line is not `WEBVTT`, a time is not written as `00:01:32.000`, captions end before they start or
begin when the recording has ended, the file is not in UTF-8, or its name has no code of a language
(`clip.jp.vtt` for `clip.ja.vtt`). Players leave out what they do not understand, and say nothing.

```text
WEBVTT

00:01:32.000 --> 00:01:35.500
The missile fell there.
```

A line of times has a dot before the milliseconds; SRT, which is similar, has a comma. Between two
captions is an empty line.

How to fix: correct the line. If the file was made from SRT, save it again as WebVTT with a program for
subtitles, such as Subtitle Edit or Aegisub.",
    },
    check,
};

/// The recordings that say how long they are, by what is before the last dot of their paths.
type Lengths<'a> = HashMap<&'a str, (&'a InputPath, f64)>;

fn check(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let recordings = context.copied_files().filter_map(|(path, copied)| {
        format_of(path.extension()).filter(|format| format.is_recording())?;
        Some((path.as_str().rsplit_once('.')?.0, (path, copied.extent.seconds?)))
    });
    let lengths: Lengths<'_> = recordings.collect();
    for (path, _) in context.copied_files() {
        if !path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("vtt")) {
            continue;
        }
        let tag = path.name().rsplit('.').nth(1).and_then(Lang::parse);
        if let Some(fault) = tag.as_ref().and_then(language::fault) {
            let found = RULE.code.found(fault).at(path, Span::empty(0), "");
            diagnostics
                .push(found.help("write the code of the language of the captions into the name of the file"));
        }
        // A file that cannot be read is reported when it is copied.
        let Ok(bytes) = context.world.read(path) else { continue };
        match encoding::utf_8(&bytes) {
            Ok(text) => {
                diagnostics.extend(
                    vtt::faults(text).into_iter().map(|fault| {
                        RULE.code.found(fault.message).at(path, fault.span, "").help(fault.help)
                    }),
                );
                diagnostics.extend(behind_the_end(&lengths, path, text));
            }
            Err(likely) => {
                let found = RULE.code.found(format!("`{path}` is not in UTF-8{likely}"));
                diagnostics.push(found.at(path, Span::empty(0), "").help(encoding::AS_UTF8));
            }
        }
    }
}

/// The finding for the first caption that starts when its recording, `clip.mp4` for `clip.vtt` and `clip.en.vtt`, has
/// ended.
fn behind_the_end(lengths: &Lengths<'_>, path: &InputPath, text: &str) -> Option<Diagnostic> {
    let stem = path.as_str().rsplit_once('.')?.0;
    let (recording, seconds) =
        lengths.get(stem).or_else(|| lengths.get(stem.rsplit_once('.')?.0)).copied()?;
    let behind: Vec<Span> =
        vtt::starts(text).filter(|(start, _)| *start > seconds).map(|(_, span)| span).collect();
    let first = *behind.first()?;
    let count = match behind.len() {
        1 => "a caption starts".to_owned(),
        count => format!("{count} captions start"),
    };
    let length = clock(seconds);
    let found = RULE.code.found(format!("{count} after the end of `{recording}`, which is {length} long"));
    Some(
        found
            .at(path, first, "")
            .help("correct the times, or the recording: it may be another version, or a part"),
    )
}
