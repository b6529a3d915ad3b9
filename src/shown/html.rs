//! HTML among the fields of a page.

use serde::Serialize;

/// HTML that the program wrote: a template shows it as it is, without escaping. `render` knows it by the name
/// of this struct.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Html(pub String);

/// HTML that `render` draws from the fields beside it, because it depends on the theme or on how deep in the
/// site the page lies.
#[derive(Copy, Clone, Debug, Default, PartialEq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Drawn;
