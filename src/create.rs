//! A new dossier: an example, an empty one, or one made from an article.

use std::io;
use std::path::Path;
use std::sync::Arc;

use examples::Example;
use serde::Serialize;

use crate::base::id::Lang;
use crate::base::language;
use crate::base::path::InputPath;
use crate::config::FILE;
use crate::data::write::quoted;
use crate::ide::scaffold::{self, Request};
use crate::import::article::{self, NO_TEXT, NO_TITLE, Source};
use crate::import::decode;
use crate::kinds::KindId;
use crate::session::{Options, Snapshot};
use crate::world::dir::Dir;
use crate::world::edit::{Changes, Rewrite, SourceWriter};
use crate::world::memory::MemoryWorld;

pub(crate) mod examples;
mod obsidian;

/// Only Git needs it, and a new repository may have one.
const GITIGNORE: &str = ".gitignore";
const GITIGNORE_TEXT: &str = include_str!("create/gitignore");

/// What a new dossier starts with.
#[derive(Copy, Clone, Debug)]
pub(crate) enum Start<'a> {
    /// One of the examples.
    Example(&'static Example),
    /// An article without text.
    Empty,
    /// A file with this name and these bytes, as `dossier import article` reads it.
    Article { name: &'a str, bytes: &'a [u8] },
}

/// A request for a dossier.
#[derive(Clone, Debug)]
pub(crate) struct New<'a> {
    /// Where it goes: a folder that is empty, or does not exist.
    pub folder: &'a Path,
    pub start: Start<'a>,
    /// The title; by default that of the article, or made from the folder's name. An example has its own.
    pub title: Option<&'a str>,
    /// The languages as BCP 47 tags, the default first. Without any, those of the example, or English.
    pub languages: &'a [String],
    /// Whether its content is a vault of Obsidian, too.
    pub is_vault: bool,
}

/// A dossier that was created.
#[derive(Debug)]
pub(crate) struct Created {
    /// How many files it has.
    pub files: usize,
    /// Remarks for the user: what was left out of the article.
    pub remarks: Vec<String>,
}

/// Why a dossier was not created, or not opened.
#[derive(Debug, Serialize)]
pub(crate) struct Refused {
    /// Which answer has to change.
    pub field: Field,
    /// The key of the words for it on the start page; empty if there are only those in `why`.
    pub problem: &'static str,
    /// What the problem is about: a path, or a word that was given.
    pub of: String,
    /// The same in English, for the terminal.
    pub why: String,
}

/// A part of the request.
#[derive(Copy, Clone, Debug, Eq, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Field {
    Folder,
    Title,
    Languages,
    Article,
}

impl Refused {
    pub(crate) fn new(field: Field, problem: &'static str, of: impl ToString, why: impl ToString) -> Refused {
        Refused { field, problem, of: of.to_string(), why: why.to_string() }
    }
}

/// Creates a dossier: all of its files, or none.
///
/// # Errors
/// If something is missing from the request, the folder is not empty, or the system refuses.
pub(crate) fn create(new: &New<'_>) -> Result<Created, Refused> {
    let languages = languages(new)?;
    let (mut files, remarks) = match new.start {
        Start::Example(example) => (from_example(example, &languages), Vec::new()),
        Start::Empty => (empty(new, &languages)?, Vec::new()),
        Start::Article { name, bytes } => from_article(new, name, bytes, &languages)?,
    };
    if new.is_vault {
        files.extend(obsidian::files());
        let ignored = files.iter_mut().filter(|(path, _)| path.as_str() == GITIGNORE);
        ignored.for_each(|(_, content)| content.extend_from_slice(obsidian::IGNORED.as_bytes()));
    }
    write(new.folder, &files)?;
    Ok(Created { files: files.len(), remarks })
}

