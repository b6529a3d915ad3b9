//! `dossier init`: creates a dossier, and asks a person at a terminal for what is not given.

use std::path::{Path, PathBuf};

use clap::Args;

use super::console::Console;
use super::{Exit, Failure, given};
use crate::base::near::nearest;
use crate::create::examples::{self, EXAMPLES, Example};
use crate::create::{Created, Field, New, Start, create};
use crate::world::LARGEST_TEXT;

/// Create a dossier: an example to learn from, an empty one, or one from an article
#[derive(Debug, Args)]
pub(crate) struct Init {
    /// A new or empty folder
    #[arg(value_name = "DIR")]
    folder: Option<PathBuf>,
    #[arg(long, value_name = "NAME", num_args = 0..=1, default_missing_value = examples::first().name)]
    #[arg(group = "start", help = help())]
    example: Option<String>,
    /// Start with an article without text
    #[arg(long, group = "start")]
    empty: bool,
    /// Start with an article: a file in Markdown, HTML or plain text
    #[arg(long, value_name = "FILE", group = "start")]
    from: Option<PathBuf>,
    /// The title [default: that of the article, or made from the folder's name]
    #[arg(long, conflicts_with = "example")]
    title: Option<String>,
    /// The languages, the one of the article first, such as `en,id` [default: en]
    #[arg(long, value_name = "LANGS", value_delimiter = ',')]
    languages: Vec<String>,
    /// Make `content` a vault of Obsidian, too: types of properties, and a template for each kind
    #[arg(long)]
    obsidian: bool,
}

impl Init {
    /// Writes the files and says what to do next.
    pub(crate) fn run(mut self, console: &mut Console) -> Result<Exit, Failure> {
        self.take_folder();
        if console.is_attended() {
            self.ask(console)?;
        }
        let example = self.example.as_deref().map_or_else(|| Ok(examples::first()), named)?;
        let folder = self.folder.ok_or_else(|| Failure("name a new folder: `dossier init DIR`".into()))?;
        let article = self.from.as_deref().map(|path| Ok::<_, Failure>((path, read(path)?))).transpose()?;
        let name = article.as_ref().map(|(path, _)| path.display().to_string()).unwrap_or_default();
        let start = match &article {
            Some((_, bytes)) => Start::Article { name: &name, bytes },
            None if self.empty => Start::Empty,
            None => Start::Example(example),
        };
        let (title, languages, is_vault) = (self.title.as_deref(), &*self.languages, self.obsidian);
        let new = New { folder: &folder, start, title, languages, is_vault };
        let Created { files, remarks } = create(&new).map_err(|refused| {
            Failure(match refused.field {
                Field::Article => format!("cannot create a dossier from `{name}`: {}", refused.why),
                _ => refused.why,
            })
        })?;
        for remark in remarks {
            console.say(remark)?;
        }
        let shown = folder.display().to_string();
        console.say(format_args!("created a dossier of {files} files in `{shown}`; next:"))?;
        let cd = if shown.contains(' ') { format!("\"{shown}\"") } else { shown };
        console.say(format_args!("  cd {cd}"))?;
        console.say("  dossier check                     report what is wrong with it")?;
        console.say("  dossier serve --open              preview and edit it in the browser")?;
        console.say("  dossier new claim \"Who said so\"   add a file of your own")?;
        let explained = match start {
            Start::Example(example) if example.name == examples::first().name => {
                ": the comments in the files explain each key"
            }
            _ => "",
        };
        console.say(format_args!("Start with `content/article.md`{explained}."))?;
        Ok(Exit::Clean)
    }

    /// Takes what follows `--example` for the folder if there is none and no example is meant.
    fn take_folder(&mut self) {
        let is_folder = |given: &str| examples::named(given).is_none() && near(given).is_none();
        if self.folder.is_none() && self.example.as_deref().is_some_and(is_folder) {
            self.folder = self.example.replace(examples::first().name.to_owned()).map(PathBuf::from);
        }
    }

    /// Asks for what is not given.
    fn ask(&mut self, console: &mut Console) -> Result<(), Failure> {
        while self.folder.is_none() {
            let folder = console.ask("Folder of the new dossier", "")?;
            self.folder = Some(PathBuf::from(folder)).filter(|folder| !folder.as_os_str().is_empty());
        }
        if self.example.is_none() && !self.empty && self.from.is_none() {
            let start = format!(
                "Start with an example ({}), with `empty`, or with an article: the path of its file (.md, .html, .txt)",
                names()
            );
            match console.ask(&start, examples::first().name)?.as_str() {
                "empty" => self.empty = true,
                name if examples::named(name).is_some() => self.example = Some(name.to_owned()),
                path => self.from = Some(PathBuf::from(path)),
            }
        }
        if self.example.is_some() || !self.languages.is_empty() {
            return Ok(());
        }
        let languages = console.ask("Languages, the one of the article first, such as `en,id`", "en")?;
        self.languages = languages.split(',').map(str::to_owned).collect();
        Ok(())
    }
}

fn help() -> String {
    let lines = EXAMPLES.iter().map(|example| format!("`{}`, {}", example.name, example.about));
    format!("Start with an example (the default): {}", lines.collect::<Vec<String>>().join("; "))
}

fn named(name: &str) -> Result<&'static Example, Failure> {
    examples::named(name).ok_or_else(|| {
        let help = near(name).map(|near| format!("did you mean `{near}`? ")).unwrap_or_default();
        Failure(format!("there is no example `{name}`; {help}the examples are {}", names()))
    })
}

fn names() -> String {
    EXAMPLES.iter().map(|example| format!("`{}`", example.name)).collect::<Vec<String>>().join(", ")
}

fn near(name: &str) -> Option<&'static str> {
    nearest(name, EXAMPLES.iter().map(|example| example.name))
}

fn read(path: &Path) -> Result<Vec<u8>, Failure> {
    given::read(path, LARGEST_TEXT).map_err(|why| Failure(format!("cannot read `{}`: {why}", path.display())))
}
