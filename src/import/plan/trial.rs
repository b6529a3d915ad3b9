//! Tries what would be written, until `check` finds no error in it that is not there now: a value that it refuses is
//! written as it suggests, if only one thing can have been meant, and otherwise left out.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::{Does, Planner, Target, compare, write};
use crate::base::diagnostic::{Diagnostic, Edit, Label, Severity};
use crate::base::id::EntityId;
use crate::base::path::InputPath;
use crate::base::span::Span;
use crate::config::Dialect;
use crate::data::patch::Step;
use crate::data::write::Given;
use crate::data::{Node, yaml};
use crate::ide::Refusal;
use crate::ide::front::FrontMatter;
use crate::import::brought::{At, Fact, Remark};
use crate::import::record::canonical;
use crate::import::unlink;
use crate::load;
use crate::parse::prose::Link;
use crate::parse::{self, markdown};
use crate::session::{Options, Snapshot};
use crate::world::World;
use crate::world::edit::{Changes, Rewrite, rewrites};
use crate::world::overlay::Overlay;

/// How often it is tried. The last times, nothing is written otherwise any more, only left out.
const MOST_ROUNDS: usize = 8;
const ROUNDS_OF_FIXES: usize = 4;

/// The longest value that a remark quotes, in characters.
const LONGEST_QUOTED: usize = 60;

/// The key of what is not to be published yet.
pub(super) const DRAFT: &str = "draft";

/// How errors are made to go away.
#[derive(Copy, Clone, Eq, PartialEq)]
enum How {
    WithFixes,
    Without,
    /// Nothing becomes a draft.
    Strictly,
}

/// A file that would be written.
struct File {
    target: usize,
    rewrite: Rewrite,
    /// Where the facts are, in a new file.
    spans: Vec<(Span, &'static str)>,
    sort: Sort,
}

#[derive(Copy, Clone, Eq, PartialEq)]
enum Sort {
    New,
    Translation,
    Picture,
    Existing,
    /// `target` is then the number of the file.
    Shared,
}

impl Planner<'_> {
    /// The changes, and the dossier with them.
    pub(super) fn tried(&mut self) -> Result<(Changes, Arc<Snapshot>), Refusal> {
        for round in 0..MOST_ROUNDS {
            let files = self.files()?;
            if files.is_empty() {
                return Ok((Changes::default(), self.before.clone()));
            }
            let changes = self.changes(&files);
            let after = (self.trial)(&changes)?;
            let how = if round < ROUNDS_OF_FIXES { How::WithFixes } else { How::Without };
            let errors = news(self.before, &after, Severity::Error);
            if self.settle(&errors, &files, &after, how)? {
                continue;
            }
            // What is found in drafts is no matter, but of what they refer to, and of what refers to them.
            if self.targets.iter().any(Target::is_draft) {
                let world = self.before.world();
                let with: Arc<dyn World> = Arc::new(Overlay::over(world.clone()).changed(&changes)?);
                let [without, with] =
                    [world.clone(), with].map(|world| Snapshot::take(world, &Options::default()));
                if self.settle(&news(&without, &with, Severity::Error), &files, &with, How::Strictly)? {
                    continue;
                }
            }
            return Ok((changes, after));
        }
        Err(Refusal("what remains of this import would break the dossier; import fewer files at once".into()))
    }

    fn files(&self) -> Result<Vec<File>, Refusal> {
        let mut files = Vec::new();
        for (number, target) in self.targets.iter().enumerate().filter(|(_, target)| target.is_written()) {
            if target.is_new() {
                let (text, spans) = write::file(target);
                let rewrite = Rewrite::created(&target.path, text);
                files.push(File { target: number, rewrite, spans, sort: Sort::New });
                files.extend(write::translated(target).into_iter().map(|(path, text)| File {
                    target: number,
                    rewrite: Rewrite::created(&path, text),
                    spans: Vec::new(),
                    sort: Sort::Translation,
                }));
                files.extend(self.pictures(number, target));
            } else {
                let rewrite = self.rewritten(target)?;
                if target.text.is_some() || target.facts.iter().any(|fact| fact.key == "legs") {
                    files.extend(self.pictures(number, target));
                }
                files.push(File { target: number, rewrite, spans: Vec::new(), sort: Sort::Existing });
            }
        }
        let written: BTreeSet<&EntityId> =
            self.targets.iter().filter(|target| target.is_written()).map(|target| &target.id).collect();
        let world = self.before.world();
        for (number, file) in self.shared.iter().enumerate() {
            if file.users.iter().any(|user| written.contains(user)) && world.read(&file.path).is_err() {
                let rewrite =
                    Rewrite { path: file.path.clone(), before: None, after: Some(file.content.clone()) };
                files.push(File { target: number, rewrite, spans: Vec::new(), sort: Sort::Shared });
            }
        }
        Ok(files)
    }

