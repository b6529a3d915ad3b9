//! Vocabulary shared by all modules: spans, diagnostics, paths, dates, points and hashes. Imports nothing of
//! ours.

pub mod country;
pub mod date;
pub mod diagnostic;
pub mod escape;
pub mod fill;
pub mod hash;
pub mod html;
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
pub mod shrink;
pub mod span;
pub mod tenths;
pub mod text;
pub mod timing;
pub mod typography;
pub mod url;
