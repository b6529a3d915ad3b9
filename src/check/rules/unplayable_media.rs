//! Reports recordings and pictures that browsers do not play or show.

use crate::base::diagnostic::{Code, Diagnostic, Severity};
use crate::base::media::Sort;
use crate::check::{Context, Rule, media};

pub(crate) static RULE: Rule = Rule {
    code: Code {
        name: "unplayable-media",
        level: Severity::Warning,
        docs: "\
A video, a sound or a picture that not all browsers play or show: in a format such as MOV, AVI, MKV,
WMA or HEIC, or a video in an MP4 file that is encoded as HEVC (H.265), as many phones record. The
page has a card with a link to download the file, or a player that stays black for some readers.

All browsers play MP4 (H.264 with AAC) and WebM, MP3, M4A, OGG, WAV and FLAC, and show JPEG, PNG,
WebP, AVIF, GIF and SVG.

```md
![[clip.mov]]                                   a card
![[clip.mp4]] [The original](clip.mov)          a player, and a link to the file as it was received
```

How to fix: convert a copy, with HandBrake or another program, and embed the copy. Keep the file that
you received, and link to it: its checksum is the evidence, and a converted copy has another one.",
    },
    check,
};

/// How the pictures of videos are encoded that all browsers play.
const PLAYED: [&str; 5] = ["avc1", "avc3", "av01", "vp08", "vp09"];

fn check(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    for shown in media::shown(context) {
        let (path, extension) = (shown.path, shown.path.extension().unwrap_or_default().to_uppercase());
        let codec = shown.copied.extent.codec.as_deref();
        let codec = codec.filter(|codec| shown.format.sort == Sort::Video && !PLAYED.contains(codec));
        // `broken-media` says it.
        if shown.copied.size == 0 || shown.copied.extent.format == Some("html") {
            continue;
        }
        let message = match (shown.format.is_shown, codec) {
            (false, _) if matches!(shown.format.sort, Sort::Video | Sort::Sound | Sort::Picture) => {
                let verb = if shown.format.sort == Sort::Picture { "show" } else { "play" };
                format!("browsers do not {verb} `{path}`, because it is {extension}")
            }
            (true, Some(codec)) => {
                format!("not all browsers play `{path}`, because its video is encoded as {}", encoding(codec))
            }
            _ => continue,
        };
        let help = match shown.format.sort {
            Sort::Video => "convert a copy to MP4 (H.264 with AAC), embed that, and link to this file",
            Sort::Sound => "convert a copy to MP3, embed that, and link to this file",
            _ => "convert a copy to JPEG or PNG, embed that, and link to this file",
        };
        diagnostics.push(RULE.code.found(message).at(shown.by, shown.span, "is a download").help(help));
    }
}

/// What people call an encoding.
fn encoding(codec: &str) -> String {
    match codec {
        "hvc1" | "hev1" | "dvh1" | "dvhe" => "HEVC (H.265)".to_owned(),
        "mp4v" => "MPEG-4 Visual".to_owned(),
        "apch" | "apcn" | "apcs" | "apco" | "ap4h" | "ap4x" => "ProRes".to_owned(),
        "jpeg" | "mjpa" | "mjpb" => "Motion JPEG".to_owned(),
        other => format!("`{}`", other.escape_debug()),
    }
}