    /// The pictures of a text that are not there yet.
    fn pictures(&self, number: usize, target: &Target) -> Vec<File> {
        let world = self.before.world();
        let new = write::pictures(target).filter(|(path, _)| world.read(path).is_err());
        let file = |(path, content): (InputPath, Vec<u8>)| File {
            target: number,
            rewrite: Rewrite { path, before: None, after: Some(content.into()) },
            spans: Vec::new(),
            sort: Sort::Picture,
        };
        new.map(file).collect()
    }

    /// A file of the author's, in which only what changed is another.
    fn rewritten(&self, target: &Target) -> Result<Rewrite, Refusal> {
        let (world, graph) = (&**self.before.world(), &self.before.graph);
        let path = &target.path;
        let refused =
            || Refusal(format!("`{path}` is written in a way that can only be changed in the file itself"));
        let edition =
            graph.by_id(target.id.as_str()).map(|ix| graph.entity(ix).original()).ok_or_else(refused)?;
        let mut edits = Vec::new();
        if !target.facts.is_empty() {
            let facts: Vec<(&str, &Given)> =
                target.facts.iter().map(|fact| (fact.key, &fact.value)).collect();
            let front = FrontMatter::of(world, edition).ok_or_else(refused)?;
            edits.push(front.set_all(&facts).ok_or_else(refused)?);
        }
        if let Some(text) = &target.text {
            let whole = load::text(world, &edition.input);
            let span = Span::new(parse::body_start(&whole), whole.len());
            let text = write::with_pictures(target, text);
            edits.push(Edit { path: path.clone(), span, replacement: format!("\n{}\n", text.trim()) });
        }
        rewrites(world, &edits)?.pop().ok_or_else(refused)
    }

    fn changes(&self, files: &[File]) -> Changes {
        let mut written: BTreeMap<usize, String> = BTreeMap::new();
        for file in files.iter().filter(|file| file.sort == Sort::New) {
            let after = file.rewrite.after.as_deref().unwrap_or_default();
            written.insert(file.target, String::from_utf8_lossy(after).into_owned());
        }
        let by_path: BTreeMap<&InputPath, &String> =
            written.iter().map(|(number, text)| (&self.targets[*number].path, text)).collect();
        let record = self.recorded(&|target| match by_path.get(&target.path) {
            Some(text) => compare::of_text(text),
            None => self.now(target),
        });
        let own = files.iter().map(|file| file.rewrite.clone());
        let also = self.also.iter().cloned().chain(record.written(&**self.before.world()));
        Changes { rewrites: own.chain(also).collect(), moves: Vec::new() }
    }

