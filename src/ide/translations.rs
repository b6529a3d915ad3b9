//! Lists translations, and whether they match their originals.

use crate::base::diagnostic::Edit;
use crate::base::id::Lang;
use crate::base::path::InputPath;
use crate::ide::Refusal;
use crate::ide::front::FrontMatter;
use crate::link::{Entity, Graph};
use crate::world::World;

/// The key in a translation's front matter for the fingerprint of the original's wording.
pub(crate) const KEY: &str = "translated_from";

/// The number of digits of that fingerprint.
const DIGITS: usize = 12;

#[derive(Copy, Clone, Debug, Eq, PartialEq, Ord, PartialOrd, Hash)]
pub(crate) enum State {
    /// There is no translation.
    Missing,
    /// The original has changed since it was translated.
    Stale,
    /// The translation does not record what it was made from.
    Unrecorded,
    /// The translation was made from the current original.
    Current,
}

impl State {
    /// Every state, those that need the most work first.
    pub(crate) const ALL: [State; 4] = [State::Missing, State::Stale, State::Unrecorded, State::Current];

    pub(crate) fn word(self) -> &'static str {
        match self {
            State::Missing => "missing",
            State::Stale => "stale",
            State::Unrecorded => "unrecorded",
            State::Current => "current",
        }
    }
}

/// An entity in a language other than the default one.
#[derive(Clone, Debug)]
pub(crate) struct Translation<'a> {
    /// The original.
    pub entity: &'a Entity,
    /// The language of the translation.
    pub lang: &'a Lang,
    pub state: State,
    /// The file of the translation, or its path if it does not exist.
    pub path: InputPath,
}

/// Every entity in every language but the default one, by state, then by language, then by file.
pub(crate) fn list(graph: &Graph) -> Vec<Translation<'_>> {
    let mut list: Vec<Translation<'_>> = Vec::new();
    for lang in &graph.languages[1..] {
        list.extend(graph.entities.iter().map(|entity| translation(entity, lang)));
    }
    list.sort_by_key(|translation| translation.state);
    list
}

fn translation<'a>(entity: &'a Entity, lang: &'a Lang) -> Translation<'a> {
    let (state, path) = match entity.edition(lang) {
        None => (State::Missing, path_of(entity.path(), lang)),
        Some(edition) => {
            let state = match &edition.parsed.head.translated_from {
                None => State::Unrecorded,
                Some(recorded) if recorded.trim() == wording(entity) => State::Current,
                Some(_) => State::Stale,
            };
            (state, edition.input.path.clone())
        }
    };
    Translation { entity, lang, state, path }
}

/// The fingerprint of the original's current wording, as recorded in a translation.
pub(crate) fn wording(entity: &Entity) -> String {
    entity.original().parsed.wording.short(DIGITS)
}

/// The file of the edition of `original` in `lang`.
pub(crate) fn path_of(original: &InputPath, lang: &Lang) -> InputPath {
    let stem = original.as_str().strip_suffix(".md").unwrap_or(original.as_str());
    format!("{stem}.{lang}.md").into()
}

/// The edits that record in a translation, whose file is in `world`, that it matches the current original:
/// none if it already does.
///
/// # Errors
/// If there is no such translation, or its front matter cannot be edited.
pub(crate) fn accept(world: &dyn World, translation: &Translation<'_>) -> Result<Vec<Edit>, Refusal> {
    let Translation { entity, lang, state, path } = translation;
    let edition = match (state, entity.edition(lang)) {
        (State::Current, _) => return Ok(Vec::new()),
        (_, Some(edition)) => edition,
        (_, None) => {
            let (kind, id) = (entity.kind.name(), &entity.id);
            let help = format!("create it with `dossier new {kind} \"…\" --id {id} --lang {lang}`");
            return Err(Refusal(format!("there is no `{path}` to accept; {help}")));
        }
    };
    let unreadable =
        || Refusal(format!("the front matter of `{path}` cannot be edited; see `dossier check`"));
    FrontMatter::of(world, edition).and_then(|front| front.set(KEY, &wording(entity))).ok_or_else(unreadable)
}
