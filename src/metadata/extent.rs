//! What a file is, and how long or large it says that it is: seconds, pages, pixels.

/// What a file is, by its content, and its extent as far as it tells.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Extent {
    /// The usual extension of the format that its first bytes belong to; `None` if they are of no format that is
    /// known here.
    pub(crate) format: Option<&'static str>,
    /// How long a recording is.
    pub(crate) seconds: Option<f64>,
    /// The number of pages of a document.
    pub(crate) pages: Option<usize>,
    /// The width and the height of a picture or a video, as it is shown.
    pub(crate) pixels: Option<(usize, usize)>,
    /// How the picture of a video is encoded, by its name in the registry of MP4 (mp4ra.org): `avc1`, `hvc1`.
    pub(crate) codec: Option<String>,
}
