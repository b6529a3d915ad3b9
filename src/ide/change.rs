//! What an author can do to a dossier: one closed list, as plain data.
//!
//! [`plan`] says what a change does to the files, and shows the dossier as it would be afterwards, before
//! anything is written. Whoever asked then carries it out through [`History`](crate::world::history::History), the
//! one writer, or does not.

use std::collections::BTreeMap;
use std::io;
use std::sync::Arc;

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;

use crate::base::diagnostic::{Diagnostic, Edit, Fix};
use crate::base::path::{InputPath, join, refused_by_windows, refused_in};
use crate::base::span::Span;
use crate::check::help::address;
use crate::data::patch::{Document, Patch, Step, applied};
use crate::data::write::{Given, Syntax};
use crate::ide::front::FrontMatter;
use crate::ide::{Refusal, annotate, did_you_mean, fixes, rename, scaffold, translations};
use crate::kinds::KindId;
use crate::kinds::keys::Shape;
use crate::link::anchor::{Anchoring, Haystack, Quote};
use crate::link::{Edition, Entity, EntityIx, Graph, layout};
use crate::load::{self, CONTENT};
use crate::metadata;
use crate::parse;
use crate::session::Snapshot;
use crate::world::edit::{Changes, Rewrite, rewrites};
use crate::world::{LARGEST, passed_over};

/// A change of a dossier.
#[derive(Clone, Debug, Deserialize)]
#[serde(tag = "do", rename_all = "kebab-case", deny_unknown_fields)]
pub(crate) enum Change {
    /// Sets a fact, or a part of one; with nothing as its value, removes it.
    Set { file: InputPath, at: Vec<Step>, value: Json },
    /// Adds an item to a list: before that number, or at the end.
    Add { file: InputPath, at: Vec<Step>, index: Option<usize>, value: Json },
    /// Removes a fact, or an item of a list.
    Remove { file: InputPath, at: Vec<Step> },
    /// Moves an item within its list.
    Move { file: InputPath, at: Vec<Step>, to: usize },
    /// Marks words of an article as what an entity is about.
    Annotate { about: String, mark: Mark },
    /// Creates an entity; with a mark, as an annotation of these words.
    New {
        kind: String,
        title: String,
        id: Option<String>,
        lang: Option<String>,
        #[serde(default)]
        facts: BTreeMap<String, Json>,
        #[serde(default)]
        text: String,
        mark: Option<Mark>,
    },
    /// Replaces a part of a text. `was` is what the author saw there.
    Text { file: InputPath, start: usize, was: String, text: String },
    /// Makes words of a text a link to an entity.
    Link {
        file: InputPath,
        exact: String,
        #[serde(default)]
        prefix: String,
        #[serde(default)]
        suffix: String,
        to: String,
    },
    /// Changes the id of an entity, and every reference to it.
    Rename { id: String, to: String },
    /// Deletes every file of an entity.
    Delete { id: String },
    /// Applies the fix of a finding, or one of its choices.
    Fix { code: String, file: InputPath, start: u32, choice: Option<usize> },
    /// Applies the fixes of all findings of a code.
    FixAll { code: String },
    /// Adds a file, such as a picture. What its metadata tells of its author is taken out.
    File { path: InputPath, base64: String },
    /// Records that a translation matches its original.
    Accept { file: InputPath },
    /// Several changes, one after the other, as one.
    Several { changes: Vec<Change> },
}

/// Words of an article.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Mark {
    pub article: Option<String>,
    pub lang: Option<String>,
    pub exact: String,
    #[serde(default)]
    pub prefix: String,
    #[serde(default)]
    pub suffix: String,
}

impl Mark {
    fn quote(&self) -> Quote<'_> {
        Quote { exact: &self.exact, prefix: &self.prefix, suffix: &self.suffix }
    }
}

/// What a change does, for a list of changes.
#[derive(Clone, Debug, Eq, PartialEq, Serialize, Deserialize)]
pub(crate) struct Said {
    /// The sort of the change: `set`, `new`.
    #[serde(rename = "do")]
    pub what: String,
    /// The title of the entity, or the name of the file.
    pub of: String,
    /// The key, the kind or the code.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub key: Option<String>,
}

