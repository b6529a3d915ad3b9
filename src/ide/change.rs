//! What an author can do to a dossier: one closed list, as plain data.
//!
//! [`plan`] says what a change does to the files, and shows the dossier as it would be afterwards, before
//! anything is written. The caller carries it out through [`History`](crate::world::history::History), the one
//! writer, or drops it.

mod given;
mod text;

use std::collections::BTreeMap;
use std::io;
use std::sync::Arc;

use serde::{Deserialize, Serialize};
use serde_json::Value as Json;

use crate::base::diagnostic::{Diagnostic, Edit, Fix};
use crate::base::hash::Fingerprint;
use crate::base::path::InputPath;
use crate::data::patch::{Editable, Patch, Step, applied};
use crate::data::write::Syntax;
use crate::ide::front::{FrontMatter, yaml_words};
use crate::ide::{Refusal, annotate, did_you_mean, fixes, rename, scaffold, translations};
use crate::kinds::KindId;
use crate::kinds::keys::Shape;
use crate::link::anchor::Quote;
use crate::link::{Edition, Entity, EntityIx, Graph, layout};
use crate::load::table;
use crate::session::Snapshot;
use crate::world::edit::{Changes, Rewrite, rewrites};
use given::{given, shape_at};

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
    /// Several changes, one after the other, as one. `seen` are the files as the author saw them, by the hashes of
    /// their contents: the number of a row means nothing in another version.
    Several {
        changes: Vec<Change>,
        #[serde(default)]
        seen: BTreeMap<InputPath, String>,
    },
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

/// Works out a change; one of a row of a table is a change of the table. The snapshot should include drafts, and hold
/// the files as they are, with nothing redacted.
///
/// # Errors
/// If it cannot be done, or would break something that is whole.
pub(crate) fn plan(before: &Arc<Snapshot>, change: &Change, trial: &Trial<'_>) -> Result<Plan, Refusal> {
    let planner = Planner { before, trial };
    let plan = match change {
        Change::Set { file, at, value } => planner.set(file, at, value),
        Change::Add { file, at, index, value } => {
            let given = given(value, planner.shape(file, at).map(Shape::item)).ok_or_else(nothing)?;
            planner.fact(file, at, &Patch::Insert(index.unwrap_or(usize::MAX), given), "add")
        }
        Change::Remove { file, at } => planner.fact(file, at, &Patch::Remove, "remove"),
        Change::Move { file, at, to } => planner.fact(file, at, &Patch::Move(*to), "move"),
        Change::Annotate { about, mark } => planner.annotate(about, mark),
        Change::New { kind, title, id, lang, facts, text, mark } => {
            let kind = KindId::named(kind).ok_or_else(|| Refusal(format!("there is no kind `{kind}`")))?;
            let request = scaffold::Request { kind, title, id: id.as_deref(), lang: lang.as_deref() };
            planner.create(&request, facts, text, mark.as_ref())
        }
        Change::Text { file, start, was, text } => planner.text(file, *start, was, text),
        Change::Link { file, exact, prefix, suffix, to } => {
            planner.link(file, &Quote { exact, prefix, suffix }, to)
        }
        Change::Rename { id, to } => planner.rename(id, to),
        Change::Delete { id } => planner.delete(id),
        Change::Fix { code, file, start, choice } => planner.fix(code, file, *start, *choice),
        Change::FixAll { code } => planner.fix_all(code),
        Change::File { path, base64 } => planner.file(path, base64),
        Change::Accept { file } => planner.accept(file),
        Change::Several { changes, seen } => {
            planner.must_be_as_seen(seen)?;
            planner.several(changes)
        }
    }?;
    let changes = table::lowered(&**before.world(), &plan.changes)?;
    Ok(Plan { changes, ..plan })
}

/// What a change is worked out from.
struct Planner<'a> {
    before: &'a Arc<Snapshot>,
    trial: &'a Trial<'a>,
}