    /// Changes what would be written so that these errors go away. `false` if nothing was changed.
    fn settle(
        &mut self,
        errors: &[Diagnostic],
        files: &[File],
        after: &Snapshot,
        how: How,
    ) -> Result<bool, Refusal> {
        let by_path: BTreeMap<&InputPath, usize> =
            files.iter().enumerate().map(|(at, file)| (&file.rewrite.path, at)).collect();
        let (mut dropped, mut drafted, mut refused) = (BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
        let mut unlinked: BTreeMap<usize, Vec<Span>> = BTreeMap::new();
        let mut is_changed = false;
        let mut fixes: BTreeMap<usize, Vec<Edit>> = BTreeMap::new();
        for error in errors {
            let own = error.labels.iter().find_map(|label| Some((label, *by_path.get(&label.path)?)));
            let Some((label, number)) = own else {
                let path = error.labels.first().map(|label| label.path.to_string()).unwrap_or_default();
                return Err(Refusal(format!(
                    "with this import, `check` would find in `{path}`: {}",
                    error.message
                )));
            };
            let file = &files[number];
            let is_shared = file.sort == Sort::Shared;
            if !is_shared && dropped.contains(&file.target) {
                continue;
            }
            match file.sort {
                Sort::New => {
                    let is_own = |edit: &Edit| edit.path == file.rewrite.path;
                    let fix = error.fix.as_ref();
                    let fix = fix.filter(|fix| how == How::WithFixes && fix.edits.iter().all(is_own));
                    match fix {
                        Some(fix) => {
                            self.say_read(file, label, &fix.title);
                            fixes.entry(number).or_default().extend(fix.edits.iter().cloned());
                        }
                        None if self.is_of_link(file, label) => {
                            unlinked.entry(number).or_default().push(label.span);
                            let what = self.links_of(file).into_iter().find(|link| is_at(link, label.span));
                            let what = what.map(|link| link.target).unwrap_or_default();
                            let why = format!("a link, whose words stay: {}", why(error));
                            self.remarks.push(Remark::left_out(
                                what,
                                why,
                                &self.targets[file.target].item.at,
                            ));
                        }
                        None if self.leave_out(file, label, error) => {}
                        None if how == How::Strictly => drop(dropped.insert(file.target)),
                        // What lacks something is not lost, and not published either.
                        None if drafted.contains(&file.target) || !self.targets[file.target].is_draft() => {
                            self.make_draft(file, error);
                            drafted.insert(file.target);
                        }
                        None => continue,
                    }
                }
                Sort::Translation => {
                    let target = &mut self.targets[file.target];
                    let title = target.item.title.clone();
                    self.remarks.push(Remark::left_out(
                        title,
                        format!("in translation: {}", why(error)),
                        &target.item.at,
                    ));
                    target.item.words.clear();
                }
                Sort::Picture => {
                    let target = &mut self.targets[file.target];
                    self.remarks.push(Remark::left_out("a picture", why(error), &target.item.at));
                    target.item.pictures.iter_mut().for_each(|(_, content)| content.clear());
                }
                Sort::Existing => self.leave_unchanged(file, label, error, after),
                Sort::Shared => {
                    refused.insert(file.target);
                    let at = At { file: Some(label.path.to_string()), ..At::default() };
                    self.remarks.push(Remark::left_out("", why(error), &at));
                }
            }
            is_changed = true;
            if !is_shared && dropped.contains(&file.target) {
                let item = &self.targets[file.target].item;
                self.remarks.push(Remark::left_out(&item.title, why(error), &item.at));
            }
        }
        for (number, edits) in &fixes {
            self.take_up(&files[*number], edits);
        }
        let fixes: BTreeSet<usize> = fixes.into_keys().collect();
        for (number, spans) in unlinked.iter().filter(|(number, _)| !fixes.contains(number)) {
            self.unlink(&files[*number], spans);
        }
        let mut number = 0;
        self.shared.retain(|_| {
            number += 1;
            !refused.contains(&(number - 1))
        });
        let mut number = 0;
        self.targets.retain(|_| {
            number += 1;
            !dropped.contains(&(number - 1))
        });
        self.drop_unnamed();
        Ok(is_changed)
    }

    fn make_draft(&mut self, file: &File, error: &Diagnostic) {
        let target = &mut self.targets[file.target];
        let why = format!("it becomes a draft: {}", why(error));
        self.remarks.push(Remark::doubtful(&target.item.title, why, &target.item.at));
        if !target.is_draft() {
            let at = target.item.at.clone();
            target.facts.push(Fact { key: DRAFT, value: Given::Bare("true".to_owned()), at });
        }
    }

    /// Leaves out what would only be made because something names it that is left out.
    fn drop_unnamed(&mut self) {
        let facts = self.targets.iter().flat_map(|target| &target.facts);
        let named: BTreeSet<String> =
            facts.flat_map(|fact| write::words(&fact.value)).map(str::to_owned).collect();
        self.targets.retain(|target| target.does != Does::Named || named.contains(target.id.as_str()));
    }

    /// Says that a value is read as something else than is written.
    fn say_read(&mut self, file: &File, label: &Label, title: &str) {
        let target = &self.targets[file.target];
        let fact = key_at(file, label).and_then(|key| target.facts.iter().find(|fact| fact.key == key));
        let (what, at) = match fact {
            Some(fact) => (quoted(&fact.value), &fact.at),
            None => (target.item.title.clone(), &target.item.at),
        };
        self.remarks.push(Remark::read(what, format!("read as {}", meant(title)), at));
    }

    /// Writes a new file as fixes have it.
    fn take_up(&mut self, file: &File, edits: &[Edit]) {
        let before = file.rewrite.after.as_deref().unwrap_or_default();
        let before = String::from_utf8_lossy(before);
        let (after, _) = crate::world::edit::apply(&before, &edits.iter().collect::<Vec<&Edit>>());
        let Some((front, body)) = write::parts(&after) else {
            return;
        };
        let Ok(node) = yaml::parse(front) else { return };
        let was = write::parts(&before);
        let was = was.and_then(|(front, _)| yaml::parse(front).ok());
        let value = |node: &Node, key: &str| node.get(key).map(canonical).unwrap_or_default();
        let is_other = |key: &&str| was.as_ref().is_none_or(|was| value(was, key) != value(&node, key));
        let target = &mut self.targets[file.target];
        let keys = target.item.kind.keys().map(|key| key.name).filter(|key| *key != "title");
        for key in keys.filter(is_other) {
            let now = node.get(key).and_then(Given::of);
            let at = target.facts.iter().find(|fact| fact.key == key).map(|fact| fact.at.clone());
            target.facts.retain(|fact| fact.key != key);
            let at = at.unwrap_or_else(|| target.item.at.clone());
            target.facts.extend(now.map(|value| Fact { key, value, at }));
        }
        if let Some(Given::Bare(title)) = node.get("title").and_then(Given::of) {
            target.item.title = title;
        }
        if target.text.is_some() {
            target.text = Some(body.trim().to_owned());
        }
    }

    /// Whether an error is about a link in a new text.
    fn is_of_link(&self, file: &File, label: &Label) -> bool {
        key_at(file, label).is_none() && self.links_of(file).iter().any(|link| is_at(link, label.span))
    }

    fn links_of(&self, file: &File) -> Vec<Link> {
        let text = String::from_utf8_lossy(file.rewrite.after.as_deref().unwrap_or_default());
        let lang = self.before.graph.default_language();
        markdown::parse(&text, parse::body_start(&text), lang, Dialect::default()).links
    }

    /// Leaves only the words of the links at these places of a new file.
    fn unlink(&mut self, file: &File, spans: &[Span]) {
        let text = String::from_utf8_lossy(file.rewrite.after.as_deref().unwrap_or_default()).into_owned();
        let links = self.links_of(file);
        let links = links.iter().filter(|link| spans.iter().any(|span| is_at(link, *span)));
        let edits = links.flat_map(|link| unlink::edits(&text, link));
        let edits: Vec<Edit> = edits
            .map(|(start, end, replacement)| Edit {
                path: file.rewrite.path.clone(),
                span: Span::new(start, end),
                replacement,
            })
            .collect();
        let (after, _) = crate::world::edit::apply(&text, &edits.iter().collect::<Vec<&Edit>>());
        let body = write::parts(&after).map(|(_, body)| body.trim().to_owned());
        self.targets[file.target].text = body;
    }

    /// Leaves out what an error is about: a value, or one of several. `false` if that is the whole.
    fn leave_out(&mut self, file: &File, label: &Label, error: &Diagnostic) -> bool {
        let before = file.rewrite.after.as_deref().unwrap_or_default();
        let before = String::from_utf8_lossy(before);
        let front = write::parts(&before);
        let target = &mut self.targets[file.target];
        let Some(key) = key_at(file, label) else {
            let is_text = front.is_some_and(|(front, _)| label.span.start as usize > front.len() + 8);
            if !is_text || target.item.is_text {
                return false;
            }
            let remark = Remark::left_out("the text", why(error), &target.item.at);
            target.text = None;
            self.remarks.push(remark);
            return true;
        };
        let Some(at) = target.facts.iter().position(|fact| fact.key == key) else { return false };
        let fact = target.facts.remove(at);
        let inner = |at: u32| (at as usize).saturating_sub(4);
        let span = Span::new(inner(label.span.start), inner(label.span.end));
        let mut node = front.and_then(|(front, _)| yaml::parse(front).ok());
        let is_item =
            node.as_mut().and_then(|node| node.remove(span)).is_some_and(|removed| removed.key.is_none());
        let rest = node.filter(|_| is_item).and_then(|node| node.get(key).and_then(Given::of));
        let what = front.and_then(|(front, _)| front.get(span.range())).filter(|_| rest.is_some());
        let what = what.map_or_else(|| quoted(&fact.value), |words| words.trim_matches('"').to_owned());
        self.remarks.push(Remark::left_out(what, why(error), &fact.at));
        target.facts.extend(rest.map(|value| Fact { value, ..fact }));
        true
    }

    /// Leaves a value of an author's file as it is.
    fn leave_unchanged(&mut self, file: &File, label: &Label, error: &Diagnostic, after: &Snapshot) {
        let target = &mut self.targets[file.target];
        let edition = after.graph.by_id(target.id.as_str()).map(|ix| after.graph.entity(ix).original());
        let front = edition.and_then(|edition| FrontMatter::of(&**after.world(), edition));
        let key = front.and_then(|front| match front.way_to(label.span.start).into_iter().next() {
            Some(Step::Key(key)) => Some(key),
            _ => None,
        });
        let at = key.and_then(|key| target.facts.iter().position(|fact| fact.key == key));
        match at {
            Some(at) => {
                let fact = target.facts.remove(at);
                target.keys.retain(|key| key != fact.key);
                target.raw.remove(fact.key);
                self.remarks.push(Remark::left_out(quoted(&fact.value), why(error), &fact.at));
            }
            None => {
                self.remarks.push(Remark::left_out(&target.item.title, why(error), &target.item.at));
                target.facts.clear();
                target.text = None;
                target.raw.clear();
            }
        }
        if target.facts.is_empty() && target.text.is_none() {
            (target.does, target.keys) = (Does::Same, Vec::new());
        }
    }
}

fn is_at(link: &Link, span: Span) -> bool {
    let is_in = |outer: Span| outer.start <= span.start && span.end <= outer.end;
    is_in(link.span) || link.target_span.is_some_and(is_in)
}

/// The key whose value an error is about.
fn key_at(file: &File, label: &Label) -> Option<&'static str> {
    let is_in = |span: &Span| span.start <= label.span.start && label.span.start < span.end;
    file.spans.iter().find(|(span, _)| is_in(span)).map(|(_, key)| *key)
}