/// A change, worked out.
#[derive(Clone)]
pub(crate) struct Plan {
    pub changes: Changes,
    pub said: Said,
    /// The dossier afterwards.
    pub after: Arc<Snapshot>,
    /// The id of the entity that was created, or renamed.
    pub made: Option<String>,
}

/// Shows the dossier as it would be after changes.
pub(crate) type Trial<'t> = dyn Fn(&Changes) -> io::Result<Arc<Snapshot>> + 't;

/// Works out a change. The snapshot should include drafts, and hold the files as they are, with nothing redacted.
///
/// # Errors
/// If it cannot be done, or would break something that is whole.
pub(crate) fn plan(before: &Arc<Snapshot>, change: &Change, trial: &Trial<'_>) -> Result<Plan, Refusal> {
    let desk = Desk { before, trial };
    match change {
        Change::Set { file, at, value } => desk.set(file, at, value),
        Change::Add { file, at, index, value } => {
            let given = given(value, desk.shape(file, at).map(item_of)).ok_or_else(nothing)?;
            desk.fact(file, at, &Patch::Insert(index.unwrap_or(usize::MAX), given), "add")
        }
        Change::Remove { file, at } => desk.fact(file, at, &Patch::Remove, "remove"),
        Change::Move { file, at, to } => desk.fact(file, at, &Patch::Move(*to), "move"),
        Change::Annotate { about, mark } => desk.annotate(about, mark),
        Change::New { kind, title, id, lang, facts, text, mark } => {
            let kind = KindId::named(kind).ok_or_else(|| Refusal(format!("there is no kind `{kind}`")))?;
            let request = scaffold::Request { kind, title, id: id.as_deref(), lang: lang.as_deref() };
            desk.create(&request, facts, text, mark.as_ref())
        }
        Change::Text { file, start, was, text } => desk.text(file, *start, was, text),
        Change::Link { file, exact, prefix, suffix, to } => {
            desk.link(file, &Quote { exact, prefix, suffix }, to)
        }
        Change::Rename { id, to } => desk.rename(id, to),
        Change::Delete { id } => desk.delete(id),
        Change::Fix { code, file, start, choice } => desk.fix(code, file, *start, *choice),
        Change::FixAll { code } => desk.fix_all(code),
        Change::File { path, base64 } => desk.file(path, base64),
        Change::Accept { file } => desk.accept(file),
        Change::Several { changes } => desk.several(changes),
    }
}

/// What a change is worked out from.
struct Desk<'a> {
    before: &'a Arc<Snapshot>,
    trial: &'a Trial<'a>,
}

