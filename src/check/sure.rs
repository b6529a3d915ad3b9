//! The last word on which fixes are applied unasked. A wrong one is far worse than none: it writes what nobody meant, and
//! then nothing seems wrong. So each fix that changes facts or settings is tried on its file, whatever made it, and what
//! fails becomes a choice for a person.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::Arc;

use rayon::prelude::*;

use crate::base::diagnostic::{Diagnostic, Edit, Fix};
use crate::base::path::InputPath;
use crate::base::span::Span;
use crate::config::{self, Config};
use crate::data::repair::guard::{Keys, begins_with_keys, is_sound};
use crate::data::toml;
use crate::link::{Edition, Entity, EntityIx, Graph, Target, Unresolved, file_beside, of_entity};
use crate::load;
use crate::parse::head::{has_key, known_keys};
use crate::parse::{self, Head, Parsed, front_of};
use crate::world::World;
use crate::world::edit;
use crate::world::overlay::Overlay;

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
    let is_sure = |one: &Diagnostic| {
        let Some(fix) = &one.fix else { return true };
        let mut paths = fix.edits.iter().map(|edit| &edit.path);
        let Some(path) = paths.next().filter(|first| paths.all(|path| path == *first)) else { return true };
        let is_new = |other: &Diagnostic| {
            known.get(path).is_none_or(|known| !known.contains(&(other.code, &*other.message)))
        };
        if path.as_str() == config::FILE {
            return is_sure_of_settings(path, fix, world, is_new);
        }
        let Some((edition, place)) = editions.get(path) else { return true };
        let head = &edition.parsed.head;
        let is_in_front = fix.edits.iter().any(|edit| edit.span.start <= head.span.end);
        !is_in_front || Trial { edition, place: *place, fix, graph, config }.is_sure(&**world, is_new)
    };
    let is_sure: Vec<bool> = found.par_iter().map(is_sure).collect();
    for (one, _) in found.iter_mut().zip(is_sure).filter(|(_, is_sure)| !is_sure) {
        one.choices.extend(one.fix.take());
    }
}

fn is_sure_of_settings(
    path: &InputPath,
    fix: &Fix,
    world: &Arc<dyn World>,
    is_new: impl Fn(&Diagnostic) -> bool,
) -> bool {
    let Some(before) = world.read(path).ok().and_then(|bytes| String::from_utf8(bytes.to_vec()).ok()) else {
        return false;
    };
    let (after, places) = tried(&before, fix);
    let keys = config::known_keys();
    let keys = Keys { top: &keys, is_part: &config::has_key };
    if !toml::parse(&after).is_ok_and(|node| is_sound(&before, &after, &node, keys)) {
        return false;
    }
    let after_it = Overlay::over(world.clone()).with(path, after.clone().into_bytes());
    let found = config::read(&after_it, None).diagnostics;
    !found.iter().any(|one| is_new(one) && is_dead_end(one, &places))
}

/// A fix of an edition, tried.
struct Trial<'a> {
    edition: &'a Edition,
    /// The entity that it is an edition of, and which; `None` for what is withheld.
    place: Option<(EntityIx, usize)>,
    fix: &'a Fix,
    graph: &'a Graph,
    config: &'a Config,
}

impl Trial<'_> {
    fn is_sure(&self, world: &dyn World, is_new: impl Fn(&Diagnostic) -> bool) -> bool {
        let input = &self.edition.input;
        let before = load::text(world, input);
        let (after, places) = tried(&before, self.fix);
        let top = known_keys(input.kind, input.lang == self.config.languages[0]);
        let keys = Keys { top: &top, is_part: &has_key };
        let front = &before[..self.edition.parsed.head.span.range().end];
        let is_front_sound = front_of(&after).is_some_and(|(node, body)| {
            is_sound(front, &after, &node, keys) && !begins_with_keys(&after[body..], &top)
        });
        if !is_front_sound {
            return false;
        }
        let parsed = parse::parse(input, &after, self.config);
        parsed.value.head.unread.is_none()
            && !parsed.diagnostics.iter().any(|one| is_new(one) && is_dead_end(one, &places))
            && self.leads_as_far(parsed.value, &places)
    }

    /// Whether every entity and file that the fix names is there, or was named before.
    fn leads_as_far(&self, parsed: Parsed, places: &[Range<usize>]) -> bool {
        let Some((ix, at)) = self.place else { return true };
        let (path, entity) = (&self.edition.input.path, self.graph.entity(ix));
        // What is known of a file that does not parse is how the fix reads it.
        let was_read = self.edition.parsed.head.unread.is_none();
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
        let before = if was_read { lost(entity, &self.edition.parsed.head) } else { Vec::new() };
        let mut editions = entity.editions.clone();
        editions[at] = Edition { parsed: Arc::new(parsed), ..editions[at].clone() };
        let after = of_entity(self.graph, ix, &Entity { editions, ..entity.clone() });
        let head = &after.editions[at].parsed.head;
        lost(&after, head)
            .iter()
            .all(|(span, name)| !touches(*span, places) || before.iter().any(|(_, other)| other == name))
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