fn quoted(value: &Given) -> String {
    let words = write::words(value).join("; ");
    match words.char_indices().nth(LONGEST_QUOTED) {
        Some((at, _)) => format!("{}…", &words[..at]),
        None => words,
    }
}

/// What a fix makes of a value: `2023-10-13` of “replace it with `2023-10-13`”.
fn meant(title: &str) -> &str {
    title.strip_prefix("replace it with ").unwrap_or(title)
}

/// Why something is left out, or what it may be instead.
fn why(error: &Diagnostic) -> String {
    let choices: Vec<&str> = error.choices.iter().map(|choice| meant(&choice.title)).collect();
    match choices.as_slice() {
        [] if error.help.is_empty() => error.message.clone(),
        [] => format!("{}; {}", error.message, error.help.join("; ")),
        choices => format!("it may be {}", choices.join(", or ")),
    }
}

/// What is found in one state of a dossier and not in the other.
fn news(before: &Snapshot, after: &Snapshot, severity: Severity) -> Vec<Diagnostic> {
    let place = |found: &Diagnostic| found.labels.first().map(|label| label.path.clone());
    let key = |found: &Diagnostic| (found.code, found.message.clone(), place(found));
    let known: BTreeSet<_> = before.problems().iter().map(key).collect();
    let found = after.problems().iter().filter(|found| found.severity == severity);
    found.filter(|found| !known.contains(&key(found))).cloned().collect()
}

/// What `check` would warn of, and does not yet.
pub(super) fn warnings(before: &Snapshot, after: &Snapshot) -> BTreeMap<&'static str, usize> {
    let mut counts = BTreeMap::new();
    for found in news(before, after, Severity::Warning) {
        *counts.entry(found.code).or_default() += 1;
    }
    counts
}
