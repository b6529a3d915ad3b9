//! Whether a file's content is what its name says.

use super::Copied;
use crate::base::media::{Format, Sort};

/// Formats that share containers, by their usual extensions; a file may have the name of another of them.
const FAMILIES: [&[&str]; 6] = [
    &["mp4", "m4a", "mov", "3gp"],
    &["webm", "weba", "mkv"],
    &["ogg", "ogv"],
    &["wmv", "wma"],
    &["png", "apng"],
    &["heic", "avif"],
];

/// Formats that are recognised by their content.
const RECOGNISED: [&str; 25] = [
    "mp4", "m4a", "mov", "3gp", "webm", "weba", "mkv", "avi", "ogg", "ogv", "mp3", "wav", "flac", "pdf",
    "wmv", "wma", "flv", "amr", "jpg", "png", "apng", "gif", "webp", "heic", "avif",
];

impl Copied {
    /// What is wrong with a picture, a recording or a PDF that should be of a format, in the words of a
    /// finding. `None` for what readers can open, and for other formats.
    pub(crate) fn fault(&self, format: &Format) -> Option<String> {
        let expected = format.extension;
        if !format.is_recording() && format.sort != Sort::Picture && expected != "pdf" {
            return None;
        }
        let name = expected.to_uppercase();
        let is_known = RECOGNISED.contains(&expected);
        let is_same = |found: &str| {
            found == expected
                || FAMILIES.iter().any(|family| family.contains(&found) && family.contains(&expected))
        };
        match self.extent.format {
            _ if self.size == 0 => Some("is empty".to_owned()),
            Some("html") => Some(format!("is a web page, not {name}")),
            None if is_known => Some(format!("is not {name}, as its name says")),
            Some(found) if is_known && !is_same(found) => {
                Some(format!("is {}, not {name}, as its name says", found.to_uppercase()))
            }
            _ if self.is_cut => Some("is incomplete: it ends in the middle".to_owned()),
            Some("mp4" | "m4a" | "mov") if self.extent.seconds.is_none() && self.extent.codec.is_none() => {
                Some("does not say what is in it, so no player can play it".to_owned())
            }
            Some("mp3" | "wav" | "flac") if self.extent.seconds.is_none() => {
                Some("has no sound that can be read".to_owned())
            }
            Some("jpg" | "png" | "gif" | "webp") if self.extent.pixels.is_none() => {
                Some("has no picture that can be read".to_owned())
            }
            _ => None,
        }
    }
}