impl<'a> Planner<'a> {
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
            Refusal(format!("the facts in `{file}` cannot be read; fix what is wrong with them first"))
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
        let said = Said::of("new", request.title.trim()).with(request.kind.name());
        let body = if text.is_empty() { String::new() } else { format!("{}\n", text.trim_end()) };
        let id = file.path.name().split('.').next().unwrap_or_default().to_owned();
        let mut files = vec![(file.path.clone(), filled(&file.content, request.kind, facts)? + &body)];
        if let Some(mark) = mark {
            let (article, lang, selector) =
                annotate::selector(graph, mark.article.as_deref(), mark.lang.as_deref(), &mark.quote())?;
            // A passage is quoted in the edition of its language.
            if *lang.as_str() != *request.lang.unwrap_or(graph.default_language().as_str()) {
                let title = yaml_words(request.title);
                let content = format!("---\ntitle: {title}\n---\n\n");
                files.push((translations::path_of(&file.path, &lang), content));
            }
            if let Some((_, content)) = files.last_mut() {
                let target = annotate::target_of(graph.entity(article).id.as_str(), &selector);
                let at = [Step::Key("targets".to_owned())];
                *content = with_front(content, &at, &Patch::Insert(usize::MAX, target))?;
            }
        }
        let rewrites = files.into_iter().map(|(path, content)| Rewrite::created(&path, content)).collect();
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
        let found = self.before.diagnostics();
        // A finding of a row is shown at its cell.
        let shown = table::raised(&**self.before.world(), found);
        let meant = found.iter().zip(&shown).filter(|(own, shown)| is_meant(own) || is_meant(shown));
        let fix = meant.map(|(own, _)| own).find_map(fix_of);
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

    fn must_be_as_seen(&self, seen: &BTreeMap<InputPath, String>) -> Result<(), Refusal> {
        let is_other = |(path, hash): &(&InputPath, &String)| {
            let content = self.before.world().read(path);
            !content.is_ok_and(|content| Fingerprint::of(&content).to_string() == **hash)
        };
        match seen.iter().find(is_other) {
            None => Ok(()),
            Some((path, _)) => Err(Refusal(format!(
                "`{path}` has changed since you opened it, so nothing was saved: copy what you wrote, close this, and open it again"
            ))),
        }
    }

    fn several(&self, changes: &[Change]) -> Result<Plan, Refusal> {
        let mut whole: Option<Plan> = None;
        let mut all: Vec<Said> = Vec::new();
        for change in changes {
            let (before, so_far) = match &whole {
                Some(plan) => (plan.after.clone(), plan.changes.clone()),
                None => (self.before.clone(), Changes::default()),
            };
            let trial = |more: &Changes| (self.trial)(&so_far.then(more));
            let next = plan(&before, change, &trial)?;
            all.push(next.said.clone());
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
        let plan = whole.ok_or_else(nothing)?;
        match &all[..] {
            [_] => Ok(plan),
            // Facts of one page are named.
            [first, ..] if all.iter().all(|said| said.is_fact() && said.of == first.of) => {
                let mut keys: Vec<&str> = all.iter().filter_map(|said| said.key.as_deref()).collect();
                keys.dedup();
                Ok(Plan { said: Said::of("set", &first.of).with(keys.join(", ")), ..plan })
            }
            all => Ok(Plan { said: Said::of("several", &plan.said.of).with(all.len().to_string()), ..plan }),
        }
    }
}

impl Said {
    /// What a change of this sort did to what is called so.
    pub(crate) fn of(what: &str, of: &str) -> Said {
        Said { what: what.to_owned(), of: of.to_owned(), key: None }
    }

    fn is_fact(&self) -> bool {
        matches!(&*self.what, "set" | "add" | "remove" | "move")
    }

    pub(crate) fn with(self, key: impl Into<String>) -> Said {
        Said { key: Some(key.into()), ..self }
    }
}

fn unreadable(why: io::Error) -> Refusal {
    why.into()
}

fn nothing() -> Refusal {
    Refusal("there is nothing to do".into())
}

fn key_of(at: &[Step]) -> Option<String> {
    at.iter().find_map(|step| match step {
        Step::Key(key) => Some(key.clone()),
        Step::Item(_) => None,
    })
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
    let document = Editable::parse(inner, Syntax::Yaml).ok_or_else(refused)?;
    let replacements = document.patch(at, patch).ok_or_else(refused)?;
    Ok(format!("---\n{}---\n{rest}", applied(inner, &replacements)))
}

#[cfg(test)]
mod tests;
