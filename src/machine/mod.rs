//! What programs read of the pages: JSON-LD, the documents of the search, positions and lines for files of
//! data.

mod linked;
mod search;
mod survey;

pub(crate) use linked::{About, Subject, json_ld};
pub(crate) use search::{Search, preview_pieces};
pub(crate) use survey::{Position, Segment};
