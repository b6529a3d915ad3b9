//! The SVG drawings on pages, except maps. They take plain values, use the theme's colours and know nothing
//! about pages or the site.

pub mod chain;
mod diagram;
pub(crate) mod flow;
pub(crate) mod lanes;
#[cfg(feature = "cards")]
pub(crate) mod letters;
#[cfg(not(feature = "cards"))]
#[path = "letters/absent.rs"]
pub(crate) mod letters;
pub(crate) mod network;
pub(crate) mod plot;
pub(crate) mod poster;
pub(crate) mod strip;
