//! A compiler for evidence: an article and its annotations in Markdown become a cross-linked static site.
//!
//! The pipeline, in reading order. A stage is a verb, its product a noun of its own type; stages do not fail but
//! return what they could make and what they [found](base::diagnostic::Diagnostic). Modules import leftwards
//! only, in this order:
//!
//! 1. [`base`] holds the words that all others use; [`data`] reads YAML and TOML into one tree with spans;
//!    [`world`] is the only door to the disk and the clock.
//! 2. [`config`] reads `dossier.toml`, and [`kinds`] says what can exist: one file a kind.
//! 3. [`load`] lists and reads the files: [`World`](world::World) → [`Input`](load::Input).
//! 4. [`parse`] understands each alone: [`Input`](load::Input) → [`Parsed`](parse::Parsed).
//! 5. [`link`] brings them together: ids, names, references, translations, annotated passages → [`Graph`](link::Graph).
//! 6. [`evidence`] weighs it: attribution chains, independent origins, divergences, history. [`site`] says what is at which
//!    address: [`SiteMap`](site::SiteMap). [`check`] runs the rules over all three, one file a rule. [`external`] asks the hosts of what is linked to whether it is there, where it is asked to.
//! 7. [`theme`] and [`locale`] are what the site is written with: templates, words, dates, numbers.
//! 8. [`exports`] makes files of data for other programs, [`search`] an index of words; [`view`] makes pages that hold all a template may read, and no spans: [`Page`](view::Page).
//! 9. [`render`] turns a page and the theme into HTML.
//! 10. [`outputs`] says which files a site consists of and makes them, one file a format: [`SiteBuilder`](outputs::SiteBuilder).
//! 11. [`emit`] brings a folder to hold them. It alone writes there.
//! 12. [`session`] runs all this, takes up changes, and gives an immutable [`Snapshot`](session::Snapshot), the one thing that
//!     [`ide`], [`report`], [`import`], [`serve`], [`publish`] and [`cli`] read.

pub mod base;

pub mod data;

pub mod geo;

#[cfg(any(feature = "links", feature = "stores"))]
pub mod http;
pub mod world;

pub mod config;

pub mod redact;

pub mod kinds;

pub mod vocabulary;

pub mod load;

pub mod parse;

pub mod link;

pub mod course;

pub mod evidence;

pub mod site;

pub mod check;

pub mod external;

pub mod theme;

pub mod locale;

#[cfg(feature = "bibliography")]
pub mod citation;
#[cfg(not(feature = "bibliography"))]
#[path = "citation/absent.rs"]
pub mod citation;
pub mod exports;
pub mod map;
pub mod search;

pub mod view;

pub mod render;

pub mod outputs;

pub mod emit;

pub mod session;

pub mod ide;

pub mod report;

pub mod import;

pub mod serve;

pub mod publish;

pub mod cli;