impl<'a> Desk<'a> {
    fn graph(&self) -> &'a Graph {
        &self.before.graph
    }

    fn plan(&self, changes: Changes, said: Said) -> Result<Plan, Refusal> {
        let after = (self.trial)(&changes).map_err(unreadable)?;
        Ok(Plan { changes, said, after, made: None })
    }

    fn edits<'e>(&self, edits: impl IntoIterator<Item = &'e Edit>, said: Said) -> Result<Plan, Refusal> {
        let mut rewrites = rewrites(&**self.before.world(), edits).map_err(unreadable)?;
        rewrites.retain(|rewrite| rewrite.before != rewrite.after);
        self.plan(Changes { rewrites, moves: Vec::new() }, said)
    }

    fn entity(&self, id: &str) -> Result<(EntityIx, &'a Entity), Refusal> {
        let graph = self.graph();
        let ix = graph.by_id(id);
        let ix = ix.ok_or_else(|| Refusal(format!("there is no `{id}`{}", did_you_mean(id, graph.ids()))))?;
        Ok((ix, graph.entity(ix)))
    }

    fn edition(&self, file: &InputPath) -> Result<(&'a Entity, &'a Edition), Refusal> {
        let entities = self.graph().iter().map(|(_, entity)| entity);
        let mut editions =
            entities.flat_map(|entity| entity.editions.iter().map(move |edition| (entity, edition)));
        let known = editions.find(|(_, edition)| edition.input.path == *file);
        known.ok_or_else(|| Refusal(format!("`{file}` has no page; see what is wrong with it first")))
    }

    // ---- facts ----

    fn set(&self, file: &InputPath, at: &[Step], value: &Json) -> Result<Plan, Refusal> {
        match given(value, self.shape(file, at)) {
            Some(given) => self.fact(file, at, &Patch::Set(given), "set"),
            None => self.fact(file, at, &Patch::Remove, "remove"),
        }
    }

    fn fact(&self, file: &InputPath, at: &[Step], patch: &Patch, what: &str) -> Result<Plan, Refusal> {
        let (_, edition) = self.edition(file)?;
        let front = FrontMatter::of(&**self.before.world(), edition).ok_or_else(|| {
            Refusal(format!("the facts in `{file}` cannot be read; mend what is wrong with them first"))
        })?;
        let edits = front.patch(at, patch).ok_or_else(|| {
            Refusal(format!(
                "this part of `{file}` is written in a way that can only be changed in the file itself"
            ))
        })?;
        self.edits(&edits, Said { key: key_of(at), ..Said::of(what, edition.title()) })
    }

    /// The shape of the value at a place of a file's front matter.
    fn shape(&self, file: &InputPath, at: &[Step]) -> Option<Shape> {
        let (entity, _) = self.edition(file).ok()?;
        shape_at(entity.kind, at)
    }

    fn accept(&self, file: &InputPath) -> Result<Plan, Refusal> {
        let list = translations::list(self.graph());
        let translation = list.iter().find(|translation| translation.path == *file);
        let translation = translation.ok_or_else(|| Refusal(format!("`{file}` is not a translation")))?;
        let edits = translations::accept(&**self.before.world(), translation)?;
        self.edits(&edits, Said::of("accept", translation.entity.original().title()))
    }

    // ---- annotations and entities ----

    fn annotate(&self, about: &str, mark: &Mark) -> Result<Plan, Refusal> {
        let request = annotate::Request {
            quote: mark.quote(),
            about,
            article: mark.article.as_deref(),
            lang: mark.lang.as_deref(),
        };
        let target = annotate::target(self.before, &request)?;
        let title = self.graph().entity(target.by).original().title();
        let plan = self.edits(&target.edits, Said::of("annotate", title))?;
        annotate::verify(self.graph(), &plan.after.graph, &target)?;
        Ok(plan)
    }

    fn create(
        &self,
        request: &scaffold::Request<'_>,
        facts: &BTreeMap<String, Json>,
        text: &str,
        mark: Option<&Mark>,
    ) -> Result<Plan, Refusal> {
        let graph = self.graph();
        let file = scaffold::file(graph, request)?;
        let content = filled(&file.content, request.kind, facts)?;
        let said = Said::of("new", request.title.trim()).with(request.kind.name().to_owned());
        let body = if text.is_empty() { String::new() } else { format!("{}\n", text.trim_end()) };
        let mut rewrites = vec![Rewrite::created(&file.path, content + &body)];
        let id = file.path.name().split('.').next().unwrap_or_default().to_owned();
        if let Some(mark) = mark {
            let (article, lang, selector) =
                annotate::selector(graph, mark.article.as_deref(), mark.lang.as_deref(), &mark.quote())?;
            let target = annotate::target_of(graph.entity(article).id.as_str(), &selector);
            let own = request.lang.map_or(graph.default_language().as_str(), |lang| lang);
            // A passage is quoted in the edition of its language.
            let (path, text) = match *lang.as_str() == *own {
                true => (file.path.clone(), rewrites.remove(0).after),
                false => {
                    let path = translations::path_of(&file.path, &lang);
                    (
                        path,
                        Some(
                            format!("---\ntitle: {}\n---\n\n", title_line(request.title)).into_bytes().into(),
                        ),
                    )
                }
            };
            let text = text.as_deref().map(String::from_utf8_lossy).unwrap_or_default();
            rewrites.push(Rewrite::created(
                &path,
                with_front(&text, &[Step::Key("targets".into())], &Patch::Insert(usize::MAX, target))?,
            ));
        }
        let plan = self.plan(Changes { rewrites, moves: Vec::new() }, said)?;
        Ok(Plan { made: Some(id), ..plan })
    }

    fn rename(&self, id: &str, to: &str) -> Result<Plan, Refusal> {
        let (_, entity) = self.entity(id)?;
        let rename = rename::rename(self.before, id, to)?;
        let rewrites = rewrites(&**self.before.world(), &rename.edits).map_err(unreadable)?;
        let changes = Changes { rewrites, moves: rename.moves };
        let plan = self.plan(changes, Said::of("rename", entity.original().title()).with(to.to_owned()))?;
        rename::verify(self.before, &plan.after, id, to)?;
        Ok(Plan { made: Some(to.to_owned()), ..plan })
    }

    fn delete(&self, id: &str) -> Result<Plan, Refusal> {
        let (_, entity) = self.entity(id)?;
        if layout::is_home(entity) {
            return Err(Refusal("`article` is the home page of the site and stays".into()));
        }
        let deleted = |edition: &Edition| {
            let path = edition.input.path.clone();
            let before = Some(self.before.world().read(&path)?);
            Ok(Rewrite { path, before, after: None })
        };
        let rewrites = entity.editions.iter().map(deleted).collect::<io::Result<_>>().map_err(unreadable)?;
        self.plan(Changes { rewrites, moves: Vec::new() }, Said::of("delete", entity.original().title()))
    }

    // ---- texts and files ----

    fn text(&self, file: &InputPath, start: usize, was: &str, text: &str) -> Result<Plan, Refusal> {
        let (_, edition) = self.edition(file)?;
        let whole = load::text(&**self.before.world(), &edition.input);
        let body = parse::body_start(&whole);
        let is_there =
            |start: usize| start >= body && whole.get(start..).is_some_and(|rest| rest.starts_with(was));
        // What stands above may have become longer or shorter since.
        let only = || {
            let mut places = whole.get(body..)?.match_indices(was).map(|(at, _)| body + at);
            places.next().filter(|_| !was.is_empty() && places.next().is_none())
        };
        let start = Some(start).filter(|start| is_there(*start)).or_else(only);
        let start = start
            .ok_or_else(|| Refusal(format!("`{file}` has changed since you saw it; look at it again")))?;
        let newline = if whole.contains("\r\n") { "\r\n" } else { "\n" };
        let replacement = text.replace("\r\n", "\n").replace('\n', newline);
        let edit = Edit { path: file.clone(), span: Span::new(start, start + was.len()), replacement };
        self.edits([&edit], Said::of("text", edition.title()))
    }

    fn link(&self, file: &InputPath, quote: &Quote<'_>, to: &str) -> Result<Plan, Refusal> {
        let (_, edition) = self.edition(file)?;
        let (_, target) = self.entity(to)?;
        let prose = edition.prose();
        let haystack = Haystack::new(&prose.plain).in_language(edition.input.lang.as_str());
        let words = match haystack.anchor(quote) {
            Anchoring::Anchored(range) => {
                prose.source_of(range.clone()).map(|span| (span, &prose.plain[range]))
            }
            _ => None,
        };
        let (span, words) = words.ok_or_else(|| {
            Refusal("these words are not plain text in one piece there; link them in the text itself".into())
        })?;
        let replacement = format!("[{words}]({})", address(file.folder(), target.path().as_str()));
        let edit = Edit { path: file.clone(), span, replacement };
        let plan = self.edits([&edit], Said::of("link", edition.title()).with(to.to_owned()))?;
        // Within code, or in a link, the brackets would be words.
        let after = Desk { before: &plan.after, trial: self.trial };
        let after =
            after.edition(file).map(|(_, edition)| (edition.prose().plain.clone(), edition.links.len()));
        match after {
            Ok((plain, links)) if plain == prose.plain && links == edition.links.len() + 1 => Ok(plan),
            _ => Err(Refusal("a link cannot stand there; link the words in the text itself".into())),
        }
    }

    fn file(&self, path: &InputPath, base64: &str) -> Result<Plan, Refusal> {
        let path = own_path(path)?;
        let bytes =
            BASE64_STANDARD.decode(base64).map_err(|_| Refusal(format!("`{path}` did not arrive whole")))?;
        if bytes.len() as u64 > LARGEST {
            return Err(Refusal(format!("`{path}` is larger than {} MiB", LARGEST >> 20)));
        }
        let bytes = metadata::examine(&bytes).bytes.into_owned();
        let rewrites = vec![Rewrite { path: path.clone(), before: None, after: Some(bytes.into()) }];
        self.plan(Changes { rewrites, moves: Vec::new() }, Said::of("file", path.name()))
    }

    // ---- findings ----

    fn fix(&self, code: &str, file: &InputPath, start: u32, choice: Option<usize>) -> Result<Plan, Refusal> {
        let is_meant = |found: &&Diagnostic| {
            let label = found.labels.first();
            found.code == code && label.is_some_and(|label| label.path == *file && label.span.start == start)
        };
        let fix_of = |found: &'a Diagnostic| -> Option<&'a Fix> {
            match choice {
                Some(number) => found.choices.get(number),
                None => found.fix.as_ref(),
            }
        };
        let fix = self.before.diagnostics().iter().filter(is_meant).find_map(fix_of);
        let fix = fix.ok_or_else(|| Refusal("this finding is there no more".into()))?;
        self.edits(&fix.edits, Said::of("fix", &fix.title).with(code.to_owned()))
    }

    fn fix_all(&self, code: &str) -> Result<Plan, Refusal> {
        let found: Vec<Diagnostic> =
            self.before.diagnostics().iter().filter(|found| found.code == code).cloned().collect();
        let (changes, fixes) = fixes::once(&**self.before.world(), &found, true).map_err(unreadable)?;
        if fixes.is_empty() {
            return Err(Refusal(format!("no finding of `{code}` has a fix")));
        }
        self.plan(changes, Said::of("fix-all", code).with(code.to_owned()))
    }

    // ---- several ----

    fn several(&self, changes: &[Change]) -> Result<Plan, Refusal> {
        let mut whole: Option<Plan> = None;
        for change in changes {
            let (before, so_far) = match &whole {
                Some(plan) => (plan.after.clone(), plan.changes.clone()),
                None => (self.before.clone(), Changes::default()),
            };
            let trial = |more: &Changes| (self.trial)(&so_far.then(more));
            let next = plan(&before, change, &trial)?;
            whole = Some(match whole {
                Some(first) => Plan {
                    changes: so_far.then(&next.changes),
                    after: next.after,
                    made: first.made.or(next.made),
                    ..first
                },
                None => next,
            });
        }
        whole.ok_or_else(nothing)
    }
}

