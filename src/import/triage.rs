//! An article gone through: which of the names and figures in it become files, and what these changes are.

use std::collections::BTreeSet;

use super::candidates::{self, Figure, names};
use super::first_words;
use crate::base::diagnostic::Edit;
use crate::base::free::FreeNames;
use crate::base::id::EntityId;
use crate::base::path::InputPath;
use crate::data::write::{Given, Place, Syntax};
use crate::ide::Refusal;
use crate::ide::annotate::{self, Request};
use crate::ide::change::{Said, Trial};
use crate::ide::front::FrontMatter;
use crate::ide::scaffold::id_of;
use crate::kinds::{KindId, Role};
use crate::link::anchor::Quote;
use crate::link::{EntityIx, normalized};
use crate::load::CONTENT;
use crate::session::Snapshot;
use crate::world::edit::{Changes, Rewrite, rewrites};

/// The maximum length of the title of a claim, in characters.
const LONGEST_TITLE: usize = 90;

/// Something in an article that may become a file.
#[derive(Clone, Debug)]
pub(crate) struct Candidate {
    pub text: String,
    /// Other spellings in the article.
    pub spellings: Vec<String>,
    pub is: Sort,
    /// The sentence in which it is first.
    pub context: String,
    pub paragraph: usize,
}

#[derive(Clone, Debug)]
pub(crate) enum Sort {
    /// A name, and of what it most likely is.
    Name(KindId),
    Figure(Figure),
}

/// What becomes of a candidate.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) enum Decision {
    No,
    /// A new file of this kind.
    New(KindId),
    /// Something that the dossier has.
    Known(EntityId),
    /// Another spelling of the candidate of this number.
    Same(usize),
}

/// What an article gives to decide, without the names that the dossier knows.
pub(crate) fn candidates(snapshot: &Snapshot, article: EntityIx) -> Vec<Candidate> {
    let graph = &snapshot.graph;
    let edition = graph.entity(article).original();
    let paragraphs: Vec<String> = edition.prose().plain.lines().map(str::to_owned).collect();
    let lang = &edition.input.lang;
    let is_known = |name: &str| graph.by_name(name, lang).next().is_some();
    let names = names::names(&paragraphs).into_iter().filter(|name| !is_known(&name.text));
    let name = |name: names::Name| {
        let (paragraph, at) = name.place;
        let kind = if name.is_place() { KindId::Place } else { KindId::Actor };
        let text = paragraphs.get(paragraph - 1).map_or("", String::as_str);
        let context = candidates::sentence(text, at).to_owned();
        Candidate { is: Sort::Name(kind), context, paragraph, text: name.text, spellings: name.spellings }
    };
    let figure = |figure: Figure| Candidate {
        text: figure.words.clone(),
        spellings: Vec::new(),
        context: figure.sentence.clone(),
        paragraph: figure.paragraph,
        is: Sort::Figure(figure),
    };
    let figures = candidates::figures(&paragraphs).into_iter().map(figure);
    names.map(name).chain(figures).collect()
}

/// What decisions come to.
pub(crate) struct Outcome {
    pub changes: Changes,
    pub said: Said,
    /// The files that are made.
    pub made: Vec<InputPath>,
    /// How many mentions became links.
    pub linked: usize,
    /// The figures that became claims and whose passage is not marked, because it is not found, or several times.
    pub unmarked: Vec<String>,
}

