//! The drawings of pages besides maps, as SVG in the theme's colours: plain values in, text out. Nothing here
//! knows a page or a site.

pub mod chain;
mod diagram;
pub(crate) mod network;
pub(crate) mod plot;
pub(crate) mod poster;
pub(crate) mod strip;