impl Said {
    /// What a change of this sort did to what is called so.
    pub(crate) fn of(what: &str, of: &str) -> Said {
        Said { what: what.to_owned(), of: of.to_owned(), key: None }
    }

    pub(crate) fn with(self, key: impl Into<String>) -> Said {
        Said { key: Some(key.into()), ..self }
    }
}

fn unreadable(why: io::Error) -> Refusal {
    Refusal(why.to_string())
}

fn nothing() -> Refusal {
    Refusal("there is nothing to do".into())
}

fn title_line(title: &str) -> String {
    super::front::yaml_words(title)
}

fn key_of(at: &[Step]) -> Option<String> {
    at.iter().rev().find_map(|step| match step {
        Step::Key(key) => Some(key.clone()),
        Step::Item(_) => None,
    })
}

/// A path for an author's file that is not there yet.
fn own_path(path: &InputPath) -> Result<InputPath, Refusal> {
    let refused = |why: &str| Refusal(format!("`{path}` cannot be the name of a file: {why}"));
    let joined = join("", path.as_str()).map(InputPath::from).filter(|joined| joined == path);
    let joined = joined.ok_or_else(|| refused("it leads elsewhere"))?;
    let is_hidden = path.as_str().split('/').any(|name| name.starts_with('.'));
    if !path.as_str().starts_with(&format!("{CONTENT}/")) || is_hidden || passed_over(path.as_str()).is_some()
    {
        return Err(refused("it is not a visible file of `content/`"));
    }
    for name in path.as_str().split('/') {
        if let Some(why) = refused_in(name).map(str::to_owned).or_else(|| refused_by_windows(name)) {
            return Err(refused(&why));
        }
    }
    Ok(joined)
}