/// The languages, without duplicates.
fn languages(new: &New<'_>) -> Result<Vec<Lang>, Refused> {
    let mut languages: Vec<Lang> = Vec::new();
    for tag in new.languages.iter().map(|tag| tag.trim()).filter(|tag| !tag.is_empty()) {
        let lang = Lang::parse(tag).filter(|lang| language::fault(lang).is_none()).ok_or_else(|| {
            let why = format!("`{tag}` is not a language; write its code, such as `en` or `id`");
            Refused::new(Field::Languages, "not-a-language", tag, why)
        })?;
        if !languages.contains(&lang) {
            languages.push(lang);
        }
    }
    let own: Vec<Lang> = match new.start {
        Start::Example(example) => example.languages().collect(),
        Start::Empty | Start::Article { .. } => Vec::new(),
    };
    match languages.first() {
        None if own.is_empty() => languages.extend(Lang::parse("en")),
        None => languages = own,
        Some(first) if !languages.starts_with(&own) => {
            let own: Vec<String> = own.iter().map(|lang| format!("`{}`", lang.cased())).collect();
            let own = own.join(" and ");
            let why = format!("the example is in {own}; put {own} first, or start with `--empty`");
            return Err(Refused::new(Field::Languages, "", first, why));
        }
        Some(_) => {}
    }
    Ok(languages)
}

/// Files by path.
type Files = Vec<(InputPath, Vec<u8>)>;

fn from_example(example: &Example, languages: &[Lang]) -> Files {
    let own: Vec<Lang> = example.languages().collect();
    let mut files = example.files();
    for (_, content) in files.iter_mut().filter(|(path, _)| path.as_str() == FILE) {
        let text = String::from_utf8_lossy(content);
        *content = text.replace(&listed(&own), &listed(languages)).into_bytes();
    }
    with_gitignore(files)
}

fn empty(new: &New<'_>, languages: &[Lang]) -> Result<Files, Refused> {
    let title = given_title(new).or_else(|| title_of(new.folder));
    let title = title.ok_or_else(no_title)?;
    let bare = bare(languages);
    let request = Request { kind: KindId::Article, title: &title, id: None, lang: None };
    let file = scaffold::file(&bare.graph, &request)
        .map_err(|refusal| Refused::new(Field::Title, "", &title, refusal.0))?;
    Ok(with_settings(vec![(file.path, file.content.into_bytes())], &title, languages))
}

fn from_article(
    new: &New<'_>,
    name: &str,
    bytes: &[u8],
    languages: &[Lang],
) -> Result<(Files, Vec<String>), Refused> {
    let (text, format) =
        decode::text(name, bytes).map_err(|refusal| Refused::new(Field::Article, "", name, refusal.0))?;
    let given = given_title(new);
    let source = Source { text: &text, format, title: given.as_deref(), id: None };
    let imported =
        article::import(&bare(languages).graph, &source).map_err(|refusal| match refusal.0.as_str() {
            NO_TITLE => no_title(),
            NO_TEXT => Refused::new(Field::Article, "no-text", name, refusal.0),
            _ => Refused::new(Field::Article, "", name, refusal.0),
        })?;
    let files: Files =
        imported.files.into_iter().map(|file| (file.path, file.content.into_bytes())).collect();
    // The site has the title that the article was given.
    let world = files
        .iter()
        .fold(settings_alone(languages), |world, (path, content)| world.with(path.as_str(), content));
    let read = Snapshot::take(Arc::new(world), &Options { drafts: true, ..Options::default() });
    let title =
        read.graph.entities.first().map(|article| article.original().title().to_owned()).unwrap_or_default();
    Ok((with_settings(files, &title, languages), imported.remarks))
}

fn no_title() -> Refused {
    Refused::new(Field::Title, "no-title", "", NO_TITLE)
}

fn given_title(new: &New<'_>) -> Option<String> {
    let words: Vec<&str> = new.title?.split_whitespace().collect();
    (!words.is_empty()).then(|| words.join(" "))
}

