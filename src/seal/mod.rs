//! What proves an edition: a signature of its list of checksums, in minisign's format, and a time stamp of it
//! (RFC 3161). Whoever has the author's public key and the list knows who published each file, and with the
//! stamp that it was there at that time. Neither is in the list, so both can be made once it is whole.

#[cfg(feature = "seals")]
pub(crate) mod keys;
#[cfg(not(feature = "seals"))]
#[path = "keys/absent.rs"]
pub(crate) mod keys;
#[cfg(feature = "seals")]
pub(crate) mod stamp;
#[cfg(not(feature = "seals"))]
#[path = "stamp/absent.rs"]
pub(crate) mod stamp;

/// Where the signature is, beside the list.
pub(crate) const SIGNATURE: &str = "SHA256SUMS.minisig";

/// Where the time stamp is: the authority's whole answer, as `openssl ts -verify -in` takes it.
pub(crate) const STAMP: &str = "SHA256SUMS.tsr";

/// What a time stamp says.
#[derive(Debug)]
pub(crate) struct Stamp {
    /// When the authority had seen the list, in UTC.
    pub time: String,
    /// The name in the authority's certificate.
    pub authority: String,
}