/// The shape of the value at a place of a kind's front matter.
pub(crate) fn shape_at(kind: KindId, at: &[Step]) -> Option<Shape> {
    let [Step::Key(first), rest @ ..] = at else { return None };
    let key = kind.keys().find(|key| key.name == first)?;
    rest.iter().try_fold(key.shape, |shape, step| match step {
        Step::Item(_) => Some(item_of(shape)),
        Step::Key(name) => entry_of(shape, name),
    })
}

fn item_of(shape: Shape) -> Shape {
    match shape {
        Shape::List(item) => *item,
        single => single,
    }
}

fn entry_of(shape: Shape, name: &str) -> Option<Shape> {
    match shape {
        Shape::Record(keys) => keys.iter().find(|key| key.name == name).map(|key| key.shape),
        Shape::Text => Some(Shape::Words),
        Shape::List(item) => entry_of(*item, name),
        Shape::Either(one, other) => entry_of(*one, name).or_else(|| entry_of(*other, name)),
        _ => None,
    }
}

/// The number of a key of a record in the order in which they are declared.
fn position(shape: Shape, name: &str) -> Option<usize> {
    match shape {
        Shape::Record(keys) => keys.iter().position(|key| key.name == name),
        Shape::List(item) => position(*item, name),
        Shape::Either(one, other) => position(*one, name).or_else(|| position(*other, name)),
        _ => None,
    }
}