/// The changes that carry decisions out: files are made, the first mention of each is linked, and figures become claims
/// that wait as drafts to be filled in, with the passage that they are about.
///
/// # Errors
/// If a file cannot be changed.
pub(crate) fn decided(
    before: &Snapshot,
    trial: &Trial<'_>,
    article: EntityIx,
    all: &[(Candidate, Decision)],
) -> Result<Outcome, Refusal> {
    let graph = &before.graph;
    let entity = graph.entity(article);
    let mut taken: BTreeSet<String> =
        graph.ids().map(str::to_owned).chain(graph.drafts.iter().cloned()).collect();
    let (mut files, mut edits) = (Vec::new(), Vec::new());
    let (mut names, mut free) = (BTreeSet::<String>::new(), FreeNames::default());
    let mut claims: Vec<(String, &Figure)> = Vec::new();
    for (number, (candidate, decision)) in all.iter().enumerate() {
        if matches!(decision, Decision::No | Decision::Same(_)) {
            continue;
        }
        let others = all.iter().filter(|(_, other)| *other == Decision::Same(number));
        let spellings = others.flat_map(|(other, _)| [&other.text].into_iter().chain(&other.spellings));
        let spellings: Vec<String> = candidate.spellings.iter().chain(spellings).cloned().collect();
        let mut own =
            || names.extend([&candidate.text].into_iter().chain(&spellings).map(|name| normalized(name)));
        match decision {
            Decision::No | Decision::Same(_) => {}
            Decision::New(kind) => {
                // A published article cannot link to a draft.
                if missing(*kind).is_empty() {
                    own();
                }
                let title = match &candidate.is {
                    Sort::Name(_) => candidate.text.clone(),
                    Sort::Figure(figure) => first_words(&figure.sentence, LONGEST_TITLE),
                };
                let id = free_id(&title, *kind, &mut taken, &mut free);
                if let Sort::Figure(figure) = &candidate.is {
                    claims.push((id.clone(), figure));
                }
                let path = InputPath::from(format!("{CONTENT}/{}/{id}.md", kind.spec().folder));
                files.push(Rewrite::created(&path, text(*kind, &title, &spellings, &candidate.is)));
            }
            Decision::Known(id) => {
                own();
                edits.extend(with_aliases(before, id, &candidate.text, &spellings)?);
            }
        }
    }
    let made = files.iter().map(|file| file.path.clone()).collect();
    files.extend(rewrites(&**before.world(), &edits)?);
    let first = Changes { rewrites: files, moves: Vec::new() };
    let after = trial(&first)?;
    // A rule knows where a link fits, and what it leads to.
    let path = entity.path();
    let is_decided = |name: &str| names.contains(&normalized(name));
    let text = String::from_utf8_lossy(&after.world().read(path).unwrap_or_default()).into_owned();
    let mentions = after.diagnostics().iter().filter(|found| found.code == "unlinked-mention");
    let mentions = mentions.filter_map(|found| found.fix.as_ref()).flat_map(|fix| &fix.edits);
    let is_own = |edit: &&Edit| edit.path == *path && text.get(edit.span.range()).is_some_and(is_decided);
    let mut edits: Vec<Edit> = mentions.filter(is_own).cloned().collect();
    let linked = edits.len();
    let mut unmarked = Vec::new();
    for (id, figure) in claims {
        let quote = Quote { exact: &figure.words, prefix: "", suffix: "" };
        let id_of_article = entity.id.as_str();
        let request = Request { quote, about: &id, article: Some(id_of_article), lang: None };
        // What is there several times is found by its sentence.
        let target = annotate::target(&after, &request).or_else(|_| {
            let quote = Quote { exact: &figure.sentence, prefix: "", suffix: "" };
            annotate::target(&after, &Request { quote, ..request })
        });
        match target {
            Ok(target) => edits.extend(target.edits),
            Err(_) => unmarked.push(figure.words.clone()),
        }
    }
    let second = Changes { rewrites: rewrites(&**after.world(), &edits)?, moves: Vec::new() };
    let changes = first.then(&second);
    let said = Said::of("triage", entity.original().title());
    Ok(Outcome { changes, said, made, linked, unmarked })
}

fn free_id(title: &str, kind: KindId, taken: &mut BTreeSet<String>, free: &mut FreeNames) -> String {
    let id = id_of(title).map_or_else(|_| kind.name().to_owned(), |id| id.as_str().to_owned());
    let id = free.name(&id, |number| format!("{id}-{number}"), |id| !taken.contains(id));
    taken.insert(id.clone());
    id
}

/// What a file of this kind must say and a name alone does not.
fn missing(kind: KindId) -> Vec<&'static str> {
    let is_of_claim =
        |name: &str| kind == KindId::Claim && [Role::By.word(), "date", "sources"].contains(&name);
    let keys = kind.keys().filter(|key| key.name != "title" && (kind.requires(key) || is_of_claim(key.name)));
    keys.map(|key| key.name).collect()
}

/// The text of a new file. What lacks something that its kind needs is a draft.
fn text(kind: KindId, title: &str, spellings: &[String], is: &Sort) -> String {
    let written = |given: &Given| Syntax::Yaml.written(given, Place::Line);
    let mut text = format!("---\ntitle: {}\n", written(&Given::Words(title.to_owned())));
    if !spellings.is_empty() {
        let names = spellings.iter().cloned().map(Given::Words).collect();
        text += &format!("aliases: {}\n", written(&Given::List(names)));
    }
    if let Sort::Figure(figure) = is {
        text += &format!("quantities:\n  - {}\n", figure.value);
    }
    let missing = missing(kind);
    if !missing.is_empty() {
        text += &format!("draft: true   # until these are filled in: {}\n", missing.join(", "));
        missing.iter().for_each(|key| text += &format!("# {key}:\n"));
    }
    text + "---\n"
}

/// The edits after which something that the dossier has is found by these names, too.
fn with_aliases(
    before: &Snapshot,
    id: &EntityId,
    text: &str,
    spellings: &[String],
) -> Result<Vec<Edit>, Refusal> {
    let graph = &before.graph;
    let refused = || Refusal(format!("the front matter of `{id}` cannot be edited; see `dossier check`"));
    let ix = graph.by_id(id.as_str()).ok_or_else(|| Refusal(format!("nothing has the id `{id}`")))?;
    let edition = graph.entity(ix).original();
    let known: BTreeSet<String> = crate::link::names_of(graph.entity(ix)).map(|(name, _)| name).collect();
    let new = [text].into_iter().chain(spellings.iter().map(String::as_str));
    let new: Vec<&str> = new.filter(|name| !known.contains(&normalized(name))).collect();
    let aliases = edition.parsed.head.common.aliases.iter().map(|alias| alias.as_str());
    let all: Vec<Given> =
        aliases.chain(new.iter().copied()).map(|name| Given::Words(name.to_owned())).collect();
    if new.is_empty() {
        return Ok(Vec::new());
    }
    let front = FrontMatter::of(&**before.world(), edition).ok_or_else(refused)?;
    Ok(vec![front.set_all(&[("aliases", &Given::List(all))]).ok_or_else(refused)?])
}
