//! `dossier new`: creates a file for an entity.

use std::io::ErrorKind;

use clap::Args;
use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};

use super::console::Console;
use super::{Exit, Failure};
use crate::ide::change::Said;
use crate::ide::scaffold::{self, Request};
use crate::kinds::KindId;
use crate::session::{Options, Snapshot};
use crate::world::edit::{Changes, Rewrite};

/// Create a file for an entity, with the keys of its kind
#[derive(Debug, Args)]
pub(crate) struct New {
    /// The kind of the entity
    #[arg(value_parser = kinds())]
    kind: KindId,
    /// The title of the entity
    title: String,
    /// The id, which is the file's name [default: made from the title]
    #[arg(long)]
    id: Option<String>,
    /// The language; with a language other than the default one, a translation of `--id`
    #[arg(long)]
    lang: Option<String>,
}

/// The kinds, for arguments, their help and completions.
pub(crate) fn kinds() -> impl TypedValueParser<Value = KindId> {
    let value = |kind: &KindId| PossibleValue::new(kind.name()).help(kind.spec().about);
    let words = PossibleValuesParser::new(KindId::ALL.iter().map(value));
    words.try_map(|word| KindId::named(&word).ok_or("no such kind"))
}

impl New {
    /// Creates the file and prints its path.
    pub(crate) fn run(self, console: &mut Console) -> Result<Exit, Failure> {
        let place = console.place()?;
        let options = Options { drafts: true, ..Options::default() };
        let snapshot = Snapshot::take(place.world.clone(), &options);
        let (id, lang) = (self.id.as_deref(), self.lang.as_deref());
        let request = Request { kind: self.kind, title: &self.title, id, lang };
        let file = scaffold::file(&snapshot.graph, &request)?;
        let changes =
            Changes { rewrites: vec![Rewrite::created(&file.path, file.content)], moves: Vec::new() };
        let said = Said::of("new", self.title.trim()).with(self.kind.name());
        place.carry_out(&changes, &said).map_err(|why| match why.kind() {
            ErrorKind::AlreadyExists => Failure(format!("{why}; choose another `--id`")),
            _ => why.into(),
        })?;
        console.print(format_args!("{}{}", place.prefix(), file.path))?;
        Ok(Exit::Clean)
    }
}
