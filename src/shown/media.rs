//! Recordings and documents on a page: players and cards.

use std::sync::Arc;

use serde::Serialize;

use super::Preview;

/// A recording, a document or another file that a page shows or offers.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Media {
    /// What it is: `video`, `sound`, `picture`, `document` or `data`; `t.media[sort]`.
    pub sort: &'static str,
    /// Whether browsers play or show it. If not, a link to it is all that a page can offer.
    pub plays: bool,
    /// The path of its file.
    pub path: String,
    /// The fragment that opens it at a place, with its `#`: `#t=92`, `#page=4`. Empty if it starts at the start.
    pub fragment: String,
    /// That place for people: `1:32`, or the number of a page.
    pub place: Option<String>,
    /// What it is called: the author's words, the title of its source, or the name of the file.
    pub title: String,
    /// The language of the title, if it differs from the page's.
    pub lang: Option<String>,
    /// The source that it is a copy of, unless that has this page.
    pub source: Option<Arc<Preview>>,
    /// Its format, as people call it: `MP4`, `PDF`.
    pub format: String,
    /// Its media type.
    pub media_type: &'static str,
    /// How long it is.
    pub duration: Option<Duration>,
    /// The number of its pages.
    pub pages: Option<usize>,
    /// Its width in pixels, as it is shown.
    pub width: Option<usize>,
    /// Its height in pixels.
    pub height: Option<usize>,
    /// Whether a text says how wide it is there: `![[clip.mp4|300]]`.
    pub sized: bool,
    /// Its size with a unit, in the page's language.
    pub size: String,
    /// Its size in bytes.
    pub bytes: usize,
    /// The SHA-256 checksum of the file at `path`, in hexadecimal digits.
    pub sha256: String,
    /// Whether metadata were removed from it, so that the author's own file has another checksum.
    pub cleaned: bool,
    /// The path of the picture that a player shows before it plays.
    pub poster: Option<String>,
    /// Its captions and subtitles.
    pub tracks: Vec<Track>,
    /// The path of its words as plain text.
    pub transcript: Option<String>,
    /// Its address on the web, if the dossier's is known.
    pub address: Option<String>,
}

/// The length of a recording.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Duration {
    /// As a clock shows it: `1:32`.
    pub text: String,
    /// In ISO 8601: `PT1M32S`.
    pub iso: String,
    /// In whole seconds.
    pub seconds: u64,
}

/// Captions, or subtitles in another language.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Track {
    /// The path of the file, in WebVTT.
    pub path: String,
    /// `captions`, or `subtitles` if the recording is in another language.
    pub kind: &'static str,
    /// Its language.
    pub lang: String,
    /// The name of that language.
    pub label: String,
    /// Whether a player shows it at first: subtitles in the language of the page.
    pub on: bool,
}

/// A place in a source, as a citation names it.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Located {
    /// The place as the author wrote it.
    pub text: String,
    /// The path of the source's file with the fragment of the place, if it has a file that opens there.
    pub path: Option<String>,
    /// The address on another site that opens there, if the source has no file here.
    pub address: Option<String>,
    /// The fragment alone, with its `#`: the source's page starts there, too.
    pub fragment: Option<String>,
}

/// A place in a source, and who cites it.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct CitedPlace {
    /// The place.
    pub place: Located,
    /// Those who cite it.
    pub by: Vec<Arc<Preview>>,
}

impl Media {
    /// As wide as its author wants it, in pixels, and perhaps as high; otherwise in proportion.
    pub(crate) fn sized(&self, (width, height): (u32, Option<u32>)) -> Media {
        let width = width as usize;
        let high = self.width.zip(self.height).map(|(wide, high)| (width * high / wide.max(1)).max(1));
        let height = height.map(|height| height as usize).or(high);
        Media { width: Some(width), height, sized: true, ..self.clone() }
    }
}
