//! `dossier theme`: what a theme of one's own needs.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::{Args, Subcommand};

use super::console::Console;
use super::{Exit, Failure, locate};
use crate::base::id::Lang;
use crate::base::language;
use crate::base::path::InputPath;
use crate::config;
use crate::create::examples::{EXAMPLES, Example};
use crate::ide::theme;
use crate::locale::words;
use crate::session::texts;
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
    /// Make a small theme that works, in `themes/`
    New {
        /// What it is called, such as `court`
        name: String,
    },
    /// Report what is wrong with a theme: its templates, its words, and the contrast of its colours
    Check {
        /// The theme's folder [default: that of the theme that the dossier names]
        dir: Option<PathBuf>,
    },
}

impl Theme {
    /// Does what is asked.
    pub(crate) fn run(self, console: &mut Console) -> Result<Exit, Failure> {
        match self.what {
            What::Words { lang } => Theme::words(&language(&lang)?, console),
            What::New { name } => Theme::create(&name, console),
            What::Check { dir } => Theme::check(dir.as_deref(), console),
        }
    }

    /// Makes a theme.
    fn create(name: &str, console: &mut Console) -> Result<Exit, Failure> {
        let place = console.place()?;
        let changes = theme::scaffold(name)?;
        if !place.world.list(&format!("themes/{name}"))?.is_empty() {
            return Err(Failure(format!("there is a theme in `themes/{name}/`; choose another name")));
        }
        SourceWriter::at(&place.root)
            .carry_out(&changes)
            .map_err(|why| Failure(format!("cannot create `themes/{name}/`: {why}")))?;
        for rewrite in &changes.rewrites {
            console.print(format_args!("{}{}", place.prefix(), rewrite.path))?;
        }
        console.say(format_args!("write `theme = \"{name}\"` into dossier.toml to use it"))?;
        Ok(Exit::Clean)
    }

    /// Reports what is wrong with a theme.
    fn check(dir: Option<&Path>, console: &mut Console) -> Result<Exit, Failure> {
        let dossier = console.place();
        let config = dossier.as_ref().ok().map(|place| config::read(&*place.world, None).value);
        let place = match dir {
            Some(dir) => locate::only_theme(dir)?,
            None => dossier?,
        };
        if dir.is_none() && config.as_ref().is_none_or(|config| config.theme.is_none()) {
            let what = "the dossier has the default theme; name the folder of the theme to check";
            return Err(Failure(what.into()));
        }
        let languages = config.map(|config| config.languages).unwrap_or_default();
        let world: Arc<dyn World> = place.world.clone();
        let found = theme::examine(&world, &languages, EXAMPLES.iter().map(Example::files));
        console.report(&found, &texts(&*world, &found), &place)?;
        if found.is_empty() {
            console.say("the theme has every word, its templates read only what there is, and its colours can be read")?;
            return Ok(Exit::Clean);
        }
        Ok(Exit::Found)
    }

    /// Writes the file in which to translate the words.
    fn words(lang: &Lang, console: &mut Console) -> Result<Exit, Failure> {
        let place = console.place()?;
        let config = config::read(&*place.world, None).value;
        let theme = Files::read(&*place.world, &config).value;
        let name = config.theme.as_ref().map_or("default", |theme| theme.value.as_str());
        let path: InputPath = format!("themes/{name}/strings/{}.toml", lang.cased()).into();
        let sheet = words::Sheet::read(lang, &theme);
        if place.world.read(&path).is_ok() {
            match sheet.missing() {
                [] => {
                    console.print(format_args!("{}{path} has every word", place.prefix()))?;
                }
                missing => {
                    let count = missing.len();
                    let words = if count == 1 { "word" } else { "words" };
                    console.say(format_args!("{path} lacks {count} {words}: add these lines to it"))?;
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
