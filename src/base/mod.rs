//! The shared words: spans, diagnostics, paths, dates, points and hashes. Imports nothing of ours.

pub mod country;
pub mod date;
pub mod diagnostic;
pub mod escape;
pub mod fill;
pub mod fit;
pub mod hash;
pub mod id;
pub mod json;
pub mod lines;
pub mod markup;
pub mod media;
pub mod near;
pub mod number;
pub mod part;
pub mod path;
pub mod point;
pub mod script;
pub mod span;
pub mod tenths;
pub mod text;
pub mod timing;
pub mod typography;
pub mod url;
