//! Reports recordings without captions and without a transcript.

use std::collections::BTreeSet;

use crate::base::diagnostic::{Code, Diagnostic, Severity};
use crate::base::media::Sort;
use crate::check::{Context, Rule, media};
use crate::kinds::Source;
use crate::link::{Companions, Target, file_beside};

pub(crate) static RULE: Rule = Rule {
    code: Code {
        name: "missing-captions",
        level: Severity::Note,
        docs: "\
A video or a sound without captions and without a transcript. Readers who cannot hear it, who do not
know its language or who read without sound do not learn what is said; a search does not find it.

Captions are a file in WebVTT beside the video, with its name, and a transcript is a text beside it:

```text
clip.mp4
clip.vtt         captions in the language of the video
clip.en.vtt      subtitles in English
clip.txt         the transcript
```

How to fix: make `clip.vtt`, for example with Subtitle Edit, or write what is said into `clip.txt`. A
heading \"Transcript\" on the page of the source whose `file` it is does, too. If nothing is said in it,
ignore this note.",
    },
    check,
};

/// How headings call a transcript, in lower case.
const TRANSCRIPT: [&str; 2] = ["transcri", "transkri"];

fn check(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let graph = context.graph;
    let mut transcribed = BTreeSet::new();
    for entity in &graph.entities {
        let headings = entity.editions.iter().flat_map(|edition| &edition.prose().headings);
        let is_transcript = |text: &str| TRANSCRIPT.iter().any(|word| text.to_lowercase().contains(word));
        if let Some(file) = entity.as_kind::<Source>().and_then(|source| source.file.as_ref())
            && let Target::Asset(path) = file_beside(graph, entity.path(), file)
            && headings.into_iter().any(|heading| is_transcript(&heading.text))
        {
            transcribed.insert(path);
        }
    }
    let mut seen = BTreeSet::new();
    for shown in media::shown(context) {
        let is_new = shown.format.is_recording() && seen.insert(shown.path);
        if !is_new || transcribed.contains(shown.path) {
            continue;
        }
        let companions = Companions::of(&graph.assets, &graph.languages, shown.path);
        // Players of sounds show no captions.
        let has_captions = !companions.captions.is_empty() && shown.format.sort == Sort::Video;
        if has_captions || companions.transcript.is_some() {
            continue;
        }
        let stem = shown.path.name().rsplit_once('.').map_or("", |(stem, _)| stem);
        let (message, help) = match shown.format.sort {
            Sort::Video => (
                format!("the video `{}` has no captions and no transcript", shown.path),
                match &companions.unread {
                    Some(other) => {
                        // With the language in its name: `clip.id.srt`
                        let name = other.name().rsplit_once('.').map_or(stem, |(name, _)| name);
                        format!("browsers do not read `{}`: save it as `{name}.vtt`, in WebVTT", other.name())
                    }
                    None => {
                        format!("put captions beside it, `{stem}.vtt`, or what is said in it, `{stem}.txt`")
                    }
                },
            ),
            _ => (
                format!("the sound `{}` has no transcript", shown.path),
                format!("put what is said in it beside it, `{stem}.txt`"),
            ),
        };
        diagnostics.push(RULE.code.found(message).at(shown.by, shown.span, "").help(help));
    }
}