/// `my-dossier` → “My dossier”.
fn title_of(folder: &Path) -> Option<String> {
    let real = std::path::absolute(folder).ok()?;
    let words = real.file_name()?.to_str()?.replace(['-', '_'], " ");
    let mut letters = words.trim().chars();
    Some(letters.next()?.to_uppercase().chain(letters).collect())
}

/// A dossier that has only languages.
fn bare(languages: &[Lang]) -> Arc<Snapshot> {
    Snapshot::take(Arc::new(settings_alone(languages)), &Options::default())
}

fn settings_alone(languages: &[Lang]) -> MemoryWorld {
    MemoryWorld::new().with(FILE, listed(languages))
}

fn with_settings(files: Files, title: &str, languages: &[Lang]) -> Files {
    let settings = (FILE.into(), settings(title, languages).into_bytes());
    with_gitignore([settings].into_iter().chain(files).collect())
}

fn with_gitignore(mut files: Files) -> Files {
    files.push((GITIGNORE.into(), GITIGNORE_TEXT.as_bytes().to_vec()));
    files
}

/// `languages = ["en", "id"]`.
fn listed(languages: &[Lang]) -> String {
    let languages: Vec<String> = languages.iter().map(|lang| quoted(&lang.cased())).collect();
    format!("languages = [{}]", languages.join(", "))
}

fn settings(title: &str, languages: &[Lang]) -> String {
    let first = languages.first().map_or("en".to_owned(), Lang::cased);
    format!(
        "# The settings of the site. The line below each comment is what it explains.\n\n\
         # Where the site will be published. Feeds and search engines need the full address.\n\
         # base_url = \"https://example.org/\"\n\n\
         # The languages of the site. The first is the default: that of files without a language in their name.\n\
         {}\n\n\
         [title]\n{first} = {}\n",
        listed(languages),
        quoted(title)
    )
}

/// Writes the files into a folder that contains nothing except hidden files, or does not exist.
fn write(folder: &Path, files: &Files) -> Result<(), Refused> {
    let shown = folder.display();
    let refused = |why: io::Error| {
        let words = format!("cannot create a dossier in `{shown}`: {why}");
        Refused::new(Field::Folder, "unwritable", shown.to_string(), words)
    };
    let writer = SourceWriter::at(folder);
    if !writer.is_bare().map_err(refused)? {
        let why = format!("`{shown}` is not empty; name a new folder");
        return Err(Refused::new(Field::Folder, "not-empty", shown, why));
    }
    let root = Dir::create(folder).map_err(refused)?;
    let is_there = |path: &InputPath| path.as_str() == GITIGNORE && root.kind(GITIGNORE).is_ok();
    let rewrite = |(path, content): &(InputPath, Vec<u8>)| Rewrite {
        path: path.clone(),
        before: None,
        after: Some(content.as_slice().into()),
    };
    let rewrites = files.iter().filter(|(path, _)| !is_there(path)).map(rewrite).collect();
    writer.carry_out(&Changes { rewrites, moves: Vec::new() }).map_err(refused)?;
    for (path, content) in files.iter().filter(|(path, _)| is_there(path)) {
        writer.add_lines(path, content).map_err(refused)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_example_lists_its_languages_as_expected() {
        for example in &examples::EXAMPLES {
            let languages: Vec<Lang> = example.languages().collect();
            let files = example.files();
            let settings = String::from_utf8(files[0].1.clone()).unwrap();
            assert!(settings.contains(&format!("\n{}", listed(&languages))), "{}", example.name);
        }
    }

    #[test]
    fn a_folder_gives_a_title() {
        for (folder, title) in
            [("x/my-dossier", "My dossier"), ("/a/Kapal_Angara", "Kapal Angara"), ("étude", "Étude")]
        {
            assert_eq!(title_of(Path::new(folder)).as_deref(), Some(title));
        }
        assert_eq!(title_of(Path::new("/")), None);
    }
}
