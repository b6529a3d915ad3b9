//! The files of data that the site offers.

use serde::Serialize;

use super::PageHead;

/// The files of data that the site offers.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct DataPage {
    #[serde(flatten)]
    pub head: PageHead,
    /// The files.
    pub files: Vec<DataFile>,
    /// The licence of the data: its address or its name.
    pub license: Option<String>,
    /// Whether `license` is an address.
    pub is_address: bool,
    /// How published copies are signed, if they are.
    pub signature: Option<SignatureShown>,
}

/// What readers need to check that a copy is genuine.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct SignatureShown {
    /// The public key, as minisign writes it.
    pub key: String,
    /// The host of the authority that stamps the time, if one does.
    pub authority: Option<String>,
    /// The address of the published site.
    pub copy: String,
}

/// A file of data.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct DataFile {
    /// The path of the file.
    pub path: String,
    /// The name of the file.
    pub name: String,
    /// The key of what is said about the format: `t.special.data.formats[word]`.
    pub word: &'static str,
    /// The plural of the name of the kind that it holds, where it holds only one.
    pub kind: Option<String>,
    /// Its media type.
    pub media: &'static str,
    /// Its size, in words.
    pub size: String,
}
