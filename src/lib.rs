//! A compiler for evidence: an article and its annotations in Markdown become a cross-linked static site.
//!
//! The library exists for the program, its tests and its benches; it is no stable interface. What these do
//! not use is `pub(crate)`, but for [`shown`], which is what themes see.
//!
//! The pipeline, in reading order. A stage is a verb, its product a noun of its own type. Stages do not fail:
//! they return what they could make and their [findings](base::diagnostic::Diagnostic). Modules import only
//! from those above them, in this order:
//!
//! 1. [`base`] defines the vocabulary of all others; [`data`] parses YAML and TOML into one tree with spans;
//!    [`world`] is the only access to the disk and the clock.
//!    [`metadata`] reads what a picture or a document tells beside its content, and takes it out of pictures. [`seal`]
//!    signs a list of checksums and has it time-stamped.
//! 2. [`config`] reads `dossier.toml`, and [`kinds`] defines the kinds of entities, one file per kind.
//! 3. [`load`] lists and reads the files: [`World`](world::World) → [`Input`](load::Input).
//! 4. [`parse`] parses each file by itself: [`Input`](load::Input) → [`Parsed`](parse::Parsed).
//! 5. [`link`] connects them: ids, names, references, translations, annotated passages →
//!    [`Graph`](link::Graph).
//! 6. [`evidence`] evaluates the graph: attribution chains, independent origins, divergences, history.
//!    [`site`] maps addresses to what is there: [`SiteMap`](site::SiteMap).
//! 7. [`theme`] and [`locale`] provide templates, words, dates and numbers; [`values`] is what a text can print of the
//!    evidence. [`check`] runs the rules, one file per rule. [`external`] checks links to other sites, on request only.
//! 8. [`exports`] makes data files for other programs, [`search`] an index of words. [`shown`] defines what a
//!    template may read, a struct for each sort of page. [`draw`] draws diagrams, a
//!    [`Reader`](reader::Reader) is the site in one language, [`machine`] writes what programs read of a page,
//!    and [`pages`] makes [`Page`](shown::Page)s.
//! 9. [`render`] turns a page and the theme into HTML.
//! 10. [`outputs`] decides which files a site consists of and makes them, one file per format:
//!     [`SiteBuilder`](outputs::SiteBuilder).
//! 11. [`emit`] makes a folder contain them. Nothing else writes there.
//! 12. [`session`] runs all of this, incrementally, and returns an immutable
//!     [`Snapshot`](session::Snapshot), which [`ide`], [`report`], [`import`], [`create`], [`serve`], [`publish`] and
//!     [`cli`] read.

// For the library only: a test or a bench is a crate of its own, in which every `pub` would be unreachable.
#![warn(unreachable_pub)]
// The documentation is for people who work on the program: they read it with `--document-private-items`.
#![allow(rustdoc::private_intra_doc_links)]
// Without an optional part, what only that part uses is unused.
#![cfg_attr(
    not(all(
        feature = "bibliography",
        feature = "cards",
        feature = "links",
        feature = "seals",
        feature = "spreadsheets",
        feature = "stores"
    )),
    allow(dead_code)
)]

pub mod base;

pub mod data;

pub mod geo;

#[cfg(any(feature = "links", feature = "stores"))]
mod http;
pub mod world;

mod seal;

pub mod config;

pub mod metadata;

mod redact;

pub mod kinds;

mod vocabulary;

pub mod load;

pub mod parse;

pub mod link;

pub mod course;

pub mod evidence;

pub mod site;

pub mod theme;

pub mod locale;

mod values;

pub mod check;

mod external;
/// What a change by somebody else may not touch.
mod untrusted;

#[cfg(feature = "bibliography")]
mod citation;
#[cfg(not(feature = "bibliography"))]
#[path = "citation/absent.rs"]
mod citation;
mod exports;
pub mod map;
mod search;

pub mod shown;

pub mod draw;

pub mod reader;

mod machine;

mod pages;

pub mod render;

pub mod outputs;

pub mod emit;

pub mod session;

mod ide;

mod report;

mod import;

mod create;

mod lsp;

mod serve;

pub mod publish;

pub mod cli;
