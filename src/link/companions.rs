//! The files beside a recording that belong to it: its poster, its captions, its transcript.

use std::collections::BTreeSet;

use crate::base::id::Lang;
use crate::base::language;
use crate::base::media::{Sort, format_of, picture};
use crate::base::path::InputPath;

/// The files beside a recording that have its name, with an extension of their own.
#[derive(Debug, Default)]
pub(crate) struct Companions {
    /// A picture that is shown until a video is played: `clip.jpg`.
    pub poster: Option<InputPath>,
    /// Captions in WebVTT, each with the language in its name: `clip.vtt`, `clip.en.vtt`.
    pub captions: Vec<(InputPath, Option<Lang>)>,
    /// Its words as plain text: `clip.txt`.
    pub transcript: Option<InputPath>,
    /// Captions in a format that browsers do not read: `clip.srt`.
    pub unread: Option<InputPath>,
}

impl Companions {
    /// The companions of a file among all files of a site in some languages; none of a file that is no recording.
    pub(crate) fn of(assets: &BTreeSet<InputPath>, languages: &[Lang], path: &InputPath) -> Companions {
        let mut found = Companions::default();
        let format = format_of(path.extension()).filter(|format| format.is_recording());
        let (Some(format), Some((stem, _))) = (format, path.as_str().rsplit_once('.')) else { return found };
        let start = format!("{stem}.");
        for other in assets.range(InputPath::from(start.as_str())..) {
            let Some(rest) = other.as_str().strip_prefix(&start) else { break };
            let (middle, extension) = match rest.rsplit_once('.') {
                Some((middle, extension)) => (Some(middle), extension.to_ascii_lowercase()),
                None => (None, rest.to_ascii_lowercase()),
            };
            // What only looks like a tag may say that the file is not for readers: `clip.old.vtt`.
            let is_one = |lang: &Lang| languages.contains(lang) || language::is_likely(lang);
            let lang = middle.and_then(Lang::parse).filter(is_one);
            if middle.is_some() && lang.is_none() {
                continue;
            }
            match extension.as_str() {
                "vtt" => found.captions.push((other.clone(), lang)),
                "srt" | "ass" | "ssa" | "sub" | "ttml" | "dfxp" | "sbv" => found.unread = Some(other.clone()),
                "txt" if middle.is_none() => found.transcript = Some(other.clone()),
                other_extension
                    if middle.is_none()
                        && format.sort == Sort::Video
                        && found.poster.is_none()
                        && picture(Some(other_extension)).is_some() =>
                {
                    found.poster = Some(other.clone());
                }
                _ => {}
            }
        }
        found
    }

    /// Those that are published with the recording.
    pub(crate) fn published(self) -> impl Iterator<Item = InputPath> {
        let captions = self.captions.into_iter().map(|(path, _)| path);
        self.poster.into_iter().chain(captions).chain(self.transcript)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_belongs_to_a_recording_has_its_name() {
        let names = [
            "a/clip.mp4",
            "a/clip.jpg",
            "a/clip.png",
            "a/clip.vtt",
            "a/clip.en.vtt",
            "a/clip.pt-BR.VTT",
            "a/clip.txt",
            "a/clip.srt",
            "a/clip.old version.vtt",
            "a/clip.old.vtt",
            "a/clip.en-private.vtt",
            "a/clip-2.vtt",
            "a/clip.md",
            "b/clip.vtt",
            "clip.vtt",
        ];
        let assets: BTreeSet<InputPath> = names.into_iter().map(InputPath::from).collect();
        let found = Companions::of(&assets, &[], &"a/clip.mp4".into());
        let captions: Vec<(&str, Option<&str>)> = found
            .captions
            .iter()
            .map(|(path, lang)| (path.as_str(), lang.as_ref().map(Lang::as_str)))
            .collect();
        assert_eq!(
            captions,
            [("a/clip.en.vtt", Some("en")), ("a/clip.pt-BR.VTT", Some("pt-br")), ("a/clip.vtt", None)]
        );
        assert_eq!(found.poster.as_ref().map(InputPath::as_str), Some("a/clip.jpg"));
        assert_eq!(found.transcript.as_ref().map(InputPath::as_str), Some("a/clip.txt"));
        assert_eq!(found.unread.as_ref().map(InputPath::as_str), Some("a/clip.srt"));
        assert_eq!(found.published().count(), 5);
        assert!(Companions::of(&assets, &[], &"a/clip.mp3".into()).poster.is_none());
        assert_eq!(Companions::of(&assets, &[], &"a/clip.jpg".into()).published().count(), 0);
    }
}
