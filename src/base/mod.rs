//! Vocabulary shared by all modules: spans, diagnostics, paths, dates, points and hashes. Imports nothing of
//! ours.

pub(crate) mod bug;
pub(crate) mod character;
pub(crate) mod country;
pub(crate) mod css;
pub mod date;
pub mod diagnostic;
pub(crate) mod escape;
pub(crate) mod fill;
pub(crate) mod fragment;
pub mod hash;
pub(crate) mod html;
pub mod id;
pub(crate) mod json;
pub(crate) mod language;
pub mod lines;
pub(crate) mod markup;
pub(crate) mod media;
pub(crate) mod names;
pub mod near;
pub(crate) mod nesting;
pub(crate) mod number;
pub(crate) mod part;
pub mod path;
pub(crate) mod point;
pub(crate) mod script;
pub(crate) mod shrink;
pub mod span;
pub(crate) mod svg;
pub(crate) mod tenths;
pub mod text;
pub(crate) mod timing;
pub(crate) mod typography;
pub(crate) mod url;
pub(crate) mod xml;
