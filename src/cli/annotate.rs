//! `dossier annotate`: marks a passage of an article.

use std::sync::Arc;

use clap::Args;

use super::console::Console;
use super::{Exit, Failure};
use crate::ide::annotate::{self, Request};
use crate::ide::change::Said;
use crate::link::anchor::Quote;
use crate::session::{Options, Snapshot};
use crate::world::edit::{Changes, rewrites};
use crate::world::overlay::Overlay;

/// Mark the passage of an article that a claim, a note or another entity is about
#[derive(Debug, Args)]
pub(crate) struct Annotate {
    /// The words, as a reader sees them
    words: String,
    /// The id of the entity whose annotation it is
    #[arg(long, value_name = "ID")]
    about: String,
    /// The article [default: the home page, or the only article]
    #[arg(long, value_name = "ID")]
    article: Option<String>,
    /// The language of the words [default: the one in which the article has them]
    #[arg(long)]
    lang: Option<String>,
    /// What comes before the words, if they occur several times
    #[arg(long, value_name = "WORDS", default_value = "")]
    prefix: String,
    /// What comes after the words
    #[arg(long, value_name = "WORDS", default_value = "")]
    suffix: String,
}

impl Annotate {
    /// Computes the edit, verifies it in an overlay, and only then writes.
    pub(crate) fn run(self, console: &mut Console) -> Result<Exit, Failure> {
        let place = console.place()?;
        let options = Options { drafts: true, ..Options::default() };
        let world = Arc::new(Overlay::over(place.world.clone()));
        let before = Snapshot::take(world.clone(), &options);
        let quote = Quote { exact: &self.words, prefix: &self.prefix, suffix: &self.suffix };
        let (article, lang) = (self.article.as_deref(), self.lang.as_deref());
        let request = Request { quote, about: &self.about, article, lang };
        let target = annotate::target(&before, &request)?;
        let changes = Changes { rewrites: rewrites(&*world, &target.edits)?, ..Changes::default() };
        let after = Snapshot::take(Arc::new(Overlay::over(world).changed(&changes)?), &options);
        annotate::verify(&before.graph, &after.graph, &target)?;
        let title = before.graph.entity(target.by).original().title();
        place.carry_out(&changes, &Said::of("annotate", title))?;
        console.print(format_args!("{}{}", place.prefix(), target.path))?;
        let selector = &target.selector;
        console.say(format_args!("marked “{}{}{}”", selector.prefix, selector.exact, selector.suffix))?;
        Ok(Exit::Clean)
    }
}
