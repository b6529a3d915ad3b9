//! The last word on which fixes are applied unasked. A wrong one is far worse than none: it writes what nobody meant,
//! and then nothing seems wrong. So each fix that changes facts or settings is tried on its file, whatever made it,
//! and what fails becomes a choice for a person.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::Arc;

use rayon::prelude::*;

use crate::base::diagnostic::{Diagnostic, Edit, Fix};
use crate::base::id::bare;
use crate::base::path::InputPath;
use crate::base::span::Span;
use crate::config::{self, Config};
use crate::data::reading::cited;
use crate::data::repair::guard::{Keys, begins_with_keys, is_sound};
use crate::data::toml;
use crate::link::{Edition, Entity, EntityIx, Graph, Target, Unresolved, file_beside, of_entity};
use crate::load;
use crate::parse::head::{has_key, known_keys};
use crate::parse::{self, Head, Parsed, front_of};
use crate::world::World;
use crate::world::edit;
use crate::world::overlay::Overlay;

/// The maximum number of fixes of one file that are tried, each of which reads the whole file. Others become choices.
const MOST_TRIED: usize = 200;

/// Makes a choice of each fix after which its file would not say what its author meant.
pub(crate) fn hold(found: &mut [Diagnostic], graph: &Graph, config: &Config, world: &Arc<dyn World>) {
    let mut known: BTreeMap<&InputPath, BTreeSet<(&str, &str)>> = BTreeMap::new();
    for one in &*found {
        for label in one.labels.iter().take(1) {
            known.entry(&label.path).or_default().insert((one.code, &one.message));
        }
    }
    let published = graph.iter().flat_map(|(ix, entity)| {
        entity.editions.iter().enumerate().map(move |(at, edition)| (edition, Some((ix, at))))
    });
    let withheld = graph.withheld.iter().map(|withheld| (&withheld.edition, None));
    let editions = published.chain(withheld).map(|(edition, place)| (&edition.input.path, (edition, place)));
    let editions: BTreeMap<_, (_, Option<(EntityIx, usize)>)> = editions.collect();

    let mut counts: BTreeMap<&InputPath, usize> = BTreeMap::new();
    let trials = found.iter().enumerate().filter_map(|(number, one)| {
        let fix = one.fix.as_ref()?;
        let path = &fix.edits.first()?.path;
        if fix.edits.iter().any(|edit| edit.path != *path) {
            return None;
        }
        let file = match path.as_str() {
            config::FILE => None,
            _ => Some(*editions.get(path)?),
        };
        let facts = file.map(|(edition, _)| edition.parsed.head.span);
        let is_of_facts = |edit: &Edit| facts.is_none_or(|facts| edit.span.start <= facts.end);
        if !fix.edits.iter().any(is_of_facts) {
            return None;
        }
        let count = counts.entry(path).or_default();
        *count += 1;
        Some((number, path, (*count <= MOST_TRIED).then_some(Trial { fix, file, graph, config, world })))
    });
    let trials: Vec<(usize, &InputPath, Option<Trial<'_>>)> = trials.collect();
    let fails = |(_, path, trial): &(usize, &InputPath, Option<Trial<'_>>)| {
        let is_new = |other: &Diagnostic| {
            known.get(path).is_none_or(|known| !known.contains(&(other.code, &*other.message)))
        };
        !trial.as_ref().is_some_and(|trial| trial.is_sure(path, is_new))
    };
    let failed: Vec<usize> = trials.into_par_iter().filter(fails).map(|(number, ..)| number).collect();
    for number in failed {
        let one = &mut found[number];
        one.choices.extend(one.fix.take());
    }
}

/// A fix of one file, tried.
struct Trial<'a> {
    fix: &'a Fix,
    /// An edition, with the entity that it is of and its number there, unless it is withheld; `None` for the settings.
    file: Option<(&'a Edition, Option<(EntityIx, usize)>)>,
    graph: &'a Graph,
    config: &'a Config,
    world: &'a Arc<dyn World>,
}

impl Trial<'_> {
    fn is_sure(&self, path: &InputPath, is_new: impl Fn(&Diagnostic) -> bool) -> bool {
        match self.file {
            Some((edition, place)) => self.is_sure_of_edition(edition, place, is_new),
            None => self.is_sure_of_settings(path, is_new),
        }
    }

    fn is_sure_of_settings(&self, path: &InputPath, is_new: impl Fn(&Diagnostic) -> bool) -> bool {
        let before = self.world.read(path).ok().and_then(|bytes| String::from_utf8(bytes.to_vec()).ok());
        let Some(before) = before else { return false };
        let (after, places) = tried(&before, self.fix);
        let keys = config::known_keys();
        let keys = Keys { top: &keys, is_part: &config::has_key };
        if !toml::parse(&after).is_ok_and(|node| is_sound(&before, &after, &node, keys)) {
            return false;
        }
        let after_it = Overlay::over(self.world.clone()).with(path, after.into_bytes());
        let found = config::read(&after_it, None).diagnostics;
        !found.iter().any(|one| is_new(one) && is_dead_end(one, &places))
    }

    fn is_sure_of_edition(
        &self,
        edition: &Edition,
        place: Option<(EntityIx, usize)>,
        is_new: impl Fn(&Diagnostic) -> bool,
    ) -> bool {
        let input = &edition.input;
        let before = load::text(&**self.world, input);
        let (after, places) = tried(&before, self.fix);
        let top = known_keys(input.kind, input.lang == self.config.languages[0]);
        let keys = Keys { top: &top, is_part: &has_key };
        let front = &before[..edition.parsed.head.span.range().end];
        let is_front_sound = front_of(&after).is_some_and(|(node, body)| {
            is_sound(front, &after, &node, keys) && !begins_with_keys(&after[body..], &top)
        });
        if !is_front_sound {
            return false;
        }
        let parsed = parse::parse(input, &after, self.config);
        parsed.value.head.unread.is_none()
            && !parsed.diagnostics.iter().any(|one| is_new(one) && is_dead_end(one, &places))
            && place.is_none_or(|(ix, at)| self.leads_as_far(ix, at, parsed.value, &places))
    }

    /// Whether every entity and file that the fix names is there, or was named before.
    fn leads_as_far(&self, ix: EntityIx, at: usize, parsed: Parsed, places: &[Range<usize>]) -> bool {
        let entity = self.graph.entity(ix);
        let edition = &entity.editions[at];
        let (path, head) = (&edition.input.path, &edition.parsed.head);
        let lost = |entity: &Entity, head: &Head| -> Vec<(Span, String)> {
            let is_lost = |target: &Target| {
                matches!(target, Target::Unresolved(Unresolved::NotFound | Unresolved::WrongKind(_)))
            };
            let in_front = entity.references.iter().filter(|reference| reference.link.is_none());
            let entities = in_front.filter(|reference| is_lost(&reference.target));
            let files = head
                .files()
                .filter(|file| matches!(file_beside(self.graph, path, file), Target::Unresolved(_)));
            let entities = entities.map(|reference| (reference.span, reference.written.clone()));
            entities.chain(files.map(|file| (file.span, file.value.clone()))).collect()
        };
        // What is known of a file that does not parse is how the fix reads it.
        let before = if head.unread.is_none() { lost(entity, head) } else { Vec::new() };
        // What is only written around an id has a fix of its own.
        let is_near = |name: &str| {
            let cited = cited(name).map_or(name, |(name, _)| name);
            self.graph.by_id(&bare(cited)).is_some()
        };
        let mut editions = entity.editions.clone();
        editions[at] = Edition { parsed: Arc::new(parsed), ..editions[at].clone() };
        let after = of_entity(self.graph, ix, &Entity { editions, ..entity.clone() });
        let head = &after.editions[at].parsed.head;
        lost(&after, head).iter().all(|(span, name)| {
            !touches(*span, places) || before.iter().any(|(_, other)| other == name) || is_near(name)
        })
    }
}

/// The text after a fix, and what the fix wrote in it.
fn tried(before: &str, fix: &Fix) -> (String, Vec<Range<usize>>) {
    let mut edits: Vec<&Edit> = fix.edits.iter().collect();
    edits.sort_by_key(|edit| edit.span);
    let (mut written, mut removed) = (0, 0);
    let mut places = Vec::new();
    for edit in &edits {
        let start = edit.span.range().start + written - removed;
        places.push(start..start + edit.replacement.len());
        written += edit.replacement.len();
        removed += edit.span.range().len();
    }
    (edit::apply(before, &edits).0, places)
}

fn touches(span: Span, places: &[Range<usize>]) -> bool {
    let span = span.range();
    places.iter().any(|place| span.start <= place.end && place.start <= span.end)
}

/// Whether a finding is of what a fix wrote, and nothing is known that fixes it.
fn is_dead_end(found: &Diagnostic, places: &[Range<usize>]) -> bool {
    found.fix.is_none()
        && found.choices.is_empty()
        && found.labels.first().is_none_or(|label| touches(label.span, places))
}
