//! Machine-readable views of the pages: JSON-LD, search documents, and the geographic data for the export
//! formats.

mod linked;
mod search;
mod survey;

pub(crate) use linked::{About, Subject, json_ld};
pub(crate) use search::{Search, preview_pieces};
pub(crate) use survey::{Position, Segment};
