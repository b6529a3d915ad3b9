//! `dossier theme`: what a theme of one's own needs.

use clap::{Args, Subcommand};

use super::console::Console;
use super::{Exit, Failure};
use crate::base::id::Lang;
use crate::base::language;
use crate::base::path::InputPath;
use crate::config;
use crate::locale::words;
use crate::theme::Theme as Files;
use crate::world::World;
use crate::world::edit::SourceWriter;

/// Write what a theme needs
#[derive(Debug, Args)]
pub(crate) struct Theme {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Write the file in which to translate the site's words, or print the words that it lacks
    Words {
        /// The language, such as `nl` or `pt-PT`
        lang: String,
    },
}

impl Theme {
    /// Writes the file.
    pub(crate) fn run(self, console: &mut Console) -> Result<Exit, Failure> {
        let What::Words { lang: tag } = self.what;
        let lang = language(&tag)?;
        let place = console.place()?;
        let config = config::read(&*place.world, None).value;
        let theme = Files::read(&*place.world, &config).value;
        let name = config.theme.as_ref().map_or("default", |theme| theme.value.as_str());
        let path: InputPath = format!("themes/{name}/strings/{}.toml", lang.cased()).into();
        let sheet = words::Sheet::read(&lang, &theme);
        if place.world.read(&path).is_ok() {
            match sheet.missing() {
                [] => {
                    console.print(format_args!("{}{path} has every word", place.prefix()))?;
                }
                missing => {
                    let count = missing.len();
                    console.say(format_args!("{path} lacks {count} words: add these lines to it"))?;
                    console.print(format_args!("{}", sheet.missing_lines()))?;
                }
            }
            return Ok(Exit::Clean);
        }
        SourceWriter::at(&place.root)
            .create(&path, sheet.file().as_bytes())
            .map_err(|why| Failure(format!("cannot create `{path}`: {why}")))?;
        console.print(format_args!("{}{path}", place.prefix()))?;
        Ok(Exit::Clean)
    }
}

fn language(tag: &str) -> Result<Lang, Failure> {
    let lang = Lang::parse(tag).filter(|lang| language::fault(lang).is_none());
    lang.ok_or_else(|| {
        let meant = match crate::data::reading::language(tag).as_slice() {
            [] => "write its code, such as `nl` or `pt-PT`".to_owned(),
            [one] => format!("did you mean `{one}`?"),
            several => format!("it may be {}", several.join(" or ")),
        };
        Failure(format!("`{tag}` is not the code of a language: {meant}"))
    })
}
