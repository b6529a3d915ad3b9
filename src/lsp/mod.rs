//! The language server: the compiler in an author's editor, over the Language Server Protocol 3.17.
//!
//! One loop owns the session, over a world in which unsaved texts stand in for files ([`buffers`]). What is asked is
//! answered from the snapshot of what has arrived so far; findings are sent when nothing is left to read. Everything
//! that changes files is an edit of `ide`, sent to the editor to carry out.

mod actions;
mod buffers;
mod complete;
mod context;
mod edits;
mod findings;
mod look;
mod place;
mod server;
mod symbols;

pub(crate) use server::serve;