/// A value from a form, as its shape is written; `None` if there is nothing in it.
fn given(value: &Json, shape: Option<Shape>) -> Option<Given> {
    match value {
        Json::Null => None,
        Json::Bool(flag) => Some(Given::Bare(flag.to_string())),
        Json::Number(number) => Some(Given::Bare(number.to_string())),
        Json::String(words) if words.trim().is_empty() => None,
        Json::String(words) => Some(match shape.is_some_and(is_bare) {
            true => Given::Bare(words.trim().to_owned()),
            false => Given::Words(words.clone()),
        }),
        Json::Array(items) => {
            let items: Vec<Given> = items.iter().filter_map(|item| given(item, shape.map(item_of))).collect();
            (!items.is_empty()).then_some(Given::List(items))
        }
        Json::Object(entries) => {
            let entry = |(key, value): (&String, &Json)| {
                let shape = shape.and_then(|shape| entry_of(shape, key));
                Some((key.clone(), given(value, shape)?))
            };
            let mut entries: Vec<(String, Given)> = entries.iter().filter_map(entry).collect();
            entries
                .sort_by_key(|(key, _)| shape.and_then(|shape| position(shape, key)).unwrap_or(usize::MAX));
            (!entries.is_empty()).then_some(Given::Table(entries))
        }
    }
}

/// Whether a value of the shape is written without quotes: a number, a date.
fn is_bare(shape: Shape) -> bool {
    match shape {
        Shape::Date | Shape::Flag | Shape::Whole | Shape::Number | Shape::Point => true,
        Shape::List(item) => is_bare(*item),
        Shape::Either(one, _) => is_bare(*one),
        _ => false,
    }
}

/// A new file with these facts.
fn filled(content: &str, kind: KindId, facts: &BTreeMap<String, Json>) -> Result<String, Refusal> {
    let mut content = content.to_owned();
    // In the order in which the kind declares its keys.
    let known = kind.keys().filter_map(|key| facts.get_key_value(key.name));
    let unknown = facts.iter().filter(|(name, _)| kind.keys().all(|key| key.name != **name));
    for (name, value) in known.chain(unknown) {
        let at = [Step::Key(name.clone())];
        if let Some(given) = given(value, shape_at(kind, &at)) {
            content = with_front(&content, &at, &Patch::Set(given))?;
        }
    }
    Ok(content)
}

/// A text of ours whose front matter is changed.
fn with_front(text: &str, at: &[Step], patch: &Patch) -> Result<String, Refusal> {
    let refused = || Refusal("the new file cannot hold this".to_owned());
    let inner = text.strip_prefix("---\n").and_then(|rest| rest.split_once("---\n"));
    let (inner, rest) = inner.ok_or_else(refused)?;
    let document = Document::parse(inner, Syntax::Yaml).ok_or_else(refused)?;
    let replacements = document.patch(at, patch).ok_or_else(refused)?;
    Ok(format!("---\n{}---\n{rest}", applied(inner, &replacements)))
}

#[cfg(test)]
mod tests;
